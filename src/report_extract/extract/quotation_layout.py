"""To whom a quotation belongs that no verb of saying gives to anybody: by its place, or by what stands beside it.

A dash or the next line names the speaker ("..." - Ada Quill); the line before announces the words ("Quill said:"), or
heads the speaker's own entry in a list of people. Any verb after the quotation is a cue where only its subject stands
beside it ("...", she thundered). Last comes the sentence before or after the quotation, if its subject is a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from report_extract.extract.scene import PERSON, QUOTED, Scene, Speaker, Subject, Verb
from report_extract.extract.speech import main_subject, subject_after, subject_before
from report_extract.rules import load_rules

MARKS = "\"“”„‟«»‘’‚‹›'`〝〞＂"
_DASH = re.compile(rf"\s*[{MARKS}]*\s*(?:[-–—―~]{{1,3}}|\()\s*[^\n.!?{PERSON}]{{0,60}}?({PERSON}++)")
# A line of a name with its office and body, and nothing else.
_NAME_LINE = re.compile(
    rf"\s*(?:[\ue001-\ue003]++[\s,]*|[A-Z][\w./-]*\s+)*?({PERSON}++)"
    r"(?:[\s,]+(?:[\ue001-\ue003]++|[A-Z][\w.]*|of|the|and|at|for))*\s*$"
)
_LEADS_LINE = re.compile(rf"[\s•*–-]*(?:[\ue001-\ue003]++,?\s*|[A-Z][\w.]*\s+)*({PERSON}++)")
_ANY_VERB = re.compile(
    rf"\s*[{MARKS}]*\s*,?\s*(?:(?P<who>(?:[\ue001-\ue003]++,?\s+)*{PERSON}+|[Hh]e|[Ss]he)\s+(?P<verb>[a-z]+(?:ed|es|s))(?=[.,;:\s])"
    rf"(?:\s+(?:in|at|to|with)\s[^.,;\n]{{1,40}})?[.,;]|,?\s*so\s+(?:[\ue001-\ue003]++\s+|[A-Z]\w+\s+)*(?P<so>{PERSON}++))"
)
_SENTENCE_ENDS = ".!?"
_FEWEST_WORDS = 4
_HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: the words, where the opening mark stands, and the line they stand in."""

    start: int
    end: int
    rule: str
    opening: int
    line: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A speaker for a quotation, and the rule and verb that say so."""

    speakers: tuple[Speaker, ...]
    rule: str
    confidence: float
    verb: str | None = None


def claim_by_dash(scene: Scene, quotation: Quotation) -> Claim | None:
    """ "..." - Ada Quill, Director; also on the next line."""
    if len(scene.text[quotation.start : quotation.end].split()) < _FEWEST_WORDS:
        return None
    match = _DASH.match(scene.masked, quotation.end, min(len(scene.text), quotation.end + 160))
    person = scene.people.get(match.start(1)) if match else None
    return Claim((person,), "statements.dash", 0.8) if person else None


def claim_on_line_before(scene: Scene, verbs: tuple[Verb, ...], quotation: Quotation) -> Claim | None:
    """A line that ends with a colon, or announces a statement, and names the speaker; the quotation on the next."""
    if scene.text[quotation.line[0] : quotation.opening].strip() or quotation.line[0] == 0:
        return None
    end = len(scene.text[: quotation.line[0]].rstrip())
    start, _ = line_of(scene.text, max(end - 1, 0))
    before = scene.masked[start:end]
    cue = load_rules("speech").rule("statements.block-cue").pattern.search(before)
    if not before.endswith((":", ":-", ",")) and not cue:
        return None
    floor = max(scene.sentence(end - 1)[0], start)
    for verb in reversed(verbs_between(verbs, floor, end)[-3:]):
        subject = subject_before(scene, verb.start, floor) or subject_after(scene, verb.end, end)
        if subject:
            return Claim(subject.speakers, "statements.line-before", 0.8, verb.form)
    leads = _LEADS_LINE.match(before) if cue else None
    if leads and start + leads.start(1) in scene.people:
        return Claim((scene.people[start + leads.start(1)],), "statements.line-before", 0.8)
    named = [
        scene.people[floor + m.start()]
        for m in re.finditer(PERSON + "+", scene.masked[floor:end])
        if floor + m.start() in scene.people
    ]
    if named:
        return Claim((named[0],), "statements.line-before", 0.7)
    subject = main_subject(scene, max(floor - 2, 0)) if cue else None
    return Claim(subject.speakers, "statements.line-before", 0.6) if subject else None


def claim_by_any_verb(scene: Scene, quotation: Quotation) -> Claim | None:
    """ "...", she thundered. A verb that nobody lists, with only its subject between it and the quotation."""
    if len(scene.text[quotation.start : quotation.end].split()) < _FEWEST_WORDS:
        return None
    match = _ANY_VERB.match(scene.masked, quotation.end, min(quotation.line[1], quotation.end + 200))
    if match is None:
        return None
    if match["so"]:
        person = scene.people.get(match.start("so"))
        return Claim((person,), "statements.any-verb", 0.7) if person else None
    subject = subject_before(scene, match.start("verb"), match.start("who"))
    return Claim(subject.speakers, "statements.any-verb", 0.7, match["verb"]) if subject else None


def claim_by_name_line(scene: Scene, quotation: Quotation) -> Claim | None:
    """The name that heads the lines above a quotation that stands on its own line, or is the line below it."""
    start, end = quotation.line
    own = scene.text[start:end].strip(MARKS + " .")
    if len(own) > quotation.end - quotation.start + 2 or len(own.split()) < _FEWEST_WORDS:
        return None
    below = scene.masked[end + 1 : line_of(scene.text, min(end + 1, len(scene.text)))[1]]
    match = _NAME_LINE.match(below)
    if match and end + 1 + match.start(1) in scene.people:
        return Claim((scene.people[end + 1 + match.start(1)],), "statements.name-line", 0.7)
    for _ in range(_HEADING_LINES):
        if start == 0 or scene.text[start - 2 : start] == "\n\n":
            return None
        start, last = line_of(scene.text, start - 1)
        match = _NAME_LINE.match(scene.masked, start, last)
        if match and match.start(1) in scene.people:
            return Claim((scene.people[match.start(1)],), "statements.name-line", 0.7)
    return None


def claim_by_neighbor(scene: Scene, quotation: Quotation) -> Claim | None:
    """Quill was blunt. "It is wrong." The person who is the subject of the sentence before it, or else after it."""
    before = len(scene.text[: quotation.opening].rstrip())
    if before and scene.masked[before - 1] in _SENTENCE_ENDS:
        claim = _whose_sentence(scene, before - 1)
        if claim:
            return claim
    after = re.compile(rf"[{MARKS}.,\s]*(?=\S)").match(scene.masked, quotation.end, quotation.line[1])
    if after and after.end() < quotation.line[1] and not scene.text[quotation.line[0] : quotation.opening].strip():
        return _whose_sentence(scene, after.end())
    return None


def _whose_sentence(scene: Scene, at: int) -> Claim | None:
    start, end = scene.sentence(at)
    subject: Subject | None = main_subject(scene, at)
    if subject is None or len(subject.speakers) != 1 or QUOTED in scene.masked[start:end]:
        return None
    # A heading or a line of a list is no sentence.
    if scene.masked[start:end].rstrip()[-1:] not in _SENTENCE_ENDS:
        return None
    return Claim(subject.speakers, "statements.neighbor", 0.5)


def line_of(text: str, at: int) -> tuple[int, int]:
    """Start and end of the line in which a character stands."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def verbs_between(verbs: tuple[Verb, ...], floor: int, ceiling: int) -> list[Verb]:
    """The verbs that begin between two places."""
    first = bisect_left(verbs, floor, key=lambda verb: verb.start)
    last = bisect_left(verbs, ceiling, key=lambda verb: verb.start)
    return list(verbs[first:last])
