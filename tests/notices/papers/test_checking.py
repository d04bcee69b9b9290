"""The QR code of a paper: on inner forms, off for 公文, and what the page says of the copy that bears it."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pdfminer.high_level import extract_text

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers import pdf
from zhuzun.notices.papers import printing
from zhuzun.notices.papers.kinds import PaperState, Series, Standing
from zhuzun.notices.papers.models import Paper, PaperNumber
from zhuzun.notices.papers.services import chain, identities

NOW = making.NOW


def sheet_of(paper):
    return printing.sheet_of(Paper.objects.for_page().get(pk=paper.pk))


def path_of(paper):
    return urlsplit(sheet_of(paper).qr).path


@pytest.fixture
def form(desk):
    """An inner form, served on 香洲区."""
    return desk.at(PaperState.ISSUED, kind="supervision", title="关于资金拨付的督办单")


def test_on_for_inner_forms_and_off_for_documents(desk, form, settings):
    code = sheet_of(form).qr
    assert code.startswith(settings.PORTAL_URL)
    assert code.isascii()
    assert code.endswith(f"/{form.digest[:16]}/")
    assert sheet_of(desk.at(PaperState.ISSUED)).qr is None
    assert sheet_of(desk.at(PaperState.PRINTING, kind="supervision", title="督办单")).qr is None, "not printed yet"
    assert pdf.html(sheet_of(form)).count("<svg") == 1


def test_the_bureau_sets_it_for_each_series(desk, people):
    identity = desk.offices[Standing.LEADING_GROUP]
    series = {row.series: (row.word, row.mode, row.series == Series.DOCUMENT) for row in identity.series.all()}
    facts = {"masthead": "市委农村工作领导小组文件", "joining": "none", "signers": []}
    identities.change(identity, series=series, actor=people[Role.CLERK], now=NOW, **facts)
    assert sheet_of(desk.at(PaperState.ISSUED)).qr
    assert sheet_of(desk.at(PaperState.ISSUED, kind="supervision", title="督办单")).qr is None


def said(client, path):
    return client.get(path).content.decode()


def test_current_then_repealed_with_what_replaces_it(desk, form, people, sign_in):
    path, client = path_of(form), sign_in(people[Role.DISTRICT_OFFICER])
    page = said(client, path)
    assert "与系统所存一致，现行有效" in page
    assert form.number_text in page
    new = desk.at(PaperState.ISSUED, kind="supervision", title="新的督办单")
    facts = {"actor": people[Role.CLERK], "now": NOW}
    chain.end(form, "repeal", reason="已重新印发", replaced_by=new, **facts)
    page = said(client, path)
    assert "已经废止" in page
    assert new.get_absolute_url() in page
    chain.end(new, "revoke", reason="事实有误", **facts)
    assert "已经撤销，自始无效" in said(client, path_of(new))


def test_another_content_under_the_same_number(form, people, sign_in):
    client, path = sign_in(people[Role.DISTRICT_OFFICER]), path_of(form)
    assert "与系统所存不一致" in said(client, path.replace(form.digest[:16], "0" * 16))
    assert "现行有效" in said(client, path.replace(form.digest[:16], form.digest[:16].upper()))


def test_a_voided_number_is_known_to_the_bureau(desk, people, sign_in):
    paper = desk.at(PaperState.ISSUING, kind="supervision", title="督办单")
    path = path_of(paper)
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert "尚未印发，不是正式文本" in said(client, path)
    chain.void(paper, reason="重复", actor=people[Role.CLERK], now=NOW)
    assert "印发前已作废" in said(client, path)


def test_a_stranger_learns_nothing_but_that_he_must_sign_in(form, people, client, sign_in):
    path, unknown = path_of(form), "/notices/check/某号/0123456789abcdef/"
    asked = [client.get(one) for one in (path, unknown)]
    assert [answer.status_code for answer in asked] == [302, 302]
    assert [answer.content for answer in asked] == [b"", b""]
    county = sign_in(people[Role.COUNTY_OFFICER])
    seen, other = county.get(path), county.get(unknown)
    assert (seen.status_code, other.status_code) == (404, 404)
    assert form.title not in seen.content.decode()


def test_the_digest_is_of_what_was_printed_and_stays(form):
    assert form.digest == sheet_of(form).digest
    PaperNumber.objects.filter(paper=form).update(text="督办〔2022〕99号")
    again = Paper.objects.for_page().get(pk=form.pk)
    assert again.digest == form.digest != printing.sheet_of(again).digest


def test_the_print_with_its_code_is_set(form):
    printed = pdf.render(sheet_of(form))
    assert form.number_text in extract_text(BytesIO(printed.pdf))


def test_what_was_printed_before_digests_were_kept_is_known_by_what_the_portal_holds(form, people, sign_in):
    known = form.digest
    Paper.objects.filter(pk=form.pk).update(digest="")
    old = Paper.objects.for_page().get(pk=form.pk)
    assert printing.digest_of(old) == known
    assert path_of(old).endswith(f"/{known[:16]}/")
    page = sign_in(people[Role.BUREAU_OFFICER]).get(path_of(old)).content.decode()
    assert "与系统所存一致，现行有效。" in page
