"""Signatures under the very bytes of a paper: kept page by page, refused for another file, and drawn into its signed copy."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from cases.actions import correction, investigation
from cases.actions.signing import check_signer
from cases.documents.output import OUTPUT
from cases.documents.signed import SIGNED_OUTPUT
from cases.dossier.materials import gather
from cases.models import Document, PaperScan, PaperSignature, SignedCopy
from cases.procedure.guards.signing import served_paper_signed
from cases.queries.facts import load_case
from cases.queries.signing import signing_officers
from cases.views.signing import signing_lines
from disclosure.queries.papers import Verdict, answer_for_file
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from lishu_law.registry.models import Certificate
from lishu_law.web.paper_signing.paper import sole_officers
from tests.cases.signing_scenes import drawn_questioning, give, photo, questioning, sign_everything, sketch
from tests.cast import Cast, make_cast
from tests.scenarios import SUMMARY, Walk, case_at

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


@pytest.fixture
def walk(db: None, settings: Any, tmp_path: Path) -> Walk:
    settings.MEDIA_ROOT = tmp_path
    cast: Cast = make_cast()
    return case_at("recorded", cast)


def refused(call: Any, *arguments: Any, **data: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        call(*arguments, **data)
    return [one.message for one in found.value.refusals]


def content_of(copy: SignedCopy) -> bytes:
    with default_storage.open(copy.pdf_path) as file:
        return bytes(file.read())


def test_a_record_that_waits_says_for_whom_and_is_not_signed_before_it_is_drawn(walk: Walk) -> None:
    document = questioning(walk)
    assert (document.signing, document.unsigned) == ("open", "被询问人（逐页）；询问人；记录人")
    assert refused(give, walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead) == [
        "文书还在生成。请等文书生成以后再签名。"
    ]


def test_every_page_by_hand_the_officers_by_account_and_then_the_signed_copy(walk: Walk) -> None:
    document = drawn_questioning(walk, answers=5)
    assert (document.pdf_pages or 0) > 1
    pages = list(range(1, document.pdf_pages + 1))
    give(walk, document, "被询问人-1", walk.cast.lead, signer_name="示例司机")
    document.refresh_from_db()
    assert (document.signing, document.unsigned) == (
        "open",
        f"询问人{walk.cast.lead.full_name}；记录人{walk.cast.assistant.full_name}",
    )
    give(walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead, is_confirmed=True)
    assert not SignedCopy.objects.exists()
    give(walk, document, "记录人-1", walk.cast.assistant, way="account", officer=walk.cast.assistant, is_confirmed=True)
    document.refresh_from_db()
    assert (document.signing, document.unsigned) == ("done", "")
    rows = PaperSignature.objects.order_by("id")
    assert list(rows.filter(label="被询问人").values_list("page", flat=True)) == pages
    assert {row.digest for row in rows} == {document.pdf_sha256} == {row.signature.text_digest for row in rows}
    assert all(row.signature.image and row.signature.strokes for row in rows if row.way == "drawn")
    assert document.pdf_sha256 in JournalEntry.objects.filter(action="case.sign_document").first().body


def test_the_signed_copy_shows_each_signature_at_its_place_with_its_mode(walk: Walk) -> None:
    document = drawn_questioning(walk, answers=5)
    before = (document.data, document.pdf_sha256)
    sign_everything(walk, document)
    copy = SignedCopy.objects.get(document=document)
    assert SIGNED_OUTPUT.render_one(copy.pk)
    copy.refresh_from_db()
    assert copy.pdf_pages == document.pdf_pages
    assert hashlib.sha256(content_of(copy)).hexdigest() == copy.pdf_sha256 != document.pdf_sha256
    text = "".join(text_of(content_of(copy)).split())
    assert "示例司机（屏幕手写，" in text
    assert f"{walk.cast.lead.full_name}（本人账号确认，" in text
    assert text.count("被询问人签名：") >= document.pdf_pages + 1
    document.refresh_from_db()
    assert (document.data, document.pdf_sha256) == before
    assert [one["digest"] for one in copy.data["signatures"]] == [document.pdf_sha256] * (document.pdf_pages + 2)


def test_another_digest_than_the_papers_own_is_refused_and_nothing_is_kept(walk: Walk) -> None:
    document = drawn_questioning(walk)
    (message,) = refused(give, walk, document, "被询问人-1", walk.cast.lead, signer_name="示例司机", digest="0" * 64)
    assert "不是同一份" in message
    assert not PaperSignature.objects.exists()


def test_a_file_changed_in_the_store_is_not_signed(walk: Walk) -> None:
    document = drawn_questioning(walk)
    path = Path(default_storage.path(document.pdf_path))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    (message,) = refused(give, walk, document, "被询问人-1", walk.cast.lead, signer_name="示例司机")
    assert "与定稿时的摘要不符" in message


def test_a_page_without_a_drawing_the_wrong_person_and_a_second_time(walk: Walk) -> None:
    document, lead = drawn_questioning(walk, answers=5), walk.cast.lead
    one = {1: sketch(lead)}
    (message,) = refused(give, walk, document, "被询问人-1", lead, signer_name="示例司机", drawings=one)
    assert message.startswith("第 2、") and "第 1" not in message
    (message,) = refused(give, walk, document, "被询问人-1", lead, signer_name="别的人")
    assert "不能由别的人签名" in message
    give(walk, document, "被询问人-1", lead, signer_name="示例司机")
    assert refused(give, walk, document, "被询问人-1", lead, signer_name="示例司机") == [
        "这一处已经签过名，不用再签。请刷新页面核对。"
    ]


def test_an_account_signs_for_its_own_holder_only_and_only_who_belongs_to_the_case(walk: Walk) -> None:
    document, cast = drawn_questioning(walk), walk.cast
    found = refused(
        give, walk, document, "记录人-1", cast.lead, way="account", officer=cast.assistant, is_confirmed=True
    )
    assert found == [f"用账号签名只能签自己的名。请{cast.assistant.full_name}用自己的账号登录后签，或者改为手写。"]
    found = refused(give, walk, document, "记录人-1", cast.lead, way="account", officer=cast.lead, is_confirmed=False)
    assert any("登录口令" in one for one in found)
    found = refused(give, walk, document, "记录人-1", cast.lead, officer=cast.outsider)
    assert any("不能在这份文书上签名" in one for one in found)
    give(walk, document, "记录人-1", cast.lead, officer=cast.assistant)  # by hand, the colleague holds the tablet out
    assert PaperSignature.objects.get().signature.user == cast.assistant
    with pytest.raises(NotAllowed):
        give(walk, document, "询问人-1", cast.squad_leader, way="account", officer=cast.lead, is_confirmed=True)


def test_a_refusal_stands_on_every_page_with_reason_and_witness(walk: Walk) -> None:
    document, lead = drawn_questioning(walk), walk.cast.lead
    found = refused(
        give, walk, document, "被询问人-1", lead, way="refused", signer_name="示例司机", reason="认为处罚过重"
    )
    assert found == ["被询问人拒绝签名的，要请见证人见证。请填写见证人姓名；没有见证人的，请先邀请见证人到场。"]
    give(
        walk, document, "被询问人-1", lead, way="refused", signer_name="示例司机", reason="认为处罚过重",
        witness_name="示例见证人", witness_drawing=sketch(lead),
    )  # fmt: skip
    row = PaperSignature.objects.get(page=document.pdf_pages)
    assert (row.way, row.signature, row.witness_name) == ("refused", None, "示例见证人")
    assert row.witness_signature.signer_name == "示例见证人"


def test_one_scan_with_all_pages_carries_everybody_who_is_on_it(walk: Walk) -> None:
    document, cast = drawn_questioning(walk, answers=5), walk.cast
    files = tuple(photo(cast.lead, 100 + number) for number in range(document.pdf_pages))
    how = {"way": "paper", "signer_name": "示例司机", "also": ("询问人-1", "记录人-1")}
    (message,) = refused(give, walk, document, "被询问人-1", cast.lead, scans=files[:-1], **how)
    assert message.startswith(f"《询问笔录》共 {document.pdf_pages} 页，上传的有 {document.pdf_pages - 1} 页。")
    give(walk, document, "被询问人-1", cast.lead, scans=files, **how)
    document.refresh_from_db()
    assert document.signing == "done"
    entry = JournalEntry.objects.filter(action="case.sign_document").last()
    assert entry is not None
    assert "示例司机" not in entry.body
    assert [scan.file for scan in PaperScan.objects.order_by("position")] == list(files)
    assert PaperSignature.objects.get(page=2).signature.image == files[1]
    assert {row.signature.user for row in PaperSignature.objects.filter(page=0)} == {cast.lead, cast.assistant}


def test_the_report_waits_for_every_page_and_says_which(walk: Walk) -> None:
    document = drawn_questioning(walk)
    give(walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead, is_confirmed=True)
    with pytest.raises(Refused) as found:
        walk.step(investigation.submit_report, walk.cast.lead, process="", facts="", opinion="")
    unsigned = next(one for one in found.value.refusals if "还缺签名" in one.message)
    pages = "、".join(str(page) for page in range(1, document.pdf_pages + 1))
    recorder = walk.cast.assistant.full_name
    assert unsigned.message == (
        f"《询问笔录》还缺签名：第 {pages} 页被询问人示例司机；记录人{recorder}。请签名，或者注明拒签。"
    )
    assert (unsigned.citation, unsigned.fix) == ("行政处罚法第五十五条", f"sign_document:{document.pk}")


def test_a_witness_who_signed_on_paper_is_kept_with_the_scan(walk: Walk) -> None:
    document, lead = drawn_questioning(walk, answers=5), walk.cast.lead
    files = tuple(photo(lead, 100 + number) for number in range(document.pdf_pages))
    how = {"way": "refused", "signer_name": "示例司机", "reason": "认为处罚过重", "witness_name": "示例见证人"}
    (message,) = refused(give, walk, document, "被询问人-1", lead, **how)
    assert message.startswith("见证人还没有签名")
    give(walk, document, "被询问人-1", lead, scans=files, **how)
    row = PaperSignature.objects.get(page=document.pdf_pages)
    assert row.witness_signature.image == files[-1]
    assert [scan.file for scan in PaperScan.objects.order_by("position")] == list(files)


def test_the_officers_are_neither_witness_nor_both_signers_and_no_page_is_sent_twice(walk: Walk) -> None:
    document, cast = drawn_questioning(walk, answers=5), walk.cast
    how = {"way": "refused", "signer_name": "示例司机", "reason": "认为处罚过重"}
    witness = {"witness_name": cast.assistant.full_name, "witness_drawing": sketch(cast.lead)}
    (message,) = refused(give, walk, document, "被询问人-1", cast.lead, **how, **witness)
    assert "不能作见证人" in message
    same = (photo(cast.lead, 1),) * document.pdf_pages
    (message,) = refused(give, walk, document, "被询问人-1", cast.lead, way="paper", signer_name="示例司机", scans=same)
    assert message.startswith("同一个文件选了两次")
    give(walk, document, "询问人-1", cast.lead, officer=cast.lead)
    found = refused(give, walk, document, "记录人-1", cast.lead, officer=cast.lead)
    assert any("已经在这份文书的另一处签过名" in one for one in found)


def test_nobody_comes_along_who_has_to_say_how_the_record_was_read(walk: Walk) -> None:
    document, lead = drawn_questioning(walk), walk.cast.lead
    files = tuple(photo(lead, 100 + number) for number in range(document.pdf_pages))
    (message,) = refused(
        give, walk, document, "询问人-1", lead, way="paper", officer=lead, scans=files, also=("被询问人-1",)
    )
    assert message.startswith("扫描件上勾选的签名人")


def test_who_handles_the_case_no_more_or_whose_certificate_ended_signs_as_no_officer(walk: Walk) -> None:
    document, cast = drawn_questioning(walk), walk.cast
    day = walk.at.date()

    def signers() -> set[Any]:
        return set(signing_officers(load_case(walk.case.pk), document, day))

    assert signers() == {cast.lead, cast.assistant}
    Certificate.objects.filter(user=cast.assistant).update(valid_until=day - timedelta(days=1))
    assert signers() == {cast.lead}
    walk.case.officers.filter(user=cast.lead).update(ended_at=walk.at)
    assert signers() == set()
    assert signing_officers(load_case(walk.case.pk), replace_code(document, "hearing_record"), day) == []


def test_officers_of_one_name_are_not_told_apart_by_it(walk: Walk) -> None:
    cast = walk.cast
    assert set(sole_officers([cast.lead, cast.assistant])) == {cast.lead.full_name, cast.assistant.full_name}
    cast.assistant.full_name = cast.lead.full_name
    assert sole_officers([cast.lead, cast.assistant]) == {}


def test_hearing_people_sign_no_other_paper(walk: Walk) -> None:
    document, loaded = drawn_questioning(walk), load_case(walk.case.pk)
    with pytest.raises(NotAllowed, match="只办理听证笔录"):
        check_signer(loaded, document, walk.cast.reviewer)
    check_signer(loaded, replace_code(document, "hearing_record"), walk.cast.reviewer)
    check_signer(loaded, document, walk.cast.assistant)


def replace_code(document: Document, code: str) -> Document:
    return Document(case=document.case, code=code, part="hearing:0")


def test_under_an_older_edition_only_the_paper_is_signed_and_the_volume_takes_the_document(walk: Walk) -> None:
    document, lead = drawn_questioning(walk), walk.cast.lead
    Document.objects.filter(pk=document.pk).update(template_version="0")
    document.refresh_from_db()
    (message,) = refused(give, walk, document, "被询问人-1", lead, signer_name="示例司机")
    assert "模板换了新版" in message
    assert "签在纸上，上传扫描件" in message
    files = tuple(photo(lead, 100 + number) for number in range(document.pdf_pages))
    how = {"way": "paper", "signer_name": "示例司机", "scans": files}
    give(walk, document, "被询问人-1", lead, **how)
    give(walk, document, "询问人-1", lead, **how | {"officer": lead})
    give(walk, document, "记录人-1", lead, **how | {"officer": walk.cast.assistant})
    document.refresh_from_db()
    assert document.signing == "done"
    assert not SignedCopy.objects.exists()


def test_a_signed_copy_that_cannot_be_drawn_leaves_the_document_to_be_bound(walk: Walk) -> None:
    document = drawn_questioning(walk)
    sign_everything(walk, document)
    copy = SignedCopy.objects.get()
    material = next(one for one in gather(walk.case, with_informant=False).items if one.document == document)
    assert material.sealed == copy
    SignedCopy.objects.update(pdf_state="failed")
    material = next(one for one in gather(walk.case, with_informant=False).items if one.document == document)
    assert material.sealed == document


def test_a_voided_record_is_signed_by_nobody_any_more(walk: Walk) -> None:
    document = drawn_questioning(walk)
    give(walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead, is_confirmed=True)
    evidence = walk.case.evidence.get(transcript__kind="questioning")
    sheet = Document.objects.create(
        case=walk.case, code="paste_sheet", title="证据粘贴页", part=f"evidence:{evidence.pk}", signing="open",
        unsigned="提供人", data={}, template_version="1", sealed_at=walk.at, sealed_by=walk.cast.lead,
    )  # fmt: skip
    walk.step(investigation.void_evidence, walk.cast.lead, evidence_id=evidence.pk, reason="当事人姓名记错，重新制作。")
    for paper in (document, sheet):
        paper.refresh_from_db()
        assert (paper.signing, paper.unsigned) == ("void", "")
    (message,) = refused(give, walk, document, "被询问人-1", walk.cast.lead, signer_name="示例司机")
    assert "已经作废" in message
    document.refresh_from_db()
    assert document.signing == "void"
    lines = signing_lines(document, walk.case.clue_no)
    assert lines is not None
    assert [line.partition("（")[0] for line in lines.lines] == [f"询问人：{walk.cast.lead.full_name}"]


def test_signatures_are_only_added(walk: Walk) -> None:
    document = drawn_questioning(walk)
    give(walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead, is_confirmed=True)
    for change in (lambda rows: rows.update(signer_name="别的人"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(PaperSignature.objects.all())


def test_a_paper_with_the_organs_seal_keeps_its_code_and_both_files_are_genuine(walk: Walk) -> None:
    cast = walk.cast
    walk.step(
        correction.issue_correction_order, cast.lead, facts=SUMMARY, basis="行政处罚法第二十八条第一款", due_on=None
    )
    document = Document.objects.get(code="correction_order")
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    give(walk, document, "当事人或其代理人-1", cast.lead, signer_name="示例人")
    served = replace(case_facts(walk), focus=document.pk)
    refusal = served_paper_signed(served, walk.at.date())
    assert refusal is not None
    assert cast.assistant.full_name in refusal.message
    for number, officer in enumerate((cast.lead, cast.assistant), start=1):
        give(walk, document, f"执法人员-{number}", officer, way="account", officer=officer, is_confirmed=True)
    copy = SignedCopy.objects.get(document=document)
    assert (copy.seal_code, copy.seal_digest) == (document.seal_code, document.seal_digest)
    assert SIGNED_OUTPUT.render_one(copy.pk)
    copy.refresh_from_db()
    with default_storage.open(document.pdf_path) as file:
        papers = [answer_for_file(bytes(file.read())), answer_for_file(content_of(copy))]
    assert [one.verdict for one in papers] == [Verdict.GENUINE, Verdict.GENUINE]
    assert served_paper_signed(replace(case_facts(walk), focus=document.pk), walk.at.date()) is None


def case_facts(walk: Walk) -> Any:
    return load_case(walk.case.pk).facts
