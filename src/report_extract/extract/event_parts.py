"""Who holds an event: organizers, hosts, sponsors and partners, bodies and people.

They are told around the name ("the forum was organised by A and B", "A and B will host the forum", "A's forum", "the
forum by A"), inside it (the "Reef Institute Symposium" is the Reef Institute's), or in a sentence of its own ("The
conference is jointly organised by A and B"), which speaks of the event named last before it. Who works together with
those who hold an event ("in collaboration with B") holds it too.
"""

from __future__ import annotations

import re
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
    r"(?:\s|[,;:“”\"]|\b(?:and|the|of|its|as|well|both|jointly|together|project|by|co-?host(?:ed)?|with)\b|&|['’]s?\b"
    r"|\([^()]*\)|\bin (?:partnership|collaboration|cooperation|co-operation|association|conjunction)\b"
    r"|(?:[A-Z][\w.’'-]*\s*)|T)*+"
)
_TO_VERB = re.compile(r"(?:\s*\([^()]*\))?(?:,[^.;:\n]{1,140},)?\s*(?:\w+ly |today |yesterday |also |jointly )*$")
_JOINED = re.compile(r"[^.;:\n]{0,160}?(?:,|\band\b|&)[^.;:\n]{0,80}")
_OWNER_GAP = re.compile(
    r"(?:['’]s?)?\s+(?:(?:annual|first|second|third|\d+(?:st|nd|rd|th)|inaugural|upcoming|own|regular|monthly|latest)\s+)*$"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """A release's text and all who may hold something, in text order."""

    text: str
    organizations: Sequence[OrganizationMention]
    people: Sequence[PersonMention]

    def holders(self, start: int, end: int) -> list[Holder]:
        """Bodies and people named between two places, in text order; a person inside a body's name is none."""
        bodies = [body for body in self.organizations if start <= body.evidence.start and body.evidence.end <= end]
        people = [one for one in self.people if start <= one.evidence.start and one.evidence.end <= end]
        free = [one for one in people if not any(one.evidence.overlaps(body.evidence) for body in bodies)]
        return sorted([*bodies, *free], key=lambda holder: holder.evidence)


def parts_around(cast: Cast, name: str | None, form: Evidence, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """What the sentence `bounds` in which an event is named (at `form`) says of its holders."""
    yield from _held_by(cast, bounds)
    yield from _holds(cast, form, bounds)
    yield from _owners(cast, name, form, bounds)


def parts_in(cast: Cast, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """What a sentence that takes an event up ("The conference was organised by A and B") says of its holders."""
    yield from _held_by(cast, bounds)


def _held_by(cast: Cast, bounds: tuple[int, int]) -> Iterator[EventPart]:
    """ "organised by A and B, in partnership with C"."""
    for match in _rule("events.held-by").finditer(cast.text, *bounds):
        role = _ROLES_OF_VERBS.get(match["verb"].lower(), "organizer")
        yield from (EventPart(one, role, one.evidence) for one in _listed(cast, match.end(), bounds[1]))


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
    for body in cast.organizations:
        place = body.evidence
        if place.end <= form.start and place.start >= bounds[0]:
            if _OWNER_GAP.fullmatch(cast.text[place.end : form.start]):
                yield EventPart(body, "organizer", place)
        elif form.end <= place.start < bounds[1]:
            gap = cast.text[form.end : place.start]
            if re.fullmatch(r"(?:\s*\([^()]*\))?\s+(?:of|by)\s+(?:the\s+)?", gap):
                yield EventPart(body, "organizer", place)
    if name:
        yield from _named_after(cast, name)


def _named_after(cast: Cast, name: str) -> Iterator[EventPart]:
    words = _folded(name)
    fitting = [body for body in cast.organizations if words.startswith(_folded(body.name) + " ")]
    if fitting:
        body = max(fitting, key=lambda one: (len(one.name), -one.evidence.start))
        yield EventPart(body, "organizer", body.evidence)


def _listed(cast: Cast, start: int, end: int) -> Iterator[Holder]:
    """Those listed from `start` on, as long as only commas, "and", titles and brackets stand between them."""
    here = start
    for holder in cast.holders(start, end):
        if holder.evidence.start < here:
            continue
        if not _BETWEEN.fullmatch(cast.text[here : holder.evidence.start]):
            return
        yield holder
        here = holder.evidence.end


def _folded(name: str) -> str:
    return " ".join(re.findall(r"[\w’'-]+", re.sub(r"^(?:The|the)\s+", "", name))).casefold()


@cache
def _rule(rule_id: str) -> re.Pattern[str]:
    return load_rules("events").rule(rule_id).pattern
