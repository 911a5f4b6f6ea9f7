"""Demonstration data of what residents propose: something at every stage, made by the verbs and grown old since."""

import uuid
from datetime import timedelta

from django.db.models import F

from aspirations.models import Agency, AnswerTemplate, Aspiration, Support
from aspirations.tasks import take_over_holidays

AGENCIES = {
    "roads": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "health": "Dinas Kesehatan",
    "waste": "Dinas Lingkungan Hidup",
    "lights": "Dinas Perhubungan",
}
TEMPLATES = {
    "Akan ditinjau": "Terima kasih. Petugas kami meninjau lokasi dalam minggu ini dan menulis hasilnya di sini.",
    "Masuk rencana tahun depan": "Usulan ini masuk rencana kerja tahun depan dan dibahas dalam musrenbang.",
}
# A sender without an account: invented, at an address that nobody has.
SENDERS = ["Rini", "Pak Udin", "Halimah", "Yusuf", "Bu Marni", "Dayat"]
SPAM = "Slot gacor maxwin hari ini"


class Residents:
    """What residents of the regency of KIM `own` send, and what its office, an OPD and the province make of it."""

    def __init__(self, own, elsewhere, *, reader, chair, officer):
        self.own, self.elsewhere, self.reader, self.chair, self.officer = own, elsewhere, reader, chair, officer
        self.office = own.seat.regency
        self.number = 0

    def make(self, photo=None):
        """All of it; `photo` is a PreparedPhoto for the ones that show something."""
        take_over_holidays.call()
        self.make_office()
        with_kim(self, photo)
        at_office(self, photo)
        at_agency(self)
        answered(self)
        ended(self)

    def make_office(self):
        self.agencies = {
            word: Agency.objects.create(region=self.office, name=name, email=f"{word}@contoh.id")
            for word, name in AGENCIES.items()
        }
        for title, text in TEMPLATES.items():
            AnswerTemplate.objects.create(region=self.office, title=title, text=text)

    def send(self, title, text, *, photo=None, voices=0, **facts):
        name = SENDERS[self.number % len(SENDERS)]
        self.number += 1
        if facts.get("sender") is None:
            facts = {"sender_name": name, "sender_email": f"pengirim{self.number}@contoh.id"} | facts
        facts = {"kind": "usulan", "place": self.own.seat, "client_uuid": uuid.uuid4()} | facts
        row = Aspiration.objects.send(title=title, text=text, photos=[(photo, title)] if photo else [], **facts)
        for voice in range(voices):
            Support.objects.add(row, device=f"contoh-{row.code}-{voice}")
        row.refresh_from_db()
        return row


def grown_old(row, days):
    """As if all that happened to it had happened so many days earlier."""
    back = timedelta(days=days)
    moments = ("created_at", "published_at", "held_since", "due_on", "escalates_on", "answered_at", "closed_at")
    Aspiration.objects.filter(pk=row.pk).update(**{name: F(name) - back for name in moments})
    row.steps.update(at=F("at") - back, due_on=F("due_on") - back)
    row.turns.update(since=F("since") - back, ended_at=F("ended_at") - back)
    row.refresh_from_db()


def with_kim(residents, photo):
    own, chair = residents.own, residents.chair
    text = "Setiap sore warga menyeberang ke sekolah. Kendaraan melaju kencang, sudah dua kali hampir tertabrak."
    residents.send("Zebra cross di depan SDN 004", text, community=own, photo=photo, voices=4, sender=residents.reader)
    text = "Sejak Senin air PDAM hanya mengalir tengah malam di RT 07 dan RT 08."
    grown_old(residents.send("Air PDAM mati di RT 07", text, community=own, kind="pengaduan"), 5)
    text = "Ibu-ibu PKK ingin belajar memotret dan menjual hasil kebun lewat ponsel."
    told = {"entered_by": chair, "came_by": "tatap-muka"}
    row = residents.send("Pelatihan jualan daring untuk ibu-ibu PKK", text, community=own, **told)
    row.add_vouch(by=chair, text="KIM siap menyediakan tempat dan pendamping; sudah ada 18 ibu yang mendaftar.")


def at_office(residents, photo):
    own, chair, officer = residents.own, residents.chair, residents.officer
    text = "Lubang sedalam betis di tikungan dekat pasar. Kalau hujan tidak kelihatan dan motor sering jatuh."
    row = residents.send(
        "Jalan poros dekat pasar berlubang", text, community=own, photo=photo, voices=12, kind="pengaduan"
    )
    row.add_vouch(by=chair, text="Kami periksa bersama ketua RT: ada empat lubang sepanjang 30 meter.")
    row.forward(by=chair, note="Mohon diprioritaskan, jalan ini dilewati anak sekolah.")
    grown_old(row, 10)
    residents.send("Jadwal layanan KTP keliling bulan ini", "Kapan mobilnya ke desa kami?", kind="permintaan")
    text = "Sampah pasar menumpuk di tepi sungai setiap Senin."
    row = residents.send("Sampah pasar di tepi sungai", text, kind="pengaduan", voices=3)
    row.accept(by=officer)
    grown_old(row, 3)
    residents.send(SPAM, "Daftar sekarang di www.contoh-iklan.xyz", sender_name="")


def at_agency(residents):
    officer, agencies = residents.officer, residents.agencies
    row = residents.send("Lampu jalan mati di RT 03", "Dari masjid sampai jembatan gelap sejak bulan lalu.", voices=6)
    row.assign(agencies["lights"], by=officer, note="Mohon dicek tiangnya.")
    grown_old(row, 2)
    row = residents.send("Posyandu kekurangan timbangan bayi", "Tiga posyandu memakai satu timbangan.", voices=2)
    row.assign(agencies["health"], by=officer)
    turn = row.open_turn
    row.start(turn=turn)
    row.ask(turn=turn, text="Posyandu mana saja yang memakai timbangan itu?", is_public=True)
    row.reply(text="Posyandu Melati, Mawar, dan Kenanga.")
    grown_old(row, 6)


def answered(residents):
    officer, agencies = residents.officer, residents.agencies
    row = residents.send("Jembatan gantung perlu dicat", "Besinya mulai berkarat.", sender=residents.reader, voices=5)
    row.assign(agencies["roads"], by=officer)
    answer = "Pengecatan dijadwalkan bulan depan bersamaan dengan penggantian papan lantai."
    row.give_answer(turn=row.open_turn, text=answer, outcome="planned")
    grown_old(row, 4)
    row = residents.send("Jam buka perpustakaan desa", "Apakah hari Sabtu buka?", kind="permintaan")
    row.give_answer(by=officer, text="Buka Senin sampai Sabtu, pukul 08.00 sampai 15.00.", outcome="informed")
    row.close(by=officer, outcome="informed")
    grown_old(row, 9)
    row = residents.send("Parit di RT 05 tersumbat", "Bila hujan air masuk ke rumah.", kind="pengaduan")
    row.give_answer(by=officer, text="Parit sudah dibersihkan kemarin.", outcome="done")
    row.reopen(note="Baru separuh yang dibersihkan, bagian dekat kebun masih tersumbat.")


def ended(residents):
    officer = residents.officer
    row = residents.send("Jalan provinsi longsor di kilometer 12", "Tinggal satu jalur yang dapat dilewati.", voices=30)
    row.escalate(by=officer, note="Ruas ini kewenangan provinsi.")
    same = residents.send("Longsor di jalan provinsi km 12", "Mohon dipasang rambu.", kind="pengaduan")
    same.merge_into(row, by=officer)
    row = residents.send("Halte di jalan pelabuhan", "Penumpang menunggu tanpa peneduh.", voices=1)
    row.move(residents.elsewhere, by=officer, note="Jalan itu ada di kota sebelah.")
    row = residents.send("Minta pulsa untuk ronda", "Ronda perlu pulsa setiap malam.")
    row.reject(by=officer, note="Belanja pulsa pribadi tidak dapat dibiayai. Silakan bahas lewat kas RT.")
    grown_old(row, 8)
    residents.send("Tolong hapus, salah kirim", "Maaf, salah kirim.").withdraw()


def make_aspirations(own, elsewhere, *, reader, officer, photo=None):
    """All of the above for a KIM whose chair has an account; `elsewhere` is a place of another office."""
    Residents(own, elsewhere, reader=reader, chair=own.chairs[0], officer=officer).make(photo)
