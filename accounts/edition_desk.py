"""A new edition of the regions at the desk of the ministry: its files, the difference it makes, one button."""

from http import HTTPStatus
from secrets import token_hex

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.decisions import StepRefused
from accounts.fields import NameField, SeenCharField
from accounts.models import EditionUpload, OfficerAssignment
from accounts.scoped_admin import NationalAdmin
from accounts.tasks import compare_edition, load_edition
from accounts.typed import plain_name, plain_sentence
from pages.limits import in_time
from pages.paging import KeysetPage
from pages.twice import SAME_PAGE
from regions.changes import KINDS
from regions.list_files import MAX_FILE, MIB, read_former, read_list
from regions.models import Region
from regions.tables import FileRefused

PAGE_SIZE = 50
OFFICERS_SHOWN = 50
# Of the changes: those alone of regions that end while something depends on them.
DEPENDED_ON = "bergantung"


class ListField(forms.FileField):
    """A CSV, gzipped or not, read to its end before it is taken; what is wrong is said with its row."""

    widget = forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.gz"})

    def __init__(self, *, read, **options):
        super().__init__(**options)
        self.read = read

    def clean(self, value, initial=None):
        file = super().clean(value, initial)
        if file:
            try:
                for _record in self.read(file):
                    pass
            except FileRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
            file.seek(0)
        return file


class EditionForm(forms.Form):
    name = NameField(
        label=_("nama edisi"),
        max_length=60,
        validators=[plain_name],
        help_text=_("Nomor keputusannya, misalnya Kepmendagri 300.2.2-2138/2025."),
    )
    file = ListField(
        read=read_list,
        label=_("daftar semua wilayah (CSV, boleh GZ)"),
        help_text=_(
            "Kolom kode dan nama; lintang, bujur, dan kode pos boleh ada. Simpan kode sebagai teks. Paling besar "
            "%(most)s MB."
        ),
    )
    former_file = ListField(
        read=read_former,
        required=False,
        label=_("kode dan nama lama (CSV, boleh kosong)"),
        help_text=_(
            "Kolom kode_lama, nama_lama, dan kode_baru: ke mana setiap kode lama pergi. Dengan berkas ini wilayah yang "
            "berganti kode dikenali, dan yang berakhir mempunyai pengganti."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.help_text = field.help_text % {"most": MAX_FILE // MIB}

    def receive(self, *, by):
        facts = self.cleaned_data
        upload = EditionUpload(name=facts["name"], uploaded_by=by)
        for name in ("file", "former_file"):
            if facts[name]:
                getattr(upload, name).save(f"{token_hex(8)}.list", facts[name], save=False)
        upload.save()
        return upload


class LoadForm(forms.Form):
    reason = SeenCharField(
        label=_("alasan"),
        max_length=300,
        validators=[plain_sentence],
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Misalnya: Kepmendagri baru berlaku 1 Januari. Alasan tersimpan dalam jejak perubahan."),
    )
    is_looked_through = forms.BooleanField(
        label=_("Saya sudah memeriksa perubahan di atas."),
        error_messages={"required": _("Periksa dahulu perubahannya, lalu centang di sini.")},
    )


class EditionUploadAdmin(NationalAdmin):
    list_display = ["name", "status", "uploaded_by", "uploaded_at", "finished_at"]
    also_exported = ["approved_by", "reason"]
    list_filter = ["status"]
    list_select_related = ["uploaded_by", "approved_by"]
    search_fields = ["name"]
    fields = ["name", "status"]
    ordering = ["-pk"]

    def has_add_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = EditionForm(request.POST or None, request.FILES or None)
        status = HTTPStatus.OK
        if request.method == "POST":
            if form.is_valid() and in_time(request, form, "file", field="file"):
                if SAME_PAGE.is_again(request):
                    return self.already_saved(request)
                upload = form.receive(by=request.user)
                compare_edition.enqueue(upload.pk)
                return redirect(upload.desk_path)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return self.page(request, "edition_add.html", _("Edisi wilayah baru"), status, form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The difference, page by page, and what may be done with it."""
        upload = self.get_object(request, object_id)
        form, status = LoadForm(request.POST if request.POST.get("deed") == "load" else None), HTTPStatus.OK
        if request.method == "POST":
            if upload.is_under_way:  # a second click
                return redirect(upload.desk_path)
            try:
                if done(request, upload, form):
                    return redirect(upload.desk_path)
                status = HTTPStatus.UNPROCESSABLE_ENTITY
            except StepRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(upload.desk_path)
        facts = {} if upload.is_under_way else difference(request, upload)
        return self.page(request, "edition.html", upload.name, status, upload=upload, form=form, **facts)

    def page(self, request, template, title, status, **facts):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **facts}
        return TemplateResponse(request, f"admin/accounts/{template}", context, status=status)


def done(request, upload, form):
    """Whether what was asked for could be done."""
    match request.POST.get("deed"):
        case "load" if form.is_valid():
            reason = form.cleaned_data["reason"]
            with with_reason(reason):
                upload.approve(by=request.user, reason=reason)
            load_edition.enqueue(upload.pk)
        case "again":
            upload.start_again()
            compare_edition.enqueue(upload.pk)
        case "discard":
            upload.discard()
            messages.success(request, _("Edisi ini dibuang. Tidak ada wilayah yang berubah."))
        case _other:
            return False
    return True


def difference(request, upload):
    """The numbers by kind and level, a page of the changes of one kind, and the officers whose region ends."""
    numbers = upload.numbers
    shown, level = request.GET.get("jenis", ""), request.GET.get("tingkat", "")
    changes = upload.changes.all()
    if shown == DEPENDED_ON:
        changes = changes.exclude(depending=[])
    else:
        shown = shown if shown in numbers else next(iter(numbers), "")
        changes = changes.filter(kind=shown)
    levels = {str(number): Region.Level(number).label for number in numbers.get(shown, {})}
    if level in levels:
        changes = changes.filter(level=level)
    return {
        "numbers": [(kind, KINDS[kind], sum(by_level.values())) for kind, by_level in numbers.items()],
        "levels": [(number, label, numbers[shown][int(number)]) for number, label in levels.items()],
        "number_depended_on": upload.changes.exclude(depending=[]).count() if upload.depending else 0,
        "shown": shown,
        "level": level,
        "page_of_changes": KeysetPage(changes, request.GET, order="code", size=PAGE_SIZE),
        "officers": officers_of_ending(upload),
    }


def officers_of_ending(upload):
    """The current assignments in regions that end: they do not move by themselves."""
    ending = upload.changes.filter(kind="retired").values("code")
    here = OfficerAssignment.objects.current().filter(region__code__in=ending)
    return here.select_related("user", "region").order_by("region__code")[:OFFICERS_SHOWN]
