"""After how many days something that is known of people is forgotten."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited


def words():
    from accounts.retention import Kept

    return Kept.choices()


class RetentionTerm(models.Model):
    """How long one kind of rows is kept (accounts/retention.py); the ministry changes it within bounds."""

    word = models.CharField(_("yang disimpan"), max_length=20, choices=words, unique=True, editable=False)
    days = models.PositiveIntegerField(_("hari"))

    class Meta:
        verbose_name = _("masa simpan")
        verbose_name_plural = _("masa simpan")
        ordering = ["word"]
        triggers = [Audited()]

    def __str__(self):
        return str(self.get_word_display())

    @property
    def kept(self):
        from accounts.retention import Kept

        return Kept.named(self.word)

    def clean(self):
        kept = self.kept
        if self.days is not None and not kept.least <= self.days <= kept.most:
            sentence = _("Antara %(least)s dan %(most)s hari.") % {"least": kept.least, "most": kept.most}
            raise ValidationError({"days": sentence})
