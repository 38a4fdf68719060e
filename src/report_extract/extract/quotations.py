"""Direct speech: to whom each quotation belongs.

The cue is sought where releases put it, nearest first: after the quotation ("...", said Quill), before it (Quill
said: "..."), on the line before, after a dash. A quotation without a cue of its own goes on with the speaker of the
one before it, or takes the speaker of the sentence just before, where nobody else has come in between. Titles, names of
sessions and programmes, and single words in quotation marks are no speech. A quotation whose speaker nobody can name
yields nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from report_extract.evidence import Evidence
from report_extract.extract.mentions import StatementMention
from report_extract.extract.quotation_layout import (
    MARKS,
    Claim,
    Quotation,
    claim_by_any_verb,
    claim_by_dash,
    claim_by_name_line,
    claim_by_neighbor,
    claim_on_line_before,
    line_of,
    verbs_between,
)
from report_extract.extract.scene import HONORIFIC, PERSON, QUOTED, Scene, Speaker, Subject, Verb
from report_extract.extract.speech import main_subject, subject_after, subject_before
from report_extract.rules import alternation, load_rules

_CUE_WORD = "said|says|writes|wrote|added|adds|explained|explains"
_AFTER_MARKS = re.compile(rf"\s*[{MARKS}]*[\s,.–—-]*(?:\b(?:as|so)\s+)?")
_SENTENCE_BREAK = re.compile(rf"[.!?][{MARKS})]*\s+(?=[A-Z“\"{PERSON}-{HONORIFIC}])")
_ACCORDING = re.compile(rf"\b[Aa]ccording\s+to\s+[^,.;\n{PERSON}]{{0,60}}({PERSON}+)[^.;\n]{{0,120}}$")
_LABEL = re.compile(rf"(?:^|[.!?]\s+)[^.!?\n{PERSON}]{{0,90}}({PERSON}+)[^.!?\n{PERSON}]{{0,160}}:\s*$")
_ENDS_OPEN = re.compile(r"[,!?–—-]$")
_ENDS_SPEECH = re.compile(r"[.,!?…;–—-]$|\.\.\.$")
_TURNS_LINE = re.compile(rf"[{MARKS}]*,?\s*\n\s*(?:{_CUE_WORD})\s")
_BREAK_INSIDE = re.compile(r"[.!?]\s")
_COLUMN = re.compile(r"\s*(?:[:,]|\s)\s*(?:that\s*)?$")


def find_quoted(scene: Scene, verbs: tuple[Verb, ...], spans: list[tuple[int, int, str]]) -> Iterator[StatementMention]:
    """The attributed quotations in text order; one for each of two speakers who share a quotation."""
    quotations = [_quotation(scene.text, *span) for span in spans]
    for quotation, claim in zip(quotations, _claims(scene, verbs, quotations), strict=True):
        if claim is None or quotation.end <= quotation.start:
            continue
        evidence = Evidence(quotation.start, quotation.end, claim.rule, claim.confidence)
        for speaker in claim.speakers:
            words = scene.text[quotation.start : quotation.end]
            yield StatementMention("direct", evidence, speaker, claim.verb, words)


def _claims(scene: Scene, verbs: tuple[Verb, ...], quotations: list[Quotation]) -> list[Claim | None]:
    """For each quotation who claims it: by its own cue, else by those beside it, else by the sentence around it."""
    claims = [_own_claim(scene, verbs, quotations, index) for index in range(len(quotations))]
    titles = [_is_headed(scene.text[one.start : one.end]) for one in quotations]
    claims = [None if is_title else claim for claim, is_title in zip(claims, titles, strict=True)]
    open_ones = [
        n for n, one in enumerate(quotations) if claims[n] is None and not titles[n] and not _is_announced(scene, one)
    ]
    for index in open_ones:
        if _is_speech(scene.text, quotations[index]) or _is_rest(scene, quotations, index):
            claims[index] = _inherited_claim(scene, verbs, quotations, claims, index)
    for index in reversed(open_ones):
        if claims[index] is None and index + 1 < len(quotations) and _is_speech(scene.text, quotations[index]):
            claims[index] = _claim_from_next(scene, quotations, claims, index)
    for index in open_ones:
        if claims[index] is None and _is_sentence(scene, quotations[index]):
            claims[index] = claim_by_neighbor(scene, quotations[index])
    return claims


def _quotation(text: str, start: int, end: int, rule: str) -> Quotation:
    opening = start
    while opening > 0 and (text[opening - 1] in MARKS or (text[opening - 1] == " " and text[opening - 2] in MARKS)):
        opening -= 1
    return Quotation(start, end, rule, opening, line_of(text, opening))


def _own_claim(scene: Scene, verbs: tuple[Verb, ...], quotations: list[Quotation], index: int) -> Claim | None:
    quotation = quotations[index]
    following = quotations[index + 1].opening if index + 1 < len(quotations) else len(scene.text)
    return (
        _claim_after(scene, verbs, quotation, following)
        or _claim_before(scene, verbs, quotation)
        or claim_by_dash(scene, quotation)
        or claim_on_line_before(scene, verbs, quotation)
        or claim_by_any_verb(scene, quotation)
        or claim_by_name_line(scene, quotation)
    )


def _claim_after(scene: Scene, verbs: tuple[Verb, ...], quotation: Quotation, following: int) -> Claim | None:
    """ "...", said Quill / "...", Quill said."""
    words = scene.text[quotation.start : quotation.end]
    if not _ENDS_SPEECH.search(words) and _is_announced(scene, quotation) and _is_titled(words):
        # "the exhibition "Tides of Peru", the Reef Agency reports".
        return None
    line_end = _end_of_cue_line(scene, quotation)
    ceiling = min(following, line_end if line_end >= 0 else len(scene.text), quotation.end + 320)
    match = _AFTER_MARKS.match(scene.masked, quotation.end, ceiling)
    floor = match.end() if match else quotation.end
    for verb in verbs_between(verbs, floor, ceiling):
        between = scene.masked[floor : verb.start]
        if _SENTENCE_BREAK.search(between) or not verb.cue or verb.participle:
            return None
        if not between.strip() or re.fullmatch(r"\s*\w+ly\s*|\s*(?:also|then|further|has)\s*", between):
            subject = subject_after(scene, verb.end, ceiling)
        else:
            subject = _close_subject(scene, verb, floor)
        if subject and (not between.strip() or _is_closing(scene, quotation, verb, ceiling)):
            return Claim(subject.speakers, "statements.cue-after", 0.9, verb.form)
        return None
    return None


def _end_of_cue_line(scene: Scene, quotation: Quotation) -> int:
    """The end of the line in which a cue may stand: the next one, where it goes on with the quotation's sentence."""
    line_end = scene.text.find("\n", quotation.end)
    if line_end < 0 or not _TURNS_LINE.match(scene.masked, quotation.end):
        return line_end
    following = len(scene.text) - len(scene.text[line_end:].lstrip())
    return scene.text.find("\n", following)


def _close_subject(scene: Scene, verb: Verb, floor: int) -> Subject | None:
    """The subject between the quotation and the verb, if nothing else stands there."""
    subject = subject_before(scene, verb.start, floor)
    if subject is None or subject.bare:
        return None
    if subject.start < floor:
        return None
    gap = scene.masked[floor : subject.start].split()
    return subject if len(gap) <= 7 and not any(mark in word for word in gap for mark in ".;:") else None


def _is_closing(scene: Scene, quotation: Quotation, verb: Verb, ceiling: int) -> bool:
    """Whether the verb closes the quotation, and does not open a sentence of its own ("Quill said that ...")."""
    if _ENDS_OPEN.search(scene.text[quotation.start : quotation.end]):
        return True
    if scene.masked[quotation.end : quotation.end + 3].strip(MARKS + " ").startswith(","):
        return True
    rest = scene.masked[verb.end : ceiling]
    return bool(re.match(r"\s*(?:[.,:]|$)", rest)) or not rest.strip(MARKS + " ,:")


def _claim_before(scene: Scene, verbs: tuple[Verb, ...], quotation: Quotation) -> Claim | None:
    """Quill said: "..." / Quill called the plan "..." / Quill: "..." """
    left = scene.masked[quotation.line[0] : quotation.opening]
    if not left.strip() or re.search(r"[.!?]\s*$", left) or _is_name(scene, quotation):
        return None
    breaks = list(_SENTENCE_BREAK.finditer(left[-420:]))
    floor = max(quotation.line[0], quotation.opening - 420) + (breaks[-1].end() if breaks else 0)
    floor = min(floor, scene.sentence(quotation.opening - 1)[0]) if not breaks else floor
    for verb in reversed(verbs_between(verbs, floor, quotation.opening)[-3:]):
        subject = subject_before(scene, verb.start, floor)
        if subject and _is_heard(scene, verb, quotation):
            return Claim(subject.speakers, "statements.cue-before", 0.85, verb.form)
    for pattern, rule in ((_ACCORDING, "statements.according-to"), (_LABEL, "statements.label")):
        match = pattern.search(left)
        person = scene.people.get(quotation.line[0] + match.start(1)) if match else None
        words = scene.text[quotation.start : quotation.end]
        # A few words behind a name and a colon may be the title of a talk; those that end as sentences do are said.
        if person and (len(words.split()) > _NAME_WORDS // 2 or (" " in words and words.rstrip()[-1:] in ".!")):
            return Claim((person,), rule, 0.7)
    return None


def _is_heard(scene: Scene, verb: Verb, quotation: Quotation) -> bool:
    """Whether the quotation belongs to what the verb says: close to it, and more than a word."""
    between = scene.masked[verb.end : quotation.opening]
    if len(scene.text[quotation.start : quotation.end].split()) < 2:
        return False
    return _COLUMN.fullmatch(between) is not None or len(between) < 260


def _inherited_claim(
    scene: Scene, verbs: tuple[Verb, ...], quotations: list[Quotation], claims: list[Claim | None], index: int
) -> Claim | None:
    """The speaker who goes on: of the quotation before, or of the sentence before."""
    quotation = quotations[index]
    said_before = _speaker_of_sentence_before(scene, verbs, quotation)
    if said_before:
        return said_before
    if index == 0 or claims[index - 1] is None:
        return None
    before, claim = quotations[index - 1], claims[index - 1]
    between = scene.masked[before.end : quotation.opening]
    assert claim is not None
    if between.count("\n") and len(between.strip("\n").split("\n\n")) > 2 and before.line[1] != before.end:
        return None
    if len(between) > 340 or len(_SENTENCE_BREAK.findall(between)) > 2:
        return None
    if _someone_else(scene, before.end, quotation.opening, claim.speakers):
        return None
    return Claim(claim.speakers, "statements.goes-on", claim.confidence - 0.1, None)


def _someone_else(scene: Scene, start: int, end: int, speakers: tuple[Speaker, ...]) -> bool:
    """Whether a sentence after the cue has another person as its subject, or a new paragraph names one."""
    surnames = {speaker.name.split()[-1] for speaker in speakers}
    turn = scene.text.rfind("\n", start, end)
    if turn >= 0 and any(turn < at < end and p.name.split()[-1] not in surnames for at, p in scene.people.items()):
        return True
    for stop in _SENTENCE_BREAK.finditer(scene.masked, start, end):
        subject = main_subject(scene, stop.end())
        if subject and subject.start >= stop.end() and not {s.name.split()[-1] for s in subject.speakers} & surnames:
            return True
    return False


def _speaker_of_sentence_before(scene: Scene, verbs: tuple[Verb, ...], quotation: Quotation) -> Claim | None:
    """Quill said that the work is hard. "It took years." """
    end = len(scene.text[: quotation.opening].rstrip())
    if end == 0 or scene.masked[end - 1] not in ".!?":
        return None
    floor, _ = scene.sentence(end - 1)
    for verb in reversed(verbs_between(verbs, floor, end)):
        subject = None if verb.participle else subject_before(scene, verb.start, floor)
        if subject and QUOTED not in scene.masked[floor:end]:
            return Claim(subject.speakers, "statements.sentence-before", 0.6)
    return None


def _claim_from_next(scene: Scene, quotations: list[Quotation], claims: list[Claim | None], index: int) -> Claim | None:
    """A paragraph of speech that goes on in the next, whose cue stands there."""
    quotation, following, claim = quotations[index], quotations[index + 1], claims[index + 1]
    between = scene.masked[quotation.end : following.opening]
    if claim is None or between.strip(MARKS + " \n"):
        return None
    return Claim(claim.speakers, "statements.goes-on", claim.confidence - 0.15)


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether the words look like something said: a few words with the closing stop of a sentence or clause."""
    words = text[quotation.start : quotation.end]
    return len(words.split()) >= 3 and bool(_ENDS_SPEECH.search(words) or quotation.rule == "quotes.continued")


def _is_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Whether the words are whole sentences between sentences: nothing else leads up to them or goes on with them."""
    words, left = scene.text[quotation.start : quotation.end], scene.text[: quotation.opening].rstrip()
    return words[:1].isupper() and words[-1:] in ".!?" and len(words.split()) >= 4 and left[-1:] in (".", "!", "?", "")


def _is_rest(scene: Scene, quotations: list[Quotation], index: int) -> bool:
    """Whether the words are the rest of a sentence that the cue broke, or of speech that goes on for paragraphs."""
    if index == 0 or len(scene.text[quotations[index].start : quotations[index].end].split()) < 2:
        return False
    before, here = quotations[index - 1], quotations[index]
    between = scene.masked[before.end : here.opening]
    if before.rule == "quotes.continued":
        return not between.strip(MARKS + " \n")
    is_broken = scene.text[here.start].islower() and scene.text[before.end - 1] == ","
    return is_broken and between.rstrip().endswith(",") and "\n" not in between


_NAME_WORDS = 14


def _is_name(scene: Scene, quotation: Quotation) -> bool:
    """Whether the words are a title: announced as one, or capitalised throughout and without a closing stop."""
    words = scene.text[quotation.start : quotation.end]
    if _is_announced(scene, quotation):
        return True
    return not _ENDS_SPEECH.search(words) and len(words.split()) <= _NAME_WORDS and _is_titled(words)


def _is_titled(words: str) -> bool:
    """Whether every long word has its capital."""
    long_words = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long_words) and all(word[0].isupper() for word in long_words)


_SMALL = frozenset(
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "per", "the", "to",
        "under", "via", "vs", "with", "without",
    }
)  # fmt: skip
_FEWEST_HEAD_WORDS = 4


def _is_headed(words: str) -> bool:
    """Whether words are written as a title is: every one capitalised but the small ones, a stop at the end or not."""
    plain = re.findall(r"[^\W\d_][\w’'-]*", words)
    large = [word for word in plain if word.lower() not in _SMALL]
    if len(large) < _FEWEST_HEAD_WORDS or len(plain) > _NAME_WORDS or _BREAK_INSIDE.search(words) or words.isupper():
        return False
    return all(word[0].isupper() for word in large) and len(large) < len(plain)


def _is_announced(scene: Scene, quotation: Quotation) -> bool:
    """Whether the words before a quotation say that it is a name: "a plan called "Tides for All." " """
    left = scene.text[max(0, quotation.opening - 40) : quotation.opening]
    words = scene.text[quotation.start : quotation.end]
    return bool(_naming().search(left)) and not _BREAK_INSIDE.search(words)


@cache
def _naming() -> re.Pattern[str]:
    terms = alternation(load_rules("speech").terms("naming"))
    return re.compile(rf"(?i)\b{terms}\s*(?:[:–-]|\b(?:is|was|on|of|the|a|as|for)\b|\s)*\s*$")
