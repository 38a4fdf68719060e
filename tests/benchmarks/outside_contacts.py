"""E-mail addresses, telephone numbers and links of the specifications of Recognizers-Text.

    python tests/benchmarks/outside_contacts.py FOLDER [--errors]

FOLDER is the folder Specs of microsoft/Recognizers-Text (MIT), with Sequence/English. Each sentence is read alone; the
rows of `contacts` are compared with the annotated values, telephone numbers by their digits. The specification marks every
number that could be dialled, wherever it stands; we take a number only where something says that it is one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from figures import Figures, show

from report_extract.evaluate.compare import Equal, digits, same
from report_extract.extractor import load

KINDS: dict[str, tuple[str, Equal]] = {
    "EmailModel": ("email", same),
    "PhoneNumberModel": ("phone", lambda g, f: digits(g) == digits(f)),
    "URLModel": ("url", lambda g, f: same(g.rstrip("/"), f.rstrip("/"))),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    extractor = load()
    for model, (column, equal) in KINDS.items():
        figures, errors = Figures(), []
        path = options.folder / "Sequence" / "English" / f"{model}.json"
        for case in json.loads(path.read_text(encoding="utf-8-sig")):
            wanted = [result["Text"] for result in case["Results"]]
            rows = extractor.extract(case["Input"]).contacts if case["Input"].strip() else ()
            found = [value for row in rows if (value := getattr(row, column))]
            if not all(figures.count(wanted, found, equal)) or len(found) < len(wanted):
                errors.append(f"{case['Input']!r}: {wanted} {found}")
        show(f"Recognizers-Text {model}", figures)
        for error in errors if options.errors else ():
            print(f"      {error}")
    print("(published: none)")


if __name__ == "__main__":
    main()
