"""A KIM asks the office about a bulletin; the answer goes to all who have it."""

import pytest

from accounts.lifecycle import StepRefused
from bulletins import sending
from bulletins.models import FollowUp, Question


@pytest.fixture
def sent(make_bulletin, mekar):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    return bulletin


@pytest.fixture
def asked(sent, mekar, siti, made):
    return Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?")


def test_the_office_is_told_and_the_question_waits_for_it(asked, made, ratna):
    assert made.notices.get().kind == "question"
    assert list(Question.objects.waits_for(made)) == [asked]
    assert not Question.objects.waits_for(ratna)


def test_a_question_sent_twice_is_one(asked, sent, mekar, siti):
    Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?")

    assert Question.objects.count() == 1


def test_only_those_ask_to_whom_it_came(sent, make_community, mekar, joko, siti):
    other = make_community("KIM Lain", seat="64.71.01.1001")
    other.memberships.create(user=joko, name="Joko")
    with pytest.raises(StepRefused, match="tidak dikirim"):
        Question.objects.ask(sent, other, by=joko, text="Jam berapa?")
    with pytest.raises(StepRefused, match="Hanya anggota"):
        Question.objects.ask(sent, mekar, by=joko, text="Jam berapa?")

    assert not Question.objects.exists()


def test_nobody_asks_about_what_is_over(sent, mekar, siti, made):
    sent.close(by=made)

    with pytest.raises(StepRefused, match="tidak berlaku lagi"):
        Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?")


def test_an_answer_goes_to_all_who_have_the_bulletin(asked, sent, siti, made):
    asked.reply("Pukul delapan.", by=made)
    sending.follow_up(FollowUp.objects.get().pk)

    notice = siti.notices.get(title__startswith="Jawaban")
    assert "Pukul delapan." in notice.text
    assert notice.path == sent.room_path
    assert not Question.objects.waits_for(made)


def test_of_two_officers_one_answers(asked, made):
    other = Question.objects.get()
    asked.reply("Pukul delapan.", by=made)

    with pytest.raises(StepRefused, match="sudah dijawab"):
        other.reply("Pukul sembilan.", by=made)

    assert Question.objects.get().answer == "Pukul delapan."
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("answer", ["", "  "])
def test_an_answer_says_something(asked, made, answer):
    with pytest.raises(StepRefused, match="Tulis jawabannya"):
        asked.reply(answer, by=made)


def test_the_officer_next_door_does_not_answer(asked, ratna):
    with pytest.raises(StepRefused):
        asked.reply("Pukul delapan.", by=ratna)

    assert Question.objects.get().answered_at is None
