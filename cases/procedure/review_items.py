"""What a legal review must cover (review-contents; fields of documents.csv S22)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewItem:
    code: str
    title: str
    question: str


ITEMS: tuple[ReviewItem, ...] = (
    ReviewItem("scope", "属于审核范围", "本案是否属于应当法制审核的范围？"),
    ReviewItem("body", "执法主体合法", "执法机关是否有管辖权，是否以机关名义作出？"),
    ReviewItem("officers", "执法人员资格", "是否两人以上，证件在每次执法当日是否有效？"),
    ReviewItem("procedure", "程序合法", "立案、告知、送达、期限是否合法，顺序是否正确？"),
    ReviewItem("facts", "事实清楚", "时间、地点、当事人、经过是否查清？"),
    ReviewItem("evidence", "证据充分", "每项事实是否有证据，证据是否经过核对？"),
    ReviewItem("law", "适用法律准确", "违反条款和处罚依据是否准确、现行有效？"),
    ReviewItem("discretion", "裁量适当", "裁量档次是否正确，理由是否写明？"),
    ReviewItem("powers", "未超越权限", "是否在法定职权和处罚幅度之内？"),
    ReviewItem("documents", "文书规范", "文书是否完备、规范、前后一致？"),
    ReviewItem("crime", "不涉嫌犯罪", "是否没有应当移送司法机关的情形？（涉嫌犯罪的选“有问题”）"),
    ReviewItem("rights", "当事人权利保障", "陈述申辩、听证、回避等权利是否告知和保障？"),
)


# When a review is compulsory before the decision (处罚法58第一款; review-triggers). The first two are computed.
TRIGGERS: dict[str, str] = {
    "hearing": "直接关系当事人重大权益，经过听证程序",
    "major": "属于本机关公布的重大执法决定目录",
    "public_interest": "涉及重大公共利益",
    "complex": "案件情况疑难复杂、涉及多个法律关系",
}
