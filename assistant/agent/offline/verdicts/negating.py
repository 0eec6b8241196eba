"""On what a negation of a sentence falls, as far as a question asks about it: "not yet", "none above grade 1", "may not help"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import all_forms
from assistant.agent.offline.verdicts.undecided import CLAUSE, EXCEPT, is_of_some
from assistant.language.conjunctions import CONTRASTING
from assistant.language.qualifiers import DENIED_BOUND
from assistant.language.stems import stems, words

# What is denied stands so few words behind the negation.
_WITHIN = 5
# "Nothing beyond the price" and "not only" deny nothing, "not yet" only what is so now.
_BUT = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:beyond|except|but|other than|only|just|merely|more|less|all|every|until|before|yet)\b", re.IGNORECASE
)
_MORE_THAN = re.compile(r"\b(more|less) than (?:\w+ )??(\d+(?:\.\d+)?)(?![\d.,]*\d)", re.IGNORECASE)
# A question of what is so now, and what makes it one of what is to come.
_NOW = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:is|are|was|were|has|have|had|did|does|do)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:due|likely|about to|going to|will|would|plan\w*|expect\w*|schedul\w*|intend\w*|hope\w*|aim\w*|soon|ever|next|future|later)\b"
    r"|\b\w+ing\b(?= .*\b(?:in|on|by|this)\b)",
    re.IGNORECASE,
)
# A clause that says more of what stands before it.
_RELATIVE = re.compile(r",\s(?:which|who)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# These have their subject in the clause before: "four fell ill; none died".
_NONE = re.compile(r"none|neither|nobody", re.IGNORECASE)
# What leaves a denial open, and what forbids. A doubt governs all behind it up to something else that is told.
_DOUBT = re.compile(r"\b(?:may|might|could|possible|possibly|potential|potentially|expected|believe)\b", re.IGNORECASE)
_FORBIDDEN = re.compile(r"\b(?:may|might|could|can) not\b", re.IGNORECASE)
# "The other authors declare none": of those who are not meant.
_OTHERS = re.compile(r"\b(?:others?|remaining|remainder)\b|\bthe rest\b(?! of the (?:day|week|year|time))", re.IGNORECASE)
# "No treatment-related deaths": others there may have been. What else was not done for a cause was not done.
_HARM = re.compile(
    r"\b(?:deaths?|dead|died?|dies|fatal\w*|toxicit\w+|events?|effects?|injur\w+|harm\w*|discontinu\w+|withdr\w+|illness\w*)\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"\b(?:because of|due to|caused by|attribut\w+ to|related to|linked to)\b(?P<by>(?:\W+[\w-]+){1,4})|\b(?P<of>\w+)[ -]related\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|did|do|does|can|may|will)\b", re.IGNORECASE)
# "Were not affected", "has not been changed", "did not rise"; and verbs of which only that it is known is denied.
_AUXILIARY = re.compile(
    r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b(?:is|are|was|were|has been|have been|has|have|had|do|does|did)\s*$", re.IGNORECASE
)
_CALLED_OFF = re.compile(
    r"\b(?:was|were|has been|have been)\s+(?P<verb>cancell?ed|called off|turned down|rejected|refused|denied|declined|dropped|abandoned"
    r"|scrapped)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:ask|appl|request|propos|seek|sought|want|submit|suggest|try|tried|plan|intend|fil(?:e|ing))\w*", re.IGNORECASE
)
_DENIED_VERB = re.compile(r"(?:not|never)\s+(?:been\s+|be\s+)?(?:\w+ly\s+)?(?P<verb>[a-z]{3,})", re.IGNORECASE)
_FOUND_OUT = re.compile(
    r"(?:measur|assess|examin|investigat|stud|evaluat|test|determin|record|report|collect|analy[sz]|calculat|estimat|disclos|specif|stat|giv"
    r"|know|certain|decid|confirm|establish|explain|discuss|address|mention|document|includ|consider|matur|availab|reach|necessar"
    r"|differ|depend|expect|intend|plan|mean|seem|appear)\w*$|(?:clear|sure|always|only|just|all|every|the|yet|part|due|for)$",
    re.IGNORECASE,
)
# So much of what the sentence has of the question is the subject.
_OF_SUBJECT, _OF_ALL = 0.5, 0.7
_OR = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_ELSE = re.compile(rf"[;.](?!\d)|{CONTRASTING}", re.IGNORECASE)
_BOUND = re.compile(DENIED_BOUND, re.IGNORECASE)
# "Did it go above grade 1?" asks about what is beyond a bound, "was it kept to grade 1?" about what is within.
_BEYOND = re.compile(r"\b(?:above|beyond|over|exceed\w*|surpass\w*|reach\w*|(?:worse|more|higher|greater|longer) than)\b", re.IGNORECASE)
_KEPT = re.compile(r"\b(?:kept|keep|stay\w*|remain\w*|limited|held|confined|restricted|always)\b", re.IGNORECASE)


def negates(question: str, text: str, negation: re.Match[str], known: Sequence[frozenset[str]], share: float) -> bool:
    """Whether a negation of ``text`` stands right before one of the words, each by its forms, in a clause with such a ``share`` of them."""
    if negation.start() in {bound.start() for bound in _BOUND.finditer(text)} and not _BEYOND.search(question):
        return False
    clause_before, behind = CLAUSE.split(text[: negation.start()])[-1], _listed(negation.group(), text[negation.end() :])
    if negation.group().casefold() == "without":  # what is lacking stands before the verb: "dogs without a collar were hurt"
        behind = _VERB.split(behind)[0]
    doubted = f"{_ELSE.split(text[: negation.start()])[-1]}{negation.group()}{behind}"
    if _is_open(question, f"{clause_before} {behind}", doubted, _ELSE.split(text[negation.end() :])[0]):
        return False
    if _only_excepts(question, text, behind):
        return False
    if _RELATIVE.search(text, 0, negation.start()) or _NONE.fullmatch(negation.group()):
        clause_before = text[: negation.start()]  # "reduced growth, which had not recovered": of the growth
    if is_of_some(question, clause_before, behind):
        return False
    if not content(_AUXILIARY.sub("", clause_before)):  # "the burden of disease, the second endpoint, was not met"
        clause_before = _ELSE.split(text[: negation.start()])[-1]
    near, clause = frozenset(_denied(negation.group(), behind)), frozenset(stems(f"{clause_before} {behind}"))
    together = [forms for forms in known if forms & clause]
    told = any(forms & near for forms in known) or _is_of_its_verb(clause_before, negation.group(), behind, known)
    return told and len(together) >= share * len(known)


def _denied(negation: str, behind: str) -> Sequence[str]:
    """The stems that a negation falls on: the words right behind it, of "no" all up to the verb, "no case of fever or gout was seen"."""
    near = stems(behind)[:_WITHIN]
    subject = _VERB.split(behind)
    return [*near, *stems(subject[0])] if negation.casefold() == "no" and len(subject) > 1 else near


def _listed(negation: str, following: str) -> str:
    """What stands behind a negation up to the end of its clause, or of the list of what there was none of: "no fever, rash or gout"."""
    clause, subject = CLAUSE.split(following)[0], _VERB.split(_ELSE.split(following)[0])
    listed = negation.casefold() == "no" and len(subject) > 1 and len(subject[0]) > len(clause) and _OR.search(subject[0])
    return f"{subject[0]} was " if listed else clause


def _is_of_its_verb(before: str, negation: str, behind: str, known: Sequence[frozenset[str]]) -> bool:
    """Whether what the question names is the subject of a verb that is denied: "the enzymes were not affected" of enzymes that may have
    changed. What was not measured or found out may be so.
    """
    verb = _DENIED_VERB.match(f"{negation}{behind}")
    return verb is not None and not _FOUND_OUT.match(verb["verb"]) and _is_subject(before, known)


def _is_subject(before: str, known: Sequence[frozenset[str]], share: float = _OF_SUBJECT) -> bool:
    """Whether such a ``share`` of the words of a question, each by its forms, stands ``before`` a verb."""
    aux = _AUXILIARY.search(before)
    subject = frozenset(stems(before[: aux.start()])) if aux else frozenset[str]()
    return sum(bool(forms & subject) for forms in known) >= max(1, share * len(known))


def calls_off(question: str, text: str, telling: Sequence[frozenset[str]]) -> bool:
    """Whether a text says of what a question asks about, each word by its forms, that it was not done or had after all: "the second visit
    was cancelled". That it was asked for is no matter of that.
    """
    if _ASKED_FOR.search(question):
        return False
    asked = frozenset(stems(question))
    for off in _CALLED_OFF.finditer(text):
        before = CLAUSE.split(text[: off.start("verb")])[-1]
        named = asked.isdisjoint(stems(off["verb"])) and not is_of_some(question, before, "")
        if named and _is_subject(before, telling, _OF_ALL):
            return True
    return False


def _is_open(question: str, clause: str, doubted: str, following: str) -> bool:
    """Whether a denial is in doubt, has an exception, is of others than are meant, or of what is due to something not asked about."""
    others = _OTHERS.search(clause) is not None and _OTHERS.search(question) is None
    asked = frozenset(form for word in words(question) for form in all_forms(word))
    caused = (
        _HARM.search(clause) is not None
        and any(not asked & content(cause["by"] or cause["of"]) for cause in _CAUSED.finditer(clause))
        and not _CAUSED.search(question)
    )
    in_doubt = _DOUBT.search(_FORBIDDEN.sub(" not ", doubted)) is not None
    return others or caused or in_doubt or EXCEPT.search(following) is not None


def leaves_within(question: str, text: str) -> bool:
    """Whether a text only bounds something, "none above grade 1", and it is not asked whether that was kept to: none or some may be so."""
    return _BOUND.search(text) is not None and not _KEPT.search(question)


def _only_excepts(question: str, text: str, behind: str) -> bool:
    """Whether what stands ``behind`` a negation only excepts or bounds something, or is not so yet where it is asked what will be.

    The same bound as the question's is denied, and what is not so yet of nothing else than the question names: no other place or group.
    """
    but = _BUT.match(behind)
    if but is None:
        return False
    word = but.group().split()[-1].casefold()
    if word == "yet":
        asked = light() | frozenset(form for each in words(question) for form in all_forms(each))
        return not _NOW.match(question) or _TO_COME.search(question) is not None or not content(behind) <= asked
    return word not in {each for each, _ in _bounds(question) & _bounds(text)}


def _bounds(text: str) -> frozenset[tuple[str, str]]:
    """The figures that a text says are passed or not reached: more or less, and the figure."""
    return frozenset((word.casefold(), figure) for word, figure in _MORE_THAN.findall(text))
