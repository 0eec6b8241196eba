"""Words that narrow a question to something the documents do not speak of: "female mice", "survival in lung cancer"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.agent.offline.understanding.cues import synonyms
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.vocabulary import common_words
from assistant.language.names import fold
from assistant.language.numerals import NUMERAL
from assistant.language.stems import stem
from assistant.language.subjects import SUBJECT, SUBJECTS
from assistant.language.units import canonical_unit

_WORD = re.compile(r"(?<![a-z0-9-])[a-z][a-z'-]*[a-z](?![a-z0-9]|-[a-z0-9])")
# A word narrows what stands behind it, or what a preposition ties it to; elsewhere it may be any verb or exclamation.
_PREPOSITIONS = frozenset(
    ["in", "with", "for", "on", "of", "to", "than", "versus", "vs", "without", "by", "from", "against", "under", "using", "via", "into"]
)
_COUNTED = re.compile(
    r"\bn\s?=\s?\d"
    rf"|\b(?:\d+|one|{NUMERAL})"
    r"(?: (?!dos|inj|shot|cycle|day|week|month|hour|(?:for|of|in|and|to|per|by)\b)[a-z]+){0,3}"
    rf" (?:{SUBJECTS}|{SUBJECT})\b"
    rf"|\b(?:groups?|cohorts?|arms?) (?:of|contained|had|with) (?:\d|(?!(?:two|three|four|five)\b){NUMERAL})",
    re.IGNORECASE,
)
# What stands right behind "which" is what is asked for: "which breed lived longest".
_ASKED = frozenset(["which", "what"])
_RIVAL = re.compile(
    r"(?<=\bwith |\bthan )[a-z]{6,}\b|(?<=\bversus )[a-z]{6,}\b|(?<=\bagainst )[a-z]{6,}\b|(?<=\bvs )[a-z]{6,}\b|(?<=\bor )[a-z]{6,}\b"
)
# So many letters of a longer word that the texts have are that word cut short.
_SHORTENED = 5
_NARROWED = frozenset(
    stem(word)
    for word in (
        "mice mouse rats rat dogs animals patients arm arms group groups cohort model models study xenograft survival survivors dose "
        "doses tumors tumours cancer cells line benefit"
    ).split()
)


def unknown_qualifiers(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The qualifying words of ``question`` that neither ``texts`` nor the vocabulary of questions has."""
    known = common_words() | frozenset[str]().union(*map(stem_set, texts))
    found = list(_WORD.finditer(fold(question)))
    unknown = []
    for position, match in enumerate(found):
        word = match.group().removesuffix("'s")
        if len(word) < 3 or _is_known(word, known):
            continue
        before = found[position - 1].group() if position else ""
        following = found[position + 1].group() if position + 1 < len(found) else ""
        if before in _PREPOSITIONS | _ASKED or stem(following) in _NARROWED:
            unknown.append(word)
    return tuple(dict.fromkeys(unknown))


def counts_animals(text: str) -> bool:
    """Whether a figure of ``text`` counts animals or patients: "eight mice", "n = 8"; "one-dose mice" counts doses."""
    return bool(_COUNTED.search(text))


def rivals_unknown(question: str, texts: Iterable[str], common: frozenset[str]) -> list[str]:
    """Names behind "with", "versus" and the like that no text has and that are no common words: other drugs to compare with."""
    known = common_words() | frozenset[str]().union(*map(stem_set, texts))
    found = [match.group() for match in _RIVAL.finditer(fold(question))]
    return [word for word in found if word not in common and word.rstrip("s") not in common and not _is_known(word, known)]


def _is_known(word: str, known: frozenset[str]) -> bool:
    parts = [word, *word.split("-")] if "-" in word else [word]
    if canonical_unit(word):
        return True
    if len(parts) > 1 and all(_is_known(part, known) for part in parts[1:] if part):
        return True
    own = stem(word)
    if own in known:
        return True
    if any(entry.startswith(own) and (entry[len(own) :].isdigit() or len(own) >= _SHORTENED) for entry in known):
        return True  # "capan" of Capan-1, "adeno" of adenocarcinoma
    return any(set(member.split()) <= known for member in synonyms().get(own, ()))
