"""When, where and by whom an event is held: what the sentences that name it, or take it up, say.

The first sentence that says something is believed. Nothing is taken from a sentence about something else, and what no
place tells stays null; a country is told only where the release names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Literal, TypeVar

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of
from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import edition_of, heads_pattern
from report_extract.extract.event_parts import Cast, doers, hosts_in_headline, parts_around, parts_in
from report_extract.extract.mentions import (
    DateMention,
    EventMention,
    EventPart,
    OrganizationMention,
    PersonMention,
    PlaceMention,
)
from report_extract.extract.place_names import country_named
from report_extract.rules import alternation, load_rules

M = TypeVar("M", DateMention, PlaceMention)
_IN = re.compile(r"\b(?:[Ii]n|IN)\s+$")
_RIGHT_BEHIND = re.compile(r"[ ]*[,(–-]?[ ]*")
_GOES = re.compile(
    r"(?i)\b(?:near|visit(?:s|ed|ing)?|(?:travel\w*|go(?:es|ing)?|went|fl(?:y|ew|ies)) to)\s+(?:the\s+)?$"
)
_ATTENDS = re.compile(
    r"(?i)\bto (?:attend|speak|address|participate|take part|join|deliver|represent|compete)\b|\bfor\b"
)
_Bounds = tuple[int, int]
_AT = re.compile(r"\b(?:at|in|venue:|where:|location:)\s+(?:the\s+)?$", re.I)
_TO = re.compile(r"\b(?:at|in|to|visit(?:ed|ing|s)?|inspect(?:ed|s)?|tour(?:ed|s)?|travel\w* to)\s+(?:the\s+)?$", re.I)
_AT_SITE = re.compile(r"\bat\s+(?:the\s+)?$")
# A building may stand after "in" and behind its owner: "in the Tide Hall", "at the Reef Board's Tide Hall".
_AT_BUILDING = re.compile(r"\b(?:at|in)\s+(?:the\s+|its\s+)?(?:(?:historic|new|old|famous)\s+)?(?:(?:[A-Z][\w’'-]+\s+|of\s+|the\s+){1,6}?[A-Z][\w-]*['’]s?\s+)?$")
_HELD_AT = re.compile(
    r"\b(?:held|place|gather(?:ed|s)?|hosted|convened|organi[sz]ed)\b[^.;:\n]{0,60}?\bat\s+(?:the\s+)?"
    r"(?P<venue>[A-Z][\w’'-]*(?: (?:(?:of|the|and|for|de|la|du) )*[A-Z][\w’'-]*)+)"
)
_ONLINE_VENUE = re.compile(r"\b(?:via|on|by|over|at|through|using) (Zoom|Microsoft Teams|Webex|YouTube|Google Meet)\b")
_TELLS = r"(?i:announce[ds]?|announcing|said|says|stated?|welcomed|released?|publish(?:ed|es)?|reported|wrote|called|urged|confirmed)"
_TOLD_BEFORE = re.compile(rf"\b{_TELLS}\s+(?:in\s+|on\s+|the\s+|this\s+)*$")
_TOLD_BEHIND = re.compile(rf"\s+(?:\w+ly\s+|also\s+|has\s+)?{_TELLS}\b")
_EXACT = frozenset({"day", "minute", "interval", "month"})
_NO_EVENT_DATE = frozenset({"published", "deadline"})


class Details:
    """One release: its sentences and mentions, ready to be asked what they say of an event."""

    def __init__(
        self,
        doc: Doc,
        dates: Sequence[DateMention],
        organizations: Sequence[OrganizationMention],
        people: Sequence[PersonMention],
        places: Sequence[PlaceMention],
        *,
        dateline: str | None = None,
    ) -> None:
        self.doc, self.text, self.dateline = doc, doc.text, dateline
        self.dates = sorted(dates, key=lambda date: date.evidence)
        self.places = sorted(places, key=lambda place: place.evidence)
        self.sites = mentions_of(doc, "FAC", "ORG")
        self.cast = Cast.of(doc.text, organizations, people)
        self.sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        self.published = next((date for date in dates if date.role == "published" and date.edtf), None)

    def sentence(self, char: int) -> _Bounds:
        """The sentence in which a character stands."""
        n = bisect_right(self.sentences, (char, len(self.text) + 1)) - 1
        return self.sentences[n] if n >= 0 and char < self.sentences[n][1] else (char, len(self.text))

    def days_in(self, bounds: _Bounds) -> list[DateMention]:
        """The resolved dates of a sentence on which something may take place."""
        return [
            date
            for date in _within(self.dates, bounds)
            if date.edtf and date.role not in _NO_EVENT_DATE and date.precision in _EXACT and len(_first(date)) > 4
        ]

    def sites_in(self, bounds: _Bounds) -> list[PlaceMention]:
        """The towns, buildings and grounds that a sentence names after "at" or "in"."""
        return [
            place
            for place in _within(self.places, bounds)
            if place.kind in ("city", "site") and _AT.search(self.text[bounds[0] : place.evidence.start])
        ]

    def places_in(self, bounds: _Bounds) -> Sequence[PlaceMention]:
        """All places named between two places of the text, in text order."""
        return _within(self.places, bounds)

    def described(self, event: EventMention) -> EventMention:
        """The event with what its own sentences say of it."""
        parts: list[EventPart] = []
        for form in dict.fromkeys((event.evidence, *event.forms)):
            bounds = self.sentence(form.start)
            event = self._placed(self._dated(event, form, bounds), form, bounds)
            parts.extend(parts_around(self.cast, None if parts else event.name, form, bounds))
            if form.rule.startswith("occasions.") and not parts:
                parts.extend(doers(self.cast, form, bounds))
        event = _with_parts(event, parts)
        if event.start_date is None and event.name and (year := re.search(r"\b(?:19|20)\d\d\b", event.name)):
            event = replace(event, start_date=year.group())
        return replace(event, edition=edition_of(event.name) if event.name else None, mode=self._mode(event))

    def taken_up(self, event: EventMention, bounds: _Bounds) -> EventMention:
        """The event with what a sentence without its name adds: "The conference will be held in Lima"."""
        here = Evidence(bounds[0], bounds[0], "events.taken-up")
        event = self._placed(self._dated(event, here, bounds), here, bounds)
        return _with_parts(event, parts_in(self.cast, bounds))

    def _dated(self, event: EventMention, form: Evidence, bounds: _Bounds) -> EventMention:
        if event.start_date is not None:
            return event
        inside = [day for day in self.days_in(bounds) if not self._is_of_telling(day)]
        if not inside and event.name is None and self.published is not None:
            inside = [self.published]
        if not inside:
            return event
        return with_date(event, min(inside, key=lambda one: (one.precision == "month", _gap(one.evidence, form))))

    def _is_of_telling(self, day: DateMention) -> bool:
        """Whether a day says when something was made known: "announced today", "said on Wednesday"."""
        if self.published is None or _first(day) != _first(self.published):
            return False
        start, end = day.evidence.start, day.evidence.end
        before, behind = self.text[max(0, start - 40) : start], self.text[end : end + 40]
        return _TOLD_BEFORE.search(before) is not None or _TOLD_BEHIND.match(behind) is not None

    def _placed(self, event: EventMention, form: Evidence, bounds: _Bounds) -> EventMention:
        near = _within(self.places, (max(bounds[0], form.end - 1), bounds[1]))
        lead = _TO if event.kind == "visit" else _AT
        after = [place for place in near if lead.search(self.text[bounds[0] : place.evidence.start])]
        beyond = [place for place in near if form.end <= place.evidence.start]
        city = (
            event.city
            or next((p.name for p in after if p.kind == "city"), None)
            or _follower(beyond, after, "city", self.text)
            or self._beside(form, "city")
            or self._city_before(form, bounds)
        )
        city = event.city or (self._city_of_parts(city, bounds) if city else None)
        country = event.country or _follower(beyond, after, "country", self.text) or self._beside(form, "country")
        venue = event.venue or self._venue(form, bounds)
        return replace(event, city=city, country=_short(country), venue=venue)

    def _city_of_parts(self, name: str, bounds: _Bounds) -> str:
        """The last of the places that stand side by side: "Lamington St, New Farm, Brisbane" is in Brisbane."""
        places = _within(self.places, bounds)
        for one, other in pairwise(places):
            between = self.text[one.evidence.end : other.evidence.start]
            if one.name == name and other.kind == "city" and between.strip() == "," and other.name != name:
                # "in Lima, Cusco and Puno" lists towns.
                goes_on = self.text[other.evidence.end : other.evidence.end + 6]
                name = name if re.match(r"\s*,?\s*(?:and|&)\s|,\s*[A-Z]", goes_on) else other.name
        return name

    def with_country(self, event: EventMention) -> EventMention:
        """The event with the country of its town, where the release names that country beside the town."""
        if event.country or not event.city:
            return event
        named = {place.country for place in self.places if place.kind == "country"}
        here = (p.country for p in self.places if p.name.casefold() == event.city.casefold() and p.country in named)
        return replace(event, country=next((country for country in here if country), None))

    def hosted_in_headline(self, event: EventMention, headline: _Bounds) -> EventMention:
        """The event with the body that the headline says holds it, where no sentence names one."""
        if event.parts or not heads_pattern().search(self.text, *headline):
            return event
        return _with_parts(event, hosts_in_headline(self.cast, headline))

    def in_headline(self, event: EventMention, headline: _Bounds) -> EventMention:
        """The event with the town that the headline puts it in, where no sentence names one: "Fair in Lima"."""
        if event.city is not None or event.mode == "online":
            return event
        cities = (p for p in _within(self.places, headline) if p.kind == "city")
        here = (p for p in cities if _IN.search(self.text, headline[0], p.evidence.start))
        city = next((p.name for p in here if p.evidence.end <= headline[1]), None)
        return replace(event, city=city) if city else event

    def in_dateline(self, event: EventMention, headline: _Bounds) -> EventMention:
        """A dated or headlined event that nothing places, in the town of the dateline: who reports there was there."""
        told = event.start_date is not None or any(form.end <= headline[1] for form in event.forms)
        if event.city is not None or event.mode == "online" or not told:
            return event
        written = (self.dateline or "").casefold()
        near = [place for place in self.places if place.kind == "city" and place.name.casefold() in written]
        if not near and self.published is not None:
            start = self.published.evidence.start
            near = [p for p in self.places if p.kind == "city" and -60 < start - p.evidence.end < 30]
        name = next((place.name for place in near), None)
        return replace(event, city=name.title() if name.isupper() else name) if name else event

    def _beside(self, form: Evidence, kind: str) -> str | None:
        """A place that stands right behind the name: "Reef Expo (Lima, Peru)", "Reef Expo, Lima, Peru, 5 May"."""
        here = form.end
        for place in _within(self.places, (form.end, form.end + 60)):
            if not _RIGHT_BEHIND.fullmatch(self.text[here : place.evidence.start]):
                return None
            if place.kind == kind:
                return place.name
            here = place.evidence.end
        return None

    def _city_before(self, form: Evidence, bounds: _Bounds) -> str | None:
        """A city that stands before the event: "In Lima, it held its forum", "will travel to Lima to attend it"."""
        for place in _within(self.places, (bounds[0], form.start)):
            if place.kind != "city" or place.evidence.end > form.start:
                continue
            goes = _GOES.search(self.text[bounds[0] : place.evidence.start])
            if goes and _ATTENDS.search(self.text, place.evidence.end, form.start):
                return place.name
            if _IN.search(self.text[bounds[0] : place.evidence.start]):
                return place.name
        return None

    def _venue(self, form: Evidence, bounds: _Bounds) -> str | None:
        first = bisect_left(self.sites, form.end, key=lambda span: span.start_char)
        for span in self.sites[first:]:
            if span.start_char >= min(bounds[1], form.end + 120):
                break
            led = _AT_SITE if span.label_ == "ORG" else _AT_BUILDING
            if led.search(self.text[form.end : span.start_char]):
                return self._full_form(span.start_char, " ".join(span.text.split()))
        told = _HELD_AT.search(self.text, *bounds)
        if told and not any(place.evidence.start <= told.start("venue") < place.evidence.end and place.kind != "site" for place in self.places):
            return told["venue"]
        online = _ONLINE_VENUE.search(self.text, *bounds)
        return online.group(1) if online else None

    def _full_form(self, start: int, name: str) -> str:
        if not name.isupper() or len(name) > 8:
            return name
        longer = re.search(
            rf"([A-Z][\w’'-]+(?:\s(?:of|for|and|the|[A-Z][\w’'-]+))*)\s*\({re.escape(name)}\)", self.text[:start]
        )
        return longer.group(1) if longer else name

    def _mode(self, event: EventMention) -> Literal["in_person", "online", "hybrid"] | None:
        start, end = self.sentence(event.evidence.start)
        said = self.text[start:end]
        if _any("hybrid").search(said):
            return "hybrid"
        if _any("online").search(said):
            return "online"
        return "in_person" if event.venue or event.city else None


def _within(mentions: Sequence[M], bounds: _Bounds) -> Sequence[M]:
    """Of mentions in text order, those that begin between two places."""
    first = bisect_left(mentions, bounds[0], key=lambda mention: mention.evidence.start)
    last = bisect_left(mentions, bounds[1], key=lambda mention: mention.evidence.start)
    return mentions[first:last]


def _with_parts(event: EventMention, parts: Iterable[EventPart]) -> EventMention:
    return replace(event, parts=tuple(dict.fromkeys((*event.parts, *parts))))


def with_date(event: EventMention, date: DateMention) -> EventMention:
    """The event on a day, a month or a range of days, with the clock times that stand beside them."""
    first, _, last = (date.edtf or "").partition("/")
    start, end = first.split("T")[0], last.split("T")[0]
    return replace(
        event,
        start_date=start,
        end_date=end if end and end != start else None,
        start_time=date.time,
        end_time=date.end_time,
    )


def _first(date: DateMention) -> str:
    return (date.edtf or "").partition("/")[0]


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


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('events').terms(name))}\b")
