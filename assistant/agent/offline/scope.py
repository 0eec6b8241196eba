"""Which documents a question is about, those that have the names in it where others do not, and what a whole document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.agent.evidence import Source
from assistant.agent.offline.mentions import occurs
from assistant.agent.offline.topic import Topic
from assistant.language.names import fold

_CODE = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*\d)[a-z0-9-]{3,}(?![\w-])")
_WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
# How much rarer another code of the same series must be in a document that is about the one.
_RARER = 3


def scope(topic: Topic, sources: Sequence[Source]) -> frozenset[str]:
    """The ids of the documents of ``sources`` that have all the names of the question, or as many of them as any has.

    A name is a code such as QX 7 or a word that the documents write with a capital only; the compounds of the studies that a
    description means ("the pancreatic one") are names too. All documents where the question names nothing that tells them apart.
    """
    texts = _texts(sources)
    holders = [frozenset(holding) for holding in _holders(topic, texts)]
    telling = [holding for holding in holders if holding and len(holding) < len(texts)]
    if not telling:
        return frozenset(texts)
    together = frozenset.intersection(*telling)
    return together or frozenset.union(*telling)


def about(topic: Topic, sources: Sequence[Source]) -> dict[str, str]:
    """For each document what stands around every sentence of it: its title, and the question's codes that it is plainly about.

    It is about a code such as QX 7 where it has it and no other of that series, or not a third as often.
    """
    texts = _texts(sources)
    titles = {source.document.id: source.document.title for source in sources}
    asked = codes(topic.question)
    return {
        document: " ".join([titles[document], *(code for code in sorted(asked) if _is_main(code, fold(text)))])
        for document, text in texts.items()
    }


def codes(text: str) -> frozenset[str]:
    """The codes in a text, in one spelling: ``{"qx7"}`` of "QX-7"."""
    return frozenset(_CODE.findall(fold(text)))


def _is_main(code: str, text: str) -> bool:
    letters = re.match(r"[a-z]*", code)
    if not letters or not letters.group():
        return False
    series = Counter(re.findall(rf"(?<![a-z0-9]){letters.group()}\d[a-z0-9]*(?![a-z0-9])", text))
    rival = max((count for other, count in series.items() if other != code), default=0)
    return series[code] > _RARER * rival


def _texts(sources: Sequence[Source]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for source in sources:
        document = source.document
        texts[document.id] = f"{texts.get(document.id, document.title)}\n{source.passage.text}"
    return texts


def _holders(topic: Topic, texts: Mapping[str, str]) -> Iterable[Iterable[str]]:
    folded = {document: fold(text) for document, text in texts.items()}
    question = fold(topic.question)
    for code in codes(question):
        pattern = re.compile(rf"(?<![a-z0-9]){re.escape(code)}(?![a-z0-9])")
        yield (document for document, text in folded.items() if pattern.search(text))
    for word in proper_names(topic.question, texts.values()):
        yield (document for document, text in folded.items() if re.search(rf"(?<![a-z]){word}(?![a-z])", text))
    if topic.named.studies:
        compounds = {study.compound for study in topic.named.studies if study.compound}
        named = {study.document for study in topic.named.studies}
        yield (document for document, text in texts.items() if document in named or any(occurs(name, text) for name in compounds))


def proper_names(question: str, texts: Iterable[str]) -> frozenset[str]:
    """The words of a question that ``texts`` write as names: companies, people, places."""
    known = tuple(texts)
    return frozenset(word for word in _WORD.findall(fold(question)) if _is_proper(word, known))


def _is_proper(word: str, texts: Iterable[str]) -> bool:
    """Whether ``word`` is a name: the texts write it with a capital, within sentences too, and never without."""
    written = [match for text in texts for match in re.finditer(rf"(?<![\w@./-]){word}(?![\w@-]|\.\w)", text, re.IGNORECASE)]
    within = [match for match in written if re.search(r"[a-z,] $", match.string[max(0, match.start() - 2) : match.start()])]
    return bool(within) and all(match.group()[0].isupper() for match in written)
