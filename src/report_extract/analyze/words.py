"""A release as a row of tagged words: the form in which the rules of names read it.

Each token gets one letter that says what it can be in a name, so that a grammar of names is a regular expression over
a string with one letter a token. The letters:

    O head of a body's name    K Inc., Ltd.      B known body       A capital letters, or CamelCase
    T head of a job title      M its modifier    H honorific        E head of an event's name    Z known event
    G country or known city    g may be a city   L sea or region    D people ("Japanese")
    N given name               n may be one      S family name      I initial ("J.")
    F head of a site's name    X head of a sea's, mountain's, region's name    Y county, province
    C other capitalised word   c capitalised everyday word          p particle ("van", "bin")
    f of   r for   & and, &    h the   i in at from to   o on   j Against, To ...   s 's
    v verb of saying    w other small word
    0 number   1 ordinal   y year   , . ( ) : - " other marks   | line break or gap   # boundary
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from report_extract.analyze.gazetteer import Gazetteer
from report_extract.analyze.lexicon import Lexicon

_SMALL = {
    "of": "f", "for": "r", "and": "&", "&": "&", "the": "h", "in": "i", "at": "i", "from": "i", "to": "i", "on": "o",
    "'s": "s", "’s": "s", ",": ",", ".": ".", "(": "(", ")": ")", ":": ":", "-": "-", "–": "_", "—": "_", "‑": "-",
    ";": ";", '"': '"', "“": '"', "”": '"', "'": "'", "’": "'", "‘": "'", "/": "/", "[": "(", "]": ")", "|": "|",
    "•": "|", "*": "|",
}  # fmt: skip
# Words whose tags are kept from release to release; an archive has more of them than memory should hold.
_CACHED = 200_000
_CAPITALS = "CcNnSGgLDABOKTMEHFXY"
_CAPITAL_PARTICLES = frozenset(
    {"De", "Del", "La", "Van", "Von", "Da", "Di", "Dos", "Du", "Bin", "El", "Ul", "Ur", "Abd", "Ibn", "Te"}
)
_CAMEL = re.compile(r"([A-Z][a-z]+)([A-Z][a-z]+)")


Bounds = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text, where each begins and ends, its form without shouting, and one letter of `tags` for each.

    `begins` marks the first token of each sentence, `titled` the tokens of lines in title case or capitals.
    """

    text: str
    words: tuple[str, ...]
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    begins: tuple[bool, ...]
    titled: tuple[bool, ...]
    tags: str

    def surface(self, first: int, stop: int) -> str:
        """The text of the tokens `first` to `stop` (exclusive)."""
        return self.text[self.starts[first] : self.ends[stop - 1]]


def tag_words(text: str, bounds: Bounds, begins: Sequence[bool], lexicon: Lexicon, names: Gazetteer) -> Words:
    """The tagged words of a text; `bounds` is where its tokens begin and where they end."""
    starts, ends = bounds
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    loud = _loud(words)
    forms = tuple(
        _calm(word) if is_loud or (word.isupper() and _is_shouted(words, i, lexicon, names)) else word
        for i, (word, is_loud) in enumerate(zip(words, loud, strict=True))
    )
    cache = lexicon.cache
    if len(cache) > _CACHED:
        cache.clear()
    tags = []
    for form in forms:
        tag = cache.get(form)
        if tag is None:
            tag = cache[form] = _tag(form, lexicon, names)
        tags.append(tag)
    _mark_marks(words, starts, ends, tags)
    _mark_phrases(forms, tags, lexicon)
    titled = _mark_lines(words, forms, tags, lexicon.headline_verbs)
    _mark_starts(tags, begins)
    return Words(text, tuple(words), forms, tuple(starts), tuple(ends), tuple(begins), tuple(titled), "".join(tags))


def _loud(words: Sequence[str]) -> list[bool]:
    """For each token whether it stands in a line that is written in capitals and is a word of it."""
    loud = [False] * len(words)
    first = 0
    for i in range(len(words) + 1):
        if i < len(words) and "\n" not in words[i]:
            continue
        line = [word for word in words[first:i] if word.isalpha()]
        upper = sum(word.isupper() for word in line)
        if len(line) > 2 and upper >= 0.7 * len(line) and sum(len(word) > 2 for word in line) > 1:
            loud[first:i] = [word.isupper() and len(word) > 1 for word in words[first:i]]
        first = i + 1
    return loud


def _is_shouted(words: Sequence[str], i: int, lexicon: Lexicon, names: Gazetteer) -> bool:
    """Whether a word in capitals is a place or a name ("GENEVA, 3 May"), or an everyday word beside another one."""
    word = words[i]
    if len(word) < 4 or not word.isalpha() or any(len(phrase) == 1 for phrase, _ in lexicon.phrases.get(word, ())):
        return False
    calm = word.capitalize()
    if calm in lexicon.phrases or calm in names.given:
        return word.lower() not in names.common
    beside = (words[i + 1] if i + 1 < len(words) else "", words[i - 1] if i else "")
    if word.lower() in names.common and beside[0] == ":":
        return True
    if word.lower() in names.common:
        return any(w.isupper() and w.isalpha() and len(w) > 3 and w.lower() in names.common for w in beside)
    return calm in names.family and any(w.isupper() and w.isalpha() and len(w) > 3 for w in beside)


def _calm(word: str) -> str:
    low = word.lower()
    return low if low in _SMALL else word.capitalize()


def _tag(word: str, lexicon: Lexicon, names: Gazetteer) -> str:  # noqa: C901, PLR0911, PLR0912 - one decision list
    first = word[0]
    known = _SMALL.get(word)
    if known:
        return known
    if first.isspace():
        return "|"
    if first.isdigit():
        if word[-1].isalpha() and word[:-2].isdigit():
            return "1"
        return "y" if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") else "0"
    if not first.isupper() or "@" in word or word.endswith((".com", ".org", ".net", ".edu", ".gov")):
        return _small_tag(word, lexicon)
    if word[-1].isdigit() and "$" in word:
        return "0"
    if word.startswith("COP") and word[3:].isdigit():
        return "Z"
    listed = lexicon.tags.get(word)
    if listed:
        return listed
    if word[-1] == "." and not word.strip(string.ascii_uppercase + "."):
        return "I"
    if word in _CAPITAL_PARTICLES:
        return "S"
    if word in names.given or (not word.isascii() and _plain(word) in names.given):
        return "n" if word.lower() in names.common else "N"
    camel = _CAMEL.fullmatch(word)
    if camel and camel[1] in names.given and (camel[2] in names.given or camel[2] in names.family):
        return "N"
    if word.isupper() or (
        word[1:] != word[1:].lower()
        and "'" not in word
        and "’" not in word
        and not word.startswith(("Mc", "Mac", "De", "La", "Le", "Van", "Fitz", "Di", "Du"))
    ):
        return "A" if len(word) > 1 else "C"
    if word.lower() in names.common:
        return "c"
    return "S" if word in names.family else "C"


def _plain(word: str) -> str:
    """The word without its marks: "Andrés" as "Andres"."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _small_tag(word: str, lexicon: Lexicon) -> str:
    if word in lexicon.particles:
        return "p"
    if word in lexicon.saying:
        return "v"
    return "w" if word[0].isalpha() else "."


def _mark_marks(words: Sequence[str], starts: Sequence[int], ends: Sequence[int], tags: list[str]) -> None:
    """A hyphen with a space beside it is a dash; an apostrophe behind a plural ("Leaders’ Summit") a possessive."""
    for i in range(1, len(tags) - 1):
        if tags[i] == "-":
            if ends[i - 1] != starts[i] or ends[i] != starts[i + 1]:
                tags[i] = "_"
        elif words[i] in "'’" and words[i - 1][-1] == "s" and ends[i - 1] == starts[i] and words[i + 1][0].isupper():
            tags[i] = "s"


def _mark_phrases(forms: tuple[str, ...], tags: list[str], lexicon: Lexicon) -> None:
    """Gives the words of every known phrase the phrase's tag, longest phrase first, from left to right."""
    i, size, phrases, styles = 0, len(forms), lexicon.phrases, lexicon.lists["honorifics.styles_with_comma"]
    while i < size:
        for phrase, tag in phrases.get(forms[i], ()):
            n = len(phrase)
            if n > 1 and forms[i : i + n] != phrase:
                continue
            if tag == "H":
                office = i > 0 and (forms[i - 1] in lexicon.lists["honorifics.offices"] or tags[i - 1] in "f-")
                is_office = tags[i] == "T" and tags[i + n : i + n + 1] in (["T"], ["M"])
                behind = i + n
                if tags[behind : behind + 1] == [","] and forms[behind - 1] in styles:
                    behind += 1
                fits = _has_name(forms, tags, behind) and not (n == 1 and (office or is_office))
            else:
                fits = n > 1 or tags[i] not in ("OTMEHFXYNnS" if tag == "g" else "OTMEHFXY")
            if fits:
                tags[i : i + n] = [tag] * n
                i += n - 1
                break
        i += 1


def _has_name(forms: Sequence[str], tags: Sequence[str], at: int) -> bool:
    """Whether something that may be a name, or one more honorific, follows an honorific."""
    if tags[at : at + 1] == ["h"]:
        at += 1
    elif tags[at : at + 1] == ["("] and tags[at + 2 : at + 3] == [")"]:
        at += 3
    return at < len(tags) and tags[at] in "CSNncgGIADHwT" and forms[at][0].isupper()


def _mark_lines(words: Sequence[str], forms: Sequence[str], tags: list[str], verbs: frozenset[str]) -> list[bool]:
    """Marks lines in title case; in those, a verb that headlines use is no part of a name."""
    titled = [False] * len(words)
    first = 0
    for i in range(len(tags) + 1):
        if i < len(tags) and "\n" not in words[i]:
            continue
        line = range(first, i)
        long = [words[k] for k in line if len(words[k]) > 3 and words[k][0].isalpha()]
        if len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.75 * len(long):
            titled[first:i] = [True] * len(line)
            for k in line:
                if forms[k] in verbs:
                    tags[k] = "w"
        first = i + 1
    return titled


def _mark_starts(tags: list[str], begins: Sequence[bool]) -> None:
    """An everyday word that only begins its sentence is written as any small word."""
    for i, begin in enumerate(begins):
        if begin and tags[i] == "c":
            after = tags[i + 2 : i + 3] if tags[i + 1 : i + 2] == ["s"] else tags[i + 1 : i + 2]
            if not after or after[0] not in _CAPITALS:
                tags[i] = "w"
