"""The kinds of rows that hang on a case beside its road: one module per kind, listed here."""

from cases.queries.parts import branches
from cases.queries.parts.addresses import ADDRESSES
from cases.queries.parts.approvals import APPROVALS
from cases.queries.parts.dossier_reviews import DOSSIER_REVIEWERS
from cases.queries.parts.evidence import COMMISSIONS, MONITORING
from cases.queries.parts.execution import EXECUTION
from cases.queries.parts.hearings import HEARINGS
from cases.queries.parts.measures import INCIDENTS, MEASURES
from cases.queries.parts.part import Part
from cases.queries.parts.recusals import RECUSALS
from cases.queries.parts.remedies import REMEDIES, RULINGS
from cases.queries.parts.reviews import REVIEWS
from cases.queries.parts.signed import SIGNED
from cases.queries.parts.summary import SPOT

PARTS: tuple[Part, ...] = (
    APPROVALS,
    SIGNED,
    ADDRESSES,
    MONITORING,
    COMMISSIONS,
    MEASURES,
    INCIDENTS,
    *branches.PARTS,
    EXECUTION,
    RECUSALS,
    HEARINGS,
    REVIEWS,
    REMEDIES,
    RULINGS,
    SPOT,
    DOSSIER_REVIEWERS,
)

__all__ = ["PARTS", "Part"]
