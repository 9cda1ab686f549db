"""What officers type and click in the tests of pages."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.inspections.scenes import COMPANY, STOP_AT, Scene

NOW = STOP_AT + timedelta(minutes=20)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(content, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", content.getvalue(), "image/jpeg")


def typed_check(scene: Scene, **changed: Any) -> dict[str, Any]:
    typed = {
        "at": "2026-03-02 23:02", "route": "G303", "stake": "K812+300", "direction": "上行", "township": "梨树镇",
        "is_in_county": "on", "stop_reason": "seen", "plate": "吉C12345", "vehicle_type": "重型半挂牵引车", "company_name": COMPANY.name,
        "company_uscc": COMPANY.uscc, "driver_name": "示例司机", "driver_phone": "13800000000", "driver_id_number": "",
        "matter": scene.matter.pk, "result": "finding", "item_code": "frt-scatter",
        "findings": "装载碎砖，未采取苫盖等必要措施，当场不能改正。", "measures": "已责令苫盖。",
        "photo_purpose": "证明货物未苫盖", "second_officer": scene.cast.assistant.pk,
    }  # fmt: skip
    return {**typed, **changed}


def typed_shift(scene: Scene, **changed: Any) -> dict[str, Any]:
    typed = {
        "lead": scene.cast.lead.pk, "second": scene.cast.assistant.pk, "planned_from": "2026-03-02 20:00",
        "planned_to": "2026-03-03 02:00", "vehicle": "吉C0001警", "recorder_no": "JLY-07", "route_1": "G303",
        "from_1": "K800+000", "to_1": "k830＋000", "township_1": "梨树镇",
    }  # fmt: skip
    return {**typed, **changed}
