"""Bytes become a `Source`: told apart by content, decoded, and read as text, HTML or Markdown."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from report_extract.errors import InputError
from report_extract.ingest.encoding import decode
from report_extract.ingest.html import read_html
from report_extract.ingest.markdown import read_markdown
from report_extract.schema import Source, SourceFormat

DEFAULT_MAX_BYTES = 20_000_000

# What a file begins with when it is no text. Names are for the message.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF; extract its text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text or HTML"),
    (b"{\\rtf", "rich text; save it as text or HTML"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_TAGS = re.compile(
    r"<\s*(/?)(html|head|body|p|div|span|br|h[1-6]|ul|ol|li|table|tr|td|article|section|a|meta|title)\b[^<>]*>", re.I
)
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?:[\w-]+[ \t]*:.*\r?\n|[ \t#-].*\r?\n|\r?\n)+?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
# Control characters that text has no use for: all but tab, line ends, form feed and the escape of ISO 2022.
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.05
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# "# # #" ends a release and is no heading.
_MARKS = re.compile(
    r"^#{1,6} [^\s#]|^\s{0,3}[-*+] \[?\w|\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|^> \S|^\|.*\|$|^```", re.M
)


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    format: SourceFormat
    title: str | None = None
    published: str | None = None
    author: str | None = None
    warnings: tuple[str, ...] = ()


def read_bytes(data: bytes, name: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Source:
    """The release in these bytes.

    Args:
        data: plain text, HTML or Markdown in any encoding.
        name: the name to record; its extension decides only where the content leaves a doubt.
        max_bytes: more is refused.

    Returns:
        The source; for plain text `text` is exactly the decoded bytes (without byte order mark).

    Raises:
        InputError: empty, binary, undecodable or too large; the message says what would help.
    """
    name = printable(name)
    if len(data) > max_bytes:
        message = f"more than {max_bytes:,} bytes; raise the limit or split the file"
        raise InputError(name, "ingest", "too_large", message)
    _refuse_binary(data, name)
    decoded = decode(data, name)
    content = _content(decoded.text, name)
    if is_blank(content.text):
        raise InputError(name, "ingest", "empty", "no text in it; check that the file is complete")
    return Source(
        name=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        format=content.format,
        encoding=decoded.encoding,
        text=content.text,
        title=content.title,
        published=content.published,
        author=content.author,
        warnings=(*decoded.warnings, *content.warnings),
    )


def read_text(text: str, name: str) -> Source:
    """The release in a string, taken as plain text.

    Raises:
        InputError: when there is no text in it, or half a character that no file can hold.
    """
    name = printable(name)
    if is_blank(text):
        raise InputError(name, "ingest", "empty", "no text in it; pass the release's text, or its file as a Path")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = (
            f"half a character (U+{ord(text[error.start]):04X}) at {error.start}; decode its bytes anew, or pass them"
        )
        raise InputError(name, "ingest", "undecodable", message) from error
    digest = hashlib.sha256(data).hexdigest()
    return Source(name=name, data=data, sha256=digest, format="text", encoding="utf-8", text=text)


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen: spaces, line ends, control and zero-width characters."""
    return not any(character.isprintable() and character != " " for character in text)


def printable(name: str) -> str:
    """The name of a file as every table can hold it: bytes that are no UTF-8 are written as escapes.

    >>> printable("caf\\udce9.txt")
    'caf\\\\udce9.txt'
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _refuse_binary(data: bytes, name: str) -> None:
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputError(name, "ingest", "empty", "no content; check that the file was copied whole")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(name, "ingest", "binary", f"this is {what}")
    if data.startswith(_WIDE):
        return
    remedy = "convert it to text, HTML or Markdown first"
    if b"\x00" in data:
        message = f"binary content (a NUL byte at {data.index(0)}); {remedy}"
        raise InputError(name, "ingest", "binary", message)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(data):
        raise InputError(name, "ingest", "binary", f"binary content ({controls:,} control characters); {remedy}")


def _content(text: str, name: str) -> _Content:
    extension = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    declared = _FRONT_MATTER.match(text) is not None
    if not declared and _is_html(text, extension):
        page = read_html(text)
        return _Content(page.text, "html", page.title, page.published, page.author, page.warnings)
    if _is_markdown(text, extension):
        note = read_markdown(text)
        return _Content(note.text, "markdown", note.title, note.published, note.author)
    return _Content(text, "text")


def _is_html(text: str, extension: str) -> bool:
    """A page declares itself, or has closed tags in a number that prose about HTML does not have."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")) and "<" in head[1:]:
        return bool(_TAGS.search(text))
    if extension in ("md", "markdown"):  # Markdown may hold markup of its own
        return False
    tags = _TAGS.findall(text)
    closing = sum(1 for slash, _ in tags if slash)
    wanted = 1 if extension in ("html", "htm", "xhtml") else 3
    return len(tags) >= wanted and closing >= 1 and (len(tags) >= len(text) / 2000 or extension.startswith("htm"))


def _is_markdown(text: str, extension: str) -> bool:
    """Front matter declares it; marks decide with the extension, and alone only where they are many."""
    if _FRONT_MATTER.match(text):
        return True
    marks = len(_MARKS.findall(text))
    if extension in ("md", "markdown"):
        return marks >= 1
    kinds = {match[0][:1] for match in _MARKS.findall(text)}
    return marks >= 5 and len(kinds) >= 2 and re.search(r"^#{1,6} [^\s#]", text, re.M) is not None
