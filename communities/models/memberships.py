"""Who is in a KIM, and how people come, go and get an office."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from communities.models.community import Community
from communities.models.invitation_links import InvitationLink
from communities.models.people import (
    CLOSED_STATUSES,
    held,
    require_open,
    require_unexamined,
    require_uninvited,
    tell,
    write_to_invited,
)
from communities.models.positions import Position
from regions.clocks import today


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(status=Membership.Status.CURRENT)

    def belonging(self):
        """Members of today and of former days; who was asked, or asks, is a stranger until there is a yes."""
        return self.filter(status__in=[Membership.Status.CURRENT, Membership.Status.LEFT])

    def requested(self):
        return self.filter(status=Membership.Status.REQUESTED)

    def invited(self):
        """Offered to an e-mail address and not answered: to a newcomer, or to a member listed without an account."""
        open_to = [Membership.Status.INVITED, Membership.Status.CURRENT]
        return self.filter(status__in=open_to, user=None).exclude(email="")

    def waiting(self):
        """Asked for by a resident, or offered by the KIM, and not answered yet."""
        return self.filter(status__in=[Membership.Status.REQUESTED, Membership.Status.INVITED])

    def waits_for(self, user):
        """The invitations for this person to answer, who has shown by signing in that the e-mail address is theirs."""
        return self.invited().filter(email=user.email.lower()).exclude(community__status__in=CLOSED_STATUSES)

    def with_offices(self):
        """Each with the offices held today, the chair's first, as `offices`."""
        offices = Position.objects.current().in_order()
        return self.select_related("user", "community").prefetch_related(
            models.Prefetch("positions", offices, to_attr="offices")
        )

    def add(self, community, *, name, occupation="", seen=None, by):
        """Somebody without an account. A second click adds no other: `seen` is the newest line that the page knew."""
        with held(community, chair=by) as community:
            require_open(community)
            facts = {"community": community, "name": name, "occupation": occupation, "user": None}
            return self._written_since(seen, **facts) or self.create(**facts)

    def invite(self, community, *, name, email, seen=None, by):
        """By e-mail, and the same way whether the e-mail address has an account or not."""
        email = email.lower()
        with held(community, chair=by) as community:
            if again := self._written_since(seen, community=community, name=name, email=email, status="invited"):
                return again
            require_uninvited(community, email)
            invited = self.create(community=community, name=name, email=email, status=Membership.Status.INVITED)
            write_to_invited(invited, by)
        return invited

    def invite_chair(self, community, *, email, name="", by):
        """The officer offers the chair of a KIM whose chair has no account to the owner of an e-mail address."""
        email = email.lower()
        if not community.decided_by(by):
            raise StepRefused(_("KIM ini diputuskan oleh petugas kabupaten/kotanya, yang bukan anggotanya."))
        with held(community) as community:
            if community.chairs:
                raise StepRefused(_("Ketua KIM ini sudah mempunyai akun."))
            require_uninvited(community, email)
            chair = community.listed_chair
            if chair is None:
                chair = self.create(community=community, name=name)
                community.positions.create(membership=chair, role=Position.Role.KETUA)
            chair.email = email
            chair.save()
            write_to_invited(chair, by, as_chair=True)
        return chair

    def ask_to_join(self, community, *, by):
        """Wait for the chair's answer, again for who left before; whoever is invited need not wait."""
        with held(community) as community:
            own = self.filter(community=community, user=by)
            if there := own.current().first() or own.requested().first():
                return there
            if invited := self.filter(community=community).waits_for(by).first():
                return invited.accept(by=by)
            if not community.is_standing:
                raise StepRefused(_("KIM ini sedang tidak menerima anggota."))
            asked = self.create(community=community, user=by, name=by.name, status=Membership.Status.REQUESTED)
            title = _("%(person)s ingin bergabung dengan %(kim)s")
            tell(community.chairs, title, path=asked.list_path, person=by.name, kim=community.name)
        return asked

    def join_by(self, link, *, by):
        """Whoever has a chair's link is a member at once, and the chair is told; StepRefused when it has ended."""
        with held(link.community) as community:
            own = self.filter(community=community, user=by)
            if there := own.current().first():
                return there
            usable = InvitationLink.objects.usable().filter(pk=link.pk)
            if not usable.update(places_left=F("places_left") - 1):
                raise StepRefused(_("Tautan undangan ini sudah tidak berlaku. Mintalah yang baru kepada ketua KIM."))
            require_unexamined(community)
            member = own.requested().first() or self.filter(community=community).waits_for(by).first()
            member = member or self.model(community=community, name=by.name)
            member.user, member.status, member.email = by, self.model.Status.CURRENT, ""
            member.joined_on = today(community.seat)
            member.save()
            title = _("%(person)s bergabung dengan %(kim)s lewat tautan undangan")
            tell(community.chairs, title, path=member.list_path, person=by.name, kim=community.name)
        return member

    def _written_since(self, seen, **facts):
        return seen is not None and self.filter(pk__gt=seen, **facts).first()


class Membership(models.Model):
    """A person in a KIM, with an account or without; who leaves and joins again has two rows."""

    class Status(models.TextChoices):
        INVITED = "invited", _("diundang")
        REQUESTED = "requested", _("ingin bergabung")
        CURRENT = "current", _("anggota")
        LEFT = "left", _("keluar")
        DECLINED = "declined", _("tidak jadi")

    community = models.ForeignKey(Community, models.PROTECT, related_name="memberships", verbose_name=_("KIM"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    name = models.CharField(_("nama"), max_length=120)
    status = models.CharField(
        _("keanggotaan"), max_length=9, choices=Status, default=Status.CURRENT, db_default=Status.CURRENT
    )
    # To whom an invitation went; whoever signs in with this e-mail address may take it up.
    email = models.EmailField(_("surel"), blank=True, db_default="")
    occupation = models.CharField(_("pekerjaan"), max_length=80, blank=True, db_default="")
    joined_on = models.DateField(_("bergabung"), default=timezone.localdate)
    left_on = models.DateField(_("keluar"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota")
        verbose_name_plural = _("anggota")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(status__in=["invited", "requested", "current"], user__isnull=False),
                name="member_once_at_a_time",
            ),
            models.UniqueConstraint(
                "community",
                Lower("email"),
                condition=Q(status="invited"),
                name="invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_on__isnull=False) | (~Q(status="left") & Q(left_on=None)),
                name="who_left_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["email"], condition=~Q(email=""), name="invited_by_address")]
        triggers = [Audited(region="community__seat", personal=["name", "email", "occupation"])]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.community.renew_pages()

    @property
    def is_chair(self):
        return self.positions.current().filter(role=Position.Role.KETUA).exists()

    @property
    def rank(self):
        """Where its first office stands in the order of offices; members without one after all. Asks for `offices`."""
        roles = list(Position.Role)
        return roles.index(self.offices[0].role) if self.offices else len(roles)

    @property
    def is_current(self):
        return self.status == self.Status.CURRENT

    @property
    def is_invited(self):
        """Whether an e-mail address was asked and has not answered; see `MembershipQuerySet.invited`."""
        return self.user_id is None and bool(self.email) and self.status in (self.Status.INVITED, self.Status.CURRENT)

    @property
    def list_path(self):
        return reverse("communities:members", args=[self.community.slug])

    # Verbs

    def accept(self, *, by):
        """The owner of the e-mail address takes the invitation up."""
        with self._held() as community:
            if self.user_id == by.pk and self.is_current:
                return self
            self._require_offered_to(by)
            require_open(community)
            own = Membership.objects.filter(community=community, user=by)
            if own.current().exists():
                raise StepRefused(_("Anda sudah menjadi anggota KIM ini."))
            own.requested().update(status=self.Status.DECLINED)
            if self.status == self.Status.INVITED:
                self.name, self.joined_on = by.name or self.name, today(community.seat)
            self.user, self.email, self.status = by, "", self.Status.CURRENT
            self.save()
            self._tell_chair(_("%(person)s menerima undangan %(kim)s"))
        return self

    def decline(self, *, by):
        """The owner of the e-mail address does not want to."""
        with self._held():
            if not self.is_invited and self.email == by.email.lower():
                return
            self._require_offered_to(by)
            self._call_off()
            self._tell_chair(_("%(person)s tidak menerima undangan %(kim)s"))

    def approve(self, *, by):
        """The chair takes in who asked."""
        with self._held(chair=by) as community:
            if self.is_current:
                return
            require_open(community)
            self._require(self.Status.REQUESTED)
            self.status, self.joined_on = self.Status.CURRENT, today(community.seat)
            self.save()
            tell([self.user], _("Anda kini anggota %(kim)s"), path=community.room_path, kim=community.name)

    def refuse(self, *, by):
        """The chair does not take in who asked."""
        with self._held(chair=by) as community:
            if self.status == self.Status.DECLINED:
                return
            self._require(self.Status.REQUESTED)
            self._call_off()
            title = _("Permintaan bergabung dengan %(kim)s belum diterima")
            tell([self.user], title, path="workspace", kim=community.name)

    def withdraw(self, *, by):
        """Whoever asked thinks better of it: the resident of the request, the chair of the invitation."""
        is_own = self.user_id is not None and self.user_id == by.pk
        with self._held(chair=None if is_own else by):
            if self.status == self.Status.DECLINED or (self.is_current and not self.user_id and not self.email):
                return
            if not self.is_invited:
                self._require(self.Status.REQUESTED if is_own else self.Status.INVITED)
            self._call_off()

    def invite_by(self, email, *, by):
        """Offer the line that the KIM has of a member without an account to the owner of an e-mail address."""
        email = email.lower()
        with self._held(chair=by) as community:
            if self.email == email:
                return
            self._require(self.Status.CURRENT)
            if self.user_id:
                raise StepRefused(_("Anggota ini sudah mempunyai akun."))
            require_uninvited(community, email)
            self.email = email
            self.save()
            write_to_invited(self, by)

    def remove(self, *, by):
        with self._held(chair=by) as community:
            if self.status == self.Status.LEFT:
                return
            self._require(self.Status.CURRENT)
            if self.is_chair:
                raise StepRefused(_("Ketua tidak dapat dikeluarkan. Serahkan dahulu jabatan ketua."))
            self._go()
            if self.user:
                tell([self.user], _("Anda tidak lagi anggota %(kim)s"), path="workspace", kim=community.name)

    def leave(self):
        with self._held():
            if self.status == self.Status.LEFT:
                return
            self._require(self.Status.CURRENT)
            if self.is_chair:
                raise StepRefused(_("Anda ketua KIM ini. Serahkan dahulu jabatan ketua kepada anggota lain."))
            self._go()
            self._tell_chair(_("%(person)s keluar dari %(kim)s"))

    def forget_person(self, *, nameless):
        """Whoever it is closes their account: the line stays, under a name that is nobody's."""
        with self._held():
            if self.is_current:
                self._tell_chair(_("Seorang anggota menutup akunnya dan keluar dari %(kim)s"))
                self._go()
            elif self.status in (self.Status.INVITED, self.Status.REQUESTED):
                self._call_off()
            self.name, self.email, self.occupation = nameless, "", ""
            self.save()

    def appoint(self, role, *, title="", term_until=None, by):
        """To an office, of which a section has a `title`; whoever holds it already gets the new term.

        The chair is handed over, never appointed.
        """
        with self._held(chair=by) as community:
            self._require(self.Status.CURRENT)
            if role == Position.Role.KETUA:
                raise StepRefused(_("Jabatan ketua diserahkan oleh ketua, bukan ditetapkan di sini."))
            office, is_new = self.positions.current().get_or_create(
                role=role, title=title, membership=self, defaults={"community": community, "term_until": term_until}
            )
            if is_new and self.user:
                title = _("Anda menjadi %(office)s %(kim)s")
                path = self.list_path if community.is_open_to_members else "workspace"
                tell([self.user], title, path=path, office=office.label, kim=community.name)
            elif office.term_until != term_until:
                office.term_until = term_until
                office.save()
        return office

    def correct(self, *, by, note):
        """Keep the name or job that an officer put right, with the reason; the chair is told, and who is called so."""
        kim = self.community
        is_near = by.jurisdiction().filter(pk=kim.seat_id).exists()
        if not is_near or kim.has_member(by):
            raise StepRefused(_("Nama anggota diperbaiki petugas wilayahnya yang bukan anggota KIM itu."))
        with transaction.atomic(), with_reason(note):
            self.save(update_fields=["name", "occupation"])
            people = {user.pk: user for user in [*kim.chairs, self.user] if user}.values()
            title = _("Data anggota %(kim)s diperbaiki petugas: %(person)s")
            path = kim.room_path if kim.is_open_to_members else "workspace"
            tell(people, title, note, path=path, kim=kim.name, person=self.name)

    def receive_chair(self, *, by):
        """The chair goes from who has it to this member, for the rest of the term, at once."""
        with self._held() as community:
            if self.is_current and self.is_chair:
                return
            former = community.positions.current().filter(role=Position.Role.KETUA, membership__user=by).first()
            if former is None or not former.membership.is_current:
                raise StepRefused(_("Hanya ketua yang menyerahkan jabatannya."))
            require_unexamined(community)
            self._require(self.Status.CURRENT)
            if self.user is None or not self.user.is_active:
                raise StepRefused(_("Ketua baru harus mempunyai akun. Undanglah dahulu lewat surel."))
            self.positions.current().end_at(community.seat)
            community.positions.filter(pk=former.pk).end_at(community.seat)
            self.positions.create(community=community, role=Position.Role.KETUA, term_until=former.term_until)
            names = {"person": self.name, "kim": community.name}
            tell([self.user], _("Anda kini ketua %(kim)s"), path=community.room_path, **names)
            path = community.room_path if community.is_open_to_members else "workspace"
            tell([by], _("Jabatan ketua %(kim)s diserahkan kepada %(person)s"), path=path, **names)

    @contextmanager
    def _held(self, *, chair=None):
        with held(self.community, chair=chair) as community:
            self.refresh_from_db()
            yield community

    def _tell_chair(self, title):
        tell(self.community.chairs, title, path=self.list_path, person=self.name, kim=self.community.name)

    def _require(self, status):
        if self.status != status:
            raise StepRefused(_("Keanggotaan ini sudah berubah. Lihat keadaannya sekarang di daftar anggota."))

    def _require_offered_to(self, user):
        if not self.is_invited or self.email != user.email.lower():
            raise StepRefused(_("Undangan ini tidak berlaku lagi."))

    def _call_off(self):
        """Nothing comes of it; a member whom the KIM already had stays, without an account."""
        if self.is_current:
            self.email = ""
        else:
            self.status = self.Status.DECLINED
        self.save()

    def _go(self):
        place = self.community.seat
        self.positions.current().end_at(place)
        self.status, self.left_on, self.email = self.Status.LEFT, max(today(place), self.joined_on), ""
        self.save()
