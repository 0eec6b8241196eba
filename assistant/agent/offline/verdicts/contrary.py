"""Whether a sentence says of something what cannot be so together with what a question asks: "single-arm" of a randomised trial."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.cues import content, denied_by, light, opposites, synonyms, unchanged
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.elsewhere import is_of_a_new_one
from assistant.agent.offline.verdicts.wanting import lacks
from assistant.language.negations import NEGATION
from assistant.language.stems import stems, words
from assistant.language.thesaurus import contraries, phrases

# An opposite may be further off from the question than what affirms it; so near to it has to be one of the thesaurus.
OPPOSITE_CLOSE, _CONTRARY_CLOSE = 0.2, 0.45
# So much of the question's names counts as found where they stand in the title or in the sentence before.
AROUND = 0.5
# Of one thing that stands closely before what denies it, by so many words, a sentence may lack so many words of the question.
_OF_ONE_NEARBY, _NEARBY = 2, 8
# Who does a thing is not what the thing is: investigators make no drug investigational.
_DOER = re.compile(r"[^aeiou]ators?$")
# So many sentences have a word that tells one thing from others of its kind.
_FEW = 2
# So many words behind one that takes back what they say.
_TAKEN_BACK = 3


def contradicted(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The sentence that says the opposite of what a yes/no question asks: "investigational" of a drug asked to be approved.

    None does where another sentence says as much of what is asked, in the question's own word.
    """
    if topic.form != "yesno" or NEGATION.search(topic.question):
        return None
    asked, own = _with_phrases(stems(topic.question)), phrases(stems(topic.question))
    tables = (
        (opposites(), OPPOSITE_CLOSE, 1),
        (denied_by("preclinical"), OPPOSITE_CLOSE, _OF_ONE_NEARBY),
        (denied_by("disclaimed"), _CONTRARY_CLOSE, 3),
        (contraries(), _CONTRARY_CLOSE, 0),
        (unchanged(), _CONTRARY_CLOSE, 0),
    )
    for pairs, nearest, lacking in tables:
        for these, those in pairs:
            if these & asked and not those & asked:
                meant = these if lacking > 1 else these & asked
                affirming = [
                    m for m in matches if meant & _affirmed(m.unit.text, those) and not is_of_a_new_one(topic.question, m.unit.text)
                ]
                for match in matches:
                    said_of_it = max((m.coverage for m in affirming if m.names >= match.names), default=-1.0)
                    if match.unit.title or match.coverage <= said_of_it or match.cosine < nearest:
                        continue
                    if lacking == _OF_ONE_NEARBY and not _stands_near(topic, match, those):
                        continue
                    if (these & own or _is_singled_out(topic, match, matches)) and _says_opposite(topic, match, these, those, lacking):
                        return match
    return None


def _stands_near(topic: Topic, match: Match, those: frozenset[str]) -> bool:
    """Whether a word of the question stands closely before what denies it: of a class of drugs one may be preclinical and another not."""
    asked = frozenset(form for word in content(topic.question) - light() for form in forms_of(word))
    found = stems(match.unit.meaning)
    starts = [place for place in range(len(found)) if phrases(found[place : place + 2]) & those]
    return any(asked & frozenset(found[max(0, start - _NEARBY) : start]) for start in starts)


def _says_opposite(topic: Topic, match: Match, these: frozenset[str], those: frozenset[str], lacking: int) -> bool:
    """Whether the sentence has one of ``those`` words, none of ``these``, and else all of the question but so many words at most.

    Of whom or what the question is, as far as it tells, the sentence has something: the plant that is left says nothing of the chair.
    """
    if _is_of_another(topic, match):
        return False
    said = _said(match.unit.meaning, those)
    meant = frozenset(word for phrase in these for word in phrase.split())
    rest = [word for word in (match.lacks if lacking else lacks(match)) if not frozenset(stems(word)) & meant]
    others = content(topic.question) - light() - meant
    if others and not any(forms_of(word) & stem_set(f"{match.unit.meaning} {match.unit.context}") for word in others):
        return False
    found = those & said
    if NEGATION.search(match.unit.text):  # "did not fall", but "not approved"
        found = frozenset(phrase for phrase in found if NEGATION.search(phrase))
    return bool(found) and not these & _affirmed(match.unit.meaning, those) and match.names >= AROUND and len(rest) <= lacking


def _is_of_another(topic: Topic, match: Match) -> bool:
    """Whether the sentence names another of a series of codes and none that is asked about: QX-7 is in Phase 1, and not QX-9."""
    asked, said = codes(topic.question), codes(f"{match.unit.text} {match.unit.meaning}")
    series = {code.rstrip("0123456789") for code in asked} & {code.rstrip("0123456789") for code in said}
    return bool(series - {""}) and asked.isdisjoint(said)


def _affirmed(text: str, those: frozenset[str]) -> frozenset[str]:
    """What a text says, without the words that one of ``those`` denies: "no duty" of "undertakes no duty"."""
    said = _said(text, those)
    return said - frozenset(word for phrase in those & said if NEGATION.search(phrase) for word in phrase.split())


def is_contrary(question: str, text: str, *, denied: bool = True, instead: bool = False) -> bool:
    """Whether a text says of something what excludes a word of the question: "out of use", where "in use" is asked about.

    It may have both words: "extended for the north and terminated for the south". What is excluded by the word itself with a negation,
    "not bind", counts only if ``denied``; with ``instead`` the text must lack the question's word.
    """
    asked, said = phrases(stems(question)), phrases(stems(text))
    said = said if denied else frozenset(run for run in said if not NEGATION.search(run))
    return any(these & asked and not those & asked and those & said and not (instead and these & said) for these, those in contraries())


def _is_singled_out(topic: Topic, match: Match, matches: Sequence[Match]) -> bool:
    """Whether the sentence has a word of the question that hardly another has: it is about the very thing, and not one of its kind."""
    own = frozenset(stems(match.unit.text)) & (content(topic.question) - light())
    return any(sum(word in stems(other.unit.text) for other in matches) <= _FEW for word in own)


def _with_phrases(found: Sequence[str]) -> frozenset[str]:
    """The runs of stems with the single words that mean the same as one of several: "human trials" is said of the clinic."""
    runs = phrases(found)
    return runs.union(form for run in runs if " " in run for form in synonyms().get(run, ()) if " " not in form)


def _said(text: str, those: frozenset[str]) -> frozenset[str]:
    """The runs that a text says of a thing, without words right behind one that takes them back: "disclaim any obligation"."""
    found = [word for word in words(text) if not _DOER.search(word.text)]
    taken_back = {place + step for place, word in enumerate(found) if word.stem in those for step in range(1, _TAKEN_BACK + 1)}
    return phrases([word.stem for place, word in enumerate(found) if place not in taken_back])
