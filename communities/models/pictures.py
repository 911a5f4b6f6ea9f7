"""How a KIM shows itself: a picture on top of its page, and its logo."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.stored_photo import StoredPhoto
from communities.models.community import Community


class CommunityPictureQuerySet(models.QuerySet):
    def shown(self):
        """Those of every KIM with a page of its own."""
        return self.filter(community__status__in=Community.PUBLIC_STATUSES, community__merged_into=None)

    def by_kind(self):
        """`{kind: picture}` of one KIM."""
        return {picture.kind: picture for picture in self.all()}

    def show(self, community, kind, prepared, alt, *, by):
        """Let this picture (accounts.images.PreparedPhoto) be the one of its kind; a former one goes."""
        with dressed(community, chair=by):
            self._let_go(community, kind)
            size = {"width": prepared.width, "height": prepared.height}
            picture = CommunityPicture(community=community, kind=kind, alt=alt, **size)
            picture.store(prepared)
            picture.save()
        return picture

    def say(self, community, kind, alt, *, by):
        """Describe the present one otherwise."""
        with dressed(community, chair=by):
            self.filter(community=community, kind=kind).update(alt=alt)

    def remove(self, community, kind, *, by):
        """No picture of this kind any more; one that is gone already stays gone."""
        with dressed(community, chair=by):
            self._let_go(community, kind)

    def _let_go(self, community, kind):
        for picture in self.filter(community=community, kind=kind):
            picture.let_go()


class CommunityPicture(StoredPhoto):
    """A picture of a KIM; it has one of each kind at most."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("gambar halaman")
        LOGO = "logo", _("logo")

    FOLDER, URL_NAME = "kim-pictures", "community_files:picture"

    community = models.ForeignKey(
        Community, models.PROTECT, db_index=False, related_name="pictures", verbose_name=_("KIM")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, editable=False)

    objects = CommunityPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("gambar KIM")
        verbose_name_plural = _("gambar KIM")
        constraints = [models.UniqueConstraint(fields=["community", "kind"], name="one_picture_of_a_kind")]
        triggers = [Audited(region="community__seat", personal=["alt"])]

    def take_down(self, *, by, note):
        """Off the portal by an officer, with a reason that the KIM reads; refused where it was replaced meanwhile."""
        kim = self.community
        if not kim.decided_by(by):
            raise StepRefused(_("KIM ini diputuskan oleh petugas kabupaten/kotanya, yang bukan anggotanya."))
        with with_reason(note), dressed(kim):
            if not CommunityPicture.objects.filter(pk=self.pk).exists():
                raise StepRefused(_("Gambar ini sudah diganti atau dihapus."))
            with translation.override(settings.LANGUAGE_CODE):
                said = _("Diturunkan petugas: %(what)s.") % {"what": self.get_kind_display()}
            kim.steps.create(to=kim.status, by=by, note=f"{said} {note}")
            kim.tell_board(_("Gambar %(name)s diturunkan petugas"), f"{said}\n{note}")
            self.let_go()


@contextmanager
def dressed(community, *, chair=None):
    """The KIM while how it shows itself changes: of two at once, the second sees what the first did.

    With a `chair` only for who chairs it at this moment, and once everyone may see the KIM.
    """
    with transaction.atomic():
        held = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        if chair and not Community.objects.chaired_by(chair).filter(pk=held.pk).exists():
            raise StepRefused(_("Hanya ketua KIM yang memasang gambarnya."))
        if chair and not held.is_standing:
            raise StepRefused(_("Gambar dapat dipasang setelah KIM terverifikasi, selama KIM berdiri."))
        yield
        # Cards, open data and whoever keeps a copy go by this moment.
        Community.objects.filter(pk=held.pk).update(updated_at=timezone.now())
        held.renew_pages()
