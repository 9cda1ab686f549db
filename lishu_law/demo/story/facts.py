"""Who plays in the story, and the facts of a decision really published, with invented people on a road of Lishu."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from lishu_law.demo.people import PEOPLE
from lishu_law.demo.story.forms import Upload
from lishu_law.registry.identity import demo

# Part in the story → account of ``demo_accounts``; all share one password.
CAST = {
    "lead": "officer1",
    "assistant": "officer2",
    "squad_leader": "leader1",
    "reviewer": "legal1",
    "deputy": "deputy1",
    "head": "head1",
    "checker": "checker1",
    "archivist": "archive1",
    "system_admin": "sysadmin1",
}
NAMES = {part: next(one.name for one in PEOPLE if one.username == account) for part, account in CAST.items()}
ITEM_CODE = "frt-scatter"
ROUTE, STAKE, TOWNSHIP = "G303", "K312+300", "梨树镇"
AMOUNT, TOO_MUCH = "1000", "5000"
FIRST_SEED = 9000  # the seeded demo data draws below 6,000
FINDINGS = (
    "重型半挂货车装载碎砖，车厢上部没有苫盖，货物没有采取防止脱落、扬撒的措施，现场没有苫盖物，当场不能改正。"
    "路面未见洒落物，驾驶员配合检查。"
)
MEASURES = "当场向驾驶员说明违法情况，责令改正，要求落实防护措施后再上路行驶。"
ONSCENE = (
    "执法人员在国道G303线示例路段巡查时，示意一辆重型半挂货车停车接受检查。该车装载碎砖，车厢上部没有苫盖，"
    "没有采取防止货物脱落、扬撒的措施。驾驶员表示车上没有苫布，当场不能改正。路面未见洒落物。执法人员拍照取证。"
)
ANSWERS = (
    "我是本公司的负责人，身份信息以上面登记的为准。",
    "我是当事人的法定代表人。",
    "当天夜里本公司的重型半挂货车从砖厂拉碎砖到工地，在国道G303线被执法人员拦下检查。",
    "装的是碎砖，没有采取防护措施。",
    "车上的苫布坏了，想着路程短，就没有苫盖。",
    "没有，这是第一次。",
    "没有意见，我们认识到错了。",
    "没有补充的。",
)
DEFENCE = "本公司是第一次被查处，没有造成货物洒落，希望按最低的标准处理。"
DEFENCE_REVIEW = (
    "当事人称系首次被查处、没有造成洒落。经核对检查记录和以往记录，情况属实，拟处罚款已是该档次的下限，"
    "这一情节在裁量时已经考虑，不再另行减少。"
)


@dataclass(frozen=True)
class Business:
    """The company, its representative, its vehicle and the driver."""

    name: str
    uscc: str
    representative: str
    representative_id: str
    phone: str
    address: str
    plate: str
    driver: str
    driver_id: str
    driver_phone: str


def business(serial: int) -> Business:
    """Another one for each run on the same database: the violation is the first within a year."""
    seed = FIRST_SEED + serial % 999
    return Business(
        name=f"梨树县示例碎砖运输{serial}号有限公司",
        uscc=demo.demo_uscc(seed),
        representative=demo.demo_person_name(seed),
        representative_id=demo.demo_id_number(seed),
        phone=demo.demo_mobile(seed),
        address=f"梨树县梨树镇示例路{serial}号",
        plate=demo.demo_plate(seed),
        driver=demo.demo_person_name(seed + 7),
        driver_id=demo.demo_id_number(seed + 7),
        driver_phone=demo.demo_mobile(seed + 7),
    )


def photo(words: str, shade: int = 90) -> Upload:
    """A small JPEG; different words give different bytes."""
    image = Image.new("RGB", (640, 480), (shade, shade + 10, shade + 20))
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 160, 520, 330), fill=(150, 75, 50), outline=(30, 30, 30), width=4)
    draw.ellipse((160, 310, 230, 380), fill=(20, 20, 20))
    draw.ellipse((410, 310, 480, 380), fill=(20, 20, 20))
    draw.text((20, 20), f"DEMO {words}", fill=(255, 255, 255))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return Upload(f"{words}.jpg", target.getvalue(), "image/jpeg")
