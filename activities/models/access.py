"""Whose a post is: who may see a draft, who may edit a post, whom it waits for, and which officer decides about it."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from accounts.models import OfficerAssignment
from activities.duties import MODERATION
from communities.models import Community

# In which statuses what `written_by` names may be changed: a post that is still its author's, in itself; a published
# one by a revision. Whatever else waits for a decision, or had a last one.
OPEN = ["draft", "returned"]
EDITABLE = [*OPEN, "published"]

# What is its author's alone: drafts, and what was put away before it was ever published.
PRIVATE = Q(status="draft") | Q(status="archived", published_at=None)


def handed_on(posts):
    """The condition that one of these posts, a model, has left its KIM, so that officers may read it.

    What is PRIVATE has not, nor what its chair is to read first, nor what the chair sent back.
    """
    status, steps = posts.Status, posts._meta.get_field("steps").related_model.objects
    readers = [status.CHAIR_REVIEW, status.IN_REVIEW, status.PUBLISHED]
    last = steps.filter(post=OuterRef("pk"), to__in=readers).order_by("-at", "-pk").values("to")[:1]
    sent_back_by_chair = Exact(Coalesce(Subquery(last), Value("")), status.CHAIR_REVIEW)
    within = PRIVATE | Q(status=status.CHAIR_REVIEW)
    return ~within & ~(Q(status=status.RETURNED) & Q(sent_back_by_chair))


class PostAccess(models.QuerySet):
    def handed_on(self):
        return self.filter(handed_on(self.model))

    def of_kim_people(self, user):
        """Own posts, and those sent in of the KIMs this person chairs: an unsent draft is its author's alone."""
        chaired = Community.objects.chaired_by(user).values("pk")
        return self.filter(Q(author=user) | Q(community__in=chaired) & ~PRIVATE)

    def written_by(self, user):
        """What this person may edit while it is EDITABLE, as long as they belong to its KIM.

        Own posts, and as chair those that were sent in; what the chair sent back is its author's again.
        """
        own = Community.objects.of_member(user).values("pk")
        to_chair = handed_on(self.model) | Q(status=self.model.Status.CHAIR_REVIEW)
        return self.of_kim_people(user).filter(Q(author=user) | to_chair, community__in=own)

    def readable_by(self, user):
        """What this person may read before it is published: as one of its KIM, and what came to their desk."""
        posts = self.of_kim_people(user)
        if user.is_officer:
            posts |= self.handed_on().filter(place__in=user.jurisdiction())
        return posts

    def waits_for(self, user):
        """What this person, as a chair, is to read first: never what they wrote themselves."""
        chaired = Community.objects.chaired_by(user).values("pk")
        return self.filter(status=self.model.Status.CHAIR_REVIEW, community__in=chaired).exclude(author=user)

    def decided_by(self, user):
        """What `Post.decided_by` says of one, for a list: own regions, but those that an officer below has."""
        own = OfficerAssignment.objects.decided_by(user, MODERATION)
        return self.filter(own).exclude(community__in=Community.objects.of_member(user).values("pk"))
