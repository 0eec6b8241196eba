"""Which names of a document are compounds, and which radionuclide each carries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from assistant.language.names import name_key, nuclides
from assistant.studies.extraction.mentions import Clause, Mention, Page

_SYMBOLS = "Ac|As|At|Au|Bi|Br|Cu|Er|F|Ga|Ho|I|In|Lu|P|Pb|Ra|Re|Sc|Sm|Sn|Sr|Tb|Tc|Th|Y|Zr"
# Words that stand behind a labelled name and belong to it (international non-proprietary names of chelators and linkers).
_TAIL_WORD = (
    r"(?:\s(?:tetraxetan|guraxetan|tiuxetan|zadavotide|vipivotide|satoreotide|edotreotide|dotatate|dotatoc|oxodotreotide|[a-z]+xetan))*"
)
_BODY = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"
_NOT_A_BODY = (
    r"(?!label|radiolabel|based|treated|treatment|conjugat|containing|therapy|dose|emitt|decay|half|tagged|induced|PET\b|SPECT\b|RLT\b)"
)
_LABELLED = re.compile(
    rf"(?<![A-Za-z0-9])(?:\[\d{{2,3}}m?-?(?:{_SYMBOLS})\](?:(?:{_SYMBOLS})(?=-))?|\d{{2,3}}m?-?(?:{_SYMBOLS})|(?:{_SYMBOLS})-?\d{{2,3}}m?)"
    rf"[- ]?{_NOT_A_BODY}(?<=[-\] ])(?!(?:{_SYMBOLS})-?\d)(?P<body>(?:(?<=[-\]]){_BODY}|(?<= )(?:[A-Z]{{2,8}}[- ]?\d{{1,5}}|[a-z]+(?:tate|toc|mab|tide|xetan|guane|fosine))){_TAIL_WORD})"
)
_INN = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<name>[A-Za-z]{{5,}}(?:\s[a-z]+xetan)?)\s(?:\((?:{_SYMBOLS})[- ]\d{{2,3}}\)|(?P<symbol>{_SYMBOLS})[- ](?P<mass>\d{{2,3}}))(?![\dA-Za-z.]|-[A-Za-z])"
)
_INN_ENDING = re.compile(r"(?:tate|toc|tide|mab|guane|fosine|xetan|stat|trexed|choline|caine|zole|ib)$", re.IGNORECASE)
_WORD_INN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]{4,}(?:tuzumab|zumab|ximab|tumab|mumab|fosine|dotatate|treotide|xetan)\b" + _TAIL_WORD)
_CODE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<letters>[A-Z][A-Za-z]{0,7})[- ]?(?P<digits>\d{2,5})(?:-[A-Z][A-Za-z0-9]*)*(?![A-Za-z0-9]|[.,]\d|-\d)"
)

_NO_CODES = frozenset(
    [
        "nct",
        "phase",
        "form",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "year",
        "figure",
        "fig",
        "table",
        "study",
        "part",
        "cohort",
        "version",
        "stage",
        "section",
        "item",
        "group",
        "arm",
        "page",
        "chapter",
        "cd",
        "sstr",
        "her",
        "iso",
        "usd",
        "eur",
        "covid",
        "jan",
        "january",
        "feb",
        "february",
        "march",
        "mar",
        "april",
        "apr",
        "may",
        "june",
        "july",
        "jun",
        "jul",
        "august",
        "aug",
        "september",
        "sept",
        "october",
        "oct",
        "november",
        "nov",
        "december",
        "dec",
        "grade",
        "il",
        "hr",
        "ci",
        "os",
        "pfs",
        "se",
        "sd",
        "orr",
        "cr",
        "pr",
        "fig",
        "q",
        "d",
        "n",
        "p",
        "in",
        "at",
        "of",
        "on",
        "by",
        "and",
        "or",
        "for",
        "the",
        "to",
        "with",
        "from",
        "than",
        "vs",
        "type",
        "c",
        "mice",
        "rats",
        "patients",
        "level",
        "about",
        "dose",
        "doses",
        "over",
        "under",
        "some",
    ]
)
_GIVEN = (
    r"(?:\b(?:doses?|injections?|administrations?|infusions?|cycles?|fractions?|activity|efficacy|effects?|treatment|therapy|amounts?)\s+(?:of|with)"
    r"|\b(?:treated|dosed|injected|treatment|therapy|monotherapy)\s+with|\b(?:received|receiving|receive|given|administered|cold|unlabell?ed|labell?ed"
    r"|compound|agent|candidate|drug|radioligand|radiopharmaceutical|conjugate|antibody|peptide|product|radiotherapeutic|about|of)"
    r"|\d\s?[nukmMG]?(?:Ci|Bq)(?:/\w+)?(?:\s+of)?)[\s,:(]*(?:either|the|a|an|our)?\s*(?:lead\s)?$"
)
_BEFORE_COMPOUND = re.compile(_GIVEN)
_AFTER_COMPOUND = re.compile(
    r"-treated|-treatment|[\s,(]*\d[\d.,]*\s?[nukmMG]?(?:Ci|Bq)|\s+(?:treatment|therapy|monotherapy|alone|plus|combined|doses?\b|injection"
    r"|(?:is|are|was|were)\s+(?:an?\s|administered|given|injected|labell?ed|radiolabell?ed|well\b)|utili[sz]es|carries|delivers|targets|binds|(?:significantly\s)?(?:prolong|improv|extend|increas)\w+)"
    r"|\s*\([^)]*\b(?:Ci|Bq|labell?ed|(?:iodine|lutetium|actinium|yttrium|copper|lead)[- ]\d+)"
)
_CARRIES = re.compile(
    r"label|carr(?:y|ies|ied)|utili[sz]|uses|using|deliver|payload|contain|armed|conjugated|chelat|isotope|radionuclide|isotopic|radio|based on|linked|loaded|emit|\(|,",
)
# Mass numbers of radionuclides in therapy and imaging, by element: what a number in a compound's name may mean (ICRP 107).
_MASSES: dict[str, frozenset[int]] = {
    "Ac": frozenset({225}), "At": frozenset({211}), "Bi": frozenset({212, 213}), "Br": frozenset({76, 77}), "Cu": frozenset({61, 64, 67}),
    "Ga": frozenset({67, 68}), "Ho": frozenset({166}), "I": frozenset({123, 124, 125, 131}), "In": frozenset({111}), "Lu": frozenset({177}),
    "Pb": frozenset({203, 212}), "Ra": frozenset({223, 224}), "Re": frozenset({186, 188}), "Sc": frozenset({43, 44, 47}), "Sm": frozenset({153}),
    "Sr": frozenset({89}), "Tb": frozenset({149, 152, 155, 161}), "Th": frozenset({227}), "Y": frozenset({86, 90}), "Zr": frozenset({89}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """The radionuclide of a compound: where it was read, and whether the text states it."""

    name: str
    stated: bool
    start: int
    end: int


class Substances:
    """The compounds of a document: where each is mentioned and what it carries."""

    def __init__(self, page: Page, taken: frozenset[str] = frozenset()) -> None:
        """``taken`` holds the keys of names that are already known to be something else, such as cell lines."""
        self._page = page
        self._inside: dict[str, Carried] = {}
        self.mentions = self._find(taken)
        self.keys = tuple(dict.fromkeys(mention.key for mention in self.mentions))
        self._carried = self._stated()

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Compounds mentioned between two offsets."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)

    def nuclide(self, key: str) -> Carried | None:
        """What the compound carries: as its name says, as the text states, or as its siblings' names suggest."""
        return self._inside.get(key) or self._carried.get(key) or self._inferred(key)

    def _find(self, taken: frozenset[str]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for clause in self._page.clauses:
            for mention in [*self._labelled(clause), *self._inns(clause)]:
                if not _overlaps(mention, found) and mention.key not in taken:
                    found.append(mention)
        known = {mention.key for mention in found} | self._bodies(found)
        codes = [m for clause in self._page.clauses for m in _codes(clause) if m.key not in taken and not _overlaps(m, found)]
        votes: dict[str, int] = defaultdict(int)
        for mention in codes:
            votes[mention.key] += _looks_given(self._page, mention)
        found += [m for m in codes if votes[m.key] > 0 or m.key in known]
        return tuple(sorted(found, key=lambda m: m.start))

    def _bodies(self, found: list[Mention]) -> set[str]:
        """Keys of the parts behind a nuclide: ``ABC-12`` of ``177Lu-ABC-12``."""
        return {name_key(match["body"]) for m in found if (match := _LABELLED.match(self._page.text, m.start))}

    def _labelled(self, clause: Clause) -> list[Mention]:
        found = []
        for match in clause.find(_LABELLED):
            name = self._page.raw[match.start() : match.end()]
            inner = nuclides(name)
            if not inner:
                continue
            key = f"{inner[0].name.replace('-', '').lower()}{name_key(match['body'])}"
            found.append(Mention(match.start(), match.end(), name, key))
            self._inside.setdefault(key, Carried(inner[0].name, True, match.start() + inner[0].start, match.start() + inner[0].end))
        return found

    def _inns(self, clause: Clause) -> list[Mention]:
        found = []
        for match in clause.find(_INN):
            if _INN_ENDING.search(match["name"]) and match["symbol"]:
                key = name_key(match.group())
                found.append(Mention(match.start(), match.end(), self._page.raw[match.start() : match.end()], key))
                self._inside.setdefault(key, Carried(f"{match['symbol']}-{match['mass']}", True, match.start("symbol"), match.end("mass")))
        for match in clause.find(_WORD_INN):
            mention = Mention(match.start(), match.end(), self._page.raw[match.start() : match.end()], name_key(match.group()))
            if not _overlaps(mention, found):
                found.append(mention)
        return found

    def _stated(self) -> dict[str, Carried]:
        """Nuclides that a sentence ties to the one compound it names."""
        stated: dict[str, Carried] = {}
        for clause in self._page.clauses:
            here = self.within(clause.start, clause.end)
            keys = list(dict.fromkeys(m.key for m in here))
            read = [n for n in nuclides(clause.text) if not any(m.start <= clause.start + n.start < m.end for m in here)]
            names = list(dict.fromkeys(n.name for n in read))
            if not keys or len(keys) != len(names):
                continue
            if len(keys) > 1 and "respectively" not in clause.text:
                continue
            for key, name in zip(keys, names, strict=True):
                mention = next(m for m in here if m.key == key)
                nuclide = next(n for n in read if n.name == name)
                first, last = sorted((mention.end, clause.start + nuclide.start))
                tied = len(keys) > 1 or _CARRIES.search(self._page.text, first, last) or last - first < 12
                if tied and key not in self._inside:
                    stated.setdefault(key, Carried(name, True, clause.start + nuclide.start, clause.start + nuclide.end))
        return stated

    def _inferred(self, key: str) -> Carried | None:
        """A number in a code name means a mass number only where a sibling of the same letters is known to use its number so."""
        code = re.fullmatch(r"([a-z]+)(\d+)", key)
        if not code:
            return None
        for sibling, carried in self._carried.items():
            other = re.fullmatch(r"([a-z]+)(\d+)", sibling)
            symbol, mass = carried.name.split("-")
            if other and other[1] == code[1] and other[2] == mass and int(code[2]) in _MASSES.get(symbol, ()):
                mention = next(m for m in self.mentions if m.key == key)
                return Carried(f"{symbol}-{code[2]}", False, mention.start, mention.end)
        return None


def _codes(clause: Clause) -> list[Mention]:
    found = []
    for match in clause.find(_CODE):
        letters = match["letters"]
        if letters.casefold() in _NO_CODES or sum(map(str.isupper, letters)) < 2:
            continue
        raw = clause.page.raw[match.start() : match.end()]
        found.append(Mention(match.start(), match.end(), raw, name_key(raw)))
    return found


def _looks_given(page: Page, mention: Mention) -> bool:
    """Whether the words around a code name treat it as something that is given, not as something that grows."""
    clause = page.clause_at(mention.start)
    return bool(_BEFORE_COMPOUND.search(clause.before(mention.start)) or _AFTER_COMPOUND.match(clause.after(mention.end)))


def _overlaps(mention: Mention, others: list[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)
