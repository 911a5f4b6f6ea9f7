"""Dewi of the ministry brings a new edition of the regions: she sees what it changes, then it is loaded."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts import edition_loading
from accounts.edition_loading import load_upload, tell_difference
from accounts.models import AuditEntry, EditionUpload
from accounts.tasks import resume_editions
from regions.models import LoadedEdition, Region
from tests.conftest import make_officer

pytestmark = pytest.mark.django_db

WORK = {"compare_edition": tell_difference, "load_edition": load_upload}
ADD = reverse("admin:accounts_editionupload_add")
# The regions of the cast, but: Jembayan merged into Jembayan Tengah, which has another name and lies in Tenggarong now.
LIST = """kode;nama
64;Kalimantan Timur
64.02;Kabupaten Kutai Kartanegara
64.02.02;Loa Kulu
64.02.06;Tenggarong
64.02.06.2001;Jembayan Raya
64.71;Kota Balikpapan
64.71.01;Balikpapan Timur
64.71.01.1001;Manggar
64.71.01.1002;Lamaru
"""
FORMER = """kode_lama;nama_lama;kode_baru
64.02.02.2003;Jembayan;64.02.06.2001
64.02.02.2011;Jembayan Tengah;64.02.06.2001
"""


@pytest.fixture(autouse=True)
def without_pack(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path / "pack"


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    """The worker takes up each job when a test says so."""
    jobs = []
    for name in WORK:
        job = type("Job", (), {"enqueue": lambda self, pk, name=name: jobs.append((name, pk))})()
        for module in ("edition_desk", "tasks"):
            monkeypatch.setattr(f"accounts.{module}.{name}", job)
    # What a connection of its own writes, a test that is rolled back does not see.
    monkeypatch.setattr(edition_loading.Progress, "tell", lambda self, words: None)
    return jobs


def work_off(jobs):
    while jobs:
        name, pk = jobs.pop(0)
        WORK[name](EditionUpload.objects.get(pk=pk))


@pytest.fixture
def desk(client, places, with_second_factor):
    client.force_login(with_second_factor(make_officer("Dewi", places["0"])))
    return client


@pytest.fixture
def send(desk):
    def send(text=LIST, former=None, name="Kepmendagri 1/2027", **more):
        files = {"file": text, "former_file": former}
        files = {
            key: ContentFile(content if isinstance(content, bytes) else content.encode(), name="daftar.csv")
            for key, content in files.items()
            if content is not None
        }
        return desk.post(ADD, {"name": name} | files | more)

    return send


@pytest.fixture
def compared(send, worker):
    def compared(*files):
        send(*files)
        work_off(worker)
        return EditionUpload.objects.first()

    return compared


def load(desk, upload, **sent):
    told = {"deed": "load", "reason": "Kepmendagri baru berlaku.", "is_looked_through": "on"}
    return desk.post(upload.desk_path, told | sent)


def refreshed(upload):
    upload.refresh_from_db()
    return upload


# From the file to the regions


def test_an_edition_that_comes_twice_from_one_page_is_compared_once(send, worker):
    for _time in range(2):
        answer = send(csrfmiddlewaretoken="of this page")

    assert answer.url == reverse("admin:accounts_editionupload_changelist")
    assert len(worker) == EditionUpload.objects.count() == 1


def test_an_edition_is_uploaded_looked_through_and_loaded(desk, send, worker, mekar, make_post, places):
    make_post()
    page = send(LIST, FORMER)
    upload = EditionUpload.objects.get()
    assert page.url == upload.desk_path
    assert 'http-equiv="refresh"' in desk.get(page.url).text

    work_off(worker)
    shown = desk.get(page.url).text
    assert 'http-equiv="refresh"' not in shown
    assert "menjadi Desa Jembayan Raya (64.02.06.2001)" in shown
    assert "1 KIM, 1 kegiatan" in shown
    assert "Desa Jembayan Raya" in desk.get(f"{page.url}?jenis=added").text
    assert not Region.objects.filter(name="Lamaru").exists()

    load(desk, upload)
    load(desk, upload)  # a second click
    assert worker == [("load_edition", upload.pk)]
    work_off(worker)

    assert Region.objects.get(name="Lamaru").parent == places["64.71.01"]
    mekar.refresh_from_db()
    assert mekar.seat.code == "64.02.06.2001"
    assert "1 KIM, 1 kegiatan" in desk.get(page.url).text
    assert LoadedEdition.objects.get() == refreshed(upload).loaded
    entry = AuditEntry.objects.about(upload).filter(after__status="done").get()
    assert (entry.reason, entry.by.name, entry.region) == ("Kepmendagri baru berlaku.", "Dewi", None)
    assert AuditEntry.objects.about(mekar).filter(reason="Kepmendagri baru berlaku.").exists()


def test_the_files_are_let_go_of_once_it_is_loaded(desk, compared, worker):
    upload = compared(LIST, FORMER)
    files = [upload.file.path, upload.former_file.path]

    load(desk, upload)
    work_off(worker)

    upload = refreshed(upload)
    assert (upload.file.name, upload.former_file.name) == ("", "")
    assert [edition_loading.Path(file).exists() for file in files] == [False, False]


def test_what_was_loaded_is_not_loaded_twice(desk, compared, worker):
    load(desk, compared())
    work_off(worker)
    before = list(Region.objects.values())

    again = compared()

    assert "berkas yang sama sudah dimuat" in desk.get(again.desk_path).text
    load(desk, again)
    assert (refreshed(again).status, worker) == ("compared", [])
    work_off([("load_edition", EditionUpload.objects.last().pk)])
    assert list(Region.objects.values()) == before
    assert LoadedEdition.objects.count() == 1


def test_an_officer_of_a_region_that_ends_is_named(desk, compared, places):
    make_officer("Komang", places["64.02.02.2003"])

    shown = desk.get(compared(LIST).desk_path).text

    assert "Petugas yang wilayahnya berakhir" in shown
    assert "Komang" in shown
    assert "1 penugasan petugas" in shown
    assert "tanpa pengganti" in shown


def test_changes_are_shown_by_kind_and_level_page_by_page(desk, compared, monkeypatch):
    monkeypatch.setattr("accounts.edition_desk.PAGE_SIZE", 1)
    villages = "".join(f"64.71.01.20{number:02};Desa {number}\n" for number in range(3))
    upload = compared(f"{LIST}{villages}64.71.02;Balikpapan Barat\n")

    districts = desk.get(f"{upload.desk_path}?jenis=added&tingkat=3")
    assert [change.code for change in districts.context["page_of_changes"]] == ["64.71.02"]
    seen, page = [], desk.get(f"{upload.desk_path}?jenis=added").context["page_of_changes"]
    while True:
        seen += [change.code for change in page]
        if not page.older:
            break
        page = desk.get(upload.desk_path + page.older).context["page_of_changes"]
    assert seen == sorted(seen)
    assert len(seen) == 6


def test_the_page_costs_the_same_however_much_changes(desk, compared, django_assert_max_num_queries):
    upload = compared(LIST + "".join(f"64.71.01.20{number:02};Desa {number}\n" for number in range(40)))

    with django_assert_max_num_queries(16):
        desk.get(f"{upload.desk_path}?jenis=added")


# What cannot be


@pytest.mark.parametrize(
    ("text", "former", "field", "sentence"),
    [
        (LIST + "64.5;Tarakan\n", None, "file", "Baris 11: “64.5” bukan kode wilayah"),
        ("id;nama\n64;Kalimantan Timur\n", None, "file", "Kolom “code” tidak ada"),
        (b"PK\x03\x04", None, "file", "bukan CSV"),
        (LIST, "kode_lama;nama_lama\n64.02.02.2003;Jembayan\n", "former_file", "Kolom “current_code” tidak ada"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(desk, send, worker, text, former, field, sentence):
    answer = send(text, former)

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert (EditionUpload.objects.count(), worker) == (0, [])


def test_a_list_without_most_of_the_regions_is_refused(desk, compared):
    upload = compared("kode;nama\n64;Kalimantan Timur\n64.02;Kabupaten Kutai Kartanegara\n")

    assert upload.status == "failed"
    assert "Unggah daftar yang lengkap" in desk.get(upload.desk_path).text
    assert not upload.changes.exists()


@pytest.mark.parametrize("left_out", ["reason", "is_looked_through"])
def test_nothing_is_loaded_without_a_reason_or_a_look(desk, compared, worker, left_out):
    upload = compared()

    answer = load(desk, upload, **{left_out: ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors[left_out]
    assert (refreshed(upload).status, worker) == ("compared", [])


def test_a_difference_that_is_no_longer_true_is_not_loaded(desk, compared, worker):
    first, second = compared(), compared(LIST.replace("Lamaru", "Teritip"))
    load(desk, second)
    work_off(worker)

    answer = desk.post(first.desk_path, {"deed": "load", "reason": "Salah.", "is_looked_through": "on"}, follow=True)

    assert "Edisi lain dimuat sesudah perbandingan ini." in answer.text
    assert refreshed(first).status == "compared"
    desk.post(first.desk_path, {"deed": "again"})
    work_off(worker)
    assert [change.before for change in refreshed(first).changes.filter(kind="renamed")] == ["Teritip"]


def test_two_that_were_approved_at_once_are_not_both_loaded(desk, compared, worker):
    first, second = compared(), compared(LIST.replace("Lamaru", "Teritip"))
    load(desk, first)
    load(desk, second)

    work_off(worker)

    assert [refreshed(first).status, refreshed(second).status] == ["done", "failed"]
    assert Region.objects.filter(name="Lamaru").exists()


def test_what_is_thrown_away_leaves_no_file(desk, compared):
    upload = compared()
    file = edition_loading.Path(upload.file.path)

    desk.post(upload.desk_path, {"deed": "discard"})

    assert (refreshed(upload).status, file.exists(), upload.changes.exists()) == ("discarded", False, False)
    assert not LoadedEdition.objects.exists()


# A worker that breaks off


def test_a_loading_that_breaks_off_changes_nothing_and_may_be_done_again(desk, compared, worker, monkeypatch):
    upload = compared(LIST, FORMER)
    before = list(Region.objects.values())
    load(desk, upload)
    with monkeypatch.context() as broken:
        broken.setattr("regions.loading.retire", lambda regions: 1 / 0)
        work_off(worker)

    assert refreshed(upload).status == "failed"
    assert list(Region.objects.values()) == before
    assert "tidak ada yang berubah" in desk.get(upload.desk_path).text

    desk.post(upload.desk_path, {"deed": "again"})
    work_off(worker)
    load(desk, upload)
    work_off(worker)
    assert refreshed(upload).status == "done"


@pytest.mark.parametrize(
    ("status", "job"), [("comparing", "compare_edition"), ("uploaded", "compare_edition"), ("loading", "load_edition")]
)
def test_what_a_lost_worker_left_is_taken_up_again(compared, worker, status, job):
    upload = compared()
    long_ago = timezone.now() - timedelta(minutes=6)
    EditionUpload.objects.filter(pk=upload.pk).update(status=status, touched_at=long_ago)

    resume_editions.func()
    resume_editions.func()

    assert worker == [(job, upload.pk)]


def test_whoever_waited_for_another_worker_finds_it_done(desk, compared, worker, monkeypatch):
    upload = compared()
    load(desk, upload)
    by_another = EditionUpload.objects.filter(pk=upload.pk)
    monkeypatch.setattr(edition_loading, "alone", lambda: by_another.update(status=EditionUpload.Status.DONE))

    work_off(worker)

    assert refreshed(upload).status == "done"
    assert not LoadedEdition.objects.exists()


def test_the_list_of_editions_is_taken_along(desk, compared):
    compared()

    taken = desk.post(reverse("admin:accounts_editionupload_export_csv"))

    assert "Kepmendagri 1/2027" in b"".join(taken.streaming_content if taken.streaming else [taken.content]).decode()
