from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    # 92,000 rows that millions of posts point at four times each: four bytes are plenty.
    default_auto_field = "django.db.models.AutoField"
    verbose_name = _("Wilayah")

    def ready(self):
        from regions import letters  # noqa: F401 its check registers itself
