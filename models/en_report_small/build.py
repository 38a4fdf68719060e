"""Builds `gazetteers/` from public lists. Run it after getting them; the result is committed, the lists are not.

    python build.py --countries country-codes.csv --cities world-cities.csv --given given_names.txt \
        --family surnames.txt --universities universities.tsv --releases releases.jsonl.gz

Where each list is had, and under which licence:

- country-codes.csv: https://datahub.io/core/country-codes (PDDL 1.0)
- world-cities.csv: https://datahub.io/core/world-cities (CC BY 4.0; from GeoNames, https://www.geonames.org/)
- given_names.txt, surnames.txt: lists of names that are in the public domain or CC0; one name a line
- universities.tsv: https://github.com/Hipo/university-domains-list (MIT); name and country
- releases.jsonl.gz: press releases of members of the US Senate (public domain), one JSON object with "text" a line;
  only used to count which words are written with a small letter
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wordfreq import zipf_frequency

HERE = Path(__file__).parent / "gazetteers"
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+(?: [\w'’-]+)*")
# Names that say themselves that they are schools need no list.
HEADS = re.compile(
    r"(?i)universi|college|institut|school|academ|polytech|hochschule|acad[ée]mi|escuela|[ée]cole|facult|seminary|conservator"
)


def main() -> None:
    """Reads the lists named on the command line and writes the gazetteers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("countries", "cities", "given", "family", "universities", "releases"):
        parser.add_argument("--" + name, type=Path, required=True)
    args = parser.parse_args()
    common = common_words(args.releases)
    given, family = read_names(args.given), read_names(args.family)
    phrases = {**cities(args.cities, common, given | family), **regions(args.cities), **countries(args.countries)}
    phrases |= {name: ("ORG", "university") for name in universities(args.universities, common) if name not in phrases}
    write("given.txt", "Given names.", sorted(given))
    write("family.txt", "Family names.", sorted(family - given))
    write("common.txt", "Words that English writes with a small letter.", sorted(common))
    rows = sorted(f"{phrase}\t{label}\t{tag}" for phrase, (label, tag) in phrases.items())
    write("phrases.tsv", "Places and bodies: phrase, label, tag.", rows)


def common_words(path: Path) -> set[str]:
    """Words that stand with a small letter in at least a tenth of their occurrences, and at least four times."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for word in re.findall(r"[A-Za-z]{2,}", json.loads(line)["text"]):
                (small if word.islower() else large)[word.lower()] += 1
    return {w for w, n in small.items() if n >= 4 and n >= 0.1 * (n + large[w])}


def read_names(path: Path) -> set[str]:
    """The names of a list in Latin letters, without single letters."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if LATIN.fullmatch(line.strip())}


def cities(path: Path, common: set[str], names: set[str]) -> dict[str, tuple[str, str]]:
    """Cities: `city`, or `weak` where only a context makes it one: a rare word, an everyday word, a person's name."""
    found: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        for name in forms(row["name"]):
            words = name.split()
            rare = zipf_frequency(name, "en") < 3.2
            weak = len(words) == 1 and (name in names or name.lower() in common or len(name) < 4 or rare)
            found[name] = ("GPE", "weak" if weak else "city")
    return found


def regions(path: Path) -> dict[str, tuple[str, str]]:
    """The first-level divisions of countries that have cities, in their short and long forms."""
    found: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        for name in forms(row["subcountry"]):
            if name not in (
                "N/A",
                "Capital",
                "Central",
                "Center",
                "Centre",
                "North",
                "South",
                "East",
                "West",
                "Northern",
                "Southern",
                "Eastern",
                "Western",
            ):
                strong = " " in name or row["country"] in ("United States", "Canada", "Australia")
                found[name] = ("GPE", "region" if strong else "weak")
    return found


def countries(path: Path) -> dict[str, tuple[str, str]]:
    """Countries in their English forms, and their capitals."""
    found: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        names = {row["CLDR display name"], row["UNTERM English Short"], row["official_name_en"]}
        for name in names:
            short = re.sub(r" ?\*+| ?\(.*?\)", "", name).strip()
            for form in {short, short.replace("&", "and"), short.replace("St.", "Saint")} - {""}:
                found[form] = ("GPE", "country")
        capital = row["Capital"].strip()
        if capital and capital not in found:
            found[capital] = ("GPE", "capital")
    return found


def universities(path: Path, common: set[str]) -> Iterator[str]:
    """Universities whose names do not say that they are one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.split("\t")[0].strip()
        if len(name) < 4 or HEADS.search(name) or not name[0].isupper() or re.search(r"[()/,\"]|\d", name):
            continue
        if len(name.split()) > 1 and not all(word.lower() in common for word in name.split()):
            yield name


def forms(name: str) -> set[str]:
    """A name as written and without its marks, where both are Latin."""
    name = re.sub(r" ?\(.*?\)", "", name).strip()
    if not LATIN.match(name) or "/" in name:
        return set()
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return {name, bare}


def write(name: str, title: str, rows: list[str]) -> None:
    """One list, with a first line that says what it is."""
    (HERE / name).write_text(
        f"# {title} Made by ../build.py; do not edit.\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
