"""Who sees whose report: one's own, a district also its teams', a team also its district's; counties none."""

import pytest

from tasks.models import ProgressReport
from tests.tasks import cycle
from zhuzun.accounts.roles import Role

ALL = {"香洲区", "高新区", "工作组正安县小组", "工作组道真县小组"}
SEEN = {
    Role.BUREAU_OFFICER: ALL,
    Role.BUREAU_LEADER: ALL,
    Role.LEADER: ALL,
    Role.GROUP_LEADER: ALL,
    Role.DISTRICT_OFFICER: {"香洲区", "工作组正安县小组"},
    Role.DISTRICT_LEADER: {"香洲区", "工作组正安县小组"},
    Role.GROUP_MEMBER: {"香洲区", "工作组正安县小组"},
    Role.UNIT_OFFICER: set(),
    Role.COUNTY_OFFICER: set(),
    Role.COUNTY_LEADER: set(),
    Role.CITY_OFFICER: set(),
    Role.SYSTEM_ADMIN: set(),
    Role.SECURITY_ADMIN: set(),
    Role.AUDIT_ADMIN: set(),
    Role.INSPECTOR: {"香洲区", "工作组正安县小组"},
}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_its_own(world, people, role):
    cycle.month(world)
    rows = ProgressReport.objects.visible_to(people[role]).select_related("filer")
    assert {str(row.filer) for row in rows} == SEEN[role]
    for row in ProgressReport.objects.select_related("filer"):
        allowed = people[role].decide("tasks.view_report", row).allowed
        assert allowed == (str(row.filer) in SEEN[role])
