"""Forms of the registry's own pages: the shared fields, with their result as one cleaned value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lishu_law.web.party_fields import PartyFields, VehicleFields


class PartyPage(PartyFields):
    """``cleaned_data["party"]`` is a ``PartyDetails``. ``kept``: what stands when a sensitive field is left empty."""

    def __init__(self, *args: Any, kept: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept or {}
        for name, value in self.kept.items():
            if value:
                self.fields[f"party_{name}"].help_text = "已登记，不显示。不改请留空；要改请填新的。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {**cleaned, "party": getattr(self, "party_details", None)}


class VehiclePage(VehicleFields):
    """``cleaned_data["vehicle"]`` is a ``VehicleDetails``."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {**cleaned, "vehicle": self.vehicle_details}
