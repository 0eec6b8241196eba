"""Question → the signals that the shape of its wording shows, where words and short phrases show too little."""

from __future__ import annotations

import re

# The title of a document, and not of a person: "what does the title say?", "the headline of the release".
_TITLE = re.compile(
    r"(?<!job )(?<!his )(?<!her )(?<!their )(?<!s )\b(?:headline|title)\b"
    r"(?!\s+of\s+(?!(?:the |this |that )?(?:press |news )?(?:release|article|document|paper|report|abstract|text)\b))",
    re.IGNORECASE,
)
# "Double-dosed" says how often, and is no ratio.
_TIMES_DOSED = re.compile(r"\b(?:double|triple)(?=[- ]?(?:dose[ds]?|dosing|shots?|injected|treated)\b)", re.IGNORECASE)
_ARMS_COUNTED = re.compile(
    r"\b(?:how many|number of) (?:(?:treatment|study|dose|dosing|different|experimental|test) )?(?:arms|groups|cohorts)\b", re.IGNORECASE
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
_SHAPES = {
    "about_study": _ABOUT_STUDY,
    "arms_counted": _ARMS_COUNTED,
    "control_given": _CONTROL_GIVEN,
    "list": re.compile(r"\b(?:list|every|all|table of|each)\b", re.IGNORECASE),
    "named_arms_word": re.compile(r"\b(?:arms|groups|cohorts)\b", re.IGNORECASE),
    "title": _TITLE,
}


def shapes(question: str) -> frozenset[str]:
    """The names of the shapes that ``question`` has."""
    return frozenset(name for name, pattern in _SHAPES.items() if pattern.search(question))


def without_times_dosed(question: str) -> str:
    """``question`` without words that say how often arms were dosed and are no ratios."""
    return _TIMES_DOSED.sub(" ", question)
