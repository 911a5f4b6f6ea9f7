"""DOWN: what government tells residents through the KIM, with each KIM that has it and what became of it there."""

from bulletins.models.bulletin import Bulletin, BulletinStep, FollowUp
from bulletins.models.deliveries import Delivery, DeliveryQuerySet
from bulletins.models.papers import Attachment, BulletinPicture
from bulletins.models.querysets import BulletinQuerySet
from bulletins.models.questions import Question

__all__ = [
    "Attachment",
    "Bulletin",
    "BulletinPicture",
    "BulletinQuerySet",
    "BulletinStep",
    "Delivery",
    "DeliveryQuerySet",
    "FollowUp",
    "Question",
]
