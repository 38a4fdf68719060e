"""Dates of other people's test sets: the specifications of Recognizers-Text and WikiWars.

    python tests/benchmarks/outside_dates.py --recognizers FOLDER --wikiwars FOLDER [--errors]

Recognizers-Text (microsoft/Recognizers-Text, folder Specs, MIT): sentences said to an assistant, each with the moment it was
said and the days meant. Counted are dates, ranges of dates, and these with a time of day; not times alone, durations and
recurrences. WikiWars (Mazur and Dale 2010, in the TimeML form of xszhong/syntime, CC BY-SA): histories of wars. Counted
are calendar values; not durations, recurrences and "now".

Told are, of the counted expressions, those marked exactly and those touched by a mention; and those whose value is right
among the rows of `dates`. An ambiguous one ("on Friday") is right as any of the days that the test set allows. --errors
lists, by family, what was missed or wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from figures import Figures, show

from report_extract.extractor import Extractor, load
from report_extract.schema import DateExpression, PressRelease

Days = tuple[str, str]
SPECS = ("DateTimeModel", "DateParser", "DatePeriodParser")
COUNTED = ("date", "daterange", "datetime", "datetimerange")
# So many minutes or hours from now: no date of a release.
CLOCK = r"\b(?:min(?:ute)?s?|hours?|hrs?|\d+h|sec(?:ond)?s)\b|now"
# Families of wording, the first that fits; for sorting errors.
FAMILIES = {
    "holiday": r"christmas|easter|thanksgiving|\bday\b.*(?:of|mother|father|labou?r|new year)|new year|holiday|eve\b|halloween|ramadan",
    "quarter, half, season, fiscal": r"quarter|\bq[1-4]\b|\bh[12]\b|half|spring|summer|autumn|\bfall\b|winter|fiscal|\bfy",
    "decade, century": r"\d0'?s\b|ties\b|century|decade",
    "ago, from now, within": r"\bago\b|from now|from today|later|earlier|within|in (?:\w+|\d+) (?:day|week|month|year)|(?:past|last|next|previous|coming|following) (?:\d+|two|three|few|several|couple)",
    "week or weekend": r"\bweek|weekend|\bwk",
    "weekday": r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b",
    "today, tomorrow": r"today|tomorrow|yesterday|tonight|\btmr|\bday (?:after|before)",
    "this or last month, year": r"(?:this|last|next|past|previous|current|coming|following|same|rest|end|beginning|start|middle|mid|early|late)\b.*(?:month|year)|to date|\bytd|\bmtd",
    "early, mid, late": r"\b(?:early|mid|late|beginning|end|start|middle)\b",
    "range": r"(?:from|between)\b.*|\bto\b|\btill?\b|until|–|—| - |\d-\d",
    "before, after, since": r"before|after|since|prior|by\b|or (?:later|earlier|more)",
    "in figures": r"^\W*\d{1,4}[-./]\d{1,2}(?:[-./]\d{2,4})?",
    "month": r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    "year": r"\d{4}|\d+ (?:bc|ad|bce|ce)\b",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One expression: its place, and the days it may mean (none for one that is only to be marked)."""

    start: int
    end: int
    days: frozenset[Days]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the day it was said or None, and its expressions; `others` are those that are not counted."""

    text: str
    said: str | None
    expected: tuple[Expected, ...]
    others: tuple[tuple[int, int], ...]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recognizers", type=Path)
    parser.add_argument("--wikiwars", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    extractor = load()
    if options.recognizers:
        for name in SPECS:
            cases = read_recognizers(options.recognizers / "DateTime" / "English" / f"{name}.json")
            score(f"Recognizers-Text {name}", cases, extractor, errors=options.errors)
        print("(published: none; the specifications are what its own rules are built to)\n")
    if options.wikiwars:
        score("WikiWars", read_wikiwars(options.wikiwars), extractor, errors=options.errors)
        print(
            "(published value F1, on other texts, the news of TempEval-3 platinum: HeidelTime .776, SUTime .674, UWTime .824)"
        )


def read_recognizers(path: Path) -> Iterator[Case]:
    """The cases of one specification."""
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        said = case.get("Context", {}).get("ReferenceDateTime", "")[:10] or None
        expected, others = [], []
        for result in case["Results"]:
            start = result["Start"]
            end = result["End"] + 1 if "End" in result else start + result["Length"]
            kind = str(result.get("TypeName") or result.get("Type")).removeprefix("datetimeV2.")
            days = frozenset(_days(result))
            words = case["Input"][start:end]
            if kind in COUNTED and days and not re.search(CLOCK, words, re.IGNORECASE):
                expected.append(Expected(start, end, days))
            else:
                others.append((start, end))
        yield Case(case["Input"], said, tuple(expected), tuple(others))


def _days(result: dict[str, Any]) -> Iterator[Days]:
    """First and last day of each reading that has both; an end after the last day is as good as the last day."""
    value = result.get("Value") or {}
    readings = result.get("Resolution", {}).get("values") or [
        value[name] for name in ("FutureResolution", "PastResolution") if value.get(name)
    ]
    for reading in readings:
        if reading.get("Mod"):  # "before", "since": no interval of its own
            return
        one = next((reading[name] for name in ("value", "date", "dateTime") if reading.get(name)), None)
        first = one or next((reading[n] for n in ("start", "startDate", "startDateTime") if reading.get(n)), None)
        last = one or next((reading[n] for n in ("end", "endDate", "endDateTime") if reading.get(n)), None)
        if first and last and re.match(r"\d{4}-\d\d-\d\d", first) and re.match(r"\d{4}-\d\d-\d\d", last):
            yield from ((first[:10], end) for end in _ends(first[:10], last[:10]))


def _ends(first: str, last: str) -> Iterator[str]:
    """The last days that a range may have: its end lies behind its last day, or is the day, month or year named last."""
    yield last
    if first < last:
        end = date.fromisoformat(last)
        yield (end - timedelta(days=1)).isoformat()
        if end.day == 1:
            yield (date(end.year + end.month // 12, end.month % 12 + 1, 1) - timedelta(days=1)).isoformat()
        if (end.month, end.day) == (1, 1):
            yield f"{end.year}-12-31"


def read_wikiwars(folder: Path) -> Iterator[Case]:
    """The articles, each as one text without a day on which it was said."""
    for path in sorted(folder.glob("**/*.tml")):
        body = ElementTree.parse(path).getroot().find("TEXT")
        assert body is not None
        text, expected, others = body.text or "", [], []
        for element in body:
            start, text = len(text), text + "".join(element.itertext())
            days = _calendar(element.get("value", "")) if element.get("type") in ("DATE", "TIME") else None
            if days:
                expected.append(Expected(start, len(text), frozenset([days])))
            else:
                others.append((start, len(text)))
            text += element.tail or ""
        yield Case(text, None, tuple(expected), tuple(others))


def _calendar(value: str) -> Days | None:
    """The value without its time of day, as EDTF twice; None for what is no calendar value."""
    value = re.sub(r"T.*", "", value)
    seasons = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        value = f"{found[1]}-{seasons[found[2]]}"
    elif found := re.fullmatch(r"BC(\d{4})(-\d\d)?(-\d\d)?", value):
        value = f"-{int(found[1]) - 1:04}{found[2] or ''}{found[3] or ''}"
    elif re.fullmatch(r"\d{3}", value):
        value += "X"
    elif re.fullmatch(r"\d\d", value):
        value += "XX"
    return (value, value) if re.fullmatch(r"-?\d{4}(-\d\d){0,2}|\d{3}X|\d\dXX", value) else None


def score(name: str, cases: Iterable[Case], extractor: Extractor, *, errors: bool) -> None:
    """Print the figures of one test set."""
    exact, touched, valued = Figures(), Figures(), Figures()
    families: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for case in cases:
        record = extractor.extract(case.text, published=case.said)
        mentions = [(m.start, m.end) for m in record.mentions if m.label == "DATE"]
        aside = [span for span in mentions if _touches(span, case.others)]
        wanted = [(one.start, one.end) for one in case.expected]
        exact.count(wanted, [span for span in mentions if span not in aside or span in wanted], lambda g, f: g == f)
        touched.count(
            wanted,
            [span for span in mentions if span not in aside or _touches(span, wanted)],
            lambda g, f: _touches(f, [g]),
        )
        rows = found_values(record)
        values = [(one.start, one.end, one.days) for one in case.expected]
        told = valued_apart([r for r in rows if not _touches(r[:2], case.others)], wanted)
        valued.count(values, told, _same_value)
        for one in case.expected:
            words = case.text[one.start : one.end]
            found = [row for row in rows if _touches(row[:2], [(one.start, one.end)])]
            marked = _touches((one.start, one.end), mentions)
            right = any(_same_value((one.start, one.end, one.days), row) for row in found)
            outcome = "right" if right else "wrong" if found else "unresolved" if marked else "missed"
            family = family_of(words)
            families[family][outcome] += 1
            if not right:
                got = "; ".join(f"{case.text[row[0] : row[1]]!r} {'/'.join(sorted(row[2])[0])}" for row in found)
                shown[family].append(f"{outcome:10} {words!r} said {case.said}: {sorted(one.days)[:2]} {got}")
    print(name)
    show("marked exactly", exact)
    show("marked, overlapping", touched)
    show("value", valued)
    print(f"  {'by family':34} right  wrong  unresolved  missed")
    for family, counts in sorted(families.items(), key=lambda one: one[1]["right"] - one[1].total()):
        figures = (counts[outcome] for outcome in ("right", "wrong", "unresolved", "missed"))
        print(f"  {family:34} " + "  ".join(f"{figure:5}" for figure in figures))
        for line in shown[family] if errors else ():
            print(f"      {line}")


def valued_apart(
    rows: list[tuple[int, int, frozenset[Days]]], wanted: list[tuple[int, int]]
) -> list[tuple[int, int, frozenset[Days]]]:
    """Rows that cover several expressions of the test set ("from 3 May to 5 June"), once for each of them."""
    return [row for row in rows for _ in range(max(1, sum(_touches(span, [row[:2]]) for span in wanted)))]


def found_values(record: PressRelease) -> list[tuple[int, int, frozenset[Days]]]:
    """The date expressions with the days and the values that they have.

    The table has one row for each wording; where the same words stand again, they mean the same. An interval is told
    whole and by its two ends, since some test sets mark these apart.
    """
    places = {(row.start, row.end): row for row in record.dates}
    found = []
    for mention in record.mentions:
        if mention.label != "DATE":
            continue
        before = [row for row in record.dates if row.text == mention.text and row.start <= mention.start]
        row = places.pop((mention.start, mention.end), before[-1] if before else None)
        if row is not None:
            found.append((mention.start, mention.end, _values(row)))
    return sorted([*found, *((start, end, _values(row)) for (start, end), row in places.items())])


def _values(row: DateExpression) -> frozenset[Days]:
    ends = row.edtf.split("/")
    return frozenset([(row.start_date or "", row.end_date or ""), *((end, end) for end in (row.edtf, *ends))])


def family_of(words: str) -> str:
    """The family of an expression."""
    return next((name for name, pattern in FAMILIES.items() if re.search(pattern, words, re.IGNORECASE)), "other")


def _touches(span: tuple[int, ...], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _same_value(expected: Any, found: Any) -> bool:
    return _touches(found[:2], [expected[:2]]) and bool(expected[2] & found[2])


if __name__ == "__main__":
    main()
