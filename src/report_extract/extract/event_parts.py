"""Who holds an event: organizers, hosts, sponsors and partners, bodies and people.

They are told around the name ("the forum was organised by A and B", "A and B will host the forum", "A's forum", "the
forum by A"), inside it (the "Reef Institute Symposium" is the Reef Institute's), or in a sentence of its own ("The
conference is jointly organised by A and B"), which speaks of the event named last before it. Who works together with
those who hold an event ("in collaboration with B") holds it too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from report_extract.evidence import Evidence
from report_extract.extract.mentions import EventPart, OrganizationMention, PersonMention
from report_extract.rules import load_rules

Holder = OrganizationMention | PersonMention
_Role = Literal["organizer", "host", "sponsor", "partner"]

_ROLES_OF_VERBS: dict[str, _Role] = {"hosted": "host", "sponsored": "sponsor", "supported": "sponsor"}
# From the verb to the name of what is held stand at most so many characters.
_REACH = 120
_BETWEEN = re.compile(
    r"(?:\s|[,;:“”\"()]|\b(?:and|the|of|its|as|well|both|jointly|together|project|by|co-?host(?:ed)?|with)\b|&|['’]s?\b"
    r"|\([^()]*\)|\bin (?:partnership|collaboration|cooperation|co-operation|association|conjunction)\b"
    r"|(?:[A-Z][\w.’'-]*\s*)|T)*+"
)
_TO_VERB = re.compile(r"(?:\s*\([^()]*\))?(?:,[^.;:\n]{1,140},)?\s*(?:\w+ly |today |yesterday |also |jointly )*$")
_TO_FRAME = re.compile(r"\)?(?:\s*\([^()]*\))?(?:,[^.;:\n]{1,90},)?\s*(?:[\w’'-]+\s+){0,4}")
_JOINED = re.compile(r"[^.;:\n]{0,160}?(?:,|\band\b|&)[^.;:\n]{0,80}")
_TO_HOST = re.compile(r"(?:\s*\([^()]*\))?\s+(?:(?i:to|jointly|successfully|will)\s+)*")
_ADDED_GAP = re.compile(r"(?:\s*\([^()]*\))?\s+(?:of|by)\s+(?:the\s+)?")
_OF_UNIT = re.compile(r"(?:\s*\([^()]*\))?(?:,\s*|\s+(?:of|at)\s+(?:the\s+)?)")
# Units from small to large: a larger one right behind a comma is the one that the smaller belongs to.
_RANKS = (
    r"Laborator|Section|Chair\b|Cent(?:re|er)\b|Office\b|Observatory\b|Program",
    r"Department|Division|Institute\b",
    r"Faculty|School|College\b",
    r"Universit|Ministr|Polytechnic|Academy",
)
_OWNER_GAP = re.compile(
    r"(?:['’]s?\s+(?:(?!(?:at|in|of|on|for|to|from|with|and|the|by|during|about)\b)[\w’-]+\s+){0,4}$)|(?:['’]s?)?\s+(?:(?:annual|first|second|third|\d+(?:st|nd|rd|th)|inaugural|upcoming|own|regular|monthly|latest)\s+)*$"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """A release's text and all who may hold something, in text order; `names` are the bodies' names folded."""

    text: str
    organizations: Sequence[OrganizationMention]
    people: Sequence[PersonMention]
    names: Sequence[str]

    @classmethod
    def of(cls, text: str, organizations: Sequence[OrganizationMention], people: Sequence[PersonMention]) -> Cast:
        """The cast in text order."""
        bodies = sorted(organizations, key=lambda body: body.evidence)
        persons = sorted(people, key=lambda person: person.evidence)
        return cls(text, bodies, persons, [_folded(body.name) for body in bodies])

    def bodies(self, start: int, end: int) -> list[OrganizationMention]:
        """Bodies named between two places."""
        first = bisect_left(self.organizations, start, key=lambda body: body.evidence.start)
        last = bisect_left(self.organizations, end, key=lambda body: body.evidence.start)
        return [body for body in self.organizations[first:last] if body.evidence.end <= end]

    def holders(self, start: int, end: int) -> list[Holder]:
        """Bodies and people named between two places, in text order; a person inside a body's name is none."""
        bodies = self.bodies(start, end)
        first = bisect_left(self.people, start, key=lambda person: person.evidence.start)
        last = bisect_left(self.people, end, key=lambda person: person.evidence.start)
        within = {place for body in bodies for place in range(body.evidence.start, body.evidence.end)}
        free = [one for one in self.people[first:last] if one.evidence.end <= end and one.evidence.start not in within]
        return sorted([*bodies, *free], key=lambda holder: holder.evidence)


def parts_around(cast: Cast, name: str | None, form: Evidence, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """What the sentence `bounds` in which an event is named (at `form`) says of its holders."""
    yield from _held_by(cast, bounds)
    yield from _holds(cast, form, bounds)
    yield from _owners(cast, name, form, bounds)


def parts_in(cast: Cast, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """What a sentence that takes an event up ("The conference was organised by A and B") says of its holders."""
    yield from _held_by(cast, bounds)


def doers(cast: Cast, frame: Evidence, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """The body that does what a verb frame tells ("the Reef Board on Friday swore in ..."): it holds the event."""
    before = cast.bodies(bounds[0], frame.start)
    if before and _TO_FRAME.fullmatch(cast.text[before[-1].evidence.end : frame.start]):
        yield EventPart(before[-1], "organizer", before[-1].evidence)


def _held_by(cast: Cast, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """ "organised by A and B, in partnership with C"."""
    for match in _rule("events.held-by").finditer(cast.text, *bounds):
        role = _ROLES_OF_VERBS.get(match["verb"].lower(), "organizer")
        yield from (EventPart(one, role, one.evidence) for one in _listed(cast, match.end(), bounds[1]))
    for match in _rule("events.held-with").finditer(cast.text, *bounds):
        yield from (EventPart(one, "organizer", one.evidence) for one in _listed(cast, match.end(), bounds[1]))


def _holds(cast: Cast, form: Evidence, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """ "A, together with B, will host the forum"."""
    for match in _rule("events.holds").finditer(cast.text, bounds[0], form.start):
        if form.start - match.end() > _REACH or re.search(r"\.\s", cast.text[match.end() : form.start]):
            continue
        role: _Role = "host" if "host" in match["verb"].lower() else "organizer"
        yield from (EventPart(one, role, one.evidence) for one in _subjects(cast, bounds[0], match.start()))
        for partner in _rule("events.partner").finditer(cast.text, form.start, bounds[1]):
            yield from (EventPart(one, role, one.evidence) for one in _listed(cast, partner.end(), bounds[1]))


def _subjects(cast: Cast, start: int, verb: int) -> Iterator[Holder]:
    """Bodies that stand before the verb, and people whose clause leads up to it."""
    reached = verb
    for holder in reversed(cast.holders(start, verb)):
        between = cast.text[holder.evidence.end : reached]
        if isinstance(holder, OrganizationMention):
            yield holder
        elif _TO_VERB.fullmatch(between) or (reached < verb and _JOINED.fullmatch(between)):
            yield holder
            reached = holder.evidence.start


def _owners(cast: Cast, name: str | None, form: Evidence, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """The body with whose name the event's begins, that stands as owner before it, or that "of" or "by" adds."""
    for body in cast.bodies(*bounds):
        place = body.evidence
        before, after = cast.text[place.end : form.start], cast.text[form.end : place.start]
        # "the Reef Board's 25th regatta" may be read as one phrase.
        inside = form.start <= place.start and place.end < form.end and cast.text[place.end] in "'’"
        owns = inside or (place.end <= form.start and _OWNER_GAP.fullmatch(before))
        if owns:
            yield EventPart(body, "organizer", place)
        elif form.end <= place.start and _ADDED_GAP.fullmatch(after):
            listed = _listed(cast, place.start, bounds[1])
            # Who signs, opens or unveils something by that holds no event.
            done = form.rule.startswith("occasions.")
            kept = (one for one in listed if not done or isinstance(one, OrganizationMention))
            yield from (EventPart(one, "organizer", one.evidence) for one in kept)
    if name:
        yield from _named_after(cast, name)


def _named_after(cast: Cast, name: str) -> Iterator[EventPart]:
    words = _folded(name)
    fitting = [n for n, known in enumerate(cast.names) if words.startswith(known + " ")] or [
        n for n, known in enumerate(cast.names) if words.endswith((f" of {known}", f" of the {known}"))
    ]
    if fitting:
        body = cast.organizations[max(fitting, key=lambda n: (len(cast.names[n]), -n))]
        yield EventPart(body, "organizer", body.evidence)


def _listed(cast: Cast, start: int, end: int) -> Iterator[Holder]:
    """Those listed from `start` on, as long as only commas, "and", titles and brackets stand between them."""
    here, rank = start, len(_RANKS)
    for holder in cast.holders(start, end):
        if holder.evidence.start < here:
            continue
        between = cast.text[here : holder.evidence.start]
        if not _BETWEEN.fullmatch(between):
            return
        # "the Faculty of Salt, Reef University" is one holder: the unit.
        if rank < 0 or not _OF_UNIT.fullmatch(between) or _rank(holder) <= rank:
            yield holder
        rank, here = _rank(holder), holder.evidence.end


def _rank(holder: Holder) -> int:
    """How large a unit the name tells: the last rank that fits, and none for a body of another sort."""
    return max((n for n, words in enumerate(_RANKS) if re.search(rf"\b(?:{words})", holder.name)), default=-1)


def hosts_in_headline(cast: Cast, headline: tuple[int, int]) -> Iterator[EventPart]:
    """The body of a headline that says who holds what: "Reef Board to Host Tide Forum"."""
    for match in _rule("events.holds").finditer(cast.text, *headline):
        before = cast.bodies(headline[0], match.start())
        if before and _TO_HOST.fullmatch(cast.text, before[-1].evidence.end, match.start()):
            role: _Role = "host" if "host" in match["verb"].lower() else "organizer"
            yield EventPart(before[-1], role, before[-1].evidence)


def _folded(name: str) -> str:
    return " ".join(re.findall(r"[\w’'-]+", re.sub(r"^(?:The|the)\s+", "", name))).casefold()


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern
