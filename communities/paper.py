"""Sheets of A4 to sign, to hand in and to archive: PDF/A, always in Indonesian."""

from django.utils.translation import gettext as _

from communities.coverage import share
from communities.printing import new_sheet, printable
from regions.templatetags.places import thousands

MARGIN, LINE = 18, 6.2
DEEP, INK, GREY, RULE = (2, 42, 91), (20, 20, 20), (80, 80, 80), (190, 198, 208)


class Paper:
    """`title` is that of the document, `footing` stands below each page."""

    def __init__(self, title, footing, **options):
        self.footing = footing
        self.pdf = new_sheet(format="A4", enforce_compliance="PDF/A-3B", **options)
        self.pdf.set_lang("id")
        self.pdf.set_title(printable(title))
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
        options = {"align": "L", "new_x": "LMARGIN", "new_y": "NEXT"} | options
        self.pdf.multi_cell(0, size * 0.5, printable(words), **options)

    def coverage(self, lines, whole):
        """How much of each part has a KIM, and of the whole."""
        self.pdf.ln(5)
        self.text(_("Cakupan KIM"), 12, "B", DEEP)
        widths = [self.pdf.epw - 3 * 42, 42, 42, 42]
        heading = [_("wilayah"), _("jumlah KIM"), _("kecamatan ber-KIM"), _("desa/kelurahan ber-KIM")]
        named = [line.region.full_name if line.region else _("di luar bagian di atas") for line in lines]
        rows = [[name, *covered(line)] for name, line in zip(named, lines, strict=True)]
        self.table(heading, rows, widths, total=[_("Jumlah"), *covered(whole)])

    def table(self, heading, rows, widths, *, total=None, size=9, heading_size=9):
        """Lines under a heading that each page has again; a total stands below at least one of them."""
        self.heading(heading, widths, heading_size)
        for row, is_last in with_last(rows):
            if self.pdf.will_page_break(LINE * (2 if is_last and total else 1)):
                self.pdf.add_page(orientation=self.pdf.cur_orientation)
                self.heading(heading, widths, heading_size)
            self.row(row, widths, size=size)
        if total:
            self.row(total, widths, "B", size)

    def heading(self, cells, widths, size):
        """The headings of a table: what is too long for its cell goes on below."""
        self.pdf.set_font("sans", "B", size)
        self.pdf.set_text_color(*INK)
        self.pdf.set_draw_color(*RULE)
        top, height = self.pdf.y, size * 0.45
        below = top
        for place, (words, width) in enumerate(zip(cells, widths, strict=True)):
            left, align = self.pdf.x, "R" if place else "L"
            self.pdf.multi_cell(width, height, printable(words), align=align, new_y="LAST")
            below = max(below, self.pdf.y + height + 1)
            self.pdf.set_xy(left + width, top)
        self.pdf.set_xy(self.pdf.l_margin, below)
        self.pdf.line(self.pdf.l_margin, below, self.pdf.l_margin + sum(widths), below)

    def row(self, cells, widths, style="", size=9):
        """One line of a table; what is too long for its cell is cut."""
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
        self.pdf.cell(width, 5, self.fitting(self.footing, width))
        page = _("halaman %(page)s dari %(pages)s") % {"page": self.pdf.page_no(), "pages": "{nb}"}
        self.pdf.cell(30, 5, page, align="R")


def covered(line):
    """What a Coverage says, in words."""
    return [
        thousands(line.kims),
        share(line.covered_districts, line.districts) if line.districts else "–",
        share(line.covered_villages, line.villages) if line.villages else "–",
    ]


def with_last(rows):
    """Each row, and whether it is the last, without asking for more than one ahead."""
    rows = iter(rows)
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        yield row, following is None
        row = following
