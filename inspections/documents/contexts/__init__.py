"""From the facts of a filing to the data of each paper: every value formatted once, sealed as it is printed."""

from inspections.documents.contexts.filed import approval, notice, slip
from inspections.documents.contexts.typed import inquest, questioning, sampling
from inspections.documents.contexts.visited import record, result

__all__ = ["approval", "inquest", "notice", "questioning", "record", "result", "sampling", "slip"]
