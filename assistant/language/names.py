"""How names are spelled: CLR 131, clr-131 and CLR131 are one name; so are I-131, 131I and iodine-131."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_SYMBOL_OF = {name: symbol for symbol, names in _ELEMENTS.items() for name in names.split("|")}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))  # noqa: RUF001
_MICRO = str.maketrans({"µ": "u", "μ": "u"})  # noqa: RUF001

_symbols = "|".join(sorted(_ELEMENTS, key=len, reverse=True))
_element_names = "|".join(sorted(_SYMBOL_OF, key=len, reverse=True))
_MASS = r"\d{1,3}m?"
_NUCLIDE = re.compile(
    rf"(?<![A-Za-z0-9])(?:\[?(?P<mass1>[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}m?)-?(?P<symbol1>{_symbols})\]?(?![a-z0-9])"
    rf"|(?P<symbol2>{_symbols})[- ]?(?P<mass2>{_MASS})(?![A-Za-z0-9]|\.\d)"
    rf"|(?P<name>(?i:{_element_names}))[- ]?(?P<mass3>{_MASS})(?![A-Za-z0-9]|\.\d))"
)
# A code and its number: CLR 131, PC-3, Capan-1, MDA-MB-231, AB12. Codes of up to six letters; longer words are words.
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,8})[ -]?(\d{1,5})(?![A-Za-z0-9]|[.,]\d)")
_NUMBER_UNIT = re.compile(r"(?<![A-Za-z0-9])(\d+(?:\.\d+)?)\s?-?(?=[nukmMGT]?(?:Ci|Bq|ci|bq)\b)")


@dataclass(frozen=True, slots=True)
class NuclideMention:
    """A radionuclide written in a text; ``name`` is in the form ``I-131``."""

    start: int
    end: int
    name: str


def plain(text: str) -> str:
    """``text`` with micro signs, superscripts and dashes in ASCII; the length and so every offset stays the same."""
    return text.translate(_SUPERSCRIPTS).translate(_DASHES).translate(_MICRO)


def nuclides(text: str) -> tuple[NuclideMention, ...]:
    """Radionuclides written as ``I-131``, ``131I``, ``[131I]``, ``iodine-131`` or ``Lutetium 177``, in order."""
    found = []
    for match in _NUCLIDE.finditer(text):
        symbol = match["symbol1"] or match["symbol2"] or _SYMBOL_OF[match["name"].lower()]
        mass = (match["mass1"] or match["mass2"] or match["mass3"]).translate(_SUPERSCRIPTS)
        if _plausible(match, symbol, mass):
            found.append(NuclideMention(match.start(), match.end(), f"{symbol}-{mass}"))
    return tuple(found)


def _plausible(match: re.Match[str], symbol: str, mass: str) -> bool:
    """One-letter symbols meet figures and panel names ("Part C 14", "H 3"), so those need two digits and no space."""
    number = int(mass.rstrip("m"))
    if match["name"]:
        return number >= 3
    return number >= (10 if len(symbol) == 2 else 11) and not (len(symbol) == 1 and " " in match.group())


def name_key(name: str) -> str:
    """What two spellings of one name have in common: ``clr131`` for ``CLR 131``, ``CLR-131`` and ``clr131``."""
    return re.sub(r"[^a-z0-9]", "", plain(name).casefold())


_ROMAN = re.compile(r"\b(phase|type|grade|stage|part|cohort|study)([ -])(iii|iv|ii|i)(?=[abc]?\b)", re.IGNORECASE)
_ROMAN_VALUES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def fold(text: str) -> str:
    """``text`` as it is indexed and compared: lower case, names and units in one spelling, nuclides as ``i131``, phases in digits.

    ``"500µCi of CLR-125 (iodine-125) in PC-3"`` → ``"500 uci of clr125 (i125) in pc3"``.
    """
    text = plain(text)
    for mention in reversed(nuclides(text)):
        text = text[: mention.start] + mention.name.replace("-", "") + text[mention.end :]
    text = _NUMBER_UNIT.sub(r"\1 ", text)
    text = _ROMAN.sub(lambda match: f"{match[1]} {_ROMAN_VALUES[match[3].lower()]}", text)
    return _CODE.sub(_join_code, text).casefold()


_WORDS_BEFORE_NUMBERS = frozenset(
    "a about above after all am an and approximately are around as at average before below between but by day days did dose doses "
    "each every exactly for form from gave given grade had has have if in is it least less lived mean median more most nearly no not "
    "of off on one only or over part per phase roughly same so some stage survived than that the their them then these they this those to "
    "total up us vs was we week weeks were what when which while with within year years month months hour hours os pfs ci hr sd se sem orr "
    "n p x q jan feb mar apr may june july aug sept oct nov dec".split()
)


def _join_code(match: re.Match[str]) -> str:
    code, number = match.groups()
    if code.casefold() in _WORDS_BEFORE_NUMBERS or (len(code) > 4 and " " in match.group()):
        return match.group()
    return code + number
