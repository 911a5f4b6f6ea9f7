"""What every change of a KIM's people asks first, and how those concerned are told of it."""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import StepRefused
from accounts.models import Dispatch, Notice, User
from communities import notices
from communities.models.community import Community
from pages.sentences import kept_in_texts, said

# Invitations that nobody answered yet: so many a KIM may have, lest it becomes a way to send mail to strangers.
MOST_INVITED = 50
# A KIM that is over takes nobody in.
CLOSED_STATUSES = [Community.Status.REJECTED, Community.Status.DISSOLVED, Community.Status.MERGED]


MEMBER_INVITED = kept_in_texts(
    _(
        "%(by)s, ketua %(kim)s di %(place)s, mengundang Anda menjadi anggota. Masuk ke portal dengan alamat "
        "surel ini, atau daftarkan dahulu akun dengannya, lalu jawab undangan di Ruang saya."
    )
)
STRANGER_INVITED = _(
    "Ketua %(kim)s di %(place)s mengundang Anda menjadi anggota. Masuk ke portal dengan alamat surel ini, atau "
    "daftarkan dahulu akun dengannya, lalu jawab undangan di Ruang saya. Kalau tidak mengenalnya, abaikan saja."
)
CHAIR_INVITED = kept_in_texts(
    _(
        "%(by)s dari Diskominfo mencatat Anda sebagai ketua %(kim)s di %(place)s. Masuk ke portal dengan alamat surel "
        "ini, atau daftarkan dahulu akun dengannya, lalu jawab undangan di Ruang saya. Setelah itu periksalah data KIM "
        "Anda."
    )
)


@contextmanager
def held(community, *, chair=None):
    """The KIM while its people change: of two at once, the second sees what the first did.

    With a `chair` only for who chairs it at this moment, which may have changed since the page was shown.
    """
    with transaction.atomic():
        community = Community.objects.select_for_update(no_key=True).filter(pk=community.pk).first()
        if community is None:
            raise StepRefused(_("KIM ini baru saja ditarik petugas."))
        if chair and not Community.objects.chaired_by(chair).filter(pk=community.pk).exists():
            raise StepRefused(_("Hanya ketua KIM yang mengurus keanggotaan."))
        if chair:
            require_unexamined(community)
        yield community


def require_unexamined(community):
    """An officer decides on the people whom the list shows, so they stay until the answer is there."""
    if community.is_examined:
        raise StepRefused(_("Pendaftaran sedang diperiksa petugas. Anggota dapat diubah lagi setelah ada jawaban."))


def require_open(community):
    if community.status in CLOSED_STATUSES:
        raise StepRefused(_("KIM ini tidak lagi menerima anggota."))


def require_uninvited(community, email):
    """Refused for what the chair may know; whether the e-mail address has an account is nobody's concern."""
    require_open(community)
    there = community.memberships
    if there.invited().filter(email=email).exists():
        raise StepRefused(_("Alamat ini sudah diundang dan belum menjawab."))
    if there.current().filter(user__email__iexact=email).exists():
        raise StepRefused(_("Pemilik alamat ini sudah menjadi anggota."))
    if there.requested().filter(user__email__iexact=email).exists():
        raise StepRefused(_("Pemilik alamat ini sudah meminta bergabung. Jawablah permintaannya."))
    if there.invited().count() >= MOST_INVITED:
        raise StepRefused(_("Terlalu banyak undangan belum dijawab. Tarik dahulu yang tidak perlu."))


def tell(people, title, text="", *, path, **names):
    """Leave a notice in the language of the site, whichever the one who did it reads."""
    with translation.override(settings.LANGUAGE_CODE):
        path = path if path.startswith("/") else reverse(path)
        Notice.objects.tell(people, notices.MEMBERSHIP, said(title, **names), str(text) % names, path=path)


def write_to_invited(membership, by, *, as_chair=False):
    """Tell the owner of the e-mail address: in the inbox too where there is an account.

    Whoever is no user yet reads the names of a KIM that an office knows; anyone may call a new one what they like.
    """
    user = User.objects.filter(email__iexact=membership.email, is_active=True).first()
    with translation.override(settings.LANGUAGE_CODE):
        names = {"kim": membership.community.name, "by": by.name, "place": membership.community.seat.long_name}
        title = _("Undangan menjadi ketua %(kim)s") if as_chair else _("Undangan menjadi anggota %(kim)s")
        text = CHAIR_INVITED if as_chair else MEMBER_INVITED
        if user is None and not membership.community.is_public:
            text, names["kim"] = STRANGER_INVITED, _("sebuah KIM")
        title = said(title, **names)
        if user:
            Notice.objects.tell([user], notices.MEMBERSHIP, title, text % names, path=reverse("workspace"))
        else:
            path = reverse("workspace")
            Dispatch.objects.write_to(membership.email, title, text % names, path=path)
