"""How news leaves the portal. Each module here is one way, and declares one Channel; the rows of the outbox name it.

A new way is a module beside these and its name in the line below: it needs no migration.
"""

from accounts.channels import email, push, telegram, whatsapp

__all__ = ["email", "push", "telegram", "whatsapp"]
