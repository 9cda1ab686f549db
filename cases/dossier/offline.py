"""The pages of the archive: catalogue, course of the case, law. Plain HTML with its style inside; nothing is fetched and
nothing runs, so that any browser shows them from a folder without a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cases.dossier.binding import Bound
from cases.dossier.lawbook import LawOfCase
from cases.dossier.materials import Item
from cases.dossier.order import VOLUME_TITLES, Entry, Volume
from cases.dossier.proof import INFORMANT_STEPS, Proof
from cases.models import Step, VolumeBuild
from cases.queries.facts import LoadedCase
from lishu_law import clock

STYLE_FILE = Path(__file__).with_name("offline.css")
OUTCOMES = {"returned": "（退回）", "signed": "（同意，待制发）", "voided": "（作废证据）"}
# What the party and the public saw happen. A volume without 副卷 tells these and no other: how the house made up its mind,
# what it sent back and what it withdrew are inner (archive-one-case).
OUTWARD_STEPS = frozenset(
    {
        "approve_filing", "record_onscene", "record_questioning", "record_inquest", "add_evidence", "take_sample",
        "tell_test_result", "tell_monitoring", "take_preservation", "take_measure", "take_measure_urgent",
        "notify_testing", "issue_release", "return_items", "publish_unclaimed", "transfer_items",
        "issue_correction_order", "recheck_correction", "issue_notice", "serve_notice", "record_defence",
        "add_statement", "renotice", "request_hearing", "issue_hearing_notice", "postpone_hearing", "suspend_hearing",
        "resume_hearing", "terminate_hearing", "record_hearing", "approve_decision", "serve_decision",
        "serve_document", "record_failed_serving", "send_document", "complete_serving", "publish_serving",
        "complete_public_serving", "record_payment", "issue_demand", "hear_demand", "file_court",
        "record_court_answer", "record_agreement", "announce_demolition", "demand_again", "perform_enforcement",
        "record_remedy", "end_remedy", "record_refund", "approve_closing", "archive", "secure_evidence",
        "tell_orally", "hear", "decide_on_spot", "hand_over", "collect_on_spot", "record_spot_payment",
        "collect_remote", "close_summary",
    }
)  # fmt: skip
PAGES = ("index.html", "timeline.html", "law.html")


@dataclass(frozen=True)
class Told:
    """Everything the pages tell. ``originals``: key of a material → where its original lies in the archive."""

    loaded: LoadedCase
    build: VolumeBuild
    volumes: Mapping[Volume, Bound]
    items: Mapping[str, Item]
    originals: Mapping[str, str]
    left_out: Mapping[Volume, tuple[str, ...]]
    law: LawOfCase
    proof: Proof


def offline_pages(told: Told) -> dict[str, str]:
    """Name in the archive → HTML."""
    left_out = [text for volume in told.volumes for text in told.left_out.get(volume, ())]
    context = {
        "style": _style(), "case": told.loaded.case, "build": told.build, "law": told.law, "proof": told.proof,
        "asked_at": f"{clock.local(told.build.asked_at):%Y-%m-%d %H:%M}", "left_out": left_out,
        "volumes": [_volume(told, volume, bound) for volume, bound in told.volumes.items()],
        "timeline": _timeline(told),
    }  # fmt: skip
    return {name: render_to_string(f"volume/{name}", context) for name in PAGES}


def _style() -> SafeString:
    """Our own style sheet, the only one these pages may have."""
    return mark_safe(f"<style>{STYLE_FILE.read_text(encoding='utf-8')}</style>")


def _volume(told: Told, volume: Volume, bound: Bound) -> dict[str, Any]:
    lines, place = [], ""
    here = {entry.material.key for entry in bound.entries}
    for entry in bound.entries:
        # What belongs to a paper stands under that paper's heading, whatever its own would be.
        title = place if entry.material.belongs_to in here else entry.material.place.title
        lines.append(_line(told, entry, f"{volume}.pdf", bound.before) | {"place": title if title != place else ""})
        place = title
    return {"title": VOLUME_TITLES[volume], "href": f"{volume}.pdf", "pages": bound.pages, "lines": lines}


def _line(told: Told, entry: Entry, file: str, before: int) -> dict[str, Any]:
    one = entry.material
    is_document = told.items[one.key].document is not None
    return {
        "no": entry.no, "title": one.title, "number": one.number, "on": entry.on.isoformat(), "pages": entry.pages,
        "href": f"{file}#page={before + entry.first}", "original": told.originals.get(one.key, ""),
        "original_word": "定稿文书" if is_document else "原始文件",
    }  # fmt: skip


def _timeline(told: Told) -> list[dict[str, str]]:
    return [
        {
            "at": f"{clock.local(step.at):%Y-%m-%d %H:%M}",
            "who": step.by.full_name,
            "title": step.title + OUTCOMES.get(step.outcome, ""),
            "opinion": "" if step.code in INFORMANT_STEPS else step.opinion,
        }
        for step in told.loaded.steps
        if _is_told(step, told.build)
    ]


def _is_told(step: Step, build: VolumeBuild) -> bool:
    """Is this step known to whoever gets the volume?"""
    if not build.with_secondary:
        return step.code in OUTWARD_STEPS and step.outcome == "done"
    return build.with_informant or step.code not in INFORMANT_STEPS
