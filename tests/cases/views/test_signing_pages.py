"""The signing screen: one signer after the other, every refusal with its cure, and what the paper's page shows."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from cases.actions.proxies import NewProxy, authorise_proxy
from cases.documents.output import OUTPUT
from cases.documents.signed import SIGNED_OUTPUT
from cases.models import Document, PaperScan, PaperSignature, SignedCopy
from lishu_law.documents.seats import pad_name
from lishu_law.pdf import machine
from lishu_law.web.models import Draft
from tests.cases.signing_scenes import drawn_questioning, questioning, sign_everything, strokes
from tests.cast import PASSWORD, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
# The step whose page these tests open.
PERFORMERS = {"sign_document": ("recorded", "lead")}
DOT = '{"w":320,"h":200,"strokes":[[[50,50,0]]]}'


@pytest.fixture
def walk(db: None, settings: Any, tmp_path: Path) -> Walk:
    settings.MEDIA_ROOT = tmp_path
    return case_at("recorded", make_cast())


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seat_url(walk: Walk, document: Document, number: int) -> str:
    return reverse("case-sign-seat", args=[walk.case.clue_no, document.pk, number])


def photo(shade: int = 200) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (600, 800), (shade, shade, shade)).save(content, format="JPEG")
    return SimpleUploadedFile(f"{shade}.jpg", content.getvalue(), "image/jpeg")


def given(document: Document, **changed: Any) -> dict[str, Any]:
    pads = {pad_name(page): strokes(page) for page in range(1, document.pdf_pages + 1)}
    fields = {
        "way": "drawn",
        "signer_name": "示例司机",
        "reading": "read",
        "place": "梨树镇",
        "digest": document.pdf_sha256,
    }
    return {**fields, **pads, **changed}


def post(client: Client, url: str, fields: dict[str, Any]) -> Any:
    return client.post(url, fields, follow=True)


def test_one_after_the_other_signs_and_the_signed_copy_is_there(walk: Walk) -> None:
    document, cast = drawn_questioning(walk, answers=4), walk.cast
    client, sign = client_of(cast.lead), reverse("case-sign_document", args=[walk.case.clue_no, document.pk])
    page = client.get(sign, follow=True)
    assert page.redirect_chain == [(seat_url(walk, document, 1), 303)]
    text = page.content.decode()
    assert "第 1 页，共 2 页" in text
    assert "请说一下第 3 段经过" in text  # the words of the very file, page by page
    assert document.pdf_sha256 in text
    page = post(client, seat_url(walk, document, 1), given(document))
    assert page.redirect_chain[-1] == (seat_url(walk, document, 2), 303)
    assert PaperSignature.objects.filter(label="被询问人").count() == 2
    account = {"way": "account", "officer": cast.lead.pk, "password": PASSWORD}
    page = post(client, seat_url(walk, document, 2), given(document, **account))
    assert page.redirect_chain[-1] == (seat_url(walk, document, 3), 303)
    account = {"way": "account", "officer": cast.assistant.pk, "password": PASSWORD}
    page = post(client_of(cast.assistant), seat_url(walk, document, 3), given(document, **account))
    shown = page.content.decode()
    assert page.redirect_chain[-1] == (reverse("case-document", args=[walk.case.clue_no, document.pk]), 303)
    assert "已经签齐，签名件正在生成" in shown
    assert "示例司机（屏幕手写" in shown
    assert SIGNED_OUTPUT.render_one(SignedCopy.objects.get().pk)
    address = reverse("case-signed-pdf", args=[walk.case.clue_no, document.pk])
    assert address in client.get(reverse("case-document", args=[walk.case.clue_no, document.pk])).content.decode()
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF-")


def test_what_is_wrong_is_said_with_everything_typed_still_there(walk: Walk) -> None:
    document, client = drawn_questioning(walk), client_of(walk.cast.lead)
    url = seat_url(walk, document, 1)
    wrong = {
        "签名太简单，看不出姓名": {pad_name(1): DOT},
        "页还没有被询问人的签名": {pad_name(1): ""},
        "不能由别人甲签名": {"signer_name": "别人甲"},
        "不是同一份": {"digest": "0" * 64},
        "请选择签名人是自己看过": {"reading": ""},
        "请上传签过名的纸质文书": {"way": "paper"},
        "要请见证人见证": {"way": "refused", "reason": "认为处罚过重"},
    }
    for words, changed in wrong.items():
        page = client.post(url, given(document, **changed))
        assert page.status_code == 422, words
        assert words in page.content.decode()
        assert 'value="梨树镇"' in page.content.decode()
    too_many = client.post(url, given(document, way="paper", scan=[photo(n) for n in range(1, document.pdf_pages + 2)]))
    assert "不多不少" in too_many.content.decode()
    assert not PaperSignature.objects.exists()
    officer = client.post(
        seat_url(walk, document, 2), given(document, way="account", officer=walk.cast.lead.pk, password="wrong")
    )
    assert "口令不对，没有签名" in officer.content.decode()


def test_no_stroke_is_ever_kept_in_a_draft(walk: Walk) -> None:
    """A signature belongs to the text it was made under: neither a refusal, nor the button, nor the page itself keeps it."""
    document, client = drawn_questioning(walk), client_of(walk.cast.lead)
    url = seat_url(walk, document, 1)
    fields = given(document, witness_signature=strokes(9), signer_name="别人甲")
    ways = {
        422: lambda: client.post(url, fields),
        303: lambda: client.post(url, {**fields, "_save_draft": "1"}),
        200: lambda: client.post(reverse("draft-save"), {**fields, "_draft_key": url}),
    }
    for status, keep in ways.items():
        assert keep().status_code == status
        payload = Draft.objects.get(user=walk.cast.lead, key=url).payload
        assert "strokes" not in payload
        assert json.loads(payload)["signer_name"] == ["别人甲"]
        Draft.objects.all().delete()


def test_without_a_script_the_scan_of_the_paper_signs_for_all_who_are_on_it(walk: Walk) -> None:
    document, client = drawn_questioning(walk), client_of(walk.cast.lead)
    scans = [photo(100 + number) for number in range(document.pdf_pages)]
    fields = given(document, way="paper", scan=scans, also=["询问人-1", "记录人-1"])
    page = post(
        client, seat_url(walk, document, 1), {name: value for name, value in fields.items() if "signature" not in name}
    )
    shown = page.content.decode()
    assert "签名原件" in shown
    assert "签于纸质原件" in shown
    scan = PaperScan.objects.get(position=1)
    answer = client.get(reverse("case-signed-scan", args=[walk.case.clue_no, document.pk, 1]))
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    assert scan.document == document


def test_the_report_names_what_is_missing_and_leads_there(walk: Walk) -> None:
    document = questioning(walk)
    page = client_of(walk.cast.lead).get(reverse("case-submit_report", args=[walk.case.clue_no])).content.decode()
    assert "《询问笔录》还缺签名：被询问人（逐页）；询问人；记录人。" in page
    assert reverse("case-sign_document", args=[walk.case.clue_no, document.pk]) in page
    waiting = client_of(walk.cast.lead).get(
        reverse("case-sign_document", args=[walk.case.clue_no, document.pk]), follow=True
    )
    assert "文书还在生成" in waiting.content.decode()


def test_who_may_not_sign_and_what_is_signed_already(walk: Walk) -> None:
    document = drawn_questioning(walk)
    url = reverse("case-sign_document", args=[walk.case.clue_no, document.pk])
    assert client_of(walk.cast.reviewer).get(url).status_code == 403
    assert client_of(walk.cast.outsider).get(url).status_code == 404
    assert client_of(walk.cast.lead).get(seat_url(walk, document, 4)).status_code == 404
    sign_everything(walk, document)
    page = client_of(walk.cast.lead).get(url)
    assert page.status_code == 303


def test_the_signed_authority_of_a_proxy_is_given_as_a_scan(walk: Walk) -> None:
    """S20: made out in the system, signed by both on paper, and back as it was signed."""
    walk.step(authorise_proxy, walk.cast.lead, proxy=NewProxy("示例代理人", "general"))
    document = Document.objects.get(code="power_of_attorney")
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    client = client_of(walk.cast.lead)
    for number, name in ((1, "示例人"), (2, "示例代理人")):
        fields = {
            "way": "paper",
            "signer_name": name,
            "place": "梨树镇",
            "digest": document.pdf_sha256,
            "scan": [photo(number)],
        }
        post(client, seat_url(walk, document, number), fields)
    document.refresh_from_db()
    assert document.signing == "done"
    assert [row.signer_name for row in PaperSignature.objects.order_by("id")] == ["示例人", "示例代理人"]


def test_a_file_changed_after_the_signature_is_said_on_the_papers_page(walk: Walk) -> None:
    document, client = drawn_questioning(walk), client_of(walk.cast.lead)
    post(client, seat_url(walk, document, 1), given(document))
    page = reverse("case-document", args=[walk.case.clue_no, document.pk])
    assert "签名对应的文件与现在的文书不符" not in client.get(page).content.decode()
    path = Path(default_storage.path(document.pdf_path))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    assert "签名对应的文件与现在的文书不符" in client.get(page).content.decode()


def test_the_screen_costs_no_more_than_any_other_page(walk: Walk) -> None:
    document, client = drawn_questioning(walk), client_of(walk.cast.lead)
    client.get(seat_url(walk, document, 1))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(seat_url(walk, document, 1)).status_code == 200
    assert len(queries) - 2 <= 25
