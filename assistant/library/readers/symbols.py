"""Characters of the font Symbol: what shows as µ is stored as the letter m, and fifty microcuries would be read as millicuries."""

from __future__ import annotations

# Adobe's encoding of the font, where it differs from ASCII: https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SIGNS = {
    0x2D: "−", 0x40: "≅", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©",
    0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
_SYMBOL = {ord(letter): greek for letter, greek in _LETTERS.items()} | _SIGNS
# Word stores characters of such fonts here; Wingdings' bullets, which mean nothing else, stay what they are.
_PRIVATE = 0xF000
_MOVED = {_PRIVATE + code: character for code, character in _SYMBOL.items()} | {_PRIVATE + code: chr(code) for code in range(0x30, 0x3A)}


def is_symbol(font: str) -> bool:
    """Whether a font's name, or the list of names of a style sheet, asks for Symbol."""
    return font.split(",", maxsplit=1)[0].strip(" \"'").casefold() == "symbol"


def in_symbol(text: str) -> str:
    """The characters that show where ``text`` is set in Symbol."""
    return with_private(text).translate(_SYMBOL)


def with_private(text: str) -> str:
    """``text`` with those characters of Symbol that stand in the private range, U+F020 to U+F0FF, as what they show."""
    return text.translate(_MOVED)
