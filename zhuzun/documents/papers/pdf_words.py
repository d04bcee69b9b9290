"""What a PDF says, as lines of text; run in the child process by `zhuzun.documents.secrecy`, never imported."""

import base64
import io
import json
import logging

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

PAGES = 80
HEAD = 2 / 3  # above so much of the first page's height stands its mark; annexes bear their own
OBJECTS = 50_000


def words(data: bytes) -> bytes:
    """JSON: `lines` [(place, text)] and the `files` inside; what went wrong is not told: it might quote."""
    logging.disable()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        answer = {"lines": [*_facts(document), *_lines(data)], "files": [*_files(document)]}
    except PDFPasswordIncorrect:
        answer = {"locked": True}
    except Exception:  # a damaged or doctored file makes the library raise anything
        answer = None
    return json.dumps(answer).encode()


def _facts(document):
    """What the file says of itself: its title, subject, keywords."""
    values = (value for info in document.info for value in info.values())
    return [("fact", decode_text(value)) for value in values if isinstance(value, bytes)]


def _lines(data: bytes):
    for page in extract_pages(io.BytesIO(data), maxpages=PAGES, laparams=LAParams(all_texts=True)):
        for line in _text_of(page):
            head = page.pageid == 1 and line.y0 > page.y0 + HEAD * page.height
            yield "head" if head else "text", line.get_text()


def _text_of(part):
    if isinstance(part, LTTextLine):
        yield part
    elif isinstance(part, LTContainer):
        for inner in part:
            yield from _text_of(inner)


def _files(document):
    """Files that hang in it, wherever they are named."""
    keys = [key for xref in document.xrefs for key in xref.get_objids()][:OBJECTS]
    for key in keys:
        found = _object(document, key)
        if isinstance(found, dict) and isinstance(named := resolve1(found.get("EF")), dict):
            inner = {id(stream): stream for stream in map(resolve1, named.values()) if isinstance(stream, PDFStream)}
            yield from (base64.b64encode(stream.get_data()).decode() for stream in inner.values())


def _object(document, key):
    try:
        return document.getobj(key)
    except Exception:  # listed, and not there
        return None
