"""Demonstration data of government information: from draft to recalled, opened, passed on and asked about.

Made by the verbs themselves; only the hours at which it happened are set afterwards.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from fpdf import FPDF

from activities.models import Channel, Redissemination
from activities.models.redissemination import OFFLINE
from activities.passing_on import carry_on
from bulletins.models import Attachment, Bulletin, BulletinPicture, Delivery, FollowUp, Question
from bulletins.sending import deliver, follow_up
from communities.papers import Document
from regions.clocks import at, today
from regions.models import INDONESIA, Region

POLIO = {
    "title": "Pekan Imunisasi Polio putaran kedua",
    "short_text": (
        "Balita 0–59 bulan: imunisasi polio putaran kedua di posyandu terdekat, gratis. "
        "Bawa buku KIA. Demam ringan sesudahnya wajar."
    ),
    "text": (
        "Dinas Kesehatan membuka *Pekan Imunisasi Polio putaran kedua* di semua posyandu.\n\n"
        "- Untuk balita 0–59 bulan, juga yang sudah lengkap imunisasinya\n- Gratis, tanpa pendaftaran\n"
        "- Bawa buku KIA\n\nMohon KIM mengumumkannya di grup warga dan membantu menjawab pertanyaan orang tua."
    ),
}
SCAM = {
    "title": "Waspada undangan pernikahan palsu lewat WhatsApp",
    "short_text": (
        "Jangan buka berkas APK dari nomor tak dikenal, walau tertulis undangan, resi paket, atau surat tilang. "
        "Hapus, lalu beri tahu keluarga."
    ),
    "text": (
        "Penipu mengirim berkas *APK* yang menyamar sebagai undangan, resi paket, atau surat tilang. Begitu dibuka, "
        "isi rekening dapat dikuras.\n\n- Jangan buka berkas berakhiran .apk\n- Hapus pesannya\n"
        "- Sudah terlanjur? Putuskan jaringan, hubungi bank, lalu lapor"
    ),
}
MARKET = {
    "title": "Gerakan Pangan Murah menjelang hari raya",
    "short_text": "Beras, minyak, gula, dan telur lebih murah di Gerakan Pangan Murah. Bawa kantong belanja sendiri.",
    "text": "Pemerintah provinsi menggelar *Gerakan Pangan Murah* di setiap kabupaten dan kota. Pembayaran tunai.",
}
WRONG = {
    "title": "Jadwal pasar murah Loa Kulu",
    "short_text": "Pasar murah di lapangan kecamatan, Sabtu pukul 07.00.",
    "text": "Pasar murah di lapangan Kecamatan Loa Kulu, Sabtu pukul 07.00 sampai selesai.",
}
FLOOD = {
    "title": "Banjir kiriman di tepi Sungai Mahakam",
    "short_text": "Air Sungai Mahakam naik. Pindahkan barang dan kendaraan ke tempat tinggi, jauhi arus.",
    "text": "Muka air Sungai Mahakam naik cepat. Warga di bantaran diminta bersiap mengungsi.",
    "is_urgent": True, "event": "Banjir", "category": "Met", "severity": "Severe", "urgency": "Expected",
    "certainty": "Likely", "instruction": "Pindahkan barang ke tempat tinggi dan ikuti arahan petugas desa.",
}  # fmt: skip
LANDSLIDE = {
    "title": "Waspada longsor di lereng Loa Kulu",
    "short_text": "Hujan lebat sampai lusa. Warga di bawah lereng bermalam di balai desa; jauhi tebing yang retak.",
    "text": "Hujan lebat membuat tanah di lereng Loa Kulu jenuh air. *Retakan baru* sudah terlihat di dua tempat.",
    "is_urgent": True, "event": "Tanah longsor", "category": "Geo", "severity": "Severe", "urgency": "Expected",
    "certainty": "Likely", "instruction": "Bermalamlah di balai desa. Jauhi tebing yang retak dan aliran yang keruh.",
}  # fmt: skip
OTHERS = {
    "draft": ("Pelatihan membuat video pendek untuk KIM", "Pelatihan dua hari, gratis. Satu KIM mengirim dua orang."),
    "approved": ("Pemutakhiran data penerima bantuan", "Cek nama Anda di balai desa sebelum akhir bulan."),
    "scheduled": ("Kerja bakti serentak menyambut musim hujan", "Bersihkan selokan bersama, Minggu pagi."),
}
NOTES = {
    Channel.PENGERAS_SUARA: "Musala, sesudah magrib",
    Channel.PAPAN: "Papan balai desa",
    Channel.GRUP_WA: "Grup RT 01 dan RT 02",
}
# Of a hundred KIM, how many opened it and passed it on.
SHARES = {"near": (78, 46), "wide": (61, 27)}


def make_bulletins(people, own, picture, rng, now):
    """`people`: officers of the ministry, the province and the regency, and a chair with a KIM of their `own`."""
    nation, province, regency = (Region.objects.get(code=code) for code in (INDONESIA, "64", "64.02"))
    scam = sent(SCAM, nation, people["ministry"], rng, now - timedelta(days=9), SHARES["wide"])
    market = sent(MARKET, province, people["province"], rng, now - timedelta(days=4), SHARES["wide"])
    polio = sent(POLIO, regency, people["regency"], rng, now - timedelta(days=2), SHARES["near"], picture=picture)
    wrong = sent(WRONG, regency, people["regency"], rng, now - timedelta(days=6), SHARES["near"])
    judge(polio, people["regency"], own, picture, rng)
    carry_on_and_publish(wrong.deliveries.get(community=own), people["chair"], people["regency"])
    wrong.recall(by=people["regency"], reason="Jadwalnya keliru: pasar murah diundur ke pekan depan.")
    flood = sent(FLOOD, regency, people["regency"], rng, now - timedelta(days=20), SHARES["near"], lasts=2)
    flood.expire()
    warn(LANDSLIDE, regency, Region.objects.get(code="64.02.02"), people["regency"], now)
    for status, (title, text) in OTHERS.items():
        stay(status, title, text, regency, people["regency"], now)
    ask_and_answer(polio, scam, market, own, people)
    for message in FollowUp.objects.filter(told_at=None):
        follow_up(message.pk)


def written(facts, region, by):
    bulletin = Bulletin(issuer=region, **facts)
    bulletin.write(by=by, regions=[region])
    return bulletin


def sent(facts, region, by, rng, at, shares, *, picture=None, lasts=30):
    """Written, approved and sent at this moment, with an end so many days later; opened and passed on by some."""
    bulletin = written(facts | {"ends_at": timezone.now() + timedelta(days=lasts)}, region, by)
    if picture:
        BulletinPicture.objects.show(bulletin, picture, "Balita ditimbang di posyandu", by=by)
        Attachment.objects.attach(bulletin, Document("jadwal-imunisasi.pdf", schedule()), by=by)
        bulletin.refresh_from_db()
    bulletin.approve(by=by)
    bulletin.send(by=by)
    deliver(bulletin.pk)
    Bulletin.objects.filter(pk=bulletin.pk).update(sent_at=at, delivered_at=at, ends_at=at + timedelta(days=lasts))
    bulletin.steps.update(at=at)
    bulletin.deliveries.update(created_at=at)
    bulletin.refresh_from_db()
    live(bulletin, shares, rng)
    return bulletin


def warn(facts, issuer, place, by, now):
    """A warning that is in force for two days, on top of every page of the place."""
    warning = Bulletin(issuer=issuer, ends_at=now + timedelta(days=2), **facts)
    warning.write(by=by, regions=[place])
    warning.approve(by=by)
    warning.send(by=by)
    deliver(warning.pk)


def live(bulletin, shares, rng):
    """Some KIM open it within two days, some of them pass it on outside the portal, some share their link."""
    opened, passed_on = shares
    for delivery in bulletin.deliveries.select_related("community"):
        reader, chance = delivery.community.board.first(), rng.random() * 100
        if reader is None or chance >= opened:
            continue
        delivery.open(by=reader)
        moments = {"opened_at": F("created_at") + timedelta(hours=rng.expovariate(1 / 7))}
        if chance < passed_on:
            pass_on(delivery, reader, rng)
            moments["passed_on_at"] = moments["opened_at"] + timedelta(hours=rng.expovariate(1 / 5))
        Delivery.objects.filter(pk=delivery.pk).update(**moments)


def pass_on(delivery, reader, rng):
    """An act or two of a KIM, on channels of which each is counted once."""
    if rng.random() < 0.4:
        Redissemination.objects.share(delivery, by=reader)
    for channel in rng.sample(OFFLINE, rng.randint(1, 2)):
        day = at(delivery.bulletin.sent_at, delivery.place).date()
        facts = {"people": rng.randint(12, 240), "happened_on": day, "note": NOTES.get(channel, "")}
        Redissemination.objects.record(delivery, channel, by=reader, **facts)


def judge(bulletin, officer, own, photo, rng):
    """The KIM of the demonstration has a photo; of the claims of the region some are verified, some refused."""
    mine = bulletin.deliveries.get(community=own)
    chair = own.board.first()
    facts = {"people": 65, "happened_on": today(mine.place), "note": "Posyandu Melati, RT 03", "photo": photo}
    Redissemination.objects.record(mine, Channel.TATAP_MUKA, by=chair, **facts)
    carry_on_and_publish(mine, chair, officer)
    for claim in Redissemination.objects.waits_for(officer).filter(bulletin=bulletin).exclude(community=own):
        chance = rng.random()
        if chance < 0.3:
            claim.verify(max(1, claim.people * rng.randint(6, 10) // 10), by=officer)
        elif chance < 0.4:
            claim.refuse("Tidak ada foto, dan tanggalnya tidak cocok dengan kunjungan kami.", by=officer)


def carry_on_and_publish(delivery, chair, officer):
    """The post by which the KIM of the demonstration carries it on."""
    post = carry_on(delivery, by=chair)
    post.send_in(by=chair)
    post.refresh_from_db()
    if not post.is_published:
        post.publish(by=officer)


def stay(status, title, text, region, by, now):
    """One that has come no further than this."""
    bulletin = written({"title": title, "text": text, "short_text": text}, region, by)
    if status != "draft":
        bulletin.approve(by=by)
    if status == "scheduled":
        bulletin.schedule(now + timedelta(days=3), by=by)


def ask_and_answer(polio, scam, market, own, people):
    """The chair of the demonstration asks three offices; two have answered."""
    questions = [
        (polio, "Apakah anak yang sedang pilek boleh ikut?", "Boleh, asal tidak demam. Petugas memeriksa dahulu."),
        (polio, "Apakah ada jadwal untuk warga yang bekerja di kebun sampai sore?", ""),
        (market, "Apakah kartu keluarga perlu dibawa?", "Tidak perlu."),
        (scam, "Bolehkah kami mencetak ini sebagai selebaran?", ""),
    ]
    officers = {polio.pk: people["regency"], market.pk: people["province"]}
    for bulletin, text, answer in questions:
        question = Question.objects.ask(bulletin, own, by=people["chair"], text=text)
        if answer:
            question.reply(answer, by=officers[bulletin.pk])


def schedule():
    """A PDF of one page."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=16)
    pdf.cell(text="Jadwal Pekan Imunisasi Polio")
    return bytes(pdf.output())
