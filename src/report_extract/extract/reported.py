"""Reported speech: clauses whose subject is a named speaker and whose verb is one of saying.

The evidence runs from the verb to the end of what is said: the end of the sentence, or the "and" before a second verb
of saying with the same subject, which makes a statement of its own. Where the cue closes the sentence ("..., Quill
said."), the evidence is the clause before it. A clause that is nothing but a quotation is left to direct speech.
Verbs of doing make no statement, and a verb without a speaker whom the text names yields nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.lost_marks import after_colon, is_speech, told_directly
from report_extract.extract.mentions import StatementMention
from report_extract.extract.scene import QUOTED, Scene, Subject, Verb
from report_extract.extract.speech import subject_after, subject_before
from report_extract.rules import alternation, load_rules

_LEADS = "statements.verb-leads"
_FOLLOWS = "statements.cue-follows"

# "Quill announced on Friday morning ...": the clause ends before anything is told.
_NOTHING_SAID = re.compile(
    r"\s*(?:by\b|that\s*$|$|(?:(?:late|early)\s+)?(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)"
    r"(?:\s+(?:morning|afternoon|evening|night))?\W*$"
    # "..., said a ministry statement issued here": the subject stands behind.
    r"|(?:an?|the)\s+(?:[\w’'-]+\s+){0,4}(?:statement|release|communiqu[ée]|notification)(?:\s+(?:issued|released)\b[^,;]{0,50})?\W*$)"
)
# Between the verb and the quotation may stand the occasion: "said at the launch of the Reef Fund, "..." ".
_ONLY_QUOTE = re.compile(
    rf"(?:\s+(?:at|in|on|during)\s[^.;:\n{QUOTED}]{{1,90}}?[,:])?\s*[,:]?\s*(?:that\s+)?[:,]?\s*[\"“„«‘'`”]+\s*{QUOTED}+\s*[\"”»’'“`]*[\s.,;]*(?:$|\S+\s*$)"
)
_ENDS_WITH_QUOTE = re.compile(rf"(?:{QUOTED}[’'‘]?|[\"”“»«])\s*,?\s*$")
_CUT = re.compile(r"(?:,?\s+(?:and|but|while|whereas|then)|[,;])?\s*(?:also\s+|further\s+|then\s+)?$")
_EMBEDDED = re.compile(r"\b(?:that|how|why|where|which|if|whether|as)\s+(?:the\s+)?$")
# A noun follows these, and no clause that could go on behind "and".
_TOPIC = re.compile(
    r"\s*(?:(?<=for)|(?<=about)|(?<=on)|for|about|on|upon|against|of|to)\s+(?!how\b|why\b|what\b|whether\b)"
)
_DEED = re.compile(r",?\s+and\s+(?:(?:he|she)\s+)?(?:also\s+)?(?:has|had|was|is)\s+(?=[a-z])")
_THAT = re.compile(r"\s+that\s")
_TRAILING = " \t\n\xa0.,;:-–—"
_MINIMUM_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause before its end is known."""

    verb: Verb
    subject: Subject
    end: int


def find_reported(scene: Scene, verbs: tuple[Verb, ...]) -> Iterator[StatementMention]:
    """Reported statements in text order; one for each of two speakers who share a verb."""
    waiting: list[_Said] = []
    sentence = (0, 0)
    for verb in verbs:
        bounds = scene.sentence(verb.start)
        if bounds != sentence:
            yield from _told(scene, waiting)
            waiting, sentence = [], bounds
        closing = _clause_before_cue(scene, verb, bounds)
        if closing:
            yield from closing
            continue
        subject = _leading_subject(scene, verb, bounds)
        line_end = scene.text.find("\n", verb.end) % (len(scene.text) + 1)
        spoken = after_colon(scene, verb, line_end) if subject and verb.cue else None
        if subject and spoken:
            yield from told_directly(scene, *spoken, subject, verb)
        elif subject and _has_content(scene, verb, bounds[1]):
            waiting = _cut(scene, waiting, subject, verb)
            waiting.append(_Said(verb, subject, bounds[1]))
    yield from _told(scene, waiting)


def _leading_subject(scene: Scene, verb: Verb, bounds: tuple[int, int]) -> Subject | None:
    if verb.form in _quote_only() and not _THAT.match(scene.text, verb.end):
        return None
    subject = subject_before(scene, verb.start, bounds[0])
    if subject is None or (verb.participle and not _is_progressive(scene, verb)):
        return None
    return subject


def _is_progressive(scene: Scene, verb: Verb) -> bool:
    return bool(re.search(r"\b(?:is|are|was)\s+(?:also\s+)?$", scene.masked[max(0, verb.start - 12) : verb.start]))


def _has_content(scene: Scene, verb: Verb, end: int) -> bool:
    """Whether something is said in words outside quotation marks."""
    right = scene.masked[verb.end : end]
    if load_rules("speech").rule("statements.deed").pattern.match(scene.masked, verb.start, end):
        return False
    if _cue_tail().fullmatch(right.strip()) or _NOTHING_SAID.match(right) or _ONLY_QUOTE.match(right):
        return False
    words = [
        word
        for word in right.replace(QUOTED, " ").split()
        if any(c.isalpha() for c in word) or "\ue000" <= word[0] <= "\ue003"
    ]
    return len(words) >= _MINIMUM_WORDS - 1


def _clause_before_cue(scene: Scene, verb: Verb, bounds: tuple[int, int]) -> list[StatementMention]:
    """Statements that a cue closes or interrupts: "..., Quill said." and "The work, he said, is hard."."""
    if not verb.cue or verb.participle or not _cue_tail().match(scene.masked[verb.end : bounds[1]]):
        return _clause_before_inverted_cue(scene, verb, bounds)
    subject = subject_before(scene, verb.start, bounds[0])
    if subject is None or subject.bare:
        return []
    before = scene.masked[bounds[0] : subject.start].rstrip()
    if not before.endswith(",") or _ENDS_WITH_QUOTE.search(before):
        return []
    closes = not scene.masked[verb.end : bounds[1]].lstrip().startswith(",")
    end = bounds[0] + len(before) if closes else bounds[1]
    return _clause(scene, (bounds[0], end), subject, verb)


def _clause_before_inverted_cue(scene: Scene, verb: Verb, bounds: tuple[int, int]) -> list[StatementMention]:
    """The same for "..., said Quill." """
    before = scene.masked[bounds[0] : verb.start].rstrip()
    if not verb.cue or verb.participle or not before.endswith(",") or _ENDS_WITH_QUOTE.search(before):
        return []
    if verb.form not in {"said", "says", "added", "adds", "explained", "explains", "noted", "notes"}:
        return []
    subject = subject_after(scene, verb.end, bounds[1])
    return _clause(scene, (bounds[0], bounds[0] + len(before)), subject, verb) if subject else []


def _behind_dateline(text: str, start: int, end: int) -> int:
    """Where a clause begins that a dateline leads: "LIMA, Peru, 3 May 2010 – The hall is open, Quill said." """
    dateline = load_rules("document").rule("document.dateline").pattern.match(text[start:end])
    written = dateline is not None and (dateline["date"] or dateline["place"].split(",")[0].isupper())
    return start + dateline.end() if dateline is not None and written else start


def _clause(scene: Scene, bounds: tuple[int, int], subject: Subject, verb: Verb) -> list[StatementMention]:
    start, end = _trimmed(scene.text, _behind_dateline(scene.text, *bounds), bounds[1])
    if len(scene.text[start:end].split()) < _MINIMUM_WORDS:
        return []
    if is_speech(scene, start, end):
        return list(told_directly(scene, start, end, subject, verb))
    evidence = Evidence(start, end, _FOLLOWS, 0.7)
    return [StatementMention("indirect", evidence, speaker, verb.form) for speaker in subject.speakers]


def _cut(scene: Scene, waiting: list[_Said], subject: Subject, verb: Verb) -> list[_Said]:
    """End the clause before at the conjunction that leads to this verb, unless this verb is part of what is said."""
    if not waiting:
        return waiting
    *earlier, last = waiting
    here = verb.start if subject.bare else subject.start
    if here <= last.verb.end or (not subject.bare and _EMBEDDED.search(scene.masked[last.verb.end : here])):
        return waiting
    tail = _CUT.search(scene.masked[last.verb.end : here])
    end = last.verb.end + tail.start() if tail else here
    return [*earlier, _Said(last.verb, last.subject, min(last.end, end))]


def _told(scene: Scene, waiting: list[_Said]) -> Iterator[StatementMention]:
    for said in waiting:
        start, end = _trimmed(scene.text, said.verb.start, _end_of_topic(scene, said))
        if len(scene.text[start:end].split()) < _MINIMUM_WORDS:
            continue
        evidence = Evidence(start, end, _LEADS, 0.6 if said.subject.bare else 0.75)
        for speaker in said.subject.speakers:
            yield StatementMention("indirect", evidence, speaker, said.verb.form)


def _end_of_topic(scene: Scene, said: _Said) -> int:
    """Where a topic ends ("called for more walls and has built two"): what the speaker did besides is not said."""
    if not _TOPIC.match(scene.masked, said.verb.end):
        return said.end
    deed = _DEED.search(scene.masked, said.verb.end, said.end)
    return deed.start() if deed else said.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRAILING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


@cache
def _quote_only() -> frozenset[str]:
    return frozenset(load_rules("speech").terms("quote_only"))


@cache
def _cue_tail() -> re.Pattern[str]:
    tail = alternation(load_rules("speech").terms("cue_tail"))
    return re.compile(rf"\s*(?:(?i:{tail})\s*)?(?:[.,;]|$)")
