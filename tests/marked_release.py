"""Releases with marked mentions, read by the extractors of events, sessions, roles and statements."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from marked_docs import marked_doc
from report_extract.analyze.quotes import quote_spans
from report_extract.analyze.seam import QUOTES, SECTIONS, write_spans
from report_extract.extract.dates import find_dates
from report_extract.extract.events import find_events
from report_extract.extract.mentions import EventMention, RoleMention, SessionMention, StatementMention
from report_extract.extract.organizations import find_organizations
from report_extract.extract.participations import find_roles
from report_extract.extract.people import find_people
from report_extract.extract.places import find_places
from report_extract.extract.programmes import find_talks
from report_extract.extract.sessions import find_sessions
from report_extract.extract.statements import find_statements
from report_extract.resolve import resolve_people


@dataclass(frozen=True, slots=True)
class Release:
    """A marked text and all that was read out of it."""

    doc: Doc
    events: list[EventMention]
    sessions: list[SessionMention]
    roles: list[RoleMention]
    statements: list[StatementMention]
    full_names: dict[tuple[int, int], str]

    def name(self, mention: object) -> str | None:
        """The full name of a person or body whom a mention names."""
        evidence = getattr(mention, "evidence", None)
        if evidence is None:
            return None
        return self.full_names.get((evidence.start, evidence.end), getattr(mention, "name", None))

    def told_roles(self) -> set[tuple[str | None, str]]:
        return {(self.name(role.person), role.role) for role in self.roles}


def release_doc(marked: str, sections: dict[str, str] | None = None) -> Doc:
    """The document of a marked text; `sections` gives labels to the lines that hold a piece of text."""
    doc = marked_doc(marked)
    write_spans(doc, QUOTES, [(start, end, "QUOTE", rule) for start, end, rule in quote_spans(doc.text)])
    if sections:
        doc.spans[SECTIONS] = _sections(doc, sections)
    return doc


def read_release(marked: str, *, published: str | None = None, sections: dict[str, str] | None = None) -> Release:
    """What the extractors find in a marked text."""
    doc = release_doc(marked, sections)
    people, bodies, places = tuple(find_people(doc)), tuple(find_organizations(doc)), tuple(find_places(doc))
    dates, talks = tuple(find_dates(doc, published=published)), find_talks(doc, people)
    sessions = find_sessions(doc, dates, talks)
    names = {(m.evidence.start, m.evidence.end): one.name for one in resolve_people(people) for m in one.mentions}
    return Release(
        doc,
        find_events(doc, dates, bodies, people, places),
        sessions,
        list(find_roles(doc, people, sessions, talks)),
        list(find_statements(doc, people, bodies)),
        names,
    )


def _sections(doc: Doc, labels: dict[str, str]) -> list[Span]:
    spans, start = [], 0
    for stop in [*(token.i + 1 for token in doc if "\n" in token.text), len(doc)]:
        if stop > start:
            words = doc[start:stop].text
            label = next((label for label, piece in labels.items() if piece in words), "BODY")
            spans.append(Span(doc, start, stop, label=label))
            start = stop
    return spans
