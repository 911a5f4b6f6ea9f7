import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0006_formation_rule_ends_after_start"),
        ("regions", "0003_columns_nobody_reads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="judul")),
                (
                    "kind",
                    models.CharField(
                        choices=[("guide", "panduan"), ("slides", "bahan tayang"), ("recording", "rekaman")],
                        default="guide",
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="isinya tentang apa")),
                ("file", models.FileField(blank=True, editable=False, upload_to="materials/", verbose_name="berkas")),
                ("name", models.CharField(blank=True, editable=False, max_length=120, verbose_name="nama berkas")),
                ("size", models.PositiveIntegerField(default=0, editable=False, verbose_name="ukuran")),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="tautan",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="terbit"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="ditarik")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="diperbarui")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diterbitkan oleh",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="kecamatan",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="communities.coachingevent",
                        verbose_name="dari pembinaan",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="provinsi",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="kabupaten/kota",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="regions.region",
                        verbose_name="untuk wilayah",
                    ),
                ),
                (
                    "sectors",
                    models.ManyToManyField(
                        blank=True, related_name="materials", to="communities.sector", verbose_name="bidang"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="desa/kelurahan",
                    ),
                ),
            ],
            options={
                "verbose_name": "bahan belajar",
                "verbose_name_plural": "bahan belajar",
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["province", "-published_at", "-id"],
                        name="material_province_newest",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["regency", "-published_at", "-id"],
                        name="material_regency_newest",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["district", "-published_at", "-id"],
                        name="material_district_newest",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["village", "-published_at", "-id"],
                        name="material_village_newest",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["-published_at", "-id"],
                        name="material_newest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", ""), ("link__gt", "")),
                            models.Q(("file__gt", ""), ("link", "")),
                            _connector="OR",
                        ),
                        name="material_is_file_or_link",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="material",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.material', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="97d1af285ccadf73bb8922955d8f7bfc9480e566",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_e98de",
                    table="communities_material",
                    when="AFTER",
                ),
            ),
        ),
    ]
