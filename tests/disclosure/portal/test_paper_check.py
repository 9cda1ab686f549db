"""查文书真伪: genuine, altered, withdrawn or unknown, by file, scanned code, or number and 核验码; nothing is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.documents.issue import seal
from cases.documents.output import OUTPUT
from cases.models import Document
from disclosure.portal.papers import MOST_BYTES
from lishu_law.documents.codes import new_seal_code, short_code
from lishu_law.documents.models import PaperCheck
from lishu_law.pdf import machine
from tests.benchmark_scenes import CITIZEN
from tests.cases.actions.remedy_scenes import CHANGED, correct, end, reviewed_at
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, last_document

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]
GENUINE, ALTERED, UNKNOWN = "这份文书是真的", "这个文件被改动过", "查不到这份文书"


@dataclass(frozen=True)
class Issued:
    """A decision that went out: its row and the file somebody received."""

    walk: Walk
    row: Document
    file: bytes

    @property
    def number(self) -> dict[str, str]:
        return {"number": self.row.number, "code": short_code(self.row.seal_code)}


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True  # the invented identity numbers
    return make_cast()


def issued(walk: Walk) -> Issued:
    row = last_document(walk.case, "penalty_decision")
    assert OUTPUT.render_one(row.pk)
    row.refresh_from_db()
    with default_storage.open(row.pdf_path) as file:
        return Issued(walk, row, file.read())


def headline(response: Any) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]*>", "", found).strip()


def upload(content: bytes, name: str = "决定书.pdf") -> Any:
    return Client().post("/check/", {"file": SimpleUploadedFile(name, content, "application/pdf")})


def typed(**words: str) -> Any:
    return Client().post("/check/", words)


def scanned(code: str) -> Any:
    return Client().get(f"/d/{code}")


def test_the_original_is_genuine_by_file_by_code_and_by_number_and_nothing_is_kept(cast: Cast, tmp_path: Path) -> None:
    one = issued(case_at("decided", cast))
    by_case = {"number": one.walk.case.case_no or "", "code": f" {one.number['code'].upper()} "}
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    with CaptureQueriesContext(connection) as asked:
        answers = [upload(one.file), scanned(one.row.seal_code), typed(**one.number), typed(**by_case)]
    assert len(asked) <= len(answers) * 6
    assert not [query for query in asked if not query["sql"].startswith("SELECT")]
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    for answer in answers:
        page = answer.content.decode()
        assert (answer.status_code, headline(answer)) == (200, GENUINE)
        for shown in (one.row.number, one.row.title, "梨树县示例运输有限公司", "1,000.00", f"{one.row.pdf_pages} 页"):
            assert shown in page, shown
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
    assert "一个字也没有改动" in answers[0].content.decode()
    assert "逐项核对" in answers[1].content.decode()


def test_one_changed_byte_anywhere_and_a_file_put_in_place_are_altered(cast: Cast) -> None:
    one = issued(case_at("decided", cast))
    in_code = one.file.index(one.row.seal_code.encode()) + 5
    for place in (0, 9, len(one.file) // 2, in_code, one.file.rindex(b"00000000"), len(one.file) - 2):
        changed = bytearray(one.file)
        changed[place] ^= 1
        if place:
            assert headline(upload(bytes(changed))) == ALTERED, place
        else:  # no longer a PDF at all
            assert upload(bytes(changed)).status_code == 422
    with_more = upload(one.file + b"\n% 1")
    page = with_more.content.decode()
    assert headline(with_more) == ALTERED
    assert one.row.number in page
    assert "请不要照这个文件缴款" in page
    # Somebody with the database and the files changes both: the digest fits, the seal does not.
    forged = one.file.replace(b"/SigFlags 3", b"/SigFlags 2", 1)
    digest = hashlib.sha256(forged).hexdigest()
    Document.objects.filter(pk=one.row.pk).update(pdf_sha256=digest)
    PaperCheck.objects.filter(seal_digest=one.row.seal_digest).update(file_sha256=digest)
    assert forged != one.file
    assert headline(upload(forged)) == ALTERED


def test_a_persons_name_is_masked_and_nothing_else_of_them_shown(cast: Cast) -> None:
    one = issued(case_at("decided", cast, party=CITIZEN))
    page = scanned(one.row.seal_code).content.decode()
    assert "示**" in page
    for hidden in (CITIZEN.name, CITIZEN.id_number, CITIZEN.phone, CITIZEN.address):
        assert hidden not in page


def _revoked(cast: Cast) -> Issued:
    walk, row = reviewed_at("decision_served", cast)
    one = issued(walk)
    end(walk, row, "revoked")
    return one


def _changed(cast: Cast) -> Issued:
    one = issued(case_at("decision_served", cast))
    correct(one.walk, "change", new_amount=CHANGED)
    return one


@pytest.mark.parametrize(
    ("fall", "title", "successor"),
    [
        (_revoked, "这份文书已被撤销", False),
        (_changed, "这份文书已被变更", True),
    ],
    ids=["revoked by the review", "changed by the bureau"],
)
def test_a_fallen_decision_is_withdrawn_and_says_what_stands(
    cast: Cast, fall: Callable[[Cast], Issued], title: str, successor: bool
) -> None:
    one = fall(cast)
    for answer in (upload(one.file), scanned(one.row.seal_code), typed(**one.number)):
        page = answer.content.decode()
        assert headline(answer) == title
        assert "现在的情况" in page
        assert ("现在有效的文书" in page) == successor
        if successor:
            assert one.walk.case.decision.number in page
    assert headline(upload(one.file + b" ")) == ALTERED


def test_what_is_not_ours_is_unknown_in_the_same_words(cast: Cast) -> None:
    walk, code = case_at("clue", cast), new_seal_code()
    row = seal(walk.case, "penalty_decision", {}, by=cast.lead, at=walk.at)
    wrong = "aaaaaaaa" if short_code(row.seal_code) != "aaaaaaaa" else "bbbbbbbb"
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=UTC), tick=False):
        answers = [
            upload(b"%PDF-1.7 of somebody else /" + code.encode()), scanned(code), scanned("nothing"),
            typed(number=row.number, code=wrong), typed(number="吉梨交罚〔2026〕9999号", code=wrong),
        ]  # fmt: skip
    assert {(one.status_code, headline(one)) for one in answers} == {(404, UNKNOWN)}
    assert len({one.content.decode().partition("<main")[2].partition("</main>")[0] for one in answers}) == 1


def test_an_inner_paper_is_unknown_though_its_file_is_ours(cast: Cast) -> None:
    row = last_document(case_at("filed", cast).case, "filing_form")
    assert row.seal_digest is None
    assert OUTPUT.render_one(row.pk)
    row.refresh_from_db()
    with default_storage.open(row.pdf_path) as file:
        assert headline(upload(file.read())) == UNKNOWN


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("a.pdf", b"", 422, "空文件"),
        ("a.jpg", b"\xff\xd8\xff photo", 422, "这不是 PDF 文件"),
        ("a.pdf", b"%PDF-" + b"x" * MOST_BYTES, 422, "超过 10 MB"),
        ("a.pdf", b"%PDF-" + b"x" * (MOST_BYTES + 70_000), 413, "没有接收"),
    ],
    ids=["empty", "photo", "a little too big", "too big"],
)
def test_what_cannot_be_checked_is_said_and_not_read(name: str, content: bytes, status: int, words: str) -> None:
    answer = upload(content, name)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "有错误：" in answer.content.decode()


@pytest.mark.parametrize(
    "words",
    [{"number": "", "code": "abcd2345"}, {"number": "1", "code": "abc"}, {"number": "1", "code": "核验码核验码核验"}],
)
def test_half_of_the_number_is_asked_for_again_and_kept(words: dict[str, str]) -> None:
    answer = typed(**words)
    assert answer.status_code == 422
    if words["number"]:
        assert 'value="1"' in answer.content.decode()
    assert typed().status_code == 422


def test_guessing_closes_the_door(cast: Cast) -> None:
    statuses = [scanned(new_seal_code()).status_code for _ in range(12)]
    assert statuses == [404] * 11 + [429]
    assert Client().get("/check/").status_code == 429


def test_the_page_works_without_script_and_is_found_from_the_front_page(client: Client) -> None:
    page = client.get("/check/").content.decode()
    assert page.count("<form") == 2
    assert 'enctype="multipart/form-data"' in page
    assert "csrfmiddlewaretoken" not in page
    assert "/check/" in client.get("/").content.decode()
    assert client.get("/check/")["X-Robots-Tag"] == "noindex"
