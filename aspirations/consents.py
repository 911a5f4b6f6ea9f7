"""A name stands with a proposal where its sender wants that."""

from django.utils.translation import gettext_lazy as _

from accounts.consents import Purpose, earliest
from aspirations.models import Aspiration


def named(user):
    return Aspiration.objects.filter(sender=user, is_name_public=True)


def hide_name(user):
    for row in named(user):
        row.hide_name()


Purpose(
    "nama-usulan",
    _("Nama saya tampil pada usulan"),
    since=lambda user: earliest(named(user), "created_at"),
    take_back=hide_name,
    given_at="aspirations:send",
)
