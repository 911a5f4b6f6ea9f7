"""What a person asked a government office, and wrote for one."""

from accounts.own_data import own_rows
from bulletins.models import Bulletin, BulletinStep, Question

own_rows("pertanyaan", Question, by=["by"], also=["bulletin__title"])
own_rows("informasi", Bulletin, by=["author"], without=["words_edition"])
own_rows("informasi-langkah", BulletinStep, by=["by"], also=["bulletin__title"])
