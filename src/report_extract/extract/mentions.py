"""The nouns of the reading heart: what extractors saw in the text, each with its evidence.

A `…Mention` was seen at a place. A `…Entity` is what `resolve` made of several mentions. All offsets count in the
cleaned text. Names are display forms: cleaned text with single spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from report_extract.evidence import Evidence
from report_extract.schema import (
    Comparator,
    DateRole,
    EventKind,
    OrganizationKind,
    Precision,
    ReleaseKind,
    Role,
    SessionKind,
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named at a place; `honorific` stands directly before, `suffix` directly after."""

    name: str
    evidence: Evidence
    honorific: str | None = None
    suffix: str | None = None


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """An organisation named at a place, in whatever form; where the place says so, its city, country and kind."""

    name: str
    evidence: Evidence
    city: str | None = None
    country: str | None = None
    kind: OrganizationKind | None = None


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A job title at a place, without its organisation."""

    title: str
    evidence: Evidence
    former: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country, region, city or site named at a place."""

    name: str
    kind: Literal["country", "region", "city", "site"] | None
    country: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AliasMention:
    """A place that says that `alias` stands for `name`: "Hokkaido University (HU)"."""

    name: str
    alias: str
    kind: Literal["acronym", "short"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AffiliationMention:
    """A place that gives a person an office (`title`), a body (`organization`) or both.

    `parents` is the chain of larger bodies that the place names after the organisation, nearest first.
    """

    person: PersonMention
    title: TitleMention | None
    organization: OrganizationMention | None
    evidence: Evidence
    parents: tuple[OrganizationMention, ...] = ()
    current: bool | None = None


@dataclass(frozen=True, slots=True)
class ParentMention:
    """A place that says that `child` belongs to `parent`: "the Faculty of Law of X University"."""

    child: OrganizationMention
    parent: OrganizationMention
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression; `edtf` is null where it cannot be resolved.

    `start` and `end` are ISO days (inclusive), `time` and `end_time` HH:MM.
    """

    edtf: str | None
    start: str | None
    end: str | None
    precision: Precision | None
    role: DateRole
    anchor: str | None
    evidence: Evidence
    time: str | None = None
    end_time: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event that the release announces or reports, as far as one place or several together tell."""

    name: str | None
    kind: EventKind
    evidence: Evidence
    start_date: str | None = None
    end_date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    venue: str | None = None
    city: str | None = None
    country: str | None = None
    mode: Literal["in_person", "online", "hybrid"] | None = None
    edition: int | None = None
    parts: tuple[EventPart, ...] = ()
    forms: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPart:
    """The part that an organisation or a person plays in holding an event."""

    holder: OrganizationMention | PersonMention
    role: Literal["organizer", "host", "sponsor", "partner"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SessionMention:
    """A named or numbered part of an event; `extent` is the text that reports it."""

    kind: SessionKind
    number: str | None
    title: str | None
    evidence: Evidence
    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    summary: str | None = None
    extent: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A place that says what a person does; `session` where it happens in one."""

    person: PersonMention
    role: Role
    evidence: Evidence
    session: SessionMention | None = None


@dataclass(frozen=True, slots=True)
class AttendanceMention:
    """A figure of those taking part."""

    low: int | None
    high: int | None
    comparator: Comparator
    unit: str | None
    share: float | None
    evidence: Evidence
    derived_low: int | None = None
    derived_high: int | None = None


@dataclass(frozen=True, slots=True)
class ContactMention:
    """Whom to ask; everything as written, `phone_e164` only for a valid number. `warnings` tells what is hidden."""

    evidence: Evidence
    name: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_e164: str | None = None
    url: str | None = None
    address: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementMention:
    """Something said: `quote` is the words inside the marks (null for indirect).

    `evidence` covers the words inside the marks (direct), or from the verb to the end of what is said (indirect).
    The speaker is a person or an organisation as mentioned, or null where nobody can be named without guessing.
    """

    kind: Literal["direct", "indirect"]
    evidence: Evidence
    speaker: PersonMention | OrganizationMention | None
    verb: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What the release says of itself. `title_end` is where the headline block ends in the cleaned text."""

    title: str | None = None
    subtitle: str | None = None
    published: str | None = None
    issuer: str | None = None
    dateline: str | None = None
    language: str | None = None
    kind: ReleaseKind | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEntity:
    """One human being: the fullest form of the name, and every mention of it in text order."""

    name: str
    mentions: tuple[PersonMention, ...]
    given_name: str | None = None
    family_name: str | None = None
    honorific: str | None = None
    suffix: str | None = None


@dataclass(frozen=True, slots=True)
class OrganizationEntity:
    """One organisation: fullest form, other forms, the name of its parent (also an entity's `name`), every mention."""

    name: str
    mentions: tuple[OrganizationMention, ...]
    aliases: tuple[tuple[str, Literal["acronym", "short"]], ...] = ()
    kind: OrganizationKind | None = None
    parent: str | None = None
    city: str | None = None
    country: str | None = None
