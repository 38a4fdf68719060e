"""Whether an address on the web bears the name of an organisation: "press@hilltown.org", "hct.gov.zz".

The domain may spell the name, or its acronym; it may spell a telling part of it ("quill.com" for Quill Partners), an
abbreviation of it, or only begin like it. Sites on which everybody writes name nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from report_extract.extract.organization_names import initials_of, is_acronym, is_short_form
from report_extract.rules import load_rules

Likeness = Literal["name", "part", "like"]
_ADDRESS = re.compile(r"(?P<mark>@|https?://|\bwww\.)(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)")
# An account or a page on a site on which everybody writes: "@hct", "https://github.com/hct_roads".
_HANDLE = re.compile(r"(?<![\w.])@(?P<own>\w{2,30})|(?:https?://|www\.)[\w.-]+/(?P<path>[@\w/.-]{2,60})")
_LEGAL_FORM = re.compile(r"(?i)\b(?:inc|corp|corporation|ltd|llc|plc|gmbh|ag|project|the|company|co|limited)\b\.?")
_LIKE = 5


def find_hosts(text: str) -> Iterator[tuple[bool, str]]:
    """The telling parts of the hosts that a text names, each with whether it is that of an e-mail address.

    >>> sorted(find_hosts("Write to ada@press.hill-town.org or see https://www.quill.com/news"))
    [(False, 'quill'), (True, 'hill'), (True, 'hilltown'), (True, 'town')]
    """
    for match in _ADDRESS.finditer(text):
        labels = [label for label in match["host"].casefold().split(".")[:-1] if label not in _no_names()]
        for label in labels:
            parts = [part for part in label.split("-") if len(part) > 2] if "-" in label else []
            for name in (label.replace("-", ""), *parts):
                yield match["mark"] == "@", name


def find_handles(text: str) -> Iterator[str]:
    """The names of accounts and pages, whole and in their parts.

    >>> sorted(find_handles("Follow @hct_roads or see https://github.com/quill"))
    ['hct', 'hct_roads', 'quill', 'roads']
    """
    for match in _HANDLE.finditer(text.casefold()):
        for name in (match["own"] or match["path"]).strip("/.@").split("/"):
            yield from {name, *name.split("_")}


def likeness(forms: Iterable[str], hosts: Iterable[str]) -> Likeness | None:
    """How well the best of the hosts fits one of a name's forms.

    >>> likeness(["Harbour Council on Trade"], ["hct"]), likeness(["Quill Partners"], ["quill"])
    ('name', 'part')
    """
    found = {_likeness(form, host) for form in forms for host in hosts}
    grades: tuple[Likeness, ...] = ("name", "part", "like")
    return next((grade for grade in grades if grade in found), None)


@cache
def _likeness(form: str, host: str) -> Likeness | None:
    plain = _LEGAL_FORM.sub("", form)
    key, words = _key(plain), [_key(word) for word in re.findall(r"[\w'’&]+", plain)]
    if key == host or (len(words) > 1 and len(host) > 2 and host in {_key(one) for one in initials_of(form)}):
        return "name"
    if len(words) > 1 and len(host) > 2 and host[0] == key[:1] and is_short_form(host, form):
        return "part"
    telling = [word for word in words if word not in load_rules("issuer").terms("common_words")]
    if len(host) > 3 and (host in telling or any(len(word) > 4 and host.startswith(word) for word in telling)):
        return "part"
    return "like" if len(host) >= _LIKE and key.startswith(host[:_LIKE]) and not is_acronym(form) else None


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", name.casefold()))


@cache
def _no_names() -> frozenset[str]:
    rules = load_rules("issuer")
    return frozenset((*rules.terms("platforms"), *rules.terms("host_ends")))
