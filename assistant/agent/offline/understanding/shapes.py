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
    rf"\b(?:same|identical|equal|different|distinct)\s+(?:{_SHARED_THING.format(1)})"
    r"(?=\s+(?:in|for|across|between|by|on|with|of|used|given|tested|both|per|each|every|at)\b|\W*$)"
    rf"|\b(?:is|are|was|were)\s+the\s+(?:{_SHARED_THING.format(2)})"
    r"(?:\s+(?:between|of|per)\s+(?:[\w-]+\s+){0,4}?[\w-]+)?\s+(?:the\s+same|identical|equal|different|alike)\b"
    rf"|\b(?:did|do|does)\s+the\s+(?:{_SHARED_THING.format(3)})"
    r"(?:\s+(?:between|of|per)\s+(?:[\w-]+\s+){0,4}?[\w-]+)?\s+(?P<differ>differ)\b",
    re.IGNORECASE,
)
# How large something given is, and not how well it did: "a higher dose than", "more activity than", and not "more effective than".
_MEASURED = r"(?:total |of )?(?:the )?(?:activity|radioactivity|time|days|weeks|dose|[um]ci|[mgk]?bq)"
_SIZED = re.compile(
    r"^(?!.*\b(?:effect\w*|efficac\w*|benefit\w*|response\w*|impact|gains?|improve\w*|surviv\w*|toxic\w*|not|n[’']t)\b).*?"
    r"\b(?:(?P<up>higher|larger|bigger|greater|longer|wider|further|farther|hotter|later|(?P<more>more))"
    r"|lower|smaller|shorter|narrower|tighter|closer|sooner|earlier|(?P<less>less|fewer))"
    rf"(?(more)(?= {_MEASURED}\b|\s+than\b))(?(less)(?= {_MEASURED}\b|\s+than\b))(?! (?:number|count)\b)[^?;]*?\bthan\b(?!\s+\d)",
    re.IGNORECASE | re.DOTALL,
)
# When a dose was given, and not what it did: "did the second dose come sooner in A than in B?".
_DOSE_TIMED = re.compile(
    r"\b(?:second|2nd|next|last|final|repeat) (?:dose|shot|injection|treatment|administration)\b[^?;]{0,40}?\b(?:sooner|earlier|later)\b",
    re.IGNORECASE,
)
# "How much of the first was left?", whose dose goes without saying.
_OF_THE_FIRST = re.compile(
    r"\bof the first(?:\s+one)?\s+(?:(?:is|was|were|are|has|had|still|would be|will be)\s+)*"
    r"(?:left|remain\w*|decayed|gone|still (?:there|around|active))\b",
    re.IGNORECASE,
)
# Whether the studies were done in animals of a kind: "were both experiments done in mice?", "is it a mouse study?".
_STUDY = r"(?:stud(?:y|ies)|experiments?|work|tests?|research|data)"
_OF_SPECIES = re.compile(
    rf"\W*(?:is|was|were|are)\s+(?:(?:both|all|these|those|the|this|either|any|two|animal|preclinical|of|them)\s+)*"
    rf"(?:(?:{_STUDY}|animals|it|they|that|this)\s+)?(?:(?:all|both|only|just)\s+)?"
    rf"(?:(?:done|run|performed|carried out|conducted|made)\s+)?(?:(?:in|with|on|using)\s+)?(?:(?:a|an|the)\s+)?"
    rf"(?P<species>mouse|mice|rats?|dogs?|canines?|cats?|murine|humans?|people|patients)(?:\s+(?:{_STUDY}|models?))?\W*",
    re.IGNORECASE,
)
# Of one study nobody asks by two: "two doses in the study", whose stems are those of "two studies".
_SEVERAL = re.compile(r"\b(?:studies|compounds|drugs|experiments|models)\b|\bone (?:study|compound) than\b", re.IGNORECASE)
# "Between the repeat dose and the reported survival": what came after it.
_AFTER_DOSE = re.compile(
    r"\b(?:between|from) the (?:last|final|second|2nd|repeat) (?:[\w-]+ ){0,3}?(?:dose|injection|shot|administration|treatment)"
    r" (?:and|to|until|till) (?:the |their |its )?(?:[\w-]+ ){0,2}?(?:survival|death|end)\b"
    r"|\b(?:live[sd]?|survive[ds]?|survival|alive)\b[^?]{0,40}?\bafter "
    r"(?:(?:getting|receiving|being given|having(?: had)?|they (?:got|received))\s+)?"
    r"(?:the|their|its|that) (?:last|final|second|2nd|repeat) (?:[\w-]+ ){0,2}?(?:dose|injection|shot|administration|treatment)\b",
    re.IGNORECASE,
)
# "On which day would a third dose fall, the interval kept?"
_NEXT_DOSE = re.compile(
    r"^(?=.*\b(?:third|3rd|fourth|4th|further|additional|another|extra|(?:one|\d) more)\b[^,;?]{0,25}"
    r"\b(?:dose|shot|injection|administration|treatment)\b)"
    r"(?=.*\b(?:interval|gap|spacing|schedule|rhythm|pause|(?:days|weeks) apart|every \d+ (?:days|weeks))\b)"
    r"(?=.*\b(?:(?:which|what) (?:study )?(?:day|date|time)|when)\b).*\b(?:would|if|suppose|assuming|were)\b",
    re.IGNORECASE | re.DOTALL,
)
# "What percentage of the treated dogs were alive".
_SHARE_OF_ALL = re.compile(
    r"(?:\b(?:percent|percentage|per cent|pct|share|fraction|proportion)|%)\s+of\s+(?:the\s+|all\s+|those\s+|our\s+)*(?:[\w-]+\s+){0,4}?"
    r"(?:patients|mice|rats|dogs|cats|animals|men|women|people|participants|subjects|children)\b",
    re.IGNORECASE,
)
_SHAPES = {
    "next_dose": _NEXT_DOSE,
    "after_dose": _AFTER_DOSE,
    "of_species": _OF_SPECIES,
    "first_dose": _OF_THE_FIRST,
    "sized": _SIZED,
    "dose_timed": _DOSE_TIMED,
    "alike": _SHARING,
    "about_study": _ABOUT_STUDY,
    "outcome": _CAME_OF,
    "control_given": _CONTROL_GIVEN,
    "studies_counted": _STUDIES_COUNTED,
    "list": re.compile(r"\b(?:list|every|all|table of|each)\b", re.IGNORECASE),
    "named_arms_word": re.compile(r"\b(?:arms|groups|cohorts)\b", re.IGNORECASE),
    "title": _TITLE,
}


# These are the whole question.
_WHOLE = frozenset(["of_species"])


def shapes(question: str) -> frozenset[str]:
    """The names of the shapes that ``question`` has."""
    return frozenset(name for name, pattern in _SHAPES.items() if (pattern.fullmatch if name in _WHOLE else pattern.search)(question))


def asks_share_of_all(question: str) -> bool:
    """Whether a share of those who took part is asked for."""
    return _SHARE_OF_ALL.search(question) is not None


def tells_several(question: str) -> bool:
    """Whether ``question`` speaks of more studies or compounds than one."""
    return _SEVERAL.search(question) is not None


def larger_asked(question: str) -> bool | None:
    """Whether a question takes the first of two things for the larger one, "was the gap longer in A than in B?"; False for the smaller.

    None where it compares nothing, or what came of them.
    """
    asked = _SIZED.search(question)
    return bool(asked["up"]) if asked else None


def shared(question: str) -> str:
    """The aspect of what is asked to be shared by studies: "interval" of "was the interval the same?"; empty where nothing is."""
    match = _SHARING.search(question)
    found = (name for name, thing in match.groupdict().items() if thing and name != "differ") if match else iter(())
    return next(found, "").rstrip("123")


def without_times_dosed(question: str) -> str:
    """``question`` without words that say how often arms were dosed and are no ratios, and without those that are no amounts."""
    return _ACTIVE.sub(" ", _TIMES_DOSED.sub(" ", question))
