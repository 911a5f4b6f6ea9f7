"""What an officer does to one post on its own page: the verbs that the list has for many."""

from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.fields import NoteField
from activities.admin.bulk import ReasonForm


class NotedForm(DeedForm):
    note = NoteField(label=_("catatan untuk penulis"), required=False, rows=4)


class ReasonedForm(NotedForm):
    reason = ReasonForm.base_fields["reason"]
    field_order = ["reason", "note"]


class PublishForm(NotedForm):
    title, button = _("Terbitkan"), _("Terbitkan")
    done = _("Diterbitkan: %(title)s")
    explanation = _("Semua orang dapat membacanya: sekarang, atau pada waktu yang dipilih penulisnya.")
    verb = "publish"


class SendBackForm(ReasonedForm):
    title, button = _("Kembalikan"), _("Kembalikan")
    done = _("Dikembalikan: %(title)s")
    explanation = _("Penulis membaca alasannya, memperbaiki tulisannya, lalu mengirimnya lagi.")
    verb = "send_back"


class RejectForm(ReasonedForm):
    title, button = _("Tolak"), _("Tolak")
    done = _("Ditolak: %(title)s")
    explanation = _("Tulisan ini tidak terbit. Penulis membaca alasannya dan dapat mengajukan keberatan.")
    verb = "reject"


class KeepForm(NotedForm):
    title, button = _("Tandai sudah diperiksa"), _("Biarkan terbit")
    done = _("Tetap terbit: %(title)s")
    explanation = _("Kegiatan ini tetap terbit dan tidak lagi menunggu diperiksa.")
    verb = "keep"

    @classmethod
    def is_open(cls, row):
        return row.is_published and row.reviewed_at is None


class HideForm(ReasonedForm):
    title, button = _("Sembunyikan"), _("Sembunyikan")
    done = _("Disembunyikan: %(title)s")
    explanation = _(
        "Kegiatan ini hilang dari semua halaman umum, bersama foto dan komentarnya. Penulis membaca alasannya "
        "dan dapat mengajukan keberatan. Anda dapat menampilkannya lagi."
    )
    verb = "hide"


class ShowAgainForm(NotedForm):
    title, button = _("Tampilkan lagi"), _("Tampilkan lagi")
    done = _("Ditampilkan lagi: %(title)s")
    explanation = _("Kegiatan ini terbit lagi seperti sebelum disembunyikan, dan penulisnya mendapat kabar.")
    verb = "show_again"


# By the word in the URL.
DEEDS = {
    "terbitkan": PublishForm,
    "kembalikan": SendBackForm,
    "tolak": RejectForm,
    "biarkan": KeepForm,
    "sembunyikan": HideForm,
    "tampilkan": ShowAgainForm,
}
