"""The pictures of the README. Start `./kim`, then run `.venv/bin/python -m script.screenshots`."""

import io
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

from script.kim import code_at

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PHONE, DESK = {"width": 360, "height": 720}, {"width": 1280, "height": 860}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICER, PASSWORD = "kabupaten@contoh.id", "kim-contoh-2026"

# name: (address, window, colour scheme)
PUBLIC = {
    "beranda": ("/", DESK, "light"),
    "wilayah": ("/wilayah/64.02-kutai-kartanegara/", DESK, "light"),
    "kim": ("/kim/kim-mekar-sari-jembayan/", PHONE, "light"),
    "ponsel": ("/", PHONE, "light"),
    "ponsel-gelap": ("/kegiatan/?bidang=lingkungan-kebencanaan", PHONE, "dark"),
}
DESK_PAGES = {"meja-petugas": ("/petugas/communities/community/", DESK, "light")}


def main(site="http://127.0.0.1:8000"):
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (address, window, scheme) in PUBLIC.items():
            take(browser.new_page(viewport=window, color_scheme=scheme), site + address, name)
        for name, (address, window, scheme) in DESK_PAGES.items():
            page = browser.new_page(viewport=window, color_scheme=scheme)
            sign_in(page, site)
            take(page, site + address, name)
        browser.close()


def sign_in(page, site, code=None):
    page.goto(f"{site}/akun/login/")
    page.fill("#id_login", OFFICER)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.fill("#id_code", code or code_at(time.time()))
    page.click("main button")
    page.wait_for_load_state()
    if "/akun/" in page.url:
        raise SystemExit(f"{OFFICER} could not sign in: {page.url} says {page.inner_text('main')[:300]}")


def take(page, address, name):
    """The picture of this very page: whoever is led elsewhere, to signing in perhaps, has nothing to show."""
    answer = page.goto(address, wait_until="networkidle")
    if not answer.ok or urlsplit(page.url).path != urlsplit(address).path:
        raise SystemExit(f"{address} led to {page.url} ({answer.status})")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=80)


if __name__ == "__main__":
    main(*sys.argv[1:])
