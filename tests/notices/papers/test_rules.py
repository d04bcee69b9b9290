"""Who may write to whom: the whole table, read from the outside, and what bodies it finds."""

from datetime import date

import pytest

from zhuzun.notices.papers import addressing, registry, rules
from zhuzun.notices.papers.kinds import Part, Standing, Verdict
from zhuzun.notices.papers.rules import Towards
from zhuzun.organisations.kinds import OrganisationKind, Relation
from zhuzun.organisations.models import OrganisationRelation

# identity and kind: 上级, 各区党委政府, 区直部门, 市直单位, 不相隶属 — as 主送, then as 抄送; o may, ! mind, x may not
TABLE = """
leading_group circular    xooox ooooo
leading_group notice      xooox ooooo
leading_group letter      !!!!o ooooo
leading_group report      oxxxx oxxxo
leading_group minutes     oooox ooooo
leading_group supervision xooox xooox
leading_group reminder    x!oox xooox
office        circular    xooox ooooo
office        notice      xooox ooooo
office        letter      !o!oo ooooo
office        report      oxxxx oxxxo
office        minutes     oooox ooooo
office        supervision xooox xooox
office        reminder    x!oox xooox
bureau        circular    xxoxx ooooo
bureau        notice      xxo!x ooooo
bureau        letter      !!!oo ooooo
bureau        report      oxxxx oxxoo
bureau        minutes     oxoox ooooo
bureau        supervision xxoxx xooox
bureau        reminder    x!oox xooox
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
TO = (Towards.UPPER, Towards.GOVERNMENT, Towards.DEPARTMENT, Towards.MUNICIPAL, Towards.SEPARATE)
MARKS = {Verdict.ALLOWED: "o", Verdict.WARNED: "!", Verdict.REFUSED: "x"}


def marks(standing, kind, part):
    found = [rules.judge(standing=standing, kind=kind, label="某文", part=part, to=to) for to in TO]
    return "".join(MARKS[one.verdict] for one in found)


@pytest.mark.parametrize(("standing", "kind", "main", "copy"), ROWS)
def test_the_table(standing, kind, main, copy):
    assert marks(standing, kind, Part.MAIN) == main
    assert marks(standing, kind, Part.COPY) == copy


def test_every_identity_and_kind_stands_in_the_table():
    asked = {(standing, kind) for standing, kind, *_ in ROWS}
    assert asked == {(standing.value, kind.code) for standing in Standing for kind in registry.kinds()}


def test_whatever_is_not_simply_allowed_says_why():
    for standing, kind, *_ in ROWS:
        for part in Part:
            for to in Towards:
                one = rules.judge(standing=standing, kind=kind, label="通报", part=part, to=to)
                assert bool(one.rule) == (one.verdict != Verdict.ALLOWED)
                assert "{" not in one.rule


def test_the_rule_names_the_kind():
    one = rules.judge(standing=Standing.BUREAU, kind="circular", label="通报", part=Part.MAIN, to=Towards.MUNICIPAL)
    assert one.rule == "市直单位与本局平级，不用通报；请用函，或请领导小组、市委农办行文。"


@pytest.mark.parametrize(
    ("kind", "relation", "found"),
    [
        (OrganisationKind.CITY, Relation.UPPER, Towards.UPPER),
        (OrganisationKind.DISTRICT, Relation.LOWER, Towards.GOVERNMENT),
        (OrganisationKind.DISTRICT_DEPARTMENT, Relation.LOWER, Towards.DEPARTMENT),
        (OrganisationKind.MUNICIPAL_UNIT, Relation.EQUAL, Towards.MUNICIPAL),
        (OrganisationKind.BUREAU, Relation.SELF, Towards.MUNICIPAL),
        (OrganisationKind.DISTRICT, Relation.SEPARATE, Towards.SEPARATE),
        (OrganisationKind.COUNTY, Relation.SEPARATE, Towards.SEPARATE),
        (OrganisationKind.MUNICIPAL_UNIT, "", Towards.UNKNOWN),
    ],
)
def test_what_a_body_is(kind, relation, found):
    assert rules.towards(kind, relation) == found


def test_a_department_stands_as_the_place_above_it_where_nobody_entered_its_own(world, offices, today):
    assert addressing.towards(offices[Standing.BUREAU], world.zhengan_department, today) == Towards.SEPARATE
    assert addressing.towards(offices[Standing.BUREAU], world.bureau, today) == Towards.SELF


def test_hengqin_moves_to_the_copies_from_its_day_on(world, offices):
    """各区 as 主送: a district that is 不相隶属 gets a copy."""
    OrganisationRelation.objects.filter(organisation=world.gaoxin).update(valid_to=date(2021, 9, 16))
    OrganisationRelation.objects.create(
        organisation=world.gaoxin, relation=Relation.SEPARATE, valid_from=date(2021, 9, 17)
    )

    def spread(day):
        members = addressing.with_relations(world.districts.members_on(day)).order_by("position")
        found = addressing.spread(offices[Standing.LEADING_GROUP], registry.kind_of("circular"), members, day)
        return [(str(one.body), one.part.value) for one in found]

    assert spread(date(2021, 9, 16)) == [("香洲区", "main"), ("高新区", "main")]
    assert spread(date(2021, 9, 17)) == [("香洲区", "main"), ("高新区", "copy")]
