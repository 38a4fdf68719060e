"""What each person does at the event or in the release: verb frames before and after the name, lists, programmes.

A frame before the name ("Opening remarks were given by A, ..., B and C") holds for every member of the list that
follows it; a frame after it ("A, rector of X, spoke") for the person, or the list of persons, whose clause it is. A
heading ("Participants included:") holds for the people on the lines under it, a line of a programme for those whom it
names. In a panel's own paragraph those who speak are panelists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from spacy.tokens import Doc

from report_extract.analyze.seam import mentions_of, section_at, text_of
from report_extract.evidence import Evidence
from report_extract.extract.mentions import PersonMention, RoleMention, SessionMention
from report_extract.extract.name_lists import heads_lines, listed_in_sentence, listed_on_lines
from report_extract.extract.programmes import Talk
from report_extract.rules import load_rules
from report_extract.schema import Role

_SILENT = frozenset({"CHROME", "ABOUT", "HEADLINE"})
_NO_LIST = _SILENT | {"CONTACT"}
# The full stop of a sentence, not that of "Dr." or "J.".
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})\.\s+(?=[A-Z])")
_SAID = re.compile(
    r"\b(?:said|says|stressed|noted|explained|mentioned|concluded|pointed out|emphasi[sz]ed|added|suggested|argued"
    r"|urged|highlighted|remarked|stated|observed|told)\b"
)
_PANEL_KINDS = frozenset({"panel", "roundtable"})
# Between the names of one list stand only commas, "and", titles and bodies; a finite verb ends it.
_ENDS_LIST = re.compile(
    r"[.;:!?\n]|\b(?:who|which|said|says|was|were|is|are|has|have|had|will"
    r"|to discuss|for|after|before|during|where|when|while|at the)\b"
)
_AFTER_PREPOSITION = re.compile(r"\b(?:by|from|with|to|for|call|contact)\s+(?:[A-Z][\w.’'-]*\s+){0,4}$")
_AND = re.compile(r"\b(?:and|as well as|along with)\b|&|;")
# A verb behind a name, what belongs to the name left out.
_ACTS = re.compile(
    r"(?:,? (?:of|from|at|for) (?:the )?[A-Z]\w*|, (?:the )?[A-Z]\w*(?: of (?:the )?[A-Z]\w*)?,)?\s+(?:also |then )?"
    r"(?:said|says|told|will|has|have|had|is|was|were|are|[a-z]{3,}(?:ed|[^s]es|[^s]s))\b"
)
_ABBREVIATED = re.compile(r"(?<=\bSt)\.(?=\s[A-Z])|(?<=\bMt)\.(?=\s[A-Z])|(?<=\b(?:Inc|Ltd|Bhd))\.(?=,?\s[a-z(])")
# "Mr. Quill, Dean of Arts, curators of museums of Ruland attended".
_OPEN_LIST = re.compile(
    r"(?:,? (?:of|at|from|for) (?:the )?[A-Z]\w*+)*+"
    r"(?:, (?:the )?[A-Z]\w*+(?: (?:of|at|for|from) (?:the )?[A-Z]\w*+)*+)*, (?:and |as well as )?"
    r"(?:[A-Za-z]\w+ ){0,3}?"
    r"(?i:representatives|members|officials|curators|ambassadors|envoys|diplomats|heads|directors|deans|professors"
    r"|students|teachers|staff|leaders|experts|scholars|delegates|guests|others|ministers|governors|mayors)\b"
)
_POSSESSIVE = re.compile(r"['’]")
# These say more than that somebody was there, or spoke.
_MORE_THAN_ATTENDING = frozenset(
    {"speaker", "host", "panelist", "presenter", "honoree", "opening_remarks", "closing_remarks"}
    | {"moderator", "keynote", "chair", "organizer"}
)
_MORE_THAN_SPEAKING = frozenset({"opening_remarks", "closing_remarks", "keynote", "moderator", "panelist", "chair"})
_ASKED = re.compile(
    r"(?i)\b(?:(?<!\b[ao]f )contact|obtained from|enquiries|inquiries|(?<!\b[ao]f )(?<!global )reach(?: out to)?"
    r"|further (?:info|information|details) from|issued by)\b(?!\s+(?:of|with|between|network|lens))"
    r"[^.\n\d@\"“”]{0,60}$"
    r"|\b(?:media|press|press service|press desk|investors|accreditation|attention)\s*:\s*(?:\w+\.?\s){0,3}$"
)
# Within a line or two after the name stands how to reach the person.
_REACHED = re.compile(
    r"[^@.;\n]{0,110}(?:\n[^@.;\n]{0,70}){0,2}?(?:[\w.+-]+@[\w-]+\.\w|\+\d[\d ()/-]{7,}|\b[Tt]el\b"
    r"|\(?\b0\d{1,4}\)?[ -]\d{3,4}[ -]?\d{3,4}\b"
    r"|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b)"
)


def find_roles(
    doc: Doc,
    people: Sequence[PersonMention],
    sessions: Sequence[SessionMention],
    talks: Sequence[Talk] = (),
) -> Iterator[RoleMention]:
    """Every role that the text gives a person, in text order of the frames; the same role may be told twice."""
    ordered = sorted(people, key=lambda person: person.evidence)
    text = text_of(doc)
    masked = _masked(doc, text)
    framed = (*_framed(doc, text, masked, ordered), *_listed(doc, text, masked, ordered), *_programmed(talks))
    told = [*(_in_session(role, sessions) for role in framed), *_speakers(text, ordered, sessions)]
    yield from _weighed(told)
    yield from _contacts(doc, text, ordered)


def _framed(doc: Doc, text: str, masked: str, people: Sequence[PersonMention]) -> Iterator[RoleMention]:
    """Roles told by a frame in the sentence that names the person."""
    starts = [sent.start_char for sent in doc.sents]
    bounds = list(zip(starts, [*starts[1:], len(masked)], strict=False))
    by_sentence: dict[int, list[PersonMention]] = {}
    for person in people:
        by_sentence.setdefault(bisect_right(starts, person.evidence.start) - 1, []).append(person)
    for n, named in by_sentence.items():
        if section_at(doc, named[0].evidence.start) not in _SILENT:
            yield from _before(masked, *bounds[n], named)
            yield from _after(masked, bounds[n][1], named)
            yield from _as(text, bounds[n][1], named)


def _before(masked: str, start: int, end: int, named: Sequence[PersonMention]) -> Iterator[RoleMention]:
    for role, rule, pattern in _frames("before"):
        for match in pattern.finditer(masked, start, end):
            if match.end() > named[-1].evidence.start:
                break
            for person in _without_subject(masked, list(listed_in_sentence(masked, match.end(), end, named))):
                yield _role(person, role, match.start(), rule)


def _without_subject(masked: str, members: Sequence[PersonMention]) -> Sequence[PersonMention]:
    """The members without one that is the subject of the main clause: "chaired by Ada Quill, Ben Roe reported"."""
    if len(members) < 2 or not _ACTS.match(masked, members[-1].evidence.end):
        return members
    return members if _AND.search(masked, members[0].evidence.end, members[-1].evidence.start) else members[:-1]


def _after(masked: str, end: int, named: Sequence[PersonMention]) -> Iterator[RoleMention]:
    subjects = [n for n, person in enumerate(named) if _may_act(masked, person)]
    for role, rule, pattern in _frames("after"):
        for n in subjects:
            person = named[n]
            stop = min(end, named[n + 1].evidence.start if n + 1 < len(named) else end)
            found = pattern.search(masked[person.evidence.end : stop])
            if found:
                open_list = _OPEN_LIST.match(masked, person.evidence.end, stop) is not None
                for one in _joined_before(masked, named, n, open_list=open_list):
                    yield _role(one, role, person.evidence.end + found.end(), rule)


def _as(text: str, end: int, named: Sequence[PersonMention]) -> Iterator[RoleMention]:
    """What words behind a name say that somebody is: "graced by Ada Quill, as keynote speaker", subject or not."""
    for n, person in enumerate(named):
        stop = min(end, named[n + 1].evidence.start if n + 1 < len(named) else end)
        for role, rule, pattern in _frames("as"):
            if found := pattern.search(text[person.evidence.end : stop]):
                yield _role(person, role, person.evidence.end + found.end(), rule)


def _may_act(masked: str, person: PersonMention) -> bool:
    """Whether the name can be a subject: no preposition leads to it, and it is no possessive ("Quill's Act")."""
    before = masked[max(0, person.evidence.start - 60) : person.evidence.start]
    return not _AFTER_PREPOSITION.search(before) and not _POSSESSIVE.match(masked, person.evidence.end)


def _listed(doc: Doc, text: str, masked: str, people: Sequence[PersonMention]) -> Iterator[RoleMention]:
    """Roles told by a heading: for the members of the rest of its sentence, or for the lines under it."""
    headings = [(match, role, rule) for role, rule, pattern in _frames("list") for match in pattern.finditer(text)]
    headings = [one for one in headings if section_at(doc, one[0].start()) not in _SILENT]
    above = sorted(match.start() for match, _, _ in headings if heads_lines(text, match.end(), people))
    for match, role, rule in headings:
        line_end = text.find("\n", match.end()) % (len(text) + 1)
        if match.start() in above:
            below = next((start for start in above if start > line_end), len(text))
            members = listed_on_lines(masked, line_end, below, people)
        else:
            stop = _SENTENCE_END.search(text, match.end(), line_end)
            end = stop.start() if stop else line_end
            members = listed_in_sentence(masked, match.end(), end, people, lenient=True)
        for person in members:
            if section_at(doc, person.evidence.start) not in _NO_LIST:
                yield _role(person, role, person.evidence.end, rule)


def _programmed(talks: Sequence[Talk]) -> Iterator[RoleMention]:
    for talk in talks:
        for person in talk.people:
            yield _role(person, talk.role, person.evidence.end, talk.rule)


def _weighed(told: Sequence[RoleMention]) -> Iterator[RoleMention]:
    """The roles that say most: who gave the opening remarks did not only attend, nor only speak there."""
    acting = {_surname(role.person) for role in told if role.role in _MORE_THAN_ATTENDING}
    leading = [role for role in told if role.role in _MORE_THAN_SPEAKING]
    for role in told:
        if role.role == "attendee" and _surname(role.person) in acting:
            continue
        if role.role in ("speaker", "presenter") and any(
            one.person == role.person and one.evidence.overlaps(role.evidence) for one in leading
        ):
            continue
        yield role


def _surname(person: PersonMention) -> str:
    return person.name.split()[-1].casefold()


def _role(person: PersonMention, role: Role, other: int, rule: str) -> RoleMention:
    place = person.evidence
    covered = Evidence(min(place.start, other), max(place.end, other), rule, 0.7)
    return RoleMention(person, role, covered)


def _joined_before(
    text: str, named: Sequence[PersonMention], n: int, *, open_list: bool = False
) -> Iterator[PersonMention]:
    """The person and those joined to him or her by "and" or commas before the verb.

    Commas alone join where the list goes on with others who are not named (`open_list`).
    """
    yield named[n]
    for k in range(n - 1, -1, -1):
        between = text[named[k].evidence.end : named[k + 1].evidence.start]
        if _POSSESSIVE.match(between):
            return
        if _ENDS_LIST.search(re.sub(r"\b[A-Z]\w{0,5}\.", "", between)) or not re.search(r",|\band\b|&", between):
            return
        if k + 1 == n and not open_list and not re.search(r"\band\b|&", between):
            return
        yield named[k]


def _in_session(role: RoleMention, sessions: Sequence[SessionMention]) -> RoleMention:
    place, extents = role.evidence, [(s, *s.extent) for s in sessions if s.extent]
    inside = next((s for s, start, end in extents if start <= place.start < end), None)
    # "The keynote lecture titled “Tides” was given by Ada Quill": the frame leads to the title.
    inside = inside or next((s for s, start, end in extents if place.start < start < place.end <= end), None)
    return RoleMention(role.person, role.role, role.evidence, inside) if inside else role


def _speakers(text: str, people: Sequence[PersonMention], sessions: Sequence[SessionMention]) -> Iterator[RoleMention]:
    """Those who say something in a panel's own paragraph are its panelists."""
    for session in sessions:
        if session.extent is None or session.kind not in _PANEL_KINDS:
            continue
        for person in people:
            start = person.evidence.end
            if session.evidence.end <= person.evidence.start < session.extent[1]:
                clause = re.split(r"[.;\n](?:\s|$)", text[start : start + 200], maxsplit=1)[0]
                if _SAID.search(clause):
                    yield RoleMention(
                        person, "panelist", Evidence(person.evidence.start, start, "roles.panel-speaker", 0.7), session
                    )


def _contacts(doc: Doc, text: str, people: Sequence[PersonMention]) -> Iterator[RoleMention]:
    for person in people:
        before = text[max(0, person.evidence.start - 90) : person.evidence.start]
        inside = section_at(doc, person.evidence.start) == "CONTACT"
        asked = _ASKED.search(before) or _REACHED.match(text, person.evidence.end)
        if inside or asked:
            place = person.evidence
            yield RoleMention(
                person, "contact", Evidence(place.start, place.end, "roles.contact", 0.75 if asked else 0.6)
            )


def _masked(doc: Doc, text: str) -> str:
    """The text of the same length in which every title and body is one capitalised word, and "St." ends no sentence."""
    marks = list(text)
    for span in mentions_of(doc, "TITLE", "ORG"):
        marks[span.start_char : span.end_char] = "T" + "t" * (span.end_char - span.start_char - 1)
    return _ABBREVIATED.sub("t", "".join(marks))


@cache
def _frames(place: str) -> tuple[tuple[Role, str, re.Pattern[str]], ...]:
    """The frames of one place ("before", "after", "as" what behind a name; a "list"): role, rule id, pattern."""
    frames = []
    for rule in load_rules("roles").rules:
        _, role, where = rule.id.split(".")
        if where == place:
            frames.append((cast(Role, role), rule.id, rule.pattern))
    return tuple(frames)
