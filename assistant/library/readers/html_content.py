"""Which parts of an HTML page are its content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = ", ".join(
    "script style noscript template svg canvas iframe object embed audio video select button input textarea dialog:not([open]) "
    "[hidden] [aria-hidden=true]".split()
)
_AROUND = ", ".join(
    "nav aside [role=navigation] [role=banner] [role=contentinfo] [role=search] [role=dialog] [role=alertdialog] [role=complementary] "
    "[role=menu] [role=menubar]".split()
)
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*(?:0|1)",
    re.IGNORECASE,
)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What holds on some screens only, such as @media, does not say that a text is hidden.
_CONDITIONAL_STYLE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PLAIN_SELECTOR = re.compile(r"[\w-]*(?:[.#][\w-]+)+")
# Words in an element's class or id that say what it is for; the first are dropped whatever they hold.
_CONSENT = frozenset("cookie cookies consent gdpr onetrust cookiebot cookielaw".split())
_FURNITURE = frozenset(
    "nav navbar navigation menu sidebar breadcrumb breadcrumbs footer masthead social share sharing newsletter subscribe skip popup modal "
    "toolbar pagination related advert advertisement ads".split()
)
_FRAME = frozenset("html head body main article".split())
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# A marked element that is longer than this and mostly no links is content under an unlucky name.
_FURNITURE_LENGTH = 300
_MOSTLY = 0.5


def without_boilerplate(tree: LexborHTMLParser) -> None:
    """Takes out of the page what is no text, not seen, or not its content."""
    if tree.body is None:
        return
    for query in (*_hiding_selectors(tree), _NEVER_TEXT):
        _drop(tree.css(query))
    _drop([node for node in tree.css("[style]") if _HIDES.search(node.attributes.get("style") or "")])
    _drop(tree.css(_AROUND))
    whole = len(tree.body.text())
    _drop([node for node in tree.css("[class], [id]") if _is_furniture(node, whole)])
    _drop([node for node in tree.css("header, footer") if not _inside_content(node) and not _holds_title(node)])


def main_content(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that the page marks as its main content, where it holds most of the text; else all of it."""
    body = tree.body
    if body is None:
        return tree.root
    whole = len(body.text())
    for query in ("main, [role=main]", "article"):
        marked = tree.css(query)
        if len(marked) == 1 and len(marked[0].text()) >= _MOSTLY * whole:
            return marked[0]
    return body


def _drop(nodes: list[LexborNode]) -> None:
    """Takes elements out of the page; those inside another of them go with it, and must not be touched afterwards."""
    marked = {node.mem_id for node in nodes if node.tag not in _FRAME}
    topmost = [node for node in nodes if node.mem_id in marked and not any(above.mem_id in marked for above in _above(node))]
    for node in topmost:
        node.decompose()


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _hiding_selectors(tree: LexborHTMLParser) -> list[str]:
    """Selectors of classes and ids that the page's own style sheets hide."""
    found: list[str] = []
    for style in tree.css("style"):
        sheet = _CONDITIONAL_STYLE.sub("", _STYLE_COMMENT.sub("", style.text()))
        for rule in _STYLE_RULE.finditer(sheet):
            if _HIDES.search(rule[2]):
                found += [name.strip() for name in rule[1].split(",") if _PLAIN_SELECTOR.fullmatch(name.strip())]
    return found


def _is_furniture(node: LexborNode, whole: int) -> bool:
    marks = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    words = {word.lower() for word in _WORD.findall(marks)}
    if not words & (_CONSENT | _FURNITURE):
        return False
    length = len(node.text())
    if words & _CONSENT:
        return length < _MOSTLY * whole
    linked = sum(len(link.text()) for link in node.css("a"))
    return length <= _FURNITURE_LENGTH or linked >= _MOSTLY * length


def _inside_content(node: LexborNode) -> bool:
    return any(above.tag in ("article", "main", "section", "table") for above in _above(node))


def _holds_title(node: LexborNode) -> bool:
    return node.tag == "header" and node.css_first("h1") is not None
