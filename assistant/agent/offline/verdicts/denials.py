"""Whether a sentence denies what a yes/no question asks: by a negation, a share, a thing named beside the only one, a time to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, cues, light
from assistant.agent.offline.understanding.terms import all_forms, forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.understanding.vocabulary import naming_words
from assistant.agent.offline.verdicts.contrary import AROUND, is_contrary
from assistant.agent.offline.verdicts.measured import share_of
from assistant.agent.offline.verdicts.negating import calls_off, negates
from assistant.agent.offline.verdicts.undecided import CLAUSE, is_of_a_part
from assistant.agent.offline.verdicts.wanting import TABLE, UNDER_WAY, lacks
from assistant.language.figures import figures
from assistant.language.negations import NEGATION
from assistant.language.stems import Word, stem, stems, words

# So much of the question the sentence has, and so near it is to it.
YES_COVERED, YES_CLOSE = 0.7, 0.3
# So near to the question is a sentence that tells of a share of what it asks about.
_PART_CLOSE = 0.45
# A sentence denies what is asked where it has so much of the question.
_DENIED_COVERED = 0.33
# Where no word tells more than others, those that are so long.
_TELLING = 5
# So large a share of the question's words that the sentence has must stand in the clause with the negation, or where it has all of them.
_DENIED_TOGETHER, _DENIED_WHERE_ALL = 0.7, 0.5
# Words for the whole of something, as stems, and what stands behind a share of it.
_WHOLE = frozenset(["whole", "full", "fulli", "entir", "all", "everi", "each"])
_COUNTED = re.compile(r"\s*(?:(?:out )?of|/)\s*(?:the |its )?[\w-]+\s+(?P<what>[a-z]+)", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the|its|their|this|that|all)\b", re.IGNORECASE)
# A denial that is so near to the question may lack so many of its words.
_CLOSE, _LACKS_WHERE_CLOSE = 0.55, 2
# "Only for therapy", "for therapy only": what is meant stands so few words from it.
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|nothing but|just)\b(?!\s+(?:a|an|one|two|some|now|as|like|been|before|after|once)\b)", re.IGNORECASE
)
_BESIDE_ONLY = 2
_MEANT = re.compile(r"meant|intended|used|designed|developed", re.IGNORECASE)
# What joins two things, and within how many words of it they stand.
_JOINT = re.compile(r"\b(?:and|as well as|in addition to|along with|together with|or)\b", re.IGNORECASE)
_JOINED_WITHIN = 3
_PREPOSITION = re.compile(r"(?:from|of|in|on|at|by|to|into|with|under|over|during)", re.IGNORECASE)
# What is expected, who may take part and who may not.
_EXPECTED = re.compile(
    r"\b(?:will|(?:is|are|was|were) (?:expected|planned|scheduled|due|intended|anticipated)|expects?|plans?|intends?|anticipates?)"
    r" (?:to )?\w+",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(
    r"\b(?:join|joins|enrol|enroll|enter|participate|take part|eligible|included|admitted|get in|allowed(?! to\b)|let in)\b", re.IGNORECASE
)
_EXCLUDES = re.compile(
    r"\b(?:(?:is|are|was|were) (?:excluded|ineligible|not eligible)"
    r"|(?:cannot|(?:could|may|must) not) (?:join|take part|enter|participate))\b",
    re.IGNORECASE,
)
# What stands above a list of those who may not, and what makes an exception.
_EXCLUSION = re.compile(r"\bexclusion\b(?! and inclusion)|\b(?:not eligible|excluded|ineligible)\b[^.]*:", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:unless|except|other than)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?P<thing>[A-Za-z]{3,}) (?P<one>\d{1,3}|[A-Z])\b(?![.,]?\d|\s?%)")
# What is not so is no matter of what is so of something else: "is it covered by another rule?".
_OTHERWISE = re.compile(r"\b(?:different|another|else|elsewhere|otherwise)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|last)\b", re.IGNORECASE)
PAST = re.compile(r"\b(?:did|was|were|had|(?:has|have) been)\b", re.IGNORECASE)


def is_to_come(topic: Topic, match: Match) -> bool:
    """Whether it is asked if something was done by now, and the sentence, which has all of the question, tells when it is expected."""
    near = match.coverage >= YES_COVERED and match.cosine >= YES_CLOSE and match.names >= 1.0 and not lacks(match)
    told = _EXPECTED.search(match.unit.text) is not None and not (UNDER_WAY.search(match.unit.text) or PAST.search(match.unit.text))
    return near and told and bool(cues(topic.question, "by_now", TABLE)) and not NEGATION.search(topic.question)


def is_excluded(topic: Topic, match: Match) -> bool:
    """Whether it is asked who may take part, and the sentence, which names all of whom, excludes them."""
    excluded = _EXCLUDES.search(match.unit.text) or _EXCLUSION.search(match.unit.context)
    if not (_TAKES_PART.search(topic.question) and excluded) or NEGATION.search(topic.question):
        return False
    rest = [word for word in lacks(match) if not _TAKES_PART.search(word)]
    which = {found.group().casefold() for found in _ORDINAL.finditer(topic.question)}
    said = {found.group().casefold() for found in _ORDINAL.finditer(match.unit.text)}
    but = NEGATION.search(_EXCLUDES.sub("", match.unit.text)) or _UNLESS.search(match.unit.text)
    verb = _EXCLUDES.search(match.unit.text)
    whole = verb is None or not is_of_a_part(topic.question, match.unit.text[: verb.start()])
    return whole and not rest and not but and which == said and match.names >= AROUND and match.cosine >= YES_CLOSE


def is_part_only(topic: Topic, match: Match) -> bool:
    """Whether it is asked of the whole of something, and the sentence, which has the rest of the question, tells of a share of it."""
    rest = [word for word in lacks(match) if stem(word) not in _WHOLE]
    said, text = frozenset(stems(match.unit.text)), match.unit.text
    near = match.coverage >= _DENIED_COVERED and match.cosine >= _PART_CLOSE and len(rest) <= 1
    if not (_WHOLE & frozenset(stems(topic.question))) or NEGATION.search(topic.question) or _WHOLE & said or not near:
        return False
    shares = [(figure, share) for figure in figures(text) if (share := share_of(figure, text)) is not None]
    if len(shares) != 1 or shares[0][1] >= 1 or NEGATION.search(text[: shares[0][0].start]):
        return False
    if shares[0][0].unit == "percent":
        return _OF.match(text, shares[0][0].end) is not None and not NEGATION.search(text)
    counted = _COUNTED.match(text, shares[0][0].end)
    return counted is not None and bool(forms_of(stem(counted["what"])) & frozenset(stems(topic.question)))


def names_more(topic: Topic, match: Match) -> bool:
    """Whether it is asked if something is the only one, and the sentence, which says the rest, names another one beside it:
    "for therapy and imaging" where therapy alone is asked about.
    """
    only = _ONLY.search(topic.question)
    rest = [word for word in match.lacks if stem(word) not in light() and not _MEANT.fullmatch(word)]
    if only is None or match.coverage < _DENIED_COVERED or rest or NEGATION.search(f"{topic.question} {match.unit.text}"):
        return False
    behind = [word for word in words(topic.question[only.end() :]) if word.stem in content(topic.question)][:_BESIDE_ONLY]
    before = [word for word in words(topic.question[: only.start()]) if word.stem in content(topic.question)][-_BESIDE_ONLY:]
    own = frozenset(stems(topic.question))
    return any(_is_joined(word.stem, own, match.unit.text) for word in behind or before)


def _content(some: Sequence[Word]) -> frozenset[str]:
    return content(" ".join(word.text for word in some))


def _is_joined(asked: str, own: frozenset[str], text: str) -> bool:
    """Whether a word stands in ``text``, by any of its forms, joined with something of which the question has no word."""
    for joint in _JOINT.finditer(text):
        before, behind = words(CLAUSE.split(text[: joint.start()])[-1]), words(CLAUSE.split(text[joint.end() :])[0])
        one, two = before[-_JOINED_WITHIN:], behind[:_JOINED_WITHIN]
        if any(_PREPOSITION.fullmatch(word.text) for word in two[1:]):  # "from Sweden and timber from Norway"
            continue
        for here, there in ((_content(one), _content(two)), (_content(two), _content(one))):
            if forms_of(asked) & here and there and not own & frozenset(form for word in there for form in forms_of(word)):
                return True
    return False


def denies(topic: Topic, match: Match) -> bool:
    """Whether the sentence negates the very words of the question: "the observers were not blinded", "no control group"."""
    if (
        NEGATION.search(topic.question)
        or match.names < AROUND
        or match.coverage < _DENIED_COVERED
        or len(match.lacks) > (_LACKS_WHERE_CLOSE if match.cosine >= _CLOSE else 1)
        or is_contrary(topic.question, match.unit.text, denied=False, instead=True)  # what was not raised need not have been lowered
    ):
        return False
    said, own = frozenset(stems(match.unit.meaning)), frozenset(stems(match.unit.text))
    telling = next((some for some in _telling(topic.question) if any(forms & said for forms in some)), [])
    known = [forms for forms in telling if forms & said]
    stated = [forms for forms in known if forms & own] or known  # what a pronoun stands for is said in no clause
    together = _DENIED_TOGETHER if match.lacks else _DENIED_WHERE_ALL
    text = match.unit.text
    if _is_of_one(topic.question, text) or (_OTHERWISE.search(topic.question) and not _OTHERWISE.search(text)):
        return False
    negated = any(negates(topic.question, text, negation, stated, together) for negation in NEGATION.finditer(text))
    return negated or calls_off(topic.question, text, telling)


def _is_of_one(question: str, text: str) -> bool:
    """Whether a sentence is about one of several that the question does not tell apart: "reactor 2", where reactors are asked about."""
    own = content(question) - light()
    numbered = (found for found in _NUMBERED.finditer(text) if stem(found["thing"].casefold()) in own)
    return any(not re.search(rf"\b{re.escape(found['one'])}\b", question) for found in numbered)


def _telling(question: str) -> Iterator[list[frozenset[str]]]:
    """The words, each by its forms, one of which what denies the question negates: those that tell what is asked about, then all others.

    Names and figures are asked about as a whole (``Match.names``); words that questions are always about tell little, unless there are
    no others: "a control group".
    """
    asked = [word for word in words(question) if word.stem in content(question) - light() and not _PREPOSITION.fullmatch(word.text)]
    plain = [word for word in asked if not any(map(str.isdigit, word.text))]
    telling = [word for word in plain if word.stem not in naming_words()]
    for some in (telling, plain, [word for word in words(question) if len(word.stem) >= _TELLING]):
        if some:
            yield [all_forms(word) for word in some]
