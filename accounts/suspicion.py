"""What makes a text wait for an officer's eyes although its KIM is trusted; its author reads why."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import StepRefused
from accounts.personal_numbers import kinds, without

# 0812-3456-7890, +62 812 3456 7890, (021) 555 1234: written as people write them.
TELEPHONE = re.compile(r"(?<![\d.,/])(?:\+?62|\(?0)[\s.)-]{0,2}[2-9](?:[\s.()-]{0,2}\d){7,11}(?![\s.-]?\d)")
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
    # A post that holds one waits for an officer; every other form refuses it.
    PERSONAL_NUMBER = (
        "nik",
        _("Ada yang tampak seperti NIK, nomor KK, NPWP, atau rekening. Nomor pribadi tidak boleh tampil untuk umum."),
    )
    LINKS = "links", _("Ada tautan, dan pengirimnya belum berstatus terpercaya. Petugas memeriksa tujuannya.")
    COPIED = "copied", _("Ini salinan tulisan yang pernah ditolak atau diturunkan. Petugas membacanya sekali lagi.")
    SPAM = "spam", _("Ada kata atau bentuk yang sering dipakai iklan liar. Petugas memastikan ini bukan spam.")


def suspicions(texts, *, is_trusted, contacts=()):
    """The marks found in these texts, in the order of `Suspicion`; contacts may hold telephone numbers and links."""
    text = "\n".join(filter(None, texts))
    links, masked = len(LINK.findall(text)), without(text)
    found = {
        Suspicion.PHONE: TELEPHONE.search(masked),
        Suspicion.PERSONAL_NUMBER: masked != text or kinds("\n".join(contacts)),
        Suspicion.LINKS: links and not is_trusted,
        Suspicion.SPAM: SPAM.search(text) or links > MOST_LINKS or is_shouted(text),
    }
    return [mark.value for mark, is_found in found.items() if is_found]


def refuse_personal_numbers(places):
    """Say where they stand to who is about to let them out; StepRefused where there is any."""
    if places:
        sentence = _(
            "Ada NIK, nomor KK, NPWP, atau rekening di bagian %(places)s. "
            "Ini baru dapat tampil setelah dihapus penulisnya."
        )
        raise StepRefused(sentence % {"places": ", ".join(places)})


def is_shouted(text):
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > SHOUTED and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
