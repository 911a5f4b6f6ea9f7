"""A person closes their own account: what must be handed over first, and what goes with it.

Each app declares its own, in a module of this name:

@before_closing
def chairs(user):
    yield Obstacle(_("Serahkan dahulu jabatan ketua."), community.room_path)

@with_the_account
def drafts(user, *, with_comments):
    user.posts.drafts().delete()
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import with_reason
from accounts.decisions import StepRefused
from accounts.models import ChatCode, Dispatch, Notice, SavedFilter, Session, User

OBSTACLES, GOING = [], []


@dataclass(frozen=True)
class Obstacle:
    """What this person alone can hand over, in a sentence, and where that is done; no URL where others do it."""

    sentence: str
    url: str = ""


def before_closing(find):
    """Let nobody close an account for whom this yields something."""
    OBSTACLES.append(find)
    return find


def with_the_account(deed):
    """Let this be done in the same transaction; `with_comments` is the person's own wish."""
    GOING.append(deed)
    return deed


def obstacles_of(user):
    return [obstacle for find in OBSTACLES for obstacle in find(user)]


def close_account(user, *, with_comments=False):
    """For good, at once and on every device; StepRefused for who has something to hand over.

    What was published stays, under no name; the letter that tells of it is the last to this e-mail address.
    """
    with transaction.atomic(), with_reason("Ditutup pemiliknya."):
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.is_active:
            return
        if obstacles := obstacles_of(user):
            raise StepRefused(obstacles[0].sentence)
        for deed in GOING:
            deed(user, with_comments=with_comments)
        email = user.email
        with translation.override(settings.LANGUAGE_CODE):
            forget_person(user)
            Dispatch.objects.write_to(
                email, _("Akun Anda sudah ditutup"), _("Sesuai permintaan Anda. Terima kasih pernah bersama kami.")
            )


def forget_person(user):
    """What is left is a row that others refer to."""
    for endpoint in user.endpoints.all():
        Dispatch.objects.filter(channel=endpoint.channel, address=endpoint.address).delete()
    Dispatch.objects.filter(address__iexact=user.email).delete()
    nameless = _("Mantan anggota")
    Notice.objects.filter(key__in=[assignment.vacancy_key for assignment in user.assignments.all()]).say_instead(
        user.name, nameless
    )
    for rows in (user.emailaddress_set, user.authenticator_set, user.endpoints, user.muted_kinds, user.notices):
        rows.all().delete()
    for kept in (ChatCode, SavedFilter, Session):
        kept.objects.filter(user=user).delete()
    user.email, user.name = f"ditutup-{user.pk}@akun.invalid", nameless
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save()


@before_closing
def duties(user):
    """An officer's work waits in the region; who appointed them ends it, and then knows that somebody must follow."""
    for assignment in user.current_assignments:
        sentence = _("Anda masih bertugas di %(region)s. Mintalah yang menunjuk Anda mengakhiri tugas itu dahulu.")
        yield Obstacle(sentence % {"region": assignment.region.full_name})
    if user.is_superuser:
        yield Obstacle(_("Anda pengelola sistem portal. Serahkan dahulu hak itu kepada pengelola lain."))
