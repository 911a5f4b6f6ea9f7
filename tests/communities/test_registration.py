"""A chair registers a KIM step by step, reads what is missing, mends what was found, and keeps it up to date."""

import io
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fpdf import FPDF
from PIL import Image
from pillow_heif import register_heif_opener
from pypdf import PdfReader

from communities.forms import MOST_DRAFTS, WebURLsField
from communities.models import Community, FormationRule, Membership, Paper
from communities.papers import MOST_BYTES, MOST_OF_A_KIND, MOST_PAGES
from communities.requirements import missing

pytestmark = pytest.mark.django_db

REGISTER = "/ruang/kim/daftar/"
VILLAGE = "64.02.02.2003"
MENDABLE = {"draft", "needs_revision"}

register_heif_opener()  # whichever test comes first


def pdf(text="Berita acara", name="berita-acara.pdf"):
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=16)
    sheet.cell(text=text)
    return SimpleUploadedFile(name, bytes(sheet.output()), "application/pdf")


def picture(kind="PNG", name="susunan.png", **options):
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, kind, **options)
    return SimpleUploadedFile(name, file.getvalue())


@pytest.fixture
def phone(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def draft(siti, places):
    """KIM Melati, which Siti has just begun to register in Desa Jembayan."""
    return Community.objects.found(by=siti, name="KIM Melati", seat=places[VILLAGE])


@pytest.fixture
def complete(draft, sector):
    """KIM Melati with all that is asked for."""
    draft.founded_on, draft.address, draft.contact_phone = "2020-01-01", "Balai desa", "0812-0000-0000"
    draft.save()
    draft.sectors.add(sector)
    return draft


def at(community, part=""):
    return f"/ruang/kim/{community.slug}/{part}"


def set_status(community, status):
    facts = (
        {"number": None}
        if status in ("draft", "submitted", "needs_revision", "rejected")
        else {"number": "640202200399"}
    )
    Community.objects.filter(pk=community.pk).update(status=status, **facts)
    community.refresh_from_db()


def fault_beside(answer, name, form="form"):
    return " ".join(answer.context[form].errors.get(name, []))


class TestFounding:
    def test_a_resident_begins_with_name_and_seat_and_is_its_chair(self, phone, siti, places):
        answer = phone.post(REGISTER, {"name": "KIM Melati", "seat": VILLAGE})

        community = Community.objects.get(name="KIM Melati")
        assert answer.url == at(community)
        assert (community.status, community.seat, community.chairs) == ("draft", places[VILLAGE], [siti])

    @pytest.mark.parametrize(
        ("seat", "code"), [("64.02.02", "64.02.02"), ("Kota Balikpapan", "64.71"), (VILLAGE, VILLAGE)]
    )
    def test_it_may_sit_at_a_village_a_district_or_a_city(self, phone, places, seat, code):
        phone.post(REGISTER, {"name": "KIM Melati", "seat": seat, "place": code})

        assert Community.objects.get().seat.code == code

    def test_of_places_with_like_names_one_is_chosen_and_none_guessed(self, phone, places):
        asked = phone.post(REGISTER, {"name": "KIM Melati", "seat": "Jembayan"})

        assert not Community.objects.exists()
        assert "Pilih yang Anda maksud" in fault_beside(asked, "seat")
        assert 'type="radio"' in asked.text
        assert places["64.02.02.2011"].long_name in asked.text

        phone.post(REGISTER, {"name": "KIM Melati", "seat": "Jembayan", "place": "64.02.02.2011"})

        assert Community.objects.get().seat == places["64.02.02.2011"]

    @pytest.mark.parametrize("seat", ["Kalimantan Timur", "Indonesia", "Atlantis", "\x00", "x" * 10_000, "64"])
    def test_what_is_no_seat_is_said_beside_it_and_the_name_is_kept(self, phone, places, seat):
        answer = phone.post(REGISTER, {"name": "KIM Melati", "seat": seat})

        assert answer.status_code == 200
        assert fault_beside(answer, "seat")
        assert 'value="KIM Melati"' in answer.text
        assert not Community.objects.exists()

    @pytest.mark.parametrize("name", ["", "K", "2026-13-45", "x" * 10_000, "<b>KIM</b>", "\u202e\x00"])
    def test_what_is_no_name_is_said_beside_it(self, phone, places, name):
        answer = phone.post(REGISTER, {"name": name, "seat": VILLAGE})

        assert fault_beside(answer, "name")
        assert not Community.objects.exists()

    def test_what_hides_in_a_name_is_left_out(self, phone, places):
        phone.post(REGISTER, {"name": "KIM\u200b  Melati\x00", "seat": VILLAGE})

        assert Community.objects.get().name == "KIM Melati"

    def test_a_like_name_nearby_is_shown_and_confirmed(self, phone, mekar, make_community):
        make_community("KIM Mekar Rahasia", status="submitted")
        facts = {"name": "KIM Mekar", "seat": "64.02.02.2011"}

        asked = phone.post(REGISTER, facts)

        assert "Sudah ada KIM bernama mirip" in asked.text
        assert mekar.get_absolute_url() in asked.text
        assert "Rahasia" not in asked.text
        assert not Community.objects.filter(status="draft").exists()

        phone.post(REGISTER, facts | {"different": "on"})

        assert Community.objects.filter(status="draft").count() == 1

    def test_the_same_twice_is_one_kim(self, phone, places):
        facts = {"name": "KIM Melati", "seat": VILLAGE}

        first, second = phone.post(REGISTER, facts), phone.post(REGISTER, facts)

        assert first.url == second.url
        assert Community.objects.count() == 1

    def test_several_kims_in_a_village_have_addresses_of_their_own(self, phone, client, joko, draft, places):
        client.force_login(joko)
        client.post(REGISTER, {"name": draft.name, "seat": VILLAGE})

        assert Community.objects.values("slug").distinct().count() == 2

    def test_drafts_have_a_limit(self, phone, places):
        for number in range(MOST_DRAFTS + 1):
            answer = phone.post(REGISTER, {"name": f"KIM Nomor {number}", "seat": VILLAGE})

        assert f"sudah mempunyai {MOST_DRAFTS} draf" in answer.text
        assert Community.objects.count() == MOST_DRAFTS

    def test_no_kim_takes_the_address_of_the_registration(self, phone, places):
        phone.post(REGISTER, {"name": "Daftar", "seat": VILLAGE})

        assert Community.objects.get().slug != "daftar"

    def test_who_is_not_signed_in_signs_in_first(self, client, places):
        assert client.get(REGISTER).url.startswith("/akun/")
        assert client.post(REGISTER, {"name": "KIM Melati", "seat": VILLAGE}).url.startswith("/akun/")
        assert not Community.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_kim(siti, places):
    answers, start = [], Barrier(2)

    def click():
        phone = Client()
        phone.force_login(siti)
        start.wait()
        answers.append(phone.post(REGISTER, {"name": "KIM Melati", "seat": VILLAGE}))
        close_old_connections()
        connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert len({answer.url for answer in answers}) == 1
    assert Community.objects.count() == 1


class TestRoom:
    def test_it_says_what_is_missing_and_which_rule_asks(self, phone, draft, places):
        basis = "Perbup 12/2024 Pasal 8"
        FormationRule.objects.create(region=places["64.02"], kind="required_paper", paper="minutes", legal_basis=basis)

        page = phone.get(at(draft))

        assert page.context["missing_count"] == len(missing(draft)) == 5
        assert "Tulis kapan KIM berdiri." in page.text
        assert basis in page.text
        assert at(draft, "berkas/") in page.text

    def test_it_is_of_its_people_alone(self, client, draft, joko, made):
        assert client.get(at(draft)).url.startswith("/akun/")
        client.force_login(joko)
        assert client.get(at(draft)).status_code == 404

    def test_a_member_reads_it_and_changes_nothing(self, client, complete, joko):
        Membership.objects.create(community=complete, user=joko, name=joko.name)
        set_status(complete, "needs_revision")
        client.force_login(joko)

        assert "KIM Melati" in client.get(at(complete)).text
        assert "Ajukan ke Diskominfo" not in client.get(at(complete)).text
        for part in ("profil/", "kontak/", "bidang/", "pengurus/", "sk/", "berkas/"):
            assert client.get(at(complete, part)).status_code == 403
        for part in ("profil/", "kontak/", "bidang/", "sk/", "berkas/", "ajukan/", "masih-benar/"):
            assert client.post(at(complete, part), {"name": "KIM Lain", "address": "Lain"}).status_code == 403
        complete.refresh_from_db()
        assert (complete.name, complete.status, complete.address) == ("KIM Melati", "needs_revision", "Balai desa")

    @pytest.mark.parametrize("status", Community.Status.values)
    def test_every_status_has_its_words(self, phone, complete, status, make_decree):
        complete.decree = make_decree()
        complete.save()
        merged = {"merged_into": complete} if status == "merged" else {}
        Community.objects.filter(pk=complete.pk).update(number="640202200399", status=status, **merged)

        page = phone.get(at(complete))

        assert page.status_code == 200
        assert page.context["explanation"]
        assert ("Ajukan" in page.text) == (status in MENDABLE)

    def test_it_costs_the_same_with_more_in_it(self, phone, draft, places, siti):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                phone.get(at(draft))
            return len(queries)

        phone.get(at(draft))
        before = cost()
        for number in range(3):
            Membership.objects.create(community=draft, name=f"Warga {number}")
            FormationRule.objects.create(
                region=places["64.02"], kind="barred_job", job=f"jabatan {number}", legal_basis="Perbup"
            )
            draft.steps.create(to="submitted", by=siti)

        assert cost() == before <= 25


class TestSteps:
    def test_each_is_kept_by_itself_and_leads_to_the_next(self, phone, draft, sector):
        profile = {
            "name": "KIM Melati Putih",
            "seat": draft.seat.long_name,
            "founded_on": "2020-01-31",
            "about": "Kami.",
        }
        contact = {
            "address": "Balai desa",
            "contact_phone": "0812 3456",
            "links": "instagram.com/melati\n\nhttps://a.id",
        }

        assert phone.post(at(draft, "profil/"), profile).url == at(draft, "kontak/")
        assert phone.post(at(draft, "kontak/"), contact).url == at(draft, "bidang/")
        assert phone.post(at(draft, "bidang/"), {"chosen": [sector.pk]}).url == at(draft, "pengurus/")
        decree = {"number": "7/2020", "issued_on": "2020-02-01", "issuer": "camat", "file": pdf("SK", "sk.pdf")}
        assert phone.post(at(draft, "sk/"), decree).url == at(draft, "berkas/")

        draft.refresh_from_db()
        assert (draft.name, str(draft.founded_on), draft.about) == ("KIM Melati Putih", "2020-01-31", "Kami.")
        assert draft.links == ["https://instagram.com/melati", "https://a.id"]
        assert draft.sectors.get() == sector
        assert (draft.decree.number, draft.decree.region.code) == ("7/2020", "64.02.02")
        assert draft.papers.get().kind == "decree"
        assert missing(draft) == []

    @pytest.mark.parametrize(
        ("part", "name", "theirs", "mine"),
        [
            ("profil/", "about", "Kami menulis.", "Kami memotret."),
            ("profil/", "name", "KIM Melati Putih", "KIM Melati Merah"),
            ("kontak/", "address", "Gang Kenanga", "Balai desa"),
            ("kontak/", "links", "https://a.id", "https://b.id"),
            ("sk/", "number", "8/2020", "9/2020"),
        ],
    )
    def test_an_old_page_overwrites_nothing_unseen(self, phone, draft, part, name, theirs, mine):
        facts = {"name": draft.name, "seat": draft.seat.long_name}
        facts |= {"number": "7/2020", "issued_on": "2020-02-01", "issuer": "camat"}
        phone.post(at(draft, part), facts)
        old = phone.get(at(draft, part)).context["form"].version
        phone.post(at(draft, part), facts | {name: theirs, "version": old})

        asked = phone.post(at(draft, part), facts | {name: mine, "version": old})
        kept = phone.get(at(draft, part)).context["form"]
        again = facts | {name: mine, "version": asked.context["form"].version}
        done = phone.post(at(draft, part), again)

        assert asked.status_code == 409
        assert asked.text.count(theirs) >= 1
        assert asked.text.count(mine) >= 2
        assert theirs in str(kept[name])
        assert done.status_code == 302
        assert mine in str(phone.get(at(draft, part)).context["form"][name])

    def test_the_same_from_an_old_page_is_simply_saved(self, phone, draft):
        facts = {"name": draft.name, "seat": draft.seat.long_name}
        old = phone.get(at(draft, "profil/")).context["form"].version
        phone.post(at(draft, "profil/"), facts | {"about": "Kami.", "version": old})

        assert phone.post(at(draft, "profil/"), facts | {"about": "Kami.", "version": old}).status_code == 302

    def test_sectors_of_an_old_page_are_asked_about_too(self, phone, draft, sector):
        other = type(sector).objects.create(name="Kebun warga", slug="kebun-warga")
        old = phone.get(at(draft, "bidang/")).context["form"].version
        phone.post(at(draft, "bidang/"), {"chosen": [sector.pk], "version": old})

        asked = phone.post(at(draft, "bidang/"), {"chosen": [other.pk], "version": old})

        assert asked.status_code == 409
        assert draft.sectors.get() == sector

    def test_a_good_paper_of_an_old_page_is_kept(self, phone, draft):
        facts = {"number": "7/2020", "issued_on": "2020-02-01", "issuer": "camat"}
        phone.post(at(draft, "sk/"), facts | {"version": phone.get(at(draft, "sk/")).context["form"].version})

        asked = phone.post(
            at(draft, "sk/"), facts | {"number": "9/2020", "version": "old", "file": pdf("SK", "sk.pdf")}
        )

        draft.refresh_from_db()
        assert asked.status_code == 409
        assert draft.decree.number == "7/2020"
        assert draft.papers.get().kind == "decree"

    @pytest.mark.parametrize(
        ("part", "name", "value"),
        [
            ("profil/", "founded_on", "31/02/2020"),
            ("profil/", "founded_on", "2999-01-01"),
            ("profil/", "founded_on", "0020-01-01"),
            ("profil/", "about", "x" * 10_000),
            ("profil/", "name", ""),
            ("kontak/", "address", "x" * 10_000),
            ("kontak/", "contact_phone", "satu dua tiga"),
            ("kontak/", "contact_email", "siti"),
            ("kontak/", "website", "javascript:alert(1)"),
            ("kontak/", "website", "http://["),
            ("kontak/", "links", "https://a.id\nbukan alamat"),
            ("kontak/", "links", "ftp://a.id"),
            ("kontak/", "links", "\n".join(f"https://a{number}.id" for number in range(9))),
            ("bidang/", "chosen", "nol"),
            ("sk/", "issued_on", "31/02/2020"),
            ("sk/", "issuer", "raja"),
            ("sk/", "number", "\x00"),
            ("sk/", "ends_on", "2019-01-01"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(self, phone, draft, part, name, value):
        right = {"name": "KIM Anggrek", "seat": VILLAGE, "number": "7/2020", "issued_on": "2020-02-01"}
        right |= {"issuer": "camat", "address": "Gang Kenanga"}

        answer = phone.post(at(draft, part), right | {name: value})

        assert 'role="alert" tabindex="-1" autofocus>Belum tersimpan.' in answer.text
        assert fault_beside(answer, name)
        kept = {"profil/": "KIM Anggrek", "kontak/": "Gang Kenanga", "sk/": "7/2020", "bidang/": ""}[part]
        assert name == "name" or name == "address" or name == "number" or kept in answer.text
        draft.refresh_from_db()
        assert (draft.name, draft.address, draft.decree) == ("KIM Melati", "", None)

    def test_a_decree_that_other_kims_share_is_not_written_over(self, phone, draft, make_decree, make_community):
        shared = make_decree(number="1/2020")
        make_community("KIM Lain", decree=shared)
        draft.decree = shared
        draft.save()

        phone.post(at(draft, "sk/"), {"number": "2/2020", "issued_on": "2020-02-01", "issuer": "lurah"})

        shared.refresh_from_db()
        draft.refresh_from_db()
        assert (shared.number, draft.decree.number) == ("1/2020", "2/2020")

    def test_the_seat_may_move_while_it_is_a_draft(self, phone, draft, places):
        phone.post(at(draft, "profil/"), {"name": draft.name, "seat": "64.71"})

        draft.refresh_from_db()
        assert (draft.seat, draft.village, draft.regency) == (places["64.71"], None, places["64.71"])

    @pytest.mark.parametrize("status", ["submitted", "rejected", "suspended", "dissolved"])
    def test_what_is_decided_or_being_decided_is_read_only(self, phone, complete, status, sector):
        set_status(complete, status)
        for part in ("profil/", "kontak/", "bidang/", "sk/", "berkas/"):
            page = phone.get(at(complete, part))
            assert "tidak dapat diubah" in page.text
            assert "Simpan" not in page.text
            facts = {"name": "KIM Lain", "seat": "64.71", "address": "Lain", "number": "1", "kind": "minutes"}
            assert phone.post(at(complete, part), facts | {"minutes-file": pdf()}).status_code == 409

        complete.refresh_from_db()
        assert (complete.name, complete.address, complete.decree) == ("KIM Melati", "Balai desa", None)
        assert not complete.papers.exists()

    def test_after_verification_contact_and_words_stay_the_chairs(self, phone, complete, places):
        set_status(complete, "verified")

        profile = {"name": "KIM Lain", "seat": "64.71", "founded_on": "2021-01-01", "about": "Kami menulis."}
        assert phone.post(at(complete, "profil/"), profile).url == at(complete)
        phone.post(at(complete, "kontak/"), {"address": "Gang Kenanga", "contact_email": "kim@contoh.id"})
        assert phone.post(at(complete, "sk/"), {"number": "1"}).status_code == 409

        complete.refresh_from_db()
        assert (complete.name, complete.seat, str(complete.founded_on)) == ("KIM Melati", places[VILLAGE], "2020-01-01")
        assert (complete.about, complete.address) == ("Kami menulis.", "Gang Kenanga")
        assert complete.status == "verified"

    def test_a_neighbours_kim_does_not_exist(self, client, complete, joko):
        client.force_login(joko)

        for part in ("", "profil/", "kontak/", "bidang/", "pengurus/", "sk/", "berkas/"):
            assert client.get(at(complete, part)).status_code == 404
        for part in ("profil/", "kontak/", "ajukan/", "masih-benar/"):
            assert client.post(at(complete, part), {"name": "KIM Lain"}).status_code == 404


class TestPapers:
    def send(self, phone, community, *files, kind="minutes"):
        return phone.post(at(community, "berkas/"), {f"{kind}-file": files})

    def refusal(self, answer, kind="minutes"):
        sent = next(form for form in answer.context["paper_forms"] if form.kind == kind)
        return " ".join(sent.errors["file"])

    def pages(self, paper):
        """The JPEG of each page, and its size on A4."""
        sheets = PdfReader(io.BytesIO(paper.file.read())).pages
        return [(sheet.images[0].data, sheet.mediabox.width > sheet.mediabox.height) for sheet in sheets]

    def test_a_pdf_is_kept_and_handed_out_to_the_chair_alone(self, phone, client, draft, siti, joko):
        self.send(phone, draft, pdf(name="Berita acara.pdf"))
        paper = draft.papers.get()

        answer = phone.get(at(draft, f"berkas/{paper.pk}/"))

        assert answer["Content-Disposition"] == 'attachment; filename="Berita acara.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        Membership.objects.create(community=draft, user=joko, name=joko.name)
        set_status(draft, "needs_revision")
        client.force_login(joko)
        assert client.get(at(draft, f"berkas/{paper.pk}/")).status_code == 403

    def test_a_paper_of_another_kim_is_not_here(self, phone, draft, make_community, joko):
        other = make_community("KIM Lain")
        facts = {"kind": "minutes", "name": "x.pdf", "size": 1, "file": "papers/x.pdf", "uploaded_by": joko}
        paper = Paper.objects.create(community=other, **facts)

        assert phone.get(at(draft, f"berkas/{paper.pk}/")).status_code == 404

    def test_a_file_that_is_gone_is_a_404(self, phone, draft, siti):
        facts = {"kind": "minutes", "name": "x.pdf", "size": 1, "file": "papers/x.pdf", "uploaded_by": siti}
        paper = Paper.objects.create(community=draft, **facts)

        assert phone.get(at(draft, f"berkas/{paper.pk}/")).status_code == 404

    def test_a_new_one_replaces_the_former_and_the_same_is_one(self, phone, draft):
        one, other = pdf("Pertama").read(), pdf("Kedua").read()

        for content in (one, one, other):
            self.send(phone, draft, SimpleUploadedFile("berita.pdf", content))

        assert draft.papers.count() == 2
        assert draft.papers.current().get().size == len(other)

    def test_photos_of_its_pages_become_one_upright_pdf_without_their_metadata(self, phone, draft):
        exif = Image.Exif()
        exif[0x010E], exif[0x0112] = "rahasia-lokasi", 6
        first = picture("JPEG", "C:\\foto <rumah>.jpeg", exif=exif)
        self.send(phone, draft, first, picture("HEIF", "IMG_2.HEIC"), picture("MPO", "IMG_3.jpg"))

        paper = draft.papers.get()
        assert (paper.name, paper.photo_count) == ("foto rumah.pdf", 3)
        assert paper.file.read().startswith(b"%PDF-")
        paper.file.seek(0)
        found = self.pages(paper)
        assert [Image.open(io.BytesIO(content)).size for content, _wide in found] == [
            (300, 400),
            (400, 300),
            (400, 300),
        ]
        assert [is_wide for _content, is_wide in found] == [False, True, True]
        assert not any(b"rahasia" in content or b"Exif" in content for content, _wide in found)

    def test_the_same_photos_are_the_same_paper(self, phone, draft):
        for _time in range(2):
            self.send(phone, draft, picture(), picture("JPEG"))

        assert draft.papers.count() == 1

    def test_many_photos_share_the_weight_of_one_paper(self, phone, draft):
        grain = Image.effect_noise((1200, 900), 90).resize((2600, 1950)).convert("RGB")
        file = io.BytesIO()
        grain.save(file, "JPEG", quality=90)
        photos = [SimpleUploadedFile(f"{number}.jpg", file.getvalue()) for number in range(8)]

        self.send(phone, draft, *photos)

        assert draft.papers.get().size <= MOST_BYTES
        assert len(self.pages(draft.papers.get())) == 8

    def test_a_bad_photo_among_good_ones_is_named_and_the_others_are_kept(self, phone, draft):
        broken = SimpleUploadedFile("IMG_2.jpg", picture("JPEG").read()[:500])
        answer = self.send(phone, draft, picture(), broken, SimpleUploadedFile("catatan.docx", b"PK"), picture("JPEG"))

        assert draft.papers.get().photo_count == 2
        refusal = self.refusal(answer)
        assert "Foto ke-2 (IMG_2.jpg): Foto ini rusak" in refusal
        assert "Berkas ke-3 (catatan.docx): Berkas ini bukan PDF" in refusal
        assert "pilih lagi semua halamannya" in refusal
        assert "susunan.pdf" in answer.text

    def test_a_bad_file_costs_no_other_and_no_declaration(self, phone, draft, places):
        rule = FormationRule.objects.create(region=places["64.02"], kind="min_age", number=17, legal_basis="Perbup 1")
        sent = {"minutes-file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 terpotong"), "statutes-file": pdf()}

        answer = phone.post(at(draft, "berkas/"), sent | {"declaration": "1", "declaration-rules": [rule.pk]})

        assert "terpotong" in self.refusal(answer)
        assert draft.papers.get().kind == "statutes"
        assert list(draft.declared_rules.all()) == [rule]
        sent = {"minutes-file": pdf(), "structure-file": picture(), "declaration": "1"}
        answer = phone.post(at(draft, "berkas/"), sent)
        assert answer.url == at(draft)
        assert {paper.kind for paper in draft.papers.current()} == {"minutes", "statutes", "structure"}
        assert not draft.declared_rules.exists()

    def test_a_file_that_was_chosen_beside_a_wrong_date_is_kept(self, phone, draft):
        facts = {"number": "7/2020", "issued_on": "31-02-2020", "issuer": "camat", "file": [picture(), picture("JPEG")]}
        answer = phone.post(at(draft, "sk/"), facts)

        assert "tanggal" in fault_beside(answer, "issued_on")
        assert draft.papers.get().photo_count == 2
        assert "2 foto" in answer.text
        assert phone.post(at(draft, "sk/"), facts | {"issued_on": "2020-02-01", "file": ""}).status_code == 302
        draft.refresh_from_db()
        assert (draft.decree.number, draft.papers.get().kind) == ("7/2020", "decree")

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "Berkas ini kosong. Pilih PDF atau foto lain."),
            (b"<html>", "bukan PDF atau foto"),
            (b"GIF89a", "bukan PDF atau foto"),
            (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "rusak"),
            (b"%PDF-1.7 terpotong", "terpotong"),
            (b"%PDF-1.7 isi %%EOF", "rusak"),
            (b"%PDF-1.7" + b"0" * MOST_BYTES + b"%%EOF", "lebih besar dari 5 MB"),
        ],
    )
    def test_what_is_no_fit_pdf_is_refused_beside_its_field(self, phone, draft, content, why):
        answer = self.send(phone, draft, SimpleUploadedFile("berita.pdf", content))

        assert why in self.refusal(answer)
        assert 'role="alert" tabindex="-1" autofocus>' in answer.text
        assert not draft.papers.exists()

    def test_a_page_that_is_no_photo_is_named_as_a_file(self, phone, draft):
        answer = self.send(phone, draft, picture(), SimpleUploadedFile("sk.pdf", b""))

        assert "Berkas ke-2 (sk.pdf): Berkas ini kosong. Pilih PDF atau foto lain." in answer.text

    def test_a_pdf_beside_photos_and_too_many_photos_are_refused(self, phone, draft):
        assert "tanpa PDF" in self.refusal(self.send(phone, draft, pdf(), picture()))
        many = [picture() for _each in range(MOST_PAGES + 1)]
        assert "paling banyak 20 foto" in self.refusal(self.send(phone, draft, *many))
        assert not draft.papers.exists()

    def test_without_a_file_nothing_is_said_to_be_stored(self, phone, draft):
        answer = phone.post(at(draft, "berkas/"), {}, follow=True)

        assert answer.redirect_chain == [(at(draft), 302)]
        assert not list(answer.context["messages"])

    def test_a_paper_is_not_replaced_for_ever(self, phone, draft, siti):
        facts = {"kind": "minutes", "name": "x.pdf", "size": 1, "file": "papers/x.pdf", "uploaded_by": siti}
        for _ in range(MOST_OF_A_KIND):
            Paper.objects.create(community=draft, replaced_at=timezone.now(), **facts)

        answer = self.send(phone, draft, pdf())

        assert "terlalu sering" in self.refusal(answer)
        assert draft.papers.count() == MOST_OF_A_KIND

    def test_a_disk_that_is_full_is_said_and_nothing_is_kept_by_half(self, phone, draft, monkeypatch):
        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
        facts = {"number": "7/2020", "issued_on": "2020-02-01", "issuer": "camat", "file": pdf()}
        answer = phone.post(at(draft, "sk/"), facts)

        assert "belum dapat disimpan" in fault_beside(answer, "file")
        assert 'value="7/2020"' in answer.text
        draft.refresh_from_db()
        assert (draft.decree, draft.papers.count()) == (None, 0)

    def test_an_odd_kind_changes_nothing(self, phone, draft):
        phone.post(at(draft, "berkas/"), {"decree-file": pdf(), "kind\x00-file": pdf()})

        assert not draft.papers.exists()

    def test_the_chair_declares_what_the_rules_of_the_region_ask(self, phone, draft, places):
        asked = FormationRule.objects.create(region=places["64.02"], kind="min_age", number=17, legal_basis="Perbup 1")
        other = FormationRule.objects.create(region=places["64.71"], kind="min_age", number=18, legal_basis="Perwali 2")

        assert "Perbup 1" in phone.get(at(draft, "berkas/")).text
        phone.post(at(draft, "berkas/"), {"declaration": "1", "declaration-rules": [asked.pk]})
        assert list(draft.declared_rules.all()) == [asked]

        answer = phone.post(at(draft, "berkas/"), {"declaration": "1", "declaration-rules": [other.pk]})
        assert answer.status_code == 200
        assert list(draft.declared_rules.all()) == [asked]


class TestHandingIn:
    def test_what_is_complete_goes_to_the_officer_once(self, phone, complete, made):
        for _ in range(2):
            answer = phone.post(at(complete, "ajukan/"), follow=True)

        complete.refresh_from_db()
        assert complete.status == "submitted"
        assert complete.steps.count() == complete.verifications.count() == made.notices.count() == 1
        assert "Terkirim ke Diskominfo" in answer.text

    def test_what_is_missing_is_said_in_a_sentence(self, phone, draft):
        answer = phone.post(at(draft, "ajukan/"), follow=True)

        assert "Belum lengkap: tanggal berdiri" in answer.text
        draft.refresh_from_db()
        assert draft.status == "draft"

    def test_a_note_stands_beside_its_item_until_it_is_handed_in_again(self, phone, complete, made):
        complete.submit(by=complete.chairs[0])
        round_ = complete.open_verification
        round_.record({"address": (False, "Nomor rumah belum ada.")}, seen=round_.state)
        complete.ask_for_revision(by=made, note="Mohon dilengkapi.")

        room, step = phone.get(at(complete)), phone.get(at(complete, "kontak/"))
        assert "Mohon dilengkapi." in room.text
        assert "Nomor rumah belum ada." in room.text
        assert "Nomor rumah belum ada." in step.text
        assert "Nomor rumah" not in phone.get(at(complete, "profil/")).text

        assert phone.post(at(complete, "kontak/"), {"address": "Balai desa 1", "contact_phone": "08120000"}).url == at(
            complete
        )
        phone.post(at(complete, "ajukan/"))
        complete.refresh_from_db()
        assert complete.status == "submitted"
        assert "Nomor rumah" not in phone.get(at(complete)).text

    def test_handing_in_is_a_post(self, phone, complete):
        assert phone.get(at(complete, "ajukan/")).status_code == 405
        assert phone.get(at(complete, "masih-benar/")).status_code == 405


class TestKeepingUp:
    def test_one_tap_says_that_it_is_still_true_once(self, phone, mekar):
        assert "Data masih benar" in phone.get(at(mekar)).text

        phone.post(at(mekar, "masih-benar/"))
        phone.post(at(mekar, "masih-benar/"))

        mekar.refresh_from_db()
        assert mekar.confirmed_at
        assert mekar.steps.count() == 1
        assert "Data masih benar" not in phone.get(at(mekar)).text

    def test_whoever_says_so_in_english_is_understood_in_the_language_of_the_site(self, phone, mekar):
        phone.post(f"/en{at(mekar, 'masih-benar/')}")

        assert "Data dinyatakan masih benar." in phone.get(at(mekar)).text
        assert "Data dinyatakan" not in phone.get(f"/en{at(mekar)}").text

    def test_a_draft_has_nothing_to_confirm(self, phone, draft):
        phone.post(at(draft, "masih-benar/"))

        draft.refresh_from_db()
        assert draft.confirmed_at is None

    def test_the_room_of_a_kim_that_stands_leads_on(self, phone, mekar):
        page = phone.get(at(mekar)).text

        for address in (mekar.get_absolute_url(), "/ruang/tulis/", at(mekar, "blog-lama/"), "/ruang/kegiatan/dibaca/"):
            assert address in page


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("http://192.168.1.1/kim", "Baris 2: Alamat ini tidak dapat dibuka umum"),
        ("https://facebo\u043ek.com/kim", "mirip huruf lain"),
        ("kim mekar", "Baris 2 bukan alamat yang lengkap"),
    ],
)
def test_a_link_that_is_none_is_told_with_what_is_wrong(line, sentence):
    with pytest.raises(ValidationError, match=sentence):
        WebURLsField().clean(f"https://kimmekar.id\n{line}")


def test_links_of_public_sites_are_taken_as_they_are_typed():
    assert WebURLsField().clean("kimmekar.id\r\n\r\n\u200ehttps://www.facebook.com/kim") == [
        "https://kimmekar.id",
        "https://www.facebook.com/kim",
    ]
