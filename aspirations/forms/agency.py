"""What an OPD does with the matter it was handed."""

from aspirations.forms.deeds import AnswerForm, AskForm, StartForm

DEEDS = [StartForm, AnswerForm, AskForm]
