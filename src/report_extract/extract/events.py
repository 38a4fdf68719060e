"""The events that a release announces or reports: named ones, and unnamed ones that are held some day or somewhere.

An event is a thing that a person can attend. A named event counts when the text holds it (says when, where or by whom
it is held), or names it in the headline or the lead. An unnamed one ("a two-day meeting") counts when its own sentence
gives it a day. Names that share their words are one event. Doubtful details stay null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at, sections_of
from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import edition_of, heads_pattern, kind_of
from report_extract.extract.event_parts import Cast, parts_around, parts_in
from report_extract.extract.mentions import (
    DateMention,
    EventMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
)
from report_extract.extract.place_names import country_named
from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

_SILENT = frozenset({"CHROME", "ABOUT"})
_UNNAMED = (
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]oday['’]s|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+"
    r"(?P<phrase>(?:[\w'’-]+\s+){0,4}?(?P<head>{heads}))\b"
)
_AT = re.compile(r"\b(?:at|in|venue:|where:|location:)\s+(?:the\s+)?$", re.I)
_WHERE = re.compile(
    r"(?im)^\W{0,4}(?:where|(?:event |conference |meeting )?(?:venue|location|place))\s*:\s*"
    r"(?P<venue>[^\n;]{3,110}?)[.\s]*$"
)
_WHEN = re.compile(r"(?im)^\W{0,4}(?:when|(?:event |conference |meeting )?dates?|date and time|date & time)\s*:")
_ONLINE_VENUE = re.compile(r"\b(?:via|on|by|over) (Zoom|Microsoft Teams|Webex|YouTube|Google Meet)\b")


def find_events(
    doc: Doc,
    dates: Sequence[DateMention],
    organizations: Sequence[OrganizationMention],
    people: Sequence[PersonMention],
    places: Sequence[PlaceMention],
) -> list[EventMention]:
    """Every event of the release, in text order, each once with the evidences of all its names."""
    reader = _Reader(doc, dates, organizations, people, places)
    named = list(reader.named())
    events = sorted([*named, *reader.unnamed(named)], key=lambda event: event.evidence)
    return reader.taken_up(events)


class _Reader:
    """One release: its text, sentences and mentions, ready to be asked for what stands near a place."""

    def __init__(
        self,
        doc: Doc,
        dates: Sequence[DateMention],
        organizations: Sequence[OrganizationMention],
        people: Sequence[PersonMention],
        places: Sequence[PlaceMention],
    ) -> None:
        self.doc, self.text = doc, doc.text
        self.dates, self.places = dates, places
        self.cast = Cast(doc.text, organizations, people)
        self.sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        headlines = sections_of(doc, "HEADLINE")
        self.headline_end = max((span.end_char for span in headlines), default=0)
        self.lead_end = self._lead_end()
        self.published = next((date for date in dates if date.role == "published" and date.edtf), None)

    def _lead_end(self) -> int:
        after = [end for start, end in self.sentences if start >= self.headline_end]
        return after[min(2, len(after) - 1)] if after else 0

    def named(self) -> Iterator[EventMention]:
        groups: list[tuple[str, list[Evidence]]] = []
        for span in mentions_of(self.doc, "EVENT"):
            if section_at(self.doc, span.start_char) in _SILENT:
                continue
            evidence, name = Evidence.of(span, confidence=0.75), " ".join(span.text.split())
            group = next((one for one in groups if _is_same(one[0], name)), None)
            if group is None:
                groups.append((name, [evidence]))
            else:
                group[1].append(evidence)
                if len(name) > len(group[0]) and not name.isupper():
                    groups[groups.index(group)] = (name, group[1])
        for name, forms in groups:
            event = self._described(EventMention(name, kind_of(name), forms[0], forms=tuple(forms)))
            if self._counts(event, forms):
                yield event

    def _counts(self, event: EventMention, forms: list[Evidence]) -> bool:
        if event.start_date or event.parts:
            return True
        early = any(form.start < self.lead_end for form in forms)
        return early and any(_held().search(self.text, *self._sentence(form.start)) for form in forms)

    def unnamed(self, named: Sequence[EventMention]) -> Iterator[EventMention]:
        """At most one: the event that the lead reports without a name, and only where no named one is reported."""
        if any(event.start_date for event in named):
            return
        for kind, evidence in self._unnamed_places():
            start, end = self._sentence(evidence.start)
            if any(form.start >= start and form.end <= end for event in named for form in event.forms):
                continue
            event = self._described(EventMention(None, kind, evidence, forms=(evidence,)))
            if event.start_date:
                yield event
                return

    def _unnamed_places(self) -> Iterator[tuple[EventKind, Evidence]]:
        for pattern, kind, rule in (
            (_rule("events.met"), "meeting", "events.met"),
            (_rule("events.visit"), "visit", "events.visit"),
        ):
            for match in pattern.finditer(self.text, 0, self.lead_end):
                yield kind, Evidence(match.start(), match.end(), rule, 0.6)  # type: ignore[misc]
        for match in _unnamed_pattern().finditer(self.text):
            if match["head"].lower() in _loose() and match.start() > self.lead_end:
                continue
            if section_at(self.doc, match.start()) not in _SILENT and _held().search(
                self.text, *self._sentence(match.start())
            ):
                yield kind_of(match["phrase"]), Evidence(match.start("phrase"), match.end(), "events.unnamed", 0.5)

    def taken_up(self, events: list[EventMention]) -> list[EventMention]:
        """The events with what sentences without their names add: "The conference will be held in Lima"."""
        for bounds in self.sentences if events else ():
            if any(bounds[0] <= form.start < bounds[1] for event in events for form in event.forms):
                continue
            if section_at(self.doc, bounds[0]) in _SILENT or not _taken_up().match(self.text, *bounds):
                continue
            if not _held().search(self.text, *bounds):
                continue
            n = max((n for n, event in enumerate(events) if event.evidence.start <= bounds[0]), default=0)
            here = Evidence(bounds[0], bounds[0], "events.taken-up")
            event = self._placed(self._dated(events[n], here, bounds), here, bounds)
            new = tuple(part for part in parts_in(self.cast, bounds) if part not in event.parts)
            events[n] = replace(event, parts=event.parts + new)
        return events

    def _sentence(self, char: int) -> tuple[int, int]:
        return next(((s, e) for s, e in self.sentences if s <= char < e), (char, len(self.text)))

    def _described(self, event: EventMention) -> EventMention:
        """The event with what its own sentences say of it; the first that says something is believed."""
        for form in (event.evidence, *event.forms):
            bounds = self._sentence(form.start)
            event = self._dated(event, form, bounds)
            event = self._placed(event, form, bounds)
            parts = tuple(parts_around(self.cast, event.name, form, bounds))
            event = replace(event, parts=event.parts + tuple(part for part in parts if part not in event.parts))
        event = self._labelled(event)
        if event.start_date is None and event.name and (year := re.search(r"\b(?:19|20)\d\d\b", event.name)):
            event = replace(event, start_date=year.group())
        return replace(event, edition=edition_of(event.name) if event.name else None, mode=self._mode(event))

    def _dated(self, event: EventMention, form: Evidence, bounds: tuple[int, int]) -> EventMention:
        if event.start_date is not None:
            return event
        inside = [
            date
            for date in self.dates
            if date.edtf
            and bounds[0] <= date.evidence.start < bounds[1]
            and date.role not in ("published", "deadline")
            and date.precision in ("day", "minute", "interval", "month")
        ]
        if not inside and event.name is None and self.published is not None:
            inside = [self.published]
        if not inside:
            return event
        date = min(inside, key=lambda one: (one.precision == "month", _gap(one.evidence, form)))
        return _with_date(event, date)

    def _placed(self, event: EventMention, form: Evidence, bounds: tuple[int, int]) -> EventMention:
        after = [
            place for place in self.places
            if max(bounds[0], form.end - 1) <= place.evidence.start < bounds[1]
            and _AT.search(self.text[bounds[0] : place.evidence.start])
        ]  # fmt: skip
        beyond = [place for place in self.places if form.end <= place.evidence.start < bounds[1]]
        city = (
            event.city
            or next((p.name for p in after if p.kind == "city"), None)
            or _follower(beyond, after, "city", self.text)
        )
        country = event.country or _follower(beyond, after, "country", self.text)
        if country is None and city is not None:
            country = next((p.country for p in after if p.name == city and p.country), None)
        venue = event.venue or self._venue(form, bounds)
        return replace(event, city=city, country=_short(country), venue=venue)

    def _venue(self, form: Evidence, bounds: tuple[int, int]) -> str | None:
        for span in mentions_of(self.doc, "FAC", "ORG"):
            if form.end <= span.start_char < bounds[1]:
                before = self.text[form.end : span.start_char]
                if re.search(r"\bat\s+(?:the\s+)?$", before) and len(before) < 120:
                    return self._full_form(span.start_char, " ".join(span.text.split()))
        online = _ONLINE_VENUE.search(self.text, *bounds)
        return online.group(1) if online else None

    def _full_form(self, start: int, name: str) -> str:
        if not name.isupper() or len(name) > 8:
            return name
        longer = re.search(
            rf"([A-Z][\w’'-]+(?:\s(?:of|for|and|the|[A-Z][\w’'-]+))*)\s*\({re.escape(name)}\)", self.text[:start]
        )
        return longer.group(1) if longer else name

    def _labelled(self, event: EventMention) -> EventMention:
        """What "WHEN:" and "WHERE:" lines say, where the sentences said nothing."""
        if event.venue is None and (where := _WHERE.search(self.text)):
            event = replace(event, venue=where["venue"].strip())
            line = where.start(), self.text.find("\n", where.end()) % (len(self.text) + 1)
            city = next(
                (p.name for p in self.places if p.kind == "city" and line[0] <= p.evidence.start < line[1]), None
            )
            event = replace(event, city=event.city or city)
        if event.start_date is None and (when := _WHEN.search(self.text)):
            date = next((d for d in self.dates if d.edtf and 0 <= d.evidence.start - when.end() < 60), None)
            event = _with_date(event, date) if date else event
        return event

    def _mode(self, event: EventMention) -> Literal["in_person", "online", "hybrid"] | None:
        start, end = self._sentence(event.evidence.start)
        said = self.text[start:end]
        if _any("hybrid").search(said):
            return "hybrid"
        if _any("online").search(said):
            return "online"
        return "in_person" if event.venue or event.city else None


def _with_date(event: EventMention, date: DateMention) -> EventMention:
    first, _, last = (date.edtf or "").partition("/")
    return replace(
        event,
        start_date=first.split("T")[0],
        end_date=(last.split("T")[0] or None) if last.split("T")[0] != first.split("T")[0] else None,
        start_time=date.time,
        end_time=date.end_time,
    )


def _gap(a: Evidence, b: Evidence) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _follower(beyond: Sequence[PlaceMention], after: Sequence[PlaceMention], kind: str, text: str) -> str | None:
    """A place that follows another after a comma ("at HU in Sapporo, Japan"), or stands alone after "in"."""
    for place in beyond:
        if place.kind == kind:
            before = text[max(0, place.evidence.start - 3) : place.evidence.start]
            if place in after or before.rstrip().endswith(","):
                return place.name
    return None


def _short(country: str | None) -> str | None:
    return (country_named(country) or country) if country else None


def _is_same(a: str, b: str) -> bool:
    """Whether two names are forms of one event: the shorter's words all stand in the longer, and years agree.

    >>> _is_same("HR Week 2021", "Harbour Reef Week 2021"), _is_same("Reef Week 2020", "Reef Week 2021")
    (True, False)
    """
    left, right = set(re.findall(r"\w+", a.lower())), set(re.findall(r"\w+", b.lower()))
    years = [{w for w in words if re.fullmatch(r"(?:19|20)\d\d", w)} for words in (left, right)]
    if years[0] and years[1] and years[0] != years[1]:
        return False
    small, large = sorted((left, right), key=len)
    if small <= large:
        return True
    short, long = sorted((a, b), key=len)
    runs = "".join(word[0] if word[0].isupper() else " " for word in re.findall(r"\w+", long))
    rest = {word.lower() for word in re.findall(r"\w+", short) if not _is_acronym_in(word, runs)}
    return len(rest) < len(re.findall(r"\w+", short)) and rest <= large


def _is_acronym_in(word: str, initials: str) -> bool:
    return word.isupper() and len(word) > 1 and word in initials


def _held() -> re.Pattern[str]:
    return _rule("events.takes-place")


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern


@cache
def _unnamed_pattern() -> re.Pattern[str]:
    heads = heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")
    return re.compile(_UNNAMED.replace("{heads}", heads))


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


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('events').terms(name))}\b")
