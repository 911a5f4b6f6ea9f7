"""An aspiration through its whole life: each verb in each status, who may do it, and what it leaves behind."""

from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.utils import timezone

from accounts.models import AuditEntry, Dispatch, User
from aspirations.models import Agency, Aspiration, StepRefused, Support
from pages.limits import LETTERS_TO_ONE
from regions import clocks

Status = Aspiration.Status
ANSWERED_FACTS = {"answer": "Diaspal bulan depan.", "outcome": "planned"}


@pytest.fixture
def chain(places):
    """The officers of the regency, the province and the nation."""
    codes = {"Made": "64.02", "Ketut": "64", "Dewi": "0"}
    return {name.lower(): make_officer(name, places[code]) for name, code in codes.items()}


@pytest.fixture
def put(make_aspiration, mekar, public_works, chain):
    """An aspiration put into a status, as if its verbs had led there."""

    def put(status, **facts):
        row = make_aspiration(community=mekar)
        now, today = timezone.now(), timezone.localdate()
        held = {"due_on": today, "escalates_on": today} if status in [*Aspiration.WITH_OFFICE, Status.RECEIVED] else {}
        facts = {"due_on": None, "escalates_on": None, "published_at": now, **held, **facts}
        if status in (Status.ANSWERED, Status.CLOSED, Status.REJECTED):
            facts = {"answered_at": now, **ANSWERED_FACTS, **facts}
        if status in (Status.ASSIGNED, Status.IN_PROGRESS):
            facts["agency"] = public_works
            row.turns.create(agency=public_works)
        if status == Status.DUPLICATE:
            facts["duplicate_of"] = make_aspiration("Jalan rusak")
        if status == Status.HELD:
            facts["published_at"] = None
        Aspiration.objects.filter(pk=row.pk).update(status=status, **facts)
        row.refresh_from_db()
        return row

    return put


@pytest.fixture
def verbs(chain, siti, public_works, places, make_aspiration, mekar):
    """Each verb as it is called by who may."""
    made = chain["made"]
    day = timedelta(days=30)

    def silent(row):
        Aspiration.objects.filter(pk=row.pk).update(held_since=timezone.now() - day)
        row.pass_silent_kim()

    def late(row):
        if row.escalates_on:
            Aspiration.objects.filter(pk=row.pk).update(escalates_on=timezone.localdate() - day)
        row.escalate_overdue()

    def uncontested(row):
        if row.answered_at:
            Aspiration.objects.filter(pk=row.pk).update(answered_at=timezone.now() - day)
        row.close_uncontested()

    def handed_back(row):
        Aspiration.objects.filter(pk=row.pk).update(agency=public_works)
        turn = row.open_turn or row.turns.create(agency=public_works)
        row.hand_back(turn=turn, note="Bukan urusan kami.")

    return {
        "arrive": lambda row: row.arrive(),
        "release": lambda row: row.release(by=made),
        "forward": lambda row: row.forward(by=siti),
        "pass_silent_kim": silent,
        "accept": lambda row: row.accept(by=made),
        "take_back": lambda row: row.take_back(by=made),
        "hand_back": handed_back,
        "assign": lambda row: row.assign(public_works, by=made),
        "start": lambda row: row.start(by=made),
        "give_answer": lambda row: row.give_answer(by=made, text="Diaspal.", outcome="done"),
        "close": lambda row: row.close(by=made, outcome="done"),
        "close_uncontested": uncontested,
        "escalate": lambda row: row.escalate(by=made, note="Jalan provinsi."),
        "escalate_overdue": late,
        "move": lambda row: row.move(places["64.71.01.1001"], by=made, note="Di Balikpapan."),
        "merge_into": lambda row: row.merge_into(
            make_aspiration("Jalan rusak"), by=siti if row.status == Status.RECEIVED else made
        ),
        "reject": lambda row: row.reject(by=made, note="Bukan wewenang."),
        "withdraw": lambda row: row.withdraw(),
        "reopen": lambda row: row.reopen(note="Belum selesai."),
    }


VERBS = sorted({verb for verbs in Aspiration.REACHED_FROM.values() for verb in verbs})


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_works_in_its_statuses_alone(verb, put, verbs):
    for status in Aspiration.open_to(verb):
        row = put(status)

        verbs[verb](row)

        row.refresh_from_db()
        assert verb in Aspiration.REACHED_FROM[row.status]
        assert (row.steps.last().deed, row.steps.last().to) == (verb, row.status)


@pytest.mark.parametrize("verb", VERBS)
def test_in_any_other_status_a_verb_is_refused_and_leaves_nothing(verb, put, verbs):
    for status in {*Status} - {*Aspiration.open_to(verb)}:
        row = put(status)
        steps = row.steps.count()

        with pytest.raises(StepRefused):
            verbs[verb](row)

        row.refresh_from_db()
        assert (row.status, row.steps.count()) == (status, steps)


def test_the_whole_way_of_a_wish(make_aspiration, mekar, siti, chain, public_works):
    row = make_aspiration(community=mekar)
    code = row.code

    row.add_vouch(by=siti, text="Kami lihat sendiri lubangnya.")
    row.forward(by=siti)
    row.accept(by=chain["made"])
    row.assign(public_works, by=chain["made"], note="Mohon ditinjau.")
    turn = row.open_turn
    row.start(turn=turn)
    row.ask(turn=turn, text="Di depan rumah siapa?", is_public=True)
    row.reply(text="Di depan rumah saya, nomor 7.")
    row.give_answer(turn=turn, text="Sudah diaspal.", outcome="done")
    row.close(by=chain["made"], outcome="done")

    assert row.code == code
    assert row.status == Status.CLOSED
    assert [step.deed for step in row.steps.all()] == [
        *["arrive", "add_vouch", "forward", "accept", "assign", "start", "ask", "reply", "give_answer", "close"]
    ]
    office = "Dinas Komunikasi dan Informatika Kabupaten Kutai Kartanegara"
    assert [step.holder for step in row.steps.all()] == [
        *["KIM Mekar", "KIM Mekar", office, office, *["Dinas Pekerjaan Umum"] * 4, office, ""]
    ]
    assert "nomor 7" not in "".join(step.note for step in row.steps.public())


def test_codes_count_up_within_a_year(make_aspiration):
    year = timezone.localdate().year

    codes = [make_aspiration(f"Usulan {number}").code for number in range(3)]

    assert codes == [f"ASP-{year}-{number:06d}" for number in (1, 2, 3)]


def test_sent_twice_it_is_one(make_aspiration):
    first = make_aspiration()

    again = make_aspiration(client_uuid=first.client_uuid)

    assert again == first
    assert Aspiration.objects.get().title == "Jalan di RT 03 berlubang"


def test_without_a_kim_it_goes_straight_to_the_office_of_the_regency(make_aspiration, made, places):
    row = make_aspiration()

    assert (row.status, row.office) == (Status.FORWARDED, places["64.02"])
    assert made.notices.get().path == row.desk_path


def test_a_kim_without_an_account_does_not_keep_it(make_aspiration, make_community):
    row = make_aspiration(community=make_community("KIM Lama"))

    assert row.status == Status.FORWARDED


def test_a_kim_is_told_what_it_got(make_aspiration, mekar, siti):
    row = make_aspiration(community=mekar)

    notice = siti.notices.get()
    assert (notice.path, row.code in notice.title) == (row.room_path, True)
    assert row.due_on == clocks.today(row.place) + Aspiration.KIM_TIME


def test_suspected_spam_waits_for_an_officer_and_is_not_shown(make_aspiration, made):
    row = make_aspiration("Slot gacor maxwin")

    assert (row.status, row.held_for, row.is_public) == (Status.HELD, ["spam"], False)
    row.release(by=made)
    assert (row.status, row.is_public) == (Status.FORWARDED, True)


def test_what_an_officer_enters_for_somebody_is_never_suspected(make_aspiration, made):
    row = make_aspiration("Slot parkir penuh", entered_by=made, came_by="telepon")

    assert row.status == Status.FORWARDED
    assert row.steps.get().actor == "Dinas Komunikasi dan Informatika Kabupaten Kutai Kartanegara"


def test_of_two_officers_with_an_old_page_one_wins(put, chain, public_works, places):
    chain["nyoman"] = make_officer("Nyoman", places["64.02"])
    row = put(Status.ACCEPTED)
    other_page = Aspiration.objects.get(pk=row.pk)

    row.assign(public_works, by=chain["made"])

    with pytest.raises(StepRefused):
        other_page.assign(public_works, by=chain["nyoman"])
    assert row.turns.open().count() == 1


def test_passing_up_twice_at_once_rises_one_level(put, chain):
    row = put(Status.FORWARDED)
    other_page = Aspiration.objects.get(pk=row.pk)

    row.escalate(by=chain["made"], note="Jalan provinsi.")

    with pytest.raises(StepRefused):
        other_page.escalate(by=chain["made"], note="Jalan provinsi.")
    row.refresh_from_db()
    assert row.office.code == "64"


def test_above_the_ministry_there_is_nobody(put, chain, places):
    row = put(Status.FORWARDED, office=places["0"], escalates_on=None)

    with pytest.raises(StepRefused):
        row.escalate(by=chain["dewi"], note="Lagi.")


@pytest.mark.parametrize("name", ["ratna", "joko", "siti", "ketut", "sender"])
def test_only_the_officers_of_its_office_decide(name, put, chain, siti, ratna, joko):
    people = {"ratna": ratna, "joko": joko, "siti": siti, "ketut": chain["ketut"], "sender": chain["made"]}
    row = put(Status.FORWARDED, **({"sender": chain["made"]} if name == "sender" else {}))

    for deed in (
        lambda by: row.accept(by=by),
        lambda by: row.reject(by=by, note="Tidak."),
        lambda by: row.escalate(by=by, note="Naik."),
        lambda by: row.hide(by=by, note="Tidak."),
        lambda by: row.refer("123", by=by),
        lambda by: row.ask(by=by, text="Di mana?", is_public=True),
    ):
        with pytest.raises(StepRefused):
            deed(people[name])
    row.refresh_from_db()
    assert (row.status, row.is_hidden) == (Status.FORWARDED, False)


def test_the_list_of_what_an_officer_decides_says_the_same(put, chain, ratna, places):
    row = put(Status.FORWARDED)
    keys = [user.pk for user in [*chain.values(), ratna]]

    def deciders():
        officers = User.objects.filter(pk__in=keys).order_by("pk")  # who they are now, not when the page was made
        listed = [user for user in officers if Aspiration.objects.decided_by(user).filter(pk=row.pk).exists()]
        assert listed == [user for user in officers if row.decided_by(user)]
        return [user.name for user in listed]

    assert deciders() == ["Made"]
    row.escalate(by=chain["made"], note="Naik.")
    assert deciders() == ["Ketut"]
    chain["ketut"].assignments.all().delete()
    assert deciders() == ["Dewi"]


def test_only_the_board_of_its_kim_vouches_and_forwards(put, joko, mekar):
    mekar.memberships.create(user=joko, name="Joko")
    row = put(Status.RECEIVED)

    for deed in (lambda: row.forward(by=joko), lambda: row.add_vouch(by=joko, text="Benar.")):
        with pytest.raises(StepRefused):
            deed()


def test_the_sender_is_shown_to_who_holds_it_and_to_nobody_else(put, chain, siti, ratna, joko):
    people = [*chain.values(), siti, ratna, joko]

    def sees(row):
        return [user.name for user in people if row.shows_sender_to(user)]

    assert sees(put(Status.RECEIVED)) == ["Siti"]
    assert sees(put(Status.ACCEPTED)) == ["Made"]
    assert sees(put(Status.ASSIGNED)) == ["Made"]
    assert sees(put(Status.HELD)) == ["Made"]
    assert [sees(put(status)) for status in Aspiration.OVER] == [[], [], [], []]


def test_the_link_of_an_opd_dies_with_its_turn(put, chain):
    row = put(Status.ASSIGNED)
    turn = row.open_turn

    row.take_back(by=chain["made"])

    assert row.open_turn is None
    with pytest.raises(StepRefused):
        row.give_answer(turn=turn, text="Sudah.", outcome="done")
    assert row.agency is None


def test_an_opd_of_elsewhere_gets_nothing(put, chain, places):
    row = put(Status.ACCEPTED)
    elsewhere = Agency.objects.create(region=places["64.71"], name="Dinas PU", email="pu@balikpapan.contoh.id")

    with pytest.raises(StepRefused):
        row.assign(elsewhere, by=chain["made"])


def test_an_opd_gets_a_mail_with_its_link_and_without_the_sender(put, chain, public_works):
    row = put(Status.ACCEPTED)

    row.assign(public_works, by=chain["made"], note="Mohon ditinjau.")

    mail = Dispatch.objects.get(address=public_works.email)
    assert mail.path == row.open_turn.link
    assert "Rini" not in mail.text + mail.title
    assert "Mohon ditinjau." in mail.text


def test_moving_takes_it_to_the_office_of_the_other_region(put, chain, ratna, places):
    row = put(Status.FORWARDED)

    row.move(places["64.71.01.1001"], by=chain["made"], note="Jalannya di Manggar.")

    assert (row.office, row.place, row.village) == (places["64.71"], *[places["64.71.01.1001"]] * 2)
    assert (row.district, row.regency) == (places["64.71.01"], places["64.71"])
    assert ratna.notices.filter(path=row.desk_path).exists()


def test_within_the_same_office_only_the_place_changes(put, chain, places):
    row = put(Status.ASSIGNED)
    before = row.due_on, row.agency, row.open_turn

    row.move(places["64.02.02.2011"], by=chain["made"], note="Parit itu di desa sebelah.")

    assert (row.status, row.office, row.place) == (Status.ASSIGNED, places["64.02"], places["64.02.02.2011"])
    assert (row.due_on, row.agency, row.open_turn) == before
    assert row.village == row.place
    step = row.steps.last()
    assert (step.deed, step.to, step.note) == ("move", Status.ASSIGNED, "Parit itu di desa sebelah.")


def test_moving_to_where_it_is_is_refused(put, chain, places):
    row = put(Status.FORWARDED)

    with pytest.raises(StepRefused, match="sudah di wilayah itu"):
        row.move(row.place, by=chain["made"], note="Di sini.")


def test_a_merge_tells_both_senders_and_counts_them_together(put, chain, make_aspiration, joko, siti):
    kept, merged = put(Status.FORWARDED), make_aspiration("Jalan rusak", sender_email="wayan@contoh.id")
    Support.objects.add(merged, user=joko)
    Support.objects.add(kept, user=joko)
    Support.objects.add(merged, device="a" * 43)

    merged.merge_into(kept, by=chain["made"])

    kept.refresh_from_db()
    assert kept.support_count == 3  # Joko, the device, and who sent the other
    assert Dispatch.objects.filter(address="wayan@contoh.id", title__contains="digabung").exists()
    kept.accept(by=chain["made"])
    assert Dispatch.objects.filter(address="wayan@contoh.id").latest("pk").path == merged.secret_path
    assert kept.steps.get(deed="gain").note == merged.code


def test_no_words_of_a_stranger_go_to_an_address_that_nobody_confirmed(make_aspiration, made):
    row, other = make_aspiration("Menang undian, buka tautan"), make_aspiration("Klik di sini")
    row.accept(by=made)
    row.merge_into(other, by=made)

    letters = Dispatch.objects.filter(address="rini@contoh.id")
    assert letters.filter(title__contains=row.code).exists()
    assert not any(word in letter.title + letter.text for letter in letters for word in ("undian", "Klik"))


def test_an_address_gets_so_many_letters_a_day(make_aspiration):
    for number in range(12):
        make_aspiration(f"Jalan rusak {number}", sender_email="Korban@contoh.id" if number % 2 else "korban@contoh.id")

    assert Dispatch.objects.filter(address__iexact="korban@contoh.id").count() == LETTERS_TO_ONE


def test_what_is_of_another_regency_is_no_original(put, chain, make_aspiration, places):
    row, far = put(Status.FORWARDED), make_aspiration("Jalan rusak", place=places["64.71.01.1001"])

    with pytest.raises(StepRefused, match="kabupaten/kota lain"):
        row.merge_into(far, by=chain["made"])

    row.refresh_from_db()
    assert row.status == Status.FORWARDED


def test_merging_in_a_circle_is_refused(put, chain):
    one, other = put(Status.FORWARDED), put(Status.FORWARDED)
    one.merge_into(other, by=chain["made"])

    with pytest.raises(StepRefused):
        other.merge_into(one, by=chain["made"])
    with pytest.raises(StepRefused):
        other.merge_into(other, by=chain["made"])


def test_an_answer_is_contested_once_and_in_time(put, chain):
    row = put(Status.ANSWERED)
    row.reopen(note="Belum diaspal.")
    assert (row.status, row.answer, row.answered_at) == (Status.REOPENED, "", None)
    assert chain["made"].notices.filter(title__contains="dibuka lagi", text="Belum diaspal.").exists()
    row.give_answer(by=chain["made"], text="Sudah sekarang.", outcome="done")

    with pytest.raises(StepRefused):
        row.reopen(note="Masih belum.")
    late = put(Status.ANSWERED, answered_at=timezone.now() - timedelta(days=15))
    with pytest.raises(StepRefused):
        late.reopen(note="Belum diaspal.")


def test_a_withdrawn_one_is_gone_for_everyone(put):
    row = put(Status.FORWARDED)

    row.withdraw()

    assert not Aspiration.objects.public().filter(pk=row.pk).exists()


def test_hidden_it_stays_in_work_and_can_be_shown_again(put, chain):
    row = put(Status.ACCEPTED)
    row.hide(by=chain["made"], note="Memuat nama tetangga.")
    assert (row.status, row.is_public) == (Status.ACCEPTED, False)
    with pytest.raises(StepRefused):
        row.hide(by=chain["made"], note="Lagi.")

    row.show_again(by=chain["made"])

    assert row.is_public


def test_each_deed_of_two_pages_is_done_once(put, chain):
    row = put(Status.ANSWERED)
    other_page = Aspiration.objects.get(pk=row.pk)
    row.close(by=chain["made"], outcome="done")

    with pytest.raises(StepRefused):
        other_page.close(by=chain["made"], outcome="not_possible")
    row.refresh_from_db()
    assert row.outcome == "done"


def test_supporters_remind_its_holder_at_round_numbers(put, chain):
    row = put(Status.FORWARDED)
    for number in range(6):
        Support.objects.add(row, user=make_user(f"Warga{number}"))
    again = Support.objects.add(row, device="a" * 43), Support.objects.add(row, device="a" * 43)

    row.refresh_from_db()
    assert (row.support_count, again) == (7, (True, False))
    assert chain["made"].notices.filter(title__contains="didukung").count() == 1


def test_a_sender_with_an_account_is_told_in_the_inbox(make_aspiration, joko):
    row = make_aspiration(sender=joko, sender_email="")

    assert joko.notices.get().path == row.get_absolute_url()


def test_forgetting_leaves_nobody(put, chain, joko):
    row = put(Status.FORWARDED)
    former = row.secret
    row.accept(by=chain["made"])
    row.ask(by=chain["made"], text="Nomor telepon Anda?", is_public=True)
    row.reply(text="Nomor saya 0812.")
    row.reject(by=chain["made"], note="Bukan wewenang.")

    row.forget_sender()

    assert (row.sender_name, row.sender_email, row.sender_phone, row.sender) == ("", "", "", None)
    assert row.forgotten_at
    assert row.secret != former
    assert not Dispatch.objects.filter(address="rini@contoh.id").exists()
    assert row.steps.get(deed="reply").note == ""


def test_what_is_not_over_is_not_forgotten(put):
    row = put(Status.ACCEPTED)

    row.forget_sender()

    assert row.sender_name == "Rini"


def test_the_audit_trail_knows_nobody(put, chain):
    row = put(Status.FORWARDED)
    row.accept(by=chain["made"])

    trail = str(list(AuditEntry.objects.about(row).values_list("before", "after")))
    assert "Rini" not in trail
    assert "rini@contoh.id" not in trail
    assert row.secret not in trail
