"""A person at a browser: cookies, links, forms, redirects. Nothing is sent that a page did not offer."""

from __future__ import annotations

import http.client
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from lishu_law.demo.story.forms import Form
from lishu_law.demo.story.page import Page, PageError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 10
TIMEOUT = 120.0


class Browser:
    """One person's browser at one site."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.cookies: dict[str, str] = {}
        self.page = Page("", self.base_url, 0, {}, b"")

    def get(self, url: str, *, expect: int = 200) -> Page:
        """Open an address (a link of a page, or a path typed by hand). Raises ``PageError`` for another status."""
        return self._settle(self._follow("GET", urljoin(f"{self.base_url}/", url)), expect)

    def follow(self, words: str, *, expect: int = 200) -> Page:
        """Click the link with these words on the page shown."""
        return self.get(self.page.link(words), expect=expect)

    def submit(self, form: Form, button: str | None = None, *, expect: int = 200) -> Page:
        """Press a button of a form. A 422 raises ``PageError`` with the page's errors unless it is expected."""
        if form.method == "get":
            parts = urlsplit(form.target)
            return self.get(parts._replace(query=urlencode(form.pairs(button))).geturl(), expect=expect)
        body, content_type = form.body(button)
        headers = {"Content-Type": content_type, "Referer": form.page_url, "Origin": self.base_url}
        return self._settle(self._follow("POST", form.target, body, headers), expect)

    def download(self, url: str) -> Page:
        """Fetch a file without leaving the page shown."""
        found = self._follow("GET", urljoin(self.page.url, url))
        if found.status != 200:
            raise PageError(found)
        return found

    def _settle(self, page: Page, expect: int) -> Page:
        self.page = page
        if page.status != expect:
            raise PageError(page, f"expected {expect}" if expect != 200 else "")
        return page

    def _follow(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Page:
        sent = method
        for _turn in range(MOST_REDIRECTS):
            status, answered, content = self._send(method, url, body, headers or {})
            if status not in REDIRECTS:
                return Page(sent, url, status, answered, content)
            url = urljoin(url, answered.get("location", ""))
            if status not in {307, 308}:
                method, body, headers = "GET", b"", {}
        raise PageError(Page(sent, url, status, answered, content), "too many redirects")

    def _send(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        own = {"Accept": "text/html,*/*", "Accept-Language": "zh-CN", **headers}
        if self.cookies and parts.netloc == urlsplit(self.base_url).netloc:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = kind(parts.netloc, timeout=TIMEOUT)
        try:
            connection.request(method, path, body or None, own)
            answer = connection.getresponse()
            content = answer.read()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, content

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
