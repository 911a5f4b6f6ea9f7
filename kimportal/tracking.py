"""One page for every code that the portal gives: of a report, a proposal, a KIM, a certificate."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from activities.reader_forms import FlagCodeForm
from aspirations.forms.public import CodeForm
from communities.models import Certificate, Community

TOKEN = re.compile(r"[\w-]{22}")  # as communities.models.certificate makes them
NUMBER = re.compile(r"\d{12,14}")  # ten of its place and a serial (communities.models.numbers)
# What says of itself that it is a code, as nobody writes words: ASP-2026-000123, LAP-ABCD2345.
SAYS_SO = re.compile(r"(?:ASP[\W_]*(?:20\d\d[\W_]*)?\d{1,8}|LAP[\W_]+[0-9A-Z]{8})", re.IGNORECASE)

# The number of a decree as offices write it, 188.4/77/SK/2026, perhaps after what it is: "SK No. 188.4/77/SK/2026".
OF_A_DECREE = re.compile(r"(?:(?:SK|nomor|no)\b[\s.:]*)*(?P<number>[^:]*\d[^:]*/[^:]*)", re.IGNORECASE)
# The date that pages and papers print behind it: "77/SK/2026, 18 Februari 2026".
DATED = re.compile(
    r"[\s,]+(?:(?:tanggal|tgl|dated)\b[\s.]*)?\d{1,2}[\s./-](?:\d{1,2}|[^\W\d]+)[\s./-]\d{4}$", re.IGNORECASE
)
MOST_COMMUNITIES = 12
# What the pages of codes are called where a search box offers them, but those of KIM.
CALLED = {"aspirations:detail": _("Usulan %(code)s"), "activities:flag_result": _("Laporan %(code)s")}


class AnyCodeForm(forms.Form):
    """A code as people copy it, alone or in the address of its page."""

    kode = forms.CharField(
        label=_("Kode"),
        max_length=200,
        help_text=_("Misalnya ASP-2026-000123 untuk usulan, LAP-ABCD2345 untuk laporan, atau nomor KIM."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_kode(self):
        """Sets `url`, that of the page the code is of."""
        text = self.cleaned_data["kode"]
        self.url = of_any_other(text) or of_aspiration(text)
        return text


class SearchedCode:
    """What was typed into the search box, where it may be a code: the `url` of what it is of, or a `refusal` in words
    where it says that it is one; neither for whatever else people look for. `communities` are those whose decree has
    the number that was typed, for offices of several places give the same.
    """

    def __init__(self, text):
        text = text.strip()
        self.communities = by_decree(text)
        self.url, self.refusal = None, ""
        if is_code(text):
            form = AnyCodeForm({"kode": text})
            self.url, self.refusal = (form.url, "") if form.is_valid() else (None, form.errors["kode"][0])
        else:
            self.url = of_community(text) or of_certificate(text)

    @property
    def offers(self):
        """What a search box offers for it while someone types."""
        return [offer(self.label, self.url)] if self.url else [offer(*named(kim)) for kim in self.communities]

    @property
    def label(self):
        """What its page is of, in words."""
        page = resolve(self.url)
        if page.view_name == "community":
            return named(Community.objects.select_related("seat").get(slug=page.kwargs["slug"]))[0]
        return CALLED.get(page.view_name, _("Piagam KIM")) % page.kwargs

    @property
    def is_answered(self):
        """Whether more is said of it than of any other words."""
        return bool(self.refusal or self.communities)


def offer(label, url):
    return {"label": label, "url": url}


def named(community):
    """A KIM in words, and its URL."""
    return f"{community.name}, {community.seat.full_name}", community.get_absolute_url()


def is_code(text):
    """Whether it says of itself that it is the code of something, alone or at the end of a URL."""
    return bool(SAYS_SO.fullmatch(text.strip().rstrip("/").rpartition("/")[2]))


def of_any_other(text):
    return next(filter(None, (find(text) for find in (of_report, of_community, of_certificate))), None)


def of_report(text):
    form = FlagCodeForm({"code": text.rstrip("/").rpartition("/")[2]})
    return reverse("activities:flag_result", args=[form.flag.code]) if form.is_valid() else None


def of_community(text):
    number = re.sub(r"[\s.-]", "", text)
    if not NUMBER.fullmatch(number):
        return None
    community = Community.objects.public().filter(number=number).first()
    return community and community.get_absolute_url()


def by_decree(text):
    found = OF_A_DECREE.fullmatch(text)
    if found is None:
        return []
    is_so_called = Q(decree__number__iexact=text) | Q(decree__number__iexact=DATED.sub("", found["number"]))
    return list(Community.objects.registered().filter(is_so_called).order_by("name").for_cards()[:MOST_COMMUNITIES])


def of_certificate(text):
    token = text.rstrip("/").rpartition("/")[2]
    found = TOKEN.fullmatch(token) and Certificate.objects.filter(token=token).first()
    return found.get_absolute_url() if found else None


def of_aspiration(text):
    """The last that is asked, as it says best what is wrong with a code."""
    form = CodeForm({"kode": text})
    if form.is_valid():
        return form.found.get_absolute_url()
    sentence = form.errors["kode"][0]
    raise ValidationError(UNKNOWN if sentence == str(CodeForm.UNKNOWN) else sentence)


UNKNOWN = _("Kode ini tidak kami temukan, atau yang dituju tidak tampil untuk umum. Periksa lagi huruf dan angkanya.")
