"""How static files are named in production: by their content, also where one script imports another.

What is ours is served as older browsers read it; nothing of a release is served where that fails.
"""

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Packages bring theirs in folders of their own.
OURS = ("css/", "js/", "embed/")


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._urls = {}

    def url(self, name, force=False):
        """A page asks for a hundred; while a release runs, each stays what it is."""
        if force or settings.DEBUG:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def create_compressor(self, **options):
        """Maps of scripts, which a developer's tools alone ask for, are twice as large as all else."""
        return Compressor(**options | {"extensions": [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]})

    def post_process(self, paths, dry_run=False, **options):
        read = {name: (ForOlderBrowsers(storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(read, dry_run, **options)


class ForOlderBrowsers:
    """A storage whose files of ours are read as older browsers understand them."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, name):
        from kimportal import older_browsers  # the code that reads styles and scripts, which no page needs: 1 MB

        file, ways = self.storage.open(name), {".css": older_browsers.style, ".js": older_browsers.script}
        way = next((way for ending, way in ways.items() if name.endswith(ending) and name.startswith(OURS)), None)
        if not way:
            return file
        with file:
            return ContentFile(way(file.read().decode(), name).encode(), name=name)
