"""前方意见: the working group's word on one county's figures, beside the bureau's review; silence holds nothing up."""

from django.db import transaction

from tasks import reading
from tasks.kinds import WITH_BUREAU, OpinionRule, Verdict
from tasks.models import Opinion
from tasks.services.rounds import hold
from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.accounts.models import Decision
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

GIVE = "tasks.give_opinion"


def give_opinion(report, county, *, verdict, text="", actor, now) -> Opinion:
    """Say, once for each filing and county, whether its figures are what the team knows."""
    with transaction.atomic():
        report = hold(report)
        may_give(report, county, actor=actor).enforce()
        if reason := why_not(report, county):
            raise DomainError(reason)
        if verdict == Verdict.REMARK and not text.strip():
            raise DomainError("有意见的请写明具体意见。", "text")
        opinion = Opinion.objects.create(
            report=report,
            team=_team(county, actor),
            county=county,
            round=reading.last_filing(report),
            verdict=verdict,
            text=text.strip(),
            by=actor,
            at=now,
        )
        detail = {"县（市）": str(county), "意见": opinion.get_verdict_display()}
        record("report.opinion", actor=actor, now=now, obj=report, reason=text.strip(), detail=detail)
    return opinion


def may_give(report, county, *, actor) -> Decision:
    """Whether this person speaks for the county's team."""
    decision = actor.decide(GIVE, report)
    if not decision.allowed:
        return decision
    scope = scope_for(GIVE, actor.acting)
    if scope == Scope.ALL or county.pk in bodies_of(actor.acting, scope):
        return Decision(True)
    return Decision(False, f"{county}的前方意见由该县小组或工作组组长填写。")


def why_not(report, county) -> str:
    """Why no opinion is taken now, whoever gives it; empty where one is."""
    if reading.opinion_rule(report) == OpinionRule.NONE:
        return "这份报表不征求前方意见。"
    if report.state not in WITH_BUREAU:
        return f"报表目前“{report.get_state_display()}”，不在征求前方意见期间。"
    if county.pk not in {place.pk for place in reading.counties(report)}:
        return "这份报表没有该县（市）的数据。"
    given = Opinion.objects.filter(round=reading.last_filing(report), county=county).select_related("by").first()
    if given:
        return f"已被他人处理：{given.by.name} 已填写本次报送的前方意见（{given.get_verdict_display()}）。"
    return ""


def _team(county, actor):
    """The county's team; the working group itself where it has none."""
    teams = Organisation.objects.filter(kind=OrganisationKind.COUNTY_TEAM, division=county.division_id)
    return teams.first() or actor.acting.organisation
