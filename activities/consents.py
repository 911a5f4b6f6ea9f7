"""A contact that somebody wrote under a product or a place is read by everyone."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.consents import Purpose, earliest
from activities.models import Post, PostRevision


def with_contact(user):
    return Post.objects.filter(author=user).exclude(public_contact="")


def hide_contact(user):
    """From what is read, what waits, and what it said before."""
    posts = list(with_contact(user))
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(public_contact="", updated_at=timezone.now())
    for revision in PostRevision.objects.filter(post__in=posts, facts__has_key="public_contact"):
        revision.facts["public_contact"] = ""
        revision.save(update_fields=["facts"])
    for post in posts:
        post.renew_pages()


Purpose(
    "kontak-kegiatan",
    _("Kontak tampil pada kegiatan yang saya tulis"),
    since=lambda user: earliest(with_contact(user), "created_at"),
    take_back=hide_contact,
    given_at="workspace",
)
