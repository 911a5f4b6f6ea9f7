"""Of which KIM a person is a member, and as what."""

from accounts.own_data import own_rows
from communities.models import Membership, Position

own_rows("keanggotaan", Membership, by=["user", "email"], also=["community__name"])
own_rows("jabatan", Position, by=["membership__user"], also=["community__name"])
