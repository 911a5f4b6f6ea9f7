"""The certificate as a sheet of A4, drawn from the KIM as it stands; its code leads to where one checks it."""

import io
from datetime import date

import qrcode
import qrcode.image.svg
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT, MARGIN = 210, 297, 12
BLUE, DEEP, WARM, INK, GREY = (9, 86, 195), (2, 42, 91), (217, 72, 15), (20, 20, 20), (90, 90, 90)


def certificate_pdf(certificate, address):
    """The bytes of the PDF; `address` is what the code leads to. Always in Indonesian, the language of the decree."""
    with translation.override("id"):
        sheet = Sheet(certificate)
        sheet.frame()
        sheet.heading()
        sheet.community()
        sheet.facts()
        sheet.foot(address)
        return bytes(sheet.pdf.output())


def qr_svg(address):
    """The code as an SVG of one path, for a page."""
    image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2)
    return mark_safe(image.to_string(encoding="unicode"))


def latin(text):
    """What the fonts that every PDF reader brings along can write."""
    return str(text).replace("–", "-").replace("’", "'").encode("latin-1", "replace").decode("latin-1")


def day(moment):
    return date_format(moment if isinstance(moment, date) else timezone.localtime(moment), "j F Y")


class Sheet:
    def __init__(self, certificate):
        from fpdf import FPDF  # 20 MB with its fonts, for the processes that draw a sheet alone

        self.certificate, self.kim, self.decree = certificate, certificate.community, certificate.decree
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_title(latin(_("Piagam %(name)s") % {"name": self.kim.name}))
        self.pdf.set_author(latin(certificate.office_name))
        self.pdf.set_lang("id")
        self.pdf.add_page()

    def write(self, y, text, size, *, style="", colour=INK, family="Helvetica"):
        """Centred lines from y down, smaller when a word is wider than the sheet; the y below them."""
        self.pdf.set_font(family, style, size)
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(MARGIN + 16, y)
        self.pdf.multi_cell(WIDTH - 2 * (MARGIN + 16), size * 0.46, latin(text), align="C")
        return self.pdf.get_y()

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

    def heading(self):
        y = self.write(36, self.certificate.office_name.upper(), 12, style="B", colour=DEEP)
        y = self.write(y + 9, _("PIAGAM PENGUKUHAN"), 27, style="B", colour=BLUE, family="Times")
        self.y = self.write(y + 2, _("Komunitas Informasi Masyarakat (KIM)"), 12, colour=GREY)

    def community(self):
        y = self.write(self.y + 12, _("diberikan kepada"), 12, style="I", colour=GREY, family="Times")
        y = self.write(
            y + 4, self.kim.name, 26 if len(self.kim.name) < 40 else 19, style="B", colour=DEEP, family="Times"
        )
        y = self.write(y + 2, self.kim.seat.address, 13)
        self.y = self.write(y + 4, _("Nomor KIM %(number)s") % {"number": self.kim.number}, 13, style="B", colour=WARM)

    def facts(self):
        decree = self.decree
        words = {
            "number": decree.number,
            "date": day(decree.issued_on),
            "issuer": decree.issuer_name or decree.get_issuer_display(),
        }
        text = _("Dikukuhkan dengan keputusan %(issuer)s nomor %(number)s tanggal %(date)s.") % words
        y = self.write(self.y + 10, text, 12.5)
        if decree.ends_on:
            term = {"start": day(decree.starts_on or decree.issued_on), "end": day(decree.ends_on)}
            text = _("Berlaku sejak %(start)s sampai dengan %(end)s.") % term
        else:
            text = _("Berlaku sejak %(start)s.") % {"start": day(decree.starts_on or decree.issued_on)}
        self.y = self.write(y + 3, text, 12.5)

    def foot(self, address):
        code = io.BytesIO()
        qrcode.make(address, border=1).save(code, "PNG")
        self.pdf.image(code, x=WIDTH / 2 - 19, y=206, w=38, alt_text=latin(_("Kode QR ke halaman verifikasi")))
        y = self.write(246, _("Pindai untuk memeriksa apakah piagam ini masih berlaku."), 10, colour=GREY)
        y = self.write(y + 1, address, 8, colour=BLUE)
        words = {"issued": day(self.certificate.issued_at), "printed": day(timezone.now())}
        self.write(y + 3, _("Diterbitkan %(issued)s · dicetak dari data portal %(printed)s") % words, 8, colour=GREY)
