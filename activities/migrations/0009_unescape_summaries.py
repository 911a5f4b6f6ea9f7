"""Summaries were made of HTML without its tags, which left `&amp;` where a `&` was typed."""

from html import unescape

from django.db import migrations


def unescape_summaries(apps, schema_editor):
    post = apps.get_model("activities", "Post")
    for pk, summary in post.objects.filter(summary__regex="&(amp|lt|gt);").values_list("pk", "summary").iterator():
        post.objects.filter(pk=pk).update(summary=unescape(summary))


class Migration(migrations.Migration):
    dependencies = [("activities", "0008_words_stay_out_of_the_trail")]

    operations = [migrations.RunPython(unescape_summaries, migrations.RunPython.noop)]
