"""The rules hold in the database itself, whoever writes: each test goes round the service and reads the message."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from pairing.kinds import PairingKind
from pairing.models import Pairing
from tests import factories
from tests.factories import BASIS, PAIRED
from zhuzun.dated import clash_of, integrity_message

PARTIES = "这段时间内这两个单位已有同类结对，起止日期不能重叠。"
DISTRICT = "这段时间内该县（市）已有帮扶区。请先填写原结对的截止日期，再建立新的结对。"
SELF = "结对双方不能是同一个单位。"
DATES = "截止日期不能早于起始日期，请核对起止日期。"
LATER = date(2023, 1, 1)


def refused(write) -> str:
    """What a person is told when the database refuses."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert clash_of(caught.value)
    return integrity_message(caught.value)


def row(world, **facts):
    """A raw row, written by nobody's service."""
    base = {
        "kind": PairingKind.COUNTY,
        "east": world.gaoxin,
        "west": world.zhengan,
        "valid_from": PAIRED,
        "basis": BASIS,
        "number": f"RAW-{Pairing.objects.count()}",
    }
    return lambda: Pairing.objects.bulk_create([Pairing(**{**base, **facts})])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (PAIRED, None),
        (LATER, None),
        (date(2021, 1, 1), PAIRED),
        (date(2021, 1, 1), None),
        (LATER, LATER),
    ],
)
def test_one_district_a_county_a_day(world, start, end):
    assert refused(row(world, valid_from=start, valid_to=end)) == DISTRICT


def test_a_span_that_ends_the_day_before_is_free(world):
    row(world, valid_from=date(2021, 1, 1), valid_to=PAIRED - timedelta(days=1))()
    assert Pairing.objects.county_level().filter(west=world.zhengan).count() == 2


def test_stretching_a_span_over_another_is_refused(world):
    Pairing.objects.filter(pk=world.zhengan_pairing.pk).update(valid_to=date(2022, 12, 31))
    row(world, valid_from=LATER)()
    former = Pairing.objects.filter(pk=world.zhengan_pairing.pk)
    assert refused(lambda: former.update(valid_to=None)) == DISTRICT
    assert refused(lambda: former.update(valid_to=LATER)) == DISTRICT


def test_the_same_two_and_kind_once(world):
    again = row(world, kind=PairingKind.TOWN, east=world.zhengan_towns.east, west=world.zhengan_towns.west)
    assert refused(again) == PARTIES
    other_kind = row(world, kind=PairingKind.UNIT, east=world.zhengan_towns.east, west=world.zhengan_towns.west)
    other_kind()


def test_nobody_pairs_with_himself(world):
    assert refused(row(world, kind=PairingKind.UNIT, east=world.zhengan, west=world.zhengan)) == SELF
    mine = Pairing.objects.filter(pk=world.zhengan_towns.pk)
    assert refused(lambda: mine.update(east=world.zhengan_towns.west)) == SELF


def test_it_ends_on_or_after_its_first_day(world):
    mine = Pairing.objects.filter(pk=world.zhengan_towns.pk)
    assert refused(lambda: mine.update(valid_to=PAIRED - timedelta(days=1))) == DATES
    mine.update(valid_to=PAIRED)


def test_a_district_may_help_two_counties(world):
    assert Pairing.objects.county_level().filter(east=world.xiangzhou).count() == 2


def test_the_friendly_check_says_the_same(world):
    pairing = factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, world.zhengan_village)
    again = Pairing(kind=pairing.kind, east=pairing.east, west=pairing.west, valid_from=LATER, basis=BASIS, number="X1")
    messages = [constraint.get_violation_error_message() for constraint in Pairing._meta.constraints]
    assert PARTIES in messages
    with pytest.raises(Exception, match="已有同类结对"):
        again.full_clean()
