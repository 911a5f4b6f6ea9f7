"""What became of an aspiration, told by the KIM through which it came: a draft that names it."""

import uuid

from django.utils.translation import gettext as _

from activities import writing
from activities.models import Post

TITLE_LENGTH = Post._meta.get_field("title").max_length
# Whose answer everyone can read.
ANSWERED = ["answered", "closed"]


def may_tell(user, aspiration):
    """Whether this person writes for the KIM through which it came, and there is an answer to tell of."""
    community = aspiration.community
    is_told = aspiration.is_public and aspiration.status in ANSWERED
    return is_told and community in writing.communities_of(user) and community.may_publish


def begin(aspiration, author):
    """The draft with its title filled in; of one person there is one for each aspiration."""
    post = writing.blank_post(aspiration.community, author, uuid.uuid5(aspiration.client_uuid, f"told-{author.pk}"))
    post.place_at(aspiration.place)
    post.sector = aspiration.sector or post.sector
    post.title = (_("Apa yang terjadi: %(title)s") % {"title": aspiration.title})[:TITLE_LENGTH]
    post.happened_on, post.aspiration = None, aspiration
    return writing.stored_draft(post)
