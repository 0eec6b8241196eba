"""What other documents state of the thing that was answered, where their figure is another one: both are shown, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.differing_times import told_otherwise
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.deriving.fitting import one_figure
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.linking import latest
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import is_lack, phrase
from assistant.agent.offline.sentences.fitness import is_about
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import about, names_in
from assistant.agent.offline.understanding.operation import Operation, comparison
from assistant.agent.offline.understanding.terms import all_forms, is_name
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.brackets import MARKER
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import measures_alike

# So much of the question's words has to be said of a figure that is set against that of an answer.
_ENOUGH = 0.75
_FORMS = frozenset(["what", "how many"])
_ASPECTS = frozenset(["text", "survival", "dose", "sample_size"])


def say(topic: Topic, said: Sequence[str], findings: Findings, encode: Encode) -> list[str]:
    """``said`` with the sentences of other documents that give another figure for what is asked; ``said`` itself where none does."""
    cited = findings.cited_in(" ".join(said))
    stated = _stated(topic, said)
    if cited >= {source.document.id for source in findings.evidence.sources}:  # there is no other document to look through
        return list(said)
    if topic.aspect == "text" and cited and (otherwise := told_otherwise(topic, cited, findings, encode)):
        return _both(said, cited, otherwise, findings)
    if topic.form not in _FORMS or topic.aspect not in _ASPECTS or not stated or not cited or "[c" in " ".join(said):
        return list(said)
    asked = replace(comparison(topic.question, names_in(topic, findings.evidence.sources)), enough=_ENOUGH)
    matches = [match for match in matches_of(replace(topic, form="what"), findings, encode) if is_about(topic, match, findings)]
    told = latest(labelled(matches, findings))
    names = {document: frozenset(stems(of)) for document, of in about(topic.question, topic.query, findings.evidence.sources).items()}
    others = [
        other
        for document in sorted({each.document for each in told} - cited)
        if (other := _other(_within(asked, names[document]), document, stated, told))
    ]
    return _both(said, cited, [each.match for each in others], findings) if others else list(said)


def _other(asked: Operation, document: str, stated: Sequence[Figure], told: Sequence[Labelled]) -> Labelled | None:
    """The figure that a document states of what is asked, of the measure of one of the answer and with the value of none; None else."""
    for figure in stated:
        own = [each for each in told if each.document == document and _alike(each, figure)]
        found = one_figure(asked, own)
        if found and not any(_alike(found, each) and found.figure.value == each.value for each in stated):
            return found
    return None


def _within(asked: Operation, names: frozenset[str]) -> Operation:
    """What is asked without the ``names`` that a whole document is about, of which none of its sentences has to speak."""
    words = {word: weight for word, weight in asked.words.items() if not (is_name(word) and all_forms(word) & names)}
    return replace(asked, words=words or asked.words)


def _stated(topic: Topic, said: Sequence[str]) -> list[Figure]:
    """The figures of the answer, which has one, without those of the question."""
    asked_with = {(figure.value, figure.unit) for figure in topic.figures}
    found = [f for sentence in said if not is_lack(sentence) for f in figures(MARKER.sub("", sentence)) if f.kind in ("number", "word")]
    return [f for f in found if f.unit and (f.value, f.unit) not in asked_with]


def _alike(each: Labelled, figure: Figure) -> bool:
    return each.measure == figure.unit or measures_alike(each.measure, figure.unit)


def _both(said: Sequence[str], cited: set[str], others: Sequence[Match], findings: Findings) -> list[str]:
    """What each document says, from the newest on; a document without a date goes last."""
    dates = {source.document.id: source.document.date or "" for source in findings.evidence.sources}
    dated = [(dates[findings.document_of(match.unit.source).id], match) for match in dict.fromkeys(others)]
    newest = sorted(dated, key=lambda each: each[0], reverse=True)
    answered = max(dates[document] for document in cited)
    before = quotes([match for day, match in newest if day > answered], "", findings)
    behind = quotes([match for day, match in newest if day <= answered], "", findings)
    first, *rest = [*before, *said, *behind]
    return [f"{phrase('differ')} {first}", *rest]
