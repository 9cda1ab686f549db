"""Form fields of the input library (ux.md §8): the checks of ``registry.identity`` with the attributes of a phone's
keyboard and messages that say what, why and how. All return plain values in normal form.
"""

from lishu_law.web.fields.choices import OfficerChoiceField, OneChoiceField, officers_on
from lishu_law.web.fields.files import EvidenceFileField, MultipleFileField
from lishu_law.web.fields.finding import FindField, Found
from lishu_law.web.fields.numbers import (
    AmountField,
    IdNumberField,
    MobileField,
    PhoneField,
    PlateField,
    UsccField,
)
from lishu_law.web.fields.texts import (
    NarrativeField,
    OrganisationNameField,
    OutsiderNameField,
    PersonNameField,
    PlaceField,
    ShortTextField,
)
from lishu_law.web.fields.times import FlexibleDateField, FlexibleDateTimeField, check_period
from lishu_law.web.fields.typed import TypedField, required_text

__all__ = [
    "AmountField",
    "EvidenceFileField",
    "FindField",
    "FlexibleDateField",
    "FlexibleDateTimeField",
    "Found",
    "IdNumberField",
    "MobileField",
    "MultipleFileField",
    "NarrativeField",
    "OfficerChoiceField",
    "OneChoiceField",
    "OrganisationNameField",
    "OutsiderNameField",
    "PersonNameField",
    "PhoneField",
    "PlaceField",
    "PlateField",
    "ShortTextField",
    "TypedField",
    "UsccField",
    "check_period",
    "officers_on",
    "required_text",
]
