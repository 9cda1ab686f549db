"""The data part of the yearly report on law-based government, as a draft: five headings, the figures filled in (§9).

Every year in it comes from one number: last year's report stood under a heading of the year before. What only people
know stays a marked gap.
"""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.statistics.figures import YearFigures, plain
from disclosure.statistics.own import OwnFigures
from disclosure.statistics.practice import PracticeFigures

GAP = "〔请填写：{}〕"


@dataclass(frozen=True)
class Section:
    """A heading of the report and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def title_of(year: int, organ: str) -> str:
    return f"{organ}{year}年度法治政府建设情况报告（数据草稿）"


def duty_text(year: int) -> str:
    """When the report is due and when it is published (disclosure.md §9; the second date from memory)."""
    return f"{year + 1} 年 3 月 1 日前报送县委、县政府和上级主管部门；4 月 1 日前向社会公开（公开日期待核对）。"


def sections(found: YearFigures, own: OwnFigures, practice: PracticeFigures) -> tuple[Section, ...]:
    """The five headings in their order."""
    year = found.year
    return (
        Section(
            f"一、{year}年度推进法治政府建设的主要举措和成效",
            (
                _penalties(found), *_types(found), *_domains(found), _disclosed(year, own), *_tiers(year, own),
                _lenient(found), _procedure(found, own), _remedies(found), _coercion(found), _inspections(found),
                _filed(year, practice), _certified(practice), _reviewed(year, practice),
                GAP.format("制度建设、执法人员培训、投诉办理等情况"),
            ),
        ),
        Section(
            f"二、{year}年度推进法治政府建设存在的不足和原因", (*_shortcomings(own), GAP.format("存在的不足和原因")),
        ),
        Section(
            f"三、{year}年度党政主要负责人履行推进法治建设第一责任人职责有关情况",
            (GAP.format("党政主要负责人履职情况"),),
        ),
        Section(f"四、{year + 1}年度推进法治政府建设的主要安排", (GAP.format(f"{year + 1} 年的主要安排"),)),
        Section("五、其他需要报告的情况", (GAP.format("其他情况；没有的写“无”"),)),
    )  # fmt: skip


def _penalties(found: YearFigures) -> str:
    if not found.decisions:
        return f"{found.year} 年，没有作出行政处罚决定。"
    wan = plain(round(found.money / 10_000, 6))
    return f"{found.year} 年，共作出行政处罚决定 {found.decisions} 件，罚没金额 {wan} 万元（按决定书的金额）。"


def _types(found: YearFigures) -> tuple[str, ...]:
    counted = [(one.column.title, one.value) for one in found.tables[0].figures if one.column.types and one.value]
    return (
        ("按最重的处罚种类分：" + "；".join(f"{title} {value} 件" for title, value in counted) + "。",)
        if counted
        else ()
    )


def _domains(found: YearFigures) -> tuple[str, ...]:
    rows = found.by_domain()
    return ("按执法领域分：" + "；".join(f"{name} {count} 件" for name, count, _money in rows) + "。",) if rows else ()


def _disclosed(year: int, own: OwnFigures) -> str:
    text = f"{year} 年作出的决定中，已向社会公示 {own.published} 件；截至 {year} 年底作出的决定，累计公示 {own.ever_published} 件。"
    if own.on_time.whole:
        text += f"在七个工作日内公示的占 {own.on_time.percent}。"
    if own.excluded:
        text += f"依法不予公示 {own.excluded} 件。"
    if own.withdrawn:
        whys = "，".join(f"{title} {count} 件" for title, count in own.withdrawn_why)
        text += f"{year} 年撤回公示 {own.withdrawn} 件（{whys}）。"
    return text


def _tiers(year: int, own: OwnFigures) -> tuple[str, ...]:
    if not own.tiers:
        return ()
    said = "；".join(f"{name} {count} 件" for name, count in own.tiers)
    return (f"{year} 年行政处罚裁量基准的适用情况：{said}。",)


def _lenient(found: YearFigures) -> str:
    cases = found.cases
    return (
        f"{found.year} 年，不予处罚 {cases['no_penalty']} 件（其中首违不罚 {cases['no_penalty_first_offence']} 件），"
        f"减轻处罚 {cases['mitigated']} 件，从轻处罚 {cases['lenient']} 件。"
    )


def _procedure(found: YearFigures, own: OwnFigures) -> str:
    cases = found.cases
    text = f"{found.year} 年立案 {cases['filed']} 件，结案 {cases['closed']} 件，举行听证 {cases['hearing']} 次"
    text += f"，移送司法机关 {cases['crime']} 件。"
    return text + (f"从立案到作出决定平均 {own.days} 天。" if own.days is not None else "")


def _remedies(found: YearFigures) -> str:
    cases = found.cases
    return (
        f"{found.year} 年被申请行政复议 {cases['review']} 件，纠错 {cases['review_corrected']} 件；"
        f"被提起行政诉讼 {cases['lawsuit']} 件，败诉 {cases['lawsuit_lost']} 件。"
    )


def _coercion(found: YearFigures) -> str:
    cases = found.cases
    return (
        f"{found.year} 年实施扣押 {cases['seizure']} 次，代履行 {cases['proxy']} 次，"
        f"申请法院强制执行 {cases['court']} 件。"
    )


def _inspections(found: YearFigures) -> str:
    return (
        f"{found.year} 年完成行政检查 {found.visits + found.stops} 次，其中备案检查 {found.visits} 次，"
        f"路面检查 {found.stops} 次（只计有具体对象、没有转为案件的）。"
    )


def _filed(year: int, practice: PracticeFigures) -> str:
    visits = practice.visits
    text = f"{year} 年执法报备 {visits.filed} 件。"
    if not visits.given:
        return text + "已结束评价的季度没有收到事后评价。"
    return text + (
        f"已结束评价的季度可评价 {visits.rateable} 件，收到事后评价 {visits.given} 件，其中满意 {visits.good} 件，"
        f"占 {practice.good.percent}。"
    )


def _certified(practice: PracticeFigures) -> str:
    day, held = practice.certified_on, practice.certified
    if not held.whole:
        return GAP.format("执法人员和持证情况")
    return (
        f"截至 {day.year} 年 {day.month} 月 {day.day} 日，执法人员 {held.whole} 人（按现有名册），"
        f"持有有效执法证 {held.part} 人，持证率 {held.percent}。"
    )


def _reviewed(year: int, practice: PracticeFigures) -> str:
    reviewed = practice.reviewed
    if not reviewed.files:
        return f"{year} 年没有评查结果已送达的案卷。"
    grades = "，".join(f"{title} {count} 件" for title, count in reviewed.grades)
    return (
        f"{year} 年评查案卷 {reviewed.files} 件，平均 {reviewed.average} 分，其中{grades}；"
        f"提出整改 {reviewed.tasks} 项，已确认完成 {reviewed.tasks_done} 项。"
    )


def _shortcomings(own: OwnFigures) -> tuple[str, ...]:
    late = own.on_time.whole - own.on_time.part
    return (f"有 {late} 件没有在七个工作日内公示，请说明原因。",) if late else ()
