"""When, where and by whom an event is held: what the sentences that name it, or take it up, say.

The first sentence that says something is believed. Nothing is taken from a sentence about something else, and what no
place tells stays null; a country is told only where the release names it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, sections_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import edition_of, heads_pattern
from report_extract.extract.event_parts import Cast, doers, hosts_in_headline, parts_around, parts_in
from report_extract.extract.event_places import Bounds, Places, within
from report_extract.extract.mentions import (
    DateMention,
    EventMention,
    EventPart,
    OrganizationMention,
    PersonMention,
    PlaceMention,
)
from report_extract.extract.numbers import parse_number
from report_extract.rules import alternation, load_rules

_CLOSES = re.compile(r"(?i)\b(?:conclud|end|clos|wrapp|finish|complet|came to an end)\w*\b[^.;\n]{0,60}$")
# "The forum closes on 25 April": how long it has lasted is not told.
_UNTIL = re.compile(
    r"\b(?:closes|concludes|ends|will (?:close|conclude|end)|(?:runs?|continues?|is open|remains? open) "
    r"(?:until|till|through))\s+(?:on\s+)?$"
)
_OPENS = re.compile(r"(?i)\b(?:begin|began|start|open|commenc|kick)\w*\b[^.;\n]{0,60}$")
# An event that this one leads up to: "a workshop in Lima to prepare for the Tide Forum next week".
_PREPARES = re.compile(
    r"(?i)\b(?:prepar\w+ for|ahead of|lead[- ]?up to|run[- ]up to|prior to|in advance of)\s+(?:the\s+)?"
    r"(?:[\w’'-]+\s+){0,9}$"
)
# "the second edition of the Tide Fair".
_EDITION = re.compile(r"(?i)\b[\w-]+ edition of (?:the |its )?[\"“‘']?$")
# "The next symposium will be held in Lima in 2026" tells nothing of this one.
_OTHER_EDITION = re.compile(
    r"(?i)\b(?:next|previous|(?:last|next) year['’]s|following|future|past|earlier)\s+(?:edition of (?:the )?)?"
    r"(?:[\w’'-]+\s+){0,4}$"
)
_LASTS = re.compile(r"(?i)\b(?P<days>two|three|four|five|six|seven|\d)[- ]day\b")
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
        self.doc, self.text, self.dateline = doc, text_of(doc), dateline
        self.dates = sorted(dates, key=lambda date: date.evidence)
        in_order = sorted(places, key=lambda place: place.evidence)
        self.where = Places(self.text, in_order, mentions_of(doc, "FAC", "ORG"))
        self.headline_end = max((span.end_char for span in sections_of(doc, "HEADLINE")), default=0)
        self.cast = Cast.of(self.text, organizations, people)
        self.sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        self.published = next((date for date in dates if date.role == "published" and date.edtf), None)

    @property
    def day_published(self) -> str | None:
        """The day on which the release was published, so far as it says so."""
        return _first(self.published) if self.published else None

    def sentence(self, char: int) -> Bounds:
        """The sentence in which a character stands."""
        n = bisect_right(self.sentences, (char, len(self.text) + 1)) - 1
        return self.sentences[n] if n >= 0 and char < self.sentences[n][1] else (char, len(self.text))

    def days_in(self, bounds: Bounds) -> list[DateMention]:
        """The resolved dates of a sentence on which something may take place."""
        return [
            date
            for date in within(self.dates, bounds)
            if date.edtf and date.role not in _NO_EVENT_DATE and date.precision in _EXACT and len(_first(date)) > 4
        ]

    def described(self, event: EventMention) -> EventMention:
        """The event with what its own sentences say of it."""
        parts: list[EventPart] = []
        # A sentence says more, and more exactly, than the headline.
        forms = sorted(dict.fromkeys((event.evidence, *event.forms)), key=lambda form: form.end <= self.headline_end)
        for form in [form for form in forms if not self.is_of_another(form)] or forms:
            bounds = self._about(form)
            event = self.where.placed(self._dated(event, form, bounds), form, bounds)
            parts.extend(parts_around(self.cast, None if parts else event.name, form, bounds))
            if form.rule.startswith("occasions.") and not parts:
                parts.extend(doers(self.cast, form, bounds))
        event = _with_parts(event, parts)
        if event.start_date is None and event.name and (year := re.search(r"\b(?:19|20)\d\d\b", event.name)):
            event = replace(event, start_date=year.group())
        return replace(event, edition=self._edition(event), mode=self._mode(event))

    def _edition(self, event: EventMention) -> int | None:
        """Which edition the name says it is, or what stands before it: "the second edition of the Tide Fair"."""
        if event.name is None:
            return None
        if (edition := edition_of(event.name)) is not None:
            return edition
        told = (_EDITION.search(self.text, self.sentence(form.start)[0], form.start) for form in event.forms)
        return next((edition_of(match.group()) for match in told if match), None)

    def is_of_another(self, form: Evidence) -> bool:
        """Whether a place speaks of the edition before or after: "the next forum"; a year in the name tells which."""
        named = any(c.isdigit() for c in self.text[form.start : form.end])
        return not named and bool(_OTHER_EDITION.search(self.text, self.sentence(form.start)[0], form.start))

    def is_led_up_to(self, form: Evidence) -> bool:
        """Whether the sentence tells of something that only leads up to the event."""
        return self._about(form) != self.sentence(form.start)

    def _about(self, form: Evidence) -> Bounds:
        """The sentence of a name, without what only leads up to the event."""
        start, end = self.sentence(form.start)
        led = _PREPARES.search(self.text, start, form.start)
        return (led.start() if led else start), end

    def year_in(self, bounds: Bounds) -> str | None:
        """The only year of a sentence that is all its date: "will be held in Lima in 2026"."""
        years = {date.edtf for date in within(self.dates, bounds) if date.precision == "year" and date.edtf}
        return years.pop() if len(years) == 1 else None

    def taken_up(self, event: EventMention, bounds: Bounds) -> EventMention:
        """The event with what a sentence without its name adds: "The conference will be held in Lima"."""
        here = Evidence(bounds[0], bounds[0], "events.taken-up")
        event = self.where.placed(self._dated(event, here, bounds), here, bounds)
        return _with_parts(event, parts_in(self.cast, bounds))

    def _dated(self, event: EventMention, form: Evidence, bounds: Bounds) -> EventMention:
        if event.start_date is not None:
            refined = self.refined(event, bounds)
            return refined if refined.end_date else self._ending(refined, bounds)
        lasts = _LASTS.search(self.text, *bounds)
        inside = [
            day
            for day in self.days_in(bounds)
            if (event.kind == "press_conference" or not self._is_of_telling(day))
            and not _PREPARES.search(self.text, max(bounds[0], form.end), day.evidence.start)
            and (lasts or not _UNTIL.search(self.text, bounds[0], day.evidence.start))
        ]
        if not inside and event.name is None and self.published is not None:
            inside = [self.published]
        if not inside:
            return event if lasts else self._ending(event, bounds)
        day = min(inside, key=lambda one: (one.precision == "month", _gap(one.evidence, form)))
        dated = with_date(event, day)
        if event.end_date and not dated.end_date and event.end_date > (dated.start_date or ""):
            dated = replace(dated, end_date=event.end_date)
        return self._lasting(dated, day, bounds, lasts)

    def _ending(self, event: EventMention, bounds: Bounds) -> EventMention:
        """The event with its last day, where that alone is told: "The forum closes on 25 April"."""
        for day in self.days_in(bounds):
            is_last = day.precision == "day" and _first(day) > (event.start_date or "")
            if is_last and event.name and _UNTIL.search(self.text, bounds[0], day.evidence.start):
                return replace(event, end_date=_first(day))
        return event

    def _lasting(
        self, event: EventMention, day: DateMention, bounds: Bounds, lasts: re.Match[str] | None
    ) -> EventMention:
        """The event of several days whose first or last is told: "The four-day forum concluded on 25 April"."""
        if lasts is None or event.end_date or day.precision not in ("day", "minute") or not event.start_date:
            return event
        before = self.text[bounds[0] : day.evidence.start]
        more = timedelta(days=(parse_number(lasts["days"]) or 1) - 1)
        told = date.fromisoformat(event.start_date)
        if _CLOSES.search(before):
            return replace(event, start_date=(told - more).isoformat(), end_date=told.isoformat())
        return replace(event, end_date=(told + more).isoformat()) if _OPENS.search(before) else event

    def refined(self, event: EventMention, bounds: Bounds) -> EventMention:
        """The event that "last week" dated, on the days of that week which a later sentence tells."""
        days = [day for day in self.days_in(bounds) if day.precision in ("day", "minute")]
        lasts = _LASTS.search(self.text, *bounds)
        vague = any(one.anchor and (one.start, one.end) == (event.start_date, event.end_date) for one in self.dates)
        if not days or not vague or not event.end_date or not event.start_date:
            return event
        first = min(_first(day).split("T")[0] for day in days)
        if not event.start_date <= first <= event.end_date:
            return event
        count = (parse_number(lasts["days"]) or 1) if lasts else 1
        last = (date.fromisoformat(first) + timedelta(days=count - 1)).isoformat()
        return replace(event, start_date=first, end_date=last if count > 1 else None)

    def _is_of_telling(self, day: DateMention) -> bool:
        """Whether a day says when something was made known: "announced today", "said on Wednesday"."""
        start, end = day.evidence.start, day.evidence.end
        before, behind = self.text[max(0, start - 40) : start], self.text[end : end + 40]
        rules = load_rules("events")
        if rules.rule("events.told-before").pattern.search(before):
            return True
        return rules.rule("events.told-behind").pattern.match(behind) is not None

    def in_dateline(self, event: EventMention, headline: Bounds) -> EventMention:
        """The event in the town of the dateline, where nothing else places it."""
        return self.where.in_dateline(event, headline, self.dateline, self.published)

    def hosted_in_headline(self, event: EventMention, headline: Bounds) -> EventMention:
        """The event with the body that the headline says holds it, where no sentence names one."""
        if event.parts or not heads_pattern().search(self.text, *headline):
            return event
        return _with_parts(event, hosts_in_headline(self.cast, headline))

    def _mode(self, event: EventMention) -> Literal["in_person", "online", "hybrid"] | None:
        start, end = self.sentence(event.evidence.start)
        said = self.text[start:end]
        if _any("hybrid").search(said):
            return "hybrid"
        if _any("online").search(said):
            return "online"
        return "in_person" if event.venue or event.city else None


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


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('events').terms(name))}\b")
