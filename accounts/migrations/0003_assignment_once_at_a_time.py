from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache_table")]

    operations = [
        migrations.AlterField(
            model_name="officerassignment",
            name="ends_on",
            field=models.DateField(
                blank=True, help_text="Sejak tanggal ini tidak lagi bertugas.", null=True, verbose_name="berakhir"
            ),
        ),
        migrations.AddConstraint(
            model_name="officerassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("user", "region"),
                name="assignment_once_at_a_time",
                violation_error_message="Orang ini sudah bertugas di wilayah itu.",
            ),
        ),
    ]
