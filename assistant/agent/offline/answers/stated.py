"""Half-lives as the documents state them: the sentence or table row, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.answers.told import Told
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import quoted
from assistant.agent.offline.understanding.lifetimes import time_of
from assistant.language.figures import Figure, figures
from assistant.language.names import nuclides
from assistant.language.sentences import Sentence, sentences
from assistant.language.units import TIME_UNITS

_HALF = re.compile(r"\bhalf[- ]?li(?:fe|ves)\b|\bhalf (?:of )?its (?:strength|activity|atoms)\b", re.IGNORECASE)
# Half-lives that are not those of a nuclide.
_OTHER = re.compile(r"\b(?:biological|effective|blood|plasma|serum|elimination|terminal|circulat\w+)\b", re.IGNORECASE)
_AT_MOST = 3


def stated_half_lives(findings: Findings, wanted: Sequence[str]) -> list[str]:
    """The sentences that state the half-life of one of the nuclides ``wanted``, or one of a nuclide that they leave unnamed."""
    said: list[str] = []
    for number, source in enumerate(findings.evidence.sources, 1):
        for sentence in sentences(source.passage.text):
            if _states(sentence, wanted):
                said.append(quoted("", " ".join(sentence.text.split()), f"[{number}]"))
    return list(dict.fromkeys(said))[:_AT_MOST]


def half_life_of(findings: Findings, nuclide: str) -> Told | None:
    """The one half-life of ``nuclide`` that the sources state: the first time behind the word, or the only one."""
    found: dict[tuple[float, str], Told] = {}
    for number, source in enumerate(findings.evidence.sources, 1):
        for sentence in sentences(source.passage.text):
            in_table = sentence.kind == "row" and _HALF.search(f"{source.passage.columns or ''} {source.passage.text}") is not None
            named = {mention.name for mention in nuclides(sentence.text)}
            if not _states(sentence, [nuclide]) and not (in_table and named == {nuclide}):
                continue
            times = [figure for figure in figures(sentence.text) if figure.unit in TIME_UNITS and figure.value]
            figure = time_of(sentence.text, nuclide, times) if len(named) > 1 and len(times) > 1 else _first(sentence.text, times)
            if figure:
                told = Told(" ".join(sentence.text.split()), figure, f"[{number}]")
                found.setdefault((figure.value, figure.unit), told)
    return next(iter(found.values())) if len(found) == 1 else None


def _first(text: str, times: Sequence[Figure]) -> Figure | None:
    """The first time behind the word for half-lives, or the first of all."""
    word = _HALF.search(text)
    return next((figure for figure in times if word and figure.start >= word.end()), times[0] if times else None)


def _states(sentence: Sentence, wanted: Sequence[str]) -> bool:
    if not _HALF.search(sentence.text) or _OTHER.search(sentence.text):
        return False
    found = figures(sentence.text)
    timed = any(figure.unit in TIME_UNITS for figure in found) or (sentence.kind == "row" and len(found) > 0)
    named = {mention.name for mention in nuclides(sentence.text)}
    return timed and (bool(named & set(wanted)) or (not named and sentence.kind == "row"))
