"""The label of a choice is said in the language of the page, as that of the row of a model is."""

import pytest
from django.utils import translation

from activities.models import Post
from communities.models import Community
from pages.labels import label_of


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_the_label_in_this_language(language):
    with translation.override(language):
        for choices in (Post.Type, Post.Status, Community.Status):
            for choice in choices:
                assert label_of(choices, choice.value) == str(choice.label)
                assert type(label_of(choices, choice.value)) is str


def test_choices_of_one_value_have_their_own_labels():
    assert label_of(Post.Status, "submitted") != label_of(Community.Status, "submitted")
