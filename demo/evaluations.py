"""Demonstration data of evaluations: last year's of one regency, published, and this year's, open and computed so far.

Made by the verbs themselves; only the days on which it happened are set afterwards.
"""

from datetime import timedelta

from django.utils import timezone

from evaluations.computing import compute
from evaluations.models import Cycle, Objection, RuleSet, Selection
from regions.models import Region

CRITERIA = ["Manfaat bagi warga", "Gotong royong dan keterlibatan warga"]
OBJECTION = "Pengumuman kami pada bulan Juni terbit dua kali dalam sehari, tetapi dihitung satu."
REPLY = "Menurut aturan, dari satu jenis dihitung satu setiap hari. Nilainya sudah benar."
MOST_JUDGED, MOST_PUT_FORWARD = 12, 2


def make_evaluations(people, own, rng, now):
    """`people`: officers of the province and the regency, a juror, and a chair with a KIM of their `own`."""
    regency, rules = Region.objects.get(code="64.02"), RuleSet.objects.frozen().get(region=None)
    last = began(regency, now.year - 1, rules, people)
    judge(last, people, rng)
    last.refresh_from_db()
    last.open_objections(by=people["regency"])
    object_to(last, own, people)
    publish(last, people, now)
    began(regency, now.year, rules, people)


def began(region, year, rules, people):
    """Open, with what is so far."""
    cycle = Cycle.objects.create(region=region, year=year, rule_set=rules, created_by=people["regency"])
    cycle.open(by=people["regency"])
    for position, label in enumerate(CRITERIA, 1):
        cycle.criteria.create(position=position, label=label)
    cycle.jurors.create(user=people["juror"])
    cycle.ask_to_compute(by=people["regency"])
    compute(cycle.pk)
    cycle.refresh_from_db()
    return cycle


def judge(cycle, people, rng):
    """The juror looks at some KIM, and is through."""
    juror = cycle.jurors.get(user=people["juror"])
    criteria = list(cycle.criteria.all())
    for community in juror.kims().order_by("name")[:MOST_JUDGED]:
        juror.judge(community, {criterion: rng.randint(60, 95) for criterion in criteria})
    juror.close()


def object_to(cycle, own, people):
    """The KIM of the demonstration objects, and has its answer."""
    score = cycle.scores.get(community=own)
    objection = Objection.objects.make(score, OBJECTION, by=people["chair"])
    objection.refresh_from_db()
    objection.answer(by=people["regency"], reply=REPLY, is_granted=False)


def publish(cycle, people, now):
    """Its term over, its scores frozen and published; of the best two put forward the province accepts one."""
    Cycle.objects.filter(pk=cycle.pk).update(objections_until=timezone.localdate() - timedelta(days=1))
    cycle.refresh_from_db()
    cycle.freeze(by=people["regency"])
    cycle.publish(by=people["regency"])
    told = now - timedelta(days=200)
    days = {"computed_at": told - timedelta(days=30), "objections_until": (told - timedelta(days=5)).date()}
    Cycle.objects.filter(pk=cycle.pk).update(published_at=told, **days)
    cycle.objections.update(created_at=told - timedelta(days=20), answered_at=told - timedelta(days=12))
    best = cycle.scores.ranked().select_related("cycle__region", "community")[:MOST_PUT_FORWARD]
    rows = [Selection.objects.put_forward(score, by=people["regency"]) for score in best]
    rows[0].accept(by=people["province"])
