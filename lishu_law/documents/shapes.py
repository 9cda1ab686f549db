"""The shapes documents of cases and of inspections share; ``cases.documents.shapes.ordinary`` says the rules all keep.

Blocks (officer, opinion, party), the two general shapes (a form of labelled rows, a letter of paragraphs), and the
ministry's forms that are filled in both: questioning, inquest, sampling.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Choice(TypedDict):
    """One box of a group: ``label`` beside □, ticked when chosen."""

    label: str
    is_chosen: bool


class Officer(TypedDict):
    """A handling officer as documents name one: name and certificate number 执法证号."""

    name: str
    certificate_no: str


class SignedOpinion(TypedDict):
    """An opinion with who gave it and when; name and date empty leave room for the hand."""

    text: str
    name: str
    signed_on: str


class PersonBlock(TypedDict):
    """A natural person as party; ``workplace`` and ``postcode`` are asked for by the closing report only."""

    name: str
    gender: str
    age: str
    id_number: str
    address: str
    phone: str
    workplace: str
    postcode: str


class OrganisationBlock(TypedDict):
    """An organisation as party; ``representative`` 法定代表人 (or 负责人), ``position`` 职务 for the closing report."""

    name: str
    representative: str
    position: str
    address: str
    phone: str
    credit_code: str


class PartyBlock(TypedDict):
    """The party. A citizen fills ``person``, an organisation ``organisation``; 个体工商户 fills both: the registered
    name, code and address as organisation, the operator as person with the name written 张某（经营者）.

    ``name`` is what running text calls the party (for 个体工商户 the registered name), ``pronoun`` 你 or 你单位.
    """

    kind: str  # citizen | organisation | individual_business
    name: str
    pronoun: str
    person: PersonBlock | None
    organisation: OrganisationBlock | None


class FormRow(TypedDict):
    """One labelled cell of a form; ``is_long`` leaves room for a longer text."""

    label: str
    paragraphs: list[str]
    is_long: bool


class FormTable(TypedDict):
    """A list inside a document (goods, evidence, instalments): every row as long as ``columns``."""

    title: str
    columns: list[str]
    rows: list[list[str]]


class FormOpinion(TypedDict):
    """An opinion cell: whose it is, what was said, who signed when (empty leaves room for the hand)."""

    label: str
    opinion: SignedOpinion


class FormData(TypedDict):
    """A form of labelled rows (``templates/documents/_form.html``). ``signatures`` are signed by hand.

    ``heading`` is printed instead of the title where the form's name would say something untrue; ``organ`` with
    ``issued_on`` stands where the form has the organ's seal.
    """

    heading: NotRequired[str]
    organ: NotRequired[str]
    issued_on: NotRequired[str]

    cause: str
    rows: list[FormRow]
    tables: list[FormTable]
    opinions: list[FormOpinion]
    signatures: list[str]
    remarks: list[str]


class LetterData(TypedDict):
    """A letter of the bureau (``templates/documents/_letter.html``): addressee, paragraphs, lists, organ and day."""

    organ: str
    addressee: str
    paragraphs: list[str]
    tables: list[FormTable]
    signatures: list[str]
    issued_on: str
    note: str


def row(label: str, *paragraphs: str, is_long: bool = False) -> FormRow:
    """One labelled cell; empty paragraphs are left out."""
    return FormRow(label=label, paragraphs=[text for text in paragraphs if text], is_long=is_long)


class QuestionedPerson(TypedDict):
    """被询问人 of M02."""

    name: str
    relation: str
    gender: str
    age: str
    id_number: str
    phone: str
    employer_and_position: str
    address: str


class Exchange(TypedDict):
    """One question and its answer; further paragraphs of an answer are separate strings."""

    question: str
    answer: list[str]


class QuestioningData(TypedDict):
    """M02 询问笔录. ``ordinal`` is the number in 第__次询问; ``questioner`` may name both officers, parted by 、."""

    started_at: str
    ended_at: str
    ordinal: str
    place: str
    questioner: str
    recorder: str
    person: QuestionedPerson
    organ: str
    officers: list[Officer]
    exchanges: list[Exchange]
    reading: list[Choice]


class InquestPerson(TypedDict):
    """当事人（代理人） at an inquest."""

    name: str
    gender: str
    age: str
    id_number: str
    employer_and_position: str
    address: str
    phone: str


class InquestData(TypedDict):
    """M03 勘验笔录. ``unit`` is 单位及职务 of the inspectors, who all belong to the organ."""

    cause: str
    started_at: str
    ended_at: str
    place: str
    weather: str
    inspectors: list[Officer]
    unit: str
    person: InquestPerson
    invited: str
    invited_unit: str
    recorder: str
    content: list[str]
    reading: list[Choice]


class SampledItem(TypedDict):
    name: str
    specification: str
    quantity: str
    place: str


class SamplingData(TypedDict):
    """M05 抽样取证凭证."""

    party: PartyBlock
    started_at: str
    ended_at: str
    place: str
    organ: str
    phone: str
    basis: str
    items: list[SampledItem]
    witness: str
    remarks: str
    issued_on: str
