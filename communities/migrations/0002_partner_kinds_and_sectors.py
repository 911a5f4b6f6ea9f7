"""The four partner kinds of the regulation and the sectors to start with: rows, to be changed in the admin."""

from django.db import migrations

# Permenkominfo 4/2024
PARTNER_KINDS = [
    ("Komunitas Informasi Masyarakat", "kim"),
    ("Media tradisional", "media-tradisional"),
    ("Komunitas konten positif", "komunitas-konten-positif"),
    ("Kelompok strategis", "kelompok-strategis"),
]

SECTORS = [
    ("Pemerintahan & layanan publik", "pemerintahan-layanan-publik", "landmark"),
    ("Ekonomi & UMKM", "ekonomi-umkm", "store"),
    ("Pertanian & perikanan", "pertanian-perikanan", "wheat"),
    ("Kesehatan", "kesehatan", "heart-pulse"),
    ("Pendidikan & literasi digital", "pendidikan-literasi-digital", "book-open"),
    ("Sosial budaya", "sosial-budaya", "drama"),
    ("Pariwisata", "pariwisata", "palmtree"),
    ("Lingkungan & kebencanaan", "lingkungan-kebencanaan", "leaf"),
]


def create_rows(apps, schema_editor):
    partner_kind = apps.get_model("communities", "PartnerKind")
    sector = apps.get_model("communities", "Sector")
    for position, (name, slug) in enumerate(PARTNER_KINDS):
        partner_kind.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})
    for position, (name, slug, icon) in enumerate(SECTORS):
        sector.objects.get_or_create(slug=slug, defaults={"name": name, "icon": icon, "position": position})


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial")]

    operations = [migrations.RunPython(create_rows, migrations.RunPython.noop)]
