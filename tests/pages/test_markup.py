"""What members type and what becomes of it: one table, asked of the preview, the page of a post and the feed."""

import re
import tomllib
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from accounts.typed import only_seen
from activities.found import plainly
from activities.summaries import opening
from pages import markup
from pages.markup import plain_line, plain_words, render_markup

TABLE = tomllib.loads((Path(__file__).parent / "markup.toml").read_text())["text"]
ATOM = "{http://www.w3.org/2005/Atom}"

in_table = pytest.mark.parametrize("row", TABLE, ids=[row["why"] for row in TABLE])


def bare(html):
    """As the table has it: without line breaks between tags, and without `rel`."""
    html = re.sub(r"(<(?:/[a-z0-9]+|[a-z][^<>]*)>)\s*\n\s*", r"\1", html.replace(' rel="nofollow ugc noopener"', ""))
    return re.sub(r"\n+(?=</?(?:ul|ol|li|p|blockquote)\b)", "", html).replace("\n</code>", "</code>").strip()


@in_table
def test_what_is_typed_looks_the_same_before_and_after_it_is_published(row, client, siti, make_post):
    post = make_post(body=row["typed"])

    page = client.get(post.get_absolute_url()).content.decode()
    client.force_login(siti)
    preview = client.post(reverse("activities:write_preview"), {"body": row["typed"]}).content.decode()

    assert bare(preview) == row["html"]
    assert bare(re.search(r'<div class="prose" lang="id">(.*?)</div>', page, re.DOTALL)[1]) == row["html"]


@in_table
def test_where_no_marks_can_be_its_words_stand_alone(row, client, make_post):
    make_post(body=row["typed"], summary=opening(row["typed"]))

    summary = ElementTree.fromstring(client.get("/feed/").content).find(f"{ATOM}entry/{ATOM}summary")  # noqa: S314 ours

    assert plain_words(row["typed"]) == row["words"]
    assert unescape(summary.text) == (row["words"] if len(row["words"]) < 220 else f"{row['words'][:219]}…")


@pytest.mark.parametrize(
    "text",
    [
        *["Kerja bakti di RT 05, ramai sekali.", " Gotong-royong:\n\nWarga “turun”  ke sungai!\n", "Pukul 9 pagi", ""],
        *["Panen.\n\n“Alhamdulillah,” kata Siti.\n'Benar'", "Dijual Rp6.700 per kilogram, paling banyak Rp1.250.000."],
        *["Panen\r\nraya \n \n", "Pukul 08.00–11.00 (gratis), RT 03/RW 05", "kim.id", "Rp5 = 5 + 0"],
    ],
)
def test_a_text_without_marks_says_the_same_as_if_it_were_parsed(text):
    assert markup.MarkedText(text).is_unmarked
    assert_same_as_parsed(text)


PIECES = [
    *"aZé5 5\"'“”’%,.;:!?-–…()/@#=+|*_~&<\\", "\n", "\r\n", "\n\n", "\t", "\xa0", "kim", "  \n",
    *["\n- ", "\n> ", "\n## ", "\n1. ", "Rp1.250", "08.00–11.00", "0812-3456-7890", "https://kim.id/a_b",],
    *["kim@desa.id", "[a](https://b.id)", "---"],
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_whatever_is_taken_for_unmarked_looks_as_if_it_were_parsed(text):
    assert_same_as_parsed(text)


def assert_same_as_parsed(text):
    words, html = plain_words(text), render_markup(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "is_without_marks", lambda pattern, text: False)
        assert (plain_words(text), render_markup(text)) == (words, html)


@pytest.mark.parametrize(
    "text",
    [
        "*tebal*",
        "- sapu",
        "1. sapu",
        "telepon 0812 3456 7890",
        "62.812.345.678",
        "Rp5.000 0812 3456 7890",
        "a\n> b",
        "C# _x_",
    ],
)
def test_what_may_be_a_mark_is_parsed(text):
    assert not markup.MarkedText(text).is_unmarked


def test_the_opening_is_not_said_twice(client, make_post):
    body = "*Kerja bakti* di Jembayan & sekitarnya.\n\n- sapu\n- karung\n\n" + "Ramai sekali. " * 40
    same, older = (
        make_post(body=body, summary=opening(body)),
        make_post(body=body, summary="Kerja bakti di Jem…"),
    )
    other = make_post(body=body, summary="Lima puluh warga turun ke sungai.")

    assertNotContains(client.get(same.get_absolute_url()), 'class="lede"')
    assertNotContains(client.get(older.get_absolute_url()), 'class="lede"')
    assertContains(
        client.get(other.get_absolute_url()), '<p class="lede" lang="id">Lima puluh warga turun ke sungai.</p>'
    )


def test_a_page_parses_a_text_once(client, make_post, monkeypatch):
    post = make_post(body="*Kerja bakti* di Jembayan.", summary="Lima puluh warga turun.")
    texts, parse = [], markup.parsed
    monkeypatch.setattr(markup, "parsed", lambda text: texts.append(text) or parse(text))

    client.get(post.get_absolute_url())

    assert texts == [post.body]


def test_a_title_knows_no_marks(client, siti, mekar, sector):
    client.force_login(siti)
    key = "5f0e6c1e-7a3b-4a43-8a6f-0a8c5f6f9b10"
    words = {
        "title": "*KERJA BAKTI* 2*3 & - lain",
        "body": "Isi",
        "type": "berita",
        "sector": sector.pk,
        "deed": "save",
    }

    client.post(reverse("activities:write_post", args=[key]), words)

    assert mekar.posts.get().title == "KERJA BAKTI 2*3 & - lain"
    assert plain_line("- Doa bersama") == "- Doa bersama"


def test_a_claim_shows_without_marks_and_a_contact_can_be_tapped(client, make_post):
    claim = make_post(type="klarifikasi", claim="*SEBARKAN!* _Bantuan_ di www.palsu.id", verdict="salah")
    goods = make_post(type="potensi", product="Gula aren", public_contact="Bu Rahma, 0812-3456-7890")

    for address in (claim.get_absolute_url(), reverse("activities:clarifications")):
        assertContains(client.get(address), "SEBARKAN! Bantuan di www.palsu.id")
    for address in (goods.get_absolute_url(), reverse("activities:potentials")):
        assertContains(client.get(address), 'href="tel:+6281234567890"')


@pytest.mark.parametrize(
    ("extract", "shown"),
    [
        ("*Panen raya* di", "Panen raya di"),
        ("tebal* dan *buka", "tebal dan buka"),
        ("2*3*4 nama_file _miring", "2*3*4 nama_file miring"),
        ("[jadwal](https://contoh.id) lalu", "jadwal lalu"),
        ("jadwal](https://contoh.id) [lalu", "jadwal lalu"),
        ("- satu\n- dua", "satu; dua."),
    ],
)
def test_an_extract_shows_no_marks_also_where_it_was_cut(extract, shown):
    assert plainly(extract) == shown


@pytest.mark.parametrize(
    "piece",
    ["*a ", "**a", "_a", "`a ", "```", "```a\n", "1. a\n", "- a\n", "> ", ">", "[a", "[a](", "0812 ", "a@", "_*~"],
)
def test_text_made_to_keep_us_busy_is_rendered_at_once(piece):
    render_markup(piece * (20_000 // len(piece)))


def test_quotes_and_lists_within_each_other_end_somewhere():
    html = render_markup("> " * 400 + "*dalam*")

    assert "<strong>dalam</strong>" in html
    assert html.count("<blockquote>") < 10


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["Panen raya\nsampai sore", "*Panen*\n\n- padi\n- jagung", "> Kutipan\nlanjut"])
def test_a_text_is_read_alike_whatever_ends_its_lines(text, end):
    other = text.replace("\n", end)

    assert (render_markup(other), plain_words(other)) == (render_markup(text), plain_words(text))
    assert only_seen(other) == text
