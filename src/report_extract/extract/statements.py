"""What was said, and by whom: quotations, reported clauses, and releases that are themselves somebody's statement.

`quotations` attributes the words between quotation marks, `reported` finds clauses after verbs of saying, and this
module adds statements printed without marks ("Statement from President Quill", "Quill's statement follows:"), one for
each paragraph. A menu, a contact block or a boilerplate paragraph says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from report_extract.analyze.seam import text_of
from report_extract.evidence import Evidence
from report_extract.extract.lost_marks import find_lost, is_unmarked
from report_extract.extract.mentions import OrganizationMention, PersonMention, StatementMention
from report_extract.extract.quotations import find_quoted
from report_extract.extract.reported import find_reported
from report_extract.extract.saying_verbs import find_verbs
from report_extract.extract.scene import PERSON, Scene, Speaker, Verb
from report_extract.extract.speech import read_scene, subject_after, subject_before
from report_extract.rules import load_rules

_SILENT = frozenset({"CHROME", "CONTACT", "ABOUT", "AGENDA"})
_HEADLINE = "HEADLINE"
_END = re.compile(
    r"\s*(?:#{1,3}|\*\s*\*\s*\*|-\s*30\s*-|ends?\b|-+\s*end|media contact|contact"
    r"|for more information|about\b|notes? to)",
    re.I,
)
_UNCLOSED_CUE = re.compile(r"(?<=[\w,.!?])\s+(?:said|says|added|adds|noted|explained)\s")
_MINIMUM_WORDS = 5
_MARKS = '"“”„«»'
_OWN_MARKS = re.compile(r"^\W*[\"“„«]|[\"”»],? \w+ (?:said|added)")


def find_statements(
    doc: Doc, people: tuple[PersonMention, ...], organizations: tuple[OrganizationMention, ...]
) -> Iterator[StatementMention]:
    """Direct and indirect statements in text order, each with a speaker whom the text names."""
    silent = [(s.start_char, s.end_char) for s in doc.spans.get("report_sections", ()) if s.label_ in _SILENT]
    heads = [(s.start_char, s.end_char) for s in doc.spans.get("report_sections", ()) if s.label_ == _HEADLINE]
    text = text_of(doc)
    quotes = [
        _ended(text, people, span.start_char, span.end_char, span.id_) for span in doc.spans.get("report_quotes", ())
    ]
    quotes = [quote for quote in quotes if not _inside(quote[0], silent)]
    scene = read_scene(doc, people, organizations, [(start, end) for start, end, _ in quotes])
    verbs = tuple(verb for verb in find_verbs(scene) if not _inside(verb.start, silent))
    blocks = list(_find_blocks(scene, silent + heads))
    quoted = list(find_quoted(scene, verbs, quotes))
    if is_unmarked(scene):
        # What a speaker says of others' sayings is part of the speech, and a cue that gives one reports nothing.
        verbs = tuple(verb for verb in verbs if not _inside(verb.start, _places(blocks)))
        quoted = [s for s in find_lost(scene, verbs) if not _inside(s.evidence.start, heads)]
        verbs = tuple(verb for verb in verbs if not _is_spent(scene, verb, _places(quoted)))
    reported = [s for s in find_reported(scene, verbs) if not _inside(s.evidence.start, heads)]
    taken = _places(quoted)
    blocks = [s for s in blocks if not any(a < s.evidence.end and s.evidence.start < b for a, b in taken)]
    yield from sorted([*quoted, *reported, *blocks], key=lambda s: (s.evidence.start, s.evidence.end, s.kind))


def _places(statements: list[StatementMention]) -> list[tuple[int, int]]:
    return [(statement.evidence.start, statement.evidence.end) for statement in statements]


def _inside(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)


def _is_spent(scene: Scene, verb: Verb, spoken: list[tuple[int, int]]) -> bool:
    """Whether a verb stands inside speech, or belongs to the cue beside it."""
    start, end = scene.sentence(verb.start)
    beside = [piece for piece in spoken if start < piece[1] <= verb.start or verb.end <= piece[0] < end]
    return _inside(verb.start, spoken) or bool(beside)


def _ended(text: str, people: tuple[PersonMention, ...], start: int, end: int, rule: str) -> tuple[int, int, str]:
    """A quotation whose closing mark was lost ends where a cue follows: "... we can win said Senator Quill." """
    if rule == "quotes.closed":
        return start, end, rule
    for cue in _UNCLOSED_CUE.finditer(text, start, end):
        if any(cue.end() <= person.evidence.start <= cue.end() + 40 for person in people):
            return start, cue.start(), rule
    return start, end, rule


def _find_blocks(scene: Scene, silent: list[tuple[int, int]]) -> Iterator[StatementMention]:
    """Paragraphs of a statement printed without quotation marks, after the line that announces it."""
    speakers: tuple[Speaker, ...] = ()
    has_begun, is_short = False, False
    for line in re.finditer(r"[^\n]*\S[^\n]*", scene.text):
        announced = _announced(scene, line)
        if announced is not None:
            speakers, is_short = announced
            has_begun = False
            continue
        words = line.group().strip()
        if (has_begun and _END.match(words)) or (is_short and _tells_of(line, speakers)):
            speakers = ()
        if not speakers or not _is_paragraph(words, has_begun=has_begun) or _inside(line.start(), silent):
            continue
        has_begun = True
        start = scene.text.index(words.lstrip(_MARKS), line.start())
        evidence = Evidence(start, start + len(words.strip(_MARKS)), "statements.block", 0.7)
        text = scene.text[evidence.start : evidence.end]
        yield from (StatementMention("direct", evidence, speaker, None, text) for speaker in speakers)


def _announced(scene: Scene, line: re.Match[str]) -> tuple[tuple[Speaker, ...], bool] | None:
    """Whose statement a line announces, and whether it may be a short one ("Quill said:"), to be left in time."""
    rules, words = load_rules("speech"), line.group().rstrip()
    if rules.rule("statements.headline").pattern.search(words):
        return _named_in(scene, *line.span()), False
    if not words.endswith(":"):
        return None
    if rules.rule("statements.block-cue").pattern.search(words):
        return _named_in(scene, *line.span()), False
    said = rules.rule("statements.said-line").pattern.search(words)
    subject = subject_before(scene, line.start() + said.start(), line.start()) if said else None
    following = scene.text[line.end() :].lstrip()[:1]
    return (subject.speakers, True) if subject and following.isupper() else None


def _tells_of(line: re.Match[str], speakers: tuple[Speaker, ...]) -> bool:
    """Whether a line speaks of the speaker in the third person: the statement is over."""
    surnames = {speaker.name.split()[-1] for speaker in speakers}
    return bool(surnames & set(re.findall(r"\w+", line.group()))) or bool(_OWN_MARKS.search(line.group()))


def _is_paragraph(words: str, *, has_begun: bool) -> bool:
    """Whether a line is a paragraph of the statement; once it has begun, a short one may end it: "Thank you." """
    closes = words.rstrip(_MARKS)[-1:]
    return closes in ".!?:;" and (
        len(words.split()) >= _MINIMUM_WORDS or (has_begun and closes in ".!?" and " " in words)
    )


def _named_in(scene: Scene, start: int, end: int) -> tuple[Speaker, ...]:
    """The person whom an announcing line names first, with one joined by "and"."""
    subject = subject_after(scene, start, end) if scene.masked[start : start + 1] != PERSON else None
    if subject:
        return subject.speakers
    first = next(
        (
            scene.people[m.start()]
            for m in re.finditer(PERSON + "+", scene.masked[:end])
            if m.start() >= start and m.start() in scene.people
        ),
        None,
    )
    return (first,) if first else ()
