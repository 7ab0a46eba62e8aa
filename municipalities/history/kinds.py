"""What has a history that can be read, and by whom: whoever may see the thing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from municipalities.access.models import Membership, User
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    Delegation,
    VersionState,
    Withdrawal,
)
from municipalities.centrals.models import (
    Central,
    PublicNumber,
    RequirementCheck,
    RequirementPlan,
    ServedMunicipality,
)
from municipalities.competence.models import (
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from municipalities.cooperations.models import Cooperation, Participant, Service
from municipalities.costs.accounts.models import (
    Accounts,
    AccountsMapping,
    ArtChoice,
    Budget,
    Forecast,
)
from municipalities.costs.instalments.models import InstalmentPlan, Payment
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.keys.models import AllocationKey, KeyAdoption, UsageFigure
from municipalities.costs.pools.models import AreaPopulation, Pool, PoolMember, PoolYear
from municipalities.costs.settlements.models import Settlement, SettlementComment
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import Doctor, DutyShare, DutyTerms, Exemption, ShiftCount
from municipalities.documents.models import Document
from municipalities.hearings.models import Hearing, HearingAnswer
from municipalities.meetings.agenda.models import Proposal, ProposalSupport
from municipalities.meetings.follow_up.models import FollowUpReport, MeetingFollowUp
from municipalities.meetings.forums.models import Forum, ForumMember
from municipalities.meetings.meeting.models import Invitee, Meeting, MeetingDocument
from municipalities.meetings.minutes.models import Minutes, Remark
from municipalities.meetings.year_wheel.models import YearEvent, YearMark
from municipalities.obligations.models import Due, Evidence, Obligation
from municipalities.quality.cases.models import ComplaintCount, Supervision
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
)
from municipalities.quality.notes.models import QualityNote
from municipalities.quality.review.models import (
    CouncilReport,
    ManagementReview,
    MeasureDone,
    ReviewPoint,
)


@dataclass(frozen=True)
class Kind:
    """A model, the way from its rows to their cooperation, and what their names are made of.

    Rows without `visible_to` of their own are seen by whoever sees their `owner`. `drafted` tells
    which of the changes were made in a draft, and so are told to those who write drafts alone.
    """

    model: type[Model]
    cooperation: str = "cooperation"
    named_by: tuple[str, ...] = ()
    owner: str = ""
    drafted: Q | None = None

    @property
    def slug(self) -> str:
        """The kind as it stands in addresses."""
        return str(self.model._meta.model_name)

    @property
    def events(self) -> type[Model]:
        """The table of what has happened to the rows."""
        return self.model._meta.get_field("events").related_model  # type: ignore[return-value]

    def seen(self, *, cooperation: Cooperation, user: User) -> QuerySet:
        """The rows of the cooperation that the user may see."""
        rows = self.model._default_manager.filter(**{self.cooperation: cooperation.pk})
        judged: Any = self.model
        if self.owner:
            judged = self.model._meta.get_field(self.owner).related_model
        return rows.filter(
            **{f"{self.owner or 'pk'}__in": judged._default_manager.visible_to(user)}
        )


OF_CENTRAL, OF_VERSION = "central__cooperation", "version__agreement__cooperation"
IN_DRAFT, ALWAYS = Q(state=VersionState.DRAFT), Q(pgh_id__isnull=False)
OF_POOL, OF_YEAR = "pool__cooperation", "pool_year__pool__cooperation"
OF_FORUM, OF_MEETING = "forum__cooperation", "meeting__forum__cooperation"
MEETING = ("meeting__forum",)
YEAR, MEMBER = ("pool_year__pool",), ("member__municipality", "member__pool")
ALL = (
    Kind(Cooperation, "pk"),
    Kind(Participant, named_by=("municipality", "cooperation")),
    Kind(Service),
    Kind(Agreement),
    Kind(AgreementVersion, "agreement__cooperation", ("agreement",), drafted=IN_DRAFT),
    Kind(Clause, OF_VERSION, owner="version", drafted=ALWAYS),
    Kind(AgreementParty, OF_VERSION, ("municipality",), owner="version", drafted=ALWAYS),
    Kind(Adoption, OF_VERSION, ("municipality",), owner="version"),
    Kind(Withdrawal, OF_VERSION, ("municipality",), owner="version"),
    Kind(Delegation, named_by=("municipality",)),
    Kind(Obligation),
    Kind(Due, "obligation__cooperation", ("obligation",)),
    Kind(Evidence, "due__obligation__cooperation"),
    Kind(Decision),
    Kind(Notification, "decision__cooperation", ("municipality", "decision")),
    Kind(Hearing),
    Kind(HearingAnswer, "hearing__cooperation", ("municipality", "hearing")),
    Kind(Central),
    Kind(PublicNumber, OF_CENTRAL, owner="central"),
    Kind(ServedMunicipality, OF_CENTRAL, ("municipality", "central")),
    Kind(RequirementPlan, OF_CENTRAL),
    Kind(RequirementCheck, "plan__central__cooperation", ("plan",)),
    Kind(CompetenceRequirement, OF_CENTRAL),
    Kind(Operator, OF_CENTRAL),
    Kind(Qualification, "operator__central__cooperation", ("operator", "requirement")),
    Kind(FollowUp, "operator__central__cooperation", ("operator",)),
    Kind(DutyTerms, named_by=("cooperation",)),
    Kind(DutyShare, named_by=("municipality",)),
    Kind(ShiftCount, named_by=("municipality",)),
    Kind(Doctor),
    Kind(Exemption, "doctor__cooperation", ("doctor",)),
    Kind(Pool),
    Kind(PoolMember, OF_POOL, ("municipality", "pool")),
    Kind(AreaPopulation, "member__pool__cooperation", MEMBER, owner="member"),
    Kind(PoolYear, OF_POOL, ("pool",)),
    Kind(AllocationKey, OF_POOL, ("pool",)),
    Kind(KeyAdoption, "key__pool__cooperation", ("municipality", "key__pool"), owner="key"),
    Kind(UsageFigure, named_by=("municipality",)),
    Kind(ArtChoice),
    Kind(AccountsMapping),
    Kind(Budget, OF_YEAR, YEAR),
    Kind(Accounts, OF_YEAR, YEAR),
    Kind(Forecast, OF_YEAR, YEAR),
    Kind(InstalmentPlan, OF_YEAR, YEAR),
    Kind(Payment, OF_YEAR, ("municipality",)),
    Kind(Settlement, OF_YEAR, YEAR),
    Kind(
        SettlementComment,
        f"settlement__{OF_YEAR}",
        ("municipality", "settlement__pool_year__pool"),
        owner="settlement",
    ),
    Kind(BillingDetails, named_by=("municipality",)),
    Kind(Claim, named_by=("municipality", *YEAR)),
    Kind(Forum),
    Kind(ForumMember, OF_FORUM, ("user", "forum")),
    Kind(Meeting, OF_FORUM, ("forum",)),
    Kind(Invitee, OF_MEETING, ("user",)),
    Kind(MeetingDocument, OF_MEETING, ("document",)),
    Kind(Proposal, OF_FORUM),
    Kind(ProposalSupport, "proposal__forum__cooperation", ("municipality", "proposal")),
    Kind(Minutes, OF_MEETING, MEETING),
    Kind(Remark, f"minutes__{OF_MEETING}", ("minutes__meeting__forum", "made_by")),
    Kind(MeetingFollowUp, OF_FORUM),
    Kind(FollowUpReport, "follow_up__forum__cooperation"),
    Kind(YearEvent),
    Kind(YearMark),
    Kind(DeviationCategory),
    Kind(DeviationSeverity),
    Kind(DeviationMonth),
    Kind(DeviationCount, "month__cooperation", ("month", "category")),
    Kind(ComplaintCount),
    Kind(Supervision),
    Kind(QualityNote),
    Kind(ManagementReview, named_by=("cooperation",)),
    Kind(ReviewPoint, "review__cooperation", ("review__cooperation",)),
    Kind(MeasureDone, "point__review__cooperation", ("point__review__cooperation",)),
    Kind(CouncilReport, "review__cooperation", ("municipality", "review__cooperation")),
    Kind(Document),
    Kind(Membership, named_by=("user",)),
)
KINDS = {kind.slug: kind for kind in ALL}
