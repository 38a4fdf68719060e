"""One person for every human being whom a release names, however often and in whatever form.

Names of several words come first: they are one person where one name is contained in the other, word by word, with
initials, short given names, accents, capitals, turned order and lost spaces allowed for. A lone word then goes to the
one person whose family name it is, or else whose other name it is. Where it fits two persons it goes to neither; where
it fits nobody it is a person of its own only with an honorific or an office before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from report_extract.extract.mentions import PersonEntity, PersonMention
from report_extract.resolve.names import fold, is_same_given, split_name, words_of

_ALONE = 0.6  # the least confidence with which a lone surname is a person


@dataclass(slots=True)
class _Person:
    """A person in the making: the fullest name's words and all mentions so far."""

    words: tuple[str, ...]
    mentions: list[PersonMention] = field(default_factory=list)


def resolve_people(mentions: Iterable[PersonMention]) -> list[PersonEntity]:
    """The persons of a release in order of first mention.

    >>> from report_extract.evidence import Evidence
    >>> def mention(name, at, honorific=None):
    ...     return PersonMention(name, Evidence(at, at + len(name), "people.name", 0.9), honorific)
    >>> people = resolve_people([mention("Ada Quill", 0, "Dr."), mention("Quill", 30), mention("Ben Roe", 50)])
    >>> [(person.name, person.honorific, len(person.mentions)) for person in people]
    [('Ada Quill', 'Dr.', 2), ('Ben Roe', None, 1)]
    """
    ordered = sorted(mentions, key=lambda mention: mention.evidence)
    words = {mention.name: words_of(mention.name) for mention in ordered}
    people: list[_Person] = []
    full = [mention for mention in ordered if len(words[mention.name]) > 1]
    for mention in sorted(full, key=lambda m: (-len(words[m.name]), -sum(map(len, words[m.name])))):
        _place_full(mention, words[mention.name], people)
    for mention in ordered:
        if len(words[mention.name]) == 1:
            _place_single(mention, words[mention.name][0], people)
    people.sort(key=lambda person: min(mention.evidence for mention in person.mentions))
    return [_entity(person) for person in people]


def _place_full(mention: PersonMention, words: tuple[str, ...], people: list[_Person]) -> None:
    """Adds a name of several words to the one person it fits, or makes a new one; on two it is dropped."""
    fitting = [p for p in people if p.words == words] or [p for p in people if _is_same_person(words, p.words)]
    if not fitting:
        people.append(_Person(words, [mention]))
    elif len(fitting) == 1:
        fitting[0].mentions.append(mention)


def _place_single(mention: PersonMention, word: str, people: list[_Person]) -> None:
    """Adds a lone name to the one person it fits best, or makes a new one of it where it is sure to be a person."""
    for fits in (_is_family_name, _is_first_name, _is_other_name):
        fitting = [person for person in people if fits(word, person)]
        if len(fitting) > 1 and mention.honorific:
            same = [person for person in fitting if _has_honorific(person, mention.honorific)]
            fitting = same if len(same) == 1 else fitting
        if len(fitting) > 1:
            # A surname stands for somebody who has been named: the press officer under the text comes later.
            known = [person for person in fitting if min(m.evidence for m in person.mentions) < mention.evidence]
            fitting = known if len(known) == 1 else fitting
        if fitting:
            if len(fitting) == 1:
                fitting[0].mentions.append(mention)
            return
    if mention.evidence.confidence >= _ALONE:
        people.append(_Person((word,), [mention]))


def _is_same_person(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether two names of several words can be the same person's."""
    if "".join(shorter) == "".join(longer) or sorted(shorter) == sorted(longer):
        return True
    if _is_contained(shorter, longer):
        return True
    # "J. P. Quill" and "John Quill": the family name and the first given name agree, the rest is left out.
    return shorter[-1] == longer[-1] and _is_contained(longer, shorter)


def _is_contained(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether every word of `part` stands in `whole`, in order, the last one at the end or the first at the start."""
    if len(part) > len(whole) or (part[-1] != whole[-1] and part[0] != whole[0]):
        return False
    if part[-1] != whole[-1]:
        # "Ana Ruiz" of "Ana Ruiz Soto" (two family names) needs whole words, side by side.
        return tuple(whole[: len(part)]) == tuple(part)
    rest = iter(whole[:-1])
    return all(any(is_same_given(word, other) for other in rest) for word in part[:-1])


def _is_family_name(word: str, person: _Person) -> bool:
    family = person.words[-1]
    # "Senator Quills letter": the apostrophe was lost.
    return word in (family, family.rpartition("-")[2], family + "s")


def _is_first_name(word: str, person: _Person) -> bool:
    return word == person.words[0]


def _is_other_name(word: str, person: _Person) -> bool:
    return word in person.words or (len(word) > 5 and word == "".join(person.words))


def _has_honorific(person: _Person, honorific: str) -> bool:
    return any(mention.honorific and fold(mention.honorific) == fold(honorific) for mention in person.mentions)


def _entity(person: _Person) -> PersonEntity:
    mentions = tuple(sorted(person.mentions, key=lambda mention: mention.evidence))
    name = _fullest(mentions)
    alone = [m for m in mentions if len(m.name.split()) == 1 and (m.honorific or m.evidence.confidence >= _ALONE)]
    parts = split_name(name, family_hint=alone[0].name if alone else None, is_family=bool(alone))
    honorifics = [mention.honorific for mention in mentions if mention.honorific]
    quiet = [honorific for honorific in honorifics if not _is_shouted(honorific)]
    suffixes = [mention.suffix for mention in mentions if mention.suffix]
    return PersonEntity(
        name=name,
        mentions=mentions,
        given_name=parts.given,
        family_name=parts.family,
        honorific=next(iter(quiet or honorifics), None),
        suffix=parts.suffix or next(iter(suffixes), None),
    )


def _fullest(mentions: Sequence[PersonMention]) -> str:
    """The form with most words, then most letters; capitals throughout only where there is no other form."""

    def fullness(mention: PersonMention) -> tuple[bool, int, int]:
        words = words_of(mention.name)
        return not _is_shouted(mention.name), len(words), sum(map(len, words))

    return max(mentions, key=fullness).name


def _is_shouted(text: str) -> bool:
    """Whether a text of more than three letters is all in capitals."""
    return text.isupper() and sum(char.isalpha() for char in text) > 2
