"""The demonstration: complete, done through the services by real actors in the past, and refused in production."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from pairing.kinds import SUB_KINDS, PairingKind
from pairing.models import Pairing
from tasks.kinds import Part
from tasks.loading import load_policy
from tasks.models import Measure, PolicyDocument, Responsibility
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import Refused
from zhuzun.home import demo
from zhuzun.home.demo.calendar import OPENING, SHANGHAI, moment
from zhuzun.home.demo.people import PEOPLE
from zhuzun.organisations.models import Organisation

TODAY = date(2026, 11, 23)


class Demonstration(TestCase):
    """What stands in the portal after `demo`."""

    @classmethod
    def setUpTestData(cls):
        load_policy(now=moment(OPENING))
        demo.build(TODAY)

    def test_every_account_holds_its_one_role_and_need_not_change_its_password(self):
        assert {user.username for user in User.objects.all()} == {person.username for person in PEOPLE}
        for person in PEOPLE:
            user = User.objects.get(username=person.username)
            assert [post.role for post in user.roles_on(TODAY)] == [person.role]
            assert not user.must_change_password

    def test_every_role_is_played_but_none_of_the_three_guards_plays_another(self):
        assert {person.role for person in PEOPLE} == set(Role)

    def test_each_county_has_pairings_of_every_kind(self):
        for code in demo.people.COUNTIES:
            kinds = Pairing.objects.filter(county__code=code).values_list("kind", flat=True)
            assert set(SUB_KINDS) <= set(kinds), code

    def test_one_pairing_was_ended_and_replaced(self):
        [ended] = Pairing.objects.exclude(successor=None)
        assert ended.valid_to + timedelta(days=1) == ended.successor.valid_from
        assert ended.end_reason
        assert ended.end_basis

    def test_one_pairing_ends_soon(self):
        soon = Pairing.objects.on(TODAY).filter(valid_to__lte=TODAY + timedelta(days=60))
        assert soon.count() == 1

    def test_some_contacts_and_towns_are_still_open(self):
        assert Organisation.objects.lacking_contacts(TODAY).exists()
        paired = Pairing.objects.on(TODAY).filter(kind=PairingKind.TOWN, county__code="zy-zhengan").values("west")
        towns = Organisation.objects.filter(kind="town", division__parent__code="520324")
        assert towns.exclude(pk__in=paired).exists()

    def test_a_marked_successor_prolongs_the_policy_and_its_measures_stay(self):
        first, successor = PolicyDocument.objects.all()
        assert successor.demonstration
        assert "演示" in successor.title
        assert successor in PolicyDocument.objects.in_force_on(TODAY)
        assert PolicyDocument.objects.ledger_on(TODAY) == first

    def test_some_measures_have_a_lead_from_their_own_bracket_and_some_are_open(self):
        leads = Responsibility.objects.of_bureau().filter(part=Part.LEAD).select_related("measure__paragraph")
        assert 0 < leads.count() < Measure.objects.count()
        for row in leads:
            bracket = Responsibility.objects.of_policy().filter(paragraph=row.measure.paragraph)
            assert bracket.filter(organisation=row.organisation).exists(), row.measure

    def test_everything_was_done_in_the_past_by_somebody_who_may(self):
        done = Event.objects.exclude(action__in=["policy.load", "calendar.load"]).exclude(
            action="pairing.add", actor=None
        )
        assert not done.filter(at__date__gt=date(2025, 12, 31)).exists()
        assert set(done.filter(actor=None).values_list("object_label", flat=True)) == {"安全管理员（演示）"}
        assert not done.filter(succeeded=False).exists()

    def test_a_second_run_changes_nothing(self):
        before = Event.objects.count()
        call_command("demo", stdout=StringIO())
        assert Event.objects.count() == before

    def test_people_are_nobody_real(self):
        assert all("演示" in person.name for person in PEOPLE)


@override_settings(DEMO=False)
def test_production_refuses_it():
    with pytest.raises(Refused, match="正式环境"):
        demo.build(TODAY)


@pytest.mark.django_db
@override_settings(DEMO=False)
def test_the_command_says_why_production_refuses_it():
    with pytest.raises(CommandError, match="正式环境"):
        call_command("demo")


def test_moments_are_shanghai_time():
    assert moment(OPENING).tzinfo is SHANGHAI
