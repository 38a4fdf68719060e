"""Where the name of an event begins and ends: no part of the event before it, its whole topic behind it.

"Inaugural Session of the Two-Day National Seminar on Tides" is the seminar; "Seminar on Tides | , Reefs and People in
Ruland" goes on as far as commas and "and" join further words with capitals, unless one of them names somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.event_titles import Title

_PART = re.compile(
    r"(?:(?:Inaugural|Opening|Closing|Valedictory|Concluding|Plenary)\s+(?:Session|Function)\s+[Oo]f\s+(?:[Tt]he\s+)?)?"
    r"(?:(?:One|Two|Three|Four|Five|Six|Seven|\d{1,2})[- ][Dd]ay\s+)?"
)
_ITEM = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_TOPIC = re.compile(rf"\bon\s+(?:the\s+)?{_ITEM}$")
_GOES_ON = re.compile(
    rf"(?:,\s{_ITEM})+,?\s(?:and|&)\s{_ITEM}(?:\sin\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){{0,2}})?"
)
# "43rd Meeting | of the Committee of Representatives", "5th Conference of the Society | of Divers".
_NUMBERED = re.compile(
    r"(?:\d(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+-?eth))\b[^\n]*"
    r"\b(?:(?i:meeting|session)|(?i:meeting|session|conference|congress|assembly) of (?:the )?[A-Z][\w’'-]*)$"
)
_WORDS = r"(?!The\b)[A-Z][\w’'-]+(?: (?!The\b)[A-Z][\w’'-]+)*"
_CLOSES = r"(?= of |[,.(]| \(|\s+(?:in|at|on|was|will|is)\b|$)"
_WHOSE = re.compile(rf"(?: of (?:the )?{_WORDS}(?:(?:,| and| &) {_WORDS}{_CLOSES})*)+")


def with_edges(text: str, title: Title, named: Sequence[tuple[int, int]]) -> Title:
    """The title from its own first word to the end of its topic; `named` is where people, bodies and days stand.

    >>> from report_extract.evidence import Evidence
    >>> text = "Inaugural Session of the Two-Day Seminar on Tides, Reefs and People in Ruland was held"
    >>> with_edges(text, Title(text[:49], "meeting", Evidence(0, 49)), ()).name
    'Seminar on Tides, Reefs and People in Ruland'
    """
    start, end = title.evidence.start, title.evidence.end
    part = _PART.match(text, start, end)
    if part and part.end() > start and " " in text[part.end() : end] and heads_pattern().search(text, part.end(), end):
        start = part.end()
    more = _GOES_ON.match(text, end) if _TOPIC.search(text, start, end) else None
    if more is not None:
        first = bisect_left(named, (end, 0))
        if not any(a < more.end() for a, _ in named[first : first + 1]):
            end = more.end()
    elif _NUMBERED.search(text, start, end) and (whose := _WHOSE.match(text, end)):
        end = whose.end()
    if (start, end) == (title.evidence.start, title.evidence.end):
        return title
    name = " ".join(text[start:end].split())
    kind = kind_of(name) if start > title.evidence.start else title.kind
    return replace(title, name=name, kind=kind, evidence=replace(title.evidence, start=start, end=end))
