"""Rounding and the shape of numbers, stated once: half up, as the office does it on paper."""

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with the given decimals, ROUND_HALF_UP."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def share(part: int, whole: int, decimals: int = 2) -> Decimal | None:
    """`part` ÷ `whole` in per cent, or nothing where there is no whole to divide by."""
    if not whole:
        return None
    return rounded(Decimal(part) * 100 / Decimal(whole), decimals)
