"""How long what is known of people is kept, and what is done then: each app has its own in a module of this name.

Kept("kiriman", _("pesan yang dikirim"), days=30, least=7, most=90, rows=…, forget=…)

The number of days is a row (`RetentionTerm`), which the ministry changes within these bounds, or a setting of the
operator. `rows(limit)` are those that are older than this moment; `forget(rows)` lets go of some thousand of them.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.declared import Declared
from accounts.models import Dispatch, Notice, RetentionTerm

AT_ONCE = 5_000
# UU 27/2022, pasal 16 ayat 2 huruf g: what is known of people is erased when its term is over.
LAW = _("UU 27/2022 Pasal 16")


def delete(rows):
    rows.model.objects.filter(pk__in=rows.order_by().values("pk")[:AT_ONCE]).delete()


class Kept(Declared):
    """A kind of rows, of at most 20 letters."""

    def __new__(cls, word, label, *, rows, days=0, least=1, most=0, setting="", forget=delete, rule=LAW):
        facts = {"rows": rows, "days": days, "least": least, "most": most, "setting": setting}
        return super().__new__(cls, word, label, forget=forget, rule=rule, **facts)


def terms():
    """`{kept: days}`, as the operator or the ministry says, or as the portal comes."""
    rows = dict(RetentionTerm.objects.values_list("word", "days"))
    return {
        kept: getattr(settings, kept.setting) if kept.setting else rows.get(kept, kept.days)
        for kept in Kept.known.values()
    }


def over():
    """`(kept, days, rows whose term is over)` of each kind."""
    for kept, days in terms().items():
        yield kept, days, kept.rows(timezone.now() - timedelta(days=days))


def carry_out():
    for kept, _days, rows in over():
        kept.forget(rows)


def finished(limit):
    # A job whose worker was lost never finishes.
    return DBTaskResult.objects.filter(Q(finished_at__lt=limit) | Q(finished_at=None, started_at__lt=limit))


Kept(
    "kiriman",
    _("pesan yang dikirim lewat surel, ponsel, dan obrolan"),
    days=30,
    least=7,
    most=90,
    rows=lambda limit: Dispatch.objects.filter(created_at__lt=limit),
)
Kept(
    "kabar",
    _("kabar di ruang orang"),
    days=730,
    least=90,
    most=1825,
    rows=lambda limit: Notice.objects.filter(created_at__lt=limit),
)
Kept("pekerjaan", _("hasil pekerjaan di latar belakang"), days=14, least=1, most=90, rows=finished)
