"""What a PDF says, as lines of text; run in the child process by `zhuzun.documents.secrecy`, never imported."""

import io
import json
import logging

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

PAGES = 80  # the mark stands on the first page, annexes bear their own


def words(data: bytes) -> bytes:
    """The lines as a JSON list; `null` where the file cannot be read. What went wrong is not told: it might quote."""
    logging.disable()
    try:
        lines = [*_facts(data), *_lines(data)]
    except Exception:  # a damaged or doctored file makes the library raise anything
        return b"null"
    return json.dumps(lines).encode()


def _facts(data: bytes) -> list[str]:
    """What the file says of itself: its title, subject, keywords."""
    infos = PDFDocument(PDFParser(io.BytesIO(data))).info
    return [decode_text(value) for info in infos for value in info.values() if isinstance(value, bytes)]


def _lines(data: bytes):
    for page in extract_pages(io.BytesIO(data), maxpages=PAGES, laparams=LAParams(all_texts=True)):
        yield from _text_of(page)


def _text_of(part):
    if isinstance(part, LTTextLine):
        yield part.get_text()
    elif isinstance(part, LTContainer):
        for inner in part:
            yield from _text_of(inner)
