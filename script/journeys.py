"""What a reader and a writer do, in any browser of `script.engines`. A journey that is not walked ends in Trouble."""

import json
import time
import uuid

from script.engines import Trouble

# As large as a photo of a telephone is, and noisy, so that it stays so: more than a megabyte.
PHOTO = """
const canvas = document.createElement("canvas");
[canvas.width, canvas.height] = [2400, 1800];
const context = canvas.getContext("2d"), dots = context.createImageData(2400, 1800);
for (let at = 0, seed = 7; at < dots.data.length; at++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    dots.data[at] = at % 4 === 3 ? 255 : seed / 8388608;
}
context.putImageData(dots, 0, 0);
const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
const chosen = new DataTransfer();
chosen.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
const field = document.querySelector("[name=photos]");
field.files = chosen.files;
field.dispatchEvent(new Event("change", { bubbles: true }));
return blob.size;
"""
FILL = """
for (const [name, value] of Object.entries(%s)) {
    let field = document.querySelector(`main [name="${name}"]`);
    if (value === true) field.checked = true;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
}
"""
ARRIVED = "!window.isLeft && document.readyState === 'complete'"
# A line of what is wrong with how the page is drawn.
LOOKS = """
const faults = [];
const style = (place) => getComputedStyle(document.querySelector(place));
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) {
    const isOut = (one) => one.getBoundingClientRect().right > root.clientWidth + 1;
    const wide = [...document.querySelectorAll("main *")].find(isOut);
    faults.push(`${root.scrollWidth - root.clientWidth} pixels too wide: ${wide ? wide.outerHTML.slice(0, 80) : "?"}`);
}
if (parseFloat(style("main .container").paddingLeft) < 8) faults.push("text at the edge");
const links = [...document.querySelectorAll(".site-footer li")].map((link) => link.getBoundingClientRect());
const apart = links.some((link, at) => at && link.top === links[at - 1].top && link.left - links[at - 1].right < 8);
if (apart) faults.push("footer links run together");
return faults.join(", ");
"""


class Journey:
    def __init__(self, engine, gate, account, village):
        """The account as (e-mail address, password); the village as its code, which has a KIM."""
        self.engine, self.gate, self.account, self.village = engine, gate, account, village

    # Small steps

    def go(self, path):
        self.leaving(lambda: self.engine.open(self.gate.url + path))

    def leaving(self, deed):
        self.engine.run("window.isLeft = true;")
        deed()
        self.engine.wait(ARRIVED)

    def click(self, place):
        self.engine.wait(f"!!document.querySelector({json.dumps(place)})")
        self.leaving(lambda: self.engine.run(f"setTimeout(() => document.querySelector({json.dumps(place)}).click());"))

    def press(self, place):
        self.engine.run(f"document.querySelector({json.dumps(place)}).click();")

    def fill(self, **fields):
        self.engine.run(FILL % json.dumps(fields))

    def wait(self, words):
        try:
            return self.engine.wait(words)
        except Trouble as trouble:
            told = self.engine.run("return location.pathname + ': ' + document.body.innerText.slice(0, 200);")
            raise Trouble(f"{trouble}; at {' '.join(told.split())}") from None

    def looks(self):
        if faults := self.engine.run(LOOKS):
            raise Trouble(f"{self.engine.run('return location.pathname')}: {faults}")

    def sign_in(self):
        self.go("/akun/login/")
        if self.engine.run("return location.pathname") == "/akun/login/":
            email, password = self.account
            self.fill(login=email, password=password)
            self.click("main form button")
        self.wait("location.pathname.startsWith('/ruang/')")

    def begin_post(self, title):
        self.sign_in()
        self.go("/ruang/tulis/")
        self.wait("document.querySelector('#tulis[data-is-ready]')")
        self.fill(title=title, body="Kami menanam padi bersama.", duties=True)

    def add_photo(self):
        self.gate.sent = 0
        self.size = self.engine.run(PHOTO)
        self.wait("document.querySelector('.photo img[src], [data-chosen] li img')")
        self.engine.run("""const words = document.querySelector(".photo [data-alt]");
            if (!words) return;
            words.value = "Warga menanam padi";
            words.dispatchEvent(new Event("input", { bubbles: true }));""")

    def send(self):
        self.press("#tulis button[value=send].button")
        self.wait("/^\\/ruang\\/kegiatan\\/[0-9]+\\/$/.test(location.pathname)")

    # Journeys

    def reading(self):
        self.go("/")
        self.looks()
        self.click(".card h2 a, .card h3 a, .lead h2 a")
        self.wait("document.querySelector('h1').textContent.trim()")
        self.looks()
        self.go("/cari/?q=posyandu")
        self.looks()

    def writing(self):
        self.begin_post("Tanam padi")
        self.looks()
        self.add_photo()
        self.send()
        self.is_reduced()

    def without_a_line(self):
        self.begin_post("Tanam padi tanpa sinyal")
        self.wait("navigator.serviceWorker.ready.then((worker) => !!worker.active)")
        # What the phone keeps of the pages is there when its worker answers for them.
        self.go("/ruang/tulis/")
        self.wait("document.querySelector('#tulis[data-is-ready]') && navigator.serviceWorker.controller")
        title = f"Tanpa sinyal {uuid.uuid4().hex[:6]}"
        self.fill(title=title, body="Kami menanam padi bersama.", duties=True)
        self.gate.shut()
        self.add_photo()
        self.press("#tulis button[value=send].button")
        self.wait("document.querySelector('[data-state][data-is=here]')")
        address = self.engine.run("return location.pathname")
        self.go(address)
        self.wait(f"document.querySelector('[name=title]').value === {json.dumps(title)}")
        self.gate.open()
        self.go(address)
        self.wait("/^\\/ruang\\/kegiatan\\/[0-9]+\\/$/.test(location.pathname)")

    def proposal(self):
        self.go("/usulan/kirim/")
        self.wait("document.querySelector('form[data-is-ready]')")
        self.looks()
        self.fill(place=self.village, title="Jalan di RT 03 berlubang", text="Sudah tiga bulan.")
        self.wait("document.querySelector('[data-around-here] input[type=radio]')")
        self.add_photo()
        self.press("main form[data-send] .actions button")
        self.wait("location.pathname.endsWith('/terkirim/')")
        self.is_reduced()

    def is_reduced(self):
        if self.gate.sent > self.size / 2:
            raise Trouble(f"the photo went unreduced: {self.gate.sent:,} of {self.size:,} bytes")

    def following(self):
        self.go(f"/wilayah/{self.village}/")
        self.click("main a[href*='/ikuti/']")
        if self.engine.run("return !!document.querySelector('main [name=email]')"):
            self.fill(email=f"{uuid.uuid4().hex[:8]}@contoh.id")
        self.click("main form.form .actions button:not([type=button])")
        self.wait("document.querySelector('main h1')")
        if self.engine.run("return document.querySelectorAll('main .error, main .errorlist').length"):
            raise Trouble("following was refused")


JOURNEYS = ["reading", "writing", "without_a_line", "proposal", "following"]


def walked(engine, gate, account, village):
    """What came of each journey: seconds, or the words of what it ended in."""
    told = {}
    for name in JOURNEYS:
        start = time.monotonic()
        try:
            getattr(Journey(engine, gate, account, village), name)()
        except (Trouble, OSError) as trouble:
            told[name] = " ".join(str(trouble).split())[:300].replace("|", "/")
            gate.open()
        else:
            told[name] = time.monotonic() - start
    return told
