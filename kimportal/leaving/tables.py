"""Which tables go along, in the order in which rows refer to each other, and which do not, and why."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from accounts.models import AuditEntry, OfficerAssignment, ReasonTemplate, User
from communities.models import PartnerKind, Sector
from regions.models import Region

# Known in each portal by a word; they stay where they are.
SHARED = {Region: "code", Sector: "slug", PartnerKind: "slug"}
# Of an account nothing goes along by which somebody signs in.
ACCOUNT = ("email", "name", "is_active", "joined_at")
# What no row stands without, once it names one.
NEEDED = {"merged_into", "decree", "agency", "duplicate_of"}
# When and by whom a portal took over rules that hold elsewhere too is its own to say.
OF_EACH_PORTAL = {"evaluations.ruleset": ("frozen_at", "created_at", "updated_at", "created_by_id", "copied_from_id")}
# How far the worker of one portal came, in its own keys.
OF_THIS_PORTAL = {"bulletins.Bulletin": {"delivered_to"}, "evaluations.Cycle": {"computed_to", "computing_at"}}


@dataclass(frozen=True)
class Table:
    """A table of the export, with the paths by which its rows belong to a region and to a KIM."""

    model: type[models.Model]
    region: str
    kim: str = ""
    natural: str = ""  # the column by which its rows are known in every portal
    also: str = ""  # another path to a region
    # The columns by which a row that another region has in common with this one is the same in every portal.
    same: tuple[str, ...] = ()

    @property
    def regions(self):
        return filter(None, [self.region, self.also])

    @property
    def name(self):
        return self.model._meta.label_lower

    @property
    def db(self):
        return self.model._meta.db_table

    @property
    def fields(self):
        """Those that go along, but the key."""
        out = OF_THIS_PORTAL.get(self.model._meta.label, ())
        if self.model is User:
            return [self.model._meta.get_field(name) for name in ACCOUNT]
        return [field for field in self.model._meta.concrete_fields if not field.primary_key and field.name not in out]

    @property
    def keys(self):
        return [field for field in self.fields if field.is_relation]


def of_region(label, path, kim="", **more):
    model = apps.get_model(label)
    natural = next((name for name in NATURAL if any(f.name == name and f.unique for f in model._meta.fields)), "")
    return Table(model, path, kim, natural, **more)


def of_kim(label, path="community"):
    return of_region(label, f"{path}__seat", f"{path}__slug")


def linking(owner, name):
    """The table between two, with the scope of the first."""
    through = owner.model._meta.get_field(name).remote_field.through
    own = owner.model._meta.model_name
    return Table(through, f"{own}__{owner.region}", f"{own}__{owner.kim}" if owner.kim else "")


RULES = "rule_set__cycles__region"
NATURAL = ("code", "slug", "uuid", "client_uuid", "token", "email")

ROWS = [
    Table(OfficerAssignment, "region"),
    Table(ReasonTemplate, "region"),
    of_region("communities.Office", "region"),
    of_region("communities.FormationRule", "region"),
    of_region("communities.SpentSerial", "seat"),
    of_region("communities.Decree", "region", "communities__slug", also="communities__seat"),
    of_region("communities.Community", "seat", "slug"),
    of_kim("communities.Step"),
    of_kim("communities.Certificate"),
    of_region("communities.CoachingEvent", "region"),
    of_region("communities.UsefulContact", "region"),
    of_region("communities.Material", "region"),
    of_kim("communities.Membership"),
    of_kim("communities.Position"),
    of_kim("communities.CommunityPicture"),
    of_kim("communities.Paper"),
    of_kim("communities.Verification"),
    of_kim("communities.CheckedItem", "verification__community"),
    of_region("bulletins.Bulletin", "issuer"),
    of_region("bulletins.BulletinStep", "bulletin__issuer"),
    of_region("bulletins.Attachment", "bulletin__issuer"),
    of_region("bulletins.BulletinPicture", "bulletin__issuer"),
    of_kim("bulletins.Delivery"),
    of_kim("bulletins.Question"),
    of_region("aspirations.Agency", "region"),
    of_region("aspirations.AnswerTerm", "region"),
    of_region("aspirations.AnswerTemplate", "region"),
    of_region("aspirations.Aspiration", "place", "community__slug"),
    of_region("aspirations.AgencyTurn", "aspiration__place", "aspiration__community__slug"),
    of_region("aspirations.Support", "aspiration__place", "aspiration__community__slug"),
    of_region("aspirations.AspirationPhoto", "aspiration__place", "aspiration__community__slug"),
    of_region("aspirations.AspirationStep", "aspiration__place", "aspiration__community__slug"),
    of_kim("activities.Post"),
    of_kim("activities.PostStep", "post__community"),
    of_kim("activities.Photo", "post__community"),
    of_kim("activities.PostRevision", "post__community"),
    of_kim("activities.Comment", "post__community"),
    of_kim("activities.FlaggedItem", "post__community"),
    of_kim("activities.Flag", "item__post__community"),
    of_kim("activities.Review", "post__community"),
    of_kim("activities.Appeal", "review__post__community"),
    of_region("activities.TrustRule", "region"),
    of_kim("activities.Redissemination"),
    of_kim("activities.Evidence", "redissemination__community"),
    of_kim("activities.PostReads", "post__community"),
    of_kim("activities.Thanks", "post__community"),
    of_region("evaluations.RuleSet", "region", also="cycles__region", same=("region_id", "title", "version")),
    of_region("evaluations.RuleSetStep", "rule_set__region"),
    of_region("evaluations.Indicator", "rule_set__region", also=RULES, same=("rule_set_id", "word")),
    of_region("evaluations.ClassThreshold", "rule_set__region", also=RULES, same=("rule_set_id", "name")),
    of_region("evaluations.Cycle", "region"),
    of_region("evaluations.CycleStep", "cycle__region"),
    of_region("evaluations.Criterion", "cycle__region"),
    of_region("evaluations.Juror", "cycle__region"),
    of_region("evaluations.JuryScore", "juror__cycle__region"),
    of_region("evaluations.Objection", "cycle__region"),
    of_region("evaluations.Score", "cycle__region"),
    of_region("evaluations.Selection", "cycle__region"),
]
LINKS = [
    linking(table, field.name)
    for table in ROWS
    for field in table.model._meta.local_many_to_many
    if field.remote_field.through._meta.auto_created
]
PEOPLE = Table(User, "", natural="email")
TRAIL = Table(AuditEntry, "region")
TABLES = [*ROWS, *LINKS]
ALL = [PEOPLE, *TABLES, TRAIL]
BY_NAME = {table.name: table for table in ALL}
# A frozen cycle takes no more scores, so these come before it; the database looks at references last.
FIRST = ("evaluations.score", "evaluations.juryscore")

SIGNS_IN = "membuka pintu di portal ini saja; di portal lain orang masuk dengan cara baru"
PASSING = "pekerjaan yang sedang berjalan, atau kabar yang lewat"
WORKED_OUT = "dihitung dari yang lain"
HERE_ONLY = "milik portal ini, bukan milik satu wilayah"
READERS = "pembaca menyetujui kabar dari portal ini, bukan dari portal lain"
LEFT_OUT = {
    **dict.fromkeys(["regions.Region", "communities.Sector", "communities.PartnerKind"], "dikenal dari kodenya"),
    **dict.fromkeys(["regions.RegionSuccession", "regions.LoadedEdition", "accounts.EditionUpload"], HERE_ONLY),
    **dict.fromkeys(["accounts.EditionChange", "accounts.RetentionTerm", "aspirations.Holiday"], HERE_ONLY),
    **dict.fromkeys(["aspirations.CodeSerial", "auth.Permission", "auth.Group"], HERE_ONLY),
    **dict.fromkeys(["accounts.Webhook", "accounts.WebhookMessage", "aspirations.Open311Client"], HERE_ONLY),
    **dict.fromkeys(["contenttypes.ContentType", "admin.LogEntry", "pghistory.Context"], HERE_ONLY),
    **dict.fromkeys(["pghistory.Events", "pghistory.MiddlewareEvents"], HERE_ONLY),
    **dict.fromkeys(["accounts.ChatCode", "accounts.Endpoint", "accounts.SecondFactor", "accounts.Session"], SIGNS_IN),
    **dict.fromkeys(["sessions.Session", "account.EmailAddress", "account.EmailConfirmation"], SIGNS_IN),
    **dict.fromkeys(["mfa.Authenticator", "communities.InvitationLink"], SIGNS_IN),
    **dict.fromkeys(["accounts.Reading", "accounts.DeskNote", "accounts.MutedKind", "accounts.Dispatch"], PASSING),
    **dict.fromkeys(["accounts.Notice", "accounts.PendingDecision", "accounts.SavedFilter"], PASSING),
    **dict.fromkeys(["communities.RosterImport", "communities.RosterRow", "communities.DataCopy"], PASSING),
    "bulletins.FollowUp": PASSING,
    **dict.fromkeys(["aspirations.WaitingPhoto", "activities.Chat", "activities.ChatUpdate"], PASSING),
    **dict.fromkeys(["django_tasks_database.DBTaskResult", "pages.Change", "pages.Purge"], PASSING),
    **dict.fromkeys(["activities.MostRead", "monitoring.CountChange", "monitoring.RegionCount"], WORKED_OUT),
    "monitoring.DayCount": WORKED_OUT,
    **dict.fromkeys(["alerts.Subscriber", "alerts.Subscription", "alerts.AnnouncedPost"], READERS),
    **dict.fromkeys(["alerts.AnnouncedStep", "alerts.AnnouncedWarning"], READERS),
}
