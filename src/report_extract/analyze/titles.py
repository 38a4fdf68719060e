"""Job titles: read round their heads, kept where a named person has them.

A title stands before a name ("Deputy Director Ana Ruiz"), behind it ("Ana Ruiz, director of research"), with its body
between ("the director of the Institute, Ana Ruiz"), behind "he" or "she" ("She is professor of law"), or alone with
its capital where the release gives it to somebody ("the Minister"). The matter of an office belongs to the title, a
body never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.title_spans import title_spans, title_view
from report_extract.analyze.words import Words

# At the end of a title: a name at once, or behind a body, a place, a comma.
_NAME_FOLLOWS = re.compile(r"(?:[,frh(]+[,frhik_:(]*(?:(?:4+|5+)[,frhik_:()]*){0,3})?[23]")
# Up to the beginning of a title: "Name, ", "Name (", "Name, the Body's ", "Name is a ", "Name, Place, ", "She is the ".
_NAME_BEFORE = re.compile(
    r"(?:2(?:[,(](?:[45]+|7+)(?=[,)]))*(?=[^2]*[,(_|:/b])[,(_:/bhsd)]*\|?(?:kh?of)?[hsd()]*|e[bdh,]*b[bdhs]*(?:kh?of)?)(?:[456]+[hsd()]*){0,2}$"
)
_TITLE_BEFORE = re.compile(r"[45679frhik,s]{0,12}(?:,|,?&)[hd]?")
_TITLE_FOLLOWS = re.compile(r"(?:[f,r]?h?4+)?,?&h?")
# An everyday word ("head", "member") is a title behind a name only where the phrase ends or goes on as titles do.
_GOES_ON = re.compile(r"[,.;|)fikr&_]|$")
_REACH = 24


def find_titles(words: Words, lexicon: Lexicon, board: Board) -> Iterator[Candidate]:
    """The titles that persons on the board have."""
    view = title_view(words, lexicon, board)
    spans = title_spans(words, view)
    kept: dict[tuple[int, int], str] = {}
    for span in spans:
        rule = _rule(words, lexicon, view, span, list(kept)[-1:])
        if rule:
            kept[span] = rule
    # "Minister for Law and Second Minister for Home Affairs Ana Ruiz": the first one leads to the second.
    for span, following in zip(reversed(spans[:-1]), reversed(spans[1:]), strict=True):
        if following in kept and span not in kept and _TITLE_FOLLOWS.fullmatch(view, span[1], following[0]):
            kept[span] = "titles.joined"
    for (first, stop), rule in kept.items():
        yield Candidate(first, stop, "TITLE", rule, 5)
    yield from _standing_for(words, view, spans, kept)


def _rule(
    words: Words, lexicon: Lexicon, view: str, span: tuple[int, int], before: list[tuple[int, int]]
) -> str | None:
    """The rule by which somebody has the title, if anybody has."""
    first, stop = span
    if _NAME_FOLLOWS.match(view, stop):
        return "titles.before-name"
    if _NAME_BEFORE.search(view[max(0, first - _REACH) : first]):
        is_common = stop - first == 1 and words.words[first] in lexicon.lists["titles.common_heads"]
        return "titles.behind-name" if not is_common or _GOES_ON.match(view, stop) else None
    if before and _TITLE_BEFORE.fullmatch(view, before[0][1], first):
        return "titles.joined"
    return None


def _standing_for(
    words: Words, view: str, spans: list[tuple[int, int]], kept: dict[tuple[int, int], str]
) -> Iterator[Candidate]:
    """Titles without a name that somebody in the release has: "the Minister"."""
    heads = {words.forms[i] for first, stop in kept for i in range(first, stop) if view[i] == "T"}
    surfaces = {words.forms[first:stop] for first, stop in kept if view[stop - 1] in "TcM"}
    for first, stop in spans:
        if (first, stop) in kept or view[stop - 1] not in "cCMTDAO":
            continue
        is_definite = first > 0 and view[first - 1] == "h"
        is_known = words.forms[first:stop] in surfaces or (stop - first == 1 and words.forms[first] in heads)
        if is_known and (is_definite or stop - first > 1):
            yield Candidate(first, stop, "TITLE", "titles.standing-for", 4)
