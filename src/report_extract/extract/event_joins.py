"""When two events that a release tells of are one, and what one then takes from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from report_extract.extract.event_kinds import heads_pattern
from report_extract.extract.event_names import is_named_by_town, is_same_day
from report_extract.extract.mentions import EventMention


def may_be(event: EventMention, headline: EventMention) -> bool:
    """Whether a headline's event is one that the text names: of its kind, and of no other edition."""
    if event.edition and headline.edition and event.edition != headline.edition:
        return False
    return event.kind == headline.kind or (event.kind == "other" and not heads_pattern().search(event.name or ""))


def added(told: Sequence[EventMention], event: EventMention) -> list[EventMention]:
    """The events with one more; it is one of them again where kind and day agree and the names share a word."""
    for n, other in enumerate(told):
        if is_same_day(other, event) or is_named_by_town(other, event):
            return [*told[:n], joined(other, event), *told[n + 1 :]]
    return [*told, event]


def joined(event: EventMention, other: EventMention) -> EventMention:
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


def with_unnamed(
    named: Sequence[EventMention], unnamed: Sequence[EventMention], published: str | None
) -> list[EventMention]:
    """All events; an unnamed one is a named one of its kind that has no day, and without a day it stays none itself."""
    events = list(named)
    for found in unnamed:
        # "Experts will gather in Lima on 5 May" tells of whatever event the release then names.
        any_kind = found.evidence.rule == "occasions.meeting-met"
        undated = [(n, event) for n, event in enumerate(events) if event.start_date is None]
        same = (n for n, event in undated if event.kind == found.kind or (any_kind and not event.city))
        n = next(same, None)
        if n is not None:
            events[n] = joined(events[n], found)
        elif not named or (found.start_date and is_another(found, named, published)):
            events.append(found)
    return events


def is_another(found: EventMention, named: Sequence[EventMention], published: str | None) -> bool:
    """Whether an event without a name is none of the named ones: told by what was done, or of another kind somewhere.

    A noun beside named events ("the meeting on 5 May") is most often one of them, or one that is only mentioned.
    """
    if found.kind == "visit" and found.start_date == published and found.end_date is None:
        # "will travel to Lima today to attend the forum" is the way to the forum.
        return False
    if found.evidence.rule != "events.unnamed":
        return True
    return found.kind not in {"other", *(event.kind for event in named)} and bool(found.city or found.venue)


def covers(event: EventMention, day: str | None) -> bool:
    """Whether an event has a day among its own."""
    if not event.start_date or not day:
        return False
    return event.start_date <= day <= (event.end_date or event.start_date) or day.startswith(event.start_date)
