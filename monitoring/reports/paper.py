"""A report as sheets of A4: to sign, to hand in and to archive. PDF/A, always in Indonesian."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.printing import new_sheet, printable
from monitoring.reports.figures import FIGURES
from monitoring.reports.of_region import SHORT, share
from regions.templatetags.places import place_date, thousands

MARGIN, LINE = 18, 6.2
# A larger sheet takes longer than one waits for a page, and nobody reads it.
MOST_LINES = 500
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


def region_pdf(report):
    """The bytes of the report of a region: indicators, sums, and a line for each KIM, as its rows are fetched."""
    with translation.override("id"):
        paper = Paper(report.region.full_name, report.period, report.full_url)
        paper.head(_("LAPORAN KEGIATAN KIM"), report.facts, report.data_time)
        paper.coverage(*report.coverage)
        for part, lines in report.parts:
            paper.part(str(part.label), str(part.about), lines)
        paper.kims(report)
        office = _("Kepala %(office)s") % {"office": report.office_name}
        paper.sign(place_date(timezone.now(), report.region), office, "")
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

    def coverage(self, lines, whole):
        """How much of each part has a KIM, and of the whole."""
        self.pdf.ln(5)
        self.text(_("Cakupan KIM"), 12, "B", DEEP)
        widths = [self.pdf.epw - 3 * 42, 42, 42, 42]
        self.row([_("wilayah"), _("jumlah KIM"), _("kecamatan ber-KIM"), _("desa/kelurahan ber-KIM")], widths, "B")
        for line in lines:
            name = line.region.full_name if line.region else _("di luar bagian di atas")
            self.row([name, *covered(line)], widths)
        self.row([_("Jumlah"), *covered(whole)], widths, "B")

    def kims(self, report):
        """A line for each KIM, across the sheet, with what there is room for; of a large province only the sums."""
        if len(report.numbers) > MOST_LINES:
            self.text(_("Baris setiap KIM ada pada berkas XLSX dan CSV laporan ini."), 9.5, colour=GREY)
            return
        self.pdf.add_page(orientation="L")
        self.text(_("Setiap KIM"), 12, "B", DEEP)
        widths = [self.pdf.epw - 19 * len(SHORT), *[19] * len(SHORT)]
        heading = [_("KIM"), *(str(FIGURES[word][1].label) for word in SHORT)]
        self.row(heading, widths, "B", size=7)
        for kim, counted in report.lines():
            if self.pdf.will_page_break(LINE):
                self.pdf.add_page(orientation="L")
                self.row(heading, widths, "B", size=7)
            self.row([kim.name, *(thousands(counted[word]) for word in SHORT)], widths)
        self.row([_("Jumlah"), *(thousands(report.sums[word]) for word in SHORT)], widths, "B")
        self.pdf.add_page(orientation="P")

    def row(self, cells, widths, style="", size=9):
        """One line of a table; what is too long for its cell is cut, headings wrap."""
        self.pdf.set_font("sans", style, size)
        self.pdf.set_text_color(*INK)
        self.pdf.set_draw_color(*RULE)
        for place, (words, width) in enumerate(zip(cells, widths, strict=True)):
            align = "R" if place else "L"
            shown = words if words.isascii() and len(words) < 8 else self.fitting(words, width)
            self.pdf.cell(width, LINE, shown, border="B", align=align)
        self.pdf.ln(LINE)

    def fitting(self, words, width):
        """The words, cut where they are longer than this many mm."""
        words = printable(words)
        if self.pdf.get_string_width(words) <= width - 2:
            return words
        while words and self.pdf.get_string_width(f"{words}…") > width - 2:
            words = words[:-1]
        return f"{words}…"

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
        self.pdf.cell(width, 5, self.fitting(f"{self.name} · {self.period.label}", width))
        page = _("halaman %(page)s dari %(pages)s") % {"page": self.pdf.page_no(), "pages": "{nb}"}
        self.pdf.cell(30, 5, page, align="R")


def covered(line):
    """What a Coverage says, in words."""
    return [
        thousands(line.kims),
        share(line.covered_districts, line.districts),
        share(line.covered_villages, line.villages),
    ]
