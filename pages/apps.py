from django.apps import AppConfig

from pages.refusals import say_in_our_words

# This app is the first that is loaded: no form and no model was made yet.
say_in_our_words()


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import cache_check  # noqa: F401 its check registers itself
