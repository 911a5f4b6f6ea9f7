from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import SeenCharField
from activities.blogs.archives import Archive, ArchiveRefused
from activities.blogs.files import BlogRefused, is_archive, read_export
from pages.web_urls import public_url

MIB = 2**20
# An archive with photos; what one feed may be is said in blog_archives.
MOST_BYTES, MOST_ZIP_BYTES = 10 * MIB, 48 * MIB
FEED_TYPES = ".xml,.rss,.atom,application/xml,text/xml"
ZIP_TYPES = ".zip,application/zip"


def in_megabytes(sentence):
    """The sentence with `{feed}` and `{zip}`, the most that a feed and an archive may weigh."""
    return format_lazy(sentence, feed=MOST_BYTES // MIB, zip=MOST_ZIP_BYTES // MIB)


class BlogForm(forms.Form):
    """The export of an old blog; cleans to what `read_export` found in it, and to open archives of photos."""

    file = forms.FileField(
        label=_("Berkas ekspor blog"),
        help_text=in_megabytes(
            _("RSS, Atom, atau WXR (.xml) sampai {feed} MB, atau ZIP sampai {zip} MB, misalnya dari Google Takeout.")
        ),
        error_messages={"required": _("Pilih berkasnya."), "empty": _("Berkas ini kosong.")},
        widget=forms.ClearableFileInput(attrs={"accept": f"{FEED_TYPES},{ZIP_TYPES}"}),
    )
    photos = forms.FileField(
        label=_("ZIP foto, bila terpisah"),
        help_text=in_megabytes(_("Misalnya folder uploads WordPress yang dijadikan ZIP, sampai {zip} MB.")),
        error_messages={"empty": _("Berkas ini kosong.")},
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ZIP_TYPES}),
    )
    site = SeenCharField(
        label=_("alamat blog lama"),
        help_text=_("Bila berkasnya tidak menyebutnya: Google Takeout hanya menulis akhir alamat tiap tulisan."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://kimcontoh.blogspot.com"}),
    )

    field_order = ["site", "file", "photos"]  # the export is read with its site

    def clean_site(self):
        site = self.cleaned_data["site"].rstrip("/")
        if site and "://" not in site:
            site = f"https://{site}"
        if site:
            try:
                forms.URLField(assume_scheme="https").clean(site)
            except forms.ValidationError:
                raise forms.ValidationError(_("Tulis alamatnya seperti https://kimcontoh.blogspot.com")) from None
            public_url(site)
        return site

    def clean_file(self):
        file = self.cleaned_data["file"]
        if is_archive(file):
            refuse_too_large(file)
        elif file.size > MOST_BYTES:
            raise forms.ValidationError(
                in_megabytes(
                    _("Berkas ini lebih besar dari {feed} MB. Ekspor blog Anda per tahun, lalu unggah satu per satu.")
                )
            )
        try:
            blog = read_export(file, self.cleaned_data.get("site", ""))
        except BlogRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not blog.entries:
            raise forms.ValidationError(_("Tidak ada tulisan di berkas ini."))
        return blog

    def clean_photos(self):
        file = self.cleaned_data["photos"]
        if not file:
            return None
        refuse_too_large(file)
        if not is_archive(file):
            raise forms.ValidationError(_("Berkas ini bukan ZIP. Jadikan folder fotonya satu ZIP, lalu pilih lagi."))
        try:
            archive = Archive(file)
        except ArchiveRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not archive.photos:
            raise forms.ValidationError(_("Tidak ada foto di ZIP ini."))
        return archive


def refuse_too_large(file):
    if file.size > MOST_ZIP_BYTES:
        raise forms.ValidationError(
            in_megabytes(_("ZIP ini lebih besar dari {zip} MB. Bagi fotonya menjadi beberapa ZIP."))
        )
