"""What an officer often looks for in a list of the desk: filters and search of that list under a name of their own."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MOST_OF_A_LIST = 20


class SavedFilterQuerySet(models.QuerySet):
    def of(self, user, table):
        return self.filter(user=user, table=table)


class SavedFilter(models.Model):
    """The query of a list, for its officer alone; the list itself shows of it what is of the own wilayah tugas."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    # "communities.community"
    table = models.CharField(max_length=60)
    name = models.CharField(_("nama saringan"), max_length=60)
    query = models.CharField(max_length=1000)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saringan tersimpan")
        verbose_name_plural = _("saringan tersimpan")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "table", "name"], name="saved_filter_once")]

    def __str__(self):
        return self.name

    @property
    def url(self):
        return f"{reverse(f'admin:{self.table.replace(".", "_")}_changelist')}?{self.query}"
