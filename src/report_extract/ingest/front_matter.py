"""The front matter of a Markdown file: what its `title`, `date`, `published` and `author` say.

Only single values are read, in every form that YAML has for them: plain, quoted, and over several lines. Lists, maps
and the other fields are left alone.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
# A field and the indented or empty lines that its value goes on over.
_FIELD = re.compile(r"^(title|date|author|published)[ \t]*:(?:[ \t]+|$)(.*(?:\n(?:[ \t]+.*|(?=\n)))*)", re.I | re.M)
_IN_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S)
_IN_SINGLE = re.compile(r"'((?:[^']|'')*)'", re.S)
_BLOCK_SIGN = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\n")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\n", "_": " ", "N": "\n", "L": "\n", "P": "\n", "e": "", "0": ""}
# A line end behind a backslash joins the words before and after it; the spaces that open the next line do not count.
_JOINED_LINES = re.compile(r"\\\n[ \t]*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LAST = 0x10FFFF


def read_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields by their lower-case names, and where the body begins: 0 where the file has no front matter.

    >>> read_front_matter('---\\ntitle: "The Pier\\\\u2019s\\\\\\n  \\\\ Second Life"\\ntags: [piers]\\n---\\nBody')
    ({'title': 'The Pier’s Second Life'}, 64)
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, 0
    lines = block.group(1).replace("\r\n", "\n")
    fields = {key.lower(): _value(written) for key, written in _FIELD.findall(lines)}
    return {key: value for key, value in fields.items() if value}, block.end()


def _value(written: str) -> str:
    """One value on one line, as a reader of the page would see it."""
    written = written.strip()
    block = _BLOCK_SIGN.match(written)
    double, single = _IN_DOUBLE.match(written), _IN_SINGLE.match(written)
    if block:
        written = written[block.end() :]
    elif double:
        written = _ESCAPE.sub(_unescaped, _JOINED_LINES.sub("", double[1]))
    elif single:
        written = single[1].replace("''", "'")
    elif written[:1] in "[{&*!":
        return ""
    else:
        written = _COMMENT.sub("", written).strip("\"' ")
    return " ".join(_UNSEEN.sub("", _paired(written)).split())


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _LETTERS.get(match[4], match[4])
    return chr(number) if (number := int(code, 16)) <= _LAST else ""


def _paired(text: str) -> str:
    """Characters written as two halves are put together; a half alone goes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
