"""Single characters: line ends, odd spaces, control and invisible characters, bullets of symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.evidence import Edit

_LINE, _SPACE = "\r\u2028\u2029\u0085\f\v", "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Bullets of symbol fonts.
_BULLET = "\uf0a7\uf0b7\uf0d8\uf076\uf0fc\uf0a8\uf06c\uf06e"
# Soft hyphens, zero-width marks and joiners, direction marks, byte order marks, control and private characters.
_NOTHING = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff"
    "\x00-\x08\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f\ue000-\uf8ff"
)
# One set of characters first: it is what makes the search fast.
_ODD = re.compile(
    f"[{_LINE}{_SPACE}{_NOTHING}\u00ef](?:(?<=\r)\n|(?<=[\f\v])[\f\v]*\n?|(?<=\u00ef)\u201a?\u00b7(?!\\S)|(?<!\u00ef))"
)
_KINDS = tuple(
    (re.compile(f"[{chars}]"), new) for chars, new in ((_LINE, "\n"), (_SPACE, " "), (_BULLET + "\u00ef", "•"))
)


def normalize_characters(text: str) -> Iterator[Edit]:
    """Every line end becomes one newline, every odd space a space; characters that nobody sees go.

    Tabs stay for `squeeze_spaces`, which knows what they part.

    >>> list(normalize_characters("a\\r\\nb\\u00a0c\\u00add"))
    [Edit(start=1, end=3, new='\\n'), Edit(start=4, end=5, new=' '), Edit(start=6, end=7, new='')]
    """
    for match in _ODD.finditer(text):
        new = next((new for chars, new in _KINDS if chars.match(match.group())), "")
        yield Edit(match.start(), match.end(), new)
