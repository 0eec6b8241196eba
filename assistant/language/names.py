"""How names are spelled: ABC 12, abc-12 and ABC12 are one name; so are I-131, 131I and iodine-131."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.units import ACTIVITY, UNIT_PATTERN

# Elements with radionuclides in medical use, by symbol (IUPAC names; both spellings where two are common).
_ELEMENTS = {
    "Ac": "actinium", "Ag": "silver", "As": "arsenic", "At": "astatine", "Au": "gold", "Bi": "bismuth", "Br": "bromine",
    "C": "carbon", "Ca": "calcium", "Co": "cobalt", "Cr": "chromium", "Cs": "cesium|caesium", "Cu": "copper", "Dy": "dysprosium",
    "Er": "erbium", "F": "fluorine", "Fe": "iron", "Ga": "gallium", "Gd": "gadolinium", "H": "tritium|hydrogen", "Ho": "holmium",
    "I": "iodine|radioiodine", "In": "indium", "Ir": "iridium", "La": "lanthanum", "Lu": "lutetium", "Mn": "manganese",
    "Mo": "molybdenum", "N": "nitrogen", "O": "oxygen", "P": "phosphorus", "Pb": "lead", "Pd": "palladium", "Pr": "praseodymium",
    "Ra": "radium", "Rb": "rubidium", "Re": "rhenium", "Rh": "rhodium", "Sc": "scandium", "Sm": "samarium", "Sn": "tin",
    "Sr": "strontium", "Tb": "terbium", "Tc": "technetium", "Th": "thorium", "Tl": "thallium", "Tm": "thulium", "U": "uranium",
    "Xe": "xenon", "Y": "yttrium", "Yb": "ytterbium", "Zr": "zirconium",
}  # fmt: skip
# Atomic numbers of the same elements: a mass number lies near two to two and a half times its atomic number.
_PROTONS = {
    "Ac": 89, "Ag": 47, "As": 33, "At": 85, "Au": 79, "Bi": 83, "Br": 35, "C": 6, "Ca": 20, "Co": 27, "Cr": 24, "Cs": 55, "Cu": 29,
    "Dy": 66, "Er": 68, "F": 9, "Fe": 26, "Ga": 31, "Gd": 64, "H": 1, "Ho": 67, "I": 53, "In": 49, "Ir": 77, "La": 57, "Lu": 71,
    "Mn": 25, "Mo": 42, "N": 7, "O": 8, "P": 15, "Pb": 82, "Pd": 46, "Pr": 59, "Ra": 88, "Rb": 37, "Re": 75, "Rh": 45, "Sc": 21,
    "Sm": 62, "Sn": 50, "Sr": 38, "Tb": 65, "Tc": 43, "Th": 90, "Tl": 81, "Tm": 69, "U": 92, "Xe": 54, "Y": 39, "Yb": 70, "Zr": 40,
}  # fmt: skip
_SYMBOL_OF = {name: symbol for symbol, names in _ELEMENTS.items() for name in names.split("|")}
ELEMENT_NAMES = frozenset(_SYMBOL_OF)
"""The names of the elements with radionuclides in medical use, in lower case."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹‐‑‒–—−µμ", "0123456789------uu")

_symbols = "|".join(sorted(_ELEMENTS, key=len, reverse=True))
_element_names = "|".join(sorted(_SYMBOL_OF, key=len, reverse=True))
_MASS = r"\d{1,3}m?"
# Most words and many clauses are without one, and so without nuclide, amount and code: to look for it costs a tenth of looking for these.
_DIGIT = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]")
_NUCLIDE = re.compile(
    rf"(?<![A-Za-z0-9])(?:\[?(?P<mass1>[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}m?)-?(?P<symbol1>{_symbols})\]?(?![a-z0-9])"
    rf"|(?P<symbol2>{_symbols})[- ]?(?P<mass2>{_MASS})(?![A-Za-z0-9]|\.\d)"
    rf"|(?P<name>(?i:{_element_names}))[- ]?(?P<mass3>{_MASS})(?![A-Za-z0-9]|\.\d))"
)
_UNIT_AHEAD = re.compile(rf"\s?(?:{UNIT_PATTERN.pattern})")
_ELEMENT_ALONE = re.compile(rf"(?<![\w-])(?!lead\b)(?:{_element_names})(?![- ]?{_MASS}(?![A-Za-z0-9]|\.\d))(?!\w)", re.IGNORECASE)
# A code and its number: ABC 12, HT-29, Panc-1, MDA-MB-231, AB12. Codes of up to six letters; longer words are words.
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,8})[ -]?(\d{1,5})(?![A-Za-z0-9]|[.,]\d)")
_NUMBER_UNIT = re.compile(rf"(?<![A-Za-z0-9])(\d+(?:\.\d+)?)\s?-?(?={ACTIVITY})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NuclideMention:
    """A radionuclide written in a text; ``name`` is in the form ``I-131``."""

    start: int
    end: int
    name: str


def plain(text: str) -> str:
    """``text`` with micro signs, superscripts and dashes in ASCII; the length and so every offset stays the same."""
    return text if text.isascii() else text.translate(_PLAIN)


def element_names(nuclide: str) -> str:
    """The names of the element of ``Ra-223`` as a pattern: ``cesium|caesium``; raises KeyError for an element that is not listed."""
    return _ELEMENTS[nuclide.partition("-")[0]]


@lru_cache(maxsize=4096)
def nuclides(text: str) -> tuple[NuclideMention, ...]:
    """Radionuclides written as ``I-131``, ``131I``, ``[131I]``, ``iodine-131`` or ``Lutetium 177``, in order."""
    found = []
    for match in _NUCLIDE.finditer(text) if _DIGIT.search(text) else ():
        symbol = match["symbol1"] or match["symbol2"] or _SYMBOL_OF[match["name"].lower()]
        mass = (match["mass1"] or match["mass2"] or match["mass3"]).translate(_SUPERSCRIPTS)
        if _plausible(match, symbol, mass) and not _is_preposition(match, text):
            found.append(NuclideMention(match.start(), match.end(), f"{symbol}-{mass}"))
    return tuple(found)


def _plausible(match: re.Match[str], symbol: str, mass: str) -> bool:
    """Cell lines ("H69", "F98") and panel names ("Part C 14") look like nuclides: the mass must fit the element, and one-letter
    symbols stand right before their number."""
    number, protons = int(mass.rstrip("m")), _PROTONS[symbol]
    if not (1.7 * protons <= number <= 2.7 * protons or (symbol == "H" and number == 3)):
        return False
    return match["name"] is not None or not (len(symbol) == 1 and " " in match.group())


def _is_preposition(match: re.Match[str], text: str) -> bool:
    """Whether it is a word before an amount: "At 160 kBq/kg", "In 115 days"."""
    return " " in match.group() and match["symbol2"] is not None and _UNIT_AHEAD.match(text, match.end()) is not None


def elements(text: str) -> dict[str, str]:
    """The elements that ``text`` names by their name alone, "the terbium product", from symbol to the name in lower case.

    "Lead" is a word of its own far more often than a metal and is left out; so is an element with its mass, which is a nuclide.
    """
    found = (match.group().lower() for match in _ELEMENT_ALONE.finditer(plain(text)))
    return {_SYMBOL_OF[name]: name for name in found}


def name_key(name: str) -> str:
    """What two spellings of one name have in common: ``abc12`` for ``ABC 12``, ``ABC-12`` and ``abc12``."""
    return re.sub(r"[^a-z0-9]", "", plain(name).casefold())


_ROMAN = re.compile(r"\b(phase|ph\.?|type|grade|stage|part|cohort|study)([ -]?)(iii|iv|ii|i|[1-4])(?=[abc]?\b)", re.IGNORECASE)
_ROMAN_VALUES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _numbered(match: re.Match[str]) -> str:
    word = "phase" if match[1].lower().startswith("ph") else match[1]
    return f"{word} {_ROMAN_VALUES.get(match[3].lower(), match[3])}"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """``text`` as it is indexed and compared: lower case, names and units in one spelling, nuclides as ``i131``, phases in digits.

    ``"40µCi of ABC-12 (iodine-131) in HT-29"`` → ``"40 uci of abc12 (i131) in ht29"``.
    """
    text = plain(text)
    for mention in reversed(nuclides(text)):
        gap = " " if text[mention.end : mention.end + 1].isalnum() else ""
        text = text[: mention.start] + mention.name.replace("-", "") + gap + text[mention.end :]
    if _DIGIT.search(text):
        text = _NUMBER_UNIT.sub(r"\1 ", text)
    text = _ROMAN.sub(_numbered, text)
    return (_CODE.sub(_join_code, text) if _DIGIT.search(text) else text).casefold()


def _is_wordlike(code: str, number: str) -> bool:
    """Whether letters before a number, not all capitals, are rather a word than a code: "Put 26", "shot 40", "time 2"."""
    return len(number) < 2 or bool(re.search(r"[aeiou]", code))


_WORDS_BEFORE_NUMBERS = frozenset(
    "a about above after all am an and approximately are around as at average before below between but by day days did dose doses "
    "each every exactly for form from gave given grade had has have if in is it least less lived mean median more most nearly no not "
    "of off on one only or over part per phase roughly same so some stage survived than that the their them then these they this those to "
    "total up us vs was we week weeks were what when which while with within year years month months hour hours os pfs ci hr sd se sem orr "
    "n p x q my our your his her its which last next past first second another jan feb mar apr may june july aug sept oct nov dec".split()
)


def _join_code(match: re.Match[str]) -> str:
    code, number = match.groups()
    spaced = " " in match.group()
    if code.casefold() in _WORDS_BEFORE_NUMBERS or (spaced and (len(code) > 4 or (not code.isupper() and _is_wordlike(code, number)))):
        return match.group()
    return code + number
