"""Every address with its object: the person's own, and one of somebody else's place."""

from datetime import timedelta

from django.urls import reverse

from tasks.models import (
    ProgressReport,
)
from tests import factories
from tests.matrix.estate import PDF, receiver_of
from zhuzun.accounts.roles import UNIT, Role
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, attachments_of
from zhuzun.runs import results
from zhuzun.runs.models import Job

GONE = "00000000-0000-4000-8000-000000000000"  # an upload that is no longer there


def _account(estate, role):
    return [estate.people[Role.CLERK].pk]


def _assignment(estate, role):
    return [estate.people[Role.CLERK].assignments.get().pk]


def _body(estate, role):
    return [estate.body_of(role).code]


def _contact(estate, role):
    body = estate.body_of(role)
    return [body.code, estate.contacts[body].pk]


def _measure(estate, role):
    return [estate.policy.areas[0].code, estate.policy.measures[0].number]


def _report(estate, role):
    """The report of his own body; 香洲区's for whoever files none."""
    world = estate.world
    own = {**dict.fromkeys(UNIT, world.education), Role.GROUP_MEMBER: world.zhengan_team}
    return [estate.month.report(own.get(role, world.xiangzhou)).pk]


def _form(estate, role):
    """The districts' form of the month."""
    return [estate.month.period.pk, estate.month.period.forms.get(plan=estate.month.district_plan).pk]


def _section(estate, role, kind="figures", report=None):
    """The first section of that report, of that kind where it has one."""
    report = report or ProgressReport.objects.get(pk=_report(estate, role)[0])
    found = report.sections.filter(kind=kind).first() or report.sections.first()
    return [report.pk, found.pk]


def _foreign_section(estate, role, kind="figures"):
    return _section(estate, role, kind, estate.month.report(estate.world.gaoxin))


def _evidence(estate, role, report=None):
    """A file on that report."""
    report = report or ProgressReport.objects.get(pk=_report(estate, role)[0])
    facts = {"kind": AttachmentKind.EVIDENCE, "actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
    return [attach(PDF, "佐证.pdf", to=report, **facts).pk]


def _foreign_evidence(estate, role):
    return _evidence(estate, role, estate.month.report(estate.world.gaoxin))


def _foreign_report(estate, role):
    """高新区's report."""
    return [estate.month.report(estate.world.gaoxin).pk]


def _act(code):
    """An act on the report of his own body."""
    return lambda estate, role: [*_report(estate, role), code]


ACTS = ("send", "sign", "enter-for", "forward", "head-back")


def _checked(who, what):
    """A county's sheet, a disputed line on it, its scan."""
    return lambda estate, role: [estate.checks[who][what]]


CHECK_PAGES = {
    "tasks:check": "sheet",
    "tasks:check_all": "sheet",
    "tasks:check_sheet": "sheet",
    "tasks:check_sheet_withdraw": "scan",
    "tasks:dispute": "line",
}


JOB_PAGES = ("runs:job", "runs:job_file", "runs:job_again")


def _job(owner):
    """Long work that somebody started, and that has made its file."""
    facts = {"owner": owner, "asked_at": factories.NOW, "kept_until": factories.NOW + timedelta(days=1)}
    job = Job.objects.create(kind="notices.zip_papers", title="打包公文", state="done", file_name="公文.zip", **facts)
    place = results.place_of(job)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(PDF)
    return job.pk


def _another(estate, role):
    return estate.people[Role.LEADER if role == Role.CLERK else Role.CLERK]


def _paper(which):
    return lambda estate, role: [estate.papers[which].pk]


def _delivery(which, papers="papers"):
    """What was served on his own body; on 高新区."""

    def found(estate, role):
        body = receiver_of(estate, role) if which == "own" else estate.world.gaoxin
        return [getattr(estate, papers)[which].deliveries.get(organisation=body).pk]

    return found


def _incoming_pages(which) -> dict:
    """Every page of a paper of another's."""
    acts = ("correct", "attach", "distribute", "close", "strike", "remind")
    page = lambda estate, role: [estate.incoming[which].pk]  # noqa: E731
    return {
        "notices:incoming": page,
        **{f"notices:incoming_{act}": page for act in acts},
        "notices:incoming_file_withdraw": lambda estate, role: [attachments_of(estate.incoming[which]).get().pk],
        **{f"notices:incoming_delivery_{act}": _delivery(which, "incoming") for act in ("receive", "reply", "outside")},
    }


def _enclosure(estate, role):
    """An annex of the draft."""
    facts = {"actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
    return [attach(PDF, "附件.pdf", to=estate.papers["draft"], kind=AttachmentKind.ENCLOSED, **facts).pk]


def _paper_pages(which) -> dict:
    """Every page of a paper; those of a draft are the same for everybody."""
    steps = ("submit", "check", "sign", "number", "sign_outside", "revoke")
    return {
        "notices:paper": _paper(which),
        "notices:paper_pdf": _paper(which),
        "notices:paper_docx": _paper(which),
        "notices:paper_prepare": _paper(which),
        "paper_documents:slip": _paper(which),
        "notices:paper_check": lambda estate, role: [
            estate.papers[which].number_text,
            estate.papers[which].digest[:16],
        ],
        "notices:paper_file_withdraw": _enclosure,
        "notices:paper_remind": _paper(which),
        "notices:paper_round": lambda estate, role: [estate.papers[which].pk, 1],
        **{f"notices:delivery_{act}": _delivery(which) for act in ("receive", "reply", "outside")},
        **{
            f"notices:paper_{page}": _paper("draft")
            for page in ("head", "text", "proposals", "recipients", "cosigners", "enclose", "sealed")
        },
        "notices:paper_cosign": _paper("cosigner"),
        **{f"notices:paper_step#{step}": _paper_step(step) for step in steps},
        "notices:identity": lambda estate, role: ["bureau"],
    }


def _paper_step(step):
    return lambda estate, role: [estate.papers["draft"].pk, step]


def _numbered(name):
    return lambda estate, role: [getattr(estate.world, name).number]


OWN = {
    "accounts:person": _account,
    "accounts:correct": _account,
    "accounts:reset": _account,
    "accounts:end": _account,
    "accounts:reopen": _account,
    "accounts:role_give": _account,
    "accounts:role_correct": _assignment,
    "accounts:role_end": _assignment,
    "admin:app_list": lambda estate, role: ["pairing"],
    "admin:view_on_site": lambda estate, role: ["1", "1"],
    "audit:event": lambda estate, role: [estate.event.pk],
    "documents:download": lambda estate, role: [estate.files["own"].pk],
    "notices:message": lambda estate, role: [estate.letters[role].pk],
    **_incoming_pages("own"),
    **_paper_pages("own"),
    "organisations:detail": _body,
    "organisations:rename": _body,
    "organisations:close": _body,
    "organisations:contacts": _body,
    "organisations:add_contact": _body,
    "organisations:end_contact": _contact,
    "organisations:correct_contact": _contact,
    "pairing:coverage_places": lambda estate, role: [estate.world.zhengan.code, "town"],
    "pairing:detail": _numbered("zhengan_pairing"),
    "pairing:detail#sub": _numbered("zhengan_towns"),
    "pairing:end": _numbered("zhengan_pairing"),
    "pairing:end#sub": _numbered("zhengan_towns"),
    "pairing:replace": _numbered("zhengan_pairing"),
    "pairing:replace_sub": _numbered("zhengan_towns"),
    "pairing:correct": _numbered("zhengan_pairing"),
    "pairing:correct#sub": _numbered("zhengan_towns"),
    "periods:clear_day": lambda estate, role: [estate.holiday.pk],
    "periods:enter_year": lambda estate, role: [2022],
    **dict.fromkeys(JOB_PAGES, lambda estate, role: [_job(estate.people[role])]),
    "rosters:preview": lambda estate, role: [estate.uploads["own"].pk],
    "rosters:discard": lambda estate, role: [estate.uploads["unwanted"].pk],
    "tasks:area": lambda estate, role: [estate.policy.areas[0].code],
    "tasks:area_new": lambda estate, role: [estate.policy.document.code, 6],
    "tasks:duties_enter": lambda estate, role: [estate.policy.document.code, 6],
    "tasks:document": lambda estate, role: [estate.policy.document.code],
    "tasks:paragraphs": lambda estate, role: [estate.policy.document.code],
    "tasks:indicator": lambda estate, role: [estate.policy.indicators[0].code],
    "tasks:measure": _measure,
    "pairing:agreement": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_scan": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_sign": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_revise": lambda estate, role: [estate.agreements["own"].pk],
    "tasks:agreement_targets": lambda estate, role: [estate.agreements["own"].pk],
    "tasks:target": lambda estate, role: [estate.month.money.code],
    "tasks:target_set": lambda estate, role: [estate.agreements["own"].pk, estate.month.money.code],
    "tasks:correction": lambda estate, role: [estate.corrections["own"].pk],
    "tasks:correction_ask": lambda estate, role: [estate.corrections["own"].entry_id],
    "tasks:correction_step": lambda estate, role: [estate.corrections["own"].pk, "sign"],
    "tasks:figures": lambda estate, role: [estate.month.period.pk],
    "tasks:figure": lambda estate, role: [estate.month.period.pk, estate.month.money.code],
    "tasks:period_step": lambda estate, role: [estate.month.period.pk, "propose"],
    "tasks:period_sent_up": lambda estate, role: [estate.month.period.pk],
    "tasks:period": lambda estate, role: [estate.month.period.pk],
    "tasks:period_paper": lambda estate, role: [estate.month.period.pk, "reminder"],
    "tasks:period_chase_paper": lambda estate, role: [estate.month.period.pk],
    "tasks:paper_plan": lambda estate, role: [estate.papers["reminder"].pk],
    "tasks:paper_rank": lambda estate, role: [estate.papers["circular"].pk],
    "tasks:names": lambda estate, role: [estate.month.period.pk],
    "tasks:name_decide": lambda estate, role: [estate.late.pk],
    "tasks:period_move": _form,
    "tasks:period_add": _form,
    **dict.fromkeys(
        ("tasks:plan", "tasks:plan_change", "tasks:plan_activate", "tasks:plan_stop", "tasks:plan_copy"),
        lambda estate, role: [estate.month.district_plan.code],
    ),
    "tasks:plan_part_add": lambda estate, role: [estate.month.district_plan.code, "items"],
    "tasks:plan_part_remove": lambda estate, role: [
        estate.month.district_plan.code,
        "items",
        estate.month.district_plan.items.first().pk,
    ],
    "tasks:report": _report,
    "tasks:report_cells": _report,
    "tasks:report_zero": _report,
    "tasks:report_carry": _report,
    "tasks:opening_preview": lambda estate, role: [GONE],
    "tasks:opening_discard": lambda estate, role: [GONE],
    "tasks:report_evidence": _report,
    "tasks:report_form": _report,
    "tasks:report_print": _report,
    "tasks:report_upload": _report,
    "tasks:report_preview": lambda estate, role: [*_report(estate, role), GONE],
    "tasks:evidence_withdraw": _evidence,
    "tasks:section_assign": _section,
    "tasks:section_tick": _section,
    "tasks:section_unlock": _section,
    "tasks:section_text": lambda estate, role: _section(estate, role, "narrative"),
    "tasks:report_move": _report,
    "tasks:report_excuse": _report,
    **{f"tasks:report_act#{code}": _act(code) for code in ACTS},
    "tasks:report_return": _report,
    "tasks:report_sheet": _report,
    "tasks:report_opinion": lambda estate, role: [*_report(estate, role), estate.world.zhengan.code],
    "tasks:report_extend": _report,
    "tasks:sheet_withdraw": lambda estate, role: [estate.sheets["own"].pk],
    "tasks:extension": lambda estate, role: [estate.asked["own"].pk],
    **{name: _checked("own", what) for name, what in CHECK_PAGES.items()},
    "tasks:responsibility_set": _measure,
    "tasks:responsibility_end": lambda estate, role: [*_measure(estate, role), estate.responsibility.pk],
}

FOREIGN = {
    **dict.fromkeys(JOB_PAGES, lambda estate, role: [_job(_another(estate, role))]),
    **_incoming_pages("other"),
    **_paper_pages("other"),
    "documents:download": lambda estate, role: [estate.files["other"].pk],
    "notices:message": lambda estate, role: [estate.letters["other"].pk],
    "organisations:detail": lambda estate, role: [estate.world.daozhen.code],
    "organisations:contacts": lambda estate, role: [estate.world.daozhen.code],
    "organisations:add_contact": lambda estate, role: [estate.world.daozhen.code],
    "organisations:end_contact": lambda estate, role: [
        estate.world.daozhen.code,
        estate.contacts[estate.world.daozhen].pk,
    ],
    "organisations:correct_contact": lambda estate, role: [
        estate.world.daozhen.code,
        estate.contacts[estate.world.daozhen].pk,
    ],
    "pairing:coverage_places": lambda estate, role: [estate.world.daozhen.code, "town"],
    "pairing:detail": _numbered("daozhen_pairing"),
    "pairing:detail#sub": _numbered("daozhen_towns"),
    "pairing:end": _numbered("daozhen_pairing"),
    "pairing:end#sub": _numbered("daozhen_towns"),
    "pairing:replace": _numbered("daozhen_pairing"),
    "pairing:replace_sub": _numbered("daozhen_towns"),
    "pairing:correct": _numbered("daozhen_pairing"),
    "pairing:correct#sub": _numbered("daozhen_towns"),
    "rosters:preview": lambda estate, role: [estate.uploads["other"].pk],
    "rosters:discard": lambda estate, role: [estate.uploads["other"].pk],
    "pairing:agreement": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_scan": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_sign": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_revise": lambda estate, role: [estate.agreements["other"].pk],
    "tasks:correction": lambda estate, role: [estate.corrections["other"].pk],
    "tasks:correction_ask": lambda estate, role: [estate.corrections["other"].entry_id],
    "tasks:correction_step": lambda estate, role: [estate.corrections["other"].pk, "sign"],
    **{name: _checked("other", what) for name, what in CHECK_PAGES.items()},
    "tasks:report": _foreign_report,
    "tasks:report_cells": _foreign_report,
    "tasks:report_zero": _foreign_report,
    "tasks:report_carry": _foreign_report,
    "tasks:report_evidence": _foreign_report,
    "tasks:report_form": _foreign_report,
    "tasks:report_print": _foreign_report,
    "tasks:report_upload": _foreign_report,
    "tasks:report_preview": lambda estate, role: [*_foreign_report(estate, role), GONE],
    "tasks:evidence_withdraw": _foreign_evidence,
    "tasks:section_assign": _foreign_section,
    "tasks:section_tick": _foreign_section,
    "tasks:section_unlock": _foreign_section,
    "tasks:section_text": lambda estate, role: _foreign_section(estate, role, "narrative"),
    "tasks:report_move": _foreign_report,
    "tasks:report_excuse": _foreign_report,
    **{
        f"tasks:report_act#{code}": lambda estate, role, code=code: [*_foreign_report(estate, role), code]
        for code in ACTS
    },
    "tasks:report_return": _foreign_report,
    "tasks:report_sheet": _foreign_report,
    "tasks:report_opinion": lambda estate, role: [*_foreign_report(estate, role), estate.world.daozhen.code],
    "tasks:report_extend": _foreign_report,
    "tasks:sheet_withdraw": lambda estate, role: [estate.sheets["other"].pk],
    "tasks:extension": lambda estate, role: [estate.asked["other"].pk],
}

QUERIES = {"admin:autocomplete": "?app_label=pairing&model_name=pairing&field_name=east"}


def address(name, estate, role, objects=OWN) -> str:
    """The address of `name` for somebody in `role`."""
    view = name.partition("#")[0]
    return reverse(view, args=objects[name](estate, role) if name in objects else []) + QUERIES.get(name, "")
