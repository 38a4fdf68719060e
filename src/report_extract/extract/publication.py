"""The release's own date, and the place in its dateline.

The date stands in the dateline ("GENEVA, 3 May 2010 –"), on a line of its own or beside a label in the head ("For
Immediate Release: September 06, 2016"), at the beginning of the headline's line, or alone at the very end. A date that
a head gives for an event ("Event Date: ...", "When: ...", "Date: ..." above "Venue: ...") is not the release's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.date_grammar import Expression, read_expression
from report_extract.extract.date_context import read_known
from report_extract.extract.date_reading import read_when
from report_extract.extract.date_values import Known
from report_extract.extract.headline import TextLine, is_company, is_label, top_lines
from report_extract.rules import alternation, load_rules

_FULL = frozenset({"dates.days-month", "dates.month-days", "dates.numeric", "dates.iso"})
_TAIL_LINES = 6
_HEAD_CHARACTERS = 4000
# What follows a date that opens a headline or the text: no comma or verb, as after "July 5, 2016, was a day of".
_OPENED = re.compile(r"\s*[:–—-]?\s+[A-ZÀ-Þ“\"]\w")
# "TUCSON, Ariz., March 4, 2025 /NewsHub/ --", "(LIMA – 3 May 2010) –", "Windhoek, 3 May 2010. The": a place, or who
# speaks, then the day and a mark that closes both.
_NAME = r"[A-ZÀ-Þ][\w.'’&-]*"
_PLACED = re.compile(
    rf"[(\[•*]?\s*(?P<place>{_NAME}(?:[\s,/]+(?:{_NAME}|\([A-Z]{{2,8}}\)|and|of|de|del|la|da|do|el|al|the)){{0,9}})"
    r"\s*[,.:(|–—-]*\s*"
)
_CLOSED = re.compile(r"\s*[)\]]*\s*(?:[–—|:]|-{1,2}(?=[\s(“\"])|\.(?=\s+[A-ZÀ-Þ“\"])|/[^/\n]{2,30}/\s*[–—-]{1,2})")
_LONGEST_DATELINE = 90
# What may follow the day on a line that opens with "Posted", "Published": who did so.
_BY = re.compile(r"\s*(?:by\s|[|·•–—]\s*)\S")
_TRAILING = re.compile(r"(?:[.!”\"]|\s{2}|[a-z]\.\w{2,3})\s+(?=\S[^.]{6,24}$)")


def find_publication(doc: Doc, lines: list[TextLine]) -> tuple[str | None, str | None]:
    """The day of the release (ISO) and the place as the dateline writes it; None for what is not there."""
    spans = [s for s in doc.spans.get("report_mentions", ()) if s.label_ == "DATE"]
    text = doc.text
    read = [found for s in spans if (found := read_expression(text, s.start_char)) is not None]
    known = read_known(text, read, None)
    place, dated = _dateline(doc, lines, known)
    head = list(_head(lines))
    labelled = any(is_label(line.text) for line in head)
    for line in head:
        if (own := _own_date(line.text, known, labelled)) is not None:
            return own, place
    if dated is not None:
        return dated, place
    return _tail_date(lines, known), place


def _head(lines: list[TextLine]) -> Iterator[TextLine]:
    """The lines of the title block, and a chrome line between them and the body that is a date."""
    yield from top_lines(lines)
    body = next((n for n, line in enumerate(lines) if line.section == "BODY"), 0)
    yield from lines[body : body + 1]


def _own_date(text: str, known: Known, labelled: bool) -> str | None:
    """The day on a head line that holds nothing else but labels, or that opens with it."""
    if _words("event_company").match(text.lower()) or (text.lower().startswith("date") and not labelled):
        return None
    here = 0
    for at in _starts(text):
        found = read_expression(text, at) if at >= here else None
        if found is None:
            continue
        here = found.end
        day = _full_day(found, known)
        if day is not None:
            opens = not text[:at].strip() and _OPENED.match(text, found.end) is not None
            before = text[:at].strip()
            by = bool(before) and is_company(before) and _BY.match(text, found.end) is not None
            company = by or is_company(f"{text[:at]} {text[found.end :]}")
            return day if company or (opens and found.first.rule != "dates.numeric") else None
    return None


def _starts(text: str) -> Iterator[int]:
    for word in re.finditer(r"(?<!\w)(?=\w)", text):
        yield word.start()


def _full_day(found: Expression, known: Known) -> str | None:
    """The day of an expression that names one with its year."""
    if found.first.rule not in _FULL or found.last is not None or not {"y1", "y2"} & found.first.groups.keys():
        return None
    when = read_when(found, known)
    return when.first.isoformat() if when is not None and when.first == when.last else None


def _dateline(doc: Doc, lines: list[TextLine], known: Known) -> tuple[str | None, str | None]:
    places = [(s.start_char, s.end_char) for s in doc.spans.get("report_mentions", ()) if s.label_ in {"GPE", "LOC"}]
    rule = load_rules("document").rule("document.dateline")
    for line in lines:
        if line.start > _HEAD_CHARACTERS:
            break
        if line.section not in {"", "BODY", "HEADLINE"}:
            continue
        if (opening := _opening(line, places, known)) is not None:
            return opening
        match = rule.pattern.match(line.text)
        if match is None or (len(line.text) - match.end() < 20 and line.section != "HEADLINE"):
            continue
        place, at = match["place"], line.start
        named = any(at - 1 <= start <= at and end <= at + len(place) + 1 for start, end in places)
        wired = "--(" in match[0] + line.text[match.end() : match.end() + 1] and place.isupper()
        if (
            len(place) < 3
            or not (named or wired or match["date"])
            or (":" in match[0] and not match["date"])
            or place.split()[0].lower() in _not_places()
        ):
            continue
        if not match["date"] and line.section == "HEADLINE":
            continue
        found = read_expression(line.text, match.start("date")) if match["date"] else None
        return place.rstrip(","), _full_day(found, known) if found else None
    return None, None


def _opening(line: TextLine, places: list[tuple[int, int]], known: Known) -> tuple[str | None, str] | None:
    """Place and day of a line that opens with both; the place is None where it is no place but who speaks."""
    text = line.text
    for at in _starts(text[:_LONGEST_DATELINE]):
        found = read_expression(text, at)
        day = _full_day(found, known) if found is not None else None
        if found is None or day is None:
            continue
        match = _PLACED.fullmatch(text, 0, at)
        if match is None or _CLOSED.match(text, found.end) is None or not text[found.end :].strip(" )]|.–—-:"):
            return None
        first = match["place"].split()[0].lower().strip(".,")
        if first in _not_places() or is_company(match["place"]):
            return None
        start = line.start + match.start("place")
        is_place = any(start <= a <= start + 1 for a, _ in places) or match["place"].split()[0].strip(",").isupper()
        return (match["place"].strip(" ,") if is_place else None), day
    return None


def _tail_date(lines: list[TextLine], known: Known) -> str | None:
    """The date that a release ends with, alone on its line or after the last full stop."""
    tail = [line for line in lines if line.section not in {"CHROME"}][-_TAIL_LINES:]
    for line in reversed(tail):
        found = read_expression(line.text, 0)
        ends = found is not None and found.end >= len(line.text.rstrip(" .")) and found.clock is None
        if found is not None and ends and (day := _full_day(found, known)) is not None:
            return day
    if tail and (cut := list(_TRAILING.finditer(tail[-1].text))):
        found = read_expression(tail[-1].text, cut[-1].end())
        if found is not None and found.end == len(tail[-1].text):
            return _full_day(found, known)
    return None


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"{alternation(load_rules('document').terms(name))}\b")


@cache
def _not_places() -> frozenset[str]:
    words = {word for term in load_rules("document").terms("label") for word in term.split()}
    return frozenset(words | {"the", "on", "in", "at", "about", "note", "session", "contact", "q", "a"})
