"""Quotations whose marks were lost on the way: the wording shows that somebody speaks.

It shows in three ways. A clause that a cue closes says "I" or "our" ("We are proud, said Quill"), or stands in a text
that has no quotation mark at all, where the verb comes before the name. A cue with a colon opens a sentence that says
"I" or "our" ("Quill concluded: We will return"). And the sentences around such a clause, on its line, go on with it as
long as they say "I" or "our" and have no cue of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.evidence import Evidence
from report_extract.extract.mentions import StatementMention
from report_extract.extract.scene import PERSON, QUOTED, Scene, Subject, Verb
from report_extract.rules import load_rules

RULE = "statements.lost-marks"
_COLON = re.compile(rf"\s*:\s+(?=[A-Z{PERSON}])")
_ANY_MARK = re.compile('["“”„«»]')
_CUE = re.compile(rf"\b(?:said|says|added|adds|stated|noted|explained|concluded)\b|{PERSON}+\s+\w+ed\b")
_TRAILING = " \t\n\xa0.,;:-–—"


def is_speech(scene: Scene, start: int, end: int, *, inverted: bool) -> bool:
    """Whether a clause that a cue closes is the speaker's own words."""
    if QUOTED in scene.masked[start:end]:
        return False
    return _in_first_person(scene, start, end) or (inverted and not _ANY_MARK.search(scene.text))


def told_directly(scene: Scene, start: int, end: int, subject: Subject, verb: Verb) -> Iterator[StatementMention]:
    """The clause `start`-`end` as a statement, with the sentences before and after it that go on with it."""
    yield from _statements(scene, _first_going_on(scene, start), end, subject, verb)
    after = scene.sentence(verb.start)[1]
    last = _last_going_on(scene, max(after, end))
    if last:
        yield from _statements(scene, max(after, end), last, subject, verb)


def after_colon(scene: Scene, verb: Verb, line_end: int) -> tuple[int, int] | None:
    """What follows a cue with a colon on its line, where it is speech without marks."""
    match = _COLON.match(scene.masked, verb.end, line_end)
    if not match or QUOTED in scene.masked[match.end() : line_end]:
        return None
    return (match.end(), line_end) if _in_first_person(scene, match.end(), line_end) else None


def _first_going_on(scene: Scene, start: int) -> int:
    while start > 0:
        before, _ = scene.sentence(start - 1)
        if before >= start or not _goes_on(scene, before, start):
            return start
        start = before
    return start


def _last_going_on(scene: Scene, start: int) -> int | None:
    end = start
    while end < len(scene.text) and "\n" not in scene.text[start:end]:
        _, after = scene.sentence(end)
        if after <= end or not _goes_on(scene, end, after):
            break
        end = after
    return end if end > start else None


def _goes_on(scene: Scene, start: int, end: int) -> bool:
    words = scene.masked[start:end]
    if "\n" in words.strip("\n") or QUOTED in words or (start and scene.text[start - 1] == "\n"):
        return False
    return _in_first_person(scene, start, end) and not _CUE.search(words)


def _in_first_person(scene: Scene, start: int, end: int) -> bool:
    return bool(load_rules("speech").rule("statements.first-person").pattern.search(scene.text, start, end))


def _statements(scene: Scene, start: int, end: int, subject: Subject, verb: Verb) -> Iterator[StatementMention]:
    while start < end and scene.text[start] in _TRAILING:
        start += 1
    while end > start and scene.text[end - 1] in _TRAILING:
        end -= 1
    words = scene.text[start:end]
    if len(words.split()) > 2:
        for speaker in subject.speakers:
            yield StatementMention("direct", Evidence(start, end, RULE, 0.6), speaker, verb.form, words)
