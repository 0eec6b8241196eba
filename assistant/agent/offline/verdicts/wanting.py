"""The words of a yes/no question that a sentence lacks: those that it would have to have, and those that tell little."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.another import names_another
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import Phrase, cues
from assistant.agent.offline.understanding.terms import forms_of, is_light
from assistant.agent.offline.understanding.vocabulary import naming_words
from assistant.language.stems import stem, stems
from assistant.resources import prompt_table

# The table of prompts/questions.toml with words that turn a question round, narrow it or tell little.
TABLE = "verdicts"
_ALIKE = "verdicts_alike"
# Words for the whole of something, of which one does for another: "all" is "every".
WHOLE = frozenset({("all",), ("everi",), ("each",)})
# "Is a larger trial planned?" is affirmed by one that will be.
_PLANNED = re.compile(r"planned|scheduled|foreseen")
# What has begun.
UNDER_WAY = re.compile(
    r"\b(?:under ?way|ongoing|running|recruiting|in progress|being \w+ed"
    r"|(?<!will )(?:has|have) (?:already )?(?:been |begun|started|opened)\w*)\b",
    re.IGNORECASE,
)
_AT_LEAST_ONE = re.compile(r"\bat least (?:one|once|some)\b(?! (?:and|or|to)\b)", re.IGNORECASE)
_WILL = re.compile(r"\bwill\b", re.IGNORECASE)


def weak(match: Match) -> list[str]:
    """The words of the question that the sentence lacks and need not have."""
    return [word for word in match.lacks if word not in lacks(match)]


def narrowing(question: str, text: str) -> frozenset[Phrase]:
    """What narrows the question and stands in the text by no word that means the same: "still" is "remains". "At least one" is any."""
    question = _AT_LEAST_ONE.sub(" any ", question)
    asked = cues(question, "narrowed", TABLE) - cues(text, "narrowed", TABLE)
    met = (cues(question, name, _ALIKE) for name in prompt_table("questions.toml")[_ALIKE] if cues(text, name, _ALIKE))
    return asked.difference(*met)


def is_told_as_plan(word: str, match: Match) -> bool:
    """Whether a word asks if something is planned, and the sentence tells that it will be."""
    return _PLANNED.fullmatch(word) is not None and _WILL.search(match.unit.text) is not None


def _is_told_under_way(word: str, match: Match) -> bool:
    """Whether a word asks if something has begun, and the sentence tells that it is under way: "being evaluated in a Phase II trial"."""
    return stem(word) in forms_of(stem("started")) and UNDER_WAY.search(match.unit.text) is not None


def lacks(match: Match) -> list[str]:
    """The words of the question that the sentence lacks and would have to have."""
    telling = (word for word in match.lacks if not _tells_little(word) or word.isdigit() or names_another(word, match.unit.meaning))
    telling = (word for word in telling if not (is_told_as_plan(word, match) or _is_told_under_way(word, match)))
    whole = cues(match.unit.meaning, "narrowed", TABLE) & WHOLE
    return [word for word in telling if not cues(word, "weak", TABLE) and not (whole and cues(word, "narrowed", TABLE) & WHOLE)]


def _tells_little(word: str) -> bool:
    """Whether a word only names what questions are about, or is a phrase of such words and small ones."""
    return stem(word) in naming_words() or (" " in word and is_light(" ".join(stems(word))))
