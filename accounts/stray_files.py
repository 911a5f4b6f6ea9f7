"""Files that no row names: whoever brought them was stopped before its row was written."""

from datetime import timedelta

from django.db.models import FileField
from django.utils import timezone

# By then whoever is not done has been stopped.
AGE = timedelta(hours=1)


def stray_files(field: FileField) -> list[str]:
    """The names of stored files, in the folder of this field alone, that are older than that and of no row."""
    folder, storage = str(field.upload_to), field.storage
    try:
        names = {f"{folder}{name}" for name in storage.listdir(folder)[1]}
    except FileNotFoundError:  # a folder is made with its first file
        return []
    of_rows = field.model._base_manager.filter(**{f"{field.name}__in": names}).values_list(field.name, flat=True)
    long_ago = timezone.now() - AGE
    return [name for name in names.difference(of_rows) if storage.get_modified_time(name) < long_ago]
