"""What spreadsheets do to any cell, whatever it holds: marks of their own, zeros behind a number, words for nothing."""

import re

NOTHING = {
    *("", "-", "--", "---", "–", "—", ".", "..", "...", "0", "?", "x", "n/a", "n a", "na", "#n/a", "null", "none"),
    *("nihil", "kosong", "tidak ada", "tdk ada", "tak ada", "belum ada", "blm ada", "belum", "tidak", "tidak punya"),
    *("belum punya", "tidak tahu", "tidak diketahui"),
}
# "As above".
DITTO = re.compile(r"""[\s.-]*(?:s\W?d\W?a|idem|ditto|["“”″〃]|''|,,)[\s.-]*""", re.I)
# ="0812…" and '0812… keep a zero at the beginning; neither sign is meant to be seen.
KEPT_AS_TEXT = re.compile(r"""=\s*"([^"=]*)"|'(\d.*)""")
# In a CSV a formula that was not reckoned out stands as text, and so does one that failed; #N/A says nothing.
FORMULA = re.compile(r"=\s*[A-Z_$].*|#(REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)", re.I)
ZEROS_BEHIND = re.compile(r"(?<!\d)(\d+)[.,]0{1,2}")


def unmarked(text):
    """The text without the signs by which a spreadsheet keeps a number as text."""
    match = KEPT_AS_TEXT.fullmatch(text)
    return (match[1] if match[1] is not None else match[2]).strip() if match else text


def is_formula(text):
    return bool(FORMULA.fullmatch(text))


def is_nothing(text):
    return text.lower().strip(" ()*") in NOTHING


def whole(text):
    """The text, where it is a number with nothing but zeros behind it without these: 2019 of "2019.0"."""
    match = ZEROS_BEHIND.fullmatch(text.strip())
    return match[1] if match else text


def is_ditto(text):
    return bool(DITTO.fullmatch(text))
