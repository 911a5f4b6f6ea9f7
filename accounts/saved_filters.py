"""Filters of the desk's lists that officers keep under a name: shown above the list, kept and let go by one press."""

from django import forms
from django.contrib import messages
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.fields import NameField
from accounts.models import SavedFilter
from accounts.models.saved_filters import MOST_OF_A_LIST
from accounts.typed import plain_name
from pages.paging import AFTER, BEFORE

# Where in a list one is says nothing about what one looks for.
NOT_KEPT = (PAGE_VAR, ALL_VAR, ERROR_FLAG, AFTER, BEFORE)


class SaveFilterForm(forms.Form):
    name = NameField(
        max_length=60,
        validators=[plain_name],
        error_messages={"required": _("Beri saringan ini nama."), "max_length": _("Paling banyak 60 huruf.")},
    )
    query = forms.CharField(
        max_length=1000,
        error_messages={
            "required": _("Saring dahulu daftarnya, lalu simpan."),
            "max_length": _("Saringan ini terlalu panjang untuk disimpan."),
        },
    )

    def clean_query(self):
        query = kept(QueryDict(self.cleaned_data["query"].removeprefix("?")))
        if not query:
            raise ValidationError(self.fields["query"].error_messages["required"])
        return query


def kept(params):
    """The filters and the search of a query, without the page that one is on."""
    params = params.copy()
    for name in NOT_KEPT:
        params.pop(name, None)
    return params.urlencode()


def shown(desk, request):
    """What a list shows of them: those of this officer, and the query that could be kept now."""
    query = kept(request.GET)
    own = SavedFilter.objects.of(request.user, desk.opts.label_lower)
    return {"own": [(row, row.query == query) for row in own], "query": query, "table": desk.opts.label_lower}


def save(site, request):
    table = request.POST.get("table", "")
    if table not in {model._meta.label_lower for model in site._registry}:
        raise Http404
    form, own = SaveFilterForm(request.POST), SavedFilter.objects.of(request.user, table)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    elif own.count() >= MOST_OF_A_LIST:
        most = {"most": MOST_OF_A_LIST}
        messages.error(request, _("Setiap daftar menyimpan paling banyak %(most)s saringan. Hapus satu dahulu.") % most)
    elif keep(request.user, table, **form.cleaned_data):
        messages.success(request, _("Saringan “%(name)s” tersimpan.") % form.cleaned_data)
    else:
        messages.error(request, _("Saringan bernama “%(name)s” sudah ada. Pilih nama lain.") % form.cleaned_data)
    shown_at = reverse(f"admin:{table.replace('.', '_')}_changelist")
    return redirect(f"{shown_at}?{form.cleaned_data.get('query', '')}")


def keep(user, table, *, name, query):
    try:
        with transaction.atomic():
            SavedFilter.objects.create(user=user, table=table, name=name, query=query)
    except IntegrityError:
        return False
    return True


@require_POST
def forget(request, pk):
    row = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    row.delete()
    messages.success(request, _("Saringan “%(name)s” dihapus.") % {"name": row.name})
    return redirect(row.url.partition("?")[0])
