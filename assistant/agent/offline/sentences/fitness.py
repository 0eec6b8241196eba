"""Whether a sentence says enough of what is asked, and of nothing else, to be quoted as the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.amounts_at import is_at_other_amount
from assistant.agent.offline.sentences.animals import tells_other_animals
from assistant.agent.offline.sentences.another import tells_figure_of_another
from assistant.agent.offline.sentences.carriers import lacks_carrier, names_carrier
from assistant.agent.offline.sentences.cells import is_other_row, names_cell
from assistant.agent.offline.sentences.counterparts import tells_of_counterpart
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.measures import lacks_measure
from assistant.agent.offline.sentences.numbered import goes_on_about_other, is_of_other_number, names_other_code, numbered
from assistant.agent.offline.sentences.of_endpoint import is_of_other_endpoint, lacks_endpoint, lacks_value, names_statistic
from assistant.agent.offline.sentences.organs import tells_other_organ
from assistant.agent.offline.sentences.periods_said import is_of_other_period, lacks_year
from assistant.agent.offline.sentences.phases import compares_phases
from assistant.agent.offline.sentences.roles import lacks_role, names_holder, names_office, other_role
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.sentences.sides_said import lacks_a_side
from assistant.agent.offline.sentences.speakers import is_of_other_speaker
from assistant.agent.offline.sentences.stresses import stresses
from assistant.agent.offline.sentences.unit_asked import lacks_rate, lacks_unit
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.sentences.unnamed import leaves_unnamed
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.definitions import common_word, explains
from assistant.agent.offline.understanding.kinds import wanted_kinds
from assistant.agent.offline.understanding.things import tells_price
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import is_abbreviation
from assistant.language.figures import YEAR, figures
from assistant.language.names import fold, nuclides
from assistant.language.stems import words
from assistant.language.subjects import SUBJECTS
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import scale

# From which likelihood on a sentence answers: tests/benchmarks/fit_lookup.py prints what is won and lost at each.
_LIKELY = 0.17
# One that counts nothing needs more where it is asked how many there are: below this it was as often wrong as right.
_LIKELY_UNCOUNTED = 0.3
# One that has so much of the question needs no more than this.
_WHOLE, _FAR = 0.9, 0.05
# A question of so few words is none in other words than the text's.
_FRAGMENT = 2
# What is told by its form alone, an e-mail address, needs only so many of the question's names beside it.
_NAMED = 0.5
_OF_TIME = re.compile(
    r"\b(?:after|before|upon|until|till|once|during|following|since|within|later|earlier|prior|dates?|"
    r"(?:day|week|month|quarter|year|hour|minute|season|morning|evening)s?|daily|weekly|monthly|annual\w*)\b",
    re.IGNORECASE,
)
# So many letters in capitals are a name.
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_NONE_OR_ALL = re.compile(
    r"\b(?:no|none|nobody|nothing|not|all|every|each|both|half|neither|several|many|few|most|single|once|twice)\b", re.IGNORECASE
)
_SHARE = re.compile(
    r"(?:%|\bpercent(?:age)?|\bper cent|\bproportion|\bfraction|\bshare)\s+(?:of\s+)?(?:(?:the|all|treated|control)\s+)*"
    rf"{SUBJECTS}\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_OF_SO_MANY = re.compile(
    rf"\b(?:{_NUMBER}|all|none|half) (?:out )?of (?:the )?{_NUMBER}\b(?! (?:days|weeks|months))|\b\d+/\d+\b", re.IGNORECASE
)
_HEADINGS_ANSWER = frozenset(["what", "definition", "yesno"])
# A word of the question that is an amount, "4 hour": another one of its measure answers whether it is so.
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s?[^\W\d]+)*$")
# So often that more than one is meant and none in particular.
_SEVERAL_TIMES = re.compile(
    r"\b(?:multi|multiple|repeat(?:ed)?|several)[ -](?:doses?|dosing|cycles?|treatments?|injections?|infusions?)\b", re.IGNORECASE
)
# "What will a cycle cost?", which no expense of a year tells.
_COSTS = re.compile(r"\b(?:an?|one|each|per|single)\s+(?:[\w-]+\s+){1,5}?costs?\b|\bcosts?\s+of\s+(?:an?|one|each)\b", re.IGNORECASE)
_SPENT = re.compile(r"\b(?:expenses?|expenditures?|spending|spent|budget|outlays?)\b", re.IGNORECASE)
# A question of several parts, one of which another sentence may answer.
_SEVERAL = re.compile(r"\b(?:and|plus|or)\b|[,&+]", re.IGNORECASE)


def answers(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence says enough of what is asked."""
    plain = (match.sure or names_holder(topic, match) or is_told(topic, match)) and match.names >= _NAMED
    uncounted = topic.form == "how many" and match.kind < 0
    likely = match.chance >= (_LIKELY_UNCOUNTED if uncounted else _LIKELY)
    return (plain or likely or _says_it_all(topic, match)) and not is_beside(topic, match, findings)


def _says_it_all(topic: Topic, match: Match) -> bool:
    """Whether the sentence lacks no word of the question that tells anything, though the encoder finds it far from it."""
    lacking = content(" ".join(match.lacks)) - light()
    whole = match.coverage >= _WHOLE and not lacking and match.chance >= _FAR
    several = len(content(topic.question) - light()) >= _FRAGMENT
    return whole and several and not topic.follows and match.kind >= 0 and not match.unit.title


def is_told(topic: Topic, match: Match) -> bool:
    """Whether the sentence has by its form just what is asked for: an office, a statistic, a cell, what carries a nuclide, what two
    phases of trials differ in, what is said to be important.
    """
    by_form = any(names(topic, match) for names in (names_office, names_statistic, names_cell, names_carrier))
    return by_form or compares_phases(topic.question, match) or stresses(topic.question, match)


def is_beside(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence speaks of something else: another name or number, no such unit, kind or concept."""
    defining = "definition" in topic.signals
    named_only = match.heading and topic.form not in _HEADINGS_ANSWER and not defining
    other_kind = match.kind < 0 and (_tells_no_time(topic, match.unit) or _of_sure_kind(topic))
    other_kind = (
        other_kind
        or is_other_row(topic, match)
        or lacks_role(topic, match)
        or _is_of_nothing_said(topic, match)
        or _lacks_numbered(topic, match.unit)
        or lacks_year(topic, match.unit, findings)
        or is_of_other_period(topic, match.unit)
        or _lacks_amount(topic, match)
        or is_at_other_amount(topic.question, match.unit.text)
        or _leaves_open(topic, match, findings)
    )
    other_unit = not defining and (lacks_unit(topic, match.unit, findings) or lacks_rate(topic, match.unit, findings))
    word = common_word(topic.query) if defining else ""
    if word and re.search(rf"\b{re.escape(word.title())}\b", match.unit.text):  # "who's ada holm"
        word = ""
    unexplained = bool(word) and not explains(word, match.unit.meaning)
    beside = other_kind or (defining and bool(match.lacks)) or unexplained or _lacks_share(topic, match.unit) or named_only or other_unit
    return beside or not is_about(topic, match, findings)


def _leaves_open(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence is near to the question and tells another one's part of it, no name, or no amount of the kind asked for."""
    texts = [source.passage.text for source in findings.evidence.sources]
    return (
        lacks_measure(topic, match.unit)
        or tells_of_counterpart(topic, match, texts)
        or leaves_unnamed(topic, match, texts)
        or tells_figure_of_another(topic, match, findings.evidence.sources)
        or lacks_a_side(topic, match)
        or _lacks_capitals(topic, match, texts)
        or tells_other_organ(topic, match, texts)
        or (topic.form != "yesno" and tells_other_animals(topic.question, match.unit, findings))
        or lacks_carrier(topic, match, " ".join(texts))
    )


def _lacks_capitals(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether the question has a word in capitals, ECOG, that neither the sentence says in another way nor any passage has."""
    capitals = {word.casefold() for word in _CAPITALS.findall(topic.question)}
    if not capitals or topic.form == "yesno" or topic.question.isupper():
        return False
    return any(word in capitals and not any(word in text.casefold() for text in texts) for word in match.lacks)


def asks_share(question: str) -> bool:
    """Whether a question asks what share of animals or patients something befell: "what % of the mice died?"."""
    return _SHARE.search(question) is not None


def _lacks_share(topic: Topic, unit: Unit) -> bool:
    """Whether a share of animals is asked for and the text gives none: neither a percentage nor so many of so many."""
    if not asks_share(topic.question):
        return False
    return not _OF_SO_MANY.search(unit.text) and not any(figure.unit == "percent" for figure in figures(unit.text))


def _is_of_nothing_said(topic: Topic, match: Match) -> bool:
    """Whether the question is a word or two, "revenue?", of which no passage has any: what is near to that is something else."""
    short = topic.form == "what" and not topic.follows and len(words(topic.question)) <= _FRAGMENT
    return short and match.nowhere >= 1 and not match.sure


def _of_sure_kind(topic: Topic) -> bool:
    """Whether something is asked for that is told by its form alone, an e-mail address or a patent's number, and not there without it."""
    return any(kind.sure or kind.name == "identifier" for kind in wanted_kinds(topic.question, topic.form))


def _tells_no_time(topic: Topic, unit: Unit) -> bool:
    """Whether it is asked when, and the text has no word of time: "the trial has begun"."""
    return topic.form == "when" and _OF_TIME.search(unit.meaning) is None


def is_about(topic: Topic, match: Match, findings: Findings) -> bool:
    """Whether the sentence speaks of the thing that is asked about, and not of another one by name, number or concept."""
    around = f"{fold(findings.evidence.sources[match.unit.source - 1].passage.text)} {fold(match.unit.context)}"
    return not (
        (match.unsaid and not match.sure)
        or (any(map(is_abbreviation, match.lacks)) and not (match.elsewhere and _SEVERAL.search(topic.question)))
        or any(term not in around and term not in _nuclides(match, findings) for term in _numbers_lacking(topic, match))
        or is_of_other_number(topic.query, match.unit)
        or is_of_other_endpoint(topic, match)
        or lacks_endpoint(topic, match)
        or lacks_value(topic, match.unit)
        or _is_spending(topic, match)
        or is_of_other_speaker(topic.question, around, match)
        or other_role(topic.question, match.unit.meaning)
        or _other_count(topic, match.unit.text)
        or _is_of_other_code(topic, match.unit, findings)
    )


def _is_spending(topic: Topic, match: Match) -> bool:
    """Whether it is asked what one of something costs, and the sentence tells what was spent in a period."""
    return bool(_COSTS.search(topic.question) and _SPENT.search(match.unit.text)) and not (
        _SPENT.search(topic.question) or tells_price(match.unit.text)
    )


def _numbers_lacking(topic: Topic, match: Match) -> list[str]:
    """Of the words that the sentence lacks those with a digit, and times in words at which something is asked: "four days after"."""
    lacking = _lacks_of(topic, match)
    timed = [term for term in lacking if any(figure.unit in TIME_UNITS for figure in figures(term))]
    told = (rf"\bat {re.escape(term)}\b|\b{re.escape(term)} (?:after|post|later|following)\b" for term in timed)
    at_a_time = [term for term, pattern in zip(timed, told, strict=True) if re.search(pattern, topic.question, re.IGNORECASE)]
    return [term for term in lacking if any(map(str.isdigit, term)) or term in at_a_time]


def _lacks_of(topic: Topic, match: Match) -> Sequence[str]:
    """The words that the sentence lacks; no amount of a yes/no question of which it tells another one and lacks nothing else: "stable for
    3 hours" where it is asked if it is for 4.
    """
    lacking = {scale(figure.unit)[0] for figure in topic.figures if figure.unit}
    told = {scale(figure.unit)[0] for figure in figures(match.unit.text) if figure.unit}
    only_amounts = topic.form == "yesno" and all(_AMOUNT.match(term) for term in match.lacks)
    return () if only_amounts and lacking and lacking <= told else match.lacks


def _nuclides(match: Match, findings: Findings) -> frozenset[str]:
    """The nuclides, as questions spell them, of which the whole document speaks: ``{"pb212"}``."""
    document = findings.evidence.sources[match.unit.source - 1].document.id
    texts = (source.passage.text for source in findings.evidence.sources if source.document.id == document)
    return frozenset(mention.name.replace("-", "").casefold() for text in texts for mention in nuclides(text))


def _lacks_numbered(topic: Topic, unit: Unit) -> bool:
    """Whether it is asked when something numbered was, and the text does not speak of it: of "Phase II"."""
    asked = numbered(topic.query) if topic.form == "when" else []
    return bool(asked) and frozenset(numbered(f"{unit.text} {unit.context}")).isdisjoint(asked)


def _lacks_amount(topic: Topic, match: Match) -> bool:
    """Whether it is asked how much or how many, and the text has no figure but dates, nor says none or all."""
    if topic.form not in ("how much", "how many") or match.sure or _NONE_OR_ALL.search(match.unit.text):
        return False
    return not any(figure.kind in ("number", "word") and not YEAR.fullmatch(figure.text) for figure in figures(match.unit.text))


def _other_count(topic: Topic, text: str) -> bool:
    """Whether the text speaks of other numbers of administrations only: of three cycles where one is asked about."""
    said = administrations_in(text)
    open_ended = any(count > 1 for count in topic.named.counts) and _SEVERAL_TIMES.search(text)
    return bool(topic.named.counts and said) and not topic.named.counts & said and not open_ended


def _is_of_other_code(topic: Topic, unit: Unit, findings: Findings) -> bool:
    """Whether the text names another of a series and not the one asked about, or followed on: QX 7 where QX 9 or QX 9-B is meant."""
    return names_other_code(_naming(topic), f"{unit.text} {unit.meaning}") or goes_on_about(topic, unit, findings)


def goes_on_about(topic: Topic, unit: Unit, findings: Findings) -> bool:
    """Whether the text names none of the series and goes on with what is said of another one than is asked about."""
    return goes_on_about_other(_naming(topic), unit, findings.evidence.sources[unit.source - 1].passage.text)


def _naming(topic: Topic) -> str:
    """The wording that has the code of what is asked about."""
    return topic.question if codes(topic.question) or not topic.follows else topic.query
