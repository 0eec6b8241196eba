"""Shares of those whom sentences count: "60 of 96 planned patients", a part and all who were treated, two kinds of response together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.agent.offline.deriving.asked_words import asked_words, said, surroundings
from assistant.agent.offline.deriving.counted_parts import NUMBER, PART_OF, WHOM, Share, number_in, shares_in
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.terms import measure_key, stem_set
from assistant.agent.offline.verdicts.contrary import is_contrary
from assistant.language.figures import Figure, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import Word, stems

_SHARE = re.compile(r"(?:\b(?:percent|percentage|per cent|pct|share|fraction|proportion|portion|rate)\b|%)", re.IGNORECASE)
# What asks for another thing than a share of a whole.
_OTHER = re.compile(
    r"\b(?:increase|decrease|change[ds]?|grow\w*|grew|rise|rose|fall|fell|decline\w*|drop\w*|more|less|higher|lower|points|dose "
    r"rate|decay\w*|per|each"
    r"|compared"
    r"|versus|vs|interest|tax|times|average|mean|median|exceed\w*|than|hazard)\b",
    re.IGNORECASE,
)
# Who may be counted as all, from those who were looked for to those of whom a result is known.
_POPULATIONS = tuple(
    frozenset(stems(words))
    for words in (
        "planned target targeted intended expected goal",
        "screened",
        "enrolled recruited included",
        "randomised randomized",
        "treated dosed",
        "evaluable assessable",
    )
)
_ALL = frozenset[str]().union(*_POPULATIONS)
_TREATED = _POPULATIONS[4]
# Kinds of response, as texts write them in full and short.
_KINDS = {
    "complete": re.compile(r"\b(?:complete (?:response|remission|responder)s?|CRs?)\b"),
    "partial": re.compile(r"\b(?:partial (?:response|remission|responder)s?|PRs?)\b"),
    "stable": re.compile(r"\b(?:stable disease|SD)\b"),
}
_CONTROL = re.compile(r"\b(?:disease control|clinical benefit|DCR|CBR)\b")
_COUNT_OF = re.compile(rf"(?<![\w.,/-])(?P<count>{NUMBER})\s+(?:[A-Za-z]+\s+){{0,6}}?$", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\b(?:RP2D|recommended (?:phase (?:2|II|two) )?dose)\b", re.IGNORECASE)
_SCREEN_FAILURE = re.compile(r"\bscreen(?:ing)?[ -]?fail\w*", re.IGNORECASE)
# How severe something was tells of another number of patients.
_GRADE = re.compile(r"\b(?:grade|severe|serious|fatal|life-threatening)\b", re.IGNORECASE)
_GRADED = re.compile(r"\bgrade\s*(?:≥|>=|>)?\s*(\d)", re.IGNORECASE)
_RELATED = re.compile(r"\b\w+[ -]related\b|\bcaused by\b", re.IGNORECASE)
_FATAL = re.compile(r"\b(?:fatal\w*|life-threatening|deaths?|died?)\b", re.IGNORECASE)
_SERIOUS = re.compile(r"\b(?:serious|SAEs?)\b", re.IGNORECASE)
_OF_GRADE = frozenset(stems("grade severe serious fatal higher above worse or drug-related treatment-related related drug treatment 3 4 5"))
# "24 were treated", "31 patients screened"; "it occurred in 9 patients", "9 patients had it".
_STAGED = re.compile(
    rf"(?<![\w.,/-])(?P<count>\d[\d,]*)(?:\s+{WHOM})?\s+(?:(?:were|was|had been|have been|has been)\s+)?(?P<stage>[a-z]+)", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"\b(?:in|among)\s+(?P<count>{NUMBER})(?:\s+{WHOM})?(?=\W*$|[.;,])|(?<![\w.,/-])(?P<subject>{NUMBER})\s+{WHOM}\b", re.IGNORECASE
)
_GROUP = re.compile(r"\b(?:cohort|arm|group|level|dose level|part|stage) (?:\d{1,2}|[A-Z])\b", re.IGNORECASE)
_COMPARED_GROUP = re.compile(r"\b(?:control\w*|placebo|vehicle|sham|untreated|cohort|arm)\b", re.IGNORECASE)
# "9 of 36 treated dogs and 1 of 18 control dogs were alive": what is told of all stands behind the last.
_OF_ALL = re.compile(
    r"\d(?=[^\d.;]*$)[^\d.;]*?\b(?:were|was|had|have|did|are|survived|responded|died|showed|lived)\b(?P<told>[^\d.;]*)\W*$", re.IGNORECASE
)
# What is no number of all who were treated: "of 24 patients treated", "cohort 2".
_NUMBERED = re.compile(r"\b(?:of|among|in|cohort|group|arm|phase|level|grade|table|part)\s+(?:the\s+)?$", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:fail\w*|reject\w*|miss(?:ed|ing)|discard\w*|exclud\w*|withdr[ae]w\w*|drop(?:ped)? ?out\w*)\b", re.IGNORECASE)
_LISTED = re.compile(r"\(\s*\d+(?:\s+\w+)?\s*\)")
# So much of what a question tells of has to be said of a count; so much more of one than of another.
_SAID, _MARGIN = 0.75, 0.1


def shares(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The share for which a question asks of the counts of one sentence, or of one count and all of whom it is one."""
    if not _SHARE.search(question) or _OTHER.search(question) or NEGATION.search(question):
        return
    if _SCREEN_FAILURE.search(question):
        yield from _screen_failures(told)
        return
    if len(kinds := _kinds(question)) > 1:
        yield from _responses(kinds, told)
        return
    asked, given = _asked(question, told)
    if given is None or not (asked or given):
        return
    rated = [(_rate(each, asked, given, question), each) for match in told for each in shares_in(match.unit.text, match)]
    rated = [(rate, each) for rate, each in rated if rate >= _SAID]
    most = max((rate for rate, _ in rated), default=0.0)
    best = [each for rate, each in rated if rate >= most - _MARGIN]
    for each in best:
        yield Composed("share", f"{each.part:.10g} / {each.whole:.10g} in percent", (each.match,))
    if not best:
        yield from _of_population(question, asked, told)


def _asked(question: str, told: Sequence[Match]) -> tuple[tuple[Word, ...], frozenset[str] | None]:
    """The words that tell of what it is, and the amounts that have to be told; None where a dose that is only named is not stated."""
    amounts = {measure_key(figure) for figure in figures(question) if figure.unit and figure.unit not in ("ratio", "percent", "date")}
    beside = _ALL | _OF_GRADE if _GRADE.search(question) else _ALL
    if _RECOMMENDED.search(question):
        found = {measure_key(figure) for match in told for figure in _recommended(match.unit.text)}
        if len(found) != 1:
            return (), None
        amounts |= found
        question = _RECOMMENDED.sub(" ", question)
    keys = frozenset(amounts)
    return tuple(word for word in asked_words(question, beside) if word.stem not in keys), keys


def _recommended(text: str) -> list[Figure]:
    """The amounts that a text tells as the recommended dose."""
    found = []
    for match in _RECOMMENDED.finditer(text):
        behind = [each for each in figures(text) if each.start > match.end() and each.unit and each.kind == "number"]
        if behind and not re.search(r"[.;]\s", text[match.end() : behind[0].start]):
            found.append(behind[0])
    return found


def _rate(each: Share, asked: tuple[Word, ...], given: frozenset[str], question: str) -> float:
    """How much of what is asked is said of a share, 0 where it is of others or lacks an amount that is named."""
    known = stem_set(each.match.unit.text)
    if _is_of_the_rest(question, each.match.unit.text) or not _of_named_group(question, each.match.unit.text):
        return 0.0
    if not given <= known or not _of_those(question, each.who) or not _of_grade(question, each.own):
        return 0.0
    if not asked:
        return 1.0
    if (
        bool(_COMPARED_GROUP.search(each.who)) != bool(_COMPARED_GROUP.search(question))
        and len(shares_in(each.match.unit.text, each.match)) > 1
    ):
        return 0.0
    return _rate_beside(each, asked, given, codes(question))


def _rate_beside(each: Share, asked: tuple[Word, ...], given: frozenset[str], named: frozenset[str]) -> float:
    """The same where a sentence tells of others, too: nothing of what the question names may be told of these alone."""
    text = each.match.unit.text
    parts = _OF_ALL.search(text)
    own = f"{each.own} {parts['told'] if parts else ''}"
    if (given & stem_set(text)) - stem_set(own) or (named & codes(text)) - codes(own):
        return 0.0  # "3 of 8 given 0.8 MBq and 4 of 8 given two doses"
    several = len(shares_in(text, each.match)) > 1
    if any(said((word,), own) < 1 and (said((word,), text) == 1 or several) for word in asked):
        return 0.0
    return said(asked, own, f"{text} {surroundings(each.match)}")


def _is_of_the_rest(question: str, text: str) -> bool:
    """Whether a text tells of those that passed where those that failed are asked for, or of another contrary."""
    return is_contrary(question, text, instead=True) or (_FAILED.search(question) is not None) is not (_FAILED.search(text) is not None)


def _of_named_group(question: str, text: str) -> bool:
    """Whether a text tells of the cohort, arm or group that the question names by its number or letter, if it does."""
    asked = {" ".join(name.casefold().split()) for name in _GROUP.findall(question)}
    return asked <= {" ".join(name.casefold().split()) for name in _GROUP.findall(text)}


def _of_grade(question: str, text: str) -> bool:
    """Whether a text tells of such severity, and of what the treatment caused, as the question does."""
    if _RELATED.search(question) and not _RELATED.search(text):
        return False
    if any(word.search(question) and not word.search(text) for word in (_FATAL, _SERIOUS)):
        return False
    asked, told = set(_GRADED.findall(question)), set(_GRADED.findall(text))
    return not _GRADE.search(question) or (_GRADE.search(text) is not None and (not asked or not told or asked == told))


def _of_those(question: str, who: str) -> bool:
    """Whether a whole is of those whom the question names as all; one of whom nothing is told is of those who were treated."""
    asked, told = _populations(question), _populations(who)
    return not asked or bool(asked & told) or (not told and asked <= {_TREATED})


def _populations(text: str) -> set[frozenset[str]]:
    found = set(stems(text))
    return {each for each in _POPULATIONS if each & found}


def _kinds(question: str) -> tuple[str, ...]:
    """The kinds of response that a question counts together."""
    named = tuple(kind for kind, pattern in _KINDS.items() if pattern.search(question))
    if named:
        return named
    return ("complete", "partial", "stable") if _CONTROL.search(question) else ()


def _responses(kinds: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The share of several kinds of response together, of those of whom one sentence counts one kind."""
    counts = {kind: _counts(_KINDS[kind], told) for kind in kinds}
    if any(len({value for value, _ in found}) > 1 for found in counts.values()):
        return
    found = {kind: pairs[0] for kind, pairs in counts.items() if pairs}
    if not {"partial", "stable"} & set(kinds) <= set(found) or len(found) < 2:
        return
    matches = tuple(dict.fromkeys(match for _, match in found.values()))
    wholes = {each.whole for match in matches for each in shares_in(match.unit.text, match)}
    if len(wholes) == 1:
        yield Composed("share", f"({' + '.join(f'{value:.10g}' for value, _ in found.values())}) / {wholes.pop():.10g} in percent", matches)


def _counts(kind: re.Pattern[str], told: Sequence[Match]) -> list[tuple[float, Match]]:
    found = []
    for match in told:
        text = match.unit.text
        for mention in kind.finditer(text):
            before = _COUNT_OF.search(text, 0, mention.start())
            if before and (before.start() == 0 or not PART_OF.search(text[before.start() : mention.start()])):
                found.append((number_in(before["count"]), match))
    return found


def _screen_failures(told: Sequence[Match]) -> Iterator[Composed]:
    """The share of those who were screened and not treated, or not enrolled where nothing tells who was treated."""
    whole = _number_of(_POPULATIONS[1], told)
    part = _number_of(_TREATED, told) or _number_of(_POPULATIONS[2], told)
    if whole and part and part[0] < whole[0]:
        total, came = f"{whole[0]:.10g}", f"{part[0]:.10g}"
        yield Composed("share", f"({total} - {came}) / {total} in percent", tuple(dict.fromkeys((whole[1], part[1]))))


def _number_of(stage: frozenset[str], told: Sequence[Match]) -> tuple[float, Match] | None:
    """The one number of those of whom the sentences say that they were ``stage``; None where they tell several."""
    found = [
        (number_in(each["count"]), match)
        for match in told
        for each in _STAGED.finditer(match.unit.text)
        if set(stems(each["stage"])) & stage
        and re.search(r"(?:ed|able)$", each["stage"])
        and not _NUMBERED.search(match.unit.text[: each.start()])
    ]
    return found[0] if len({value for value, _ in found}) == 1 else None


def _of_population(question: str, asked: tuple[Word, ...], told: Sequence[Match]) -> Iterator[Composed]:
    """The share of all who were treated, or whom the question names, that the one count of a sentence is which says all that is asked."""
    named = _populations(question) or {_TREATED}
    whole = _number_of(next(iter(named)), told) if len(named) == 1 else None
    if whole is None or not asked or _GROUP.search(question) or _COMPARED_GROUP.search(question):
        return
    found = {}
    for match in told:
        counts = list(_COUNTED.finditer(match.unit.text))
        value = number_in(counts[0]["count"] or counts[0]["subject"]) if len(counts) == 1 else 0.0
        if (
            _of_grade(question, match.unit.text)
            and len(_LISTED.findall(match.unit.text)) < 2  # of several things, each with its count
            and not _is_of_the_rest(question, match.unit.text)
            and 0 < value < whole[0]
            and said(asked, match.unit.text) >= _SAID
            and not shares_in(match.unit.text, match)
        ):
            found[value] = match
    if len(found) == 1:
        ((value, match),) = found.items()
        yield Composed("share", f"{value:.10g} / {whole[0]:.10g} in percent", tuple(dict.fromkeys((match, whole[1]))))
