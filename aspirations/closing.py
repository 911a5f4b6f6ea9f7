"""What becomes of the proposals of somebody who closes their account: they go on, and nobody knows any more whose."""

from django.db.models import Q

from accounts.closing import with_the_account
from aspirations.models import Aspiration


@with_the_account
def aspirations(user, *, with_comments):
    """Those sent without the account too, by its e-mail address."""
    for row in Aspiration.objects.filter(Q(sender=user) | Q(sender_email__iexact=user.email)):
        row.forget_sender()
        row.let_go_of_sender(user)
