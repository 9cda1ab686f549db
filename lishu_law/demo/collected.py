"""An investigation with every paper that may be needed beside the road, and a report whose informant gave a name."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.actions import ending, extension, investigation, proxies, recusal, sampling, serving_sent, testing
from cases.actions.ending import NewInformant
from cases.actions.investigation import NewEvidence
from cases.actions.proxies import NewProxy
from cases.actions.recusal import NewRequest
from cases.actions.sampling import NewSample, NewSheet
from cases.actions.serving_input import NewAddress
from cases.actions.testing import NewCommission
from cases.models import CasePerson, Evidence, Recusal
from lishu_law import clock
from lishu_law.demo.execution import endorse, waiting_request
from lishu_law.demo.pictures import picture_saying
from lishu_law.demo.road import HALF_HOUR
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.registry.identity.demo import demo_id_number

AGENT_NUMBER = demo_id_number(901, gender="female")


def _own_minutes(walk: Walk) -> datetime:
    """The ten minutes of the story's half hour in which nobody questions: its officers are nowhere else."""
    started = clock.local(walk.now).replace(hour=7, minute=20) + walk.turn * HALF_HOUR
    walk.at = max(walk.now, started + timedelta(minutes=12))
    return started


def _inquest(walk: Walk) -> None:
    started = _own_minutes(walk)
    transcript = investigation.NewTranscript(
        started_at=started, ended_at=started + timedelta(minutes=4), place="梨树县交通运输局停车场",
        second_officer=walk.assistant, person=CasePerson.objects.filter(case=walk.case).first(), licence_shown=True,
        rights_told=True, signing="signed", weather="晴", is_related=True,
        body="车辆停放在停车场东侧，车身完好，车内前挡风玻璃处放置手机支架，支架上的手机显示平台接单页面。",
    )  # fmt: skip
    walk.step(investigation.record_inquest, walk.lead, transcript=transcript)


def _sample(walk: Walk) -> None:
    started = _own_minutes(walk) + timedelta(minutes=5)
    item = {"name": "车载计价单", "specification": "打印件", "quantity": "2 张", "place": "车内储物盒"}
    new = NewSample(
        started_at=started, ended_at=started + timedelta(minutes=3), place="梨树县交通运输局停车场",
        second_officer=walk.assistant, items=(item,), is_sealed=True, licence_shown=True, signing="signed",
    )  # fmt: skip
    walk.step(sampling.take_sample, walk.lead, sample=new)


def _evidence(walk: Walk) -> None:
    place = "梨树县交通运输局询问室"
    copy = NewEvidence(
        "documentary", "网约车平台订单截图打印件", "证明当事人接单载客", walk.now, place, is_copy=True,
        copy_source="当事人提供，原件存于当事人手机", is_checked_copy=True,
    )  # fmt: skip
    recording = NewEvidence(
        "electronic", "平台行程记录", "证明载客的时间和路线", walk.now, place, method="从当事人手机导出", medium="usb"
    )
    walk.step(investigation.add_evidence, walk.lead, items=(copy, recording))


def _newest(walk: Walk, **wanted: object) -> int:
    return Evidence.objects.filter(case=walk.known_case, **wanted).latest("pk").pk


def _paste(walk: Walk) -> None:
    walk.step(sampling.paste_copy, walk.lead, evidence_id=_newest(walk, is_copy=True))


def _sheet(walk: Walk) -> None:
    sheet = NewSheet(_newest(walk, kind="electronic"), "原物", "记录是本人手机导出，内容属实。")
    walk.step(sampling.record_edata, walk.lead, sheet=sheet)


def _commission(walk: Walk) -> None:
    day = clock.local(walk.now).date()
    new = NewCommission(
        "演示检测中心",
        "行程记录是否经过修改",
        "U盘一个",
        day,
        day + timedelta(days=20),
        qualification="资质认定演示0001",
    )
    walk.step(testing.commission_test, walk.lead, commission=new)


def _assistance(walk: Walk) -> None:
    walk.step(
        sampling.request_assistance, walk.lead, addressee="演示市交通运输局",
        questions="请协助核实当事人的车辆是否在你市取得《网络预约出租汽车运输证》。\n请提供平台公司在你市的备案情况。",
    )  # fmt: skip


def _authority(walk: Walk) -> None:
    new = NewProxy(
        "演示代理人", "special", powers="代为陈述申辩。\n代领文书。", gender="female", employer="演示律师事务所律师",
        id_number=AGENT_NUMBER, phone="13900000000",
    )  # fmt: skip
    walk.step(proxies.authorise_proxy, walk.lead, proxy=new)


def _ask_recusal(walk: Walk) -> None:
    new = NewRequest(
        applicant=walk.party.name, reason="该执法人员与当事人是邻居，担心处理不公。", asked_at=walk.now,
        person=walk.assistant, is_oral=True,
    )  # fmt: skip
    walk.step(recusal.request_recusal, walk.lead, request=new)


def _refuse_recusal(walk: Walk) -> None:
    one = Recusal.objects.get(case=walk.known_case)
    opinion = "经核实，二人住址不同，没有直接利害关系，驳回申请。"
    walk.step(recusal.decide_recusal, walk.cast["deputy1"], part_id=one.pk, agree=False, opinion=opinion)


def _confirm_address(walk: Walk) -> None:
    """Signed by the proxy, who may also take what is served."""
    new = NewAddress(
        receiver_name="演示代理人", relation="agent", id_kind="居民身份证", id_number=AGENT_NUMBER, postcode="136500",
        accepts_electronic=True, mobile="13900000000",
        address=walk.party.address, signed_on=clock.local(walk.now).date(),
        file=picture_saying(f"ADDRESS {walk.slot}", walk.lead),
    )  # fmt: skip
    walk.step(serving_sent.confirm_address, walk.lead, confirmation=new)


def _ask_extension(walk: Walk) -> None:
    walk.step(
        extension.ask_extension, walk.lead, days=30,
        reason="行程记录的检测结论和外地协助调查的答复还没有收到，案情复杂，九十日内不能作出决定。",
    )  # fmt: skip


def _extend(walk: Walk) -> None:
    walk.step(
        extension.decide_extension, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意延长三十日。",
    )  # fmt: skip


def _informant(walk: Walk) -> None:
    informant = NewInformant(
        name="演示举报人", content="出站口有人拉客，拽我的行李。", reported_at=walk.now - timedelta(minutes=5), way="visit",
        gender="female", address="演示县演示镇", contact="13900000000",
    )  # fmt: skip
    walk.step(ending.record_informant, walk.lead, informant=informant)


DOCUMENTED = (
    Milestone("inquest_recorded", _inquest, 2),
    Milestone("sampled", _sample, 0),
    Milestone("copies_added", _evidence, 0),
    Milestone("copy_pasted", _paste, 0),
    Milestone("recording_described", _sheet, 0),
    Milestone("test_commissioned", _commission, 1),
    Milestone("assistance_asked", _assistance, 0),
    Milestone("proxy_authorised", _authority, 0),
    Milestone("recusal_asked", _ask_recusal, 0),
    Milestone("recusal_refused", _refuse_recusal, 0),
    Milestone("address_confirmed", _confirm_address, 0),
    Milestone("extension_asked", _ask_extension, 45),  # when the ninety days are nearly over
    Milestone("extension_endorsed", endorse, 0),
    Milestone("extended", _extend),
)
REPORTED = (Milestone("informant_recorded", _informant, 0),)
