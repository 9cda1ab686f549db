"""What axe finds on the page as it stands, told shortly. Its script is put into a document once, however often it judges."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What a change of size and colours alone can break. That the ways of reading change nothing else is proved by
# tests/web/test_front_end_files.py::test_ways_of_reading_change_sizes_and_colours_only.
BY_STYLE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "css-orientation-lock", "skip-link")
_SCRIPT = Axe().axe_script
_RUN = "(options) => axe.run(document, options).then((found) => found.violations)"


def axe_faults(page: Page, *, is_restyled: bool = False) -> list[str]:
    """Every violation with the place of the first one. ``is_restyled``: this very document was judged whole before, and
    only its way of reading was changed since."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if is_restyled:
        options["runOnly"] = {"type": "rule", "values": list(BY_STYLE)}
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_SCRIPT)
    found = page.evaluate(_RUN, options)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
