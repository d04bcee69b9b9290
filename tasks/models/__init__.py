"""The rows of `tasks`, by room: the policy, the catalogue, and the reporting cycle."""

from tasks.models.checks import CheckSheet, FigureCheck
from tasks.models.closing import Correction, OpeningFigure, PeriodSnapshot, SnapshotFigure
from tasks.models.indicators import Indicator, IndicatorDefinition
from tasks.models.naming import NameLine, NameList
from tasks.models.opinions import ExtensionRequest, Opinion
from tasks.models.papers import PaperPlan, PeriodPaper
from tasks.models.periods import FormItem, FormNarrative, PeriodForm, ReportingPeriod
from tasks.models.plans import FigureSource, LadderStep, PlanBody, PlanItem, PlanNarrative, ReportPlan
from tasks.models.policy import Duty, Measure, Paragraph, PolicyDocument, Responsibility, TaskArea
from tasks.models.reports import Entry, Narrative, ProgressReport, ReportPart, ReportRound, ReportSection
from tasks.models.targets import Target

__all__ = [
    "CheckSheet",
    "Correction",
    "Duty",
    "Entry",
    "ExtensionRequest",
    "FigureCheck",
    "FigureSource",
    "FormItem",
    "FormNarrative",
    "Indicator",
    "IndicatorDefinition",
    "LadderStep",
    "Measure",
    "NameLine",
    "NameList",
    "Narrative",
    "OpeningFigure",
    "Opinion",
    "PaperPlan",
    "Paragraph",
    "PeriodForm",
    "PeriodPaper",
    "PeriodSnapshot",
    "PlanBody",
    "PlanItem",
    "PlanNarrative",
    "PolicyDocument",
    "ProgressReport",
    "ReportPart",
    "ReportPlan",
    "ReportRound",
    "ReportSection",
    "ReportingPeriod",
    "Responsibility",
    "SnapshotFigure",
    "Target",
    "TaskArea",
]
