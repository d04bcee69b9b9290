"""Figures computed from others by the catalogue's own words: rates always from summed parts, never averaged.

Everything is reckoned exactly (fractions) and rounded once, half up, to the indicator's decimals. Where a part has no
figure, or there is nothing to divide by, there is no result.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhuzun.numbers import rounded

KEY_COUNTIES = re.compile(r"(?P<part>.+)（国家乡村振兴重点帮扶县合计）")
PER_COUNTY = re.compile(r"(?P<part>.+) ÷ 协作县（市）数")
BEHIND_COURSE = re.compile(r"(?P<part>.+) − 已过月数 ÷ 12 × 100")
RATE = re.compile(r"(?P<part>.+) ÷ (?P<whole>.+) × 100")


@dataclass(frozen=True)
class Ground:
    """What a formula may ask: the sum of a code, the same for 重点帮扶县 only, how many counties, how many months."""

    total: Callable[[str], Decimal | None]
    of_key_counties: Callable[[str], Decimal | None]
    counties: int
    months: int
    formulas: dict[str, str]  # code → formula, of the computed ones


def compute(code: str, decimals: int, ground: Ground) -> Decimal | None:
    """The figure `code` on this ground, rounded half up."""
    exact = _exact(code, ground)
    return None if exact is None else to_decimal(exact, decimals)


def to_decimal(exact: Fraction, decimals: int) -> Decimal:
    """A fraction rounded half up, by whole numbers only: no float and no rounding on the way."""
    scaled = abs(exact) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return rounded(Decimal(whole if exact >= 0 else -whole).scaleb(-decimals), decimals)


def is_rate(formula: str) -> bool:
    """Whether it divides: such a figure says nothing of a single span."""
    return "÷" in formula


def names(formula: str, code: str) -> bool:
    """Whether a formula asks for exactly this code (FUND01 is not FUND01-县均)."""
    return any(code == word.split("（")[0] for word in re.split(r" [÷×+−] ", formula))


def _exact(code, ground) -> Fraction | None:
    formula = ground.formulas.get(code)
    if formula is None:
        value = ground.total(code)
        return None if value is None else Fraction(value)
    for pattern, reckon in RULES:
        if found := pattern.fullmatch(formula):
            return reckon(ground, **found.groupdict())
    return _sum(ground, formula)


def _of_key_counties(ground, part):
    value = ground.of_key_counties(part)
    return None if value is None else Fraction(value)


def _per_county(ground, part):
    value = _exact(part, ground)
    return None if value is None or not ground.counties else value / ground.counties


def _behind_course(ground, part):
    value = _exact(part, ground)
    return None if value is None else value - Fraction(ground.months * 100, 12)


def _rate(ground, part, whole):
    above, below = _exact(part, ground), _exact(whole, ground)
    return above / below * 100 if above is not None and below else None


def _sum(ground, formula):
    parts = [_exact(code.strip(), ground) for code in formula.split(" + ")]
    said = [value for value in parts if value is not None]
    return sum(said, Fraction(0)) if said else None


RULES = ((KEY_COUNTIES, _of_key_counties), (PER_COUNTY, _per_county), (BEHIND_COURSE, _behind_course), (RATE, _rate))
