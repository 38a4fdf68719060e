"""The lines at the top of a release: which of them is the headline, and which stands under it.

The title is the first line of the title block that is none of these: a label ("PRESS RELEASE"), a date, a "Key: value"
line, the letterhead (nothing but names of people, offices and organisations), a sentence of the body. Doubt gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.date_grammar import Expression, read_expression
from report_extract.rules import alternation, load_rules

_NAMES = frozenset({"PERSON", "HONORIFIC", "TITLE", "ORG", "GPE"})
_KEY_VALUE = re.compile(
    r"(?i)^(?:event|date|dates|time|venue|contacto|kontakt|where|when|who|what|contact|contacts|title|published by|by|"
    r"source|from|tel|phone|e-?mail|embargo|ref|resource person|objective|abstract|speakers?|location|cc|to|subject)\b"
    r"[^:\n]{0,20}:"
)
_REACH = re.compile(r"@|https?:|www\.|\(?\+?\d{2,4}\)?[ -]\d{3}[ -]?\d{3}")
_BULLET = re.compile(r"^(?:[-•*–]|\d{1,2}[.)])\s+")
_SENTENCE_INSIDE = re.compile(r"[a-z)]\.\s+[A-Z“\"]")
_DANGLING = re.compile(
    r"(?:\b(?:of|the|and|for|to|in|on|at|with|a|an|by|from|as|or|de|der|die|und|et)|[,:&–—-])$", re.I
)
_CODE = re.compile(r"[A-Z]{0,4}\d[\w/.-]*|[–—|:,.()#-]+|\d\d?:\d\d(?::\d\d)?")
_SMALL = frozenset({"for", "of", "and", "the", "in", "on", "with", "de", "a"})
_LONGEST = 45
_SHORT = 14
_TOP_LINES = 40


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is not empty, with the section it stands in."""

    start: int
    text: str
    section: str

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.start + len(self.text)


def read_text_lines(doc: Doc) -> list[TextLine]:
    """The lines of the release that are not empty, each with the label of its section ("" where none is known)."""
    sections = [(s.start_char, s.end_char, s.label_) for s in doc.spans.get("report_sections", ())]
    lines, at, n = [], 0, 0
    for raw in doc.text.split("\n"):
        start = at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        while n < len(sections) - 1 and sections[n][1] <= start:
            n += 1
        label = sections[n][2] if sections and sections[n][0] <= start < sections[n][1] else ""
        if raw.strip():
            lines.append(TextLine(start, raw.strip(), label))
    return lines


def top_lines(lines: list[TextLine]) -> list[TextLine]:
    """The lines before the body, the page's chrome left out."""
    top = []
    for line in lines[:_TOP_LINES] if not any(line.section for line in lines) else lines:
        if line.section == "BODY" or (not line.section and is_prose(line.text)):
            break
        if line.section in {"", "HEADLINE", "CONTACT"}:
            top.append(line)
    return top


def find_title(doc: Doc, lines: list[TextLine]) -> tuple[str | None, str | None]:
    """The headline and the line under it, without labels and dates; None for what is not there.

    >>> import spacy
    >>> doc = spacy.blank("en")("PRESS RELEASE\\n\\nHall Opened in Lima")
    >>> find_title(doc, read_text_lines(doc))
    ('Hall Opened in Lima', None)
    """
    spans = [(s.start_char, s.end_char) for s in doc.spans.get("report_mentions", ()) if s.label_ in _NAMES]
    block = [line for line in top_lines(lines) if line.section != "CONTACT"]
    block = [line for line in block if _could_be_title(line.text)]
    named = [line for line in block if not _is_letterhead(line, spans)]
    if not named and len(block) == 1 and not block[0].text.isupper():
        named = block
    if not named:
        return None, None
    title, last = _stripped(named[0].text), named[0]
    for line in block[block.index(last) + 1 :]:
        if line.start - last.end > 1 or not (_DANGLING.search(title) or line.text[:1].islower()):
            break
        title, last = f"{title} {line.text}", line
    following = block[block.index(last) + 1 :]
    subtitle = _stripped(following[0].text) if following and following[0].start - last.end <= 3 else None
    if subtitle is not None and (subtitle.lower() == title.lower() or _BULLET.match(following[0].text)):
        subtitle = None
    return title or None, subtitle or None


def is_prose(text: str) -> bool:
    """Whether a line reads as text, not as a heading."""
    return len(text.split()) > _LONGEST or (text.endswith((".", "!", "?")) and len(text.split()) > 14)


def is_label(text: str) -> bool:
    """Whether a line says only what sort of paper this is: "FOR IMMEDIATE RELEASE", "Press release No. 12"."""
    return _label_line().match(text) is not None


def is_label_and_date(text: str) -> bool:
    """Whether a line holds a full date, labels, numbers, and nothing else: "Media Release H28/2003 - 20 March 2003"."""
    found = _first_day(text)
    return found is not None and is_company(f"{text[: found.start]} {text[found.end :]}")


def starts_of_words(text: str) -> Iterator[int]:
    """Where each word begins."""
    for word in re.finditer(r"(?<!\w)(?=\w)", text):
        yield word.start()


def _first_day(text: str) -> Expression | None:
    """The first expression that names a day."""
    read = (read_expression(text, at) for at in starts_of_words(text))
    return next((one for one in read if one is not None and {"d1", "d2", "a"} & one.first.groups.keys()), None)


def is_company(rest: str) -> bool:
    """Whether what stands beside a date are labels, numbers and marks."""
    words = [word for word in rest.split() if not _CODE.fullmatch(word)]
    return all(word.lower().strip(".:,;()-–—|#/") in _company() for word in words)


def without_date(text: str) -> str:
    """The line without the date at its beginning: "June 5, 2026: Hall Opened"."""
    found = read_expression(text, 0) if text[:1].isalnum() else None
    if (
        found is None
        or not {"y1", "y2"} & found.first.groups.keys()
        or found.first.rule in {"dates.year", "dates.year-range"}
    ):
        return text
    return text[found.end :].lstrip(" :–—-|,")


def _could_be_title(text: str) -> bool:
    if is_label(text) or _REACH.search(text) or is_prose(text):
        return False
    # "The dam was paid for. Where is the dam?" is a headline all the same.
    if _SENTENCE_INSIDE.search(text) and not (text.endswith("?") and len(text.split()) <= _SHORT):
        return False
    rest = _stripped(text)
    if is_label_and_date(text) or _KEY_VALUE.match(rest):
        return False
    if len(rest) < 4 or text.endswith(",") or not any(c.isalpha() for c in rest) or is_label(rest):
        return False
    return not _KEY_VALUE.match(text) and not re.match(
        r"(?i)(?:posted|published|cross-posted|by)\b|(?:press|media|news) release\b(?!\s*:)", rest
    )


def _stripped(text: str) -> str:
    """The line without bullet, date and label before it."""
    rest = without_date(_BULLET.sub("", text))
    label = _label_before().match(rest)
    return " ".join((rest[label.end() :] if label and len(rest) > label.end() + 8 else rest).split())


def _is_letterhead(line: TextLine, spans: list[tuple[int, int]]) -> bool:
    """Whether names and offices make up the line: "The Hon Ana Ruiz MP, Minister for Roads", "ROAD PARTY"."""
    rest = _unnamed(line, spans)
    if sum(map(len, rest)) <= 0.05 * len(line.text):
        return True
    words = line.text.split()
    if not (_opener().match(line.text) or re.match(r"[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+ MP\b", line.text)):
        return False
    return _role().search(line.text) is not None and not any(_is_verb(word) for word in words[1:])


def _unnamed(line: TextLine, spans: list[tuple[int, int]]) -> list[str]:
    """The words of a line that are no part of a name, a date or a label: of "STATEMENT BY THE ROAD PARTY" none."""
    text = line.text
    for start, end in spans:
        first, last = max(start - line.start, 0), min(end - line.start, len(text))
        if first < last:
            text = text[:first] + " " * (last - first) + text[last:]
    if text.strip() == line.text.strip():
        return text.split()
    found = _first_day(text)
    if found is not None:
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    text = _label_inside().sub(" ", text)
    return [word for word in text.split() if word.lower() not in _SMALL | {"by", "from"} and not _CODE.fullmatch(word)]


def _is_verb(word: str) -> bool:
    """Whether a word of a headline looks like its verb: "Visits", "attend"."""
    if word[:1].islower():
        return word not in _SMALL
    plurals = load_rules("document").terms("letterhead_plural")
    return word.endswith("s") and not word.isupper() and word.lower() not in plurals


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?i){alternation(load_rules('document').terms('letterhead_opener'))}\b")


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('document').terms('letterhead_role'))}\b")


@cache
def _company() -> frozenset[str]:
    return frozenset((*load_rules("document").terms("date_company"), ""))


@cache
def _label_line() -> re.Pattern[str]:
    terms = alternation(load_rules("document").terms("label"))
    return re.compile(
        rf"(?i)^\W*{terms}(?:\W+(?:no\.?|nr\.?|number|ref\.?|\d[\w/.-]*|[A-Z]{{1,4}}\d[\w/.-]*|{terms}))*\W*$"
    )


@cache
def _label_inside() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){alternation(load_rules('document').terms('label'))}(?!\w)")


@cache
def _label_before() -> re.Pattern[str]:
    return re.compile(rf"(?i)^{alternation(load_rules('document').terms('label'))}\s*(?:[:|–—]|-\s)\s*")
