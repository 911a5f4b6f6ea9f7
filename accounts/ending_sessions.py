"""The page at the desk on which an officer signs somebody out everywhere, such as after a telephone was lost."""

from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.fields import NoteField


class EndSessionsForm(DeedForm):
    title, button = _("Keluarkan dari semua perangkat"), _("Keluarkan orang ini")
    done = _("%(name)s sudah keluar dari semua perangkat.")
    explanation = _(
        "Orang ini harus masuk lagi di setiap perangkat, dengan kata sandi dan verifikasi dua langkah yang sama. "
        "Ponsel dan obrolan yang tersambung dengan akunnya dilepas. Ia diberi tahu."
    )
    reason = NoteField(
        label=_("alasan"), rows=4, help_text=_("Orang itu membaca alasan ini, dan alasan tersimpan dalam catatan.")
    )
    verb = "end_sessions"

    @classmethod
    def is_open(cls, row):
        return row.is_active

    @property
    def facts(self):
        return [(_("Nama"), self.row.name), (_("Surel"), self.row.email)]


# By the word in their URL.
DEEDS = {"keluarkan": EndSessionsForm}
