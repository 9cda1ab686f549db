"""Files from outside (security.md §8): received to a spool, hashed, checked by content, kept unchanged for ever, and
served only by a view that has asked the policy.
"""

from lishu_law.web.uploads.checks import AUDIO, EVERYTHING, PDF, PHOTO, TABLE, VIDEO, CheckedUpload, check_upload
from lishu_law.web.uploads.derivative import make_derivative, make_portrait
from lishu_law.web.uploads.serving import serve_file
from lishu_law.web.uploads.store import store_upload

__all__ = [
    "AUDIO",
    "EVERYTHING",
    "PDF",
    "PHOTO",
    "TABLE",
    "VIDEO",
    "CheckedUpload",
    "check_upload",
    "make_derivative",
    "make_portrait",
    "serve_file",
    "store_upload",
]
