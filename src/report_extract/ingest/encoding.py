"""Which characters the bytes stand for: byte order mark, declaration, UTF-8, then the guess of charset-normalizer."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from report_extract.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset\s*=\s*["']?|<\?xml[^>]{0,100}encoding\s*=\s*["'])([\w.:-]+)""", re.I
)
_USUAL = "cp1252"
# Pages that declare Latin-1 are read as browsers read them. The keys are the codecs' own names for it.
_BROWSER = {"iso8859-1": "cp1252", "ascii": "cp1252"}
# What Python calls codecs but no page is written in: escapes, and forms of host names. A page whose declaration can be
# read byte by byte is not in UTF-16 or UTF-32 either; browsers then take UTF-8.
_NO_PAGE = re.compile(
    r"(?:utf-(?:7|16|32)(?:-[lb]e)?|idna|punycode|(?:raw-)?unicode-escape|undefined|mbcs|oem|palmos)\Z"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding by which it was read, and a warning where that was a guess."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text that the bytes stand for, without byte order mark.

    Raises:
        InputError: when no encoding gives readable text.

    >>> decode(b"\\xef\\xbb\\xbfcaf\\xc3\\xa9", "a.txt")
    Decoded(text='café', encoding='utf-8', warnings=())
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :], encoding, name)
    declared = _declared(data)
    for encoding in dict.fromkeys(filter(None, (declared, "utf-8"))):
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data, name)


def _by_mark(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        message = f"its byte order mark says {encoding}, but byte {error.start} does not fit; save it again as UTF-8"
        raise InputError(name, "ingest", "undecodable", message) from error


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    try:
        name = codecs.lookup(match.group(1).decode("ascii", "ignore")).name
    except LookupError:
        return None
    if _NO_PAGE.match(name.replace("_", "-")):
        return None
    name = _BROWSER.get(name, name)
    # A byte stream that is valid UTF-8 beyond ASCII is UTF-8, whatever an old template declares. Not so in encodings of
    # several bytes a letter, where short texts fit both by chance.
    return "utf-8" if _has_one_byte_letters(name) and _is_utf8(data) else name


def _has_one_byte_letters(encoding: str) -> bool:
    try:
        return len(bytes(range(256)).decode(encoding, "replace")) == 256
    except (UnicodeError, LookupError):
        return False


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def _guess(data: bytes, name: str) -> Decoded:
    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        message = "no encoding gives readable text; convert it to UTF-8 (or it is not text at all)"
        raise InputError(name, "ingest", "undecodable", message)
    # The guesser puts equally good readings in the order of the alphabet: French and Spanish would come out as Central
    # European ("trčs émue"). Of equals, the one in which most pages are written.
    equals = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    encoding = _USUAL if any(_USUAL in match.could_be_from_charset for match in equals) else best.encoding
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        message = f"guessed as {encoding}, but it does not decode; convert it to UTF-8"
        raise InputError(name, "ingest", "undecodable", message) from error
    return Decoded(text, encoding, (f"encoding guessed as {encoding}",))
