"""The public check reads one narrow table and needs no key; papers that rest on a fallen decision say so."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import deferral
from cases.documents.catalogue import CATALOGUE
from cases.documents.issue import seal
from cases.documents.resting import ABOUT_A_PAPER, DECISIONS, ON_THE_DECISION
from cases.models import Document, SignedCopy
from disclosure.queries.papers import Verdict, answer_for_code, answer_for_number
from lishu_law.documents import migrations
from lishu_law.documents.codes import short_code, signs_digest
from lishu_law.documents.models import PaperCheck
from tests.benchmark_scenes import CITIZEN
from tests.cases.actions.remedy_scenes import CHANGED, correct, end, lodge, reviewed_at, today
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, STAGES, Walk, case_at, last_document

pytestmark = pytest.mark.django_db
# Told, ordered or taken before there is a decision, or about it without resting on it.
OF_THEIR_OWN_STANDING = {
    "prior_notice", "transfer_letter", "transfer_notice", "crime_transfer_letter", "no_penalty_decision",
    "correction_order", "sampling_voucher", "testing_commission", "assistance_letter", "preservation_list",
    "preservation_release", "measure_decision", "measure_extension", "measure_lifting", "recusal_paper", "hearing_notice",
    "revocation_decision", "review_reply",
}  # fmt: skip


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True
    return make_cast()


def verdict(row: Document) -> Verdict:
    return answer_for_code(row.seal_code).verdict


def test_the_check_reads_one_table_and_needs_no_key(cast: Cast, client: Any, settings: Any) -> None:
    row = last_document(case_at("decided", cast, party=CITIZEN).case, "penalty_decision")
    code, typed = row.seal_code, {"number": row.number, "code": short_code(row.seal_code)}
    settings.FIELD_KEY = "00" * 32  # somebody else's
    altered = SimpleUploadedFile("a.pdf", b"%PDF-1.7 /" + code.encode(), "application/pdf")
    with CaptureQueriesContext(connection) as asked:
        pages = [client.get(f"/d/{code}"), client.post("/check/", typed), client.post("/check/", {"file": altered})]
    assert [page.context["verdict"] for page in pages] == ["genuine", "genuine", "altered"]
    tables = {name for one in asked for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', one["sql"])}
    assert tables == {"documents_papercheck"}


def test_nothing_in_the_table_names_a_person(cast: Cast) -> None:
    row = last_document(case_at("decided", cast, party=CITIZEN).case, "penalty_decision")
    entry = PaperCheck.objects.get(seal_digest=row.seal_digest)
    told = " ".join(str(value) for value in vars(entry).values())
    assert entry.party == "示**"
    for hidden in (CITIZEN.name, CITIZEN.id_number, CITIZEN.phone, CITIZEN.address, row.seal_code):
        assert hidden not in told
    assert short_code(row.seal_code) not in told


def deferred(cast: Cast) -> tuple[Walk, Document]:
    """A served decision whose payment was put off: the notice of it has no number of its own."""
    walk = case_at("decision_served", cast)
    asked = walk.step(
        deferral.request_deferral, cast.lead, applied_on=today(walk), hardship="提交停运证明，确有经济困难。",
        reason="情况属实。", plan=((today(walk) + timedelta(days=40), Decimal(1000)),),
    )  # fmt: skip
    walk.step(deferral.decide_deferral, cast.head, part_id=asked.pk, agree=True, opinion="同意。")
    return walk, last_document(walk.case, "deferral_notice")


def test_a_paper_without_number_says_that_its_decision_fell(cast: Cast) -> None:
    walk, notice = deferred(cast)
    told = last_document(walk.case, "prior_notice")
    receipt = Document.objects.filter(case=walk.case, code="serving_receipt").latest("pk")
    number = walk.case.decision.number
    assert (notice.number, verdict(notice), verdict(receipt)) == ("", Verdict.GENUINE, Verdict.GENUINE)
    end(walk, lodge(walk), "revoked")
    answer = answer_for_code(notice.seal_code)
    assert answer.verdict == Verdict.WITHDRAWN
    assert answer.paper is not None
    assert (answer.paper.fallen_words, answer.paper.fallen_decision) == ("撤销", number)
    assert not answer.paper.is_fallen_itself
    assert (verdict(receipt), verdict(told)) == (Verdict.WITHDRAWN, Verdict.GENUINE)


def test_the_page_says_so_in_words(cast: Cast, client: Any) -> None:
    walk, notice = deferred(cast)
    number = walk.case.decision.number
    end(walk, lodge(walk), "revoked")
    page = client.get(f"/d/{notice.seal_code}").content.decode()
    assert "这份文书涉及的处罚决定已被撤销" in page
    assert f"处罚决定{number}" in page
    assert "这份文书是真的" not in page


def test_what_is_sealed_after_the_fall_says_it_from_the_start(cast: Cast) -> None:
    walk, remedy = reviewed_at("decision_served", cast)
    decision = last_document(walk.case, "penalty_decision")
    end(walk, remedy, "revoked")
    late = seal(walk.case, "document_correction", {}, by=cast.lead, at=walk.at, part=f"document:{decision.pk}")
    assert verdict(late) == Verdict.WITHDRAWN


def test_a_paper_about_a_paper_rests_on_what_that_one_rests_on(cast: Cast) -> None:
    """The decision fell and another stands; a correction of the older notice goes with the older decision all the same."""
    walk, notice = deferred(cast)
    earlier = PaperCheck.objects.get(seal_digest=notice.seal_digest).rests_on
    correct(walk, "change", new_amount=CHANGED)
    walk.case.refresh_from_db()
    assert walk.case.decision.number != earlier
    late = seal(walk.case, "document_correction", {}, by=cast.lead, at=walk.at, part=f"document:{notice.pk}")
    assert PaperCheck.objects.get(seal_digest=late.seal_digest).rests_on == earlier
    assert verdict(late) == Verdict.WITHDRAWN
    _entered_anew()


def _entered_anew() -> None:
    """The migration writes what was written as the papers were sealed."""
    names = [field.attname for field in PaperCheck._meta.fields if field.name != "id"]
    written = list(PaperCheck.objects.order_by("seal_digest").values(*names))
    PaperCheck.objects.all().delete()
    (name,) = [one.stem for one in Path(migrations.__path__[0]).glob("*_paper_checks.py")]
    import_module(f"lishu_law.documents.migrations.{name}").enter_what_is_sealed(apps, None)
    assert list(PaperCheck.objects.order_by("seal_digest").values(*names)) == written


def test_the_party_is_known_by_a_slow_digest_of_its_last_signs(cast: Cast) -> None:
    """Only of a decision; a shop is known by its code and by its operator's number."""
    row = last_document(case_at("decided", cast, party=CITIZEN).case, "penalty_decision")
    wanted = signs_digest(row.number, short_code(row.seal_code), CITIZEN.id_number[-6:].lower())
    assert PaperCheck.objects.get(seal_digest=row.seal_digest).signs_digests == [wanted]
    assert wanted != signs_digest(row.number, "aaaaaaaa", CITIZEN.id_number[-6:])
    others = PaperCheck.objects.exclude(title=row.title)
    assert others.exists()
    assert not others.exclude(signs_digests=[]).exists()


def test_a_signed_copy_is_entered_beside_its_paper(cast: Cast) -> None:
    row = last_document(case_at("decided", cast).case, "penalty_decision")
    copied = {name: getattr(row, name) for name in (
        "code", "part", "title", "data", "template_version", "sealed_at", "sealed_by", "seal_code", "seal_digest",
    )}  # fmt: skip
    SignedCopy.objects.create(
        document=row, pdf_state="done", pdf_sha256="c" * 64, pdf_pages=3, seal_certificate="d" * 64, **copied
    )
    PaperCheck.objects.filter(seal_digest=row.seal_digest).update(
        signed_sha256="c" * 64, signed_pages=3, signed_certificate="d" * 64
    )
    _entered_anew()


def test_a_paper_sealed_before_its_case_had_a_number_is_found_by_it(cast: Cast) -> None:
    walk = case_at("clue", cast)
    paper = seal(walk.case, "assistance_letter", {}, by=cast.lead, at=walk.at)
    for word in ROAD[1 : ROAD.index("filed") + 1]:
        STAGES[word](walk, "1000")
    walk.case.refresh_from_db()
    answer = answer_for_number(walk.case.case_no or "", short_code(paper.seal_code))
    assert answer.paper is not None
    assert (answer.verdict, answer.paper.title) == (Verdict.GENUINE, paper.title)


def test_what_was_sealed_before_the_table_is_entered_the_same(cast: Cast) -> None:
    walk, _notice = deferred(cast)
    correct(walk, "change", new_amount=CHANGED)
    assert set(PaperCheck.objects.values_list("fallen_words", flat=True)) == {"", "变更"}
    _entered_anew()


def test_every_sealed_kind_is_said_to_rest_or_to_stand() -> None:
    sealed = {kind.code for kind in CATALOGUE if kind.carries_organ_seal}
    resting = {*DECISIONS, *ON_THE_DECISION, *ABOUT_A_PAPER}
    assert sealed == resting | OF_THEIR_OWN_STANDING
    assert not resting & OF_THEIR_OWN_STANDING
