"""The reference document of the PDF measurement: four pages of a decision's letter, three tables, seal and QR code."""

from __future__ import annotations

import io

import segno

CSS = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: counter(page) " / " counter(pages) } }
html { font-family: "FandolFang", "Noto Serif CJK SC", serif; font-size: 15.75pt; line-height: 29pt }
h1 { font-family: "Noto Serif CJK SC", serif; font-size: 22pt; text-align: center }
h2 { font-family: "FandolHei", "Noto Sans CJK SC", sans-serif; font-size: 15.75pt; font-weight: normal; margin: 0 }
p { margin: 0; text-indent: 2em }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 12pt; line-height: 18pt }
td, th { border: 0.6pt solid #000; padding: 1.5mm; font-weight: normal }
tr { break-inside: avoid }
svg { width: 40mm; height: 40mm }
"""
SENTENCE = (
    "{}．当事人驾驶重型半挂牵引车装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，执法人员当场检查并制作笔录，"
    "上述事实有现场笔录、询问笔录、照片和当事人陈述等证据证明，足以认定。"
)
SEAL = """<svg viewBox="0 0 120 120" xmlns="http://www.w3.org/2000/svg"><g fill="none" stroke="#c00" stroke-width="3">
<circle cx="60" cy="60" r="56"/></g><path fill="#c00" d="M60 38l6 16h17l-14 10 5 17-14-10-14 10 5-17-14-10h17z"/>
<g fill="#c00" font-size="13" font-family="Noto Serif CJK SC" text-anchor="middle">{}</g></svg>"""
ORGAN = "测试示例县交通运输局"


def reference_html() -> str:
    """The document; the same text at every call."""
    parts = ["<h1>行政处罚决定书</h1>", _table("当事人", 6)]
    for chapter, count in (("违法事实", 3), ("证据", 2), ("裁量理由", 2), ("处罚依据和内容", 2), ("救济途径", 2)):
        parts.append(f"<h2>{chapter}</h2>")
        parts += [f"<p>{SENTENCE.format(number)}</p>" for number in range(1, count + 1)]
        if chapter in {"证据", "裁量理由"}:
            parts.append(_table(chapter, 7))
    parts += [_seal(), _qr()]
    return f'<!doctype html><html lang="zh-CN"><title>决定书</title><body>{"".join(parts)}</body></html>'


def _table(title: str, rows: int) -> str:
    lines = "".join(
        f"<tr><td>{number}</td><td>{title}第{number}项</td><td>示例运输有限公司</td><td>已核对，内容属实</td></tr>"
        for number in range(1, rows + 1)
    )
    return f"<table><thead><tr><th>序号</th><th>名称</th><th>内容</th><th>说明</th></tr></thead>{lines}</table>"


def _seal() -> str:
    letters = "".join(
        f'<text x="60" y="22" transform="rotate({-80 + place * 18} 60 60)">{letter}</text>'
        for place, letter in enumerate(ORGAN)
    )
    return SEAL.format(letters)


def _qr() -> str:
    drawing = io.BytesIO()
    segno.make("http://127.0.0.1:8000/penalties/2026-abcdefghij/", error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=True, scale=4
    )
    return drawing.getvalue().decode()
