"""What is typed about a serving: one dataclass for each kind of act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lishu_law.registry.models import StoredFile


@dataclass(frozen=True)
class NewServing:
    """A document handed over, left, or sent electronically: served in one act.

    ``through`` and ``reference`` are the means and the log number of an electronic serving. ``recipient`` is empty for
    the party. ``party_present``: the party was there when the decision was announced.
    """

    method: str
    receiver_name: str
    relation: str
    place: str
    served_at: datetime
    second_server: Any
    refusal_reason: str = ""
    witness_name: str = ""
    proof: StoredFile | None = None
    through: str = ""
    reference: str = ""
    recipient: str = ""
    party_present: bool = False


@dataclass(frozen=True)
class NewSending:
    """A document posted, entrusted to another organ, or handed to a unit or prison: served when the receipt is back."""

    method: str
    through: str
    reference: str
    place: str
    served_at: datetime
    second_server: Any
    reason: str  # why it was not handed over
    proof: StoredFile | None = None
    recipient: str = ""
    party_present: bool = False
    no_address_reason: str = ""


@dataclass(frozen=True)
class NewFailure:
    """An attempt that did not reach the recipient."""

    method: str
    failure: str
    note: str
    place: str
    served_at: datetime
    second_server: Any
    witness_name: str = ""
    proof: StoredFile | None = None
    recipient: str = ""


@dataclass(frozen=True)
class NewReceipt:
    """What came back: signed for, or returned with a reason."""

    is_received: bool
    received_at: datetime
    receiver_name: str = ""
    relation: str = ""
    failure: str = ""
    note: str = ""
    receipt: StoredFile | None = None


@dataclass(frozen=True)
class NewPublication:
    """A public notice that was put up: where, when, and the photo that proves it."""

    published_at: datetime
    through: str
    second_server: Any
    photo: StoredFile | None = None


@dataclass(frozen=True)
class NewAddress:
    """A 送达地址确认书 as it was signed."""

    receiver_name: str
    relation: str
    accepts_electronic: bool
    mobile: str
    address: str
    signed_on: Any
    file: StoredFile | None
    id_kind: str = ""
    id_number: str = ""
    email: str = ""
    fax: str = ""
    other_means: str = ""
    postcode: str = ""
    remarks: str = ""
