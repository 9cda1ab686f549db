"""The PDF door: same bytes for the same data, only expected fonts, every character drawn or the document refused."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from lishu_law.pdf import fonts, machine, structure
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import RenderedPdf, render

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)
needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
needs_rare = pytest.mark.skipif(
    fonts.RARE in fonts.missing_families(settings.FONT_DIR), reason="BabelStone Han missing"
)


def page(body: str, *, draft: bool = False) -> str:
    root = '<html lang="zh-CN" class="draft">' if draft else '<html lang="zh-CN">'
    return f'<!doctype html>{root}<head><meta charset="utf-8"></head><body>{body}</body></html>'


def drawn(body: str, **options: object) -> RenderedPdf:
    return render(page(body), title="测试", number=None, at=AT, **options)  # type: ignore[arg-type]


@needs_pango
def test_same_arguments_give_same_bytes() -> None:
    first, second = drawn("<p>梨树县</p>"), drawn("<p>梨树县</p>")
    assert first.content == second.content
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert drawn("<p>梨树镇</p>").sha256 != first.sha256


@needs_pango
def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    code = (
        "import django; django.setup(); from datetime import UTC, datetime; from lishu_law.pdf.render import render;"
        f"r = render({page('<p>梨树县𠮷</p><b>1</b>')!r}, title='测试', number=None,"
        " at=datetime(2026, 3, 19, 2, 0, tzinfo=UTC)); print(r.sha256)"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "lishu_law.settings", "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert seen == {drawn("<p>梨树县𠮷</p><b>1</b>").sha256}


@needs_pango
def test_the_creation_date_is_the_sealing_moment() -> None:
    with pikepdf.open(io.BytesIO(drawn("<p>一</p>").content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260319020000Z"
        assert str(pdf.docinfo["/Title"]) == "测试"
        assert b'pdfaid:part="3"' in pdf.Root.Metadata.read_bytes()


@needs_pango
def test_threads_do_not_disturb_each_other() -> None:
    bodies = [f"<p>第{number}份</p>" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = [result.sha256 for result in pool.map(drawn, bodies)]
    assert together == [drawn(body).sha256 for body in bodies]


@needs_pango
@needs_rare
@pytest.mark.parametrize("text", ["𠮷䶮", "垚喆堃", "㼆\u9fb4𫖯𬸚", "\U0002a6a5", "\U00031350"], ids=ascii)
def test_rare_characters_are_drawn(text: str) -> None:
    result = drawn(f"<p>当事人：{text}</p>")
    assert text in structure.text_of(result.content)


@needs_pango
@pytest.mark.parametrize(
    ("character", "name"),
    [("\U000f0001", r"U\+F0001"), ("\U0001fae0", "\U0001fae0"), ("\u0e01\u0e33", "\u0e01")],
    ids=ascii,
)
def test_a_character_no_expected_font_has_is_named_and_nothing_made(character: str, name: str) -> None:
    with pytest.raises(PdfError, match=name):
        drawn(f"<p>姓名{character}</p>")


@needs_pango
def test_the_number_must_be_in_the_text_layer() -> None:
    body = "<p>吉梨交罚〔2026〕<b>0001号</b></p>"
    assert render(page(body), title="测试", number="吉梨交罚〔2026〕0001号", at=AT).pages == 1
    with pytest.raises(PdfError, match="0002号"):
        render(page(body), title="测试", number="吉梨交罚〔2026〕0002号", at=AT)


@needs_pango
def test_a_page_reads_as_its_paragraphs() -> None:
    """What is shown to whoever signs: a full line goes on in the next, figures or not, and the foot stands apart."""
    figures = "2026年12月31日23时59分至2027年1月1日0时01分在测试路123号" * 2
    words = "当事人陈述当时货物没有盖好知道应当盖" * 9
    pages = structure.pages_of(drawn(f"<p>{figures}</p><p>{words}</p>" * 12).content)
    assert len(pages) > 1
    told = [line for page in pages for line in page.split("\n")]
    assert told.count(words) >= 10  # all but those that run over to the next page
    assert [line for line in told if line.startswith("第") and line.endswith("页")] == [
        f"第 {page} 页　共 {len(pages)} 页" for page in range(1, len(pages) + 1)
    ]


@needs_pango
def test_draft_mark_stands_on_every_page_of_drafts_only() -> None:
    body = "<p>一</p><p style='break-before: page'>二</p>"
    draft = render(page(body, draft=True), title="测试", number=None, at=AT, draft=True)
    assert [text.count("草稿") for text in structure.text_of(draft.content).split("\f")] == [1, 1]
    assert "草稿" not in structure.text_of(drawn(body).content)


@needs_pango
@pytest.mark.parametrize("marked", [True, False])
def test_draft_flag_and_document_must_agree(marked: bool) -> None:
    with pytest.raises(PdfError, match="草稿"):
        render(page("<p>一</p>", draft=marked), title="测试", number=None, at=AT, draft=not marked)


@needs_pango
def test_unexpected_fonts_are_refused() -> None:
    with pytest.raises(PdfError, match="名单以外"):
        drawn("<p style=\"font-family: 'DejaVu Sans', 'Liberation Sans'\">abc</p>")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/ABCDEF+Noto-Serif-CJK-SC-Bold", True),
        ("/ABCDEF+FandolFang", True),
        ("/ABCDEF+Noto-Serif-CJK-JP", False),
        ("/ABCDEF+FandolFangs", False),
        ("/ABCDEF+DejaVu-Sans", False),
    ],
)
def test_expected_font_names(name: str, expected: bool) -> None:
    assert fonts.is_expected(name) is expected


def test_without_pango_the_site_starts_and_a_pdf_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import django; django.setup()\n"
        "from datetime import UTC, datetime\nfrom lishu_law.pdf.errors import PdfError\n"
        "from lishu_law.pdf.render import render\n"
        "try: render('', title='', number=None, at=datetime(2026, 1, 1, tzinfo=UTC))\n"
        "except PdfError as error: print(error.message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "lishu_law.settings"},
    )  # fmt: skip
    assert "apt-get install" in done.stdout
    assert "libpango-1.0-0" in done.stdout
