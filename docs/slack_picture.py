"""Draws docs/slack.png, the picture in docs/slack.md: blocks that the bot posts, approximated in HTML, in a headless Chromium.

Run ``.venv/bin/python docs/slack_picture.py`` after a change to what Slack is sent; ``--keep FILE`` keeps the HTML.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.interfaces.render.slack.answer import answer_messages
from assistant.interfaces.render.slack.check import check_messages
from assistant.interfaces.render.slack.proof import proof_view

QUESTION = "How much longer did mice live with two doses of CLR 131 than with one?"
CLAIMS = "Two doses of CLR 131 gave a mean survival of 135.6 days. Two doses of CLR 125 gave 171 days. CLR 125 cures prostate cancer."
TAGS = {"rich_text_section": "p", "rich_text_quote": "blockquote", "rich_text_preformatted": "pre", "rich_text_list": "ul"}
SIZE = (1500, 880)
STYLE = """
body { font: 15px/1.47 Lato, "Helvetica Neue", Arial, sans-serif; color: #1d1c1d; margin: 24px; background: #fff; display: grid;
  grid-template-columns: 1fr 1fr; gap: 28px; }
.message { display: grid; grid-template-columns: 36px 1fr; gap: 10px; margin-bottom: 18px; }
.face { width: 36px; height: 36px; border-radius: 6px; background: #2a6f97; color: #fff; text-align: center; line-height: 36px;
  font-weight: 700; }
.person .face { background: #b06d3b; }
.name { font-weight: 900; }
.app, .only { font-size: 11px; color: #616061; }
.app { background: #ddd; border-radius: 3px; padding: 0 4px; font-weight: 700; }
p, ul, pre, blockquote { margin: 4px 0; white-space: pre-wrap; }
blockquote { border-left: 4px solid #ddd; padding-left: 12px; }
pre { font: 12px/1.5 Menlo, Consolas, monospace; background: #f6f6f6; border: 1px solid #ddd; border-radius: 4px; padding: 8px; }
.context { font-size: 13px; color: #616061; }
button { font: 700 13px Lato, Arial, sans-serif; border: 1px solid #bbb; border-radius: 4px; padding: 5px 12px;
  margin: 4px; }
.judge { color: #616061; border-color: #ddd; font-weight: 400; }
.modal { border: 1px solid #ccc; border-radius: 10px; box-shadow: 0 6px 24px #0003; }
.modal > header { font-weight: 900; font-size: 20px; padding: 14px 22px; border-bottom: 1px solid #ddd; }
.modal > div { padding: 10px 22px; }
"""


def draw(picture: Path, keep: Path | None) -> None:
    """Asks, checks, and writes the picture."""
    with Assistant.open() as assistant:
        answer = assistant.ask(QUESTION)
        (message,) = answer_messages(answer, "1", chart=True)
        (checked,) = check_messages(assistant.check(CLAIMS))
    view = proof_view(answer)
    left = _message("person", "Ada", "", [f"<p><b>@Biotech assistant</b> {escape(QUESTION)}</p>"])
    left += _message("bot", "Biotech assistant", "APP", map(html, message.blocks))
    left += _message("bot", "Biotech assistant", "APP", ["<p class=only>Only visible to you</p>", *map(html, checked.blocks)])
    right = f"<div class=modal><header>{escape(view['title']['text'])}</header><div>{''.join(map(html, view['blocks']))}</div></div>"
    page = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><div>{left}</div><div>{right}</div>"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "slack.html"
        file.write_text(page, encoding="utf-8")
        if keep:
            keep.write_text(page, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--screenshot={picture}",
            f"--window-size={SIZE[0]},{SIZE[1]}",
        ]
        subprocess.run([*command, file.as_uri()], check=True, capture_output=True)


def html(block: dict[str, Any]) -> str:
    """A block, or an element of one, as Slack shows it, more or less."""
    kind = block["type"]
    if kind == "text":
        return _styled(escape(block["text"]), block.get("style", {}))
    if kind == "button":
        return f"<button>{escape(block['text']['text'])}</button>"
    if kind == "plain_text":
        return f"<p class=context>{escape(block['text'])}</p>"
    if kind == "feedback_buttons":
        labels = (escape(block[side]["text"]["text"]) for side in ("positive_button", "negative_button"))
        return "".join(f"<button class=judge>{label}</button>" for label in labels)
    tag = {"rich_text_section": "p", "rich_text_quote": "blockquote", "rich_text_preformatted": "pre", "rich_text_list": "ul"}.get(
        kind, "span"
    )
    items = (f"<li>{html(item)}</li>" if tag == "ul" else html(item) for item in block["elements"])
    return f"<{tag}>{''.join(items)}</{tag}>"


def _styled(text: str, style: dict[str, bool]) -> str:
    for name, tag in (("bold", "b"), ("italic", "i"), ("code", "code")):
        text = f"<{tag}>{text}</{tag}>" if style.get(name) else text
    return text


def _message(kind: str, name: str, app: str, parts: Iterator[str] | Sequence[str]) -> str:
    sign = f" <span class=app>{app}</span>" if app else ""
    return (
        f"<div class='message {kind}'><div class=face>{name[0]}</div><div><span class=name>{name}</span>{sign}{''.join(parts)}</div></div>"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path)
    draw(Path(__file__).resolve().with_name("slack.png"), parser.parse_args().keep)
