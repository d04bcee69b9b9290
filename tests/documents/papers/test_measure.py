"""check_paper: every form fits the standard, and what does not fit is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zhuzun.documents.papers import pdf, press, samples
from zhuzun.documents.papers.measure import measure
from zhuzun.documents.papers.measure.finding import is_set_in


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


# Each group is set once, with all that is wrong in it.
SPOILT = {
    "the page": (
        "通报",
        ("margin: 37mm 26mm 35mm 28mm", "margin: 30mm 23mm 42mm 31mm", "订口（左白边）", "天头（上白边）"),
        ("html { font: 15.75pt/10.2272mm", "html { font: 15.75pt/9.5mm", "行数"),
        ("letter-spacing: .04pt; color", "letter-spacing: .6pt; color", "每行字数"),
        (".rule { height: .7mm;", ".rule { height: .7mm; margin-left: -9mm;", "红色分隔线"),
    ),
    "a page that is too wide": (
        "通报",
        ("margin: 37mm 26mm 35mm 28mm", "margin: 37mm 26mm 35mm 25mm", "订口（左白边）"),
        ("table { width: 100%", "table { width: 108%", "版心右边缘"),
        ("padding: 3.73mm 14pt 0 0", "padding: 0 14pt 0 0", "页码位置"),
        ("〔2026〕8号", "〔2026〕08号", "发文字号"),
    ),
    "the types": (
        "通报",
        ("html { font: 15.75pt/", "html { font: 14pt/", "正文"),
        (" 22pt/10.2272mm", " 18pt/10.2272mm", "标题"),
        (".thick { height: .35mm", ".thick { height: 1mm", "版记分隔线粗"),
        ("padding: 3.73mm 14pt 0 0", "padding: 3.73mm 80pt 0 0", "单双页"),
        ("〔2026〕8号", "[2026]8号", "发文字号"),
    ),
    "the text": (
        "通报",
        (".level1 .lead {", ".level9 .lead {", "一级标题（一、）"),
        (".level2 .lead,", ".level3 .lead,", "二级标题（（一））", "三级标题（1.）"),
        ("p { text-indent: 31.58pt;", "p { text-indent: 20pt;", "段首"),
        (".annex-list { margin-top: 10.2272mm;", ".annex-list { margin-top: 0;", "附件说明"),
        ("float: footnote", "float: none", "版记位置"),
        ("单位：</p>", "单位</p>", "主送机关"),
        ("@page :left {", "@page unused {", "页码"),
        (".closing.sealed { margin-top", ".closing { padding-right: 3em } .x { margin-top", "署名和成文日期"),
        (".title > span,", ".title > span { text-align: left } .x,", "标题"),
    ),
    "what is missing": (
        "通知",
        ('<div id="imprint"', '<div hidden style="display: none"', "版记"),
    ),
    "a letter": (
        "函",
        ("width: 170mm", "width: 156mm", "红色双线"),
        ("top: 238.15mm", "top: 225mm", "第二条双线"),
        ("@page :first {", "@page unused {", "页码"),
        (".double .heavy { top: 0; height: .9mm", ".double .heavy { top: 0; height: .2mm", "双线粗细"),
        ('<p class="listed">', '<div class="line thick"></div><p class="listed">', "版记"),
    ),
    "an upward report": (
        "报告",
        (".signers em {", ".signers i {", "签发人"),
        ("translate(31.27mm, -14pt)", "translate(20mm, -14pt)", "横排页页码"),
        ("margin: 28mm 37mm 26mm 35mm", "margin: 28mm 30mm 26mm 30mm", "横排页版心"),
        (".imprint-page { page: imprint; break-before: page;", ".imprint-page { page: imprint;", ""),
    ),
    "an inner form": ("督办单", ("html {", "h1 { color: #e60012 } html {", "版头")),
    "a signature alone": (
        "督办单",
        (".closing { margin-top", ".closing { break-before: page !important; margin-top", "署名所在面"),
    ),
    "an imprint alone": ("督办单", ('<div id="end"', '<div style="break-before: page" id="end"', "版记所在面")),
}


@pytest.mark.parametrize("group", SPOILT)
def test_what_does_not_fit_is_found(group):
    name, *faults = SPOILT[group]
    html = pdf.drafts(samples.ALL[name])[0]
    for right, wrong, *_ in faults:
        assert right in html
        html = html.replace(right, wrong)
    _, findings = measure(press.run([html]).pdf, samples.ALL[name].form)
    wanted = {found for _, _, *names in faults for found in names if found}
    assert wanted - {one.name for one in findings if not one.fits} == set()


def test_fonts_that_an_office_owns_are_known_by_the_names_they_bear_in_a_pdf():
    own = {
        "title": "FZXBSJW--GB1-0",
        "fang": "FangSong_GB2312",
        "kai": "KaiTi_GB2312",
        "hei": "SimHei",
        "song": "SimSun",
    }
    assert all(is_set_in(face, font) for face, font in own.items())
    assert is_set_in("title", "方正小标宋简体")
    assert not is_set_in("fang", "SimSun")
    assert not is_set_in("title", "Noto-Serif-CJK-SC"), "the stand-in has to be bold"
    assert not is_set_in("song", "Noto-Serif-CJK-SC-Bold")


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
