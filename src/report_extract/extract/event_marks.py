"""The names of events that the network marks, with their edges mended and with what is no event left out.

It may end too early ("Resumed Segment of the | 9th Reef Summit", "REEF21: | Young Divers' Forum"), begin too late ("a
symposium on | Reef Care") or leave out whose yearly meeting it is ("Annual Conference | of the Reef Board"). An event
that only lends its name to an office ("the COP30 President") is not told of, and what is launched is no event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import heads_pattern, kind_of
from report_extract.extract.event_titles import Title
from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

_OPEN_END = re.compile(r"(?:[:(,;–-]|\b(?:of|on|for|and)(?:\s+the)?|\b[Tt]he)\s*$")
_GAP = re.compile(r"[ ]*:?[ ]*")
_REST = re.compile(r"[ ]+(?:the[ ]+)?[A-Z][\w’'-]+(?:[ ](?:(?:and|of|on|for|the|to|of[ ]the)[ ])?[A-Z][\w’'-]+)*")
_WHOSE = re.compile(r"[ ]of[ ](?:the[ ])?[A-Z][\w’'-]+(?:[ ](?:(?:and|of|on|for|the)[ ])*[A-Z][\w’'-]+)*")
_WORDS_BEFORE = 60
_WORDS_BEHIND = 60


def marked_names(doc: Doc) -> Iterator[Title]:
    """Every name of an event that the network marks, in text order."""
    text, reached = text_of(doc), -1
    spans = list(mentions_of(doc, "EVENT"))
    for n, span in enumerate(spans):
        if span.start_char < reached:
            continue
        start, end = span.start_char, span.end_char
        if _OPEN_END.search(text, start, end):
            following = spans[n + 1] if n + 1 < len(spans) else None
            end = _closed(text, start, end, (following.start_char, following.end_char) if following else None)
        elif _annual().fullmatch(text, start, end) and (whose := _WHOSE.match(text, end)):
            end = whose.end()
        start, reached = _with_head(text, start, end), end
        name = " ".join(text[start:end].split())
        if not name or _rule("events.office").match(text[end : end + _WORDS_BEHIND]):
            continue
        if _is_headless(name) and _rule("events.launch-of").search(text, 0, start):
            continue
        evidence = Evidence(start, end, Evidence.of(span, confidence=0.75).rule, 0.75)
        yield Title(name, _kind(text, name, start, end), evidence)


def is_headless(title: Title) -> bool:
    """Whether neither the name nor a word beside it says what sort of event it is, nor a number which one."""
    return title.kind == "other" and _is_headless(title.name) and not re.search(r"\d", title.name)


def _is_headless(name: str) -> bool:
    return heads_pattern().search(name) is None and kind_of(name) == "other"


def _closed(text: str, start: int, end: int, following: tuple[int, int] | None) -> int:
    """Where a mark that breaks off ends: with the next mark, with the capitals that follow, or before the loose end."""
    if following and _GAP.fullmatch(text, end, following[0]):
        return following[1]
    if re.search(r"\b(?:of|on|for|the)\s*$", text[start:end]) and (rest := _REST.match(text, end)):
        return rest.end()
    while loose := _OPEN_END.search(text, start, end):
        end = loose.start()
    return start + len(text[start:end].rstrip())


def _with_head(text: str, start: int, end: int) -> int:
    """Where a name begins whose topic alone is marked: "a symposium on Reef Care"."""
    if not _is_headless(text[start:end]):
        return start
    head = _topic_head().search(text, max(0, start - _WORDS_BEFORE), start)
    return head.start("name") if head else start


def _kind(text: str, name: str, start: int, end: int) -> EventKind:
    """The kind that the name tells, or a word right beside it: "its conference, ReefConf", "Salt, a festival"."""
    kind = kind_of(name)
    if kind != "other" or not _is_headless(name):
        return kind
    before = _head_before().search(text, max(0, start - _WORDS_BEFORE), start)
    beside = before or _head_behind().match(text, end, end + _WORDS_BEHIND)
    return kind_of(beside["head"]) if beside else kind


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern


@cache
def _heads() -> str:
    return heads_pattern().pattern.removeprefix("(?i)\\b").removesuffix("\\b")


@cache
def _annual() -> re.Pattern[str]:
    heads = alternation(load_rules("event_titles").terms("head"))
    return re.compile(rf"(?:(?:[Tt]he|Annual|General|Regular|Biennial)[ ])+{heads}")


@cache
def _topic_head() -> re.Pattern[str]:
    heads = alternation(load_rules("event_titles").terms("headed"))
    small = alternation(load_rules("event_titles").terms("small"))
    return re.compile(rf"\b(?P<name>(?:(?:[A-Z][\w’'-]+[ ]){{0,4}}(?:{heads})|(?:{small})) (?:on|for) (?:the )?)$")


@cache
def _head_before() -> re.Pattern[str]:
    return re.compile(
        r"\b(?i:an?|the|its|our|their|this|(?:this )?year['’]s)\s+(?:[\w’'-]+\s+){0,3}?"
        rf"(?P<head>{_heads()}),?\s+(?:called\s+|titled\s+|entitled\s+|named\s+|the\s+)?[\"“‘']?$"
    )


@cache
def _head_behind() -> re.Pattern[str]:
    return re.compile(
        rf"[\"”’']?(?:\s+\([^()]{{1,30}}\))?(?:,|\s+is)\s+(?:an?|the|its|our|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<head>{_heads()})\b"
    )
