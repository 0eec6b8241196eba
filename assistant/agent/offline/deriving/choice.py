"""Candidates → the calculation that is meant: the only one of the first likely sentence that has any, or by far the likeliest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.candidates import candidates
from assistant.agent.offline.deriving.decay import is_of_nuclide, tells_half_life
from assistant.agent.offline.deriving.elapsed import elapsed
from assistant.agent.offline.deriving.fits import fits, is_other_way, uses_own
from assistant.agent.offline.deriving.inputs import inputs, joined
from assistant.agent.offline.deriving.labelled import NEAR, Labelled, labelled
from assistant.agent.offline.deriving.misfits import misfit
from assistant.agent.offline.deriving.pairs import told_of
from assistant.agent.offline.deriving.periods import of_two_periods
from assistant.agent.offline.deriving.survivals import are_asked
from assistant.agent.offline.deriving.wanted import Wanted, asks_amount, wanted
from assistant.agent.offline.deriving.warrant import are_nearest, is_warranted
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.animals import tells_other_animals
from assistant.agent.offline.sentences.cells import names_cell
from assistant.agent.offline.sentences.endpoints import endpoints
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.phases import speaks_of_phases
from assistant.agent.offline.sentences.scope import codes, names_in, scope
from assistant.agent.offline.sentences.unit_asked import is_rate_stated
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.lapse import asks_lapse
from assistant.agent.offline.understanding.terms import measure_key
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.stems import Word
from assistant.language.units import TIME_UNITS

OF_DECAY = frozenset(["left", "until"])
# Of what is left of something, or is only written in another unit, few words tell.
_UNTOLD = OF_DECAY | {"converted"}
# The numbers below were chosen on the questions of tests/evals/worked, authors a to d, so that few calculations are of other figures
# than those that are meant.
# So many sentences are tried, the likeliest first, and so many rows looked at of their tables.
_TRIED, _ROWS = 3, 40
# A sentence that is less likely to answer, or so much further from the question than the closest one, is not taken.
_CHANCE, _BEHIND = 0.15, 0.15
# A row that is named needs to be hardly likely.
_NAMED_ROW = 0.02
# After a sentence with candidates of which none is plain another one is tried if that one is so likely; so likely is one beside the best.
_SURELY = 0.25
# By so much the likeliest candidate has to be ahead of any other.
_MARGIN = 0.15
# At least so much of the question is said near its figures, or so much in their sentences, or these are so likely to answer.
_NEAR, _SAID, _LIKELY = 0.1, 0.25, 0.43
# A word that only stands around a sentence is said less well.
_AROUND = 0.5
_SUPPOSED = re.compile(r"\W*(?:if|suppose|supposing|assuming|assume|imagine|let's say|say)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every|each|whole|full|complete[sd]?)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\bat (?:the )?(?:very )?(?:most|least)\b", re.IGNORECASE)


def chosen(topic: Topic, findings: Findings, encode: Encode, *, only_decay: bool = False) -> Candidate | None:
    """The calculation that ``topic`` wants of stated figures, or ``only_decay`` of them; None where it wants none or none is plain."""
    if not asks_amount(topic):
        return None
    passed = None
    if not only_decay and asks_lapse(topic.question):
        passed = elapsed(topic, _matches(topic, findings, encode, titles=True), findings, encode)
    found = passed or _of_figures(topic, findings, encode, only_decay=only_decay)
    if found is None or misfit(topic.question, found.inputs, found.said_as) or not are_asked(topic, found.inputs):
        return None
    return found if found.kind not in OF_DECAY or is_of_nuclide(topic.nuclides, found) else None


def _of_figures(topic: Topic, findings: Findings, encode: Encode, *, only_decay: bool) -> Candidate | None:
    asked = wanted(topic.question, topic.units, topic.figures, names_in(topic, findings.evidence.sources))
    if asked is None or _is_indirect(topic, asked) or ("quotient" in asked.kinds and is_rate_stated(topic, findings)):
        return None
    if only_decay and not OF_DECAY & set(asked.kinds):
        return None  # before sentences are encoded, which takes a third of a first question's time
    matches = _matches(topic, findings, encode)
    over = None if only_decay else of_two_periods(asked, labelled([match for match in matches if match.chance >= _NAMED_ROW], findings))
    if over and is_other_way(over, asked):
        return None
    if over or asked.only_over_time:
        return over
    found = _of_likely(topic, asked, matches, findings, encode)
    return found if found and _is_warranted(found, topic, asked, findings) else None


def _is_warranted(found: Candidate, topic: Topic, asked: Wanted, findings: Findings) -> bool:
    """Whether all that the question tells of what it means is said of the figures."""
    if found.kind in _UNTOLD:
        named = codes(topic.question)
        told = codes(" ".join(f"{each.unit.text} {each.unit.meaning} {each.unit.context}" for each in found.inputs))
        return found.kind in OF_DECAY or (are_nearest(topic.question, found.inputs, _all(found, findings)) and named <= told)
    heavy = [word for word, weight in asked.operation.words.items() if weight >= 1]
    return is_warranted(topic.question, found.said_as, heavy, found.inputs, _all(found, findings))


def _all(found: Candidate, findings: Findings) -> tuple[Labelled, ...]:
    """All figures of the sentences and rows that a calculation has figures of."""
    return labelled(tuple(dict.fromkeys(each.match for each in found.inputs)), findings, loosely=True)


def _of_likely(topic: Topic, asked: Wanted, matches: Sequence[Match], findings: Findings, encode: Encode) -> Candidate | None:
    """The calculation on figures of the first likely sentence that has any which are plainly meant."""
    closest = max((match.cosine for match in matches), default=0.0)
    named = [match for match in matches if names_cell(topic, match)][:_TRIED]
    for match in dict.fromkeys([*named, *matches[:_TRIED]]):
        unlikely = match not in named and (match.chance < _CHANCE or match.cosine < closest - _BEHIND)
        if unlikely or not _extremes(topic.question) <= _extremes(match.unit.text):
            continue  # which is the largest has to be found first where the sentence does not say so
        found = _meant(asked, match, inputs([match, *_beside(match, matches, asked)], findings))
        if plain := _plain(found, asked, encode):
            return plain
        if found and match.chance < _SURELY:
            return None
    return _only_given(asked, matches, findings)


def _only_given(asked: Wanted, matches: Sequence[Match], findings: Findings) -> Candidate | None:
    """The conversion of the only activity that the sentences tell was given, where the question tells no more of it: "the dose in mCi"."""
    heavy = [word.stem for word, weight in asked.operation.words.items() if weight >= 1]
    if "converted" not in asked.kinds or asked.own or not heavy or not all(map(_tells_given, heavy)):
        return None
    stated = inputs([match for match in matches if _tells_given(match.unit.text)], findings)
    found = candidates("converted", asked, stated)
    return found[0] if len({each.inputs[0].size for each in found}) == 1 else None


def _tells_given(text: str) -> bool:
    """Whether a text speaks of what is given: "dose", "each infusion"."""
    return "given" in signals(text, "derivations_named")


def _matches(topic: Topic, findings: Findings, encode: Encode, *, titles: bool = False) -> list[Match]:
    """The sentences of the documents that the question is about, with ``titles`` these too, the likeliest first."""
    within = scope(topic, findings.evidence.sources, whole=True)
    return [
        match
        for match in matches_of(topic, findings, encode)
        if (titles or not match.unit.title)
        and findings.document_of(match.unit.source).id in within
        and endpoints(topic.question) <= endpoints(match.unit.meaning)
        and speaks_of_phases(topic.question, f"{match.unit.meaning} {match.unit.context}")
        and not tells_other_animals(topic.question, match.unit, findings)
    ]


def _is_indirect(topic: Topic, asked: Wanted) -> bool:
    """Whether a p-value is asked for, or a case is supposed that nobody has stated: "if he gets all six" is what is planned."""
    if "significance" in topic.signals:
        return True  # hazard ratios and p-values are stated
    supposed = "supposed" in topic.signals or _SUPPOSED.match(topic.question) is not None
    return supposed and not asked.own and not ("together" in asked.cues and _ALL.search(topic.question))


def _extremes(text: str) -> frozenset[str]:
    """Whether a text speaks of the most or the least of something."""
    return signals(_AT_MOST.sub("", text), "directions") & {"most", "least"}


def _beside(match: Match, matches: Sequence[Match], asked: Wanted) -> list[Match]:
    """The rows of the same table, beside the best sentence those that are likely too, and where it is needed what tells a half-life."""
    rest = [other for other in matches if other is not match]
    rows = [other for other in rest if match.unit.columns and other.unit.columns == match.unit.columns]
    likely = [other for other in rest[: _TRIED - 1] if other.chance >= _SURELY] if match is matches[0] else []
    timed = [other for other in rest if tells_half_life(other.unit)] if OF_DECAY & set(asked.kinds) else []
    return list(dict.fromkeys([*rows, *likely, *timed]))[:_ROWS]


def _meant(asked: Wanted, match: Match, stated: Sequence[Labelled]) -> list[Candidate]:
    """The candidates with a figure of the sentence, of the likeliest kind that has any that fits."""
    own = {figure.value for figure in asked.own}
    said = {
        value for figure in figures(f"{match.unit.columns} {match.unit.text}") for value in (figure.value, figure.value / 100)
    }  # half is 50 %
    # "At 24 h" may stand in the sentence before, if that tells of no other time.
    before = {measure_key(figure) for figure in figures(match.unit.context) if figure.unit in TIME_UNITS}
    around = {measure_key(figure) for figure in figures(f"{match.unit.columns} {match.unit.text}")}
    around |= before if len(before) == 1 else set()
    timed = {each.value for each in asked.own if each.unit in TIME_UNITS and measure_key(each) in around}
    for kind in asked.kinds:
        found = [
            each
            for each in candidates(kind, asked, stated)
            if any(part.match is match for part in each.inputs)
            and not any(part.figure.value in own for part in each.inputs)
            and uses_own(each, asked, said if kind in OF_DECAY else said | timed)
            and fits(each, asked, stated)
        ]
        if found:
            return found
    return []


def _plain(found: Sequence[Candidate], asked: Wanted, encode: Encode) -> Candidate | None:
    """The only candidate, or the one that is by far the likeliest: whose figures the question's words and its two sides tell."""
    found = [each for each in found if each.kind == "share" and len(each.inputs) == 2 and joined(*each.inputs)] or found
    if not found:
        return None
    likeness = _likeness(found, asked, encode)
    rated = sorted(found, key=lambda each: -(_near(each, asked) + likeness(each)))
    rates = [_near(each, asked) + likeness(each) for each in rated]
    clear = len(rated) == 1 or rates[1] <= rates[0] - _MARGIN
    return rated[0] if clear and _is_spoken_of(rated[0], asked) else None


def _near(each: Candidate, asked: Wanted) -> float:
    """How much of the question's words stands near the figures, and how well the two sides are told by them."""
    return _share(asked, lambda word: any(part.has(word) >= NEAR for part in each.inputs)) + told_of(each, asked)


def _share(asked: Wanted, is_said: Callable[[Word], bool]) -> float:
    weights = asked.operation.words
    return sum(weight for word, weight in weights.items() if is_said(word)) / (sum(weights.values()) or 1.0)


def _is_spoken_of(each: Candidate, asked: Wanted) -> bool:
    """Whether the question's words are near the figures or in their sentences, or these are likely enough without; a decay needs none."""
    if each.kind in OF_DECAY or _near(each, asked) >= _NEAR:
        return True
    if each.kind == "converted":
        return False
    likely = max(part.match.chance for part in each.inputs) >= _LIKELY
    return likely or _share(asked, lambda word: any(part.has(word) > _AROUND for part in each.inputs)) >= _SAID


def _likeness(found: Sequence[Candidate], asked: Wanted, encode: Encode) -> Callable[[Candidate], float]:
    """How likely the sentences of a candidate answer, and how like two of them are to the two sides that the question sets apart."""
    texts = tuple(dict.fromkeys(_text(part) for each in found for part in each.inputs))
    vectors = encode([*asked.sides, *texts])
    places = dict(zip(texts, vectors[len(asked.sides) :], strict=True))

    def likeness(each: Candidate) -> float:
        chance = sum(part.match.chance for part in each.inputs) / len(each.inputs)
        if len(asked.sides) < 2 or len(each.inputs) != 2 or each.inputs[0].place == each.inputs[1].place:
            return chance
        one, two = (places[_text(part)] for part in each.inputs)
        return chance + max(float(vectors[0] @ one + vectors[1] @ two), float(vectors[0] @ two + vectors[1] @ one))

    return likeness


def _text(part: Labelled) -> str:
    return " ".join(part.unit.meaning.split())
