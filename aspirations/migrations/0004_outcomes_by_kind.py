from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aspirations", "0003_audit_without_the_sender"),
    ]

    operations = [
        migrations.AlterField(
            model_name="aspiration",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("done", "sudah dikerjakan"),
                    ("planned", "masuk rencana kerja"),
                    ("informed", "informasi sudah diberikan"),
                    ("unfounded", "tidak terbukti"),
                    ("exempt", "informasi dikecualikan"),
                    ("not_held", "informasi tidak ada di kantor ini"),
                    ("not_possible", "belum dapat dipenuhi"),
                ],
                editable=False,
                max_length=12,
                verbose_name="hasil",
            ),
        ),
    ]
