"""Phrases brought to a state by the real actions."""

from __future__ import annotations

from typing import Any

from cases.actions.phrases import NewPhrase, review_phrase, submit_phrase, write_phrase
from cases.models import PhraseVersion
from tests.cast import Cast

ITEM = "frt-scatter"
TEXT = "经查，{违法时间}，{当事人}在{违法地点}运输【待填：货物名称】，没有采取防护措施。"
OPINION = "依据和用词核对无误。"


def draft(cast: Cast, by: Any = None, **changed: Any) -> PhraseVersion:
    values: dict[str, Any] = {"kind": "facts", "title": "没有苫盖", "text": TEXT, "item_code": ITEM, **changed}
    return write_phrase(by=by or cast.lead, phrase=NewPhrase(**values))


def submitted(cast: Cast, by: Any = None, **changed: Any) -> PhraseVersion:
    one = draft(cast, by, **changed)
    return submit_phrase(by=by or cast.lead, code=one.phrase.code, number=one.number, revision=one.revision)


def approved(cast: Cast, by: Any = None, **changed: Any) -> PhraseVersion:
    one = submitted(cast, by, **changed)
    return review_phrase(
        by=cast.reviewer, code=one.phrase.code, number=one.number, revision=one.revision, agree=True, opinion=OPINION
    )
