"""A small office: two security administrators, so that one can work on the other."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories import organisation, person
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 32, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def office_hours(time_machine):
    """It is Monday morning, and stays it."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def bureau(db):
    return organisation(OrganisationKind.BUREAU, "市乡村振兴局", code="zh-zhenxing")


@pytest.fixture
def district(db):
    return organisation(OrganisationKind.DISTRICT, "香洲区", code="zh-xiangzhou")


@pytest.fixture
def unit(db):
    return organisation(OrganisationKind.MUNICIPAL_UNIT, "市教育局", code="zh-jiaoyu")


@pytest.fixture
def security(bureau):
    return person(Role.SECURITY_ADMIN, bureau, username="security", name="甲安全")


@pytest.fixture
def security2(bureau):
    return person(Role.SECURITY_ADMIN, bureau, username="security2", name="乙安全")


@pytest.fixture
def officer(district):
    return person(Role.DISTRICT_OFFICER, district, username="xiangzhou", name="区经办", phone="0756-1")


@pytest.fixture
def as_security(client, security):
    client.force_login(security)
    return client
