"""What somebody types to find a paper: a number in any brackets or none, half or full width, several words."""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.db.models import Q

_PAIRS = ("〔〕", "[]", "［］", "()", "（）", "【】", "")
_BRACKETS = re.compile(r"[〔\[(【](.*?)[〕\])】]")
_NUMBER = re.compile(
    r"^(?P<word>[^\d〔\[(【〕\])】]*)"
    r"(?:[〔\[(【]?(?P<year>(?:19|20)\d\d)[〕\])】]?)?[年第\-]*(?:0*(?P<serial>\d{1,5}))?(?P<end>号?)$"
)


def terms(words: str) -> list[str]:
    """What has to be found, each somewhere: a number typed with blanks is one, else each word."""
    return ["".join(words.split())] if _parsed(words) else words.split()


def holds(term: str, *fields) -> Q:
    """Whether one of the fields holds the term in any spelling."""
    return reduce(or_, (Q(**{f"{field}__icontains": one}) for field in fields for one in _spellings(term)))


def numbered(term: str) -> Q:
    """Whether a number of ours is meant: 珠委农组2026年8号, 珠委农组8号; as it is written, `holds` finds it."""
    found = _parsed(term)
    if not found:
        return Q(pk__in=())
    facts = {"word__icontains": found["word"], "year": found["year"], "number": found["serial"]}
    return Q(**{name: value for name, value in facts.items() if value})


def numbered_by_others(term: str, field: str) -> Q:
    """The same of a number that somebody typed as it stood."""
    found = _parsed(term)
    if not found or not found["serial"]:
        return Q(pk__in=())
    year = f"[^0-9]?{found['year']}" if found["year"] else ".*"
    return Q(**{f"{field}__iregex": rf"{re.escape(found['word'])}{year}[^0-9]*0*{found['serial']}号"})


def _parsed(words: str) -> dict | None:
    """The parts of what looks like a number: with a year, or a word and 8号."""
    found = _NUMBER.match(_plain("".join(words.split())))
    if not found or not (found["year"] or (found["word"] and found["serial"] and found["end"])):
        return None
    return found.groupdict()


def _spellings(term: str) -> set[str]:
    plain = _plain(term)
    return {term, plain, *(_BRACKETS.sub(rf"{pair[:1]}\1{pair[1:]}", plain) for pair in _PAIRS)}


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words)
