"""Components: inclusion tags with named arguments; each has its template in templates/components/."""

from __future__ import annotations

from django import template

register = template.Library()
