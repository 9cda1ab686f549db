"""The words of shape errors (ux.md §7.6, §20): what happened, why, how to go on. Replaces Django's own words only.

A field that declares its own ``error_messages`` keeps them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators

_CHOICE = "请选择{label}。"
_REQUIRED = "请填写{label}。"
_FILE = "请选择要上传的文件：{label}。"
_INVALID: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateTimeField, "{label}请写日期和时间，如 2026-03-05 23:02。"),
    (forms.DateField, "{label}不是日历上有的日期，请写成 2026-03-05 这样。"),
    (forms.TimeField, "{label}请写成 24 小时制，如 23:02。"),
    (forms.DecimalField, "{label}请只填数字，如 1000 或者 1000.50。"),
    (forms.IntegerField, "{label}请填整数，如 3。"),
    (forms.EmailField, "{label}不像邮箱地址，请对照再填。"),
    (forms.FileField, "{label}没有传上来，请重新选择文件再提交。"),
)


def reword(form: forms.BaseForm) -> None:
    """Give every field of ``form`` our words where it still has Django's."""
    for name, form_field in form.fields.items():
        label = str(form_field.label or name).split("（")[0].rstrip("？：")  # 罚款（元） is spoken of as 罚款
        for code, words in _messages(form_field).items():
            if form_field.error_messages.get(code) == _django_words(form_field, code):
                form_field.error_messages[code] = words.format(label=label)
        form_field.validators = [_reworded(validator, label) for validator in form_field.validators]


def _messages(form_field: forms.Field) -> dict[str, str]:
    if isinstance(form_field, forms.FileField):
        required = _FILE
    else:
        required = _CHOICE if isinstance(form_field, forms.ChoiceField | forms.ModelChoiceField) else _REQUIRED
    if isinstance(form_field, forms.BooleanField):
        required = "请勾选：{label}。"
    found = {
        "required": required,
        "invalid_choice": "{label}不在可选的范围内，请重新选择。",
        "invalid_list": "{label}没有选好，请重新选择。",
        "empty": "{label}是空文件，没有内容。请重新选择文件。",
        "missing": "{label}没有文件名，请重新选择文件。",
        "invalid_image": "{label}不是能打开的图片，请重新拍摄或换一张。",
    }
    for kind, words in _INVALID:
        if isinstance(form_field, kind):
            found["invalid"] = words
            break
    return found


def _django_words(form_field: forms.Field, code: str) -> Any:
    """The message the field's classes bring along, as ``Field.__init__`` collects them."""
    for kind in type(form_field).__mro__:
        words = getattr(kind, "default_error_messages", {}).get(code)
        if words is not None:
            return words if kind.__module__.startswith("django.") else None
    return None


def _reworded(validator: Any, label: str) -> Any:
    kinds: tuple[tuple[type[Any], str], ...] = (
        (validators.MaxLengthValidator, f"{label}最多 %(limit_value)d 字，现在 %(show_value)d 字，请精简。"),
        (validators.MinLengthValidator, f"{label}至少 %(limit_value)d 字，现在 %(show_value)d 字，请补充。"),
        (validators.MaxValueValidator, f"{label}不能大于 %(limit_value)s，请核对。"),
        (validators.MinValueValidator, f"{label}不能小于 %(limit_value)s，请核对。"),
    )
    for kind, words in kinds:
        if type(validator) is kind and validator.message == kind.message:
            return kind(validator.limit_value, message=words)
    if type(validator) is validators.ProhibitNullCharactersValidator:
        return validators.ProhibitNullCharactersValidator(message=f"{label}里有看不见的字符，请删掉后重新输入。")
    if type(validator) is validators.DecimalValidator:
        fresh = validators.DecimalValidator(validator.max_digits, validator.decimal_places)
        fresh.messages = {
            "invalid": f"{label}请只填数字，如 1000 或者 1000.50。",
            "max_digits": f"{label}的位数太多，请核对。",
            "max_decimal_places": f"{label}最多 %(max)s 位小数，请核对。",
            "max_whole_digits": f"{label}的位数太多，请核对。",
        }
        return fresh
    return validator
