"""Where an event is held: the town, country and venue that sentences, headline and dateline tell.

What no place tells stays null; a country is told only where the release names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Span

from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.mentions import DateMention, EventMention, PlaceMention
from report_extract.extract.place_names import country_named, is_site

M = TypeVar("M", DateMention, PlaceMention)
Bounds = tuple[int, int]
_IN = re.compile(r"\b(?:[Ii]n|IN)\s+$")
_RIGHT_BEHIND = re.compile(r"[ ]*[,(–-]?[ ]*")
# "Nha Trang, Khanh Hoa province": the second place is no town.
_LARGER = re.compile(r"\s+(?i:province|prefecture|state|county|region|district|regency|governorate)\b")
_BEHIND_BODY = re.compile(r"\s*\)?(?:\([^()\n]{1,20}\))?,\s*")
_HELD_BEFORE = re.compile(
    r"(?i)\b(?:at|by|in(?!\s+(?:association|collaboration|partnership|co-?operation|conjunction)))\b[^.;:\n]*\Z"
)
_GOES = re.compile(
    r"(?i)\b(?:near|visit(?:s|ed|ing)?|(?:travel\w*|go(?:es|ing)?|went|fl(?:y|ew|ies)) to)\s+(?:the\s+)?$"
)
_ATTENDS = re.compile(
    r"(?i)\bto (?:attend|speak|address|participate|take part|join|deliver|represent|compete)\b|\bfor\b"
)
_AT = re.compile(r"\b(?:at|in|venue:|where:|location:)\s+(?:the\s+)?$", re.I)
_TO = re.compile(r"\b(?:at|in|to|visit(?:ed|ing|s)?|inspect(?:ed|s)?|tour(?:ed|s)?|travel\w* to)\s+(?:the\s+)?$", re.I)
_AT_SITE = re.compile(r"\bat\s+(?:the\s+)?$")
# A building may stand after "in" and behind its owner: "in the Tide Hall", "at the Reef Board's Tide Hall".
_AT_BUILDING = re.compile(
    r"\b(?:at|in)\s+(?:the\s+|its\s+)?(?:(?:historic|new|old|famous)\s+)?"
    r"(?:(?:[A-Z][\w’'-]+\s+|of\s+|the\s+){1,6}?[A-Z][\w-]*['’]s?\s+)?$"
)
_FEWEST_LISTED = 3
# From an event to its venue stand at most so many characters; more where a verb with its subjects tells the event.
_NEAR, _FAR = 120, 260
_PREMISES = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,2}?(?:headquarters|head office|offices?|premises|campus|building|auditorium|hall|grounds"
    r"|theatre|theater|chambers?|boardroom|conference room|clubhouse)\b"
)
# "at the Reef Survey (RS) National Headquarters".
_ITS_BUILDING = re.compile(
    r"\s*(?:\([A-Z][\w-]{1,9}\))?\s+(?:[A-Z][\w’'-]+\s+){0,3}"
    r"(?:Headquarters|Head Office|Campus|Auditorium|Hall|Theatre|Theater|Building|Complex|Conference Room|Boardroom"
    r"|Gymnasium|Grounds|Premises|House)\b(?! [A-Z])"
    r"|\s*(?:\([A-Z][\w-]{1,9}\))?\s+(?:headquarters|head office|campus)\b"
)
_OWNS = re.compile(r"['’]s?\s+[A-Z]")
_HELD_AT = re.compile(
    r"\b(?:held|place|gather(?:ed|s)?|hosted|convened|organi[sz]ed|launched|opened|unveiled|celebrated|inaugurated|signed"
    r"|delivered|staged)\b[^.;:\n]{0,60}?\b(?:at\s+(?:the\s+)?|in\s+the\s+(?=(?:[A-Z][\w’'-]*\s){1,4}?"
    r"(?:Auditorium|Hall|Theatre|Theater|Room|Building|Library|Gymnasium|Pavilion|Ballroom|Chapel|Gallery)\b))"
    r"(?P<venue>[A-Z][\w’'-]*(?: (?:(?:of|the|and|for|de|la|du) )*[A-Z][\w’'-]*)+)"
)
_TOWN_BEHIND = re.compile(
    r",\s+(?P<city>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2})"
    r"(?=,?\s+(?:on|from|between|at|during|in|last|this|next|today)\b|\.\s|\.$)"
)
# "South Philly" is a quarter of Philadelphia: so much of a town's name tells which.
_QUARTER = re.compile(
    r"(?:North|South|East|West|Downtown|Uptown|Central|Inner|Upper|Lower) (?P<begins>[A-Z][a-z]{3})\w*"
)
_ONLINE_VENUE = re.compile(r"\b(?:via|on|by|over|at|through|using) (Zoom|Microsoft Teams|Webex|YouTube|Google Meet)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """A release's text, the places that it names and what may be a venue, each in text order."""

    text: str
    places: Sequence[PlaceMention]
    sites: Sequence[Span]

    def within(self, bounds: Bounds) -> Sequence[PlaceMention]:
        """All places named between two places of the text."""
        return within(self.places, bounds)

    def sites_in(self, bounds: Bounds) -> list[PlaceMention]:
        """The towns, buildings and grounds that a sentence names after "at" or "in"."""
        return [
            place
            for place in within(self.places, bounds)
            if place.kind in ("city", "site") and _AT.search(self.text[bounds[0] : place.evidence.start])
        ]

    def placed(self, event: EventMention, form: Evidence, bounds: Bounds) -> EventMention:
        """The event with the town, country and venue that a sentence with the event at `form` tells."""
        near = self._without_lists(within(self.places, (max(bounds[0], form.end - 1), bounds[1])))
        lead = _TO if event.kind == "visit" else _AT
        after = [place for place in near if lead.search(self.text[bounds[0] : place.evidence.start])]
        beyond = [place for place in near if form.end <= place.evidence.start]
        city = (
            event.city
            or next((p.name for p in after if p.kind == "city"), None)
            or _follower([p for p in beyond if not self._is_of_a_body(p)], after, "city", self.text)
            or self._beside(form, "city")
            or self._city_before(form, bounds)
            or self._city_behind(form, bounds)
        )
        city = event.city or (self._town_of(self._city_of_parts(city, bounds)) if city else None)
        country = event.country or _follower(beyond, after, "country", self.text) or self._beside(form, "country")
        venue = event.venue or self._venue(form, bounds)
        return replace(event, city=city, country=_short(country), venue=venue)

    def _is_of_a_body(self, place: PlaceMention) -> bool:
        """Whether a place stands behind a body where nothing is held: "in association with the Reef Board, Lima"."""
        start = place.evidence.start
        at = bisect_left(self.sites, start, key=lambda span: span.start_char) - 1
        span = self.sites[at] if at >= 0 else None
        if span is None or span.label_ != "ORG" or not _BEHIND_BODY.fullmatch(self.text, span.end_char, start):
            return False
        return _HELD_BEFORE.search(self.text, max(0, span.start_char - _NEAR // 2), span.start_char) is None

    def _without_lists(self, places: Sequence[PlaceMention]) -> list[PlaceMention]:
        """The places without lists, of towns or countries, that "and" closes: "missions in Lima, Cusco and Rome"."""
        run: list[PlaceMention] = []
        listed: set[int] = set()
        for one, other in pairwise(places):
            between = self.text[one.evidence.end : other.evidence.start]
            is_same = one.kind == other.kind and one.kind in ("city", "country")
            goes_on = is_same and re.fullmatch(r"\s*,?\s*(?:and|&)?\s*(?:the\s)?", between)
            run = [*(run or [one]), other] if goes_on else []
            if len(run) >= _FEWEST_LISTED and re.search("and|&", between):
                listed.update(id(place) for place in run)
        return [place for place in places if id(place) not in listed]

    def _city_of_parts(self, name: str, bounds: Bounds) -> str:
        """The last of the places that stand side by side: "Lamington St, New Farm, Brisbane" is in Brisbane."""
        places = within(self.places, bounds)
        for one, other in pairwise(places):
            between = self.text[one.evidence.end : other.evidence.start]
            is_larger = _LARGER.match(self.text, other.evidence.end) or name.endswith((" City", " Town"))
            if (
                one.name == name
                and other.kind == "city"
                and between.strip() == ","
                and other.name != name
                and not is_larger
            ):
                # "in Lima, Cusco and Puno" lists towns.
                goes_on = self.text[other.evidence.end : other.evidence.end + 6]
                name = name if re.match(r"\s*,?\s*(?:and|&)\s|,\s*[A-Z]", goes_on) else other.name
        return name

    def _town_of(self, name: str) -> str:
        """The town for a quarter of it that no list knows: "South Limatown" where the release names Limatown."""
        quarter = _QUARTER.fullmatch(name)
        if quarter is None or any(p.name == name and p.evidence.rule == "places.known" for p in self.places):
            return name
        begins = quarter["begins"]
        return next((p.name for p in self.places if p.kind == "city" and p.name.startswith(begins)), name)

    def with_country(self, event: EventMention) -> EventMention:
        """The event with its town in full ("New Lima City") and the country that the release names beside the town."""
        # A town that ends an address stays as it is written there.
        if event.city and not re.search(r"\d", event.venue or ""):
            full = {place.name for place in self.places if place.name in (f"{event.city} City", f"{event.city} Town")}
            event = replace(event, city=full.pop()) if len(full) == 1 else event
        if event.country or not event.city:
            return event
        named = {place.country for place in self.places if place.kind == "country"}
        here = (p.country for p in self.places if p.name.casefold() == event.city.casefold() and p.country in named)
        return replace(event, country=next((country for country in here if country), None))

    def in_headline(self, event: EventMention, headline: Bounds) -> EventMention:
        """The event with the town that the headline puts it in, where no sentence names one: "Fair in Lima"."""
        if event.city is not None or event.mode == "online":
            return event
        cities = (p for p in within(self.places, headline) if p.kind == "city")
        here = (p for p in cities if _IN.search(self.text, headline[0], p.evidence.start))
        city = next((p.name for p in here if p.evidence.end <= headline[1]), None)
        return replace(event, city=city) if city else event

    def in_dateline(
        self, event: EventMention, headline: Bounds, dateline: str | None, published: DateMention | None
    ) -> EventMention:
        """A dated or headlined event that nothing places, in the town of the dateline: who reports there was there."""
        told = event.start_date is not None or any(form.end <= headline[1] for form in event.forms)
        told = told or any(kind_of(h.group()) == event.kind for h in heads_pattern().finditer(self.text, *headline))
        if event.city is not None or event.mode == "online" or not told:
            return event
        written = (dateline or "").casefold()
        near = [place for place in self.places if place.kind == "city" and place.name.casefold() in written]
        if not near and published is not None:
            start = published.evidence.start
            near = [p for p in self.places if p.kind == "city" and -60 < start - p.evidence.end < 30]
        name = next((place.name for place in near), None)
        return replace(event, city=name.title() if name.isupper() else name) if name else event

    def _beside(self, form: Evidence, kind: str) -> str | None:
        """A place that stands right behind the name: "Reef Expo (Lima, Peru)", "Reef Expo, Lima, Peru, 5 May"."""
        here = form.end
        for place in within(self.places, (form.end, form.end + 60)):
            if not _RIGHT_BEHIND.fullmatch(self.text[here : place.evidence.start]):
                return None
            if place.kind == kind:
                return place.name
            here = place.evidence.end
        return None

    def _city_before(self, form: Evidence, bounds: Bounds) -> str | None:
        """A city that stands before the event: "In Lima, it held its forum", "will travel to Lima to attend it"."""
        for place in within(self.places, (bounds[0], form.start)):
            if place.kind != "city" or place.evidence.end > form.start:
                continue
            goes = _GOES.search(self.text[bounds[0] : place.evidence.start])
            if goes and _ATTENDS.search(self.text, place.evidence.end, form.start):
                return place.name
            if _IN.search(self.text[bounds[0] : place.evidence.start]):
                return place.name
        return None

    def _city_behind(self, form: Evidence, bounds: Bounds) -> str | None:
        """A town that no list knows, behind the building: "at the Civic Centre, Lemmon City, on 5 May"."""
        for site in within(self.places, (form.end, bounds[1])):
            behind = _TOWN_BEHIND.match(self.text, site.evidence.end, bounds[1]) if site.kind == "site" else None
            if behind is None or is_site(behind["city"]):
                continue
            taken = [
                *((place.evidence.start, place.evidence.end) for place in self.places),
                *((span.start_char, span.end_char) for span in self.sites),
            ]
            if not any(start < behind.end("city") and behind.start("city") < end for start, end in taken):
                return behind["city"]
        return None

    def _venue(self, form: Evidence, bounds: Bounds) -> str | None:
        first = bisect_left(self.sites, form.end, key=lambda span: span.start_char)
        for span in self.sites[first:]:
            if span.start_char >= min(bounds[1], form.end + (_FAR if form.rule.startswith("occasions.") else _NEAR)):
                break
            if any(p.kind == "city" for p in within(self.places, (span.start_char, span.start_char + 1))):
                continue
            led = _AT_SITE if span.label_ == "ORG" else _AT_BUILDING
            if span.label_ == "ORG" and _OWNS.match(self.text, span.end_char):
                continue
            if led.search(self.text[form.end : span.start_char]):
                building = _ITS_BUILDING.match(self.text, span.end_char) if span.label_ == "ORG" else None
                if owned := building or _PREMISES.match(self.text, span.end_char):
                    return " ".join(self.text[span.start_char : owned.end()].split())
                return self._full_form(span.start_char, " ".join(span.text.split()))
        told = _HELD_AT.search(self.text, *bounds)
        if (
            told
            and kind_of(told["venue"]) == "other"
            and not any(
                place.evidence.start <= told.start("venue") < place.evidence.end and place.kind != "site"
                for place in self.places
            )
        ):
            building = _ITS_BUILDING.match(self.text, told.end())
            return " ".join(self.text[told.start("venue") : building.end() if building else told.end()].split())
        online = _ONLINE_VENUE.search(self.text, *bounds)
        return online.group(1) if online else None

    def _full_form(self, start: int, name: str) -> str:
        if not name.isupper() or len(name) > 8:
            return name
        longer = re.search(
            rf"([A-Z][\w’'-]+(?:\s(?:of|for|and|the|[A-Z][\w’'-]+))*)\s*\({re.escape(name)}\)", self.text[:start]
        )
        return longer.group(1) if longer else name


def _follower(beyond: Sequence[PlaceMention], after: Sequence[PlaceMention], kind: str, text: str) -> str | None:
    """A place that follows another after a comma ("at HU in Sapporo, Japan"), or stands alone after "in"."""
    for place in beyond:
        if place.kind == kind:
            before = text[max(0, place.evidence.start - 8) : place.evidence.start]
            if place in after or re.search(r",\s*(?:the\s+)?$", before):
                return place.name
    return None


def _short(country: str | None) -> str | None:
    return (country_named(country) or country) if country else None


def within(mentions: Sequence[M], bounds: Bounds) -> Sequence[M]:
    """Of mentions in text order, those that begin between two places."""
    first = bisect_left(mentions, bounds[0], key=lambda mention: mention.evidence.start)
    last = bisect_left(mentions, bounds[1], key=lambda mention: mention.evidence.start)
    return mentions[first:last]
