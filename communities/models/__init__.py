"""THE KIM: groups that residents found, Diskominfo verifies and inaugurates, and everyone can look up."""

from accounts.lifecycle import StepRefused
from communities.models.certificate import Certificate
from communities.models.coaching import CoachingEvent
from communities.models.community import Community, Step
from communities.models.contacts import UsefulContact
from communities.models.data_copies import DataCopy
from communities.models.decrees import Decree
from communities.models.invitation_links import InvitationLink
from communities.models.materials import Material
from communities.models.memberships import Membership
from communities.models.numbers import SpentSerial
from communities.models.pictures import CommunityPicture
from communities.models.positions import Position
from communities.models.querysets import CommunityQuerySet
from communities.models.rosters import RosterImport, RosterRow
from communities.models.verification import CheckedItem, Paper, Verification
from communities.models.vocabulary import FormationRule, Office, PartnerKind, Sector

__all__ = [
    "Certificate",
    "CheckedItem",
    "CoachingEvent",
    "Community",
    "CommunityPicture",
    "CommunityQuerySet",
    "DataCopy",
    "Decree",
    "FormationRule",
    "InvitationLink",
    "Material",
    "Membership",
    "Office",
    "Paper",
    "PartnerKind",
    "Position",
    "RosterImport",
    "RosterRow",
    "Sector",
    "SpentSerial",
    "Step",
    "StepRefused",
    "UsefulContact",
    "Verification",
]
