"""The main text of a page, its lines kept, and the title, day and author that its markup gives.

trafilatura judges which blocks are content; its judgement fails on very short pages (menus stay) and now and then drops
whole chunks. So its text is held against the page's visible text without navigation: where it kept too little, or kept
what stands in navigation, that text is used instead. htmldate reads the day; both work offline.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from htmldate import find_date
from lxml import html as lxml_html
from lxml.etree import ParserError, XPath, _Element
from trafilatura import bare_extraction

# Parts of a page that never hold the release, and parts that hold it only where a page stands in them whole.
_NEVER_TEXT = frozenset(
    ["script", "style", "noscript", "template", "nav", "button", "select", "iframe", "svg", "head"],
)
_SELDOM_TEXT = frozenset(["footer", "aside", "form"])
_COOKIES = re.compile(r"\bcookies?\b")
# "social-development" and "search-results" are about something else.
_CHROME_NAMES = re.compile(
    r"\b(?:(?:top|sub|side)?nav|navbar|navigation|(?:sub)?menu|breadcrumbs?|footer|sidebar|sharing|related|skip-?link|masthead"
    r"|(?:social|share|search)(?!-(?:develop|polic|scien|work|car|affair|secur|justice|impact|welfare|enterpris|inclusi"
    r"|responsib|stud|hold|price|value|result|service|protect)))\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WHOLE_PAGE = 0.8
_MENU_TAGS = frozenset(["ul", "ol", "div", "p", "table"])
_MENU_WORDS = 3
# A browser prints the marks of a quotation that its element stands for.
_QUOTATION = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.I)
_OWN_TEXT = XPath(
    ".//text()[not(ancestor::a or ancestor::nav or ancestor::script or ancestor::style or ancestor::noscript"
    " or ancestor::template or ancestor::select or ancestor::head)]"
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl"])
_KEPT_ENOUGH = 0.6
_EARLIEST, _LATEST = "1990-01-01", "2100-01-01"

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text and metadata."""

    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    warnings: tuple[str, ...] = ()


def read_html(text: str) -> Page:
    """The main text of the page, one block a line, and its metadata; the text is empty where the page shows none."""
    text = _QUOTATION.sub(lambda tag: "”" if tag[1] else "“", text)
    tree = _tree(text)
    if tree is None:
        return Page("")
    visible = visible_text(tree)
    chosen = _main_text(text, visible)
    metadata = bare_extraction(
        text, only_with_metadata=False, with_metadata=True, date_extraction_params=_date_options()
    )
    title = getattr(metadata, "title", None) or None
    author = getattr(metadata, "author", None) or None
    heading = _heading(tree)
    # trafilatura now and then leaves out the page's own headline.
    if heading and heading not in chosen:
        chosen = f"{heading}\n\n{chosen}"
    warnings = () if _share_kept(visible, chosen) >= _KEPT_ENOUGH else ("less than 60 % of the page's text was kept",)
    return Page(chosen, title, _day(text), author, warnings)


def visible_text(tree: _Element) -> str:
    """What a reader sees outside navigation: blocks on lines of their own, paragraphs apart, words never joined."""
    parts = _walk(tree)
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _tree(text: str) -> _Element | None:
    # lxml refuses a str that declares an encoding; the text is decoded already.
    undeclared = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        # Without huge_tree lxml drops what is nested more than 255 deep, and does not say so.
        tree = lxml_html.document_fromstring(undeclared, parser=lxml_html.HTMLParser(huge_tree=True))
    except (ParserError, ValueError):
        return None
    body = tree.find(".//body")
    return tree if body is None else body


def _walk(tree: _Element) -> list[str]:
    """The pieces of text in order; a stack of its own, for pages are nested deeper than Python calls."""
    parts: list[str] = []
    words, has_begun = _own_words(tree), False
    stack: list[str | tuple[_Element, bool]] = [(tree, False)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        element, in_pre = item
        stack.append(_flat(element.tail, in_pre))
        if not isinstance(element.tag, str) or _is_chrome(element, element.tag.lower(), words):
            continue
        tag = element.tag.lower()
        if not has_begun and tag in _MENU_TAGS and _is_menu(element):
            continue
        has_begun = has_begun or (tag in ("p", "h1", "h2") and bool(_own_words(element)))
        in_pre = in_pre or tag == "pre"
        edge = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS or tag == "br" else ""
        parts += edge or ("   " if tag in ("td", "th") else ""), _flat(element.text, in_pre)
        stack.append("" if tag == "br" else edge)
        stack.extend((child, in_pre) for child in reversed(element))
    return parts


def _flat(text: str | None, in_pre: bool) -> str:
    """Line ends in markup are spaces, but for preformatted text."""
    return (text or "") if in_pre else re.sub(r"\s+", " ", text or "")


def _is_chrome(element: _Element, tag: str, page_words: int) -> bool:
    if tag in _NEVER_TEXT:
        return True
    if tag in ("body", "html", "article", "main", "p"):
        return False
    names = _CAMEL.sub("-", f"{element.get('class', '')} {element.get('id', '')}").replace("_", "-").lower()
    hidden = "display:none" in element.get("style", "").replace(" ", "") or element.get("hidden") is not None
    if hidden or _COOKIES.search(names):
        return True
    role = element.get("role") in ("navigation", "banner", "search")
    if not (role or tag in _SELDOM_TEXT or _CHROME_NAMES.search(names)):
        return False
    # Some servers put every page into one form, some themes into a "content-sidebar".
    return _own_words(element) < _WHOLE_PAGE * page_words


def _is_menu(element: _Element) -> bool:
    """Whether this is nothing but short links; before any text of the page, that is a menu."""
    links = [str(link.text_content()).split() for link in element.iter("a")]
    return len(links) > 1 and sum(map(len, links)) <= _MENU_WORDS * len(links) and not _own_words(element)


def _own_words(element: _Element) -> int:
    """How many words of the element are neither links nor in parts that nobody reads."""
    return sum(len(re.findall(r"\w+", str(text))) for text in _OWN_TEXT(element))


def _main_text(text: str, visible: str) -> str:
    document = bare_extraction(
        text, favor_recall=True, include_tables=True, include_comments=False, date_extraction_params=_date_options()
    )
    main = (getattr(document, "text", None) or "").strip()
    # A short page gives trafilatura nothing to judge by: menus stay in and lines go missing.
    if len(main.split()) < 120 or _share_kept(visible, main) < _KEPT_ENOUGH or _share_kept(main, visible) < 0.9:
        return visible
    return _in_place(main, visible)


def _in_place(main: str, visible: str) -> str:
    """The visible lines from the first to the last that trafilatura kept: its judgement, our line structure."""
    kept = {_key(line) for line in main.split("\n")} - {""}
    lines = visible.split("\n")
    hits = [n for n, line in enumerate(lines) if _key(line) and any(_key(line) in k or k in _key(line) for k in kept)]
    return "\n".join(lines[hits[0] : hits[-1] + 1]) + "\n" if hits else main + "\n"


def _key(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _share_kept(whole: str, part: str) -> float:
    words = re.findall(r"\w+", whole)
    present = set(re.findall(r"\w+", part))
    return sum(word in present for word in words) / len(words) if words else 1.0


def _heading(tree: _Element) -> str | None:
    headings = tree.findall(".//h1")
    if len(headings) != 1:
        return None
    return " ".join(str(headings[0].text_content()).split()) or None


def _date_options() -> dict[str, object]:
    return {"original_date": True, "extensive_search": False, "min_date": _EARLIEST, "max_date": _LATEST}


def _day(text: str) -> str | None:
    try:
        return find_date(text, original_date=True, extensive_search=False, min_date=_EARLIEST, max_date=_LATEST)
    except (ValueError, TypeError, AttributeError, OverflowError):
        # Dates are a hint from markup; a page whose markup confuses the reader still has its text.
        return None
