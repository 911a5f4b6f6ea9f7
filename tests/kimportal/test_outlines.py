"""Readers and robots: headings follow each other, a moment is one that a machine reads, no form has an empty action."""

import re

import pytest
from django.conf import settings
from headings import jumps, odd_times

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/kegiatan/",
    "/agenda/",
    "/kim/",
    "/usulan/",
    "/usulan/kirim/",
    "/informasi/",
    "/wilayah/",
    "/wilayah-saya/",
    "/peta/",
]
PUBLIC += [
    "/statistik/",
    "/cari/?q=posyandu",
    "/cari/?q=tidakada",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
    "/data/",
]
PUBLIC += [
    "/lacak/",
    "/klarifikasi/",
    "/potensi/",
    "/bahan/",
    "/evaluasi/",
    "/ikuti/",
    "/tersimpan/",
    "/luring/",
    "/belum-terkirim/",
]
PUBLIC += ["/tidak-ada/", "/akun/login/", "/akun/signup/"]
OWN = ["/ruang/", "/ruang/tulis/", "/ruang/kegiatan/", "/ruang/kabar/", "/ruang/kabar/pengaturan/", "/ruang/akun/"]
OWN += ["/ruang/komentar/", "/ruang/kim/daftar/", "/ruang/usulan-saya/"]


def test_no_page_jumps_over_a_heading_or_has_an_odd_moment(client, mekar, siti, make_post, make_aspiration):
    post, wish = make_post(), make_aspiration()
    own = [post.own_path, mekar.room_path, f"{mekar.room_path}anggota/", f"{mekar.room_path}laporan/kegiatan/"]
    seen = [
        *PUBLIC,
        post.get_absolute_url(),
        mekar.get_absolute_url(),
        mekar.seat.get_absolute_url(),
        wish.get_absolute_url(),
        "/peta/sekitar/64.02.02.2003/",
        "/layar/64.02/",
        "/layar/64.02/balai/",
    ]

    answers = {url: client.get(url).text for url in seen}
    client.force_login(siti)
    answers |= {url: client.get(url).text for url in [*OWN, *own]}

    assert {url: odd for url, html in answers.items() if (odd := [*jumps(html), *odd_times(html)])} == {}
    assert {url for url, html in answers.items() if "<h1" not in html} == set()
    assert {url for url, html in answers.items() if re.search(r'\b(?:form)?action=""', html)} == set()
    assert {'property="og:title"', 'property="og:url"'} <= set(re.findall(r'property="og:\w+"', answers["/"]))


def test_no_template_writes_a_moment_to_the_microsecond():
    written = re.compile(r'datetime="\{\{[^}]*\}\}"')
    found = {
        each for path in settings.BASE_DIR.glob("templates/**/*.html") for each in written.findall(path.read_text())
    }

    assert {
        each
        for each in found
        if "machine_time" not in each and "card.moment" not in each and '|date:"Y-m-d"' not in each
    } == set()
