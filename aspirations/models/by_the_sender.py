"""What the sender of an aspiration still does with it, and when the sender is forgotten."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import StepRefused
from accounts.models import Dispatch, Notice
from aspirations import notices
from aspirations.models.at_the_office import OUT_OF_TERM
from aspirations.models.choices import Status
from aspirations.models.telling import REPLIED, SENDER

NOBODY = {"sender": None, "sender_name": "", "sender_email": "", "sender_phone": "", "is_name_public": False}


def new_secret():
    return secrets.token_urlsafe(24)


class ByTheSender:
    """The verbs of an Aspiration that whoever has the sender's link may call."""

    def reply(self, *, text, by=None):
        """The sender answers what was asked; only who holds it reads that, for it may hold what is private."""
        if not self.was_asked:
            raise StepRefused(_("Belum ada pertanyaan yang perlu dibalas. Bila ditanya, Anda membalasnya di sini."))
        with transaction.atomic():
            facts = {"note": text, "is_public": False, "actor": SENDER}
            self._note("reply", self.ANSWERABLE, by=by, **facts)
            self._tell_holder(REPLIED)
            if turn := self.open_turn:
                self._write_of_reply(turn)

    def withdraw(self, *, by=None, note=""):
        """The sender no longer wants it: everyone, and its KIM, read its code alone; offices keep it as a record."""
        had = self.holder_label and self.status != Status.HELD
        told = self._actor(SENDER)
        with transaction.atomic():
            people, path = self._holders()
            self._leave_the_room()
            facts = {"closed_at": timezone.now(), "told": told} | OUT_OF_TERM
            self._move("withdraw", Status.WITHDRAWN, by=by, note=note, **facts)
            if had:
                self._tell(people, _("%(name)s ditarik pengirimnya"), path=path, name=self.code)

    def _leave_the_room(self):
        """Lines in inboxes of its KIM hold its title; so do letters that did not leave yet."""
        if self.community:
            members = self.community.memberships.filter(user__isnull=False).values("user")
            Notice.objects.filter(user__in=members, path=self.room_path).delete()

    def reopen(self, *, note, by=None):
        """The sender contests the answer, once: the office that gave it has it again."""
        if not self.may_be_contested:
            raise StepRefused(_("Jawaban dapat ditanggapi satu kali, dalam 14 hari sesudah dijawab."))
        facts = {"reopened_at": timezone.now(), "closed_at": None, "told": self._actor(SENDER)}
        with transaction.atomic():
            where = {"reopened_at": None}
            self._move("reopen", Status.REOPENED, by=by, note=note, where=where, **facts | self._at(self.office))
            self._tell_officers(_("%(name)s dibuka lagi oleh pengirimnya"), note)
            self._tell_senders()

    def hide_name(self):
        """Nobody but who holds it reads any more who sent it."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(is_name_public=False)
            self.renew_pages()

    def let_go_of_sender(self, user):
        """It goes on without a name, a contact or the account; who has the private link still answers and contests."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(**NOBODY)
            self.steps.filter(by=user, actor=SENDER).update(by=None)
            self.renew_pages()

    def forget_sender(self):
        """Nobody needs to know any more who sent it: the matter is over and its term too."""
        over = type(self).objects.filter(pk=self.pk, status__in=self.OVER, forgotten_at=None)
        with transaction.atomic():
            if over.update(forgotten_at=timezone.now(), secret=new_secret(), **NOBODY):
                # What was written to them holds the address, and the link that no longer leads anywhere.
                Dispatch.objects.filter(notice=None, path=self.secret_path).delete()
                # So do the lines in the inbox of an account, and the steps that it took.
                paths = [self.secret_path, self.get_absolute_url()]
                Notice.objects.filter(kind=notices.OWN, user=self.sender, path__in=paths).delete()
                self.steps.filter(deed="reply").update(note="")
                self.steps.filter(by=self.sender, actor=SENDER).update(by=None)
                self.renew_pages()
        self.refresh_from_db()
