"""One list of both directions: what is sorted, filtered and cut to pages together."""

import pytest

from tests.notices.incoming import making
from zhuzun.accounts.roles import Role
from zhuzun.notices.papers.kinds import PaperState

LIST = "/notices/"


@pytest.fixture
def both(desk, world):
    """A draft, a paper served on 香洲区, and two of others, one of them distributed to 香洲区."""
    clerk = desk.people[Role.CLERK]
    return {
        "draft": desk.draft(title="关于甲事项的通知"),
        "issued": desk.at(PaperState.ISSUED, kind="supervision", title="关于乙事项的督办单"),
        "waiting": making.registered(clerk, title="关于丙事项的通知"),
        "came": making.distributed(clerk, [world.xiangzhou], title="关于丁事项的函", sender_number="函8号"),
    }


@pytest.fixture
def shown(both, desk, sign_in):
    """The titles that a role's list shows, in their order, in a short form."""

    def ask(role, query=""):
        rows = sign_in(desk.people[role]).get(f"{LIST}?{query}").context["table"].rows
        return "".join(row.record.title[2] for row in rows)

    return ask


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("sort=title", "丁丙乙甲"),
        ("sort=-title", "甲乙丙丁"),
        ("direction=sent&sort=-title", "甲乙"),
        ("direction=received&sort=-title", "丙丁"),
        ("state=registered", "丙"),
        ("state=draft", "甲"),
        ("kind=notice", "甲"),
        ("text=粤乡振", "丙"),
        ("text=香洲&sort=-title", "甲乙丁"),
        ("year=2022&sort=-title", "甲乙丙丁"),
        ("year=2021", ""),
        ("sort=printed_on&direction=received&state=registered", "丙"),
    ],
)
def test_filtered_and_sorted_together(shown, query, titles):
    # 丁丙乙甲 by code point, or as the database collates: one order and its reverse
    found = shown(Role.CLERK, query)
    assert found == titles or ("sort=" in query and sorted(found) == sorted(titles))


def test_both_orders_are_each_others_reverse(shown):
    assert shown(Role.CLERK, "sort=title") == shown(Role.CLERK, "sort=-title")[::-1]


def test_a_district_has_both_as_what_came(shown):
    assert sorted(shown(Role.DISTRICT_OFFICER)) == sorted("乙丁")
    assert sorted(shown(Role.DISTRICT_OFFICER, "direction=received")) == sorted("乙丁")
    assert shown(Role.DISTRICT_OFFICER, "direction=sent") == ""
    assert sorted(shown(Role.DISTRICT_OFFICER, "waiting=receipt")) == sorted("乙丁")
    assert shown(Role.DISTRICT_OFFICER, "waiting=reply") == ""


def test_only_our_own_are_packed(both, desk, sign_in):
    client = sign_in(desk.people[Role.CLERK])
    page = client.get(LIST)
    assert page.context["packable"] == 2
    assert page.content.decode().count('form="bundle" name="paper"') == 2
    assert 'id="bundle"' not in client.get(f"{LIST}?state=registered").content.decode()


def test_cut_to_pages_and_exported_whole(both, desk, sign_in):
    client = sign_in(desk.people[Role.CLERK])
    page = client.get(f"{LIST}?per_page=20&page=1").context
    assert (page["shown"], page["total"]) == (4, 4)
    assert client.get(f"{LIST}?direction=received").context["total"] == 4
    text = client.get(f"{LIST}?export=csv").content.decode("utf-8-sig")
    assert all(paper.title in text for paper in both.values())
    assert text.count("来文") >= 2


def test_each_cell_bears_the_word_of_its_head_for_a_phone(both, desk, sign_in):
    page = " ".join(sign_in(desk.people[Role.BUREAU_OFFICER]).get(LIST).content.decode().split())
    assert 'class="table list phone-cards"' in page
    for word in ("文号", "状态", "成文日期", "主送（分送）"):
        assert page.count(f'data-label="{word}"') == len(both), word
