"""What a text names of the extracted studies: compounds, models, arms and statistics, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.agent.grounding.administrations import dose_count
from assistant.agent.grounding.agreement import based
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.codes import listed, listed_numbers
from assistant.agent.grounding.compared import is_compared_with
from assistant.agent.grounding.vocabulary import content, stem, stems, table
from assistant.language.designations import ARM_NOUN, SIGN, sign_of
from assistant.language.names import name_key, nuclides, plain
from assistant.studies.facts import Arm, Study

Pair = tuple[int, int]
_PIECE = re.compile(r"[A-Za-z0-9]+")
_LONGEST_NAME = 4
_ELLIPTIC = re.compile(r"\b(?:one|two|three)\b(?! of\b)", re.IGNORECASE)
_CODED = re.compile(listed(f"(?i:{ARM_NOUN})", SIGN) + r"|\b[A-Z]\d\b|\b[B-HJ-Z](?=\sof\s)")
_NOUN_OF_CODE = re.compile(rf"\b(?P<noun>{ARM_NOUN})s?:?\s{SIGN}\b", re.IGNORECASE)
_CONTROL = re.compile(r"\b(controls?|untreated|placebo|vehicle|saline|sham|(?:without|no) (?:any )?treatment)\b(?!\s+of\b)", re.IGNORECASE)
_TIMES = re.compile(r"once|twice|thrice|\w+ times", re.IGNORECASE)
_MORE_THAN = re.compile(r"\bmore than\s$", re.IGNORECASE)
# "A single 20 MBq dose", "three injections (D3)": one arm in two words
_OF_ONE_ARM = re.compile(
    r"[\s-]+(?:(?:doses?|injections?|infusions?|administrations?|cycles?|fractions?)\s)?(?:of\s(?:about\s)?|\((?:group\s|arm\s|cohort\s)?)?"
)
# "One 20 MBq dose plus carboplatin": the arm has a third name.
_COMBINED = re.compile(r"[^,;.]{0,20}\s(?:plus|with|and|\+)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at ``start`` that limits what is spoken of to ``pairs`` of study and arm, by their indexes."""

    start: int
    end: int
    kind: str
    pairs: frozenset[Pair]
    compared: bool = False


class Registry:
    """The studies of a turn and the names by which a text may mean them; see ``registry_of``."""

    def __init__(self, studies: Sequence[Study], ranks: Sequence[int | None]) -> None:
        self.studies = tuple(studies)
        self._ranks = tuple(ranks)
        self.pairs = frozenset((s, a) for s, study in enumerate(self.studies) for a in range(len(study.arms)))
        self._names = self._by_name()
        self._diseases = self._by_disease()

    def arm(self, pair: Pair) -> Arm:
        """The arm of a pair."""
        return self.studies[pair[0]].arms[pair[1]]

    def of_studies(self, numbers: Iterable[int]) -> frozenset[Pair]:
        """All pairs of some studies."""
        wanted = set(numbers)
        return frozenset(pair for pair in self.pairs if pair[0] in wanted)

    def _by_name(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for field in ("compound", "model"):
            named = [getattr(study, field) for study in self.studies]
            unnamed = {number for number, name in enumerate(named) if name is None}  # these may be what is meant
            for number, name in enumerate(named):
                if name:
                    found.setdefault(name_key(name), set()).update({number} | unnamed)
        return {name: frozenset(numbers) for name, numbers in found.items()}

    def _by_disease(self) -> dict[str, frozenset[int]]:
        """Words of diseases that tell studies apart: "pancreatic", not "cancer"."""
        words = [content(study.disease or "") for study in self.studies]
        every = frozenset[str]().union(*words)
        return {
            w: frozenset(n for n, own in enumerate(words) if w in own or not own)
            for w in every
            if not all(w in own for own in words if own) or len(words) == 1
        }

    def study_mentions(self, text: str) -> tuple[Mention, ...]:
        """Compounds, models, diseases, nuclides and "the second study", in order."""
        return _study_mentions(self, text)

    def arm_mentions(self, text: str) -> tuple[Mention, ...]:
        """Arms by their number of doses, as controls, by label or by an activity that tells them apart, in order."""
        return _arm_mentions(self, text)

    def _find_studies(self, text: str) -> list[Mention]:
        found = [*self._named(text), *self._ranked(text)]
        for mention in nuclides(text):
            numbers = {n for n, s in enumerate(self.studies) if s.nuclide is None or s.nuclide.name == mention.name}
            if any(s.nuclide for s in self.studies):
                found.append(Mention(mention.start, mention.end, "compound", self.of_studies(numbers)))
        return sorted(found, key=lambda mention: mention.start)

    def _named(self, text: str) -> list[Mention]:
        pieces = list(_PIECE.finditer(plain(text)))
        words = [piece.group().lower() for piece in pieces]
        found: list[Mention] = []
        for index, piece in enumerate(pieces):
            for length in range(_LONGEST_NAME, 0, -1):
                key = "".join(words[index : index + length])
                if key not in self._names:
                    continue
                run = pieces[index : index + length]
                if len(run) == length and not (found and found[-1].end >= run[-1].end()):
                    kind = "compound" if any(name_key(s.compound or "") == key for s in self.studies) else "model"
                    found.append(Mention(piece.start(), run[-1].end(), kind, self.of_studies(self._names[key])))
            if (word := stem(words[index])) in self._diseases:
                found.append(Mention(piece.start(), piece.end(), "model", self.of_studies(self._diseases[word])))
        return found

    def _ranked(self, text: str) -> list[Mention]:
        nouns = stems(table("meaning")["counted_studies"])
        return [
            Mention(a.start, a.end, "model", self.of_studies(self._of_rank(int(a.value))))
            for a in amounts(text)
            if a.kind == "rank" and a.nouns & nouns and any(self._ranks)
        ]

    def _of_rank(self, place: int) -> list[int]:
        """The studies of this rank, and those without one; of a document that has one of the rank, no others."""
        exact = [number for number, rank in enumerate(self._ranks) if rank == place]
        known = {self.studies[number].document for number in exact}
        return [*exact, *(n for n, rank in enumerate(self._ranks) if rank is None and self.studies[n].document not in known)]

    def _find_arms(self, text: str) -> list[Mention]:
        found = [*self._dosed(text), *self._controls(text), *self._labelled(text), *self._coded(text)]
        found.sort(key=lambda mention: mention.start)
        kept: list[Mention] = []
        for mention in found:
            if not mention.pairs:
                continue
            if kept and kept[-1].pairs == mention.pairs and (kept[-1].compared == mention.compared or mention.start < kept[-1].end):
                continue
            both = kept[-1].pairs & mention.pairs if kept and _OF_ONE_ARM.fullmatch(text, kept[-1].end, mention.start) else None
            if both and not _COMBINED.match(text, mention.end):
                kept[-1] = replace(kept[-1], end=mention.end, pairs=both)
            else:
                kept.append(mention)
        return kept

    def _dosed(self, text: str) -> list[Mention]:
        doses = stem("dose")
        figures = amounts(text)
        speaks = any(doses in a.nouns for a in figures)
        found = []
        for amount in figures:
            elliptic = (speaks and not amount.nouns and _ELLIPTIC.match(text, amount.start)) or _TIMES.fullmatch(amount.text)
            if amount.unit or amount.kind in ("date", "phone") or not (doses in amount.nouns or elliptic):
                continue
            if amount.kind == "rank" and amount.value == 1:
                continue
            more = _MORE_THAN.search(text[: amount.start])  # "lived longer than two doses" bounds nothing
            many = more is not None or amount.text.lower() in ("multi", "multiple")
            pairs = frozenset(p for p in self.pairs if self._has_doses(p, int(amount.value) + (more is not None), many))
            before = text[: more.start() if more else amount.start]  # the "than" of "more than once" compares nothing
            found.append(Mention(amount.start, amount.end, "arm", pairs, is_compared_with(before)))
        for match in re.finditer(
            r"\b(?:additional|extra|another|further|repeat(?:ed)?)\s(?:dos|injection|administration)", text, re.IGNORECASE
        ):
            pairs = frozenset(p for p in self.pairs if self._has_doses(p, 2, True))
            found.append(self._mention(text, match.start(), match.end(), pairs))
        for match in re.finditer(
            r"\b(?:treated|dosed|injected|given|administered|received it)\s(?:only |just )?(once|twice)\b", text, re.IGNORECASE
        ):
            pairs = frozenset(p for p in self.pairs if self._has_doses(p, 1 if match[1].lower() == "once" else 2, False))
            found.append(self._mention(text, match.start(), match.end(), pairs))
        return found

    def _has_doses(self, pair: Pair, count: int, many: bool) -> bool:
        doses = dose_count(self.arm(pair))
        return doses is not None and (doses >= count if many else doses == count)

    def _controls(self, text: str) -> list[Mention]:
        """Control arms; one called by what it got, where a study has an arm with that in its label, is that arm."""
        found = []
        for match in _CONTROL.finditer(text):
            word = match[1].lower()
            named = not word.startswith("control")
            own = {p for p in self.pairs if named and self.arm(p).control and word in self.arm(p).label.lower()}
            studies = {study for study, _ in own}
            pairs = own | {pair for pair in self.pairs if self.arm(pair).control and pair[0] not in studies}
            found.append(self._mention(text, match.start(), match.end(), frozenset(pairs)))
        return found

    def _labelled(self, text: str) -> list[Mention]:
        """Labels in words, and activities, where they tell the arms of a study apart."""
        found = []
        for amount in amounts(text):
            pairs = frozenset(pair for pair in self.pairs if self._has_activity(pair, amount))
            if pairs and any(self._tells_apart(number) for number, _ in pairs):
                found.append(self._mention(text, amount.start, amount.end, pairs))
        pieces = {stem(match.group().lower()): match for match in reversed(list(_PIECE.finditer(text)))}
        for words, pairs in self._labels.items():
            if words <= pieces.keys():
                first = min((pieces[word] for word in words), key=lambda match: match.start())
                found.append(self._mention(text, first.start(), first.end(), pairs))
        return found

    def _coded(self, text: str) -> list[Mention]:
        """Arms by a letter or number: "group B", "cohorts 1 to 3", "arm A4", and "A4" by itself."""
        found = []
        for match in _CODED.finditer(text) if self._codes else ():
            several, one = match[1], match[2]
            noun = _noun(match.group())
            for place, code in enumerate(listed_numbers(several or one or match.group())):
                start = match.start(1) if several else match.start(2) if one else match.start()
                at = text.lower().find(code, start, match.end())  # what lies inside a range has no place of its own
                where = at if at >= 0 else start + min(place, match.end() - start - 1)
                known = self._codes.get(code, {})
                pairs = [pair for pair, own in known.items() if not own or not noun or own == noun]
                found.append(self._mention(text, where, where + len(code), frozenset(pairs)))
        return found

    @cached_property
    def _codes(self) -> dict[str, dict[Pair, str]]:
        """Arms by the letter or number of their label, each with the noun that its label has."""
        found: dict[str, dict[Pair, str]] = {}
        for pair in self.pairs:
            label = self.arm(pair).label
            for code in listed_numbers(sign_of(label) or ""):
                found.setdefault(code, {})[pair] = _noun(label)
        return found

    @cached_property
    def _labels(self) -> dict[frozenset[str], frozenset[Pair]]:
        """Arms by the words of their labels, where these say more than how many doses of what."""
        generic = stems(table("words")["frame"]) | stems("dose arm group control mouse rat animal two one single double")
        found: dict[frozenset[str], set[Pair]] = {}
        for pair in self.pairs:
            words = frozenset(word for word in content(_without_figures(self.arm(pair).label)) if word.isalpha()) - generic
            if words and not words <= content(" ".join(filter(None, (self.studies[pair[0]].compound, self.studies[pair[0]].model)))):
                found.setdefault(words, set()).add(pair)
        return {words: frozenset(pairs) for words, pairs in found.items()}

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The stems of what compounds, models and diseases are called, which say nothing of an arm."""
        return frozenset().union(*(content(" ".join(filter(None, (s.compound, s.model, s.disease)))) for s in self.studies))

    @cached_property
    def label_words(self) -> frozenset[str]:
        """The stems of what arms are called, which name an arm."""
        return frozenset().union(*(content(arm.label) for study in self.studies for arm in study.arms))

    def _has_activity(self, pair: Pair, amount: Amount) -> bool:
        activity = self.arm(pair).activity
        if activity is None or not amount.unit:
            return False
        said, known = based(amount.value, amount.unit), based(activity.value, activity.measure)
        return said[0] in (known[0], known[0].partition("/")[0]) and abs(said[1] - known[1]) <= 1e-6 * abs(known[1])

    def _tells_apart(self, number: int) -> bool:
        arms = self.studies[number].arms
        return len({(a.activity.value, a.activity.measure) for a in arms if a.activity}) > 1

    def _mention(self, text: str, start: int, end: int, pairs: frozenset[Pair]) -> Mention:
        return Mention(start, end, "arm", pairs, is_compared_with(text[:start]))


@lru_cache(maxsize=16)
def registry_of(studies: tuple[Study, ...], ranks: tuple[int | None, ...]) -> Registry:
    """The registry of ``studies``, of which their paragraphs give these numbers: one for all turns, so that what it reads in the cited
    sentences can be kept for the next.
    """
    return Registry(studies, ranks)


@lru_cache(maxsize=4096)  # the rules ask it of the same sentences, which are cited again
def _study_mentions(registry: Registry, text: str) -> tuple[Mention, ...]:
    return tuple(registry._find_studies(text))


@lru_cache(maxsize=4096)  # likewise
def _arm_mentions(registry: Registry, text: str) -> tuple[Mention, ...]:
    return tuple(registry._find_arms(text))


def _noun(text: str) -> str:
    """The noun before the code of "cohort 3" or "saline (arm I)"; an arm is a group. Empty for a bare code."""
    named = _NOUN_OF_CODE.search(text)
    return named["noun"].lower().replace("arm", "group") if named else ""


def _without_figures(label: str) -> str:
    for amount in reversed(amounts(label)):
        label = label[: amount.start] + label[amount.end :]
    return label
