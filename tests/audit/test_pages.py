"""The trail on screen: who reads it, what may be searched, and that its export is recorded."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event

LIST = "/audit/"


@pytest.fixture
def trail(people, world):
    """Three acts: an end of a pairing, a failed sign-in at the edge of a day, an export."""
    officer = people[Role.BUREAU_OFFICER]
    factories.event(
        "pairing.end",
        actor=officer,
        object_label="JD2021-0003 香洲区—正安县",
        reason="协议到期",
        address="10.1.2.3",
        detail={"终止日期": ["", "2022-03-31"]},
    )
    factories.event(
        "signin.failed", username="nobody", succeeded=False, address="10.9.9.9", at=factories.NOW + timedelta(days=1)
    )
    factories.event(
        "export",
        actor=people[Role.CLERK],
        detail={"title": "下级结对", "rows": 3},
        at=datetime(2022, 3, 20, 16, 30, tzinfo=UTC),
    )  # 21st, 0:30


@pytest.fixture
def auditor(people, sign_in):
    return sign_in(people[Role.AUDIT_ADMIN])


def rows(response):
    """The acts listed, but for the auditor's own sign-in of today."""
    acts = [row.record.action for row in response.context["table"].rows]
    return [act for act in acts if act != "signin"]


def test_newest_first_with_words(auditor, trail):
    page = auditor.get(LIST)
    assert rows(page) == ["export", "signin.failed", "pairing.end"]
    text = page.content.decode()
    assert "终止结对" in text
    assert "市局经办" in text
    assert "pairing.end</td>" not in text
    assert "下级结对" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person=nobody", ["signin.failed"]),
        ("person=文秘", ["export"]),
        ("body=乡村振兴", ["export", "pairing.end"]),
        ("thing=正安", ["pairing.end"]),
        ("thing=到期", ["pairing.end"]),
        ("thing=下级", ["export"]),
        ("action=export", ["export"]),
        ("since=2022-03-21", ["export"]),
        ("until=2022-03-20", ["signin.failed", "pairing.end"]),
        ("since=2022-03-16&until=2022-03-16", ["signin.failed"]),
        ("address=10.9.", ["signin.failed"]),
        ("outcome=no", ["signin.failed"]),
        ("outcome=yes", ["export", "pairing.end"]),
        (
            "action=nonsense&since=tomorrow&outcome=x&page=-1&sort=nothing&per_page=0",
            ["export", "signin.failed", "pairing.end"],
        ),
        ("since=9999-12-31", []),
        ("until=9999-12-31", ["export", "signin.failed", "pairing.end"]),
        ("until=0001-01-01", []),
    ],
)
def test_search(auditor, trail, query, expected):
    assert rows(auditor.get(f"{LIST}?{query}")) == expected


def test_detail_shows_before_and_after(auditor, trail):
    page = auditor.get(reverse("audit:event", args=[Event.objects.get(action="pairing.end").pk]))
    text = re.sub(r"\s+", " ", page.content.decode())
    assert "协议到期" in text
    assert '<th scope="row">终止日期</th> <td>（空）</td> <td>2022-03-31</td>' in text
    assert "10.1.2.3" in text


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_export_is_itself_recorded(auditor, people, trail, form):
    answer = auditor.get(f"{LIST}?action=pairing.end&export={form}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    line = Event.objects.order_by("pk").last()
    assert (line.action, line.actor, line.role) == ("export", people[Role.AUDIT_ADMIN], "audit_admin")
    assert line.detail["rows"] == 1
    assert "action=pairing.end" in line.detail["address"]
    page = auditor.get(f"{LIST}{line.pk}/").content.decode()
    assert '<th scope="row">行数</th>' in page
    assert '<th scope="row">查询地址</th>' in page


def test_csv_holds_what_is_shown(auditor, trail):
    text = auditor.get(f"{LIST}?thing=正安&export=csv").content.decode("utf-8-sig")
    head, line = text.strip().splitlines()
    assert "来源地址" in head
    assert "终止结对" in line
    assert "香洲区—正安县" in line
    assert "成功" in line


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDIT_ADMIN}))
def test_nobody_else_reads_it(people, sign_in, trail, role):
    answer = sign_in(people[role]).get(LIST)
    assert answer.status_code == 403
    assert "审计管理员" in answer.content.decode()
    assert sign_in(people[role]).get(f"{LIST}{Event.objects.first().pk}/").status_code == 404


def test_constant_queries(auditor, trail, people, django_assert_max_num_queries):
    auditor.get(LIST)
    with django_assert_max_num_queries(12) as few:
        auditor.get(LIST)
    for _ in range(30):
        factories.event(actor=people[Role.CLERK])
    with django_assert_max_num_queries(len(few)):
        auditor.get(LIST)
