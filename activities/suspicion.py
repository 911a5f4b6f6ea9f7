"""What makes a text wait for an officer's eyes although its KIM is trusted; its author reads why."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

# 0812-3456-7890, +62 812 3456 7890, (021) 555 1234: written as people write them.
TELEPHONE = re.compile(r"(?<![\d.,/])(?:\+?62|\(?0)[\s.)-]{0,2}[2-9](?:[\s.()-]{0,2}\d){7,11}(?![\s.-]?\d)")
# Sixteen digits, of which the seventh to twelfth are a day (plus 40 for women), a month and a year.
NIK = re.compile(
    r"(?<!\d)[1-9]\d(?:[\s.-]?\d){4}[\s.-]?(?:[04][1-9]|[1256]\d|[37][01])[\s.-]?(?:0[1-9]|1[0-2])(?:[\s.-]?\d){6}(?!\d)"
)
LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|id|info|xyz|link|me|ly|top|club|site|online)\b", re.I)
SPAM = re.compile(
    r"\b(?:slot|togel|gacor|maxwin|scatter|rtp|bandar|judi online|pinjol|pinjaman cepat|dana cepat|bonus deposit"
    r"|pesugihan|obat kuat|investasi pasti untung|cuan pasti)\b",
    re.IGNORECASE,
)
MOST_LINKS = 5
SHOUTED = 40


class Suspicion(models.TextChoices):
    PHONE = "phone", _("Ada yang tampak seperti nomor telepon. Petugas memastikan pemiliknya mengizinkan.")
    NIK = "nik", _("Ada yang tampak seperti NIK. Data kependudukan tidak boleh tampil untuk umum.")
    LINKS = "links", _("Ada tautan, dan KIM ini belum berstatus terpercaya. Petugas memeriksa tujuannya.")
    SPAM = "spam", _("Ada kata atau bentuk yang sering dipakai iklan liar. Petugas memastikan ini bukan spam.")


def suspicions(texts, *, is_trusted):
    """The marks found in these texts, in the order of `Suspicion`."""
    text = "\n".join(filter(None, texts))
    without_niks = NIK.sub(" ", text)
    links = len(LINK.findall(text))
    found = {
        Suspicion.PHONE: TELEPHONE.search(without_niks),
        Suspicion.NIK: NIK.search(text),
        Suspicion.LINKS: links and not is_trusted,
        Suspicion.SPAM: SPAM.search(text) or links > MOST_LINKS or is_shouted(text),
    }
    return [mark.value for mark, is_found in found.items() if is_found]


def is_shouted(text):
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > SHOUTED and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
