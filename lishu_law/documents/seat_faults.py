"""What makes a signature by hand good: the very paper, the right person, every page, or the refusal before a witness.

Pure. Each function answers with the refusals it finds (处罚法52、55、56、64).
"""

from __future__ import annotations

from dataclasses import dataclass

from lishu_law.documents.seats import WAY_TITLES, WHOLE, Form, Noting, Seat, Signer, Way, pad_name
from lishu_law.errors import Refusal
from lishu_law.registry.identity import NAMESAKE, Insiders, why_no_witness

FEWEST_REASON = 4


@dataclass(frozen=True)
class PaperFact:
    """The paper as it lies in the store: ``sha256`` as it was sealed, ``found`` of the bytes that are there now."""

    form: Form
    title: str
    pages: int
    sha256: str
    found: str


@dataclass(frozen=True)
class Given:
    """What was given for one seat. ``pages`` are those with a drawing, ``scan_pages`` those of the paper that was sent;
    ``has_signed_already``: the same officer signed in another seat of this paper. ``insiders``: none of its officers signs
    as party, nobody of them as witness. ``has_witness_drawing``: the witness of a
    refusal signed on the screen. ``is_page_twice``: one and the same file was sent for two pages."""

    way: Way
    digest: str
    name: str = ""
    pages: frozenset[int] = frozenset()
    scan_pages: int = 0
    reason: str = ""
    witness: str = ""
    has_password: bool = False
    has_signed_already: bool = False
    insiders: Insiders = Insiders()
    has_witness_drawing: bool = False
    is_page_twice: bool = False


def faults(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    """Everything that is wrong with what was given for a seat, collected."""
    found = [*_not_the_paper(paper, given), *_not_this_way(paper, seat, given), *_not_the_person(paper, seat, given)]
    judge = {Way.DRAWN: _drawn, Way.PAPER: _on_paper, Way.ACCOUNT: _by_account, Way.REFUSED: _refused}[given.way]
    return [*found, *judge(paper, seat, given)]


def _said(paper: PaperFact, message: str, fix: str = "") -> Refusal:
    return Refusal(paper.form.rule, message, paper.form.citation, fix)


def _not_the_paper(paper: PaperFact, given: Given) -> list[Refusal]:
    """What is signed are the bytes that were shown and were sealed, no others."""
    if paper.found != paper.sha256:
        text = f"《{paper.title}》的文件与定稿时的摘要不符，不能签名。请联系系统管理员查明，不要在别的文件上签。"
        return [_said(paper, text)]
    if given.digest == paper.sha256:
        return []
    text = (
        f"打开签名页时看到的《{paper.title}》与现在的文书不是同一份，签名没有保存。请重新打开这一页，核对内容后再签。"
    )
    return [_said(paper, text)]


def _not_this_way(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    if given.way in seat.ways:
        return []
    ways = "、".join(WAY_TITLES[way] for way in seat.ways)
    return [_said(paper, f"{seat.title}不能“{WAY_TITLES[given.way]}”。可以选：{ways}。", "way")]


def _not_the_person(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    field = "officer" if seat.is_officer else "signer_name"
    if not given.name.strip():
        return [_said(paper, f"请写明{seat.slot.label}的姓名。", field)]
    if given.has_signed_already:
        text = f"{given.name}已经在这份文书的另一处签过名。这一处要由另一人签。"
        return [_said(paper, text, field)]
    if seat.slot.who is Signer.WITNESS and (why := why_no_witness(given.name, given.insiders)):
        return [_said(paper, why, field)]
    if _is_an_officer(seat, given):
        text = (
            f"{given.name.strip()}是{given.insiders.role}，不能作为{seat.slot.label}签名。"
            f"请填写{seat.slot.label}本人的姓名；没有人能签的，请改选“拒绝签名”；{NAMESAKE}"
        )
        return [_said(paper, text, field)]
    if seat.slot.is_named and seat.names and given.name.strip() not in seat.names:
        text = f"文书上的{seat.slot.label}是{'、'.join(seat.names)}，不能由{given.name.strip()}签名。"
        return [_said(paper, text, field)]
    return []


def _is_an_officer(seat: Seat, given: Given) -> bool:
    """The party is another person than the officers; one who bears an officer's name stands on the paper."""
    name = given.name.strip()
    return not seat.is_officer and name in given.insiders.officers and name not in seat.names


def _drawn(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    lacking = [page for page in seat.pages if page not in given.pages]
    if not lacking:
        return []
    if lacking == [WHOLE]:
        text = f"{seat.title}还没有签名。请在签名框里写完整的姓名，或者改选别的方式。"
        return [_said(paper, text, pad_name(WHOLE))]
    text = (
        f"第 {'、'.join(map(str, lacking))} 页还没有{seat.slot.label}的签名。这种文书要逐页签名，请逐页写完整的姓名。"
    )
    return [_said(paper, text, pad_name(lacking[0]))]


def _on_paper(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    if not given.scan_pages:
        return [_said(paper, "请上传签过名的纸质文书的扫描件或者照片，每页都要。", "scan")]
    if given.is_page_twice:
        text = "同一个文件选了两次。每一页要单独扫描或者拍照，请去掉重复的，补上缺的页。"
        return [_said(paper, text, "scan")]
    if given.scan_pages == paper.pages:
        return []
    text = (
        f"《{paper.title}》共 {paper.pages} 页，上传的有 {given.scan_pages} 页。请把每一页都扫描或者拍照，不多不少，"
        "按页码顺序上传。"
    )
    return [_said(paper, text, "scan")]


def _by_account(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    if given.has_password:
        return []
    return [_said(paper, "请输入您自己的登录口令，确认是您本人签名。", "password")]


def _refused(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    found = []
    if len(given.reason.strip()) < FEWEST_REASON:
        text = f"{seat.slot.label}拒绝签名的，请写明原因（至少 {FEWEST_REASON} 字）。"
        found.append(_said(paper, text, "reason"))
    if seat.slot.noting is Noting.WITNESS and not given.witness.strip():
        text = f"{seat.slot.label}拒绝签名的，要请见证人见证。请填写见证人姓名；没有见证人的，请先邀请见证人到场。"
        found.append(_said(paper, text, "witness_name"))
    if given.witness.strip():
        found += _witnessed(paper, seat, given)
    return [*found, *(_on_paper(paper, seat, given) if given.scan_pages else ())]


def _witnessed(paper: PaperFact, seat: Seat, given: Given) -> list[Refusal]:
    """The witness is somebody else, and signs: on the screen, or on the paper that was sent."""
    found, witness = [], given.witness.strip()
    if witness == given.name.strip():
        found.append(_said(paper, "见证人不能是拒绝签名的人自己。", "witness_name"))
    elif why := why_no_witness(witness, given.insiders):
        found.append(_said(paper, why, "witness_name"))
    if seat.slot.noting is Noting.WITNESS and not given.has_witness_drawing and not given.scan_pages:
        text = "见证人还没有签名。请见证人在签名框里写完整的姓名；签在纸上的，请上传注明拒签、见证人签过名的文书。"
        found.append(_said(paper, text, "witness_signature"))
    return found
