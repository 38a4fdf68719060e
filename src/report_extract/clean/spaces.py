"""Spaces: runs, gaps between columns, and the strays before a comma or inside brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.evidence import Edit

# One set of characters first, here and below: it is what makes the search fast.
_RUN = re.compile(r"(?s)[ \t\n](?:[ \t\n]+|(?<=\t)|\Z|(?<=\A.))")
# Three spaces part the columns of a row; fewer are a typist's habit, and so is any gap after a stop or an item's mark.
COLUMN_GAP = "   "
_AFTER_MARK = re.compile(r"(?:^|\n)\W*(?:\d{1,3}[.)]?|[A-Za-z][.)])?$")
_AFTER_STOP = re.compile(r"[.!?:;,][\"'”’)]*$")
_MARK_ROOM = 12
# A text whose line breaks became wide gaps: next to no lines, and very long ones.
_BROKEN_GAP, _BROKEN_LINE, _FEWEST_LINES = 8, 400, 6

_STRAY = re.compile(
    r" (?:(?<=[\w)”’\"%] )(?=[,;.?!](?:[\s”’\")]|\Z))(?!\. ?\.)|(?<=[(\[] )(?=[\w“‘$£€])"
    # German and others close with “, so only one with white space before it opens.
    r"|(?<=\s[“‘] )(?=[\w$£€])|(?<=[\w.,!?%] )(?=[)\]”](?:[\s,.;:!?)–—-]|\Z)))"
)


_LOST_STOP, _STOP = re.compile(r"(?<=\w)  (?=\w)"), re.compile(r"[.!?,](?=\s)")
_FEWEST_GAPS, _STOPS_A_SPACE = 8, 150


def squeeze_spaces(text: str) -> Iterator[Edit]:
    """Runs of spaces become one, three where they part columns; none at the ends of lines, one empty line at most.

    >>> [edit.new for edit in squeeze_spaces("a  b \\n\\n\\n\\nDr. Rao\\tHall C\\nRoom:     D\\n\\n")]
    [' ', '\\n\\n', '   ', ' ', '\\n']
    """
    broken, has_gaps = text.count("\n") < _FEWEST_LINES, _lost_its_stops(text)
    for match in _RUN.finditer(text):
        new = _new_run(text, match, broken=broken)
        if has_gaps and new == " " and match.group().startswith("  "):
            new = "  "
        if new != match.group():
            yield Edit(match.start(), match.end(), new)


def tighten_punctuation(text: str) -> Iterator[Edit]:
    """The stray space before a comma or stop, and inside brackets and curly quotation marks, goes.

    >>> [edit.start for edit in tighten_punctuation("Mr Lim , the ( new ) head . . . said .")]
    [6, 14, 18, 36]
    """
    for match in _STRAY.finditer(text):
        yield Edit(match.start(), match.end(), "")


def _lost_its_stops(text: str) -> bool:
    """Whether double spaces stand where an old converter dropped commas, stops and quotation marks: they are kept.

    >>> _lost_its_stops("The reef is ours  said Quill  We will go  " * 9), _lost_its_stops("We go.  They stay.  " * 9)
    (True, False)
    """
    gaps = len(_LOST_STOP.findall(text))
    return gaps >= _FEWEST_GAPS and len(_STOP.findall(text)) * _STOPS_A_SPACE <= text.count(" ")


def _new_run(text: str, match: re.Match[str], *, broken: bool) -> str:
    run = match.group()
    if not match.start() or match.end() == len(text):
        return "\n" if match.start() and "\n" in run else ""
    if "\n" in run:
        return "\n\n" if run.count("\n") > 1 else "\n"
    return _new_gap(text, match, broken=broken) if len(run) > 2 or "\t" in run else " "


def _new_gap(text: str, match: re.Match[str], *, broken: bool) -> str:
    left = text.rfind("\n", 0, match.start()) + 1
    before = text[max(left, match.start() - _MARK_ROOM) : match.start()]
    if match.start() - left <= _MARK_ROOM and _AFTER_MARK.search(before):
        return " "
    right = text.find("\n", match.end())
    if broken and (len(text) if right < 0 else right) - left > _BROKEN_LINE:
        wide = match.end() - match.start() >= _BROKEN_GAP
        return "\n" if wide and text[match.end()].isupper() else " "
    return " " if _AFTER_STOP.search(before) else COLUMN_GAP
