"""The certificate as a sheet of A4, drawn from the KIM as it stands; its code leads to where one checks it."""

import io
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from communities.printing import new_sheet, printable
from regions.templatetags.places import place_date

WIDTH, HEIGHT, MARGIN = 210, 297, 12
# From where the text begins, and where the code does, which stands at its place however long a name is.
TOP, CODE_TOP = 36, 206
SCALES = [1 - step / 20 for step in range(13)]
BLUE, DEEP, WARM, INK, GREY = (9, 86, 195), (2, 42, 91), (217, 72, 15), (20, 20, 20), (90, 90, 90)


def certificates_pdf(*certificates):
    """The bytes of a PDF with a sheet for each `(certificate, what its code leads to)`.

    Always in Indonesian, the language of the decree.
    """
    with translation.override("id"):
        pdf = new_sheet(format="A4")
        pdf.set_auto_page_break(False)
        names = ", ".join(certificate.community.name for certificate, _url in certificates)
        pdf.set_title(_("Piagam %(name)s") % {"name": names})
        pdf.set_author(certificates[0][0].office_name)
        pdf.set_lang("id")
        for certificate, url in certificates:
            drawn = CertificateSheet(certificate, pdf)
            drawn.frame()
            drawn.body()
            drawn.foot(url)
        return bytes(pdf.output())


def qr_svg(url):
    """The code as an SVG of one path, for a page."""
    import qrcode.image.svg  # not by every process: 6 MB, with lxml

    image = qrcode.make(url, image_factory=qrcode.image.svg.SvgPathImage, border=2)
    return mark_safe(image.to_string(encoding="unicode"))


@dataclass(frozen=True)
class CentredText:
    """Centred text, which may run over several lines; `above` is the room over it in mm, `size` is in points."""

    text: str
    size: float
    above: float = 0
    style: str = ""
    family: str = "sans"
    colour: tuple = INK


class CertificateSheet:
    def __init__(self, certificate, pdf):
        self.certificate, self.kim, self.decree = certificate, certificate.community, certificate.decree
        self.pdf = pdf
        self.pdf.add_page()

    def write(self, y, lines, scale=1.0, *, is_tried=False):
        """The lines from y down, this much smaller; the y below them. Only tried, nothing is drawn."""
        for line in lines:
            self.pdf.set_font(line.family, line.style, line.size * scale)
            self.pdf.set_text_color(*line.colour)
            self.pdf.set_xy(MARGIN + 16, y + line.above * scale)
            y = self.pdf.get_y() + self.pdf.multi_cell(
                WIDTH - 2 * (MARGIN + 16), line.size * scale * 0.46, printable(line.text), align="C",
                dry_run=is_tried, output="HEIGHT",
            )  # fmt: skip
        return y

    def fitting(self, top, bottom, lines):
        """How much smaller the lines must be to end above the bottom: names may be as long as they like."""
        return next((scale for scale in SCALES if self.write(top, lines, scale, is_tried=True) <= bottom), SCALES[-1])

    def frame(self):
        """Two lines, and between them a band of kawung, four petals to a flower."""
        for inset, weight, colour in ((MARGIN, 0.9, DEEP), (MARGIN + 9, 0.3, BLUE)):
            self.pdf.set_line_width(weight)
            self.pdf.set_draw_color(*colour)
            self.pdf.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
        self.pdf.set_line_width(0.25)
        self.pdf.set_draw_color(*BLUE)
        across, down = 20, 29
        step_x, step_y = (WIDTH - 2 * MARGIN - 9) / across, (HEIGHT - 2 * MARGIN - 9) / down
        left, top = MARGIN + 4.5, MARGIN + 4.5
        for column in range(across + 1):
            for y in (top, HEIGHT - top):
                self.flower(left + column * step_x, y)
        for row in range(1, down):
            for x in (left, WIDTH - left):
                self.flower(x, top + row * step_y)

    def flower(self, x, y):
        for dx, dy, width, height in (
            (-3.4, -0.9, 3.2, 1.8),
            (0.2, -0.9, 3.2, 1.8),
            (-0.9, -3.4, 1.8, 3.2),
            (-0.9, 0.2, 1.8, 3.2),
        ):
            self.pdf.ellipse(x + dx, y + dy, width, height)

    def body(self):
        """Who gives what to whom, and by which decision."""
        name = self.kim.name
        lines = [
            CentredText(self.certificate.office_name.upper(), 12, style="B", colour=DEEP),
            CentredText(_("PIAGAM PENGUKUHAN"), 27, 9, style="B", colour=BLUE, family="serif"),
            CentredText(_("Komunitas Informasi Masyarakat (KIM)"), 12, 2, colour=GREY),
            CentredText(_("diberikan kepada"), 12, 12, style="I", colour=GREY, family="serif"),
            CentredText(name, 26 if len(name) < 40 else 19, 4, style="B", colour=DEEP, family="serif"),
            CentredText(self.kim.seat.long_name, 13, 2),
            CentredText(_("Nomor KIM %(number)s") % {"number": self.kim.number}, 13, 4, style="B", colour=WARM),
            CentredText(self.decision(), 12.5, 10),
            CentredText(self.term(), 12.5, 3),
        ]
        self.write(TOP, lines, self.fitting(TOP, CODE_TOP - 4, lines))

    def decision(self):
        facts = {
            "number": self.decree.number,
            "date": place_date(self.decree.issued_on),
            "issuer": self.decree.issuer_name or self.decree.get_issuer_display(),
        }
        return _("Dikukuhkan dengan keputusan %(issuer)s nomor %(number)s tanggal %(date)s.") % facts

    def term(self):
        term = {"start": place_date(self.decree.begins_on)}
        if not self.decree.ends_on:
            return _("Berlaku sejak %(start)s.") % term
        return _("Berlaku sejak %(start)s sampai dengan %(end)s.") % (term | {"end": place_date(self.decree.ends_on)})

    def foot(self, url):
        import qrcode

        code = io.BytesIO()
        qrcode.make(url, border=1).save(code, "PNG")
        self.pdf.image(code, x=WIDTH / 2 - 19, y=CODE_TOP, w=38, alt_text=_("Kode QR ke halaman verifikasi"))
        place = self.kim.seat
        words = {"issued": place_date(self.certificate.issued_at, place), "printed": place_date(timezone.now(), place)}
        lines = [
            CentredText(_("Pindai untuk memeriksa apakah piagam ini masih berlaku."), 10, colour=GREY),
            CentredText(url, 8, 1, colour=BLUE),
            CentredText(_("Diterbitkan %(issued)s · dicetak dari data portal %(printed)s") % words, 8, 3, colour=GREY),
        ]
        self.write(246, lines)
