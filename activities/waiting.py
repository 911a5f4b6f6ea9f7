"""What waits for a person about posts: theirs that came back, and those that their chair is to read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.waiting import MENDING, Waiting, waits
from activities.models import Post

FEW = 3


@waits
def returned(user):
    """The newest by themselves, with the reason; the others together."""
    own = Post.objects.written_by(user).filter(status=Post.Status.RETURNED, author=user)
    posts = list(own.prefetch_related("reviews").defer("body", "search").order_by("-updated_at", "-pk")[: FEW + 1])
    for post in posts[:FEW]:
        sentence = _("Perbaiki: %(title)s") % {"title": post.title or _("(tanpa judul)")}
        review = next(iter(post.reviews.all()), None)
        url = reverse("activities:write_post", args=[post.client_uuid])
        yield Waiting(url, sentence, MENDING, meta="; ".join(review.reasons) if review else "")
    if len(posts) > FEW:
        yield Waiting(reverse("activities:own_posts"), _("Tulisan lain yang perlu perbaikan"), MENDING)


@waits
def to_read(user):
    posts = Post.objects.waits_for(user).order_by("updated_at", "pk")
    number = posts.count()
    if number == 1:
        post = posts.select_related("author").defer("body", "search").get()
        sentence = _("Baca tulisan %(name)s") % {"name": post.author.get_full_name()}
        yield Waiting(post.chair_path, sentence, meta=post.title)
    elif number:
        sentence = ngettext("Baca %(number)s tulisan anggota", "Baca %(number)s tulisan anggota", number)
        yield Waiting(reverse("activities:to_read"), sentence % {"number": number}, number=number)
