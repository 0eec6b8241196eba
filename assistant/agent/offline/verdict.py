"""Yes or no: whether a sentence affirms or denies what a question asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.cues import content, cues, light, opposites, signals, synonyms
from assistant.agent.offline.lookup import Match
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.terms import forms_of
from assistant.agent.offline.topic import Topic
from assistant.agent.offline.vocabulary import naming_words
from assistant.language.stems import stem, stems, words

# What turns a question round or narrows it.
_TABLE = "verdicts"
_YES_COVERED, _YES_CLOSE, _OPPOSITE_CLOSE = 0.7, 0.3, 0.2
# A sentence denies what is asked where a negation stands so few words before a word of the question, of which it has so many.
_DENIED_COVERED, _DENIED_WITHIN = 0.5, 5
# Where no word tells more than others, those that are so long.
_TELLING = 5
# So large a share of the question's words that the sentence has must stand in the clause with the negation.
_DENIED_TOGETHER = 0.7
# "Nothing beyond the price" and "not only" deny nothing.
_BUT = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:beyond|except|but|other than|only|just|merely|more|less|all|every|until|before|yet)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;.:]|\bbut\b|\bbecause\b|\bsince\b|\bwhich\b|\bthough\b|\balthough\b|\bwhile\b|\bwhereas\b", re.IGNORECASE)
# Who does a thing is not what the thing is: investigators make no drug investigational.
_DOER = re.compile(r"[^aeiou]ators?$")
_NEGATION = re.compile(r"\b(?:not|no|never|without|none|neither|nor|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE)
# "Has it not been given that?" is answered yes where it has.
_NOT_ASKED = re.compile(
    r"^\W*(?:(?:so|and|but) )?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)(?:n[’']t\b|(?: [\w-]+){1,4}? not\b)",
    re.IGNORECASE,
)
# What is compared and what it is compared with, and words for how large things are.
_THAN = re.compile(r"\bthan\b|\b(?:compared|relative) (?:to|with)\b|\bthat of\b", re.IGNORECASE)
_SIZES = re.compile(r"\b(?:more|less|larger|smaller|bigger|higher|lower|greater|fewer)\b", re.IGNORECASE)
_MANIFOLD = re.compile(r"\b(?:double|twice|triple|(?:two|three|four|five)[- ]?fold)\b", re.IGNORECASE)
_HOW_MANY_TIMES = re.compile(r"\b(?:times|fold|percent|twice|double|half|triple)\b|%|-fold\b", re.IGNORECASE)
_MORE_OR_LESS = frozenset(["up", "down"])
# So many sentences have a word that tells one thing from others of its kind.
_FEW = 2
# So many words behind one that takes back what they say.
_TAKEN_BACK = 3
_CHOICE = re.compile(r"\w,? or (?!not\b|more\b|less\b|longer\b|so\b|higher\b|lower\b)\w", re.IGNORECASE)
_SHOULD = re.compile(r"\b(?:should|ought)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"“”]{1,40}[\"”]")
_EXACTLY = re.compile(r"\b(?:exact|exactly|precise|precisely)\b", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:approximately|about|nearly|around|roughly|almost|more than|less than)\b|~", re.IGNORECASE)
_HEDGE = re.compile(r"\b(?:may|might|could|can|possible|possibly|potential|potentially|expected|plans?|believe|also)\b", re.IGNORECASE)


def yes_or_no(topic: Topic, match: Match) -> str:
    """Yes where the sentence affirms all that is asked about, no where it negates just that; mostly nothing.

    A sentence that hedges ("may provide") is quoted without a yes, and so is one that names nothing of what the question names, or only
    one of both is turned round or narrowed; what should be done no sentence affirms.
    """
    if _SHOULD.search(topic.question) or offers_choice(topic.question) or _asks_otherwise(topic, match):
        return ""
    if _denies(topic, match):
        return phrase("no")
    if not _has_all(topic, match) or _names_compared_only(topic, match):
        return ""
    if _EXACTLY.search(topic.question) and _ROUGHLY.search(match.unit.text):
        return phrase("no")
    return phrase("yes") if _agree(topic, match) else ""


def _asks_otherwise(topic: Topic, match: Match) -> bool:
    """Whether the question has a word that turns it round or narrows it, and the sentence has not: "do they lack a target?", "each"."""
    return any(cues(topic.question, name, _TABLE) - cues(match.unit.meaning, name, _TABLE) for name in ("turned", "narrowed"))


def _has_all(topic: Topic, match: Match) -> bool:
    """Whether the sentence says, without a hedge, what the question asks about."""
    lacks = [word for word in match.lacks if stem(word) not in naming_words()]
    near = match.coverage >= _YES_COVERED and match.cosine >= _YES_CLOSE
    return near and not lacks and not _HEDGE.search(_QUOTED.sub(" ", match.unit.text))


def _agree(topic: Topic, match: Match) -> bool:
    """Whether both are negated or neither is, and the sentence turns nothing round that the question does not: "declined to pay"."""
    negated = bool(_NEGATION.search(_NOT_ASKED.sub(" ", topic.question)))
    turned = cues(match.unit.meaning, "turned", _TABLE) - cues(topic.question, "turned", _TABLE)
    return not turned and negated == bool(_NEGATION.search(match.unit.text))


def _names_compared_only(topic: Topic, match: Match) -> bool:
    """Whether the question puts first what the sentence compares with: "had the controls twice the burden" of "twice that of controls"."""
    before, than, behind = match.unit.text.partition(" than ")
    telling = content(topic.question) - light()
    subject = [word for word in stems(topic.question) if word in telling][:1]
    return bool(than and subject) and subject[0] in stems(behind) and subject[0] not in stems(before)


def offers_choice(question: str) -> bool:
    """Whether a question offers things to choose from, which no yes or no answers: "with the first or the second dose?"."""
    return _CHOICE.search(question) is not None


def _denies(topic: Topic, match: Match) -> bool:
    """Whether the sentence negates the very words of the question: "the observers were not blinded", "no control group"."""
    if (
        _NEGATION.search(topic.question)
        or match.names < 1.0
        or match.coverage < _DENIED_COVERED
        or len(match.lacks) > 1
        or _HEDGE.search(match.unit.text)
    ):
        return False
    telling = [frozenset(forms_of(word)) for word in content(topic.question) - light() - naming_words()]
    telling = telling or [frozenset((word,)) for word in stems(topic.question) if len(word) >= _TELLING]
    said = frozenset(stems(match.unit.meaning))
    known = [forms for forms in telling if forms & said]
    return any(_negates(match.unit.text, negation, known) for negation in _NEGATION.finditer(match.unit.text))


def _negates(text: str, negation: re.Match[str], known: Sequence[frozenset[str]]) -> bool:
    """Whether a negation stands right before one of the words, each by its forms, and in a clause with most of them."""
    before, behind = _CLAUSE.split(text[: negation.start()])[-1], _CLAUSE.split(text[negation.end() :])[0]
    near, clause = frozenset(stems(behind)[:_DENIED_WITHIN]), frozenset(stems(f"{before} {behind}"))
    together = [forms for forms in known if forms & clause]
    return any(forms & near for forms in known) and len(together) >= _DENIED_TOGETHER * len(known) and not _BUT.match(behind)


def contradicted(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The sentence that says the opposite of what a yes/no question asks: "investigational" of a drug asked to be approved.

    None does where another sentence says as much of what is asked, in the question's own word.
    """
    asked_words, own_words = _with_phrases(stems(topic.question)), frozenset(stems(topic.question))
    if topic.form != "yesno" or _NEGATION.search(topic.question):
        return None
    for these, those in opposites():
        if these & asked_words and not those & asked_words:
            affirming = max((m.coverage for m in matches if these & asked_words & frozenset(stems(m.unit.text))), default=-1.0)
            for match in matches:
                if match.unit.title or match.coverage <= affirming:
                    continue
                said = _said(match.unit.meaning, those)
                rest = [word for word in match.lacks if not frozenset(stems(word)) & these]
                if not these & own_words and not _is_singled_out(topic, match, matches):
                    continue
                if those & said and not these & said and match.names >= 1.0 and len(rest) <= 1 and match.cosine >= _OPPOSITE_CLOSE:
                    return match
    return None


def _is_singled_out(topic: Topic, match: Match, matches: Sequence[Match]) -> bool:
    """Whether the sentence has a word of the question that hardly another has: it is about the very thing, and not one of its kind."""
    own = frozenset(stems(match.unit.text)) & (content(topic.question) - light())
    return any(sum(word in stems(other.unit.text) for other in matches) <= _FEW for word in own)


def _with_phrases(found: Sequence[str]) -> frozenset[str]:
    """The stems with the single words that mean the same as two or three of them in a row: "human trials" is said of the clinic."""
    runs = (" ".join(found[start : start + length]) for length in (2, 3) for start in range(len(found) - length + 1))
    alike = (form for run in runs for form in synonyms().get(run, ()) if " " not in form)
    return frozenset(found).union(alike)


def _said(text: str, those: frozenset[str]) -> frozenset[str]:
    """The stems that a text says of a thing, without those right behind a word that takes them back: "disclaim any obligation"."""
    found = [word for word in words(text) if not _DOER.search(word.text)]
    taken_back = {place + step for place, word in enumerate(found) if word.stem in those for step in range(1, _TAKEN_BACK + 1)}
    return frozenset(word.stem for place, word in enumerate(found) if place not in taken_back)


def of_sizes(question: str, text: str) -> str:
    """Yes or no to whether one thing is more, or less, than another, by a sentence that says which of the two it is; else nothing.

    "Had A smaller tumors than B?" is denied by "A had nearly double the burden of B". The two are of one measure.
    """
    if _HOW_MANY_TIMES.search(question):
        return ""
    (asked, other), (before, behind) = (_THAN.split(each, maxsplit=1) if _THAN.search(each) else ("", "") for each in (question, text))
    wanted, told = (signals(_MANIFOLD.sub("more", each), "directions") & _MORE_OR_LESS for each in (asked, before))
    telling = content(question) - light() - frozenset(stems(" ".join(_SIZES.findall(question))))
    ours, theirs = (frozenset(stems(side)) & telling for side in (asked, other))
    one, two = (frozenset(stems(side)) for side in (before, behind))
    same = len((ours - theirs) & one) + len((theirs - ours) & two)
    turned = len((ours - theirs) & two) + len((theirs - ours) & one)
    unnamed = not (theirs - ours) & (one | two)  # what the question compares with is not spoken of
    if len(wanted) != 1 or len(told) != 1 or unnamed or same == turned or _NEGATION.search(f"{question} {text}"):
        return ""
    return phrase("yes" if (wanted == told) is (same > turned) else "no")
