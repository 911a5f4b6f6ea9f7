"""What a writer does on the page to write on."""

from playwright.sync_api import expect

OPENS_NOT = "IDBFactory.prototype.open = () => { throw new DOMException('Not allowed here', 'SecurityError'); };"
UNKEPT = "HP ini tidak dapat menyimpan draf. Jangan tutup halaman ini sebelum terkirim."
ON_PHONE = "async () => (await import('/static/js/draft-store.js')).all()"


def open_writing(page):
    page.goto("/ruang/tulis/")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()


def open_post(page, post):
    page.goto(f"/ruang/tulis/{post.client_uuid}/")
    expect(page.locator("#tulis[data-is-ready]")).to_be_attached()


def with_worker(page):
    """The page once the worker has all it keeps; only where the test allows workers."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def write_words(page, title):
    page.get_by_label("Judul").fill(title)
    page.get_by_label("Isi", exact=True).fill(f"Kami menanam padi. {title}.")
    page.get_by_label("Diskusi").check()


def add_photo(page, photo, words="Warga menanam padi"):
    before = page.locator(".photo").count()
    page.set_input_files("#id_photos", photo)
    expect(page.locator(".photo")).to_have_count(before + (len(photo) if isinstance(photo, list) else 1))
    for place in range(before, page.locator(".photo").count()):
        page.locator(".photo").nth(place).get_by_label("Apa yang terlihat di foto ini?").fill(words)


def raises(error):
    def fail(*_args, **_facts):
        raise error

    return fail


def state(page):
    return page.locator("[data-state]")


def titles_on_phone(page):
    return sorted(dict(draft["pairs"])["title"] for draft in page.evaluate(ON_PHONE))


def press(page, name):
    page.locator(".send-bar").get_by_role("button", name=name).click()
