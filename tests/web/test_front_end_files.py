"""What no template, style sheet or script may hold: inline code, stray colours, syntax newer than Chromium 90."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = sorted(
    path for path in Path(settings.ROOT, "templates").rglob("*.html") if "documents" not in path.parts
) + sorted(Path(settings.ROOT, "static").rglob("*.html"))
STYLES = sorted(Path(settings.ROOT, "static/css").glob("*.css"))
SCRIPTS = [
    *sorted(Path(settings.ROOT, "static/js").rglob("*.js")), Path(settings.ROOT, "templates/inspections/worker.js"),
]  # fmt: skip

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|\bhx-on|hx-vals=.js:", re.I
)
FOREIGN = re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.I)
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch)a?\(|:\s*(?:white|black|red|blue|green|yellow|gr[ae]y)\b", re.I
)
NEW_CSS = re.compile(r"@layer|@container|:has\(|color-mix\(|\bdvh\b|@property|@scope|@starting-style|(?m:^\s*&)")
# Later than Chrome 90 / Safari 15.4, or forbidden by the content policy.
NEW_SCRIPT = re.compile(
    r"structuredClone|\.at\(|randomUUID|Object\.hasOwn|AbortSignal\.(?:timeout|any)|\.findLast|\.toSorted|\.toReversed"
    r"|\.toSpliced|\.with\(|\.replaceChildren|popover|\binert\b|Object\.groupBy|Promise\.(?:any|withResolvers)"
    r"|showPicker|\.group\(|static\s*\{|#[a-z]\w*\s+in\s|\?\?=|\|\|=|&&=|\bawait\s+import|scheduler\."
    r"|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|localStorage|/v[;,)]",
)  # fmt: skip


def lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [f"{path.name}:{no}: {text}" for path in paths for no, text in lines(path) if pattern.search(text)]


def test_there_is_something_to_scan() -> None:
    assert len(TEMPLATES) > 30
    assert {path.name for path in STYLES} >= {"tokens.css", "site.css", "mobile.css"}
    assert {path.name for path in SCRIPTS} >= {"form.js", "draft.js", "upload.js"}


def test_no_inline_script_or_style_in_any_template() -> None:
    assert found(INLINE, TEMPLATES) == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert found(FOREIGN, TEMPLATES) == []
    assert found(re.compile(r"@import|url\("), STYLES) == []


@pytest.mark.parametrize("bad", ["<script>", '<p style="x">', "<a onclick='x'>", '<a href="javascript:x">', "<style>"])
def test_the_inline_scan_can_fail(bad: str) -> None:
    assert INLINE.search(bad)


def test_colours_stand_in_the_tokens_only() -> None:
    assert found(COLOUR, [path for path in STYLES if path.name != "tokens.css"]) == []


def test_styles_use_tokens_that_exist() -> None:
    text = {path.name: path.read_text(encoding="utf-8") for path in STYLES}
    known = set(re.findall(r"(--[\w-]+):", text["tokens.css"]))
    used = {name for source in text.values() for name in re.findall(r"var\((--[\w-]+)", source)}
    assert used - known == set()


def test_styles_and_scripts_run_in_chromium_90() -> None:
    assert found(NEW_CSS, STYLES) == []
    assert found(NEW_SCRIPT, SCRIPTS) == []


@pytest.mark.parametrize("bad", ["list.at(-1)", "crypto.randomUUID()", "a ??= b", "node.innerHTML = x"])
def test_the_script_scan_can_fail(bad: str) -> None:
    assert NEW_SCRIPT.search(bad)


def test_sizes() -> None:
    assert sum(path.stat().st_size for path in STYLES) <= 30 * 1024
    assert len(gzip.compress(b"".join(path.read_bytes() for path in STYLES))) <= 10 * 1024
    desk = [path for path in SCRIPTS if path.name in {"form.js", "draft.js", "upload.js"}]
    htmx = Path(str(finders.find("django_htmx/htmx-2.min.js")))
    assert sum(len(gzip.compress(path.read_bytes())) for path in [*desk, htmx]) <= 45 * 1024
    field = [path for path in SCRIPTS if path.parent.name == "field"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in field) <= 16 * 1024
    assert Path(settings.ROOT, "templates/inspections/worker.js").stat().st_size <= 8 * 1024
    assert Path(settings.ROOT, "static/img/icons.svg").stat().st_size <= 12 * 1024


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_templates_stay_small(path: Path) -> None:
    most = 40 if path.parent.name == "components" else 150
    assert len(lines(path)) <= most


def test_messages_of_pages_keep_the_tone() -> None:
    assert found(re.compile(r"非法|参数错误|操作失败|！"), TEMPLATES) == []


def test_ways_of_reading_change_sizes_and_colours_only() -> None:
    """大字版 and 高对比 show, hide and reorder nothing, so what axe says of structure holds in every way of reading."""
    declared = set()
    for path in STYLES:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if re.search(r"\.(?:big|contrast)\b", selector):
                declared |= {one.partition(":")[0].strip() for one in body.split(";") if one.strip()}
    own = {one for one in declared if one.startswith("--")}
    assert declared - own == {
        "border-color", "bottom", "font-size", "grid-template-columns", "margin-bottom", "min-height", "position",
        "text-decoration", "width",
    }  # fmt: skip
    assert own
