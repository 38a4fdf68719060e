"""Who speaks: the subject of a verb of saying, found on a masked copy of the text.

Theory. The masked text has the length of the cleaned text, but each name, office, honorific and quotation is filled
with one private character. A noun phrase such as "Prof. Ada Quill, Director of the Harbour Institute," is then a short
run of symbols, and the grammar between a subject and its verb can be written as a few patterns that never see a name.

Doubt gives nobody: "they" and "both leaders" have no speaker, a role noun that fits two people has none, and a person
after a preposition ("supporters of Quill said") is no subject.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from report_extract.extract.mentions import OrganizationMention, PersonMention
from report_extract.rules import alternation, load_rules

Speaker = PersonMention | OrganizationMention

PERSON, ORG, TITLE, HONORIFIC, QUOTED = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_P, _O, _T, _H = PERSON + "+", ORG + "+", TITLE + "+", HONORIFIC + "+"

_RUN = re.compile(_P)
_SUFFIX = r"(?:,?\s*(?:Jr\.?|Sr\.?|I{2,3}|IV|MPs?|MEP|MLA|Ph\.?\s?D\.?|[A-Z]{2,5}|\([^()\n]{1,60}\))){0,2}"
# What may stand between a person and the verb: nothing; a clause between commas; nouns without a comma at the end;
# a phrase of time or occasion.
_BARE_GAP = re.compile(rf"{_SUFFIX}\s*,?\s*$")
_CLAUSE_GAP = re.compile(r"(?:\s*,[^;:!?\n]{1,260},|\s*\([^()\n]{1,160}\),?|\s+[-–—]\s[^;:\n]{1,200}[-–—])\s*$")
_NOUN_GAP = re.compile(
    rf"(?:[\s,(]+(?:{_T}|{_O}|{_H}|[A-Z][\w.&'’/-]*|of|from|at|the|for|in|on|and|to|de|la|&|\d+)\)?)+\s*,?\s*$"
)
_OCCASION_GAP = re.compile(
    r",?\s+(?:in|during|on|at|while|when|after|before|speaking|addressing|representing|from)\s[^.;:!?\n]{1,110}$"
)
_WHO_GAP = re.compile(r",?\s+who\s*$")
_NOUN_PHRASE = re.compile(
    rf"(?:\b[Tt]he\s+|\b[Hh]is\s+|\b[Hh]er\s+)?(?:(?:{_T}|{_H}|{_O}|[A-Z][\w.&'’-]*),?\s+|{_H})*$"
)
_PREPOSITION = re.compile(r"\b(?:of|by|with|for|to|from|than|about|against|between|under|like|on|at|in|via|per)\s*$")
_AND_OTHER = re.compile(rf"{_P}(?:,[^.;:\n]{{1,160}},|\s*\([^()\n]{{1,80}}\))?,?\s+(?:and|&)\s*$")
_OTHER = re.compile(rf"(?:,[^.;:\n]{{1,160}},)?\s+(?:and|&)\s+(?:{_T},?\s+|{_H}\s*|[A-Z]\S*\s+)*({_P})")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he)\s*$")
_AND = re.compile(r"(?:(?:,\s*|\s)(?:and|but|then|or|by|while)|,)\s*$")
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
_SENTENCE_SUBJECT = re.compile(rf"\b(?:[Hh]e|[Ss]he)\b(?!/)|{_P}")
_LEAD_IN = re.compile(r"(?:^|,|[-–—:•*])\s*$")

_MALE = frozenset({"mr", "sir", "lord", "fr", "shri", "sri", "king", "rev fr", "his excellency", "brother", "tan sri"})
_FEMALE = frozenset({"ms", "mrs", "miss", "smt", "dame", "lady", "sister", "sr", "madam", "mme", "queen"})
_LOOKBACK = 420
_FEWEST_GAPS = 8
_STOP = re.compile(r"[.!?,](?=\s)")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of saying in the text: where it stands, whether it is a participle, what it may govern."""

    start: int
    end: int
    form: str
    participle: bool
    cue: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """Who says something: the speakers, and where the words that name them begin."""

    speakers: tuple[Speaker, ...]
    start: int
    bare: bool = False
    """Whether the verb shares the subject of the verb before it ("explained ... and stressed ...")."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A release as a stage: its text, the masked text, the sentences, and everybody who may speak, by place."""

    text: str
    masked: str
    people: dict[int, PersonMention]
    organizations: dict[int, OrganizationMention]
    offices: dict[str, tuple[PersonMention, ...]]
    genders: dict[str, str]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    subjects: dict[int, Subject | None] = field(default_factory=dict)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence, or the line of one, in which a character stands."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        return (self.starts[index], max(self.ends[index], at)) if self.starts else (0, len(self.text))


def read_scene(
    doc: Doc,
    people: tuple[PersonMention, ...],
    organizations: tuple[OrganizationMention, ...],
    quotes: Iterable[tuple[int, int]],
) -> Scene:
    """The scene of a document; `quotes` are the spans of words inside quotation marks."""
    spans = doc.spans.get("report_mentions", ())
    titles = [(span.start_char, span.end_char) for span in spans if span.label_ == "TITLE"]
    honorifics = [(span.start_char, span.end_char) for span in spans if span.label_ == "HONORIFIC"]
    named = [(person.evidence.start, person.evidence.end) for person in people]
    bodies = [(body.evidence.start, body.evidence.end) for body in organizations]
    # John “Jack” Quill: the marks belong to the name.
    quotes = [(start, end) for start, end in quotes if not any(a <= start and end <= b for a, b in named)]
    fills = ((bodies, ORG), (titles, TITLE), (honorifics, HONORIFIC), (named, PERSON), (quotes, QUOTED))
    text = _with_stops(doc.text)
    masked = _masked(text, fills)
    bounds = list(_sentence_bounds(doc) if text is doc.text else _bounds_by_stops(text))
    scene = Scene(
        text=doc.text,
        masked=masked,
        people={person.evidence.start: person for person in people},
        organizations={body.evidence.start: body for body in organizations},
        offices=_offices(doc.text, masked, people, titles),
        genders=_genders(people),
        starts=tuple(start for start, _ in bounds),
        ends=tuple(end for _, end in bounds),
    )
    # In text order, so that a pronoun finds the subjects before it already there.
    for start, end in bounds:
        scene.subjects[start] = _leading_subject(scene, start, end)
    return scene


def find_verbs(scene: Scene) -> Iterator[Verb]:
    """Every form of a verb of saying outside quotation marks."""
    table = _verb_table()
    for match in _verb_pattern().finditer(scene.masked):
        participle, cue = table[" ".join(match.group().split())]
        yield Verb(match.start(), match.end(), match.group(), participle, cue)


def subject_before(scene: Scene, verb_start: int, floor: int) -> Subject | None:
    """The subject that leads up to the verb, in `text[floor:verb_start]`."""
    floor = max(floor, verb_start - _LOOKBACK)
    left = _without_adverbs(scene.masked[floor:verb_start])
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
    pronoun = re.match(r"\s+(he|she)\b", right)
    if pronoun:
        who = antecedent(scene, verb_end, pronoun.group(1))
        return Subject((who,), verb_end) if who else None
    match = _RUN.search(right)
    if match and not re.search(
        r"[.;!?](?=\s+[A-Z\ue000-\ue003])(?<!\b\w\.)|\n|\bthat\b|\bto\b", right[: match.start()]
    ):
        if _POSSESSIVE.match(right, match.end()):
            return None
        return _with_other(scene, verb_end + match.start(), verb_end + match.end(), verb_end + match.start())
    body = re.match(rf"\s+(?:the\s+|The\s+)?({_O})", right)
    speaker = scene.organizations.get(verb_end + body.start(1)) if body else None
    if body and speaker and not _POSSESSIVE.match(right, body.end()):
        return Subject((speaker,), speaker.evidence.start)
    role = re.match(rf"\s+the\s+({_T}|{_roles()})(?!\w)", right, re.IGNORECASE)
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
        fitting = [p for p in people if scene.genders.get(_surname(p.name), gender) == gender]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


def _with_stops(text: str) -> str:
    """The text with a comma or full stop where a run of spaces is all that an old converter left of one.

    Only texts that have next to no punctuation of their own are touched; the length stays the same.
    """
    if text.count("  ") < _FEWEST_GAPS or len(_STOP.findall(text)) * 150 > text.count(" "):
        return text

    def stop(match: re.Match[str]) -> str:
        following = text[match.end() : match.end() + 1]
        return ("." if following.isupper() else ",") + " " * (len(match.group()) - 1)

    return re.sub(r"(?<=\w) {2,}(?=\w)", stop, text)


def _bounds_by_stops(text: str) -> Iterator[tuple[int, int]]:
    cuts = [match.end() for match in re.finditer(r"[.!?] +|\n", text)]
    for first, last in pairwise([0, *cuts, len(text)]):
        if text[first:last].strip():
            yield first, last


def _masked(text: str, fills: Iterable[tuple[Iterable[tuple[int, int]], str]]) -> str:
    marks = list(text)
    for spans, symbol in fills:
        for start, end in spans:
            marks[start:end] = symbol * (end - start)
    return "".join(marks)


def _sentence_bounds(doc: Doc) -> Iterator[tuple[int, int]]:
    """The sentences, each broken at line breaks: a line of a list or a heading is a sentence of its own."""
    text = doc.text
    for sent in doc.sents:
        start = sent.start_char
        breaks = [match.start() for match in re.finditer(r"\n", text[start : sent.end_char])]
        for first, last in pairwise([-1, *breaks, sent.end_char - start]):
            if text[start + first + 1 : start + last].strip():
                yield start + first + 1, start + last


def _offices(
    text: str, masked: str, people: tuple[PersonMention, ...], titles: list[tuple[int, int]]
) -> dict[str, tuple[PersonMention, ...]]:
    """For each office ("minister", "vice president"), the people whose name stands beside it."""
    held: dict[str, list[PersonMention]] = {}
    by_start = {person.evidence.start: person for person in people}
    by_end = {person.evidence.end: person for person in people}
    for start, end in titles:
        after = re.match(rf"[\s,]*(?:{_O}[\s,]+)?(?:{_H}\s*)*(?={PERSON})", masked[end : end + 120])
        before = re.search(rf"{PERSON}{_SUFFIX}\s*,?\s*(?:the\s+)?$", masked[max(0, start - 80) : start])
        holder = by_start.get(end + after.end()) if after else None
        if holder is None and before:
            holder = by_end.get(max(0, start - 80) + before.start() + 1)
        if holder:
            for key in _office_keys(text[start:end]):
                held.setdefault(key, []).append(holder)
    return {key: tuple(holders) for key, holders in held.items()}


def _office_keys(title: str) -> set[str]:
    """The short forms by which an office is taken up again: "Minister for Law" -> "minister".

    >>> sorted(_office_keys("U.S. Senator")), sorted(_office_keys("Deputy Prime Minister of Ruland"))
    (['senator', 'u.s. senator'], ['deputy prime minister', 'deputy prime minister of ruland', 'prime minister'])
    """
    full = " ".join(title.lower().split())
    short = re.split(r"\s(?:of|for|to)\s|,", full)[0]
    words = short.split()
    keys = {full, short, " ".join(words[-2:])}
    if not words[:-1] or words[-2] not in {"vice", "deputy", "assistant", "former", "prime", "associate", "acting"}:
        keys.add(words[-1] if words else full)
    return keys


def _genders(people: tuple[PersonMention, ...]) -> dict[str, str]:
    genders: dict[str, str] = {}
    for person in people:
        honorific = (person.honorific or "").lower().replace(".", "").strip()
        if honorific in _MALE or honorific in _FEMALE:
            genders[_surname(person.name)] = "m" if honorific in _MALE else "f"
    return genders


def _surname(name: str) -> str:
    words = [word for word in name.lower().replace(",", " ").split() if word not in {"jr.", "jr", "sr.", "ii", "iii"}]
    return words[-1] if words else ""


@cache
def _verb_table() -> dict[str, tuple[bool, bool]]:
    """For each form: whether it is a participle, and whether it may stand beside a quotation."""
    rules = load_rules("speech")
    table: dict[str, tuple[bool, bool]] = dict.fromkeys(rules.terms("foreign_verbs"), (False, True))
    for name, cue in (("clause_verbs", False), ("cue_verbs", True)):
        for entry in rules.terms(name):
            past, third, participle, _ = (form.replace("_", " ") for form in entry.split())
            table |= {past: (False, cue), third: (False, cue), participle: (True, cue)}
    return table


@cache
def _verb_pattern() -> re.Pattern[str]:
    """All forms; grouped by first letter, which spares the matcher most of the comparisons."""
    groups: dict[str, list[str]] = {}
    for form in _verb_table():
        groups.setdefault(form[0], []).append(form[1:])
    branches = [initial + alternation_of_tails(tails) for initial, tails in sorted(groups.items())]
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(branches) + r")(?![\w’'-])")


def alternation_of_tails(tails: list[str]) -> str:
    """An alternation of word endings, longest first; spaces match any white space within a line."""
    return "(?:" + "|".join(re.escape(t).replace(r"\ ", "[ \xa0]+") for t in sorted(tails, key=len, reverse=True)) + ")"


@cache
def _roles() -> str:
    return alternation(load_rules("speech").terms("roles"))


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(load_rules("speech").terms("adverbs"))


@cache
def _adverb_phrases() -> re.Pattern[str]:
    phrases = tuple(term for term in _adverbs() if " " in term)
    days = r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    return re.compile(rf",?\s+(?:{alternation(phrases)}|{days}),?\s*$")


def _without_adverbs(left: str) -> str:
    """What stands before the verb, without "also", "has", "in his speech" and their like next to it."""
    while True:
        match = re.search(r",?\s+\(?([a-z]+),?\s*$", left)
        if match and (match.group(1) in _adverbs() or (match.group(1).endswith("ly") and len(match.group(1)) > 4)):
            left = left[: match.start()] + " "
            continue
        phrase = _adverb_phrases().search(left)
        if not phrase:
            return left
        left = left[: phrase.start()] + " "


def _person_before(scene: Scene, left: str, floor: int) -> Subject | None:
    runs = list(_RUN.finditer(left))
    for nearness, run in enumerate(reversed(runs[-3:])):
        gap = left[run.end() :]
        if _POSSESSIVE.match(gap):
            continue
        if nearness == 0 and (_BARE_GAP.match(gap) or _WHO_GAP.match(gap) or _NOUN_GAP.match(gap)):
            return _person_subject(scene, left, floor, run)
        if nearness == 0 and _OCCASION_GAP.match(gap) and not _verb_pattern().search(gap):
            return _person_subject(scene, left, floor, run)
        if _CLAUSE_GAP.match(gap) and not _splits_clause(gap):
            return _person_subject(scene, left, floor, run)
    return None


def _splits_clause(gap: str) -> bool:
    """Whether what looks like an apposition holds a verb of saying or ends a sentence: then it is none."""
    return bool(_verb_pattern().search(gap) or re.search(r"(?<![\W_].)\.\s+[A-Z]|,?\s+and\s+(?:he|she)\b", gap))


def _person_subject(scene: Scene, left: str, floor: int, run: re.Match[str]) -> Subject | None:
    person = scene.people.get(floor + run.start())
    phrase = _NOUN_PHRASE.search(left[: run.start()])
    begin = phrase.start() if phrase else run.start()
    before = left[:begin]
    # "Director of the Institute, Ada Quill said": the comma ends the phrase to which the preposition belongs.
    set_off = "," in left[begin : run.start()]
    if person is None or (_PREPOSITION.search(before) and not set_off):
        return None
    first = _joined_before(scene, before, floor)
    return Subject((first[0], person), first[1]) if first else Subject((person,), floor + begin)


def _joined_before(scene: Scene, before: str, floor: int) -> tuple[PersonMention, int] | None:
    """The person, or the holder of an office, whom "and" joins to the name that follows."""
    other = _AND_OTHER.search(before)
    person = scene.people.get(floor + other.start()) if other else None
    if other and person:
        return person, floor + other.start()
    role = re.search(rf"\b[Tt]he\s+({_T}|(?i:{_roles()}))\s+and\s+$", before)
    holder = _office_holder(scene, floor + role.start(1), floor + role.end(1)) if role else None
    return (holder, floor + role.start()) if role and holder else None


def _pronoun_before(scene: Scene, left: str, floor: int) -> Subject | None:
    match = _PRONOUN.search(left)
    if not match:
        return None
    person = antecedent(scene, floor + match.start(), match.group(1))
    return Subject((person,), floor + match.start()) if person else None


def _organization_before(scene: Scene, left: str, floor: int) -> Subject | None:
    match = re.search(rf"({_O})(?:\s*\([^()\n]{{1,30}}\))?,?\s*$", left) or re.match(
        rf"\W*(?:(?:Today|[Tt]he),?\s+)*({_O})(?:\s*\([^()\n]{{1,30}}\))?,[^;\n]{{1,200}},\s*$", left
    )
    if not match:
        return None
    before = re.sub(r"(?:\b[Tt]he\s+)$", "", left[: match.start()])
    body = scene.organizations.get(floor + match.start(1))
    if body is None or _PREPOSITION.search(before) or re.search(r"\b(?:and|or)\s*$|['’]s?\s*$", before):
        return None
    return Subject((body,), floor + match.start(1))


def _role_before(scene: Scene, left: str, floor: int) -> Subject | None:
    match = re.search(rf"(?:\b[Tt]he\s+|^\W*)({_T}|(?i:{_roles()}))\s*,?\s*$", left)
    if not match or _PREPOSITION.search(left[: match.start()]):
        return None
    holder = _office_holder(scene, floor + match.start(1), floor + match.end(1))
    return Subject((holder,), floor + match.start()) if holder else None


def _office_holder(scene: Scene, start: int, end: int) -> PersonMention | None:
    """The last-named holder of an office, where the release names only one before this place."""
    key = " ".join(scene.text[start:end].lower().split())
    holders = [p for p in scene.offices.get(key, ()) if p.evidence.start < start]
    return holders[-1] if len({_surname(p.name) for p in holders}) == 1 else None


def _shared_subject(scene: Scene, left: str, floor: int) -> Subject | None:
    """The subject of the sentence, for a verb that follows "and" or a comma without a subject of its own."""
    if not _AND.search(left):
        return None
    subject = main_subject(scene, floor + len(left) - 1)
    return Subject(subject.speakers, subject.start, bare=True) if subject else None


def _leading_subject(scene: Scene, start: int, end: int) -> Subject | None:
    masked = scene.masked[start:end]
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
    role = re.match(rf"\W*(?:[^.;\n]{{0,120}},\s*)?[Tt]he\s+({_T}|(?i:{_roles()}))(?=\s)", masked)
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
    if len({_surname(person.name) for person in named}) != 1:
        return None
    return Subject((named[-1],), named[-1].evidence.start)
