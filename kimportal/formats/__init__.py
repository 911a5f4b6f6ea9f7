"""Formats that differ from those of Django, by language."""
