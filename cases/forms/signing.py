"""The signing screen of a paper of a case: the shared form, whose fields have their homes in the tables of the cases."""

from __future__ import annotations

from lishu_law.web.paper_signing import form


class SignForm(form.SignForm):
    """As shared; ``cases/data/form_homes.csv`` names the column of each field."""
