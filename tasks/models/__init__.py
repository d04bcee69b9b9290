"""The rows of `tasks`, by room: the policy, the catalogue, and the reporting cycle."""

from tasks.models.indicators import Indicator, IndicatorDefinition
from tasks.models.policy import (
    Duty,
    Measure,
    Paragraph,
    PolicyDocument,
    Responsibility,
    TaskArea,
)

__all__ = [
    "Duty",
    "Indicator",
    "IndicatorDefinition",
    "Measure",
    "Paragraph",
    "PolicyDocument",
    "Responsibility",
    "TaskArea",
]
