"""What a request for open data cannot have, in Indonesian and in English, as RFC 9457 writes it.

What nginx refuses before it reaches us stands ready in `deploy/errors/`, one file for each status.
"""

from django.http import JsonResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

PROBLEM = "application/problem+json"

TITLES = {
    400: _("Permintaan tidak kami mengerti"),
    404: _("Tidak ada"),
    405: _("Data ini hanya dapat dibaca"),
    413: _("Terlalu besar"),
    414: _("Alamat terlalu panjang"),
    429: _("Terlalu sering"),
    503: _("Belum dapat dijawab"),
}
OTHER_TITLE = _("Permintaan tidak dapat dijawab")
SENTENCES = {
    400: _("Permintaan ini tidak dapat kami baca. Periksa alamatnya, lalu coba lagi."),
    404: _("Data yang Anda minta tidak ada, atau tidak lagi dibuka untuk umum."),
    405: _("Gunakan GET atau HEAD; data terbuka tidak dapat diubah lewat alamat ini."),
    413: _("Kiriman ini terlalu besar, dan data terbuka hanya dapat dibaca. Gunakan GET tanpa isi."),
    414: _("Alamat ini lebih panjang daripada yang kami baca. Ikuti alamat “next” apa adanya."),
    429: _("Alamat internet Anda meminta terlalu sering. Tunggu sebentar, lalu lanjutkan dari halaman yang sama."),
    503: _("Portal sedang sibuk. Coba lagi sebentar lagi."),
}
NO_NUL = _("Alamat ini memuat tanda (%00) yang tidak ada di teks mana pun. Hapus tanda itu.")
TWICE = _("Parameter “%(name)s” tertulis lebih dari sekali. Tulis satu saja.")
OTHER_SENTENCE = _("Ada yang salah di pihak kami, atau pada permintaan Anda. Coba lagi nanti.")


class Problem(Exception):
    """A refusal: its status, a sentence that is translated late, with its values, and the parameter it is about."""

    def __init__(self, status, sentence=None, parameter=None, **values):
        super().__init__(status, sentence)
        self.status, self.sentence, self.parameter, self.values = status, sentence, parameter, values

    def response(self):
        return problem(self.status, self.sentence, self.parameter, **self.values)


def problem(status, sentence=None, parameter=None, **values):
    sentence = sentence or SENTENCES.get(status, OTHER_SENTENCE)
    document = said(status, sentence, values)
    document |= {"status": status, "parameter": parameter}
    with translation.override("en"):
        document["en"] = said(status, sentence, values)
    return JsonResponse(document, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def said(status, sentence, values):
    detail = str(sentence) % values if values else str(sentence)
    return {"title": str(TITLES.get(status, OTHER_TITLE)), "detail": detail}
