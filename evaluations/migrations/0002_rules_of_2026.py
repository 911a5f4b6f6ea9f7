from decimal import Decimal

from django.db import migrations
from django.utils import timezone

TITLE = "Aturan nasional evaluasi KIM 2026"

INDICATORS = [
    ("administrasi", "Administrasi lengkap dan mutakhir", "data_lengkap / 6 + data_segar + sk_berlaku", 10, 3,
     "Data KIM terisi, dikonfirmasi dalam setahun terakhir, dan SK-nya berlaku."),
    ("keteraturan", "Kegiatan sepanjang tahun", "bulan_aktif", 15, 12,
     "Dalam berapa bulan ada kegiatan yang terbit."),
    ("tugas", "Keenam tugas ADINDA dijalankan", "tugas_adinda", 10, 6,
     "Berapa dari enam tugas KIM yang tampak pada kegiatannya."),
    ("publikasi", "Publikasi menurut jenisnya",
     "min(berita, 24) + min(galeri, 6) + min(pengumuman, 6) + min(agenda, 6) + min(klarifikasi, 4) * 2 + min(potensi, 4) * 2",
     15, 40, "Klarifikasi dan potensi dihitung dua kali. Dari satu jenis hanya satu yang dihitung setiap hari."),
    ("mutu", "Mutu publikasi", "max(foto_berketerangan + bersumber - disembunyikan * 2, 0)", 10, 24,
     "Foto dengan keterangan dan sumber resmi; yang disembunyikan petugas mengurangi."),
    ("penyebaran", "Informasi pemerintah disebarkan", "informasi_disebarkan / max(informasi_diterima, 1)", 10, 1,
     "Bagian dari informasi yang diterima."),
    ("kecepatan", "Cepat menyebarkan", "disebarkan_sehari / max(informasi_diterima, 1)", 5, 1,
     "Bagian yang disebarkan dalam 24 jam sejak diterima."),
    ("jangkauan", "Jangkauan di luar portal", "jangkauan_terverifikasi", 5, 500,
     "Orang yang dijangkau lewat tatap muka, pengeras suara, dan cara lain; hanya yang sudah diperiksa petugas."),
    ("usulan", "Usulan warga diteruskan tepat waktu",
     "usulan_diteruskan / max(usulan_diteruskan + usulan_terlewat, 1)", 10, 1,
     "Bagian dari usulan yang diteruskan KIM dalam tujuh hari."),
    ("pembinaan", "Mengikuti pembinaan", "pembinaan", 5, 2, "Bimbingan teknis, monitoring, dan kunjungan yang dihadiri."),
    ("teladan", "Menjadi contoh bagi KIM lain", "diambil_kim_lain", 5, 5,
     "Berapa kali KIM lain memakai kegiatannya."),
]  # fmt: skip
CLASSES = {"pemula": 0, "berkembang": 40, "maju": 60, "mandiri": 80}

TABLES = ["evaluations_indicator", "evaluations_classthreshold", "evaluations_ruleset"]


def make_rules(apps, schema_editor):
    RuleSet = apps.get_model("evaluations", "RuleSet")
    rules = RuleSet.objects.create(title=TITLE, version=1, status="frozen", frozen_at=timezone.now(), most_a_day=1)
    for position, (word, label, formula, weight, cap, explanation) in enumerate(INDICATORS, 1):
        rules.indicators.create(
            position=position, word=word, label=label, formula=formula, explanation=explanation,
            weight=Decimal(weight), cap=Decimal(cap),
        )  # fmt: skip
    for name, least in CLASSES.items():
        rules.thresholds.create(name=name, least=Decimal(least))


def forget_rules(apps, schema_editor):
    """What is frozen nobody deletes, but the owner of the tables who takes the portal back."""
    rules = apps.get_model("evaluations", "RuleSet").objects.filter(title=TITLE, version=1, region=None)
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    rules.delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_tables")]
    operations = [migrations.RunPython(make_rules, forget_rules)]
