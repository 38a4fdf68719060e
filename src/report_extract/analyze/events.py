"""Names of events: a capitalised phrase with the head of an event ("4th Asia-Pacific Symposium on Water").

Everyday heads ("Day", "Meeting") need a proper word, an ordinal or a year before them. A convention "on" or "of" a
matter is a treaty, no event; a date behind "on" is no part of the name; "Conference Hall" is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_WORD = r"(?:[cCMADGgLNSnBOTEXYF1yI0]-?)"
_BEFORE = rf"(?:[BG]\(A\)|{_WORD}|[cCTMOEB]s|(?<=[cCMADGNSOB])&(?=[cCMADGNSOB])|(?<=[AB])/(?=[AB]))"
_LIST = r"(?:(?:,[cCMADSNGO]{1,4}){1,5},?&h?[cCMADSNGO]{1,4}|&h?[cCMDNSGOA]{1,4})?"
_AFTER = rf"(?:(?:[frj]h?|oh?(?![01y]))(?![01]){_WORD}{{1,7}}{_LIST})"
_NAME = re.compile(rf"{_BEFORE}{{0,8}}E(?:&E)?{_AFTER}{{0,3}}y?(?!F)")


def find_events(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Events named with a head, and those that everybody knows."""
    for match in _NAME.finditer(words.tags):
        first, stop = _trimmed(words, lexicon, *match.span())
        heads = [i for i in range(first, stop) if words.tags[i] == "E"]
        if heads and stop - first > 1 and _is_event(words, lexicon, first, heads[-1], stop):
            head, after = words.forms[heads[-1]], words.tags[heads[-1] + 1 : stop]
            # "Forum for the Environment" is a body; so is the "U.S. Congress".
            is_body = (head == "Forum" and after[:1] == "r") or (
                head == "Congress" and not words.tags[first : heads[-1]].strip("GDO-")
            )
            label, rule = ("ORG", "organizations.headed") if is_body else ("EVENT", "events.headed")
            yield Candidate(first, stop, label, rule, 6.5)
    for match in re.finditer("Z+", words.tags):
        yield Candidate(match.start(), match.end(), "EVENT", "events.known", 7)


def standing_for(words: Words, lexicon: Lexicon, board: Board) -> Iterator[Candidate]:
    """ "the Summit" with its capital, where the release names one."""
    tags = words.tags
    heads = {
        words.forms[max(i for i in range(c.first, c.stop) if tags[i] == "E")]
        for c in board.of("EVENT")
        if c.rule == "events.headed"
    }
    heads -= lexicon.lists["event_names.weak_heads"]
    for i in range(1, len(tags) - 1):
        if tags[i] != "E" or words.forms[i] not in heads or words.titled[i] or not words.words[i][1:].islower():
            continue
        if words.words[i - 1].lower() in ("the", "this") and tags[i + 1] not in "cCOETAMfNSGFYy-":
            yield Candidate(i, i + 1, "EVENT", "events.standing-for", 3)


def _trimmed(words: Words, lexicon: Lexicon, first: int, stop: int) -> tuple[int, int]:
    """The name without what only stands beside it: marks, "Inaugural", and the holder ("Biden’s Meeting")."""
    tags, forms = words.tags, words.forms
    leading = lexicon.lists["event_names.leading"]
    while first < stop and (tags[first] in "-&I0s" or forms[first] in leading):
        first += 1
    for i in range(stop - 1, first, -1):
        if tags[i] == "s" and tags[i - 1] in "CNSGAOBc" and words.words[i] != "’" and words.words[i] != "'":
            holders = lexicon.lists["organizations.holders"]
            if forms[i - 1] not in holders:
                return i + 1, stop
    return first, stop


def _is_event(words: Words, lexicon: Lexicon, first: int, head: int, stop: int) -> bool:
    tags, forms = words.tags, words.forms
    before, after = tags[first:head], tags[head + 1 : stop]
    is_treaty = after.strip("y") or not re.search("[cD1y]", before) or tags[stop : stop + 1] == "c"
    if is_treaty and forms[head] in lexicon.lists["event_names.treaty_heads"]:
        return False
    if words.surface(first, stop) in lexicon.lists["event_names.no_events"] or not (before or after.strip("y")):
        return False
    if forms[head] in lexicon.lists["event_names.weak_heads"]:
        return bool(re.search("[CNSGgDABL1yOM]", before) or re.search("[cCMADGgLNSnBO]", after) or len(before) > 1)
    return True
