"""Names of bodies: a grammar round their heads, company forms, known bodies, and acronyms.

A name is a capitalised phrase that ends in a head ("Hokkaido University") or begins with one and goes on ("Ministry of
Education, Culture and Science"), or both. A national adjective before "Ministry of" stays outside. A head alone, with
its capital, stands for a body that the release names. A brand without a head is found only where it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_extract.analyze.candidates import Board, Candidate
from report_extract.analyze.lexicon import Lexicon
from report_extract.analyze.words import Words

_MATTER = r"(?:[cCMADGgLNSnBOTEXYF1]-?)"
_ITEM = r"[cCMADSNG]{1,4}"
# "of Education, Culture, Sports, Science and Technology": a list only where "and" closes it.
_LIST = rf"(?:(?:,h?{_ITEM}){{1,6}},?&h?{_ITEM}|&h?(?:[cMD]{{1,3}}|[cMD]C)(?![cCMADGgLNSnBOTE]))?"
_AFTER = rf"(?:[fr]h?{_MATTER}{{1,7}}{_LIST}|oh?{_MATTER}{{1,6}}{_LIST}|j{_MATTER}{{1,3}})"
_BEFORE = r"(?:(?:[cCNSnGgLDABIMXYFy01]-?)|[cCTMnA]s|T(?=Ms|O))"
_HEADED = re.compile(rf"(?:(?:[cM]{{1,3}}&(?=[cM])|L&h?(?=L))?(?:{_BEFORE}{{0,6}}O-?)+{_AFTER}{{0,3}})")
_COMPANY = re.compile(r"(?:[cCNSnGgDAMOBELF]-?)(?:&?(?:[cCNSnGgDAMOBIELF]-?)){0,5}(?P<comma>,)?K+")
_SPLIT = re.compile(
    r"[fi]h?(?=(?P<other>(?:[CNSnGgDLAB]-?|(?<=h)[cM]-?)[cCNSnGgDLABM-]*O))|ih?(?=O[fr])|fh?(?=A(?![cCO]))"
)
_ABOUT = re.compile(r"h?(?P<name>[cCNSnGgDABIMOEXT0&frh-]{1,8})(?=[|:]|$)")
_CHUNK = re.compile(r"h?(?P<name>(?:[cCNSADBMOXEg0](?:[&-](?=[cCNSADBMO]))?){1,5})(?=[,.;)|sviw\"]|$)")
# "School of Chemistry University of Otago", "Faculty of Arts Chulalongkorn University": "of" is missing in between.
_JOIN = re.compile(r"(?<=[cCM])(?=(?P<parent>(?:[CNSGA](?:[CNSGALg]-?)*|M)?O))")
# "Minister of Foreign Affairs of the Russian Federation Ivan Quill": a name follows the country.
_NAME_FOLLOWS = re.compile(r"fhG{1,4}(?=N-?[CSNcI])")
_FOREIGN = re.compile(r"O(?:p{0,2}[cCNSGgAMTSDwI](?:-[cCNSG])?){1,4}")
_ALONE = re.compile(r"(?<![cCNSnGgDLABOKTMEH-])[OEMF](?![cCNSnGgDLABOKTMEFXY-])")
_GERMAN_ARTICLES = ("Der", "Die", "Das")
_PROPER = re.compile(r"[CNSGgDABL]")
_LONGEST_PROPER = 4
_OF_A_BODY = re.compile(r"fh?(?:[CNSGgDLAB]-?|(?<=h)[cM]-?)[cCNSGgDLABM-]*O")


def find_headed(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Bodies with a head."""
    for match in _HEADED.finditer(words.tags):
        for first, stop in _parts(words, lexicon, match.start(), match.end()):
            if stop > first and _is_body(words, lexicon, first, stop):
                yield Candidate(first, stop, "ORG", "organizations.headed", 6)
    yield from _small_headed(words)
    foreign = lexicon.lists["organizations.foreign_heads"]
    for match in _FOREIGN.finditer(words.tags):
        first, stop = match.span()
        stop = next((i for i in range(first + 1, stop) if words.tags[i] == "w" or words.begins[i]), stop)
        if words.forms[first] in foreign and stop - first > 1:
            yield Candidate(first, stop, "ORG", "organizations.foreign-head", 5.9)


def _small_headed(words: Words) -> Iterator[Candidate]:
    """Universities whose head has a small letter: "Tra Vinh university", but not "a Fiji university"."""
    for i, word in enumerate(words.words):
        first = i
        while word == "university" and first and i - first < _LONGEST_PROPER and not words.begins[first]:
            if words.tags[first - 1] not in "CNSGgnI" or not words.words[first - 1][:1].isupper():
                break
            first -= 1
        if first < i and words.words[first - 1 : first] not in (("a",), ("an",), ("any",), ("each",), ("every",)):
            yield Candidate(first, i + 1, "ORG", "organizations.headed", 5)


def find_known(words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Bodies with a company form, governments of a place, and bodies that everybody knows."""
    tags, known = words.tags, lexicon.lists["organizations.known"]
    for match in _COMPANY.finditer(tags):
        if not match["comma"] or words.forms[match.end("comma")] in lexicon.lists["organizations.after_comma"]:
            first = match.start() + (words.words[match.start()] in _GERMAN_ARTICLES)
            yield Candidate(first, match.end(), "ORG", "organizations.company", 7)
    for match in re.finditer("B+(?!,[Gg])", tags):
        yield Candidate(match.start(), match.end(), "ORG", "organizations.known", 3)
    for match in _ALONE.finditer(tags):
        if words.words[match.start()] in known:
            yield Candidate(match.start(), match.end(), "ORG", "organizations.known", 3)
    for match in re.finditer(r"(?<=.)fh?[Gg]+", tags):
        if words.words[match.start() - 1] in ("government", "Government", "City"):
            yield Candidate(match.start() - 1, match.end(), "ORG", "organizations.government", 5)


def _parts(words: Words, lexicon: Lexicon, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """A headed phrase, cut where a unit's name ends and that of its parent begins.

    "School of Law of Ruiz University" is two bodies; "University of Suva Business School" is one.
    """
    tags, forms = words.tags, words.forms
    head = tags.index("O", first)
    person = _NAME_FOLLOWS.search(tags, head + 1, stop)
    stop = person.end() if person else stop
    for cut in _SPLIT.finditer(tags, head + 1, stop):
        other = cut["other"]
        if other is not None and forms[cut.end() + len(other) - 1] not in lexicon.lists["organizations.parents"]:
            continue
        if cut.start() == head + 1 and forms[head] in lexicon.lists["organizations.placed"]:
            continue
        yield from _joined(words, lexicon, first, cut.start())
        if "O" in tags[cut.end() : stop]:
            yield from _parts(words, lexicon, cut.end(), stop)
        return
    yield from _joined(words, lexicon, first, stop)


def _joined(words: Words, lexicon: Lexicon, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """A unit and its parent that stand side by side, or the phrase as it is."""
    tags, forms = words.tags, words.forms
    parents = lexicon.lists["organizations.joined_parents"]
    head = tags.find("O", first, stop)
    if tags[head + 1 : head + 2] == "f" and forms[head] not in lexicon.lists["organizations.placed"]:
        for cut in _JOIN.finditer(tags, head + 3, stop):
            if forms[cut.end("parent") - 1] in parents:
                yield _trimmed(words, lexicon, first, cut.start())
                yield _trimmed(words, lexicon, cut.start(), stop)
                return
    yield _trimmed(words, lexicon, first, stop)


def _trimmed(words: Words, lexicon: Lexicon, first: int, stop: int) -> tuple[int, int]:
    """The phrase without what only stands beside it: marks, a parent's possessive, a national adjective."""
    tags, forms = words.tags, words.forms
    while stop > first and tags[stop - 1] in ",&h-fro":
        stop -= 1
    head = tags.find("O", first, stop)
    if head < 0:
        return first, first
    holders = lexicon.lists["organizations.holders"]
    for i in range(head - 1, first, -1):
        if tags[i] == "s" and tags[i - 1] != "T" and forms[i - 1] not in holders and len(words.words[i]) > 1:
            first = i + 1
            break
    if tags[head - 1] == "T" and forms[head - 1] not in lexicon.lists["organizations.inner_titles"]:
        first = max(first, head)
    while first < head and tags[first] in "-&y0I":
        first += 1
    if tags[first] == "D" and first + 1 == head and forms[head] in lexicon.lists["organizations.national"]:
        first += 1
    return first, stop


def _is_body(words: Words, lexicon: Lexicon, first: int, stop: int) -> bool:
    """Whether a trimmed phrase names a body rather than a law, a programme or an everyday thing."""
    tags, forms, lists = words.tags, words.forms, lexicon.lists
    head, last = tags.index("O", first), tags.rindex("O", first, stop)
    never = lists["organizations.no_bodies"]
    # "Research Strategy" is none, a "Task Force for Research Strategy" is one.
    if stop - first == 1 or (forms[stop - 1] in never and not re.search("[fro]", tags[head:stop])):
        return False
    if stop < len(forms) and forms[stop] in never and tags[stop] == "c":
        return False
    if forms[head] == "Government" and not _PROPER.search(tags[first:stop]):
        return False
    if head == first:
        run = re.match("O+", tags[first:stop])
        opening = forms[first : first + (run.end() if run else 1)]
        return bool({opening[0], " ".join(opening)} & lists["organizations.prefix_heads"])
    if forms[last] not in lists["organizations.weak_heads"] or _is_weak_body(tags, first, last, stop):
        return True
    # "President of Far Eastern Branch of the Ruiz Academy": everyday words, but a unit of a body that is named.
    is_unit = last == stop - 1 and forms[last] in lists["organizations.units"]
    return is_unit and bool(_OF_A_BODY.match(tags, stop))


def _is_weak_body(tags: str, first: int, last: int, stop: int) -> bool:
    """Whether a phrase with an everyday head is a body: a proper word says so, a title round it that it is a matter."""
    is_matter = first > 1 and tags[first - 2 : first] in ("Tf", "Tr")
    if last == stop - 1 and (is_matter or tags[stop : stop + 1] in ("T", "E")):
        return False
    if is_matter and re.fullmatch("fh?G+", tags[last + 1 : stop]):
        # "Minister of Foreign Affairs of the Russian Federation".
        return False
    return bool(_PROPER.search(tags, first, last)) or (tags[last + 1 : last + 2] in ("f", "r") and stop > last + 1)


def find_about(words: Words) -> Iterator[Candidate]:
    """The body that a heading "About ..." introduces."""
    for i, form in enumerate(words.forms):
        if form != "About" or words.tags[i - 1 : i] not in ("|", ""):
            continue
        match = _ABOUT.match(words.tags, i + 1)
        if match and any(tag in "CNSADBOG" for tag in match["name"]):
            yield Candidate(*match.span("name"), "ORG", "organizations.about", 4)


def find_employers(words: Words, board: Board) -> Iterator[Candidate]:
    """Unknown bodies behind a title: "director at Lumeva", "Ana Ruiz, director, Lumeva Foods"."""
    tags = words.tags
    for title in board.of("TITLE"):
        at = title.stop
        link = words.words[at] if at < len(tags) else ""
        match = _CHUNK.match(tags, at + 1) if link in (",", "at", "from", "with", "of") else None
        if match is None or not board.is_free(*match.span("name")):
            continue
        first, stop = match.span("name")
        while first < stop and tags[first] == "M":
            first += 1
        if _is_employer(tags, first, stop, link):
            yield Candidate(first, stop, "ORG", "organizations.employer", 3)


def _is_employer(tags: str, first: int, stop: int, link: str) -> bool:
    name = tags[first:stop]
    if link == ",":
        return tags[stop : stop + 1] in (",", "|", ".", ";", ")") and bool(re.search("[CSADB]", name))
    return bool(re.search("[CSADBO]", name)) or (link == "at" and name == "c")
