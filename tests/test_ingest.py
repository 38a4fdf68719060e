"""The doors in: what is read as what, in which encoding, and that bad input is told and never ends a run."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from report_extract.errors import InputError
from report_extract.ingest import count_inputs, read_bytes, read_path, read_sources, read_text
from report_extract.schema import Failure, Source

HEADLINE = "Quay Trust opens harbour fair"
SENTENCE = "The Quay Trust opened its harbour fair in Port Lowe on 4 March 2019, and many guests came."
PLAIN = f"{HEADLINE}\n\n{SENTENCE}\n"
MENU = '<nav><a href="/">Home</a><a href="/news">News</a></nav>'


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def refused(data: bytes, name: str = "release.txt", **options: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read_bytes(data, name, **options)
    return caught.value


# What the content is


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (PLAIN, "a.txt", "text"),
        (PLAIN, "a.html", "text"),
        (PLAIN, "a.md", "text"),
        (PLAIN, "a", "text"),
        (page(f"<p>{SENTENCE}</p>"), "a.html", "html"),
        (page(f"<p>{SENTENCE}</p>"), "a.txt", "html"),
        ("<!DOCTYPE html>\n" + page(f"<p>{SENTENCE}</p>"), "a.md", "html"),
        (f"<h1>{HEADLINE}</h1><p>{SENTENCE}</p><p>It closes on Friday.</p>", "-", "html"),
        (f"<p>{SENTENCE}</p>", "a.htm", "html"),
        (f"{SENTENCE} Write <p> and </p> around it.", "a.txt", "text"),
        (f"The law of <b>small</b> numbers and 3 < 5 > 2. {SENTENCE}", "a.txt", "text"),
        (f"# {HEADLINE}\n\n{SENTENCE}\n", "a.md", "markdown"),
        (f"# {HEADLINE}\n\n{SENTENCE}\n", "a.txt", "text"),
        (f"---\ntitle: {HEADLINE}\n---\n{SENTENCE}\n", "a.txt", "markdown"),
        (
            f"# {HEADLINE}\n\n- **one**\n- **two**\n- [three](http://quay.example.org)\n\n> {SENTENCE}\n",
            "a",
            "markdown",
        ),
        (f"# {HEADLINE}\n\n<div>{SENTENCE}</div>\n<div>More.</div>\n<div>Last.</div>\n", "a.md", "markdown"),
        (f"{SENTENCE}\n\n- Lima\n\n- Suva\n\n- Oslo\n\n- Bonn\n\n# # #\n", "a.txt", "text"),
        (f"- first point\n- second point\n- third point\n\n{SENTENCE}", "a.txt", "text"),
    ],
)
def test_the_content_decides_before_the_extension(content: str, name: str, wanted: str) -> None:
    assert read_bytes(content.encode(), name).format == wanted


def test_plain_text_is_the_decoded_bytes_and_nothing_else() -> None:
    text = f"  {HEADLINE}\t\r\n\r\n{SENTENCE}\u00a0\u00ad\r\rfi \ufb01 e\u0301 \U0001f680\x0c\n\n\n"
    source = read_bytes(text.encode(), "a.txt")
    assert source.text == text
    assert source.data == text.encode()
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (source.name, source.title, source.published, source.author) == ("a.txt", None, None, None)
    assert source.warnings == ()


# Encodings


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    text = f"Fête in Łódź. {SENTENCE}"
    source = read_bytes(mark + text.encode(encoding), "a.txt")
    assert (source.text, source.encoding, source.warnings) == (text, encoding, ())


@pytest.mark.parametrize(
    ("declared", "written_in", "letters", "recorded"),
    [
        ("koi8-r", "koi8-r", "Ярмарка", "koi8-r"),
        ("windows-1251", "cp1251", "Ярмарка", "cp1251"),
        ("Shift_JIS", "shift_jis", "港まつり", "shift_jis"),
        ("iso-8859-1", "cp1252", "“Fête” – 5 €", "cp1252"),
        ("iso-8859-1", "utf-8", "“Fête” – 5 €", "utf-8"),
        ("windows-1251", "utf-8", "Ярмарка", "utf-8"),
        ("no-such-charset", "utf-8", "Fête", "utf-8"),
        # What cannot be: the declaration was read byte by byte, so the page is not in UTF-16.
        ("utf-16", "utf-8", "Fête", "utf-8"),
        ("utf-32", "utf-8", "Fête", "utf-8"),
        # Codecs of Python's that are no encodings of pages.
        ("unicode_escape", "utf-8", "Fête \\ud800", "utf-8"),
        ("raw_unicode_escape", "utf-8", "Fête \\ud800", "utf-8"),
        ("utf-7", "utf-8", "Fête +2AA-", "utf-8"),
        ("idna", "utf-8", "Fête", "utf-8"),
        ("punycode", "utf-8", "Fête", "utf-8"),
        ("undefined", "utf-8", "Fête", "utf-8"),
        ("rot13", "utf-8", "Fête", "utf-8"),
    ],
)
def test_a_declaration_is_believed_where_it_can_be_true(
    declared: str, written_in: str, letters: str, recorded: str
) -> None:
    text = page(f"<p>{letters} {SENTENCE}</p>", f'<meta charset="{declared}">')
    source = read_bytes(text.encode(written_in), "a.html")
    assert f"{letters} {SENTENCE}" in source.text
    assert (source.encoding, source.warnings) == (recorded, ())


def test_an_xml_declaration_is_one_too() -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-2"?>\n{page(f"<p>Święto. {SENTENCE}</p>")}'
    source = read_bytes(text.encode("iso-8859-2"), "a.xhtml")
    assert "Święto." in source.text
    assert source.encoding == "iso8859-2"


def test_a_wrong_declaration_is_no_end() -> None:
    text = page(f"<p>“Fête” {SENTENCE}</p>", '<meta http-equiv="Content-Type" content="text/html; charset=ascii">')
    assert "“Fête”" in read_bytes(text.encode("cp1252"), "a.html").text
    false = text.replace("ascii", "utf-8").replace("“Fête”", "Très émue, la maire de Port Lowe a remercié les élèves.")
    source = read_bytes(false.encode("cp1252"), "a.html")
    assert "Très émue, la maire" in source.text
    assert source.warnings == (f"encoding guessed as {source.encoding}",)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Открытие ярмарки состоялось в порту, и пришли многие гости и жители города.", "cp1251"),
        ("Die Eröffnung fand in Köln statt. Über 100 Gäste kamen, sagte Präsidentin Müller.", "latin-1"),
        ("La foire du port a été inaugurée hier; le maire, très ému, a remercié les élèves.", "cp1252"),
        ("La feria del puerto se inauguró ayer; la alcaldesa señaló que asistieron 500 niños.", "cp1252"),
        ("Święto portu rozpoczęło się w Łodzi. Przyszło wielu gości, dziękując za pomoc żeglarzom.", "cp1250"),
        ("港まつりは三月四日に始まった。多くの人々が参加した。", "shift_jis"),
    ],
)
def test_an_undeclared_encoding_is_guessed_and_the_guess_told(text: str, encoding: str) -> None:
    source = read_bytes(text.encode(encoding), "a.txt")
    assert source.text == text
    assert source.warnings == (f"encoding guessed as {source.encoding}",)
    assert source.data.decode(source.encoding) == text


# HTML


@pytest.mark.parametrize(
    "menu",
    [
        MENU,
        '<ul class="menu"><li><a href="/">Home</a></li><li>News</li></ul>',
        '<div id="site_navigation"><a>Home</a><a>News</a></div>',
        '<div class="mainMenu"><a>Home</a><a>News</a></div>',
        '<div class="topnav"><a>Home</a> <a>News</a></div>',
        '<div role="navigation"><a>Home</a> <a>News</a></div>',
        '<ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul>',
        '<p><a href="/">Home</a> | <a href="/news">News</a></p>',
        '<div style="display: none">Home News</div>',
        '<div class="cookie-banner">This News page keeps Home cookies, says the Quay Trust of Port Lowe, on every visit '
        "of yours and on every device that you own, for as long as you own it and for a year after that.</div>",
        "<script>var Home = 'News';</script><style>.Home { News: 1 }</style><noscript>Home News</noscript>",
    ],
)
def test_a_release_of_two_lines_keeps_its_text_and_loses_its_menu(menu: str) -> None:
    source = read_bytes(page(f"{menu}<p>{HEADLINE}</p><p>{SENTENCE}</p><footer>Imprint</footer>").encode(), "a.html")
    assert source.text == f"{HEADLINE}\n\n{SENTENCE}\n"
    assert source.warnings == ()


@pytest.mark.parametrize(
    "wrapped",
    [
        "<form id='aspnetForm'>{}</form>",
        "<div class='content-sidebar-wrap'>{}</div>",
        "<div class='social-development'>{}</div>",
        "<div class='search-results-2019'>{}</div>",
        "<main class='share'>{}</main>",
        "<table><tr><td>{}</td></tr></table>",
        "<center><font>{}</font></center>",
        "<div>" * 600 + "{}" + "</div>" * 600,
        "<div>" * 1800 + "{}" + "</div>" * 1800,
    ],
)
def test_no_wrapping_loses_the_text(wrapped: str) -> None:
    body = MENU + wrapped.format(f"<h2>{HEADLINE}</h2><p>{SENTENCE}</p>")
    source = read_bytes(page(body).encode(), "a.html")
    assert source.text.split() == [*HEADLINE.split(), *SENTENCE.split()]


def test_a_list_of_links_inside_the_release_is_text() -> None:
    body = f"<h1>{HEADLINE}</h1><p>{SENTENCE}</p><ul><li><a>Reef Institute</a></li><li><a>Lowe Bank</a></li></ul>"
    assert "Reef Institute\n" in read_bytes(page(body).encode(), "a.html").text


def test_a_long_page_loses_what_stands_around_the_release() -> None:
    words = "".join(
        f"<p>In hall {n} the trust showed nets, lamps and old maps to the guests of the fair.</p>" for n in range(20)
    )
    around = (
        '<aside>Related: fish prices</aside><div class="share-links"><a>Tell a friend</a></div><footer>Imprint</footer>'
    )
    source = read_bytes(
        page(f"{MENU}<article><h1>{HEADLINE}</h1><p>{SENTENCE}</p>{words}</article>{around}").encode(), "a"
    )
    assert source.text.startswith(f"{HEADLINE}\n\n{SENTENCE}\n\nIn hall 0 ")
    assert source.text.endswith("In hall 19 the trust showed nets, lamps and old maps to the guests of the fair.\n")


def test_the_line_structure_of_a_page_is_kept() -> None:
    body = (
        f"<h1>{HEADLINE}</h1>\n<p>The first\n   line<br>the second <b>bold</b><i>italic</i> line</p>"
        "<table><tr><td>When</td><td>4 March</td></tr><tr><td>Where</td><td>Port Lowe</td></tr></table>"
        "<ul><li>one</li><li>two</li></ul><div>loose</div>tail<pre>a  <b>b</b>\n\n  c</pre>"
    )
    lines = [" ".join(line.split()) for line in read_bytes(page(body).encode(), "a.html").text.split("\n")]
    assert [line for line in lines if line] == [
        HEADLINE,
        "The first line",
        "the second bolditalic line",
        "When 4 March",
        "Where Port Lowe",
        "one",
        "two",
        "loose",
        "tail",
        "a b",
        "c",
    ]
    assert lines[1] == ""  # a paragraph stands apart
    assert lines[lines.index("The first line") + 1] == "the second bolditalic line"  # a broken line does not


def test_comments_and_entities_are_resolved() -> None:
    body = f"<p>Rope &amp; tar &lt;new&gt;<!-- hidden --> caf&eacute; &#8220;all&#8221;.</p><p>{SENTENCE}</p><?php echo 'x' ?>"
    assert read_bytes(page(body).encode(), "a.html").text == f"Rope & tar <new> café “all”.\n\n{SENTENCE}\n"


def test_half_characters_and_zeros_in_markup_do_not_reach_the_text() -> None:
    source = read_bytes(page(f"<p>a&#xD800;b&#0;c {SENTENCE}</p>").encode(), "a.html")
    assert SENTENCE in source.text
    assert source.text.encode()
    assert "\x00" not in source.text


def test_the_markup_gives_title_day_and_author() -> None:
    head = (
        f'<title>{HEADLINE} | Quay Trust</title><meta property="og:title" content="{HEADLINE}">'
        '<meta name="author" content="Ada Quill"><meta property="article:published_time" content="2019-03-05T10:00:00Z">'
    )
    source = read_bytes(page(f"<p>{SENTENCE}</p><p>It closes on Friday.</p>", head).encode(), "a.html")
    assert (source.title, source.published, source.author) == (HEADLINE, "2019-03-05", "Ada Quill")
    bare = read_bytes(page("<p>The trust opened the fair.</p><p>It closes on Friday.</p>").encode(), "a.html")
    assert (bare.title, bare.published, bare.author) == (None, None, None)


@pytest.mark.parametrize(
    "shown",
    [
        '<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="54">[email&#160;protected]</a>',
        '<span id="cloak1">This email address is being protected from spambots. You need JavaScript to view it.</span>',
    ],
)
def test_a_protected_address_stays_as_the_page_shows_it(shown: str) -> None:
    source = read_bytes(
        page(f"<h1>{HEADLINE}</h1><p>{SENTENCE}</p><p>Contact: Ada Quill {shown}</p>").encode(), "a.html"
    )
    last = source.text.rstrip("\n").split("\n")[-1]
    assert last.startswith(
        ("Contact: Ada Quill [email protected]", "Contact: Ada Quill This email address is being protected")
    )


def test_a_quotation_element_keeps_its_marks() -> None:
    source = read_bytes(
        page(f"<h1>{HEADLINE}</h1><p>{SENTENCE}</p><p><q cite='x'>The tide is ours,</q> says Ada Quill.</p>").encode(),
        "a.html",
    )
    assert "“The tide is ours,” says Ada Quill." in source.text


# Markdown


def test_markdown_loses_its_marks_and_keeps_its_lines() -> None:
    text = f"# {HEADLINE}\r\n\r\nA *new* fair\r\nopened.\r\n\r\n1. one\r\n2. two\r\n\r\n| When | Where |\r\n|---|---|\r\n| May | Lima |\r\n"
    source = read_bytes(text.encode(), "a.md")
    assert source.text == f"{HEADLINE}\n\nA new fair opened.\n\none\ntwo\n\nWhen   Where\nMay   Lima\n"


def test_front_matter_is_metadata() -> None:
    text = f"---\ntitle: '{HEADLINE}'\ndate: 2019-03-05T10:00\nauthor: Ada Quill\ntags: [a]\n---\n\n{SENTENCE}\n"
    source = read_bytes(text.encode(), "a.md")
    assert (source.title, source.published, source.author) == (HEADLINE, "2019-03-05", "Ada Quill")
    assert source.text == f"{HEADLINE}\n\n{SENTENCE}\n"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Quay Trust\\u2019s\\_Fair \\"Opens\\""', "Quay Trust’s Fair \"Opens\""),
        ('"Quay Trust opens\\\n  \\ harbour fair"', "Quay Trust opens harbour fair"),
        ("Quay Trust opens harbour fair,\n  and 4,000\n  guests come", "Quay Trust opens harbour fair, and 4,000 guests come"),
        ("'Quay Trust''s fair\n\n  opens'", "Quay Trust's fair opens"),
        (">-\n  Quay Trust\n  opens fair", "Quay Trust opens fair"),
        ('"Fair \\U0001F389 \\ud83c\\udf89\\ud83c opens"', "Fair 🎉 🎉 opens"),
        ("Quay Trust's fair: a harbour opens # for the sitemap", "Quay Trust's fair: a harbour opens"),
        ("Bi\u00ad\u2060ennial fair", "Biennial fair"),
        ("[fair, quay]", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_title_is_read_in_every_form_that_front_matter_has(written: str, title: str | None) -> None:
    text = f"---\nlayout: post\ntitle: {written}\ndate: 2019-03-05\n---\n\n{SENTENCE}\n"
    source = read_bytes(text.encode(), "a.md")
    assert (source.title, source.published) == (title, "2019-03-05")
    assert source.text == (f"{title}\n\n{SENTENCE}\n" if title else f"{SENTENCE}\n")


@pytest.mark.parametrize("body", [f"# Harbour fair\n\n{SENTENCE}\n", f"**{HEADLINE}**\n\n{SENTENCE}\n"])
def test_a_body_that_has_its_headline_gets_no_second_one(body: str) -> None:
    source = read_bytes(f"---\ntitle: {HEADLINE}\n---\n\n{body}".encode(), "a.md")
    assert source.text.split("\n")[0] in ("Harbour fair", HEADLINE)
    assert source.text.count(HEADLINE) <= 1


def test_what_only_a_site_generator_reads_goes_but_for_the_quotation_that_it_holds() -> None:
    text = (
        f'# {HEADLINE}\n\n{{:start="2"}}\n2. {SENTENCE}\n\n{{{{< photo src="pier" >}}}}\n\n'
        '{{< set-apart text="The tide is ours." cite="Bo Lund" >}}\n\n{% include footer.html %}\n'
    )
    source = read_bytes(text.encode(), "a.md")
    assert source.text == f"{HEADLINE}\n\n{SENTENCE}\n\n“The tide is ours.”\n"


@pytest.mark.parametrize("day", ["2019-13-45", "2019-02-30", "next week", "''"])
def test_a_day_that_does_not_exist_is_no_date(day: str) -> None:
    assert read_bytes(f"---\ntitle: ''\ndate: {day}\n---\n\n{SENTENCE}\n".encode(), "a.md").published is None


# What cannot be read


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "empty", "copied whole"),
        (b" \r\n\t\n", "empty", "copied whole"),
        (b"\x00" * 20, "empty", "copied whole"),
        (b"\xef\xbb\xbf\n", "empty", "copied whole"),
        (b"\xff\xfe\n\x00", "empty", "complete"),
        ("\u00a0\u2003\u200b\ufeff\n".encode(), "empty", "complete"),
        (page(MENU).encode(), "empty", "complete"),
        (b"%PDF-1.7\nstream", "binary", "pdftotext"),
        (b"PK\x03\x04 word/document.xml", "binary", "save it as text"),
        (b"\x89PNG\r\n", "binary", "PNG"),
        (b"The Quay Trust\x00opened", "binary", "NUL byte at 14"),
        (bytes(range(1, 32)) * 4, "binary", "convert it"),
        (b"\xff\xfeT\x00h\x00e", "undecodable", "UTF-8"),
        (b"\xff\xfe" + "A fair ".encode("utf-16-le") + b"\x00\xd8", "undecodable", "byte 14"),
        (b"\xff" * 40 + b"\x81" * 40, "undecodable", "UTF-8"),
    ],
)
def test_what_is_no_release_is_refused_with_a_remedy(data: bytes, reason: str, remedy: str) -> None:
    error = refused(data, "box/7.txt")
    assert (error.source, error.stage, error.reason) == ("box/7.txt", "ingest", reason)
    assert remedy in error.message
    assert str(error).startswith("box/7.txt: ")


def test_a_few_control_characters_do_not_make_a_text_binary() -> None:
    text = f"{SENTENCE}\x07 \x1b[1mbold\x1b[0m\x0c{SENTENCE}\x02\n"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_nul_is_a_character_in_two_byte_letters() -> None:
    text = f"{SENTENCE}\x00 It closes on Friday."
    assert read_bytes(b"\xff\xfe" + text.encode("utf-16-le"), "a.txt").text == text


def test_the_limit_counts_bytes_and_includes_itself() -> None:
    data = PLAIN.encode()
    assert read_bytes(data, "a.txt", max_bytes=len(data)).text == PLAIN
    error = refused(data, max_bytes=len(data) - 1)
    assert error.reason == "too_large"
    assert "raise the limit" in error.message


def test_a_string_is_text_whatever_it_looks_like() -> None:
    markup = page(f"<p>{SENTENCE}</p>")
    source = read_text(markup, "note")
    assert (source.text, source.format, source.name) == (markup, "text", "note")
    assert source.data == markup.encode()


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"U\+D83D\) at 6") as caught:
        read_text("A fair\ud83d", "note")
    assert (caught.value.reason, caught.value.stage) == ("undecodable", "ingest")
    with pytest.raises(InputError, match="no text in it"):
        read_text(" \n\u200b", "note")


# Files, folders, globs, standard input


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for name in (
        "b.txt",
        "a/z.txt",
        "a/deep/er/c.md",
        "a-b/d.txt",
        "Ünïcode name (1) [x].txt",
        ".hidden.txt",
        ".git/e.txt",
        "a/.x/f.txt",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{PLAIN}{name}", encoding="utf-8")
    return root


def names(items: list[str | Path], root: Path, *, without: Path | None = None) -> list[str]:
    found = list(read_sources(items, without=without))
    assert len(found) == count_inputs(items, without=without)
    return [Path(one.name).relative_to(root).as_posix() if isinstance(one, Source) else one.error for one in found]


def test_a_folder_is_read_whole_in_the_order_of_its_paths(folder: Path) -> None:
    wanted = ["a/deep/er/c.md", "a/z.txt", "a-b/d.txt", "b.txt", "Ünïcode name (1) [x].txt"]
    assert names([folder], folder) == wanted
    assert names([str(folder)], folder) == wanted


def test_inputs_come_in_the_order_given(folder: Path) -> None:
    assert names([folder / "b.txt", folder / "a", folder / "b.txt"], folder) == [
        "b.txt",
        "a/deep/er/c.md",
        "a/z.txt",
        "b.txt",
    ]


def test_globs_are_sorted_and_a_name_that_exists_is_no_glob(folder: Path) -> None:
    assert names([f"{folder}/*.txt"], folder) == ["b.txt", "Ünïcode name (1) [x].txt"]
    assert names([f"{folder}/**/*.md"], folder) == ["a/deep/er/c.md"]
    assert names([f"{folder}/Ünïcode name (1) [x].txt"], folder) == ["Ünïcode name (1) [x].txt"]
    assert names([folder / ".hidden.txt"], folder) == [".hidden.txt"]
    assert names([folder / ".git"], folder) == [".git/e.txt"]


def test_the_folder_that_is_written_is_not_read(folder: Path) -> None:
    assert names([folder], folder, without=folder / "a") == ["a-b/d.txt", "b.txt", "Ünïcode name (1) [x].txt"]
    assert names([f"{folder}/**/*.md"], folder, without=folder / "a") == ["no_match"]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("gone.txt", "unreadable", "No such file"),
        ("gone-*.txt", "no_match", "pattern"),
        ("x" * 5000, "unreadable", "too long"),
        ("a\x00b", "unreadable", "null"),
        ("void", "no_match", "holds no files"),
    ],
)
def test_what_is_not_there_is_a_failure_and_the_next_is_read(folder: Path, name: str, error: str, message: str) -> None:
    (folder / "void").mkdir()
    first, second = read_sources([f"{folder}/{name}", folder / "b.txt"])
    assert isinstance(first, Failure)
    assert (first.source, first.stage, first.error) == (f"{folder}/{name}", "ingest", error)
    assert message in first.message
    assert isinstance(second, Source)
    assert count_inputs([f"{folder}/{name}"]) == 1


def test_bad_files_are_told_between_the_good_ones(folder: Path) -> None:
    (folder / "a" / "y.txt").write_bytes(b"")
    (folder / "a" / "zz.txt").write_bytes(b"%PDF-1.4")
    (folder / "c.txt").write_bytes(b"x" * 2000)
    found = list(read_sources([folder], max_bytes=1000))
    assert [one.error if isinstance(one, Failure) else "" for one in found] == [
        "",
        "empty",
        "",
        "binary",
        "",
        "",
        "too_large",
        "",
    ]
    assert isinstance(found[6], Failure)
    assert found[6].source == str(folder / "c.txt")
    assert "2,000 bytes, over the limit of 1,000" in found[6].message


def test_links_end_and_dead_ones_are_told(folder: Path) -> None:
    (folder / "a" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "again.txt").symlink_to(folder / "b.txt")
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = names([folder], folder)
    assert found.count("b.txt") == 1
    assert found.count("again.txt") == 1
    assert found.count("unreadable") == 2
    assert len(found) == 8


def test_a_closed_folder_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = list(read_sources([folder / "a"]))
    assert [Path(f.source).name for f in found if isinstance(f, Failure)] == ["deep"]
    assert [Path(s.name).name for s in found if isinstance(s, Source)] == ["z.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_a_name_that_is_no_unicode_is_written_with_escapes(folder: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(folder / "caf") + b"\xe9.txt"))
    path.write_bytes(PLAIN.encode())
    Path(os.fsdecode(os.fsencode(folder / "mt") + b"\xe9.txt")).write_bytes(b"")
    good, bad = read_sources([path, path.with_name(path.name.replace("caf", "mt"))])
    assert isinstance(good, Source)
    assert good.name == f"{folder}/caf\\udce9.txt"
    assert isinstance(bad, Failure)
    assert bad.source == f"{folder}/mt\\udce9.txt"
    assert bad.error == "empty"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_file_without_an_end_is_too_large() -> None:
    with pytest.raises(InputError, match="more than 1,000 bytes"):
        read_path(Path("/dev/zero"), max_bytes=1000)


def test_standard_input_is_one_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode("utf-16")), encoding="ascii"))
    (source,) = read_sources(["-"])
    assert isinstance(source, Source)
    assert (source.name, source.text, source.encoding) == ("-", PLAIN, "utf-16-le")
    assert count_inputs(["-"]) == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))
    (failure,) = read_sources(["-"], max_bytes=10)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.error) == ("-", "too_large")
