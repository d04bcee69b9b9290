"""Entering a successor policy on pages, without a migration: document, paragraphs, then areas and duties one by one.

The policy loaded from `fixtures/` is never changed here: only a document that names its predecessor may be filled in.
"""

import re
from datetime import date

from django.db import IntegrityError, transaction

from tasks.kinds import Part
from tasks.models import Duty, Measure, Paragraph, PolicyDocument, Responsibility, TaskArea
from tasks.parsing import MOST_DUTIES, closing_names, cut_paragraphs, read_duties, read_measures
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.organisations.models import Organisation, OrganisationGroup

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,15}")


def enter_document(*, code, title, issuer, issued_on, term_from, predecessor, actor, now, term_to=None, **more):
    """Enter a successor of `predecessor`; `more` are the document's other fields (number, printer, recipients …)."""
    actor.decide("tasks.change_policy").enforce()
    if not CODE.fullmatch(code):
        raise DomainError("编码用 2—16 个小写字母、数字或连字符，如 2026-03。", "code")
    if term_to is not None and term_to < term_from:
        raise DomainError("执行期止不能早于执行期起。", "term_to")
    if term_from <= predecessor.term_from:
        raise DomainError(f"执行期起应晚于所接续文件的执行期起（{predecessor.term_from}）。", "term_from")
    facts = {"title": title, "issuer": issuer, "issued_on": issued_on, "term_from": term_from, "term_to": term_to}
    document = PolicyDocument(code=code, predecessor=predecessor, **facts, **more)
    document._change_reason = "登记接续文件"
    with transaction.atomic():
        _save(document, "编码已被其他文件使用。", "code")
        detail = _term(document)
        record("tasks.enter_document", actor=actor, now=now, obj=document, reason=document.number, detail=detail)
    return document


def enter_paragraphs(document, *, text, actor, now) -> list[Paragraph]:
    """Cut a pasted text into its numbered paragraphs; may be done again until the first area or duty."""
    actor.decide("tasks.change_policy").enforce()
    _must_be_successor(document)
    cut = cut_paragraphs(text)
    with transaction.atomic():
        list(document.paragraphs.select_for_update())  # nobody makes an area or a duty of one meanwhile
        if TaskArea.objects.filter(paragraph__document=document).exists():
            raise DomainError("已有条文登记为任务领域，条文不能再整体替换。", "text")
        if document.duties.exists():
            raise DomainError("已有条文登记了保障职责，条文不能再整体替换。", "text")
        document.paragraphs.all().delete()
        rows = [
            Paragraph(document=document, number=row.number, part=row.part, heading=row.heading, text=row.text)
            for row in cut
        ]
        Paragraph.objects.bulk_create(rows)
        detail = {"条数": len(rows), "首条": str(rows[0]), "末条": str(rows[-1])}
        record("tasks.enter_paragraphs", actor=actor, now=now, obj=document, detail=detail)
    return list(document.paragraphs.order_by("number"))


def enter_area(paragraph, *, name, measures, actor, now, names=None) -> TaskArea:
    """Make a paragraph a task area with its measures (lines «标题｜原文») and its responsible units.

    `names` are the responsible units as written; left out, the paragraph's closing bracket is read.
    """
    actor.decide("tasks.change_policy").enforce()
    _must_be_successor(paragraph.document)
    found = read_measures(measures, paragraph.text)
    if not found:
        raise DomainError("请至少登记一项措施。", "measures")
    parties = find_parties(closing_names(paragraph.text) if names is None else names, paragraph.document.issued_on)
    with transaction.atomic():
        _hold(paragraph)
        if paragraph.duties.exists():
            raise DomainError(f"{paragraph}已登记保障职责，不能再登记为任务领域。登记有误的，请先清空本条的保障职责。")
        area = _area(paragraph, name)
        Measure.objects.bulk_create(
            Measure(paragraph=paragraph, number=f"{paragraph.number}.{place}", position=place, **vars(row))
            for place, row in enumerate(found, start=1)
        )
        for place, (written_as, party) in enumerate(parties, start=1):
            _responsible(paragraph, place, written_as, party)
        detail = {"领域": name, "措施": len(found), "责任单位": "、".join(written for written, _ in parties)}
        record("tasks.enter_area", actor=actor, now=now, obj=paragraph.document, detail=detail)
    return area


def enter_duties(paragraph, *, duties, actor, now) -> list[Duty]:
    """Enter the standing duties of a paragraph that is no area (lines «原文｜承担者｜频次»).

    May be done again at any time, since nothing hangs on a duty: the lines take the place of those entered before, none
    at all strikes them, and the event keeps both.
    """
    actor.decide("tasks.change_policy").enforce()
    _must_be_successor(paragraph.document)
    found = read_duties(duties, paragraph.text)
    with transaction.atomic():
        _hold(paragraph)
        if TaskArea.objects.filter(paragraph=paragraph).exists():
            raise DomainError(f"{paragraph}已登记为任务领域，不能再登记保障职责。")
        rows = [_duty(paragraph, place, row) for place, row in enumerate(found, start=1)]
        before, after = (_lines(some) for some in (paragraph.duties.order_by("position"), rows))
        _must_change(before, after)
        paragraph.duties.all().delete()
        Duty.objects.bulk_create(rows)
        detail = {"条文": str(paragraph), "保障职责": [before, after]}
        record("tasks.enter_duties", actor=actor, now=now, obj=paragraph.document, detail=detail)
    return rows


def find_parties(names, day: date) -> list[tuple[str, Organisation | OrganisationGroup]]:
    """The bodies and groups that `names` mean on `day`; every name that means none or several is told, all at once."""
    if not names:
        raise DomainError("条文末尾没有列出责任单位的括号，请在“责任单位”中逐个填写。", "names")
    groups = {group.name: group for group in OrganisationGroup.objects.all()}
    found, wrong = [], []
    for name in names:
        bodies = [groups[name]] if name in groups else list(Organisation.objects.called(name, day)[:2])
        if len(bodies) == 1:
            found.append((name, bodies[0]))
        else:
            wrong.append(f"“{name}”{'对应多个单位，请写全称' if bodies else '不在单位名录中，请先登记单位或别称'}")
    if wrong:
        raise DomainError("；".join(wrong) + "。", "names")
    if len({party for _, party in found}) < len(found):
        raise DomainError("同一单位列了两次，请核对。", "names")
    return found


def _must_be_successor(document):
    if document.predecessor_id is None:
        raise DomainError("这份文件由系统随政策数据导入，不能在此修改。")


def _hold(paragraph):
    """Keep everybody else from the paragraph until the transaction ends."""
    if Paragraph.objects.select_for_update().filter(pk=paragraph.pk).first() is None:
        raise DomainError("条文已被重新录入，请回到文件页面再办。")


def _lines(duties):
    return "；".join(f"{row.code} {row.line}" for row in duties)


def _must_change(before, after):
    if not before and not after:
        raise DomainError("请至少登记一项保障职责。", "duties")
    if before == after:
        raise DomainError("内容没有变化，无需保存。", "duties")


def _duty(paragraph, place, row):
    position = paragraph.number * MOST_DUTIES + place  # in the document's order, whichever paragraph comes first
    end = {"code": f"R{paragraph.number}.{place}", "position": position}
    return Duty(document=paragraph.document, paragraph=paragraph, **end, **vars(row))


def _area(paragraph, name):
    if TaskArea.objects.filter(paragraph=paragraph).exists():
        raise DomainError(f"{paragraph}已登记为任务领域。")
    area = TaskArea(
        code=f"{paragraph.document.code}-{paragraph.number}", name=name, paragraph=paragraph, position=paragraph.number
    )
    return _save(area, "该条文已登记为任务领域。", None)


def _responsible(paragraph, place, written_as, party):
    end = {"group": party} if isinstance(party, OrganisationGroup) else {"organisation": party}
    row = Responsibility(
        paragraph=paragraph,
        part=Part.RESPONSIBLE,
        position=place,
        written_as=written_as,
        reason=str(paragraph.document)[:200],
        valid_from=paragraph.document.issued_on,
        **end,
    )
    row._change_reason = "登记接续文件"
    row.save()


def _save(row, message, field):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError(message, field) from error
    return row


def _term(document):
    return {
        "执行期起": str(document.term_from),
        "执行期止": str(document.term_to or ""),
        "接续": str(document.predecessor),
    }
