"""Named or numbered parts of an event: sessions, panels, keynotes; in prose and in programmes.

A session needs a title or a number; "a panel discussion" without either is none. `session_names` finds those that the
prose names, `programmes` the lines of a programme; here each becomes one, with the text that reports it: its time, its
day, and its own sentences (`summary`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from report_extract.analyze.seam import section_at, text_of
from report_extract.evidence import Evidence
from report_extract.extract.date_clock import clock_times
from report_extract.extract.mentions import DateMention, SessionMention
from report_extract.extract.programmes import Talk
from report_extract.extract.session_names import name_sessions

_SILENT = frozenset({"CHROME", "ABOUT", "CONTACT"})
_EDGES = ' ,.:;"”)'
_TIMES = re.compile(
    r"(?P<start>\d{1,2}[:.]\d{2})\s*(?P<a>[ap]\.?m\.?)?\s*(?:-|–|—|to)\s*(?P<end>\d{1,2}[:.]\d{2})\s*(?P<b>[ap]\.?m\.?)?",
    re.I,
)


def find_sessions(doc: Doc, dates: Sequence[DateMention], talks: Sequence[Talk] = ()) -> list[SessionMention]:
    """Every session, in text order, each once; `extent` runs to the next session or the paragraph's end."""
    found = _merged(text_of(doc), [*name_sessions(doc), *_programmed(text_of(doc), talks)])
    kept: list[SessionMention] = []
    for session in found:
        again = any(_is_same(session, other) or session.evidence.overlaps(other.evidence) for other in kept)
        if not again and section_at(doc, session.evidence.start) not in _SILENT:
            kept.append(session)
    sentences = [sent.start_char for sent in doc.sents]
    stops = [sentences[bisect_right(sentences, later.evidence.start) - 1] for later in kept]
    return [_reported(text_of(doc), session, stops[n + 1 :], dates) for n, session in enumerate(kept)]


def _merged(text: str, found: Sequence[SessionMention]) -> list[SessionMention]:
    """The sessions in text order; "the first session" and the title that its sentence gives next are one session."""
    merged: list[SessionMention] = []
    for session in sorted(found, key=lambda one: one.evidence):
        last = merged[-1] if merged else None
        if last and _is_title_of(text, session, last):
            merged[-1] = replace(session, number=last.number)
            continue
        merged.append(session)
    return merged


def _is_title_of(text: str, session: SessionMention, ordinal: SessionMention) -> bool:
    if session.number or ordinal.title or ordinal.evidence.rule != "sessions.ordinal":
        return False
    return "\n" not in text[ordinal.evidence.end : session.evidence.start]


def _programmed(text: str, talks: Sequence[Talk]) -> Iterator[SessionMention]:
    for talk in talks:
        if talk.title:
            shown = " ".join(text[slice(*talk.title)].split())
            start, end = talk.times
            extent = (talk.extent[0], talk.reach or talk.extent[1])
            told = " ".join(text[talk.extent[1] : extent[1]].split()).strip(_EDGES) or None
            yield SessionMention(
                talk.kind,
                talk.number,
                shown,
                Evidence(*talk.title, talk.rule, 0.7),
                start_time=start,
                end_time=end,
                summary=told,
                extent=extent,
            )


def _is_same(a: SessionMention, b: SessionMention) -> bool:
    if a.title and b.title:
        return a.title.casefold() == b.title.casefold()
    return a.kind == b.kind and a.number is not None and a.number == b.number


def _reported(text: str, session: SessionMention, stops: Sequence[int], dates: Sequence[DateMention]) -> SessionMention:
    """The session with its time, its day and what is reported of it, up to the sentence that names the next one."""
    if session.extent is not None:
        return replace(session, date=_day(dates, *session.extent))
    start = session.evidence.start
    paragraph = text.find("\n\n", session.evidence.end)
    nearest = max(stops[0], session.evidence.end) if stops else len(text)
    end = min(paragraph if paragraph > 0 else len(text), nearest)
    times = _TIMES.search(text, max(0, text.rfind("\n", 0, start)), min(end, session.evidence.end + 120))
    clock = {"t1": times["start"], "p1": times["a"], "t2": times["end"], "p2": times["b"]} if times else {}
    first, last = clock_times({name: part for name, part in clock.items() if part})
    return replace(
        session,
        date=_day(dates, start, end),
        start_time=first,
        end_time=last,
        summary=" ".join(text[session.evidence.end : end].split()).strip(_EDGES) or None,
        extent=(start, end),
    )


def _day(dates: Sequence[DateMention], start: int, end: int) -> str | None:
    return next((d.edtf for d in dates if d.edtf and d.precision == "day" and start <= d.evidence.start < end), None)
