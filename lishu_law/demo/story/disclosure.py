"""Published by the checker, seen by anybody without signing in, taken and acknowledged by the exchange."""

from __future__ import annotations

import json

from lishu_law.demo.story.browser import Browser
from lishu_law.demo.story.journey import Journey
from lishu_law.demo.story.page import Page, PageError


def publish(story: Journey) -> None:
    """The draft came by itself; the checker compares, ticks every mask and publishes. An officer may not."""
    checker = story.person("checker")

    def draft() -> str | None:
        page = checker.get("/disclosure/")
        return next((url for words, url in page.links() if words == story.decision_no), None)

    checker.get(story.wait_for("the draft of the public record", draft))
    story.record_url = checker.page.url
    officer = story.person("lead")
    officer.get(f"{story.record_url}publish/", expect=403)
    story.refusals += 1
    checker.follow("审核并公示")
    form = checker.page.form("审核并公示")
    masks = form.controls.get("masks")
    if masks is not None:
        form.fill({"masks": list(masks.offered)})
    story.do(checker, "审核并公示", {"masks": list(masks.offered)} if masks else {}, "已经公示")


def see_in_public(story: Journey) -> None:
    """Found on the list, by the company's name and by the number; the record shows what was decided, nothing more."""
    anybody = Browser(story.public_url)
    anybody.get("/")
    anybody.follow("查处罚决定")
    listed = anybody.page
    for words in (story.business.name, story.decision_no):
        form = next(one for one in listed.forms() if "q" in one.controls and one.buttons[0].text == "查询")
        anybody.page = listed
        anybody.submit(form.fill({"q": words})).expect("共 1 件", story.decision_no)
    page = anybody.follow(story.business.name)
    page.expect(story.business.name, story.decision_no, "1000", "裁量")
    _hides(page, story)
    story.note("公示地址", page.url)
    data = json.loads(anybody.download(page.link("JSON")).content)
    if data["content"]["number"] != story.decision_no:
        raise PageError(page, f"the JSON is about {data['content']['number']}")
    if "sid" in anybody.cookies:
        raise PageError(page, "the public site opened a session")


def _hides(page: Page, story: Journey) -> None:
    """Nothing of a natural person, no plate, no phone stands in public (masking, whitelist)."""
    firm, shown = story.business, page.content.decode()
    secret = (
        firm.representative,
        firm.driver,
        firm.driver_id,
        firm.representative_id,
        firm.phone,
        firm.plate,
        firm.address,
    )
    found = [text for text in secret if text in shown]
    if found:
        raise PageError(page, f"the public page shows {found}")


def wait_for_receipt(story: Journey) -> None:
    """On the record's page the push is acknowledged; the exchange's own page shows the record on display."""
    checker = story.person("checker")

    def receipt() -> str | None:
        page = checker.get(story.record_url)
        lines = [node.text for node in page.dom.find_all("li") if "回执号" in node.text or "退回" in node.text]
        if any("退回" in line or "人工处理" in line for line in lines):
            raise PageError(page, lines[0])
        return next((line for line in lines if "已确认" in line), None)

    line = story.wait_for("the receipt of the exchange", receipt)
    number = line.split("回执号", 1)[1].split("，")[0].strip()
    story.note("回执号", number)
    checker.follow("推送")
    checker.follow("已确认").expect(story.decision_no, number)
    if not story.mock_url:
        return
    exchange = Browser(story.mock_url)

    def on_display() -> Page | None:
        page = exchange.get("/")
        rows = [row for row in page.dom.find_all("tr") if story.decision_no in row.text and number in row.text]
        return page if rows and rows[0].find("span", _class="status published") is not None else None

    story.wait_for("公示中 on the exchange's page", on_display)
    exchange.follow(number).expect(story.decision_no, story.business.name, "公示中")
    story.note("平台记录", exchange.page.url)
