"""Names of persons and companies from the training data of probablepeople (datamade, MIT).

    python tests/benchmarks/outside_names.py FOLDER [--errors]

FOLDER is a checkout with `name_data/labeled/*.xml`: each name labelled part by part. Asked are whether a full name is split
into given and family name as labelled, and whether a name is marked where a sentence of a release has it: persons,
with their honorific and suffix outside the name, and companies.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from figures import Figures, show

from report_extract.evaluate.compare import same
from report_extract.extractor import load
from report_extract.resolve.names import split_name

Parts = list[tuple[str, str]]
PERSON = "The keynote was given by {}, director of the institute."
COMPANY = "The agreement was signed by {} on Monday, both sides said."
GIVEN = ("GivenName", "FirstInitial", "MiddleName", "MiddleInitial")
FAMILY = ("Surname", "LastInitial")
SUFFIX = ("SuffixGenerational", "SuffixOther")
PREFIX = ("PrefixMarital", "PrefixOther")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    folder = options.folder / "name_data" / "labeled"
    extractor = load()
    split, persons, companies = Figures(), Figures(), Figures()
    missed = []
    for parts in read_names(folder / "person_labeled.xml"):
        if not is_in_order(parts):
            continue
        given, family = joined(parts, GIVEN), joined(parts, FAMILY)
        name = f"{given} {family}"
        ours = split_name(name)
        split.count([(given, family)], [(ours.given, ours.family)], lambda g, f: same(g[0], f[0]) and same(g[1], f[1]))
        generation = joined(parts, ("SuffixGenerational",))
        whole = " ".join(word for word, _ in parts).strip(",")
        found = [person.name for person in extractor.extract(PERSON.format(whole)).people]
        # "Jr." belongs to the name, or stands beside it in a column of its own.
        found = [name if same(one, f"{name} {generation}") else one for one in found]
        if not all(persons.count([name], found, same)) or not found:
            missed.append(f"person {whole!r}: {found}")
    for parts in read_names(folder / "company_labeled.xml"):
        # The list is in small letters; a release would not be.
        name = " ".join(word[:1].upper() + word[1:] for word, _ in parts).strip(",")
        found = [body.name for body in extractor.extract(COMPANY.format(name)).organizations]
        if not all(companies.count([name], found, same)) or not found:
            missed.append(f"company {name!r}: {found}")
    print("probablepeople, labelled names")
    show("given and family name", split)
    show("persons in a sentence", persons)
    show("companies in a sentence", companies)
    print("(published: none for these data; probablepeople is trained on them)")
    for one in missed if options.errors else ():
        print(f"      {one}")


def read_names(path: Path) -> Iterator[Parts]:
    """Each name as words with their labels."""
    for name in ElementTree.parse(path).getroot():
        yield [(part.text or "", part.tag) for part in name]


def is_in_order(parts: Parts) -> bool:
    """Whether it is one full name in the order of a running text: prefix, given, family, suffix."""
    order = {label: n for n, some in enumerate((PREFIX, GIVEN, FAMILY, SUFFIX)) for label in some}
    ranks = [order.get(label, -1) for _, label in parts]
    is_full = {"GivenName", "Surname"} <= {label for _, label in parts}
    return is_full and -1 not in ranks and ranks == sorted(ranks)


def joined(parts: Parts, labels: tuple[str, ...]) -> str:
    """The words with these labels."""
    return " ".join(word.strip(",") for word, label in parts if label in labels)


if __name__ == "__main__":
    main()
