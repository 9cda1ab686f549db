"""What each document's template is given: one dictionary ``d`` of finished strings, lists and booleans.

Nothing is computed in a template. Dates arrive as 2026年3月5日, instants as 2026年3月5日23时02分, money as 1,000.00
with its 大写, article numbers written out and checked (``lishu_law.law.citations.printable``). A paragraph list holds
one string per paragraph, without indents. An empty string, an empty list or ``None`` is struck out with ／ on paper;
where a person still has to write by hand (signatures, dates beside them) the space stays open instead.
"""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import Choice, Officer, PartyBlock, SignedOpinion


class FilingData(TypedDict):
    """M01 立案登记表. ``source`` comes from ``wording.source_choices``; ``received_at`` is 受案时间."""

    source: list[Choice]
    cause: str
    received_at: str
    party: PartyBlock
    summary: list[str]
    basis: str
    agency_opinion: SignedOpinion
    head_opinion: SignedOpinion
    remarks: str


class ScenePerson(TypedDict):
    """现场人员 of M04."""

    name: str
    gender: str
    id_number: str
    relation: str
    employer_and_position: str
    phone: str
    address: str


class SceneData(TypedDict):
    """M04 现场笔录. ``officers`` are two. ``reading`` comes from ``wording.reading_choices`` (nothing chosen: both stay
    open for the pen). ``witness`` is the witness's name when the party was not present, else empty."""

    place: str
    started_at: str
    ended_at: str
    officers: list[Officer]
    recorder: str
    person: ScenePerson
    vehicle_no: str
    vehicle_type: str
    content: list[str]
    reading: list[Choice]
    witness: str
    remarks: str


class EvidenceRow(TypedDict):
    """One row of the report's table 证据材料."""

    name: str
    specification: str
    quantity: str
    remark: str


class Labelled(TypedDict):
    """One named line of the discretion section, e.g. 裁量基准 · 适用条件 · 裁量幅度 · 已查明的情节."""

    label: str
    text: str


class ReportData(TypedDict):
    """S10 案件调查报告. ``discretion`` in the order of discretion.md §7: benchmark and edition, item, statutory range,
    tier and its condition, evidence for each condition, factors found and not found, prior record, lists checked,
    suggestion, the officer's figure with the reason. ``legal_opinion`` is ``None`` when the case needs no review of
    the report."""

    cause: str
    investigators: list[Officer]
    party: PartyBlock
    process: list[str]
    facts: list[str]
    evidence: list[EvidenceRow]
    discretion: list[Labelled]
    conclusion: list[str]
    reported_on: str
    agency_opinion: SignedOpinion
    legal_opinion: SignedOpinion | None
    head_opinion: SignedOpinion


class NoticeData(TypedDict):
    """M11 违法行为通知书. ``act`` completes 你单位…的行为; ``breached`` and ``basis`` are provisions in words;
    ``planned_penalty`` holds kind and amount (罚款人民币壹仟元整（¥1,000.00）). ``discretion`` paragraphs name the
    benchmark, tier and reasons. Both rights are computed: 陈述申辩 always, 听证 by ``hearing-scope``."""

    party: PartyBlock
    act: str
    facts: list[str]
    breached: str
    basis: str
    discretion: list[str]
    planned_penalty: str
    has_defence_right: bool
    has_hearing_right: bool
    address: str
    postcode: str
    contact: str
    phone: str
    organ: str
    issued_on: str


class ReviewItem(TypedDict):
    """One row of the review's list (``wording.REVIEW_ITEMS``): ``result`` in words, e.g. 符合 · 不符合 · 不涉及."""

    label: str
    result: str
    remark: str


class LegalReviewData(TypedDict):
    """S22 法制审核意见书. ``section`` is 法制机构, the body whose stamp it bears; ``departure`` is how the case leaves the
    benchmark and what the reviewer says of that, empty where it does not.
    """

    department: str
    cause: str
    handlers: list[Officer]
    proposal: list[str]
    items: list[ReviewItem]
    departure: list[str]
    conclusion: list[str]
    reviewer: str
    section: str
    reviewed_on: str


class Payment(TypedDict):
    """How a fine is paid, ``what`` else with it. ``bank`` and ``account`` 账号 are compulsory (罚缴分离办法7)."""

    what: str
    bank: str
    account_name: str
    account: str


class DecisionData(TypedDict):
    """M15 行政处罚决定书. ``evidence`` one string per item; ``defence`` says what the party pleaded and why it was
    (not) adopted, or that it pleaded nothing; ``discretion`` as in the notice; ``penalty`` one string per penalty,
    each complete with 大写. ``payment`` is ``None`` when nothing is to be paid. ``review_organ`` is the 复议机关,
    ``court`` the 人民法院."""

    party: PartyBlock
    facts: list[str]
    evidence: list[str]
    defence: list[str]
    discretion: list[str]
    act: str
    breached: str
    basis: str
    penalty: list[str]
    payment: Payment | None
    other_performance: str
    review_organ: str
    court: str
    organ: str
    decided_on: str


class PasteSheetData(TypedDict):
    """S07 证据粘贴页. The copy itself is pasted and its provider signs by hand; ``file`` says which received file it is
    the print of."""

    cause: str
    title: str
    purpose: str
    file: str
    source: str
    checked: str
    copied_on: str
    officers: list[Officer]


class ServedDocument(TypedDict):
    """One row of M23; ``number`` is the document's number or the case number. Name and day of receipt may be empty:
    the receiver writes them."""

    title: str
    number: str
    receiver: str
    place: str
    served_at: str
    method: str
    servers: str


class ReceiptData(TypedDict):
    """M23 送达回证. ``proxy`` 代收人 with the relation, empty when the recipient received in person; ``remarks`` holds
    the reason of a refusal, ``witness`` the witness's name (留置送达)."""

    cause: str
    organ: str
    recipient: str
    proxy: str
    rows: list[ServedDocument]
    remarks: str
    witness: str
    issued_on: str


class ClosingData(TypedDict):
    """M24 结案报告."""

    cause: str
    party: PartyBlock
    result: list[str]
    execution: list[str]
    officers: list[Officer]
    reported_on: str
    agency_opinion: SignedOpinion
    head_opinion: SignedOpinion
