"""Whatever a parameter holds, a page that counts, measures or evaluates answers in words and never breaks."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

# A NUL, half a pair of UTF-16, digits of another script, a number too large for a column.
BAD = ["%00", "%ED%A0%80", "%D9%A2%D9%A0%D9%A2%D9%A6", "9" * 30]
NAMES = [
    *["q", "wilayah", "bidang", "jenis", "ukuran", "urut", "kelas", "tahun", "triwulan", "berkas", "sesudah"],
    *["sebelum", "cycle", "status", "o", "p", "year", "class_name", "bahasa", "publikasi"],
]
DESK = ["ruleset", "cycle", "score", "objection", "selection"]


def pages(mekar, cycle, score):
    """Those of monitoring, of its reports, and of evaluations."""
    room, kim = f"/ruang/kim/{mekar.slug}", f"/petugas/communities/community/{mekar.pk}"
    return [
        *["/peta/", "/peta/64/", "/peta/64.csv", "/peta/64.geojson", "/peta/sekitar/", "/peta/sekitar/64.02.02/"],
        *["/statistik/", "/statistik/64.02/", "/statistik/64.csv", "/statistik/64/angka/", "/layar/64.02/"],
        *["/evaluasi/", cycle.get_absolute_url(), f"{room}/nilai/", f"{room}/nilai/{cycle.pk}/", f"{room}/belajar/"],
        *[f"{room}/nilai/{cycle.pk}/berita/", f"{room}/laporan/", f"{room}/laporan/kegiatan/", f"{kim}/laporan/"],
        *[f"{kim}/laporan/kegiatan/", "/petugas/", "/petugas/communities/community/laporan/"],
        *["/petugas/communities/community/laporan/kegiatan/", score.desk_path, f"{cycle.desk_path.rsplit('/', 2)[0]}/"],
        *[reverse(f"admin:evaluations_{name}_changelist") for name in DESK],
        reverse("admin:evaluations_cycle_try", args=[cycle.pk]),
    ]


@pytest.mark.parametrize("bad", BAD)
def test_no_parameter_breaks_a_page(bad, siti, mekar, made, make_cycle, make_scores, with_second_factor):
    cycle = make_scores(make_cycle(status="published"))
    browsers = [Client(raise_request_exception=False) for _person in (siti, made)]
    browsers[0].force_login(siti)
    browsers[1].force_login(with_second_factor(made))
    asked = "&".join(f"{name}={bad}" for name in NAMES)

    answers = {
        page: browsers["/petugas/" in page].get(f"{page}?{asked}").status_code
        for page in pages(mekar, cycle, cycle.scores.get())
    }

    assert {page: status for page, status in answers.items() if status >= 500} == {}
