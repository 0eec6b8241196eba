"""Which names of a document are compounds, and which radionuclide each carries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from assistant.language.names import NuclideMention, name_key, nuclides
from assistant.language.overlaps import overlaps
from assistant.language.units import ACTIVITY
from assistant.studies.extraction.bare import Carried, bare_nuclides, named_by_element, placed
from assistant.studies.extraction.brands import brands
from assistant.studies.extraction.codes import coded, names_of_studies, short_codes, talked_of
from assistant.studies.extraction.cues import may_be_given
from assistant.studies.extraction.mentions import Clause, Mention, Page, within

_SYMBOLS = "Ac|As|At|Au|Bi|Br|Cu|Er|F|Ga|Ho|I|In|Lu|P|Pb|Ra|Re|Sc|Sm|Sn|Sr|Tb|Tc|Th|Y|Zr"
# Endings of international non-proprietary names, and the chelator words that stand behind them and belong to the name.
_INN = r"[a-z]+(?:tate|toc|tide|mab|guane|fosine|xetan|cept|stat|trexed|quin|relin|caine|body|bine)"
_TAIL = r"(?:\s(?:zadavotide|vipivotide|satoreotide|edotreotide|oxodotreotide|dotatate|dotatoc|[a-z]+xetan"
_TAIL += r"|(?:micro|nano)(?:spheres|particles)|liposomes|beads|colloid)\b)*"
_CHUNKS = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"
_HYPHENED = re.compile(
    rf"(?:\]?(?:{_SYMBOLS})?-|(?<=\])(?=[A-Z]))(?P<body>(?:compound|conjugate|agent|ligand)\s\d{{1,4}}[a-z]?\b|{_CHUNKS}{_TAIL})"
)
_SPACED = re.compile(
    rf"\]?\s(?:\([^()]{{2,8}}\)\s)?(?P<body>(?:[A-Z][A-Z0-9]*[A-Z][A-Za-z0-9]*(?:[- ]?\d{{1,5}})?(?:-[A-Z0-9][A-Za-z0-9]*)*"
    rf"|{_INN}|(?:micro|nano)spheres|nanoparticles|liposomes){_TAIL})(?![A-Za-z0-9])"
)
_NO_BODY = re.compile(
    r"(?i:label|radiolabel|based|treated|treatment|conjugat|contain|therap|dose|emit|decay|half|tagged|induced|PET\b"
    r"|SPECT\b|RLT\b|loaded|bearing|bound|carrying|"
    rf"activity|[a-z]*(?:peptide|body|bodies)\b|day|week|month|(?-i:{ACTIVITY})|isotope|payload|nuclide|vs\b|and\b|or\b|II?\b|for\b|free)"
)
# "177Lu-labelled antibody ABC-12": what kind of thing it is stands before its name.
_THING = r"(?:(?:monoclonal\s+)?(?:antibody|mAb|peptide|ligand|nanobody|minibody|compound|conjugate|molecule|fragment)\s+(?=[A-Z]))?"
_LABELLED = re.compile(rf"\]?(?:-|\s)(?:radio)?labell?ed\s+{_THING}(?P<body>(?:anti-\w+\s+)?[A-Za-z0-9]+(?:[- ]?[A-Za-z0-9]+)?)")
# "177Lu-labelled anti-CA9 antibody zalotumab": what it is aimed at is not its name.
_TARGET_OF = re.compile(
    r"anti-[\w-]+\s+(?:antibody|mAb|nanobody|fragment|minibody)\s+(?!in\b|was\b|for\b|is\b|and\b|has\b|on\b|to\b)[A-Za-z]"
)
# "177Lu-labelled anti-CA9 antibody": what it is aimed at names no compound where something else does.
_AIMED_AT = re.compile(r"anti-", re.IGNORECASE)
_SHORT = re.compile(r"\s*\(\s*(?:the\s+)?[\"\u201c]?(?P<short>(?!TM\b)[A-Z](?:[A-Z]{1,5}|[A-Za-z]{0,3}-[A-Za-z]{2,6}))[\"\u201d]?\s*\)")
_INN_NUCLIDE = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<name>{_INN}(?:\s[a-z]+xetan)?|[A-Z]{{3,}}[A-Z0-9]*|[A-Z][a-z]+(?:tide|mab|fosine|guane))(?:\s|-)\(?"
    rf"(?P<symbol>{_SYMBOLS})[- ]?(?P<mass>\d{{2,3}})\)?(?![\dA-Za-z.]|-[A-Za-z])"
)
_WORD_INN = re.compile(rf"(?<![A-Za-z0-9-])[A-Za-z]{{3,}}(?:tuzumab|zumab|ximab|tumab|mumab|fosine|dotatate|treotide|xetan)\b{_TAIL}")
_ALIAS = re.compile(
    r"\s*[\[(]\s*(?:also\s+known\s+as\s+|formerly\s+(?:known\s+as\s+)?|or\s+|known\s+as\s+|hereafter\s+)?|,?\s+(?:also\s+known\s+as"
    r"|formerly)\s+",
    re.IGNORECASE,
)
# "Zoravine(TM) (an iodine-131 labelled ABC-1 antibody)": what stands between the name and its explanation.
_EXPLAINS = re.compile(
    r"\s?(?:\((?:TM|R)\)|\u2122|\u00ae)?\s*(?:\(|,\s+)(?:an?\s+|the\s+)?(?:(?:[\w\[\]-]+\s+){0,3}(?:radio)?labell?ed\s+)?(?:[a-z-]+\s+){0,3}",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"label|carr(?:y|ies|ied)|utili[sz]|\bus(?:es|ing)\b|deliver|payload|contain|armed|conjugated|chelat|isotop|radio"
    r"|based\s+on|linked|loaded|emit|\(|,|incorporat"
)
_HOLDS = re.compile(r"label|carr(?:y|ies|ied)|deliver|payload|contain|armed|conjugated|chelat|loaded|incorporat", re.IGNORECASE)
# Mass numbers of radionuclides in therapy and imaging, by element: what a number in a compound's name may mean (ICRP 107).
_MASSES: dict[str, tuple[int, ...]] = {
    "Ac": (225,), "At": (211,), "Bi": (212, 213), "Br": (76, 77), "Cu": (61, 64, 67), "Ga": (67, 68), "Ho": (166,), "In": (111,),
    "I": (123, 124, 125, 131), "Lu": (177,), "Pb": (203, 212), "Ra": (223, 224), "Re": (186, 188), "Sc": (43, 44, 47), "Sm": (153,),
    "Sr": (89,), "Tb": (149, 152, 155, 161), "Th": (227,), "Y": (86, 90), "Zr": (89,),
}  # fmt: skip
# Those that emit alpha particles themselves and are used in therapy (ICRP 107).
_ALPHA: dict[str, tuple[int, ...]] = {"Ac": (225,), "At": (211,), "Bi": (212, 213), "Ra": (223, 224), "Th": (227,)}
# Those that are used for imaging, and hardly for therapy (ICRP 107: positrons or photons, no alpha and few beta particles).
_IMAGING = frozenset(
    {"F-18", "Cu-64", "Ga-67", "Ga-68", "Zr-89", "Y-86", "Tc-99m", "In-111", "I-123", "Pb-203", "Sc-43", "Sc-44", "Tb-152", "Tb-155"}
)
_AMOUNT_OF = re.compile(rf"{ACTIVITY}\s+(?:of\s+)?$")
_EMITS_ALPHA = re.compile(r"\balpha[- ](?:emit\w+|particles?|radiation)", re.IGNORECASE)


class Substances:
    """The compounds of a document: where each is mentioned and what it carries. Two names of one compound share a key."""

    def __init__(self, page: Page, taken: frozenset[str]) -> None:
        """``taken`` holds the keys of names that are already known to be something else, such as cell lines."""
        self._page = page
        self._inside: dict[str, Carried] = {}
        self._bodies: dict[str, set[str]] = {}
        self._names: dict[str, Mention] = {}
        self.mentions: tuple[Mention, ...] = ()
        self.mentions = self._aliased(self._find(taken))
        self._carried = self._stated()

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Compounds mentioned between two offsets."""
        return within(self.mentions, start, end)

    def named(self, key: str) -> Mention | None:
        """The first mention by the name that the compound is kept under: a trade name, or the labelled form of a code."""
        return self._names.get(key)

    def is_for_imaging(self, key: str) -> bool:
        """Whether the compound carries a nuclide that serves imaging."""
        carried = self.nuclide(key)
        return carried is not None and carried.name in _IMAGING

    def nuclide(self, key: str) -> Carried | None:
        """What the compound carries: as its name says, as the text states, or as its siblings' names suggest."""
        return self._inside.get(key) or self._carried.get(key) or self._inferred(key)

    def _find(self, taken: frozenset[str]) -> list[Mention]:
        found: list[Mention] = []
        codes: list[Mention] = []
        for clause in self._page.clauses:
            here: list[Mention] = []
            for mention in [*self._behind_nuclides(clause), *self._inns(clause)]:
                if not overlaps(mention.start, mention.end, here) and mention.key not in taken:
                    here.append(mention)
            codes += [m for m in coded(clause) if m.key not in taken and not overlaps(m.start, m.end, here)]
            found += here
        found += [m for m in short_codes(self._page) if m.key not in taken and not overlaps(m.start, m.end, found)]
        found += [m for m in brands(self._page) if m.key not in taken and not overlaps(m.start, m.end, found)]
        known = {mention.key for mention in found} | set(self._bodies)
        found += [m for m in self._abbreviated(found) if m.key not in taken and not overlaps(m.start, m.end, found)]
        studies = names_of_studies(self._page, [*codes, *(m for m in found if m.key not in self._inside)])
        found = [m for m in found if m.key not in studies]
        codes = [m for m in codes if m.key not in studies]
        given = Counter(m.key for m in codes if may_be_given(self._page.clause_at(m.start), m.start, m.end))
        found += [m for m in codes if given[m.key] or m.key in known] or (talked_of(self._page, codes) if not found else [])
        found = [m for m in found if not _AIMED_AT.match(m.name)] or (codes if len({m.key for m in codes}) == 1 else found)
        found += named_by_element(self._page, {key: self._inside[key] for key in known & self._inside.keys()}, found)
        if labelled := [m for m in found if not _WORD_INN.fullmatch(m.name) or m.key in self._bodies or m.key in self._inside]:
            found = labelled
        if not found:
            bare, self._inside = bare_nuclides(self._page)
            return sorted([*bare, *self._abbreviated(bare)], key=lambda m: m.start)
        return sorted(found, key=lambda m: m.start)

    def _abbreviated(self, found: list[Mention]) -> list[Mention]:
        """ "lutetium-177 zalotide (LZT)" is LZT from there on."""
        short: dict[str, None] = {}
        for mention in found:
            if match := _SHORT.match(self._page.text, mention.end):
                short.setdefault(match["short"])
        return [
            Mention(m.start(), m.end(), self._page.raw[m.start() : m.end()], name_key(name))
            for name in short
            for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", self._page.text)
        ]

    def _behind_nuclides(self, clause: Clause) -> list[Mention]:
        """``177Lu-ABC-12``, ``[225Ac]Ac-ABC``, ``lutetium-177 zalotide``; of "177Lu-labelled ABC-12" the name is ABC-12."""
        found = []
        for nuclide in placed(clause):
            labelled = _LABELLED.match(self._page.text, nuclide.end, clause.end)
            match = _HYPHENED.match(self._page.text, nuclide.end, clause.end) or _SPACED.match(self._page.text, nuclide.end, clause.end)
            if (
                labelled
                and any(c.isdigit() or c.isupper() for c in labelled["body"])
                and not _TARGET_OF.match(self._page.text, labelled.start("body"))
            ):
                body = re.match(r"[A-Za-z0-9-]+(?: \d{1,5})?", labelled["body"])
                start, end = labelled.start("body"), labelled.start("body") + (body.end() if body else 0)
                key = name_key(self._page.text[start:end])
            elif match and not _NO_BODY.match(match["body"]):
                start, end = nuclide.start, match.end()
                key = nuclide.name.replace("-", "").lower() + name_key(match["body"])
                self._bodies.setdefault(name_key(match["body"]), set()).add(key)
            else:
                continue
            found.append(Mention(start, end, self._page.raw[start:end], key))
            self._inside.setdefault(key, Carried(nuclide.name, True, nuclide.start, nuclide.end))
        return found

    def _inns(self, clause: Clause) -> list[Mention]:
        found = []
        for match in clause.find(_INN_NUCLIDE):
            end = match.end() - (match.group().endswith(")") and "(" not in match.group())
            key = name_key(match.group())
            found.append(Mention(match.start(), end, self._page.raw[match.start() : end], key))
            self._inside.setdefault(key, Carried(f"{match['symbol']}-{match['mass']}", True, match.start("symbol"), match.end("mass")))
            self._bodies.setdefault(name_key(match["name"]), set()).add(key)
        for match in clause.find(_WORD_INN):
            mention = Mention(match.start(), match.end(), self._page.raw[match.start() : match.end()], name_key(match.group()))
            if not overlaps(mention.start, mention.end, found):
                found.append(mention)
        return found

    def _aliased(self, found: list[Mention]) -> tuple[Mention, ...]:
        """One key for ``ABC-12`` and the one labelled form of it, and for two names of which one explains the other in brackets."""
        alias = {body: next(iter(keys)) for body, keys in self._bodies.items() if len(keys) == 1}
        for body in self._carrying_another(found, alias):
            del alias[body]
        unlabelled = {body for body, keys in self._bodies.items() if len(keys) > 1}
        for one, other in pairwise(found):
            if one.key != other.key and (
                (_ALIAS.fullmatch(self._page.text, one.end, other.start) and self._page.text[other.end : other.end + 1] in ")],;")
                or (one.key.isalpha() and _EXPLAINS.fullmatch(self._page.text, one.end, other.start))
            ):
                alias.setdefault(other.key, alias.get(one.key, one.key))
        for key, target in alias.items():
            if key in self._inside and target not in self._inside:
                self._inside[target] = self._inside[key]
        self._names = {key: _usual([m for m in found if m.key == key], found) for key in {m.key for m in found}}
        return tuple(replace(m, key=alias.get(m.key, m.key)) for m in found if m.key not in unlabelled)

    def _carrying_another(self, found: list[Mention], alias: Mapping[str, str]) -> list[str]:
        """Bodies that are said to carry another nuclide than the one labelled form of them, which is a comparator then."""
        self.mentions = tuple(found)
        said = self._stated()
        return [body for body, form in alias.items() if body in said and said[body].name != self._inside[form].name]

    def _stated(self) -> dict[str, Carried]:
        """Nuclides that a sentence ties to the one compound it names, or to each of several in turn."""
        stated: dict[str, Carried] = {}
        keys_known = {m.key for m in self.mentions}
        subject = next(iter(keys_known)) if len(keys_known) == 1 else None
        for clause in self._page.clauses:
            here = self.within(clause.start, clause.end)
            keys = list(dict.fromkeys(m.key for m in here))
            read = [n for n in placed(clause) if not any(m.start <= n.start < m.end for m in here)]
            if (
                not keys
                and subject
                and re.match(r"(?:It|The\s+(?:compound|agent|drug|conjugate|product|candidate|radioligand|molecule))\b", clause.text)
            ):
                keys = [subject]
            subject = keys[0] if len(keys) == 1 else subject if len(keys_known) == 1 else None
            for key, nuclide in self._ties(clause, keys, read, here):
                if key not in self._inside:
                    stated.setdefault(key, Carried(nuclide.name, True, nuclide.start, nuclide.end))
        return stated | self._sole(stated, keys_known)

    def _sole(self, stated: dict[str, Carried], keys: set[str]) -> dict[str, Carried]:
        """The one compound of a document carries its one nuclide, where a sentence says that something carries it."""
        every = [(clause, nuclide) for clause in self._page.clauses for nuclide in placed(clause)]
        if len(keys) != 1 or len({nuclide.name for _, nuclide in every}) != 1 or keys & (stated.keys() | self._inside.keys()):
            return {}
        for clause, nuclide in every:
            if _HOLDS.search(clause.text) or _AMOUNT_OF.search(clause.before(nuclide.start, 24)):
                return {next(iter(keys)): Carried(nuclide.name, True, nuclide.start, nuclide.end)}
        return {}

    def _ties(
        self, clause: Clause, keys: list[str], read: list[NuclideMention], here: tuple[Mention, ...]
    ) -> list[tuple[str, NuclideMention]]:
        first = {n.name: n for n in reversed(read)}
        names = list(dict.fromkeys(n.name for n in read))
        if not keys or not names:
            return []
        bracketed = [(m.key, n) for m in here for n in read if re.fullmatch(r"\s*[\[(]\s*", self._page.text[m.end : n.start])]
        if len(keys) != len(names):
            return bracketed
        if len(keys) > 1:
            return [(k, first[n]) for k, n in zip(keys, names, strict=True)] if "respectively" in clause.text else bracketed
        nuclide = first[names[0]]
        if not here:
            return [(keys[0], nuclide)] if _CARRIES.search(clause.text) else []
        mention = here[0]
        gap = self._page.text[min(mention.end, nuclide.end) : max(mention.start, nuclide.start)]
        return [(keys[0], nuclide)] if _CARRIES.search(gap) or len(gap) < 12 else []

    def _inferred(self, key: str) -> Carried | None:
        """A number in a code name means a mass number only where a sibling of the same letters is stated to use its number so."""
        code = re.fullmatch(r"([a-z]+)(\d+)", key)
        if not code:
            return None
        for sibling, carried in self._carried.items():
            other = re.fullmatch(r"([a-z]+)(\d+)", sibling)
            symbol, mass = carried.name.split("-")
            if other and other[1] == code[1] and other[2] == mass and int(code[2]) in _MASSES.get(symbol, ()):
                mention = next(m for m in self.mentions if m.key == key)
                return Carried(f"{symbol}-{code[2]}", False, mention.start, mention.end)
        return self._alpha(key, code[2])

    def _alpha(self, key: str, mass: str) -> Carried | None:
        """A compound that is said to emit alpha particles carries the emitter whose mass number its name ends in."""
        symbols = [symbol for symbol, masses in _ALPHA.items() if int(mass) in masses]
        for mention in [m for m in self.mentions if m.key == key and len(symbols) == 1]:
            if _EMITS_ALPHA.search(self._page.clause_at(mention.start).text):
                return Carried(f"{symbols[0]}-{mass}", False, mention.start, mention.end)
        return None


def _usual(own: list[Mention], found: list[Mention]) -> Mention:
    """The first mention by the spelling that a text uses most; of "Lu-177 ABC-12" the code where that alone is said more often."""
    spelled = Counter(name_key(m.name) for m in own if any(map(str.isdigit, m.name))) or Counter(name_key(m.name) for m in own)
    usual = max(spelled, key=lambda key: spelled[key])
    mention = next(m for m in own if name_key(m.name) == usual)
    body = mention.name.rpartition(" ")[2]
    alone = [m for m in found if name_key(m.name) == name_key(body) and m.key != mention.key]
    return (
        alone[0] if nuclides(mention.name.rpartition(" ")[0]) and any(map(str.isdigit, body)) and len(alone) > spelled[usual] else mention
    )
