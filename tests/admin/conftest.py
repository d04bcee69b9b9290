"""The admin site with its real pages, on a fixed day; files for the import of pairings."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.documents.corpus import xlsx
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind

PAIRINGS = "/admin/pairing/pairing/"
HEAD = ["编号", "结对类型", "珠海方", "遵义方", "起始日期", "截止日期", "依据文件", "终止依据", "终止原因", "说明"]


@pytest.fixture(autouse=True)
def on_an_ordinary_day():
    """Nothing here depends on the day of the test."""
    with time_machine.travel(factories.NOW, tick=True):
        yield


@pytest.fixture
def officer(people):
    return people[Role.BUREAU_OFFICER]


@pytest.fixture
def desk(client, officer):
    """The bureau officer's browser."""
    client.force_login(officer)
    return client


@pytest.fixture
def namesakes(world):
    """Two villages of one name in two counties, and a hospital on either side."""
    kind = OrganisationKind
    return {
        "zhengan": factories.place(kind.VILLAGE, "新华村", parent=world.zhengan_town),
        "daozhen": factories.place(kind.VILLAGE, "新华村", parent=world.daozhen_town),
        "hospital": factories.organisation(kind.HOSPITAL, "市人民医院", parent=world.xiangzhou),
        "clinic": factories.organisation(kind.HOSPITAL, "县中医院", parent=world.zhengan),
        "firm": factories.organisation(kind.ENTERPRISE, "前山农业公司", parent=world.xiangzhou),
    }


def table(*rows, head=HEAD, title=None):
    """A workbook with these rows under the heading; short rows end early."""
    return xlsx({"结对": [*([[title]] if title else []), list(head), *(list(row) for row in rows)]})


def upload(desk, content, name="结对.xlsx", reason=""):
    """Send a file to the import page."""
    data = {"import_file": SimpleUploadedFile(name, content), "format": "0", "resource": "0", "reason": reason}
    return desk.post(f"{PAIRINGS}import/", data)


def confirm(desk, page, **changes):
    """Confirm what a preview showed."""
    fields = {name: value for name, value in page.context["confirm_form"].initial.items() if value is not None}
    return desk.post(f"{PAIRINGS}process_import/", {**fields, **changes}, follow=True)


def counts(page):
    """How many rows the preview calls new, changed and unchanged."""
    return {part.act: part.count for part in page.context["parts"]}
