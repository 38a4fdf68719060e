"""Museums and libraries that act are read as bodies."""

from __future__ import annotations

import pytest

from report_extract.extractor import Extractor


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The Quill Harbour Museum opened a wing on Monday. It is free.", "ORG"),
        ("A study by the Quill Harbour Museum was shown on Monday to a crowd.", "ORG"),
        ("They met at the Quill Harbour Museum on Monday and went home.", "FAC"),
    ],
)
def test_a_site_that_acts_is_a_body(extractor: Extractor, text: str, label: str) -> None:
    release = f"News from the bay\n\nLIMA, 3 May 2021 – The hall was full, and the doors stayed open.\n\n{text}\n"
    labels = {m.label for m in extractor.extract(release).mentions if m.text == "Quill Harbour Museum"}
    assert labels == {label}
