"""The HTML page: whole, self-contained, readable without style or script, and deaf to what documents and models say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.interfaces.render.html import answers_html
from assistant.studies.facts import Arm, Study, Survival
from assistant.values import Answer, Span

_EMPTY = {"meta", "br", "rect", "hr", "link", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Every element below with this tag and with these words among its attributes' words."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                wanted = {name.rstrip("_"): value for name, value in attributes.items()}
                if tag in (None, child.tag) and all(v in (child.attributes.get(n) or "").split() for n, v in wanted.items()):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """All text below, on one line."""
        return " ".join("".join(child if isinstance(child, str) else child.text for child in self.children).split())


class Tree(HTMLParser):
    """Builds the tree, and fails for a tag that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("root", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.at)
        self.at.children.append(element)
        if tag not in _EMPTY:
            self.at = element

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Element(tag, dict(attrs), self.at))

    def handle_endtag(self, tag):
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def parsed(page: str) -> Element:
    tree = Tree()
    tree.feed(page)
    tree.close()
    assert tree.at is tree.root
    return tree.root


def with_passage(answer: Answer) -> Answer:
    (citation,) = answer.citations
    return answer.model_copy(update={"citations": (citation.model_copy(update={"passage": f"Before it. {citation.quote} After it."}),)})


def study(document: str, start: int, *lives: tuple[str, float, bool]) -> Study:
    arms = tuple(
        Arm(
            label=label,
            control=control,
            survival=Survival(value=days, unit="day", statistic="mean", span=Span(document=document, start=start, end=start + 5)),
        )
        for label, days, control in lives
    )
    return Study(document=document, compound="QX-1", model="M-2", species="mouse", arms=arms)


def test_every_part_is_there(answer: Answer) -> None:
    text = parsed(answers_html([answer])).all("body")[0].text
    for part in (
        "How much longer?",
        "They lived 30 days longer",
        "no p-value",
        "mice receiving two doses lived 90 days, those receiving one 60 days",
        "Mice live longer with two doses",
        "7 May 2031",
        "characters 1045",
        "gain = treatment - reference",
        "from ICRP-107",
        "0.1235",
        "days/µCi",
        "no control arm",
        "preclinical, in mice",
        "All mice were cured.",
        "no source says cured",
        "partly verified",
        "offline",
        "gen-000001",
    ):
        assert part in text, part


def test_a_marker_holds_its_quote_in_its_passage_and_leads_to_it(answer: Answer) -> None:
    page = parsed(answers_html([with_passage(answer)]))
    words = "mice receiving two doses lived 90 days, those receiving one 60 days"
    (ref,) = (ref for ref in page.all("div", class_="answer")[0].all(class_="ref") if ref.all("a")[0].text == "[1]")
    (pop,) = ref.all(class_="pop")
    assert [mark.text for mark in pop.all("mark")] == [words]
    assert f"Before it. {words} After it." in pop.text
    assert "Mice live longer with two doses, 7 May 2031, characters 1045" in pop.text
    (target,) = page.all(id=ref.all("a")[0].attributes["href"].removeprefix("#"))
    assert target.tag == "blockquote"
    assert f"Before it. {words} After it." in target.text


def test_a_marker_of_a_calculation_shows_formula_and_results(answer: Answer) -> None:
    page = parsed(answers_html([answer]))
    (ref,) = (ref for ref in page.all("div", class_="answer")[0].all(class_="ref") if ref.all("a")[0].text == "[c1]")
    assert "gain = treatment - reference" in ref.text
    assert "gain = 30 days" in ref.text
    (card,) = page.all(id=ref.all("a")[0].attributes["href"].removeprefix("#"))
    rows = [[cell.text for cell in row.all("td")][:3] for row in card.all("tr")]
    assert ["two doses", "90", "days"] in rows
    assert ["= gain", "30", "days"] in rows


def test_a_marker_that_names_nothing_stays_text(answer: Answer) -> None:
    page = parsed(answers_html([answer.model_copy(update={"text": "As said [7] in [c4]."})]))
    body = page.all("div", class_="answer")[0]
    assert body.text == "As said [7] in [c4]."
    assert body.all("a") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_nothing_from_anywhere(answer: Answer, count: int) -> None:
    page = parsed(answers_html([answer] * count))
    assert page.all("script") == page.all("link") == page.all("img") == page.all("iframe") == []
    for element in page.all():
        assert not any(name.startswith("on") or name == "style" for name in element.attributes)
        for name in ("href", "src", "action"):
            assert (element.attributes.get(name) or "#").startswith("#")
    (css,) = page.all("style")
    assert "url(" not in css.text
    assert "@import" not in css.text
    (policy,) = (meta for meta in page.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy.attributes["content"]


def test_anchors_are_unique_and_every_link_has_one(answer: Answer) -> None:
    page = parsed(answers_html([answer, answer]))
    anchors = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(anchors) == len(set(anchors))
    links = [link.attributes["href"].removeprefix("#") for link in page.all("a")]
    assert links
    assert set(links) <= set(anchors)


def test_light_dark_and_paper_are_cared_for(answer: Answer) -> None:
    (css,) = parsed(answers_html([answer])).all("style")
    assert "prefers-color-scheme: dark" in css.text
    assert "@media print" in css.text
    assert set(re.findall(r"var\((--[a-z]+)\)", css.text)) <= set(re.findall(r"(--[a-z]+):", css.text))


def test_bars_are_as_long_as_their_arms_lived(answer: Answer) -> None:
    document = answer.citations[0].document.id
    used = study(document, 1050, ("two doses", 90.0, False), ("one dose", 60.0, False), ("untreated", 30.0, True))
    other = study(document, 9, ("three doses", 500.0, False), ("saline", 9.0, True))
    page = parsed(answers_html([answer], [used, other]))
    (svg,) = page.all("svg")
    widths = [float(bar.attributes["width"]) for bar in svg.all("rect")]
    assert widths[1] / widths[0] == pytest.approx(2 / 3, abs=0.01)
    assert widths[2] / widths[0] == pytest.approx(1 / 3, abs=0.01)
    assert [label.text for label in svg.all("text", class_="label")] == ["two doses", "one dose", "untreated (control)"]
    values = [value.text for value in svg.all("text", class_="value")]
    assert values == ["90 days (mean) +60 days, ×3.00", "60 days (mean) +30 days, ×2.00", "30 days (mean)"]
    assert "QX-1 in M-2" in page.all("figcaption")[0].text
    assert "preclinical" in page.all("p", class_="notes")[0].text
    assert "two doses: 90 days (mean)" in svg.attributes["aria-label"]


def test_a_study_that_the_answer_does_not_quote_is_not_drawn(answer: Answer) -> None:
    elsewhere = study("another", 1050, ("two doses", 90.0, False), ("one dose", 60.0, False))
    assert parsed(answers_html([answer], [elsewhere])).all("svg") == []


def test_one_arm_makes_no_chart(answer: Answer) -> None:
    alone = study(answer.citations[0].document.id, 1050, ("two doses", 90.0, False))
    assert parsed(answers_html([answer], [alone])).all("svg") == []


def test_markdown_of_a_language_model_is_drawn_and_its_links_are_not(answer: Answer) -> None:
    text = "**Longer** by 30 days [1]:\n\n- one [c1]\n- [click](http://e.example) <b>x</b> ![p](http://e.example/p.png)\n"
    body = parsed(answers_html([answer.model_copy(update={"text": text, "model": "openai:some"})])).all("div", class_="answer")[0]
    assert [bold.text for bold in body.all("strong")] == ["Longer"]
    assert len(body.all("li")) == 2
    assert [a.text for a in body.all("a")] == ["[1]", "[c1]", "[1]"][:2]
    assert "[click](http://e.example) <b>x</b> ![p](http://e.example/p.png)" in body.text


def test_offline_text_is_no_markdown(answer: Answer) -> None:
    page = parsed(answers_html([answer.model_copy(update={"text": "2*3*4 = 24\n- one\n\nSecond."})]))
    body = page.all("div", class_="answer")[0]
    assert [p.text for p in body.all("p")] == ["2*3*4 = 24 - one", "Second."]


@settings(deadline=None)  # the first page of a process imports its libraries
@given(st.text(max_size=80), st.sampled_from(["offline", "openai:some"]))
def test_whatever_is_said_stays_text(text: str, model: str) -> None:
    sly = Answer.model_validate(_MINIMAL | {"text": text, "question": text, "model": model, "caveats": (text,)})
    page = parsed(answers_html([sly]))
    assert page.all("script") == []
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.text)


@pytest.mark.parametrize("model", ["offline", "openai:some"])
def test_tags_in_anything_are_no_tags(answer: Answer, model: str) -> None:
    evil = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \"' onclick=x"
    hostile = Answer.model_validate(_poisoned(answer.model_dump() | {"model": model}, evil))
    page = answers_html([hostile])
    assert "<script" not in page
    assert "<img" not in page
    assert parsed(page).all("script") == []


_MINIMAL = {
    "status": "answered",
    "verification": {"verdict": "verified"},
    "elapsed_ms": 1,
    "library_generation": "gen-000001",
    "created_at": "2031-05-08T00:00:00+00:00",
}


def _poisoned(value: object, evil: str) -> object:
    if isinstance(value, dict):
        keep = ("status", "verdict", "created_at", "model", "id")
        return {key: item if key in keep else _poisoned(item, evil) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(item, evil) for item in value]
    return value + evil if isinstance(value, str) else value
