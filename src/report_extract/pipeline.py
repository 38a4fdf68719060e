"""The sentence of the whole program: clean, analyze, extract, resolve, assemble, grade.

The only module that knows all stages. No files, clock or network: a `Source` and a loaded spaCy pipeline come in, a
`PressRelease` goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from report_extract.analyze.seam import confidence_of, mentions_of, text_of
from report_extract.assemble import Reading, assemble_release
from report_extract.clean import clean_text
from report_extract.confidence import Calibration, grade, load_calibration
from report_extract.errors import InputError, ReportExtractError
from report_extract.extract.affiliations import find_affiliations
from report_extract.extract.attendance import find_attendance
from report_extract.extract.contacts import find_contacts
from report_extract.extract.dates import find_dates
from report_extract.extract.document import find_document_fields
from report_extract.extract.events import find_events, with_event_days
from report_extract.extract.organizations import find_aliases, find_organizations, find_parents
from report_extract.extract.participations import find_roles
from report_extract.extract.people import find_people
from report_extract.extract.places import find_places
from report_extract.extract.programmes import find_talks
from report_extract.extract.sessions import find_sessions
from report_extract.extract.spokespeople import find_spokespeople
from report_extract.extract.statements import find_statements
from report_extract.resolve import resolve_holders, resolve_offices, resolve_organizations, resolve_people
from report_extract.schema import PressRelease, Source

T = TypeVar("T")


def read_release(
    source: Source, nlp: Language, *, published: str | None = None, calibration: Calibration | None = None
) -> PressRelease:
    """The record of one release.

    Args:
        source: the release as received.
        nlp: a pipeline from `report_extract.analyze.load_pipeline`.
        published: the release's own date (EDTF) where the caller knows better than the text.
        calibration: how sure to be of each row; None for what the package ships.

    Raises:
        InputError: when a stage cannot process this release; it names the source and the stage.
    """
    cleaned = _stage(source, "clean", lambda: clean_text(source.text))
    doc = _stage(source, "analyze", lambda: nlp(cleaned.text))
    reading = _stage(source, "extract", lambda: read_doc(doc, source, published=published))
    record = _stage(source, "assemble", lambda: assemble_release(source, cleaned, doc, reading))
    weights = load_calibration() if calibration is None else calibration
    return _stage(source, "grade", lambda: grade(record, weights, weighed=bool(confidence_of(doc))))


def read_doc(doc: Doc, source: Source, *, published: str | None = None) -> Reading:
    """Everything that the extractors find in an analyzed release, resolved into entities."""
    people, organizations = tuple(find_people(doc)), tuple(find_organizations(doc))
    aliases, parents = tuple(find_aliases(doc)), tuple(find_parents(doc, organizations))
    bodies = resolve_organizations(organizations, aliases, parents)
    fields = find_document_fields(doc, bodies, title_hint=source.title, published_hint=published or source.published)
    if fields.issuer:  # units named without their body belong to it
        bodies = resolve_organizations(organizations, aliases, parents, fields.issuer)
    if published is not None:  # the caller knows it better than the text
        fields = replace(fields, published=published)
    dates = tuple(find_dates(doc, published=fields.published))
    places, talks = tuple(find_places(doc)), find_talks(doc, people)
    sessions = find_sessions(doc, dates, talks)
    persons = resolve_people(people)
    affiliations = tuple(
        resolve_offices(text_of(doc), tuple(find_affiliations(doc, people, organizations)), fields.issuer, bodies)
    )
    titles = ((span.start_char, span.end_char) for span in mentions_of(doc, "TITLE"))
    stand_ins = tuple(resolve_holders(text_of(doc), titles, persons, affiliations))
    acting = (*people, *(stand_in.mention for stand_in in stand_ins))
    statements = tuple(find_statements(doc, people, organizations))
    events = find_events(doc, dates, organizations, people, places, dateline=fields.dateline)
    return Reading(
        fields=fields,
        people=persons,
        stand_ins=stand_ins,
        organizations=bodies,
        affiliations=affiliations,
        events=events,
        sessions=sessions,
        roles=(
            *find_roles(doc, acting, sessions, talks),
            *find_spokespeople(fields.issuer, statements, affiliations, persons, bodies),
        ),
        dates=with_event_days(dates, events),
        attendance=tuple(find_attendance(doc)),
        contacts=tuple(find_contacts(doc)),
        statements=statements,
        places=places,
    )


def _stage(source: Source, stage: str, work: Callable[[], T]) -> T:
    """The stage's result; a fault that it did not foresee is turned into one that names source and stage."""
    try:
        return work()
    except ReportExtractError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        message = f"{type(error).__name__} in {stage}: {error}; please report it with this file"
        raise InputError(source.name, stage, "internal", message) from error
