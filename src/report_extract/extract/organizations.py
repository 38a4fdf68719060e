"""Organisations named in the text, other names that the text gives them, and the larger bodies they belong to.

An organisation is an ORG mention outside menus and footers; one inside an event's or a session's name is part of that
name. Another name is found in brackets ("Harbour University (HU)", "HU (Harbour University)") and after "known as"; a
parent in "Unit of Body", "Unit, Body", "Body's Unit", "Unit, a division of Body". On doubt (a list of bodies of one
size, a bracket that abbreviates nothing) nothing is linked; short forms used without saying so are left to `resolve`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import cast

from spacy.tokens import Doc, Span

from report_extract.analyze.seam import mentions_of, sections_of, text_of
from report_extract.evidence import Evidence
from report_extract.extract.mentions import AliasMention, OrganizationMention, ParentMention
from report_extract.extract.organization_names import (
    LARGEST,
    initials_of,
    is_acronym,
    is_short_form,
    kind_of,
    long_form_start,
    rank_of,
)
from report_extract.extract.place_names import country_named, country_of_state
from report_extract.rules import load_rules
from report_extract.schema import OrganizationKind

_LONGEST_GAP = 90
_PLACE_GAP = re.compile(r"^\s*(?:\([^()\n]{1,30}\))?(?:\s*,|\s+in|\s*\()\s*(?:the\s+)?$")
_ARTICLE_GAP = re.compile(r"^\s*(?:\([^()\n]{1,40}\))?,?\s+(?:is\s+|was\s+)?an?\s+$")
_INNER_GAP = re.compile(r"^\s*,\s*$")
_LIST_GOES_ON = re.compile(r"^,?\s+(?:and|or|&)\s+(?:the\s+)?|^(?P<s>['’]s?)\b")
_OPENED = re.compile(r"^(?:['’]s)?\s*\(\s*[\"“]?$")
_CLOSED = re.compile(r"^[\"”]?(?:['’]s)?\s*\)")
_AND = re.compile(r"\b(?:and|or)\b|&")
# In a list, such bodies are seldom parts of the university that comes next.
_SELDOM_ACADEMIC = frozenset({"committee", "programme", "ngo", "government", "agency", "company", "party", "media"})
_LIST_GAP = re.compile(r"^(?:\s*\([^()\n]{1,40}\))?\s*(?:,|;|,?\s*and|,?\s*or|&)\s*(?:the\s+)?$")


def find_organizations(doc: Doc) -> Iterator[OrganizationMention]:
    """Every mention of an organisation, in text order, in whatever form, with the city and country said after it."""
    text = text_of(doc)
    chrome = [(section.start_char, section.end_char) for section in sections_of(doc, "CHROME")]
    containers = [(span.start_char, span.end_char) for span in mentions_of(doc, "EVENT", "SESSION")]
    places = mentions_of(doc, "GPE")
    starts = [place.start_char for place in places]
    for span in mentions_of(doc, "ORG"):
        start, end = span.start_char, span.end_char
        if any(a <= start < b for a, b in chrome):
            continue
        if any(a <= start and end <= b and b - a > end - start for a, b in containers):
            continue
        name = " ".join(span.text.split())
        after = places[bisect_left(starts, end) :][:3]
        city, country = _read_place(text, end, after) if kind_of(name) != "igo" else (None, None)
        yield OrganizationMention(name, Evidence.of(span, confidence=0.85), city, country, _told_kind(text, start, end))


def _read_place(text: str, end: int, places: Sequence[Span]) -> tuple[str | None, str | None]:
    """City and country that stand right after a name: "in Sapporo, Japan", ", Mesa, Arizona"."""
    city: str | None = None
    gap = _PLACE_GAP
    for place, further in zip_longest(places, places[1:]):
        goes_on = _LIST_GOES_ON.match(text[place.end_char :][:8])
        if not gap.match(text[end : place.start_char]) or (goes_on and goes_on["s"]):
            break
        if goes_on and further and place.end_char + goes_on.end() == further.start_char:
            break
        name = " ".join(place.text.split())
        country = country_named(name) or country_of_state(name)
        if country:
            return city, country
        if city:
            break
        city, end, gap = name, place.end_char, _INNER_GAP
    return city, None


def _told_kind(text: str, start: int, end: int) -> OrganizationKind | None:
    """The kind that a noun beside the name tells: "Kaito, a robotics company", "the charity Reef Watch"."""
    links = load_rules("organization_links")
    told = links.rule("organizations.kind-behind").pattern.match(text, end, end + _LONGEST_GAP)
    told = told or links.rule("organizations.kind-before").pattern.search(text, max(0, start - _LONGEST_GAP), start)
    return _kinds_of_nouns()[told["noun"].lower()] if told else None


@cache
def _kinds_of_nouns() -> dict[str, OrganizationKind]:
    lists = load_rules("organization_links").lists
    return {noun: cast(OrganizationKind, name[5:]) for name in lists if name[:5] == "kind_" for noun in lists[name]}


def find_aliases(doc: Doc) -> Iterator[AliasMention]:
    """Every place that says by what other name an organisation goes.

    >>> import spacy
    >>> from report_extract.analyze.seam import MENTIONS, write_spans
    >>> doc = spacy.blank("en")("The Harbour Research Centre (HRC) opened.")
    >>> write_spans(doc, MENTIONS, [(4, 27, "ORG", "organizations.suffix")])
    >>> [(alias.name, alias.alias, alias.kind) for alias in find_aliases(doc)]
    [('Harbour Research Centre', 'HRC', 'acronym')]
    """
    text, links = text_of(doc), load_rules("organization_links")
    bracket_pattern = links.rule("organizations.bracket").pattern
    known_as = links.rule("organizations.known-as").pattern
    spans = mentions_of(doc, "ORG")
    for i, span in enumerate(spans):
        end, following = span.end_char, spans[i + 1] if i + 1 < len(spans) else None
        bracket = bracket_pattern.match(text[end : end + _LONGEST_GAP])
        both = links.rule("organizations.bracket-both").pattern.match(text[end : end + _LONGEST_GAP])
        if both:
            for alias in (both["alias"], both["other"]):
                yield from _read_bracket(span, alias, end + both.end(), following)
        elif bracket:
            yield from _read_bracket(span, bracket["alias"], end + bracket.end(), following)
        elif following is not None and known_as.match(text[end : following.start_char][:_LONGEST_GAP]):
            evidence = Evidence(span.start_char, following.end_char, "organizations.known-as", 0.85)
            yield _alias(span.text, following.text, evidence)


def find_parents(doc: Doc, organizations: tuple[OrganizationMention, ...]) -> Iterator[ParentMention]:
    """Every place that says that one body belongs to another, read from what stands between their names."""
    text, sentences = text_of(doc), _Sentences(doc)
    organizations = tuple(_without_bracketed(text, organizations))
    gaps = []
    for one, other in pairwise(organizations):
        start, end = one.evidence.end, other.evidence.start
        is_near = 0 <= end - start <= _LONGEST_GAP and sentences.are_together(one.evidence.start, end)
        gaps.append(text[start:end] if is_near else None)
    for i, gap in enumerate(gaps):
        if gap is None:
            continue
        child, owner = organizations[i], organizations[i + 1]
        ranks, has_and = _list_around(organizations, gaps, i)
        is_chain = _is_chain(ranks, has_and=has_and)
        # "Tide Lab, a Reef Board laboratory": what is said of the owner stands behind its name.
        owned = load_rules("organization_links").rule("parents.owned-noun").pattern
        if gap and _ARTICLE_GAP.match(gap) and owned.match(text[owner.evidence.end :][:_LONGEST_GAP]):
            yield ParentMention(
                child, owner, Evidence(child.evidence.start, owner.evidence.end, "parents.owned-noun", 0.8)
            )
            continue
        parent = _read_parent(child, owner, gap, is_chain=is_chain)
        is_comma = parent is not None and parent.evidence.rule == "parents.comma"
        if parent and (is_chain or not (is_comma and _is_in_list(child.name, owner.name, ranks))):
            yield parent


def _without_bracketed(text: str, organizations: Sequence[OrganizationMention]) -> Iterator[OrganizationMention]:
    """The mentions without other names in brackets: in "the Reef Lab (RL) at the Institute" the Lab is the unit."""
    end = 0
    for mention in organizations:
        start = mention.evidence.start
        is_other_name = _OPENED.match(text[end:start]) and _CLOSED.match(text[mention.evidence.end :][:4])
        if not (end and is_other_name):
            end = mention.evidence.end
            yield mention


def _read_bracket(span: Span, alias: str, end: int, following: Span | None) -> Iterator[AliasMention]:
    """What a bracket after a name says: a short form, or (after a short form) the long one."""
    name, alias = " ".join(span.text.split()), " ".join(alias.split())
    evidence = Evidence(span.start_char, end, "organizations.bracket", 0.95)
    is_marked = following is not None and following.end_char <= end
    if is_acronym(name) and not is_acronym(alias) and is_short_form(name, alias) and (is_marked or alias.istitle()):
        yield _alias(alias, name, evidence)
    elif is_acronym(alias) and is_short_form(alias, name):
        # "the Secretariat of the Harbour Commission on Trade (HCT)": the acronym is the Commission's.
        yield _alias(name[long_form_start(alias, name) :], alias, evidence)
    elif is_acronym(alias) and is_marked and (alias[:1].casefold() == name[:1].casefold() or _holds(alias, name)):
        yield _alias(name, alias, Evidence(evidence.start, end, evidence.rule, 0.75))
    elif alias[:1].isupper() and _has_all_words(name, alias):
        yield _alias(name, alias, evidence)


def _holds(acronym: str, name: str) -> bool:
    """Whether an acronym has the initials of a name, one more at most, in any order: "Tide Community (SCT)"."""
    # "Fellow of the Royal Tide Society (FRTS)" is a distinction.
    if acronym in load_rules("names").terms("post_nominals"):
        return False
    letters = acronym.casefold()
    return any(len(one) > 1 and set(one) <= set(letters) and len(letters) <= len(one) + 1 for one in initials_of(name))


def _alias(name: str, alias: str, evidence: Evidence) -> AliasMention:
    name, alias = " ".join(name.split()), " ".join(alias.split())
    return AliasMention(name, alias, "acronym" if is_acronym(alias) else "short", evidence)


def _has_all_words(name: str, alias: str) -> bool:
    words = name.casefold().split()
    return all(word in words for word in alias.casefold().split())


def _read_parent(
    one: OrganizationMention, other: OrganizationMention, gap: str, *, is_chain: bool
) -> ParentMention | None:
    """The link that a gap between two neighbouring names tells of."""
    links = load_rules("organization_links")
    rank, next_rank = rank_of(one.name), rank_of(other.name)
    for rule_id, confidence in (
        ("parents.part", 0.9),
        ("parents.possessive", 0.85),
        ("parents.its", 0.75),
        ("parents.of", 0.85),
        ("parents.comma", 0.8),
    ):
        if not links.rule(rule_id).pattern.match(gap):
            continue
        evidence = Evidence(one.evidence.start, other.evidence.end, rule_id, confidence)
        if rule_id == "parents.part":
            return ParentMention(one, other, evidence)
        if rule_id == "parents.its":
            return ParentMention(other, one, evidence) if next_rank < rank else None
        if rule_id == "parents.possessive":
            return ParentMention(other, one, evidence) if next_rank < LARGEST else None
        can_own = rank < next_rank or (rank < LARGEST and (is_chain or (rule_id == "parents.of" and rank == next_rank)))
        return ParentMention(one, other, evidence) if can_own else None
    return None


def _list_around(
    organizations: tuple[OrganizationMention, ...], gaps: list[str | None], i: int
) -> tuple[list[int], bool]:
    """The ranks of the bodies that only commas, "and" join to the one at i, and whether there is any "and"."""
    first, last = i, i + 1
    while first and _is_list_gap(gaps[first - 1]):
        first -= 1
    while last < len(gaps) and _is_list_gap(gaps[last]):
        last += 1
    ranks = [rank_of(body.name) for body in organizations[first : last + 1]]
    return ranks, any(_AND.search(gap) for gap in gaps[first:last] if gap)


def _is_chain(ranks: list[int], *, has_and: bool) -> bool:
    """Whether bodies in a row are each a part of the next: units without any "and", the largest at the end.

    >>> _is_chain([1, 2, 1, 4], has_and=False), _is_chain([2, 3, 3], has_and=False), _is_chain([2, 4], has_and=True)
    (True, False, False)
    """
    return not has_and and ranks[-1] > max(ranks[:-1])


def _is_in_list(child: str, parent: str, ranks: list[int]) -> bool:
    """Whether the comma after a name only separates it from the next body of a list.

    "Division, Bureau, Ministry" grows from name to name; "Board, Council, Centre and Court" does not. A department
    before a university is its department in a list, too.
    """
    if rank_of(child) < LARGEST and kind_of(parent) == "university" and kind_of(child) not in _SELDOM_ACADEMIC:
        return False
    return any(one >= other for one, other in pairwise(ranks))


def _is_list_gap(gap: str | None) -> bool:
    return gap is not None and _LIST_GAP.match(gap) is not None


class _Sentences:
    """Whether two places stand in one sentence."""

    def __init__(self, doc: Doc) -> None:
        sents = doc.sents if doc.has_annotation("SENT_START") else (doc[:],)
        self.starts = [sent.start_char for sent in sents]

    def are_together(self, one: int, other: int) -> bool:
        return bisect_right(self.starts, one) == bisect_right(self.starts, other)
