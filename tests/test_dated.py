"""Spans: inclusive ends, no overlap in the database itself, and the Chinese message of a broken rule."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pairing.models import Pairing
from tests import factories
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.roles import Role
from zhuzun.dated import clash_of, integrity_message
from zhuzun.organisations.models import KeyCountyDesignation, Organisation, OrganisationName

FIRST, LAST = date(2022, 3, 1), date(2022, 3, 31)
DAY = timedelta(days=1)


@pytest.fixture
def body(db):
    return Organisation.objects.create(code="body", kind="other", valid_from=FIRST)


def named(body, start, end=None, short="名称"):
    return OrganisationName.objects.create(organisation=body, short=short, full=short, valid_from=start, valid_to=end)


@pytest.mark.parametrize(("day", "counts"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_both_ends_are_included(body, day, counts):
    row = named(body, FIRST, LAST)
    assert row.holds_on(day) is counts
    assert OrganisationName.objects.on(day).exists() is counts


def test_open_end_counts_on(body):
    row = named(body, FIRST)
    assert row.holds_on(date(9999, 12, 31))
    assert OrganisationName.objects.on(date(9999, 12, 31)).get() == row


SPANS = [
    ((FIRST, LAST), False),
    ((FIRST - DAY, FIRST), False),  # shares the first day
    ((LAST, LAST + DAY), False),  # shares the last day
    ((FIRST + DAY, FIRST + DAY), False),  # one day inside
    ((FIRST - DAY, LAST + DAY), False),  # around it
    ((LAST, None), False),
    ((FIRST - DAY, FIRST - DAY), True),
    ((LAST + DAY, None), True),
]


@pytest.mark.parametrize(("span", "allowed"), SPANS)
@pytest.mark.parametrize("way", ["insert", "update", "bulk", "raw update"])
def test_no_overlap_going_round_the_services(body, span, allowed, way):
    named(body, FIRST, LAST)
    start, end = span
    far = date(2030, 1, 1)

    def write():
        row = OrganisationName(organisation=body, short="二", full="二", valid_from=start, valid_to=end)
        if way == "insert":
            row.save()
        elif way == "bulk":
            OrganisationName.objects.bulk_create([row])
        else:
            other = named(body, far, far)
            if way == "update":
                other.valid_from, other.valid_to = start, end
                other.save()
            else:
                OrganisationName.objects.filter(pk=other.pk).update(valid_from=start, valid_to=end)

    if allowed:
        write()
        return
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert clash_of(broken.value).name == "name_one_a_day"
    assert integrity_message(broken.value).startswith("这段时间内该单位已有名称")


@pytest.mark.parametrize(("span", "allowed"), SPANS)
def test_form_says_the_same_before(body, span, allowed):
    named(body, FIRST, LAST)
    row = OrganisationName(organisation=body, short="二", full="二", valid_from=span[0], valid_to=span[1])
    if allowed:
        row.validate_constraints()
    else:
        with pytest.raises(ValidationError, match="已有名称"):
            row.validate_constraints()


def test_a_row_does_not_clash_with_itself(body):
    row = named(body, FIRST, LAST)
    row.valid_to = LAST + DAY
    row.validate_constraints()
    row.save()


def test_another_body_is_another_matter(body):
    named(body, FIRST)
    named(Organisation.objects.create(code="other", kind="other", valid_from=FIRST), FIRST)


def test_condition_limits_the_rule(world):
    """A second district for a county is refused; a township pairing of the same west side is not looked at."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        factories.county_pairing(world.gaoxin, world.zhengan)
    assert "已有帮扶区" in integrity_message(broken.value)
    factories.pairing("social_town", world.education, world.zhengan_town)
    rival = Pairing(kind="county", east=world.gaoxin, west=world.zhengan, valid_from=FIRST, number="X", basis="x")
    with pytest.raises(ValidationError, match="已有帮扶区"):
        rival.validate_constraints()


def test_ends_after_it_starts(body):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        named(body, LAST, FIRST)
    assert integrity_message(broken.value) == "截止日期不能早于起始日期，请核对起止日期。"


def test_nobody_pairs_with_himself(world):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        factories.pairing("unit", world.education, world.education)
    assert integrity_message(broken.value) == "结对双方不能是同一个单位。"


def test_unique_rule_has_its_message_on_either_database(world):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        factories.organisation("county", division=world.zhengan.division)
    assert integrity_message(broken.value) == "该区划已有对应的单位。"


def test_a_role_is_held_once_a_day(people, world):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        factories.assignment(people[Role.CLERK], Role.CLERK, world.bureau, valid_from=FIRST)
    assert "已在该单位担任此角色" in integrity_message(broken.value)
    assert RoleAssignment.objects.filter(user=people[Role.CLERK]).count() == 1


def test_a_key_county_once_a_day(world):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        KeyCountyDesignation.objects.create(division=world.zhengan.division, basis="x", valid_from=FIRST)
    assert integrity_message(broken.value) == "该县在这段时间内已列为重点帮扶县。"


def test_unknown_rule_still_reads_as_a_sentence():
    assert integrity_message(IntegrityError("UNIQUE constraint failed: nowhere.thing")) == (
        "数据与已有记录冲突，未保存，请刷新后核对。"
    )
