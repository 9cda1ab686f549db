"""Fixed wording of the papers: the rights of the inspected, conclusions, remedies. The bans are ``inspections.phrases``'."""

from __future__ import annotations

OPINIONS = "《国务院办公厅关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）"

RIGHTS = (
    "检查人员应当主动出示执法证件、扫码开始检查；没有出示执法证件的，{you}有权拒绝检查。",
    "检查人员与{you}有直接利害关系或者有其他关系可能影响公正的，{you}可以申请回避。",
    "{you}可以扫码核对本次检查的备案、检查事项和检查人员。",
    "{you}可以对检查情况陈述意见，并在笔录上写明。",
    "检查结束后，{you}可以扫码评价本次检查；发现检查人员违反上述纪律的，可以投诉举报。",
)
# Words of the conclusion for each result (standards/inspection.md §7); R8 and R9 say what follows.
CONCLUSIONS = {
    "R1": "本次检查未发现问题。",
    "R2": "{you}未按规定公示应当公示的信息。",
    "R3": "{you}公示的信息存在隐瞒真实情况、弄虚作假的问题。",
    "R4": "通过登记的住所（经营场所）无法与{you}取得联系。",
    "R5": "本次检查发现问题，已责令改正。",
    "R6": "{you}不配合检查，情节严重。",
    "R7": "未发现{you}开展本次检查涉及的经营活动。",
    "R8": "本次检查发现问题，待后续处理。",
    "R9": "本次检查发现涉嫌违法的线索，依法另行立案调查。",
    "R10": "{you}的违法行为轻微，已当场改正，本机关对{you}进行了批评教育。",
}
OBJECTION = "{you}对检查结果有异议的，可以向本机关陈述意见；认为检查行为违法或者不当的，可以投诉举报。"
# As on 责令改正违法行为通知书 (M16).
REMEDY = (
    "对责令改正不服的，可以自收到本告知书之日起60日内向{review}申请行政复议，或者在6个月内依法向{court}提起行政诉讼。"
)
EVALUATION = "由被检查对象自检查结束之日起 {days} 日内扫码评价；评价内容由监督机构掌握，不向检查人员显示。"
