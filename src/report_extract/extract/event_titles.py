"""Names of events that the text tells outright, beside those that the model marks.

A title in quotation marks is a name where the word for an event stands by it (a workshop titled “Reefs and People”; the
exhibition “Salt”; “Salt”, an exhibition). A line may begin with the word ("Webinar: Salt at the door"), a label may
announce the name ("Event: 3rd Kite Day"), and an ordinal may count editions ("the 31st Annual Conference of the
Society"). The word that stands by the name says the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from report_extract.analyze.seam import quotes_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.event_kinds import kind_of
from report_extract.rules import alternation, load_rules
from report_extract.schema import EventKind

_LONGEST = 160
_MODIFIERS = r"(?P<before>(?:(?!{verbs}\b)(?:[A-Z][\w’'.-]*|\d+(?:st|nd|rd|th)|and|\d{4})[ ]){0,5})"
# "Four-Day Training on “Burns”" tells only how long it lasts.
_DURATION = re.compile(r"(?i)\b[\w]+[- ](?:day|week|hour|month)(?:[- ]long)?\s+")
# What a name in quotation marks does that says itself what sort of event it is.
_TAKES_PLACE = re.compile(
    r"[\"”’'»]?,?\s+(?:(?:is|was|will be|has been|being)\s+(?:\w+ly\s+)?"
    r"(?:opened|held|launched|inaugurated|unveiled|shown|staged|organi[sz]ed|on (?:view|show|display))"
    r"|opens|opened|runs|ran|took place|takes place|will (?:open|run|take place))\b"
)
_SHOWN = frozenset({"exhibition", "festival", "symposium", "conference", "workshop", "seminar", "forum", "summit"})


@dataclass(frozen=True, slots=True)
class Title:
    """A name of an event at a place, with the kind that the words around it tell."""

    name: str
    kind: EventKind
    evidence: Evidence


def find_titles(doc: Doc) -> Iterator[Title]:
    """Every name that the words around it make a name of an event."""
    text = text_of(doc)
    for quote in quotes_of(doc):
        if 3 < quote.end_char - quote.start_char < _LONGEST and not quote.text[:1].islower():
            yield from _quoted(text, quote.start_char, quote.end_char)
    for rule in ("event_titles.line", "event_titles.label", "event_titles.dated"):
        for match in _rule(rule).finditer(text):
            yield _told(match, rule)
    for bounds in _lines_with_heads(text):
        for rule in ("event_titles.ordinal", "event_titles.headed"):
            for match in _rule(rule).finditer(text, *bounds):
                yield _told(match, rule)


def _lines_with_heads(text: str) -> Iterator[tuple[int, int]]:
    """The lines in which a word for an event stands; names do not run over line ends."""
    end = -1
    for match in _head_words().finditer(text):
        if match.start() >= end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end()) % (len(text) + 1)
            yield start, end


def _told(match: re.Match[str], rule: str) -> Title:
    heads = [match[group] for group in ("head", "tail") if match.re.groupindex.get(group)]
    kind = kind_of(next((head for head in heads if head), match["name"]))
    return _title(match["name"], kind, match.span("name"), rule)


def _quoted(text: str, start: int, end: int) -> Iterator[Title]:
    """A title in quotation marks with the word for an event before or behind it."""
    name = text[start:end].rstrip(" ,.;")
    before = _before().search(text, max(0, start - 140), start)
    if before:
        kind = kind_of(before["head"])
        whole = _DURATION.sub("", before["before"]) and before["head"][:1].isupper() and before["by"] == "on"
        first = before.start("before") if whole else start
        shown = text[first : end + 1] if whole else name
        yield _title(shown, kind, (first, end + (1 if whole else 0)), "event_titles.quoted")
        return
    behind = _behind().match(text, end)
    if behind:
        yield _title(name, kind_of(behind["head"]), (start, start + len(name)), "event_titles.quoted-first")
    elif _TAKES_PLACE.match(text, end) and (head := kind_of(name)) in _SHOWN:
        # "“Salt: An Exhibition of Reefs” was opened in Lima".
        yield _title(name, head, (start, start + len(name)), "event_titles.quoted-first")


def _title(name: str, kind: EventKind, span: tuple[int, int], rule: str) -> Title:
    shown = " ".join(name.split()).strip(" ,.;:")
    return Title(shown, kind, Evidence(*span, rule, 0.6))


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("event_titles").rule(rule_id).pattern


@cache
def _head_words() -> re.Pattern[str]:
    rules = load_rules("event_titles")
    return re.compile(rf"\b{alternation((*rules.terms('head'), *rules.terms('headed'), *rules.terms('small')))}\b")


@cache
def _before() -> re.Pattern[str]:
    links = alternation(load_rules("event_titles").terms("links"))
    link = rf"(?:\s*,)?\s*(?:(?:was|is|being|which is)\s+)?(?P<by>{links})?[,:–—-]?\s*"
    verbs = alternation((*load_rules("events").terms("held"), "a", "an", "the", "this", "its"))
    modifiers = _MODIFIERS.replace("{verbs}", f"(?i:{verbs})")
    return re.compile(rf"\b{modifiers}(?P<head>{_heads()}){link}[\"“„‘'«]\s?$")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"[\"”’'»]?(?:,\s+(?:an?\s+|the\s+)?(?:[\w’'-]+\s+)?|\s+)(?P<head>{_heads()})\b")


@cache
def _heads() -> str:
    return rf"(?i:{alternation(load_rules('event_titles').terms('quoted'))})"
