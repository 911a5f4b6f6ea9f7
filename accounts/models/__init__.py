"""WHO: people and the officers among them, what they are told, and the trail of what was changed."""

from accounts.models.chat_codes import ChatCode
from accounts.models.desk_work import DeskNote, Reading, ReasonTemplate
from accounts.models.dispatches import Dispatch, Endpoint, MutedKind
from accounts.models.editions import EditionChange, EditionUpload
from accounts.models.notices import Notice
from accounts.models.pending_decisions import PendingDecision
from accounts.models.people import AuditEntry, OfficerAssignment, User
from accounts.models.retention_terms import RetentionTerm
from accounts.models.saved_filters import SavedFilter
from accounts.models.second_factors import SecondFactor
from accounts.models.sessions import Session
from accounts.models.webhooks import Webhook, WebhookMessage

__all__ = [
    "AuditEntry",
    "ChatCode",
    "DeskNote",
    "Dispatch",
    "EditionChange",
    "EditionUpload",
    "Endpoint",
    "MutedKind",
    "Notice",
    "OfficerAssignment",
    "PendingDecision",
    "Reading",
    "ReasonTemplate",
    "RetentionTerm",
    "SavedFilter",
    "SecondFactor",
    "Session",
    "User",
    "Webhook",
    "WebhookMessage",
]
