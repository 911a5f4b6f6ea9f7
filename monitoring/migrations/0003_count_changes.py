"""Changes in a table of their own, counts by region and by day; until 0005 nothing is counted."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

former = import_module("monitoring.migrations.0002_counting_triggers")
FORMER = {
    "activities_post": ("post", "published", "sector"),
    "communities_community": ("community", "verified,inaugurated,expired"),
}
COUNT = [former.FUNCTION, *(former.triggers(table, *facts) for table, facts in FORMER.items())]
COUNT_NO_MORE = [*map(former.drop, FORMER), "DROP FUNCTION monitoring_count_change"]


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_aspects_checked"),
        ("monitoring", "0002_counting_triggers"),
        ("regions", "0003_columns_nobody_reads"),
    ]

    operations = [
        migrations.RunSQL(COUNT_NO_MORE, COUNT),
        # Of these rows there were many for each count, of which there is one from here on.
        migrations.RunSQL("DELETE FROM monitoring_regioncount", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="CountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("community", "KIM"),
                            ("post", "kegiatan"),
                            ("aspiration", "usulan"),
                            ("answered", "usulan dijawab"),
                            ("targeted", "informasi diterima"),
                            ("opened", "informasi dibuka"),
                            ("passed_on", "informasi disebarkan"),
                            ("reach_claimed", "jangkauan diakui"),
                            ("reach_verified", "jangkauan terverifikasi"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("sector", models.BigIntegerField(null=True)),
                ("province", models.IntegerField(null=True)),
                ("regency", models.IntegerField(null=True)),
                ("district", models.IntegerField(null=True)),
                ("village", models.IntegerField(null=True)),
                ("amount", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("community", "KIM"),
                            ("post", "kegiatan"),
                            ("aspiration", "usulan"),
                            ("answered", "usulan dijawab"),
                            ("targeted", "informasi diterima"),
                            ("opened", "informasi dibuka"),
                            ("passed_on", "informasi disebarkan"),
                            ("reach_claimed", "jangkauan diakui"),
                            ("reach_verified", "jangkauan terverifikasi"),
                        ],
                        max_length=14,
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="regioncount",
            name="region_count",
        ),
        migrations.AlterField(
            model_name="regioncount",
            name="amount",
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name="regioncount",
            name="subject",
            field=models.CharField(
                choices=[
                    ("community", "KIM"),
                    ("post", "kegiatan"),
                    ("aspiration", "usulan"),
                    ("answered", "usulan dijawab"),
                    ("targeted", "informasi diterima"),
                    ("opened", "informasi dibuka"),
                    ("passed_on", "informasi disebarkan"),
                    ("reach_claimed", "jangkauan diakui"),
                    ("reach_verified", "jangkauan terverifikasi"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="regioncount",
            constraint=models.UniqueConstraint(
                fields=("region", "subject", "sector"), name="region_count_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["subject"], name="change_any"),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["province", "subject"], name="change_province"),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["regency", "subject"], name="change_regency"),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["district", "subject"], name="change_district"),
        ),
        migrations.AddIndex(
            model_name="countchange",
            index=models.Index(fields=["village", "subject"], name="change_village"),
        ),
        migrations.AddField(
            model_name="daycount",
            name="region",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
            ),
        ),
        migrations.AddField(
            model_name="daycount",
            name="sector",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.sector",
            ),
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.UniqueConstraint(
                fields=("region", "subject", "sector", "day"), name="day_count_once", nulls_distinct=False
            ),
        ),
    ]
