"""The benchmarks run, on small test sets in the forms of the large ones, and count what they say they count."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CORPUS, ROOT

Printed = Callable[..., list[str]]
pytestmark = pytest.mark.model
BENCHMARKS = ROOT / "tests" / "benchmarks"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """What a benchmark prints, its lines with single spaces."""

    def run(name: str, *arguments: str) -> list[str]:
        monkeypatch.syspath_prepend(BENCHMARKS)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(BENCHMARKS / f"{name}.py"), run_name="__main__")
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]

    return run


def write(path: Path, *lines: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_dates_of_recognizers_text(tmp_path: Path, printed: Printed) -> None:
    text = "The weir opened on 4 May 2016 and closed from 2017 to 2019."
    day, years = "4 May 2016", "from 2017 to 2019"
    cases = [
        {
            "Input": text,
            "Context": {"ReferenceDateTime": "2020-01-05T00:00:00"},
            "Results": [
                {
                    "Start": text.index(day),
                    "End": text.index(day) + len(day) - 1,
                    "TypeName": "datetimeV2.date",
                    "Resolution": {"values": [{"value": "2016-05-04"}]},
                },
                {
                    "Start": text.index(years),
                    "End": text.index(years) + len(years) - 1,
                    "TypeName": "datetimeV2.daterange",
                    "Resolution": {"values": [{"start": "2017-01-01", "end": "2019-01-01"}]},
                },
            ],
        }
    ]
    for name in ("DateTimeModel", "DateParser", "DatePeriodParser"):
        write(tmp_path / "DateTime" / "English" / f"{name}.json", json.dumps(cases))
    lines = printed("outside_dates", "--recognizers", str(tmp_path), "--errors")
    assert "value P 1.000 R 1.000 F1 1.000 of 2" in lines


def test_dates_of_wikiwars(tmp_path: Path, printed: Printed) -> None:
    body = (
        "The dyke broke on <TIMEX3 type='DATE' value='1911-03-04'>4 March 1911</TIMEX3> after "
        "<TIMEX3 type='DURATION' value='P3D'>three days</TIMEX3> of rain, and again in "
        "<TIMEX3 type='DATE' value='1953-SP'>the days of thaw</TIMEX3>."
    )
    write(tmp_path / "a.tml", f"<TimeML><TEXT>{body}</TEXT></TimeML>")
    lines = printed("outside_dates", "--wikiwars", str(tmp_path))
    assert "value P 1.000 R 0.500 F1 0.667 of 2" in lines


def test_titles(tmp_path: Path, printed: Printed) -> None:
    text = "Professor Ada Quill and her brother Tom Quill met Ines Okoro, director of the Marsh Institute."
    pairs = [
        ("Ada Quill", "Professor", "pre"),
        ("Tom Quill", "her brother", "appos-rev"),
        ("Ines Okoro", "director", "appos"),
    ]
    case = {"text": text, "pairs": [{"person_text": p, "title_text": t, "kind": k} for p, t, k in pairs]}
    write(tmp_path / "own_dev.jsonl", case)
    lines = printed("outside_titles", str(tmp_path))
    assert "pairs P 1.000 R 0.667 F1 0.800 of 3" in lines
    assert "without kin P 1.000 R 1.000 F1 1.000 of 2" in lines


def test_counts(tmp_path: Path, printed: Printed) -> None:
    text = "Nearly 300 pupils slept."
    count = {"number": [7, 10], "number_text": "300", "value": 300.0, "approx": "Nearly", "head": "pupils"}
    write(tmp_path / "dev.jsonl", {"text": text, "counts": [count]})
    lines = printed("outside_counts", str(tmp_path))
    assert "told as attendance P 0.000 R 0.000 F1 0.000 of 1" in lines
    assert "value in a sentence of attending P 1.000 R 1.000 F1 1.000 of 1" in lines


def test_contacts(tmp_path: Path, printed: Printed) -> None:
    folder = tmp_path / "Sequence" / "English"
    for name, text in (
        ("EmailModel", "ada@weir.example.org"),
        ("PhoneNumberModel", "+65 6123 4567"),
        ("URLModel", "https://weir.example.org/press"),
    ):
        case = {"Input": f"For more information: {text}", "Results": [{"Text": text}]}
        write(folder / f"{name}.json", json.dumps([case]))
    lines = printed("outside_contacts", str(tmp_path))
    assert "Recognizers-Text EmailModel P 1.000 R 1.000 F1 1.000 of 1" in lines
    assert "Recognizers-Text PhoneNumberModel P 1.000 R 1.000 F1 1.000 of 1" in lines


def test_names(tmp_path: Path, printed: Printed) -> None:
    folder = tmp_path / "name_data" / "labeled"
    person = "<Name><PrefixMarital>Ms.</PrefixMarital> <GivenName>Ada</GivenName> <Surname>de</Surname> <Surname>Wit</Surname></Name>"
    write(
        folder / "person_labeled.xml", f"<NameCollection>{person}<Name><Surname>LUND</Surname></Name></NameCollection>"
    )
    company = "<Name><CorporationName>weir</CorporationName> <CorporationLegalType>ltd</CorporationLegalType></Name>"
    write(folder / "company_labeled.xml", f"<NameCollection>{company}</NameCollection>")
    lines = printed("outside_names", str(tmp_path))
    assert "given and family name P 1.000 R 1.000 F1 1.000 of 1" in lines
    assert "persons in a sentence P 1.000 R 1.000 F1 1.000 of 1" in lines


def test_issuers_are_left_out_whole(tmp_path: Path, printed: Printed) -> None:
    paths = sorted((CORPUS / "dev").glob("tb-*.json"))[:4]
    for n, path in enumerate(paths):
        name = f"{('mint', 'weir')[n % 2]}-{n}"
        (tmp_path / f"{name}.json").write_bytes(path.read_bytes())
        (tmp_path / f"{name}.txt").write_bytes(path.with_suffix(".txt").read_bytes())
    lines = printed("issuers", str(tmp_path), "--parts", "3", "--trust")
    assert lines[0] == "4 releases of 2 issuers in 2 parts"
    assert any(line.startswith("fitted on other issuers") for line in lines)
