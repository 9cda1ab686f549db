"""Stops a huge upload from filling the disk without losing the rest of the form: bytes over the limit are counted and
dropped, and the check then says how large the file was.
"""

from __future__ import annotations

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from lishu_law.web.uploads.checks import HARD_LIMIT


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Django's handler for large files, keeping nothing of a file that is over every limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= HARD_LIMIT:
            self.file.write(raw_data)
        elif start <= HARD_LIMIT:
            self.file.truncate(0)

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file
