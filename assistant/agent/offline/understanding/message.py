"""Message → the questions in it: without greetings, thanks, courtesies and the story that people tell around a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.agent.offline.understanding.cues import light, scaffold, signals
from assistant.agent.offline.understanding.physical import tells_decay
from assistant.agent.offline.understanding.story import without_story
from assistant.language.figures import figures
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.resources import prompt_table

_END = re.compile(r"(?<=[.?!…])\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_ASKING = (
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|may|might"
    r"|by|in|on|to|at|of|from|for|with)\b"
)
# What stands before a colon is told and not asked where somebody speaks of himself or addresses the assistant.
_STORY = re.compile(r"\b(?:i|i'm|i'd|we|we're|my|our|us|me|you|back|please|question|thing|need|asap|urgent|urgently)\b", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"\W*(?:please\s+)?(?:tell|give|list|name|compute|calculate|convert|show|compare|explain|describe|express|state|summari[sz]e|quote|cite"
    r"|translate|work out|find|provide|put|rank|define|add|subtract|divide|multiply|check|confirm|write|forget|ignore)\b",
    re.IGNORECASE,
)
_ABOUT_BEFORE = re.compile(
    r"\W*(?:so |and )?(?:is|was|isn't|would) (?:that|this|it) (?:claim |statement |figure )?(?:be )?"
    r"(?:correct|right|true|so|accurate|the case|supported|fair)\b.{0,25}",
    re.IGNORECASE,
)
_THAT = re.compile(r"\W*(?:so |and )?(?:is|was|isn[’']?t|wasn[’']?t|does|doesn[’']?t|would) (?:that|this|it)\b", re.IGNORECASE)
# What people say before they say anything: "hm ok. by what percent".
_INTERJECTION = re.compile(
    r"^\W*(?:(?:h+m+|u+[hm]+|a+h+|o+h+|aha|alright|got it|i see|fair enough|interesting|ok(?:ay)?(?=\s*[.!,…]))\b[\s.,!…]*)+(?=\w)",
    re.IGNORECASE,
)
# What people add to say why they ask.
_TAIL = re.compile(
    r",?\s+(?:as|because|since|so that|for) (?:i|we|my|our)\b[^?]*(?=[?.]?$)|,\s*(?:please|thanks|thank you)(?=[?.]?$)"
    r"|,?\s+in (?:an?|one|two|three|a few|\d)(?: (?:short|single|plain|simple))? (?:sentence|word|line)s?(?=[?.]?$)"
    r"|,?\s+or (?:am|do|did|have) i (?:\w+ ){0,2}?(?:wrong|mistaken|confus\w+|misread\w*|misunderst\w*"
    r"|(?:reading|got) (?:it|that|this) wrong)"
    r"[^?]{0,40}(?=[?.]?$)",
    re.IGNORECASE,
)
# What people say behind a question, in small letters, of what they need its answer for.
_NEEDED_FOR = re.compile(r"(?<=\?)\s+(?:(?:i|we) )?(?:just |only )?(?:need|want)(?:ed)? (?:it|this|that|these|them)\b[^?]*$", re.IGNORECASE)
_HALF_LIFE = re.compile(r"\bhalf[- ]?life\b", re.IGNORECASE)
_FEWEST_LEFT = 2
# So many sentences before a question may tell what decays in it.
_TOLD_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Message:
    """``questions`` in their order, and what is told ``around`` them, which may name what they are about."""

    questions: tuple[str, ...]
    around: str


@lru_cache(maxsize=64)  # the steps of a turn read the same questions
def read_message(text: str) -> Message:
    """The message in parts; one that asks nothing is one question as it stands."""
    text = _NEEDED_FOR.sub("", _INTERJECTION.sub("", text.strip()) or text)
    sentences = [sentence.strip() for sentence in _END.split(text.strip()) if re.search(r"\w", sentence)]
    if len(sentences) < _FEWEST_LEFT:
        question = _plain(text.strip())
        return Message((question,), _left_out(text.strip(), question))
    asking = [place for place, sentence in enumerate(sentences) if _asks(sentence) and _says_something(sentence)]
    if not asking:
        asking = [place for place, sentence in enumerate(sentences) if _lead_in().search(sentence) and _says_something(sentence)]
    if not asking:
        return Message((text.strip(),), "")
    questions = []
    for place in asking:
        told = place > 0 and place - 1 not in asking and _about_what_was_told(sentences[place])
        given = _given(sentences, place, asking)
        questions.append(f"Is it true that {_claim(sentences[place - 1])}" if told else f"{given}{_plain(sentences[place])}")
    around = [sentence if place not in asking else _left_out(sentence, _plain(sentence)) for place, sentence in enumerate(sentences)]
    return Message(tuple(dict.fromkeys(questions)), " ".join(filter(None, around)))


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'”) ").endswith("?") or bool(_IMPERATIVE.match(sentence))


def _says_something(sentence: str) -> bool:
    """Whether a question is more than a courtesy such as "Can you help me with something?"."""
    said = _plain(sentence)
    return bool(_ABOUT_BEFORE.fullmatch(said.rstrip("?. "))) or bool(frozenset(stems(said)) - scaffold() - _courtesies())


def _about_what_was_told(sentence: str) -> bool:
    """Whether a question only asks about the statement before it: "Is that correct?", "Isn't that rather few?"."""
    words = frozenset(stems(sentence)) - scaffold() - light()
    return bool(_ABOUT_BEFORE.fullmatch(sentence.rstrip("?. "))) or (len(words) < _FEWEST_LEFT and bool(_THAT.match(sentence)))


def _given(sentences: Sequence[str], place: int, asking: Sequence[int]) -> str:
    """The sentence before the question at ``place``, or the two, that tell what decays in it, with a blank; empty where none does."""
    before = ""
    for earlier in range(place - 1, max(place - 1 - _TOLD_BEFORE, -1), -1):
        if earlier in asking:
            return ""
        before = f"{sentences[earlier]} {before}"
        if _gives_amount(before.strip(), sentences[place]) or tells_decay(before, sentences[place]):
            return before
    return ""


def _gives_amount(before: str, question: str) -> bool:
    """Whether a question of what is left has its activity, or the half-life, in what is told ``before``: "I have 40 MBq of it. What is
    left in a week?".
    """
    if "remaining" not in signals(question):
        return False
    halving = bool(_HALF_LIFE.search(before)) and not _HALF_LIFE.search(question)
    for units in (ACTIVITY_UNITS, *([TIME_UNITS] if halving else [])):
        stated, asked = ({figure.unit for figure in figures(text)} & units for text in (before, question))
        if stated and (halving or not asked):
            return True
    return False


def _plain(sentence: str) -> str:
    """``sentence`` from where it comes to the point: "I wonder whether you could tell me how long …" from "how long" on."""
    before, colon, after = sentence.rpartition(": ")
    told = colon and _STORY.search(before) and re.match(_ASKING, after, re.IGNORECASE)
    rest = after if told and not _gives_amount(before, after) else sentence
    for match in _lead_in().finditer(rest):
        left = rest[match.end() :].strip(" ,:")
        if len(stems(left)) >= _FEWEST_LEFT and not _gives_amount(rest[: match.start()], left):
            return _plain(left)
    without = _TAIL.sub("", rest)
    spare = len(stems(without)) >= _FEWEST_LEFT and not _gives_amount(rest, without)
    return without_story(without if spare else rest)


def _left_out(sentence: str, question: str) -> str:
    """What stands before the point of a question, if it is more than a courtesy."""
    before = sentence.removesuffix(question).strip(" ,:") if sentence.endswith(question) else _told_of_oneself(sentence, question)
    return before if frozenset(stems(before)) - scaffold() - light() - _courtesies() else ""


def _told_of_oneself(sentence: str, question: str) -> str:
    """The clauses of ``sentence`` that its ``question`` has left out."""
    return ", ".join(part for part in re.split(r"[,;:]\s+", sentence) if part.rstrip(".?! ") not in question)


def _claim(sentence: str) -> str:
    """The sentence as a clause: without what introduces it ("a colleague claims that") and without its full stop."""
    clause = re.sub(
        r"^.{0,60}?\b(?:claims?|says?|said|told me|states?|thinks?|believes?|heard|read|writes|insists?)\s+(?:that\s+)?", "", sentence
    )
    return clause.rstrip(".") + "?"


@cache
def _lead_in() -> re.Pattern[str]:
    """What stands before the point of a question, from prompts/questions.toml."""
    phrases = sorted(prompt_table("questions.toml")["message"]["lead_ins"], key=len, reverse=True)
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, phrases))})\b[\s,:]*(?:please\b[\s,]*)?(?:(?:if|whether)\s+(?={_ASKING}))?", re.IGNORECASE
    )


@cache
def _courtesies() -> frozenset[str]:
    return frozenset(stem for word in prompt_table("questions.toml")["message"]["courtesies"] for stem in stems(word))
