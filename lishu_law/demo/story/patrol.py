"""On patrol: the shift is filed and approved, the truck is stopped at 23:02, and the finding becomes a case."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from lishu_law.demo.story import facts
from lishu_law.demo.story.forms import Typed
from lishu_law.demo.story.journey import MINUTE, Journey
from lishu_law.demo.story.page import PageError


def evening_of(now: datetime) -> datetime:
    """20:00 of this day, or of the next when it is too late to file for this one."""
    evening = now.replace(hour=20, minute=0, second=0, microsecond=0)
    return evening if now + timedelta(minutes=10) < evening else evening + timedelta(days=1)


def file_shift(story: Journey) -> datetime:
    """File the shift; one officer alone is refused; the squad leader approves. Returns when it begins."""
    start = evening_of(story.now())
    officer = story.person("lead")
    officer.get("/m/")
    officer.follow("报备巡查")
    entries: dict[str, Typed] = {
        "second": facts.NAMES["lead"],
        "planned_from": f"{start:{MINUTE}}",
        "planned_to": f"{start + timedelta(hours=10):{MINUTE}}",
        "vehicle": "吉C0001警",
        "recorder_no": "演示记录仪01",
        "route_1": facts.ROUTE,
        "from_1": "K300+000",
        "to_1": "K330+000",
        "township_1": facts.TOWNSHIP,
    }
    story.refused(officer, officer.page.form("提交审批").fill(entries), "提交审批", "至少要有 2 名执法人员")
    story.do(officer, "提交审批", {"second": facts.NAMES["assistant"]}, "已提交审批")
    shift_no = re.findall(r"[A-Z0-9-]{6,}", officer.page.title)[-1]
    story.note("巡查班次", shift_no)
    story.business = facts.business(int(re.sub(r"\D", "", shift_no)[-3:]))
    leader = story.person("squad_leader")
    page = leader.get("/desk/")
    row = next(one for one in page.dom.find_all("li") if shift_no in one.text)
    leader.get(row.find_all("a")[0].attrs["href"])
    story.do(leader, "提交审批意见", {"agree": "yes"}, "审批意见已记录")
    return start


def stop_the_truck(story: Journey, start: datetime) -> datetime:
    """The check on the phone's pages at 23:02, submitted twice; returns the moment of the act."""
    stopped = start.replace(hour=23, minute=2)
    story.clock_to(start.replace(hour=23, minute=40))
    officer, firm = story.person("lead"), story.business
    officer.get("/m/")
    officer.follow("记录一次检查")
    form = officer.page.form("保存检查记录").fill(
        {
            "stop_reason": "看到有违法嫌疑",
            "plate": firm.plate,
            "vehicle_type": "重型半挂牵引车",
            "company_name": firm.name,
            "company_uscc": firm.uscc,
            "driver_name": firm.driver,
            "driver_phone": firm.driver_phone,
            "driver_id_number": firm.driver_id,
            "matter": _roadside_matter(officer.page.form("保存检查记录").controls["matter"].offered),
            "result": "finding",
            "item_code": facts.ITEM_CODE,
            "findings": facts.FINDINGS,
            "measures": facts.MEASURES,
            "photos": [facts.photo("site-1"), facts.photo("site-2", 110)],
            "photo_purpose": "证明车辆装载碎砖没有苫盖",
            "second_officer": facts.NAMES["assistant"],
            "at": f"{stopped:{MINUTE}}",
            "route": facts.ROUTE,
            "stake": facts.STAKE,
            "township": facts.TOWNSHIP,
        }
    )
    first = officer.submit(form, "保存检查记录").expect("已记录", firm.plate)
    again = officer.submit(form, "保存检查记录").expect("已经提交成功，没有重复提交")
    if again.url != first.url:
        raise PageError(again, f"a second submit led here, the first to {first.url}")
    story.note("检查记录", f"{first.title}，重复提交得到同一结果")
    return stopped


def _roadside_matter(offered: dict[str, str]) -> str:
    """The matter about freight, else the first one."""
    wanted = [value for value, words in offered.items() if value and ("货运" in words or "货物" in words)]
    return (wanted or [value for value in offered if value])[0]


def open_case(story: Journey) -> None:
    """立案 in one step: every fact is carried over."""
    officer = story.person("lead")
    page = story.do(officer, "立案", {}, "检查事实和照片都已带入")
    story.case_url = page.url
    story.label = page.dom.find_all("p", _class="muted")[0].text.split(" · ")[0]
    page.expect(story.business.name, "现场照片（1）", "现场照片（2）")
    story.note("线索编号", story.label)


def complete_party(story: Journey) -> None:
    """Address, representative and post from the licence; both officers declare that they have no interest."""
    officer, firm = story.person("lead"), story.business
    story.case_page()
    officer.follow("补充或者修改案件事实")
    entries: dict[str, Typed] = {
        "party_person_name": firm.representative,
        "party_person_post": "经理",
        "party_phone": firm.phone,
        "party_address": firm.address,
    }
    story.do(officer, "保存修改", entries, "案件事实已修改")
    for part in ("lead", "assistant"):
        story.case_page(part)
        browser = story.person(part)
        browser.submit(browser.page.form("声明：我与本案没有利害关系"))
