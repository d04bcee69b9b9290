"""Holds a PDF against GB/T 9704-2012: every measure beside the standard's, in the order in which one reads a paper."""

from zhuzun.documents.papers.measure.body import closing, hierarchy, title
from zhuzun.documents.papers.measure.finding import Finding
from zhuzun.documents.papers.measure.head import head
from zhuzun.documents.papers.measure.imprint import imprint
from zhuzun.documents.papers.measure.page import font_names, grid, page_numbers, paper
from zhuzun.documents.papers.measured import Page, pages
from zhuzun.documents.papers.sheet import FORM_LABELS, Form


def form_of(found: list[Page]) -> Form:
    """The format a PDF seems to have: by its red lines and its letterhead."""
    first = found[0]
    red = [rule for rule in first.rules if rule.red]
    if any(rule.width > 165 for rule in red):
        return Form.LETTER
    if not red:
        return Form.INNER
    return Form.MINUTES if any(line.red and "纪要" in line.text for line in first.lines) else Form.OFFICIAL


def measure(data: bytes, form: Form | None = None) -> tuple[Form, list[Finding]]:
    """The format and its findings; raises `ValueError` for what is no PDF with text."""
    found = pages(data)
    if not found or not any(page.lines for page in found):
        raise ValueError("no text in this file (a scan?)")
    form = form or form_of(found)
    checks = (paper, grid, head, title, hierarchy, closing, page_numbers, imprint, font_names)
    return form, [finding for check in checks for finding in check(found, form)]


def report(data: bytes, form: Form | None = None) -> tuple[str, bool]:
    """The findings as lines of text, and whether all fit."""
    form, findings = measure(data, form)
    rows = [f"{FORM_LABELS[form]}，{len(findings)} 项"]
    rows += [
        f"{'符合' if one.fits else '不符'}  {one.name}：{one.measured}（标准：{one.standard}）" for one in findings
    ]
    return "\n".join(rows), all(one.fits for one in findings)
