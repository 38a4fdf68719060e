"""The places that name a part of an event, in prose and in labelled lines: its kind, number and title.

A title stands in quotation marks after a word for a session or a talk ("a panel titled “Who owns the reef?”"), after a
label ("Session 2: Soils", "Topic: Soils"), or in a list of tracks. A number alone counts where it follows the word for
the kind; an ordinal alone ("the second session") only where the release tells two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, quotes_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.mentions import SessionMention
from report_extract.rules import load_rules
from report_extract.schema import SessionKind

_Quotes = Sequence[tuple[int, int]]
_LONGEST = 250
# A title after "Session 2:" ends with its line, or before who speaks and when.
_LINE_TITLE = re.compile(
    r"(?P<title>[^\n\"“(]{4,140}?)(?=\s*(?:\n|$|\(|\s[–—]\s|,?\s+(?:by|speaker|with(?=\s+(?:[A-Z][a-z]+\.?\s){2}))\b|\s\d{1,2}[:.]\d{2}))"
)
_NEXT_QUOTE = re.compile(r"[\"”’'»]?\s*[,;]?\s*(?:and|or|&)?\s*[\"“‘'«]?")
_COMMA, _LAST = re.compile(r"\s*(?:,\s*and\s+|,\s*|;\s*)"), re.compile(r"\s*,?\s+and\s+(?=[A-Z][^,;]*$)")
_ITEM = re.compile(r"\s*\n\s*(?:[-*•–]|\d{1,2}[.)])\s+(?P<title>[A-Z“\"‘][^\n:.]{2,120})(?::[^\n]*|\.)?(?=\n|$)")


def name_sessions(doc: Doc) -> Iterator[SessionMention]:
    """Every place that names a session, pattern by pattern; the same session may be named twice."""
    text, quotes = text_of(doc), [(quote.start_char, quote.end_char) for quote in quotes_of(doc)]
    people = [span.start_char for span in mentions_of(doc, "PERSON", "HONORIFIC")]
    yield from _under_title(text)
    numbered = list(_numbered(text, quotes, people))
    yield from numbered
    yield from _labelled(text, people)
    yield from _headed(text)
    yield from _titled(text, quotes)
    yield from _quoted_names(text, quotes)
    yield from _tracks(text)
    yield from () if numbered else _ordinals(text)


def _under_title(text: str) -> Iterator[SessionMention]:
    for match in _rule("sessions.under-title").finditer(text):
        yield _session(match["kind"], None, match["title"], match.span(), "sessions.under-title")


def _numbered(text: str, quotes: _Quotes, people: Sequence[int]) -> Iterator[SessionMention]:
    """ "Session 2: Soils"; where a speaker follows the number, the title stands after "Topic:"."""
    for match in _rule("sessions.numbered").finditer(text):
        topic = None
        if text[match.end() : match.end() + 1] == ")":
            topic = _rule("sessions.topic-before").search(text, max(0, match.start() - _LONGEST), match.start())
        if topic:
            span = topic.start("title"), match.end()
            yield _session(match["kind"], match["number"], topic["title"], span, "sessions.topic-before")
            continue
        title, end = _title_after(text, match.end(), quotes)
        if title is None or any(match.end() <= start < end for start in people):
            topic = _rule("sessions.topic-line").search(text, match.end(), match.end() + 300)
            another = _rule("sessions.numbered").search(text, match.end(), topic.start() if topic else match.end())
            title, end = (topic["title"], topic.end()) if topic and not another else (None, match.end())
        yield _session(match["kind"], match["number"], title, (match.start(), end), "sessions.numbered")


def _title_after(text: str, at: int, quotes: _Quotes) -> tuple[str | None, int]:
    quote = next(((s, e) for s, e in quotes if at <= s <= at + 3), None)
    if quote:
        return text[slice(*quote)], quote[1]
    if text[:at].rstrip()[-1:] in ":–—-.)" and (line := _LINE_TITLE.match(text, at)) and line["title"][0].isupper():
        return line["title"], line.end("title")
    return None, at


def _titled(text: str, quotes: _Quotes) -> Iterator[SessionMention]:
    """Titles in quotation marks after the word for a session, or for a talk; several where the word is a plural."""
    for rule in ("sessions.titled", "sessions.talk"):
        for match in _rule(rule).finditer(text):
            for start, end in _quotes_from(text, match.end(), quotes, more=match["kind"].endswith("s")):
                if 3 < end - start < _LONGEST and not text[start].islower():
                    yield _session(match["kind"], None, text[start:end], (start, end), rule)


def _labelled(text: str, people: Sequence[int]) -> Iterator[SessionMention]:
    """A line such as "Panel discussion: A reef in the bay"; a label before people is none."""
    for match in _rule("sessions.labelled").finditer(text):
        if not any(match.start() <= start < match.end() for start in people):
            yield _session(match["kind"], None, match["title"], match.span("title"), "sessions.labelled")


def _headed(text: str) -> Iterator[SessionMention]:
    """A heading over "Moderated by Ada Quill", and a line such as "Poster by Ada Quill - Counting the tides"."""
    for match in _rule("sessions.moderated").finditer(text):
        yield _session("session", None, match["title"], match.span("title"), "sessions.moderated")
    for match in _rule("sessions.given-by").finditer(text):
        yield _session(match["kind"], None, match["title"], match.span("title"), "sessions.given-by")


def _quotes_from(text: str, at: int, quotes: _Quotes, *, more: bool) -> Iterator[tuple[int, int]]:
    for start, end in quotes:
        if start < at or start > at + 2:
            continue
        yield start, end
        gap = _NEXT_QUOTE.match(text, end)
        if not more or gap is None:
            return
        at = gap.end() - 1


def _quoted_names(text: str, quotes: _Quotes) -> Iterator[SessionMention]:
    """Quoted names that end in the word for a session: the “Harbour Panel”."""
    for start, end in quotes:
        match = _rule("sessions.named").fullmatch(text, start, end)
        if match:
            yield _session(match["kind"], None, match.group(), (start, end), "sessions.named")


def _tracks(text: str) -> Iterator[SessionMention]:
    """Tracks that a release lists: "four tracks: Soils, Reefs, Tides and Winds"; also on the lines below."""
    for match in _rule("sessions.tracks").finditer(text):
        listed = _rule("sessions.track-list").match(text, match.end())
        members = list(_members(listed["list"], listed.start("list"))) if listed else []
        line_end = text.find("\n", match.end())
        members = members or [(m["title"], m.start("title")) for m in _items(text, line_end)]
        for title, start in members if len(members) > 1 else ():
            yield _session(match["kind"], None, title, (start, start + len(title)), "sessions.tracks")


def _members(listed: str, start: int) -> Iterator[tuple[str, int]]:
    """The titles of a list; the last "and" parts two of them only where no comma stands before it."""
    breaks = list(_COMMA.finditer(listed))
    last = _LAST.search(listed)
    if last and not re.search(r",\s+and\s", listed):
        breaks.append(last)
    here = 0
    for found in (*breaks, None):
        title = listed[here : found.start() if found else len(listed)]
        if title.strip():
            yield title.strip(), start + here + len(title) - len(title.lstrip())
        here = found.end() if found else here


def _items(text: str, at: int) -> Iterator[re.Match[str]]:
    while at >= 0 and (item := _ITEM.match(text, at)):
        yield item
        at = item.end()


def _ordinals(text: str) -> Iterator[SessionMention]:
    """The first and the second session, where the release tells them apart."""
    found = list(_rule("sessions.ordinal").finditer(text))
    if len({match["number"].lower() for match in found}) > 1:
        for match in found:
            yield _session(match["kind"], match["number"].lower(), None, match.span(), "sessions.ordinal")


def _session(kind: str, number: str | None, title: str | None, span: tuple[int, int], rule: str) -> SessionMention:
    shown = " ".join(title.split()).strip(" .,;:\"“”‘’'") if title else None
    confidence = 0.8 if shown else 0.5
    return SessionMention(_kind(kind), number, shown, Evidence(*span, rule, confidence))


def _kind(words: str) -> SessionKind:
    kinds: tuple[SessionKind, ...] = ("panel", "keynote", "plenary", "roundtable", "poster", "workshop", "session")
    known = re.sub(r"\bround[- ]tables?\b", "roundtable", words.lower())
    found = next((kind for kind in kinds if re.search(rf"\b{kind}s?\b", known)), None)
    if found:
        return found
    return "session" if re.search(r"\b(?:track|stream|breakout|module|session)", known) else "other"


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("sessions").rule(rule_id).pattern
