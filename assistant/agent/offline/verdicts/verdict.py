"""Yes or no: whether a sentence affirms or denies what a question asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.sentences.another import is_of_namesake
from assistant.agent.offline.sentences.levels import meets, meets_all
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.bounds import meets_bound
from assistant.agent.offline.understanding.cues import content, cues, light, scaffold
from assistant.agent.offline.understanding.terms import amount_of, forms_of, measure_key
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.asked import asks_mention, offers_choice, with_both
from assistant.agent.offline.verdicts.by_figures import told_by_figures
from assistant.agent.offline.verdicts.confirming import confirmed
from assistant.agent.offline.verdicts.contrary import OPPOSITE_CLOSE, is_contrary
from assistant.agent.offline.verdicts.denials import (
    PAST,
    YES_CLOSE,
    YES_COVERED,
    denies,
    is_excluded,
    is_part_only,
    is_to_come,
    names_more,
)
from assistant.agent.offline.verdicts.elsewhere import tells_of_another_case
from assistant.agent.offline.verdicts.halves import of_its_half
from assistant.agent.offline.verdicts.negating import leaves_within
from assistant.agent.offline.verdicts.passing import leaves_bound_open
from assistant.agent.offline.verdicts.permission import asks_leave, ends_in_a_case, is_allowed
from assistant.agent.offline.verdicts.restricted import gives_choice
from assistant.agent.offline.verdicts.significance import compares_others, is_significant
from assistant.agent.offline.verdicts.sizes import compares_nothing, tells_size
from assistant.agent.offline.verdicts.undecided import is_told_apart, leaves_open
from assistant.agent.offline.verdicts.wanting import TABLE, UNDER_WAY, WHOLE, is_told_as_plan, lacks, narrowing
from assistant.language.figures import figures
from assistant.language.negations import NEGATION
from assistant.language.qualifiers import DENIED_BOUND
from assistant.language.stems import Word, stems, words
from assistant.language.thesaurus import related
from assistant.language.units import ACTIVITY_UNITS

# So much of the question the sentence has, and so near it is, where it lacks words that tell little.
_WEAKLY_COVERED, _WEAKLY_CLOSE = 0.45, 0.5
# "Did it work?", "did it help them?": so near the end it is judged; "did it work less well?" tells what of.
_JUDGING_WITHIN = 2
# A hedge counts from so many words before those of the question.
_HEDGED_WITHIN = 4
# A label before a name of several words, and what tells that a sentence stands behind it.
_LABEL = re.compile(r"\W*(?P<label>[A-Z][\w /&-]{1,40}):\**\s")
_CAPITAL, _SEVERAL = re.compile(r"\b[A-Z]\w"), 2
_SAYS = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|can|may|must|will|would|should|need|\w{3,}(?:ed|es))\b")
# "Has it not been given that?" is answered yes where it has.
_NOT_ASKED = re.compile(
    r"^\W*(?:(?:so|and|but) )?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)(?:n[’']t\b|(?: [\w-]+){1,4}? not\b)",
    re.IGNORECASE,
)
# What something was done without, where nothing of the question stands behind it, is beside it: "continues without modification".
_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
# What is called by its being planned is no plan: "at its second planned review it was decided".
_CALLED_PLANNED = re.compile(
    r"\b(?:its|the|this|that|their) (?:(?:first|second|third|fourth|last|final) )?(?:planned|scheduled)\b(?= \w)", re.IGNORECASE
)
# What only bounds a figure denies nothing.
_BOUNDING = re.compile(
    rf"{DENIED_BOUND}|\b(?:no|not) (?:more|less|later|fewer|longer|earlier|sooner|greater|higher|lower) than\b|\bnot only\b", re.IGNORECASE
)
_SHOULD, _QUOTED = re.compile(r"\b(?:should|ought)\b", re.IGNORECASE), re.compile(r"[\"“][^\"“”]{1,40}[\"”]")
# How the reply in an interview opens, and how near its question has to be to the one that is asked.
_REPLY = re.compile(
    r"\W*(?:A(?:nswer)?:\s*)?(?:(?P<no>no|not (?:yet|really|at all|any ?more|so far)|never|hardly)|yes|yeah|indeed|absolutely|of course"
    r"|certainly|definitely|once|twice|(?:two|three|four|several|many|a few) times)(?=\s*(?:[.,;:!–—-]|$))",
    re.IGNORECASE,
)
_REPLY_COVERED, _REPLY_CLOSE = 0.6, 0.4
# What a study that is under way has not given yet.
_RESULTS = re.compile(r"\b(?:data|results?|findings|read-?outs?)\b", re.IGNORECASE)
_EXACTLY = re.compile(r"\b(?:exact|exactly|precise|precisely)\b", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:approximately|about|nearly|around|roughly|almost|more than|less than)\b|~", re.IGNORECASE)
# What is denied altogether is denied of a time, too, "need I fast before the infusion?", but not what is denied of another time.
_AT_A_TIME = frozenset({("befor",), ("after",), ("next",)})
# What is denied is denied of any place and time; "can I still drive?" asks no more than "can I drive?".
_ANY, _STILL = frozenset({("anywher",), ("any", "more")}), frozenset({("still",)})
_OF_A_TIME = re.compile(r"\b(?:before|after|until|till|prior|following|next|during|while|since|within)\b", re.IGNORECASE)
# "Can I?" is answered by what can be, "could they?" by what could, and what will be by what is planned.
_CAN = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:can|may)\b", re.IGNORECASE)
_COULD = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:could|might)\b", re.IGNORECASE)
_COULD_OR_CAN = re.compile(r"^(?:can|could|may|might)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|going to|plan(?:s|ned|ning)?|expect(?:s|ed)?|scheduled|intend(?:s|ed)?|aims?|proposed|soon|next|future)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"^\W*(?:(?:so|and|but)\W+)?(?:will|would|shall|(?:is|are) \w+(?: \w+)? going to)\b", re.IGNORECASE)
# What tells that something was not done yet.
_TO_COME = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|intend(?:s|ed)?|aims?|expect(?:s|ed)?|due|scheduled|foresee[ns]?|foreseen|next|soon|upcoming|future|yet"
    r"|to be|until|once|proposed|awaits?|awaiting|pending|under way|underway)\b",
    re.IGNORECASE,
)
# What leaves open whether it is so.
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|possible|possibly|potential|potentially|expected|plans?|planned|scheduled|intends?|intended|aims?|proposed|will|would|shall|believe|also)\b",
    re.IGNORECASE,
)


def _replied(topic: Topic, match: Match) -> str:
    """Yes or no as it opens the reply in an interview to the very question that is asked: "Have you lost a batch? Twice."."""
    asked = match.unit.replies_to
    if not asked or match.coverage < _REPLY_COVERED or match.cosine < _REPLY_CLOSE or lacks(match):
        return ""
    own, theirs = (frozenset(stems(question)) for question in (topic.question, asked))
    more = [word for word in theirs - own - light() - scaffold() if len(word) > 1 and not forms_of(word) & own]
    told = [cues(question, "narrowed", TABLE) | cues(question, "which_one", TABLE) for question in (topic.question, asked)]
    turned = bool(NEGATION.search(asked)) is not bool(NEGATION.search(topic.question)) or is_contrary(topic.question, asked)
    opening = _REPLY.match(match.unit.text)
    if more or told[0] != told[1] or turned or opening is None:
        return ""
    return phrase("no" if opening["no"] else "yes")


def _says_itself(topic: Topic, match: Match) -> bool:
    """Whether a reply has most of the question's words itself, and not only what the interviewer asked."""
    own = frozenset(stems(match.unit.text))
    telling = [word for word in content(topic.question) - light() if not cues(word, "weak", TABLE)]
    return sum(bool(forms_of(word) & own) for word in telling) >= YES_COVERED * len(telling)


def yes_or_no(topic: Topic, match: Match) -> str:
    """Yes where the sentence affirms all that is asked about, no where it negates just that; mostly nothing.

    A sentence that hedges ("may provide") is quoted without a yes, and so is one that names nothing of what the question names, or only
    one of both is turned round or narrowed; what should be done no sentence affirms.
    """
    topic = with_both(topic)
    match = of_its_half(topic, match)
    unfit = _SHOULD.search(topic.question) or offers_choice(topic.question) or compares_others(topic, match.unit.text)
    if unfit or _tells_of_before(topic, match) or leaves_open(topic, match):
        return ""
    if match.unit.replies_to and not _says_itself(topic, match):
        return _replied(topic, match)
    otherwise = _asks_otherwise(topic, match)
    altogether = _ANY if _OF_A_TIME.search(match.unit.text) else _AT_A_TIME | _ANY
    denied = otherwise <= altogether and denies(topic, match) and not leaves_bound_open(topic, match)
    if (passes := told_by_figures(topic, match)) is not None:
        return phrase("yes" if passes else "no")
    excluded = is_excluded(topic, match)
    more = names_more(topic, match) or gives_choice(topic, match)
    if denied or excluded or is_to_come(topic, match) or more or is_part_only(topic, match):
        return phrase("no")
    if compared := _compared(topic, match):
        return compared
    return "" if otherwise or is_contrary(topic.question, match.unit.meaning) else _affirmed(topic, match)


def _compared(topic: Topic, match: Match) -> str:
    """Yes or no by what a sentence says of two things: that they differ significantly, or which of them is larger."""
    if (significant := is_significant(topic, match)) is not None:
        return phrase("significant" if significant else "insignificant")
    return tells_size(topic, match)


def _affirmed(topic: Topic, match: Match) -> str:
    """Yes or no by a sentence that excludes nothing of the question: what it allows or forbids, else whether it says all of it."""
    met = meets(topic.question, match.unit.text)
    of_another_level = met is not None and not meets_all(topic.question, match.unit.text)
    if of_another_level or ends_in_a_case(match.unit.text):
        return ""
    allowed = is_allowed(topic, match) if met or not _lacks_number(topic, match) else None
    if allowed is not None:
        return phrase("yes" if allowed else "no")
    if leaves_within(topic.question, match.unit.text):
        return ""
    beside = is_told_apart(topic, match) or _is_labelled_otherwise(topic, match.unit.text) or is_of_namesake(topic, match)
    beside = beside or compares_nothing(topic.question, match.unit.text) or tells_of_another_case(topic, match)
    beside = beside or (asks_mention(topic.question) and not _says_itself(topic, match))  # it names the thing, and does not stand beside it
    if beside or not _has_all(topic, match) or _names_compared_only(topic, match):
        return ""
    if _EXACTLY.search(topic.question) and _ROUGHLY.search(match.unit.text):
        return phrase("no")
    return confirmed(topic, match) if _agree(topic, match) else ""


def _is_labelled_otherwise(topic: Topic, text: str) -> bool:
    """Whether a line only names somebody or something under a label that the question has no word of: "Apologies: Ada Holm"."""
    label = _LABEL.match(text)
    if label is None or _SAYS.search(text[label.end() :]) or len(_CAPITAL.findall(text[label.end() :])) < _SEVERAL:
        return False
    named = content(label["label"]) - light()
    return bool(named) and not any(forms_of(word) & frozenset(stems(topic.question)) for word in named)


def _asks_otherwise(topic: Topic, match: Match) -> frozenset[tuple[str, ...]]:
    """What turns the question round, narrows it or judges, and the sentence lacks: "do they lack a target?", "each", "did it work?".

    What is asked to be done by now, "yet", a sentence tells that speaks of nothing to come.
    """
    done = cues(topic.question, "by_now", TABLE) if not _TO_COME.search(match.unit.text) else frozenset[tuple[str, ...]]()
    turned = cues(topic.question, "turned", TABLE) - cues(match.unit.meaning, "turned", TABLE)
    done |= _STILL if asks_leave(topic.question) else frozenset()
    turned |= cues(" ".join(topic.question.split()[-_JUDGING_WITHIN:]), "judging", TABLE) - cues(match.unit.meaning, "judging", TABLE)
    return turned | (narrowing(topic.question, match.unit.meaning) - done)


def _tells_of_before(topic: Topic, match: Match) -> bool:
    """Whether it is asked what will be, and the sentence tells only of what was."""
    text = match.unit.text
    return bool(_WILL.match(topic.question) and PAST.search(text)) and not (_TO_COME.search(text) or _FUTURE.search(text))


def _has_all(topic: Topic, match: Match) -> bool:
    """Whether the sentence says, without a hedge, what the question asks about."""
    weaker = any(cues(word, "weak", TABLE) or cues(word, "narrowed", TABLE) & WHOLE or is_told_as_plan(word, match) for word in match.lacks)
    near = match.coverage >= (_WEAKLY_COVERED if weaker else YES_COVERED) and match.cosine >= (_WEAKLY_CLOSE if weaker else YES_CLOSE)
    near = (near and not (weaker and topic.follows)) or (
        match.coverage >= YES_COVERED and match.cosine >= OPPOSITE_CLOSE and not match.lacks
    )
    told = not (_tells_of_two_amounts(topic, match) or _has_no_results(topic, match) or _lacks_number(topic, match))
    return near and told and not lacks(match) and not _is_hedged(topic, match)


def _tells_of_two_amounts(topic: Topic, match: Match) -> bool:
    """Whether the sentence has an amount of the question's and another one in its unit, to which all the rest may belong."""
    asked = {(figure.value, figure.unit) for figure in topic.figures if figure.unit in ACTIVITY_UNITS}
    said = {(figure.value, figure.unit) for figure in figures(match.unit.text)}
    return any(each in said and any(unit == each[1] and value != each[0] for value, unit in said) for each in asked)


def _lacks_number(topic: Topic, match: Match) -> bool:
    """Whether the question has a number in digits that stands neither in the sentence nor around it, 15 books, where 12 may be lent; or an
    amount that only lies where a bound of the sentence is.
    """
    text = f"{match.unit.meaning} {match.unit.context}"
    asked = {figure.value for figure in topic.figures if figure.kind == "number" and not figure.unit and figure.text.isdigit()}
    amounts = {measure_key(figure) for figure in topic.figures if figure.unit and figure.kind == "number" and figure.unit != "ratio"}
    stated = {measure_key(figure) for figure in figures(text) if figure.unit}
    bounded = any(meets_bound(*amount, match.unit.text) for key in amounts - stated if (amount := amount_of(Word(key, key))))
    return bounded or any(any(map(str.isdigit, word)) for word in match.lacks) or not asked <= {figure.value for figure in figures(text)}


def _has_no_results(topic: Topic, match: Match) -> bool:
    """Whether it is asked for data, and the sentence tells only that somebody is at it: "a study is under way"."""
    return bool(_RESULTS.search(topic.question) and UNDER_WAY.search(match.unit.text)) and not _RESULTS.search(match.unit.text)


def _is_hedged(topic: Topic, match: Match) -> bool:
    """Whether a hedge stands among the words that the sentence has of the question, or right before them."""
    text = _CALLED_PLANNED.sub(" ", _QUOTED.sub(" ", match.unit.text))
    if not _HEDGE.search(text) or asks_mention(topic.question):
        return False
    asked = [forms_of(word) for word in content(topic.question) - light()]
    said = words(text)
    spans = [[place for place, word in enumerate(said) if word.stem in forms] for forms in asked]
    places = [span for span in spans if span]
    if not places or len(places) < min(2, len(asked)):
        return True
    first, last = _narrowest(places)
    hedges = (word.text for word in said[max(0, first - _HEDGED_WITHIN) : last + 1] if _HEDGE.fullmatch(word.text))
    meant = [hedge for asked, hedge in ((_CAN, _CAN), (_COULD, _COULD_OR_CAN), (_FUTURE, _FUTURE)) if asked.search(topic.question)]
    return any(not any(kind.search(hedge) for kind in meant) for hedge in hedges)


def _narrowest(places: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The shortest stretch that has one of each of the places."""
    stretches = []
    for start in sorted({place for each in places for place in each}):
        ends = [next((place for place in each if place >= start), None) for each in places]
        known = [end for end in ends if end is not None]
        if len(known) == len(ends):
            stretches.append((max(known) - start, start, max(known)))
    _, first, last = min(stretches)
    return first, last


def _agree(topic: Topic, match: Match) -> bool:
    """Whether both are negated or neither is, and the sentence turns nothing round that the question does not: "declined to pay"."""
    negated = bool(NEGATION.search(_NOT_ASKED.sub(" ", topic.question)))
    turned = cues(match.unit.meaning, "turned", TABLE) - cues(topic.question, "turned", TABLE)
    return not turned and negated == _is_negated(topic.question, match.unit.text)


def _is_negated(question: str, text: str) -> bool:
    """Whether a text denies anything but what stands for a word of the question, "did not know" for blinded, or what it was without."""
    text = _BOUNDING.sub(" ", text)
    said = stems(text)
    sizes = {len(each): each for word in content(question) - light() for each in related(word) if any(map(NEGATION.fullmatch, each))}
    standing = sum(frozenset(said[place : place + size]) == each for size, each in sizes.items() for place in range(len(said)))
    telling = frozenset(form for word in content(question) - light() for form in forms_of(word))
    beside = sum(not telling & frozenset(stems(text[without.end() :])) for without in _WITHOUT.finditer(text))
    return len(NEGATION.findall(text)) > standing + beside


def _names_compared_only(topic: Topic, match: Match) -> bool:
    """Whether the question puts first what the sentence compares with: "had the controls twice the burden" of "twice that of controls"."""
    before, than, behind = match.unit.text.partition(" than ")
    telling = content(topic.question) - light()
    subject = [word for word in stems(topic.question) if word in telling][:1]
    return bool(than and subject) and subject[0] in stems(behind) and subject[0] not in stems(before)
