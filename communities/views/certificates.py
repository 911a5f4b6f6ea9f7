"""The certificate of a KIM, checked by anyone with its code."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from communities.certificate_pdf import certificates_pdf, qr_svg
from communities.models import Certificate
from pages.reading import require_safe


def certificate_or_404(token):
    related = ("decree", "community__seat__district", "community__seat__regency", "community__seat__province")
    return get_object_or_404(Certificate.objects.select_related(*related), token=token)


def url_of(certificate):
    """What the code on the sheet leads to: without a language, so that it fits every reader."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + certificate.get_absolute_url()


@require_safe
@login_not_required
@never_cache
def certificate(request, token):
    """What it says is true this second: never kept."""
    found = certificate_or_404(token)
    context = {
        "certificate": found,
        "community": found.community,
        "is_valid": found.standing == Certificate.Standing.VALID,
        "newer": found.replaced_at and found.community.certificates.filter(replaced_at=None).first(),
        "qr": qr_svg(url_of(found)),
        "url": url_of(found),
        "as_of": timezone.now(),
    }
    return render(request, "communities/certificate.html", context)


@require_safe
@login_not_required
@never_cache
def certificate_file(request, token):
    """The sheet to print; of a certificate that no longer holds there is none."""
    found = certificate_or_404(token)
    if found.standing != Certificate.Standing.VALID:
        return redirect(found)
    return to_print([found], found.community.slug)


def to_print(certificates, name):
    """A PDF with a sheet for each of them."""
    headers = {"Content-Disposition": f'attachment; filename="piagam-{name}.pdf"'}
    content = certificates_pdf(*((each, url_of(each)) for each in certificates))
    return HttpResponse(content, content_type="application/pdf", headers=headers)
