"""THE KIM: groups that residents found, Diskominfo verifies and inaugurates, and everyone can look up."""

from communities.models.community import Community, CommunityQuerySet, Step, StepRefused
from communities.models.decrees import Decree
from communities.models.memberships import Membership, Position
from communities.models.vocabulary import Field, PartnerKind

__all__ = [
    "Community",
    "CommunityQuerySet",
    "Decree",
    "Field",
    "Membership",
    "PartnerKind",
    "Position",
    "Step",
    "StepRefused",
]
