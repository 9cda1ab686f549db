"""From the notice to the served decision: the windows pass, and nothing goes before they have."""

from __future__ import annotations

from datetime import datetime, timedelta

from lishu_law.demo.people import PASSWORD
from lishu_law.demo.story import facts
from lishu_law.demo.story.forms import Typed
from lishu_law.demo.story.inquiry import AGREED
from lishu_law.demo.story.journey import MINUTE, Journey


def issue_notice(story: Journey) -> None:
    page = story.do(story.task("lead", "制作违法行为通知书"), "生成违法行为通知书", {}, "已定稿")
    page.expect("违法行为通知书")
    story.note("违法行为通知书", f"已定稿，案号 {story.label}")


def serve(story: Journey, title: str, done: str, moment: datetime) -> None:
    """Hand the document to the representative at the company."""
    story.clock_to(moment + timedelta(minutes=20))
    entries: dict[str, Typed] = {
        "method": "direct",
        "receiver_name": story.business.representative,
        "served_at": f"{moment:{MINUTE}}",
        "place": story.business.address,
        "second_server": facts.NAMES["assistant"],
        "proof": facts.photo("serving", 140),
    }
    story.do(story.task("lead", title), "登记送达", entries, done)


def hasten(story: Journey) -> None:
    """What may not be done before the window is over: say that nothing was said, and decide."""
    browser = story.task("lead", "记录陈述申辩")
    form = browser.page.form("保存记录").fill({"kind": "none"})
    story.refused(browser, form, "保存记录", "24 时届满", "不能记为")
    head = story.person("head")
    head.get(f"{story.case_url}approve-decision/").expect("决定审批")
    entries = {**AGREED, "opinion": "同意。", "password": PASSWORD}
    form = head.page.form("签署审批意见").fill(entries)
    story.refused(head, form, "签署审批意见", "陈述申辩期")


def defend(story: Journey) -> None:
    """The party writes, the officers review point by point; the review may not begin before the window is over."""
    entries: dict[str, Typed] = {"kind": "written", "content": facts.DEFENCE}
    story.do(story.task("lead", "记录陈述申辩"), "保存记录", entries, "陈述申辩情况已记录")
    points = len([line for line in facts.DEFENCE.splitlines() if line.strip()])
    answer: dict[str, Typed] = {f"adopted_{number}": "no" for number in range(1, points + 1)}
    answer |= {f"answer_{number}": facts.DEFENCE_REVIEW for number in range(1, points + 1)}
    story.do(story.task("lead", "复核陈述申辩"), "保存复核意见", answer, "复核意见已记录")
    officer = story.person("lead")
    officer.get(f"{story.case_url}request-review/")
    story.refused(officer, officer.page.form("提交法制审核"), "提交法制审核", "24 时才届满", "之前不能作出决定")


def review(story: Journey) -> None:
    """The legal reviewer goes through the list; the handler may not even open the page."""
    story.do(story.task("lead", "提交法制审核"), "提交法制审核", {}, "已提交法制审核")
    page = story.person("lead").get(f"{story.case_url}review/", expect=403)
    story.refusals += 1
    story.note("已被拒绝", page.errors[0][:60])
    browser = story.waiting("reviewer", "法制审核")
    form = browser.page.form("签署审核意见")
    for name in form.names:
        if form.controls[name].kind == "radio" and name.startswith("item_"):
            form.fill({name: "passed"})
    opinion = {**AGREED, "opinion": "事实清楚，证据充分，程序合法，适用法律正确，裁量适当，同意拟处罚意见。"}
    page = browser.submit(form.fill(opinion), "签署审核意见")
    page.expect("法制审核意见已签署")


def decide(story: Journey) -> None:
    """The head signs with the password typed once more; a wrong one signs nothing."""
    head = story.waiting("head", "审批处罚决定")
    opinion = {**AGREED, "opinion": "同意处罚意见。"}
    form = head.page.form("签署审批意见").fill({**opinion, "password": "not-the-password"})
    story.refused(head, form, "签署审批意见", "口令不对")
    page = story.do(head, "签署审批意见", {**opinion, "password": PASSWORD}, "处罚决定审批已签署")
    sealed = [node.text for node in page.dom.with_attribute("data-document") if "处罚决定书" in node.text]
    story.decision_no = sealed[-1].split(" ", 1)[1]
    story.note("行政处罚决定书", story.decision_no)
