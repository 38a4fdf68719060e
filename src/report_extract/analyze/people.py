"""Names of persons: behind an honorific or a title, by a known given name, with initials, or as somebody who speaks.

One word alone is a person only behind an honorific or title, or where the release gives the full name. A name inside
the name of a body, a building or a prize is never one. Post-nominals ("SC", "PhD") are no part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_HYPHENED = r"(?:-[CSNncgGAwi])*"
_PART = rf"(?:(?:p-)?[CSNncIgGDA]{_HYPHENED})"
_NICKNAME = r"[\"(][CSNnc]{1,2}[\")](?=[CSNcFTX])"
# The last word may be an everyday word, a title or a place ("King", "Castle"): `_bare` asks whether it names a family.
_LAST = r"[ncDMTFXYOE](?=$|[^CSNncgGDMOTEFXYABLKs-])"
_REST = rf"(?:(?:p-?){{0,3}}[CSNgGIA]{_HYPHENED}|{_NICKNAME}|nI?|c(?:-[CSNnc])+|{_LAST})"
_NAME = rf"{_PART}(?:{_REST}){{0,4}}"
_TITLED = re.compile(
    rf"(?P<honorific>H+(?:hH+)?(?P<comma>,)?(?:\((?P<retired>[CcSA])\))?)(?P<name>{_NAME})(?P<more>(?:,{_PART}{{1,3}})*,?&{_PART}{{1,3}})?"
)
_GIVEN = re.compile(rf"N(?:-[CSNncw])?(?:{_REST}){{1,4}}")
_WEAK = re.compile(r"n(?:I{0,2})(?:p{0,2}[SC](?:-[CSNnc])?){1,2}")
_INITIALS = re.compile(r"I{1,3}(?:p{0,2}[CSNnc](?:-[CSNnc])?){1,2}")
_UNKNOWN = re.compile(r"(?:[CSNn](?:-[CSNncw])?)(?:p{0,2}[CSNnIg](?:-[CSNncw])?){1,3}")
_AFTER_TITLE = re.compile(r"(?<=T)(?:c[SCN]|[CSN])(?![OEKTcABCSNngFXYL-])")
_OFFICE_AND_COMMA = re.compile(r"h(?=[^,]*T)[TMcCOrfh&]+,$")
# "Ambassador of Fiji to the Republic of Peru Ulu Quill": who is sent where stands between the office and the name.
_ENVOY = re.compile(r"T(?:fh?(?:Gf)?G+)?[if]h?(?:Gf)?G+$")
_ENVOYS = frozenset({"Ambassador", "Commissioner", "Envoy", "Consul", "Representative", "Minister", "President"})
_REACH = 10
_NEVER_BESIDE = frozenset("OEKTcABCSNngFXYL-")


def find_named(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Honorifics with their names, and names that can be told by themselves."""
    tags = words.tags
    for match in _TITLED.finditer(tags):
        yield from _behind_honorific(words, lexicon, match)
    for pattern, rule, weight in (
        (_GIVEN, "people.given-name", 5.5),
        (_WEAK, "people.possible-given-name", 4.0),
        (_INITIALS, "people.initials", 4.5),
    ):
        for match in pattern.finditer(tags):
            first, stop = _bare(words, lexicon, *match.span())
            stop = _past_initial(words, stop)
            if stop - first > 1 and words.tags[stop : stop + 1] not in ("F", "X", "Y"):
                yield Candidate(first, stop, "PERSON", rule, weight)
                yield from _states(words, lexicon, stop, match.end())


def _behind_honorific(words: Words, lexicon: Lexicon, match: re.Match[str]) -> Iterator[Candidate]:
    first, stop = _bare(words, lexicon, *match.span("name"))
    stop = _past_initial(words, stop)
    at = match.start("honorific")
    if stop <= first or len(words.surface(first, stop)) < 2:
        return
    if match["retired"] and words.words[match.start("retired")] not in lexicon.lists["honorifics.retired"]:
        return
    is_short = first - at == 1 and stop - first == 1 and words.tags[first] not in "CSN"
    if is_short and words.forms[at] in lexicon.lists["honorifics.ambiguous"]:
        return
    # "His Excellency, Bo Oduya": the comma behind a style is no part of it.
    yield Candidate(at, first - (match["comma"] is not None), "HONORIFIC", "people.honorific", 8)
    yield Candidate(first, stop, "PERSON", "people.honorific-name", 7.5)
    yield from _states(words, lexicon, stop, match.end("name"))
    if match["more"] and words.forms[at] in lexicon.lists["names.plural_honorifics"]:
        for other in re.finditer(r"[^,&]+", match["more"]):
            start = match.start("more") + other.start()
            yield Candidate(start, start + len(other.group()), "PERSON", "people.honorific-list", 7)


def _past_initial(words: Words, stop: int) -> int:
    """The end of a name whose initial lost its full stop: "Charles E  Quill" is one name, however wide the gap."""
    initial, gap, name = [*words.words[stop - 1 : stop + 2], "", ""][:3]
    is_initial = len(initial) == 1 and initial.isupper() and gap.isspace() and "\n" not in gap
    return stop + 2 if is_initial and len(name) > 2 and words.tags[stop + 1] in "CSNnc" else stop


def _states(words: Words, lexicon: Lexicon, stop: int, end: int) -> Iterator[Candidate]:
    """The state behind a name whose comma or bracket was lost: "Ben Cardin MD Edward Kennedy MA"."""
    word = words.words[stop] if stop < end else ""
    if word in lexicon.lists["place_names.states"] and word not in lexicon.lists["names.post_nominals"]:
        yield Candidate(stop, stop + 1, "GPE", "places.state", 7)
        if end - stop > 2:
            yield Candidate(stop + 1, end, "PERSON", "people.given-name", 5.5)


def _bare(words: Words, lexicon: Lexicon, first: int, stop: int) -> tuple[int, int]:
    """A name without what is no part of it: post-nominals, and capitals that begin the next thing."""
    post, states = lexicon.lists["names.post_nominals"], lexicon.lists["place_names.states"]
    stop = next((i for i in range(first + 1, stop) if words.words[i] in states and words.tags[i] == "A"), stop)
    for i in range(first + 1, stop):
        # "Tom Harkin D IA": the letter of a party, its brackets lost.
        if words.words[i] in ("D", "R", "I") and (i + 1 == stop or words.words[i + 1] in states):
            stop = i
            break
    titles, family = lexicon.lists["titles.surnames"], lexicon.family
    while (
        stop - first > 1
        and words.tags[stop - 1] in "cMTFXYOED"
        and (words.forms[stop - 1] not in (titles if words.tags[stop - 1] == "T" else family))
    ):
        stop -= 1
    while stop > first + 1 and (
        (words.words[stop - 1] in post and words.tags[stop - 1] != "N") or words.tags[stop - 1] in "-p"
    ):
        stop -= 1
    # "S. Jayakumar High-ranking": a sentence begins inside; a name never runs over it.
    stop = next((i for i in range(first + 1, stop) if words.begins[i]), stop)
    generation = stop + (words.tags[stop : stop + 1] == ",")
    if (
        words.words[generation : generation + 1]
        and words.words[generation] in lexicon.lists["names.generations"]
        and words.tags[generation + 1 : generation + 2] not in ("T", "M")
    ):
        return first, generation + 1
    return first, stop


def find_beside_titles(words: Words, lexicon: Lexicon, board: Board) -> Iterator[Candidate]:
    """Unknown names that a title stands beside: "Minister Tevita Lau", "Tevita Lau, director of ..."."""
    tags, owner = words.tags, board.owner
    for first, stop in _unknown(words, lexicon, board):
        before = tags[first - 1] if first and owner[first - 1] is None else "|"
        is_small = before == "w" and words.words[first - 1] in lexicon.small_titles
        if before == "T" or is_small or _is_behind_envoy(words, first):
            yield Candidate(first, stop, "PERSON", "people.titled", 5)
        elif tags[stop : stop + 1] in (",", "(", "/", "|") and _is_title(words, lexicon, stop + 1):
            yield Candidate(first, stop, "PERSON", "people.before-title", 5)
        elif _OFFICE_AND_COMMA.search(tags, max(0, first - _REACH), first) and tags[stop : stop + 1] in ("w", "v"):
            # "The Chief Executive, Ulu Quill spoke": no other office or body follows the comma.
            yield Candidate(first, stop, "PERSON", "people.titled", 4.5)
    for match in _AFTER_TITLE.finditer(tags):
        first, stop = match.span()
        if board.is_free(first - 1, stop) and not (stop - first > 1 and words.titled[first]):
            yield Candidate(first, stop, "PERSON", "people.titled", 4.5 if stop - first > 1 else 4)


def _is_behind_envoy(words: Words, first: int) -> bool:
    """Whether an office and the countries that it stands between lead to a name: "Ambassador of Fiji to Peru"."""
    sent = _ENVOY.search(words.tags[max(0, first - _REACH) : first])
    return sent is not None and words.forms[first - len(sent.group())] in _ENVOYS and not words.begins[first]


def _unknown(words: Words, lexicon: Lexicon, board: Board) -> Iterator[tuple[int, int]]:
    """Free stretches of two to four capitalised words that no list explains."""
    for match in _UNKNOWN.finditer(words.tags):
        first, stop = _bare(words, lexicon, *match.span())
        if stop - first > 1 and board.is_free(first, stop):
            yield first, stop


def _is_title(words: Words, lexicon: Lexicon, at: int) -> bool:
    """Whether a title begins at a token, perhaps behind an article, a body and modifiers."""
    tags = words.tags
    for i in range(at, min(at + 5, len(tags))):
        word = words.words[i]
        if tags[i] == "T" or (tags[i] == "w" and word in lexicon.small_titles):
            return True
        if not (tags[i] in "hMcs-OBAG" or word in ("a", "an") or word in lexicon.small_modifiers):
            return False
    return False


def find_speakers(words: Words, lexicon: Lexicon, board: Board) -> Iterator[Candidate]:
    """Unknown names of two words or more beside a verb of saying, and those that look like names of persons."""
    tags = words.tags
    for first, stop in _unknown(words, lexicon, board):
        before, after = tags[first - 1] if first else "|", tags[stop] if stop < len(tags) else "|"
        if "v" in (after, before):
            yield Candidate(first, stop, "PERSON", "people.speaker", 4)
        elif _may_be_person(words, first, before, after):
            is_family = tags[first] in "SNn" or tags[stop - 1] == "S"
            rule, weight = ("people.family-name", 3.0) if is_family else ("people.unknown", 2.5)
            yield Candidate(first, stop, "PERSON", rule, weight)


def _may_be_person(words: Words, first: int, before: str, after: str) -> bool:
    """Whether what stands beside an unknown name leaves a person possible: no other name, no "the", no "in"."""
    if before in _NEVER_BESIDE or after in _NEVER_BESIDE or before in "hf":
        return False
    if words.titled[first] and not (before in "|,&(;_" and after in "|,&(;_"):
        return False
    return before != "i" or words.words[first - 1] == "to"
