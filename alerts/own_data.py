"""What a person follows."""

from accounts.own_data import own_rows
from alerts.models import Subscriber, Subscription

own_rows("langganan", Subscriber, by=["user", "email"], without=["token", "waiting", "waiting_steps"])
own_rows(
    "yang-diikuti",
    Subscription,
    by=["subscriber__user", "subscriber__email"],
    also=["region__name", "community__name", "aspiration__code", "aspirations_of__name", "sector__name"],
    without=["query"],
)
