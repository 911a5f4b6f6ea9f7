"""A report as sheets of A4: to sign, to hand in and to archive. PDF/A, always in Indonesian."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.paper import DEEP, GREY, INK, LINE, RULE, Paper
from communities.printing import printable
from monitoring.reports.figures import FIGURES
from monitoring.reports.of_region import SHORT
from regions.templatetags.places import place_date, thousands

# A larger sheet takes longer than one waits for a page, and nobody reads it.
MOST_LINES = 500


def kim_pdf(report):
    """The bytes of the report of one KIM, with a line for its chair to sign."""
    with translation.override("id"):
        paper = ReportPaper(report.community.name, report.period, report.full_url)
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
        paper = ReportPaper(report.region.full_name, report.period, report.full_url)
        paper.head(_("LAPORAN KEGIATAN KIM"), report.facts, report.data_time)
        paper.coverage(*report.coverage)
        for part, lines in report.parts:
            paper.part(str(part.label), str(part.about), lines)
        paper.kims(report)
        office = _("Kepala %(office)s") % {"office": report.office_name}
        paper.sign(place_date(timezone.now(), report.region), office, "")
        return paper.bytes()


class ReportPaper(Paper):
    def __init__(self, name, period, url):
        self.name, self.period, self.url = name, period, url
        title = f"{_('Laporan kegiatan')} {printable(name)}, {period.label}"
        super().__init__(title, f"{name} · {period.label}")

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

    def kims(self, report):
        """A line for each KIM, across the sheet, with what there is room for; of a large province only the sums."""
        if len(report.numbers) > MOST_LINES:
            self.text(_("Baris setiap KIM ada pada berkas XLSX dan CSV laporan ini."), 9.5, colour=GREY)
            return
        self.pdf.add_page(orientation="L")
        self.text(_("Setiap KIM"), 12, "B", DEEP)
        widths = [self.pdf.epw - 19 * len(SHORT), *[19] * len(SHORT)]
        heading = [_("KIM"), *(str(FIGURES[word][1].label) for word in SHORT)]
        rows = ([kim.name, *(thousands(counted[word]) for word in SHORT)] for kim, counted in report.lines())
        total = [_("Jumlah"), *(thousands(report.sums[word]) for word in SHORT)]
        self.table(heading, rows, widths, total=total, heading_size=7)
