"""What abbreviations are short for: by the documents' own explanations, and by the table of this field in prompts/abbreviations.toml."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from assistant.language.stems import stems
from assistant.resources import prompt_table

# "recommended phase 2 dose (RP2D)", "RP2D (recommended phase 2 dose)", "DLT: dose-limiting toxicity".
_BEHIND = re.compile(r"\((?P<short>[A-Za-z]?[A-Z][A-Za-z0-9]{1,6})\)")
_BEFORE = re.compile(r"(?<![\w-])(?P<short>[A-Za-z]?[A-Z][A-Z0-9]{1,6})(?: \(|: | = )(?P<long>[a-z][\w -]{5,80})")
_WORD = re.compile(r"[A-Za-z]+|\d+")
_CAPITALS = re.compile(r"(?<![\w-])[a-z]?[A-Z][A-Z0-9]{1,5}s?(?![\w-])")
_ASKED = re.compile(r"(?<![\w-])[a-z][a-z0-9]{1,5}(?![\w-])")
# Quarters and half-years, with their year or, quarters, without. "2h 15 min" and "q4 weeks" are lengths of time: the number stands first
# only before a capital, and no unit of time comes behind.
_PERIOD = re.compile(
    r"(?<!\w)(?:(?P<part>(?i:q[1-4]|h[12])|[1-4]Q|[12]H)[ '’/-]*(?i:of |fy)?(?P<year>20\d\d|\d\d)(?![\w%])"
    r"|(?P<quarter>(?i:q[1-4]))(?!\w))"
    r"(?!\s*(?i:h|hrs?|hours?|min|mins|minutes?|s|sec|seconds?|d|days?|w|wks?|weeks?|months?)\b)"
)
# "On 9 nov", "in nov", "nov 9"; Jan alone is a name.
_MONTHS = {name[:3].casefold(): name for name in calendar.month_name if len(name) > len("May")} | {"sept": "September"}
_MONTH_CUT = re.compile(
    rf"(?:(?<=\d )|(?<=\b(?:in|by|of) )|(?<=\bsince )|(?<=\buntil )|(?<=\bfrom ))(?P<behind>{'|'.join(_MONTHS)})\b\.?"
    rf"|\b(?P<before>{'|'.join(_MONTHS)})\b\.?(?=\s+\d)",
    re.IGNORECASE,
)
# "Havent" is typed for "haven't"; "cant" and "wont" are words, too, but not before who does something.
_DENIED = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|could|would|should|must|need)nt\b"
    r"|\b(?:ca|wo)nt(?= (?:i|we|you|they|he|she|it|the)\b)",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "to", "in", "on", "a", "an", "by"])


def explained(texts: Iterable[str]) -> dict[str, tuple[frozenset[str], ...]]:
    """From each abbreviation that the ``texts`` explain, or the table does, to the stems of what it may stand for."""
    found: dict[str, tuple[frozenset[str], ...]] = dict(_table())
    for text in texts:
        for short, long in _explanations(text):
            found[short] = found[f"{short}s"] = (frozenset(stems(long)),)
    return found


def implied(text: str) -> frozenset[str]:
    """The stems of what the capitals of a ``text`` are short for: ``{"hazard", "ratio"}`` of "HR 0.21"."""
    shorts = (short.casefold() for short in _CAPITALS.findall(text))
    long = frozenset(stem for short in shorts for stem in next(iter(_table().get(short, ())), ()))
    return long.union(*(stems(written_out(period.group())) for period in _PERIOD.finditer(text)))


def periods_in(text: str) -> frozenset[str]:
    """The quarters and half-years that ``text`` names in words, as ``q4`` and ``h1``."""
    periods: Mapping[str, str] = prompt_table("abbreviations.toml")["periods"]
    lowered = text.casefold()
    return frozenset(short for short, long in periods.items() if long.removesuffix(" of") in lowered)


def is_abbreviation(word: str) -> bool:
    """Whether a word in lower case is in the table, and no other word besides."""
    return word in _table() and word not in _words_too()


# "2x vs 1x" sets numbers of doses side by side; "2x longer" does not.
_DOSED = re.compile(r"(?<![\w.])(\d)\s?[x×]\s+(vs?\.?|versus|or|against|over|than)\s+(\d)\s?[x×](?!\s?\w)", re.IGNORECASE)


# "Dosed two times" says how often, and is no ratio.
_DOSED_TIMES = re.compile(
    r"\b(?P<given>dosed|treated|injected|given|received?|got|get|administered)\b(?P<what>[^.;?]{0,25}?)\s(?P<count>two|2|three|3) times\b"
    r"(?! (?:as|more|longer|higher|larger|greater|lower|the|that)\b)",
    re.IGNORECASE,
)
# "On d42" is a day of a study, and "vitamin d3" is none; "phone no" is a number, and "the trial no longer" is none.
_STUDY_DAY = re.compile(r"\b(?P<before>on|at|by|from|until|till|to|since|after|before|between)\s+[dD](?=\d{1,3}(?![\w-]))")
_NUMBER = re.compile(r"\b(?P<of>phone|telephone|tel|fax|contact|lot|batch|trial|patent) no(?=\.?\s*(?:[?!,;]|$|of\b|for\b))", re.IGNORECASE)
# "QX 177 x2" and "with 2x QX 177" say how often it was given; what a bare number or an amount stands before is multiplied.
_NAMED = r"(?:[A-Z]{2,}[ -]?\d{2,}|[A-Za-z]+\d[\w-]*)"
_SIGN_BEHIND = re.compile(
    rf"(?P<before>\b(?:{_NAMED}|dosed|given|injected|treated)\)?,?\s)\(?[x×](?P<count>[2-6])\)?(?![\w.])"
    r"(?P<other>\s(?:vs?\.?|versus|or|and|against|over)\s[x×](?P<less>[1-6])(?![\w.]))?"
)
_SIGN_BEFORE = re.compile(
    rf"(?P<before>^\W*|\b(?:with|of|on|for|after|got|gets|from|given)\s)(?P<count>[2-6])\s?[x×]\s(?P<thing>{_NAMED})(?!['’])"
)
# The press release of which something is told, and no partial response.
_PRESS_RELEASE = re.compile(
    r"\b(?:PR|pr)(?=(?:['’]s)? (?:date[ds]?|title|headline|contact|issued|is from|(?:is|was) (?:issued|published|released|put|dated))\b)"
    r"|(?<=\bthe )PR(?! (?:rates?|or|and|by|in|at|after|of)\b)|(?<=\bthis )PR\b|(?<=\bthat )PR\b|(?<=\bdate of )PR\b"
)
# Where it is asked what is left "in a week", the week is counted.
_LEFT = re.compile(r"\b(?:left|remain(?:s|ing)?|still (?:there|around|active)|decay(?:s|ed)?|gone)\b", re.IGNORECASE)
_ONE_TIME = re.compile(r"(?:(?<=\bin )|(?<=\bafter )|(?<=\bwithin ))an?(?= (?:hour|day|week|month|year)\b(?! (?:ago|or)))", re.IGNORECASE)
_AT_ALL = re.compile(r"\s+at all(?=\s*(?:[?.!,;]|$))", re.IGNORECASE)
_PHASE = re.compile(r"\b(?:ph|Ph|PH)[.-]?(?=(?:[1-4]|I{1,3}|IV)[ab]?\b)")
# "…, y/n", "yes or no: …" only say how to answer.
_YES_OR_NO = r"(?:y/n|yes/no|yes or no|true or false|true/false|t/f)"
_ANSWER_BY = re.compile(
    rf"^\W*{_YES_OR_NO}\b\W*(?P<asked>\w.*?)[\s?.]*$|[\s,;:(–—-]*(?<!\w){_YES_OR_NO}[)\s?.]*$", re.IGNORECASE | re.DOTALL
)
_OPENED = re.compile(r"\W*(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)\b", re.IGNORECASE)
_ADVERBS = {"two": "twice", "2": "twice", "three": "thrice", "3": "thrice"}


def spelled_out(question: str) -> str:
    """``question`` with the long forms of its abbreviations behind it, to look for both."""
    forms: Mapping[str, list[str]] = prompt_table("abbreviations.toml")["long_forms"]
    capitals = {short.casefold() for short in _CAPITALS.findall(question)}
    shorts = [short for short in _ASKED.findall(question.casefold()) if short in capitals or short not in _words_too()]
    return " ".join([question, *(forms[short][0] for short in dict.fromkeys(shorts) if short in forms)])


def with_one_counted(question: str) -> str:
    """``question`` with the one unit of time in which something decays as a number, at the same places: "left in 1 week"."""
    return _ONE_TIME.sub(lambda one: "1".rjust(len(one.group())), question) if _LEFT.search(question) else question


def written_out(question: str) -> str:
    """``question`` with quarters and halves of years in words, "Q3 24" as "third quarter of 2024", months and other clippings in full."""
    table: Mapping[str, str] = prompt_table("abbreviations.toml")["written_out"]
    periods: Mapping[str, str] = prompt_table("abbreviations.toml")["periods"]

    def named(match: re.Match[str]) -> str:
        if match["quarter"]:
            return periods[match["quarter"].casefold()].removesuffix(" of")
        part = periods["".join(sorted(match["part"].casefold(), reverse=True))]
        return f"{part} {match['year'] if len(match['year']) > len('24') else '20' + match['year']}"

    if (plain := _ANSWER_BY.sub(lambda told: told["asked"] or "", question)) != question:
        question = plain if _OPENED.match(plain) else f"{plain}, right?"
    question = _PHASE.sub("phase ", question)
    question = _DENIED.sub(lambda typed: f"{typed.group()[:-1]}'t", with_one_counted(question))
    question = _MONTH_CUT.sub(lambda month: _MONTHS[(month["behind"] or month["before"]).casefold()], question)
    clipped = re.compile(rf"(?<![\w&/])(?:{'|'.join(map(re.escape, table))})(?![\w&/])", re.IGNORECASE)
    question = _NUMBER.sub(r"\g<of> number", _AT_ALL.sub("", _STUDY_DAY.sub(r"\g<before> day ", question)))
    question = _DOSED.sub(r"\1 doses \2 \3 doses", question)
    question = _SIGN_BEFORE.sub(r"\g<before>\g<count> doses of \g<thing>", _SIGN_BEHIND.sub(_in_doses, question))
    question = _PRESS_RELEASE.sub("press release", question)
    question = _DOSED_TIMES.sub(lambda match: f"{match['given']}{match['what']} {_ADVERBS[match['count'].casefold()]}", question)
    return clipped.sub(lambda match: table[match.group().casefold()], _PERIOD.sub(named, question))


@lru_cache(maxsize=20_000)  # sentences of documents are looked at again with every question
def _explanations(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for match in _BEHIND.finditer(text):
        before = _WORD.findall(text[: match.start()])[-2 * len(match["short"]) :]
        longs = (before[start:] for start in range(len(before) - 1, -1, -1))
        found += [(match["short"], long) for long in longs if _is_short_for(match["short"], long)][:1]
    for match in _BEFORE.finditer(text):
        after = _WORD.findall(match["long"])[: 2 * len(match["short"])]
        longs = (after[:end] for end in range(1, len(after) + 1))
        found += [(match["short"], long) for long in longs if _is_short_for(match["short"], long)][:1]
    return tuple((short.rstrip("s").casefold(), " ".join(long)) for short, long in found)


def _in_doses(match: re.Match[str]) -> str:
    """``QX 177 2 doses`` of "QX 177 x2", with the number that it is set against."""
    other = f" vs {match['less']} dose" if match["other"] else ""
    return f"{match['before']}{match['count']} doses{other}"


def _is_short_for(short: str, long: list[str]) -> bool:
    """Whether the initials of ``long``, with its small words or without, are ``short``."""
    letters = short.rstrip("s").casefold()
    initials = [
        "".join(word if word.isdigit() else word[0] for word in words).casefold()
        for words in (long, [word for word in long if word not in _SMALL_WORDS])
    ]
    return letters in initials and long[0] not in _SMALL_WORDS


@cache
def _words_too() -> frozenset[str]:
    return frozenset(prompt_table("abbreviations.toml")["words_too"])


@cache
def _table() -> Mapping[str, tuple[frozenset[str], ...]]:
    forms: Mapping[str, list[str]] = prompt_table("abbreviations.toml")["long_forms"]
    return {short: tuple(frozenset(stems(long)) for long in longs) for short, longs in forms.items()}
