"""A decree at the desk: its file, and the same number once more."""

import pytest
from conftest import make_pdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from communities.models import Decree

pytestmark = pytest.mark.django_db

ADD = reverse("admin:communities_decree_add")
WRONG, RIGHT = make_pdf("SK orang lain"), make_pdf("SK KIM")


def change(decree):
    return reverse("admin:communities_decree_change", args=[decree.pk])


def file_of(decree):
    return reverse("admin:communities_decree_file", args=[decree.pk])


def typed(region, **others):
    facts = {"number": "12/SK/2026", "issued_on": "2026-01-05", "issuer": "regent", "issuer_name": ""}
    return facts | {"region": region.pk, "starts_on": "", "ends_on": ""} | others


def pdf(content=RIGHT):
    return SimpleUploadedFile("sk.pdf", content)


@pytest.fixture
def known(places, make_decree):
    decree = make_decree(number="12/SK/2026", issuer="regent", region=places["64.02"])
    decree.file.save("sk.pdf", ContentFile(WRONG))
    return decree


class TestItsFile:
    def test_a_wrong_file_is_replaced_with_a_reason_that_the_trail_keeps(
        self, desk, known, made, places, django_capture_on_commit_callbacks
    ):
        former = known.file.name
        assert file_of(known) in desk.get(change(known)).text

        with django_capture_on_commit_callbacks(execute=True):
            desk.post(change(known), typed(places["64.02"], paper=pdf(), reason="Terunggah SK desa lain."))

        known.refresh_from_db()
        assert b"".join(desk.get(file_of(known)).streaming_content) == RIGHT
        assert not default_storage.exists(former)
        entry = AuditEntry.objects.about(known).first()
        assert (entry.by, entry.reason) == (made, "Terunggah SK desa lain.")
        assert (entry.before, entry.after) == ({"file": former}, {"file": known.file.name})

    def test_no_file_is_replaced_without_a_reason(self, desk, known, places):
        answer = desk.post(change(known), typed(places["64.02"], paper=pdf()))

        known.refresh_from_db()
        assert "Tulis alasan perubahan ini." in answer.text
        assert "Pilih berkasnya sekali lagi." in answer.text
        assert known.file.read() == WRONG

    def test_what_is_no_pdf_is_refused_beside_its_field(self, desk, known, places):
        answer = desk.post(change(known), typed(places["64.02"], paper=pdf(b"<html>"), reason="Salah unggah."))

        known.refresh_from_db()
        assert "bukan PDF atau foto" in str(answer.context["adminform"].form.errors["paper"])
        assert known.file.read() == WRONG

    def test_a_decree_is_added_with_its_file(self, desk, places):
        assert "Berkas sekarang" not in desk.get(ADD).text

        desk.post(ADD, typed(places["64.02"], paper=pdf()))

        assert Decree.objects.get().file.read() == RIGHT


class TestOneThatIsKnown:
    def test_its_number_typed_once_more_is_asked_about_and_everything_stays(self, desk, known, places):
        answer = desk.post(ADD, typed(places["64.02"], number="12/sk/2026", issuer_name="Bupati", paper=pdf()))

        assert "SK dengan nomor dan tanggal ini sudah tercatat" in answer.text
        assert change(known) in answer.text
        assert "Pilih berkasnya sekali lagi." in answer.text
        assert 'value="Bupati"' in answer.text
        assert Decree.objects.get() == known

    def test_another_one_with_its_number_is_added_by_a_tick(self, desk, known, places):
        desk.post(ADD, typed(places["64.02.02.2003"], is_another="on"))

        assert Decree.objects.filter(number="12/SK/2026").count() == 2

    def test_a_number_that_becomes_that_of_another_is_asked_about(self, desk, known, places, make_decree):
        other = make_decree(number="13/SK/2026", region=places["64.02"])

        answer = desk.post(change(other), typed(places["64.02"], reason="Salah ketik."))
        assert change(known) in str(answer.context["adminform"].form.errors["is_another"])

        desk.post(change(other), typed(places["64.02"], reason="Salah ketik.", is_another="on"))
        other.refresh_from_db()
        assert other.number == "12/SK/2026"

    def test_a_decree_keeps_its_number_without_a_question(self, desk, known, places, make_decree):
        make_decree(number="12/SK/2026")

        desk.post(change(known), typed(places["64.02"], issuer_name="Pemkab", reason="Kurang lengkap."))

        known.refresh_from_db()
        assert known.issuer_name == "Pemkab"

    def test_one_of_elsewhere_is_nobody_elses_business(self, desk, places, make_decree):
        make_decree(number="12/SK/2026", region=places["64.71"])

        desk.post(ADD, typed(places["64.02"]))

        assert Decree.objects.filter(region=places["64.02"]).exists()
