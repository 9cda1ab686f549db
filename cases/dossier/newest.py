"""Cover, catalogue and remark sheet as they would be bound today (``./lishu manage contact_sheet``)."""

from __future__ import annotations

from collections.abc import Iterator

from cases.documents.catalogue.volume import CATALOGUE_SHEET, COVER, REMARKS
from cases.dossier import papers
from cases.dossier.leaves import expected_pages
from cases.dossier.materials import gather
from cases.dossier.order import Entry, Volume, arrange, paged
from cases.dossier.papers import Title
from cases.models import Case, VolumeBuild
from cases.queries.facts import load_case
from lishu_law.documents.contact_sheet import Paper


def newest_volume_papers() -> Iterator[Paper]:
    """The three papers of the main volume of the case that was archived last; none where no case is archived."""
    case = Case.objects.filter(archived_on__isnull=False).order_by("-archived_on", "-pk").first()
    if case is None:
        return
    loaded = load_case(case.pk)
    archived = next(step for step in reversed(loaded.steps) if step.code == "archive" and step.outcome == "done")
    build = VolumeBuild(case=case, asked_by=archived.by, asked_at=archived.at)  # never saved: nothing is exported
    title = Title(loaded, build, Volume.MAIN)
    entries, originals, left_out = _contents(loaded.case)
    for kind, html in (
        (COVER, papers.cover(title)),
        (CATALOGUE_SHEET, papers.catalogue(title, entries)),
        (REMARKS, papers.remarks(title, entries, left_out, originals)),
    ):
        yield Paper(kind, case.label, "", html, archived.at)


def _contents(case: Case) -> tuple[tuple[Entry, ...], int, tuple[str, ...]]:
    """What would lie in the volume, how many files beside it, and what is left out."""
    gathered = gather(case, with_informant=False)
    items = {item.key: item for item in gathered.items}
    materials = arrange(item.material for item in gathered.items)[Volume.MAIN]
    pages = {one.key: max(expected_pages(items[one.key]), 1) for one in materials}
    entries = paged(materials, pages, {key: item.on for key, item in items.items()})
    originals = sum(items[one.key].file is not None for one in materials)
    return entries, originals, gathered.left_out[Volume.MAIN]
