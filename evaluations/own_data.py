"""Where a person judges, and against what they objected."""

from accounts.own_data import own_rows
from evaluations.models import Juror, Objection

own_rows("juri", Juror, by=["user"], also=["cycle__year", "cycle__region__name"])
own_rows("keberatan-nilai", Objection, by=["by"], also=["community__name", "cycle__year"])
