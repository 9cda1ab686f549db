"""The words of cover, catalogue, remark sheet and evidence sheets, and their HTML (S38–S40)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from cases.documents.catalogue.volume import CATALOGUE_SHEET, COVER, REMARKS
from cases.documents.shapes.volume import CatalogueData, CatalogueRow, CoverData, RemarksData, SheetData
from cases.dossier.order import VOLUME_TITLES, Entry, Volume
from cases.models import VolumeBuild
from cases.procedure.states import Procedure
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of
from lishu_law.documents.document_type import DocumentType
from lishu_law.documents.render import Reference, document_html
from lishu_law.law.parameters import DEFAULT_PARAMETERS

PROCEDURES = {Procedure.ORDINARY: "普通程序", Procedure.SUMMARY: "简易程序"}
OPEN_CASE = "尚未结案"


@dataclass(frozen=True)
class Title:
    """What the papers of one volume need to know of the case."""

    loaded: LoadedCase
    build: VolumeBuild
    volume: Volume

    @property
    def word(self) -> str:
        return VOLUME_TITLES[self.volume]

    @property
    def on(self) -> date:
        return clock.local(self.build.asked_at).date()


def cover(title: Title) -> str:
    """S38. The archive's own number is written by hand: no pattern of it is known."""
    case = title.loaded.case
    data = CoverData(
        organ=case.authority.name,
        volume=title.word,
        rows=[
            ("机关名称", case.authority.name),
            ("全宗／案卷号", ""),
            ("案由", case.violation),
            ("当事人", case.party.name if case.party else ""),
            ("执法机关", case.authority.name),
            ("处理结果", _result(title.loaded)),
            ("程序类型", PROCEDURES[Procedure(case.procedure)]),
            ("立案时间", _day(case.filed_on, "／")),
            ("结案时间", _day(case.closed_on, OPEN_CASE)),
            ("立卷人", title.build.asked_by.full_name),
            ("立卷时间", day(title.on)),
            ("保管期限", _kept_for(case.archived_on or title.on)),
        ],
    )
    return _html(COVER, case.label, data)


def _day(value: date | None, otherwise: str) -> str:
    return day(value) if value else otherwise


def _result(loaded: LoadedCase) -> str:
    """How the case ended, in the words of the closing report, else of the decision in force."""
    closure, decision = loaded.part("closure"), loaded.part("decision")
    if closure is not None:
        return str(closure.result)
    return str(decision.result_text) if decision is not None else OPEN_CASE


def _kept_for(on: date) -> str:
    """archive-retention: the local parameter of the day."""
    parameter = DEFAULT_PARAMETERS.at("archive_retention_years", on)
    return f"{parameter.value}{parameter.unit}"


def catalogue(title: Title, entries: Iterable[Entry]) -> str:
    """S39."""
    rows = [
        CatalogueRow(
            no=str(one.no), title=one.material.title, number=one.material.number, on=one.on.isoformat(), pages=one.pages
        )
        for one in entries
    ]
    return _html(CATALOGUE_SHEET, title.loaded.case.label, CatalogueData(volume=title.word, rows=rows))


def remarks(title: Title, entries: tuple[Entry, ...], left_out: Iterable[str], originals: int) -> str:
    """S40: what is in the volume, what is kept beside it, what was left out."""
    pages = entries[-1].last if entries else 0
    said = [f"本卷为{title.word}，共有材料{len(entries)}件，编写页码{pages}页。"]
    if originals:
        said.append(f"证据和证明材料的原始文件{originals}个随卷以电子文件保存，摘要值列在校验清单中。")
    said += left_out
    data = RemarksData(
        volume=title.word, paragraphs=said, bound_by=title.build.asked_by.full_name,
        bound_on=day_of(title.build.asked_at),
    )  # fmt: skip
    return _html(REMARKS, title.loaded.case.label, data)


def sheet(case_no: str, data: SheetData) -> str:
    """The page before an item of evidence: what it is, and the picture where it is one."""
    return render_to_string("documents/volume_sheet.html", {"d": data, "case_no": case_no})


def stamps(count: int, note: str) -> str:
    """As many empty pages as the volume has, each with its number lower right and who exported it and why."""
    return render_to_string("documents/volume_stamps.html", {"pages": range(count), "note": note})


def _html(kind: DocumentType, case_no: str, data: CoverData | CatalogueData | RemarksData) -> str:
    return document_html(kind, None, Reference("案号", case_no), data, draft=False)
