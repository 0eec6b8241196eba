"""Whether it is asked who or which one it is, and a sentence has no name for it: "an external law firm" tells not which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, light, scaffold
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.understanding.vocabulary import common_words
from assistant.language.figures import MONTH
from assistant.language.negations import NEGATION
from assistant.language.stems import stem, stems, words
from assistant.language.units import canonical_unit
from assistant.resources import prompt_table

_WHO = re.compile(r"\W*(?:(?:so|and|but|ok|hey|hi)\W+)?(?:(?:by|to|from|for|of)\s+)?who(?:m|['’]?s)?\b(?!se)", re.IGNORECASE)
# It is told what somebody is whose name is known: "who was Holm?".
_OF_A_NAME = re.compile(r"\W*(?i:who(?:['’]?s|\s+(?:is|was|are|were)))\s+(?:[A-Z][a-z]{1,3}\.?\s+)?[A-Z]")
_NAME_OF = re.compile(
    r"\bnames? of (?:the|an?|its|his|her|their|our|this|that) (?P<of>[^?]*)|\b(?P<whose>[\w-]+)['’]s names?\b"
    r"|^\W*who(?:['’]?s| is| was| are| were) (?:the|our|your|their|its) (?P<who>[^?]*)"
    r"|\bwhat\b[^?]*\b(?:is|are|was|were) (?:the |its |his |her )?(?P<called>[\w -]+?) called\b",
    re.IGNORECASE,
)
# What further describes the thing whose name is asked for.
_FURTHER = re.compile(
    r"\b(?:of|in|on|at|to|for|from|by|with|that|who|which|he|she|they|it|we|is|are|was|were|\w+(?:ed|ing))\b", re.IGNORECASE
)
# The noun of which it is asked which one it is, what stands before it where it is not told, and what tells it.
_WHICH = re.compile(
    r"\b(?:which|what (?:kind|type|sort|brand|make) of)\s+(?P<noun>[a-z-]+)\s+(?:did|do|does|was|were|is|are|will|has|have|had"
    r"|they|she|he|you|we|it|to|for|should|must|can|would)\b",
    re.IGNORECASE,
)
_BEFORE_BARE = re.compile(r"the|an?|its|his|her|their|our|your|this|that|of|in|by|with|for|any|each|another|to|on")
# So much of what was done a heading has that tells who did it.
_HALF = 0.5
# So many characters before and behind the noun its name stands at most.
_BEFORE, _BEHIND = 25, 40
_TELLS_WHICH = re.compile(r"[\d\"“:(|]")
_CLAUSE = re.compile(r"(?:;|(?<![A-Z])(?<!\bDr)(?<!\bM[rs])(?<!\bMrs)(?<!\bProf)\.)\s|\s[-–—]\s")
# A word with a capital, behind a word of the same sentence or at its beginning.
_CAPITAL = re.compile(r"(?<![\w'’-])[A-Z][\w'’&-]*")
_INSIDE = re.compile(r"[\w,;)%'’\"”-]\s+\W*$")
_BEGUN = re.compile(r"[.:|?!]\W*$")
_FOLLOWED = re.compile(r"\s+[A-Z]")
# One of several that are told apart by numbers or letters, and named by nobody: "Phase 1", "Arm A".
_ONE_OF_SEVERAL = re.compile(
    r"(?:Phases?|Arms?|Groups?|Cohorts?|Parts?|Tables?|Fig(?:ure|\.)s?|Stages?|Grades?|Levels?|Days?|Weeks?|Sections?|Steps?|Class|Types?)"
    r"\s(?:\d|[IVX]+\b|[A-Z]\b)"
)
_OPENS = re.compile(r"\w+(?:ing|ed|ly)$", re.IGNORECASE)
# Somebody who does things, without a name: "the shift supervisor", "an uncle", "we". Other words are built like these.
_DOER = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ee|man|woman|men|women)s?", re.IGNORECASE)
# By whom something was done, whoever they are: "counted by the interns", "run by a family".
_BY_SOMEBODY = re.compile(
    r"\b(?:\w+ed|run|made|led|built|drawn|given|written|done|held|sold|bought|taken|sent|set|put|kept|paid|owned|known|seen|found|chosen|brought)"
    r" by (?:(?:the|an?|our|my|his|her|its|their|your|all|two|three|four|\d+)\s+)*(?!(?:hand|post|e?-?mail|phone|means|accident|mistake"
    r"|default|then|now|noon|weight|volume|far|half|law|\w+ing)\b)[a-z]{3,}",
    re.IGNORECASE,
)
# These have a capital and name nobody: months, days, currencies, titles.
_CALENDAR = re.compile(
    rf"(?:{MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|[A-Z]{{3}}(?=\W{{0,2}}\d)|(?:mr|mrs|ms|dr|prof)\b)", re.IGNORECASE
)


def leaves_unnamed(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether a name is asked for and the sentence has none, or only that of something else; ``texts`` are the passages."""
    of_a_name = _OF_A_NAME.match(topic.question) or ("definition" in topic.signals and _WHO.match(topic.question))
    if topic.follows or topic.form == "yesno" or of_a_name:
        return False
    return (
        _tells_nobody(topic, match, texts)
        or _names_no_firm(topic, match, texts)
        or _names_another(topic, match, texts)
        or _leaves_bare(topic, match, texts)
    )


def _tells_nobody(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether it is asked who did something, and the sentence names or describes nobody who could have, or is a heading or signature
    that has little of what was done.
    """
    if not _WHO.match(topic.question):
        return False
    if match.unit.title and not match.sure and match.coverage < _HALF:
        return True
    text = match.unit.meaning if match.unit.spoken else match.unit.text
    return not (_names(text, topic.question, texts) or _doers(text, topic.question) or _BY_SOMEBODY.search(text))


def _doers(text: str, question: str) -> list[str]:
    table, asked = prompt_table("questions.toml")["doers"], frozenset(stems(question))
    known, others = ({form for word in table[name] for form in stems(word)} for name in ("words", "others"))
    return [w.text for w in words(text) if w.stem not in asked | others and (w.stem in known or _DOER.fullmatch(w.text))]


def _names_no_firm(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether it is asked which journal, firm or the like, which go by names, and the sentence has no name."""
    nouns = "|".join(prompt_table("questions.toml")["doers"]["named"])
    asked = re.search(rf"\b(?:which|what)\s+(?P<between>(?:[\w-]+\s+){{0,3}}?)(?P<noun>{nouns})\b(?!['’]s)", topic.question, re.IGNORECASE)
    if asked is None or any(word.stem in scaffold() or word.stem == "did" for word in words(asked["between"])):
        return False
    unit = match.unit
    text = f"{unit.text} {unit.context}" if unit.columns else unit.text
    near = [text[max(0, noun.start() - _BEFORE) : noun.end() + _BEHIND] for noun in _standing(asked["noun"], text)]
    named = _names(text, topic.question, texts)
    return not any(name in part for name in named for part in near or [text])


def _standing(noun: str, text: str) -> list[re.Match[str]]:
    """Where a noun stands in a text, be it of one or of several."""
    base = re.escape(re.sub(r"(?:y|ies|es|s)$", "", noun, flags=re.IGNORECASE))
    return list(re.finditer(rf"\b{base}(?:y|ies|e?s|e)?\b", text, re.IGNORECASE))


def _names_another(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether the name of something is asked for, and the sentence has none, or none in the clause that speaks of it by the noun."""
    asked = _NAME_OF.search(topic.question)
    if asked is None:
        return False
    thing = _FURTHER.split(next(filter(None, asked.groups()), ""))[0]
    if not _names(match.unit.text, topic.question, texts):
        return True
    head = [word.stem for word in words(thing) if word.stem in content(thing) - light()][-1:]
    clauses = [clause for clause in _CLAUSE.split(match.unit.text) if set(head) & stem_set(clause)]
    return bool(clauses) and not any(_names(clause, topic.question, texts) for clause in clauses)


def _leaves_bare(topic: Topic, match: Match, texts: Sequence[str]) -> bool:
    """Whether it is asked which of its kind something is, and the sentence only has the noun: "which grease" of "grease it once a year"."""
    asked = _WHICH.search(topic.question)
    if asked is None or canonical_unit(asked["noun"]) or _TELLS_WHICH.search(match.unit.text) or NEGATION.search(match.unit.text):
        return False
    said = words(match.unit.text)
    places = [place for place, word in enumerate(said) if word.stem == stem(asked["noun"].casefold())]
    bare = all(not place or _BEFORE_BARE.fullmatch(said[place - 1].text) for place in places)
    return bool(places) and bare and not _names(match.unit.text, topic.question, texts)


def _names(text: str, question: str, texts: Sequence[str]) -> list[str]:
    """The names of a text that the question has not: words with a capital, at its beginning only where they are no other words."""
    asked, found = frozenset(stems(question)), []
    for name in _CAPITAL.finditer(text):
        word, before = name.group().casefold(), text[: name.start()]
        inside = _INSIDE.search(before) is not None and not _BEGUN.search(before)
        if (
            _CALENDAR.match(text, name.start()) is None
            and _ONE_OF_SEVERAL.match(text, name.start()) is None
            and not asked.issuperset(stems(name.group()))
            and (inside or _is_no_other_word(word, text[name.end() :], texts))
        ):
            found.append(name.group())
    return found


def _is_no_other_word(word: str, behind: str, texts: Sequence[str]) -> bool:
    """Whether the first word of a sentence is a name: another one follows, or no text writes it small and it is no common word."""
    if stem(word) in common_words() | scaffold() | light() or _OPENS.fullmatch(word):
        return False
    return _FOLLOWED.match(behind) is not None or not any(re.search(rf"(?<!\w){re.escape(word)}", text) for text in texts)
