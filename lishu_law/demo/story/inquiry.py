"""From the clue to the approved report: filing, transcripts, evidence, discretion, report."""

from __future__ import annotations

from datetime import datetime, timedelta

from lishu_law.demo.story import facts
from lishu_law.demo.story.forms import Form, Typed
from lishu_law.demo.story.journey import MINUTE, Journey
from lishu_law.demo.story.page import PageError

AGREED = {"agree": "yes"}


def record_the_scene(story: Journey, stopped: datetime) -> None:
    """现场笔录, still on the road that night."""
    browser = story.task("lead", "制作现场笔录")
    form = browser.page.form("保存并生成笔录")
    driver = next(value for value, words in form.controls["person"].offered.items() if story.business.driver in words)
    entries: dict[str, Typed] = {
        "person": driver,
        "started_at": f"{stopped + timedelta(minutes=3):{MINUTE}}",
        "ended_at": f"{stopped + timedelta(minutes=28):{MINUTE}}",
        "second_officer": facts.NAMES["assistant"],
        "licence_shown": True,
        "rights_told": True,
        "signing": "signed",
        "body": facts.ONSCENE,
        "file": facts.photo("onscene-record", 200),
    }
    alone = {**entries, "second_officer": ""}
    story.refused(browser, form.fill(alone), "保存并生成笔录", "另一名执法人员")
    story.do(browser, "保存并生成笔录", entries, "笔录已保存")


def request_filing(story: Journey) -> None:
    """Verify the clue and ask for the filing."""
    story.do(story.task("lead", "核查线索"), "完成核查", {}, "线索核查已完成")
    story.do(story.task("lead", "提请立案"), "提请立案审批", {}, "已提交中队长")


def approve_filing(story: Journey) -> None:
    """The squad leader recommends, the deputy head approves."""
    recommended = {**AGREED, "opinion": "事实基本清楚，同意立案。"}
    story.do(story.waiting("squad_leader", "签署立案意见"), "签署意见", recommended, "立案意见已签署")
    approved = {**AGREED, "opinion": "同意立案，由承办人依法调查。"}
    page = story.do(story.waiting("deputy", "审批立案"), "签署审批意见", approved, "立案审批已签署")
    story.label = page.dom.find_all("p", _class="muted")[0].text.split(" · ")[0]
    story.note("案号", story.label)


def question(story: Journey, started: datetime) -> None:
    """询问笔录 of the company's representative at the bureau."""
    story.clock_to(started + timedelta(minutes=40))
    browser = story.task("lead", "制作询问笔录")
    firm = story.business
    entries: dict[str, Typed] = {
        "started_at": f"{started:{MINUTE}}",
        "ended_at": f"{started + timedelta(minutes=30):{MINUTE}}",
        "second_officer": facts.NAMES["assistant"],
        "licence_shown": True,
        "rights_told": True,
        "signing": "signed",
        "person": "新登记一人",
        "person_role": "representative",
        "person_name": firm.representative,
        "person_id_number": firm.representative_id,
        "person_phone": firm.phone,
        "person_employer": f"{firm.name} 经理",
        "is_alone": "yes",
    }
    entries |= {f"answer_{number}": words for number, words in enumerate(facts.ANSWERS, start=1)}
    form = browser.page.form("保存并生成笔录")
    both = {**entries, "person": story.business.driver}
    story.refused(browser, form.fill(both), "保存并生成笔录", "又写了另一人")
    story.do(browser, "保存并生成笔录", entries, "笔录已保存")


def gather_evidence(story: Journey, moment: datetime) -> None:
    """A copy of the licence is added; everything is checked against its origin."""
    entries: dict[str, Typed] = {
        "kind": "documentary",
        "title": "营业执照和道路运输证复印件",
        "purpose": "证明当事人的身份和道路运输经营资格",
        "obtained_at": f"{moment:{MINUTE}}",
        "obtained_place": "梨树县交通运输局询问室",
        "uploads": [facts.photo("licence-1", 180), facts.photo("licence-2", 220)],
    }
    story.do(story.task("lead", "补充证据"), "保存证据", entries, "证据已保存")
    browser = story.task("lead", "查证核对证据")
    form = browser.page.form("确认已核对")
    everything = list(form.controls["evidence_ids"].offered)
    story.do(browser, "确认已核对", {"evidence_ids": everything}, "证据核对已记录")
    story.note("证据", f"{len(everything)} 件，全部核对")


def choose_the_amount(story: Journey) -> None:
    """Answer, compute, see the range; an amount outside is refused, one inside is kept."""
    browser = story.task("lead", "裁量")
    answered = {
        "fact_harm": "none",
        "fact_obstruct": "no",
        "fact_corrected_immediately": "no",
        "fact_blocked_minutes": "0",
        "answers_note": "现场笔录、询问笔录和照片均未反映相应情形；车上没有苫布，当场没有改正，不适用首违不罚。",
    }
    form = browser.page.form("计算裁量结果")
    browser.submit(_answered(form, answered), "计算裁量结果")
    shown = browser.page.dom.with_attribute("data-range")
    tier = browser.page.dom.with_attribute("data-tier")
    if not shown or not tier:
        raise PageError(browser.page, "no tier and no range after 计算裁量结果")
    story.note("裁量", f"{tier[0].text}档，罚款 {shown[0].text}")
    form = browser.page.form("保存裁量结果").fill({"amount": facts.TOO_MUCH, "reason": "拟从重处罚。"})
    story.refused(browser, form, "保存裁量结果", "1000", "1600")
    reason = "当事人首次被查处，没有造成危害后果，配合调查，按该档次的下限确定。"
    story.do(browser, "保存裁量结果", {"amount": facts.AMOUNT, "reason": reason}, "裁量结果已保存")


def _answered(form: Form, answers: dict[str, str]) -> Form:
    """Every question of yes and no the page asks: what the story knows, otherwise 否."""
    asked = [name for name in form.names if form.controls[name].kind == "radio"]
    choices = [name for name in asked if "no" in form.controls[name].offered]
    return form.fill({**dict.fromkeys(choices, "no"), **answers})


def report(story: Journey, endorsed_at: datetime) -> None:
    """The report goes up and is approved."""
    story.do(story.task("lead", "提交调查报告"), "提交调查报告", {}, "调查报告已提交")
    story.clock_to(endorsed_at)
    endorsed = {**AGREED, "opinion": "事实清楚，证据充分，同意处理意见。"}
    story.do(story.waiting("squad_leader", "签署报告意见"), "签署意见", endorsed, "报告意见已签署")
    approved = {**AGREED, "opinion": "同意，依法告知当事人。"}
    story.do(story.waiting("deputy", "审批调查报告"), "签署审批意见", approved, "调查报告审批已签署")
