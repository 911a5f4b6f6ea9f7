"""WHO: people and the officers among them, what they are told, and the trail of what was changed."""

from accounts.models.notices import MutedKind, Notice
from accounts.models.people import AuditEntry, OfficerAssignment, User

__all__ = ["AuditEntry", "MutedKind", "Notice", "OfficerAssignment", "User"]
