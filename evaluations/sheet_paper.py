"""The sheet of an evaluation as sheets of A4, to sign and to hand in."""

from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from communities.models import Office
from communities.paper import DEEP, GREY, Paper
from evaluations.sheets import summary
from regions.templatetags.places import place_date, thousands

# Nobody reads a longer one on paper, and drawing it takes longer than one waits for a page.
MOST_LINES = 500
# Widths in mm.
NUMBER, CLASS, ALL_POINTS, MOST_OF_ONE = 17, 22, 112, 16


def sheet_pdf(sheet):
    """The bytes of the sheet: the indicators, how much of each part has a KIM, and a line for each KIM by rank."""
    with translation.override("id"):
        paper = SheetPaper(_("Lembar penilaian: %(name)s") % {"name": sheet.cycle}, str(sheet.cycle))
        paper.head(sheet)
        paper.coverage(*sheet.coverage)
        paper.scores(sheet)
        office = _("Kepala %(office)s") % {"office": Office.objects.name_in(sheet.cycle.region)}
        paper.sign(place_date(timezone.now(), sheet.cycle.region), office, "")
        return paper.bytes()


class SheetPaper(Paper):
    def head(self, sheet):
        self.text(_("LEMBAR PENILAIAN KIM"), 11, "B", GREY)
        self.text(sheet.cycle, 18, "B", DEEP)
        self.pdf.ln(2)
        # The first of them is the title.
        for label, said in list(summary(sheet))[1:]:
            words = said if isinstance(said, str) else number_format(said or 0, force_grouping=True)
            self.text(f"{label}: {words}", 10)
        self.pdf.ln(2)
        self.text(_("Rincian setiap angka:"), 9.5, colour=GREY)
        self.text(sheet.full_url, 9.5, colour=DEEP, link=sheet.full_url, align="L")

    def scores(self, sheet):
        """A line for each KIM across the sheet, its points under the numbers of the indicators that stand above."""
        self.pdf.add_page(orientation="L")
        self.text(_("Nilai setiap KIM"), 12, "B", DEEP)
        for place, indicator in enumerate(sheet.indicators, 1):
            weight = {"place": place, "label": indicator.label, "weight": plain(indicator.weight)}
            self.text(_("%(place)s. %(label)s, bobot %(weight)s") % weight, 9)
        self.pdf.ln(2)
        one = min(MOST_OF_ONE, ALL_POINTS / len(sheet.indicators))
        rest = [NUMBER, NUMBER, CLASS, NUMBER, *[one] * len(sheet.indicators)]
        widths = [self.pdf.epw - sum(rest), *rest]
        heading = [_("KIM"), _("peringkat"), _("nilai"), _("kelas"), _("juri")]
        heading += [str(place) for place in range(1, len(sheet.indicators) + 1)]
        self.table(heading, (cells(*line) for line in sheet.lines(MOST_LINES)), widths, size=8, heading_size=8)
        if sheet.number > MOST_LINES:
            self.text(_("Baris selebihnya ada pada berkas XLSX."), 9.5, colour=GREY)


def cells(score, mean, points):
    kim = f"{score.community.name}, {score.community.seat.name}"
    rank = "–" if score.rank is None else thousands(score.rank)
    marks = "–" if mean is None else plain(mean)
    return [kim, rank, plain(score.total), str(score.get_class_name_display()), marks, *map(plain, points)]


def plain(number):
    return number_format(number, 2)
