"""Text for files that other programs read."""

CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def printable(text):
    """Without the characters that XML and calendars cannot hold."""
    return str(text).translate(CONTROLS)
