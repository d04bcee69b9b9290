"""The empty list of people to fill in (下载模板)."""

from zhuzun.accounts.roles import Role
from zhuzun.rosters.reading import COLUMNS
from zhuzun.ui.workbook import Column, write_xlsx

TITLE = "珠海—遵义东西部协作人员花名册"
LEFT_OUT = {"起始日期", "截止日期"}  # the template has 起止日期 in one column


def template() -> bytes:
    """The workbook: title, how to fill in, heading; no row that would be taken for a person."""
    roles = "、".join(role.label for role in Role)
    how = (
        "一人一行，一人任几个角色就填几行。起止日期写作 2026-01-01至2027-12-31，长期的写作 2026-01-01至今。"
        f"角色只能填：{roles}。用户名留空即自动编排；查阅范围仅“{Role.INSPECTOR.label}”填写区、县（市），用顿号分开。"
    )
    columns = [Column(one.name, "code", 24) for one in COLUMNS if one.name not in LEFT_OUT]
    return write_xlsx(TITLE, columns, [], subtitle=how)
