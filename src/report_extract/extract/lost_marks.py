"""Quotations whose marks were lost on the way: the wording shows that somebody speaks.

A release that has kept some of its marks is read with care: a clause that a cue closes, or that follows a cue with a
colon, must say "I" or "our". In a release without a single mark every cue ("..., said Quill", "Quill said.", "Quill
said: ...") has lost its own, so `find_lost` gives the clause to which the cue belongs, with the sentences around it
that go on as speech: they speak for somebody ("we", "must", "is vital"), or take up what was just said ("This ...",
"And ..."), and they neither name the speaker nor have a cue of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.mentions import StatementMention
from report_extract.extract.scene import PERSON, QUOTED, Scene, Subject, Verb
from report_extract.extract.speech import subject_after, subject_before
from report_extract.rules import alternation, load_rules

RULE = "statements.lost-marks"
_COLON = re.compile(rf"\s*:\s+(?=[A-Z{PERSON}])")
# After a comma, a colon, or nothing where a capital shows that a sentence begins: "said The tide rises".
_LEADS = re.compile(
    rf"\s*(?:,|:-?)\s+(?=[A-Z{PERSON}-\ue003])|\s+(?=(?:The|This|That|These|We|Our|My|It|There|If|When|You|They)\s)"
)
_ANY_MARK = re.compile('["“”„«»]')
_CUE = re.compile(rf"\b(?:said|says|added|adds|stated|noted|explained|concluded)\b|{PERSON}+\s+\w+ed\b")
_TRAILING = " \t\n\xa0.,;:-–—"
# After the verb of a cue that closes a sentence stand at most the occasion and whom it was told.
_TAIL = re.compile(
    rf"(?:\s+(?:in|at|on|during|after|before|following|of|to|about|today|yesterday|earlier|{PERSON}|[\ue002\ue003])"
    rf"(?:\s*[\w{PERSON}-\ue003'’-]+){{0,7}})?\s*(?=[,.?!]|$)"
)
_GOES_ON_AFTER = re.compile(r"\s*,\s+(?=(?:because|but|and|so|or|if|as|to|which|that|when|while|where|in order)\b)")
_CUE_ALONE = re.compile(rf"\s*(?:[\ue001-\ue003]++\s*)*(?:{PERSON}+|[Hh]e|[Ss]he)\s+\w+(?:ed|id|ys|es)(?:\s+\w+)?\.")
_CUE_ENDS = re.compile(rf"\s+(?:[\ue001-\ue003]++\s+|[\w-]+\s+){{0,3}}{PERSON}++[.\s]*")
_FEWEST_WORDS = 2
# What a verb of saying with these words after it reports has no marks to lose.
_REPORTS = re.compile(r"\s+(?:that|it|he|she|they|the|a|an|his|her|their|its|how|why)\b")


def is_unmarked(scene: Scene) -> bool:
    """Whether the release has no quotation mark at all."""
    return not _ANY_MARK.search(scene.text) and QUOTED not in scene.masked


def find_lost(scene: Scene, verbs: tuple[Verb, ...]) -> Iterator[StatementMention]:
    """The quotations of a release without any mark, in text order."""
    taken = 0
    for verb in verbs:
        if verb.start < taken or verb.participle or verb.form not in _closing_verbs():
            continue
        found = _pieces(scene, verb, taken)
        if found:
            subject, pieces = found
            for start, end in pieces:
                yield from _statements(scene, start, end, subject, verb)
            taken = max(verb.end, *(end for _, end in pieces))


def is_speech(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause that a cue closes is the speaker's own words, in a release that has kept some of its marks."""
    return QUOTED not in scene.masked[start:end] and _in_first_person(scene, start, end)


def told_directly(scene: Scene, start: int, end: int, subject: Subject, verb: Verb) -> Iterator[StatementMention]:
    """The clause `start`-`end` as a statement, with the sentences before and after it that say "I" or "our"."""
    while start > 0:
        before, _ = scene.sentence(start - 1)
        if before >= start or not _keeps_on(scene, before, start):
            break
        start = before
    yield from _statements(scene, start, end, subject, verb)
    after = last = max(scene.sentence(verb.start)[1], end)
    while last < len(scene.text) and "\n" not in scene.text[after:last]:
        _, following = scene.sentence(last)
        if following <= last or not _keeps_on(scene, last, following):
            break
        last = following
    yield from _statements(scene, after, last, subject, verb)


def after_colon(scene: Scene, verb: Verb, line_end: int) -> tuple[int, int] | None:
    """What follows a cue with a colon on its line, where it is speech without marks."""
    match = _COLON.match(scene.masked, verb.end, line_end)
    if not match or QUOTED in scene.masked[match.end() : line_end]:
        return None
    return (match.end(), line_end) if _in_first_person(scene, match.end(), line_end) else None


def _pieces(scene: Scene, verb: Verb, taken: int) -> tuple[Subject, list[tuple[int, int]]] | None:
    """Whose words the cue gives, and where they stand: before the cue, after it, or on both sides of it."""
    first, last = scene.sentence(verb.start)
    floor, left = max(first, taken), scene.masked[first : verb.start].strip(_TRAILING)
    subject = subject_before(scene, verb.start, first) if left else None
    tail = _TAIL.match(scene.masked, verb.end, last)
    if subject and not subject.bare:
        leads = _LEADS.match(scene.masked, verb.end, last)
        if leads:
            return subject, [(leads.end(), _last_going_on(scene, last, subject))]
        if tail is None or _REPORTS.match(scene.masked, verb.end):
            return None
        return _around(scene, (floor, subject.start), (tail.end(), last), subject, taken)
    inverted = subject_after(scene, verb.end, last)
    if inverted is None or (left and not _ends_clause(scene, (first, last), verb)):
        return None
    goes_on = _GOES_ON_AFTER.search(scene.masked, verb.end, last)
    return _around(scene, (floor, verb.start), (goes_on.start() if goes_on else last, last), inverted, taken)


def _ends_clause(scene: Scene, sentence: tuple[int, int], verb: Verb) -> bool:
    """Whether a clause ends before the verb: at its comma, or, where that is lost too, in a line that the cue ends."""
    first, last = sentence
    if scene.masked[first : verb.start].rstrip().endswith((",", "?", "!")):
        return True
    begins_line = first == 0 or scene.text[first - 1] == "\n" or scene.text[first:last].count(".") <= 1
    return begins_line and verb.form in {"said", "says"} and bool(_CUE_ENDS.fullmatch(scene.masked, verb.end, last))


def _around(
    scene: Scene, before: tuple[int, int], after: tuple[int, int], subject: Subject, taken: int
) -> tuple[Subject, list[tuple[int, int]]] | None:
    """The pieces of speech on either side of a cue that stands between `before` and `after`."""
    said = scene.masked[slice(*before)].strip(_TRAILING)
    # "The tide is rising, Quill said" may well be the reporter's wording; "..., said Quill" seldom is.
    if said and before[1] == subject.start and _weight_inside(scene, *before, subject) < 1:
        return None
    rest = scene.masked[slice(*after)].strip(_TRAILING)
    last = _last_going_on(scene, after[1], subject)
    if said:
        pieces = [(_first_going_on(scene, before[0], taken, subject), before[1])]
        return subject, [*pieces, (after[0], last)]
    if rest:
        return None
    # The cue is a sentence of its own: it closes the sentence before it, or else opens the one after it.
    start = scene.sentence(before[0] - 1)[0] if before[0] else 0
    if taken <= start < before[0] and _may_be_said(scene, start, before[0], subject):
        return subject, [(_first_going_on(scene, start, taken, subject), before[0]), (after[1], last)]
    return (subject, [(after[1], last)]) if last > after[1] else None


def _may_be_said(scene: Scene, start: int, end: int, subject: Subject) -> bool:
    words = scene.text[start:end]
    return "\n" not in words and len(words.split()) > _FEWEST_WORDS and _weight(scene, start, end, subject) >= 0


def _first_going_on(scene: Scene, start: int, taken: int, subject: Subject) -> int:
    """Where the speech begins to which the sentence at `start` belongs."""
    while start > taken:
        before, _ = scene.sentence(start - 1)
        if before >= start or before < taken or "\n" in scene.text[before:start]:
            return start
        weight = _weight_inside(scene, before, start, subject)
        if weight < 1 and not (weight == 0 and _opens_with("speech_takes_up").match(scene.text, start)):
            return start
        start = before
    return start


def _last_going_on(scene: Scene, end: int, subject: Subject) -> int:
    """Where the speech ends that goes on at `end`, the end of a sentence.

    A sentence that says neither one thing nor the other goes along where speech follows it.
    """
    here = end
    for first, last in _sentences_of_line(scene, end):
        weight = _weight(scene, first, last, subject)
        if weight < 0 or (first > end and _closes(scene, last)):
            break
        here = last if weight else here
        if not weight and first > here:
            break
    return here


def _sentences_of_line(scene: Scene, start: int) -> Iterator[tuple[int, int]]:
    while start < len(scene.text) and scene.text[start - 1] != "\n":
        _, end = scene.sentence(start)
        if end <= start:
            return
        yield start, end
        start = end


def _closes(scene: Scene, start: int) -> bool:
    """Whether a cue that is a sentence of its own begins at a place: the sentence before it is what it gives."""
    return bool(_CUE_ALONE.match(scene.masked, start))


def _weight(scene: Scene, start: int, end: int, subject: Subject) -> int:
    """How much a sentence sounds like speech: below 0 it cannot be, at 0 nothing speaks for or against it."""
    words = scene.masked[start:end]
    names = {speaker.name.split()[-1] for speaker in subject.speakers}
    if _CUE.search(words) or names & set(re.findall(r"\w+", scene.text[start:end])):
        return -1
    if _in_first_person(scene, start, end):
        return 2
    speaks = len(_words_of("speech_words").findall(words)) + bool(
        _opens_with("speech_openers").match(scene.text, start)
    )
    return speaks - len(_words_of("narrative_words").findall(words))


def _weight_inside(scene: Scene, start: int, end: int, subject: Subject) -> int:
    """The weight of a sentence that nothing leads up to: how it opens says nothing."""
    return _weight(scene, start, end, subject) - bool(_opens_with("speech_openers").match(scene.text, start))


def _keeps_on(scene: Scene, start: int, end: int) -> bool:
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
    if len(words.split()) > _FEWEST_WORDS:
        for speaker in subject.speakers:
            yield StatementMention("direct", Evidence(start, end, RULE, 0.6), speaker, verb.form, words)


@cache
def _closing_verbs() -> frozenset[str]:
    return frozenset(load_rules("speech").terms("closing_verbs"))


@cache
def _opens_with(terms: str) -> re.Pattern[str]:
    """The words of a list at the beginning of a sentence."""
    return re.compile(rf"\W*{alternation(load_rules('speech').terms(terms))}(?!\w)")


@cache
def _words_of(terms: str) -> re.Pattern[str]:
    """The words of a list anywhere."""
    return re.compile(rf"(?i)(?<!\w){alternation(load_rules('speech').terms(terms))}(?!\w)")
