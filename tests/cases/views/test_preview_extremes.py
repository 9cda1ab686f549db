"""The pages of a draft where the text is long, the people are many, or somebody typed markup: all of it is printed."""

from __future__ import annotations

import base64
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.actions import investigation
from cases.models import CasePerson, Document
from lishu_law import clock
from lishu_law.demo.story.forms import Form
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from tests.cases.actions.evidence_scenes import question
from tests.cases.views.test_act_previews import PICTURE, form_of, pressed, url_of
from tests.cases.views.test_case_pages import client_of
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, case_at

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
LETTERS = 5000
NUMBERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥元贞"
HOSTILE = (
    '<script>alert("一")</script>{{ settings.SECRET_KEY }}{% include "x" %}<img src=http://192.0.2.1/a.png>'
    "<style>body{display:none}</style></p><!-- 注释 --> &lt;b&gt; ${7*7}"
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def narrative(word: str, letters: int = LETTERS) -> str:
    """Counted sentences, so that one that is lost is missed; the paragraph breaks are an officer's."""
    sentences = (f"{word}第{number:04d}句写明车辆行驶和检查的经过。" for number in range(letters))
    text = ""
    for number, sentence in enumerate(sentences, start=1):
        if len(text) + len(sentence) > letters:
            return text
        text += sentence + ("\n" if number % 40 == 0 else "")
    return text


def drawn(client: Client, url: str, panel: str, form: Form | None = None) -> str:
    """The words of the whole PDF, without spaces; the pages of the panel are pictures of paper with something on them."""
    pictures = PICTURE.findall(panel)
    assert pictures
    for one in pictures:
        with Image.open(io.BytesIO(base64.b64decode(one))) as picture:
            assert picture.width == 840 and len(picture.getcolors() or ()) > 1
    sent = {name: value for name, value in (form or form_of(client, url)).pairs("预览") if name != "_preview"}
    response = client.post(url, {**sent, "_preview_pdf": "0"})
    assert response["Content-Type"] == "application/pdf"
    return re.sub(r"\s", "", text_of(response.content))


def stands_in(sentence: str, text: str) -> bool:
    """In one piece, or in two where a page ends inside it."""
    return any(sentence[:at] in text and sentence[at:] in text for at in range(len(sentence)))


def questioned(walk: Walk) -> list[str]:
    """Two dozen people met in the case, each with a record of the own."""
    names = [f"示例{one}某" for one in NUMBERS]
    for name in names:
        person = CasePerson.objects.create(case=walk.case, role="witness", name=name)
        question(walk, person=person)
    return names


def test_a_report_of_five_thousand_letters_and_two_dozen_people_is_shown_whole(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    names = questioned(walk)
    for word in ("evidence_verified", "discretion_set"):
        STAGES[word](walk, "1000")
    facts, process = narrative("事实"), narrative("经过")
    walk.step(investigation.submit_report, cast.lead, process=process, facts=facts, opinion="建议责令改正，处罚款。")
    STAGES["report_endorsed"](walk, "1000")
    client, url = client_of(cast.deputy), url_of("approve_report", walk)
    before = Document.objects.count()
    panel = pressed(client, url).partition('id="preview"')[2]
    text = drawn(client, url, panel)
    assert len(names) == 24 and [name for name in names if name not in text] == []
    for said in (facts, process):
        assert len(said) > LETTERS - 50
        assert [one for one in re.findall(r"[^。\s]+。", said) if not stands_in(one, text)] == []
    assert Document.objects.count() == before


def test_typed_markup_is_printed_as_it_stands(cast: Cast) -> None:
    walk = case_at("filed", cast)
    client, url = client_of(cast.lead), reverse("case-record_onscene", args=[walk.case.clue_no])
    walk.at += timedelta(hours=1)
    typed = {
        "started_at": f"{clock.local(walk.at):%Y-%m-%d %H:%M}",
        "ended_at": f"{clock.local(walk.at):%Y-%m-%d} 23:59",
    }
    form = form_of(client, url).fill({**typed, "body": f"车辆停在路边，没有苫盖。{HOSTILE}"})
    panel = pressed(client, url, form).partition('id="preview"')[2]
    text = drawn(client, url, panel, form)
    assert re.sub(r"\s", "", HOSTILE) in text
    assert "&lt;script&gt;alert(" in panel  # the words beside the picture are text, too
    assert not re.search("<(script|style)", panel) and panel.count("<img ") == len(PICTURE.findall(panel))
