"""An old blog comes along once, as drafts, with what it said and where; a file that is none is answered in words."""

import pytest
from conftest import make_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.from_html import from_html
from activities.models import Post
from communities.markup import render_markup
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


def rss(items):
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


@pytest.fixture
def send(client, siti, mekar):
    client.force_login(siti)

    def send(content):
        data = content if isinstance(content, bytes) else content.encode()
        file = SimpleUploadedFile("blog.xml", data, "text/xml")
        answer = client.post(reverse("activities:blog_import", args=[mekar.slug]), {"file": file})
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
        (b"<?xml version='1.0' encoding='UTF-8'?><rss><title>\xe9\xff</title></rss>", "rusak"),
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


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu <b>dua </b>tiga</p><p>empat</p>", "Satu **dua** tiga\n\nempat"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<ul><li>satu</li><li>dua<ol><li>a</li></ol></li></ul>", "- satu\n- dua\n   1. a"),
        ("<h1>Judul</h1><blockquote><p>kata</p></blockquote>", "## Judul\n\n> kata"),
        ("<b><p>satu</p><p>dua</p></b>", "**satu**\n\n**dua**"),
        ("<b><i>satu</b></i> dua", "***satu*** dua"),
        ("<a href='javascript:alert(1)'>klik</a>", "klik"),
        ("<a href='https://contoh.id/a_(b)'>klik</a>", "[klik](https://contoh.id/a_%28b%29)"),
        ("2 * 3 * 4 [x](y) &lt;b&gt;", r"2 \* 3 \* 4 [x\](y) \<b>"),
        ("<p># bukan judul</p><p>- bukan butir</p><p>1. bukan</p>", "\\# bukan judul\n\n\\- bukan butir\n\n1\\. bukan"),
        ("<script>alert(1)</script>ya", "ya"),
        ("<p>terbuka <b>saja", "terbuka **saja**"),
    ],
)
def test_what_html_says_is_said_in_our_marks(html, text):
    assert from_html(html).text == text


@pytest.mark.parametrize("text", ["2 * 3 * 4", "# satu", "[x](y)", "<b>", "_a_", "1. satu", "> kata", "---", r"\*a"])
def test_letters_that_look_like_marks_stay_letters(text):
    html = text.replace("<", "&lt;").replace(">", "&gt;")

    rendered = render_markup(from_html(f"<p>{html}</p>").text)

    assert rendered.strip() == f"<p>{html}</p>"


def test_html_made_to_keep_us_busy_is_read_at_once():
    for piece in (
        "<b>",
        "<ul><li>",
        "<blockquote>",
        "<b><p>",
        "<!--",
        "<a href=",
        "<p ",
        '<a """',
        "&",
        "<![CDATA[",
        "aa",
    ):
        from_html(piece * (400_000 // len(piece)))


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
