"""By which words a row is found: made with it, whoever writes it, and anew by a command that may be broken off."""

import pytest
from django.core.management import call_command
from django.db import connection

from activities.models import Post
from activities.searching import FoundPage, TextQuery
from aspirations.models import Aspiration
from kimportal import tasks
from pages.memory import forget_everything
from pages.words import searched
from pages.words.known import EDITION


def found(text):
    forget_everything()
    return {row.pk for row in FoundPage(Post.objects.published(), TextQuery(text), {})}


def without_words_of_ours(table):
    """As before the upgrade."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            UPDATE {table} SET words_edition = 0, search = to_tsvector('indonesian', title)
        """)  # noqa: S608


def test_a_post_has_its_words_from_its_first_row_on(make_post):
    post = make_post(title="Penanaman pohon")

    assert found("tanam") == {post.pk}
    assert Post.objects.get().words_edition == EDITION


@pytest.mark.parametrize("names", [None, ["title"], ["title", "updated_at"]])
def test_a_post_is_found_by_what_it_says_now(make_post, names):
    post = make_post(title="Penanaman pohon")

    post.title = "Kebersihan pasar"
    post.save(update_fields=names)

    assert found("tanam") == set()
    assert found("membersihkan") == {post.pk}


def test_a_row_of_which_the_texts_were_not_read_keeps_its_words(make_post):
    post = make_post(title="Penanaman pohon")

    Post.objects.only("pk", "participants").get().save()
    Post.objects.defer("body", "search").get().save()

    assert found("tanam") == {post.pk}


def test_many_rows_at_once_have_their_words(make_post):
    post, other = make_post(title="Penanaman pohon"), make_post(title="Lain")

    other.title = "Menanam padi"
    Post.objects.bulk_update([other], ["title"])

    assert found("tanam") == {post.pk, other.pk}


def test_whoever_writes_past_the_model_leaves_what_can_be_found_at_once(make_post):
    post = make_post(title="Lain")

    Post.objects.filter(pk=post.pk).update(title="Pelatihan warga")

    assert found("lain") == set()
    assert found("melatih") == {post.pk}  # by PostgreSQL's own words
    assert Post.objects.get().words_edition == 0

    tasks.make_words.call()

    assert Post.objects.get().words_edition == EDITION
    assert found("melatih") == {post.pk}


def test_until_all_have_words_of_ours_the_others_are_found_by_theirs(make_post):
    old = make_post(title="Pelatihan menanam pohon")
    without_words_of_ours("activities_post")
    new = make_post(title="Penanaman pohon dilatihkan")
    make_post(title="Pelatihan pohon")

    assert found("melatih menanam -kebersihan") == {old.pk, new.pk}
    assert found("tanam") == {new.pk}
    assert found('"menanam pohon"') == {old.pk}
    assert found("pohon -latih") == set()


def test_the_command_may_be_broken_off(make_post, monkeypatch, capsys):
    monkeypatch.setattr(searched, "AT_ONCE", 2)
    posts = {make_post(title=f"Penanaman {number}").pk for number in range(5)}
    without_words_of_ours("activities_post")
    Post.objects.make_words()  # and no more

    assert Post.objects.filter(words_edition=0).count() == 3
    call_command("make_words")

    assert found("tanam") == posts
    assert "5 of" not in capsys.readouterr().out
    call_command("make_words")
    assert "of activities.Post, up to" not in capsys.readouterr().out


def test_new_words_leave_no_trace_in_the_audit_trail(make_post):
    from accounts.models import AuditEntry

    make_post(title="Penanaman")
    number = AuditEntry.objects.count()

    without_words_of_ours("activities_post")
    Post.objects.make_words()

    assert AuditEntry.objects.count() == number


def test_aspirations_are_found_by_their_words(make_aspiration):
    old = make_aspiration(title="Pelatihan warga")
    without_words_of_ours("aspirations_aspiration")
    new = make_aspiration(title="Penanaman pohon melatih")

    assert {*Aspiration.objects.saying("melatih")} == {old, new}
    assert {*Aspiration.objects.saying("tanam")} == {new}
    assert {*Aspiration.objects.saying(old.code)} == {old}
    assert not Aspiration.objects.saying("yang di")

    Aspiration.objects.make_words()

    assert {*Aspiration.objects.saying("latih")} == {old, new}
    Aspiration.objects.filter(pk=old.pk).update(title="", text="")  # forgotten
    assert {*Aspiration.objects.saying("latih")} == {new}
