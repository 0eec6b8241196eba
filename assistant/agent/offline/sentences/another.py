"""Whether a sentence tells of another disease, element or name what a question asks of one: "is it for pancreatic cancer?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import proper_names
from assistant.agent.offline.understanding.cues import light, scaffold
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import elements, nuclides
from assistant.language.stems import stem, stems, words
from assistant.studies.vocabulary import read

# So much of the rest of the question the sentence has, and so near it is to the question.
_COVERED, _CLOSE = 0.55, 0.45
_AS_MUCH = 0.75
# Cancers of the blood are of several kinds.
_WIDE = "blood"
# So many characters are the beginning of a document.
_BEGINNING = 300
_ASKS_SUM = re.compile(
    r"\bhow much\b|\bwhat (?:\w+ ){0,3}(?:fees?|prices?|costs?|charges?|sum|damages|salary|rent)\b"
    r"|\b(?:turnover|revenues?|sales|price|cost|fee) of\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\W*(?P<name>[A-Z][a-z]{2,})\b")


def told_of_another(topic: Topic, match: Match, matches: Sequence[Match], weak: Sequence[str]) -> bool:
    """Whether the sentence has all of the question but what names one disease or element, and has another one in its place.

    None does where any sentence of the sources has the one that is asked about and nearly as much of the rest: it may be told of both.
    ``weak`` are lacking words that tell nothing.
    """
    if match.coverage < _COVERED or match.cosine < _CLOSE or match.unit.title:
        return False
    for asked, said in zip(_named(topic.question), _named(match.unit.meaning), strict=True):
        lacking = [word for word in match.lacks if word not in weak and stem(word) not in light()]
        tells_it = [word for word in lacking if any(asked & each for each in _named(word))]
        if asked and said and not asked & said and _WIDE not in asked | said and len(tells_it) == len(lacking):
            return not any(
                asked & kind for each in matches for kind in _named(each.unit.meaning) if each.coverage >= _AS_MUCH * match.coverage
            )
    return False


def names_another(word: str, text: str) -> bool:
    """Whether a word is the name of a disease or an element that the text does not name by any of its names, or of an animal and the text
    names another.
    """
    if any(asked and not asked & said for asked, said in zip(_named(word), _named(text), strict=True)):
        return True
    asked, said = _values(word, "species"), _values(text, "species")
    return bool(asked and said) and not asked & said


def tells_figure_of_another(topic: Topic, match: Match, sources: Sequence[Source]) -> bool:
    """Whether it is asked how much or at what price of something that the question names as the sources do, and neither the sentence nor
    what stands around it has the name: the fee of another firm. What a document names at its beginning it is about.
    """
    if topic.follows or topic.form == "yesno" or not _ASKS_SUM.search(topic.question):
        return False
    document = sources[match.unit.source - 1].document
    begun = (each.passage.text[: max(0, _BEGINNING - each.passage.start)] for each in sources if each.document == document)
    own = " ".join([match.unit.meaning, match.unit.context, match.unit.text, *begun]).casefold()
    return any(name not in own for name in proper_names(topic.question, [each.passage.text for each in sources]))


def is_of_namesake(topic: Topic, match: Match) -> bool:
    """Whether a name of the question stands only around the sentence, which begins with another: what Dayton makes is not Lorrimer's."""
    own = stem_set(match.unit.meaning)
    elsewhere = [word for word in words(topic.question) if not forms_of(word.stem) & own and _is_name(word.text, match.unit.context)]
    asked = frozenset(stems(topic.question))
    subject = _SUBJECT.match(match.unit.text)
    return bool(elsewhere) and subject is not None and stem(subject["name"].casefold()) not in asked | scaffold() | light()


def _is_name(word: str, text: str) -> bool:
    """Whether a text has the word with a capital within a sentence."""
    return re.search(rf"(?<=[a-z,] ){re.escape(word.capitalize())}\b", text) is not None


def _named(text: str) -> tuple[frozenset[str], ...]:
    """The diseases and the elements that a text names."""
    return _values(text, "disease"), frozenset(elements(text)) | frozenset(each.name.partition("-")[0] for each in nuclides(text))


def _values(text: str, kind: str) -> frozenset[str]:
    return frozenset(value for term in read(text) for value in term.values(kind))
