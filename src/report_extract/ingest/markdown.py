"""Markdown as plain lines: front matter becomes metadata, marks go, every block keeps its own line.

A site's generator prints the front matter's title as the page's headline; a body without a heading of its own gets it
back as its first line. What only the generator reads (attribute lists, shortcodes, template tags) goes too, but for
the text that a shortcode holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from report_extract.ingest.front_matter import read_front_matter

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.S | re.I)
# "{: .lead}", "{:start=3}" of kramdown; "{{< figure ... >}}", "{% include ... %}" of Hugo and Jekyll.
_ATTRIBUTES = re.compile(r"\{:[^{}\n]{0,200}\}")
_SHORTCODE = re.compile(r"\{\{[<%](.*?)[%>]\}\}|\{%.*?%\}", re.S)
_HELD_TEXT = re.compile(r'(?<![\w-])(?:text|quote)="((?:[^"\\]|\\.)+)"')
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown file's text and what its front matter says."""

    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None


def read_markdown(text: str) -> Note:
    """The text without marks, and the front matter's title, day and author.

    >>> read_markdown("---\\ntitle: Hall Opens\\ndate: 2019-03-04\\n---\\n- **one**\\n- [two](http://x.org)\\n")
    Note(text='Hall Opens\\n\\none\\ntwo\\n', title='Hall Opens', published='2019-03-04', author=None)
    """
    fields, begin = read_front_matter(text)
    day = _ISO_DAY.search(fields.get("date") or fields.get("published") or "")
    tokens = _PARSER.parse(_SHORTCODE.sub(_held, _ATTRIBUTES.sub("", text[begin:])))
    body, title = _plain(tokens), fields.get("title")
    if body and title and not _has_headline(tokens, body, title):
        body = f"{title}\n\n{body}"
    # A file that is all front matter is better read as it stands than lost.
    published = day.group() if day and _is_day(day.group()) else None
    return Note(body or text, title, published, fields.get("author"))


def _held(shortcode: re.Match[str]) -> str:
    """A quotation that the generator sets apart, in marks; of every other shortcode nothing."""
    held = _HELD_TEXT.search(shortcode[1] or "")
    return f"“{held[1]}”" if held else ""


def _has_headline(tokens: list[Token], body: str, title: str) -> bool:
    """Whether the body opens with a heading, or gives the title among its first lines."""
    opening = " ".join(body[: 2 * len(title) + 200].split()).casefold()
    return tokens[0].type == "heading_open" or title.casefold() in opening


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _plain(tokens: list[Token]) -> str:
    lines: list[str] = []
    cells: list[str] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.endswith(("list_open", "list_close")) else 0
        if token.type == "inline":
            (cells if token.level and _in_cell(token, tokens) else lines).append(_inline(token.children or []))
        elif token.type == "tr_close":
            lines.append("   ".join(cells))
            cells = []
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
        elif token.type == "html_block":
            lines += [re.sub(r"<[^<>]*>", " ", line).strip() for line in _COMMENT.sub("", token.content).split("\n")]
        elif _ends_block(token, depth):
            lines.append("")
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n" if text.strip() else ""


def _in_cell(token: Token, tokens: list[Token]) -> bool:
    before = tokens[tokens.index(token) - 1]
    return before.type in ("td_open", "th_open")


def _ends_block(token: Token, depth: int) -> bool:
    """Blank lines stand after headings, paragraphs outside lists, whole lists, tables and quotations."""
    if token.type == "paragraph_close":
        return not token.hidden and depth == 0
    return token.type in ("heading_close", "table_close") or (token.type.endswith("list_close") and depth == 0)


def _inline(children: list[Token]) -> str:
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            parts.append("\n")
    return "".join(parts).strip()
