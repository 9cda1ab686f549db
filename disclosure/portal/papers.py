"""The public check of documents: upload the file, scan the code in the foot, or type number and 核验码.

No sign-in, no cookie, no session, so there is no CSRF token to check. An uploaded file stays in memory, is never parsed
unless it is byte for byte ours, and is gone with the answer (ADR 48).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.queries.papers import Answer, Verdict, answer_for_code, answer_for_file, answer_for_number
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.documents.codes import CODE, SHORT
from lishu_law.web.fields import ShortTextField
from lishu_law.web.rate_limits import limited
from lishu_law.web.wording import reword

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
AROUND_A_FILE = 64 * 1024  # what a form adds to the file it sends
PDF_STARTS, SEARCHED = b"%PDF-", 1024
TITLES = {
    Verdict.GENUINE: "这份文书是真的",
    Verdict.ALTERED: "这个文件被改动过",
    Verdict.UNKNOWN: "查不到这份文书",
}
KINDS = {Verdict.GENUINE: "genuine", Verdict.WITHDRAWN: "finished"}


class InMemoryOnly(MemoryFileUploadHandler):
    """Takes a file up to the limit into memory and drops whatever is larger: nothing of it reaches a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """The view has refused larger bodies already."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) <= MOST_BYTES:
            self.file.write(raw_data)
        return None


class FileForm(forms.Form):
    """The electronic document."""

    file = forms.FileField(
        label="电子文书（PDF）", help_text=f"请用最初收到的文件，不超过 {MOST_BYTES // MEGABYTE} MB。文件只用来核对，不保存。",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )  # fmt: skip

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(
                f"文件超过 {MOST_BYTES // MEGABYTE} MB，不会是本机关出的文书。请选择最初收到的文件。"
            )
        content: bytes = sent.read()
        if PDF_STARTS not in content[:SEARCHED]:
            raise forms.ValidationError("这不是 PDF 文件。照片和扫描件请扫文书下方的二维码，或者输入编号和核验码。")
        return content


class ShortCodeField(ShortTextField):
    """核验码: eight characters; spaces and capitals do not matter."""

    def parse(self, text: str) -> str:
        letters = "".join(one for one in super().parse(text).lower() if one.isalnum())
        if len(letters) != SHORT or not letters.isascii():
            raise forms.ValidationError("核验码是 8 位小写字母和数字，印在文书左下角二维码旁边。")
        return letters


class NumberForm(forms.Form):
    """What stands on the paper."""

    number = ShortTextField(label="文书编号", most=60, help_text="文号、案号或者备案号，照文书上的写。")
    code = ShortCodeField(label="核验码", help_text="文书左下角二维码旁边的 8 位字母和数字。")


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def check_paper(request: HttpRequest) -> HttpResponse:
    """The page with both forms, and the answer to what was sent."""
    if request.method != "POST":
        return _forms(request, FileForm(), NumberForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + AROUND_A_FILE:
        return _forms(request, _too_big(), NumberForm(), status=413)
    request.upload_handlers = [InMemoryOnly(request)]
    if "number" in request.POST:
        typed = NumberForm(request.POST)
        reword(typed)
        if not typed.is_valid():
            return _forms(request, FileForm(), typed, status=422)
        return _said(request, answer_for_number(typed.cleaned_data["number"], typed.cleaned_data["code"]), "number")
    sent = FileForm(request.POST, request.FILES)
    reword(sent)
    if not sent.is_valid():
        return _forms(request, sent, NumberForm(), status=422)
    return _said(request, answer_for_file(sent.cleaned_data["file"]), "file")


@public
@require_safe
@limited
def scanned_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the QR code: the same answer for every code that is not known."""
    return _said(request, answer_for_code(token) if CODE.fullmatch(token) else Answer(Verdict.UNKNOWN), "code")


def _too_big() -> FileForm:
    form = FileForm(QueryDict(), MultiValueDict())
    form.errors["file"] = form.error_class([f"文件超过 {MOST_BYTES // MEGABYTE} MB，没有接收。请选择最初收到的文件。"])
    return form


def _forms(request: HttpRequest, by_file: FileForm, by_number: NumberForm, status: int = 200) -> HttpResponse:
    faulty = next((one for one in (by_file, by_number) if one.is_bound), None)
    context = {
        "title": "查文书真伪",
        "file": by_file,
        "number": by_number,
        "faulty": faulty,
        "has_errors": bool(faulty),
    }
    return _quiet(render(request, "portal/check_paper.html", context, status=status))


def _said(request: HttpRequest, answer: Answer, way: str) -> HttpResponse:
    """One large line, what to do next, what to compare; nothing is kept, and an unknown code counts as a guess."""
    paper = answer.paper
    context = {
        "title": TITLES.get(answer.verdict) or _fallen_title(answer),
        "kind": KINDS.get(answer.verdict, "unknown"),
        "verdict": answer.verdict.value,
        "paper": paper,
        "way": way,
        "now": clock.now(),
    }
    status = 404 if answer.verdict == Verdict.UNKNOWN else 200
    return _quiet(render(request, "portal/paper_answer.html", context, status=status))


def _fallen_title(answer: Answer) -> str:
    paper = answer.paper
    if paper is None or paper.is_fallen_itself:
        return f"这份文书已被{paper.fallen_words if paper else '撤销'}"
    return f"这份文书涉及的处罚决定已被{paper.fallen_words}"


def _quiet(response: HttpResponse) -> HttpResponse:
    """Kept nowhere: no cache, no search engine, no address handed on, no line in the log of refused requests."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
