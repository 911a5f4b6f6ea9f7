"""An old blog comes along once, as drafts, with what it said and where; a file that is none is answered in words."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from conftest import make_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activities.blogs import archives, importing
from activities.models import Photo, Post
from communities.models import Membership

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Blog KIM Mekar</title>
<item><title>Panen &amp;#8220;raya&amp;#8221; &amp;amp; syukuran</title><link>https://kimmekar.contoh.id/panen-raya/</link>
<guid isPermaLink="false">https://kimmekar.contoh.id/?p=12</guid><pubDate>Sun, 14 Apr 2019 22:10:00 +0000</pubDate>
<excerpt:encoded></excerpt:encoded>
<content:encoded><![CDATA[Warga panen <b>padi</b>.
Hasilnya <a href="https://contoh.id/hasil">dicatat</a>.

[caption id="7"]<img src="https://kimmekar.contoh.id/wp/panen%20raya.jpg" alt="">Sawah[/caption]]]></content:encoded>
<wp:post_date>2019-04-15 06:10:00</wp:post_date><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment></item>
<item><title>Tentang kami</title><wp:post_type>page</wp:post_type></item>
<item><title>panen.jpg</title><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""

BLOGGER = """<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>KIM Mekar</title>
<entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2016-08-17T08:00:00.001+07:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<title type='text'>Upacara</title>
<content type='html'>&lt;div&gt;Satu.&lt;br /&gt;&lt;br /&gt;Dua.&lt;/div&gt;</content>
<link rel='alternate' type='text/html' href='http://kimmekar.blogspot.com/2016/08/upacara.html'/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><title>Komentar</title>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#comment'/></entry>
</feed>"""

LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""


BLOGS = Path(__file__).parent / "blogs"


def blog(name):
    return (BLOGS / name).read_bytes()


def archive(files, method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def picture(color="teal", size=(640, 480)):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "JPEG")
    return file.getvalue()


def rss(items):
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


@pytest.fixture
def send(client, siti, mekar):
    client.force_login(siti)

    def send(content, photos=None, **more):
        data = content if isinstance(content, bytes) else content.encode()
        files = {"file": SimpleUploadedFile("blog.xml", data, "text/xml")}
        if photos is not None:
            files["photos"] = SimpleUploadedFile("foto.zip", photos, "application/zip")
        answer = client.post(reverse("activities:blog_import", args=[mekar.slug]), files | more)
        assert answer.status_code == 200
        return answer

    return send


def test_an_export_of_wordpress_becomes_drafts_with_day_address_and_missing_photos(send, siti, mekar):
    answer = send(WXR)

    post = Post.objects.get()
    assert (post.community, post.author, post.status) == (mekar, siti, "draft")
    assert post.title == "Panen “raya” & syukuran"
    assert (str(post.happened_on), post.original_url) == ("2019-04-15", "https://kimmekar.contoh.id/panen-raya/")
    assert "Warga panen **padi**.\nHasilnya [dicatat](https://contoh.id/hasil)." in post.body
    assert post.body.endswith("[Foto: panen raya.jpg belum dibawa]")
    assert "caption" not in post.body
    left_out = {str(reason): number for reason, number in answer.context["left_out"]}
    assert left_out == {"komentar": 1, "halaman tetap, bukan kegiatan": 1, "berkas lampiran": 1}


def test_an_export_of_blogger_leaves_its_comments(send):
    send(BLOGGER)

    post = Post.objects.get()
    assert (post.title, post.body, str(post.happened_on)) == ("Upacara", "Satu.\n\nDua.", "2016-08-17")
    assert post.original_url == "http://kimmekar.blogspot.com/2016/08/upacara.html"


def test_a_second_run_adds_nothing_and_keeps_what_was_written_since(send):
    send(WXR)
    Post.objects.update(title="Panen raya 2019")

    answer = send(WXR)

    assert (answer.context["brought"].new, answer.context["brought"].known) == (0, 1)
    assert Post.objects.get().title == "Panen raya 2019"


def test_the_same_blog_may_come_to_two_kims(send, client, make_community, siti):
    send(BLOGGER)
    other = make_community("KIM Kedua")
    membership = Membership.objects.create(community=other, user=siti, name=siti.name)
    other.positions.create(membership=membership, role="ketua")

    file = SimpleUploadedFile("blog.xml", BLOGGER.encode())
    client.post(reverse("activities:blog_import", args=[other.slug]), {"file": file})

    assert Post.objects.filter(community=other).count() == 1


def test_of_five_thousand_entries_the_newest_five_hundred_come(send):
    days = (f"{1 + number % 28:02} Jan {2000 + number % 20}" for number in range(5000))
    items = "".join(
        f"<item><guid>{number}</guid><title>Kabar {number}</title><pubDate>{day} 08:00:00 +0700</pubDate></item>"
        for number, day in enumerate(days)
    )

    answer = send(rss(items))

    assert (answer.context["brought"].new, answer.context["brought"].beyond) == (500, 4500)
    assert Post.objects.order_by("happened_on").first().happened_on.year >= 2018


def test_without_title_the_first_words_stand_for_it_and_a_strange_day_is_left_empty(send):
    item = "<item><description>Warga bergotong royong.</description><pubDate>Mon, 01 Jan 0000 00:00:00</pubDate></item>"

    answer = send(rss(item + "<item><link>https://contoh.id/</link></item>"))

    post = Post.objects.get()
    assert (post.title, post.happened_on) == ("Warga bergotong royong.", None)
    assert answer.context["brought"].undated == 1
    assert answer.context["left_out"] == [("tanpa judul dan tanpa isi", 1)]


def test_signs_of_a_title_are_no_tags(send):
    send(rss("<item><title>Harga &lt; 5.000 &amp; &gt; 3.000 &lt;b&gt;per&lt;/b&gt; kilo</title></item>"))

    assert Post.objects.get().title == "Harga < 5.000 & > 3.000 per kilo"


def test_only_categories_and_tags_are_labels(send):
    kinds = ["category", "post_tag", "author", "language", "post_translations"]
    labels = "".join(f"<category domain='{kind}'>{kind[:4]}</category>" for kind in kinds)

    send(rss(f"<item><title>Senam</title>{labels}</item>"))

    assert Post.objects.get().old_blog_note == "Kategori di blog lama: cate, post."


@pytest.mark.parametrize("words", ["The post {} appeared first on {}.", "Tulisan {} pertama kali tampil pada {}."])
def test_what_a_feed_adds_below_each_post_stays_behind(send, words):
    footer = words.format('<a href="https://a.id/b">Senam</a>', '<a href="https://a.id">KIM</a>')

    send(rss(f"<item><title>Senam</title><description><![CDATA[<p>Isi.</p><p>{footer}</p>]]></description></item>"))

    assert Post.objects.get().body == "Isi."


def test_an_excerpt_is_what_a_post_without_text_says(send):
    send(WXR.replace("<excerpt:encoded></", "<excerpt:encoded>Ringkasan.</"))
    assert "Ringkasan" not in Post.objects.get().body

    without_text = re.sub(r"(?s)<content:encoded>.*</content:encoded>", "", WXR.replace("?p=12", "?p=13"))
    send(without_text.replace("panen-raya", "rapat").replace("<excerpt:encoded></", "<excerpt:encoded>Ringkasan.</"))

    assert Post.objects.filter(body="Ringkasan.").count() == 1


def test_a_draft_that_was_brought_opens_for_writing(send, client):
    send(BLOGGER)

    answer = client.get(reverse("activities:write_post", args=[Post.objects.get().client_uuid]))

    assert "Upacara" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (LAUGHS, "entitas XML"),
        (b"", "kosong"),
        (b"  \n", "kosong"),
        ("<!doctype html><html><body><p>Blog</body></html>", "bukan ekspor blog"),
        ("<html><body/></html>", "bukan ekspor blog"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan ekspor blog"),
        (b"PK\x03\x04 berkas zip", "bukan ekspor blog"),
        (archive({"a.txt": "x"}), "Tidak ada ekspor blog"),
        (archive({"a.xml": "<html/>"}), "bukan ekspor blog"),
        (archive({"a.xml": LAUGHS}), "entitas XML"),
        (archive({"a.xml": b"<rss>" + b" " * 41 * 2**20}), "terlalu besar"),
        (archive({f"{number}.jpg": "" for number in range(20_001)}), "terlalu besar"),
        (archive({"a.xml": rss("")}, zipfile.ZIP_LZMA), "rusak"),
        (archive({"a.xml": WXR})[:-300], "rusak"),
        (
            archive({"a.xml": WXR}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            "kata sandi",
        ),
        (b"<?xml version='1.0' encoding='UTF-8'?><rss><title>\xe9\xff</title></rss>", "Tidak ada tulisan"),
        (b"<?xml version='1.0' encoding='kuno'?><rss/>", "rusak"),
        (b"<?xml version='1.0' encoding='shift_jis'?><rss/>", "rusak"),
        (WXR[:900], "rusak"),
        (rss(""), "Tidak ada tulisan"),
        ("<rss>" + "<b>" * 5000, "terlalu rumit"),
        (b"<rss>" + b"<a/>" * 410_000, "terlalu rumit"),
        (b"<rss>" + b" " * 11 * 1024 * 1024 + b"</rss>", "lebih besar dari 10 MB"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(send, content, sentence):
    answer = send(content)

    assert sentence in answer.content.decode()
    assert not Post.objects.exists()


def test_an_entity_of_another_address_is_never_fetched(send):
    outside = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    answer = send(outside + rss("<item><title>&a;</title></item>"))

    assert "entitas XML" in answer.content.decode()


def test_only_the_chair_brings_a_blog(client, mekar):
    joko = make_user("Joko")
    Membership.objects.create(community=mekar, user=joko, name="Joko")
    address = reverse("activities:blog_import", args=[mekar.slug])
    file = SimpleUploadedFile("blog.xml", BLOGGER.encode())

    client.force_login(joko)
    assert client.post(address, {"file": file}).status_code == 403
    client.force_login(make_user("Budi"))
    assert client.post(address, {"file": file}).status_code == 404
    assert not Post.objects.exists()


# Each exporter


def test_a_classic_blog_of_wordpress_comes_with_all_that_it_holds(send, mekar):
    answer = send(blog("wordpress-klasik.xml"))

    post = Post.objects.get(title="Posyandu Melati – Juni")
    assert post.body == (
        "Posyandu dibuka **pukul 08.00** :) 😊\n\nKader menimbang\n\nYang dibawa:\n\n- Buku KIA\n- KTP\n\n"
        "Datang bersama keluarga.\n\nDusun | Balita\nMelati | 30\n\n"
        "Video: https://www.youtube.com/watch?v=abcdefghijk\n\n"
        "[Foto: timbang.jpg belum dibawa]\n[Foto: antre.jpg belum dibawa]\n[Foto: foto-33 belum dibawa]\n"
        "[Foto: sampul.jpg belum dibawa]"
    )
    assert (str(post.happened_on), post.sector.slug, post.old_blog_note) == ("2020-06-09", "kesehatan", "")
    brought = answer.context["brought"]
    assert (brought.new, brought.missing_photos, brought.undated) == (4, 6, 0)
    left_out = {str(reason): number for reason, number in answer.context["left_out"]}
    assert left_out == {
        "komentar": 1,
        "berkas lampiran": 3,
        "halaman tetap, bukan kegiatan": 1,
        "menu, templat, dan setelan blog": 1,
        "sudah dibuang di blog lama": 1,
    }


def test_different_posts_that_their_blog_calls_the_same_all_come_once(send):
    send(blog("wordpress-klasik.xml"))
    again = send(blog("wordpress-klasik.xml"))

    assert Post.objects.filter(title__startswith="Rapat yang").count() == 2
    assert (again.context["brought"].new, again.context["brought"].known) == (0, 4)


def test_posts_not_everyone_could_read_are_marked(send, client):
    answer = send(blog("wordpress-klasik.xml"))

    assert [number for _sentence, number in answer.context["stood"]] == [1, 1, 1]
    private, locked = (Post.objects.get(title=f"Rapat yang {name}") for name in ("satu", "lain"))
    assert private.old_blog_note.startswith("Di blog lama tulisan ini pribadi.")
    assert private.old_blog_note.endswith("Kategori di blog lama: Rapat.")
    assert "berkata sandi" in locked.old_blog_note
    assert "masih draf" in Post.objects.get(title="Belum selesai").old_blog_note
    page = client.get(reverse("activities:write_post", args=[private.client_uuid])).content.decode()
    assert "Pastikan boleh dibaca umum" in page
    assert "https://kimcontoh.example/2019/02/rapat-1/" in page


def test_blocks_of_wordpress_and_a_clock_that_was_never_set(send):
    send(blog("wordpress-blok.xml"))

    post = Post.objects.get()
    assert post.body == (
        "Panen raya 2024\n\n## Susunan acara\n\n3. Doa\n4. Potong padi\n\nSetelah itu makan bersama.\n\nIbu-ibu PKK\n\n"
        "Dusun | Ton\nMelati | 12\n\nHasil\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n"
        "Video: https://kimcontoh.example/wp-content/uploads/2024/09/panen.mp4\n\n"
        "Ditulis dengan blok klasik.\n\nDua paragraf.\n\n"
        "[Foto: sawah.jpg belum dibawa]\n[Foto: a.jpg belum dibawa]\n[Foto: b.jpg belum dibawa]"
    )
    # The evening in UTC is the next morning in Kutai Kartanegara.
    assert (str(post.happened_on), post.sector.slug) == ("2024-09-29", "pertanian-perikanan")


def test_an_old_export_of_blogger_from_a_clock_in_california(send):
    answer = send(blog("blogger-lama.xml"))

    post, draft = Post.objects.order_by("happened_on")
    assert (post.title, str(post.happened_on)) == ("Upacara 17 Agustus", "2015-08-17")
    assert post.body == (
        "**Jembayan** - Upacara berjalan khidmat.\n\nPeserta:\n• Karang taruna\n• PKK\n\nSelesai pukul 10.\n\n"
        "Video: https://www.youtube.com/watch?v=abcdefghijk\n\n[Foto: upacara desa.jpg belum dibawa]"
    )
    assert post.sector.slug == "sosial-budaya"
    assert "masih draf" in draft.old_blog_note
    assert answer.context["brought"].stood == {"draft": 1, "": 0}


@pytest.mark.parametrize(
    ("name", "title", "day", "words", "field"),
    [
        ("medium.rss", "Bank sampah", "2019-05-06", "Setiap _Minggu_.", "lingkungan-kebencanaan"),
        ("wix.rss", "Pasar desa", "2020-07-02", "[Foto: file.png belum dibawa]", "ekonomi-umkm"),
        (
            "jekyll.atom",
            "Literasi & internet",
            "2021-01-02",
            "Kelas `internet` di [balai]",
            "pendidikan-literasi-digital",
        ),
        ("blog-rss-tanggal-utc.xml", "Senam pagi 17 Agustus", "2023-08-17", "Isi", None),
        ("blog-wxr-daftar-lalu-paragraf.xml", "Uji daftar", "2019-04-15", "- KK\n\nDatang pagi ke balai desa.", None),
        ("blog-wxr-klasik-satu-div.xml", "Uji klasik", "2019-04-15", "penutup.\n\nParagraf empat.", None),
        ("blog-wxr-tebal-titik-dua.xml", "Uji tebal", "2019-04-15", '**Judul:**isi dan kata**"petik"**kata', None),
        ("blog-wxr-video-youtube.xml", "Uji video", "2019-04-15", "https://www.youtube.com/watch?v=abcdefghijk", None),
    ],
)
def test_other_exporters(send, name, title, day, words, field):
    answer = send(blog(name))
    again = send(blog(name))

    post = Post.objects.get()
    assert (post.title, str(post.happened_on)) == (title, day)
    assert words in post.body
    assert field is None or post.sector.slug == field
    assert (answer.context["brought"].new, again.context["brought"].new) == (1, 0)


@pytest.mark.parametrize("before", [b"", b'\r\n\r\n<?xml version="1.0" encoding="UTF-8"?>\n'])
def test_articles_of_a_village_site_come_in_by_its_feed(send, before):
    """As OpenSID writes it: titles quoted twice, a picture before the text, empty lines before all."""
    answer = send(before + blog("opensid.rss"))
    again = send(before + blog("opensid.rss"))

    posyandu, bazar = Post.objects.order_by("happened_on")
    assert (bazar.title, str(bazar.happened_on)) == ('Musyawarah "Desa" & Bazar UMKM', "2026-07-14")
    assert "[Foto: sedang_1752460200_balai.jpg belum dibawa]" in bazar.body
    assert "Warga bermusyawarah di **balai desa**." in bazar.body
    assert "- Kopi\n- Anyaman" in bazar.body
    assert bazar.original_url == "https://desa-contoh.example/artikel/2026/7/14/musyawarah-desa-bazar-umkm"
    assert (posyandu.body.strip(), str(posyandu.happened_on)) == ("Posyandu tanggal 5.", "2026-07-01")
    assert (answer.context["brought"].new, again.context["brought"].new) == (2, 0)


def test_days_are_read_as_indonesian_blogs_write_them(send):
    answer = send(blog("rss-bulan-indonesia.xml"))

    days = dict(Post.objects.values_list("title", "happened_on"))
    assert {title: str(day) for title, day in days.items()} == {
        "Agustus": "2019-08-18",  # 17 August, 23.30 UTC
        "Mei": "2019-05-05",
        "Oktober": "2019-10-04",
        "Desember": "2019-12-25",
        "Angka": "2018-08-17",
        "Bulan saja": "None",
    }
    assert answer.context["brought"].undated == 1


@pytest.mark.parametrize("zone", ["+00:00", "GMT+00:00", "UTC+0", "GMT+0000 (Coordinated Universal Time)", "+0000"])
def test_the_zone_of_a_day_is_read_as_programs_write_it(send, zone):
    send(rss(f"<item><title>Senam</title><pubDate>Fri, 16 Aug 2019 23:30:00 {zone}</pubDate></item>"))

    assert str(Post.objects.get().happened_on) == "2019-08-17"


@pytest.mark.parametrize("status", ["SOFT_TRASHED", "TRASHED", "HARD_TRASHED"])
def test_what_was_thrown_away_on_blogger_stays_there(send, status):
    feed = blog("blog-takeout-2018-filename.atom").replace(b"SOFT_TRASHED", status.encode())

    send(feed)

    assert not Post.objects.filter(title="Sampah").exists()


@pytest.mark.parametrize(
    ("title", "read"),
    [
        (b"Gotong royong & panen", "Gotong royong & panen"),
        (b"Panen &ndash; raya&nbsp;desa", "Panen – raya desa"),
        (b"Jum\x92at bersih", "Jum’at bersih"),
        (b"Jum&#146;at &#11;bersih", "Jum’at bersih"),
        ("Jum’at & <![CDATA[sabtu & <b>]]> &amp; &#8217;".encode(), "Jum’at & sabtu & & ’"),
    ],
)
def test_a_feed_that_was_written_by_hand_is_read_as_browsers_do(send, title, read):
    send(b"<rss><channel><item><title>" + title + b"</title><link>https://a.id/?p=1&b=2</link></item></channel></rss>")

    assert [(post.title, post.original_url) for post in Post.objects.all()] == [(read, "https://a.id/?p=1&b=2")]


# Archives


TAKEOUT = "Takeout/Blogger/Blogs/KIM Contoh"
SETTINGS = "blog_name,blog_subdomain,blog_custom_domain\nKIM Contoh,kimcontoh,\n"


def takeout(**more):
    feed = blog("blog-takeout-2018-filename.atom")
    return archive(
        {
            f"{TAKEOUT}/feed.atom": feed,
            f"{TAKEOUT}/theme-layouts.xml": "<html/>",
            f"{TAKEOUT}/settings.csv": SETTINGS,
            "Takeout/Blogger/Comments/KIM Contoh/feed.atom": feed,
            "Takeout/Blogger/Albums/KIM Contoh/senam.jpg": picture(),
            "Takeout/archive_browser.html": "<html></html>",
        }
        | more
    )


def test_a_takeout_comes_with_its_address_and_its_photos(send):
    answer = send(takeout())
    again = send(takeout())

    post = Post.objects.get()
    assert (post.title, str(post.happened_on), post.body) == ("Senam pagi 17 Agustus", "2023-08-17", "Isi")
    assert post.original_url == "https://kimcontoh.blogspot.com/2023/08/senam-pagi-17-agustus.html"
    assert post.photos.count() == 1
    assert post.lead_photo == post.photos.get()
    brought = answer.context["brought"]
    assert (brought.new, brought.photos, brought.missing_photos) == (1, 1, 0)
    left_out = {str(reason): number for reason, number in answer.context["left_out"]}
    assert left_out == {"komentar": 1, "halaman tetap, bukan kegiatan": 1, "sudah dibuang di blog lama": 1}
    assert (again.context["brought"].new, again.context["brought"].photos) == (0, 0)
    assert Photo.objects.count() == 1


def test_each_blog_of_a_takeout_has_its_own_address(send):
    other = blog("blog-takeout-2018-filename.atom").replace(b"blog-123", b"blog-9").replace(b"Senam", b"Lari")
    folder = "Takeout/Blogger/Blogs/Lain"

    send(takeout(**{f"{folder}/feed.atom": other, f"{folder}/settings.csv": SETTINGS.replace("kimcontoh", "kimlain")}))

    addresses = dict(Post.objects.values_list("title", "original_url"))
    assert addresses["Senam pagi 17 Agustus"].startswith("https://kimcontoh.blogspot.com/")
    assert addresses["Lari pagi 17 Agustus"].startswith("https://kimlain.blogspot.com/")


def test_where_a_takeout_was_may_be_told(send):
    send(blog("blog-takeout-2018-filename.atom"), site="kimcontoh.example/")

    assert Post.objects.get().original_url == "https://kimcontoh.example/2023/08/senam-pagi-17-agustus.html"


def test_of_a_takeout_that_does_not_say_where_it_was_the_path_is_kept(send, client):
    send(blog("blog-takeout-2018-filename.atom"))

    post = Post.objects.get()
    assert post.original_url == "/2023/08/senam-pagi-17-agustus.html"
    page = client.get(reverse("activities:write_post", args=[post.client_uuid])).content.decode()
    assert post.original_url in page
    assert f'href="{post.original_url}' not in page


def test_an_address_that_is_none_is_answered_beside_its_field(send):
    answer = send(blog("blogger-lama.xml"), site="bukan alamat")

    assert "Tulis alamatnya seperti" in answer.content.decode()
    assert not Post.objects.exists()


def test_photos_of_wordpress_may_come_later_in_a_zip_of_their_own(send):
    send(blog("wordpress-klasik.xml"))
    uploads = {
        "uploads/2020/06/timbang.jpg": picture("teal"),
        "uploads/2020/06/timbang-300x200.jpg": picture("teal", (300, 200)),
        "uploads/2019/02/sampul.jpg": picture("red"),  # of another month: another photo
        "uploads/2020/06/antre.jpg": b"bukan foto",
    }

    answer = send(blog("wordpress-klasik.xml"), photos=archive(uploads))

    post = Post.objects.get(title="Posyandu Melati – Juni")
    assert (answer.context["brought"].new, answer.context["brought"].photos) == (0, 1)
    assert post.photos.get().alt == "Kader menimbang balita"
    assert "timbang.jpg" not in post.body
    assert post.body.endswith("[Foto: foto-33 belum dibawa]\n[Foto: sampul.jpg belum dibawa]")


@pytest.mark.parametrize(("ending", "form"), [("avif", "AVIF"), ("heic", "HEIF"), ("heif", "HEIF"), ("jfif", "JPEG")])
def test_a_photo_is_known_by_any_ending_of_a_form_that_is_read(send, ending, form):
    feed = WXR.replace("panen%20raya.jpg", f"panen-raya-300x200.{ending}").encode()
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(file, form)

    send(archive({"blog.xml": feed, f"uploads/panen-raya.{ending}": file.getvalue()}))

    post = Post.objects.get()
    assert post.photos.count() == 1
    assert "belum dibawa" not in post.body


def test_what_was_sent_since_stays_as_it_is(send):
    send(blog("blogger-lama.xml"))
    Post.objects.update(status="in_review")

    send(blog("blogger-lama.xml"), photos=archive({"upacara desa.jpg": picture()}))

    assert not Photo.objects.exists()
    assert Post.objects.filter(body__contains="upacara desa.jpg belum dibawa").exists()


def test_which_of_two_photos_it_is_is_never_guessed(send):
    albums = {"Albums/a/upacara desa.jpg": picture("teal"), "Albums/b/upacara desa.jpg": picture("red")}

    answer = send(blog("blogger-lama.xml"), photos=archive(albums))

    assert answer.context["brought"].photos == 0
    assert not Photo.objects.exists()


def test_photos_beyond_what_there_is_time_for_come_the_next_time(send, monkeypatch):
    monkeypatch.setattr(importing, "MOST_PHOTOS", 2)
    html = "".join(f'&lt;img src="https://x.id/{number}.jpg"&gt;' for number in range(3))
    feed = rss(f"<item><guid>1</guid><title>Galeri</title><description>Isi {html}</description></item>")
    files = archive(
        {"blog.xml": feed} | {f"{number}.jpg": picture(color) for number, color in enumerate(("red", "teal", "gold"))}
    )

    first, second = send(files), send(files)

    assert (first.context["brought"].photos, first.context["brought"].waiting_photos) == (2, 1)
    assert "Kirim berkas yang sama sekali lagi" in first.content.decode()
    assert (second.context["brought"].photos, second.context["brought"].waiting_photos) == (1, 0)
    assert Post.objects.get().photos.count() == 3
    assert Post.objects.get().body == "Isi"


def test_a_blog_in_several_files_of_one_zip_is_one_blog(send):
    parts = {
        "blog.001.xml": rss("<item><guid>1</guid><title>Satu</title></item>"),
        "blog.002.xml": rss(
            "<item><guid>2</guid><title>Dua</title></item><item><guid>1</guid><title>Satu</title></item>"
        ),
        "__MACOSX/._blog.xml": "x",
        "rusak.xml": "<rss><channel>",
    }

    answer = send(archive(parts))

    assert set(Post.objects.values_list("title", flat=True)) == {"Satu", "Dua"}
    left_out = {str(reason): number for reason, number in answer.context["left_out"]}
    assert left_out == {"tertulis dua kali di berkas": 1, "berkas di dalam ZIP yang bukan blog atau rusak": 1}


@pytest.mark.parametrize(
    ("photos", "sentence"),
    [(b"foto", "bukan ZIP"), (archive({"a.txt": "x"}), "Tidak ada foto"), (archive({"a.jpg": "x"})[:-30], "rusak")],
    ids=["no ZIP", "no photo", "cut off"],
)
def test_a_zip_of_photos_that_is_none_is_answered_beside_its_field(send, photos, sentence):
    answer = send(blog("blogger-lama.xml"), photos=photos)

    assert sentence in answer.context["form"].errors["photos"][0]
    assert not Post.objects.exists()


def test_a_member_that_holds_more_than_it_says_is_not_read(send):
    data = archive({"blog.xml": rss("<item><title>Satu</title></item>" * 1000)})
    size = len(rss("<item><title>Satu</title></item>" * 1000))

    answer = send(data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))

    assert "rusak" in answer.content.decode()


def test_a_list_of_members_that_would_fill_the_memory_is_not_read(monkeypatch):
    monkeypatch.setattr(archives, "MOST_DIRECTORY", 10)

    with pytest.raises(archives.ArchiveRefused, match="terlalu besar"):
        archives.Archive(io.BytesIO(archive({"a.xml": "x"})))


def test_numbers_of_persons_stay_behind_and_that_is_said(send):
    said = "Ketua: Siti, NIK 6402 0241 0890 0001. Donasi: rek. BRI 1234-01-012345-50-1. WA 0812-3456-7890."
    answer = send(
        rss(
            f"<item><title>Bantuan 6402024108900001</title><link>https://contoh.id/bantuan</link>"
            f"<description>{said}&lt;img src='https://contoh.id/KTP 6402024108900001.jpg'&gt;</description></item>"
            "<item><title>Panen</title><link>https://contoh.id/?nik=6402024108900001</link></item>"
        )
    )

    help_, harvest = Post.objects.order_by("title")
    assert help_.title == "Bantuan ••••"
    assert help_.body.startswith("Ketua: Siti, NIK ••••. Donasi: rek. BRI ••••. WA 0812-3456-7890.")
    assert "KTP ••••.jpg" in help_.body
    assert "6402" not in f"{help_.summary}{help_.body}{harvest.original_url}"
    assert "2 tulisan memuat NIK" in answer.text
