"""Words that are no name by themselves, whoever reads one in them: web addresses, tickers, capitals of other kinds.

A longer name may hold such a word ("IT Crowd Ltd."); a name that consists of them alone is none.
"""

from __future__ import annotations

import re

from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_ADDRESS = re.compile(r"(?i)\S*(?:@|://)\S*|www\.\S+|[\w.-]+\.(?:com|org|net|edu|gov|int|info)\b\S*")
# "(NYSE: ABC)", "(NASDAQ:ABCD)", "(TSX, NYSE: AB)": the tags from the bracket to the symbol.
_TICKER = re.compile(r"\((?P<exchanges>[ABCKcSN](?:[,&/][ABCcKSN])*):(?P<symbol>.)")


def barred_words(words: Words, lexicon: Lexicon) -> dict[str, frozenset[int]]:
    """By label, the tokens that are none of it by themselves."""
    of_state = lexicon.lists["titles.of_state"]
    offices = frozenset(i for i, word in enumerate(words.words) if word in of_state)
    return {"ORG": _no_bodies(words, lexicon), "TITLE": _behind_names(words, lexicon), "HONORIFIC": offices}


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
    return frozenset(found)


def _path(words: Words, at: int) -> range:
    """The tokens from `at` on that belong to the address before: a slash and what follows without a space."""
    stop = at
    if at < len(words.words) and words.words[at] == "/":
        while stop < len(words.words) and words.starts[stop] == words.ends[stop - 1] and words.tags[stop] not in ",)":
            stop += 1
    return range(at, stop)
