"""Quantities are exact on both databases, sums included, and more decimals than are kept are refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from zhuzun.numbers import LARGEST, QuantityField, rounded, share, stored

FIELD = QuantityField("数值")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0", 0), ("1", 10_000), ("0.0001", 1), ("1234.5", 12_345_000), ("-3.25", -32_500), ("1E+3", 10_000_000)],
)
def test_a_figure_is_kept_whole(typed, kept):
    assert stored(Decimal(typed)) == kept
    assert FIELD.get_prep_value(Decimal(typed)) == kept
    assert FIELD.from_db_value(kept, None, None) == Decimal(typed)


def test_more_decimals_are_refused_and_never_rounded_in_silence():
    with pytest.raises(ValueError, match="4 decimals"):
        stored(Decimal("0.00001"))


@pytest.mark.parametrize("text", ["abc", "1.2万", "一"])
def test_what_is_no_number_is_said(text):
    with pytest.raises(ValidationError, match="请填写数字"):
        FIELD.to_python(text)


def test_nothing_stays_nothing():
    assert FIELD.get_prep_value(None) is None
    assert FIELD.from_db_value(None, None, None) is None
    assert FIELD.to_python(None) is None


def test_limits_and_form_speak_of_the_figure():
    with pytest.raises(ValidationError):
        FIELD.run_validators(LARGEST + 1)
    assert FIELD.formfield().clean("12.5") == Decimal("12.5")


def test_rounding_is_half_up():
    assert rounded(Decimal("74.145"), 2) == Decimal("74.15")
    assert rounded(Decimal("-0.5"), 0) == Decimal("-1")
    assert share(2405, 3244) == Decimal("74.14")
    assert share(1, 0) is None
