"""From sealed data to the HTML of one document of a case."""

from __future__ import annotations

from collections.abc import Mapping

from cases.documents import contexts
from cases.documents.catalogue import by_code
from cases.models import Case, Informant
from lishu_law.documents import render
from lishu_law.documents.render import Reference


def document_html(
    code: str, number: str | None, case_no: str, d: Mapping[str, object], draft: bool, *, seal_code: str = "",
    is_printed: bool = False,
) -> str:  # fmt: skip
    """The document with its 案号. Raises ``KeyError`` for an unknown code."""
    reference = Reference("案号", case_no)
    return render.document_html(
        by_code(code), number, reference, d, draft=draft, seal_code=seal_code, is_printed=is_printed
    )


def reference_of(case: Case) -> str:
    """The 案号 as a document prints it; what was made before the filing says so with the clue's number."""
    return case.case_no or f"／（立案前，线索编号{case.clue_no}）"


def report_record_html(case: Case, informant: Informant) -> str:
    """The 举报记录 of a named informant; before the case has its number it carries the clue's."""
    reference = Reference("案号", case.case_no) if case.case_no else Reference("线索编号", case.clue_no)
    return render.document_html(
        by_code("report_record"), None, reference, contexts.report_record(informant), draft=False
    )
