"""Files of earlier decisions as the bureau would export them, invented by a seed, and faults planted in them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from disclosure.intake.columns import COLUMNS
from disclosure.intake.registers import receive_legacy, work
from lishu_law.registry.identity.demo import demo_uscc
from lishu_law.registry.identity.id_card import id_check_digit
from lishu_law.registry.models import ImportFault, RegisterImport
from lishu_law.web.uploads import TABLE, store_upload

TITLES = [column.title for column in COLUMNS]
WORDS = ("顺达", "宏运", "吉通", "东盛", "北辰", "恒远", "金穗", "安捷")
ACTS = (
    ("没有采取必要措施防止货物脱落、扬撒", "道路货运", "运输碎石没有苫盖，沿途撒落"),
    ("超限运输", "超限", "车货总质量超过限定标准"),
    ("未取得道路运输经营许可擅自从事道路运输经营", "客运", "没有道路运输经营许可证，收取费用运送旅客"),
)
Row = dict[str, Any]


def card(serial: int) -> str:
    """An invented identity number of somebody grown up in every year of the files."""
    first_17 = f"220399{1950 + serial % 30}0{serial % 9 + 1}1{serial % 9}{serial % 1000:03d}"
    return first_17 + id_check_digit(first_17)


def row(serial: int, chance: random.Random, newest: date, days: int = 2_900) -> Row:
    """One invented decision; every third party a person, every ninth a shop."""
    decided = newest - timedelta(days=chance.randrange(days))
    act_on = decided - timedelta(days=chance.randrange(5, 60))
    violation, domain, what = chance.choice(ACTS)
    is_person, is_shop = serial % 3 == 0, serial % 9 == 1
    plate = f"吉C{10000 + serial % 89999}"
    driver = f"{chance.choice('赵钱孙李周吴郑王')}示{chance.choice('例样演虚')}{chance.choice('一二三四')}"
    fine = chance.choice((500, 1000, 2000, 3000, 20000))
    name = driver if is_person else f"梨树县示例{chance.choice(WORDS)}{serial}{'汽修部' if is_shop else '货运有限公司'}"
    found: Row = {
        "决定书文号": f"吉梨交罚〔{decided.year}〕{serial}号",
        "当事人类别": "自然人" if is_person else "个体工商户" if is_shop else "法人或者其他组织",
        "当事人名称": name,
        "统一社会信用代码": "" if is_person else demo_uscc(serial, individual_business=is_shop),
        "证件号码": card(serial) if is_person else "",
        "文中其他人员姓名": "" if is_person else driver,
        "文中车牌号": plate,
        "违法行为": violation,
        "领域": domain,
        "违法日期": act_on.isoformat(),
        "立案日期": (act_on + timedelta(days=2)).isoformat(),
        "决定日期": decided.isoformat(),
        "公示日期": (decided + timedelta(days=5)).isoformat(),
        "违法地点": "G303国道",
        "违法事实": f"{act_on}，{driver}驾驶{plate}号货车在G303国道{what}。",
        "处罚依据": "《中华人民共和国道路运输条例》",
        "裁量档次": "一般",
        "处罚种类": "罚款",
        "处罚内容": f"罚款{fine}元",
        "罚款金额": fine,
        "处罚程序": "普通程序",
        "监管平台已有": "是",
    }
    return found


def rows(count: int, *, seed: int = 1, newest: date, days: int = 2_900) -> list[Row]:
    chance = random.Random(seed)
    return [row(serial, chance, newest, days) for serial in range(1, count + 1)]


# What is planted: the column where the fault must be told, and what is written there. {column: value}
FAULTS: tuple[tuple[str, Callable[[Row], Row]], ...] = (
    ("决定书文号", lambda one: {"决定书文号": ""}),
    ("决定书文号", lambda one: {"决定书文号": "第十二号"}),
    ("决定书文号", lambda one: {"决定书文号": one["决定书文号"].replace("〔20", "〔19")}),
    ("当事人类别", lambda one: {"当事人类别": "公司"}),
    ("当事人名称", lambda one: {"当事人名称": ""}),
    ("当事人名称", lambda one: {"当事人名称": "梨树\u200b货运"}),
    ("统一社会信用代码", lambda one: {**_company(7), "统一社会信用代码": demo_uscc(7)[:-1] + "Z"}),
    ("统一社会信用代码", lambda one: {**_company(8), "统一社会信用代码": ""}),
    ("统一社会信用代码", lambda one: {**_person(9), "统一社会信用代码": demo_uscc(9)}),
    ("证件号码", lambda one: {**_person(10), "证件号码": ""}),
    ("证件号码", lambda one: {**_person(11), "证件号码": card(11)[:-2] + "ZZ"}),
    ("证件号码", lambda one: {**_company(12), "证件号码": card(12)}),
    ("出生日期", lambda one: {**_person(13), "证件号码": "", "出生日期": "1990-02-30"}),
    ("出生日期", lambda one: {**_person(14), "证件号码": "", "出生日期": _years_before(one, 16)}),
    ("出生日期", lambda one: {**_person(15), "出生日期": "1970-01-01"}),
    ("违法行为", lambda one: {"违法行为": ""}),
    ("违法行为", lambda one: {"违法行为": "\\."}),
    ("违法行为", lambda one: {"违法行为": "长" * 501}),
    ("违法日期", lambda one: {"违法日期": "去年春天"}),
    ("违法日期", lambda one: {"违法日期": "2031-01-01"}),
    ("立案日期", lambda one: {"立案日期": "1999-01-01"}),
    ("决定日期", lambda one: {"决定日期": "2024-02-30"}),
    ("公示日期", lambda one: {"公示日期": ""}),
    ("公示日期", lambda one: {"公示日期": "2001-01-01"}),
    ("公示日期", lambda one: {"公示日期": "2031-01-01"}),
    ("公示截止日", lambda one: {"公示截止日": "2001-01-01"}),
    ("违法事实", lambda one: {"违法事实": ""}),
    ("处罚依据", lambda one: {"处罚依据": " "}),
    ("处罚种类", lambda one: {"处罚种类": ""}),
    ("处罚种类", lambda one: {"处罚种类": "打手心"}),
    ("处罚内容", lambda one: {"处罚内容": ""}),
    ("罚款金额", lambda one: {"罚款金额": ""}),
    ("罚款金额", lambda one: {"罚款金额": "一千"}),
    ("罚款金额", lambda one: {"罚款金额": "100.005"}),
    ("罚款金额", lambda one: {"处罚种类": "警告"}),
    ("没收金额", lambda one: {"没收金额": "300"}),
    ("没收金额", lambda one: {"处罚种类": "罚款、没收违法所得"}),
    ("证照处理", lambda one: {"处罚种类": "罚款、暂扣许可证件"}),
    ("处罚程序", lambda one: {"处罚种类": "责令停产停业", "罚款金额": "", "立案日期": "", "处罚程序": "简易程序"}),
    ("监管平台已有", lambda one: {"监管平台已有": "大概"}),
)


def _company(serial: int) -> Row:
    return {
        "当事人类别": "法人或者其他组织", "当事人名称": f"梨树县示例错{serial}货运有限公司",
        "统一社会信用代码": demo_uscc(serial), "证件号码": "",
    }  # fmt: skip


def _person(serial: int) -> Row:
    return {"当事人类别": "自然人", "当事人名称": "林示例", "统一社会信用代码": "", "证件号码": card(serial)}


def _years_before(one: Row, years: int) -> str:
    act = date.fromisoformat(one["违法日期"])
    return f"{act.year - years}-{act.month:02d}-01"


def planted(whole: list[Row], *, seed: int = 5) -> tuple[list[Row], list[tuple[int, str]]]:
    """The rows with one fault of each kind, and the row number and column of each."""
    places = sorted(random.Random(seed).sample(range(len(whole)), len(FAULTS)))
    wrong, expected = list(whole), []
    for place, (column, change) in zip(places, FAULTS, strict=True):
        wrong[place] = {**wrong[place], **change(wrong[place])}
        expected.append((place + 2, column))
    return wrong, expected


def sheet(whole: Iterable[Row], name: str = "历史公示.xlsx") -> SimpleUploadedFile:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(TITLES)
    for one in whole:
        page.append([one.get(title, "") for title in TITLES])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def received(by: Any, file: SimpleUploadedFile) -> RegisterImport:
    """The file handed in and checked."""
    load = receive_legacy(by=by, file=store_upload(file, by, kinds=TABLE), source="示例导出")
    work(load.pk)
    load.refresh_from_db()
    return load


def faults_of(load: RegisterImport) -> list[tuple[int, str]]:
    found = ImportFault.objects.filter(load=load, is_notice=False).order_by("row", "id")
    return list(found.values_list("row", "column"))
