"""Text that was decoded or escaped wrongly: left-over HTML entities and letters garbled by a wrong encoding.

Only the damaged stretch is touched: the entity, or the smallest run of garbled letters in one word. A text without
"&" and with nothing beyond ASCII is passed by at once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

import ftfy

from report_extract.evidence import Edit

# "&amp;amp;nbsp;" was escaped three times over.
_ENTITY = re.compile(r"&(?:amp;|\#0*38;|\#[xX]0*26;)*(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# What UTF-8 read as a one-byte encoding looks like: a lead byte's letter and what its continuation bytes turn into.
_TAIL = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_GARBLED = re.compile(f"[\u00c2-\u00f4\u0102\u0103\u00ce\u0413][{_TAIL}]")
_SUSPECT = re.compile(rf"[^\s]*[\u00c2-\u00f4\u0102\u0103\u0413][{_TAIL}](?:[^ \t\r\n\f]*)")


def mend_entities(text: str) -> Iterator[Edit]:
    """Left-over HTML entities become the characters they name; unknown names stay.

    >>> list(mend_entities("R&amp;D at AT&T, caf&eacute;"))
    [Edit(start=1, end=6, new='&'), Edit(start=20, end=28, new='é')]
    """
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        plain = _unescaped(match.group())
        if plain != match.group():
            yield Edit(match.start(), match.end(), plain)


def mend_mojibake(text: str) -> Iterator[Edit]:
    """Letters garbled by a wrong encoding, each run mended within its own word; quotation marks are not straightened.

    >>> list(mend_mojibake("The CafÃ© in CÃ´te d’Azur"))
    [Edit(start=7, end=9, new='é'), Edit(start=14, end=16, new='ô')]
    """
    if text.isascii() or not _GARBLED.search(text):
        return
    for match in _SUSPECT.finditer(text):
        word, plain = match.group(), _ungarbled(match.group())
        if plain != word:
            yield _narrowed(match.start(), word, plain)


def _unescaped(entity: str) -> str:
    plain, before = html.unescape(entity), entity
    while plain != before:
        plain, before = html.unescape(plain), plain
    return plain


@lru_cache(maxsize=4096)
def _ungarbled(word: str) -> str:
    plain, before = ftfy.fix_encoding(word), word
    while plain != before:  # garbled twice over: each pass undoes one
        plain, before = ftfy.fix_encoding(plain), plain
    return plain


def _narrowed(start: int, old: str, new: str) -> Edit:
    """The edit without the letters that both forms share at either end."""
    shortest = min(len(old), len(new))
    left = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    right = next((n for n in range(shortest - left) if old[-1 - n] != new[-1 - n]), shortest - left)
    return Edit(start + left, start + len(old) - right, new[left : len(new) - right])
