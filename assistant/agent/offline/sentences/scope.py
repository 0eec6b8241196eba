"""Which documents a question is about, those that have the names in it where others do not, and what a whole document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from assistant.agent.evidence import Source
from assistant.agent.offline.understanding.cues import cue_words, light, scaffold
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.understanding.vocabulary import common_words
from assistant.language.figures import MONTHS, YEAR
from assistant.language.kept import kept_for_passages
from assistant.language.names import element_names, fold, nuclides
from assistant.language.numerals import ORDINALS
from assistant.language.stems import stem
from assistant.language.units import ACTIVITY

_CODE = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*\d)[a-z0-9-]{3,}(?![\w-])")
_WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
_SMALL = re.compile(r"(?<![\w@./-])[a-z]{4,}(?![\w@-]|\.\w)")
# A number by which people call a document: abstract 417.
_NUMBER = re.compile(rf"(?<![\w.,-])\d{{3,4}}(?![\w.,%-]|\s?(?:(?i:{ACTIVITY})|days?|mg|kg|mm3)\b)")
# By its ticker people call a company: "(Nasdaq: QXYZ; OSE: QXY)".
_TICKER = re.compile(
    r"\b(?:Nasdaq|NASDAQ|NYSE|AMEX|OTC\w*|TSX|ASX|LSE|AIM|OSE|SIX|HKEX|Euronext|Xetra|STO|CPH)(?:\s\w+){0,2}\s?:\s?([A-Z]{2,6})\b"
)
# What is written with a capital and names a time.
_OF_TIME = frozenset([*MONTHS, *ORDINALS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "quarter", "half"])
# How much rarer another code of the same series must be in a document that is about the one.
_RARER = 2
# So many letters are a name without the number behind them.
_NAME_ALONE = 4
# A word that stands at the beginning of sentences only is a name where it is so long.
_LONG = 5
# So many letters at the end of a word may be those of one form of it.
_ENDING = 3


def scope(topic: Topic, sources: Sequence[Source], *, whole: bool = False) -> frozenset[str]:
    """The ids of the documents of ``sources`` that have all the names of the question, or as many of them as any has.

    A name is a code such as QX 7 or a word that the documents write with a capital only; the compounds of the studies that a
    description means ("the pancreatic one") are names too. All documents where the question names nothing that tells them apart;
    with ``whole`` none where no document has all of its names.
    """
    documents = frozenset(source.document.id for source in sources)
    telling = _telling(_holders(topic, sources), documents)
    of_years = _telling(_of_years(topic, sources), documents)
    if not telling:
        telling, of_years = of_years, []
    if not telling:
        return documents
    together = frozenset.intersection(*telling)
    # A year tells documents of one name apart; one that is about another year than asked may speak of it all the same.
    return frozenset.intersection(together, *of_years) or together or (frozenset() if whole else frozenset.union(*telling))


def _telling(holders: Iterable[Iterable[str]], documents: frozenset[str]) -> list[frozenset[str]]:
    """Those that some of the documents are among, and not all."""
    return [holding for each in holders if (holding := frozenset(each)) and len(holding) < len(documents)]


def _of_years(topic: Topic, sources: Sequence[Source]) -> Iterable[Iterable[str]]:
    """For each year of the question the documents that have it in their title or file name."""
    for year in YEAR.findall(fold(topic.question)):
        yield (source.document.id for source in sources if re.search(rf"(?<!\d){year}(?!\d)", _name(source)))


def _name(source: Source) -> str:
    return f"{source.document.title} {source.document.path}"


def about(question: str, query: str, sources: Sequence[Source]) -> dict[str, str]:
    """For each document what stands around every sentence of it: its title, and the question's names that it is plainly about.

    It is about a code such as QX 7 where it has it and no other of that series, or another not half as often; about another name
    where it has it more than once. The ticker of a company is a name, too.
    """
    texts, folded = _texts(sources), _texts(sources, fold)
    titles = {source.document.id: source.document.title for source in sources}
    asked, named = codes(query), proper_names(question, _parts(sources))
    return {
        document: " ".join(
            [
                titles[document],
                *(code for code in sorted(asked) if _is_main(code, text)),
                *(name for name in sorted(named | _alone(question, document, folded)) if _count(name, text) > 1),
                *(ticker for ticker in _TICKER.findall(texts[document]) if re.search(rf"\b{ticker}\b", question, re.IGNORECASE)),
            ]
        )
        for document, text in folded.items()
    }


def _alone(question: str, document: str, folded: Mapping[str, str]) -> frozenset[str]:
    """The words of the question, of more letters than most, that of several documents only this one has."""
    known = cue_words() | scaffold() | light()
    words = {word for word in re.findall(r"[a-z]+", fold(question)) if len(word) > _LONG and stem(word) not in known}
    others = [text for other, text in folded.items() if other != document]
    return frozenset(word for word in words if others and not any(_count(word, text) for text in others))


def _count(word: str, folded: str) -> int:
    return len(re.findall(rf"(?<![a-z]){word}(?![a-z])", folded))


@kept_for_passages
def codes(text: str) -> frozenset[str]:
    """The codes in a text, in one spelling: ``{"qx7"}`` of "QX-7"."""
    return frozenset(_CODE.findall(fold(text)))


def _is_main(code: str, text: str) -> bool:
    letters = re.match(r"[a-z]*", code)
    if not letters or not letters.group():
        return False
    # A trial's name may go by a number too, "QUEST" and then "QUEST-2": the one without counts as another. So do no symbols of elements.
    bare = "?" if len(letters.group()) >= _NAME_ALONE else ""
    series = Counter(re.findall(rf"(?<![a-z0-9]){letters.group()}(?:-?\d[a-z0-9]*){bare}(?![a-z0-9])", text))
    rival = max((count for other, count in series.items() if other != code), default=0)
    return series[code] > 0 and series[code] >= _RARER * rival


def _parts(sources: Sequence[Source]) -> tuple[str, ...]:
    """The titles and passages, each once. They come again with other questions; what they make together does not."""
    return tuple(dict.fromkeys(text for source in sources for text in (source.document.title, source.passage.text)))


def _texts(sources: Sequence[Source], read: Callable[[str], str] = str) -> Mapping[str, str]:
    """For each document its title and its passages, each of them as ``read`` gives it."""
    texts: dict[str, str] = {}
    for source in sources:
        document = source.document
        texts[document.id] = f"{texts.get(document.id, read(document.title))}\n{read(source.passage.text)}"
    return texts


def _holders(topic: Topic, sources: Sequence[Source]) -> Iterable[Iterable[str]]:
    """For each name of the question the documents that have it."""
    texts, folded, question = _texts(sources), _texts(sources, fold), fold(topic.question)
    names = {source.document.id: _name(source) for source in sources}
    carried = frozenset[str]().union(*map(elements_of, _parts(sources)))  # the elements whose nuclides the documents speak of
    for code in codes(question):
        pattern = re.compile(rf"(?<![a-z0-9]){re.escape(code)}(?![a-z0-9])")
        yield (document for document, text in folded.items() if pattern.search(text))
    for number in (number for number in _NUMBER.findall(question) if not YEAR.fullmatch(number)):
        yield (document for document, name in names.items() if re.search(rf"(?<!\d){number}(?!\d)", name))
    for word in proper_names(topic.question, _parts(sources)):
        yield (document for document, text in folded.items() if re.search(rf"(?<![a-z]){word}(?![a-z])", text))
    for element in carried.intersection(_WORD.findall(question)):
        yield (document for document, text in texts.items() if stem(element) in stem_set(text))
    if topic.named.studies:
        names_of = {study.compound for study in topic.named.studies if study.compound}
        names_of |= {study.model for study in topic.named.studies if study.model and occurs(study.model, topic.question)}
        named = {study.document for study in topic.named.studies}
        # A nuclide is no name of a study: who asks about copper may mean what any document says of it.
        loose = frozenset[str]() if _calls_study(topic) else elements_of(topic.question) | carried.intersection(_WORD.findall(question))
        yield (
            document
            for document, text in texts.items()
            if document in named or any(occurs(name, text) for name in names_of) or any(stem(each) in stem_set(text) for each in loose)
        )


@kept_for_passages
def elements_of(text: str) -> frozenset[str]:
    """The names of the elements whose nuclides ``text`` speaks of, as "lutetium" of 177Lu."""
    return frozenset(name for mention in nuclides(text) for name in element_names(mention.name).split("|"))


def _calls_study(topic: Topic) -> bool:
    """Whether the question has the name of a compound or model, and does not only describe the study that it means."""
    return any(occurs(name, topic.question) for study in topic.named.studies for name in (study.compound, study.model) if name)


def proper_names(question: str, texts: Iterable[str]) -> frozenset[str]:
    """The words of a question that ``texts`` write as names: companies, people, places."""
    return _proper_names(question, tuple(texts))


@lru_cache(maxsize=32)  # several rooms ask it of one question
def _proper_names(question: str, texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(question)) if _is_proper(word, texts))


@lru_cache(maxsize=256)  # several words of a question are looked for in the same texts
def _written_small(text: str) -> frozenset[str]:
    return frozenset(_SMALL.findall(text))


def names_in(topic: Topic, sources: Sequence[Source]) -> frozenset[str]:
    """The names of the question by which ``scope`` tells documents apart: codes, and words that the documents write as names."""
    return codes(topic.question) | proper_names(topic.question, _parts(sources))


def _is_proper(word: str, texts: Iterable[str]) -> bool:
    """Whether ``word`` is a name: the texts never write it without a capital, and within sentences or as no word of questions."""
    if word in _OF_TIME or any(word in _written_small(text) for text in texts):
        return False
    standing = (text for text in texts if word in text.casefold())
    written = [match for text in standing for match in re.finditer(rf"(?<![\w@./-]){word}(?![\w@-]|\.\w)", text, re.IGNORECASE)]
    if not written or not all(match.group()[0].isupper() for match in written):
        return False
    if any(small.startswith(word[: max(_LONG, len(word) - _ENDING)]) for text in texts for small in _written_small(text)):
        return False  # "Delivery is free" beside "it was delivered"
    within = any(re.search(r"[a-z,] $", match.string[max(0, match.start() - 2) : match.start()]) for match in written)
    return within or (len(word) >= _LONG and stem(word) not in common_words())
