"""The lines of a programme: which talk is given, by whom, and as what.

Theory. A programme is read line by line. A line begins with a clock time ("9:30 - 10:00 Reefs and People, Ada Quill"),
or stands under one; where a programme has no times, a line counts that sets a speaker and a title apart ("Prof. Ada
Quill: Reefs and People", "Reefs and People by Ada Quill"), or a title whose speaker has the next line. Breaks, welcomes
and speeches have no title of their own; those who give them have a role. A sentence is no line of a programme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at, text_of
from report_extract.extract.date_clock import clock_times
from report_extract.extract.mentions import PersonMention
from report_extract.extract.name_lists import people_between
from report_extract.rules import alternation, load_rules
from report_extract.schema import Role, SessionKind

_SILENT = frozenset({"CHROME", "ABOUT", "CONTACT"})
# Who gives one of these often has the next line: "Opening Address" / "Prof. Ada Quill, Dean".
_SPEECHES = frozenset({"opening_remarks", "closing_remarks", "keynote"})
# "0930" is a time in a column of its own, or with "hrs"; "2019" is a year.
_HOUR = (
    r"(?:(?!19|20)(?:[01]\d|2[0-3])[0-5]\d(?=\s{2,}|\s?hrs?\b)\s?(?:hrs?\b)?"
    r"|(?!19|20)(?:0[6-9]|1\d|2[0-2])[0-5]\d(?=\s[A-Z])|\d{1,2}h[0-5]\d\b"
    r"|\d{1,2}(?:[:.]\d{2}|(?=\s?[ap]\.?m))\s?(?:[ap]\.?m\b\.?|hrs?\b|h\b|noon\b)?)"
)
_ZONE = r"(?:\s*\(?(?-i:UTC|GMT|[A-Z]{1,4}[SD]T|CET|EET|SGT|ICT|PHT|MYT|WIB|WIT|EAT|CAT|WAT|HKT)(?:[+-]\d{1,2})?\b\)?)?"
_CLOCK = re.compile(rf"(?:from\s+)?{_HOUR}(?:\s*(?:-|–|—|to|until)\s*{_HOUR})?{_ZONE}\s*[:.|–—-]*\s*", re.I)
# The hour, the minutes and the half of the day of a clock time.
_PARTS = re.compile(r"(\d{1,2}?)(?:[:.h]?(\d{2}))?(?!\d)\s?(?:([ap])\.?m\b|hrs?|h\b|noon)?", re.I)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BULLET = re.compile(r"[\s*•·▪◦⁃○□●>|–—-]*(?:\d{1,2}[.)]\s+(?=[\"“A-Z]))?")
# What may stand before the first name of a line that begins with its speaker.
_LED_IN = re.compile(r"(?:(?:[A-Z][\w.’'-]*+|\([^()]*\))\s*+){0,6}+")
_AFTER_SPEAKER = re.compile(r"\s*(?:\([^()\n]{1,60}\)\s*)?(?::|\s?[-–—])\s*(?P<title>\S.*)")
_BEFORE_SPEAKER = re.compile(r"\s+by\s+|\s+with\s+|\s*[:;(–—]\s*|,\s+|\s-\s*")
# “Reefs and People” – Ada Quill; words that end with a stop are a quotation.
_QUOTED_TITLE = re.compile(r"[\"“«„][^\"”»“\n]{8,200}[^.,!?…\"”»“\n][\"”»“]\s+[-–—]\s")
_QUOTES = "\"“”„‘’'*_ .,;:-–—|"
_SENTENCE = re.compile(
    r"[a-z](?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bAsst)(?<!\bAssoc)(?<!\bHon)(?<!\bRev)"
    r"\.(?:\s+[A-Z“]|\s*$)|\b(?:will be|has been|have been)\b"
)
_LONGEST, _ENTRY_WORDS = 250, 45


@dataclass(frozen=True, slots=True)
class Talk:
    """A line of a programme: the place of its title (if it has one), who gives it, as what, and the whole line.

    `times` are the clock times before it, HH:MM; `reach` is where the next line with one begins, None without.
    """

    title: tuple[int, int] | None
    kind: SessionKind
    number: str | None
    people: tuple[PersonMention, ...]
    role: Role
    extent: tuple[int, int]
    rule: str
    times: tuple[str | None, str | None] = (None, None)
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: where it and its words begin, where it ends, and the clock time that leads it."""

    start: int
    body: int
    end: int
    clock: str = ""

    @property
    def timed(self) -> bool:
        """Whether a clock time leads the line."""
        return bool(self.clock)


def find_talks(doc: Doc, people: Sequence[PersonMention]) -> tuple[Talk, ...]:
    """Every line of a programme that has a title or a speaker, in text order."""
    ordered = sorted(people, key=lambda person: person.evidence)
    return tuple(_Programme(doc, ordered).talks())


class _Programme:
    """One release as lines, with the people and offices that they name."""

    def __init__(self, doc: Doc, people: Sequence[PersonMention]) -> None:
        self.text, self.people = text_of(doc), people
        self.lines = [line for line in _lines(text_of(doc)) if section_at(doc, line.start) not in _SILENT]
        self.titles = [(span.start_char, span.end_char) for span in mentions_of(doc, "TITLE", "ORG")]
        self.timed = sum(line.timed for line in self.lines) > 1

    def talks(self) -> Iterator[Talk]:
        n = 0
        while n < len(self.lines):
            line = self.lines[n]
            if self.timed and line.timed:
                talk, n = self._timed(n)
                if talk and (talk.title or talk.people):
                    reach = next((later.start for later in self.lines[n:] if later.timed), None)
                    yield replace(talk, times=_times(line.clock), reach=reach)
                continue
            talk = self._untimed(n)
            if talk:
                yield talk
            n += 1

    def _timed(self, n: int) -> tuple[Talk | None, int]:
        """The talk at a clock time: the words beside it or on the next line, and the speakers on the line after."""
        line, following = self.lines[n], n + 1
        if line.body >= line.end:
            if following >= len(self.lines) or self.lines[following].timed:
                return None, following
            line, following = self.lines[following], following + 1
        talk = self._entry(line)
        if talk and not talk.people and following < len(self.lines) and (talk.title or talk.role in _SPEECHES):
            below = self._speakers_only(self.lines[following])
            if below:
                extent = talk.extent[0], self.lines[following].end
                role = _role(self.text[line.body : line.end], "other", talk.role)
                return replace(talk, people=below, role=role, extent=extent), following + 1
        return talk, following

    def _entry(self, line: _Line) -> Talk | None:
        """What one line of a programme says; a line that is a sentence says nothing."""
        words = self.text[line.body : line.end]
        named = people_between(self.people, line.body, line.end)
        if len(words.split()) > _ENTRY_WORDS or (_SENTENCE.search(words) and not named):
            return None
        title = self._title(line)
        kind, number, title = _labelled(self.text, title)
        role = _role(words, kind, "speaker")
        if title and (_is_pause(self.text[slice(*title)]) or not _is_title(self.text[slice(*title)])):
            title = None
        return Talk(title, kind, number, tuple(named), role, (line.start, line.end), "programme.timed")

    def _title(self, line: _Line) -> tuple[int, int] | None:
        named = people_between(self.people, line.body, line.end)
        if not named:
            return line.body, line.end
        if _LED_IN.fullmatch(self.text[line.body : named[0].evidence.start]):
            return self._title_after(line, named)
        return self._title_before(line, named[0].evidence.start)

    def _title_after(self, line: _Line, named: Sequence[PersonMention]) -> tuple[int, int] | None:
        """ "Ada Quill (HI), Ben Roe: Reefs and People"; an office after the name is no title."""
        for person in named:
            match = _AFTER_SPEAKER.match(self.text, person.evidence.end, line.end)
            if match and not any(a <= match.start("title") < b for a, b in self.titles):
                return match.start("title"), line.end
        return None

    def _title_before(self, line: _Line, name: int) -> tuple[int, int] | None:
        """ "Reefs and People by Prof. Ada Quill": the title ends at the last break before the name."""
        breaks = list(_BEFORE_SPEAKER.finditer(self.text, line.body, name))
        for match in reversed(breaks[-2:]):
            between = self.text[match.end() : name]
            if _LED_IN.fullmatch(between) or any(a >= match.end() and b <= name for a, b in self.titles):
                end = match.start()
                cut = _cue_words().search(self.text, line.body, end)
                return line.body, cut.start() if cut else end
        return None

    def _speakers_only(self, line: _Line) -> tuple[PersonMention, ...]:
        """The people with whom a line begins that names nothing else but their offices and bodies."""
        named = people_between(self.people, line.body, line.end)
        lead = self.text[line.body : named[0].evidence.start] if named else "x"
        lead = re.sub(r"^(?:[Bb]y|[Ww]ith|[Ss]peakers?:|[Pp]resented by)\s+", "", lead)
        words = self.text[line.body : line.end]
        if line.timed or not _LED_IN.fullmatch(lead) or _SENTENCE.search(words) or len(words.split()) > _ENTRY_WORDS:
            return ()
        return tuple(named)

    def _untimed(self, n: int) -> Talk | None:
        """A line without a time: "Ada Quill: Title", or a title with "by Ada Quill" on it or under it."""
        line = self.lines[n]
        words = self.text[line.body : line.end]
        if len(words.split()) > _ENTRY_WORDS or not (self._in_programme(n) or _QUOTED_TITLE.match(words)):
            return None
        named = people_between(self.people, line.body, line.end)
        if named:
            title = self._title(line)
        else:
            below = self._speakers_only(self.lines[n + 1]) if n + 1 < len(self.lines) else ()
            title, named = ((line.body, line.end), below) if below else (None, ())
        if title is None or not named:
            return None
        kind, number, title = _labelled(self.text, title)
        shown = self.text[slice(*title)] if title else ""
        if not title or _is_pause(shown) or not _is_title(shown) or _SENTENCE.search(words):
            return None
        role = _role(words, kind, "speaker")
        return Talk(title, kind, number, tuple(named), role, (line.start, line.end), "programme.untimed")

    def _in_programme(self, n: int) -> bool:
        """Whether the lines around say that talks are given: an abstract or biography follows, or speakers are told."""
        near = self.text[self.lines[max(0, n - 4)].start : self.lines[min(n + 4, len(self.lines) - 1)].end]
        return bool(_programme_cue().search(near))


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        body, end = match.start(), match.end()
        bullet = _BULLET.match(text, body, end)
        body = bullet.end() if bullet else body
        clock = _CLOCK.match(text, body, end)
        body = clock.end() if clock else body
        bullet = _BULLET.match(text, body, end)
        body = bullet.end() if bullet and clock else body
        if clock is None or text[body : min(body + 1, end)].islower():
            yield _Line(match.start(), match.start() if clock else body, end)
        else:
            yield _Line(match.start(), body, end, clock.group())


def _times(clock: str) -> tuple[str | None, str | None]:
    """Start and end of a clock time as HH:MM: "9:30 - 10 am", "1400 hrs"."""
    groups: dict[str, str] = {}
    for n, part in enumerate(islice(_PARTS.finditer(clock), 2), 1):
        groups[f"t{n}"] = f"{part[1]}:{part[2] or '00'}"
        groups[f"p{n}"] = part[3] or ""
    return clock_times(groups)


def _labelled(text: str, title: tuple[int, int] | None) -> tuple[SessionKind, str | None, tuple[int, int] | None]:
    """The kind and number that a label before the title names ("Panel 2: ..."), and the bare title."""
    if title is None:
        return "other", None, None
    start, end = title
    kind: SessionKind = "other"
    number = None
    label = load_rules("programmes").rule("programmes.label").pattern.match(text, start, end)
    if label:
        kind, number = _kind(label["kind"]), label["number"]
        start = label.end()
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES and not _closes(text, start, end - 1):
        end -= 1
    return kind, number, (start, end) if end > start else None


def _closes(text: str, start: int, at: int) -> bool:
    """Whether the mark at a place closes one that the title opens: 'Life in the "Bay"' ends with its mark."""
    opening = {"”": "“", "»": "«", '"': '"', "’": "‘"}.get(text[at])
    return opening is not None and opening in text[start:at]


def _kind(label: str) -> SessionKind:
    words = re.findall(r"[a-z]+", label.lower())
    kinds: tuple[SessionKind, ...] = ("keynote", "panel", "plenary", "roundtable", "poster", "workshop", "session")
    return next((kind for kind in kinds if kind in words), "other")


def _role(words: str, kind: str, otherwise: Role) -> Role:
    """The part that a line gives to those whom it names."""
    rules = load_rules("programmes")
    roles: tuple[Role, ...] = ("opening_remarks", "closing_remarks", "keynote", "moderator", "chair", "host")
    for role in roles:
        if rules.rule(f"programmes.{role.replace('_', '-')}").pattern.search(words):
            return role
    return "panelist" if kind in ("panel", "roundtable") else otherwise


def _is_title(words: str) -> bool:
    long_words = [word for word in words.split() if len(word) > 3]
    return bool(long_words) and not words[0].islower() and len(words) < _LONGEST


def _is_pause(words: str) -> bool:
    return bool(load_rules("programmes").rule("programmes.pause").pattern.match(words))


@cache
def _programme_cue() -> re.Pattern[str]:
    return load_rules("programmes").rule("programmes.cue").pattern


@cache
def _cue_words() -> re.Pattern[str]:
    """ "hosted", "Session chair" and their like at the end of a title, before the name."""
    terms = alternation(load_rules("programmes").terms("before_names"))
    return re.compile(rf"(?i)[\s,(–—-]*\b(?:{terms})\s*$")
