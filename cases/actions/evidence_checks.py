"""What the law asks of what was typed about evidence: officers, licence, rights, signature, copies, devices (处罚法41–56).

Each function answers with the refusals it finds; the actions collect them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import EvidenceKind, Medium, MonitoringDevice, Signing
from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal

TWO_OFFICERS = "行政处罚法第四十二条第一款"
RECORDINGS = frozenset({EvidenceKind.AUDIOVISUAL, EvidenceKind.ELECTRONIC})


def two_officers_sign(first: Any, second: Any) -> list[Refusal]:
    """gen-two-officers: at least two different officers (处罚法42)."""
    if first.pk != second.pk:
        return []
    message = "两名执法人员不能是同一人。请另选一名。"
    return [Refusal("gen-two-officers", message, TWO_OFFICERS, "second_officer")]


def handles_the_case(facts: CaseFacts, officer: Any) -> list[Refusal]:
    """gen-two-officers: who signs is an officer of the case."""
    if officer.staff_number in {one.staff_number for one in facts.officers}:
        return []
    message = f"{officer.full_name}不是本案承办人，不能在笔录上署名。"
    return [Refusal("gen-two-officers", message, TWO_OFFICERS, "")]


def certificate_holds(facts: CaseFacts, officer: Any, day: date) -> list[Refusal]:
    """gen-licence-valid: the certificate was valid on the day of the record (处罚法42)."""
    known = next((one for one in facts.officers if one.staff_number == officer.staff_number), None)
    if known is None or known.certificate_on(day):
        return []
    message = f"{officer.full_name}的执法证在 {day:%Y-%m-%d} 无效，不能制作这份笔录。"
    return [Refusal("gen-licence-valid", message, TWO_OFFICERS, "officers")]


def licence_shown(is_shown: bool) -> list[Refusal]:
    """gen-show-licence: the record says that the certificates were shown first (处罚法55)."""
    if is_shown:
        return []
    message = "笔录必须记明已主动出示执法证。请确认后勾选。"
    return [Refusal("gen-show-licence", message, "行政处罚法第五十五条第一款", "licence_shown")]


def rights_told(is_told: bool) -> list[Refusal]:
    """inv-question-rights: the duty to answer truthfully and the right to ask for recusal were told (处罚法43、55)."""
    if is_told:
        return []
    message = "请先告知如实回答的义务和申请回避的权利。"
    return [Refusal("inv-question-rights", message, "行政处罚法第四十三条、第五十五条", "rights_told")]


def signed_or_noted(signing: str, refusal_note: str, witness_name: str) -> list[Refusal]:
    """inv-question-sign: signed on every page, or the refusal noted with its reason and a witness (处罚法55).

    What is signed later in the system is asked for again before the report (``records_signed``).
    """
    is_noted = refusal_note.strip() and witness_name.strip()
    if signing in {Signing.SIGNED, Signing.PENDING} or (signing == Signing.REFUSED and is_noted):
        return []
    message = "拒绝签名的，请写明情况并请见证人签名。"
    return [Refusal("inv-question-sign", message, "行政处罚法第五十五条", "refusal_note")]


def asked_alone(person: Any, is_alone: bool | None, note: str) -> list[Refusal]:
    """inv-question-separate: one person, one transcript; were others present, why must be said (处罚法55)."""
    law = "行政处罚法第五十五条"
    if person is None:
        return [Refusal("inv-question-separate", "请写明被询问人。询问应当个别进行。", law, "person")]
    if any(mark in person.name for mark in "、，,/"):
        message = "一份询问笔录只能记一个人。请给每个人分别制作笔录。"
        return [Refusal("inv-question-separate", message, law, "person_name")]
    if is_alone or (is_alone is False and note.strip()):
        return []
    message = "请回答询问时是否只有被询问人一人在场；有其他人在场的，请写明是谁和原因。"
    return [Refusal("inv-question-separate", message, law, "is_alone")]


def minor_accompanied(age: int | None, guardian: str, note: str) -> list[Refusal]:
    """inv-question-minor: with a minor a guardian or another suitable adult is present, or why not is said."""
    if age is None or age >= 18 or guardian.strip() or note.strip():
        return []
    message = f"被询问人只有 {age} 周岁，应当有监护人或者其他合适的成年人在场。请填写在场人；确实没有的，请写明原因。"
    return [Refusal("inv-question-minor", message, "行政处罚法第五十五条", "guardian_name")]


def inquest_attended(person: Any, invited: str, note: str) -> list[Refusal]:
    """inv-inquest: the party or an invited third person is there, otherwise it is noted (处罚法55)."""
    if person is not None or invited.strip() or note.strip():
        return []
    message = "勘验时应当有当事人或者被邀请人在场。请填写在场人；没有人在场的，请写明情况。"
    return [Refusal("inv-inquest", message, "行政处罚法第五十五条", "invited_name")]


def inquest_limited(is_related: bool | None, note: str) -> list[Refusal]:
    """inv-inquest: only what belongs to the case was examined; what else was touched, and why, is said."""
    if is_related or (is_related is False and note.strip()):
        return []
    message = "请回答是否只勘验了与本案有关的场所和物品；超出的，请写明是什么和原因。"
    return [Refusal("inv-inquest", message, "行政处罚法第五十五条", "is_related")]


def kind_is_statutory(kind: str, title: str) -> list[Refusal]:
    """inv-evidence-types: every item is of one of the eight kinds (处罚法46)."""
    if kind in EvidenceKind.values:
        return []
    message = f"“{title}”没有选证据种类。法律规定的有八种，请选择其中一种。"
    return [Refusal("inv-evidence-types", message, "行政处罚法第四十六条第一款", "kind")]


def copy_verified(is_copy: bool, source: str, is_checked: bool, note: str) -> list[Refusal]:
    """inv-copy-verify: a copy says who provided it and that it was checked against the original, or why not."""
    if not is_copy:
        return []
    law, found = "行政处罚法第四十六条第二款", []
    if not source.strip():
        message = "复制件要写明提供人和原件存放处。请补上。"
        found.append(Refusal("inv-copy-verify", message, law, "copy_source"))
    if not is_checked and not note.strip():
        message = "请回答复制件是否与原件核对无误；不能核对的，请写明原因。"
        found.append(Refusal("inv-copy-verify", message, law, "is_checked_copy"))
    return found


def recording_described(kind: str, medium: str, method: str, note: str) -> list[Refusal]:
    """inv-edata-record: how an audio-visual or electronic item came about and what it is kept on, or why unknown."""
    if kind not in RECORDINGS or note.strip() or (medium in Medium.values and method.strip()):
        return []
    message = "视听资料、电子数据要写明取得方式和存储介质。请补上；确实不能写明的，请写明原因。"
    return [Refusal("inv-edata-record", message, "行政处罚法第四十六条第一款", "method")]


def device_calibrated(device: MonitoringDevice | None, day: date) -> list[Refusal]:
    """inv-emonitor-content: measured with a device whose calibration held on that day (处罚法41)."""
    if device is None:
        return []
    known = list(device.calibrations.all())
    if any(one.holds_on(day) for one in known):
        return []
    last = max((one.valid_until for one in known), default=None)
    when = f"检定有效期到 {last:%Y-%m-%d}" if last else "没有检定证书"
    message = f"{device}{when}，{day:%Y-%m-%d} 的检测数据不能作为证据。请核对设备台账，或者用其他证据证明。"
    return [Refusal("inv-emonitor-content", message, "行政处罚法第四十一条第二款", "device")]


def device_admitted(device: MonitoringDevice, day: date) -> list[Refusal]:
    """inv-emonitor-review: reviewed by law and by technique and published before it recorded (处罚法41第一款)."""
    missing = [] if device.legal_basis.strip() else ["设置的法律、行政法规依据"]
    missing += [] if device.legally_reviewed_on and device.legally_reviewed_on <= day else ["法制审核"]
    missing += [] if device.technically_reviewed_on and device.technically_reviewed_on <= day else ["技术审核"]
    missing += [] if device.published_on and device.published_on <= day else ["设置地点的公布"]
    if device.is_monitoring and not missing:
        return []
    if not device.is_monitoring:
        message = f"{device}登记的不是电子技术监控设备，不能从这里登记记录。请核对设备，或者按普通证据补充。"
    else:
        message = f"{device}在 {day:%Y-%m-%d} 还缺{'、'.join(missing)}，记录不能作为证据。请核对设备台账。"
    return [Refusal("inv-emonitor-review", message, "行政处罚法第四十一条第一款", "device")]


def sample_sealed(is_sealed: bool, items: tuple[dict[str, str], ...]) -> list[Refusal]:
    """inv-sample: what was taken is listed and sealed (处罚法56)."""
    found = []
    if not items:
        message = "请写明抽取了哪些物品，每行写名称、规格及批号、数量、地点。"
        found.append(Refusal("inv-sample", message, "行政处罚法第五十六条", "items"))
    if not is_sealed:
        found.append(Refusal("inv-sample", "抽取的样品应当封存。请封存后再登记。", "行政处罚法第五十六条", "is_sealed"))
    return found


def institution_qualified(qualification: str, note: str) -> list[Refusal]:
    """inv-appraise: the institution is legally qualified; where there is none, why this one is said."""
    if qualification.strip() or note.strip():
        return []
    message = "请填写受托机构的资质；没有法定机构、委托其他有条件的机构的，请写明原因。"
    return [Refusal("inv-appraise", message, "行政处罚法第四十六条第一款", "qualification")]


def record_reviewed(checks: dict[str, bool], passed: bool, opinion: str) -> list[Refusal]:
    """inv-emonitor-content: true, clear, complete and accurate, each of them, or not evidence (处罚法41第二款)."""
    failed = [MONITORING_CHECKS[name] for name in MONITORING_CHECKS if not checks.get(name)]
    law = "行政处罚法第四十一条第二款"
    if passed and failed:
        message = f"记录不符合“{'、'.join(failed)}”的要求，不能审核通过。请改为不通过。"
        return [Refusal("inv-emonitor-content", message, law, "agree")]
    if not passed and not opinion.strip():
        return [Refusal("inv-emonitor-content", "审核不通过的，请写明理由。", law, "opinion")]
    return []


MONITORING_CHECKS = {"true": "真实", "clear": "清晰", "complete": "完整", "accurate": "准确"}
