"""What the layout of a release tells of its event: labelled lines and the block of lines under the headline.

"WHEN:" and "WHERE:" lines (also numbered ones, with the value on the next line) fill what the sentences leave open, and
an exact day in one is believed before a bare month in prose. Under a headline that names the event, the short lines up
to the first sentence say when and where it is held. An advisory with both labels is an event even without a name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.event_details import Details, with_date
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.mentions import DateMention, EventMention
from report_extract.extract.occasions import frame_in
from report_extract.extract.place_names import country_named
from report_extract.rules import load_rules
from report_extract.schema import EventKind

_NEAR = 80
_BLOCK = 400
_SENTENCE = re.compile(r"[^\n]{90,}[.!?]|[^\n]*\b(?:was|were|will|is|are|has|have)\b[^\n]*")
_EXACT_DAY = 10


def labelled(details: Details, event: EventMention) -> EventMention:
    """The event with what "WHEN:" and "WHERE:" lines say: their day is believed before that of the prose."""
    where, day = _where(details), _when(details)
    if where:
        event = replace(event, venue=event.venue or where[0], city=event.city or where[1])
    if day and (event.start_date is None or _is_within(day, event.start_date)):
        return with_date(event, day)
    if day and where and not _first(day).startswith(event.start_date or ""):
        return with_date(event, day)
    return event


def in_block(details: Details, event: EventMention, headline_end: int) -> EventMention:
    """The event with the day and place in the short lines under the headline that names it."""
    form = next((form for form in event.forms if form.start <= max(headline_end, 1)), None)
    if form is None:
        return event
    bounds = form.end, _prose_from(details.text, form.end)
    days = [day for day in details.days_in(bounds) if len(_first(day)) >= _EXACT_DAY]
    if not days:
        return event
    if event.start_date is None or _is_within(days[0], event.start_date):
        event = with_date(event, days[0])
    if _first(days[0]).split("T")[0] != event.start_date:
        return event
    places = details.where.within((bounds[0], _line_end(details.text, days[0].evidence.end)))
    city = event.city or next((place.name for place in places if place.kind == "city"), None)
    venue = event.venue or next((place.name for place in places if place.kind == "site"), None)
    country = event.country or next((place.name for place in places if place.kind == "country"), None)
    return replace(event, city=city, venue=venue, country=country_named(country or "") or country)


def advisory(details: Details, headline: tuple[int, int], lead_end: int) -> EventMention | None:
    """The event without a name that an advisory announces in labelled lines; null where a label is missing."""
    day, when = _when(details), _rule("event_layout.when").search(details.text)
    if day is None or when is None or _where(details) is None:
        return None
    kind, _ = _announced(details.text, headline, lead_end)
    evidence = Evidence(day.evidence.start, day.evidence.end, "event_layout.advisory", 0.5)
    return labelled(details, EventMention(None, kind, evidence, forms=(evidence,)))


def _announced(text: str, headline: tuple[int, int], lead_end: int) -> tuple[EventKind, str]:
    """The kind that the "WHAT:" line, the headline or the lead tells."""
    what = _rule("event_layout.what").search(text)
    places = [*([what.span("what")] if what else []), headline, (headline[1], lead_end)]
    for bounds in places:
        head = heads_pattern().search(text, *bounds)
        kind = kind_of(head.group()) if head else frame_in(text, bounds)
        if kind and kind != "other":
            return kind, text[slice(*bounds)]
    return "other", ""


def _when(details: Details) -> DateMention | None:
    for match in _rule("event_layout.when").finditer(details.text):
        day = next(
            (d for d in details.days_in((match.end(), match.end() + _NEAR)) if len(_first(d)) >= _EXACT_DAY), None
        )
        if day:
            return day
    return None


def _where(details: Details) -> tuple[str, str | None] | None:
    """The venue of a "WHERE:" line without its town, and the town."""
    match = _rule("event_layout.where").search(details.text)
    if match is None:
        return None
    start, end = match.span("venue")
    places = details.where.within((start, _line_end(details.text, end)))
    towns = [place for place in places if place.kind == "city"]
    town = towns[-1] if towns else None
    if town and town.evidence.start > start and details.text[: town.evidence.start].rstrip().endswith(","):
        end = min(end, town.evidence.start)
    return details.text[start:end].strip(" ,.;\n"), town.name if town else None


def _prose_from(text: str, at: int) -> int:
    """Where the first line stands that is a sentence."""
    line = text.find("\n", at)
    while 0 <= line < at + _BLOCK:
        following = text.find("\n", line + 1)
        if _SENTENCE.match(text, line + 1, following if following > 0 else len(text)):
            return line + 1
        line = following
    return min(at + _BLOCK, len(text))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _is_within(day: DateMention, period: str) -> bool:
    return len(period) < _EXACT_DAY and _first(day).startswith(period)


def _first(day: DateMention) -> str:
    return (day.edtf or "").partition("/")[0]


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("event_layout").rule(rule_id).pattern
