"""People, units, certificates, parties, vehicles and supervised subjects: entered once, reused everywhere."""

from lishu_law.registry.models.parties import Party, PartyKind, Vehicle
from lishu_law.registry.models.people import Certificate, Unit, UnitKind, User
from lishu_law.registry.models.subjects import SupervisedSubject

__all__ = ["Certificate", "Party", "PartyKind", "SupervisedSubject", "Unit", "UnitKind", "User", "Vehicle"]
