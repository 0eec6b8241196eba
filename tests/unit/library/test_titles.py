"""Title and date are found by what documents have in common, not by one release's layout."""

from __future__ import annotations

import pytest

from assistant.library.titles import find_date, find_title, front_matter

PROSE = "Mice were given two doses of the compound. They lived longer than mice that were given one dose of it.\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("April 27, 2017\n\n\nTwo Doses Prolong Survival in Mice\n\n", "Two Doses Prolong Survival in Mice"),
        ("PRESS RELEASE\n\n5 June 2020\n\nTwo Doses Prolong Survival\n\n", "Two Doses Prolong Survival"),
        (
            "FOR IMMEDIATE RELEASE\nMADISON, Wis., April 27, 2017 (WIRE NAME)\n\nTwo Doses Prolong Survival\n\n",
            "Two Doses Prolong Survival",
        ),
        ("# Two doses *prolong* survival\n\n", "Two doses prolong survival"),
        ("Exhibit 99.1\n\nTwo Doses Prolong Survival\n\n", "Two Doses Prolong Survival"),
        ("Harbour Veterinary Oncology Centre\nReport 7, 5 June 2023\n\nOne or two fractions in dogs\n\n", "One or two fractions in dogs"),
        ("Harbour Biosciences, Inc.\n\n", "Harbour Biosciences, Inc."),
        ("Can two doses double survival?\n\n", "Can two doses double survival?"),
        (
            "A second administration of the conjugate prolongs the survival of mice that\nbear human tumours\n\n",
            "A second administration of the conjugate prolongs the survival of mice that bear human tumours",
        ),
    ],
)
def test_title_is_the_first_heading_that_is_one(head: str, title: str) -> None:
    assert find_title(head + PROSE) == title


def test_a_heading_after_the_prose_is_no_title() -> None:
    assert find_title(PROSE + "\nMethods\n\n" + PROSE) == "Mice were given two doses of the compound."


def test_no_title_in_a_text_that_opens_with_a_long_sentence() -> None:
    assert find_title("It was found " + "again and " * 40 + "again.\n") is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("April 27, 2017", "2017-04-27"),
        ("27 April 2017", "2017-04-27"),
        ("Apr. 27, 2017", "2017-04-27"),
        ("27-Apr-2017", "2017-04-27"),
        ("2017-04-27", "2017-04-27"),
        ("2017/04/27", "2017-04-27"),
        ("04/27/2017", "2017-04-27"),
        ("27/04/2017", "2017-04-27"),
        ("27.04.2017", "2017-04-27"),
        ("Date: 27th April 2017", "2017-04-27"),
        ("Thursday, April 27, 2017, 8:00 am ET", "2017-04-27"),
    ],
)
def test_every_common_form_of_a_date(written: str, iso: str) -> None:
    assert find_date(f"{written}\n\nTwo Doses Prolong Survival\n\n{PROSE}") == iso
    assert find_title(f"{written}\n\nTwo Doses Prolong Survival\n\n{PROSE}") == "Two Doses Prolong Survival"


@pytest.mark.parametrize("written", ["04/05/2017", "31 February 2017", "2017-13-40", "99.99.2017"])
def test_what_is_no_date_or_two_is_none(written: str) -> None:
    assert find_date(f"{written}\n\nTwo Doses Prolong Survival\n\n{PROSE}") is None


@pytest.mark.parametrize(
    "opening",
    [
        "BASEL, Switzerland, June 5, 2020 (WIRE NAME) -- Harbour today announced data that show a benefit of two doses.",
        "BASEL, June 5, 2020 – Harbour today announced data that show a benefit of two doses over a single dose in mice.",
        "Sponsor: Harbour AG. Data cut-off: 31 August 2018. Summary dated 5 June 2020. All patients had been treated before.",
        "Published online 5 June 2020. The mice were treated with the conjugate, and all of them were followed until death.",
    ],
)
def test_date_of_a_dateline_or_after_a_label(opening: str) -> None:
    assert find_date(f"Two Doses Prolong Survival\n\n{opening}\n\n{PROSE}") == "2020-06-05"


def test_a_date_that_the_prose_mentions_is_not_the_documents() -> None:
    text = (
        f"Two Doses Prolong Survival\n\n{PROSE}\nThe first patient was enrolled on March 3, 2015, and the last one in May of that year.\n"
    )
    assert find_date(text) is None


def test_front_matter_of_markdown() -> None:
    text = '---\ntitle: "Two doses"\nauthor: A\ndate: June 5, 2020\n---\n# Other\n\n' + PROSE
    assert front_matter(text) == {"title": "Two doses", "date": "2020-06-05"}
    assert front_matter("# Other\n\ntitle: none\n") == {}
