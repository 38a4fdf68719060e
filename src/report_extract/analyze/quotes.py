"""Where the words between quotation marks stand.

Theory. A paragraph is read from left to right with a stack of open marks. The shape of a mark says what it may be, its
neighbours say what it is: “ after a space opens, ” before a space closes, and a mark that was typed the wrong way
round is read by its neighbours. A mark that opens while another is open begins a new piece where a sentence has just
ended (speech that goes on, each part with its own opening mark), and is a quotation inside the quotation elsewhere.
What is still open at the end of its paragraph is given up to there, under another rule id; the paragraphs that follow
belong to it only where they have no mark of their own until one closes it.

A closing mark that nothing opened closes what stands before it in its paragraph, where it ends the paragraph or a
clause before a cue: from the start of the paragraph, or from the sentence after an earlier quotation and its cue.

Apostrophes, inches, feet and minutes are not quotation marks. Only the outermost quotation is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLOSED = "quotes.closed"
CONTINUED = "quotes.continued"
UNCLOSED = "quotes.unclosed"
UNOPENED = "quotes.unopened"
SINGLE = "quotes.single"

# A single line break before a small letter is a wrapped line, not the end of a paragraph.
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n|\n(?![^\S\n]*[a-zß-öø-ÿ])).)+", re.DOTALL)
_DOUBLE = re.compile(r"[\"“”„‟«»〝〞＂]|``|(?<![\w'])''|''(?!\w)")
_ANY_MARK = re.compile(r"[\"“”„‟«»‘‚‹›〝〞＂`']")
_OPENERS = frozenset("“„‟«〝")
_CLOSERS = frozenset("”»〞")
_SPEECH_START = re.compile(r"(?:^|[.!?:,…]|\.\.\.)[\s)\]]*$")
_BEFORE_OPENING = frozenset(" \t\n\xa0([{-–—/>*•|:,")
_AFTER_CLOSING = frozenset(" \t\n\xa0)]}.,;:!?-–—/<*|…")
_SENTENCE_END = re.compile(r"[.!?…][)\]]?\s*$")
_CLAUSE_END = re.compile(r"[.!?,…]\s*$")
# The end of the paragraph, or a cue: "..., she said", "..., says Quill".
_AFTER_LOST = re.compile(r"[\s.,]*$|\s*,?\s*(?:he|she|[A-Z][\w.]*|said|says|added|adds|dijo|sagte|dit)\s")
_CUE_END = re.compile(
    r"[\s,]*[^\n.!?\"“”]{3,160}?(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|Lt))(?<!\b(?:Sen|Rep|Mrs|Gov))[.!?]\s+(?=[A-Z])"
)
# 'tis, '90s, 'em: an apostrophe that stands for lost letters.
_SINGLE_OPEN = re.compile(
    r"(?<![\w.,!?’'])[‘‚‹'](?=[^\W_])(?!\d0s\b|\d\ds?\b|(?:tis|twas|em|n|til|cause|round|bout)\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)%])[’'›‘](?![\w’'])")
# More paragraphs than this between an opening mark and its closing one: the opening one was a slip.
_CARRY = 15


@dataclass(slots=True)
class _Open:
    """A mark that waits for its other half: where the words begin, and the mark."""

    start: int
    mark: str


def quote_spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end and rule id of the words inside each pair of quotation marks, in text order, never overlapping.

    >>> text = 'He said: “We are "ready".” The 6" pipe is old.'
    >>> [(text[start:end], rule) for start, end, rule in quote_spans(text)]
    [('We are "ready".', 'quotes.closed')]
    """
    if not _ANY_MARK.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    waiting: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first, last = paragraph.span()
        if not paragraph.group().strip():
            continue
        carried_end = _carried_end(text, first, last) if waiting else None
        if carried_end is not None:
            found.extend((*_trimmed(text, *span), CONTINUED) for span in [*waiting, (first, carried_end)])
            first = carried_end + 1
        double = list(_double_spans(text, first, last))
        found.extend(sorted([*double, *_single_spans(text, first, last, double)]))
        waiting = _still_waiting(text, waiting if carried_end is None else [], double, paragraph.span())
    return [(start, end, rule) for start, end, rule in found if end > start]


def _carried_end(text: str, first: int, last: int) -> int | None:
    """Where a quotation that an earlier paragraph opened closes in this one, if its first mark is a closing one."""
    match = _DOUBLE.search(text, first, last)
    if match and match.start() > first and not _opens(text, match, first, last, is_open=True):
        return match.start()
    return None


def _still_waiting(
    text: str, waiting: list[tuple[int, int]], double: list[tuple[int, int, str]], paragraph: tuple[int, int]
) -> list[tuple[int, int]]:
    """The paragraphs that may yet prove to be the middle of a quotation: those without marks after one left open."""
    if double and double[-1][2] != CLOSED:
        return [(paragraph[1], paragraph[1])]
    if waiting and len(waiting) <= _CARRY and not _DOUBLE.search(text, *paragraph):
        return [*waiting, paragraph]
    return []


def _double_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:  # noqa: C901 - one automaton
    """The outermost quotations in double marks (and guillemets) of the paragraph `text[first:last]`."""
    stack: list[_Open] = []
    closed = first  # where the last quotation ended
    for match in _DOUBLE.finditer(text, first, last):
        mark = match.group()
        if _is_measure(text, match, stack, last):
            continue
        if not _opens(text, match, first, last, is_open=bool(stack)):
            if not stack:
                start = _lost_opening(text, first, match, last, closed)
                if start is not None:
                    closed = match.end()
                    yield *_trimmed(text, start, match.start()), UNOPENED
                continue
            begun = stack.pop()
            closed = match.end()
            if not stack:
                yield *_trimmed(text, begun.start, match.start()), CLOSED
        elif stack and _SENTENCE_END.search(text, max(first, match.start() - 4), match.start()):
            yield *_trimmed(text, stack[0].start, match.start()), CONTINUED
            stack = [_Open(match.end(), mark)]
        else:
            stack.append(_Open(match.end(), mark))
    if stack:
        begun = stack[0]
        before = text[max(first, begun.start - 6) : begun.start - len(begun.mark)]
        rule = CONTINUED if not before.strip() else UNCLOSED
        # In the middle of a sentence a lone mark says nothing about where the words end.
        if rule == CONTINUED or _SPEECH_START.search(before):
            yield *_trimmed(text, begun.start, last), rule


def _lost_opening(text: str, first: int, match: re.Match[str], last: int, closed: int) -> int | None:
    """Where the words begin that a closing mark ends and no mark opened, if they are speech at all."""
    words = text[closed : match.start()]
    if not _CLAUSE_END.search(words) or not _AFTER_LOST.match(text, match.end(), last):
        return None
    if closed == first:
        return first if words.lstrip()[:1].isupper() and ":" not in words else None
    cue = _CUE_END.match(text, closed, match.start())
    return cue.end() if cue else None


def _opens(text: str, match: re.Match[str], first: int, last: int, *, is_open: bool) -> bool:
    """Whether the mark opens a quotation: its neighbours decide, then its shape, then whether one is open."""
    before = text[match.start() - 1] if match.start() > first else " "
    after = text[match.end()] if match.end() < last else " "
    mark = match.group()[0]
    may_open = before in _BEFORE_OPENING or before in _OPENERS or before in "‘'"
    may_close = after in _AFTER_CLOSING or after in _CLOSERS or after in "’'"
    if mark in _OPENERS or mark == "`":
        # “ at the end of a German quotation („…“), or typed for ”.
        return not (is_open and may_close and (before not in " \n\t\xa0" or after in " \n\t\xa0"))
    if may_open and not may_close:
        return mark not in _CLOSERS or before in " \n\t\xa0(["
    if mark in _CLOSERS:
        return False
    return not is_open and (may_open or not may_close)


def _is_measure(text: str, match: re.Match[str], stack: list[_Open], last: int) -> bool:
    """Whether a straight mark after a digit means inches: nothing is open, or another mark closes what is open."""
    if match.group() != '"' or not text[match.start() - 1 : match.start()].isdigit():
        return False
    if not stack:
        return True
    following = _DOUBLE.search(text, match.end(), last)
    after = text[match.end() : match.end() + 1]
    return bool(
        following
        and after in " -x"
        and text[match.end() + 1 : match.end() + 2].islower()
        and not text[following.start() - 1].isspace()
    )


def _single_spans(
    text: str, first: int, last: int, double: list[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Quotations in single marks that do not stand inside one in double marks."""
    here = first
    while opening := _SINGLE_OPEN.search(text, here, last):
        here = opening.end()
        if any(start <= opening.start() < end for start, end, _ in double):
            continue
        limit = min([start - 1 for start, _, _ in double if start > opening.start()] or [last])
        end = _single_end(text, opening.end(), limit)
        if end is not None:
            yield *_trimmed(text, opening.end(), end), SINGLE
            here = end + 1


def _single_end(text: str, start: int, limit: int) -> int | None:
    """Where a single-marked quotation ends; of several candidates the first that cannot be an apostrophe.

    "the students’ union" ends no quotation as long as a better mark follows before the next opening one.
    """
    following = _SINGLE_OPEN.search(text, start, limit)
    limit = following.start() if following else limit
    candidates = [match.start() for match in _SINGLE_CLOSE.finditer(text, start, limit)]
    for at in candidates:
        if text[at - 1] != "s" or text[at + 1 : at + 2] in ",.;:!?)" or at == candidates[-1]:
            return at
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at either side."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
