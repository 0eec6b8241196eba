"""Finding a study or an arm by what people call it: words tolerantly, digits exactly, ambiguity never guessed away."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from assistant.errors import StudyError
from assistant.language.designations import ARM_NOUN, SIGN, sign_of
from assistant.language.figures import Figure, figures
from assistant.language.names import name_key, nuclides
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Activity, Arm, Study
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import Term, read, same_word, term_at, tokens

_DESIGNATION = re.compile(rf"(?:the\s+)?(?P<noun>{ARM_NOUN})\s+{SIGN}", re.IGNORECASE)
# "2", "Group 2" and "Cohort 3, 10 MBq" number an arm and count no doses.
_CALLED_BY_NUMBER = re.compile(rf"\b{ARM_NOUN}\s+{SIGN}\b|^\W*\d{{1,2}}(?=\W*$|[,:;])", re.IGNORECASE)
_LONGEST_NAME = 5
# Two spellings of one activity, 20 uCi and 0.74 MBq, differ at most by the rounding of the second.
_ACTIVITY_TOLERANCE = 5e-3

_Accepts = Callable[[Term], bool]


def matching_studies(studies: Sequence[Study], name: str) -> tuple[Study, ...]:
    """All studies that ``name`` may mean: by compound, nuclide, model, disease, species, order in their document, or several.

    Every word of ``name`` has to fit a study or to be one that tells none apart ("study", "mice"). Exact spellings win over
    misspelt ones; ``name`` equal to ``study.name`` or to a document's id wins over all.
    """
    exact = [s for s in studies if name_key(name) and name_key(name) in (name_key(s.name), name_key(s.document))]
    identical = [study for study in exact if study.name == name]
    if len(exact) == 1 or len(identical) == 1:
        return tuple(identical if len(identical) == 1 else exact)
    words = tokens(name)
    for typos in (False, True):
        found = [study for study in studies if _fits(words, _study_keys(study), partial(_says_of_study, studies, study), typos)]
        if found:
            return tuple(_by_growth(found, name))
    return ()


def find_study(studies: Sequence[Study], name: str, arms: Sequence[str] = ()) -> Study:
    """The one study that goes by ``name``, of several the only one that has arms labelled just as ``arms``.

    Raises StudyError, which lists the choices, for none or several.
    """
    if not studies:
        raise StudyError("no study is known; add a document that reports one")
    found = matching_studies(studies, name)
    having = [study for study in found if set(arms) <= {arm.label for arm in study.arms}]
    if arms and len(having) == 1:
        return having[0]
    if len(found) == 1:
        return found[0]
    if found:
        raise StudyError(f"{_quoted(name)} may mean several studies; choose one of: {_study_choices(found)}")
    raise StudyError(f"no study goes by {_quoted(name)}; choose one of: {_study_choices(studies)}")


def matching_arms(study: Study, name: str) -> tuple[Arm, ...]:
    """All arms of ``study`` that ``name`` may mean: by label, number of doses, activity, days or being the control."""
    exact = [arm for arm in study.arms if name_key(name) and name_key(name) == name_key(arm.label)]
    if len(exact) == 1:
        return tuple(exact)
    if _is_designation(study, name):
        return tuple(arm for arm in study.arms if sign_of(arm.label) == sign_of(name))
    amounts = [figure for figure in figures(name) if figure.unit and figure.unit != "ratio"]
    words = tokens(_without(name, amounts))
    for typos in (False, True):
        found = [
            arm
            for arm in study.arms
            if _fits(words, _arm_keys(study, arm), partial(_says_of_arm, study, arm), typos) and _has_amounts(arm, amounts)
        ]
        if found:
            return tuple(_by_preference(found, words, amounts, typos))
    return ()


def _is_designation(study: Study, name: str) -> bool:
    """Whether ``name`` has the form by which the study calls its arms, "group 2": its number then counts no doses."""
    named = _DESIGNATION.fullmatch(name.strip())
    called = [match for arm in study.arms if (match := _DESIGNATION.fullmatch(arm.label.strip()))]
    return named is not None and any(named["noun"].casefold() == match["noun"].casefold() for match in called)


def find_arm(study: Study, name: str) -> Arm:
    """The one arm of ``study`` that goes by ``name``.

    Raises StudyError, which lists the choices, for none or several; one that asks for a control says that there is none.
    """
    found = matching_arms(study, name)
    if len(found) == 1:
        return found[0]
    if not study.arms:
        raise StudyError(f"no arms are stated for {study.name}")
    choices = "; ".join(_arm_choices(found or study.arms))
    if found:
        raise StudyError(f"{_quoted(name)} may mean several arms of {study.name}; choose one of: {choices}")
    if any(term.values("control") for term in read(name)) and not any(arm.control for arm in study.arms):
        raise StudyError(f"{study.name} has no control arm; its arms are: {choices}")
    raise StudyError(f"no arm of {study.name} goes by {_quoted(name)}; choose one of: {choices}")


def administrations(arm: Arm) -> int | None:
    """How often the arm was dosed: as stated, else by its days, else by its label; None where nothing says."""
    if arm.doses is not None:
        return arm.doses
    if arm.days:
        return len(arm.days)
    label = _CALLED_BY_NUMBER.sub(" ", arm.label)
    counts = {int(value) for term in read(label) for value in term.values("count")}
    return counts.pop() if len(counts) == 1 else None


def _fits(words: tuple[str, ...], keys: frozenset[str], accepts: _Accepts, typos: bool) -> bool:
    """Whether every word belongs to one of the names ``keys`` or to a term that ``accepts`` takes."""
    position = 0
    while position < len(words):
        length = _name_length(words, position, keys, typos)
        if not length:
            term, length = term_at(words, position, typos=typos)
            if not accepts(term):
                return False
        position += length
    return True


def _name_length(words: tuple[str, ...], position: int, keys: frozenset[str], typos: bool) -> int:
    for length in range(min(_LONGEST_NAME, len(words) - position), 0, -1):
        joined = "".join(words[position : position + length])
        if joined in keys or (typos and any(same_word(joined, key) for key in keys)):
            return length
    return 0


def _says_of_study(studies: Sequence[Study], study: Study, term: Term) -> bool:
    if term.values("filler") or term.values("growth"):
        return True
    if study.nuclide and any(m.name == study.nuclide.name for m in nuclides(f"{term.text}-{study.nuclide.name.partition('-')[2]}")):
        return True
    if term.values("disease") & _values("disease", study.disease):
        return True
    if species := term.values("species"):
        return study.species is None or bool(species & _values("species", study.species))
    same_document = [other for other in studies if other.document == study.document]
    return str(same_document.index(study) + 1) in term.values("ordinal")


def _says_of_arm(study: Study, arm: Arm, term: Term) -> bool:
    if counts := term.values("count"):
        return str(administrations(arm)) in counts
    if term.values("several"):
        return (administrations(arm) or 0) > 1
    if term.values("control"):
        return arm.control
    if levels := term.values("level"):
        return level(study, arm) in levels
    if term.values("disease"):
        return bool(term.values("disease") & _values("disease", study.disease))
    return any(term.values(kind) for kind in ("filler", "administration", "treated", "species", "growth"))


def _values(kind: str, text: str | None) -> frozenset[str]:
    return frozenset(value for term in read(text or "") for value in term.values(kind))


def level(study: Study, arm: Arm) -> str | None:
    """Whether the arm's activity is the study's ``highest`` or ``lowest`` one; None between, alone, or not comparable."""
    given = [other.activity for other in study.arms if other.activity and not other.control]
    if arm.activity is None or any(activity.per != arm.activity.per for activity in given):
        return None
    amounts = [convert(activity.value, activity.unit, arm.activity.unit) for activity in given]
    if len(set(amounts)) < 2:
        return None
    return {max(amounts): "highest", min(amounts): "lowest"}.get(arm.activity.value)


def _study_keys(study: Study) -> frozenset[str]:
    nuclide = study.nuclide.name if study.nuclide else ""
    names = (study.compound, nuclide, nuclide.partition("-")[0], study.model, study.disease, study.species)
    return _keys(tuple(name for name in names if name))


def _arm_keys(study: Study, arm: Arm) -> frozenset[str]:
    return _study_keys(study) | _keys((arm.label,))


@lru_cache(maxsize=4096)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    """Every run of words of every name, joined; a lone letter or a number below 100 by itself names nothing."""
    found = set()
    for name in names:
        words = tokens(name)
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1):
                key = "".join(words[start:end])
                if len(key) > (2 if key.isdigit() else 1):
                    found.add(key)
    return frozenset(found)


def _by_growth(found: list[Study], name: str) -> list[Study]:
    """The studies whose disease has the growth that ``name`` names ("adenocarcinoma"), where some have it."""
    named = _values("growth", name)
    return [study for study in found if named and named <= _values("growth", study.disease)] or found


def _without(name: str, amounts: Sequence[Figure]) -> str:
    for figure in reversed(amounts):
        name = f"{name[: figure.start]} {name[figure.end :]}"
    return name


def _has_amounts(arm: Arm, amounts: Sequence[Figure]) -> bool:
    return all(_same_activity(arm.activity, amount) or (amount.unit == "day" and amount.value in arm.days) for amount in amounts)


def _same_activity(activity: Activity | None, amount: Figure) -> bool:
    unit, _, per = amount.unit.partition("/")
    if activity is None or unit not in ACTIVITY_UNITS or (per and per != activity.per):
        return False
    return abs(convert(amount.value, unit, activity.unit) - activity.value) <= _ACTIVITY_TOLERANCE * activity.value


def _by_preference(found: list[Arm], words: tuple[str, ...], amounts: Sequence[Figure], typos: bool) -> list[Arm]:
    """Prefers arms given on just the days named, then treated ones if treatment is named, then ones whose label has most words."""
    days = {amount.value for amount in amounts if amount.unit == "day"}
    terms = read(" ".join(words), typos=typos)
    treated = any(term.values("treated") for term in terms) and not any(term.values("control") for term in terms)
    told = [term.text.replace(" ", "") for term in terms if not term.values("filler") and not term.values("administration")]
    most = max(_words_in_label(arm, told) for arm in found)
    preferences: tuple[Callable[[Arm], bool], ...] = (
        lambda arm: bool(days) and days == set(arm.days),
        lambda arm: treated and not arm.control,
        lambda arm: _words_in_label(arm, told) == most,
    )
    for preferred in preferences:
        found = [arm for arm in found if preferred(arm)] or found
    return found


def _words_in_label(arm: Arm, words: Sequence[str]) -> int:
    return sum(word in _keys((arm.label,)) for word in words)


def _quoted(name: str) -> str:
    shown = " ".join(name.split())
    return repr(shown if len(shown) <= 60 else f"{shown[:57]}...")


def _study_choices(studies: Sequence[Study]) -> str:
    names = [study.name for study in studies]
    return "; ".join(f"{study.name} (document {study.document[:12]})" if names.count(study.name) > 1 else study.name for study in studies)


def _arm_choices(arms: Sequence[Arm]) -> list[str]:
    labels = [arm.label for arm in arms]
    return [f"{arm.label}{_details(arm)}" if labels.count(arm.label) > 1 else arm.label for arm in arms]


def _details(arm: Arm) -> str:
    parts = [f"{arm.activity.value:g} {arm.activity.unit}"] if arm.activity else []
    parts += [f"{arm.doses} doses"] if arm.doses else []
    parts += ["day " + ", ".join(map(str, arm.days))] if arm.days else []
    return f" ({', '.join(parts)})" if parts else ""
