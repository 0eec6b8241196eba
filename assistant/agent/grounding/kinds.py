"""What a sentence of a draft is: a fact, which must cite, or a greeting, heading, question or word of what the sources lack."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.vocabulary import content, pattern, stems, table
from assistant.agent.grounding.wording import way
from assistant.language.figures import figures
from assistant.resources import prompt_table

Kind = Literal["fact", "heading", "lead", "question", "missing", "clarify", "talk", "absence", "columns", "rule"]

_HEADING = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*:?$")
_LONGEST_LEAD = 14
_LONGEST_GREETING = 8


def kind_of(said: str, line: str, *, cites: bool) -> Kind:
    """The first kind that a statement's wording allows, ``line`` being the line of the draft up to its end; what cites states a fact."""
    leads = prompt_table("conventions.toml")
    kinds: tuple[tuple[Kind, Callable[[], bool]], ...] = (
        ("missing", lambda: said.startswith(leads["missing_lead"])),
        ("clarify", lambda: said.startswith(leads["clarify_lead"])),
        ("rule", lambda: not re.search(r"\w", said)),
        ("fact", lambda: cites),
        ("question", lambda: said.endswith("?")),
        ("talk", lambda: _is_talk(said)),
        ("absence", lambda: _is_absence(said)),
        ("heading", lambda: _HEADING.match(line.strip()) is not None and not _claims(said)),
        ("lead", lambda: said.endswith(":") and len(said.split()) <= _LONGEST_LEAD and not _claims(said)),
        ("talk", lambda: _frames(said)),
    )
    return next((kind for kind, holds in kinds if holds()), "fact")


def loaded() -> frozenset[str]:
    """The stems of all loaded words."""
    return stems(" ".join(table("loaded")["words"]).replace("=", ""))


def _claims(said: str) -> bool:
    """Whether words of change or loaded words make a heading or lead-in a claim."""
    words = content(said)
    moving = stems(table("meaning")["up"]) | stems(table("meaning")["down"])
    return (bool(words & moving) and any(word in said.lower().split() for word in ("is", "was", "than", "by"))) or bool(words & loaded())


def _is_talk(said: str) -> bool:
    if pattern("draft", "greetings", anchored=True).match(said) and len(said.split()) <= _LONGEST_GREETING:
        return not figures(said)
    return bool(pattern("draft", "assistant", anchored=True).match(said))


def _frames(said: str) -> bool:
    """A sentence that only speaks of the sources, the question or the answer: "The two studies differ in several ways."

    It measures nothing, moves nothing up or down and has no word that a source would have to state.
    """
    spoken = said
    for amount in amounts(said):
        spoken = spoken.replace(amount.text, " ", 1)
    own = content(spoken) - stems(table("words")["frame"]) - stems(table("draft")["framing"])
    stated = stems(" ".join(table("meaning")["critical"])) | stems(" ".join(table("meaning")["species"].values())) | loaded()
    return not own and not content(said) & stated and not any(amount.unit for amount in amounts(said)) and way(said) == 0


def _is_absence(said: str) -> bool:
    """A sentence that says what the sources lack, and nothing else."""
    clauses = [clause for clause in _turning().split(said) if len(content(clause)) > 1]
    return bool(clauses) and all(pattern("draft", "absence", anchored=False).search(clause) for clause in clauses)


@cache
def _turning() -> re.Pattern[str]:
    return re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, table("draft")["turns"])) + r")(?![\w])", re.IGNORECASE)
