"""A release as a stage: its text with every name masked, its sentences, and everybody who may speak.

Theory. The masked text has the length of the cleaned text, but each name, office, honorific and quotation is filled
with one private character. A noun phrase such as "Prof. Ada Quill, Director of the Harbour Institute," is then a short
run of symbols, and grammar can be written as a few patterns that never see a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.extract.mentions import OrganizationMention, PersonMention

Speaker = PersonMention | OrganizationMention

PERSON, ORG, TITLE, HONORIFIC, QUOTED = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
SUFFIX = r"(?:,?\s*(?:Jr\.?|Sr\.?|I{2,3}|IV|MPs?|MEP|MLA|Ph\.?\s?D\.?|[A-Z]{2,5}|\([^()\n]{1,60}\))){0,2}"

_MALE = frozenset(
    {"mr", "sir", "lord", "fr", "shri", "sri", "king", "his", "brother", "ratu", "encik", "tuan", "prince", "baron"}
)
_FEMALE = frozenset(
    {"ms", "mrs", "miss", "smt", "dame", "lady", "sister", "sr", "madam", "mme", "queen", "her", "puan", "datin", "cik"}
)
_STYLE = re.compile(r"\b(?:His|Her)\s+(?:Excellency|Honour|Honor|Worship|Majesty|Highness|Grace)\b", re.I)
_FEWEST_GAPS = 8
_STOP = re.compile(r"[.!?,](?=\s)")
# The gap after these words was the stop of an abbreviation ("Sen  Quill", "U S  beef").
_SHORTENED = re.compile(r"(?<!\w)(?:[A-Z]|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Dr|Mr|Mrs|Ms|St|Hon|Prof|Jr|No|vs)$")
_LEAD_IN = re.compile(
    r"\s*(?:After|Before|When|While|If|As|Although|Though|Since|During|At|In|On|By|Under|Through"
    r"|Today|Yesterday|Last \w+|Earlier|For|Following|Once|Unfortunately)(?: [\w'’-]+){0,22}$"
)


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


def set_scene(
    doc: Doc,
    people: tuple[PersonMention, ...],
    organizations: tuple[OrganizationMention, ...],
    quotes: Iterable[tuple[int, int]],
) -> Scene:
    """The scene of a document, its subjects yet to be found; `quotes` are the words inside quotation marks."""
    spans = doc.spans.get("report_mentions", ())
    titles = [(span.start_char, span.end_char) for span in spans if span.label_ == "TITLE"]
    honorifics = [(span.start_char, span.end_char) for span in spans if span.label_ == "HONORIFIC"]
    named = [(person.evidence.start, person.evidence.end) for person in people]
    bodies = [(body.evidence.start, body.evidence.end) for body in organizations]
    # John “Jack” Quill: the marks belong to the name.
    quotes = [(start, end) for start, end in quotes if not any(a <= start and end <= b for a, b in named)]
    fills = ((bodies, ORG), (titles, TITLE), (honorifics, HONORIFIC), (named, PERSON), (quotes, QUOTED))
    plain = text_of(doc)
    text = _with_stops(plain)
    masked = _masked(text, fills)
    bounds = list(_sentence_bounds(doc) if text is plain else _bounds_by_stops(text))
    return Scene(
        text=plain,
        masked=masked,
        people={person.evidence.start: person for person in people},
        organizations={body.evidence.start: body for body in organizations},
        offices=_offices(plain, masked, people, titles),
        genders=_genders(people),
        starts=tuple(start for start, _ in bounds),
        ends=tuple(end for _, end in bounds),
    )


def _with_stops(text: str) -> str:
    """The text with a comma or full stop where a run of spaces is all that an old converter left of one.

    Only texts that have next to no punctuation of their own are touched; the length stays the same.
    """
    if text.count("  ") < _FEWEST_GAPS or len(_STOP.findall(text)) * 150 > text.count(" "):
        return text

    def stop(match: re.Match[str]) -> str:
        if _SHORTENED.search(text, max(0, match.start() - 8), match.start()):
            return match.group()
        opens = text[match.end() : match.end() + 1].isupper() and not _leads_in(text, match.start())
        return ("." if opens else ",") + " " * (len(match.group()) - 1)

    return re.sub(r"(?<=\w) {2,}(?=\w)", stop, text)


def _leads_in(text: str, end: int) -> bool:
    """Whether what ends here only leads in to a sentence: "After the vote", "At the hearing today"."""
    start = max(text.rfind("  ", 0, end), text.rfind("\n", 0, end)) + 1
    return bool(_LEAD_IN.match(text, start, end))


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
    """The sentences with the space after them, broken at line breaks: a line of a list or a heading is its own."""
    text = text_of(doc)
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char + len(sent[-1].whitespace_)
        breaks = [match.start() for match in re.finditer(r"\n", text[start:end])]
        for first, last in pairwise([-1, *breaks, end - start]):
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
        after = re.match(
            rf"(?:\s+(?:of|for|to)\s+(?:the\s+)?(?:(?:[A-Z][\w’'-]*+\s?){{1,4}}+|{ORG}++)(?:\s*\([^()\n]{{1,12}}\))?)?"
            rf"[\s,]*+(?:{ORG}++[\s,]++)?(?:{HONORIFIC}++[\s,]*+)*+(?={PERSON})",
            masked[end : end + 120],
        )
        before = re.search(
            rf"{PERSON}{SUFFIX}\s*,?\s*(?:the\s+)?(?:{ORG}+(?:['’]s)?\s+)?$", masked[max(0, start - 80) : start]
        )
        holder = by_start.get(end + after.end()) if after else None
        if holder is None and before:
            holder = by_end.get(max(0, start - 80) + before.start() + 1)
        if holder:
            for key in _office_keys(text[start:end]):
                held.setdefault(key, []).append(holder)
    for person in people:
        # "His Excellency" alone takes up the person who was introduced so.
        if style := _STYLE.search(person.honorific or ""):
            held.setdefault(" ".join(style.group().lower().split()), []).append(person)
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
        words = set(re.findall(r"\w+", (person.honorific or "").lower()))
        is_male, is_female = bool(words & _MALE), bool(words & _FEMALE)
        # "Puan Sri" is a lady although "Sri" alone is a gentleman.
        if is_male or is_female:
            genders[surname(person.name)] = "f" if is_female else "m"
    return genders


def surname(name: str) -> str:
    """The last word of a name in small letters, without "Jr." and its like."""
    words = [word for word in name.lower().replace(",", " ").split() if word not in {"jr.", "jr", "sr.", "ii", "iii"}]
    return words[-1] if words else ""
