"""Prepared sentences for findings and measures; gaps 【　】 must be filled before the record is taken."""

FINDINGS = (
    "车辆装载【　】，货物未采取苫盖、捆扎等必要措施防止脱落、扬撒。",
    "车厢缝隙有【　】漏撒，沿途路面可见散落物，当场不能改正。",
    "驾驶员当场不能出示【　】，经查询系统没有该证件的有效记录。",
    "经现场测量，车货总体外廓尺寸为长【　】米、宽【　】米、高【　】米。",
)
MEASURES = (
    "已责令采取苫盖措施后再行驶。",
    "已当场改正，对驾驶员批评教育后放行。",
)

# 国办发〔2024〕54号; shown where an inspection is filed and approved, and printed on its papers (insp-five-ban).
FIVE_BANS = (
    "严禁逐利检查", "严禁干扰企业正常生产经营", "严禁任性处罚企业", "严禁下达检查指标", "严禁变相检查（以观摩、督导、考察等名义）",
)  # fmt: skip
EIGHT_NEVERS = (
    "不得接受企业的馈赠、报酬、福利待遇", "不得参加企业的宴请、娱乐、旅游等活动", "不得由企业支付消费或者转嫁检查费用",
    "不得强制企业接受指定的中介服务", "不得刻意要求法定代表人到场",
    "不得乱查封、乱扣押、乱冻结，动辄责令停产停业", "不得将考核考评与检查频次、罚款数额挂钩",
    "不得以观摩等名义行检查之实",
)  # fmt: skip
