"""Words broken by a hyphen at a line's end.

"inter-/national" was one word, "micro-/algae-based" keeps the first hyphen, "Vice-/President" and "COVID-/19" keep
theirs. The release itself is asked first (it often has the word whole elsewhere), then the word list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.clean.words import zipf
from report_extract.evidence import Edit

_BREAK = re.compile(r"[-\u2010\u00ac]\n(?P<right>[^\W\d_]+|\d+)")
_LEFT = re.compile(r"[^\W\d_]+$")
_LONGEST_WORD = 40
_KNOWN, _COMMON, _FAR = 1.5, 3.0, 2.0


def join_hyphenated(text: str) -> Iterator[Edit]:
    """The line end after a hyphen goes, and the hyphen with it where the two halves are one word.

    >>> list(join_hyphenated("inter-\\nnational and well-\\nknown"))
    [Edit(start=5, end=7, new=''), Edit(start=25, end=26, new='')]
    """
    for match in _BREAK.finditer(text):
        left = _LEFT.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        if left:
            kept = 0 if _is_one_word(left.group(), match["right"], text) else 1
            yield Edit(match.start() + kept, match.start("right"), "")


def _is_one_word(left: str, right: str, text: str) -> bool:
    if not right.islower() or (left.isupper() and len(left) > 1):
        return False
    whole = left + right
    if re.search(rf"\b{whole}\b", text):
        return True
    if re.search(rf"\b{left}-{right}\b", text):
        return False
    # The list has "wellknown" too, but far more seldom than its halves; "photo-/lithographic" may be either, and a
    # common word before the hyphen is left as it was printed.
    if zipf(whole) >= _KNOWN:
        return zipf(whole) >= min(zipf(left), zipf(right)) - _FAR
    return zipf(left) < _COMMON
