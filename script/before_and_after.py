"""The weakest screens of an earlier revision beside those of now: from two portals that run, a picture for each.

Start `./kim 8200` in a checkout of that revision and `./kim` here, then run
`.venv/bin/python -m script.before_and_after http://127.0.0.1:8200 http://127.0.0.1:8000 CODE`, with the code that an
officer of the first one signs in with.
"""

import io
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

from script.screenshots import CHROMIUM, DESK, FOLDER, PHONE, sign_in

ROSTER = (
    "NAMA KIM;DESA;KECAMATAN\nKIM Mekar Sari Jembayan;Jembayan;Loa Kulu\nKIM Anggrek;Jembayann;Loa Kulu\n;Sepakat;\n"
)
GAP, PAPER = 12, "#8a94a6"


def at(address):
    return lambda page, site: page.goto(site + address)


def after_a_report(page, site):
    page.goto(f"{site}/kegiatan/")
    page.locator("main article a, main h2 a, main h3 a").first.click()
    page.get_by_role("link", name="Laporkan").first.click()
    page.locator("main input[type=radio]").first.check()
    page.get_by_role("button", name="Kirim").first.click()
    page.wait_for_load_state()


def rows_of_an_import(page, site):
    page.goto(f"{site}/petugas/communities/rosterimport/add/")
    if page.locator("select#id_region").count():
        page.select_option("#id_region", index=1)
    file = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    page.set_input_files("input[type=file]", file)
    page.locator("#content form button, #content form input[type=submit]").last.click()
    page.locator("#content table").first.wait_for()


def a_change_page(page, site):
    page.goto(f"{site}/petugas/communities/community/?q=Mekar+Sari+Jembayan")
    page.locator("#result_list tbody tr a").first.click()
    page.wait_for_load_state()


# name: (how one comes there, window)
PUBLIC = {
    "agenda": (at("/agenda/"), PHONE),
    "after-a-report": (after_a_report, PHONE),
    "empty-search": (at("/cari/?q=zzqqxx"), PHONE),
    "empty-village": (at("/wilayah/64.02.02.2005-loh-sumber/"), PHONE),
    "kim": (at("/kim/kim-mekar-sari-jembayan/"), PHONE),
}
OFFICERS = {
    "desk": (at("/petugas/"), DESK),
    "change-page": (a_change_page, DESK),
    "rows-of-an-import": (rows_of_an_import, DESK),
}


def main(before, after, code):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        seen = [screens(browser, before, code), screens(browser, after)]
        browser.close()
    for name, pictures in zip(PUBLIC | OFFICERS, zip(*seen, strict=True), strict=True):
        beside(pictures).save(FOLDER / f"before-after-{name}.webp", quality=75)


def screens(browser, site, code=None):
    """A picture of each screen, in the order of the tables above."""
    pictures = []
    for screens, is_officer in ((PUBLIC, False), (OFFICERS, True)):
        page = browser.new_page(viewport=DESK)
        if is_officer:
            sign_in(page, site, code)
        for reach, window in screens.values():
            page.set_viewport_size(window)
            reach(page, site)
            page.wait_for_load_state("networkidle")
            pictures.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    return pictures


def beside(pictures):
    whole = Image.new("RGB", (sum(picture.width for picture in pictures) + GAP, pictures[0].height), PAPER)
    whole.paste(pictures[0], (0, 0))
    whole.paste(pictures[1], (pictures[0].width + GAP, 0))
    whole.thumbnail((1400, 1400))
    return whole


if __name__ == "__main__":
    main(*sys.argv[1:])
