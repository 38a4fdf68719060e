"""The parts of a release: title block, body, contacts, boilerplate, notes, programme, and the page's chrome.

Read in three sweeps over the lines of a cleaned text. First the chrome: lines that are never part of a release, and
runs of short lines in which enough are entries of menus. Then the top, up to the first sentence: the title block and
the contacts in it. Then the rest, where headings ("About X", "Notes to editors", "Media contact", "ENDS") open a part
that lasts until something contradicts it. In doubt a line is BODY: chrome eaten wrongly loses facts for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from report_extract.clean.line_kinds import Line, read_lines

SectionLabel = Literal["HEADLINE", "BODY", "CHROME", "CONTACT", "ABOUT", "NOTES", "AGENDA"]

# A run of short lines is a menu when it has this many known entries, and they are at least this share of it.
_FEWEST_ENTRIES, _SMALLEST_SHARE = 3, 0.1
# A run this long without a single sentence, date or contact needs only one unmistakable line.
_LONG_RUN = 8
_LONGEST_TITLE_BLOCK = 14
_FEWEST_AGENDA_ROWS, _WIDEST_AGENDA_GAP = 3, 3
_LONGEST_CONTACT_BLOCK, _LONGEST_CONTACT_WORDS, _LONGEST_CONTACT_SENTENCE, _NEAR = 16, 14, 70, 6
_LONGEST_ADDRESS, _LONGEST_NAME = 12, 8


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the cleaned text and what it is."""

    start: int
    end: int
    label: SectionLabel


def find_sections(text: str) -> list[Section]:
    """Sections that tile the text, in order; neighbours have different labels; an empty text has none.

    >>> text = "Skip to content\\nHall opened\\nThe new hall of the college was opened in May by the mayor of Hill.\\n"
    >>> [(s.label, text[s.start : s.end].strip()[:11]) for s in find_sections(text)]
    [('CHROME', 'Skip to con'), ('HEADLINE', 'Hall opened'), ('BODY', 'The new hal')]
    """
    lines = read_lines(text)
    if not lines:
        return [Section(0, len(text), "BODY")] if text else []
    labels: list[SectionLabel] = ["BODY"] * len(lines)
    _mark_chrome(lines, labels)
    top = _mark_top(lines, labels)
    _mark_rest(lines, labels, top)
    _mark_agendas(lines, labels, top)
    return list(_tiles(lines, labels, len(text)))


def _mark_chrome(lines: list[Line], labels: list[SectionLabel]) -> None:
    for n, line in enumerate(lines):
        if line.is_chrome:
            labels[n] = "CHROME"
    prose = [n for n, line in enumerate(lines) if line.is_prose]
    for start, end in _short_runs(lines):
        inside = bool(prose) and prose[0] < start and end <= prose[-1]
        if _is_menu(lines[start:end], inside=inside):
            start, end = _trimmed(lines, start, end)
            labels[start:end] = ["CHROME"] * (end - start)
    for n, line in enumerate(lines):
        if line.is_teaser_heading and n > len(lines) // 3 and not any(_is_story(later) for later in lines[n + 1 :]):
            labels[n:] = ["CHROME"] * (len(lines) - n)
            break


def _is_menu(run: list[Line], *, inside: bool) -> bool:
    """Whether a run of short lines is a menu; between sentences, topics and names need an unmistakable line too."""
    sure = sum(line.is_chrome for line in run)
    entries = sum(line.is_chrome or line.is_entry for line in run)
    if inside and not sure:
        return False
    enough = entries >= max(_FEWEST_ENTRIES, _SMALLEST_SHARE * len(run))
    return enough or (sure > 0 and (len(run) >= _LONG_RUN or (entries > 1 and len(run) <= entries + 1)))


def _trimmed(lines: list[Line], start: int, end: int) -> tuple[int, int]:
    """The run from its first to its last entry: what stands at its edges may be the headline, or a signature."""
    last = end
    while start and start < last and not (lines[start].is_chrome or lines[start].is_entry):
        start += 1
    while start < end < len(lines) and _may_be_headline(lines[end - 1]):
        end -= 1
    return start, end


def _may_be_headline(line: Line) -> bool:
    if line.is_chrome or not line.text[0].isalnum():
        return False
    return not line.is_entry or line.matches("label")


def _is_story(line: Line) -> bool:
    return line.is_prose and line.words > 60


def _short_runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring lines any of which could be a menu's entry, cut at what belongs to a release."""
    start = 0
    for n in range(len(lines) + 1):
        if n == len(lines) or not (lines[n].is_chrome or lines[n].is_entry or _is_plain_short(lines[n])):
            if n - start > 1:
                yield start, n
            start = n + 1


def _is_plain_short(line: Line) -> bool:
    return line.is_short and not (
        line.is_date
        or line.matches("reach")
        or line.matches("label")
        or line.matches("end")
        or line.matches("contact")
        or line.matches("agenda-row")
        or line.matches("notes")
        or line.matches("body-label")
        or line.text.startswith(("•", "“", '"'))
    )


def _mark_top(lines: list[Line], labels: list[SectionLabel]) -> int:
    """Label the title block; the index of the first line after it."""
    body = next((n for n, line in enumerate(lines) if labels[n] != "CHROME" and _opens_body(line, n)), None)
    if body is None:
        body = _end_of_bare_title(lines, labels)
    start = _first_after_chrome(labels, body)
    if body - start > _LONGEST_TITLE_BLOCK:
        body = start + _end_of_bare_title(lines[start:body], labels[start:body])
    for n in range(start, body):
        if labels[n] != "CHROME":
            labels[n] = "HEADLINE"
    _mark_top_contacts(lines, labels, start, body)
    _mark_page_title(lines, labels, start)
    return body


def _opens_body(line: Line, n: int) -> bool:
    if line.matches("contact-sentence") and line.matches("reach"):
        return False
    return (line.is_prose and not (n == 0 and line.words < 30 and not line.text.endswith("."))) or line.matches(
        "body-label"
    )


def _end_of_bare_title(lines: list[Line], labels: list[SectionLabel]) -> int:
    """Without a sentence anywhere near: labels and dates, the headline, and labels and dates again."""
    seen = False
    for n, line in enumerate(lines):
        if labels[n] == "CHROME" or line.matches("label") or line.is_date or line.matches("key-value"):
            continue
        if seen:
            return n
        seen = True
    return len(lines)


def _first_after_chrome(labels: list[SectionLabel], body: int) -> int:
    """The first line of the title block: after the menus above it, unless nothing would be left."""
    chrome = [n for n in range(body) if labels[n] == "CHROME"]
    while chrome and chrome[-1] == body - 1:
        body = chrome.pop()
    return chrome[-1] + 1 if chrome else 0


def _mark_top_contacts(lines: list[Line], labels: list[SectionLabel], start: int, end: int) -> None:
    """A contact heading and what follows up to the last number or address near it; any other line with an address."""
    for n in range(start, end):
        if labels[n] != "HEADLINE" or not (lines[n].matches("contact") or _is_address(lines[n])):
            continue
        block = [lines[n], *takewhile(_is_part_of_contact, lines[n + 1 : min(n + _NEAR, end)])]
        last = max((k for k, line in enumerate(block) if line.matches("reach")), default=-1)
        labels[n : n + last + 1] = ["CONTACT"] * (last + 1)


def _is_address(line: Line) -> bool:
    return line.words <= _LONGEST_ADDRESS and line.matches("reach")


def _is_part_of_contact(line: Line) -> bool:
    return _is_address(line) or not (line.matches("label") or line.is_date or line.words > _LONGEST_NAME)


def _mark_page_title(lines: list[Line], labels: list[SectionLabel], start: int) -> None:
    """What stands above the last menu is chrome too: the page's title, a banner."""
    if start and all(not line.is_prose for line in lines[:start]):
        labels[:start] = ["CHROME"] * start


def _mark_rest(lines: list[Line], labels: list[SectionLabel], top: int) -> None:
    current: SectionLabel = "BODY"
    ended, length = False, 0
    for n in range(top, len(lines)):
        if labels[n] == "CHROME":
            current = current if current in ("ABOUT", "NOTES") else "NOTES" if ended else "BODY"
            continue
        if lines[n].matches("end"):
            label: SectionLabel = "NOTES"
            ended = n > len(lines) // 4
        else:
            label = _next_label(lines, n, current, ended=ended, late=ended or _is_late(n, top, lines), length=length)
        length = length + 1 if label == current else 1
        labels[n] = current = label


def _is_late(n: int, top: int, lines: list[Line]) -> bool:
    """Whether enough of the release has gone by for its last parts to begin."""
    return n - top >= 2 and lines[n].start > 0.3 * (lines[-1].start + len(lines[-1].text))


def _next_label(
    lines: list[Line], n: int, current: SectionLabel, *, ended: bool, late: bool, length: int
) -> SectionLabel:
    line, rest = lines[n], _rest(ended)
    if _opens_contact(lines, n, late=late):
        return "CONTACT"
    if late and line.matches("about"):
        return "ABOUT"
    if late and line.matches("notes"):
        return "NOTES"
    if current == "CONTACT":
        return _after_contact(line, rest, length)
    if current == "BODY" and ended and line.is_prose and line.matches("organization-is"):
        return "ABOUT"
    return current if current in ("ABOUT", "NOTES") else rest


def _rest(ended: bool) -> SectionLabel:
    return "NOTES" if ended else "BODY"


def _opens_contact(lines: list[Line], n: int, *, late: bool) -> bool:
    line = lines[n]
    if line.matches("contact") and (line.words <= _LONGEST_CONTACT_WORDS or line.matches("reach")):
        # A heading promises an address; "More information" over a list of pictures has none.
        return any(near.matches("reach") for near in lines[n : n + _NEAR])
    if not late or line.words > _LONGEST_CONTACT_SENTENCE or not line.matches("contact-sentence"):
        return False
    return any(near.matches("reach") for near in lines[n : n + (_NEAR if line.text.endswith(":") else 1)])


def _after_contact(line: Line, rest: SectionLabel, length: int) -> SectionLabel:
    if line.matches("reach") and line.words <= 40:
        return "CONTACT"
    if line.is_prose:
        return "ABOUT" if line.matches("organization-is") else rest
    if length >= _LONGEST_CONTACT_BLOCK or line.words > _LONGEST_CONTACT_WORDS:
        return rest
    return "CONTACT"


def _mark_agendas(lines: list[Line], labels: list[SectionLabel], top: int) -> None:
    rows = [n for n in range(top, len(lines)) if labels[n] not in ("CHROME", "CONTACT") and _is_row(lines[n])]
    run: list[int] = []
    for n in [*rows, len(lines) + _WIDEST_AGENDA_GAP + 1]:
        if run and not _is_near(lines, run[-1], n):
            _mark_agenda(lines, labels, run, top)
            run = []
        run.append(n)


def _is_row(line: Line) -> bool:
    return line.matches("agenda-row") and line.words <= 60


def _is_near(lines: list[Line], row: int, n: int) -> bool:
    return n - row <= _WIDEST_AGENDA_GAP + 1 and not any(_is_story(line) for line in lines[row + 1 : n])


def _mark_agenda(lines: list[Line], labels: list[SectionLabel], run: list[int], top: int) -> None:
    start, end = run[0], run[-1] + 1
    headed = start > top and lines[start - 1].matches("agenda-heading")
    if len(run) < _FEWEST_AGENDA_ROWS and not (headed and len(run) > 1):
        return
    while (
        end < len(lines)
        and end - run[-1] <= _WIDEST_AGENDA_GAP
        and labels[end] == labels[run[-1]]
        and _is_plain_short(lines[end])
    ):
        end += 1
    labels[start - headed : end] = ["AGENDA"] * (end - start + headed)


def _tiles(lines: list[Line], labels: list[SectionLabel], length: int) -> Iterator[Section]:
    start, label = 0, labels[0]
    for line, following in zip(lines, labels, strict=True):
        if following != label:
            yield Section(start, line.start, label)
            start, label = line.start, following
    yield Section(start, length, label)
