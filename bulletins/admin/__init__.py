"""What officers see and do about government information."""

from bulletins.admin import bulletins

__all__ = ["bulletins"]
