"""The officer's desk over HTTP: what waits, one decision on one page, and the deeds of a KIM's life."""

import io
from datetime import timedelta

import pytest
from conftest import make_officer, make_pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pillow_heif import register_heif_opener
from pypdf import PdfReader

from communities.models import CoachingEvent, Community, Decree, Paper
from communities.requirements import requirements

pytestmark = pytest.mark.django_db
register_heif_opener()  # whichever test comes first

MOVES = {"within": "64.02.06", "next door": "64.71.01.1001"}
DECREE, OTHER_DECREE = make_pdf("SK"), make_pdf("SK lain")


@pytest.fixture
def waiting(mekar, sector):
    """KIM Mekar as it waits since three weeks, well filled in."""
    handed_in = timezone.now() - timedelta(days=21)
    facts = {"founded_on": "2020-01-01", "address": "Balai desa", "contact_phone": "0812-0000-0000"}
    Community.objects.filter(pk=mekar.pk).update(status="submitted", submitted_at=handed_in, number=None, **facts)
    mekar.refresh_from_db()
    mekar.sectors.add(sector)
    mekar.verifications.create()
    return mekar


def check(community):
    return reverse("admin:communities_community_check", args=[community.pk])


def deed(community, word):
    return reverse("admin:communities_community_deed", args=[community.pk, word])


def all_in_order(community, **others):
    judged = {f"ok-{item.aspect}": "yes" for item in requirements(community) if item.is_required}
    return judged | {"seen": community.open_verification.state if community.open_verification else ""} | others


def status(community):
    return Community.objects.values_list("status", flat=True).get(pk=community.pk)


class TestFirstPage:
    def test_what_waits_comes_first_with_its_age(self, desk, waiting, make_community):
        newer = make_community("KIM Baru", status="submitted", submitted_at=timezone.now())

        answer = desk.get("/petugas/")

        listed = answer.context["panels"][0]["waiting"]
        assert list(listed) == [waiting, newer]
        assert check(waiting) in answer.text
        assert "menunggu 21 hari" in answer.text
        assert answer.text.count("terlambat") == 1

    def test_the_neighbour_sees_nothing_of_it(self, client, waiting, ratna, with_second_factor):
        client.force_login(with_second_factor(ratna))

        answer = client.get("/petugas/")

        assert "KIM Mekar" not in answer.text
        assert {number for _kind, number, _address in answer.context["panels"][0]["numbers"]} == {0}

    def test_the_province_reads_what_waits_below_and_decides_where_nobody_is(
        self, client, waiting, made, places, with_second_factor
    ):
        client.force_login(with_second_factor(make_officer("Wati", places["64"])))
        staffed = client.get("/petugas/").context["panels"][0]
        made.assignments.update(duties=["moderation"])
        vacant = client.get("/petugas/").context["panels"][0]

        assert (list(staffed["waiting"]), staffed["elsewhere"], staffed["vacant"]) == ([], 1, [])
        assert (list(vacant["waiting"]), vacant["elsewhere"], vacant["vacant"]) == ([waiting], 0, [places["64.02"]])

    def test_it_costs_fifteen_queries_at_most(self, desk, waiting, make_community, django_assert_max_num_queries):
        for _ in range(3):
            make_community(status="submitted", submitted_at=timezone.now())

        with django_assert_max_num_queries(15):
            desk.get("/petugas/")

    def test_each_number_leads_to_its_list(self, desk, waiting, make_community):
        make_community("KIM Lama", is_imported=True)
        numbers = desk.get("/petugas/").context["panels"][0]["numbers"]

        for _kind, number, address in numbers:
            assert desk.get(address).context["cl"].queryset.count() == number
        assert [number for _kind, number, _address in numbers] == [1, 0, 0, 1, 1]


class TestChecking:
    def test_all_in_order_and_verified_from_one_page(self, desk, waiting, made):
        page = desk.get(check(waiting))
        assert "Semua sesuai" in page.text

        desk.post(check(waiting), {"decision": "all_ok", "seen": waiting.open_verification.state})
        answer = desk.post(check(waiting), all_in_order(waiting, decision="verify"), follow=True)

        waiting.refresh_from_db()
        assert (waiting.status, waiting.number) == ("verified", "640202200301")
        assert "terverifikasi dengan nomor 640202200301" in answer.text
        assert waiting.verifications.get().by == made

    def test_verifying_what_nobody_looked_at_is_refused_in_words(self, desk, waiting):
        answer = desk.post(check(waiting), {"decision": "verify", "seen": waiting.open_verification.state})

        assert answer.status_code == 409
        assert "Belum diperiksa" in answer.text
        assert status(waiting) == "submitted"

    def test_a_fault_needs_its_words_and_what_was_typed_stays(self, desk, waiting):
        facts = all_in_order(waiting, decision="revise", note="Mohon segera.") | {"ok-address": "no"}

        answer = desk.post(check(waiting), facts)

        assert answer.status_code == 200
        assert "Tulis apa yang perlu diperbaiki." in answer.text
        assert "Mohon segera." in answer.text
        assert status(waiting) == "submitted"

    def test_the_chair_is_told_of_each_fault(self, desk, waiting, siti):
        facts = all_in_order(waiting, decision="revise")
        desk.post(check(waiting), facts | {"ok-address": "no", "note-address": "Nomor rumah belum ada."})

        assert status(waiting) == "needs_revision"
        assert "alamat sekretariat: Nomor rumah belum ada." in siti.notices.get().text

    @pytest.mark.parametrize("decision", ["all_ok", "verify"])
    def test_a_second_click_of_the_same_officer_is_answered_as_done(self, desk, waiting, decision):
        sent = all_in_order(waiting, decision=decision)
        desk.post(check(waiting), sent)
        decided = status(waiting)

        again = desk.post(check(waiting), sent, follow=True)

        assert again.redirect_chain
        assert "Sudah dicatat." in again.text
        assert "etugas lain" not in again.text
        assert status(waiting) == decided

    def test_of_two_officers_the_second_reads_who_was_first(self, desk, waiting, made, places):
        facts = all_in_order(waiting, decision="verify")
        waiting.reject(by=make_officer("Nyoman", places["64.02"]), note="Terdaftar dua kali.")

        answer = desk.post(check(waiting), facts)

        assert answer.status_code == 409
        assert "sudah diputuskan" in answer.text
        assert status(waiting) == "rejected"

    @pytest.mark.parametrize("seen", [{"seen": ""}, {"seen": "x"}, {}])
    def test_without_the_version_that_was_seen_it_is_refused(self, desk, waiting, seen):
        facts = all_in_order(waiting, decision="verify", note="Sudah lengkap semua.")
        del facts["seen"]

        answer = desk.post(check(waiting), facts | seen)

        assert answer.status_code == 409
        assert "diubah dari halaman lain" in answer.text
        assert f'href="{check(waiting)}"' in answer.text
        assert "Sudah lengkap semua." in answer.text
        assert status(waiting) == "submitted"
        assert not waiting.open_verification.items.exists()

    def test_who_does_not_decide_reads_why_and_changes_nothing(self, client, waiting, made, places, with_second_factor):
        client.force_login(with_second_factor(make_officer("Wati", places["64"])))

        page = client.get(check(waiting))
        answer = client.post(check(waiting), all_in_order(waiting, decision="verify"))

        assert "diputuskan oleh petugas kabupaten/kotanya" in page.text
        assert 'value="verify"' not in page.text
        assert answer.status_code == 403
        assert status(waiting) == "submitted"

    def test_nobody_decides_on_an_own_kim(self, desk, waiting, made):
        waiting.memberships.create(user=made, name="Made")

        page, answer = desk.get(check(waiting)), desk.post(check(waiting), all_in_order(waiting, decision="verify"))

        assert "Anda anggota KIM ini" in page.text
        assert answer.status_code == 403
        assert status(waiting) == "submitted"

    def test_it_names_those_that_may_be_the_same(self, desk, waiting, make_community, make_decree):
        decree = make_decree()
        Community.objects.filter(pk=waiting.pk).update(decree=decree)
        make_community("KIM Mekar Sari", seat="64.02.02.2011")
        make_community("KIM Lain Sekali", seat="64.02.06", decree=decree)

        text = desk.get(check(waiting)).text

        assert "KIM Mekar Sari" in text
        # One ceremony, one decree, many KIM.
        assert "KIM Lain Sekali" not in text

    def test_a_page_costs_the_same_with_more_papers_and_steps(
        self, desk, waiting, siti, made, django_assert_max_num_queries
    ):
        for kind in Paper.Kind:
            Paper.objects.create(community=waiting, kind=kind, file="x.pdf", name="x.pdf", size=1, uploaded_by=siti)
            waiting.steps.create(to="submitted", by=made)
        desk.get(check(waiting))  # the first time, the pages of its papers are counted

        with django_assert_max_num_queries(46):
            assert desk.get(check(waiting)).status_code == 200


class TestDeeds:
    def decree(self, places, **facts):
        return {
            "number": "12/SK/2026", "issued_on": "2026-01-05", "issuer": "regent", "issuer_name": "",
            "region": places["64.02"].pk, "starts_on": "", "ends_on": "2099-12-31",
        } | facts  # fmt: skip

    def test_inaugurated_by_a_new_decree_with_its_file(self, desk, mekar, places):
        file = SimpleUploadedFile("sk.pdf", DECREE)

        answer = desk.post(deed(mekar, "kukuhkan"), self.decree(places, file=file), follow=True)

        assert "KIM Mekar dikukuhkan dengan SK 12/SK/2026, dan piagamnya sudah terbit." in answer.text
        certificate = mekar.certificates.get()
        assert status(mekar) == "inaugurated"
        assert certificate.decree.number == "12/SK/2026"
        assert certificate.decree.file.size
        assert certificate.get_absolute_url() in desk.get(check(mekar)).text

    def test_inaugurated_by_photos_of_its_decree(self, desk, mekar, places):
        file = io.BytesIO()
        Image.new("RGB", (400, 300)).save(file, "HEIF")
        photos = [SimpleUploadedFile(f"IMG_{number}.heic", file.getvalue()) for number in (1, 2)]

        desk.post(deed(mekar, "kukuhkan"), self.decree(places, file=photos))

        assert len(PdfReader(mekar.certificates.get().decree.file).pages) == 2

    def test_a_bad_photo_of_a_decree_is_named_and_nothing_is_done(self, desk, mekar, places):
        file = io.BytesIO()
        Image.new("RGB", (400, 300)).save(file, "PNG")
        photos = [SimpleUploadedFile("1.png", file.getvalue()), SimpleUploadedFile("2.png", file.getvalue()[:200])]

        answer = desk.post(deed(mekar, "kukuhkan"), self.decree(places, file=photos))

        assert "Foto ke-2 (2.png)" in answer.text
        assert not Decree.objects.exists()

    def test_which_decree_is_meant_is_asked_where_one_is_known_and_another_typed(
        self, desk, mekar, places, make_decree
    ):
        known = make_decree(number="012/LAMA")
        Community.objects.filter(pk=mekar.pk).update(decree=known)
        typed = self.decree(places, existing=known.pk, file=SimpleUploadedFile("sk.pdf", DECREE))

        answer = desk.post(deed(mekar, "kukuhkan"), typed)
        assert "Pilih salah satu" in answer.text
        assert "SK yang sudah ada: 012/LAMA" in answer.text
        assert "SK baru: 12/SK/2026" in answer.text
        assert "Pilih berkasnya sekali lagi" in answer.text
        assert 'value="12/SK/2026"' in answer.text
        assert (status(mekar), Decree.objects.get()) == ("verified", known)

        desk.post(deed(mekar, "kukuhkan"), self.decree(places, existing=known.pk, wanted="new"))
        assert mekar.certificates.get().decree.number == "12/SK/2026"

    def test_a_decree_that_is_typed_once_more_is_asked_about(self, desk, mekar, places, make_decree):
        known = make_decree(number="12/sk/2026", issued_on="2026-01-05")
        typed = self.decree(places)

        answer = desk.post(deed(mekar, "kukuhkan"), typed)

        assert "SK dengan nomor dan tanggal ini sudah tercatat." in answer.text
        assert "SK yang sudah ada: 12/sk/2026" in answer.text
        assert (status(mekar), Decree.objects.get()) == ("verified", known)
        desk.post(deed(mekar, "kukuhkan"), typed | {"existing": known.pk, "wanted": "existing"})
        assert mekar.certificates.get().decree == Decree.objects.get() == known

    def test_another_village_may_give_a_decree_the_same_number(self, desk, mekar, places, make_decree):
        known = make_decree(number="12/SK/2026", issued_on="2026-01-05")

        desk.post(deed(mekar, "kukuhkan"), self.decree(places, existing=known.pk, wanted="new"))

        assert Decree.objects.filter(number="12/SK/2026").count() == 2
        assert mekar.certificates.get().decree != known

    def test_the_known_decree_is_taken_when_that_is_meant_whatever_was_typed(self, desk, mekar, places, make_decree):
        known = make_decree()

        typed = self.decree(places, existing=known.pk, wanted="existing", issued_on="31-02-2026")
        desk.post(deed(mekar, "kukuhkan"), typed)

        assert mekar.certificates.get().decree == Decree.objects.get() == known

    def test_a_known_decree_gets_the_file_that_it_lacks_and_keeps_the_one_it_has(self, desk, mekar, make_decree, made):
        known = make_decree()

        def sent(content=DECREE, **facts):
            return {"existing": known.pk, "file": SimpleUploadedFile("sk.pdf", content)} | facts

        assert "bukan PDF atau foto" in desk.post(deed(mekar, "kukuhkan"), sent(b"<html>")).text
        desk.post(deed(mekar, "kukuhkan"), sent())
        known.refresh_from_db()
        assert (status(mekar), known.file.read()) == ("inaugurated", DECREE)

        mekar.refresh_from_db()
        mekar.extend(by=made, decree=make_decree(number="lain"))
        assert "Pilih salah satu" in desk.post(deed(mekar, "perpanjang"), sent(OTHER_DECREE)).text
        desk.post(deed(mekar, "perpanjang"), sent(OTHER_DECREE, wanted="existing"))
        known.refresh_from_db()
        assert (mekar.certificates.get(replaced_at=None).decree, known.file.read()) == (known, DECREE)

    def test_old_data_are_named_before_a_kim_is_inaugurated(self, desk, mekar):
        Community.objects.filter(pk=mekar.pk).update(is_imported=True)

        assert "data lama, belum pernah dikonfirmasi" in desk.get(deed(mekar, "kukuhkan")).text

    def test_a_file_that_is_no_pdf_is_refused_beside_its_field(self, desk, mekar, places):
        file = SimpleUploadedFile("sk.pdf", b"<html>")

        answer = desk.post(deed(mekar, "kukuhkan"), self.decree(places, file=file))

        assert "bukan PDF" in answer.text
        assert not Decree.objects.exists()

    def test_a_decree_of_elsewhere_cannot_be_named(self, desk, mekar, places, make_decree):
        foreign, own = make_decree(region=places["64.71"]), make_decree()

        answer = desk.post(deed(mekar, "kukuhkan"), {"existing": foreign.pk})
        assert answer.status_code == 200
        assert status(mekar) == "verified"

        desk.post(deed(mekar, "kukuhkan"), {"existing": own.pk})
        assert mekar.certificates.get().decree == own

    def test_extended_only_by_another_decree(self, desk, mekar, made, make_decree, places):
        first = make_decree()
        mekar.inaugurate(by=made, decree=first)

        assert "sudah dikukuhkan dengan SK itu" in desk.post(deed(mekar, "perpanjang"), {"existing": first.pk}).text
        desk.post(deed(mekar, "perpanjang"), self.decree(places))

        assert mekar.certificates.get(replaced_at=None).decree.number == "12/SK/2026"

    def test_suspended_and_restored_with_reasons(self, desk, mekar):
        assert desk.post(deed(mekar, "bekukan"), {"note": ""}).status_code == 200
        assert status(mekar) == "verified"

        desk.post(deed(mekar, "bekukan"), {"note": "Pengurus berselisih."})
        assert status(mekar) == "suspended"
        desk.post(deed(mekar, "pulihkan"), {"note": "Sudah rukun."})
        assert status(mekar) == "verified"
        assert [step.note for step in mekar.steps.all()] == ["Pengurus berselisih.", "Sudah rukun."]

    def test_a_double_click_confirms_once(self, desk, mekar):
        for _ in range(2):
            desk.post(deed(mekar, "konfirmasi"), {"csrfmiddlewaretoken": "x" * 64})

        mekar.refresh_from_db()
        assert mekar.steps.count() == 1
        assert mekar.confirmed_at

    def test_a_deed_that_does_not_fit_the_status_changes_nothing(self, desk, waiting):
        answer = desk.post(deed(waiting, "bubarkan"), {"note": "Tidak ada."})

        assert answer.status_code == 409
        assert status(waiting) == "submitted"

    def test_merged_into_its_twin_the_old_address_leads_there(self, desk, mekar, make_community, client):
        twin = make_community("KIM Mekar Jaya", seat="64.02.02.2011", address="Jalan Kenanga 7")
        facts = {"target": twin.pk, "note": "Terdaftar dua kali."}

        beside = desk.post(deed(mekar, "gabungkan"), facts)
        assert status(mekar) == "verified"
        for fact in (mekar.number, mekar.seat.long_name, twin.number, twin.seat.long_name, "Jalan Kenanga 7", "Siti"):
            assert fact in beside.text
        assert "<b>1</b> anggota pindah" in beside.text
        assert "Terdaftar dua kali." in beside.text
        assert f'name="seen" value="{twin.pk}"' in beside.text
        # Whom the officer did not see is not merged with.
        desk.post(deed(mekar, "gabungkan"), facts | {"seen": make_community("KIM Lain").pk})
        assert status(mekar) == "verified"

        desk.post(deed(mekar, "gabungkan"), facts | {"seen": twin.pk})
        assert status(mekar) == "merged"
        assert client.get(mekar.get_absolute_url()).url == twin.get_absolute_url()
        assert f'<a href="{twin.desk_path}">KIM Mekar Jaya</a>' in desk.get(check(mekar)).text
        assert twin.memberships.count() == 1

    def test_who_comes_with_the_twin_in_the_address_sees_both_at_once(self, desk, mekar, make_community):
        twin = make_community("KIM Mekar Jaya")

        page = desk.get(f"{deed(mekar, 'gabungkan')}?tujuan={twin.pk}")

        assert twin.number in page.text
        assert f'name="seen" value="{twin.pk}"' in page.text

    def test_a_kim_is_not_offered_to_be_merged_into_itself(self, desk, mekar, make_community):
        page = desk.get(deed(mekar, "gabungkan"))
        assert "Mirip dengan" not in page.text

        twin = make_community("KIM Mekar Jaya")
        page = desk.get(deed(mekar, "gabungkan"))
        assert f"<dd>{twin.full_label}</dd>" in page.text
        address = page.context["form"].fields["target"].widget.get_url()
        asked = {"app_label": "communities", "model_name": "community", "field_name": "merged_into", "term": "mekar"}
        offered = desk.get(address, asked | {"bukan": mekar.pk}).json()["results"]
        assert address.endswith(f"?bukan={mekar.pk}")
        assert [one["id"] for one in offered] == [str(twin.pk)]

    def test_merging_names_nothing_of_elsewhere(self, desk, mekar, make_community):
        foreign = make_community("KIM Rahasia", seat="64.71.01.1001")

        answer = desk.post(deed(mekar, "gabungkan"), {"target": foreign.pk, "note": "x"})
        page = desk.get(f"{deed(mekar, 'gabungkan')}?tujuan={foreign.pk}")

        assert status(mekar) == "verified"
        assert "Rahasia" not in answer.text + page.text

    def test_the_regency_moves_a_seat_within_itself_and_the_province_beyond(
        self, client, desk, mekar, places, with_second_factor
    ):
        to = {name: {"to": places[code].pk, "note": "Pindah balai."} for name, code in MOVES.items()}
        desk.post(deed(mekar, "pindahkan"), to["next door"])
        stayed = Community.objects.get(pk=mekar.pk).seat
        desk.post(deed(mekar, "pindahkan"), to["within"])
        mekar.refresh_from_db()

        assert stayed == places["64.02.02.2003"]
        assert mekar.seat == places[MOVES["within"]]
        assert "Pindah balai." in mekar.steps.last().note

        client.force_login(with_second_factor(make_officer("Wati", places["64"])))
        client.post(deed(mekar, "pindahkan"), to["next door"])
        mekar.refresh_from_db()
        assert mekar.seat == places[MOVES["next door"]]

    @pytest.mark.parametrize("word", ["hapus", "kukuh-kan"])
    def test_there_are_no_other_deeds(self, desk, mekar, word):
        assert desk.get(deed(mekar, word)).status_code == 404


class TestCeremony:
    address = "/petugas/communities/community/"

    def test_many_by_one_decree_and_the_others_are_named(self, desk, mekar, waiting, make_community, make_decree):
        ready = [make_community(f"KIM {name}") for name in ("Satu", "Dua")]
        decree = make_decree()
        chosen = {"action": "inaugurate_many", "_selected_action": [kim.pk for kim in [*ready, waiting]]}

        page = desk.post(self.address, chosen)
        assert "2 KIM dapat dikukuhkan" in page.text
        assert "statusnya menunggu verifikasi" in page.text
        answer = desk.post(self.address, chosen | {"carry_out": "1", "existing": decree.pk}, follow=True)

        assert {status(kim) for kim in ready} == {"inaugurated"}
        assert status(waiting) == "submitted"
        assert "2 KIM dikukuhkan" in answer.text
        listed = desk.get("/petugas/communities/certificate/", {"q": decree.number}).context["cl"].queryset
        assert "/petugas/communities/certificate/?q=012%2FSK-KIM%2F2026" in answer.text
        assert {certificate.community for certificate in listed} == {*ready}
        assert "KIM Mekar, Desa Jembayan (menunggu verifikasi)" in answer.text
        assert all(kim.steps.count() == 1 for kim in ready)

    def test_what_was_never_confirmed_and_what_another_decides_are_named(self, desk, made, make_community, make_decree):
        old = make_community("KIM Lama", is_imported=True)
        own = make_community("KIM Sendiri")
        own.memberships.create(user=made, name="Made")
        chosen = {"action": "inaugurate_many", "_selected_action": [old.pk, own.pk]}

        page = desk.post(self.address, chosen)
        assert [kim.name for kim in page.context["doubtful"]] == ["KIM Lama"]
        assert "data lama, belum pernah dikonfirmasi" in page.text
        assert "yang bukan anggotanya" in page.text
        answer = desk.post(self.address, chosen | {"carry_out": "1", "existing": make_decree().pk}, follow=True)

        assert (status(old), status(own)) == ("inaugurated", "verified")
        assert "Datanya belum dikonfirmasi: KIM Lama, Desa Jembayan." in answer.text

    def test_a_foreign_kim_among_them_is_left_out(self, desk, make_community, make_decree):
        foreign = make_community("KIM Rahasia", seat="64.71.01.1001")
        chosen = {"action": "inaugurate_many", "_selected_action": [foreign.pk]}

        answer = desk.post(self.address, chosen | {"carry_out": "1", "existing": make_decree().pk}, follow=True)

        assert status(foreign) == "verified"
        assert "Rahasia" not in answer.text

    def test_a_decree_for_nobody_is_not_kept(self, desk, waiting, places):
        facts = TestDeeds().decree(places)
        chosen = {"action": "inaugurate_many", "_selected_action": [waiting.pk], "carry_out": "1"}

        desk.post(self.address, chosen | facts)

        assert not Decree.objects.exists()


class TestChoices:
    def offered(self, desk, model, field, term, app="communities"):
        facts = {"app_label": app, "model_name": model, "field_name": field, "term": term}
        return [row["text"] for row in desk.get(reverse("admin:autocomplete"), facts).json()["results"]]

    def test_a_kim_is_told_from_its_namesakes(self, desk, make_community, django_assert_max_num_queries):
        make_community(address="Jalan Kenanga 7")
        make_community(seat="64.02.02.2011", status="suspended")
        make_community(seat="64.02")
        make_community(seat="64.71.01.1001")

        with django_assert_max_num_queries(9):
            found = self.offered(desk, "community", "merged_into", "mekar")

        near = "Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
        assert sorted(found) == [
            f"KIM Mekar · Desa Jembayan Tengah, {near} · 640202200302 · dibekukan",
            f"KIM Mekar · Desa Jembayan, {near} · 640202200301",
            "KIM Mekar · Kabupaten Kutai Kartanegara, Kalimantan Timur · 640202200303",
        ]

    def test_a_choice_already_made_reads_the_same(self, desk, mekar, make_community):
        twin = make_community("KIM Mekar Jaya", address="Jalan Kenanga 7")

        page = desk.get(f"{deed(mekar, 'gabungkan')}?tujuan={twin.pk}").text

        assert f'value="{twin.pk}" selected>KIM Mekar Jaya · Desa Jembayan, Loa Kulu' in page

    def test_lists_of_what_belongs_to_kim_say_where_each_sits(self, desk, mekar, make_community, siti, make_post):
        make_post()
        for kim in (mekar, make_community(seat="64.02.02.2011")):
            Paper.objects.create(community=kim, kind="minutes", name="x.pdf", size=1, file="x.pdf", uploaded_by=siti)

        papers = desk.get(reverse("admin:communities_paper_changelist")).text
        assert "Desa Jembayan<" in papers
        assert "Desa Jembayan Tengah<" in papers
        assert "Desa Jembayan<" in desk.get(reverse("admin:activities_post_changelist")).text

    def test_a_decree_says_when_and_by_whom(self, desk, make_decree):
        make_decree(number="1", issuer="camat")

        assert self.offered(desk, "community", "decree", "1") == [
            "1, 5 Januari 2026 · camat, Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
        ]

    def test_the_kim_of_a_training_are_told_apart_too(self, desk, mekar, made, places):
        event = CoachingEvent.objects.create(
            kind="training", title="Bimtek", held_on="2026-01-05", region=places["64.02"], recorded_by=made
        )
        event.communities.add(mekar)

        page = desk.get(reverse("admin:communities_coachingevent_change", args=[event.pk])).text

        assert f"KIM Mekar · Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur · {mekar.number}" in page


def test_a_paper_is_downloaded_and_never_shown(desk, client, mekar, siti, ratna, with_second_factor):
    paper = Paper(community=mekar, kind="minutes", name="berita acara.pdf", size=8, uploaded_by=siti)
    paper.file.save("x.pdf", SimpleUploadedFile("x.pdf", b"%PDF-1.7"))
    address = reverse("admin:communities_paper_file", args=[paper.pk])

    answer = desk.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"".join(answer) == b"%PDF-1.7"

    client.force_login(with_second_factor(ratna))
    assert client.get(address).status_code == 404


def test_that_a_kim_waits_is_no_news_once_it_was_decided(waiting, made, ratna, siti):
    told = {"kind": "verification", "title": "KIM Mekar menunggu verifikasi"}
    for officer in (made, ratna):
        officer.notices.create(path=waiting.desk_path, **told)
    other = made.notices.create(path="/petugas/", **told)

    waiting.reject(by=made, note="Terdaftar dua kali.")

    assert not ratna.notices.unread().exists()
    assert list(made.notices.unread()) == [other]
    assert siti.notices.unread().exists()
