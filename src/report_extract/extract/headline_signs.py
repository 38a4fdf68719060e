"""What speaks for a line of the head, and against it, as the release's headline: place, make-up, words.

Each sign is a number from 0 to 1; `rules/headline.toml` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.extract.choice import Signs
from report_extract.extract.head_lines import TextLine, is_label, is_label_and_date
from report_extract.extract.letterhead import SMALL, is_letterhead, is_verb, unnamed_words
from report_extract.rules import load_rules

_NAMES = frozenset({"PERSON", "HONORIFIC", "TITLE", "ORG", "GPE"})
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# Marks between the entries of a menu, or of a line "CITY COLLEGE | News | 3 May".
_MENU = re.compile(r"\s[|>/·•»]+\s|//|^(?i:home)\s(?:.*\s)?(?i:about|contact|login|search|sitemap)\b")
_PARTS = re.compile(r"\s[|>·•»]+\s|\s{2,}")
_QUOTED = re.compile(r"^[\"“'‘(\[].*[\"”'’)\]]$")
_FUNCTION_WORDS = SMALL | {"to", "at", "from", "by", "an"}
_AGAINST = (
    "letterhead", "all_named", "labels", "menu", "menu_parts", "quoted", "bracket_opens", "bullet", "digits",
    "words_1", "words_2",
)  # fmt: skip
_LEAD = 900
_SHORT_LINE = 60
_FEW = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the head, or several that make one, without bullet, date and label before it."""

    text: str
    first: TextLine
    last: TextLine


def read_signs(doc: Doc, lines: list[TextLine], candidates: Sequence[Candidate]) -> Sequence[Signs]:
    """The signs of each candidate."""
    head = _Head(doc, lines, candidates)
    signs: list[dict[str, float]] = []
    reads_well: list[bool] = []
    for one in candidates:
        own = {**_make_up(one, head), **_words(one, head), **_place(one, head)}
        own["after_headline"] = own["after_candidate"] * (reads_well[-1] if reads_well else False)
        own["below_headline"] = any(reads_well)
        reads_well.append(_reads_like_headline(own))
        own["opens_page"] = reads_well[-1] and one.first.start == lines[0].start
        own["fit"] = reads_well[-1]
        signs.append({sign: float(value) for sign, value in own.items() if value})
    return signs


class _Head:
    """The head of a release and the beginning of the text below it."""

    def __init__(self, doc: Doc, lines: list[TextLine], candidates: Sequence[Candidate]) -> None:
        mentions = doc.spans.get("report_mentions", ())
        self.text, self.lines, self.candidates = text_of(doc), lines, candidates
        self.names = [(s.start_char, s.end_char) for s in mentions if s.label_ in _NAMES]
        self.dates = [s.start_char for s in mentions if s.label_ == "DATE"]
        body = next((line.start for line in lines if line.section == "BODY"), len(self.text))
        self.lead = self.text[body : body + _LEAD].lower()
        self.starts = {one.first.start for one in candidates} | {one.last.start for one in candidates}
        self.labels = [line.start for line in lines if line.start < body and is_label(line.text)]
        self.days = [line.start for line in lines if line.start < body and is_label_and_date(line.text)]


def _make_up(one: Candidate, head: _Head) -> dict[str, float]:
    line = one.first.text
    return {
        "bias": 1.0,
        "letterhead": is_letterhead(one.first, head.names),
        "all_named": sum(map(len, unnamed_words(one.first, head.names))) < 0.1 * len(line),
        "menu": _MENU.search(line) is not None,
        "menu_parts": len(_PARTS.findall(line)) >= 2,
        "digits": sum(char.isdigit() for char in one.text) > 0.2 * len(one.text),
        "date_inside": any(one.first.start <= start < one.first.end for start in head.dates),
        "upper": line.isupper(),
        "only_upper": line.isupper() and any(not other.first.text.isupper() for other in head.candidates),
        "period": line.endswith("."),
        "colon": line.endswith(":"),
        "comma": "," in one.text,
        "quoted": _QUOTED.match(line) is not None,
        "bracket_opens": line[0] in "([>",
        "bullet": line[0] in "•*-–",
    }


def _words(one: Candidate, head: _Head) -> dict[str, float]:
    words = _WORD.findall(one.text)
    telling = [word.lower().rstrip(".") for word in words if len(word) > 3]
    shared = sum(word in head.lead or word.rstrip("s") in head.lead for word in telling) / max(1, len(telling))
    labels = sum(word.lower().strip(".") in _label_words() for word in words) / max(1, len(words))
    return {
        "words_1": len(words) <= 1,
        "words_2": len(words) == 2,
        "words_3_4": len(words) in (3, 4),
        "many_words": len(words) > _FEW,
        "lower": any(word[0].islower() and word not in _FUNCTION_WORDS for word in words),
        "verb": any(is_verb(word) for word in words[1:]),
        "labels": labels > 0.4,
        "lead_share": shared,
        "lead_none": shared == 0,
    }


def _place(one: Candidate, head: _Head) -> dict[str, float]:
    start, end = one.first.start, one.last.end
    above = next((line for line in reversed(head.lines) if line.start < start), None)
    below = next((line for line in head.lines if line.start > end), None)
    blank = not head.text[:start].strip() or head.text[:start].rstrip(" \t").endswith("\n\n")
    after = above is not None and above.start in head.starts
    earlier = [other for other in head.candidates if other.first.start < start]
    return {
        "first": not earlier,
        "last": one is head.candidates[-1],
        "only": len(head.candidates) == 1,
        "after_candidate": after,
        "opens_block": not after or blank,
        "blank_before": blank,
        "blank_after": re.match(r"[ \t]*\n[ \t]*\n", head.text[end:]) is not None,
        "next_is_body": below is not None and below.section in {"", "BODY"},
        "next_is_date": below is not None
        and len(below.text) < _SHORT_LINE
        and re.search(r"\b(?:19|20)\d\d\b", below.text) is not None,
        "below_label": any(label < start for label in head.labels),
        "above_label": any(label > start for label in head.labels),
        "above_date": any(day > start for day in head.days),
        "says_again": any(_is_same(one.text, other.text) for other in earlier),
    }


def _is_same(text: str, other: str) -> bool:
    """Whether two lines share most of their words."""
    words, others = (set(re.findall(r"\w+", some.lower())) for some in (text, other))
    return len(others) >= 3 and len(words & others) >= 0.6 * min(len(words), len(others))


def _reads_like_headline(signs: dict[str, float]) -> bool:
    """Whether nothing speaks against a line, and it has a verb or is long."""
    if any(signs[sign] for sign in _AGAINST):
        return False
    return bool(signs["verb"] or signs["lower"] or signs["many_words"])


@cache
def _label_words() -> frozenset[str]:
    rules = load_rules("document")
    return frozenset((*(word for term in rules.terms("label") for word in term.split()), *rules.terms("date_company")))
