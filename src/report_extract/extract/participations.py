"""What each person does at the event or in the release: verb frames before and after the name, sections, quotations.

A frame before the name ("Opening remarks were given by A, ..., B and C") holds for every person listed in its sentence;
a frame after it ("A, rector of X, spoke") for the person, or the list of persons, whose clause it is. In a panel's own
paragraph those who speak are panelists. Who is quoted without any other part speaks for the issuer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from spacy.tokens import Doc

from report_extract.analyze.seam import section_at
from report_extract.evidence import Evidence
from report_extract.extract.mentions import PersonMention, RoleMention, SessionMention
from report_extract.rules import load_rules
from report_extract.schema import Role

_SILENT = frozenset({"CHROME", "ABOUT", "HEADLINE"})
_SAID = re.compile(
    r"\b(?:said|says|stressed|noted|explained|mentioned|concluded|pointed out|emphasi[sz]ed|added|suggested|argued"
    r"|urged|highlighted|remarked|stated|observed|told)\b"
)
_PANEL_KINDS = frozenset({"panel", "roundtable"})
# Between the names of one list stand only commas, "and", titles and bodies; a finite verb ends it.
_ENDS_LIST = re.compile(
    r"[.;:!?\n]|\b(?:who|which|said|says|was|were|is|are|has|have|had|will"
    r"|to discuss|for|after|before|during|where|when|while|at the)\b"
)


def find_roles(doc: Doc, people: Sequence[PersonMention], sessions: Sequence[SessionMention]) -> Iterator[RoleMention]:
    """Every role that the text gives a person, in text order of the frames; the same role may be told twice."""
    text = doc.text
    starts = [sent.start_char for sent in doc.sents]
    bounds = [(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    ordered = sorted(people, key=lambda person: person.evidence)
    by_sentence: dict[int, list[PersonMention]] = {}
    for person in ordered:
        by_sentence.setdefault(bisect_right(starts, person.evidence.start) - 1, []).append(person)
    acting: set[str] = set()
    for n, named in by_sentence.items():
        start, end = bounds[n]
        if section_at(doc, named[0].evidence.start) in _SILENT:
            continue
        for role in _in_sentence(text, start, end, named):
            acting.add(_surname(role.person))
            yield _in_session(role, sessions)
    for role in _speakers(doc, ordered, sessions):
        acting.add(_surname(role.person))
        yield role
    yield from _contacts(doc, ordered)
    yield from _spokespeople(doc, ordered, acting)


def _in_sentence(text: str, start: int, end: int, named: Sequence[PersonMention]) -> Iterator[RoleMention]:
    for role, place, rule, pattern in _frames():
        if place == "before":
            for match in pattern.finditer(text, start, named[-1].evidence.start):
                for person in _listed(text, match.end(), named):
                    yield _role(person, role, match.start(), rule)
            continue
        for n, person in enumerate(named):
            after = text[person.evidence.end : min(end, named[n + 1].evidence.start if n + 1 < len(named) else end)]
            found = pattern.search(after)
            if found:
                for one in _joined_before(text, named, n):
                    yield _role(one, role, person.evidence.end + found.end(), rule)


def _role(person: PersonMention, role: Role, other: int, rule: str) -> RoleMention:
    place = person.evidence
    covered = Evidence(min(place.start, other), max(place.end, other), rule, 0.7)
    return RoleMention(person, role, covered)


def _listed(text: str, at: int, named: Sequence[PersonMention]) -> Iterator[PersonMention]:
    """The persons of the list that begins at `at`."""
    here = at
    for person in named:
        if person.evidence.start < at:
            continue
        between = text[here : person.evidence.start]
        if len(between) > 200 or _ENDS_LIST.search(re.sub(r"\b(?:[A-Z]\w{0,5}\.|[A-Z]\.)", "", between)):
            return
        yield person
        here = person.evidence.end


def _joined_before(text: str, named: Sequence[PersonMention], n: int) -> Iterator[PersonMention]:
    """The person and those joined to him or her by "and" or commas before the verb."""
    yield named[n]
    for k in range(n - 1, -1, -1):
        between = text[named[k].evidence.end : named[k + 1].evidence.start]
        if _ENDS_LIST.search(re.sub(r"\b[A-Z]\w{0,5}\.", "", between)) or not re.search(r",|\band\b|&", between):
            return
        if k + 1 == n and not re.search(r"\band\b|&", between):
            return
        yield named[k]


def _in_session(role: RoleMention, sessions: Sequence[SessionMention]) -> RoleMention:
    inside = next((s for s in sessions if s.extent and s.extent[0] <= role.evidence.start < s.extent[1]), None)
    return RoleMention(role.person, role.role, role.evidence, inside) if inside else role


def _speakers(doc: Doc, people: Sequence[PersonMention], sessions: Sequence[SessionMention]) -> Iterator[RoleMention]:
    """Those who say something in a panel's own paragraph are its panelists."""
    text = doc.text
    for session in sessions:
        if session.extent is None or session.kind not in _PANEL_KINDS:
            continue
        for person in people:
            start = person.evidence.end
            if session.evidence.end <= person.evidence.start < session.extent[1]:
                clause = re.split(r"[.;\n](?:\s|$)", text[start : start + 200], maxsplit=1)[0]
                if _SAID.search(clause):
                    yield RoleMention(
                        person, "panelist", Evidence(person.evidence.start, start, "roles.panel-speaker", 0.7), session
                    )


def _contacts(doc: Doc, people: Sequence[PersonMention]) -> Iterator[RoleMention]:
    text = doc.text
    for person in people:
        before = text[max(0, person.evidence.start - 90) : person.evidence.start]
        inside = section_at(doc, person.evidence.start) == "CONTACT"
        asked = re.search(r"(?i)\b(?:contact|obtained from|enquiries|inquiries|reach)\b[^.\n]{0,60}$", before)
        if inside or asked:
            place = person.evidence
            yield RoleMention(
                person, "contact", Evidence(place.start, place.end, "roles.contact", 0.75 if asked else 0.6)
            )


def _spokespeople(doc: Doc, people: Sequence[PersonMention], acting: set[str]) -> Iterator[RoleMention]:
    """Those who are quoted and do nothing else."""
    text = doc.text
    for person in people:
        place = person.evidence
        if section_at(doc, place.start) in _SILENT or _surname(person) in acting:
            continue
        near = text[max(0, place.start - 30) : place.start] + "|" + text[place.end : place.end + 140].split("\n")[0]
        quoted = re.search(
            r"[\"”][,.]?\s*(?:said|says|added|explained|noted)?[^|]{0,28}\||\|[^.]{0,120}\b(?:said|says|added|stated)\b[^.]{0,12}[,:]\s*[\"“]?",
            near,
        )
        if quoted:
            yield RoleMention(person, "spokesperson", Evidence(place.start, place.end, "roles.quoted", 0.5))


def _surname(person: PersonMention) -> str:
    return person.name.split()[-1].casefold()


@cache
def _frames() -> tuple[tuple[Role, str, str, re.Pattern[str]], ...]:
    frames = []
    for rule in load_rules("roles").rules:
        _, role, place = rule.id.split(".")
        frames.append((cast(Role, role), place, rule.id, rule.pattern))
    return tuple(frames)
