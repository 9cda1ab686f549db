"""The signing screen: one signer of one paper, with a pad for every page that is to be signed."""

from __future__ import annotations

from typing import Any

from django import forms

from lishu_law.documents.seats import WAY_TITLES, WHOLE, Seat, Way, pad_name
from lishu_law.registry.models import User
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import MultipleFileField, OutsiderNameField, ShortTextField
from lishu_law.web.paper_signing.rows import Reading
from lishu_law.web.signatures import SignatureField
from lishu_law.web.uploads import PDF, PHOTO

DEGREES = 90, 180
SCANS = PHOTO | PDF


class SignForm(ActForm):
    """Everything a seat may need; what does not belong to the chosen way is left out of account.

    The pads come last: whoever changes something above them is asked to sign again (static/js/pad.js).
    """

    way = forms.ChoiceField(label="签名方式", widget=forms.RadioSelect)
    signer_name = OutsiderNameField(label="签名人姓名", required=False)
    officer = forms.ModelChoiceField(label="签名人", queryset=User.objects.none(), required=False)
    reading = forms.ChoiceField(
        label="签名人怎样核对笔录", choices=Reading.choices, widget=forms.RadioSelect, required=False
    )
    place = ShortTextField(label="签名地点", most=160)
    password = forms.CharField(
        label="您的登录口令", strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="输入本人口令，就是本人签名。",
    )  # fmt: skip
    scan = MultipleFileField(
        label="签过名的纸质文书", kinds=SCANS, required=False,
        help_text="扫描成一个 PDF，或者每页拍一张照片，按页码顺序选。页数要与文书一致。拒绝签名、见证人签在纸上的，也传这里。",
    )  # fmt: skip
    also = forms.MultipleChoiceField(
        label="同一份纸质文书上还有谁的签名", widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(label="拒绝签名的原因", max_length=300, required=False)
    witness_name = OutsiderNameField(label="见证人姓名", required=False)
    witness_signature = SignatureField(label="见证人签名")
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    located = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, min_value=-DEGREES[0], max_value=DEGREES[0], required=False)
    longitude = forms.FloatField(widget=forms.HiddenInput, min_value=-DEGREES[1], max_value=DEGREES[1], required=False)
    accuracy = forms.FloatField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, seat: Seat, texts: list[str], officers: Any, also: list[tuple[str, str]], user: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.seat, self.user, self._texts = seat, user, texts
        self._choose(officers, also)
        for page in seat.pages:
            where = "" if page == WHOLE else f"第 {page} 页 "
            self.fields[pad_name(page)] = SignatureField(label=f"{where}{seat.slot.label}签名")
        # Whether any other may be empty says the way that is chosen.
        for name in set(self.fields) - {"also", "witness_signature"}:
            self.fields[name].asked_by_law = True  # type: ignore[attr-defined]

    def _choose(self, officers: Any, also: list[tuple[str, str]]) -> None:
        seat, way = self.seat, self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [(one.value, WAY_TITLES[one]) for one in seat.ways]
        choice, more = self.fields["officer"], self.fields["also"]
        assert isinstance(choice, forms.ModelChoiceField) and isinstance(more, forms.ChoiceField)
        choice.queryset, more.choices = officers, also
        unused = {"officer", "password"} - ({"officer", "password"} if seat.is_officer else set())
        unused |= {"signer_name"} if seat.is_officer else set()
        unused |= set() if Way.REFUSED in seat.ways else {"reason", "witness_name", "witness_signature"}
        unused |= set() if seat.slot.reads else {"reading"}
        unused |= set() if also else {"also"}
        for name in unused:
            del self.fields[name]

    @property
    def parts(self) -> list[tuple[str, str, list[Any]]]:
        """Title, way and fields of each part under the common ones; the pads stand beside their pages."""
        parts = (
            ("本人账号", (Way.ACCOUNT,), ("password",)),
            ("拒绝签名", (Way.REFUSED,), ("reason", "witness_name", "witness_signature")),
            ("纸质文书", (Way.PAPER, Way.REFUSED), ("scan",)), ("纸质文书上的其他签名", (Way.PAPER,), ("also",)),
        )  # fmt: skip
        found = [
            (title, " ".join(ways), [self[name] for name in names if name in self.fields])
            for title, ways, names in parts
        ]
        return [part for part in found if part[2]]

    @property
    def common(self) -> list[Any]:
        return [self[name] for name in ("way", "signer_name", "officer", "place") if name in self.fields]

    @property
    def how_read(self) -> Any:
        return self["reading"] if "reading" in self.fields else None

    @property
    def sheets(self) -> list[tuple[int, str, Any]]:
        """Each page with its text and the pad under it; a single signature stands under the last page."""
        last = len(self._texts)
        return [(page, text, self._pad(page, last)) for page, text in enumerate(self._texts, start=1)]

    def _pad(self, page: int, last: int) -> Any:
        if self.seat.slot.every_page:
            return self[pad_name(page)] if page in self.seat.pages else None
        return self[pad_name(WHOLE)] if page == last else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        way, password = cleaned.get("way"), cleaned.pop("password", "")
        cleaned["is_confirmed"] = bool(password) and self.user.check_password(password)
        if way == Way.ACCOUNT and password and not cleaned["is_confirmed"]:
            self.add_error("password", "口令不对，没有签名。请重新输入您自己的登录口令。")
        if way != Way.DRAWN:
            self._forget(pad_name(page) for page in self.seat.pages)
        if way != Way.REFUSED:
            self._forget(("witness_signature",))
        cleaned["drawings"] = {page: cleaned[name] for page in self.seat.pages if cleaned.get(name := pad_name(page))}
        cleaned["place"] = self._whereabouts(cleaned)
        return cleaned

    def _forget(self, names: Any) -> None:
        """A pad of another way is not looked at, nor its faults."""
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data.pop(name, None)

    @staticmethod
    def _whereabouts(data: dict[str, Any]) -> str:
        """The place that was typed, with the position where the phone gave it."""
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if data.get("located") != "given" or latitude is None or longitude is None:
            return str(data.get("place", ""))
        accuracy = "" if data.get("accuracy") is None else f"，误差约 {data['accuracy']:.0f} 米"
        return f"{data.get('place', '')}（定位 {latitude:.5f}，{longitude:.5f}{accuracy}）"[:200]
