"""Performance, payment, closing and the archive; then every sealed document is fetched and read."""

from __future__ import annotations

import io
from functools import partial

import pikepdf

from lishu_law.demo.story import facts
from lishu_law.demo.story.forms import Typed
from lishu_law.demo.story.inquiry import AGREED
from lishu_law.demo.story.journey import Journey
from lishu_law.demo.story.page import Page, PageError
from lishu_law.pdf.structure import text_of


def verify_duties(story: Journey) -> None:
    """The corrective order is looked at again: without that the decision is not performed."""
    entries: dict[str, Typed] = {
        "duties": ["责令改正"],
        "verified_on": f"{story.now():%Y-%m-%d}",
        "note": "现场复查，车辆已加盖苫布。",
    }
    story.do(story.task("lead", "核实其他义务履行情况"), "登记核实情况", entries, "履行情况已登记")


def pay(story: Journey) -> None:
    entries: dict[str, Typed] = {
        "receipt_no": f"2200{story.now():%m%d%H%M}",
        "amount": facts.AMOUNT,
        "paid_on": f"{story.now():%Y-%m-%d}",
        "proof": facts.photo("receipt", 230),
    }
    story.do(story.task("lead", "登记缴款"), "登记缴款", entries, "缴款已登记")


def close(story: Journey) -> None:
    story.do(story.task("lead", "提请结案"), "提请结案", {}, "已提交结案审批")
    endorsed = {**AGREED, "opinion": "处罚决定已执行完毕，同意结案。"}
    story.do(story.waiting("squad_leader", "签署结案意见"), "签署意见", endorsed, "结案意见已签署")
    approved = {**AGREED, "opinion": "同意结案。"}
    story.do(story.waiting("deputy", "审批结案"), "签署审批意见", approved, "结案审批已签署")
    story.do(story.waiting("archivist", "归档"), "确认归档", {}, "案卷已归档")
    story.case_page().expect("已归档", "本案已经全部办完")


def read_documents(story: Journey) -> int:
    """Every document of the case: its page, its PDF, its pages, the party or the number in its text."""
    found = story.documents()
    for title, address in found:
        page = story.wait_for(f"the PDF of {title}", partial(_finished, story, address))
        pdf = story.person("lead").download(page.link("打开或打印"))
        pages = _check(story, title, pdf)
        story.note(title, f"{pages} 页，{len(pdf.content) / 1024:.0f} KB")
    return len(found)


def _finished(story: Journey, address: str) -> Page | None:
    page = story.person("lead").get(address)
    state = page.dom.find(id="document-state")
    if state is None or state.attrs.get("data-state") == "failed":
        raise PageError(page, "the document was not made")
    return page if state.attrs.get("data-state") == "done" else None


def _check(story: Journey, title: str, pdf: Page) -> int:
    if not pdf.content.startswith(b"%PDF"):
        raise PageError(pdf, f"{title} is not a PDF")
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        pages = len(opened.pages)
    text = "".join(text_of(pdf.content).split())
    missing = [number for number in title.split(" ")[1:] if number not in text]
    if not any(words in text for words in (story.business.name, story.label)):
        missing.append(f"{story.business.name} or {story.label}")
    if missing:
        raise PageError(pdf, f"{title} does not say {'、'.join(missing)}")
    return pages
