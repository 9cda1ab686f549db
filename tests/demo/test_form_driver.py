"""The driver of the story does what a person could do at a browser, and refuses the rest."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from lishu_law.demo.story.browser import Browser
from lishu_law.demo.story.dom import parse
from lishu_law.demo.story.forms import Form, FormError, Upload
from lishu_law.demo.story.page import Page, PageError

FORM = """
<!doctype html><html><head><title>试验 - 梨树</title><script>if (a < b) { document.write("<p>看不见</p>") }</script></head>
<body><h1>登记 <b>线索</b></h1>
<form method="post" action="/send/?x=1" enctype="multipart/form-data">
  <input type="hidden" name="op_id" value="1&amp;2">
  <input name="title" value="旧的" maxlength="5"><input type="text" name="locked" value="不变" readonly>
  <input name="off" value="x" disabled>
  <textarea name="facts">
第一行
第二行</textarea>
  <select name="officer"><option value="">请选择<option value="7" selected>示例甲（A1）<option value="8">示例乙（A2）</select>
  <select name="plain"><option>上行</option><option>下行</option></select>
  <select name="many" multiple><option value="a" selected>甲</option><option value="b" selected>乙</option></select>
  <label><input type="radio" name="agree" value="yes"> 同意</label>
  <input type="radio" name="agree" value="no" id="no"><label for="no">退回</label>
  <label><input type="checkbox" name="shown"> 已出示</label>
  <label><input type="checkbox" name="tags" value="1" checked> 第一项</label>
  <label><input type="checkbox" name="tags" value="2"> 第二项</label>
  <input type="file" name="photo"><input type="file" name="photos" multiple>
  <button type="submit">提交<b>审批</b></button><button type="submit" name="_save" value="1">保存草稿</button>
  <button type="button" name="nothing">无</button>
</form>
<form action="/find/"><input name="q"><input type="submit" value="查询"></form>
</body></html>
"""


def page_of(html: str, status: int = 200) -> Page:
    return Page("GET", "http://127.0.0.1/cases/new/?a=1#top", status, {}, html.encode())


@pytest.fixture
def form() -> Form:
    return page_of(FORM).form("提交审批")


def test_unchanged_form_sends_what_stands_in_it(form: Form) -> None:
    assert form.pairs() == [
        ("op_id", "1&2"), ("title", "旧的"), ("locked", "不变"), ("facts", "第一行\r\n第二行"), ("officer", "7"),
        ("plain", "上行"), ("many", "a"), ("many", "b"), ("tags", "1"),
    ]  # fmt: skip
    assert form.target == "http://127.0.0.1/send/?x=1"
    assert form.method == "post"


def test_form_without_action_goes_to_its_own_page() -> None:
    assert (
        page_of("<form method=post><button>好</button></form>").form("好").target == "http://127.0.0.1/cases/new/?a=1"
    )


@pytest.mark.parametrize(
    ("name", "typed", "sent"),
    [
        ("title", "新的", ["新的"]),
        ("title", "", [""]),
        ("officer", "8", ["8"]),
        ("officer", "示例乙（A2）", ["8"]),
        ("officer", "示例乙", ["8"]),
        ("officer", "", [""]),
        ("plain", "下行", ["下行"]),
        ("many", ["b"], ["b"]),
        ("many", [], []),
        ("agree", "yes", ["yes"]),
        ("agree", "退回", ["no"]),
        ("shown", True, ["on"]),
        ("shown", False, []),
        ("tags", ["1", "第二项"], ["1", "2"]),
    ],
)
def test_a_field_is_filled_by_name(form: Form, name: str, typed: str | bool | list[str], sent: list[str]) -> None:
    form.fill({name: typed})
    assert [value for field, value in form.pairs() if field == name] == sent


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("unknown", "x", "no field"),
        ("off", "x", "no field"),
        ("nothing", "x", "no field"),
        ("op_id", "x", "hidden"),
        ("locked", "x", "locked"),
        ("title", "一二三四五六", "holds 5 characters"),
        ("title", True, "takes text"),
        ("officer", "9", "does not offer"),
        ("officer", "示例", "not only once"),
        ("agree", "maybe", "does not offer"),
        ("agree", ["yes", "no"], "one choice"),
        ("agree", True, "not a single tick"),
        ("tags", True, "not a single tick"),
        ("photo", "photo.jpg", "takes one file"),
        ("photo", [Upload("a", b"", ""), Upload("b", b"", "")], "takes one file"),
    ],
)
def test_what_no_person_could_do_is_refused(form: Form, name: str, typed: object, why: str) -> None:
    before = form.pairs()
    with pytest.raises(FormError, match=why):
        form.fill({name: typed})  # type: ignore[dict-item]
    assert form.pairs() == before


def test_buttons_send_their_own_name_only_when_pressed(form: Form) -> None:
    assert ("_save", "1") not in form.pairs("提交审批")
    assert form.pairs("保存草稿")[-1] == ("_save", "1")
    with pytest.raises(FormError, match="no button"):
        form.pairs("删除")


def test_multipart_carries_texts_and_files(form: Form) -> None:
    form.fill({"photos": [Upload('a"b.jpg', b"\xff\xd8\r\n--x", "image/jpeg"), Upload("二.jpg", b"2", "image/jpeg")]})
    body, content_type = form.body("提交审批")
    boundary = content_type.partition("boundary=")[2].encode()
    parts = body.split(b"--" + boundary)
    assert parts[-1] == b"--\r\n"
    assert sum(b'name="photos"' in part for part in parts) == 2
    assert b'filename="a%22b.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--x\r\n' in body
    assert 'filename="二.jpg"'.encode() in body
    assert b'name="photo"; filename=""' in body
    assert "\r\n\r\n第一行\r\n第二行\r\n".encode() in body


def test_tree_closes_what_authors_leave_open() -> None:
    page = parse("<ul><li>一<li>二 <b>三</b></ul><p>四<p>五<br>六<dl><dt>甲<dd>乙<dt>丙</dl></nothing>七")
    assert [node.text for node in page.find_all("li")] == ["一", "二 三"]
    assert [node.text for node in page.find_all("dt", "dd")] == ["甲", "乙", "丙"]
    assert "五 六" in page.text
    assert page.text.endswith("七")
    assert "看不见" not in page_of(FORM).text
    assert page_of(FORM).title == "登记 线索"


def test_links_are_found_by_exact_words_first() -> None:
    page = page_of('<a href="one/">裁量结果</a><a href="/two/">裁量</a><a name="x">裁量</a>')
    assert page.link("裁量") == "http://127.0.0.1/two/"
    assert page.link("结果") == "http://127.0.0.1/cases/new/one/"
    with pytest.raises(PageError, match="no link"):
        page.link("归档")


def test_errors_are_reasons_without_article_and_cure() -> None:
    summary = (
        '<main><div id="error-summary"><h2>有 2 处</h2><ul><li><a href="#id_x">请填写姓名。</a></li>'
        '<li>金额不对。<a class="cure" href="/y/">去处理</a><span class="cite">依据：某条</span></li></ul></div></main>'
    )
    assert page_of(summary, 422).errors == ["请填写姓名。", "金额不对。"]
    assert page_of("<main>没有找到</main>", 404).errors == ["没有找到"]
    assert page_of("<main>一切正常</main>").errors == []


class Site(http.server.BaseHTTPRequestHandler):
    """A site that signs in by cookie, redirects after a post, and refuses once."""

    seen: list[tuple[str, str, dict[str, str], str]] = []

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self) -> None:
        self.seen.append(("GET", self.path, dict(self.headers), ""))
        if self.path == "/form/":
            self.answer(
                200, '<form method="post"><input name="a"><button>好</button></form>', Set_Cookie="sid=s1; Path=/"
            )
        elif self.path == "/loop/":
            self.answer(302, Location="/loop/")
        else:
            self.answer(200, f"<h1>{self.path}</h1>", Set_Cookie='sid=""; Max-Age=0')

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen.append(("POST", self.path, dict(self.headers), body))
        if dict(parse_qsl(body)).get("a") == "错":
            self.answer(422, '<div id="error-summary"><ul><li>不对，请改。</li></ul></div>')
        else:
            self.answer(303, Location="../done/")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_browser_keeps_cookies_and_follows_a_post_to_its_result(site: str) -> None:
    browser = Browser(site)
    form = browser.get("/form/").form("好").fill({"a": "甲 乙&"})
    page = browser.submit(form)
    assert (page.method, page.url, page.title) == ("POST", f"{site}/done/", "/done/")
    methods = [(method, path) for method, path, _headers, _body in Site.seen]
    assert methods == [("GET", "/form/"), ("POST", "/form/"), ("GET", "/done/")]
    _method, _path, headers, body = Site.seen[1]
    assert dict(parse_qsl(body)) == {"a": "甲 乙&"}
    assert (headers["Cookie"], headers["Referer"]) == ("sid=s1", f"{site}/form/")
    assert browser.cookies == {}


def test_form_goes_to_its_page_even_after_another_was_opened(site: str) -> None:
    browser = Browser(site)
    form = browser.get("/form/").form("好")
    browser.get("/other/")
    browser.submit(form)
    assert [path for method, path, _headers, _body in Site.seen if method == "POST"] == ["/form/"]


def test_refused_form_raises_with_the_words_of_the_page(site: str) -> None:
    browser = Browser(site)
    form = browser.get("/form/").form("好").fill({"a": "错"})
    with pytest.raises(PageError) as caught:
        browser.submit(form)
    assert f"POST {site}/form/ → 422" in str(caught.value)
    assert "不对，请改。" in str(caught.value)
    assert browser.submit(form, expect=422).errors == ["不对，请改。"]


def test_endless_redirects_end(site: str) -> None:
    with pytest.raises(PageError, match="too many redirects"):
        Browser(site).get("/loop/")
