"""Every row of the policy, sent over HTTP by every actor; and no address without a row."""

import io
import re
import uuid
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter
from urllib.parse import urljoin

import policy
import pytest
from conftest import make_officer, make_pdf, make_user
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone, translation
from django.utils.http import int_to_base36
from PIL import Image

from accounts.models import (
    AuditEntry,
    EditionUpload,
    OfficerAssignment,
    PendingDecision,
    ReasonTemplate,
    RetentionTerm,
    SavedFilter,
    Webhook,
)
from accounts.stopping import stop_path
from activities.models import Evidence, FlaggedItem, Photo, TrustRule
from alerts.confirming import LINK
from alerts.digests import stop_path_of
from alerts.models import Subscriber
from aspirations.models import AnswerTemplate, AnswerTerm, AspirationPhoto, Holiday, Open311Client, WaitingPhoto
from bulletins.models import BulletinPicture
from communities.models import (
    Certificate,
    CoachingEvent,
    Community,
    DataCopy,
    FormationRule,
    InvitationLink,
    Material,
    Office,
    Paper,
    PartnerKind,
    RosterImport,
    Sector,
    UsefulContact,
)
from kimportal.dumps import DUMPS
from pages.memory import forget_everything
from regions.clocks import today

ROWS = list(policy.rows())
# What somebody typed themselves is no leak.
TYPED = re.compile(r'<textarea class="typed".*?</textarea>', re.S)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(places, siti, mekar):
    """Each actor by name; officers have their second factor, except the one who has not."""
    made = make_officer("Made", places["64.02"])
    people = {"joko": make_user("Joko"), "siti": siti, "made": made, "ratna": make_officer("Ratna", places["64.71"])}
    people |= {"dewi": make_officer("Dewi", places["0"]), "nofactor": make_officer("Nyoman", places["64.02"])}
    for name, person in people.items():
        person.confirm_email()
        if person.is_officer and name != "nofactor":
            person.authenticator_set.create(type="totp", data={"secret": ""})
            person.refresh_from_db(fields=["sessions_ended"])
    return people


@pytest.fixture
def things(
    cast,
    siti,
    places,
    mekar,
    sector,
    make_community,
    make_decree,
    make_post,
    make_bulletin,
    make_warning,
    make_aspiration,
    make_rules,
    make_cycle,
    make_scores,
    public_works,
):
    """What a row is about, made when it is asked for."""

    def photo(**facts):
        photo = Photo.objects.create(alt="Panen padi", width=640, height=400, **facts)
        default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
        return photo

    def answered_wish():
        row = make_aspiration(community=mekar)
        row.forward(by=siti)
        row.give_answer(by=cast["made"], text="Diaspal bulan depan.", outcome="planned")
        return row

    def photo_of_wish(kind, **facts):
        photo = kind.objects.create(alt="Jalan", width=640, height=400, **facts)
        default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
        return photo

    def candidate():
        wayan = make_user("Wayan")
        wayan.confirm_email()
        return wayan

    def duty():
        people = {"user": candidate(), "appointed_by": cast["made"]}
        return OfficerAssignment.objects.create(region=places["64.02.02"], letter_number="7/2026", **people)

    def delivered_bulletin():
        bulletin = make_bulletin(status="sent")
        bulletin.deliveries.create(community=mekar, place=mekar.seat)
        return bulletin

    def attachment(status="sent"):
        file = default_storage.save("bulletins/7.pdf", ContentFile(b"%PDF-1.7"))
        facts = {"name": "jadwal.pdf", "size": 8, "uploaded_by": cast["made"]}
        return make_bulletin(status=status).attachments.create(file=file, **facts)

    def bulletin_picture(status="sent"):
        facts = {"alt": "Balita ditimbang", "width": 640, "height": 400}
        picture = BulletinPicture.objects.create(bulletin=make_bulletin(status=status), **facts)
        default_storage.save(picture.path("640.webp"), ContentFile(b"RIFF"))
        return picture

    def kim_picture(community):
        picture = community.pictures.create(kind="logo", alt="Padi", width=640, height=400)
        default_storage.save(picture.path("640.webp"), ContentFile(b"RIFF"))
        return picture

    def scored(cycle):
        return make_scores(cycle).scores.get(community=mekar)

    def jury():
        juror = make_cycle().jurors.create(user=cast["joko"])
        juror.criterion = juror.cycle.criteria.create(label="Manfaat")
        juror.slug = mekar.slug
        return juror

    def claim():
        facts = {"channel": "papan", "people": 40, "happened_on": "2026-11-01", "by": siti, "place": mekar.seat}
        return delivered_bulletin().redisseminations.create(community=mekar, **facts)

    def evidence():
        photo = Evidence.objects.create(redissemination=claim(), alt="Papan", width=640, height=400)
        default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
        return photo

    def own_draft(status="draft"):
        kim = make_community(
            "KIM Melati", status=status, founded_on="2020-01-01", address="Balai desa", contact_phone="0812"
        )
        kim.sectors.add(sector)
        chair = kim.memberships.create(user=siti, name=siti.name)
        kim.positions.create(membership=chair, role="ketua")
        return kim

    def waiting_kim():
        kim = make_community("KIM Baru", status="submitted")
        kim.verifications.create()
        return kim

    def valid_certificate():
        decree = make_decree()
        kim = make_community("KIM Baru", status="inaugurated", decree=decree)
        return Certificate.objects.create(community=kim, decree=decree, office_name="Diskominfo")

    def joined_kim(**facts):
        """Siti belongs to it, and Joko's neighbour chairs it."""
        kim = make_community("KIM Melati", **facts)
        chair = kim.memberships.create(user=make_user("Nengah"), name="Nengah")
        kim.positions.create(membership=chair, role="ketua")
        kim.memberships.create(user=siti, name=siti.name)
        return kim

    def of_a_fellow(status):
        """A post of another member of the KIM that Siti chairs."""
        wayan = make_user("Wayan")
        mekar.memberships.create(user=wayan, name="Wayan")
        return make_post(status=status, author=wayan)

    def sent_back():
        """What a member sent in, and its chair did not hand on."""
        post = of_a_fellow("chair_review")
        post.steps.create(to="chair_review", by=post.author)
        post.return_by_chair(by=siti, reason="incomplete")
        return post

    def corrected_post():
        post = make_post()
        make_post(type="klarifikasi", claim="Beras plastik", verdict="salah", clarifies=post)
        return post

    def member(kim, **facts):
        return kim.memberships.create(user=make_user("Wayan"), name="Wayan", **facts)

    def position(kim):
        return kim.positions.create(membership=member(kim), role="bendahara")

    def material(**facts):
        file = default_storage.save("materials/7.pdf", ContentFile(b"%PDF-1.7"))
        facts |= {"title": "Menulis berita", "file": file, "name": "berita.pdf", "size": 8}
        return Material.objects.create(region=places["64.02"], by=cast["made"], **facts)

    def roster(**facts):
        layout = {"headings": ["NAMA KIM", "DESA"], "columns": {"name": 0, "village": 1}}
        file = default_storage.save("rosters/7.csv", ContentFile(b"NAMA KIM;DESA"))
        people = {"region": places["64.02"], "uploaded_by": cast["made"]}
        return RosterImport.objects.create(name="KIM Kukar.csv", file=file, **people, **layout, **facts)

    def data_copy():
        file = default_storage.save("copies/7.copy", ContentFile(b"PK"))
        facts = {"asked_by": cast["made"], "file": file, "status": "ready", "expires_at": timezone.now() + timedelta(1)}
        return DataCopy.objects.create(region=places["64.02"], **facts)

    def imported_roster():
        made = roster(status="done", approved_by=cast["made"])
        kim = make_community("KIM Anggrek", is_imported=True)
        kim.steps.create(to="verified", by=cast["made"])
        made.rows.create(number=2, cells=["KIM Anggrek", "Jembayan"], status="imported", region=kim.seat, community=kim)
        return made

    def decision():
        facts = {"facts": {}, "title": "Posyandu", "done": "Diterbitkan", "path": "/petugas/", "place": places["64.02"]}
        kept, _is_new = PendingDecision.objects.decide(make_post(), "post", by=cast["made"], **facts)
        PendingDecision.objects.filter(pk=kept.pk).update(due_at="2100-01-01T00:00Z")
        return kept

    def webhook():
        facts = {"name": "Aplikasi Kukar Siaga", "url": "https://lama.example/", "events": ["post.published"]}
        return Webhook.objects.create(region=places["64.02"], created_by=cast["made"], **facts)

    def report_client():
        facts = {"name": "Lapor Lama", "key_hash": "0" * 64, "created_by": cast["made"]}
        return Open311Client.objects.create(region=places["64.02"], **facts)

    def opd_turn(*, is_over=False):
        row = make_aspiration()
        row.assign(public_works, by=cast["made"])
        turn = row.open_turn
        if is_over:
            row.take_back(by=cast["made"])
        return turn

    def wish_photo(row):
        photo = row.photos.create(alt="Lubang di jalan", width=640, height=400)
        default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
        return photo

    def after(verb, row, **facts):
        getattr(row, verb)(**facts)
        return row

    return {
        "-": lambda: None,
        "aspiration": make_aspiration,
        "waiting-photo": lambda: photo_of_wish(WaitingPhoto, client_uuid=uuid.uuid4()),
        "unseen-photo": lambda: photo_of_wish(AspirationPhoto, aspiration=make_aspiration("Slot gacor maxwin")),
        "kim-wish": lambda: make_aspiration(community=mekar),
        "held-wish": lambda: make_aspiration("Slot gacor maxwin"),
        "hidden-wish": lambda: after("hide", make_aspiration(), by=cast["made"], note="Memuat nama tetangga."),
        "withdrawn-wish": lambda: after("withdraw", make_aspiration()),
        "escalated": lambda: after("escalate", make_aspiration(), by=cast["made"], note="Jalan provinsi."),
        "answered-wish": answered_wish,
        "turn": opd_turn,
        "wish-photo": lambda: wish_photo(make_aspiration()),
        "kim-photo": lambda: wish_photo(make_aspiration(community=mekar)),
        "turn-photo": lambda: wish_photo(opd_turn().aspiration),
        "ended-photo": lambda: wish_photo(opd_turn(is_over=True).aspiration),
        "ended-turn": lambda: opd_turn(is_over=True),
        "OPD": lambda: public_works,
        "answer-term": lambda: AnswerTerm.objects.create(region=places["64.02"], stage="accept", working_days=3),
        "template": lambda: AnswerTemplate.objects.create(region=places["64.02"], title="Jalan", text="Akan ditinjau."),
        "ready-reason": lambda: ReasonTemplate.objects.create(
            region=places["64.02"], title="Iklan", text="Ini iklan.", deeds=["post-reject"]
        ),
        "decision": decision,
        "passkey": lambda: make_user("Wayan").authenticator_set.create(type="webauthn", data={"name": "HP"}),
        "term": lambda: RetentionTerm.objects.get(word="kabar"),
        "webhook": webhook,
        "report-client": report_client,
        "opened-wish": lambda: report_client() and make_aspiration(),
        "told-system": lambda: webhook().messages.create(event="post.published", row=1, state="failed"),
        "edition": lambda: EditionUpload.objects.create(name="Edisi", uploaded_by=cast["dewi"], status="compared"),
        "holiday": lambda: Holiday.objects.create(date="2026-06-01", name="Hari Lahir Pancasila"),
        "region": lambda: places["64.02"],
        "KIM": lambda: mekar,
        "draft-KIM": lambda: make_community("KIM Baru", status="draft"),
        "submitted-KIM": lambda: make_community("KIM Baru", status="submitted"),
        "sector": lambda: sector,
        "kind": lambda: PartnerKind.objects.create(name="Kelompok Sandiwara", slug="sandiwara"),
        "decree": make_decree,
        "decree-file": lambda: make_decree(file=default_storage.save("decrees/7.pdf", ContentFile(make_pdf()))),
        "waiting-KIM": waiting_kim,
        "own-draft": own_draft,
        "joined-KIM": joined_kim,
        "member": lambda: member(mekar),
        "fellow": lambda: member(joined_kim()),
        "of-a-draft": lambda: member(make_community("KIM Baru", status="draft")),
        "by-hand": lambda: mekar.memberships.create(name="Bu Wati"),
        "asking": lambda: member(mekar, status="requested"),
        "asking-other": lambda: member(joined_kim(), status="requested"),
        "invitation": lambda: mekar.memberships.create(name="Pak Joko", email="joko@contoh.id", status="invited"),
        "link": lambda: InvitationLink.objects.issue(mekar, by=siti),
        "link-over": lambda: InvitationLink.objects.create(
            community=mekar, by=siti, ends_at="2026-01-01T00:00Z", ended_at="2026-01-01T00:00Z"
        ),
        "position": lambda: position(mekar),
        "fellow-office": lambda: position(joined_kim()),
        "waiting-own": lambda: own_draft("submitted"),
        "round": lambda: waiting_kim().open_verification,
        "saved-filter": lambda: SavedFilter.objects.create(
            user=cast["made"], table="communities.community", name="Menunggu", query="perlu=menunggu"
        ),
        "paper": lambda: Paper.objects.create(
            community=mekar,
            kind="minutes",
            name="berita-acara.pdf",
            size=8,
            uploaded_by=siti,
            file=default_storage.save("papers/7.pdf", ContentFile(make_pdf())),
        ),
        "rule": lambda: FormationRule.objects.create(
            region=places["64.02"], kind="min_members", number=5, legal_basis="Perbup 12/2024"
        ),
        "contact": lambda: UsefulContact.objects.create(
            region=places["64.02"], name="Puskesmas Jembayan", purpose="Persalinan", phone="119"
        ),
        "office": lambda: Office.objects.create(region=places["64.02"], name="Diskominfo Kutai Kartanegara"),
        "coaching": lambda: CoachingEvent.objects.create(
            kind="visit",
            title="Kunjungan ke Jembayan",
            held_on="2026-02-01",
            region=places["64.02"],
            recorded_by=cast["made"],
        ),
        "material": lambda: material(),
        "off-the-shelf": lambda: material(withdrawn_at="2026-03-01T00:00Z"),
        "roster": lambda: roster(status="checked"),
        "imported": imported_roster,
        "data-copy": data_copy,
        "certificate": lambda: Certificate.objects.create(
            community=mekar, decree=make_decree(), office_name="Diskominfo"
        ),
        "valid": valid_certificate,
        "comment": lambda: make_post().comments.create(author=cast["joko"], text="Terima kasih banyak"),
        "flag": lambda: FlaggedItem.objects.flag(make_post(), reason="false"),
        "notice": lambda: siti.notices.create(kind="verification", title="KIM Mekar terverifikasi"),
        "stop": lambda: siti.notices.create(kind="decree", title="Masa SK KIM Mekar berakhir"),
        "endpoint": lambda: siti.endpoints.create(channel="push", address="https://fcm.googleapis.com/x"),
        "subscriber": lambda: Subscriber.objects.of_email("budi@contoh.id"),
        "subscription": lambda: Subscriber.objects.of_email("budi@contoh.id").follow(
            {"region": places["64.02"]}, confirmed=False
        ),
        "post": make_post,
        "others-post": lambda: make_post(community=make_community("KIM Melati")),
        "corrected-post": corrected_post,
        "draft-post": lambda: make_post(status="draft"),
        "submitted-post": lambda: make_post(status="submitted"),
        "chair-post": lambda: make_post(status="chair_review", author=make_user("Wati")),
        "joined-draft": lambda: joined_kim(status="draft"),
        "fellows-draft": lambda: of_a_fellow("draft"),
        "fellows-photo": lambda: photo(post=of_a_fellow("draft")),
        "sent-to-chair": lambda: of_a_fellow("chair_review"),
        "photo-to-chair": lambda: photo(post=of_a_fellow("chair_review")),
        "sent-back": sent_back,
        "review": lambda: make_post(status="hidden").reviews.create(decision="hidden", reason="other", by=cast["made"]),
        "trust-rule": lambda: TrustRule.objects.create(region=places["64.02"]),
        "hidden-post": lambda: make_post(status="hidden"),
        "taken-down": lambda: make_post(status="taken_down"),
        "rejected-post": lambda: make_post(status="rejected"),
        "agenda": lambda: make_post(type="agenda", starts_at="2026-08-17T02:00Z", venue="Balai desa"),
        "photo": lambda: photo(post=make_post()),
        "logo": lambda: kim_picture(mekar),
        "logo-of-draft": lambda: kim_picture(make_community("KIM Draf", status="draft")),
        "photo-of-draft": lambda: photo(post=make_post(status="draft")),
        "hidden-photo": lambda: photo(post=make_post(), is_hidden=True),
        "delivered-bulletin": delivered_bulletin,
        "bulletin": lambda: make_bulletin(status="sent"),
        "draft-bulletin": make_bulletin,
        "approved-bulletin": lambda: make_bulletin(status="approved", regions=["64.02.02"]),
        "attachment": attachment,
        "draft-attachment": lambda: attachment("draft"),
        "picture": bulletin_picture,
        "draft-picture": lambda: bulletin_picture("draft"),
        "question": lambda: delivered_bulletin().questions.create(community=mekar, by=siti, text="Jam berapa?"),
        "delivery": lambda: delivered_bulletin().deliveries.get(),
        "rules": lambda: make_rules(),
        "draft-rules": lambda: make_rules(status="draft", title="Draf lomba", region=places["64.02"]),
        "cycle": lambda: make_cycle(status="computed"),
        "scored-cycle": lambda: scored(make_cycle(status="computed")).cycle,
        "planned-cycle": lambda: make_cycle(status="planned"),
        "published-cycle": lambda: make_cycle(status="published"),
        "score": lambda: scored(make_cycle(status="computed")),
        "told-score": lambda: scored(make_cycle(status="objection")),
        "published-score": lambda: scored(make_cycle(status="published")),
        "jury": jury,
        "objection": lambda: make_cycle(status="objection").objections.create(community=mekar, text="Kurang.", by=siti),
        "told-objection": lambda: scored(make_cycle(status="objection")).cycle.objections.create(
            community=mekar, text="Kurang.", by=siti
        ),
        "told-late-objection": lambda: scored(make_cycle(status="published")).cycle.objections.create(
            community=mekar, text="Kurang.", by=siti
        ),
        "selection": lambda: make_cycle(status="published").selections.create(
            community=mekar, to_region=places["0"], by=cast["made"]
        ),
        "claim": claim,
        "evidence": evidence,
        "dump": DUMPS["regions"].write,
        "warning": make_warning,
        "duty": duty,
        "person": lambda: cast["siti"],
        "candidate": candidate,
        "entry": lambda: AuditEntry.objects.about(mekar).get(),
    }


# Whose address is that of the KIM and a word.
OF_COMMUNITY = [
    f"communities:{word}"
    for word in (
        "room",
        "profile",
        "contact",
        "sectors",
        "pictures",
        "people",
        "decree",
        "papers",
        "submit",
        "confirm",
        "members",
        "member_add",
        "member_invite",
        "invite_many",
        "invitation_link",
        "join",
        "leave",
    )
]
# Whose address is that of a row within its KIM and a word.
WITHIN_COMMUNITY = [
    f"communities:{word}"
    for word in ("paper", "member", "member_account", "member_answer", "member_remove", "member_chair", "position_end")
]

# What the address of a row is made of, where it is not the thing's own page or its key.
PARTS = {
    **dict.fromkeys(OF_COMMUNITY, lambda community: [community.slug]),
    **dict.fromkeys(WITHIN_COMMUNITY, lambda row: [row.community.slug, row.pk]),
    "communities:material": lambda material: [material.pk],
    "communities:material_file": lambda material: [material.pk],
    "admin:communities_material_file": lambda material: [material.pk],
    **dict.fromkeys(["communities:invitation", "communities:join_by_link"], lambda link: [link.code]),
    "communities:invitation_answer": lambda invited: [invited.pk],
    "my_region_news": lambda region: [region.code],
    "monitoring:map_of": lambda region: [f"{region.code}-{region.slug}"],
    "monitoring:wall": lambda region: [region.code],
    "monitoring:hall": lambda region: [region.code],
    **dict.fromkeys(
        [f"desk_monitor:{name}" for name in ("region", "numbers", "without_kim", "without_petugas", "xlsx", "csv")],
        lambda region: [region.code],
    ),
    "monitoring:nearby_of": lambda region: [region.code],
    "monitoring:statistics_of": lambda region: [f"{region.code}-{region.slug}"],
    "monitoring:statistics_csv": lambda region: [region.code],
    "monitoring:statistics_numbers": lambda region: [region.code],
    "monitoring:map_csv": lambda region: [region.code],
    "monitoring:map_geojson": lambda region: [region.code],
    "communities:certificate_file": lambda certificate: [certificate.token],
    "activities:blog_import": lambda community: [community.slug],
    "activities:comment": lambda post: [post.pk],
    "activities:thank": lambda post: [post.pk],
    "activities:comments": lambda post: [post.pk],
    "activities:adapt": lambda post: [post.pk],
    "activities:adaptations": lambda post: [post.pk],
    "activities:adapted": lambda community: [community.slug],
    "admin:communities_community_report": lambda community: [community.pk],
    "admin:communities_community_report_rows": lambda community: [community.pk, "kegiatan"],
    "admin:communities_community_region_report_kims": lambda _: ["kegiatan"],
    "reports:of_kim": lambda community: [community.slug],
    "reports:rows": lambda community: [community.slug, "kegiatan"],
    "activities:comments_open": lambda post: [post.pk],
    "activities:comment_hide": lambda comment: [comment.pk],
    "activities:own_comment": lambda comment: [comment.pk],
    "activities:comment_take_back": lambda comment: [comment.pk],
    "activities:flag_post": lambda post: [post.pk],
    "activities:flag_photo": lambda photo: [photo.uuid],
    "activities:flag_comment": lambda comment: [comment.pk],
    "activities:flag_result": lambda flag: [flag.code],
    "notice_open": lambda notice: [notice.pk],
    "notice_stop": lambda notice: [stop_path(notice.user_id, notice.kind).rstrip("/").rpartition("/")[2]],
    "bulletins:read": lambda bulletin: [bulletin.pk],
    "bulletins:detail": lambda bulletin: [f"{bulletin.pk}-{bulletin.slug}"],
    "bulletins:attachment": lambda attachment: [attachment.pk],
    "bulletin_files:picture": lambda picture: [picture.uuid, "640.webp"],
    "bulletin_files:link": lambda delivery: [int_to_base36(delivery.pk)],
    "bulletin_files:feed_region": lambda region: [region.code],
    **{
        f"admin:bulletins_bulletin_{word}": lambda bulletin: [bulletin.pk]
        for word in ("write", "audience", "preview", "unopened", "funnel", "funnel_xlsx", "funnel_csv")
    },
    "admin:bulletins_bulletin_deed": lambda bulletin: [bulletin.pk, "kirim"],
    "admin:bulletins_bulletin_paper": lambda paper: [paper.bulletin_id, paper.pk],
    "admin:bulletins_bulletin_picture": lambda picture: [picture.bulletin_id, "640.webp"],
    **dict.fromkeys(["evaluations:cycle", "evaluations:rule_set"], lambda row: [row.pk]),
    **dict.fromkeys(["evaluations:jury", "evaluations:jury_close"], lambda juror: [juror.cycle_id]),
    **dict.fromkeys(["evaluations:own", "evaluations:own_best"], lambda community: [community.slug]),
    **dict.fromkeys(
        ["evaluations:own_score", "evaluations:own_object"], lambda score: [score.community.slug, score.cycle_id]
    ),
    **dict.fromkeys(
        ["evaluations:own_objection", "evaluations:withdraw"],
        lambda row: [row.community.slug, row.cycle_id, row.pk],
    ),
    "evaluations:own_fact": lambda score: [score.community.slug, score.cycle_id, "berita"],
    "evaluations:judge": lambda juror: [juror.cycle_id, juror.slug],
    "admin:evaluations_ruleset_deed": lambda rules: [rules.pk, "bekukan"],
    "admin:evaluations_cycle_deed": lambda cycle: [cycle.pk, "hitung"],
    **dict.fromkeys(
        [f"admin:evaluations_cycle_{name}" for name in ("try", "sheet_xlsx", "sheet_pdf")], lambda cycle: [cycle.pk]
    ),
    "admin:evaluations_score_deed": lambda score: [score.pk, "ajukan"],
    "admin:evaluations_score_fact": lambda score: [score.pk, "berita"],
    "admin:evaluations_objection_deed": lambda objection: [objection.pk, "jawab"],
    "admin:evaluations_selection_deed": lambda selection: [selection.pk, "terima"],
    "endpoint_unlink": lambda endpoint: [endpoint.pk],
    "chat_link": lambda _: ["telegram"],
    "alerts:confirm": lambda subscription: [LINK.sign(subscription.pk)],
    "alerts:manage": lambda subscriber: [subscriber.token],
    "alerts:stop": lambda subscriber: [stop_path_of(subscriber.pk).rstrip("/").rpartition("/")[2]],
    "bulletins:warning": lambda bulletin: [bulletin.pk],
    "bulletin_files:warning_cap": lambda bulletin: [bulletin.pk],
    "bulletin_files:warning_feed": lambda region: [region.code],
    "my_region_warnings": lambda region: [region.code],
    "activities:pass_on": lambda delivery: [delivery.pk],
    "activities:carry_on": lambda delivery: [delivery.pk],
    "activities:share": lambda delivery: [delivery.pk],
    "files:evidence": lambda photo: [photo.uuid, "640.webp"],
    "admin:activities_redissemination_check": lambda claim: [claim.pk],
    "activities:calendar": lambda post: [post.pk],
    "activities:sheet": lambda post: [post.pk],
    "community_sheet": lambda community: [community.slug],
    "activities:write_post": lambda post: [post.client_uuid],
    "activities:write_photo": lambda post: [post.client_uuid],
    "activities:write_discard": lambda post: [post.client_uuid],
    "activities:chair_reviews": lambda community: [community.slug],
    "activities:chair_read": lambda post: [post.pk],
    "activities:history": lambda post: [post.pk],
    "activities:contest": lambda review: [review.pk],
    **dict.fromkeys(
        ["activities:own_post", "activities:withdraw", "activities:take_down", "activities:copy", "files:read"],
        lambda post: [post.pk],
    ),
    "files:own_photo": lambda photo: [photo.uuid, "640.webp"],
    "files:share_picture": lambda post: [post.pk, post.share_version],
    "files:cover": lambda _: ["kesehatan", 7],
    "files:photo": lambda photo: [photo.uuid, "640.webp"],
    "files:agenda_feed_region": lambda region: [region.code],
    "files:feed_region": lambda region: [region.code],
    "files:feed_community": lambda community: [community.slug],
    "files:feed_sector": lambda sector: [sector.slug],
    "admin:communities_community_check": lambda community: [community.pk],
    "admin:activities_post_hoax": lambda post: [post.pk],
    "admin:activities_post_deed": lambda post: [post.pk, "tampilkan" if post.status == "hidden" else "sembunyikan"],
    "admin:decision_undo": lambda decision: [decision.pk],
    "admin:filter_forget": lambda row: [row.pk],
    "admin:accounts_officerassignment_deed": lambda duty: [duty.pk, "mutasi"],
    "mfa_edit_webauthn": lambda passkey: [passkey.pk],
    "mfa_remove_webauthn": lambda passkey: [passkey.pk],
    "admin:aspirations_open311client_deed": lambda system: [system.pk, "matikan"],
    **dict.fromkeys(
        ["open311:discovery", "open311:services", "open311:requests", "open311:updates"], lambda system: ["json"]
    ),
    "open311:service": lambda system: ["usulan", "json"],
    **dict.fromkeys(["open311:request", "open311:token"], lambda row: [row.code, "xml"]),
    "admin:accounts_webhook_deed": lambda webhook: [webhook.pk, "percobaan"],
    "admin:accounts_webhookmessage_deed": lambda message: [message.pk, "lagi"],
    "admin:accounts_user_deed": lambda person: [person.pk, "keluarkan"],
    "admin:communities_community_deed": lambda community: [community.pk, "bekukan"],
    "data_copy": lambda community: [community.slug],
    "admin:communities_rosterimport_result": lambda roster: [roster.pk, "csv"],
    "admin:communities_rosterimport_run": lambda roster: [roster.pk],
    "admin:communities_rosterimport_undo": lambda roster: [roster.pk],
    "admin:communities_decree_file": lambda decree: [decree.pk],
    "admin:communities_paper_file": lambda paper: [paper.pk],
    "admin:communities_decree_page": lambda decree: [decree.pk, 1],
    "admin:communities_paper_page": lambda paper: [paper.pk, 1],
    "admin:app_list": lambda _: ["communities"],
    "aspirations:own": lambda row: [row.secret],
    "aspirations:support": lambda row: [row.code],
    "activities:tell": lambda row: [row.code],
    "aspirations:of_region": lambda region: [region.code],
    "aspiration_files:feed_region": lambda region: [region.code],
    "aspirations:sender_photo": lambda photo: [photo.aspiration.secret, photo.uuid, "640.webp"],
    "aspirations:receipt": lambda row: [row.secret],
    "aspirations:waiting_photo": lambda photo: [photo.uuid, "640.webp"],
    "aspiration_files:photo": lambda photo: [photo.uuid, "640.webp"],
    "aspirations:room": lambda row: [row.code],
    "aspirations:agency": lambda turn: [turn.token],
    "aspirations:agency_photo": lambda photo: [photo.aspiration.turns.get().token, photo.uuid, "640.webp"],
    "aspirations:own_photo": lambda photo: [photo.uuid, "640.webp"],
    "aspirations:room_enter": lambda community: [community.slug],
    "dump": lambda _: ["regions", "csv"],
    "community_files:badge": lambda community: [community.slug],
    "community_files:picture": lambda picture: [picture.uuid, "640.webp"],
    "activities:embed_region": lambda region: [region.code],
    "activities:embed_community": lambda community: [community.slug],
    "api:region": lambda region: [region.code],
    "api:community": lambda community: [community.slug],
    "api:aspiration": lambda row: [row.code],
    "api:post": lambda post: [post.pk],
    "api:bulletin": lambda bulletin: [bulletin.pk],
    "sitemap_section": lambda community: ["kim", community.pk // 10_000],
}
OWN_PAGES = {"region", "community", "activities:detail", "communities:certificate", "aspirations:detail"}


def address(name, thing):
    if name in OWN_PAGES:
        return thing.get_absolute_url()
    if "/" in name:
        return f"/{name.replace('<id>', str(getattr(thing, 'pk', ''))).replace('<anything>', 'entah')}"
    if name in PARTS:
        return reverse(name, args=PARTS[name](thing))
    return reverse(name, args=[thing.pk] if thing and name.endswith(("_change", "_history", "_delete")) else [])


def a_photo():
    file = io.BytesIO()
    Image.new("RGB", (320, 240)).save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue())


def sent(deed, thing, places):
    """What a row's form says: enough to do the deed, if only one may."""
    day = "2026-01-05"
    decree = {"number": "9/2026", "issued_on": day, "issuer": "lurah", "issuer_name": "", "ends_on": ""}
    word = {"name": "Pangan", "slug": "pangan-lokal", "icon": "leaf", "position": 9}
    match deed:
        case "admin:autocomplete":
            seat = {"app_label": "communities", "model_name": "community", "field_name": "seat"}
            return seat | {"term": "Jembayan"}
        case "POST communities:member_add":
            return {"name": "Bu Wati", "occupation": "petani"}
        case "POST communities:member_invite" | "POST communities:member_account":
            return {"name": "Bu Wati", "email": "wati@contoh.id"}
        case "POST communities:invite_many":
            return {"lines": "Bu Wati, wati@contoh.id"}
        case "POST communities:member":
            return {"role": "bendahara"}
        case "POST communities:member_answer":
            return {"answer": "approve"}
        case "POST communities:invitation_answer":
            return {"answer": "accept"}
        case "POST communities:register":
            return {"name": "KIM Anggrek", "seat": "64.71"}
        case "POST communities:profile":
            return {"name": "KIM Anggrek", "seat": "64.71", "about": "Kami menulis."}
        case "POST communities:contact":
            return {"address": "Gang Kenanga"}
        case "POST communities:sectors":
            return {"chosen": [Sector.objects.get(slug="pariwisata").pk]}
        case "POST communities:decree":
            return {"number": "9/2026", "issued_on": day, "issuer": "lurah"}
        case "POST communities:papers":
            return {"minutes-file": SimpleUploadedFile("berita.pdf", make_pdf())}
        case "POST bulletins:read":
            return {"kim": Community.objects.get(name="KIM Mekar").slug, "text": "Jam berapa?"}
        case "POST activities:pass_on":
            return {"channel": "papan", "people": 40, "happened_on": today(thing.place).isoformat()}
        case "POST admin:activities_redissemination_check":
            return {"decision": "verify", "people": 30}
        case "POST activities:blog_import":
            blog = b"<rss><channel><item><title>Panen raya</title></item></channel></rss>"
            return {"file": SimpleUploadedFile("blog.xml", blog)}
        case "POST activities:chair_reviews":
            return {"wanted": "1"}
        case "POST activities:chair_read":
            return {"decision": "approve"}
        case "POST activities:discard_many":
            return {"post": thing.pk}
        case "POST activities:copy":
            return {"salinan": "sekali"}
        case "POST activities:contest":
            return {"text": "Mohon dilihat petugas lain."}
        case "POST admin:activities_post_queue":
            return {"row": thing.pk, "decision": "publish"}
        case "POST admin:activities_post_hoax":
            return {"clarification": thing.clarifications.get().pk}
        case "POST admin:activities_post_deed":
            return {"note": ""} if thing.status == "hidden" else {"reason": "other", "note": "Tidak pantas."}
        case "POST admin:activities_trustrule_add" | "POST admin:activities_trustrule_change":
            rule = {"posts_needed": 7, "refusals_allowed": 1, "days": 60}
            return rule | {"region": places["64.02"].pk}
        case "POST admin:communities_community_report" | "POST admin:communities_community_region_report":
            return {"berkas": "csv"}
        case "POST activities:adapt":
            return {"kim": "kim-1", "client_uuid": thing.client_uuid.hex[::-1]}
        case "POST alerts:follow":
            return {"wilayah": "64.02", "email": "budi@contoh.id", "frequency": "daily"}
        case "POST alerts:manage" | "POST alerts:own":
            return {"frequency": "weekly"}
        case "POST own_account":
            return {"name": "Nama Baru"}
        case "POST activities:comment" | "POST activities:own_comment":
            return {"text": "Terima kasih, KIM Mekar!"}
        case "POST activities:comment_hide":
            return {"reason": "hate"}
        case str() if deed.startswith("POST activities:flag_"):
            return {"reason": "false", "text": ""}
        case "POST activities:write_post":
            facts = {"title": "Panen padi", "body": "Ramai.", "type": "berita"}
            return facts | {"sector": thing.sector_id, "deed": "send"}
        case "POST activities:write_photo":
            return {"file": a_photo()}
        case "POST communities:pictures":
            return {"logo-file": a_photo(), "logo-alt": "Seikat padi"}
        case "POST regions:mine":
            return {"kode": thing.code}
        case "POST aspirations:own":
            return {"deed": "withdraw", "note": "", "sure": "1"}
        case "POST aspirations:send":
            typed = {
                "client_uuid": uuid.uuid4(),
                "kind": "usulan",
                "place": "64.02",
                "title": "Jalan",
                "text": "Rusak.",
            }
            return typed | {"shown_for": "64.02"}
        case "POST regions:nearest" | "POST aspirations:nearest" | "POST monitoring:nearby":
            return {"lat": "-0.56", "lng": "117.01"}
        case "POST admin:communities_community_change":
            lines = ("memberships", "positions", "steps")
            counts = {f"{line}-{form}_FORMS": 0 for line in lines for form in ("TOTAL", "INITIAL")}
            facts = {"name": "KIM Mekar Jaya", "seat": thing.seat_id, "partner_kind": thing.partner_kind_id}
            return facts | counts | {"reason": "Menurut SK."}
        case "POST admin:communities_membership_change":
            return {"name": "Wayan Sari", "occupation": "", "reason": "Salah tulis."}
        case "POST admin:communities_decree_add" | "POST admin:communities_decree_change":
            return decree | {"region": places["64.02.02.2003"].pk, "starts_on": day, "reason": "Salah tulis."}
        case "POST admin:communities_community_check":
            round_ = thing.open_verification
            return {"decision": "reject", "note": "Terdaftar dua kali.", "seen": round_.state if round_ else ""}
        case "POST admin:communities_community_deed":
            return {"note": "Pengurus berselisih."}
        case "POST admin:communities_formationrule_add" | "POST admin:communities_formationrule_change":
            rule = {"kind": "min_members", "number": 7, "legal_basis": "Perbup 13/2024"}
            return rule | {"region": places["64.02"].pk}
        case "POST admin:bulletins_bulletin_add" | "POST admin:bulletins_bulletin_write":
            return {"title": "Imunisasi polio", "issuer": places["64.02"].pk, "places": [places["64.02.02"].pk]}
        case "POST admin:bulletins_bulletin_deed":
            return {"seen": thing.updated_at.isoformat()}
        case "POST evaluations:own_object" | "POST evaluations:own_objection":
            return {"text": "Berita 3 Mei belum terhitung."}
        case "POST evaluations:judge":
            return {f"kriteria-{thing.criterion.pk}": 80}
        case "POST admin:evaluations_ruleset_add":
            lines = {"position": 1, "word": "berita", "label": "Berita", "formula": "berita", "weight": 100, "cap": 9}
            indicator = {f"indicators-0-{name}": value for name, value in lines.items()}
            counts = {"indicators-TOTAL_FORMS": 1, "indicators-INITIAL_FORMS": 0}
            counts |= {"thresholds-TOTAL_FORMS": 0, "thresholds-INITIAL_FORMS": 0}
            return {"title": "Aturan", "region": places["64.02"].pk, "most_a_day": 1} | counts | indicator
        case "POST admin:evaluations_ruleset_change":
            counts = {f"thresholds-{form}_FORMS": 0 for form in ("TOTAL", "INITIAL")}
            kept = list(thing.indicators.all())
            counts |= {"indicators-TOTAL_FORMS": len(kept), "indicators-INITIAL_FORMS": len(kept)}
            for number, row in enumerate(kept):
                facts = {name: getattr(row, name) for name in ("position", "word", "label", "formula", "weight", "cap")}
                facts |= {"id": row.pk, "rule_set": thing.pk}
                counts |= {f"indicators-{number}-{name}": value for name, value in facts.items()}
            return {"title": "Aturan lain", "most_a_day": 2} | counts
        case "POST admin:evaluations_cycle_add" | "POST admin:evaluations_cycle_change":
            counts = {f"{rows}-{form}_FORMS": 0 for rows in ("criteria", "jurors") for form in ("TOTAL", "INITIAL")}
            plan = {"region": places["64.02"].pk, "year": 2026, "span": "year", "objection_days": 10}
            rules = thing.rule_set_id if deed.endswith("change") else thing.pk
            return plan | {"rule_set": rules} | counts
        case "POST admin:evaluations_objection_deed":
            return {"verdict": "denied", "reply": "Sudah benar."}
        case "POST admin:bulletins_question_change":
            return {"answer": "Pukul delapan."}
        case "POST admin:communities_usefulcontact_add" | "POST admin:communities_usefulcontact_change":
            facts = {"region": places["64.02"].pk, "name": "Diskominfo", "purpose": "Informasi", "phone": "112"}
            return facts | {"position": 1}
        case "POST admin:communities_office_add" | "POST admin:communities_office_change":
            return {"region": places["64.02"].pk, "name": "Diskominfotik Kutai Kartanegara"}
        case "POST admin:communities_datacopy_add":
            return {"region": places["64.02"].pk}
        case "POST admin:communities_rosterimport_add":
            rows = "NAMA KIM;DESA;KECAMATAN\nKIM Anggrek;Jembayan;Loa Kulu"
            return {"region": places["64.02"].pk, "file": SimpleUploadedFile("daftar.csv", rows.encode())}
        case "POST admin:communities_rosterimport_change":
            return {"deed": "columns", "k0": "name", "k1": "place"}
        case "POST admin:communities_rosterimport_run":
            return {"seen": thing.state, "is_looked_through": "on"}
        case "POST admin:communities_coachingevent_add" | "POST admin:communities_coachingevent_change":
            event = {"kind": "training", "title": "Bimtek foto", "held_on": day, "communities": []}
            return event | {"region": places["64.02"].pk}
        case "POST admin:communities_material_add" | "POST admin:communities_material_change":
            facts = {"title": "Menulis berita foto", "kind": "guide", "about": "", "region": places["64.02"].pk}
            return facts | ({} if thing else {"link": "https://www.youtube.com/watch?v=abc"})
        case "POST admin:communities_material_changelist":
            return {"action": "withdraw", "_selected_action": [thing.pk]}
        case "POST admin:accounts_officerassignment_add":
            appointed = {"user": thing.email, "region": places["64.02.02"].pk, "duties": ["moderation"]}
            return appointed | {"letter_number": "7/2026", "starts_on": day, "ends_on": ""}
        case "POST admin:accounts_webhook_add" | "POST admin:accounts_webhook_change":
            facts = {"name": "Portal daerah", "url": "https://penerima.example/kim", "events": ["post.published"]}
            return facts | ({} if thing else {"region": places["64.02"].pk})
        case "POST admin:aspirations_open311client_add" | "POST admin:aspirations_open311client_change":
            return {"name": "Lapor Kukar"} | ({} if thing else {"region": places["64.02"].pk})
        case (
            "POST admin:aspirations_open311client_deed"
            | "POST admin:accounts_webhook_deed"
            | "POST admin:accounts_webhookmessage_deed"
        ):
            return {"csrfmiddlewaretoken": "x"}
        case "POST admin:accounts_editionupload_add":
            rows = "code,name\n64,Kalimantan Timur"
            return {"name": "Edisi 2027", "file": SimpleUploadedFile("daftar.csv", rows.encode())}
        case "POST admin:accounts_editionupload_change":
            return {"deed": "load", "reason": "Kepmendagri baru berlaku.", "is_looked_through": "on"}
        case "POST admin:filter_save":
            return {"table": "communities.community", "name": "Menunggu", "query": "perlu=menunggu"}
        case "POST admin:accounts_officerassignment_deed":
            moved = {"to": places["64.02.06"].pk, "duties": ["moderation"], "letter_number": "8/2026"}
            return moved | {"starts_on": thing.starts_on.isoformat()}
        case "POST admin:accounts_retentionterm_change":
            return {"days": 365, "reason": "Cukup setahun."}
        case "POST admin:accounts_user_deed":
            return {"reason": "Telepon hilang."}
        case "POST admin:accounts_officerassignment_changelist":
            return {"action": "end", "_selected_action": [thing.pk]}
        case "POST admin:communities_community_changelist":
            return {"action": "delete_selected", "_selected_action": [thing.pk], "post": "yes"}
        case "POST aspirations:agency":
            return {"deed": "mulai"}
        case "POST aspirations:room":
            return {"deed": "teruskan"}
        case "POST admin:aspirations_aspiration_queue":
            return {"row": thing.pk, "deed": "terima"}
        case "POST aspirations:room_enter" | "POST admin:aspirations_aspiration_enter":
            told = {"came_by": "telepon", "kind": "usulan", "title": "Lampu mati", "text": "Di depan balai desa."}
            return told | {"place": "64.02.02.2003", "client_uuid": "7b0c7f3e-3f0b-4f6e-9a3e-1f2f3a4b5c6d"}
        case "POST admin:aspirations_agency_add" | "POST admin:aspirations_agency_change":
            return {"region": places["64.02"].pk, "name": "Dinas Kesehatan", "email": "dinkes@kukar.contoh.id"}
        case "POST admin:aspirations_answerterm_add" | "POST admin:aspirations_answerterm_change":
            return {"region": places["64.02"].pk, "stage": "accept", "working_days": 4}
        case "POST admin:accounts_reasontemplate_add" | "POST admin:accounts_reasontemplate_change":
            return {"region": places["64.02"].pk, "title": "Foto", "text": "Tambah foto.", "deeds": ["post-reject"]}
        case "POST admin:aspirations_answertemplate_add" | "POST admin:aspirations_answertemplate_change":
            return {"region": places["64.02"].pk, "title": "Lampu", "text": "Akan diganti."}
        case "POST admin:aspirations_holiday_add" | "POST admin:aspirations_holiday_change":
            return {"date": "2026-06-02", "name": "Hari libur", "is_day_off": "on"}
        case str() if deed.startswith("POST"):
            return word | {"post": "yes"}


def followed(client, method, path, facts):
    """`(answer, [paths it led to])`; where one signs in or proves oneself, to which half the rows lead, is not read.

    The door of the desk, to which most others lead, says the same to a person each time and is read once.
    """
    door = reverse("admin:login")
    ends = {reverse(name) for name in ("mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate")}
    if settings.SESSION_COOKIE_NAME not in client.cookies:
        ends.add(reverse("account_login"))
    answer, led = getattr(client, method)(path, facts), []
    while answer.status_code in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER):
        path = urljoin(path, answer.url)
        led.append(path.partition("?")[0])
        assert len(led) < 9, led
        if led[-1] in ends:
            break
        if led[-1] != door:
            answer = client.get(path)
        else:
            answer = client.at_door[door] = client.at_door.get(door) or client.get(path)
    return answer, led


def outcome(answer, path, row, thing, changed):
    """The word of the policy for an answer, followed along a path to where it led."""
    if reverse("account_login") in path[-1:]:
        return "sign-in"
    if reverse("mfa_activate_totp") in path:
        return "factor"
    if {reverse("account_reauthenticate"), reverse("mfa_reauthenticate")} & set(path):
        return "again"
    if answer.status_code in (HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE):
        return "refused"
    if answer.status_code != 200:
        return str(answer.status_code)
    if changed:
        return "done"
    if row.deed.startswith("POST admin:"):
        return "refused"
    return "empty" if leaves_out(answer, thing) else "onward" if path else "ok"


def leaves_out(answer, thing):
    """Whether a list of the desk, or its autocomplete, answers without the thing."""
    if answer.get("Content-Type") == "application/json" and thing:
        return not answer.json().get("results", True)
    if "cl" not in (answer.context or ()):
        return False
    shown = answer.context["cl"].queryset
    return isinstance(thing, shown.model) and thing not in shown


def writes():
    """How many rows of each table this transaction wrote so far, but for sessions and the cache."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE schemaname = current_schema AND relname NOT IN ('accounts_session', 'cache_entries')"
        )
        return dict(cursor.fetchall())


def stored(tables):
    """A fingerprint of these tables."""
    sums = [f"SELECT '{name}', md5(string_agg(r::text, '|' ORDER BY r::text)) FROM {name} r" for name in tables]  # noqa: S608
    if not sums:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sums))
        return dict(cursor.fetchall())


def tried(deed):
    """What a deed returns, and whether it leaves any row other than before; all is as before afterwards."""
    before = writes()
    with transaction.atomic():
        answer = deed()
        written = [name for name, number in writes().items() if number != before.get(name)]
        after = stored(written)
        transaction.set_rollback(True)
    return answer, after != stored(written)


def outcomes_of(rows, person, things, places):
    """`{row: word}` for a person. Each thing is made once, and is for each of its rows as it was made."""
    browser, found = browsers_of(person), {}
    for name, of_thing in by_thing(rows):
        with made_for_now(things[name]) as thing:
            found |= {str(row): ask(browser(), row, thing, places) for row in of_thing}
    return found


def by_thing(rows):
    return groupby(sorted(rows, key=attrgetter("thing")), attrgetter("thing"))


@contextmanager
def made_for_now(make):
    with transaction.atomic():
        made = make()
        forget_everything()
        yield made
        transaction.set_rollback(True)


def ask(client, row, thing, places):
    """What the row answers to the person of this browser; afterwards all is as before."""
    cache.clear()  # nobody sends as often as a table does
    with transaction.atomic():
        path, facts = address(row.name, thing), sent(row.deed, thing, places)
        if row.method == "POST":
            (answer, led), changed = tried(lambda: followed(client, "post", path, facts))
        else:
            (answer, led), changed = followed(client, "get", path, facts), False
        word = outcome(answer, led, row, thing, changed)
        transaction.set_rollback(True)
    if row.method == "POST":
        forget_everything()
    assert changed == (word == "done"), row
    if answer.get("Content-Type", "").startswith("text/html") and "<html" in answer.text:
        # The desk speaks Indonesian alone.
        is_desk = answer.wsgi_request.path.startswith(reverse("admin:index"))
        language = settings.LANGUAGE_CODE if is_desk else translation.get_language()
        assert f'<html lang="{language}"' in answer.text, row
    if thing and word not in ("ok", "onward", "done", "refused"):
        assert str(thing) not in TYPED.sub("", answer.text), row
    return word


def browser_of(person):
    client = Client()
    client.at_door = {}
    if person:
        client.force_login(person)
    return client


def browsers_of(person):
    """A new browser at each call, all with one session and one portal: to begin anew would cost more than a page."""
    first = browser_of(person)

    def browser():
        client = Client()
        client.handler, client.at_door = first.handler, first.at_door
        client.cookies.load({name: cookie.value for name, cookie in first.cookies.items()})
        return client

    return browser


def test_what_a_deed_changes_is_noticed_and_undone(siti):
    assert tried(lambda: OfficerAssignment.objects.count()) == (0, False)
    assert tried(siti.save) == (None, False)
    siti.name = "Siti Aminah"

    assert tried(siti.save) == (None, True)
    siti.refresh_from_db()
    assert siti.name != "Siti Aminah"


@pytest.mark.parametrize("name", policy.ACTORS)
def test_every_row_holds_for(name, cast, things, places):
    outcomes = outcomes_of(ROWS, cast.get(name), things, places)

    assert outcomes == {str(row): row.outcomes[name] for row in ROWS}


def test_the_rows_speak_only_words_that_are_explained():
    assert {word for row in ROWS for word in row.outcomes.values()} == policy.OUTCOMES.keys()


def addresses(resolver, prefix=""):
    """Every pattern of the site by its name, or by its path where it has none."""
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from (name if "/" in name else f"{namespace}{name}" for name in addresses(pattern, path))
        else:
            yield pattern.name or path.replace("<path:object_id>", "<id>").replace("(?P<url>.*)$", "<anything>")


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row.name for row in ROWS} == set(addresses(get_resolver()))


def test_every_table_of_the_desk_has_its_rows():
    names = {row.name for row in ROWS}

    for model in admin.site._registry:
        for page in ("changelist", "add", "change", "history", "delete"):
            assert f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}" in names


def test_the_document_is_this_table():
    assert (settings.BASE_DIR / "docs" / "who-may-what.md").read_text() == policy.markdown()
