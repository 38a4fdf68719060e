"""Entities and mentions become a `PressRelease`: ids are given, links made, offsets carried back to the original text.

Ids count in order of first appearance. A link is made only through the mention that the extractor named; nothing is
searched for by its words. Rows that say the same thing twice are written once, with the first place as evidence.

One method a table, each a list of its columns: long for a module, and clearest in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypedDict

from spacy.tokens import Doc

from report_extract import schema
from report_extract.analyze.seam import confidence_of, mentions_of
from report_extract.clean import Cleaned
from report_extract.evidence import Evidence
from report_extract.extract.mentions import (
    AffiliationMention,
    AttendanceMention,
    ContactMention,
    DateMention,
    DocumentFields,
    EventMention,
    OrganizationEntity,
    OrganizationMention,
    PersonEntity,
    PersonMention,
    PlaceMention,
    RoleMention,
    SessionMention,
    StatementMention,
)
from report_extract.resolve import StandIn

# What a person does at an event; the other roles belong to the release itself.
_EVENT_ROLES = frozenset(
    [
        *("opening_remarks", "closing_remarks", "keynote", "speaker", "presenter", "panelist", "moderator", "chair"),
        *("host", "organizer", "attendee", "honoree", "signatory"),
    ]
)


# Of a mention that only rules have read, nothing more is known.
_BY_RULES_ALONE = 0.7


class _At(TypedDict):
    """The columns that every row with evidence begins with."""

    document_id: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reading heart found in one release, before ids."""

    fields: DocumentFields
    people: Sequence[PersonEntity] = ()
    stand_ins: Sequence[StandIn] = ()
    organizations: Sequence[OrganizationEntity] = ()
    affiliations: Sequence[AffiliationMention] = ()
    events: Sequence[EventMention] = ()
    sessions: Sequence[SessionMention] = ()
    roles: Sequence[RoleMention] = ()
    dates: Sequence[DateMention] = ()
    attendance: Sequence[AttendanceMention] = ()
    contacts: Sequence[ContactMention] = ()
    statements: Sequence[StatementMention] = ()
    places: Sequence[PlaceMention] = ()


def assemble_release(source: schema.Source, cleaned: Cleaned, doc: Doc, reading: Reading) -> schema.PressRelease:
    """The record of one release; every evidence slice is taken from `source.text`."""
    return _Assembler(source, cleaned, doc, reading).release()


@dataclass(slots=True)
class _Assembler:
    """The ids of one release, by the place (start, end) of each mention."""

    source: schema.Source
    cleaned: Cleaned
    doc: Doc
    reading: Reading
    document_id: str = ""
    people: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    organizations: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    organization_ids: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, EventMention]] = field(default_factory=list)
    sessions: dict[int, str] = field(default_factory=dict)

    def release(self) -> schema.PressRelease:
        self.document_id = self.source.sha256[:16]
        self._give_ids()
        return schema.PressRelease(
            document=self._document(),
            people=tuple(self._people()),
            organizations=tuple(self._organizations()),
            events=tuple(self._events()),
            sessions=tuple(self._session_rows(None)),
            participations=tuple(self._participations()),
            dates=tuple(self._dates()),
            attendance=tuple(self._attendance()),
            contacts=tuple(self._contacts()),
            statements=tuple(self._statements()),
            places=tuple(self._places()),
            mentions=tuple(self._mentions()),
        )

    def _give_ids(self) -> None:
        for n, person in enumerate(sorted(self.reading.people, key=_first_place), 1):
            for seen in person.mentions:
                self.people[_place(seen.evidence)] = (f"{self.document_id}:p{n}", person.name)
        for office in self.reading.stand_ins:
            self.people[_place(office.mention.evidence)] = self.people[_place(office.person.mentions[0].evidence)]
        for n, organization in enumerate(sorted(self.reading.organizations, key=_first_place), 1):
            self.organization_ids.setdefault(organization.name, f"{self.document_id}:o{n}")
            for mention in organization.mentions:
                self.organizations[_place(mention.evidence)] = (f"{self.document_id}:o{n}", organization.name)
        ordered = sorted(self.reading.events, key=lambda event: event.evidence.start)
        self.events = [(f"{self.document_id}:e{n}", event) for n, event in enumerate(ordered, 1)]
        for n, session in enumerate(sorted(self.reading.sessions, key=lambda one: one.evidence.start), 1):
            self.sessions[id(session)] = f"{self.document_id}:s{n}"

    def _at(self, evidence: Evidence) -> _At:
        start, end = self.cleaned.map.to_raw(evidence.start, evidence.end)
        return {
            "document_id": self.document_id,
            "start": start,
            "end": end,
            "text": self.source.text[start:end],
            "rule": evidence.rule or "unnamed",
            "confidence": round(min(max(evidence.confidence, 0.0), 1.0), 4),
        }

    def _document(self) -> schema.Document:
        fields, text = self.reading.fields, self.source.text
        contact_warnings = chain.from_iterable(contact.warnings for contact in self.reading.contacts)
        date_warnings = (
            f"nothing tells the order of day and month in {self._at(date.evidence)['text']}"
            for date in self.reading.dates
            if date.edtf is None and date.evidence.rule == "dates.numeric"
        )
        warnings = dict.fromkeys([*self.source.warnings, *fields.warnings, *contact_warnings, *date_warnings])
        return schema.Document(
            document_id=self.document_id,
            source=self.source.name,
            format=self.source.format,
            sha256=self.source.sha256,
            title=fields.title,
            subtitle=fields.subtitle,
            published=fields.published,
            issuer=fields.issuer,
            dateline=fields.dateline,
            language=fields.language,
            kind=fields.kind,
            words=len(text.split()),
            characters=len(text),
            warnings="\n".join(warnings) or None,
            text=text,
        )

    def _people(self) -> Iterator[schema.Person]:
        for person in sorted(self.reading.people, key=_first_place):
            person_id = self.people[_place(person.mentions[0].evidence)][0]
            yield schema.Person(
                **self._at(_fullest(person).evidence),
                person_id=person_id,
                name=person.name,
                given_name=person.given_name,
                family_name=person.family_name,
                honorific=person.honorific,
                suffix=person.suffix,
                mentions=len(person.mentions),
                affiliations=tuple(self._affiliations(person_id)),
            )

    def _affiliations(self, person_id: str) -> Iterator[schema.Affiliation]:
        rows = [row for row in map(self._affiliation, self.reading.affiliations) if row and row.person_id == person_id]
        rows.sort(key=lambda row: (row.start, row.end))
        seen: set[tuple[str, str]] = set()
        for row in rows:
            key = (_folded(row.title), row.organization_id or _folded(row.organization))
            if key not in seen and not any(_says_more(other, row) for other in rows):
                seen.add(key)
                yield row

    def _affiliation(self, mention: AffiliationMention) -> schema.Affiliation | None:
        person_id, person = self._person(mention.person)
        organization_id, organization = self._organization(mention.organization)
        title = mention.title.title if mention.title else None
        if person_id is None or person is None or (title is None and organization is None):
            return None
        return schema.Affiliation(
            **self._at(mention.evidence),
            person_id=person_id,
            person=person,
            title=title,
            organization_id=organization_id,
            organization=organization,
            current=mention.current,
        )

    def _organizations(self) -> Iterator[schema.Organization]:
        for entity in sorted(self.reading.organizations, key=_first_place):
            organization_id = self.organizations[_place(entity.mentions[0].evidence)][0]
            parent_id = self.organization_ids.get(entity.parent or "")
            yield schema.Organization(
                **self._at(_fullest(entity).evidence),
                organization_id=organization_id,
                name=entity.name,
                kind=entity.kind,
                parent_id=parent_id,
                parent=entity.parent if parent_id else None,
                city=entity.city,
                country=entity.country,
                mentions=len(entity.mentions),
                aliases=tuple(
                    schema.OrganizationAlias(
                        document_id=self.document_id, organization_id=organization_id, alias=alias, kind=kind
                    )
                    for alias, kind in entity.aliases
                ),
            )

    def _events(self) -> Iterator[schema.Event]:
        for event_id, event in self.events:
            yield schema.Event(
                **self._at(event.evidence),
                event_id=event_id,
                name=event.name,
                kind=event.kind,
                start_date=event.start_date,
                end_date=event.end_date,
                start_time=event.start_time,
                end_time=event.end_time,
                venue=event.venue,
                city=event.city,
                country=event.country,
                mode=event.mode,
                edition=event.edition,
                organizations=tuple(self._event_organizations(event_id, event)),
                sessions=tuple(self._session_rows(event_id)),
            )

    def _event_organizations(self, event_id: str, event: EventMention) -> Iterator[schema.EventOrganization]:
        seen: set[tuple[str, str]] = set()
        for part in event.parts:
            if isinstance(part.holder, OrganizationMention):
                organization_id, name = self._organization(part.holder)
            else:
                organization_id, name = None, self._person(part.holder)[1]
            if name and (name, part.role) not in seen:
                seen.add((name, part.role))
                yield schema.EventOrganization(
                    **self._at(part.evidence),
                    event_id=event_id,
                    organization_id=organization_id,
                    organization=name,
                    role=part.role,
                )

    def _session_rows(self, event_id: str | None) -> Iterator[schema.Session]:
        for session in sorted(self.reading.sessions, key=lambda one: one.evidence.start):
            if self._event_of(session.evidence) == event_id:
                yield schema.Session(
                    **self._at(session.evidence),
                    session_id=self.sessions[id(session)],
                    event_id=event_id,
                    kind=session.kind,
                    number=session.number,
                    title=session.title,
                    date=session.date,
                    start_time=session.start_time,
                    end_time=session.end_time,
                    summary=session.summary,
                )

    def _participations(self) -> Iterator[schema.Participation]:
        seen: set[tuple[str, str, str | None]] = set()
        for mention in sorted(self.reading.roles, key=lambda role: role.evidence):
            person_id, person = self._person(mention.person)
            session_id = self.sessions.get(id(mention.session)) if mention.session else None
            key = (person_id or "", mention.role, session_id)
            if person_id is None or person is None or key in seen:
                continue
            seen.add(key)
            yield schema.Participation(
                **self._at(mention.evidence),
                person_id=person_id,
                person=person,
                event_id=self._event_of(mention.evidence) if mention.role in _EVENT_ROLES else None,
                session_id=session_id,
                role=mention.role,
            )

    def _dates(self) -> Iterator[schema.DateExpression]:
        seen: set[tuple[str, str]] = set()
        for mention in sorted(self.reading.dates, key=lambda date: date.evidence):
            at = self._at(mention.evidence)
            if mention.edtf is None or mention.precision is None or (at["text"], mention.edtf) in seen:
                continue
            seen.add((at["text"], mention.edtf))
            yield schema.DateExpression(
                **at,
                edtf=mention.edtf,
                start_date=mention.start,
                end_date=mention.end,
                precision=mention.precision,
                role=mention.role,
                anchor=mention.anchor,
            )

    def _attendance(self) -> Iterator[schema.Attendance]:
        for mention in sorted(self.reading.attendance, key=lambda one: one.evidence):
            yield schema.Attendance(
                **self._at(mention.evidence),
                event_id=self._event_of(mention.evidence),
                low=mention.low,
                high=mention.high,
                comparator=mention.comparator,
                unit=mention.unit,
                share=mention.share,
                derived_low=mention.derived_low,
                derived_high=mention.derived_high,
            )

    def _contacts(self) -> Iterator[schema.Contact]:
        ids = {_folded(name): person_id for person_id, name in self.people.values()}
        for mention in sorted(self.reading.contacts, key=lambda one: one.evidence):
            yield schema.Contact(
                **self._at(mention.evidence),
                person_id=ids.get(_folded(mention.name)) if mention.name else None,
                name=mention.name,
                organization=mention.organization,
                email=mention.email,
                phone=mention.phone,
                phone_e164=mention.phone_e164,
                url=mention.url,
                address=mention.address,
            )

    def _statements(self) -> Iterator[schema.Statement]:
        extents = [(session.extent, self.sessions[id(session)]) for session in self.reading.sessions if session.extent]
        for mention in sorted(self.reading.statements, key=lambda one: one.evidence):
            person_id, organization_id, speaker = self._speaker(mention.speaker)
            inside = (s for extent, s in extents if extent[0] <= mention.evidence.start < extent[1])
            yield schema.Statement(
                **self._at(mention.evidence),
                person_id=person_id,
                organization_id=organization_id,
                speaker=speaker,
                verb=mention.verb,
                kind=mention.kind,
                quote=mention.quote,
                session_id=next(inside, None),
            )

    def _speaker(
        self, mention: PersonMention | OrganizationMention | None
    ) -> tuple[str | None, str | None, str | None]:
        if isinstance(mention, PersonMention):
            person_id, name = self._person(mention)
            return person_id, None, name
        organization_id, name = self._organization(mention)
        return None, organization_id, name

    def _places(self) -> Iterator[schema.Place]:
        seen: set[str] = set()
        for mention in sorted(self.reading.places, key=lambda one: one.evidence):
            if _folded(mention.name) not in seen:
                seen.add(_folded(mention.name))
                yield schema.Place(
                    **self._at(mention.evidence), name=mention.name, kind=mention.kind, country=mention.country
                )

    def _mentions(self) -> Iterator[schema.Mention]:
        starts = {sent.start: n for n, sent in enumerate(self.doc.sents)}
        ordinals, ordinal = [], 0
        for token in range(len(self.doc)):
            ordinal = starts.get(token, ordinal)
            ordinals.append(ordinal)
        event_ids = {
            _place(form): event_id for event_id, event in self.events for form in (event.evidence, *event.forms)
        }
        sure = confidence_of(self.doc)
        for span in mentions_of(self.doc):
            place = (span.start_char, span.end_char)
            known = {"PERSON": self.people, "TITLE": self.people, "ORG": self.organizations}.get(span.label_, {})
            entity_id = known[place][0] if place in known else None
            yield schema.Mention(
                **self._at(Evidence.of(span, confidence=sure.get((*place, span.label_), _BY_RULES_ALONE))),
                entity_id=event_ids.get(place) if span.label_ == "EVENT" else entity_id,
                label=span.label_,
                sentence=ordinals[span.start],
            )

    def _person(self, mention: PersonMention | None) -> tuple[str | None, str | None]:
        return self.people.get(_place(mention.evidence), (None, None)) if mention else (None, None)

    def _organization(self, mention: OrganizationMention | None) -> tuple[str | None, str | None]:
        if mention is None:
            return None, None
        return self.organizations.get(_place(mention.evidence), (None, mention.name))

    def _event_of(self, evidence: Evidence) -> str | None:
        """The event named last before the place; the first event where none was named yet."""
        places = [
            (form.start, event_id)
            for event_id, event in self.events
            for form in (event.evidence, *event.forms)
            if form.start <= evidence.start
        ]
        if places:
            return max(places)[1]
        return self.events[0][0] if self.events else None


def _place(evidence: Evidence) -> tuple[int, int]:
    return evidence.start, evidence.end


def _first_place(entity: PersonEntity | OrganizationEntity) -> int:
    return min(mention.evidence.start for mention in entity.mentions)


def _fullest(entity: PersonEntity | OrganizationEntity) -> PersonMention | OrganizationMention:
    mentions: Iterable[PersonMention | OrganizationMention] = entity.mentions
    return next((mention for mention in mentions if mention.name == entity.name), entity.mentions[0])


def _folded(value: str | None) -> str:
    return re.sub(r"\W+", " ", value or "").casefold().strip()


def _says_more(other: schema.Affiliation, row: schema.Affiliation) -> bool:
    """Whether `other` gives the same office with a body, or the same body with an office, where `row` gives one."""
    if other is row:
        return False
    if row.organization is None:
        return other.organization is not None and _folded(other.title) == _folded(row.title)
    return row.title is None and other.title is not None and other.organization == row.organization
