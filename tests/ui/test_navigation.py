"""The navigation shows what a person may open, and nothing else."""

import pytest

from zhuzun.accounts.roles import Role
from zhuzun.ui import navigation
from zhuzun.ui.icons import UnknownIcon

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(empty_navigation, settings):
    settings.ROOT_URLCONF = "tests.ui.urls"
    navigation.add("系统", "审计记录", "sample-add", "history", "audit.view_event", 10)
    navigation.add("结对协作", "单位", "sample-list", "building", None, 20, count=lambda user: 3)
    navigation.add("工作台", "工作台", "home:workbench", "home", ("audit.view_event", "home.view_workbench"), 10)


def labels(groups):
    return [(group.label, [line.label for line in group.lines]) for group in groups]


def test_each_person_sees_the_lines_he_may_open(entries, people):
    drawn = navigation.drawn_for(people[Role.BUREAU_OFFICER], "/")
    assert labels(drawn) == [("工作台", ["工作台"]), ("结对协作", ["单位"])]
    drawn = navigation.drawn_for(people[Role.AUDIT_ADMIN], "/")
    assert labels(drawn) == [("工作台", ["工作台"]), ("结对协作", ["单位"]), ("系统", ["审计记录"])]


@pytest.mark.parametrize(
    ("path", "here"),
    [("/", "工作台"), ("/sample/", "单位"), ("/sample/add/", "审计记录"), ("/sample/3/", "单位"), ("/x/", "")],
)
def test_the_nearest_line_is_marked(entries, people, path, here):
    drawn = navigation.drawn_for(people[Role.AUDIT_ADMIN], path)
    assert "".join(line.label for group in drawn for line in group.lines if line.here) == here


def test_a_count_says_how_much_waits(entries, people):
    drawn = navigation.drawn_for(people[Role.CLERK], "/")
    assert [line.count for group in drawn for line in group.lines] == [0, 3]


def test_a_wrong_group_or_icon_is_refused_at_the_start(empty_navigation):
    with pytest.raises(ValueError, match="杂项"):
        navigation.add("杂项", "x", "home:workbench", "home", None, 1)
    with pytest.raises(UnknownIcon):
        navigation.add("系统", "x", "home:workbench", "no-such-icon", None, 1)


def test_every_entry_of_the_portal_leads_somewhere(people):
    for user in people.values():
        for group in navigation.drawn_for(user, "/"):
            assert group.lines
