"""Who speaks: the subject of a verb of saying, found on a masked copy of the text.

The grammar between a subject and its verb is written as a few patterns over the masked text of `scene`.

Doubt gives nobody: "they" and "both leaders" have no speaker, a role noun that fits two people has none, and a person
after a preposition ("supporters of Quill said") is no subject.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc

from report_extract.extract.mentions import OrganizationMention, PersonMention
from report_extract.extract.saying_verbs import verb_pattern, without_adverbs
from report_extract.extract.scene import HONORIFIC, ORG, PERSON, SUFFIX, TITLE, Scene, Subject, set_scene, surname
from report_extract.rules import alternation, load_rules

_P, _O, _T, _H = PERSON + "+", ORG + "+", TITLE + "+", HONORIFIC + "+"

_RUN = re.compile(_P)
# Before an office that stands for its holder: "the Minister", "the Honourable Minister", "His Excellency".
_THE = (
    rf"(?:[Tt]he\s+(?:(?:{_H}|Honou?rable|Hon['’]ble|Hon\.?)\s+)?"
    r"|(?=[Hh](?:is|er)\s+(?i:excellency|honour|worship|majesty|highness|grace)\b))"
)
# What may stand between a person and the verb: nothing; a clause between commas; nouns without a comma at the end;
# a phrase of time or occasion.
_BARE_GAP = re.compile(rf"{SUFFIX}\s*,?\s*$")
_CLAUSE_GAP = re.compile(r"(?:\s*,[^;:!?\n]{1,260},|\s*\([^()\n]{1,160}\),?|\s+[-–—]\s[^;:\n]{1,200}[-–—])\s*$")
_NOUN_GAP = re.compile(
    rf"(?:[\s,(]+(?:{_T}|{_O}|{_H}|[A-Z][\w.&'’/-]*|of|from|at|the|same|for|in|on|and|to|de|la|acting|former|deputy|outgoing|incoming|&|\d+)\)?)+"
    r"(?<!\band)\s*,?\s*$"
)
_OCCASION_GAP = re.compile(
    r",?\s+(?:in|during|on|at|while|when|after|before|speaking|addressing|representing|from)\s[^.;:!?\n]{1,110}$"
)
_BODY_GAP = re.compile(rf",\s+[Tt]he\s+{_O}\s*$")
_WHO_GAP = re.compile(r",?\s+who\s*$")
_NOUN_PHRASE = re.compile(
    rf"(?:\b[Tt]he\s+|\b[Hh]is\s+|\b[Hh]er\s+)?(?:(?:{_T}|{_H}|{_O}|[A-Z][\w.&'’-]*),?\s+(?:and\s+(?={_T}))?|{_H})*$"
)
_PREPOSITION = re.compile(r"\b(?:of|by|with|for|to|from|than|about|against|between|under|like|on|at|in|via|per)\s*$")
_OFFICE_OF = re.compile(rf"{_T}\s+(?:of|at|for|to)\s+(?:the\s+)?$")
_AND_OTHER = re.compile(rf"{_P}(?:,[^.;:\n]{{1,160}},|\s*\([^()\n]{{1,80}}\))?,?\s+(?:and|&)\s*$")
_LISTED = re.compile(rf"({_P})(?:\s*\([^()\n]{{1,60}}\))?,\s+(?:{_T},?\s+|{_H}\s*)*$")
_OTHER = re.compile(rf"(?:,[^.;:\n]{{1,160}},)?\s+(?:and|&)\s+(?:{_T},?\s+|{_H}\s*|[A-Z]\S*\s+)*({_P})")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he)\s*$")
_AND = re.compile(r"(?:(?:,\s*|\s)(?:and|but|then|or|by|while)|,)\s*$")
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
_SENTENCE_SUBJECT = re.compile(rf"\b(?:[Hh]e|[Ss]he)\b(?!/)|{_P}")
# "A Reef Office spokesman", "a spokesperson for the Reef Office": nobody is named, so the body speaks.
_SPOKES = r"(?:spokes(?:man|woman|person|people)|press\s+(?:officer|secretary))"
_FOR_BODY = re.compile(
    rf"({_O})(?:['’]s)?\s+{_SPOKES}\s*,?\s*$|\b{_SPOKES}\s+(?:for|of|from)\s+(?:the\s+)?({_O})\s*,?\s*$"
)
_SAYS_FOR_BODY = re.compile(
    rf"\s+(?:an?|the)\s+(?:({_O}+)\s+{_SPOKES}|{_SPOKES}\s+(?:for|of|from)\s+(?:the\s+)?({_O}+))(?!,?\s*{_P})"
)
_OFFICE_LEADS = re.compile(
    rf"(?:(?:While|As|When|After|During|In|At|On)\b[^.;:\n{PERSON}]{{1,140}},\s+[Tt]he|\W*The)\s+(?P<role>{_T})\s+(?:also\s+)?[a-z]+(?:ed|s)\b"
)
# "The hall is named after Ada Quill": she does not speak next.
_HONOURED = re.compile(
    r"(?i)\b(?:named (?:after|for|in)|in (?:memory|honou?r) of|(?:tribute|dedicated|monument|statue) (?:to|of))\b"
)
_LEAD_IN = re.compile(r"(?:^|,|[-–—:•*])\s*$")

_LOOKBACK = 420
# So near the name of an office's holder stands the body of "the Institute president".
_BESIDE = 120


def read_scene(
    doc: Doc,
    people: tuple[PersonMention, ...],
    organizations: tuple[OrganizationMention, ...],
    quotes: Iterable[tuple[int, int]],
) -> Scene:
    """The scene of a document; `quotes` are the spans of words inside quotation marks."""
    scene = set_scene(doc, people, organizations, quotes)
    # In text order, so that a pronoun finds the subjects before it already there.
    for start, end in zip(scene.starts, scene.ends, strict=True):
        scene.subjects[start] = _leading_subject(scene, start, end)
    return scene


def subject_before(scene: Scene, verb_start: int, floor: int) -> Subject | None:
    """The subject that leads up to the verb, in `text[floor:verb_start]`."""
    floor = max(floor, verb_start - _LOOKBACK)
    left = without_adverbs(scene.masked[floor:verb_start])
    return (
        _person_before(scene, left, floor)
        or _pronoun_before(scene, left, floor)
        or _organization_before(scene, left, floor)
        or _role_before(scene, left, floor)
        or _shared_subject(scene, left, floor)
    )


def subject_after(scene: Scene, verb_end: int, ceiling: int) -> Subject | None:
    """The subject that follows the verb: "said Prof. Ada Quill, Director of ..." ."""
    right = scene.masked[verb_end : min(ceiling, verb_end + 220)]
    pronoun = re.match(r"\s+(he|she)\b(?=\s*(?:[.,;:\"”’]|$|\n))", right)
    if pronoun:
        who = antecedent(scene, verb_end, pronoun.group(1))
        return Subject((who,), verb_end) if who else None
    spokes = _SAYS_FOR_BODY.match(right)
    if spokes:
        return _body_at(scene, verb_end, spokes)
    match = _RUN.search(right)
    if match and not re.search(
        r"[.;!?](?=\s+[A-Z\ue000-\ue003])(?<!\b\w\.)|\n|\bthat\b|\bto\b|\bby\b", right[: match.start()]
    ):
        if _POSSESSIVE.match(right, match.end()):
            return None
        return _with_other(scene, verb_end + match.start(), verb_end + match.end(), verb_end + match.start())
    body = re.match(rf"\s+(?:the\s+|The\s+)?({_O})", right)
    speaker = scene.organizations.get(verb_end + body.start(1)) if body else None
    if body and speaker and not _POSSESSIVE.match(right, body.end()):
        return Subject((speaker,), speaker.evidence.start)
    role = re.match(rf"\s+{_THE}({_T}|{_roles()})(?!\w)", right, re.IGNORECASE)
    if role:
        who = _office_holder(scene, verb_end + role.start(1), verb_end + role.end(1))
        return Subject((who,), verb_end + role.start(1)) if who else None
    return None


def main_subject(scene: Scene, at: int) -> Subject | None:
    """The grammatical subject of the sentence in which a character stands, as far as its order of words tells."""
    return scene.subjects.get(scene.sentence(at)[0])


def antecedent(scene: Scene, at: int, pronoun: str) -> PersonMention | None:
    """The person that he or she at a place stands for: the last subject whose honorific does not forbid it."""
    index = bisect_right(scene.starts, at) - 1
    own = main_subject(scene, at)
    candidates = [own] if own and own.start < at else []
    for before in range(index - 1, max(index - 9, -1), -1):
        subject = main_subject(scene, scene.starts[before]) or _only_person(scene, before)
        candidates.extend([subject] if subject else [])
    gender = "m" if pronoun.lower() == "he" else "f"
    for subject in candidates:
        people = [s for s in subject.speakers if isinstance(s, PersonMention)]
        fitting = [p for p in people if scene.genders.get(surname(p.name), gender) == gender]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


@cache
def _roles() -> str:
    return alternation(load_rules("speech").terms("roles"))


def _person_before(scene: Scene, left: str, floor: int) -> Subject | None:
    runs = list(_RUN.finditer(left))
    for nearness, run in enumerate(reversed(runs[-3:])):
        gap = left[run.end() :]
        if _POSSESSIVE.match(gap) or _BODY_GAP.search(gap):
            continue
        if nearness == 0 and (_BARE_GAP.match(gap) or _WHO_GAP.match(gap) or _NOUN_GAP.match(gap)):
            return _person_subject(scene, left, floor, run)
        if nearness == 0 and _OCCASION_GAP.match(gap) and not verb_pattern().search(gap):
            return _person_subject(scene, left, floor, run)
        if _CLAUSE_GAP.match(gap) and not _splits_clause(gap):
            return _person_subject(scene, left, floor, run)
    return None


def _splits_clause(gap: str) -> bool:
    """Whether what looks like an apposition holds a verb of saying or ends a sentence: then it is none."""
    return bool(verb_pattern().search(gap) or re.search(r"(?<![\W_].)\.\s+[A-Z]|,?\s+and\s+(?:he|she)\b", gap))


def _person_subject(scene: Scene, left: str, floor: int, run: re.Match[str]) -> Subject | None:
    person = scene.people.get(floor + run.start())
    phrase = _NOUN_PHRASE.search(left[: run.start()])
    begin = phrase.start() if phrase else run.start()
    before = left[:begin]
    # "Director of the Institute, Ada Quill said": the comma ends the phrase to which the preposition belongs.
    set_off = "," in left[begin : run.start()]
    # "Director of the Institute Ada Quill said": the body is that of the office.
    office = ORG in left[begin : run.start()] and _OFFICE_OF.search(before) is not None
    if person is None or (_PREPOSITION.search(before) and not set_off and not office):
        return None
    others, start = _joined_before(scene, before, floor)
    return Subject((*others, person), start) if others else Subject((person,), floor + begin)


def _joined_before(scene: Scene, before: str, floor: int) -> tuple[tuple[PersonMention, ...], int]:
    """Those whom commas and "and" join to the name that follows, and where the first of them stands."""
    other = _AND_OTHER.search(before)
    person = scene.people.get(floor + other.start()) if other else None
    if other and person:
        earlier, start = _listed_before(scene, before[: other.start()], floor)
        return (*earlier, person), floor + start
    role = re.search(rf"\b[Tt]he\s+({_T}|(?i:{_roles()}))\s+and\s+$", before)
    holder = _office_holder(scene, floor + role.start(1), floor + role.end(1)) if role else None
    return ((holder,), floor + role.start()) if role and holder else ((), floor)


def _listed_before(scene: Scene, before: str, floor: int) -> tuple[list[PersonMention], int]:
    """The members of a list before its last two: "Ada Quill (Reef Party), Bo Oduya, Ben Roe and ..."."""
    members: list[PersonMention] = []
    start = len(before)
    while match := _LISTED.search(before[:start]):
        person = scene.people.get(floor + match.start(1))
        if person is None:
            break
        members.insert(0, person)
        start = match.start(1)
    return members, start


def _pronoun_before(scene: Scene, left: str, floor: int) -> Subject | None:
    match = _PRONOUN.search(left)
    if not match:
        return None
    person = antecedent(scene, floor + match.start(), match.group(1))
    return Subject((person,), floor + match.start()) if person else None


def _organization_before(scene: Scene, left: str, floor: int) -> Subject | None:
    spokes = _FOR_BODY.search(left)
    if spokes:
        return _body_at(scene, floor, spokes)
    match = re.search(rf"({_O})(?:\s*\([^()\n]{{1,30}}\))?,?\s*$", left) or re.match(
        rf"\W*(?:(?:Today|[Tt]he),?\s+)*({_O})(?:\s*\([^()\n]{{1,30}}\))?,[^;\n]{{1,200}},\s*$", left
    )
    if not match:
        return None
    before = re.sub(r"(?:\b[Tt]he\s+)?(?:\bsame\s+)?$", "", left[: match.start()])
    body = scene.organizations.get(floor + match.start(1))
    if body is None or _PREPOSITION.search(before) or re.search(r"\b(?:and|or)\s*$|['’]s?\s*$", before):
        return None
    return Subject((body,), floor + match.start(1))


def _body_at(scene: Scene, floor: int, match: re.Match[str]) -> Subject | None:
    start = match.start(1) if match[1] else match.start(2)
    body = scene.organizations.get(floor + start)
    return Subject((body,), floor + match.start()) if body else None


def _role_before(scene: Scene, left: str, floor: int) -> Subject | None:
    match = re.search(
        rf"(?:\b{_THE}|^\W*)(?:(?P<body>{_O})(?:['’]s)?\s+)?(?P<role>{_T}|(?i:{_roles()}))\s*,?\s*$", left
    )
    if not match or _PREPOSITION.search(left[: match.start()]):
        return None
    at = floor + match.start()
    holder = _office_holder(scene, floor + match.start("role"), floor + match.end("role"))
    if holder is None:
        return None
    start, end = holder.evidence.start - _BESIDE, min(at, holder.evidence.end + _BESIDE)
    body = scene.text[floor + match.start("body") : floor + match.end("body")] if match["body"] else ""
    return Subject((holder,), at) if body in scene.text[max(0, start) : end] else None


def _office_holder(scene: Scene, start: int, end: int) -> PersonMention | None:
    """The last-named holder of an office, where the release names only one before this place."""
    key = " ".join(scene.text[start:end].lower().split())
    holders = [p for p in scene.offices.get(key, ()) if p.evidence.start < start]
    return holders[-1] if len({surname(p.name) for p in holders}) == 1 else None


def _shared_subject(scene: Scene, left: str, floor: int) -> Subject | None:
    """The subject of the sentence, for a verb that follows "and" or a comma without a subject of its own."""
    if not _AND.search(left):
        return None
    subject = main_subject(scene, floor + len(left) - 1)
    return Subject(subject.speakers, subject.start, bare=True) if subject else None


def _leading_subject(scene: Scene, start: int, end: int) -> Subject | None:
    masked = scene.masked[start:end]
    office = _OFFICE_LEADS.match(masked)
    if office:
        # "The Minister thanked Ada Quill. He ...": the office stands for its holder.
        holder = _office_holder(scene, start + office.start("role"), start + office.end("role"))
        if holder is not None:
            return Subject((holder,), start + office.start("role"))
    for match in _SENTENCE_SUBJECT.finditer(masked):
        if match.group()[0] != PERSON:
            if _LEAD_IN.search(masked[: match.start()]):
                return _pronoun_before(scene, masked[: match.end()], start)
            continue
        phrase = _NOUN_PHRASE.search(masked[: match.start()])
        begin = phrase.start() if phrase else match.start()
        if not _LEAD_IN.search(masked[:begin]) or _POSSESSIVE.match(masked, match.end()):
            break
        return _with_other(scene, start + match.start(), start + match.end(), start + begin)
    return _leading_body(scene, masked, start)


def _with_other(scene: Scene, start: int, end: int, begin: int) -> Subject | None:
    """The person named at a place, with the one who is joined by "and"."""
    first = scene.people.get(start)
    match = _OTHER.match(scene.masked, end)
    more = scene.people.get(match.start(1)) if match else None
    return Subject((first, more) if more else (first,), begin) if first else None


def _leading_body(scene: Scene, masked: str, start: int) -> Subject | None:
    """A role noun or an organisation with which a sentence begins."""
    role = re.match(rf"\W*(?:[^.;\n]{{0,120}},\s*)?{_THE}({_T}|(?i:{_roles()}))(?=\s)", masked)
    if role:
        holder = _office_holder(scene, start + role.start(1), start + role.end(1))
        if holder:
            return Subject((holder,), start + role.start(1))
    body = re.match(rf"\W*(?:The\s+)?({_O})(?!['’])", masked)
    speaker = scene.organizations.get(start + body.start(1)) if body else None
    return Subject((speaker,), speaker.evidence.start) if speaker else None


def _only_person(scene: Scene, index: int) -> Subject | None:
    """The one person whom a sentence without a leading subject names: "Closing remarks were given by Mr. Quill."."""
    start, end = scene.starts[index], scene.ends[index]
    named = [person for run in _RUN.finditer(scene.masked, start, end) if (person := scene.people.get(run.start()))]
    if len({surname(person.name) for person in named}) != 1 or _HONOURED.search(scene.masked, start, end):
        return None
    return Subject((named[-1],), named[-1].evidence.start)
