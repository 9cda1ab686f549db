"""File fields. A cleaned file is a ``CheckedUpload`` in the spool; ``uploads.store_upload`` keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lishu_law.registry.identity import InvalidValue
from lishu_law.web.fields.typed import required_text
from lishu_law.web.uploads.checks import (
    AUDIO,
    EVERYTHING,
    MOST_BYTES,
    PDF,
    PHOTO,
    TABLE,
    VIDEO,
    CheckedUpload,
    check_upload,
)

MOST_FILES = 60
_ACCEPT = (
    (PHOTO, ".jpg,.jpeg,.png,.heic,.heif"),
    (VIDEO, ".mp4,.m4v,.3gp,.mov"),
    (AUDIO, ".m4a,.wav,.amr"),
    (PDF, ".pdf"),
    (TABLE, ".xlsx,.csv"),
)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceFileField(forms.Field):
    """One file of the given kinds, checked by content."""

    widget: Any = forms.FileInput

    def __init__(self, *, kinds: frozenset[str] = EVERYTHING, used_in: str = "", **kwargs: Any) -> None:
        self.kinds, self.used_in = kinds, used_in
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {
            "accept": ",".join(extensions for types, extensions in _ACCEPT if types & self.kinds),
            "data-max-bytes": str(max(MOST_BYTES[kind] for kind in self.kinds)),
        }

    def clean(self, value: Any) -> CheckedUpload | None:
        if value is None:
            if self.required:
                raise ValidationError(required_text(self.label, self.used_in, verb="选择"), code="required")
            return None
        try:
            return check_upload(value, self.kinds)
        except InvalidValue as wrong:
            raise ValidationError(wrong.message, code=wrong.code) from None


class MultipleFileField(EvidenceFileField):
    """Up to 60 files. Every refused one is named; if any is refused none is taken."""

    widget = ManyFilesInput

    def __init__(self, *, most: int = MOST_FILES, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[CheckedUpload]:  # type: ignore[override]
        files = [] if value is None else value if isinstance(value, (list, tuple)) else [value]
        if not files:
            super().clean(None)
            return []
        if len(files) > self.most:
            raise ValidationError(
                f"一次最多传 {self.most} 个文件，现在是 {len(files)} 个。请分几次上传。", code="file.many"
            )
        taken: list[CheckedUpload] = []
        errors = []
        for file in files:
            try:
                taken.append(check_upload(file, self.kinds))
            except InvalidValue as wrong:
                errors.append(ValidationError(f"“{str(file.name)[-30:]}”：{wrong.message}", code=wrong.code))
        if errors:
            for checked in taken:
                checked.discard()
            raise ValidationError(errors)
        return taken
