"""KIM that were put forward to the next level, and what that level decides."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.fields import NoteField
from evaluations.admin.bases import EvaluationAdmin
from evaluations.duties import EVALUATIONS
from evaluations.models import Selection
from regions.atlas import FROM_ATLAS


class AcceptForm(DeedForm):
    title, button, verb = _("Terima"), _("Terima"), "accept"
    done = _("%(name)s terpilih.")
    explanation = _("KIM ini ikut di tingkat Anda. Pengurusnya dan petugas yang mengajukannya dikabari.")


class DeclineForm(DeedForm):
    title, button, verb = _("Tidak memilih"), _("Simpan"), "decline"
    done = _("%(name)s tidak terpilih.")
    explanation = _("Pengurus KIM dan petugas yang mengajukannya membaca alasannya.")
    note = NoteField(label=_("alasan"), rows=3)


class PutOnForm(DeedForm):
    title, button, verb = _("Ajukan ke tingkat nasional"), _("Ajukan"), "put_on"
    done = _("%(name)s diajukan ke tingkat nasional.")
    explanation = _("Kementerian memutuskan apakah KIM ini ikut di tingkat nasional.")

    @classmethod
    def may(cls, row, user, *, decides):
        return user.answers_for(row.to_region, EVALUATIONS)

    @classmethod
    def is_open(cls, row):
        return row.may_go_on

    def carry_out(self):
        return self.row.put_on(by=self.user)


DEEDS = {"terima": AcceptForm, "tolak": DeclineForm, "nasional": PutOnForm}


@admin.register(Selection)
class SelectionAdmin(EvaluationAdmin):
    is_record = True
    scope = "community__seat"
    deeds = DEEDS
    list_display = ["community", "cycle", "to_region", "status", "by", "created_at"]
    list_filter = ["status", "to_region"]
    more_lookups = ["cycle"]
    list_select_related = ["community", "cycle__region", "to_region", "by"]
    search_fields = ["community__name"]
    fields = [
        *["community", "cycle", "to_region", "by", "created_at"],
        *["status", "reason", "decided_by_user", "decided_at"],
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)
