"""A report as sheets of A4: to sign, to hand in and to archive. PDF/A, always in Indonesian."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.printing import new_sheet, printable
from regions.templatetags.places import place_date, thousands

MARGIN, LINE = 18, 6.2
DEEP, INK, GREY, RULE = (2, 42, 91), (20, 20, 20), (80, 80, 80), (190, 198, 208)


def kim_pdf(report):
    """The bytes of the report of one KIM, with a line for its chair to sign."""
    with translation.override("id"):
        paper = Paper(report.community.name, report.period, report.full_url)
        paper.head(_("LAPORAN KEGIATAN"), report.facts, report.data_time)
        for part, lines in report.parts:
            paper.part(str(part.label), str(part.about), lines)
        place = report.community.seat
        paper.sign(
            f"{place.name}, {place_date(timezone.now(), place)}",
            _("Ketua %(kim)s") % {"kim": report.community.name},
            report.chair_name,
        )
        return paper.bytes()


class Paper:
    def __init__(self, name, period, url, **options):
        self.name, self.period, self.url = name, period, url
        self.pdf = new_sheet(format="A4", enforce_compliance="PDF/A-3B", **options)
        self.pdf.set_lang("id")
        self.pdf.set_title(f"{_('Laporan kegiatan')} {printable(name)}, {period.label}")
        self.pdf.set_margins(MARGIN, MARGIN)
        self.pdf.set_auto_page_break(True, margin=MARGIN + 8)
        self.pdf.footer = self.foot
        self.pdf.add_page()

    def bytes(self):
        return bytes(self.pdf.output())

    def text(self, words, size=10.5, style="", colour=INK, **options):
        """A paragraph over the whole width."""
        self.pdf.set_font("sans", style, size)
        self.pdf.set_text_color(*colour)
        self.pdf.multi_cell(0, size * 0.5, printable(words), new_x="LMARGIN", new_y="NEXT", **options)

    def head(self, title, facts, data_time):
        """Whose report it is, of when, and where the same numbers lead on to their rows."""
        self.text(title, 11, "B", GREY)
        self.text(self.name, 18, "B", DEEP)
        self.text(capfirst(self.period.label), 12.5)
        self.pdf.ln(2)
        for label, words in facts:
            self.text(f"{label}: {words}", 10)
        self.pdf.ln(2)
        self.text(_("Data per %(time)s.") % {"time": data_time}, 9.5, colour=GREY)
        if self.period.is_going_on:
            self.text(_("Masa ini belum berakhir, angkanya masih bertambah."), 9.5, colour=GREY)
        self.text(_("Rincian setiap angka, juga untuk pembaca layar:"), 9.5, colour=GREY)
        self.text(self.url, 9.5, colour=DEEP, link=self.url, align="L")

    def part(self, label, about, lines):
        """A heading with its numbers, which stay together where a page has room for them."""
        height = 14 + (5 if about else 0) + len(lines) * LINE
        if self.pdf.will_page_break(height) and height < 200:
            self.pdf.add_page()
        self.pdf.ln(5)
        self.text(label, 12, "B", DEEP)
        if about:
            self.text(about, 9, colour=GREY)
        self.pdf.ln(1)
        for line in lines:
            self.line(line.label, line.number, f"{settings.SITE_URL}{line.url}" if line.url else "")

    def line(self, words, number, url=""):
        self.pdf.set_font("sans", "", 10.5)
        self.pdf.set_text_color(*INK)
        self.pdf.set_draw_color(*RULE)
        self.pdf.cell(self.pdf.epw - 30, LINE, printable(words), border="B")
        self.pdf.cell(30, LINE, thousands(number), border="B", align="R", link=url, new_x="LMARGIN", new_y="NEXT")

    def sign(self, where_and_when, office, name):
        if self.pdf.will_page_break(48):
            self.pdf.add_page()
        self.pdf.ln(12)
        self.pdf.set_left_margin(self.pdf.w / 2)
        self.text(where_and_when)
        self.text(office)
        self.pdf.ln(20)
        self.text(name or "." * 40, 10.5, "B")
        self.pdf.set_left_margin(MARGIN)

    def foot(self):
        self.pdf.set_y(-MARGIN)
        self.pdf.set_font("sans", "", 8.5)
        self.pdf.set_text_color(*GREY)
        width = self.pdf.epw - 30
        words = printable(f"{self.name} · {self.period.label}")
        while self.pdf.get_string_width(words) > width - 2:
            words = f"{words.rstrip('…')[:-4]}…"
        self.pdf.cell(width, 5, words)
        page = _("halaman %(page)s dari %(pages)s") % {"page": self.pdf.page_no(), "pages": "{nb}"}
        self.pdf.cell(30, 5, page, align="R")
