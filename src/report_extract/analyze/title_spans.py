"""How far a job title reaches round its head.

The phrase is read in a view of the release: one letter a token, as `words` gives it, but with a digit for what is
already read as something else, so that a title never runs over a name. Letters of the view beyond those of `words`:

    2 person  3 honorific  4 body  5 place  6 people  7 date  8 anything else that is read
    t title head in small letters    m modifier in small letters    a general, elect, emeritus    x "COP28"
    k to    b is, was, serves as, who ...    d a, our, his, former ...    e he, she    o post, position
"""

from __future__ import annotations

import re

from report_extract.analyze.barred import donors
from report_extract.analyze.candidates import Board
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_READ = {"PERSON": "2", "HONORIFIC": "3", "ORG": "4", "GPE": "5", "LOC": "5", "NORP": "6", "DATE": "7"}
_LEFT = re.compile(r"(?:[MTcOx]-?|(?<=[Mc])(?<![rf,][Mc])&(?=[Mc]))*$")
_SMALL_LEFT = re.compile(r"(?:[mMc]-?)*$")
# One head leads to another: "Chief Information Officer", "Chief Digital and Admin Officer".
_HEAD = re.compile(r"(?:-?[Tat]|-?(?:[McO]-?){0,3}(?:&[Mc])?(?:[Mc]-?)?T)*(?:\([cM]\))?")
_JOINED = re.compile(r"&(?:[Mc]-?)*T")
_SMALL_JOINED = re.compile(r"&m*t")
_ITEM = r"[cCMDOE6]{1,3}(?![cCMDOETN6-])"
_MATTER = re.compile(rf"[fr]h?(?:[cCMDLOAE6]-?){{1,5}}(?:(?:,h?{_ITEM}){{1,5}},?&h?{_ITEM}|&h?{_ITEM}(?!f(?!h?5)))?")
_SMALL_MATTER = re.compile(r"[fr](?:[wtm]&)?[wtm]{1,2}(?=[,.|v&)_-]|$)|f(?:w&)?w(?=[ik])")
_UNIT = re.compile(r"fh[wmt]{1,4}(?=i)")
_UNITS = frozenset(
    {
        "department",
        "division",
        "section",
        "unit",
        "programme",
        "program",
        "collection",
        "collections",
        "branch",
        "faculty",
        "group",
        "team",
        "laboratory",
        "lab",
        "desk",
    }
)
# "Ambassador to Fiji", "Senator for Ontario", "Ambassador of Fiji to Peru"; "Senior Advisor to the President".
_PLACE = re.compile(r"(?:fh?5+k|[rk])h?5+")
_OFFICE = re.compile(r"kh?(?:[McO]-?)*T(?:-?T)*(?:f[cM])?")
# A function area behind the title: "Vice President, Information Services", "Director Sustainability".
_AREA = re.compile(
    r",?(?:[cMO]-?){1,4}(?:(?:,(?:[cCMO]-?){1,3})?&(?:[cCMO]-?){1,4}|,(?:[cCM]-?){1,2}O)?(?=[,.;|ik\"]|$|fh?[CSA45])(?!T)"
)
# Longer stretches to the left of a head are no title.
_REACH = 10


def title_view(words: Words, lexicon: Lexicon, board: Board) -> str:
    """The view of a release in which titles are read."""
    special = lexicon.title_words
    view = [special.get(word, tag) for word, tag in zip(words.words, words.tags, strict=True)]
    for i, tag in enumerate(words.tags):
        if tag in "Tc" and view[i] not in "aT":
            view[i] = tag
        elif tag == "A" and any(c.isdigit() for c in words.words[i]):
            view[i] = "x"
    for reading in board.chosen:
        view[reading.first : reading.stop] = _READ.get(reading.label, "8") * (reading.stop - reading.first)
    return "".join(view)


def title_spans(words: Words, view: str) -> list[tuple[int, int]]:
    """Every phrase that could be a title, in text order, whoever has it; none overlap."""
    found: list[tuple[int, int]] = []
    posts = {head: first for first, head in donors(words)}
    limit = 0
    for match in re.finditer("[Tt]", view):
        head = match.start()
        if head < limit:
            continue
        first = posts.get(head, _first(words, view, head, limit))
        stop = _stop(view, head + 1) if view[head] == "T" else _small_stop(view, head + 1)
        stop = _with_unit(words, view, stop)
        limit = next((i for i in range(head + 1, stop) if words.begins[i]), stop)
        found.append((first, limit))
    return found


def _first(words: Words, view: str, head: int, limit: int) -> int:
    """Where the title with this head begins, not before `limit`."""
    start = max(limit, head - _REACH)
    match = (_LEFT if view[head] == "T" else _SMALL_LEFT).search(view[start:head])
    first = start + match.start() if match else head
    for i in range(head, first, -1):
        if words.begins[i]:
            return i
    while first < head and (view[first] in "-&" or words.forms[first].lower() in ("former", "late", "new")):
        first += 1
    if first < head and words.begins[first] and view[head] == "t":
        first += 1
    return first


def _stop(view: str, at: int) -> int:
    """Where a title with a capital ends whose head ends at `at`."""
    head = _HEAD.match(view, at)
    at = head.end() if head else at
    after = _matter(view, at)
    if after > at:
        return _matter(view, after)
    joined = _JOINED.match(view, at)
    if joined:
        # "Deputy Prime Minister and Minister for Law": two offices, since one has a matter of its own.
        end = _stop(view, joined.end())
        head = _HEAD.match(view, joined.end())
        return at if head and _matter(view, head.end()) > head.end() else end
    area = _AREA.match(view, at)
    return area.end() if area else at


def _small_stop(view: str, at: int) -> int:
    """Where a title in small letters ends whose head ends at `at`."""
    if view[at : at + 1] == "a":
        at += 1
    after = _matter(view, at)
    if after > at:
        return after
    small = _SMALL_MATTER.match(view, at)
    if small:
        return small.end()
    joined = _SMALL_JOINED.match(view, at)
    return _small_stop(view, joined.end()) if joined else at


def _with_unit(words: Words, view: str, stop: int) -> int:
    """A title with a unit in small letters that leads to a body: "head of the tidal department | at Reef College"."""
    match = _UNIT.match(view, stop)
    return match.end() if match and words.words[match.end() - 1] in _UNITS else stop


def _matter(view: str, at: int) -> int:
    """The end of the office's matter that begins at `at`, or `at`; what "of the" names is a body, no matter."""
    for pattern in (_PLACE, _OFFICE):
        match = pattern.match(view, at)
        if match:
            return match.end()
    match = _MATTER.match(view, at)
    if not match or (view.startswith("fh", at) and re.search("[CDA]|^fhO$", match.group())):
        return at
    stop = match.end()
    while view[stop - 1] in ",&h-fr":
        stop -= 1
    return stop if stop > at + 1 else at
