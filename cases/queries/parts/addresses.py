"""Address confirmations (送达地址确认书), as facts."""

from __future__ import annotations

from datetime import date

from cases.models import AddressConfirmation
from cases.procedure.serving_facts import AddressFact
from cases.queries.parts.part import Part, Row, rows_of


def _read(rows: list[Row]) -> tuple[AddressFact, ...]:
    return tuple(
        AddressFact(
            row["id"],
            row["receiver_name"],
            row["address"],
            date.fromisoformat(row["signed_on"]),
            row["accepts_electronic"],
        )
        for row in rows
    )


ADDRESSES = Part(
    "addresses",
    lambda: rows_of(
        AddressConfirmation.objects.all(), "id", "receiver_name", "address", "signed_on", "accepts_electronic"
    ),
    _read,
)
