"""Components: words, signs and ties for screen readers; every one stands on the style guide page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as django_settings
from django.template import Context, Template
from django.test import Client

from lishu_law.errors import Refusal
from lishu_law.law.lights import Light, LightState
from lishu_law.registry.models.people import User
from lishu_law.web.templatetags import components


def show(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("state", list(LightState))
def test_badge_of_every_light_of_the_law(state: LightState) -> None:
    html = show("{% deadline_badge light %}", light=Light(state, "还剩 2 个工作日"))
    sign, meaning = components.LIGHTS[state.value.replace("-", "_")]
    assert sign == Light(state, "").symbol
    assert sign in html
    assert f"{meaning}：" in html
    assert "还剩 2 个工作日" in html


def test_badge_takes_an_object_with_kind_too() -> None:
    assert "light notice-light" in show("{% deadline_badge l %}", l={"kind": "notice", "text": "x", "due_text": "y"})


def test_unknown_status_is_a_fault_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        show("{% status_tag '某词' 'no_such_kind' %}")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% amount v %}", '<span class="amount">1,680.32 元</span>'),
        ("{% amount v upper=True %}", "壹仟陆佰捌拾元叁角贰分"),
        ("{% amount n %}", '<span class="vh">无</span>'),
        ("{{ d|day }}", "2026-03-05 周四"),
        ("{{ n|dash }}", '<span class="vh">无</span>'),
        ("{{ zero|dash }}", "0"),
        ("{{ bad|dash }}", "&lt;b&gt;"),
    ],
)
def test_values(source: str, shown: str) -> None:
    html = show(source, v=Decimal("1680.32"), d=date(2026, 3, 5), n=None, zero=0, bad="<b>")
    assert shown in html


def test_refusals_come_with_or_without_cure() -> None:
    refusal = Refusal("a", "还缺证据。", "行政处罚法第四十六条")
    bare = show("{% error_summary refusals=r %}", r=[refusal])
    cured = show("{% error_summary refusals=r %}", r=[(refusal, "/cure/")])
    assert "去处理" not in bare
    assert 'href="/cure/"' in cured
    assert "依据：行政处罚法第四十六条" in cured
    assert "原因有 1 条" in cured


def test_a_refusal_cured_by_a_field_of_the_page_leads_to_it() -> None:
    class Entry(forms.Form):
        day = forms.CharField()
        kind = forms.ChoiceField(choices=[("a", "甲")], widget=forms.RadioSelect)

    for fix, anchor in (("day", 'href="#id_day"'), ("kind", 'href="#id_kind_0"')):
        refusal = Refusal("a", "请核对。", "行政处罚法第四十六条", fix)
        assert anchor in show("{% error_summary form r %}", form=Entry(), r=[(refusal, "")])
    elsewhere = Refusal("a", "请核对。", "行政处罚法第四十六条", "step")
    assert "去处理" not in show("{% error_summary form r %}", form=Entry(), r=[(elsewhere, "")])


def test_summary_without_faults_is_nothing() -> None:
    assert show("{% error_summary form %}", form=None).strip() == ""


def test_htmx_is_the_second_version_with_its_safe_settings() -> None:
    html = show("{% htmx_setup %}")
    assert "django_htmx/htmx-2.min.js" in html
    for setting in ('"allowEval":false', '"allowScriptTags":false', '"historyCacheSize":0', '"selfRequestsOnly":true'):
        assert setting in html


def test_every_icon_used_exists_in_the_sprite() -> None:
    sprite = Path(django_settings.ROOT, "static/img/icons.svg").read_text(encoding="utf-8")
    names = {icon for icon, _word in components.STATUSES.values()} | set(components.NOTICE_ICONS.values())
    for page in Path(django_settings.ROOT, "templates").rglob("*.html"):
        names |= {part.split('"')[0] for part in page.read_text(encoding="utf-8").split('{% icon "')[1:]}
    assert [name for name in sorted(names) if f'id="{name}"' not in sprite] == []


def test_style_guide_shows_every_component(settings, officer: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(officer).get("/_components/").status_code == 404
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    page = signed_in(officer).get("/_components/").content.decode()
    for kind in components.STATUSES:
        assert f'class="tag {kind}"' in page
    for sign, _meaning in components.LIGHTS.values():
        assert f'<span aria-hidden="true">{sign}</span>' in page
    for css in (
        "notice-info",
        "notice-success",
        "notice-warning",
        "notice-danger",
        "facts",
        "timeline",
        "pager",
        "chip",
    ):
        assert f'class="{css}' in page or f"notice {css}" in page
