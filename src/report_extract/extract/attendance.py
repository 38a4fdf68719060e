"""Figures of those who take part in an event, with their bounds.

Found: a number, in digits or words, with its hedge ("more than", "nearly", "as many as", "between 50 and 60"), before a
counted noun, where the sentence says that those counted attend, gather, are brought together and the like; and shares
of a total ("about 1/3 of the total"). Not found: jobs, victims, patients, customers, staff, members and households, and
counts in a sentence that says nothing of taking part. On doubt there is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.evidence import Evidence
from report_extract.extract.attendance_shares import find_shares
from report_extract.extract.attendance_words import COMPARATORS, any_of, attendance_rules, comparator_of, sentence_at
from report_extract.extract.mentions import AttendanceMention
from report_extract.extract.numbers import parse_number
from report_extract.rules import alternation
from report_extract.schema import Comparator

_SILENT = frozenset({"CHROME", "CONTACT", "ABOUT"})
# How far on either side of the count the words may stand that make it attendance.
_BEFORE, _AFTER = 110, 120
# Between number and noun stand at most so many words: "100 digital engagement and open data managers".
_GAP = re.compile(r"(?:[ \u00a0]+|\n(?!\n)|(?<=\w),[ ]|/)([^\W\d_][\w.’'&-]*|\d+(?=\s[a-z]))")
_GAP_WORDS = 8
_STOPS = frozenset(
    {
        "of", "in", "from", "to", "for", "at", "who", "that", "which", "on", "with", "by", "as", "is", "are", "was",
        "were", "will", "have", "has", "had", "attended", "took", "per", "than", "or", "the", "a", "an", "this",
        "these", "its", "their", "his", "her", "during", "after", "before", "since", "through", "into", "over", "under",
        "between", "when", "where", "but", "while",
    }
)  # fmt: skip
_SMALLEST = 3
_SHORTEST_PEOPLE = 6
# "The two countries", "four largest economies", "three working groups": bodies that are spoken of, not counted.
_SPOKEN_OF = re.compile(r"(?i)^(?:the|these|those|all|our|both)\b|\b\w+est\b|\bworking\s*$")
# "Our three countries", "the union's 34 branches", "Fortune 500 companies".
_OWNED = re.compile(r"(?i)(?:\b(?:our|these|those|fortune)|['’]s?)\s*\Z")
# "150 guests from over 10 countries": the second figure is told of those counted first.
_FROM = re.compile(r"\bfrom\s*\Z")
_FEW = 10
# Another clause has begun before the verb.
_ANOTHER = re.compile(r"\b(?:as|while|when|where|which|because)\b")
# "Groups of 11 and 13 people": two counts, and no range.
_AND = re.compile(r"\d\s+and\s+\d")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def find_attendance(doc: Doc) -> Iterator[AttendanceMention]:
    """Every figure of those taking part, in text order; shares carry what they come to (`derived_low` ...)."""
    text = text_of(doc)
    sentences = [(0, len(text))]
    if doc.has_annotation("SENT_START"):
        sentences = [(sent.start_char, sent.end_char) for sent in doc.sents] or sentences
    silent = [(s.start_char, s.end_char) for s in doc.spans.get("report_sections", ()) if s.label_ in _SILENT]
    dates = [(s.start_char, s.end_char) for s in doc.spans.get("report_mentions", ()) if s.label_ == "DATE"]
    counted = list(_counts(text, sentences))
    counted += _plurals(text, sentences)
    counted.sort(key=lambda m: m.evidence.start)
    counted += find_shares(text, sentences, counted)
    told: set[tuple[str, int | None, int | None]] = set()
    for mention in sorted(counted, key=lambda m: m.evidence.start):
        place = mention.evidence
        # The same words with the same number are the same figure, told again.
        figure = text[place.start : place.end].lower(), mention.low, mention.high
        if figure in told or any(start < place.end and place.start < end for start, end in (*silent, *dates)):
            continue
        told.add(figure)
        yield mention


def _counts(text: str, sentences: list[tuple[int, int]]) -> Iterator[AttendanceMention]:
    rule = attendance_rules().rule("attendance.count")
    here, last = 0, None
    for gate in _gate().finditer(text):
        match = rule.pattern.match(text, gate.start()) if gate.start() >= here else None
        if match is None or _numbers_paragraph(text, match):
            continue
        here = match.end()
        sentence = sentence_at(sentences, match.start())
        unit = _unit_after(text, match.end(), sentence[1])
        goes_on = last is not None and last.evidence.start >= sentence[0]
        mention = _count(text, match, unit, sentence, goes_on=goes_on)
        if mention is not None:
            here, last = mention.evidence.end, mention
            yield mention


def _numbers_paragraph(text: str, match: re.Match[str]) -> bool:
    """Whether the number is that of a paragraph, and the count stands behind it: "4  20 people came"."""
    opens = match.start() == 0 or text[match.start() - 1] == "\n"
    return opens and bool(re.match(r"\d{1,2}(?:\t[ ]*|[ ]{2,})\d", text[match.start() :]))


def _plurals(text: str, sentences: list[tuple[int, int]]) -> Iterator[AttendanceMention]:
    """ "Dozens of students attended": at least two dozen."""
    for match in attendance_rules().rule("attendance.plural").pattern.finditer(text):
        start, stop = sentence_at(sentences, match.start())
        unit = _unit_after(text, match.end(), stop)
        if unit is None:
            continue
        before, after = text[max(start, match.start() - _BEFORE) : match.start()], text[unit[1] : stop][:_AFTER]
        # Words before it are no proof of so vague a number.
        acts = any_of("does_after").search(after[: _reach(after)])
        if (
            acts
            and not _ANOTHER.search(after[: acts.start()])
            and _takes_part(unit[0], before, text[match.start() : unit[1]], after)
        ):
            evidence = Evidence(match.start(), unit[1], "attendance.plural", 0.5)
            yield AttendanceMention(_at_least(match["word"]), None, "at_least", unit[0], None, evidence)


def _at_least(words: str) -> int:
    """What a plural of a number comes to at least: "dozens" is 24."""
    written = " ".join(words.lower().split())
    lists = attendance_rules().lists
    return next(int(name.removeprefix("plural_")) for name in lists if name[:7] == "plural_" and written in lists[name])


def _count(
    text: str, match: re.Match[str], unit: tuple[str, int] | None, sentence: tuple[int, int], *, goes_on: bool
) -> AttendanceMention | None:
    """The figure of a count, where its sentence speaks of taking part; with `goes_on` it has told a figure before."""
    low = parse_number(match["low"], match["unit_low"] or match["unit_high"])
    high = parse_number(match["high"], match["unit_high"]) if match["high"] else None
    if low is None or low < _SMALLEST or (_YEAR.match(match["low"]) and not match["hedge"]):
        return None
    if match["high"] and not match["between"] and _AND.search(match.group()):
        return None
    bare = attendance_rules().rule("attendance.bare").pattern.match(text, match.end())
    if unit is None and (bare is None or low < 5):
        return None
    end = unit[1] if unit else bare.end() if bare else match.end()
    before = text[max(sentence[0], match.start() - _BEFORE) : match.start()]
    after = text[end : min(sentence[1], end + _AFTER)]
    if not text[sentence[0] : match.start()].strip(" \n-–—•*1234567890."):
        # The count opens its sentence and is its subject; the verb may stand far behind the names that follow it.
        after = text[end : min(sentence[1], end + _AFTER * 3)]
    inside = text[match.start() : end]
    comes_from = goes_on and unit is not None and unit[0].lower() in attendance_rules().terms("bodies")
    comes_from = comes_from and _FROM.search(before) is not None
    if unit is not None and not comes_from and not _takes_part(unit[0], before, inside, after):
        return None
    if unit is not None and low <= _FEW and unit[0][0].isupper() and _OWNED.search(before):
        # "The college's four Deputy Deans Ana Ruiz, ...": their number, and they are named.
        return None
    lower, upper, comparator = _bounds(low, high, match)
    led = match["vague"] or match["between"] or not _is_filler(match["hedge"])
    start = match.start() if led else match.start("low")
    evidence = Evidence(
        start, end, "attendance.bare" if unit is None else f"attendance.{comparator.replace('_', '-')}", 0.75
    )
    return AttendanceMention(lower, upper, comparator, unit[0] if unit else None, None, evidence)


def _bounds(low: int, high: int | None, match: re.Match[str]) -> tuple[int | None, int | None, Comparator]:
    if match["vague"]:
        # "Several hundred" is no number, but more than one hundred; "a couple of hundred" is about two.
        return (2 * low, 2 * low, "about") if "couple" in match["vague"].lower() else (2 * low, None, "at_least")
    if high is not None:
        return (low, high, "between") if high > low else (low, low, "exact")
    comparator = comparator_of(match["hedge"])
    if match["plus"]:
        comparator = "more_than"
    if comparator in {"more_than", "at_least"}:
        return low, None, comparator
    if comparator in {"less_than", "up_to"}:
        return None, low, comparator
    return low, low, comparator


def _is_filler(hedge: str | None) -> bool:
    return comparator_of(hedge) == "exact"


def _unit_after(text: str, at: int, stop: int) -> tuple[str, int] | None:
    """The counted noun after a number, and where it ends."""
    for _ in range(_GAP_WORDS):
        gap = _GAP.match(text, at, stop)
        if gap is None or gap[1].lower() in _STOPS:
            return None
        word = gap[1].rstrip(".’'")
        if word in _units() or word.lower() in _units() or _is_people(word.lower()):
            return word, gap.start(1) + len(word)
        at = gap.end()
    return None


def _is_people(word: str) -> bool:
    """Whether a plural noun looks like one for people: "drummers", "botanists"."""
    rules = attendance_rules()
    return len(word) > _SHORTEST_PEOPLE and word.endswith(rules.terms("people_ends")) and word not in _no_people()


def _takes_part(unit: str, before: str, inside: str, after: str) -> bool:
    """Whether the words around a count say that those counted take part."""
    if any_of("something_else").search(f"{before[-70:]} {inside} {after[:60]}"):
        return False
    if unit.lower() == "members" and _OWNED.search(before):
        return False
    if unit.lower() in attendance_rules().terms("bodies") and (
        _SPOKEN_OF.search(inside.rpartition(" ")[0] + " ") or _OWNED.search(before)
    ):
        return False
    if unit.lower() in attendance_rules().terms("taking_part"):
        return True
    if any_of("does_after").search(after[: _reach(after)]):
        return True
    return any(len(before) - cue.end() <= 60 for cue in any_of("does_before").finditer(before))


def _reach(after: str) -> int:
    """How far into the words after a count its verb may stand: to the next full stop or semicolon."""
    end = re.search(r"[;:]|\.\s", after)
    return end.start() if end else len(after)


@cache
def _units() -> frozenset[str]:
    rules = attendance_rules()
    return frozenset((*rules.terms("taking_part"), *rules.terms("people"), *rules.terms("bodies")))


@cache
def _no_people() -> frozenset[str]:
    return frozenset(attendance_rules().terms("no_people"))


@cache
def _gate() -> re.Pattern[str]:
    """Places where a count may begin."""
    names = (*COMPARATORS, "exactly", "small", "scale", "several")
    words = alternation(tuple(term for name in names for term in attendance_rules().terms(name)))
    number = alternation((*attendance_rules().terms("small"), *attendance_rules().terms("scale")))
    vague = alternation(attendance_rules().terms("several"))
    hedged = rf"(?i:{words}\s*)(?=\d|(?i:(?:about|an?|{number}|{vague})\b))"
    return re.compile(
        rf"(?<![\w$€£#.,/-])(?:{hedged}|(?i:between)\s+(?=\d|\w)|(?=\d)|(?i:an?\s+)?(?i:{number})\b|(?i:{vague})\s)"
    )
