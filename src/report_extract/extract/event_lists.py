"""Events that have a line of their own: "Reef Expo, Lima, Peru, 5-7 May 2015" or "5 May: Reef Expo, Lima".

A name, a town and one day or range of days must stand on the line, and no verb. Sentences, programmes and lines that
begin with a body, a person or a building are not read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at
from report_extract.evidence import Evidence
from report_extract.extract.event_details import Details, with_date
from report_extract.extract.event_kinds import kind_of
from report_extract.extract.mentions import DateMention, EventMention

_SILENT = frozenset({"CHROME", "ABOUT", "CONTACT", "AGENDA"})
_LONGEST = 130
# A line, or its beginning up to a full stop behind a year: "Reef Expo, Lima, 5 May 2015. All are welcome."
_LINE = re.compile(r"(?m)^[^\n]*?\S[^\n]*?(?:(?<=\d{4})(?=\.\s)|$)")
_BULLET = r"[\s*•·▪◦–—-]*(?:\(?(?:\d{1,2}|[a-z])[.)]\s+)?"
_TO_DATE = re.compile(_BULLET + r"(?:on\s+|from\s+)?(?:\w+:\s*)?$")
_NAME = r"(?P<name>(?:[A-Z0-9][\w’'&!-]*|of|the|and|on|for|&)(?:[ ](?:[A-Z0-9][\w’'&!-]*|of|the|and|on|for|&)){0,7})"
_NAMED = re.compile(_BULLET + r"(?:[A-Z][\w ]{2,20}:\s+)?" + _NAME + r"\s*(?:,|:|\(|[-–—]\s)\s*$")
_NAMED_AFTER = re.compile(r"\s*[:,–—-]\s*" + _NAME + r"\s*(?:,|\()\s*$")
_VERB = re.compile(r"\b(?:is|are|was|were|will|has|have|had|said|says|be)\b")


def listed(details: Details, doc: Doc) -> list[EventMention]:
    """Every event of a list, in text order."""
    lines = [match.span() for match in _LINE.finditer(details.text) if match.end() - match.start() <= _LONGEST]
    lines = [line for line in lines if section_at(doc, line[0]) not in _SILENT]
    taken = mentions_of(doc, "ORG", "PERSON", "GPE", "FAC")
    bodies = {span.start_char for span in taken if span.label_ != "ORG" or kind_of(span.text) == "other"}
    return [event for line in lines if (event := _named(details, line, bodies))]


def _named(details: Details, line: tuple[int, int], taken: set[int]) -> EventMention | None:
    """ "Reef Expo, Lima, Peru, 5-7 May 2015", "5 May: Reef Expo, Lima"."""
    days = [day for day in details.days_in(line) if len(_first(day)) >= len("2015-05-05")]
    towns = [place for place in details.where.within(line) if place.kind == "city"]
    if len(days) != 1 or not towns or _VERB.search(details.text, *line):
        return None
    day, town = days[0], towns[0]
    if day.evidence.end <= town.evidence.start and _TO_DATE.fullmatch(details.text[line[0] : day.evidence.start]):
        match = _NAMED_AFTER.fullmatch(details.text, day.evidence.end, town.evidence.start)
    else:
        match = _NAMED.fullmatch(details.text, line[0], min(town.evidence.start, day.evidence.start))
    if match is None or match.start("name") in taken:
        return None
    evidence = Evidence(*match.span("name"), "event_lists.named", 0.5)
    event = EventMention(match["name"], kind_of(match["name"]), evidence, forms=(evidence,))
    return _placed(details, with_date(event, day), line)


def _placed(details: Details, event: EventMention, line: tuple[int, int]) -> EventMention:
    places = details.where.within(line)
    return replace(
        event,
        venue=next((place.name for place in places if place.kind == "site"), None),
        city=next((place.name for place in places if place.kind == "city"), None),
        country=next((place.country for place in places if place.kind == "country"), None),
    )


def _first(day: DateMention) -> str:
    return (day.edtf or "").partition("/")[0]
