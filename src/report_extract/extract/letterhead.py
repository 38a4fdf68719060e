"""The letterhead of a release: lines of nothing but names and offices, and the words of a line that are none."""

from __future__ import annotations

import re
from functools import cache

from report_extract.extract.head_lines import TextLine, first_day, is_code
from report_extract.rules import alternation, load_rules

SMALL = frozenset({"for", "of", "and", "the", "in", "on", "with", "de", "a"})


def is_letterhead(line: TextLine, spans: list[tuple[int, int]]) -> bool:
    """Whether names and offices make up the line: "The Hon Ana Ruiz MP, Minister for Roads", "ROAD PARTY"."""
    rest = unnamed_words(line, spans)
    if sum(map(len, rest)) <= 0.05 * len(line.text):
        return True
    words = line.text.split()
    if not (_opener().match(line.text) or re.match(r"[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+ MP\b", line.text)):
        return False
    return _role().search(line.text) is not None and not any(is_verb(word) for word in words[1:])


def unnamed_words(line: TextLine, spans: list[tuple[int, int]]) -> list[str]:
    """The words of a line that are no part of a name, a date or a label: of "STATEMENT BY THE ROAD PARTY" none."""
    text = line.text
    for start, end in spans:
        first, last = max(start - line.start, 0), min(end - line.start, len(text))
        if first < last:
            text = text[:first] + " " * (last - first) + text[last:]
    if text.strip() == line.text.strip():
        return text.split()
    found = first_day(text)
    if found is not None:
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    text = _label_inside().sub(" ", text)
    return [word for word in text.split() if word.lower() not in SMALL | {"by", "from"} and not is_code(word)]


def is_verb(word: str) -> bool:
    """Whether a word of a headline looks like its verb: "Visits", "attend"."""
    if word[:1].islower():
        return word not in SMALL
    plurals = load_rules("document").terms("letterhead_plural")
    return word.endswith("s") and not word.isupper() and word.lower() not in plurals


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?i){alternation(load_rules('document').terms('letterhead_opener'))}\b")


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{alternation(load_rules('document').terms('letterhead_role'))}\b")


@cache
def _label_inside() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){alternation(load_rules('document').terms('label'))}(?!\w)")
