"""The events that a release announces or reports: named ones, and unnamed ones that are held some day or somewhere.

An event is a thing that a person can attend; a war is none. A named event counts when the text dates or places it or
says who holds it, or names it in the headline or holds it in the lead. An unnamed one ("a two-day meeting", "swore in
its members") counts when its own sentence gives it a day, one event for each day; where no event has a day, the lead
may tell of one. Names that share their words are one event, and an unnamed event of the same kind or day is the named
one again. Doubtful details stay null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at, text_of
from report_extract.evidence import Evidence
from report_extract.extract.event_details import Details
from report_extract.extract.event_edges import with_edges
from report_extract.extract.event_joins import added, covers, joined, may_be, with_unnamed
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.event_layout import advisory, in_block, labelled
from report_extract.extract.event_lists import listed
from report_extract.extract.event_marks import is_headless, marked_names
from report_extract.extract.event_names import is_same_name
from report_extract.extract.event_titles import Title, find_titles
from report_extract.extract.mentions import (
    DateMention,
    EventMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
)
from report_extract.extract.occasions import occasions_in
from report_extract.rules import load_rules

_SILENT = frozenset({"CHROME", "ABOUT"})
_BRACKET = re.compile(r"(?:\s+(?:to|of|on)\s[^.;:()\n]{3,90})?\s*\(")
_INNER = re.compile(r"\s*\([A-Z][A-Za-z]{1,9}\)\s+(?=\S)|\s*\([A-Z][A-Za-z]{1,9}\)\s+$")
# "the 2nd edition of ‘Tide Talks’".
_EDITION = re.compile(r"(?i)(?:\S+ )?edition")
_EDITION_OF = re.compile(r" of (?:the |its )?[\"“‘']?")
# "the 2nd ReCo", "RECO 2024": what may stand in brackets behind the full name.
_SHORT = re.compile(r"(?:\d+(?:st|nd|rd|th)\s+)?([A-Z]\w*[A-Z]\w*)(?:\s+\d{4})?")
# "Opening the three-day symposium on Tuesday": the day is the event's, what else the sentence says may not be.
_LED_UP = re.compile(
    r"(?i)\W*(?:opening|closing|addressing|speaking (?:at|on)|at|during)\s+(?:the|this|its)\s+(?:[\w'’-]+\s+){0,4}"
)
_THEME = re.compile(
    r"(?:\s*\([^()\n]{1,20}\))?,?\s*"
    r"(?:titled|entitled|themed|(?:with|under|on)\s+(?:the|its)\s+(?:theme|title|topic)(?:\s+of)?|on|:)?[\s:,]*[\"“‘]"
)
# "The symposium, titled “Reefs”, is held by ...": one that is named already.
_TITLED = re.compile(r"\b(?:[Tt]he|[Tt]his)\s+[a-z]+,?\s+(?:titled|entitled)[\s:,]*[\"“‘']\s*$")
# A "Joint Workshop" has no name before its title.
_PLAIN = re.compile(r"(?i)(?:(?:joint|regional|national|international|annual|special|technical|training)\s+)*\w+")
# "for lack of a Reef Day", "instead of the Tide Fair": what does not take place.
_MISSED = re.compile(r"\b(?:lack|absence|instead|cancellation|postponement) of\s+(?:an?\s+|the\s+|any\s+)?$")
_THEMED = re.compile(
    r"\b(?:themed|(?:with|under|on|carries|carried) (?:the|its) (?:main )?theme(?: of)?)[\s:,]*[\"“‘']\s*$"
)
# A form that only repeats another is no name by itself.
_ECHOES = frozenset({"events.repeated", "events.bracketed", "events.standing-for"})


def find_events(
    doc: Doc,
    dates: Sequence[DateMention],
    organizations: Sequence[OrganizationMention],
    people: Sequence[PersonMention],
    places: Sequence[PlaceMention],
    *,
    dateline: str | None = None,
) -> list[EventMention]:
    """Every event of the release, in text order, each once with the evidences of all its names."""
    reader = _Reader(doc, Details(doc, dates, organizations, people, places, dateline=dateline))
    named = reader.named()
    unnamed = [reader.with_name(event) for event in reader.unnamed(named)]
    events = with_unnamed(named, unnamed, reader.details.day_published)
    return reader.completed(sorted(events, key=lambda event: event.evidence))


def with_event_days(dates: Sequence[DateMention], events: Sequence[EventMention]) -> tuple[DateMention, ...]:
    """The dates, those on which an event takes place with that role."""
    days = {(event.start_date, event.end_date) for event in events if event.start_date}

    def days_of(date: DateMention) -> tuple[str, str | None]:
        first, _, last = (date.edtf or "").partition("/")
        start, end = first.split("T")[0], last.split("T")[0]
        return start, end if end and end != start else None

    return tuple(
        replace(date, role="event") if date.role == "mentioned" and date.edtf and days_of(date) in days else date
        for date in dates
    )


class _Reader:
    """One release: where its headline and lead end, and what it says of the events that it names."""

    def __init__(self, doc: Doc, details: Details) -> None:
        self.doc, self.text, self.details = doc, text_of(doc), details
        self.headline_end = details.headline_end
        self.idle: list[EventMention] = []
        after = [end for start, end in details.sentences if start >= self.headline_end]
        self.lead_end = after[min(2, len(after) - 1)] if after else 0

    def named(self) -> list[EventMention]:
        """Every named event that counts, each once."""
        told: list[EventMention] = []
        for title, forms in self._groups():
            event = self.details.described(EventMention(title.name, title.kind, forms[0], forms=tuple(forms)))
            headed = any(form.end <= self.headline_end for form in forms)
            if is_headless(title) and not (event.start_date or event.edition or headed):
                continue
            event = in_block(self.details, event, self.headline_end)
            sure = event.start_date or any(form.rule != "event_titles.headed" for form in forms)
            if self._counts(event) and (sure or forms[0].end <= self.headline_end):
                told = added(told, event)
                told.extend(self._other_editions(event, forms))
            elif event.kind != "other" and any(form.rule == "event_titles.quoted" for form in forms):
                self.idle.append(event)
        return self._without_headlines(told)

    def _other_editions(self, event: EventMention, forms: Sequence[Evidence]) -> Iterator[EventMention]:
        """The next or the last one, where the release names and dates it beside this: "The next Tide Forum ..."."""
        for form in forms if len(forms) > 1 else ():
            if not self.details.is_of_another(form) or self.details.is_led_up_to(form):
                continue
            name = " ".join(self.text[form.start : form.end].split())
            other = self.details.described(EventMention(name, event.kind, form, forms=(form,)))
            if other.start_date is None:
                other = replace(other, start_date=self.details.year_in(self.details.sentence(form.start)))
            if other.start_date and other.start_date[:4] != (event.start_date or "")[:4]:
                yield other

    def _without_headlines(self, told: list[EventMention]) -> list[EventMention]:
        """The events without names that only the headline has and that tell nothing: they are the first other event."""
        bare = [
            event
            for event in told
            if all(form.end <= self.headline_end for form in event.forms)
            and not (event.start_date or event.city or event.venue or event.parts)
        ]
        rest = [event for event in told if event not in bare]
        for event in bare:
            if len(rest) == 1 and may_be(rest[0], event):
                rest = [replace(rest[0], kind=event.kind, forms=(*rest[0].forms, *event.forms))]
            else:
                rest.append(event)
        return rest

    def _groups(self) -> list[tuple[Title, list[Evidence]]]:
        """The names, each in its fullest form with all its places; names that share their words are one."""
        groups: list[tuple[Title, list[Evidence]]] = []
        marked = list(marked_names(self.doc))
        titles = [title for title in find_titles(self.doc) if self._is_own(title, marked)]
        spans = mentions_of(self.doc, "PERSON", "HONORIFIC", "ORG", "DATE", "TITLE")
        taken = sorted((span.start_char, span.end_char) for span in spans)
        edged = (with_edges(self.text, title, taken) for title in (*marked, *titles))
        for title in sorted(edged, key=lambda one: one.evidence):
            if section_at(self.doc, title.evidence.start) in _SILENT or _rule("events.no-event").search(title.name):
                continue
            theme = next((forms for known, forms in groups if self._is_theme(title, known, forms)), None)
            if theme is not None:
                theme.append(title.evidence)
                continue
            alike = (n for n, group in enumerate(groups) if self._is_again(title, *group))
            n = next(alike, None)
            if n is None:
                groups.append((title, [title.evidence]))
                continue
            known, forms = groups[n]
            if _INNER.fullmatch(self.text, forms[-1].end, title.evidence.start):
                # "the 3rd Tide Forum (TF) Leaders' Summit" is one name.
                forms[-1] = replace(forms[-1], end=title.evidence.end)
                name = " ".join(self.text[forms[-1].start : forms[-1].end].split())
                groups[n] = (replace(known, name=name, kind=title.kind), forms)
                continue
            forms.append(title.evidence)
            fuller = title if len(title.name) > len(known.name) and not title.name.isupper() else known
            telling = next((one for one in (fuller, known, title) if one.kind != "other"), fuller)
            groups[n] = (replace(fuller, kind=telling.kind), forms)
        return [(title, forms) for title, forms in groups if any(form.rule not in _ECHOES for form in forms)]

    def _is_theme(self, title: Title, known: Title, forms: Sequence[Evidence]) -> bool:
        """Whether a title only says what a named event is about: "The 8th Tide Symposium, titled “Reefs”"."""
        if title.kind not in ("other", known.kind) or known.kind == "other" or is_headless(known):
            return False
        before = (max(0, title.evidence.start - 40), title.evidence.start)
        if _THEMED.search(self.text, *before) or (
            _TITLED.search(self.text, *before) and not _PLAIN.fullmatch(known.name)
        ):
            # "This year's forum, themed “Reefs”".
            return True
        return _THEME.fullmatch(self.text, forms[-1].end, title.evidence.start) is not None

    def _is_again(self, title: Title, known: Title, forms: Sequence[Evidence]) -> bool:
        """Whether a name is a known one again, or stands in brackets behind it: "Conference of the Reefs (COR3)"."""
        between = self.text[forms[-1].end : title.evidence.start]
        if is_same_name(known.name, title.name) or _BRACKET.fullmatch(between) or _INNER.fullmatch(between):
            return True
        if _EDITION.fullmatch(title.name):
            of = _EDITION_OF.match(self.text, title.evidence.end)
            return of is not None and self.text.startswith(known.name, of.end())
        short = _SHORT.fullmatch(title.name)
        behind = (self.text[form.end : form.end + len(title.name) + 4] for form in forms)
        return short is not None and any(re.match(rf"\s*\([“\"]?{re.escape(short[1])}\b", text) for text in behind)

    def _is_own(self, title: Title, marked: Sequence[Title]) -> bool:
        """Whether a title is no theme or part of an event that its sentence names, and no piece of that name."""
        start, end = self.details.sentence(title.evidence.start)
        near = [one.evidence for one in marked if start <= one.evidence.start < end]
        if title.evidence.rule not in ("event_titles.ordinal", "event_titles.headed"):
            return all(one.overlaps(title.evidence) for one in near)
        if any(one.overlaps(title.evidence) for one in near):
            return False
        bodies = mentions_of(self.doc, "ORG", "FAC", "TITLE") if title.evidence.rule == "event_titles.headed" else ()
        in_name = any(s.end_char >= title.evidence.end and s.start_char < title.evidence.end for s in bodies)
        return not in_name and (not bodies or all(one.kind != title.kind for one in marked))

    def _counts(self, event: EventMention) -> bool:
        """Whether a name is more than mentioned: dated, placed, held by somebody, in the headline or the lead."""
        headed = any(form.end <= self.headline_end for form in event.forms)
        if all(_MISSED.search(self.text, max(0, form.start - 30), form.start) for form in event.forms):
            return False
        if not headed and _rule("events.observance").match(event.name or ""):
            return False
        if not headed and (event.name or "").endswith("Day") and all(self._is_aside(form) for form in event.forms):
            return False
        if event.start_date or event.end_date or event.parts or event.city or event.venue:
            return True
        if headed:
            return len((event.name or "").split()) > (2 if event.kind == "other" else 1)
        early = [form for form in event.forms if form.start < self.lead_end and not self.details.is_led_up_to(form)]
        return any(_held().search(self.text, *self.details.sentence(form.start)) for form in early)

    def _is_aside(self, form: Evidence) -> bool:
        """Whether a name stands alone in brackets: "on 24 September (Heritage Day)"."""
        return self.text[: form.start].endswith("(") and self.text[form.end : form.end + 1] == ")"

    def with_name(self, event: EventMention) -> EventMention:
        """An event that is told without its name, with the only quoted one of its kind that nothing else is told of."""
        names = [one for one in self.idle if one.kind == event.kind]
        return joined(names[0], event) if len(names) == 1 and event.evidence.rule == "events.unnamed" else event

    def unnamed(self, named: Sequence[EventMention]) -> list[EventMention]:
        """The events that are reported without a name, one for each day; on a day of a named one there is none.

        Where no event has a day, the lead may still tell of one that somebody holds, or that took place on the day
        of publication.
        """
        found: list[EventMention] = []
        undated: list[EventMention] = []
        for event, dated in self._occasions(named):
            again = (n for n, one in enumerate(found) if one.kind == event.kind and covers(one, event.start_date))
            n = next(again, None) if dated else None
            if not dated:
                undated.append(event)
            elif n is not None:
                found[n] = joined(found[n], event)
            elif not any(covers(other, event.start_date) for other in (*named, *found)):
                found.append(event)
        for event in undated:
            n = next((n for n, one in enumerate(found) if one.kind == event.kind), None)
            if n is not None:
                found[n] = joined(found[n], event)
        if found or any(event.start_date for event in named):
            return found
        kinds = {kind_of(head.group()) for head in heads_pattern().finditer(self.text, 0, self.headline_end)}
        return [
            one for one in undated if one.start_date or one.city or ((one.parts or one.kind in kinds) and not named)
        ][:1]

    def _occasions(self, named: Sequence[EventMention]) -> Iterator[tuple[EventMention, bool]]:
        """What each sentence without a name tells of, and whether it has a day of its own."""
        forms = [form for event in named for form in event.forms if not self.details.is_led_up_to(form)]
        for bounds in self.details.sentences:
            if bounds[0] < self.headline_end or any(bounds[0] <= form.start < bounds[1] for form in forms):
                continue
            lead, dated = bounds[0] < self.lead_end, bool(self.details.days_in(bounds))
            told = next(occasions_in(self.details, bounds, lead=lead), None) if lead or dated else None
            if told is None or section_at(self.doc, bounds[0]) in _SILENT:
                continue
            kind, evidence = told
            yield self.details.described(EventMention(None, kind, evidence, forms=(evidence,))), dated

    def completed(self, events: list[EventMention]) -> list[EventMention]:
        """The events with what other sentences, the layout, headline and dateline add; an advisory alone is one."""
        told = self.taken_up(events)
        if told:
            told[0] = labelled(self.details, told[0])
        announced = advisory(self.details, (0, self.headline_end), self.lead_end)
        if announced and not any(covers(event, announced.start_date) for event in told):
            told = sorted((*told, announced), key=lambda event: event.evidence)
        for event in listed(self.details, self.doc):
            if not any(
                is_same_name(one.name or "", event.name or "") and covers(one, event.start_date) for one in told
            ):
                told = sorted((*told, event), key=lambda one: one.evidence)
        headline = (0, self.headline_end)
        told[:1] = [self.details.hosted_in_headline(event, headline) for event in told[:1]]
        where = self.details.where
        first = [self.details.in_dateline(where.in_headline(event, headline), headline) for event in told[:1]]
        return [where.with_country(event) for event in first + told[1:]]

    def taken_up(self, events: list[EventMention]) -> list[EventMention]:
        """The events with what sentences without their names add: each is about the last event of its kind."""
        named = {self.details.sentence(form.start) for event in events for form in event.forms}
        for bounds in self.details.sentences if events else ():
            match = None if bounds in named else _taken_up().match(self.text, *bounds)
            led = _LED_UP.match(self.text, *bounds) if match is None else None
            if led and (last := [n for n, event in enumerate(events) if event.evidence.start <= bounds[0]]):
                events[last[-1]] = self.details.refined(events[last[-1]], bounds)
            if match is None or not _held().search(self.text, *bounds):
                continue
            if section_at(self.doc, bounds[0]) not in _SILENT:
                before = [n for n, event in enumerate(events) if event.evidence.start <= bounds[0]]
                alike = [n for n in before if match["head"] and events[n].kind == kind_of(match["head"])]
                n = max(alike or before, default=0)
                events[n] = self.details.taken_up(events[n], bounds)
        return events


def _held() -> re.Pattern[str]:
    return _rule("events.takes-place")


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern


@cache
def _taken_up() -> re.Pattern[str]:
    """The beginning of a sentence that speaks of an event named before: "The three-day conference ...", "It ..."."""
    heads = heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")
    return re.compile(
        r"(?i)\W*(?:\d+[.)]?\s+)?(?:(?:the|this|today['’]s|these)\s+(?:(?!next\b|previous\b|following\b|past\b|future\b)[\w'’-]+\s+){0,3}?"
        rf"(?:event|(?P<head>{heads})|series)\b|it\s|(?:jointly |co-?)?(?:organi[sz]ed|hosted|convened)\s"
        r"|(?:[\w’'-]+,?\s+){1,9}?(?:convened|gathered|assembled|came together)\s+(?:at|in)\s)"
    )
