"""Form fields: attributes of the widgets, values in normal form, words of the messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from lishu_law.registry.identity import Place
from lishu_law.registry.identity.demo import demo_id_number
from lishu_law.registry.models import Certificate, User
from lishu_law.web import fields
from lishu_law.web.uploads import PHOTO, handlers

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai


@pytest.fixture(autouse=True)
def _now(time_machine, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOW, tick=False)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (fields.IdNumberField(), "２２０３２２１９７００８０８００４ｘ", "22032219700808004X"),
        (fields.UsccField(), "91220322-ma17abcd2l", "91220322MA17ABCD2L"),
        (fields.PlateField(), "吉c·12345", "吉C12345"),
        (fields.MobileField(), "+86 138 0013 8000", "13800138000"),
        (fields.PhoneField(), "(0434)5222222", "0434-5222222"),
        (fields.PhoneField(), "13800138000", "13800138000"),
        (fields.PersonNameField(), " 𠮷\u3000田 ", "𠮷田"),
        (fields.OrganisationNameField(), "四平示例物流(集团)有限公司", "四平示例物流（集团）有限公司"),
        (fields.AmountField(), "￥１，０００．５０元", Decimal("1000.50")),
        (fields.AmountField(), "12,000", Decimal("12000.00")),
        (fields.FlexibleDateField(), "2026年11月23日", date(2026, 11, 23)),
        (fields.FlexibleDateTimeField(future=False), "2026/11/23 23:02", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        (fields.FlexibleDateTimeField(future=False), "2026-11-23 23:30", NOW),
        (fields.PlaceField(), "g303 k12+300", Place("G303 K12+300", "G303", "K12+300")),
        (fields.NarrativeField(), "第一行\r\n第二行\r第三行\u2028完", "第一行\n第二行\n第三行\n完"),
        (fields.NarrativeField(), "<b>粗</b> & 䶮𠮷", "<b>粗</b> & 䶮𠮷"),
        (fields.NarrativeField(), "𠮷" * 20_000, "𠮷" * 20_000),
        (fields.ShortTextField(most=3), " 𠮷𠮷𠮷 ", "𠮷𠮷𠮷"),
        (fields.OneChoiceField(choices=[("a", "甲")]), "a", "a"),
        (fields.PhoneField(required=False), "  ", ""),
        (fields.AmountField(required=False), "", None),
        (fields.FlexibleDateField(required=False), None, None),
    ],
)
def test_values(field: forms.Field, typed: object, value: object) -> None:
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (fields.PlaceField(label="违法地点", used_in="处罚决定书"), " ", "请填写违法地点。后面的处罚决定书要用到它。"),
        (fields.PhoneField(label="电话"), "", "请填写电话。"),
        (fields.OneChoiceField(label="类型", choices=[("a", "甲")]), "", "请选择类型。"),
        (
            fields.OneChoiceField(label="类型", choices=[("a", "甲")]),
            "z",
            "选项里没有这一项，可能已经停用。请重新选择。",
        ),
        (fields.IdNumberField(), "22032219680315401", "身份证号少 1 位，现在是 17 位，请再核对一遍。"),
        (fields.IdNumberField(), "110105194912310021", "身份证号最后一位对不上，可能抄错了一位。请对照证件再看一遍。"),
        (fields.IdNumberField(), demo_id_number(1), "身份证号前 6 位 220399 没有对应的地区，请对照证件核对。"),
        (fields.UsccField(), "91220322MA17ABCD2M", "第 18 位校验码不对（应为 L），请对照营业执照。"),
        (fields.UsccField(for_staff=False), "91220322MA17ABCD2M", "信用代码校验不通过，请对照营业执照逐位核对。"),
        (fields.PlateField(), "吉C123456", "车牌不像真实号牌。普通车 7 位，新能源车 8 位。没有号牌请选“无牌”。"),
        (fields.AmountField(), "1,00", "千位分隔要每三位一组，如 12,000；也可以不写分隔符。"),
        (fields.AmountField(least=Decimal("0.01")), "0", "金额不能少于 0.01 元，请核对。"),
        (fields.AmountField(most=Decimal("200")), "200.01", "金额不能超过 200.00 元，请核对。"),
        (fields.FlexibleDateField(), "2026-02-30", "日历上没有 2026-02-30 这一天，请核对月份和日子。"),
        (
            fields.FlexibleDateField(label="送达日期", future=False),
            "2026-11-24",
            "送达日期不能晚于今天 2026-11-23（星期一）。请核对。",
        ),
        (
            fields.FlexibleDateField(label="计划日期", past=False),
            "2026-11-22",
            "计划日期不能早于今天 2026-11-23（星期一）。请核对。",
        ),
        (
            fields.FlexibleDateTimeField(label="违法时间", future=False),
            "2026-11-23 23:31",
            "违法时间不能晚于现在 2026-11-23 23:30。请核对。",
        ),
        (fields.NarrativeField(least=20), "太短", "至少要写 20 个字，现在是 2 个字。请补充。"),
        (fields.NarrativeField(), "字" * 20_001, "最多 20000 个字，现在是 20001 个字，请删减 1 个字。"),
        (fields.NarrativeField(), "经查，【　】于【 】日", "还有 2 处【　】没有填写，请补上或者删掉。"),
        (
            fields.NarrativeField(),
            "经查，【待填：经过】于【　】日",
            "还有 2 处【待填：经过】没有填写，请补上或者删掉。",
        ),
        (fields.NarrativeField(), "经查，【待填经过", "还有 1 处【　】没有填写，请补上或者删掉。"),
        (fields.NarrativeField(), "隐\u202e藏", "第 2 个字符看不见，多半是复制带来的。请删掉后手工重填。"),
        (fields.NarrativeField(), "空\x00字节", "第 2 个字符看不见，多半是复制带来的。请删掉后手工重填。"),
        (fields.ShortTextField(), "两\n行", "第 2 个字符处有换行，这里只能填一行。请删掉换行。"),
    ],
)
def test_messages(field: forms.Field, typed: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [message]


def test_demo_numbers_only_in_demo_mode(settings) -> None:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    assert fields.IdNumberField().clean(demo_id_number(1)) == demo_id_number(1)


@pytest.mark.parametrize(
    ("field", "attributes"),
    [
        (fields.IdNumberField(), {"inputmode": "text", "maxlength": "20", "autocomplete": "off"}),
        (fields.MobileField(), {"inputmode": "tel", "autocomplete": "off"}),
        (fields.AmountField(), {"inputmode": "decimal", "autocomplete": "off"}),
        (fields.UsccField(), {"autocapitalize": "characters"}),
        (fields.NarrativeField(rows=9), {"rows": "9", "data-counter": "20000"}),
        (fields.EvidenceFileField(kinds=PHOTO), {"accept": ".jpg,.jpeg,.png,.heic,.heif"}),
    ],
)
def test_attributes(field: forms.Field, attributes: dict[str, str]) -> None:
    assert attributes.items() <= field.widget.attrs.items()


class Period(forms.Form):
    start = fields.FlexibleDateTimeField(label="开始时间")
    end = fields.FlexibleDateTimeField(label="结束时间")
    midnight = forms.BooleanField(label="跨零点", required=False)

    def clean(self) -> None:
        fields.check_period(self, "start", "end", longest=timedelta(hours=24), midnight="midnight")


@pytest.mark.parametrize(
    ("start", "end", "midnight", "message"),
    [
        ("2026-11-23 14:00", "2026-11-23 14:40", "", ""),
        ("2026-11-23 14:00", "2026-11-23 14:00", "", "结束时间要晚于开始时间。请核对这两个时间。"),
        ("2026-11-23 14:00", "2026-11-23 13:59", "", "结束时间要晚于开始时间。请核对这两个时间。"),
        ("2026-11-22 23:50", "2026-11-23 00:10", "", "这段时间跨过了零点。如果属实，请勾选“跨零点”。"),
        ("2026-11-22 23:50", "2026-11-23 00:10", "on", ""),
        ("2026-11-21 23:50", "2026-11-23 00:10", "on", "这段时间超过 24 小时，请核对起止时间。"),
    ],
)
def test_periods(start: str, end: str, midnight: str, message: str) -> None:
    form = Period({"start": start, "end": end, "midnight": midnight})
    assert form.errors.get("end", []) == ([message] if message else [])


def test_what_was_typed_is_shown_again() -> None:
    form = Period({"start": "2026-02-30 １０:00", "end": "<b>"})
    html = str(form)
    assert "2026-02-30 １０:00" in html
    assert "&lt;b&gt;" in html
    assert Period(initial={"start": NOW})["start"].value() == "2026-11-23 23:30"


@pytest.fixture
def officers(db) -> dict[str, User]:
    found = {}
    for number, (name, until, revoked) in enumerate(
        [
            ("valid", date(2026, 11, 23), None),
            ("expired", date(2026, 11, 22), None),
            ("revoked", date(2027, 1, 1), date(2026, 11, 23)),
            ("none", None, None),
        ]
    ):
        user = User.objects.create_user(name, staff_number=f"S{number}", full_name=f"{name}演示")
        if until:
            Certificate.objects.create(
                user=user,
                number=f"22-{number}",
                issuer="示例",
                valid_from=date(2020, 1, 1),
                valid_until=until,
                revoked_on=revoked,
            )
        found[name] = user
    return found


class Officers(forms.Form):
    officer = fields.OfficerChoiceField(label="协办人员", used_in="立案登记表")


def test_officers_of_the_day(officers: dict[str, User]) -> None:
    form = Officers({"officer": officers["valid"].pk})
    assert form.is_valid()
    assert form.cleaned_data["officer"] == officers["valid"]
    assert [label for _value, label in form.fields["officer"].choices] == [
        "请选择执法人员",
        "valid演示（执法证 22-0）",
    ]
    form.fields["officer"].on_day(date(2026, 11, 22))
    assert len(form.fields["officer"].choices) == 4
    form.fields["officer"].on_day(date(2026, 11, 22), without=officers["valid"])
    assert len(form.fields["officer"].choices) == 3


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("expired", "expired演示的执法证已于 2026-11-22 到期，请换人或先更新证件。"),
        ("revoked", "revoked演示的执法证已于 2026-11-23 到期，请换人或先更新证件。"),
        ("none", "选的人在 2026-11-23 没有有效的执法证，或者不能再选。请换人。"),
        ("", "请选择协办人员。后面的立案登记表要用到它。"),
        ("1 OR 1=1", "选的人在 2026-11-23 没有有效的执法证，或者不能再选。请换人。"),
        ("99999999999999999999", "选的人在 2026-11-23 没有有效的执法证，或者不能再选。请换人。"),
    ],
)
def test_officers_refused(officers: dict[str, User], name: str, message: str) -> None:
    form = Officers({"officer": officers[name].pk if name in officers else name})
    assert form.errors == {"officer": [message]}


class Files(forms.Form):
    photo = fields.EvidenceFileField(label="照片", kinds=PHOTO, required=False)
    many = fields.MultipleFileField(label="证据", required=False, most=2)


def test_files_in_forms() -> None:
    bad = SimpleUploadedFile("a.svg", b"<svg>")
    form = Files({}, MultiValueDict({"photo": [bad], "many": [bad, SimpleUploadedFile("b.jpg", b"")]}))
    assert form.errors["photo"] == ["这个文件不能用：这里只收照片(JPG/PNG/HEIC)，内容要与扩展名一致。"]
    assert [message[:10] for message in form.errors["many"]] == ["“a.svg”：这个", "“b.jpg”：文件"]
    form = Files({}, MultiValueDict({"many": [bad, bad, bad]}))
    assert form.errors["many"] == ["一次最多传 2 个文件，现在是 3 个。请分几次上传。"]
    assert Files({}, {}).is_valid()


def test_handler_keeps_nothing_of_a_huge_file_and_the_form_survives(rf, settings, monkeypatch) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr(handlers, "HARD_LIMIT", 100_000)
    content = b"\xff\xd8\xff" + b"x" * 400_000
    request = rf.post("/", {"photo": SimpleUploadedFile("a.jpg", content), "after": "还在"})
    file = request.FILES["photo"]
    assert file.size == len(content)
    assert len(file.read()) == 0
    assert request.POST["after"] == "还在"
    file.close()
