"""Demonstration data of the life of KIMs: rules, offices, papers being checked, certificates, coaching.

The rules and letters are invented; a portal in service begins without any.
"""

import hashlib
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from fpdf import FPDF

from accounts.models import Notice
from communities import notices
from communities.models import (
    Certificate,
    CheckedItem,
    CoachingEvent,
    Community,
    FormationRule,
    Material,
    Membership,
    Office,
    Paper,
    Sector,
    UsefulContact,
    Verification,
)
from communities.requirements import Aspect
from pages.sentences import said
from regions.models import INDONESIA, Region

HOME = "64.02"
BASIS = "Contoh: Peraturan Bupati Kutai Kartanegara Nomor 12 Tahun 2024"
FAULTS = {
    Aspect.ADDRESS: "Alamat belum memuat nomor rumah dan RT.",
    Aspect.MINUTES: "Berita acara belum ditandatangani kepala desa.",
    Aspect.BOARD: "Sekretaris belum ditetapkan.",
}
MEETINGS = [
    (CoachingEvent.Kind.TRAINING, "Bimtek menulis berita dan foto dengan ponsel", "Balai Desa"),
    (CoachingEvent.Kind.TRAINING, "Bimtek menangkal hoaks bagi pengurus KIM", "Ruang Serbaguna Diskominfo"),
    (CoachingEvent.Kind.MONITORING, "Monitoring dan evaluasi KIM semester pertama", "Kantor Kecamatan"),
    (CoachingEvent.Kind.VISIT, "Kunjungan ke sekretariat KIM", "Sekretariat KIM"),
]

VIDEO = "https://www.youtube.com/watch?v=contoh"
MATERIALS = [
    (
        "regency", "guide", "Panduan menulis berita dan foto dengan ponsel",
        "Langkah demi langkah: *sudut berita*, foto yang bercerita, dan izin orang di dalamnya.", [], "",
    ),
    ("regency", "recording", "Rekaman bimtek menulis dengan ponsel", "Dua jam, dengan tanya jawab.", [], VIDEO),
    (
        "province", "slides", "Bahan tayang: mengenali dan meluruskan hoaks kesehatan",
        "Dipakai pengurus KIM saat diskusi di posyandu.", ["kesehatan"], "",
    ),
    (
        "province", "guide", "Mempromosikan produk desa tanpa biaya",
        "Foto produk, harga yang jelas, dan kontak yang boleh diketahui umum.", ["ekonomi-umkm"], "",
    ),
    ("nation", "guide", "Panduan pembentukan dan pengelolaan KIM", "Menurut Permenkominfo 4/2024.", [], ""),
    (
        "nation", "recording", "Kelas daring: keamanan data pribadi bagi pegiat informasi", "Satu jam.",
        ["pendidikan-literasi-digital"], VIDEO,
    ),
]  # fmt: skip


def make_rules_and_offices():
    home = Region.objects.get(code=HOME)
    FormationRule.objects.bulk_create(
        [
            FormationRule(region=home, kind="min_members", number=5, legal_basis=f"{BASIS}, Pasal 5"),
            FormationRule(region=home, kind="max_members", number=30, legal_basis=f"{BASIS}, Pasal 5"),
            FormationRule(region=home, kind="min_age", number=17, legal_basis=f"{BASIS}, Pasal 6"),
            FormationRule(
                region=home, kind="barred_job", job="anggota partai politik", legal_basis=f"{BASIS}, Pasal 6"
            ),
            FormationRule(region=home, kind="required_paper", paper="decree", legal_basis=f"{BASIS}, Pasal 8"),
            FormationRule(region=home, kind="required_paper", paper="minutes", legal_basis=f"{BASIS}, Pasal 8"),
        ]
    )
    name = "Dinas Komunikasi dan Informatika Kabupaten Kutai Kartanegara"
    Office.objects.create(region=home, name=name, valid_from=date(2017, 1, 1))


# (level of the place, name, what for, where and how): invented, so that nobody's telephone rings.
CONTACTS = [
    ("VILLAGE", "Kantor {place}", "Surat keterangan, KTP, dan bantuan sosial", {"phone": "(0541) 555001"}),
    ("VILLAGE", "Poskesdes {place}", "Ibu hamil, balita, dan pertolongan pertama", {"phone": "119"}),
    ("DISTRICT", "Kantor {place}", "Rekomendasi izin dan surat pindah", {"phone": "(0541) 555002"}),
    ("DISTRICT", "Puskesmas {name}", "Berobat dan gawat darurat 24 jam", {"phone": "(0541) 555003"}),
    ("REGENCY", "Diskominfo {place}", "KIM, informasi, dan pengaduan", {"email": "diskominfo@contoh.id"}),
    ("REGENCY", "Panggilan darurat", "Kebakaran, kecelakaan, bencana", {"phone": "112"}),
]
HOURS = "Senin sampai Jumat, 08.00–15.00 WITA"


def make_contacts(village):
    """Whom one turns to at the village of the demonstration's chair, in its district and its regency."""
    places = {place.level: place for place in [village, *village.ancestors]}
    UsefulContact.objects.bulk_create(
        UsefulContact(
            region=place, name=name.format(place=place.full_name, name=place.name), purpose=purpose,
            hours="" if ways.get("phone") == "112" else HOURS, address=f"Jalan Merdeka 1, {place.name}",
            position=number, **ways,
        )
        for number, (level, name, purpose, ways) in enumerate(CONTACTS, start=1)
        if (place := places.get(Region.Level[level]))
    )  # fmt: skip


def make_life(communities, officer, now):
    """What these KIMs, saved with their people, have behind them; `officer` decided it."""
    Certificate.objects.bulk_create(
        Certificate(
            community=kim, decree=kim.decree, issued_at=now - timedelta(days=200),
            office_name=Office.objects.name_in(kim.seat.regency or kim.seat, kim.decree.issued_on),
        )
        for kim in communities
        if kim.decree_id and kim.number
    )  # fmt: skip
    waiting = [kim for kim in communities if kim.status in ("submitted", "needs_revision", "rejected")]
    # One at home lacks what is compulsory, so that it may be seen how that is refused; it has waited the shortest.
    lacking = next((kim for kim in waiting if kim.status == "submitted" and kim.seat.code.startswith(HOME)), None)
    for age, kim in enumerate(waiting, start=1):
        hand_in(kim, now - timedelta(days=2 * age), officer, is_complete=kim is not lacking)
    standing = [kim for kim in communities if kim.is_standing]
    for number, kim in enumerate(standing):
        # Of forty, one is old data from a roster, and three were confirmed too long ago.
        kim.is_imported = number % 40 == 39
        kim.confirmed_at = None if kim.is_imported else now - timedelta(days=420 if number % 13 == 12 else number % 300)
    Community.objects.bulk_update(standing, ["is_imported", "confirmed_at"])
    ending = next(kim for kim in standing[1:] if kim.status == "inaugurated" and kim.seat.code.startswith(HOME))
    ending.decree.ends_on = now.date() + timedelta(days=24)
    ending.decree.save()
    make_coaching([kim for kim in standing if kim.seat.code.startswith(HOME)], officer, now)


def hand_in(kim, at, officer, *, is_complete):
    """A round of checking: open, or closed with what was found; without its decree's file it is not complete."""
    kim.submitted_at = kim.confirmed_at = at
    kim.contact_phone = "0800-0000-0000"
    kim.save(update_fields=["submitted_at", "confirmed_at", "contact_phone"])
    member = kim.memberships.filter(user__isnull=False).first()
    for kind in (Paper.Kind.MINUTES, Paper.Kind.STRUCTURE):
        add_paper(kim, kind, member.user)
    if kim.decree and is_complete:
        content = drawn(f"Surat keputusan {kim.decree.number}", kim)
        kim.decree.file.save(f"{kim.pk}-sk.pdf", ContentFile(content))
    kim.declared_rules.set(rule for rule in FormationRule.objects.for_seat(kim.seat) if rule.kind in rule.DECLARED)
    verification = Verification.objects.create(community=kim)
    Verification.objects.filter(pk=verification.pk).update(opened_at=at)
    if kim.status == Community.Status.SUBMITTED:
        if kim.seat.code.startswith(HOME):
            title = said(_("%(name)s menunggu verifikasi"), name=kim)
            Notice.objects.tell([officer], notices.VERIFICATION, title, path=kim.desk_path)
        return
    CheckedItem.objects.bulk_create(
        CheckedItem(verification=verification, aspect=aspect, is_ok=aspect not in FAULTS, note=FAULTS.get(aspect, ""))
        for aspect in Aspect
    )
    note = "Mohon diperbaiki sesuai catatan di setiap butir."
    closed = {"closed_at": at + timedelta(days=1), "outcome": kim.status, "by": officer, "note": note}
    Verification.objects.filter(pk=verification.pk).update(**closed)
    title = _("%(name)s perlu diperbaiki") if kim.status == "needs_revision" else _("%(name)s belum dapat diterima")
    Notice.objects.tell([member.user], notices.VERIFICATION, said(title, name=kim), note, path=kim.room_path)


def drawn(title, kim):
    """The bytes of a paper of a KIM that says what it would be."""
    return drawn_page(f"{title}\n{kim.name}\n\n(berkas contoh)")


def drawn_page(text):
    """The bytes of a PDF of one page."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(timezone.now())
    pdf.add_page()
    pdf.set_font("Times", size=16)
    pdf.multi_cell(0, 10, text.encode("latin-1", "replace").decode("latin-1"))
    return bytes(pdf.output())


def add_paper(kim, kind, user):
    content = drawn(kind.label.capitalize(), kim)
    paper = Paper(
        community=kim, kind=kind, name=f"{kind}.pdf", size=len(content), uploaded_by=user,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    paper.file.save(f"{kim.pk}-{kind}.pdf", ContentFile(content), save=False)
    paper.save()


def make_coaching(communities, officer, now):
    home = Region.objects.get(code=HOME)
    for number, (kind, title, venue) in enumerate(MEETINGS):
        event = CoachingEvent.objects.create(
            kind=kind, title=title, venue=venue, region=home, recorded_by=officer,
            held_on=(now - timedelta(days=45 * (number + 1))).date(),
            material="Materi, daftar hadir, dan tindak lanjut dicatat oleh petugas.",
        )  # fmt: skip
        event.communities.set(communities[number::3])
    make_materials(home, officer, now)


def make_materials(home, officer, now):
    """A shelf with something from each level, as files and as links, one of it from a meeting."""
    places = {"regency": home, "province": home.province, "nation": Region.objects.get(code=INDONESIA)}
    event = CoachingEvent.objects.filter(title=MEETINGS[0][1]).first()
    for number, (level, kind, title, about, sectors, link) in enumerate(MATERIALS):
        material = Material(
            region=places[level], kind=kind, title=title, about=about, link=link, by=officer,
            event=event if level == "regency" else None, published_at=now - timedelta(days=20 * number + 3),
        )  # fmt: skip
        if not link:
            content = drawn_page(f"{title}\n\n(bahan contoh)")
            material.name, material.size = f"{slugify(title)}.pdf", len(content)
            material.file.save(f"contoh-{number}.pdf", ContentFile(content), save=False)
        material.save()
        material.sectors.set(Sector.objects.filter(slug__in=sectors))


def make_requests(community, asker):
    """Somebody would like to join the KIM of the demonstration's chair, and somebody was invited."""
    Membership.objects.create(community=community, user=asker, name=asker.name, status="requested")
    Membership.objects.create(community=community, name="Andi", email="andi@contoh.id", status="invited")
