"""Question → the signals that the shape of its wording shows, where words and short phrases show too little."""

from __future__ import annotations

import re

# The title of a document, and not of a person: "what does the title say?", "the headline of the release".
_TITLE = re.compile(
    r"(?<!job )(?<!his )(?<!her )(?<!their )(?<!s )\b(?:headline|title)\b"
    r"(?!\s+of\s+(?!(?:the |this |that )?(?:press |news )?(?:release|article|document|paper|report|abstract|text)\b))",
    re.IGNORECASE,
)
# "Is it active in leukaemia?" asks for no activity.
_ACTIVE = re.compile(r"(?<!still )\bactive(?= (?:in|against|on)\b)", re.IGNORECASE)
# "Double-dosed" says how often, and is no ratio.
_TIMES_DOSED = re.compile(r"\b(?:double|triple)(?=[- ]?(?:dose[ds]?|dosing|shots?|injected|treated)\b)", re.IGNORECASE)
_ARMS_COUNTED = re.compile(
    r"\b(?:how many|number of) (?:(?:treatment|study|dose|dosing|different|experimental|test) )?(?:arms|groups|cohorts)\b", re.IGNORECASE
)
# "How many studies are there in the library?" asks for all of them; "how many studies did the company conduct?" is told by a text.
_STUDIES_COUNTED = re.compile(
    r"\b(?:how many|number of) (?:[\w-]+ ){0,2}?(?:studies|experiments)\b"
    r"(?=.*\b(?:library|collection|database|documents?|loaded|stored|on file|(?:do|can) you (?:have|know|hold)"
    r"|do we have|in (?:all|total)|altogether)\b|(?: are| were)? (?:there|known|here)\W*$)",
    re.IGNORECASE,
)
_GIVEN = r"(?:get|got|receive[ds]?|given|treated with|injected with|dosed with|administered)"
_CONTROL_GIVEN = re.compile(
    rf"\bcontrols?(?: (?:arms?|groups?|mice|animals|rats|dogs))?\b(?: (?:actually|really|just|even))? {_GIVEN}\b"
    rf"|\b{_GIVEN} (?:in|to|by) (?:the )?controls?\b|^what (?:is|was|were) (?:in )?the (?:controls?|vehicle|placebo)(?: arm| group)?\W*$",
    re.IGNORECASE,
)
_ABOUT_STUDY = re.compile(
    r"^\W*(?:describe|summari[sz]e|details (?:of|on)|(?:everything |all |more )?(?:there is |you know )?(?:about|on))\b"
    r".*\b(?:study|experiment|trial)\W*$",
    re.IGNORECASE,
)
# "What did two doses of it do in mice?" asks what came of them, and not how much was given.
_CAME_OF = re.compile(
    r"\bwhat (?:exactly )?did\s(?:the )?(?:[\w-]+ ){0,2}?(?:dos(?:es?|ing)|shots?|injections?|jabs?|treatments?|arms?|groups?)\b"
    r"[^,;?.]{0,40}?\s(?:achieve|accomplish|do|bring|yield)\b(?! to (?!(?:the )?(?:mice|animals|rats|dogs)\b))",
    re.IGNORECASE,
)
# What studies may have in common, by the aspect that tells it, and how questions call it.
_SHARED = {
    "interval": r"intervals?|gaps?|pauses?|spacing",
    "dose_count": r"numbers? of (?:doses|injections|administrations|shots)",
    "schedule": r"schedules?|dosing days",
    "nuclide": r"isotopes?|nuclides?|radionuclides?|radioisotopes?|radioactive elements?",
    "species": r"species|(?:kinds? of )?animals?",
    "model": r"(?:(?:tumou?r|cancer|mouse|animal|xenograft) )?models?|xenografts?|cell lines?",
    "disease": r"(?:types? of )?(?:cancers?|diseases?|tumou?rs?)|(?:cancer|tumou?r) types?",
    "compound": r"compounds?|drugs?|agents?|radiotherapeutics?",
    "dose": r"doses?|dosages?|activit(?:y|ies)|amounts? of (?:activity|radioactivity)|dose levels?",
}
_SHARED_THING = "|".join(f"(?P<{name}{{0}}>{things})" for name, things in _SHARED.items())
_SHARING = re.compile(
    rf"\b(?:same|identical|different|distinct)\s+(?:{_SHARED_THING.format(1)})"
    r"(?=\s+(?:in|for|across|between|by|on|with|of|used|given|tested|both)\b|\W*$)"
    rf"|\b(?:is|are|was|were)\s+the\s+(?:{_SHARED_THING.format(2)})"
    r"(?:\s+(?:between|of|per)\s+(?:the\s+)?\w+)?\s+(?:the\s+same|identical|different|alike)\b",
    re.IGNORECASE,
)
_SHAPES = {
    "alike": _SHARING,
    "about_study": _ABOUT_STUDY,
    "arms_counted": _ARMS_COUNTED,
    "outcome": _CAME_OF,
    "control_given": _CONTROL_GIVEN,
    "studies_counted": _STUDIES_COUNTED,
    "list": re.compile(r"\b(?:list|every|all|table of|each)\b", re.IGNORECASE),
    "named_arms_word": re.compile(r"\b(?:arms|groups|cohorts)\b", re.IGNORECASE),
    "title": _TITLE,
}


def shapes(question: str) -> frozenset[str]:
    """The names of the shapes that ``question`` has."""
    return frozenset(name for name, pattern in _SHAPES.items() if pattern.search(question))


def shared(question: str) -> str:
    """The aspect of what is asked to be shared by studies: "interval" of "was the interval the same?"; empty where nothing is."""
    match = _SHARING.search(question)
    found = (name for name, thing in match.groupdict().items() if thing) if match else iter(())
    return next(found, "").rstrip("12")


def without_times_dosed(question: str) -> str:
    """``question`` without words that say how often arms were dosed and are no ratios, and without those that are no amounts."""
    return _ACTIVE.sub(" ", _TIMES_DOSED.sub(" ", question))
