"""What the portal may keep while it is measured."""

# What tells the portal to keep nothing, cards, or pages: see kimportal/settings.py.
STATES = {
    "cold": {"PAGE_STORE": "0", "CARD_STORE": "0"},
    "cards": {"PAGE_STORE": "0", "CARD_STORE": "1"},
    "whole": {"PAGE_STORE": "1", "CARD_STORE": "1"},
}
