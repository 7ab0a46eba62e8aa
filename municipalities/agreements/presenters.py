"""Agreements and versions as the pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words as lib_words
from municipalities.agreements import words
from municipalities.agreements.details import Party
from municipalities.agreements.models import Agreement, AgreementVersion, Layer, VersionState
from municipalities.agreements.queries import Standing, address_of
from municipalities.agreements.rules import Paragraph, where_answered

AGREEMENT_COLUMNS = (
    gettext_lazy("Agreement"),
    gettext_lazy("Which"),
    gettext_lazy("In force"),
    gettext_lazy("Under way"),
)
VERSION_COLUMNS = (
    gettext_lazy("Version"),
    gettext_lazy("State"),
    gettext_lazy("Dated"),
    gettext_lazy("What is changed, and why"),
    gettext_lazy("Adopted"),
)
PARTY_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("Decision"),
    gettext_lazy("Decided on"),
    gettext_lazy("Case number"),
    gettext_lazy("Remark"),
)
CHECKLIST_COLUMNS = (
    gettext_lazy("§ 20-4"),
    gettext_lazy("What the agreement must say"),
    gettext_lazy("Where it stands"),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A version named with how it stands, and its page."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    title: str
    url: str
    which: str
    in_force: list[Step]
    under_way: Step | None


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    name: str
    url: str
    state: str
    color: str
    dated: str
    changes: str
    adopted: str


@dataclass(frozen=True, kw_only=True)
class PartyRow:
    """A party and its decision; `url` leads to recording it, for who may."""

    name: str
    decision: str
    color: str
    decided: str
    case_number: str
    remark: str
    url: str
    url_label: str


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """A letter of § 20-4, and the clauses that answer it."""

    item: str
    label: str
    must: str
    answered_by: list[str]
    is_missing: bool


def agreement_rows(standings: Iterable[Standing], *, today: date) -> list[AgreementRow]:
    """The list: political, administrative, bilateral."""
    return [_agreement_row(each, today=today) for each in standings]


def administrative_is_missing(standings: Iterable[Standing]) -> bool:
    """Whether the political agreement is there without the other that it demands."""
    layers = {each.agreement.layer: each for each in standings}
    administrative = layers.get(Layer.ADMINISTRATIVE)
    return Layer.POLITICAL in layers and (administrative is None or not administrative.in_force)


def version_rows(versions: Iterable[AgreementVersion], *, today: date) -> list[VersionRow]:
    """Every version of an agreement, in the order they are given."""
    return [
        VersionRow(
            name=str(each.number),
            url=address_of(each),
            state=capfirst(words.status(each, today=today)),
            color=words.color(each, today=today),
            dated=lib_words.day(each.dated_date),
            changes=each.changes or "–",
            adopted=adopted(each),
        )
        for each in versions
    ]


def version_name(version: AgreementVersion) -> str:
    return _("%(agreement)s, version %(number)s") % {
        "agreement": version.agreement.title,
        "number": version.number,
    }


def adopted(version: AgreementVersion) -> str:
    """How many of the parties have adopted it; a dash for a draft."""
    if version.state == VersionState.DRAFT:
        return "–"
    return _("%(adopted)s of %(parties)s") % {
        "adopted": version.adopted_count,
        "parties": version.party_count,
    }


def progress(version: AgreementVersion) -> str:
    """The same as a sentence."""
    return ngettext(
        "%(adopted)s of %(parties)s municipality has adopted it",
        "%(adopted)s of %(parties)s municipalities have adopted it",
        version.party_count,
    ) % {"adopted": version.adopted_count, "parties": version.party_count}


def notice(version: AgreementVersion) -> str:
    """What the version says of leaving."""
    text = ngettext("%(count)s month", "%(count)s months", version.notice_months) % {
        "count": version.notice_months
    }
    if version.leaves_at_new_year:
        return _("%(months)s, and then to the turn of the year") % {"months": text}
    return text


def facts(version: AgreementVersion, *, parties: Sequence[Party]) -> list[tuple[str, str]]:
    """What the version says of itself."""
    told = [
        (_("Dated"), lib_words.day(version.dated_date)),
        (_("What is changed, and why"), version.changes),
        (_("Parties"), party_names(parties)),
        (_("Adopted by"), version.agreement.get_adopter_display()),
        (_("Notice of withdrawal"), notice(version)),
        (_("In force from"), _day(version.in_force_from)),
        (_("In force to"), _day(version.in_force_to)),
        (_("Service"), str(version.agreement.service or "")),
    ]
    if version.agreement.layer == Layer.POLITICAL and version.in_force_from:
        told.append((_("The county governor oriented"), governor(version)))
    return [(term, value) for term, value in told if value]


def governor(version: AgreementVersion) -> str:
    """When the county governor was told, and by which letter."""
    if version.state_informed_date is None:
        return _("not yet; § 20-4 demands it")
    told = [lib_words.day(version.state_informed_date), version.state_informed_reference]
    return ", ".join(each for each in told if each)


def party_names(parties: Iterable[Party]) -> str:
    """The names in a row, the host marked."""
    return ", ".join(_party_name(each) for each in parties)


def party_rows(
    parties: Iterable[Party], *, version: AgreementVersion, answers_for: Collection[int] | None
) -> list[PartyRow]:
    """The parties with what they decided; `answers_for` as in addressed.answers_for."""
    waits = version.state == VersionState.SENT
    return [
        _party_row(
            each,
            version=version,
            may_record=waits and (answers_for is None or each.municipality.pk in answers_for),
        )
        for each in parties
    ]


def item_rows(paragraphs: Iterable[Paragraph]) -> list[ItemRow]:
    """The checklist of § 20-4, a to i."""
    rows = []
    for item, found in where_answered(paragraphs).items():
        label, must = words.ITEM_WORDS[item]
        rows.append(
            ItemRow(
                item=item,
                label=str(label),
                must=str(must),
                answered_by=[f"{each.number}. {each.heading}" for each in found],
                is_missing=not found and item != "i",
            )
        )
    return rows


def which(agreement: Agreement) -> str:
    """The layer, and of a bilateral agreement the service."""
    label = capfirst(agreement.get_layer_display())
    return f"{label}: {agreement.service}" if agreement.service else label


def _agreement_row(standing: Standing, *, today: date) -> AgreementRow:
    agreement = standing.agreement
    holding = [each for each in (standing.in_force, standing.coming) if each]
    return AgreementRow(
        title=agreement.title,
        url=reverse("agreement_versions", args=[agreement.cooperation.slug, agreement.pk]),
        which=which(agreement),
        in_force=[_step(each, told=words.status(each, today=today)) for each in holding],
        under_way=_under_way(standing.under_way, today=today),
    )


def _under_way(version: AgreementVersion | None, *, today: date) -> Step | None:
    if version is None:
        return None
    is_sent = version.state == VersionState.SENT
    return _step(version, told=progress(version) if is_sent else words.status(version, today=today))


def _step(version: AgreementVersion, *, told: str) -> Step:
    text = _("version %(number)s: %(state)s") % {"number": version.number, "state": told}
    return Step(text=capfirst(text), url=address_of(version))


def _party_row(party: Party, *, version: AgreementVersion, may_record: bool) -> PartyRow:
    adoption = party.adoption
    if adoption is None:
        decision, color = _("not decided yet"), "neutral"
    elif adoption.is_adopted:
        decision, color = _("adopted"), "success"
    else:
        decision, color = _("rejected"), "danger"
    slug = version.agreement.cooperation.slug
    arguments = [slug, version.agreement_id, version.number, party.municipality.number]
    return PartyRow(
        name=_party_name(party),
        decision=decision,
        color=color,
        decided=lib_words.day(adoption.decided_date) if adoption else "–",
        case_number=adoption.case_number if adoption else "–",
        remark=(adoption.remark if adoption else "") or "–",
        url=reverse("agreement_adoption", args=arguments) if may_record else "",
        url_label=_("Change") if adoption else _("Record"),
    )


def _party_name(party: Party) -> str:
    name = party.municipality.name
    return _("%(municipality)s (host)") % {"municipality": name} if party.is_host else name


def _day(day: date | None) -> str:
    return lib_words.day(day) if day else ""
