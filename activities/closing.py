"""What becomes of the posts and comments of somebody who closes their account: what is published stays, drafts go."""

from contextlib import suppress

from accounts.closing import with_the_account
from accounts.lifecycle import StepRefused
from activities import writing
from activities.models import OPEN, Chat, Flag, Post


@with_the_account
def posts(user, *, with_comments):
    for post in user.posts.filter(status__in=Post.open_to("withdraw")):
        with suppress(StepRefused):  # an officer decided at this moment
            post.withdraw(by=user)
    for draft in user.posts.filter(status__in=OPEN):
        writing.discard(draft, by=user)


@with_the_account
def comments(user, *, with_comments):
    if with_comments:
        for comment in user.comments.filter(taken_back_at=None).select_related("post"):
            comment.take_back(by=user)


@with_the_account
def reports(user, *, with_comments):
    Flag.objects.filter(user=user).update(user=None)


@with_the_account
def chats(user, *, with_comments):
    for endpoint in user.endpoints.all():
        Chat.objects.filter(channel=endpoint.channel, address=endpoint.address).delete()
