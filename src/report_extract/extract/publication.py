"""The release's own date, and the place in its dateline.

The date stands in the dateline ("GENEVA, 3 May 2010 –"), on a line of its own or beside a label in the head ("For
Immediate Release: September 06, 2016"), at the beginning of the headline's line, or alone at the very end. A date that
a head gives for an event ("Event Date: ...", "When: ...", "Date: ..." above "Venue: ...") is not the release's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from report_extract.analyze.date_grammar import read_expression
from report_extract.analyze.seam import text_of
from report_extract.extract.date_context import read_known
from report_extract.extract.date_values import Known
from report_extract.extract.datelines import (
    IN_NAMES,
    LONGEST_DATELINE,
    company_words,
    full_day,
    not_places,
    read_dateline,
)
from report_extract.extract.head_lines import TextLine, is_company, is_label, starts_of_words, top_lines
from report_extract.extract.lost_datelines import read_lost_dateline
from report_extract.extract.place_names import country_named
from report_extract.rules import load_rules

_SPEAKERS = frozenset({"ORG", "PERSON"})
_TAIL_LINES = 6
_HEAD_CHARACTERS = 4000
# What follows a date that opens a headline or the text: no comma or verb, as after "July 5, 2016, was a day of".
_OPENED = re.compile(
    r"\s*[:–—-]?\s+[A-ZÀ-Þ“\"]\w|,\s[A-ZÀ-Þ][^.:;\n]{2,110}?,\s[A-ZÀ-Þ][\w ]{2,30}\s[–—-]\s+[A-ZÀ-Þ“\"]\w"
)
# What parts the pieces of a line: marks, or more than one space.
_PART_ENDS, _PART_BEGINS = re.compile(r"(?:[|·•*,;/)\]–—-]|\s\s|\t)\s*$"), re.compile(r"\s*(?:[|·•,;/(\[–—-]|\s\s|\t)")
# What may follow the day on a line that opens with "Posted", "Published": who did so.
_BY = re.compile(r"\s*(?:(?:by|in)\s|[|·•–—]\s*)\S")
# The line of a portal that counts its readers: "Post date: 2019/08/05   Hits: 377".
_COUNTER = re.compile(r"(?i)\b(?:views?|hits?|clicks?|reads?|visits?|visitors?|font size)\s*:")
_POST_DATE = re.compile(
    r"(?i)^\W*(?:post(?:ed|ing)?|release|issue|publi\w+|upload(?:ed)?|update)\s(?:date|time|on)\s?:|^\W*date\s(?:posted|published|issued|released|uploaded)\s?:"
)
# A place that opens the text: "LIMA. The", "Lima: The", "LIMA --- The".
_PLACE_ALONE = re.compile(r"\s?(?::|\.(?=\s)|-{2,3}(?=\s))\s*(?=[A-ZÀ-Þ“\"‘'])")
_WEEKDAY_BEHIND = re.compile(r"(?i),? (?:mon|tues|wednes|thurs|fri|satur|sun)day$")
# At the right margin of its line.
_MARGIN, _CLOCK_ZONE = re.compile(r"\S\s{3,}$"), re.compile(r"\s*(?:[A-Z]{2,4})?\s*")
# "Given at Lima, 3 May 2010", "SIGNED this 3rd May 2010", "Dated Kohima the 3rd May 2010".
_GIVEN = re.compile(
    r"(?:^|\s\s)(?:Given|GIVEN|Done|DONE|Signed|SIGNED|Dated|DATED|Issued|ISSUED)\b:?,?\s*(?:(?:at|in|on|this|the)\s+)?"
    r"(?P<place>[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s[A-ZÀ-ÞĀ-Ž][\w'’-]+){0,2})?,?\s*(?:(?:on|this|the)\s+){0,2}(?=\d|[A-Z])"
)
# "The company today, 2 June 2022, announced", "said today (2 June 2022)".
_TODAY = re.compile(r"\b[Tt]oday,?\s\(?(?=(?:[A-Z][a-z]+,?\s)?\d|[A-Z][a-z]+\.?\s\d)")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[•*-])\s+\S")
# The head of a letter: the date beside it is its own.
_MAILED = re.compile(r"(?i)(?:subject|from|to)\s?:\s")
# "(College news desk, 21 September 2015)", the last line.
_DESK_AND_DAY = re.compile(r"\([^()\d]{3,60}[,–—-]\s+(?P<day>[^()]{6,24})\)")
_VENUE_LINE = re.compile(
    r"(?i)^\W*(?:event\s+)?(?:venue|place|location|where|time|when|who|what|speakers?|fee|registration)\s*:"
)
_HELD = re.compile(
    r"\b(?:was|were)\s+(?:\w+\s+)?(?:held|opened|convened|hosted|organi[sz]ed|signed|attended)\b|\bvisited\b"
)
_TO_COME = re.compile(
    r"(?i)\b(?:will|to)\s+(?:be\s+(?:held|hosted|convened|organi[sz]ed)|take\s+place)\b|\bregister\b|\bjoin us\b"
)
_TRAILING = re.compile(r"(?:[.!”\"]|\s{2}|[a-z]\.\w{2,3})\s+(?=\S[^.]{6,24}$)")


def find_publication(doc: Doc, lines: list[TextLine]) -> tuple[str | None, str | None]:
    """The day of the release (ISO) and the place as the dateline writes it; None for what is not there."""
    spans = [s for s in doc.spans.get("report_mentions", ()) if s.label_ == "DATE"]
    text = text_of(doc)
    read = [found for s in spans if (found := read_expression(text, s.start_char)) is not None]
    places = [" ".join(span.text.split()) for span in doc.spans.get("report_mentions", ()) if span.label_ == "GPE"]
    known = read_known(text, read, None, places)
    place, dated = _dateline(doc, lines, known)
    head = list(_head(lines))
    labelled = any(is_label(line.text) or _MAILED.match(line.text) for line in head) or _looks_back(lines)
    for line in head:
        if (own := _own_date(line.text.lstrip("•*· "), known, labelled)) is not None:
            return own, place
    if dated is not None:
        return dated, place
    foot = [line for line in lines if line.section != "CHROME"][-_TAIL_LINES:]
    given = _day_behind(_GIVEN, head, known) or _day_behind(_GIVEN, foot, known)
    body = [line for line in lines if line.section == "BODY"]
    return given or _tail_date(lines, known) or _day_behind(_TODAY, body, known), place


def _looks_back(lines: list[TextLine]) -> bool:
    """Whether "Date: ..." in the head is the release's own: no line tells a venue or time, no event is yet to be."""
    if any(_VENUE_LINE.match(line.text) for line in lines):
        return False
    text = "\n".join(line.text for line in lines)
    return _HELD.search(text) is not None and _TO_COME.search(text) is None


def _day_behind(lead: re.Pattern[str], lines: list[TextLine], known: Known) -> str | None:
    """The day that follows words on these lines which say that it is the release's: "Given at Lima", "today"."""
    for line in lines:
        for match in lead.finditer(line.text):
            found = read_expression(line.text, match.end())
            if found is not None and (day := full_day(found, known)) is not None:
                return day
    return None


def _head(lines: list[TextLine]) -> Iterator[TextLine]:
    """The lines of the title block, and a chrome line between them and the body that is a date."""
    yield from top_lines(lines)
    body = next((n for n, line in enumerate(lines) if line.section == "BODY"), 0)
    yield from lines[body : body + 1]


def _own_date(text: str, known: Known, labelled: bool) -> str | None:
    """The day on a head line that holds nothing else but labels, or that opens with it."""
    portal = _COUNTER.search(text) is not None or _POST_DATE.match(text) is not None
    of_event = company_words("event_company").match(text.lower()) or (text.lower().startswith("date") and not labelled)
    if of_event and not portal:
        return None
    here = 0
    for at in starts_of_words(text):
        found = read_expression(text, at) if at >= here else None
        if found is None:
            continue
        here = found.end
        day = full_day(found, known)
        if day is not None:
            opens = not text[:at].strip() and _OPENED.match(text, found.end) is not None
            before = text[:at].strip()
            by = bool(before) and is_company(before) and _BY.match(text, found.end) is not None
            beside = _is_apart(text[:at], text[found.end :])
            company = by or beside or is_company(f"{text[:at]} {text[found.end :]}")
            return day if portal or company or (opens and found.first.rule != "dates.numeric") else None
    return None


def _is_apart(before: str, after: str) -> bool:
    """Whether a day is a part of its own on a short line: "Lima, 31 August 2016", "News · 3 May 2010 · Open data"."""
    if len(before) + len(after) > LONGEST_DATELINE:
        return False
    if _MARGIN.search(before) and _CLOCK_ZONE.fullmatch(after):
        return company_words("event_company").match(before.strip().lower()) is None
    if (before.strip() and not _PART_ENDS.search(before)) or (after.strip() and not _PART_BEGINS.match(after)):
        return False
    # "Venue: Lima, 3 May 2010": the day of something else.
    if any(company_words("event_company").match(part.strip().lower()) for part in re.split(r"[|·•,;–—]", before)):
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", f"{before} {after}")
    is_names = all(word[0].isupper() or word in IN_NAMES for word in words) and any(word[0].isupper() for word in words)
    return is_names or bool(words and re.search(r"[|·•]\s*$|^$", before) and re.match(r"\s*[|·•]|$", after))


def _dateline(doc: Doc, lines: list[TextLine], known: Known) -> tuple[str | None, str | None]:
    spans = doc.spans.get("report_mentions", ())
    places = [(s.start_char, s.end_char) for s in spans if s.label_ in {"GPE", "LOC"}]
    speakers = [s for s in spans if s.label_ in _SPEAKERS]
    bodies = [(s.start_char, s.end_char) for s in speakers]
    names = {s.text for s in speakers}
    first = next((line for line in lines if line.section == "BODY"), None)
    for line in lines:
        if line.start > _HEAD_CHARACTERS:
            break
        if line.section not in {"", "BODY", "HEADLINE"}:
            continue
        is_first = line.section != "BODY" or line is first
        if (opening := read_dateline(line.text, known, _owned(line, bodies), whole=is_first)) is not None:
            return (None if opening[0] in names else opening[0]), opening[1] or None
        if line is first and (alone := _place_alone(line, places)):
            return alone, None
        if wire := _opening(line, places, known):
            return wire
    return read_lost_dateline(text_of(doc), places, known)


def _opening(line: TextLine, places: list[tuple[int, int]], known: Known) -> tuple[str, str | None] | None:
    """Place and day of a line that opens like a wire's: "LIMA, Peru – The hall"."""
    match = load_rules("document").rule("document.dateline").pattern.match(line.text)
    if match is None or (len(line.text) - match.end() < 20 and line.section != "HEADLINE"):
        return None
    place, at = match["place"], line.start
    named = any(at - 1 <= start <= at and end <= at + len(place) + 1 for start, end in places)
    wired = "--(" in match[0] + line.text[match.end() : match.end() + 1] and place.isupper()
    if len(place) < 3 or not (named or wired or match["date"]) or place.split()[0].lower() in not_places():
        return None
    if not match["date"] and (":" in match[0] or line.section == "HEADLINE"):
        return None
    if not match["date"] and country_named(place) and any(start == at + match.end() for start, _ in places):
        # "Japan – Papua New Guinea relations": two countries, and no dateline.
        return None
    found = read_expression(line.text, match.start("date")) if match["date"] else None
    return _WEEKDAY_BEHIND.sub("", place.rstrip(",")), full_day(found, known) if found else None


def _place_alone(line: TextLine, places: list[tuple[int, int]]) -> str | None:
    """The place that a text begins with, in front of its first sentence."""
    for start, end in places:
        if start == line.start and _PLACE_ALONE.match(line.text, end - start):
            return line.text[: end - start]
    return None


def _owned(line: TextLine, bodies: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where organisations and persons are named, counted from the line's beginning."""
    return [(a - line.start, b - line.start) for a, b in bodies if a < line.end and line.start < b]


def _tail_date(lines: list[TextLine], known: Known) -> str | None:
    """The date that a release ends with, alone on its line or after the last full stop."""
    tail = [line for line in lines if line.section not in {"CHROME"}][-_TAIL_LINES:]
    if tail and (desk := _DESK_AND_DAY.fullmatch(tail[-1].text)):
        found = read_expression(tail[-1].text, desk.start("day"))
        if found is not None and found.end == desk.end("day"):
            return full_day(found, known)
    for line in reversed(tail):
        # A day above a list is the list's.
        if _ITEM.match(line.text):
            break
        found = read_expression(line.text, 0)
        ends = found is not None and found.end >= len(line.text.rstrip(" .")) and found.clock is None
        if found is not None and ends and (day := full_day(found, known)) is not None:
            return day
    if tail and (cut := list(_TRAILING.finditer(tail[-1].text))):
        found = read_expression(tail[-1].text, cut[-1].end())
        if found is not None and found.end == len(tail[-1].text):
            return full_day(found, known)
    return None
