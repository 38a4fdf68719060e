"""The events that a release announces or reports: named ones, and unnamed ones that are held some day or somewhere.

An event is a thing that a person can attend; a war is none. A named event counts when the text holds it (says when,
where or by whom it is held), or names it in the headline or the lead. An unnamed one ("a two-day meeting") counts when
its own sentence gives it a day, or when the lead says who holds it. Names that share their words are one event, and an
unnamed event of the same kind is the named one again. Doubtful details stay null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at, sections_of
from report_extract.evidence import Evidence
from report_extract.extract.event_details import Details
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.event_names import is_same_day, is_same_name
from report_extract.extract.mentions import (
    DateMention,
    EventMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
)
from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

_SILENT = frozenset({"CHROME", "ABOUT"})
_UNNAMED = (
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]oday['’]s|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+"
    r"(?P<phrase>(?:(?!{verbs}\b)[\w'’-]+\s+){0,4}?(?P<head>{heads}))\b"
)


def find_events(
    doc: Doc,
    dates: Sequence[DateMention],
    organizations: Sequence[OrganizationMention],
    people: Sequence[PersonMention],
    places: Sequence[PlaceMention],
) -> list[EventMention]:
    """Every event of the release, in text order, each once with the evidences of all its names."""
    reader = _Reader(doc, Details(doc, dates, organizations, people, places))
    named = list(reader.named())
    events = _with_unnamed(named, next(reader.unnamed(named), None))
    told = reader.taken_up(sorted(events, key=lambda event: event.evidence))
    return [reader.in_headline(event) for event in told[:1]] + told[1:]


class _Reader:
    """One release: where its headline and lead end, and what it says of the events that it names."""

    def __init__(self, doc: Doc, details: Details) -> None:
        self.doc, self.text, self.details = doc, doc.text, details
        headlines = sections_of(doc, "HEADLINE")
        self.headline_end = max((span.end_char for span in headlines), default=0)
        after = [end for start, end in details.sentences if start >= self.headline_end]
        self.lead_end = after[min(2, len(after) - 1)] if after else 0

    def named(self) -> Iterator[EventMention]:
        groups: list[tuple[str, list[Evidence]]] = []
        for span in mentions_of(self.doc, "EVENT"):
            name = " ".join(span.text.split())
            if section_at(self.doc, span.start_char) in _SILENT or _rule("events.no-event").search(name):
                continue
            evidence = Evidence.of(span, confidence=0.75)
            group = next((one for one in groups if is_same_name(one[0], name)), None)
            if group is None:
                groups.append((name, [evidence]))
            else:
                group[1].append(evidence)
                if len(name) > len(group[0]) and not name.isupper():
                    groups[groups.index(group)] = (name, group[1])
        told: list[EventMention] = []
        for name, forms in groups:
            event = self.details.described(EventMention(name, kind_of(name), forms[0], forms=tuple(forms)))
            if self._counts(event):
                told = _added(told, event)
        yield from told

    def _counts(self, event: EventMention) -> bool:
        if event.start_date or event.parts:
            return True
        if all(form.end <= self.headline_end for form in event.forms):
            return self._is_announced(event)
        early = [form for form in event.forms if form.start < self.lead_end]
        return any(_held().search(self.text, *self.details.sentence(form.start)) for form in early)

    def _is_announced(self, event: EventMention) -> bool:
        """Whether a name that only the headline has is a proper one, of an event that the lead holds."""
        name = event.name or ""
        if event.kind == "other" or name.isupper() or len(name.split()) < 3:
            return False
        return _held().search(self.text, self.headline_end, self.lead_end) is not None

    def unnamed(self, named: Sequence[EventMention]) -> Iterator[EventMention]:
        """The events that are reported without a name, where no named one is reported; the first of them counts."""
        if any(event.start_date for event in named):
            return
        for kind, evidence in self._unnamed_places():
            start, end = self.details.sentence(evidence.start)
            if any(form.start >= start and form.end <= end for event in named for form in event.forms):
                continue
            event = self.details.described(EventMention(None, kind, evidence, forms=(evidence,)))
            if event.start_date or (event.parts and evidence.start < self.lead_end and not named):
                yield event

    def _unnamed_places(self) -> Iterator[tuple[EventKind, Evidence]]:
        kinds: tuple[tuple[str, EventKind], ...] = (("events.met", "meeting"), ("events.visit", "visit"))
        for rule, kind in kinds:
            for match in _rule(rule).finditer(self.text, 0, self.lead_end):
                yield kind, Evidence(match.start(), match.end(), rule, 0.6)
        for match in _unnamed_pattern().finditer(self.text):
            if match["head"].lower() in _loose() and match.start() > self.lead_end:
                continue
            if section_at(self.doc, match.start()) not in _SILENT and _held().search(
                self.text, *self.details.sentence(match.start())
            ):
                yield kind_of(match["phrase"]), Evidence(match.start("phrase"), match.end(), "events.unnamed", 0.5)

    def in_headline(self, event: EventMention) -> EventMention:
        """The first event with what headline and dateline say of its place."""
        return self.details.in_dateline(self.details.in_headline(event, (0, self.headline_end)))

    def taken_up(self, events: list[EventMention]) -> list[EventMention]:
        """The events with what sentences without their names add."""
        named = {self.details.sentence(form.start) for event in events for form in event.forms}
        for bounds in self.details.sentences if events else ():
            if bounds in named or not _taken_up().match(self.text, *bounds) or not _held().search(self.text, *bounds):
                continue
            if section_at(self.doc, bounds[0]) not in _SILENT:
                n = max((n for n, event in enumerate(events) if event.evidence.start <= bounds[0]), default=0)
                events[n] = self.details.taken_up(events[n], bounds)
        return events


def _added(told: Sequence[EventMention], event: EventMention) -> list[EventMention]:
    """The events with one more; it is one of them again where kind and day agree and the names share a word."""
    for n, other in enumerate(told):
        if is_same_day(other, event):
            return [*told[:n], _joined(other, event), *told[n + 1 :]]
    return [*told, event]


def _joined(event: EventMention, other: EventMention) -> EventMention:
    """One event of two: what the first leaves open, the other tells; the more exact date is kept."""
    exact = other if len(other.start_date or "") > len(event.start_date or "") else event
    return replace(
        event,
        start_date=exact.start_date,
        end_date=exact.end_date,
        start_time=exact.start_time,
        end_time=exact.end_time,
        venue=event.venue or other.venue,
        city=event.city or other.city,
        country=event.country or other.country,
        mode=event.mode or other.mode,
        parts=tuple(dict.fromkeys((*event.parts, *other.parts))),
        forms=(*event.forms, *other.forms),
    )


def _with_unnamed(named: Sequence[EventMention], unnamed: EventMention | None) -> list[EventMention]:
    if unnamed is None:
        return list(named)
    for n, event in enumerate(named):
        if event.kind == unnamed.kind and event.start_date is None:
            return [*named[:n], _joined(event, unnamed), *named[n + 1 :]]
    return [*named, unnamed]


def _held() -> re.Pattern[str]:
    return _rule("events.takes-place")


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern


@cache
def _unnamed_pattern() -> re.Pattern[str]:
    heads = heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")
    verbs = alternation((*load_rules("events").terms("held"), "a", "an", "the", "its"))
    return re.compile(_UNNAMED.replace("{heads}", heads).replace("{verbs}", verbs))


@cache
def _taken_up() -> re.Pattern[str]:
    """The beginning of a sentence that speaks of an event named before: "The three-day conference ...", "It ..."."""
    heads = heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")
    return re.compile(
        r"(?i)\W*(?:\d+[.)]?\s+)?(?:(?:the|this|today['’]s|these)\s+(?:[\w'’-]+\s+){0,3}?"
        rf"(?:event|{heads}|series)\b|it\s|(?:jointly |co-?)?(?:organi[sz]ed|hosted|convened)\s)"
    )


@cache
def _loose() -> frozenset[str]:
    return frozenset(load_rules("events").terms("loose"))
