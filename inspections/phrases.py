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
