"""UP: what residents propose, and who holds it now."""

from accounts.lifecycle import StepRefused
from aspirations.models.agencies import Agency, AgencyTurn
from aspirations.models.aspiration import Aspiration
from aspirations.models.codes import CodeSerial
from aspirations.models.open311 import Open311Client
from aspirations.models.photos import MOST_PHOTOS, AspirationPhoto, WaitingPhoto
from aspirations.models.querysets import AspirationQuerySet, SentBefore, office_for
from aspirations.models.steps import AspirationStep
from aspirations.models.supports import Support
from aspirations.models.templates import AnswerTemplate
from aspirations.models.terms import AnswerTerm, Holiday

__all__ = [
    "MOST_PHOTOS",
    "Agency",
    "AgencyTurn",
    "AnswerTemplate",
    "AnswerTerm",
    "Aspiration",
    "AspirationPhoto",
    "AspirationQuerySet",
    "AspirationStep",
    "CodeSerial",
    "Holiday",
    "Open311Client",
    "SentBefore",
    "StepRefused",
    "Support",
    "WaitingPhoto",
    "office_for",
]
