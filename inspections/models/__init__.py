"""The data of inspections: shifts and roadside checks, matters, filings, photos, the counter of their numbers."""

from inspections.models.check import CheckResult, InspectionPhoto, RoadsideCheck
from inspections.models.filing import (
    Category,
    FilingOfficer,
    FilingState,
    Form,
    InspectionFiling,
    Method,
    NoticeMode,
    PointOutcome,
    PointResult,
    ResultCode,
    Signing,
    Source,
    StartedHow,
)
from inspections.models.matter import InspectionMatter
from inspections.models.series import InspectionSeries
from inspections.models.shift import PatrolShift, ShiftOfficer, ShiftSection, ShiftState

__all__ = [
    "Category",
    "CheckResult",
    "FilingOfficer",
    "FilingState",
    "Form",
    "InspectionFiling",
    "InspectionMatter",
    "InspectionPhoto",
    "InspectionSeries",
    "Method",
    "NoticeMode",
    "PatrolShift",
    "PointOutcome",
    "PointResult",
    "ResultCode",
    "RoadsideCheck",
    "ShiftOfficer",
    "ShiftSection",
    "ShiftState",
    "Signing",
    "Source",
    "StartedHow",
]
