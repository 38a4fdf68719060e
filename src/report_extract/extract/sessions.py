"""Named or numbered parts of an event: sessions, panels, keynotes; in prose and in programmes.

A session needs a title or a number; "a panel discussion" without either is none. A title stands in quotation marks, or
after "titled:", "Session 2:", "Topic:". What the release reports of it (`summary`) is its own sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import cast

from spacy.tokens import Doc

from report_extract.analyze.seam import quotes_of, section_at
from report_extract.evidence import Evidence
from report_extract.extract.mentions import DateMention, SessionMention
from report_extract.rules import load_rules
from report_extract.schema import SessionKind

_SILENT = frozenset({"CHROME", "ABOUT", "CONTACT"})
_TIMES = re.compile(
    r"(?P<start>\d{1,2}[:.]\d{2})\s*(?P<a>[ap]\.?m\.?)?\s*(?:-|–|—|to)\s*(?P<end>\d{1,2}[:.]\d{2})\s*(?P<b>[ap]\.?m\.?)?",
    re.I,
)
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
# A title after "Session 2:" ends with its line, or before who speaks and when.
_LINE_TITLE = re.compile(
    r"(?P<title>[^\n\"“(]{4,140}?)(?=\s*(?:\n|$|\(|\s[–—]\s|,?\s+(?:by|with|speaker)\b|\s\d{1,2}[:.]\d{2}))"
)


def find_sessions(doc: Doc, dates: Sequence[DateMention]) -> list[SessionMention]:
    """Every session, in text order, each once; `extent` runs to the next session or the paragraph's end."""
    found = sorted(_all(doc), key=lambda session: session.evidence)
    kept: list[SessionMention] = []
    for session in found:
        again = any(_is_same(session, other) or session.evidence.overlaps(other.evidence) for other in kept)
        if not again and section_at(doc, session.evidence.start) not in _SILENT:
            kept.append(session)
    sentences = [sent.start_char for sent in doc.sents]
    stops = [sentences[bisect_right(sentences, later.evidence.start) - 1] for later in kept]
    return [_reported(doc.text, session, stops[n + 1 :], dates) for n, session in enumerate(kept)]


def _all(doc: Doc) -> Iterator[SessionMention]:
    rules, text = load_rules("sessions"), doc.text
    quotes = [(quote.start_char, quote.end_char) for quote in quotes_of(doc)]
    for match in rules.rule("sessions.under-title").pattern.finditer(text):
        yield _session(match["kind"], None, match["title"], match.span(), "sessions.under-title")
    for match in rules.rule("sessions.numbered").pattern.finditer(text):
        title, end = _title_after(text, match.end(), quotes)
        if title or match.end("number") < len(text):
            yield _session(match["kind"], match["number"], title, (match.start(), end), "sessions.numbered")
    for match in rules.rule("sessions.titled").pattern.finditer(text):
        quote = next(((s, e) for s, e in quotes if match.end() <= s <= match.end() + 1), None)
        if quote and 3 < quote[1] - quote[0] < 250:
            yield _session(match["kind"], None, text[slice(*quote)], (match.start(), quote[1]), "sessions.titled")


def _title_after(text: str, at: int, quotes: Sequence[tuple[int, int]]) -> tuple[str | None, int]:
    quote = next(((s, e) for s, e in quotes if at <= s <= at + 3), None)
    if quote:
        return text[slice(*quote)], quote[1]
    if text[:at].rstrip()[-1:] in ":–—-" and (line := _LINE_TITLE.match(text, at)) and line["title"][0].isupper():
        return line["title"], line.end("title")
    return None, at


def _session(kind: str, number: str | None, title: str | None, span: tuple[int, int], rule: str) -> SessionMention:
    words = kind.lower().replace("-", " ").split()
    name = next(
        (w for w in ("panel", "keynote", "plenary", "roundtable", "poster", "workshop") if w in words), "session"
    )
    if "round" in words:
        name = "roundtable"
    shown = " ".join(title.split()).strip(" .,;:\"“”'") if title else None
    digits = _WORDS.get(number.lower(), number) if number else None
    confidence = 0.8 if shown else 0.5
    return SessionMention(cast(SessionKind, name), digits, shown, Evidence(*span, rule, confidence))


def _is_same(a: SessionMention, b: SessionMention) -> bool:
    if a.title and b.title:
        return a.title.casefold() == b.title.casefold()
    return a.kind == b.kind and a.number is not None and a.number == b.number


def _reported(
    text: str, session: SessionMention, stops: Sequence[int], dates: Sequence[DateMention]
) -> SessionMention:
    """The session with its time, its day and what is reported of it, up to the sentence that names the next one."""
    start = session.evidence.start
    paragraph = text.find("\n\n", session.evidence.end)
    nearest = max(stops[0], session.evidence.end) if stops else len(text)
    end = min(paragraph if paragraph > 0 else len(text), nearest)
    times = _TIMES.search(text, max(0, text.rfind("\n", 0, start)), min(end, session.evidence.end + 120))
    day = next((d.edtf for d in dates if d.edtf and d.precision == "day" and start <= d.evidence.start < end), None)
    summary = " ".join(text[session.evidence.end : end].split()).strip(' ,.:;"”')
    return SessionMention(
        session.kind,
        session.number,
        session.title,
        session.evidence,
        date=day,
        start_time=_clock(times["start"], times["a"] or times["b"]) if times else None,
        end_time=_clock(times["end"], times["b"]) if times else None,
        summary=summary or None,
        extent=(start, end),
    )


def _clock(value: str, half: str | None) -> str | None:
    hour, minute = (int(part) for part in re.split(r"[:.]", value))
    if half and half.lower().startswith("p") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
