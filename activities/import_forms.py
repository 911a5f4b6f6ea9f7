from django import forms
from django.utils.translation import gettext_lazy as _

from activities.blog_files import BlogRefused, read_blog

MOST_BYTES = 10 * 1024 * 1024


class BlogForm(forms.Form):
    """The export of an old blog; cleans to what `read_blog` found in it."""

    file = forms.FileField(
        label=_("Berkas ekspor blog"),
        help_text=_("RSS, Atom, atau WXR (.xml), paling besar 10 MB."),
        error_messages={"required": _("Pilih berkasnya."), "empty": _("Berkas ini kosong.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.rss,.atom,application/xml,text/xml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Berkas ini lebih besar dari 10 MB. Ekspor blog Anda per tahun, lalu unggah satu per satu.")
            )
        try:
            blog = read_blog(file.read())
        except BlogRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not blog.entries:
            raise forms.ValidationError(_("Tidak ada tulisan di berkas ini."))
        return blog
