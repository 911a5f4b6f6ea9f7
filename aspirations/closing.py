"""What becomes of the proposals of somebody who closes their account: they go on, and nobody knows any more whose."""

from accounts.closing import with_the_account
from aspirations.models import Aspiration


@with_the_account
def aspirations(user, *, with_comments):
    for row in user.aspirations.filter(status__in=Aspiration.OVER, forgotten_at=None):
        row.forget_sender()
    for row in user.aspirations.all():
        row.let_go_of_account()
