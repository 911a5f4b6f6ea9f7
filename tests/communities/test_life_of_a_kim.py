"""Each verb of a KIM in each status: it works where Community.REACHED_FROM says so, and nowhere else."""

import pytest

from communities.models import Certificate, Community, StepRefused

Status = Community.Status
VERBS = sorted({verb for verbs in Community.REACHED_FROM.values() for verb in verbs})


@pytest.fixture
def put(make_community, make_decree):
    """A KIM that lacks nothing, in any status."""

    def make(status):
        facts = {"decree": make_decree(ends_on="2099-01-01"), "address": "Balai desa", "about": "Warga belajar."}
        if status == Status.MERGED:
            facts["merged_into"] = make_community("KIM Lain")
        return make_community(status=status, **facts)

    return make


@pytest.fixture
def do(made, siti, make_community, make_decree, monkeypatch):
    """A verb, by whom it belongs to and with what it asks for."""
    # What is missing is told elsewhere; here it is the status alone that decides.
    monkeypatch.setattr("communities.requirements.missing", lambda community: [])
    more = {
        "submit": lambda: {"by": siti},
        "inaugurate": lambda: {"decree": make_decree()},
        "extend": lambda: {"decree": make_decree()},
        "expire": dict,
        "verify": lambda: {"by": made},
        "restore": lambda: {"by": made},
    }

    def act(community, verb):
        if verb == "merge_into":
            community.merge_into(make_community("KIM Tujuan"), by=made)
        else:
            facts = more.get(verb, lambda: {"note": "Sesuai berita acara."})()
            getattr(community, verb)(**({"by": made} if verb != "expire" else {}) | facts)

    return act


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", list(Status))
def test_a_verb_works_where_the_table_says_so_and_nowhere_else(put, do, verb, status):
    kim = put(status)
    leads_to = {to for to, verbs in Community.REACHED_FROM.items() if status in verbs.get(verb, [])}

    if not leads_to:
        with pytest.raises(StepRefused):
            do(kim, verb)

        kim.refresh_from_db()
        assert kim.status == status
        assert not kim.steps.exists()
        return

    do(kim, verb)

    assert Community.objects.get(pk=kim.pk).status in leads_to
    assert [step.to for step in kim.steps.all()] == [kim.status]


@pytest.mark.parametrize("has_certificate", [True, False])
def test_a_kim_is_restored_to_what_its_certificate_says(put, do, has_certificate):
    kim = put(Status.SUSPENDED)
    if has_certificate:
        Certificate.objects.create(community=kim, decree=kim.decree)

    do(kim, "restore")

    assert kim.status == (Status.INAUGURATED if has_certificate else Status.VERIFIED)
