"""A post that officers mark as a hoax stays to be read, with its correction on top, and is carried no further."""

from functools import partial

import pytest
from conftest import make_officer
from django.urls import reverse

from activities.models import FlaggedItem, Post
from activities.models.hoaxes import mark_as_hoax, unmark_as_hoax
from communities.models import StepRefused

pytestmark = pytest.mark.django_db

BANNER = "Petugas menandai tulisan ini sebagai hoaks"


@pytest.fixture
def hoax(make_post):
    return make_post("Vaksin berbahaya", summary="Jangan mau divaksin.")


@pytest.fixture
def correction(make_post):
    facts = {"claim": "Vaksin berbahaya", "verdict": "salah", "source_name": "Dinas Kesehatan"}
    return make_post("Vaksin itu aman", type="klarifikasi", **facts)


@pytest.fixture
def marked(hoax, correction, made):
    mark_as_hoax(hoax, by=made, clarification=correction)
    return hoax


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


def page_of(post, **asked):
    return reverse("admin:activities_post_hoax", args=[post.pk], query=asked)


class TestReaders:
    def test_the_warning_comes_before_the_title_with_the_correction(self, client, marked, correction):
        page = client.get(marked.get_absolute_url()).text

        assert page.index(BANNER, page.index("<main")) < page.index("<h1")
        assert page.index(correction.get_absolute_url()) < page.index("<h1")
        assert "Informasi ini sudah diluruskan" not in page

    def test_nothing_promotes_it(self, client, marked):
        page = client.get(marked.get_absolute_url()).text

        assert '<meta property="og:title" content="Hoaks: Vaksin berbahaya">' in page
        assert f'<meta property="og:description" content="{BANNER}">' in page
        assert "noindex" in page
        for promotion in ("NewsArticle", "wa.me", marked.og_image_url, 'Jangan mau divaksin.">'):
            assert promotion not in page

    def test_lists_and_feeds_label_it_and_sitemaps_leave_it_out(self, client, marked):
        assert '<strong class="badge badge--bad">Hoaks</strong>' in client.get("/kegiatan/").text
        assert '<strong class="badge badge--bad">Hoaks</strong>' in client.get("/cari/?q=vaksin").text
        assert "<title>Hoaks: Vaksin berbahaya</title>" in client.get("/feed/").text
        assert marked.slug not in client.get("/sitemap-berita.xml").text
        assert marked.slug not in client.get(reverse("sitemap_section", args=["kegiatan", marked.pk // 10_000])).text

    def test_it_never_leads_the_home_page(self, client, marked):
        assert marked.title not in client.get("/").text

    @pytest.mark.parametrize("deed", ["mark", "unmark", "hide the correction"])
    def test_no_page_that_is_kept_tells_of_yesterday(self, client, hoax, correction, made, settings, committed, deed):
        settings.PAGE_STORE = settings.CARD_STORE = True
        if deed != "mark":
            mark_as_hoax(hoax, by=made, clarification=correction)
        before = [client.get(address).text for address in (hoax.get_absolute_url(), "/kegiatan/")]

        with committed():
            if deed == "mark":
                mark_as_hoax(hoax, by=made, clarification=correction)
            elif deed == "unmark":
                unmark_as_hoax(hoax, by=made)
            else:
                correction.hide(by=made, reason="other")

        page, cards = [client.get(address).text for address in (hoax.get_absolute_url(), "/kegiatan/")]
        assert (BANNER in before[0], "badge--bad" in before[1]) == (deed != "mark", deed != "mark")
        assert (BANNER in page, "badge--bad" in cards) == (deed != "unmark", deed != "unmark")
        assert (correction.title in page[page.index("<main") : page.index("<h1")]) == (deed == "mark")


class TestTakenDown:
    """Who has its URL was told what is not true, and reads on that it is not."""

    def test_the_warning_and_the_correction_stay_at_its_address_without_its_words(
        self, client, marked, correction, siti
    ):
        marked.take_down(by=siti)

        for address in (marked.get_absolute_url(), f"/en{marked.get_absolute_url()}"):
            page = client.get(address)
            assert page.status_code == 410
            assert correction.get_absolute_url() in page.text
            assert marked.title not in page.text.replace(correction.title, "")
        page = client.get(marked.get_absolute_url()).text
        assert page.index(BANNER, page.index("<main")) < page.index("<h1")
        assert f"<title>{BANNER}" in page

    def test_its_writer_is_told_so_before(self, client, marked, siti):
        client.force_login(siti)

        page = client.get(reverse("activities:take_down", args=[marked.pk])).text

        assert "Peringatan di atasnya tetap tampil" in page

    @pytest.mark.parametrize("deed", ["unmark", "hide the correction"])
    def test_what_is_kept_of_it_follows_what_becomes_of_the_mark(
        self, client, marked, correction, made, siti, settings, committed, deed
    ):
        settings.PAGE_STORE = settings.CARD_STORE = True
        with committed():
            marked.take_down(by=siti)
        client.get(marked.get_absolute_url())

        with committed():
            if deed == "unmark":
                unmark_as_hoax(marked, by=made)
            else:
                correction.hide(by=made, reason="other")

        page = client.get(marked.get_absolute_url()).text
        assert (BANNER in page, correction.title in page) == (deed != "unmark", False)

    def test_an_officer_still_takes_the_mark_off(self, desk, marked, siti):
        marked.take_down(by=siti)
        assert page_of(marked) in desk.get(marked.desk_path).text

        desk.post(page_of(marked), {"note": "Keliru."})

        assert not Post.objects.get(pk=marked.pk).is_hoax

    def test_what_a_recall_warned_of_warns_on(self, client, make_post, make_bulletin, siti):
        bulletin = make_bulletin(status="recalled", recall_reason="Jadwalnya keliru.")
        post = make_post("Jadwal imunisasi", bulletin=bulletin, is_recalled=True)
        post.take_down(by=siti)

        page = client.get(post.get_absolute_url())

        assert page.status_code == 410
        assert "Jadwalnya keliru." in page.text
        assert post.title not in page.text

    def test_its_sheet_and_that_of_any_other_lead_there(self, client, marked, siti):
        marked.take_down(by=siti)

        assert client.get(reverse("activities:sheet", args=[marked.pk])).status_code == 410


class TestWhatElseBecomesOfIt:
    @pytest.mark.parametrize("status", ["suspended", "dissolved"])
    def test_the_mark_stays_when_its_kim_is_closed(self, client, marked, mekar, correction, status):
        type(mekar).objects.filter(pk=mekar.pk).update(status=status)

        page = client.get(marked.get_absolute_url()).text

        assert page.index(BANNER, page.index("<main")) < page.index(correction.get_absolute_url()) < page.index("<h1")

    def test_no_other_words_take_the_mark_off(self, client, marked, mekar, siti):
        type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)
        marked.refresh_from_db()

        marked.revisions.propose(marked, {**marked.facts, "title": "Vaksin itu baik"}, by=siti)

        assert Post.objects.get(pk=marked.pk).title == "Vaksin itu baik"
        assert BANNER in client.get(marked.get_absolute_url(), follow=True).text

    def test_hidden_and_shown_again_it_is_marked_as_before(self, client, marked, made):
        marked.hide(by=made, reason="other")
        assert client.get(marked.get_absolute_url()).status_code == 404

        marked.show_again(by=made)

        assert BANNER in client.get(marked.get_absolute_url()).text


class TestVerbs:
    def test_reports_of_it_are_answered(self, hoax, correction, made):
        flag = FlaggedItem.objects.flag(hoax, reason="false")

        mark_as_hoax(hoax, by=made, clarification=correction)

        flag.item.refresh_from_db()
        assert flag.item.outcome == FlaggedItem.Outcome.MENDED

    def test_taking_it_off_is_for_the_officers_there_and_told_to_the_author(self, marked, made, ratna, siti):
        with pytest.raises(StepRefused):
            unmark_as_hoax(marked, by=ratna)
        assert Post.objects.get(pk=marked.pk).is_hoax

        unmark_as_hoax(marked, by=made, note="Ternyata benar.")

        assert not marked.is_hoax
        assert siti.notices.order_by("pk").last().title == "Tanda hoaks dicabut: Vaksin berbahaya"


class TestDesk:
    def test_marked_with_a_clarification_found_by_its_words(self, desk, hoax, correction):
        page = desk.get(page_of(hoax, cari="vaksin aman")).text
        assert f'name="clarification" value="{correction.pk}"' in page

        answer = desk.post(page_of(hoax), {"clarification": correction.pk, "note": "Lihat klarifikasi."})

        hoax.refresh_from_db()
        assert hoax.is_hoax
        assert answer.headers["Location"] == reverse("admin:activities_post_change", args=[hoax.pk])
        page = desk.get(answer.headers["Location"]).text
        assert "Cabut tanda hoaks" in page
        assert f"Ditandai sebagai hoaks: {hoax.title}" in page

    @pytest.mark.parametrize("by", ["address", "number", "nearness"])
    def test_it_is_found_by_its_address_too_and_what_is_near_is_offered(self, desk, hoax, correction, by):
        address = f"https://kim.go.id{correction.get_absolute_url()}"
        text = {"address": address, "number": str(correction.pk), "nearness": ""}[by]

        assert desk.get(page_of(hoax, cari=text)).context["offered"] == [correction]

    def test_only_published_clarifications_that_correct_nothing_else_are_offered(self, desk, hoax, make_post):
        facts = {"type": "klarifikasi", "claim": "Vaksin", "verdict": "salah"}
        make_post("Vaksin, belum terbit", status="in_review", **facts)
        make_post("Vaksin, untuk yang lain", clarifies=make_post(), **facts)
        make_post("Vaksin, bukan klarifikasi")

        for text in ("", "vaksin"):
            assert desk.get(page_of(hoax, cari=text)).context["offered"] == []

    @pytest.mark.parametrize("chosen", ["", "0", "hoax", "entah"])
    def test_without_a_clarification_nothing_happens_and_the_note_is_kept(self, desk, hoax, correction, chosen):
        key = hoax.pk if chosen == "hoax" else chosen

        page = desk.post(page_of(hoax), {"clarification": key, "note": "Menyesatkan."}).text

        assert "Pilih klarifikasi" in page
        assert "Menyesatkan." in page
        assert not Post.objects.get(pk=hoax.pk).is_hoax

    def test_from_the_queue_and_back_to_its_next_post(self, desk, hoax, correction, make_post):
        queue = reverse("admin:activities_post_queue", query={"daftar": "sesudah"})
        page = desk.get(queue)
        assert page.context["post"] == correction or page.context["post"] == hoax
        assert page_of(page.context["post"], daftar="sesudah") in page.text

        answer = desk.post(page_of(hoax), {"clarification": correction.pk, "daftar": "sesudah"})

        assert answer.headers["Location"] == queue
        assert desk.get(queue).context["post"] == correction

    def test_the_mark_is_taken_off_again(self, desk, marked):
        assert "Cabut tanda" in desk.get(page_of(marked)).text

        desk.post(page_of(marked), {"note": "Keliru."})

        assert not Post.objects.get(pk=marked.pk).is_hoax

    def test_the_second_of_two_officers_is_told(self, desk, hoax, correction, places, make_post):
        other = make_post("Vaksin sudah diuji", type="klarifikasi", claim="Vaksin", verdict="salah", clarifies=hoax)
        page = page_of(hoax)
        hoax.hide(by=make_officer("Nyoman", places["64.02"]), reason="other")

        answer = desk.post(page, {"clarification": other.pk})

        assert answer.status_code == 409
        assert not Post.objects.get(pk=hoax.pk).is_hoax
