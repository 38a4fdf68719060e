"""The shapes at the doors: `Source` comes in, `PressRelease` goes out.

Each row model is one table of the dataset: its fields are the columns, their order and types; its docstring and field
descriptions are the data dictionary. Fields that hold tuples of other rows are nested tables: they leave the parent's
row and become rows of their own. `TABLES` lists the tables with their keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

EventKind = Literal[
    "symposium", "conference", "workshop", "meeting", "summit", "forum", "ceremony", "seminar", "exhibition",
    "training", "hearing", "visit", "webinar", "competition", "festival", "celebration", "press_conference", "launch",
    "other",
]  # fmt: skip
SessionKind = Literal[
    "session", "panel", "keynote", "workshop", "plenary", "roundtable", "poster", "tour", "ceremony", "other"
]
Role = Literal[
    "opening_remarks", "closing_remarks", "keynote", "speaker", "presenter", "panelist", "moderator", "chair", "host",
    "organizer", "attendee", "honoree", "appointee", "signatory", "contact", "spokesperson",
]  # fmt: skip
Comparator = Literal["exact", "about", "more_than", "at_least", "less_than", "up_to", "between"]
DateRole = Literal["published", "event", "deadline", "mentioned"]
Precision = Literal["minute", "day", "month", "season", "year", "decade", "century", "interval"]
OrganizationKind = Literal[
    "company", "university", "institute", "government", "court", "agency", "igo", "ngo", "party", "media", "school",
    "hospital", "museum", "military", "team", "committee", "programme", "other",
]  # fmt: skip
ReleaseKind = Literal["event", "announcement", "readout", "appointment", "award", "agreement", "statement", "other"]
Label = Literal["PERSON", "HONORIFIC", "TITLE", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "SESSION"]
SourceFormat = Literal["text", "html", "markdown"]


class Source(BaseModel):
    """One release as received: its bytes, and the text read from them before any repair."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(description="the path or name under which the release came; '-' for standard input")
    data: bytes = Field(repr=False, description="the bytes as received")
    sha256: str = Field(description="SHA-256 of the bytes, 64 hex digits")
    format: SourceFormat = Field(description="what the content is, whatever the file's extension says")
    encoding: str = Field(description="the character encoding by which the bytes were read")
    text: str = Field(repr=False, description="the text before any repair; every offset counts in it")
    title: str | None = Field(default=None, description="the title that the page's metadata gives")
    published: str | None = Field(default=None, description="the day that the page's metadata gives, ISO 8601")
    author: str | None = Field(default=None, description="the author or site that the page's metadata gives")
    warnings: tuple[str, ...] = Field(default=(), description="what was odd about reading it")


class Failure(BaseModel):
    """An input that could not be read or processed; the run went on without it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(description="the path or name of the input")
    stage: str = Field(description="the room in which it failed: ingest, clean, analyze, extract, assemble, grade")
    error: str = Field(
        description="a short code to count by: empty, binary, undecodable, too_large, unreadable, internal ..."
    )
    message: str = Field(description="what happened, where, and what would help")


class Row(BaseModel):
    """A line of a table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: str = Field(description="the release: first 16 hex digits of the SHA-256 of its bytes")


class EvidenceRow(Row):
    """A line with its place in the text as received."""

    start: int = Field(description="first character of the evidence in documents.text")
    end: int = Field(description="end of the evidence in documents.text, exclusive")
    text: str = Field(description="documents.text[start:end], damage included")
    rule: str = Field(description="id of the rule or model label that produced the row")
    confidence: float = Field(ge=0, le=1, description="how likely the row is right, 0 to 1")


class Document(Row):
    """One row per release read."""

    source: str = Field(description="the path or name under which the release came")
    format: SourceFormat = Field(description="what the content is: text, html or markdown")
    sha256: str = Field(description="SHA-256 of the bytes as received")
    title: str | None = Field(default=None, description="the headline, without subtitle or label")
    subtitle: str | None = Field(default=None, description="the line under the headline")
    published: str | None = Field(default=None, description="the release's own date, EDTF")
    issuer: str | None = Field(default=None, description="the organisation that speaks")
    dateline: str | None = Field(default=None, description="the place in the dateline, as written")
    language: str | None = Field(default=None, description="ISO 639-1 code of the body's language")
    kind: ReleaseKind | None = Field(default=None, description="what sort of release it is")
    words: int = Field(description="number of words in the text")
    characters: int = Field(description="number of characters in the text")
    duplicate_of: str | None = Field(default=None, description="document_id of the first release with the same words")
    warnings: str | None = Field(default=None, description="what was odd, one warning a line")
    text: str = Field(repr=False, description="the text as read from the source, before any repair")


class Affiliation(EvidenceRow):
    """One row per office or membership of a person."""

    person_id: str = Field(description="the person")
    person: str = Field(description="the person's name, as in people")
    title: str | None = Field(default=None, description="the job title, without its organisation")
    organization_id: str | None = Field(default=None, description="the organisation")
    organization: str | None = Field(default=None, description="the organisation's name, as in organizations")
    current: bool | None = Field(default=None, description="false where the text says former, true where it says now")


class Person(EvidenceRow):
    """One row per person and release."""

    person_id: str = Field(description="id of the person in this release")
    name: str = Field(description="fullest form of the name, without honorific")
    given_name: str | None = Field(default=None, description="given name or names")
    family_name: str | None = Field(default=None, description="family name, with its particles")
    honorific: str | None = Field(default=None, description="honorific as first written, e.g. Prof.")
    suffix: str | None = Field(default=None, description="post-nominal such as Jr., PhD, MP")
    mentions: int = Field(description="how often the release names the person")
    affiliations: tuple[Affiliation, ...] = ()


class OrganizationAlias(Row):
    """One row per other form of an organisation's name."""

    organization_id: str = Field(description="the organisation")
    alias: str = Field(description="the other form")
    kind: Literal["acronym", "short"] = Field(description="acronym (ISTC) or short form (the University)")


class Organization(EvidenceRow):
    """One row per organisation and release."""

    organization_id: str = Field(description="id of the organisation in this release")
    name: str = Field(description="fullest form of the name")
    kind: OrganizationKind | None = Field(default=None, description="what sort of body it is")
    parent_id: str | None = Field(default=None, description="the body that the text says it belongs to")
    parent: str | None = Field(default=None, description="the name of that body")
    city: str | None = Field(default=None, description="the city that the text gives for it")
    country: str | None = Field(default=None, description="the country that the text gives for it")
    mentions: int = Field(description="how often the release names it, in any form")
    aliases: tuple[OrganizationAlias, ...] = ()


class EventOrganization(EvidenceRow):
    """One row per organisation's part in an event."""

    event_id: str = Field(description="the event")
    organization_id: str | None = Field(default=None, description="the organisation; null where a person organises")
    organization: str = Field(description="its name (or the name of the person who organises)")
    role: Literal["organizer", "host", "sponsor", "partner"] = Field(description="its part in the event")


class Session(EvidenceRow):
    """One row per named or numbered part of an event."""

    session_id: str = Field(description="id of the session in this release")
    event_id: str | None = Field(default=None, description="the event it belongs to")
    kind: SessionKind = Field(description="session, panel, keynote ...")
    number: str | None = Field(default=None, description="its number as written")
    title: str | None = Field(default=None, description="its title, without quotation marks")
    date: str | None = Field(default=None, description="its day, EDTF")
    start_time: str | None = Field(default=None, description="HH:MM")
    end_time: str | None = Field(default=None, description="HH:MM")
    summary: str | None = Field(default=None, description="what the release reports of it")


class Event(EvidenceRow):
    """One row per event and release."""

    event_id: str = Field(description="id of the event in this release")
    name: str | None = Field(default=None, description="its proper name; null for an unnamed one")
    kind: EventKind = Field(description="symposium, conference, meeting ...")
    start_date: str | None = Field(default=None, description="first day, EDTF")
    end_date: str | None = Field(default=None, description="last day, EDTF; null for one day")
    start_time: str | None = Field(default=None, description="HH:MM")
    end_time: str | None = Field(default=None, description="HH:MM")
    venue: str | None = Field(default=None, description="building, campus or platform, as written")
    city: str | None = Field(default=None, description="city as named in the release")
    country: str | None = Field(default=None, description="country, in its usual English short form")
    mode: Literal["in_person", "online", "hybrid"] | None = Field(default=None, description="how one takes part")
    edition: int | None = Field(default=None, description="which edition it is: 3 for the third")
    organizations: tuple[EventOrganization, ...] = ()
    sessions: tuple[Session, ...] = ()


class Participation(EvidenceRow):
    """One row per part that a person plays in an event, a session or the release."""

    person_id: str = Field(description="the person")
    person: str = Field(description="the person's name, as in people")
    event_id: str | None = Field(default=None, description="the event")
    session_id: str | None = Field(default=None, description="the session")
    role: Role = Field(description="what the person does there")


class DateExpression(EvidenceRow):
    """One row per date expression that can be resolved."""

    edtf: str = Field(description="its value in EDTF, level 1")
    start_date: str | None = Field(default=None, description="first day it may mean, ISO")
    end_date: str | None = Field(default=None, description="last day it may mean, ISO, inclusive")
    precision: Precision = Field(description="how precise the text is")
    role: DateRole = Field(description="what the date is for")
    anchor: str | None = Field(
        default=None, description="the date that a relative or yearless expression was read against"
    )


class Attendance(EvidenceRow):
    """One row per figure of those taking part."""

    event_id: str | None = Field(default=None, description="the event")
    session_id: str | None = Field(default=None, description="the session")
    low: int | None = Field(default=None, description="lower bound of the number")
    high: int | None = Field(default=None, description="upper bound of the number")
    comparator: Comparator = Field(description="how the text hedges the number")
    unit: str | None = Field(default=None, description="what is counted, plural")
    share: float | None = Field(default=None, description="share of a total, 0 to 1")
    derived_low: int | None = Field(default=None, description="lower bound that the share comes to")
    derived_high: int | None = Field(default=None, description="upper bound that the share comes to")


class Contact(EvidenceRow):
    """One row per person or desk to ask."""

    person_id: str | None = Field(default=None, description="the person, where one is named")
    name: str | None = Field(default=None, description="name of the person or desk")
    organization: str | None = Field(default=None, description="organisation, as written")
    email: str | None = Field(default=None, description="e-mail address as written")
    phone: str | None = Field(default=None, description="telephone number as written")
    phone_e164: str | None = Field(default=None, description="the number in E.164, where it is valid")
    url: str | None = Field(default=None, description="web address offered for more information")
    address: str | None = Field(default=None, description="postal address as written")


class Statement(EvidenceRow):
    """One row per quotation or reported saying."""

    person_id: str | None = Field(default=None, description="the speaker, where a person")
    organization_id: str | None = Field(default=None, description="the speaker, where an organisation")
    speaker: str | None = Field(default=None, description="the speaker's name")
    verb: str | None = Field(default=None, description="the verb of saying, as written")
    kind: Literal["direct", "indirect"] = Field(description="quoted or reported")
    quote: str | None = Field(default=None, description="the words inside the marks; null for indirect")
    session_id: str | None = Field(default=None, description="the session in which it was said")


class Place(EvidenceRow):
    """One row per place and release."""

    name: str = Field(description="name of the place")
    kind: Literal["country", "region", "city", "site"] | None = Field(default=None, description="what sort of place")
    country: str | None = Field(default=None, description="the country it lies in")


class Mention(EvidenceRow):
    """One row per mention in the text."""

    entity_id: str | None = Field(default=None, description="the person, organisation or event meant")
    label: Label = Field(description="PERSON, ORG, TITLE ...")
    sentence: int = Field(description="ordinal of the sentence, from 0")


class PressRelease(BaseModel):
    """Everything that one release states, each value with its evidence.

    `model_dump_json()` and `model_validate_json()` are each other's inverse; `to_rows()` gives the rows of the tables.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Document
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = Field(default=(), description="sessions that belong to no event")
    participations: tuple[Participation, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    contacts: tuple[Contact, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def to_rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of this release by table: every table is there, empty ones too, columns in the table's order."""
        rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
        for row in self._all_rows():
            table = TABLE_OF[type(row)]
            rows[table.name].append({column: getattr(row, column) for column in table.columns})
        return rows

    def _all_rows(self) -> Iterator[Row]:
        yield self.document
        for name in type(self).model_fields:
            if name != "document":
                for row in getattr(self, name):
                    yield from _with_nested(row)


def _with_nested(row: Row) -> Iterator[Row]:
    yield row
    for name in type(row).model_fields:
        value = getattr(row, name)
        if isinstance(value, tuple):
            for child in value:
                yield from _with_nested(child)


class Key(BaseModel):
    """A foreign key: `column` holds a value of `table.target`, or null."""

    model_config = ConfigDict(frozen=True)

    column: str
    table: str
    target: str


class Table(BaseModel):
    """One table: its row model, its primary key (if any) and its foreign keys."""

    model_config = ConfigDict(frozen=True)

    name: str
    row: type[BaseModel]
    primary_key: str | None = None
    foreign_keys: tuple[Key, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(n for n, f in self.row.model_fields.items() if f.description is not None)

    @property
    def description(self) -> str:
        """One line that says what a row is."""
        return (self.row.__doc__ or "").strip().split("\n")[0]


_DOCUMENT = Key(column="document_id", table="documents", target="document_id")
_ORIGINAL = Key(column="duplicate_of", table="documents", target="document_id")
_PERSON = Key(column="person_id", table="people", target="person_id")
_ORGANIZATION = Key(column="organization_id", table="organizations", target="organization_id")
_EVENT = Key(column="event_id", table="events", target="event_id")
_SESSION = Key(column="session_id", table="sessions", target="session_id")
_PARENT = Key(column="parent_id", table="organizations", target="organization_id")

# In an order in which every key is written before it is referred to.
TABLES: tuple[Table, ...] = (
    Table(name="documents", row=Document, primary_key="document_id", foreign_keys=(_ORIGINAL,)),
    Table(name="people", row=Person, primary_key="person_id", foreign_keys=(_DOCUMENT,)),
    Table(name="organizations", row=Organization, primary_key="organization_id", foreign_keys=(_DOCUMENT, _PARENT)),
    Table(name="organization_aliases", row=OrganizationAlias, foreign_keys=(_DOCUMENT, _ORGANIZATION)),
    Table(name="affiliations", row=Affiliation, foreign_keys=(_DOCUMENT, _PERSON, _ORGANIZATION)),
    Table(name="events", row=Event, primary_key="event_id", foreign_keys=(_DOCUMENT,)),
    Table(name="event_organizations", row=EventOrganization, foreign_keys=(_DOCUMENT, _EVENT, _ORGANIZATION)),
    Table(name="sessions", row=Session, primary_key="session_id", foreign_keys=(_DOCUMENT, _EVENT)),
    Table(name="participations", row=Participation, foreign_keys=(_DOCUMENT, _PERSON, _EVENT, _SESSION)),
    Table(name="dates", row=DateExpression, foreign_keys=(_DOCUMENT,)),
    Table(name="attendance", row=Attendance, foreign_keys=(_DOCUMENT, _EVENT, _SESSION)),
    Table(name="contacts", row=Contact, foreign_keys=(_DOCUMENT, _PERSON)),
    Table(name="statements", row=Statement, foreign_keys=(_DOCUMENT, _PERSON, _ORGANIZATION, _SESSION)),
    Table(name="places", row=Place, foreign_keys=(_DOCUMENT,)),
    Table(name="mentions", row=Mention, foreign_keys=(_DOCUMENT,)),
    Table(name="failures", row=Failure),
)
TABLE_OF: dict[type[BaseModel], Table] = {table.row: table for table in TABLES}


def column_type(table: Table, column: str) -> str:
    """The column's type in words: string, integer, number or boolean.

    >>> column_type(TABLES[0], "words"), column_type(TABLES[0], "title")
    ('integer', 'string')
    """
    shown = str(table.row.model_fields[column].annotation)
    names = {"bool": "boolean", "int": "integer", "float": "number"}
    return next((name for kind, name in names.items() if re.search(rf"\b{kind}\b", shown)), "string")


def data_dictionary() -> str:
    """Every table and column with type, key and meaning, in Markdown."""
    lines = ["# Data dictionary"]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", table.description, "", "| column | type | meaning |", "|---|---|---|"]
        keys = {key.column: f" (-> {key.table}.{key.target})" for key in table.foreign_keys}
        keys |= {table.primary_key: " (primary key)"} if table.primary_key else {}
        for name in table.columns:
            meaning = table.row.model_fields[name].description or ""
            lines.append(f"| {name} | {column_type(table, name)} | {meaning}{keys.get(name, '')} |")
    return "\n".join(lines)
