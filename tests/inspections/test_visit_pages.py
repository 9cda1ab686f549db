"""Pages of a visit: what they cost, who opens them, bad input, photos and their copies, the phone's queue, the register."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from inspections.actions.passes import issue_pass
from inspections.models import CertificatePass, FilingState, InspectionFiling
from lishu_law.registry.models import OfficerProfile, StoredFile
from lishu_law.web.models import Draft
from lishu_law.web.uploads.store import path_of
from tests.cast import PASSWORD
from tests.inspections.browsing import client_of, picture
from tests.inspections.scenes import (
    VISIT_FROM,
    Scene,
    drawn_name,
    filed_filing,
    finished_filing,
    photo,
    started_filing,
    subject,
)

AT = VISIT_FROM + timedelta(minutes=5)
SESSION_AND_USER, MOST = 2, 25


def page(row: InspectionFiling, name: str, *more: Any) -> str:
    return reverse(name, args=[row.reference, *more])


def record(scene: Scene, **changed: Any) -> dict[str, Any]:
    """A record as it is typed: one failed point with its photo, signed on the pad."""
    point = f"point_{scene.matter.pk}"
    typed = {
        f"{point}_1": "不合格", f"{point}_1_facts": "两辆货车未苫盖", f"{point}_1_article": "某条",
        f"{point}_1_disposal": "by_date", f"{point}_1_photos": [picture()], f"{point}_2": "合格", "result_code": "R5",
        "findings": "厂区内两辆货车未苫盖", "order_what": "配齐苫布", "order_due": "2026-03-10", "signing": "signed",
        "present_person": "示例厂长", "party_signature": drawn_name().as_json(),
    }  # fmt: skip
    return {**typed, **changed}


def test_the_pages_of_a_visit_cost_little(scene: Scene) -> None:
    entry = subject()
    running = started_filing(scene, entry)
    done = InspectionFiling.objects.get(pk=running.pk)
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        issue_pass(by=scene.cast.lead, filing_id=done.pk)
        names = ("mobile-filing", "filing-start", "filing-suspend", "filing-resume", "filing-finish", "filing-certificate",
                 "filing-code", "filing-code-word", "filing-certificate-word", "filing")  # fmt: skip
        counts = {name: statements(client, page(done, name)) for name in names}
        counts["mobile-home"] = statements(client, reverse("mobile-home"))
        counts["certificate"] = statements(Client(), f"/c/{CertificatePass.objects.get().token}")
    assert {name: count for name, count in counts.items() if count > MOST + SESSION_AND_USER} == {}


def statements(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200, url
    return len(found)


def test_a_finished_visit_with_everything_costs_little(scene: Scene) -> None:
    row = finished_filing(scene, subject(), (photo(scene.cast.lead, "a.jpg"), photo(scene.cast.lead, "b.jpg")))
    client = client_of(scene.cast.lead)
    counts = {name: statements(client, page(row, name)) for name in ("mobile-filing", "filing", "filing-sign")}
    assert {name: count for name, count in counts.items() if count > MOST + SESSION_AND_USER} == {}
    assert statements(client, reverse("desk")) <= 12 + SESSION_AND_USER


def test_who_opens_the_pages_of_a_visit(scene: Scene) -> None:
    row = started_filing(scene, subject())
    acts = ("filing-suspend", "filing-resume", "filing-finish", "filing-certificate", "filing-code")
    with time_machine.travel(AT, tick=False):
        found = {
            who: [client_of(getattr(scene.cast, who)).get(page(row, name)).status_code for name in (*acts, "mobile-filing")]
            for who in ("lead", "assistant", "third_officer", "squad_leader", "outsider", "reviewer")
        }  # fmt: skip
    assert found == {
        "lead": [200] * 6, "assistant": [200] * 6, "third_officer": [403] * 5 + [200],
        "squad_leader": [403] * 5 + [200], "outsider": [404] * 6, "reviewer": [403] * 5 + [200],
    }  # fmt: skip


def test_the_record_is_kept_with_photos_copies_and_signature(scene: Scene) -> None:
    row = started_filing(scene, subject())
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        assert client.post(page(row, "filing-finish"), record(scene)).status_code == 303
        row.refresh_from_db()
        kept = row.photos.select_related("file").get()
        copy = client.get(page(row, "filing-photo", 0))
        original = client.get(page(row, "filing-photo", 0) + "?original=1")
        bytes_of = [b"".join(one.streaming_content) for one in (copy, original)]  # type: ignore[attr-defined]
        assert len(bytes_of[1]) == kept.file.size  # untouched
        assert bytes_of[0] != bytes_of[1]
        signed = row.signatures.get().signature
        shown = client.get(page(row, "filing-signature", signed.reference))
        assert shown["Content-Type"] == "image/png"
        assert b"".join(shown.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
        assert client.get(page(row, "filing-signature", "0" * 10)).status_code == 404
        assert client.get(page(row, "filing-photo", 7)).status_code == 404
    assert (kept.point.no, kept.place, kept.taken_at) == ("1", row.subject.address, AT)  # type: ignore[union-attr]
    assert (signed.role, signed.signer_name, row.order.what) == ("party", "示例厂长", "配齐苫布")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.jpg", b"", "0 字节"),
        ("big.jpg", b"\xff\xd8\xff" + b"0" * (60 * 1024 * 1024), "60 MB，超过 25 MB"),
        ("note.txt", b"hello", "只收照片"),
        ("broken.jpg", b"\xff\xd8\xff\xe0broken", "打不开"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(scene: Scene, name: str, content: bytes, words: str) -> None:
    row = started_filing(scene, subject())
    bad = SimpleUploadedFile(name, content, "image/jpeg")
    with time_machine.travel(AT, tick=False):
        response = client_of(scene.cast.lead).post(
            page(row, "filing-finish"), record(scene, **{f"point_{scene.matter.pk}_1_photos": [bad]})
        )
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text
    assert "两辆货车未苫盖" in text  # nothing typed is lost
    assert not StoredFile.objects.filter(original_name=name).exists()


def test_a_heic_photo_is_kept_and_says_that_it_has_no_copy(scene: Scene) -> None:
    row = started_filing(scene, subject())
    boxes = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x08meta"
    heic = SimpleUploadedFile("IMG_1.heic", boxes, "image/heic")
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        sent = record(scene, **{f"point_{scene.matter.pk}_1_photos": [heic]})
        assert client.post(page(row, "filing-finish"), sent).status_code == 303
        assert "这种格式不能生成副本，原图已存好" in client.get(page(row, "mobile-filing")).content.decode()


def test_a_photo_without_its_own_place_is_said_to_have_none(scene: Scene) -> None:
    row = started_filing(scene, subject())
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        client.post(page(row, "filing-finish"), record(scene))
        assert "照片没有自带位置" in client.get(page(row, "mobile-filing")).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"party_signature": '{"w":320,"h":200,"strokes":[[[5,5,0]]]}'}, "签名太简单"),
        ({"party_signature": ""}, "还没有被检查人的签名"),
        ({"party_signature": "{"}, "签名没有传完整"),
        ({"signing": "refused"}, "请写明情况，并请见证人签名"),
        ({"order_due": "2026-02-30"}, "日历上没有"),
        ({"order_due": ""}, "最晚哪一天"),
        ({"latitude": "nan", "located": "given"}, "开始检查"),
    ],
)
def test_bad_input_is_refused_in_words(scene: Scene, changed: dict[str, str], words: str) -> None:
    row = started_filing(scene, subject())
    with time_machine.travel(AT, tick=False):
        response = client_of(scene.cast.lead).post(page(row, "filing-finish"), record(scene, **changed))
    row.refresh_from_db()
    if "latitude" in changed:  # a place that is none is no obstacle
        assert response.status_code in (303, 422)
        return
    assert response.status_code == 422
    assert words in response.content.decode()
    assert row.state == FilingState.STARTED


def test_a_paper_scan_signs_too_and_no_signature_stays_in_a_draft(scene: Scene) -> None:
    row = started_filing(scene, subject())
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        client.post(page(row, "filing-finish"), record(scene, findings=""))
        assert "strokes" not in Draft.objects.get().payload
        paper = SimpleUploadedFile("paper.jpg", picture().read(), "image/jpeg")
        sent = record(scene, party_signature="", party_paper=paper)
        assert client.post(page(row, "filing-finish"), sent).status_code == 303
    row.refresh_from_db()
    assert row.signatures.get().signature.how == "paper"


def test_the_officer_signs_by_password(scene: Scene) -> None:
    row = finished_filing(scene, subject())
    client = client_of(scene.cast.assistant)
    shown = client.get(page(row, "filing-sign"))
    digest = shown.context["form"]["digest"].value()
    wrong = client.post(page(row, "filing-sign"), {"password": "x", "digest": digest})
    assert "口令不对" in wrong.content.decode()
    nothing = client.post(page(row, "filing-sign"), {"digest": digest})
    assert "请输入自己的口令，或者手写签名" in nothing.content.decode()
    stale = client.post(page(row, "filing-sign"), {"password": PASSWORD, "digest": "0" * 64})
    assert "不一样了" in stale.content.decode()
    assert client.post(page(row, "filing-sign"), {"password": PASSWORD, "digest": digest}).status_code == 303
    assert row.signatures.filter(signature__user=scene.cast.assistant).count() == 1


def test_a_recheck_is_prefilled_in_one_step(scene: Scene) -> None:
    row = started_filing(scene, subject())
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        client.post(page(row, "filing-finish"), record(scene))
    with time_machine.travel(AT + timedelta(days=6), tick=False):
        assert "复查整改情况" in client.get(reverse("desk")).content.decode()
        form = client.get(page(row, "filing-recheck")).context["form"]
        found = {name: form[name].value() for name in ("subject", "source", "source_note", "lead", "form", "method")}
        sent = {
            **found, "second": scene.cast.assistant.pk, "matters": [scene.matter.pk], "category": "02",
            "why_on_site": form["why_on_site"].value(), "notice_mode": "ahead", "window_from": "2026-03-11 09:00",
            "window_to": "2026-03-11 17:00",
        }  # fmt: skip
        assert client.post(page(row, "filing-recheck"), sent).status_code == 303
        again = InspectionFiling.objects.exclude(pk=row.pk).get()
        refused = client.get(page(row, "filing-recheck"))
        assert "复查已经报备" in refused.content.decode()
    assert (again.source, again.source_note, again.subject) == ("recheck", row.filing_no, row.subject)


# --- the certificate's pages ---


def test_the_public_certificate_is_the_same_404_for_everything_else(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        assert "生成今天的电子证件" in client.get(page(row, "filing-certificate")).content.decode()
        client.post(page(row, "filing-certificate"))
        own = client.get(page(row, "filing-certificate"))
        token = CertificatePass.objects.get().token
        shown = Client().get(f"/c/{token}")
        unknown = Client().get("/c/unknown-token")
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        old = Client().get(f"/c/{token}")
    text = shown.content.decode()
    assert own.context["card"].mark in text
    for words in ("示例甲", "JL-lead", f"/v/{row.token}"):
        assert words in text
    assert not shown.cookies
    assert shown["Cache-Control"] == "no-store"
    assert int(own["X-Field-Expires"]) == 1772640000  # midnight of 4 March 2026 in Shanghai
    bodies = [one.content.decode().split("<main")[1].split("服务器时间")[0] for one in (unknown, old)]
    assert (unknown.status_code, old.status_code, bodies[0] == bodies[1]) == (404, 404, True)


def test_the_word_of_the_card_is_the_public_pages(scene: Scene) -> None:
    client = client_of(scene.cast.lead)
    with time_machine.travel(AT, tick=False):
        assert client.get(reverse("certificate-word")).status_code == 404
        client.post(reverse("certificate-mine"))
        said = client.get(reverse("certificate-word")).json()
        assert f">{said['word']}<" in Client().get(f"/c/{CertificatePass.objects.get().token}").content.decode()
        assert 0 < said["seconds"] <= 60
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        assert client.get(reverse("certificate-word")).json()["word"] != said["word"]


def test_an_officers_photo_is_shown_small_and_without_its_data(scene: Scene) -> None:
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (900, 1200), "grey").save(content, "JPEG", exif=exif)
    leader = client_of(scene.cast.squad_leader)
    url = reverse("officer-photo", args=[scene.cast.lead.staff_number])
    sent = {"photo": SimpleUploadedFile("me.jpg", content.getvalue(), "image/jpeg")}
    assert "还没有名录资料" in leader.post(url, sent).content.decode()
    OfficerProfile.objects.create(user=scene.cast.lead, staff_type="established", updated_at=AT)
    sent = {"photo": SimpleUploadedFile("me.jpg", content.getvalue(), "image/jpeg")}
    assert leader.post(url, sent).status_code == 303
    assert client_of(scene.cast.lead).get(url).status_code == 403
    with time_machine.travel(AT, tick=False):
        given = issue_pass(by=scene.cast.lead)
        shown = Client().get(f"/c/{given.token}").content.decode()
    assert "data:image/jpeg;base64," in shown
    profile = OfficerProfile.objects.get()
    assert profile.photo is not None
    assert profile.photo.derivative_path
    with Image.open(path_of(profile.photo.derivative_path)) as copy:
        assert (copy.size, dict(copy.getexif())) == ((360, 480), {})
