"""Rounding and the shape of numbers, stated once: half up, as the office does it on paper."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import DecimalField as DecimalInput
from django.utils.functional import cached_property


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with the given decimals, ROUND_HALF_UP."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def share(part: int, whole: int, decimals: int = 2) -> Decimal | None:
    """`part` ÷ `whole` in per cent, or nothing where there is no whole to divide by."""
    if not whole:
        return None
    return rounded(Decimal(part) * 100 / Decimal(whole), decimals)


PLACES = 4  # a stored quantity is a whole number of 10⁻⁴ of its unit
LARGEST = Decimal(10) ** 12  # more than any figure of this work; keeps sums within a database's whole numbers


class QuantityField(models.BigIntegerField):
    """A figure in the indicator's own unit: a Decimal in Python, a whole number of 10⁻⁴ in the database.

    SQLite adds decimals as floats; whole numbers are exact on both databases, sums included.
    """

    description = "数量"

    def from_db_value(self, value, expression, connection):
        """10⁻⁴ of the unit → the figure."""
        return None if value is None else Decimal(value).scaleb(-PLACES)

    def to_python(self, value):
        """What a form or a fixture gave → the figure."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError("请填写数字。", code="invalid") from error

    def get_prep_value(self, value):
        """The figure → 10⁻⁴ of the unit; more decimals than that are refused, never rounded in silence."""
        value = models.Field.get_prep_value(self, value)
        return None if value is None else stored(self.to_python(value))

    @cached_property
    def validators(self):
        """The figure's own limits, not those of the column."""
        return [MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]

    def formfield(self, **kwargs):
        """A field for decimals."""
        return models.Field.formfield(self, **{"form_class": DecimalInput, "decimal_places": PLACES, **kwargs})


def stored(value: Decimal) -> int:
    """A figure as the database keeps it: whole 10⁻⁴ of its unit."""
    scaled = value.scaleb(PLACES)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than {PLACES} decimals")
    return int(scaled)
