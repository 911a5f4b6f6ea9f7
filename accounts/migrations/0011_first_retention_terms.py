from django.db import migrations

DAYS = {"kiriman": 30, "kabar": 730, "pekerjaan": 14, "obrolan": 7, "foto-menunggu": 1}


def seed(apps, schema_editor):
    Term = apps.get_model("accounts", "RetentionTerm")
    for word, days in DAYS.items():
        Term.objects.get_or_create(word=word, defaults={"days": days})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_retention_terms")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
