"""A phone as the server sees it: its key, its counter, its clock, and the items it sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inspections.envelope import content_digest
from lishu_law.web.uploads.pieces import PIECE


@dataclass
class Phone:
    """Signs and sends like ``static/js/field/queue.js``. ``drift``: how far its clock runs ahead."""

    client: Client
    drift: timedelta = timedelta(0)
    device: str = field(default_factory=lambda: secrets.token_hex(16))
    key_id: str = ""
    secret: str = ""
    counter: int = 0

    def fetch_key(self) -> dict[str, Any]:
        given = self.client.post("/m/queue/send/key/", {"device": self.device}).json()
        self.key_id, self.secret = given["key_id"], given["secret"]
        return given

    def write(self, path: str, fields: dict[str, Any], at: datetime, **changed: Any) -> dict[str, Any]:
        """One item, written at the true time ``at``; the phone notes its own time."""
        self.counter += 1
        item = {
            "id": secrets.token_hex(16), "path": path, "title": "记录一次检查", "created_at": at + self.drift,
            "counter": self.counter, "key_id": self.key_id, "offline": True, "fields": fields,
        }  # fmt: skip
        return {**item, **changed}

    def send_pieces(self, content: bytes, name: str = "IMG_1.jpg", *, start: int = 0, most: int = 99) -> Any:
        """A large file piece by piece, as ``static/js/field/pieces.js`` does it; the last answer."""
        said = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "name": name}
        answer, here = self._piece(said, b""), start
        for _number in range(most):
            if answer.status_code != 200 or here >= len(content):
                return answer
            body = content[here : here + PIECE]
            answer = self._piece({**said, "offset": here, "sum": hashlib.sha256(body).hexdigest()}, body)
            here = answer.json().get("have", here)
        return answer

    def _piece(self, said: dict[str, Any], body: bytes) -> Any:
        url = f"/m/queue/send/piece/?{urlencode(said)}"
        return self.client.post(url, body, content_type="application/octet-stream")

    def send(
        self, item: dict[str, Any], at: datetime, *, altered: dict[str, str] | None = None, in_pieces: bool = False
    ) -> Any:
        """The answer to one item, sent at the true time ``at``; ``altered`` words differ from what was signed.

        ``in_pieces``: the files came before, the form only names them.
        """
        fields = {name: value for name, value in item["fields"].items() if not isinstance(value, SimpleUploadedFile)}
        files = {name: value for name, value in item["fields"].items() if isinstance(value, SimpleUploadedFile)}
        texts = {name: [str(value)] for name, value in {**fields, "op_id": item["id"]}.items()}
        digests = [(name, hashlib.sha256(_bytes(file)).hexdigest()) for name, file in sorted(files.items())]
        created = item["created_at"]
        words = (item["id"], item["path"], str(round(created.timestamp() * 1000)), str(item["counter"]))
        text = "\n".join((*words, content_digest(texts, digests)))
        mac = hmac.new(base64.b64decode(self.secret), text.encode(), hashlib.sha256).hexdigest() if self.secret else ""
        said = {
            **{name: value for name, value in item.items() if name != "fields"}, "mac": mac,
            "created_at": created.isoformat(), "sent_at": (at + self.drift).isoformat(),
        }  # fmt: skip
        header = base64.b64encode(json.dumps(said).encode()).decode()
        data = {**fields, **({} if in_pieces else files), "op_id": item["id"], **(altered or {})}
        if in_pieces:
            data["_pieces"] = [json.dumps({"field": name, "sha256": digest}) for name, digest in digests]
        return self.client.post("/m/queue/send/", data, headers={"X-Queue-Envelope": header})


def _bytes(file: SimpleUploadedFile) -> bytes:
    file.seek(0)
    content = file.read()
    file.seek(0)
    return content
