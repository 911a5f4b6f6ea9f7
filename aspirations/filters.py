"""What the list of aspirations is narrowed by."""

import django_filters
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.typed import only_seen
from aspirations.models import Aspiration
from communities.filters import SectorFilter, WrittenBy
from regions.filters import ListFilter, RegionFilter

Status = Aspiration.Status
# What people call a state: each of one or several statuses.
STATES = {
    "terbuka": (_("masih terbuka"), [Status.RECEIVED, *Aspiration.WITH_OFFICE]),
    "kim": (_("menunggu KIM"), [Status.RECEIVED]),
    "kantor": (_("menunggu kantor"), Aspiration.AT_OFFICE),
    "dikerjakan": (_("sedang dikerjakan"), [Status.ACCEPTED, *Aspiration.WITH_AGENCY]),
    "dijawab": (_("dijawab"), [Status.ANSWERED]),
    "selesai": (_("selesai"), [Status.CLOSED]),
    "digabung": (_("digabung dengan usulan lain"), [Status.DUPLICATE]),
    "ditolak": (_("ditolak"), [Status.REJECTED]),
}
HOLDERS = [
    ("kim", _("KIM")),
    ("opd", _("dinas (OPD)")),
    ("kabupaten", _("kantor kabupaten/kota")),
    ("provinsi", _("kantor provinsi")),
    ("kementerian", _("kementerian")),
]


class AspirationFilter(ListFilter):
    q = django_filters.CharFilter(label=_("Kata atau kode"), method="saying", max_length=100)
    kim = WrittenBy()
    wilayah = RegionFilter()
    jenis = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Aspiration.Kind, field_name="kind", empty_label=_("Semua jenis")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(name, words) for name, (words, _statuses) in STATES.items()],
        method="of_state",
        empty_label=_("Semua status"),
    )
    bidang = SectorFilter("sector")
    pemegang = django_filters.ChoiceFilter(
        label=_("Dipegang"), choices=HOLDERS, method="held_by", empty_label=_("Siapa saja")
    )
    tenggat = django_filters.ChoiceFilter(
        label=_("Tenggat"), choices=[("lewat", _("lewat tenggat"))], method="overdue", empty_label=_("Semua")
    )

    class Meta:
        model = Aspiration
        fields = []

    @property
    def follow_query(self):
        """Of what is chosen here, that by which one follows new aspirations."""
        chosen = {name: self.chosen[name] for name in ("wilayah", "bidang") if name in self.chosen}
        return f"?{urlencode({'isi': 'usulan'} | chosen)}"

    def saying(self, rows, name, value):
        return rows.saying(only_seen(value, one_line=True))

    def of_state(self, rows, name, value):
        return rows.filter(status__in=STATES[value][1])

    def held_by(self, rows, name, value):
        return rows.held_by(value)

    def overdue(self, rows, name, value):
        return rows.overdue()
