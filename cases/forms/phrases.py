"""Forms of the reference wording: shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.documents.phrase_text import LEAST, MOST
from cases.models import PhraseKind
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, ShortTextField

TEXT_HELP = "会变的内容写成填空，例如{当事人}；要承办人自己补写的写成【待填：要写什么】。"


def text_field() -> NarrativeField:
    return NarrativeField(label="用语", least=LEAST, most=MOST, rows=8, has_gaps=True, help_text=TEXT_HELP)


class PhraseForm(ActForm):
    """A new phrase: where it belongs, what it is called, its first text."""

    kind = forms.ChoiceField(label="写在文书的哪一部分", choices=PhraseKind.choices, widget=forms.RadioSelect)
    item_code = forms.ChoiceField(label="案由", choices=[("", "各案由通用")], required=False)
    title = ShortTextField(label="名称", least=2, most=60, help_text="说明什么情形用。例如：首次被查处、当场改正")
    text = text_field()

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_code"].choices = choices  # type: ignore[attr-defined]


class PhraseTextForm(ActForm):
    """The text of a version."""

    text = text_field()


class PhraseSubmitForm(ActForm):
    """Nothing to type: the text was written before."""


class PhraseReviewForm(ActForm):
    """The legal section's opinion on a text."""

    agree = forms.ChoiceField(
        label="审核结论", choices=[("yes", "通过，供承办人参考"), ("no", "退回修改")], widget=forms.RadioSelect
    )
    opinion = NarrativeField(label="审核意见", least=5, most=1000, rows=4, help_text="退回的，写明要改什么。")

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class PhraseRetireForm(ActForm):
    """Why it is not offered any more."""

    reason = NarrativeField(
        label="停用的原因", least=5, most=300, rows=3, help_text="已经写进案件的文字不会变，审核的人会看到停用的原因。"
    )
