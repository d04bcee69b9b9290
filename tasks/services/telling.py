"""Who is told of what happens to a report: one listener for each event of `tasks.events`, with the words of `messages`.

The row in the inbox is written in the act's own transaction: no queue and no cache is asked, so that the notice is
there when the act is. E-mail follows from the rows (`zhuzun.notices.digests`).
"""

from tasks import events, messages, reading
from tasks.checking import figure_words, number_words
from tasks.kinds import OpinionRule, RoundAct
from tasks.services.chasing import LEADERS, OFFICERS, bureau_on, group_on, team_of
from zhuzun import clock
from zhuzun.accounts.roles import COUNTY, Role
from zhuzun.notices.services import notify
from zhuzun.organisations.kinds import OrganisationKind

REVIEWERS = (Role.BUREAU_OFFICER,)
DECIDERS = (Role.BUREAU_OFFICER, Role.BUREAU_HEAD)
OF_FILER = (*OFFICERS, *LEADERS, Role.BUREAU_OFFICER)


def connect():
    """Put every listener into its list; called once, from `ready()`."""
    for name, listener in LISTENERS.items():
        getattr(events, name).append(listener)


def _tell(to, words, *, kind, subject, actor, now, roles, link=""):
    link = link or subject.get_absolute_url()
    facts = {"title": words.title, "text": words.text, "link": link, "kind": kind, "subject": subject}
    notify(to=to, roles=roles, actor=actor, now=now, **facts)


def _to_filer(report, words, *, kind, actor, now, roles=OF_FILER):
    _tell(report.filer, words, kind=kind, subject=report, actor=actor, now=now, roles=roles)


def _to_bureau(report, words, *, kind, actor, now, roles):
    _tell(bureau_on(clock.day_of(now)), words, kind=kind, subject=report, actor=actor, now=now, roles=roles)


# --- to the bureau ----------------------------------------------------------------------------------------------------
def filed(report, *, actor, now):
    """The bureau reviews (its own report: its leader); the teams of its counties are asked for their word.

    Where a county has no team, the group's leader is asked.
    """
    own = report.filer.kind == OrganisationKind.BUREAU
    roles = (Role.BUREAU_LEADER,) if own else REVIEWERS
    words = messages.filed(report, again=report.refiled_on is not None)
    _to_bureau(report, words, kind="review", actor=actor, now=now, roles=roles)
    if report.opinion_due_on:
        _ask_teams(report, actor=actor, now=now)


def _ask_teams(report, *, actor, now):
    day = clock.day_of(now)
    wanted = reading.opinion_rule(report) == OpinionRule.REQUIRED
    write = messages.opinion_required if wanted else messages.opinion_wanted
    for county in reading.counties(report):
        team, words = team_of(county, day), write(report, county.name_on(day))
        to, role = (team, Role.GROUP_MEMBER) if team else (group_on(day), Role.GROUP_LEADER)
        if to:
            _tell(to, words, kind="review", subject=report, actor=actor, now=now, roles=(role,))


def recalled(report, *, actor, now):
    """The bureau need not go on."""
    _to_bureau(report, messages.recalled(report), kind="review", actor=actor, now=now, roles=REVIEWERS)


def passed_on(report, *, actor, now):
    """The section head is next."""
    _to_bureau(report, messages.to_head(report), kind="review", actor=actor, now=now, roles=(Role.BUREAU_HEAD,))


def extension_asked(report, *, actor, now):
    """The bureau decides."""
    words = messages.extension_asked(report, report.filer.name_on(clock.day_of(now)))
    _to_bureau(report, words, kind="extension", actor=actor, now=now, roles=DECIDERS)


# --- inside the filer -------------------------------------------------------------------------------------------------
def sent_to_sign(report, *, actor, now):
    """Its own leader signs; for a county team the working group's."""
    of_team = report.filer.kind == OrganisationKind.COUNTY_TEAM
    to, roles = (report.filer.parent, (Role.GROUP_LEADER,)) if of_team else (report.filer, LEADERS)
    _tell(to, messages.to_sign(report), kind="review", subject=report, actor=actor, now=now, roles=roles)


def given_back(report, *, actor, now):
    """The officers read why."""
    words = messages.given_back(report, _last(report, RoundAct.GIVE_BACK).text)
    _to_filer(report, words, kind="returned", actor=actor, now=now, roles=(*OFFICERS, Role.BUREAU_OFFICER))


def assigned(report, *, actor, now, section):
    """The colleague alone reads what he is to fill in, and by when."""
    words = messages.assigned(report, section)
    facts = {"title": words.title, "text": words.text, "link": report.get_absolute_url(), "subject": report}
    notify(to=report.filer, user=section.assignee, kind="period", actor=actor, now=now, **facts)


# --- to the filer -----------------------------------------------------------------------------------------------------
def returned(report, *, actor, now):
    """What is to be changed, and by when."""
    words = messages.returned(report, _last(report, RoundAct.RETURN))
    _to_filer(report, words, kind="returned", actor=actor, now=now)


def reopened(report, *, actor, now):
    """The same after acceptance."""
    words = messages.returned(report, _last(report, RoundAct.REOPEN), reopened=True)
    _to_filer(report, words, kind="returned", actor=actor, now=now)


def accepted(report, *, actor, now):
    """It is done."""
    _to_filer(report, messages.accepted(report), kind="result", actor=actor, now=now)


def extended(report, *, actor, now):
    """The new date."""
    _to_filer(report, messages.extended(report), kind="extension", actor=actor, now=now)


def extension_refused(report, *, actor, now):
    """The date stands, and why."""
    decided = report.extensions.filter(decided_at__isnull=False).order_by("-decided_at", "-pk").first()
    words = messages.extension_refused(report, decided.decision if decided else "")
    _to_filer(report, words, kind="extension", actor=actor, now=now)


def excused(report, *, actor, now):
    """免报."""
    _to_filer(report, messages.excused(report), kind="excuse", actor=actor, now=now)


def moved(report, *, actor, now):
    """Another due date."""
    words = messages.moved(report, _last(report, RoundAct.MOVE).text)
    _to_filer(report, words, kind="excuse", actor=actor, now=now)


def added(report, *, actor, now, reason):
    """One more body owes an open form, and reads why."""
    _to_filer(report, messages.added(report, reason), kind="period", actor=actor, now=now)


def _last(report, act):
    return report.rounds.filter(act=act).order_by("-number").first()


# --- the other side ---------------------------------------------------------------------------------------------------
def check_asked(sheet, *, actor, now):
    """The county's people, and so its competent department, are asked to check."""
    words = messages.check_asked(sheet, sheet.report.filer.name_on(clock.day_of(now)))
    _tell(sheet.county, words, kind="check", subject=sheet, actor=actor, now=now, roles=COUNTY)


def disputed(line, *, actor, now):
    """The bureau settles; the filer looks again."""
    report, day = line.sheet.report, clock.day_of(now)
    figures = figure_words(line.entry), number_words(line.other_value, line.entry.item)
    words = messages.disputed(line, line.sheet.county.name_on(day), *figures)
    facts = {"kind": "check", "subject": line.sheet, "actor": actor, "now": now}
    _tell(bureau_on(day), words, roles=DECIDERS, **facts)
    _tell(report.filer, words, roles=OF_FILER, link=report.get_absolute_url(), **facts)


def settled(line, *, actor, now):
    """Both sides read what counts, and why."""
    report = line.sheet.report
    decided = number_words(line.settled_value, line.entry.item)
    words = messages.settled(line, line.sheet.county.name_on(clock.day_of(now)), decided)
    facts = {"kind": "check", "subject": line.sheet, "actor": actor, "now": now}
    _tell(line.sheet.county, words, roles=COUNTY, **facts)
    _tell(report.filer, words, roles=OF_FILER, link=report.get_absolute_url(), **facts)


LISTENERS = {
    "sent_to_sign": sent_to_sign,
    "given_back": given_back,
    "filed": filed,
    "recalled": recalled,
    "passed_on": passed_on,
    "returned": returned,
    "accepted": accepted,
    "reopened": reopened,
    "extension_asked": extension_asked,
    "extended": extended,
    "extension_refused": extension_refused,
    "excused": excused,
    "moved": moved,
    "assigned": assigned,
    "added": added,
    "check_asked": check_asked,
    "disputed": disputed,
    "settled": settled,
}
