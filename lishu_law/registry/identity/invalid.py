"""The one error of the identity checks."""

from __future__ import annotations


class InvalidValue(ValueError):
    """A typed value that cannot be used.

    ``message`` says what, why and how to go on; ``staff_message`` may say more (an expected check digit) and is shown
    to staff only, because an outsider could build a valid number with it.
    """

    def __init__(self, code: str, message: str, *, staff_message: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.staff_message = staff_message or message
