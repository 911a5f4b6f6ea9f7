"""`manage.py make_words`: after an upgrade whose words are another edition; broken off, it goes on where it was."""

from django.core.management.base import BaseCommand

from alerts.models import Subscription
from pages.words.searched import searched_models


class Command(BaseCommand):
    help = "Make the words by which texts are found, where they are of an older edition; also while people read."

    def handle(self, *, verbosity, **options):
        self.tell = self.stdout.write if verbosity else lambda _line: None
        number = Subscription.objects.settle_queries()
        self.tell(f"{number} searches that people follow")
        for model in searched_models():
            self.make(model)

    def make(self, model):
        """Until a whole round finds nothing: some came late, others were locked."""
        number, after = 0, 0
        while True:
            some, last = model.objects.make_words(after=after)
            if not some and not after:
                break
            number, after = number + some, last if some else 0
            if some:
                self.tell(f"{number} of {model._meta.label}, up to {last}")
        self.tell(f"All of {model._meta.label} are found by words of this edition.")
