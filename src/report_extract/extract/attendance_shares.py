"""Shares of those who take part: "about 1/3 of the total", "one in five of the delegates", "60 per cent were women".

A share is one of a figure: of the figure in its own words, of the last before it, or of the next in its sentence; what
it comes to is told with it. Without any figure of those taking part there is no share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from report_extract.evidence import Evidence
from report_extract.extract.attendance_words import any_of, attendance_rules, comparator_of, sentence_at
from report_extract.extract.mentions import AttendanceMention
from report_extract.extract.numbers import parse_number

_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}


def find_shares(
    text: str, sentences: list[tuple[int, int]], counted: list[AttendanceMention]
) -> Iterator[AttendanceMention]:
    """Every share of those taking part, with what it comes to; `counted` are the figures in text order."""
    if not counted:
        return
    for match in attendance_rules().rule("attendance.share").pattern.finditer(text):
        value = _share_of(match)
        if value is None or not 0 < value <= 1:
            continue
        sentence = sentence_at(sentences, match.start())
        total = _total_of(match, sentence, counted)
        if total is None or (match["who"] and not any_of("taking_part").search(text[sentence[0] : sentence[1]])):
            continue
        comparator = comparator_of(match["hedge"])
        share = AttendanceMention(
            None, None, comparator, _share_unit(text, match, sentence), round(value, 4),
            Evidence(match.start(), match.end(), "attendance.share", 0.7),
        )  # fmt: skip
        yield _derived(share, total, value)


def _total_of(
    match: re.Match[str], sentence: tuple[int, int], counted: list[AttendanceMention]
) -> AttendanceMention | None:
    """The figure of which the share is one: in its own words, or the last before it, or the next in its sentence."""
    before = (m for m in reversed(counted) if m.evidence.start < match.end())
    after = (m for m in counted if match.end() <= m.evidence.start < sentence[1])
    return next(before, None) or next(after, None)


def _share_of(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return float(match["percent"]) / 100
    if match["some"]:
        some, each = parse_number(match["some"]), parse_number(match["each"])
        return some / each if some and each else None
    if match["top"]:
        return int(match["top"]) / int(match["bottom"]) if int(match["bottom"]) else None
    words = match["word"].lower().replace("-", " ").split()
    times = {"two": 2, "three": 3}.get(words[0], 1)
    fraction = _FRACTIONS.get(words[-1].rstrip("s"))
    return times * fraction if fraction else None


def _share_unit(text: str, match: re.Match[str], sentence: tuple[int, int]) -> str | None:
    """Who makes the share: "were women"; "the latter" are those whom the sentence before names last."""
    if match["who"]:
        return match["who"].lower()
    if re.search(r"\blatter\b", text[sentence[0] : match.start()]):
        last = re.search(r"(\w+s)\W*\Z", text[max(0, sentence[0] - 60) : sentence[0]])
        return last[1] if last else None
    word = match["of"].lower()
    return None if word in {"total", "them", "audience", "attending"} else word.split()[-1]


def _derived(share: AttendanceMention, total: AttendanceMention, value: float) -> AttendanceMention:
    """The share with what it comes to of the figure before it: a third of "more than 100" is 33 or more."""
    low = int(total.low * value) if total.low is not None else None
    high = int(total.high * value) if total.high is not None else None
    if share.comparator in {"more_than", "at_least"}:
        high = total.high
    elif share.comparator in {"less_than", "up_to"}:
        low = None
    return replace(share, derived_low=low, derived_high=high)
