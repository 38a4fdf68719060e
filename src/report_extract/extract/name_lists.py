"""Lists of people: those named one after another in a sentence, and those on the lines under a heading.

A list says once what all its members do ("Participants included:", "The letter was signed by A, B and C"). A member is
a name that a comma, "and" or a line break sets apart, with nothing but titles, bodies and brackets before it; a name
inside a clause of its own ("A, who studied with B") is no member. A list of lines ends where the prose goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from report_extract.extract.mentions import PersonMention

_SEPARATOR = re.compile(r"[,;:\n•*/|]|\s[-–—]\s|\b(?:and|as well as|along with|together with)\b|&")
# What may stand before a name that is a member: titles, bodies, small words between them, brackets, quotation marks.
_LED_IN = re.compile(
    r"[\s\"“”'‘’.]*+(?:(?:[A-Z][\w.&'’/-]*+|\([^()]{0,80}\)|\d++"
    r"|(?:of|the|for|to|in|on|at|de|his|her|their|its|our|also|then|both|from|former|acting|new|incoming|outgoing|two|three|four|five|six|seven|eight|a|an)\b)[\s.\"“”]*+)*+"
)
_CLAUSE = re.compile(r"\b(?:who|whom|whose|which|where|that|said|says|will|was|were|has|have|had|is|are)\b")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|where)\b")
_NEW_CLAUSE = re.compile(r"\b(?:at|in|on|during|after|before|for|to|from|by|about)\s*$")
# "presented to A by B", "signed by A and B in the presence of C".
_OTHERS = re.compile(r"\b(?:by|presence of|behalf of|guidance of|leadership of)\b")
_BRACKETED = re.compile(r"\([^()]*\)")
# "President: Ada Quill", "Secretary -- Ben Roe": the label of an office before the first name of a line.
_LABEL = re.compile(r"[,:|]|\s[-–—]{1,2}\s")
_BULLET = re.compile(r"[\s*•·▪◦⁃+>–—-]*(?:\(?\d{1,2}[.)]\s*)?[\s*]*")
_ENDS_LIST = re.compile(r"\s*(?:#{2,}|-{3,}|About\b|Contact|ENDS\b|Background\b)")
_HEADS_LINES = re.compile(r"[\s*_]*:?[\s*_]*$")
_ACTS_ON = re.compile(r"\s+(?:has\s+|have\s+|had\s+)?(?:[a-z]+ed|met|told|chose)\s+(?:[A-Z][\w.]*\s+){0,3}")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONG_LINE = 30
_SHORT_LINE = 12
_PATIENCE = 2


def listed_in_sentence(
    masked: str, start: int, end: int, people: Sequence[PersonMention], *, lenient: bool = False
) -> Iterator[PersonMention]:
    """The members of the list that begins at `start`; the first must follow at once, unless `lenient`.

    `masked` is the text of the same length in which every title and body is one capitalised word.
    """
    here, taken, left, parted = start, False, False, False
    for person in people_between(people, start, end):
        between = masked[here : person.evidence.start]
        # "chaired by A, who met B; C and D" goes on, "chaired by A, brought together B; C and D" does not.
        left = left and not (parted and ";" in between)
        parted = parted or (taken and not left and (";" in between or _RELATIVE.search(between) is not None))
        if not left and _is_member(between, first=not taken, lenient=lenient):
            yield person
            taken = True
        elif not taken:
            return
        else:
            # "signed by A and B, and witnessed by C and D": another clause has begun.
            left = True
        here = person.evidence.end


def listed_on_lines(masked: str, start: int, end: int, people: Sequence[PersonMention]) -> Iterator[PersonMention]:
    """The people on the lines between two headings: one a line, or several set apart by commas.

    A line about the member before (a unit, a biography) is passed over as long as another member follows.
    """
    missed = 0
    for line in _LINE.finditer(masked, start, end):
        words = line.group().split()
        here = line.start() + _bullet_width(line.group())
        members = list(listed_in_sentence(masked, here, line.end(), people))
        named = people_between(people, here, line.end())
        if (
            members
            and not _acts_on(masked, named)
            and _is_entry(masked[members[-1].evidence.end : line.end()], len(words))
        ):
            missed = 0
            yield from members
            continue
        missed += 1
        if missed > _PATIENCE or _ENDS_LIST.match(line.group()) or (missed == _PATIENCE and len(words) > _SHORT_LINE):
            return


def heads_lines(text: str, at: int, people: Sequence[PersonMention]) -> bool:
    """Whether the line ends here or with a colon, so that the list stands on the lines that follow."""
    end = text.find("\n", at)
    if end < 0 or people_between(people, at, end):
        return False
    rest = text[at:end]
    return bool(_HEADS_LINES.fullmatch(rest) or (rest.rstrip(" *_").endswith(":") and "." not in rest))


def people_between(people: Sequence[PersonMention], start: int, end: int) -> Sequence[PersonMention]:
    """Of people in text order, those named between two places."""
    first = bisect_left(people, start, key=lambda person: person.evidence.start)
    last = bisect_left(people, end, key=lambda person: person.evidence.start)
    return people[first:last]


def _is_member(between: str, *, first: bool, lenient: bool) -> bool:
    separators = list(_SEPARATOR.finditer(between))
    led_in = between[separators[-1].end() :] if separators else between
    if first and not lenient:
        return bool(_LED_IN.fullmatch(_LABEL.sub(" ", between))) and "\n" not in between.strip()
    if not first and not separators:
        return False
    if (
        _LED_IN.fullmatch(led_in) is None
        or _NEW_CLAUSE.search(led_in)
        or (not first and _OTHERS.search(_BRACKETED.sub("", between)))
    ):
        return False
    # "A, who met B and C": only a semicolon, or "and" after a comma, leads back from the clause to the list.
    clause = _CLAUSE.search(between)
    return clause is None or first or bool(re.search(r";|,\s+and\b", between[clause.end() :]))


def _is_entry(rest: str, words: int) -> bool:
    """Whether a line is the entry of a member, and no sentence about one."""
    return words <= _LONG_LINE or rest.count(",") + rest.count(";") > 2 or not re.search(r"\.\s+[A-Z]", rest)


def _acts_on(masked: str, named: Sequence[PersonMention]) -> bool:
    """Whether one person does something to the next: "Ada Quill appointed Ben Roe" is prose, and no entry."""
    return any(
        _ACTS_ON.fullmatch(masked, one.evidence.end, other.evidence.start) is not None for one, other in pairwise(named)
    )


def _bullet_width(line: str) -> int:
    match = _BULLET.match(line)
    return match.end() if match else 0
