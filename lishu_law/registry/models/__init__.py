"""People, units, certificates, parties, vehicles and supervised subjects: entered once, reused everywhere."""

from lishu_law.registry.models.files import ScanState, StoredFile
from lishu_law.registry.models.parties import Gender, IdKind, Party, PartyKind, Vehicle, masked_id_number
from lishu_law.registry.models.people import Certificate, Unit, UnitKind, User
from lishu_law.registry.models.subjects import SupervisedSubject

__all__ = [
    "Certificate",
    "Gender",
    "IdKind",
    "Party",
    "PartyKind",
    "ScanState",
    "StoredFile",
    "SupervisedSubject",
    "Unit",
    "UnitKind",
    "User",
    "Vehicle",
    "masked_id_number",
]
