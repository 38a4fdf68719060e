"""Words that are no name by themselves, whoever reads one in them: web addresses, tickers, capitals of other kinds.

A longer name may hold such a word ("IT Crowd Ltd."); a name that consists of them alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from report_extract.analyze.acronyms import BRACKET, find_long_form
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words
from report_extract.rules import load_rules

_ADDRESS = re.compile(r"(?i)\S*(?:@|://)\S*|www\.\S+|[\w.-]+\.(?:com|org|net|edu|gov|int|info)\b\S*")
# "(NYSE: ABC)", "(NASDAQ:ABCD)", "(TSX, NYSE: AB)": the tags from the bracket to the symbol.
_TICKER = re.compile(r"\((?P<exchanges>[ABCKcSN](?:[,&/][ABCcKSN])*):(?P<symbol>.)")

# Tags of the words of names, and the longest letters that may be a degree.
_NAMES = ("N", "n", "S", "C")
_LONGEST_DEGREE = 6

# "the Louis and Louise Quill Director of": the tags of those who gave for a post, and what posts are named so.
_DONOR = re.compile(r"h(?P<donor>[NnSCcI]{2,6}(?:&[NnSCcI]{1,5})?|[NnSCcI]&[NnSCcI]{2,5})(?=T[fri,])")
_CHAIRS = frozenset(
    {"Director", "Curator", "Professor", "Chair", "Fellow", "Scholar", "Dean", "Lecturer", "Conservator"}
)


def barred_words(words: Words, lexicon: Lexicon) -> dict[str, frozenset[int]]:
    """By label, the tokens that are none of it by themselves."""
    of_state = lexicon.lists["titles.of_state"]
    offices = frozenset(i for i, word in enumerate(words.words) if word in of_state)
    degrees = frozenset(_degrees(words, lexicon))
    return {
        "ORG": _no_bodies(words, lexicon) | degrees,
        "TITLE": _behind_names(words, lexicon),
        "HONORIFIC": offices | degrees,
        "PERSON": frozenset(i for first, head in donors(words) for i in range(first, head)),
    }


def donors(words: Words) -> Iterator[tuple[int, int]]:
    """Where a post is named for who gave for it, the first word of the name and the head of the post behind it.

    "the Ada M. Quill Professor of Law" is held by somebody else.
    """
    for match in _DONOR.finditer(words.tags):
        if words.words[match.end()] in _CHAIRS:
            yield match.start("donor"), match.end()


def _behind_names(words: Words, lexicon: Lexicon) -> frozenset[int]:
    """Letters behind a name ("Ana Ruiz MP"): a distinction, no office; "Suva MP Ana Ruiz" holds one."""
    letters = lexicon.lists["names.post_nominals"]
    return frozenset(
        i
        for i, word in enumerate(words.words)
        if word in letters and i > 1 and words.tags[i - 1] in "NSCn" and words.tags[i - 2] in "NnHIpS"
    )


def _no_bodies(words: Words, lexicon: Lexicon) -> frozenset[int]:
    no = lexicon.lists["organizations.no_acronyms"]
    found = {i for i, word in enumerate(words.words) if word in no}
    for i, word in enumerate(words.words):
        if ("." in word or "@" in word) and _ADDRESS.fullmatch(word):
            found.add(i)
            found.update(_path(words, i + 1))
    exchanges = lexicon.lists["organizations.exchanges"]
    for match in _TICKER.finditer(words.tags):
        listed = range(*match.span("exchanges"))
        if any(words.words[i] in exchanges for i in listed):
            found.update((*listed, match.start("symbol")))
    found.update(_countries(words), _no_long_forms(words, lexicon))
    return frozenset(found)


def _degrees(words: Words, lexicon: Lexicon) -> Iterator[int]:
    """Letters between commas behind a name, up to the last known distinction: "Ana Ruiz, M.Sc., DIC, Ph.D., came"."""
    known = lexicon.lists["names.post_nominals"]
    for i, tag in enumerate(words.tags):
        if tag != "," or words.tags[i - 1 : i] not in _NAMES:
            continue
        run: list[int] = []
        at = i + 1
        while size := next((n for n in (1, 2) if _ends_item(words, at + n) and _is_short(words, at, n, known)), 0):
            run.extend(range(at, at + size))
            at += size + 1
        last = max(
            (n for n in run if words.words[n] in known or " ".join(words.words[n - 1 : n + 1]) in known), default=0
        )
        yield from (n for n in run if n <= last)


def _ends_item(words: Words, at: int) -> bool:
    return words.tags[at : at + 1] == ","


def _is_short(words: Words, at: int, size: int, known: frozenset[str]) -> bool:
    """Whether one or two words are a distinction, or one word is letters that may be one."""
    word = " ".join(words.words[at : at + size])
    return word in known or (size == 1 and word.isupper() and len(word) <= _LONGEST_DEGREE)


def _countries(words: Words) -> Iterator[int]:
    """A country's short form alone in brackets says where a body is: "Massey University (NZ)"."""
    known = _country_forms()
    for i, word in enumerate(words.words[1:-1], 1):
        if words.tags[i - 1] == "(" and words.tags[i + 1] == ")" and word in known:
            yield i


@cache
def _country_forms() -> frozenset[str]:
    return frozenset(form.partition("=")[0] for form in load_rules("countries").terms("other_forms"))


def _no_long_forms(words: Words, lexicon: Lexicon) -> Iterator[int]:
    """The letters that a bracket gives to what is no body: "a Letter of Agreement (LOA)"."""
    never = lexicon.lists["organizations.no_bodies"] | lexicon.lists["organizations.no_long_forms"]
    shorts = set()
    for match in BRACKET.finditer(words.tags):
        span = find_long_form(words, match.start())
        if span is None or span[1] - span[0] < 2:
            continue
        link = re.search("[fr]", words.tags[span[0] : span[1]])
        head = span[0] + link.start() - 1 if link else span[1] - 1
        if words.forms[head] in never:
            shorts.add(words.surface(match.start() + 1, match.end("short")))
    return (i for i, word in enumerate(words.words) if word in shorts)


def _path(words: Words, at: int) -> range:
    """The tokens from `at` on that belong to the address before: a slash and what follows without a space."""
    stop = at
    if at < len(words.words) and words.words[at] == "/":
        while stop < len(words.words) and words.starts[stop] == words.ends[stop - 1] and words.tags[stop] not in ",)":
            stop += 1
    return range(at, stop)
