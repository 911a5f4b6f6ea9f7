"""What a person wrote for their KIM and below the posts of others, and what they passed on."""

from accounts.own_data import own_photos, own_rows
from activities.models import Appeal, Comment, Flag, Photo, Post, PostRevision, PostStep, Redissemination

own_rows(
    "kegiatan", Post, by=["author"], also=["community__name", "place__code"], without=["held_for", "words_edition"]
)
own_rows("kegiatan-perubahan", PostRevision, by=["by"], also=["post__title"])
own_rows("kegiatan-langkah", PostStep, by=["by"], also=["post__title"])
own_photos("kegiatan-foto", Photo, of="post__author", also=["post__title"])
own_rows("komentar", Comment, by=["author"], also=["post__title"])
own_rows("laporan", Flag, by=["user"], without=["code"])
own_rows("keberatan", Appeal, by=["by"], without=["outcome", "note", "decided_at"], also=["review__post__title"])
own_rows("penyebaran", Redissemination, by=["by"], also=["bulletin__title", "community__name"])
