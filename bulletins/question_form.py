"""What a KIM may ask the office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField


class QuestionForm(forms.Form):
    """A question about a bulletin, in the name of one of the KIM of these deliveries."""

    kim = forms.ChoiceField(label=_("atas nama KIM"))
    text = NoteField(
        label=_("pertanyaan Anda"),
        max_length=1000,
        help_text=_("Pertanyaan beserta jawabannya tampil untuk semua orang di bawah informasi ini."),
        error_messages={"required": _("Tulis pertanyaannya.")},
    )

    def __init__(self, *args, deliveries, **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = {delivery.community.slug: delivery.community for delivery in deliveries}
        names = [(slug, community.name) for slug, community in self.communities.items()]
        self.fields["kim"].choices = names
        if len(names) == 1:
            self.fields["kim"].widget = forms.HiddenInput()
            self.initial["kim"] = names[0][0]

    @property
    def community(self):
        return self.communities[self.cleaned_data["kim"]]
