"""The office of tests/accounts, and lists of people to hand in."""

from io import BytesIO

import openpyxl
import pytest

from tests.accounts.conftest import (  # noqa: F401 (fixtures)
    NOW,
    TODAY,
    as_security,
    bureau,
    district,
    office_hours,
    officer,
    security,
    security2,
    unit,
)

HEADING = ("单位", "姓名", "角色", "起止日期", "电话")


def workbook(*rows, heading=HEADING, title="人员花名册"):
    """An xlsx with a title row, the heading and these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    if title:
        sheet.append([title])
    for row in (heading, *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def outcomes(security):  # noqa: F811
    """What each row of a list would do, with its remarks: nothing is saved."""
    from zhuzun.rosters import services

    def preview(*rows, **more):
        pending = services.upload(workbook(*rows, **more), "花名册.xlsx", actor=security, now=NOW)
        result = services.preview(pending.pk, actor=security, now=NOW)[1]
        return [(line.outcome, "；".join(line.remarks)) for line in result.lines]

    return preview
