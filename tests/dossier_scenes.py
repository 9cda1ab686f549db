"""Three clean case files, walked by the real actions, as the dossier review reads them: ordinary, summary, with a
hearing, a seizure and a preservation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.actions import decision, investigation, measures_ending, sampling, serving
from cases.actions.sampling import NewSheet
from cases.actions.summary import SceneNote, secure_evidence
from cases.dossier_review.dossier import Dossier
from cases.models import Case, Evidence, Measure
from cases.queries.dossier_review import load_dossier
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.registry.models import StoredFile
from tests.cases.actions import hearing_scenes
from tests.cast import Cast
from tests.measure_scenes import do, kept, lifted, received, returned, taken
from tests.scenarios import PARTY, STAGES, Walk, _serving, case_at
from tests.spot_scenes import DRIVER, SPOT_ROAD, SUMMARY, opened
from tests.spot_scenes import STAGES as SPOT_STAGES

AFTER_RECORD = ("evidence_verified", "discretion_set", "report_submitted", "report_endorsed", "report_approved")
TO_DECISION = ("review_requested", "reviewed", "decided", "decision_served")
TO_ARCHIVE = ("duties_verified", "paid", "closing_proposed", "closing_endorsed", "closed", "archived")


def dossier_of(case: Case, walk: Walk) -> Dossier:
    """The file as of the day of the last act."""
    return load_dossier(load_case(case.pk), clock.local(walk.at).date())


def ordinary(cast: Cast, seen: list[Dossier] | None = None) -> Walk:
    """An ordinary file from clue to archive, with the licence in copy, a video and its sheet.

    ``seen`` gets the file as it stood after each stage: what the panel of the open case would show.
    """
    walk = case_at("recorded", cast)
    papers_of(walk, PARTY.name)
    for word in (*AFTER_RECORD, "notice_issued", "notice_served"):
        STAGES[word](walk, "1000")
        _look(walk, seen)
    hearing_scenes.plead(walk, received_at=walk.at)
    walk.at += timedelta(days=9)
    numbers = range(1, 3)
    hearing_scenes.answer(walk, dict.fromkeys(numbers, (False, "现场笔录记录的情况与此不符。")))
    for word in (*TO_DECISION, *TO_ARCHIVE):
        STAGES[word](walk, "1000")
        _look(walk, seen)
    return walk


def _look(walk: Walk, seen: list[Dossier] | None) -> None:
    if seen is not None:
        seen.append(dossier_of(walk.case, walk))


def summary(cast: Cast) -> Walk:
    """A fine of fifty yuan on the spot, paid at the bank, archived."""
    walk = opened(cast)
    how: dict[str, Any] = {"party": DRIVER, "amount": "50", "decision": {}}
    for word in SPOT_ROAD[1:]:
        if word == "evidenced":
            note = SceneNote(body=SUMMARY)
            walk.step(secure_evidence, cast.lead, note=note, photos=(identity(walk, "示例司机"),))
        else:
            SPOT_STAGES[word](walk, how)
    return walk


def heard(cast: Cast) -> Walk:
    """A shop whose vehicle was detained and whose recorder was preserved, heard and decided, all given back."""
    walk = case_at("filed", cast, party=hearing_scenes.SHOP)
    walk.at = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    STAGES["recorded"](walk, "1000")
    papers_of(walk, hearing_scenes.SHOP.name)
    seizure = taken(walk)
    serve_part(walk, seizure, "measure_decision")
    received(walk, seizure)
    register = kept(walk)
    end_measures(walk, seizure, register)
    for word in (*AFTER_RECORD, "notice_issued", "notice_served"):
        STAGES[word](walk, "1000")
    one = hearing_scenes.request(walk)
    hearing_scenes.appoint(walk, one)
    when = hearing_scenes.schedule(walk, one)
    hearing_scenes.serve_hearing_notice(walk, one)
    hearing_scenes.hold(walk, one, when)
    hearing_scenes.report(walk, one)
    for word in ("review_requested", "reviewed"):
        STAGES[word](walk, "1000")
    basis = "决定依据的事实和证据都经过听证质证。"
    walk.step(decision.approve_decision, walk.cast.head, agree=True, opinion="同意。", record_basis=basis)
    for word in ("decision_served", *TO_ARCHIVE):
        STAGES[word](walk, "1000")
    return walk


def end_measures(walk: Walk, seizure: Measure, register: Measure) -> None:
    lifted(walk, seizure)
    serve_part(walk, seizure, "measure_lifting")
    returned(walk, seizure)
    do(walk, measures_ending.request_preservation_release, walk.cast.lead, register, reason="已经复制数据。")
    do(walk, measures_ending.approve_preservation_release, walk.cast.deputy, register, agree=True, opinion="同意。")
    serve_part(walk, register, "preservation_release")
    returned(walk, register)


def serve_part(walk: Walk, measure: Measure, code: str) -> None:
    """Serve the paper of a measure unless handing it over already counted as serving."""
    found = walk.case.documents.filter(code=code, part=measure.part).latest("pk")
    if not found.servings.exists():
        walk.step(serving.serve_document, walk.cast.lead, part_id=found.pk, serving=_serving(walk))


def papers_of(walk: Walk, name: str) -> None:
    """The licence in copy, and a video with its record sheet."""
    walk.step(investigation.add_evidence, walk.cast.lead, items=(identity(walk, name),))
    video = investigation.NewEvidence(
        kind="audiovisual", title="执法记录仪录像", purpose="证明现场检查经过", obtained_at=walk.at, obtained_place="国道303线",
        method="执法记录仪录制", medium="system", file=stored(walk, "video"),
    )  # fmt: skip
    walk.step(investigation.add_evidence, walk.cast.lead, items=(video,))
    row = Evidence.objects.filter(case=walk.case, kind="audiovisual").latest("pk")
    sheet = NewSheet(evidence_id=row.pk, original="原始文件存于办案系统。", opinion="无异议。")
    walk.step(sampling.record_edata, walk.cast.lead, sheet=sheet)


def identity(walk: Walk, name: str) -> investigation.NewEvidence:
    return investigation.NewEvidence(
        kind="documentary", title="营业执照复印件", purpose=f"证明{name}的主体身份", obtained_at=walk.at,
        obtained_place="国道303线", is_copy=True, copy_source="当事人提供，原件由当事人保存", is_checked_copy=True,
        file=stored(walk, "licence"),
    )  # fmt: skip


def stored(walk: Walk, name: str) -> StoredFile:
    digest = f"{name}-{walk.case.pk}".encode().hex().ljust(64, "0")[:64]
    return StoredFile.objects.create(
        sha256=digest, received_by=walk.cast.lead, original_name=f"{name}.jpg", size=10, content_type="image/jpeg",
        received_at=walk.at,
    )  # fmt: skip


def with_facts(d: Dossier, **changed: Any) -> Dossier:
    """The same file with other facts of the case."""
    return replace(d, facts=replace(d.facts, **changed))


def with_paper(d: Dossier, code: str, *, fields: dict[str, Any] | None = None, **data: Any) -> Dossier:
    """The same file with other words on the newest paper of a kind."""
    found = d.last(code)
    assert found is not None, code
    changed = replace(found, data={**found.data, **data}, **(fields or {}))
    return replace(d, papers=tuple(changed if one.id == found.id else one for one in d.papers))


def without_paper(d: Dossier, code: str) -> Dossier:
    return replace(d, papers=tuple(one for one in d.papers if one.code != code))


def with_row(d: Dossier, name: str, number: int = 0, /, **changed: Any) -> Dossier:
    """The same file with another row of a kind (``interviews``, ``deliveries`` …)."""
    rows = list(getattr(d, name))
    rows[number] = replace(rows[number], **changed)
    return replace(d, **{name: tuple(rows)})
