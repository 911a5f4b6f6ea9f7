"""Demonstration data of what readers say and officers decide: every list of the queue holds something.

Made by the verbs themselves, so that whoever was to be told was told and every reason can be read.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from activities.models import Appeal, Comment, FlaggedItem, Post
from activities.models.hoaxes import mark_as_hoax
from communities.models import Community

# What a reader without an account types to follow a report of the demonstration.
CODE = "LAP-MEKAR234"

COMMENTS = [
    "Terima kasih, KIM! Baru tahu ada kegiatan ini di desa kita.",
    "Semoga bulan depan diadakan lagi, ibu-ibu RT 4 ingin ikut.",
    "Apakah warga desa sebelah boleh ikut?",
    "Mantap, anak muda desa kita aktif terus.",
    "Tolong diumumkan juga di grup RT, banyak yang belum tahu.",
    "Saya hadir kemarin, acaranya tertib dan bermanfaat.",
]
RUDE = "Panitianya tidak becus, bubarkan saja!"

HOAX = {
    "type": Post.Type.PENGUMUMAN,
    "title": "Posyandu bulan ini ditiadakan, vaksin ditarik",
    "summary": "Beredar pesan bahwa imunisasi dihentikan dan vaksin ditarik.",
    "body": "Diteruskan dari grup WhatsApp: imunisasi di seluruh Posyandu dihentikan karena vaksinnya ditarik.",
}
CORRECTION = {
    "type": Post.Type.KLARIFIKASI,
    "title": "Posyandu tetap buka, imunisasi tidak dihentikan",
    "summary": "Dinas Kesehatan memastikan jadwal imunisasi berjalan seperti biasa.",
    "body": "Kami bertanya langsung ke Puskesmas. **Jadwal imunisasi tidak berubah** dan vaksin tersedia.",
    "claim": "Posyandu bulan ini ditiadakan dan vaksin ditarik.",
    "verdict": Post.Verdict.SALAH,
    "source_name": "Dinas Kesehatan Kabupaten Kutai Kartanegara",
}


def trust_some():
    """Every third KIM publishes at once; what the others have out was looked at before."""
    standing = Community.objects.filter(status=Community.Status.INAUGURATED).order_by("pk")
    Community.objects.filter(pk__in=standing.values_list("pk", flat=True)[::3]).update(is_trusted=True)
    unseen = Post.objects.published().filter(reviewed_at=None)
    unseen.exclude(community__in=Community.objects.filter(is_trusted=True)).update(reviewed_at=F("published_at"))


def make_comments(readers, now):
    """Under the newest posts, three each."""
    newest = Post.objects.published().newest_first().only("pk", "published_at")[:60]
    comments = [
        Comment(
            post=post, author=readers[(number + each) % len(readers)], text=COMMENTS[(number + each) % len(COMMENTS)]
        )
        for number, post in enumerate(newest)
        for each in range(3)
    ]
    Comment.objects.bulk_create(comments)
    for each, comment in enumerate(comments):
        comment.at = min(comment.post.published_at + timedelta(hours=1 + each % 30), now)
    Comment.objects.bulk_update(comments, ["at"])


def make_reviewing(own, other, write, *, member, reader, officer, province):
    """All that waits and all that was decided, of Siti's KIM `own` and of another of the regency.

    `write(community, author, **facts)` saves a draft; `province` decides what is contested of `officer`.
    """
    chair, neighbour = own.chairs[0], other.chairs[0]
    for community in (own, other):
        community.let_chair_read(community == own)
        Community.objects.filter(pk=community.pk).update(is_trusted=False)
        community.refresh_from_db()

    def sent(community, author, **facts):
        post = write(community, author, **facts)
        post.send_in(by=author)
        return post

    def published(community, author, **facts):
        post = sent(community, author, **facts)
        post.publish(by=officer)
        return post

    # What Siti reads first, and what she sent back.
    sent(own, member)
    sent(own, member)
    sent(own, member).return_by_chair(by=chair, reason="incomplete", note="Tambahkan jumlah peserta, ya.")

    # What the officer finds waiting, decided on, held back.
    sent(other, neighbour)
    sent(other, neighbour, body="Pesanan lewat Bu Wati, 0800-0000-0000.\n\nTersedia setiap pagi.")
    note = "Mohon sebutkan tanggal dan tempatnya."
    sent(own, chair).send_back(by=officer, reason="incomplete", note=note)
    sent(other, neighbour).reject(by=officer, reason="duplicate")

    # Changed after it was published.
    changed = published(own, chair)
    changed.revisions.propose(changed, changed.facts | {"title": f"{changed.title} (diperbarui)"}, by=chair)

    hoax = published(other, neighbour, **HOAX)
    mark_as_hoax(hoax, by=officer, clarification=published(own, chair, **CORRECTION), note="Lihat klarifikasinya.")

    # Reported: a post by two, a comment by one, and two that were answered.
    reported, talked, fine = (published(own, chair) for _each in range(3))
    flag = FlaggedItem.objects.flag(reported, reason="rights", text="Foto kedua adalah milik saya.", user=reader)
    type(flag).objects.filter(pk=flag.pk).update(code=CODE)
    FlaggedItem.objects.flag(reported, reason="false", text="Tanggalnya keliru.")
    said, rude = (talked.comments.create(author=reader, text=text) for text in (COMMENTS[0], RUDE))
    FlaggedItem.objects.flag(talked, comment=said, reason="other", text="Salah tempat.")
    FlaggedItem.objects.flag(talked, comment=rude, reason="hate").item.close(is_hidden=True, by=officer, reason="hate")
    answered = FlaggedItem.objects.flag(fine, reason="spam").item
    answered.close(is_hidden=False, by=officer, note="Kegiatan ini bukan iklan.")

    # Contested: one that the province still has to decide, one that it decided.
    for is_decided in (False, True):
        hidden = published(own, chair)
        hidden.hide(by=officer, reason="advertising", note="Tampak seperti promosi toko.")
        appeal = Appeal.objects.contest(hidden.reviews.get(decision="hidden"), text="Ini pasar murah desa.", by=chair)
        if is_decided:
            appeal.decide(Appeal.Outcome.OVERTURNED, by=province, note="Benar, ini kegiatan desa.")

    # Out at once, to be looked at afterwards.
    Community.objects.filter(pk=other.pk).update(is_trusted=True)
    other.refresh_from_db()
    for _each in range(2):
        sent(other, neighbour)


def make_moderation(own, other, write, people, now=None):
    """All of the above, once posts are there."""
    trust_some()
    make_comments([people["reader"], people["member"]], now or timezone.now())
    make_reviewing(own, other, write, **people)
