"""Taking up what another KIM did: a draft of one's own, which says whose post it was begun from."""

from django.db import transaction

from accounts.models import User
from activities import types, writing
from activities.models import Post


def ready_for(user, origin):
    """The KIM for which this person may take a post up: those that may publish, but not the post's own."""
    others = (community for community in writing.communities_of(user) if community.pk != origin.community_id)
    return [community for community in others if community.may_publish]


def drafts_of(user, origin):
    """What this person began from a post and never sent in."""
    return Post.objects.filter(origin=origin, author=user, status=Post.Status.DRAFT)


def begun(origin, community, author, client_uuid):
    """What this person began already: the post of this uuid, or a draft for this KIM; or None."""
    same = Post.objects.filter(author=author, client_uuid=client_uuid).first()
    return same or drafts_of(author, origin).filter(community=community).first()


def taken_up(origin, community, author, client_uuid):
    """The one draft of this person for this KIM, begun now or before, from however many pages at once; StepRefused
    for who left too many unsent.
    """
    with transaction.atomic():
        # One after the other: the second finds what the first began.
        User.objects.select_for_update(no_key=True).get(pk=author.pk)
        draft = begun(origin, community, author, client_uuid)
        if draft is None:
            writing.require_room(author)
        return draft or begin(origin, community, author, client_uuid)


def begin(origin, community, author, client_uuid):
    """What is said there, at one's own place: neither its day and people, nor its photos, which others took."""
    post = writing.blank_post(community, author, client_uuid)
    for name in types.TAKEN_UP:
        column = Post._meta.get_field(name).attname
        setattr(post, column, getattr(origin, column))
    post.happened_on, post.origin = None, origin
    # Carried on from there too, so that a recall reaches it.
    post.bulletin, post.is_recalled = origin.bulletin, origin.is_recalled
    return writing.stored_draft(post)
