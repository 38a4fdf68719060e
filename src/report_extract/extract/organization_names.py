"""Names of organisations as words: what kind of body, how large, and whether a short form stands for a long one.

The check of a short form against a long one is that of Schwartz and Hearst ("A simple algorithm for identifying
abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing, 2003): going backwards, each letter of
the short form must be found in the long form, and its first letter must begin a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import get_args

from report_extract.rules import load_rules
from report_extract.schema import OrganizationKind

_KINDS: tuple[OrganizationKind, ...] = get_args(OrganizationKind)
_TELLING_INSIDE: tuple[OrganizationKind, ...] = ("museum", "hospital", "university", "court", "institute", "committee")
_WORD = re.compile(r"[\w&+@]+(?:[.'’][\w]+)*\.?")
_HEAD_END = re.compile(r"\s+(?:of|for|on|in|at|de|del|der|des|do|da|du|di|für|to|against|and Co)\s|,|\s\(|\s[–—-]\s")
_SPELLINGS = {"organisation": "organization", "centre": "center", "programme": "program", "&": "and", "labour": "labor"}
_COUNTRIES = {"united states": "us", "united kingdom": "uk", "new zealand": "nz"}
_BOARD = re.compile(
    r"\bBoard of (?:Trustees|Directors|Governors|Visitors|Supervisors|Regents|Management)\b"
    r"|\b(?:Governing|Executive|Advisory|Editorial|Supervisory|Management) Board$|\bSteering Group$",
    re.I,
)
# "Department of Education of Reef Province" is no part of a university.
_OF_STATE = re.compile(r"\b(?:Province|State|Government|Ministry|City|County|Prefecture|Territory|Republic)\b")
# The embassy of a country of the Commonwealth; "High Commission for Refugees" is none.
_MISSION = re.compile(r"\bHigh Commission\b(?! for\b)")
# What has "University" in its name without being a part of one.
_OUTSIDE: tuple[OrganizationKind, ...] = ("media", "ngo", "hospital", "museum", "committee")
_DEPARTMENT = frozenset({"Department", "Departments", "Dept", "Dept.", "department"})
LARGEST = 4


@cache
def fold_name(name: str) -> str:
    """A name to compare: no case, accents, punctuation or leading article; British and American spellings alike.

    >>> fold_name("The U.S. Centre for R&D"), fold_name("United States Center for R&D")
    ('us center for rd', 'us center for rd')
    """
    plain = _plain(name)
    for long, short in _COUNTRIES.items():
        plain = plain.replace(long, short)
    return plain


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"'s\b|s'(?=\s)", "s", plain).replace(" & ", " and ")
    plain = re.sub(r"(?<=\w)[.&'](?=\w)|(?<=\w)\.", "", plain)
    words = [_SPELLINGS.get(word, word) for word in re.findall(r"\w+", plain)]
    if len(words) > 1 and words[-1].capitalize() in _terms("short_universities"):
        words[-1] = "university"
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def is_acronym(name: str) -> bool:
    """Whether a name is written like an acronym: "ISTC", "MinLaw", "A*STAR", "JIMC-Kyoto", but not "U.S. Senate".

    >>> [name for name in ("ISTC", "MinLaw", "U.N.", "Reddit", "U.S. Senate") if is_acronym(name)]
    ['ISTC', 'MinLaw', 'U.N.']
    """
    words = name.split()
    if len(words) > 2 or len(name) > 14:
        return False
    return all(len(word) <= 12 and sum(char.isupper() for char in word) >= 2 for word in words)


@cache
def initials_of(name: str) -> frozenset[str]:
    """The acronyms that a name's first letters make, with and without its small words.

    >>> sorted(initials_of("Military Order of the Purple Heart"))
    ['mootph', 'moph']
    """
    words = re.sub(r"^(?:us|united states|uk) ", "", _plain(name)).split()
    small = _terms("stop_words")
    short = "".join(word[0] for word in words if word not in small)
    return frozenset({"".join(word[0] for word in words), short, "".join(w[0] for w in _plain(name).split())} - {""})


def is_short_form(short: str, long: str) -> bool:
    """Whether `short` abbreviates `long` or the end of it (Schwartz and Hearst 2003).

    >>> is_short_form("MinLaw", "Ministry of Law"), is_short_form("UNHCR", "Ministry of Law")
    (True, False)
    """
    return long_form_start(short, long) >= 0


def long_form_start(short: str, long: str) -> int:
    """Where in `long` the words begin that `short` abbreviates; -1 where it abbreviates nothing in it.

    >>> long_form_start("HCT", "Secretariat of the Harbour Commission on Trade")
    19
    """
    letters = [char for char in short.casefold() if char.isalnum()]
    text, at = long.casefold(), len(long)
    if not letters or len(letters) >= len(long) or len(text) != len(long):
        return -1
    for i, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (text[at] != letter or (i == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return -1
    return _whole_start(long, at)


def _whole_start(long: str, at: int) -> int:
    """The start of the whole name unless a smaller body stands before "of (the)"."""
    is_after_of = re.search(r"\bof(?:\s+the)?\s+$", long[:at])
    return at if is_after_of and kind_of(long[at:]) else 0


@cache
def rank_of(name: str) -> int:
    """How large a body the name tells of: 1 (team) to 4 (university, ministry, company, or no word that tells).

    >>> [rank_of(name) for name in ("Soil Working Group", "Soil Division", "Faculty of Law", "Soil University")]
    [1, 2, 3, 4]
    """
    if any(whole in name for whole in _terms("whole_bodies")):
        return LARGEST
    head = head_of(name)
    # "Department of the Interior" of a state is no unit of something, but its name does not say so: it ranks as one.
    for rank, terms in enumerate(("rank_1", "rank_2", "rank_3"), 1):
        if head in _terms(terms):
            return rank
    return LARGEST


@cache
def kind_of(name: str) -> OrganizationKind | None:
    """What sort of body a name tells of; null where no word tells.

    >>> [kind_of(name) for name in ("Ministry of Law", "Quill & Roe LLP", "United Nations", "Quillr")]
    ['government', 'company', 'igo', None]
    """
    if name in _terms("igo_names") or fold_name(name) in _folded_igos():
        return "igo"
    name = _calm(name)
    if name.rsplit(maxsplit=1)[-1].strip(",") in _terms("company_suffixes") - {"Group"}:
        return "company"
    heads = (head_of(name), name.rsplit(maxsplit=1)[-1])
    if _BOARD.search(name):
        return "committee"
    if re.search(r"\b(?:University|Université|Universität|Universidad|Universitat)\b", name):
        # "Tern University Press", "University Grants Commission" are no universities.
        return next((kind for kind in _OUTSIDE if any(word in _terms(kind) for word in heads)), "university")
    if heads[0] == "Academy" and "Academy of" in name:
        return "institute"
    if heads[0] in _DEPARTMENT and _terms("disciplines") & set(name.split()) and not _OF_STATE.search(name):
        return "university"
    return _kind_by_word(name, heads)


def _kind_by_word(name: str, heads: tuple[str, str]) -> OrganizationKind | None:
    if _MISSION.search(name):
        return "government"
    for word in (*heads, *(word.capitalize() for word in heads)):
        for kind in _KINDS:
            if kind != "other" and word in _terms(kind):
                return kind
    # A word inside the name tells less: "Technology" or "News" there make no company and no paper.
    inside = (kind for word in name.split() for kind in _TELLING_INSIDE if word in _terms(kind))
    return next(inside, None)


@cache
def head_of(name: str) -> str:
    """The word that says what a body is: "Faculty" of "Faculty of Law", "University" of "Hokkaido University"."""
    name = _calm(name)
    cut = _HEAD_END.search(name)
    first = name[: cut.start()] if cut and cut.start() else name
    words: list[str] = _WORD.findall(first) or [name]
    if words[-1] == "Force" and len(words) > 1 and words[-2] == "Task":
        return "Taskforce"
    if (
        words[-1] == "Group"
        and len(words) > 1
        and words[-2] not in ("Working", "Research", "Study", "Advisory", "Reference")
    ):
        return words[-1] if len(words) > 2 else name
    return words[-1]


def _calm(name: str) -> str:
    """A name of several words that is written in capitals throughout, as it is written in a sentence."""
    if not name.isupper() or " " not in name:
        return name
    small = _terms("stop_words")
    words = [word.lower() if word.lower() in small else word.capitalize() for word in name.split()]
    return " ".join(words)


def is_generic(name: str) -> bool:
    """Whether a name is only the word for a kind of body: "University", "Task Force"."""
    return name in _terms("generic_heads")


def is_droppable(word: str) -> bool:
    """Whether a short form may leave out this last word of a name: "Inc.", "University"."""
    return word in _terms("droppable_heads")


def distinct_words() -> frozenset[str]:
    """Words, folded, that tell one university of a town from another: "Normal", "Medical"; no short form omits them."""
    return frozenset(fold_name(word) for word in _terms("distinct_universities"))


@cache
def _terms(name: str) -> frozenset[str]:
    return frozenset(load_rules("organization_kinds").terms(name))


@cache
def _folded_igos() -> frozenset[str]:
    return frozenset(fold_name(name) for name in _terms("igo_names"))
