"""A workbook without what it looks like: openpyxl refuses a whole file for a font, a style or a date of its properties.

Programs other than Excel write such, and Excel itself a dialect of other names ("Strict Open XML"). The cells are good
all the same.
"""

import io
import shutil
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LOOKS = ("docProps/", "xl/theme/")
STYLES = "xl/styles.xml"
# Of styles only what tells a day from a number.
KEPT_STYLES = {"numFmts": ["numFmtId", "formatCode"], "cellXfs": ["numFmtId"]}
STRICT = b"http://purl.oclc.org/ooxml/"
USUAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def is_strict(archive):
    return STRICT in archive.read("xl/workbook.xml")


def without_looks(archive):
    """The file of this archive with the same cells, to be read instead; its members are those that were checked."""
    plain, strict = io.BytesIO(), is_strict(archive)
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in archive.namelist():
            if name == STYLES:
                copy.writestr(name, number_formats(usual(archive.read(name))))
            elif strict and name.endswith((".xml", ".rels")):
                copy.writestr(name, usual(archive.read(name)))
            elif not name.startswith(LOOKS):
                with archive.open(name) as content, copy.open(name, "w") as whole:
                    shutil.copyfileobj(content, whole)
    return plain


def usual(content):
    """The names that everyone else uses."""
    for strict, name in USUAL.items():
        content = content.replace(strict, name)
    return content


def number_formats(styles):
    from xml.etree.ElementTree import Element, SubElement, tostring

    from defusedxml.ElementTree import fromstring

    plain = Element(f"{MAIN}styleSheet")
    for part in fromstring(styles):
        if attributes := KEPT_STYLES.get(part.tag.removeprefix(MAIN)):
            kept = SubElement(plain, part.tag)
            for style in part:
                SubElement(kept, style.tag, {name: style.attrib[name] for name in attributes if name in style.attrib})
    return tostring(plain)
