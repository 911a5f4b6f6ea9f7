"""What was decided and handed in, on paper."""

from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from accounts.scoped_admin import CarefulForm, ScopedAdmin
from communities.models import Certificate, Community, Decree, Paper, Verification
from communities.paper_fields import PaperField, ask_again
from communities.paper_pages import GONE, MOST_SHOWN, PageRefused, page_counts, page_picture
from communities.papers import NOTHING, attachment
from communities.views.certificates import to_print
from regions.atlas import FROM_ATLAS
from regions.clocks import today
from regions.templatetags.places import place_date

# Each sheet is drawn anew.
MOST_PRINTED = 50


class WithFile(ScopedAdmin):
    """A table with a file in each row, to be downloaded and never shown by the browser."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        return [path("<int:pk>/berkas/", self.by_desk(download), name=name), *super().get_urls()]


@csp_override(NOTHING)
def download(desk, request, pk):
    row = desk.get_object(request, str(pk))
    return attachment(row.file, getattr(row, "name", "") or f"{row._meta.model_name}-{row.pk}.pdf")


class WithPages(WithFile):
    """Its file is read as pictures of its pages, too."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_page"
        return [path("<int:pk>/halaman/<int:number>/", self.by_desk(page), name=name), *super().get_urls()]


@csp_override(NOTHING)
def page(desk, request, pk, number):
    """A page of the file as a picture; the very rules of the file, and nobody keeps it."""
    row = desk.get_object(request, str(pk))
    if not row.file or number not in said_of(page_counts([row.file])[row.file.name])["shown"]:
        raise Http404
    try:
        return HttpResponse(page_picture(row.file, number), content_type="image/webp")
    except PageRefused as refusal:
        return HttpResponse(str(refusal), content_type="text/plain", status=HTTPStatus.UNPROCESSABLE_ENTITY)


def with_pages(rows):
    """Each row with what a page of the desk says of its file: see `said_of`."""
    counts = page_counts([row.file for row in rows])
    return [(row, said_of(counts[row.file.name])) for row in rows]


def said_of(number):
    """The numbers of the pages that are shown, and how many there are; of a file that is gone, `number` is None."""
    gone = GONE if number is None else ""
    return {"shown": range(1, min(number or 0, MOST_SHOWN) + 1), "number": number, "gone": gone}


class Unasked(forms.HiddenInput):
    """Without the label that the desk writes beside each field: HTML allows none for what is hidden."""

    def id_for_label(self, id_):
        return ""


class DecreeForm(CarefulForm):
    """With its file, which takes the place of a wrong one; whether a known number is meant once more is asked."""

    # Those that the officer may see.
    known = Decree.objects.none()
    # Shown where there is such a number.
    is_another = forms.BooleanField(
        label=_("Ini SK lain dengan nomor dan tanggal yang sama."), required=False, widget=Unasked
    )
    paper = PaperField(label=capfirst(_("berkas SK")), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.file:
            field = self.fields["paper"]
            field.label = capfirst(_("berkas pengganti"))
            when = _("Hanya bila berkas sekarang salah; berkas itu lalu dihapus.")
            field.help_text = format_lazy("{when} {how}", when=when, how=field.help_text)

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if paper and paper.refusals:
            raise forms.ValidationError(list(paper.refusals))
        return paper

    def clean(self):
        super().clean()
        facts = self.cleaned_data
        is_typed = {"number", "issued_on"} & {*self.changed_data} and facts.get("number") and facts.get("issued_on")
        if is_typed and not facts.get("is_another"):
            alike = self.known.alike(facts["number"], facts["issued_on"])
            if twin := alike.exclude(pk=self.instance.pk).first():
                self.ask_whether_another(twin)

    def ask_whether_another(self, twin):
        self.fields["is_another"].widget = forms.CheckboxInput()
        why = _("SK dengan nomor dan tanggal ini sudah tercatat: {decree}. Buka SK itu, atau centang bila ini SK lain.")
        link = format_html('<a href="{}">{}</a>', reverse("admin:communities_decree_change", args=[twin.pk]), twin)
        self.add_error("is_another", format_html(why, decree=link))

    def _post_clean(self):
        super()._post_clean()
        ask_again(self, "paper")


@admin.register(Decree)
class DecreeAdmin(WithPages):
    form = DecreeForm
    is_record = True
    scope = "region"
    list_display = ["number", "issuer", "region", "issued_on", "ends_on"]
    list_filter = ["issuer"]
    list_select_related = ["region"]
    search_fields = ["number"]
    needs_reason = True
    past_days = ["issued_on"]
    autocomplete_fields = ["region"]
    fields = [
        *("number", "issued_on", "is_another", "issuer", "issuer_name", "region"),
        *("starts_on", "ends_on", "present_file", "paper"),
    ]
    readonly_fields = ["present_file"]

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.known = self.get_queryset(request)
        return form

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if obj or name != "present_file"]

    @admin.display(description=_("berkas sekarang"))
    def present_file(self, decree):
        if not decree.file:
            return _("belum ada")
        url = reverse("admin:communities_decree_file", args=[decree.pk])
        return format_html('<a href="{}">{}</a>', url, _("Unduh SK"))

    def store(self, request, obj, form, change):
        if paper := form.cleaned_data["paper"]:
            obj.keep(paper.content)
        else:
            super().store(request, obj, form, change)

    def choice_label(self, decree):
        issuer = decree.issuer_name or decree.get_issuer_display()
        return f"{decree.number}, {place_date(decree.issued_on)} · {issuer}, {decree.region.long_name}"

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff


class OfKim(ScopedAdmin):
    """What belongs to a KIM, to be read; nothing of drafts."""

    scope = "community__seat"

    def rows_for(self, user):
        return super().rows_for(user) & ~Q(community__status=Community.Status.DRAFT)

    @admin.display(description=_("kedudukan"), ordering="community__seat__name")
    def place(self, row):
        """Many a name is that of several KIM."""
        return row.community.seat.full_name


@admin.register(Paper)
class PaperAdmin(OfKim, WithPages):
    is_record = True
    list_display = ["community", "place", "kind", "name", "photo_count", "uploaded_at", "replaced_at"]
    list_filter = ["kind"]
    list_select_related = ["community"]
    search_fields = ["community__name", "name"]
    fields = ["community", "kind", "name", "photo_count", "size", "uploaded_at", "replaced_at"]


@admin.register(Verification)
class VerificationAdmin(OfKim):
    is_record = True
    list_display = ["community", "place", "opened_at", "closed_at", "outcome", "by"]
    list_filter = ["outcome"]
    list_select_related = ["community", "by"]
    search_fields = ["community__name"]
    fields = ["community", "opened_at", "closed_at", "outcome", "note", "by"]


@admin.action(description=_("Unduh piagam untuk dicetak (satu PDF)"))
def print_many(desk, request, certificates):
    """As after a ceremony: a sheet for each that holds; the others are counted."""
    related = ("decree", "community__seat")
    chosen = list(certificates.select_related(*related).order_by("community__name")[: MOST_PRINTED + 1])
    if len(chosen) > MOST_PRINTED:
        messages.error(request, _("Pilih paling banyak %(number)s piagam sekaligus.") % {"number": MOST_PRINTED})
        return None
    valid = [each for each in chosen if each.standing == Certificate.Standing.VALID]
    if len(valid) < len(chosen):
        number = {"number": len(chosen) - len(valid)}
        messages.warning(request, _("Tidak ikut dicetak karena tidak berlaku lagi: %(number)s piagam.") % number)
    return to_print(valid, today(request.user.place)) if valid else None


@admin.register(Certificate)
class CertificateAdmin(OfKim):
    is_record = True
    actions = [print_many]
    list_display = ["community", "place", "decree", "office_name", "issued_at", "standing_today"]
    list_select_related = ["community", "decree"]
    search_fields = ["community__name", "community__number", "decree__number"]
    fields = ["community", "decree", "office_name", "issued_at", "standing_today", "replaced_at"]

    @admin.display(description=_("hari ini"))
    def standing_today(self, certificate):
        return certificate.standing.label

    def view_on_site(self, certificate):
        return certificate.get_absolute_url()
