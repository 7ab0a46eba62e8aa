"""The models of every feature, so that Django finds them."""

from municipalities.access.models import (
    CooperationUserObjectPermission,
    Membership,
    User,
)
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementParty,
    AgreementVersion,
    Clause,
    Delegation,
    Withdrawal,
)
from municipalities.centrals.models import (
    Central,
    LineClass,
    PublicNumber,
    RequirementCheck,
    RequirementPlan,
    ServedMunicipality,
)
from municipalities.competence.models import (
    CompetenceLetter,
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from municipalities.cooperations.models import Cooperation, Participant, Service
from municipalities.costs.accounts.models import (
    Accounts,
    AccountsLine,
    AccountsMapping,
    ArtChoice,
    Budget,
    BudgetLine,
    Forecast,
)
from municipalities.costs.instalments.models import Instalment, InstalmentPlan, Payment, PlanLine
from municipalities.costs.invoicing.models import BillingDetails, Claim
from municipalities.costs.keys.models import (
    AllocationKey,
    FixedPercent,
    KeyAdoption,
    KeyPart,
    UsageFigure,
)
from municipalities.costs.pools.models import AreaPopulation, Pool, PoolMember, PoolYear
from municipalities.costs.settlements.models import (
    FundEntry,
    Settlement,
    SettlementComment,
    SettlementLine,
    SettlementNotice,
)
from municipalities.costs.simulator.models import SavedSimulation
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import Doctor, DutyShare, DutyTerms, Exemption, ShiftCount
from municipalities.documents.models import Document
from municipalities.hearings.models import Hearing, HearingAnswer, HearingDocument
from municipalities.obligations.models import Due, Evidence, Obligation, Reminder
from municipalities.register.models import Municipality, Population
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage

__all__ = [
    "Accounts",
    "AccountsLine",
    "AccountsMapping",
    "Adoption",
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "AllocationKey",
    "AreaPopulation",
    "ArtChoice",
    "BillingDetails",
    "Budget",
    "BudgetLine",
    "Central",
    "Claim",
    "Clause",
    "CompetenceLetter",
    "CompetenceRequirement",
    "Cooperation",
    "CooperationUserObjectPermission",
    "Decision",
    "Delegation",
    "Doctor",
    "Document",
    "Due",
    "DutyShare",
    "DutyTerms",
    "Evidence",
    "Exemption",
    "FixedPercent",
    "FollowUp",
    "Forecast",
    "FundEntry",
    "Hearing",
    "HearingAnswer",
    "HearingDocument",
    "Instalment",
    "InstalmentPlan",
    "KeyAdoption",
    "KeyPart",
    "LineClass",
    "Membership",
    "Municipality",
    "Notification",
    "Obligation",
    "Operator",
    "Participant",
    "Payment",
    "PlanLine",
    "Pool",
    "PoolMember",
    "PoolYear",
    "Population",
    "PublicNumber",
    "Qualification",
    "Reminder",
    "RequirementCheck",
    "RequirementPlan",
    "SavedSimulation",
    "ServedMunicipality",
    "Service",
    "Settlement",
    "SettlementComment",
    "SettlementLine",
    "SettlementNotice",
    "ShiftCount",
    "UsageFigure",
    "User",
    "WebhookEndpoint",
    "WebhookMessage",
    "Withdrawal",
]
