"""The words for numbers, and patterns of them."""

from __future__ import annotations

UNITS_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""Their place is their value."""
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
"""The values of the words for tens."""
SMALL = {word: value for value, word in enumerate(UNITS_BELOW_TWENTY)} | {"dozen": 12}
"""The values of the words for what is below twenty, and of "dozen"."""
NUMERAL = f"(?:{'|'.join(UNITS_BELOW_TWENTY[2:])}|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS_BELOW_TWENTY[1:10])}))?)"
"""A count in words from two to ninety-nine, as a pattern; "one" is a pronoun too often."""
ORDINALS = {word: place for place, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1)}  # fmt: skip
"""The words for a place in a row."""
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
"""The values of the words behind which a number goes on: "three hundred"."""
MULTIPLES = {"half": 0.5, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "doubling": 2.0, "twofold": 2.0, "thrice": 3.0,
              "triple": 3.0, "tripled": 3.0, "treble": 3.0, "trebled": 3.0, "threefold": 3.0, "quadruple": 4.0,
              "fourfold": 4.0}  # fmt: skip
"""What words for a multiple come to: "twice" is 2."""
