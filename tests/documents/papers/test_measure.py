"""check_paper: every form fits the standard, and what does not fit is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zhuzun.documents.papers import pdf, press, samples
from zhuzun.documents.papers.measure import Form, measure


@pytest.mark.parametrize("name", samples.ALL)
def test_every_form_fits(name):
    form, findings = measure(pdf.render(samples.ALL[name]).pdf)
    assert form is samples.ALL[name].form
    assert [(one.name, one.standard, one.measured) for one in findings if not one.fits] == []
    assert len(findings) >= 20


def test_the_measures_that_matter_are_taken():
    names = {one.name for one in measure(pdf.render(samples.CIRCULAR).pdf)[1]}
    assert {"订口（左白边）", "天头（上白边）", "行数", "每行字数", "正文", "标题", "红色分隔线", "页码位置"} <= names
    assert {"单双页", "版记位置", "版记分隔线粗", "发文机关标志宽度", "一级标题（一、）", "字体"} <= names


SPOILT = (
    (Form.OFFICIAL, "通报", "margin: 37mm 26mm 35mm 28mm", "margin: 37mm 26mm 35mm 25mm", "订口（左白边）"),
    (Form.OFFICIAL, "通报", "margin: 37mm 26mm 35mm 28mm", "margin: 30mm 26mm 42mm 28mm", "天头（上白边）"),
    (Form.OFFICIAL, "通报", "html { font: 15.75pt/10.2272mm", "html { font: 15.75pt/9.5mm", "行数"),
    (Form.OFFICIAL, "通报", "letter-spacing: .04pt; color", "letter-spacing: .6pt; color", "每行字数"),
    (Form.OFFICIAL, "通报", "html { font: 15.75pt/", "html { font: 14pt/", "正文"),
    (Form.OFFICIAL, "通报", " 22pt/10.2272mm", " 18pt/10.2272mm", "标题"),
    (Form.OFFICIAL, "通报", ".rule { height: .7mm;", ".rule { height: .7mm; margin-left: -9mm;", "红色分隔线"),
    (Form.OFFICIAL, "通报", "padding: 4.5mm 14pt 0 0", "padding: 0 14pt 0 0", "页码位置"),
    (Form.OFFICIAL, "通报", "padding: 4.5mm 14pt 0 0", "padding: 4.5mm 80pt 0 0", "单双页"),
    (Form.OFFICIAL, "通报", ".thick { height: .35mm", ".thick { height: 1mm", "版记分隔线粗"),
    (Form.OFFICIAL, "通报", "float: footnote", "float: none", "版记位置"),
    (Form.OFFICIAL, "通报", ".level1 .lead {", ".level9 .lead {", "一级标题（一、）"),
    (Form.LETTER, "函", "width: 170mm", "width: 156mm", "红色双线"),
    (Form.LETTER, "函", "top: 238.15mm", "top: 225mm", "第二条双线"),
    (Form.LETTER, "函", "@page :first {", "@page unused {", "页码"),
    (
        Form.INNER,
        "督办单",
        "html { font: 15.75pt/10.2272mm",
        "h1 { color: #e60012 } html { font: 15.75pt/10.2272mm",
        "版头",
    ),
)


@pytest.mark.parametrize(("form", "name", "right", "wrong", "found"), SPOILT)
def test_what_does_not_fit_is_found(form, name, right, wrong, found):
    html = pdf.html(samples.ALL[name])
    assert right in html
    _, findings = measure(press.run([html.replace(right, wrong)]).pdf, form)
    assert found in {one.name for one in findings if not one.fits}


def run(*arguments):
    out = StringIO()
    call_command("check_paper", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_prints_each_measure(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.render(samples.INNER).pdf)
    printed = run(path)
    assert printed.startswith("paper.pdf\n内部格式，")
    assert "符合  订口（左白边）：28.0 mm（标准：28 ± 1 mm）" in printed


def test_the_command_fails_on_a_miss(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.render(samples.INNER).pdf)
    with pytest.raises(CommandError, match="1 of 1 papers do not fit"):
        run(path, "--form", "official")


def test_the_command_says_what_it_cannot_measure(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"not a PDF")
    with pytest.raises(CommandError, match="cannot be measured"):
        run(path)
    path.write_bytes(press.run(["<p></p>"]).pdf)
    with pytest.raises(CommandError, match="no text in this file"):
        run(path)
