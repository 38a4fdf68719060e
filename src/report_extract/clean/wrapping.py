"""Paragraphs that were wrapped at a fixed width, or broken where a link began and ended.

Each line end inside such a paragraph becomes one space. Lists, headings, addresses, labels and tables keep theirs.
What tells them apart, in this order: how the next line begins (a bullet, a number, a label, an address never goes on;
a small letter after an unfinished sentence does), how the line ends (a preposition or an article goes on), and whether
the line was full, that is whether the next line's first word would have gone past the width of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from report_extract.evidence import Edit
from report_extract.rules import load_rules

_RULES = load_rules("wrapping")
_BULLET, _NUMBER, _LABEL, _STANDS_ALONE, _DATELINE = (
    _RULES.rule(f"clean.{name}").pattern for name in ("bullet", "number", "label", "stands-alone", "dateline")
)
_PAPER = load_rules("sections").rule("sections.label").pattern
_GOES_ON, _MONTHS = frozenset(_RULES.terms("goes_on")), frozenset(_RULES.terms("months"))
_PAGE = re.compile(r"(?:[Pp]age )?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?$")
_DASH = re.compile(r"[–—-]+ ")
_TIGHT = re.compile(r"[,;:.!?)\]](?=\s|$)")
_LAST_BUT_ONE = ("; and", "; or", ", and", ", or")
_OPENING, _CLOSING, _STOPS = "\"'“‘([«„", "\"'”’)]»*", ".!?…:"

# A wrapped text's lines are between these; shorter ones are columns, longer ones paragraphs.
_NARROWEST, _WIDEST = 40, 170
# A phrase shorter than this is no sentence on its own: a menu's entries in small letters stay apart.
_SHORTEST_PHRASE, _LONG_PIECE = 35, 70
# The share of the width that a line reaches with its neighbour's first word, where the sentence is unfinished and
# where it ends; type of uneven width leaves lines uneven.
_FULL, _SURELY_FULL, _OVERFULL = 0.86, 0.94, 1.12
# The lines among which a headline may stand, and the shortest that is cut in two.
_TOP_LINES, _SHORTEST_HEADLINE = 14, 35


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, where it starts, and the number of empty lines or page numbers before it."""

    start: int
    text: str
    gap: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def join_wrapped(text: str) -> Iterator[Edit]:
    """One edit for each line end (with the page number that may stand there) inside a wrapped paragraph.

    >>> text = "The two ministers agreed to meet again in\\nspring.\\nVenue: C\\nThey have also signed the new\\nPact"
    >>> [edit.start for edit in join_wrapped(text)]
    [41]
    """
    for block in _blocks(_lines(text), text):
        yield from block


def _blocks(lines: list[_Line], text: str) -> Iterator[Iterator[Edit]]:
    """The edits of each run of lines without an empty line between them; a page break or full line may bridge two."""
    width = _width(lines)
    start = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or lines[n].gap:
            yield _joins(lines[start:n], width, text if start < _TOP_LINES else "")
            if n < len(lines) and _is_cut_by_page(lines[n - 1], lines[n], width):
                yield iter((Edit(lines[n - 1].end, lines[n].start, " "),))
            start = n


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = gap = 0
    pieces = text.split("\n")
    for n, piece in enumerate(pieces):
        lone = bool(gap) and n + 1 < len(pieces) and not pieces[n + 1] and _PAGE.match(piece)
        if piece and not lone:
            lines.append(_Line(at, piece, gap))
            gap = 0
        else:
            gap += 1
        at += len(piece) + 1
    return lines


def _width(lines: list[_Line]) -> int:
    """The width at which the text was wrapped, 0 where it was not: lines that surely go on reach nearly the same."""
    lengths = sorted(
        len(line.text) for line, after in pairwise(lines) if not after.gap and _surely_goes_on(line, after)
    )
    if len(lengths) < 2:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    near = sum(0.7 * width <= len(line.text) <= _OVERFULL * width for line in lines)
    beyond = sum(len(line.text) > _OVERFULL * width for line in lines)
    return width if _NARROWEST <= width <= _WIDEST and near > beyond else 0


def _surely_goes_on(line: _Line, after: _Line) -> bool:
    return (
        len(line.text) >= _SHORTEST_PHRASE
        and _is_unfinished(line.text)
        and _is_low(after.text)
        and not _is_apart(line, after)
    )


def _joins(block: list[_Line], width: int, top: str) -> Iterator[Edit]:
    width = 0 if _is_low_list(block) else width
    prose_width = width if _is_prose(block, width) else 0
    begun, joined = block[0], False
    for before, line in pairwise(block):
        # Items in small letters ("- " lost) are no sentence that goes on, however long they are.
        phrase = 0 if _is_low(begun.text) else before.end - begun.start
        tight = _TIGHT.match(line.text) is not None
        joined = (
            tight
            or _is_dateline(before, line)
            or (
                not _is_apart(before, line)
                and (
                    _is_wrapped(before, line, phrase, prose_width)
                    or (joined and _is_fragment(before, line, block, width))
                    or _is_rest_of_item(before, line, width)
                    or _is_cut_headline(before, line, block, top)
                )
            )
        )
        if joined:
            yield Edit(before.end, line.start, "" if tight else " ")
        else:
            begun = line


def _is_low_list(block: list[_Line]) -> bool:
    """Whether the block is a heading with a colon and items in small letters."""
    return len(block) > 2 and block[0].text.endswith(":") and all(_is_low(line.text) for line in block[1:])


def _is_dateline(before: _Line, line: _Line) -> bool:
    return _DASH.match(line.text) is not None and _DATELINE.match(before.text) is not None


def _is_prose(block: list[_Line], width: int) -> bool:
    """Whether the block is a paragraph, not a list: a sentence goes on over a line end, or all lines are full."""
    pairs = list(pairwise(block))
    return bool(width) and (
        any(_surely_goes_on(*pair) for pair in pairs) or all(_is_full(*pair, width, _FULL) for pair in pairs)
    )


def _is_apart(before: _Line, line: _Line) -> bool:
    """Whether one of the two is an item, a label or an address, which never goes on from the line before."""
    return bool(
        _BULLET.match(line.text)
        or _STANDS_ALONE.match(before.text)
        or (
            not _ends_open(before.text)
            and (_STANDS_ALONE.match(line.text) or _LABEL.match(line.text) or _NUMBER.match(line.text))
            and not _is_day(line.text)
        )
        or (before.text.endswith(_LAST_BUT_ONE) and _NUMBER.match(line.text))
    )


def _is_day(text: str) -> bool:
    words = text.split(" ", 2)
    return words[0].isdigit() and len(words) > 1 and words[1].strip(",.;") in _MONTHS


def _is_wrapped(before: _Line, line: _Line, phrase: int, width: int) -> bool:
    if _is_unfinished(before.text):
        if phrase >= _SHORTEST_PHRASE and (_is_low(line.text) or _ends_open(before.text)):
            return True
        # A comma before a long sentence: somebody broke the line by hand.
        broken = before.text.endswith(",") and line.text.endswith(".") and min(phrase, len(line.text)) >= _LONG_PIECE
        return broken or _is_full(before, line, width, _FULL)
    if before.text[-1] == ":" and not _is_low(line.text):
        return False
    return _is_full(before, line, width, _FULL if _is_low(line.text) else _SURELY_FULL)


def _is_fragment(before: _Line, line: _Line, block: list[_Line], width: int) -> bool:
    """A few words that stood in a link: the sentence had come to them, and is not finished yet."""
    return (
        max(len(before.text), len(line.text)) < width / 2
        and _is_unfinished(before.text)
        and not _is_unfinished(block[-1].text)
        and line.end < block[-1].end
    )


def _is_rest_of_item(before: _Line, line: _Line, width: int) -> bool:
    """The last words of a list's item that was too long for its line: "..., White House Gender Policy / Council"."""
    if not _is_unfinished(before.text) or not _is_full(before, line, width, _SURELY_FULL):
        return False
    return before.text.endswith(",") or ("," in before.text and "," not in line.text and len(line.text) < width / 2)


def _is_cut_headline(before: _Line, line: _Line, block: list[_Line], top: str) -> bool:
    """A headline in two lines: in capitals and alone, or at the top and whole elsewhere in the text."""
    if not _is_unfinished(before.text) or len(before.text) < _SHORTEST_HEADLINE or _PAPER.match(line.text):
        return False
    if before.text.isupper() and line.text.isupper():
        first_word = line.text.split(" ", 1)[0].lower()
        alone = before is block[0] and (len(block) == 2 or not block[2].text.isupper())
        return first_word in _GOES_ON or (alone and 0.75 * len(before.text) >= len(line.text) and " " in line.text)
    return bool(top) and f"{before.text} {line.text}" in top


def _is_cut_by_page(before: _Line, line: _Line, width: int) -> bool:
    """A sentence that goes on after a page's end or an empty line that nobody meant."""
    if not (_surely_goes_on(before, line)):
        return False
    return line.gap > 1 or _is_full(before, line, width, _FULL)


def _is_full(before: _Line, line: _Line, width: int, share: float) -> bool:
    """Whether the line has no room for the next one's first word."""
    length = len(before.text)
    return bool(width) and length <= _OVERFULL * width and length + 1 + len(line.text.split(" ", 1)[0]) >= share * width


def _is_unfinished(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] not in _STOPS


def _ends_open(text: str) -> bool:
    return text[text.rfind(" ") + 1 :].lstrip(_OPENING).lower() in _GOES_ON


def _is_low(text: str) -> bool:
    """Whether the line begins in the middle of a sentence: a small letter, or a dash and a small letter."""
    return (_DASH.sub("", text, count=1) if text[0] in "–—-" else text).lstrip(_OPENING)[:1].islower()
