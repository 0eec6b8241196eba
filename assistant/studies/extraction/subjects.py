"""Who was treated, of what: disease models, diseases and species named in a document."""

from __future__ import annotations

import re
from collections import Counter

from assistant.language.names import name_key, nuclides
from assistant.studies.extraction.cues import looks_given
from assistant.studies.extraction.mentions import Clause, Mention, Page

_NAME = (
    r"(?:(?:MIA|SK|Hep|Colo|COLO|Panc|NCI|MDA|Karpas|CCRF|U)[- ])?"
    r"(?:[A-Z0-9][A-Za-z0-9]*(?:[-/.](?!bearing|derived|positive|expressing|implanted|inoculated)[A-Za-z0-9]+(?:\(\d\))?)*)(?:\sMG)?"
)
_GROWTH = (
    r"(?:xenografts?|xenografted|allografts?|homografts?|cells?|cell\s+lines?|tumou?rs?|tumou?r-bearing|models?|implants?|PDX|lesions?|"
    r"metastas[ei]s|patient-derived)(?!\s+(?:uptake|target\w*|dose|doses|retention|to\b|penetration|selectiv\w+|absorbed"
    r"|cells?\s+target\w*))"
)
_FUNCTION_WORD = (
    r"(?!(?:in|is|was|were|are|of|the|a|an|to|on|and|or|for|with|by|at|as|from|into|against|via|than|that|which|has|had|may|can)\b)"
)
_MODEL_AFTER = re.compile(
    rf"(?<![A-Za-z0-9/.-])(?P<name>{_NAME})(?:-(?:bearing|derived)|\s+(?:{_FUNCTION_WORD}[a-z][a-z/-]*\s+|(?:Merkel|Ewing|Burkitt|Hodgkin|Wilms)(?:'s?)?\s+|\(?(?:{_GROWTH})\)?\s+){{0,6}}?\(?{_GROWTH}\b)"
)
_MODEL_BEFORE = re.compile(
    rf"(?:\bbearing\s+(?:[a-z][a-z-]*\s+){{0,5}}?|\b(?:inoculated|implanted|engrafted|grafted|injected|xenografted)\s+(?:[a-z]+\s+){{0,3}}?with\s+"
    rf"(?:[\dx^ .]+\s)?(?:[a-z]+\s+){{0,3}}?|\bcell\s+line,?\s+|\b(?:cells|(?:cell|tumou?r)\s+line|model)\s+(?:is|was|were|are)\s+"
    r"|\bcells\s+(?:called|named|known\s+as)\s+|\b(?:model"
    r"|models|cancer|carcinoma|lymphoma|xenografts?|myeloma|sarcoma|tumou?rs?)\s+\(\s*|\bPDX\s+(?:model\s+)?"
    r"|\b(?:model|line)\s+(?=[A-Z]+[- ]?\d)|\bxenografts?\s+(?=[A-Z]+[- ]?\d)"
    rf"|\bxenografts?\s+of\s+(?=[A-Z][A-Za-z]*[-]?\d))(?P<name>{_NAME})(?![A-Za-z0-9])"
)
# Cell lines whose names hold no number (from the catalogues of cell banks).
_LINES = r"(?:Raji|Daudi|Ramos|Jurkat|Namalwa|HeLa|LNCaP|VCaP|RENCA|Renca|KPC|TRAMP|Granta|Mino|Karpas|LLC|KB)"
# A coded name right before a disease, without a word of growing: "orthotopic U87MG glioblastoma".
_MODEL_BESIDE = re.compile(
    rf"(?<![A-Za-z0-9/.-])(?P<name>(?=[A-Za-z-]*\d)(?=[\d-]*[A-Z]){_NAME}|{_LINES})\s+(?:human\s+)?(?:{_FUNCTION_WORD}[a-z][a-z-]*\s+){{0,3}}"
    r"(?:cancer|carcinoma|adenocarcinoma|glioblastoma|glioma|hepatoma|lymphoma|melanoma|neuroblastoma|sarcoma|osteosarcoma"
    r"|myeloma|leuk[ae]+mia)s?\b"
)
# "HT-29, a colorectal cancer xenograft"
_MODEL_APPOSED = re.compile(
    rf"(?<![A-Za-z0-9/.-])(?P<name>(?=[A-Za-z-]*\d)(?=[\d-]*[A-Z]){_NAME}),\s+an?\s+(?:[a-z][a-z-]*\s+){{0,4}}(?:xenograft|cell\s+line|model)\b"
)
_NO_MODEL_SHAPE = re.compile(
    r"[\w-]+-(?:null|mutant|mutated|deficient|positive|negative|knockout)|CD\d+\w?|[GTNMR]\d[a-z]?|[A-Z]\d{2,3}[A-Z]|\d+|(?:19|20)\d\d|[IVX]+"
)
_PATIENT_DERIVED = re.compile(r"patient[- ]derived\s+(?:[a-z]+\s+)?xenografts?", re.IGNORECASE)
_NO_MODEL = re.compile(
    r"the|an?|in|of|this|these|those|both|all|human|murine|mouse|subcutaneous|orthotopic|solid|cancer|nude|female"
    r"|male|established|large|small|each|our|we|it|"
    r"pd[xc]|dna|rna|fda|scid|nsg|nod|psma|fap|sstr2|her2|grpr|egfr|ctc|car-?t|t|b|nk|balbc|c57bl6j?|nodscid|cd1"
    r"|cb17|imaging|animal|preclinical|xenograft|tumou?r|"
    r"treated|untreated|control|one|two|three|four|single|phase|pet|spect|ct|mri|os|pfs|[mukgn]?(?:ci|bq)|us|eu|nets?"
    r"|aml|mm|n?sclc|m?crpc|gbm|hcc|dlbcl|[ac]ll|rlt|"
    r"tnbc|pdac|nb|rcc|crc|hnscc|gepnets?|metastatic|primary|normal|healthy|multiple|advanced|breast|prostate|pancreatic"
    r"|vehicle|saline|pbs|mean|median|average|total",
    re.IGNORECASE,
)
_ANTIGEN_AFTER = re.compile(
    r"\s?\+|-(?:positive|negative|expressing|targeted|targeting|overexpressing|avid|specific|low|high|labell?ed|treated"
    r"|null|driven|mutant|resistant)"
)

_SITE = (
    r"(?:pancreatic|prostate|breast|ovarian|colorectal|colon|rectal|gastric|lung|liver|hepatocellular|(?:intra|extra)?hepatic"
    r"|renal|kidney|bladder|urothelial|thyroid|medullary|papillary|"
    r"follicular|cervical|endometrial|esophageal|oesophageal|head\s+and\s+neck|oral|skin|cutaneous|uveal|brain|bile\s+duct"
    r"|biliary|adrenal|adrenocortical|nasopharyngeal|"
    r"neuroendocrine|gastroenteropancreatic|gastrointestinal|stromal|ductal|lobular|squamous|basal|clear|small|non-small"
    r"|large|mantle|cell|b-cell|t-cell|diffuse|acute|chronic|"
    r"myeloid|lymphoblastic|lymphocytic|lymphoid|multiple|soft|tissue|ewing'?s?|bone|pediatric|paediatric|high-grade"
    r"|low-grade|anaplastic|differentiated|"
    r"(?:metastatic|castration)[- ](?:castration)?-?(?:resistant|sensitive)|castration|resistant|metastatic|castrate-resistant"
    r"|castration-resistant|hormone-refractory|triple-negative|"
    r"hodgkin'?s?|non-hodgkin'?s?|diffuse|intrinsic|pontine|her2-positive|estrogen|receptor-positive|platinum-resistant"
    r"|midgut|synovial|merkel|oropharyngeal|peritoneal|pleural)"
)
_DISEASE = re.compile(
    rf"(?<![A-Za-z-])(?:{_SITE},?\s+(?:or\s+)?){{0,6}}?(?:"
    rf"(?:{_SITE}\s+){{1,6}}(?:cancers?|carcinomas?|adenocarcinomas?|tumou?rs?|sarcomas?|lymphomas?|leuk[ae]+mias?"
    r"|neoplasms?|melanomas?|gliomas?|malignanc(?:y|ies)|myelomas?)"
    rf"|(?:{_SITE}\s+){{0,6}}(?:glioblastoma(?:\s+multiforme)?|glioma|neuroblastoma|melanoma|mesothelioma|osteosarcoma"
    r"|rhabdomyosarcoma|medulloblastoma|ph[a]?eochromocytoma|paraganglioma|carcinomatosis|hepatoma|"
    r"cholangiocarcinoma|astrocytoma|retinoblastoma|hepatoblastoma|chondrosarcoma|h[a]?emangiosarcoma|gliosarcoma|ependymoma|seminoma|thymoma|liposarcoma|leiomyosarcoma|fibrosarcoma"
    r"|adenocarcinoma|carcinoma|lymphoma|leuk[ae]+mia|myeloma|sarcoma|insulinoma))(?:s)?(?![A-Za-z])",
    re.IGNORECASE,
)
# "pancreatic and colorectal cancer" are two diseases.
_SITE_BEFORE = re.compile(rf"(?<![A-Za-z-])(?P<site>{_SITE})(?=\s+and\s+$)", re.IGNORECASE)
_SITES = "pancreatic|prostate|breast|ovarian|colorectal|gastric|hepatocellular|renal|urothelial"
# Where a text names no disease in full, "the colorectal model" tells it.
_SITE_MODEL = re.compile(
    rf"\b(?P<site>(?:{_SITES})(?:\s+(?:neuroendocrine|ductal))?)(?=\s+(?:mouse\s+|xenograft\s+)?models?\b)", re.IGNORECASE
)
# "HT-29 colorectal xenografts" tells of which site the disease is.
_SITE_GROWN = re.compile(rf"\b(?P<site>{_SITES})(?=\s+xenografts?\b)", re.IGNORECASE)
_DISEASE_SHORT = re.compile(r"(?<![A-Za-z-])(?:mCRPC|CRPC|NSCLC|SCLC|PDAC|GBM|HCC|TNBC|DLBCL|AML|DIPG|GEP-NETs?)(?![A-Za-z-])")

_SPECIES = (
    ("mouse", r"mice|mouse"), ("rat", r"rats?"), ("dog", r"dogs?|beagles?|canines?"), ("monkey", r"monkeys?|macaques?"),
    ("human", r"patients?|subjects|volunteers|men|women|children|adults"), ("rabbit", r"rabbits?"), ("pig", r"pigs?|minipigs?"),
    ("hamster", r"hamsters?"), ("cat", r"cats?|felines?"),
)  # fmt: skip
_SPECIES_PATTERN = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _SPECIES), re.IGNORECASE)


class Subjects:
    """The disease models, diseases and species of a document, each where it is mentioned."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.models = _models(page)
        self.diseases = tuple(_diseases(page))
        self.sites = tuple(_sites(page, _SITE_GROWN))
        self.species = tuple(
            Mention(m.start(), m.end(), m.lastgroup or "", m.lastgroup or "") for m in _SPECIES_PATTERN.finditer(page.text)
            if not page.text.startswith("-derived", m.end())
        )  # fmt: skip


def _models(page: Page) -> tuple[Mention, ...]:
    """Names that grow: every mention of a name that a cue somewhere in the document calls a model."""
    grown: Counter[str] = Counter()
    given: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for clause in page.clauses:
        for pattern, votes in ((_MODEL_AFTER, grown), (_MODEL_BEFORE, grown), (_MODEL_APPOSED, grown), (_MODEL_BESIDE, beside)):
            for match in clause.find(pattern):
                if _may_be_model(clause, match):
                    votes[name_key(match["name"])] += 1
    for key in grown.keys() | beside.keys():
        given[key] = sum(
            looks_given(page.clause_at(m.start), m.start, m.end) for m in _spelled(page, key) if not page.text.startswith(" cells", m.end)
        )
    keys = [key for key in grown if grown[key] > given[key]] + [key for key in beside if key not in grown and not given[key]]
    found = [mention for key in keys for mention in _spelled(page, key)]
    if not found:
        found = [
            Mention(m.start(), m.end(), page.raw[m.start() : m.end()], "patientderivedxenograft")
            for m in _PATIENT_DERIVED.finditer(page.text)
        ]
    return tuple(sorted(found, key=lambda m: m.start))


def _spelled(page: Page, key: str) -> list[Mention]:
    """All mentions of a name, however it is spaced and hyphenated, that do not speak of an antigen."""
    pattern = re.compile(
        r"(?<![A-Za-z0-9])" + r"[-/ .()]{0,2}".join(map(re.escape, key)) + r"(?:(?<=\(\w)\))?(?![A-Za-z0-9])", re.IGNORECASE
    )
    return [
        Mention(m.start(), m.end(), page.raw[m.start() : m.end()], key)
        for m in pattern.finditer(page.text)
        if not _ANTIGEN_AFTER.match(page.text, m.end())
    ]


def _may_be_model(clause: Clause, match: re.Match[str]) -> bool:
    name = match["name"]
    if (
        _NO_MODEL.fullmatch(name_key(name))
        or _NO_MODEL_SHAPE.fullmatch(name)
        or nuclides(name)
        or _ANTIGEN_AFTER.match(clause.page.text, match.end("name"))
    ):
        return False
    if not name_key(name) or (clause.kind == "heading" and not any(map(str.isdigit, name)) and name.upper() != name):
        return False
    coded = (any(map(str.isdigit, name)) and any(map(str.isalpha, name))) or sum(map(str.isupper, name)) >= 2
    if re.fullmatch(_LINES, name):
        return True
    inside = bool(clause.between(clause.start, match.start("name")).strip(" \t0123456789.()*-")) and name[0].isupper() and len(name) >= 3
    grown = re.match(r"\s+(?:xenografts?|cells|tumou?rs?)\b|-bearing", clause.after(match.end("name")))
    return coded or bool(inside and grown)


def _diseases(page: Page) -> list[Mention]:
    """Diseases by name, and by abbreviation where that does not merely repeat the name before it in brackets."""
    found = [
        Mention(m.start(), m.end(), page.raw[m.start() : m.end()], _disease_key(m.group()))
        for clause in page.clauses
        for m in clause.find(_DISEASE)
    ]
    found += [other for m in found if (other := _coordinated(page, m))]
    ends = {m.end: m.key for m in found}
    meant: dict[str, str] = {}
    for match in [m for clause in page.clauses for m in clause.find(_DISEASE_SHORT)]:
        opening = re.compile(r"\s*\($").search(page.text, max(0, match.start() - 4), match.start())
        if opening and opening.start() in ends:
            meant[match.group()] = ends[opening.start()]
        else:
            key = meant.get(match.group(), name_key(match.group()))
            found.append(Mention(match.start(), match.end(), page.raw[match.start() : match.end()], key))
    found = found or _sites(page, _SITE_MODEL)
    return sorted(found, key=lambda m: m.start)


def _coordinated(page: Page, disease: Mention) -> Mention | None:
    """The first of two diseases that share their noun: "pancreatic" of "pancreatic and colorectal cancer"."""
    site = _SITE_BEFORE.search(page.text, max(0, disease.start - 40), disease.start)
    if site is None or " " not in disease.name:
        return None
    return Mention(
        site.start(), site.end(), page.raw[site.start() : site.end()], _disease_key(f"{site['site']} {disease.name.split()[-1]}")
    )


def _sites(page: Page, pattern: re.Pattern[str]) -> list[Mention]:
    found = pattern.finditer(page.text)
    return [Mention(m.start(), m.end("site"), page.raw[m.start() : m.end("site")], _disease_key(m["site"])) for m in found]


def _disease_key(name: str) -> str:
    """Singular and plural, "tumour" and "tumor" are one disease."""
    return re.sub(r"s$", "", name_key(name).replace("tumour", "tumor").replace("leukaemia", "leukemia"))
