"""HTML: the content in order, and nothing that is around it or hidden in it."""

from __future__ import annotations

import pytest

from assistant.library.readers.html import extract


def text(body: str, head: str = "") -> str:
    return extract(f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()).text


FILLER = "<p>Mice of both groups were treated, and lived for some time after that, as the table shows.</p>" * 3


def test_content_in_order_with_headings_lists_and_lines() -> None:
    body = (
        "<h1>Report</h1><p>Mice <b>lived</b> for\n 90&nbsp;days.<br>They ate.</p><h2>Groups</h2><ul><li>one dose</li>"
        "<li><p>two doses</p></li></ul><dl><dt>Vehicle</dt><dd>saline</dd></dl>"
        "<div>Loose text<p>and a paragraph</p>more</div><pre>a\n  b</pre>"
    )
    assert text(body) == (
        "# Report\n\nMice lived for 90 days.\nThey ate.\n\n## Groups\n\n- one dose\n\n- two doses\n\nVehicle: saline\n\nLoose text\n\n"
        "and a paragraph\n\nmore\n\na\n  b\n"
    )


def test_a_table_that_preformatted_text_lays_out_is_one() -> None:
    laid_out = "Arm      Mice  Survival\nSaline      8      24\n20 kBq     10    61.5"
    rows = "| Arm | Mice | Survival |\n|---|---|---|\n| Saline | 8 | 24 |\n| 20 kBq | 10 | 61.5 |"
    assert text(f"<p>Table 1</p><pre>{laid_out}</pre>") == f"Table 1\n\n{rows}\n"


@pytest.mark.parametrize(
    "around",
    [
        "<nav><ul><li><a href='/'>EVIL</a></li></ul></nav>",
        "<header><a href='/'>EVIL</a></header>",
        "<footer>EVIL</footer>",
        "<aside>EVIL</aside>",
        "<script>var a = 'EVIL 999 days';</script>",
        "<style>.x { content: 'EVIL' }</style>",
        "<noscript>EVIL</noscript>",
        "<template><p>EVIL</p></template>",
        "<svg><text>EVIL</text></svg>",
        "<!-- EVIL -->",
        "<div id='onetrust-banner-sdk'><p>EVIL cookies</p></div>",
        "<div class='CookieConsent'>EVIL</div>",
        "<div role='dialog'>EVIL</div>",
        "<div class='breadcrumbs'><a>EVIL</a></div>",
        "<div class='site-menu'><a>EVIL</a></div>",
        "<ul class='social-share'><li><a>EVIL</a></li></ul>",
        "<p hidden>EVIL</p>",
        "<p aria-hidden='true'>EVIL</p>",
        "<p style='color:red;display : none'>EVIL</p>",
        "<span style='visibility:hidden'>EVIL</span>",
        "<span style='font-size:0'>EVIL</span>",
        "<span style='position:absolute;left:-9999px'>EVIL</span>",
        "<p class='gone'>EVIL</p>",
        "<p id='lost'>EVIL</p>",
        "<button>EVIL</button><select><option>EVIL</option></select><textarea>EVIL</textarea>",
        "<div style='display:none'><div class='cookie'><nav>EVIL</nav></div></div>",
    ],
)
def test_what_is_around_the_content_or_hidden_is_left_out(around: str) -> None:
    found = text(f"{around}<p>Before.</p>{around}{FILLER}{around}", "<style>.a, .gone{display:none} #lost{visibility:hidden}</style>")
    assert "EVIL" not in found
    assert found.startswith("Before.\n\nMice of both groups")
    assert found.count("as the table shows.") == 3


@pytest.mark.parametrize(
    "content",
    [
        "<div class='menu-open page'>{}</div>",
        "<section id='related-studies'><p>Short.</p>{}</section>",
        "<div class='cookie-layout'>{}</div>",
        "<p class='narrow'>{}</p>",
        "<main><header><h2>Head</h2></header>{}</main>",
        "<article>{}</article>",
        "<form>{}</form>",
    ],
)
def test_content_under_an_unlucky_name_stays(content: str) -> None:
    inner = "Two doses of the compound were given to nine animals, which lived for ninety days after the first of them. " * 5
    assert inner.strip() in text(content.format(inner), "<style>@media (max-width: 9px) {.narrow{display:none}}</style>")


def test_of_a_page_that_marks_its_main_content_only_that_is_read() -> None:
    found = text(f"<p>Teaser of another page.</p><main>{FILLER}</main><p>Another teaser.</p>")
    assert "easer" not in found
    assert "easer" in text(f"<p>Teaser of another page.</p>{FILLER}")


def test_raised_characters() -> None:
    body = (
        "<p><sup>131</sup>I, 10<sup>5</sup> cells, 5<sup>-2</sup>, IC<sub>50</sub>, 161<sup>1</sup> days, the 9<sup>th</sup>, "
        "TM<sup>®</sup>, <sup>99m</sup>Tc, the mouth<sup>a</sup> and 12.5<sup>b, c</sup></p>"
    )
    assert text(body) == "¹³¹I, 10⁵ cells, 5⁻², IC50, 161¹ days, the 9th, TM®, 99mTc, the mouth ᵃ and 12.5 ᵇ,ᶜ\n"


def test_a_table_with_heads_of_two_rows_and_cells_over_several() -> None:
    body = (
        "<table><caption>Table 1. Survival</caption><thead><tr><th rowspan=2>Arm</th><th colspan=2>Survival (days)</th></tr>"
        "<tr><th>Median</th><th>Range</th></tr></thead><tr><td rowspan=2>One | dose</td><td>64</td><td>50-80</td></tr>"
        "<tr><td>65</td><td>51-81</td></tr></table>"
    )
    assert text(body) == (
        "Table 1. Survival\n\n| Arm | Survival (days) Median | Survival (days) Range |\n|---|---|---|\n| One ¦ dose | 64 | 50-80 |\n"
        "| One ¦ dose | 65 | 51-81 |\n"
    )


def test_signs_in_cells_of_their_own_and_empty_columns_as_filings_have_them() -> None:
    body = (
        "<table><tr><td></td><td>&nbsp;</td><td colspan=3>Year ended May 31,</td></tr><tr><td></td><td></td><td colspan=2>2020</td>"
        "<td>2019</td></tr><tr><td>Revenue</td><td></td><td>$</td><td>1,200</td><td>900</td></tr><tr><td>Growth</td><td></td><td></td><td>33</td><td>%</td>"
        "</tr></table>"
    )
    assert text(body).splitlines()[0] == "|  | Year ended May 31, 2020 | Year ended May 31, 2019 |"
    assert "| Revenue | $1,200 | 900 |\n| Growth | 33% |  |" in text(body)


def test_a_row_over_the_whole_table_heads_the_rows_below_it() -> None:
    rows = "<tr><th>Arm</th><th>n</th><th>Days</th></tr>" + "".join(
        f"<tr><td colspan=3>Study {n}</td></tr><tr><td>One</td><td>{n}</td><td>5{n}</td></tr>" for n in (7, 8)
    )
    table = "| Arm | n | Days |\n|---|---|---|\n| One | {0} | 5{0} |"
    assert text(f"<table>{rows}</table>") == f"Study 7\n\n{table.format(7)}\n\nStudy 8\n\n{table.format(8)}\n"


def test_a_table_in_a_table_that_lays_out_the_page_is_whole() -> None:
    inner = "<table><tr><th>Arm<th>Days<tr><td>One<td>64<tr><td>Two<td>90</table>"
    assert text(f"<table><tr><td><p>Before.</p>{inner}<p>Behind.</p></table>") == (
        "Before.\n\n| Arm | Days |\n|---|---|\n| One | 64 |\n| Two | 90 |\n\nBehind.\n"
    )


def test_a_term_stands_with_its_definition() -> None:
    page = "<dl><dt>Half-life<dd>6.647 days<dt>Storage:<dd>Below 30 °C<dd>Do not freeze<dt>Alone</dl><p>Behind."
    assert text(page) == "Half-life: 6.647 days\n\nStorage: Below 30 °C\n\nDo not freeze\n\nAlone\n\nBehind.\n"
    assert text("<dl><div><dt>Dose<dd><p>One.</p><p>Two.</p></div></dl>") == "Dose\n\nOne.\n\nTwo.\n"


@pytest.mark.parametrize(
    "mark",
    ['font face="Symbol"', 'span style="font-family: Symbol, serif"', "span style=\"color:red;font:10pt/12pt 'Symbol'\""],
)
def test_letters_in_the_font_symbol_are_what_they_show(mark: str) -> None:
    assert text(f"<p>50 <{mark}>m</{mark.split(maxsplit=1)[0]}>Ci and 5 mCi") == "50 μCi and 5 mCi\n"


@pytest.mark.parametrize("style", ["font-family: 'Segoe UI Symbol', Symbol", "font: 10pt Segoe UI Symbol", "font-family: Symbola"])
def test_letters_in_fonts_with_like_names_are_letters(style: str) -> None:
    assert text(f'<p>50 <span style="{style}">m</span>Ci') == "50 mCi\n"


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    bullets = "<table><tr><td>&bull;</td><td>First point.</td></tr><tr><td>&bull;</td><td>Second point.</td></tr></table>"
    assert text(bullets) == "• First point.\n\n• Second point.\n"
    assert text(f"<table><tr><td>{FILLER}</td><td>Side</td></tr></table>").endswith("\n\nSide\n")
    assert text("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>") == "a\n"


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("<title>A Study of HRB-131 | Harbour</title>", "A Study of HRB-131", None),
        ("<title>d99.htm</title><meta property='og:title' content='HRB-131 Works'>", "HRB-131 Works", None),
        ("<title>Home</title>", None, None),
        ("<title>Data</title><meta property='article:published_time' content='2021-03-09T08:00:00Z'>", "Data", "2021-03-09"),
        ("<meta name='citation_publication_date' content='2021/3/9'>", None, "2021-03-09"),
        ("<meta name='DC.date' content='March 9, 2021'>", None, "2021-03-09"),
        ('<script type="application/ld+json">{"datePublished": "2021-03-09"}</script>', None, "2021-03-09"),
        ("<meta name='date' content='20211399'>", None, None),
    ],
)
def test_title_and_date_come_from_the_metadata(head: str, title: str | None, date: str | None) -> None:
    body = "<h1>A Study of HRB-131</h1>" if title == "A Study of HRB-131" else "<p>Text.</p>"
    found = extract(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    assert (found.title, found.date) == (title, date)


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ("<meta charset=iso-8859-1>", "latin-1"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),
        ("<meta charset='windows-1250'>", "cp1250"),
        ("", "utf-8"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=latin1>", "utf-16"),
    ],
)
def test_encodings_that_the_page_names(declaration: str, codec: str) -> None:
    assert extract(f"{declaration}<p>500 µCi ± 5 °C</p>".encode(codec)).text == "500 µCi ± 5 °C\n"


@pytest.mark.parametrize(
    "page", ["", "<", "<p", "</p></p>", "<table><tr>", "<table>" * 9, "plain text", "<html><frameset></frameset></html>"]
)
def test_broken_markup_breaks_nothing(page: str) -> None:
    assert isinstance(extract(page.encode()).text, str)
