"""What each address answers to whom. A new address gets its row here, or a test fails.

Statuses stand for: nobody logged in, outsider, partner director, host director, auditor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

PERSONAS = ("nobody", "outsider", "partner_director", "host_director", "auditor")


@dataclass(frozen=True)
class Expected:
    """`arguments` are looked up in the test's world by name; `method` is what is tried."""

    statuses: tuple[int, ...]
    arguments: tuple[str, ...] = ()
    method: str = "get"
    data: dict = field(default_factory=dict)

    def status_for(self, persona: str) -> int:
        return self.statuses[PERSONAS.index(persona)]


def to(*statuses: int, method: str = "get") -> Callable[..., Expected]:
    """A row's maker; the statuses in the order of PERSONAS."""

    def row(*arguments: str, **data) -> Expected:
        return Expected(statuses, arguments, method, data)

    return row


everybody = to(200, 200, 200, 200, 200)
who_is_logged_in = to(302, 200, 200, 200, 200)
who_takes_part = to(302, 404, 200, 200, 200)
host_and_auditor = to(302, 404, 404, 200, 200)
host_alone = to(302, 404, 404, 200, 404)
directors = to(302, 404, 200, 200, 404)
who_imports = to(302, 404, 404, 404, 404)
who_finds_nothing = to(302, 404, 404, 404, 404)
moved = to(301, 301, 301, 301, 301)
nobody_here = to(404, 404, 404, 404, 404)
a_token_only = to(401, 401, 401, 401, 401)
a_token_or_a_person = to(401, 200, 200, 200, 200)
a_token_or_who_takes_part = to(401, 404, 200, 200, 200)
a_person_who_takes_part = to(403, 404, 200, 200, 200)

posted_by_host = to(302, 404, 404, 302, 404, method="post")
posted_by_partner = to(302, 404, 302, 404, 404, method="post")
posted_by_importers = to(302, 404, 404, 404, 404, method="post")
posted_by_leader = to(302, 404, 404, 404, 404, method="post")
posted_by_who_prepares = to(302, 404, 404, 404, 404, method="post")
posted_by_everybody = to(302, 302, 302, 302, 302, method="post")
token_to_post = to(401, 401, 401, 401, 401, method="post")

EXPECTED: dict[str, Expected] = {
    # dashboard
    "dashboard": who_is_logged_in(),
    "todo": who_takes_part(),
    "figure": who_takes_part("central", "month"),
    "trend_before": moved("central"),
    "hour_of_week_before": moved("central"),
    # statistics
    "telephony": to(302, 200, 302, 302, 302)(),
    "statistics": who_takes_part("central"),
    "trend": who_takes_part("central"),
    "hour_of_week": who_takes_part("central"),
    "waits": who_takes_part("central"),
    "abandonment": who_takes_part("central"),
    "by_municipality": who_takes_part("central"),
    # the record by the API
    "api_cooperations": to(403, 200, 200, 200, 200)(),
    "api_participants": a_person_who_takes_part("cooperation"),
    "api_services": a_person_who_takes_part("cooperation"),
    "api_agreements": a_person_who_takes_part("cooperation"),
    "api_obligations": a_person_who_takes_part("cooperation"),
    "api_decisions": a_person_who_takes_part("cooperation"),
    "api_hearings": a_person_who_takes_part("cooperation"),
    "api_competence": to(403, 404, 404, 200, 200)("cooperation"),
    "api_centrals": a_person_who_takes_part("cooperation"),
    "api_duty_shares": a_person_who_takes_part("cooperation"),
    "api_shifts": a_person_who_takes_part("cooperation"),
    # the agreement: the hub, and documents
    "agreement": to(302, 404, 302, 302, 302)(),
    "cooperation": who_takes_part("cooperation"),
    "document": who_takes_part("document"),
    # agreements: the political one is in force, the administrative sent, the bilateral a draft
    "agreements": who_takes_part("cooperation"),
    "agreement_new": host_alone("cooperation"),
    "agreement_versions": who_takes_part("cooperation", "agreement_in_force"),
    "agreement_change": host_alone("cooperation", "agreement_in_force"),
    "agreement_draft": host_alone("cooperation", "agreement_in_force"),
    "agreement_compare": who_takes_part(
        "cooperation", "agreement_in_force", **{"from": "1", "to": "1"}
    ),
    "agreement_version": who_takes_part("cooperation", "agreement_in_force", "first"),
    "agreement_pdf": who_takes_part("cooperation", "agreement_in_force", "first"),
    "agreement_facts": host_alone("cooperation", "agreement_drafted", "first"),
    "agreement_parties": host_alone("cooperation", "agreement_drafted", "first"),
    "agreement_clause_new": host_alone("cooperation", "agreement_drafted", "first"),
    "agreement_clause": host_alone("cooperation", "agreement_drafted", "first", "clause"),
    "agreement_clause_move": posted_by_host("cooperation", "agreement_drafted", "first", "clause"),
    "agreement_clause_delete": posted_by_host(
        "cooperation", "agreement_drafted", "first", "clause"
    ),
    "agreement_send": host_alone("cooperation", "agreement_drafted", "first"),
    "agreement_drop": host_alone("cooperation", "agreement_drafted", "first"),
    "agreement_take_back": host_alone("cooperation", "agreement_sent", "first"),
    "agreement_put_in_force": host_alone("cooperation", "agreement_sent", "first"),
    "agreement_adoption": directors("cooperation", "agreement_sent", "first", "partner"),
    "agreement_dissolve": host_alone("cooperation", "agreement_in_force", "first"),
    "agreement_governor": host_alone("cooperation", "agreement_in_force", "first"),
    "delegations": who_takes_part("cooperation"),
    "delegation": directors("cooperation", "partner"),
    "delegation_withdraw": directors("cooperation", "partner"),
    "withdrawals": who_takes_part("cooperation"),
    "withdrawal_new": directors("cooperation"),
    "withdrawal_cancel": directors("cooperation", "withdrawal"),
    # obligations: written by the secretary and the leader, who are none of these
    "obligations": who_takes_part("cooperation"),
    "obligations_establish": posted_by_leader("cooperation"),
    "obligation_new": who_finds_nothing("cooperation"),
    "obligation": who_takes_part("cooperation", "obligation"),
    "obligation_change": who_finds_nothing("cooperation", "obligation"),
    "obligation_end": who_finds_nothing("cooperation", "obligation"),
    "due_new": who_finds_nothing("cooperation", "obligation"),
    "due": who_takes_part("cooperation", "due"),
    "evidence_new": who_finds_nothing("cooperation", "due"),
    "due_waive": who_finds_nothing("cooperation", "due"),
    "due_reinstate": posted_by_leader("cooperation", "due"),
    "evidence_remove": who_finds_nothing("cooperation", "evidence"),
    # the centrals: numbers, whom they answer for, the regulation's checklist
    "centrals_of": to(302, 404, 302, 302, 302)("cooperation"),
    "central_record": who_takes_part("cooperation", "central"),
    "central_number_new": who_finds_nothing("cooperation", "central"),
    "central_number_change": who_finds_nothing("cooperation", "central", "public_number"),
    "central_served_new": who_finds_nothing("cooperation", "central"),
    "central_served_change": who_finds_nothing("cooperation", "central", "served"),
    "central_checklist": who_takes_part("cooperation", "central"),
    "central_requirement": who_takes_part("cooperation", "central", "checklist_row"),
    "central_check_new": who_finds_nothing("cooperation", "central", "checklist_row"),
    "central_plan": who_finds_nothing("cooperation", "central", "checklist_row"),
    "cooperation_facts": host_alone("cooperation"),
    "participants": who_takes_part("cooperation"),
    "participant_new": host_alone("cooperation"),
    "participants_merge": host_alone("cooperation"),
    "participant_end": host_alone("cooperation", "participant"),
    "participant_correct": host_alone("cooperation", "participant"),
    "participant_split": host_alone("cooperation", "participant"),
    "services": who_takes_part("cooperation"),
    "service_new": host_alone("cooperation"),
    "service_end": host_alone("cooperation", "service"),
    "latest_changes": who_takes_part("cooperation"),
    "history": who_takes_part("cooperation", "history_kind", "participant"),
    "agreement_search": who_takes_part("cooperation"),
    # competence: the host's own, and counts alone; the leader keeps it, who is none of these
    "competence_of": to(302, 404, 404, 302, 302)("cooperation"),
    "competence": host_and_auditor("cooperation", "central"),
    "competence_requirements": host_and_auditor("cooperation", "central"),
    "competence_take_standard": posted_by_leader("cooperation", "central"),
    "competence_requirement_new": who_finds_nothing("cooperation", "central"),
    "competence_requirement_change": who_finds_nothing(
        "cooperation", "central", "competence_requirement"
    ),
    "competence_requirement_end": who_finds_nothing(
        "cooperation", "central", "competence_requirement"
    ),
    "competence_course": who_finds_nothing("cooperation", "central"),
    "operators": who_finds_nothing("cooperation", "central"),
    "operator_new": who_finds_nothing("cooperation", "central"),
    "operator": who_finds_nothing("cooperation", "central", "operator"),
    "operator_change": who_finds_nothing("cooperation", "central", "operator"),
    "operator_delete": who_finds_nothing("cooperation", "central", "operator"),
    "operator_obtained": who_finds_nothing("cooperation", "central", "operator"),
    "qualification_change": who_finds_nothing("cooperation", "central", "qualification"),
    "qualification_remove": who_finds_nothing("cooperation", "central", "qualification"),
    "follow_up_new": who_finds_nothing("cooperation", "central", "operator"),
    "follow_up_remove": who_finds_nothing("cooperation", "central", "follow_up"),
    # costs: the controller keeps them, and is none of the personas here
    "meetings_own": to(302, 404, 302, 302, 302)(),
    "meetings": who_takes_part("cooperation"),
    # forums and meetings: the secretary manages them, and is none of the personas here
    "forums": who_takes_part("cooperation"),
    "forums_set_up": posted_by_who_prepares("cooperation"),
    "forum_new": who_imports("cooperation"),
    "forum": who_takes_part("cooperation", "forum"),
    "forum_change": who_imports("cooperation", "forum"),
    "forum_end": who_imports("cooperation", "forum"),
    "forum_member_new": who_imports("cooperation", "forum"),
    "forum_member": who_imports("cooperation", "forum", "forum_member"),
    "forum_member_end": who_imports("cooperation", "forum", "forum_member"),
    "meeting_plan": who_imports("cooperation", "forum"),
    "meeting": who_takes_part("cooperation", "meeting_to_come"),
    "meeting_change": who_imports("cooperation", "meeting_to_come"),
    "meeting_call": posted_by_who_prepares("cooperation", "meeting_to_come"),
    "meeting_cancel": who_imports("cooperation", "meeting_to_come"),
    "meeting_ics": who_takes_part("cooperation", "meeting_to_come"),
    "meeting_answer": posted_by_partner("cooperation", "meeting_to_come", answer="coming"),
    "meeting_invite": who_imports("cooperation", "meeting_to_come"),
    "meeting_answer_for": who_imports("cooperation", "meeting_to_come", "invitee"),
    "meeting_uninvite": posted_by_who_prepares("cooperation", "meeting_to_come", "invitee"),
    "meeting_address": who_imports("cooperation", "meeting_to_come", "invitee"),
    "meeting_send_again": posted_by_who_prepares("cooperation", "meeting_to_come", "invitee"),
    "meeting_document_new": who_imports("cooperation", "meeting_to_come"),
    "meeting_document_remove": posted_by_who_prepares(
        "cooperation", "meeting_to_come", "meeting_document"
    ),
    # minutes: the partner's director has the chair of the meeting in the world
    "minutes": who_takes_part("cooperation", "minutes_meeting"),
    "minutes_pdf": who_takes_part("cooperation", "minutes_meeting"),
    "minutes_begin": posted_by_who_prepares("cooperation", "minutes_meeting"),
    "minutes_write": who_imports("cooperation", "minutes_meeting"),
    "minutes_item_new": who_imports("cooperation", "minutes_meeting"),
    "minutes_follow_up": who_imports("cooperation", "minutes_meeting", "minutes_item"),
    "minutes_hearing": who_imports("cooperation", "minutes_meeting"),
    "minutes_remark": directors("cooperation", "minutes_meeting"),
    "minutes_remark_answer": who_imports("cooperation", "minutes_meeting", "minutes_remark"),
    "minutes_approve": directors("cooperation", "minutes_meeting"),
    "minutes_send": to(302, 404, 302, 302, 404, method="post")("cooperation", "minutes_meeting"),
    # agendas, proposed items, follow-ups and topics
    "agenda": who_takes_part("cooperation", "minutes_meeting"),
    "agenda_item_new": who_imports("cooperation", "minutes_meeting"),
    "agenda_item": who_imports("cooperation", "minutes_meeting", "minutes_item"),
    "agenda_item_move": posted_by_leader("cooperation", "minutes_meeting", "minutes_item", to=1),
    "agenda_item_remove": posted_by_leader("cooperation", "minutes_meeting", "minutes_item"),
    "proposals": who_takes_part("cooperation"),
    "proposal_new": directors("cooperation", "forum"),
    "proposal": who_takes_part("cooperation", "proposal"),
    "proposal_take": who_imports("cooperation", "proposal"),
    "proposal_decline": who_imports("cooperation", "proposal"),
    "proposal_support": directors("cooperation", "proposal"),
    "proposal_withdraw": posted_by_partner("cooperation", "proposal"),
    "follow_ups": who_takes_part("cooperation"),
    "meeting_follow_up": who_takes_part("cooperation", "meeting_follow_up"),
    "meeting_follow_up_new": who_imports("cooperation", "forum"),
    "meeting_follow_up_report": who_imports("cooperation", "meeting_follow_up"),
    "meeting_follow_up_change": who_imports("cooperation", "meeting_follow_up"),
    "meeting_follow_up_give_up": who_imports("cooperation", "meeting_follow_up"),
    "meeting_follow_up_reopen": posted_by_leader("cooperation", "meeting_follow_up"),
    "topics": who_takes_part("cooperation"),
    "topic": who_takes_part("cooperation", "topic"),
    "meeting_topic": who_takes_part("cooperation", "minutes_meeting", "topic"),
    # year wheel and calendar
    "year_wheel_now": to(302, 404, 302, 302, 302)("cooperation"),
    "year_wheel": who_takes_part("cooperation", "year_settled"),
    "year_event_new": who_imports("cooperation"),
    "year_event": who_imports("cooperation", "year_event"),
    "year_mark": who_imports("cooperation", "anchor", "anchor_day"),
    "year_unmark": posted_by_leader("cooperation", "anchor", "anchor_day"),
    "calendar": to(302, 404, 200, 200, 200)(),
    "calendar_new": to(302, 404, 200, 200, 200, method="post")(),
    "calendar_remove": to(302, 404, 302, 302, 302, method="post")(),
    "calendar_feed": everybody("calendar_token"),
    # quality
    "absence": who_takes_part("cooperation"),
    "absence_new": who_imports("cooperation"),
    "absence_change": who_imports("cooperation", "absence"),
    "absence_remove": who_imports("cooperation", "absence"),
    "absence_import": who_imports("cooperation"),
    "absence_import_store": posted_by_leader("cooperation"),
    "quality_note_new": who_imports("cooperation", "note_subject"),
    "quality_note": who_imports("cooperation", "quality_note"),
    "quality_note_remove": who_imports("cooperation", "quality_note"),
    "quality_own": to(302, 404, 302, 302, 302)(),
    "quality": who_takes_part("cooperation"),
    "economy": to(302, 404, 302, 302, 302)(),
    "costs": who_takes_part("cooperation"),
    "pool": who_takes_part("cooperation", "pool"),
    "pool_new": who_finds_nothing("cooperation"),
    "pool_change": who_finds_nothing("cooperation", "pool"),
    "pool_year_begin": posted_by_leader("cooperation", "pool"),
    "pool_member_new": who_finds_nothing("cooperation", "pool"),
    "pool_member": who_finds_nothing("cooperation", "pool", "pool_member"),
    "area_population": who_finds_nothing("cooperation", "pool", "pool_member"),
    "keys": who_takes_part("cooperation", "pool"),
    "key": who_takes_part("cooperation", "pool", "key_sent"),
    "key_new": who_finds_nothing("cooperation", "pool"),
    "key_write": who_finds_nothing("cooperation", "pool", "key_sent"),
    "key_send": who_finds_nothing("cooperation", "pool", "key_sent"),
    "key_drop": who_finds_nothing("cooperation", "pool", "key_sent"),
    "key_adoption": to(302, 404, 200, 404, 404)("cooperation", "pool", "key_sent", "partner"),
    "usage": who_takes_part("cooperation"),
    "usage_write": who_finds_nothing("cooperation"),
    "claims": who_takes_part("cooperation"),
    "claims_new": who_finds_nothing("cooperation", "claimed_pool", "claimed_year", "batch"),
    "claims_file": host_and_auditor("cooperation", "claims_table"),
    "claims_zip": host_and_auditor("cooperation"),
    "claim_xml": host_and_auditor("cooperation", "first"),
    "billing": who_takes_part("cooperation"),
    "billing_change": who_finds_nothing("cooperation", "partner"),
    "statement": who_takes_part("cooperation", "partner", "claimed_year"),
    "statement_pdf": who_takes_part("cooperation", "partner", "claimed_year"),
    "statement_xlsx": who_takes_part("cooperation", "partner", "claimed_year"),
    "simulator": who_takes_part("cooperation"),
    "simulation_save": to(302, 404, 302, 302, 302, method="post")("cooperation"),
    "simulation": to(302, 404, 302, 302, 302)("cooperation", "simulation"),
    # a-konto: made by the controller, who is none of these; approved by the host's director
    "instalments": who_takes_part("cooperation", "pool", "year_settled"),
    "instalments_make": who_finds_nothing("cooperation", "pool", "year_sent"),
    "instalments_approve": host_alone("cooperation", "pool", "year_sent"),
    "payments_all": who_finds_nothing("cooperation", "pool", "year_settled", "first"),
    "payment_new": who_finds_nothing("cooperation", "pool", "year_settled", "partner"),
    # settlements: prepared by the controller, commented by one's own municipality alone
    "settlements": who_takes_part("cooperation", "pool", "year_settled"),
    "settlement_prepare": who_finds_nothing("cooperation", "pool", "year_drafted"),
    "settlement": who_takes_part("cooperation", "pool", "year_settled", "first"),
    "settlement_correct": who_finds_nothing("cooperation", "pool", "year_settled", "first"),
    "settlement_send": who_finds_nothing("cooperation", "pool", "year_drafted", "first"),
    "settlement_approve": host_alone("cooperation", "pool", "year_sent", "first"),
    "settlement_drop": who_finds_nothing("cooperation", "pool", "year_sent", "first"),
    "settlement_comment": to(302, 404, 200, 404, 404)(
        "cooperation", "pool", "year_sent", "first", "partner"
    ),
    # the doctors' duty: the leader runs it; Fedje's director decides for the doctor of Fedje
    "doctors": who_takes_part("cooperation"),
    "duty_terms": who_finds_nothing("cooperation"),
    "duty_shares": who_finds_nothing("cooperation"),
    "shifts": who_finds_nothing("cooperation"),
    "shifts_import": who_finds_nothing("cooperation"),
    "shifts_store": posted_by_leader("cooperation"),
    "shift_new": who_finds_nothing("cooperation"),
    "shift_change": who_finds_nothing("cooperation", "shift_count"),
    "doctor_list": to(302, 404, 200, 200, 404)("cooperation"),
    "doctor_new": to(302, 404, 200, 200, 404)("cooperation"),
    "doctor": to(302, 404, 200, 404, 404)("cooperation", "doctor"),
    "doctor_end": to(302, 404, 200, 404, 404)("cooperation", "doctor"),
    "exemption_new": to(302, 404, 200, 404, 404)("cooperation", "doctor"),
    "exemption": to(302, 404, 200, 404, 404)("cooperation", "exemption"),
    "exemption_decide": to(302, 404, 200, 404, 404)("cooperation", "exemption"),
    "exemption_appeal": to(302, 404, 200, 404, 404)("cooperation", "exemption"),
    "exemption_outcome": to(302, 404, 200, 404, 404)("cooperation", "exemption"),
    "exemption_withdraw": to(302, 404, 200, 404, 404)("cooperation", "exemption"),
    # inhabitants; nothing was looked at, so that storing leads to the upload
    "population": who_takes_part("cooperation"),
    "population_upload": who_finds_nothing("cooperation"),
    "population_store": posted_by_leader("cooperation"),
    # decisions, and who has confirmed them
    "decisions": who_takes_part("cooperation"),
    "decision_new": to(302, 404, 200, 200, 404)("cooperation"),
    "decision_receipts": who_takes_part("cooperation"),
    "decision": who_takes_part("cooperation", "decision"),
    "decision_confirm": posted_by_partner("cooperation", "decision"),
    "decision_correct": host_alone("cooperation", "decision"),
    "decision_notify": host_alone("cooperation", "decision"),
    "decision_event": host_alone("cooperation", "decision", "decision_event"),
    # hearings
    "hearings": who_takes_part("cooperation"),
    "hearing_new": host_alone("cooperation"),
    "hearing": who_takes_part("cooperation", "hearing"),
    "hearing_answer": to(302, 404, 200, 404, 404)("cooperation", "hearing", "hearing_answer"),
    "hearing_change": host_alone("cooperation", "hearing"),
    "hearing_close": host_alone("cooperation", "hearing"),
    # telephony
    "imports": host_and_auditor(),
    "import_upload": who_imports(),
    "import": host_and_auditor("checked_import"),
    "import_progress": host_and_auditor("checked_import"),
    "import_refused": host_and_auditor("checked_import"),
    "import_confirm": posted_by_importers("checked_import"),
    "import_cancel": posted_by_importers("checked_import"),
    "aggregates": host_and_auditor(),
    "aggregate_series_new": who_imports(),
    "aggregate_series": host_and_auditor("aggregate_series"),
    "aggregate_days": host_and_auditor("aggregate_series", "month"),
    "aggregate_series_delete": who_imports("aggregate_series"),
    "aggregate_upload": who_imports("aggregate_series"),
    "aggregate_report": host_and_auditor("aggregate_report"),
    "aggregate_report_store": posted_by_importers("aggregate_report"),
    "aggregate_report_cancel": posted_by_importers("aggregate_report"),
    # telephone systems
    "sources": host_and_auditor(),
    "source": host_and_auditor("source"),
    "profiles": who_is_logged_in(),
    "source_new": who_imports(),
    "source_edit": who_imports("source"),
    "source_queues": who_imports("source"),
    "source_sandbox": posted_by_importers("source"),
    "source_tokens": who_imports("source"),
    "source_token_new": who_imports("source"),
    "source_token_rotate": who_imports("source", "token"),
    "source_token_revoke": who_imports("source", "token"),
    "conformance": host_and_auditor("source"),
    "conformance_scenario_json": host_and_auditor("source"),
    "conformance_scenario_csv": host_and_auditor("source"),
    "conformance_start_over": posted_by_leader("source"),
    "definitions": who_is_logged_in(),
    "definition": who_is_logged_in("definition"),
    # staffing
    "staffing_first": to(302, 200, 302, 302, 302)(),
    "staffing": who_takes_part("central"),
    # the last weeks have no calls there, so that a download leads to the page
    "staffing_week": to(302, 404, 302, 302, 302)("central"),
    "staffing_options": to(302, 404, 302, 302, 302)("central"),
    # comparison
    "comparison": who_takes_part(),
    "comparison_nation": who_takes_part("central"),
    "comparison_reconciliation": host_and_auditor("central"),
    "comparison_month": host_alone("central", "month"),
    # why below the target
    "why": who_takes_part("central"),
    "why_period": who_takes_part("central", "month"),
    # months and years: checked by the leader, published by the host, revised by both
    "periods": who_takes_part(),
    "central_periods": who_takes_part("central"),
    "period": who_takes_part("central", "month"),
    "period_check": posted_by_leader("central", "month"),
    "period_publish": posted_by_host("central", "month"),
    "period_revise": posted_by_host("central", "month"),
    # what is left out, and notes
    "exclusions": who_takes_part("central"),
    "exclusion_new": who_imports("central"),
    "exclusion": who_takes_part("central", "exclusion"),
    "exclusion_approve": posted_by_host("central", "exclusion"),
    "exclusion_refuse": posted_by_host("central", "exclusion"),
    "exclusion_withdraw": host_alone("central", "exclusion"),
    "annotations": who_takes_part("central"),
    "annotation_new": host_alone("central"),
    "annotation_change": host_alone("central", "annotation"),
    "annotation_remove": host_alone("central", "annotation"),
    # mappings
    "mapping_start": who_imports("source"),
    "mapping_draft": who_imports("source", "mapping_draft"),
    "mapping_discard": posted_by_importers("source", "mapping_draft"),
    "mapping_versions": host_and_auditor("source"),
    "mapping_go_back": posted_by_importers("source", "mapping_version"),
    # webhooks: the leader's alone, who is none of these
    "webhooks": who_finds_nothing(),
    "webhook_add": who_finds_nothing("cooperation"),
    "webhook": who_finds_nothing("webhook"),
    "webhook_change": who_finds_nothing("webhook"),
    "webhook_delete": who_finds_nothing("webhook"),
    "webhook_renew_secret": posted_by_leader("webhook"),
    "webhook_send_test": posted_by_leader("webhook"),
    "webhook_pause": posted_by_leader("webhook"),
    "webhook_resume": posted_by_leader("webhook"),
    "webhook_send_again": posted_by_leader("webhook_message"),
    # annual report
    "annual_reports": who_takes_part(),
    "annual_report": who_takes_part("approved_report"),
    "annual_report_documents": who_takes_part("approved_report"),
    "annual_report_document": who_takes_part("approved_report", "language"),
    "annual_report_read": who_takes_part("approved_report"),
    "annual_report_editions": who_takes_part("approved_report"),
    "annual_report_tables": who_takes_part("approved_report", "language", "file_format"),
    "annual_report_write": who_finds_nothing("draft_report"),
    "annual_report_write_chapter": who_finds_nothing("draft_report", "chapter"),
    "annual_report_preview": posted_by_who_prepares("draft_report", "chapter"),
    "annual_report_make": posted_by_who_prepares("draft_report"),
    "annual_report_prepare": posted_by_who_prepares("cooperation", year=2025),
    "annual_report_again": posted_by_who_prepares("draft_report", "language"),
    "annual_report_approve": host_alone("draft_report"),
    "annual_report_check": posted_by_who_prepares("draft_report"),
    "annual_report_issue": posted_by_host("draft_report"),
    "annual_report_correct": who_imports("approved_report"),
    # deliveries
    "deliveries": host_and_auditor(),
    "outbox": host_and_auditor(),
    "outbox_attachment": who_finds_nothing("no_mail", "position"),
    "dispatch": host_and_auditor("dispatch"),
    "delivery_schedule": host_alone("cooperation", "letter_kind"),
    "recipient_new": host_alone("cooperation", "letter_kind"),
    "recipient_remove": posted_by_host("cooperation", "letter_kind", "outside_recipient"),
    "deliveries_send": posted_by_host("cooperation", "report_kind", "report_year", "first"),
    "delivery_again": posted_by_host("failed_delivery"),
    "delivery_note": posted_by_host("unknown_delivery", state="sent"),
    "unsubscribe": everybody("unsubscribe_token"),
    # letters
    "letters": who_takes_part(),
    "letter": who_takes_part("letter"),
    "letter_correct": host_alone("letter"),
    "letter_document": who_takes_part("letter", "language"),
    # a pool's accounts
    "arts": who_takes_part("cooperation"),
    "art_choice_new": who_imports("cooperation"),
    "art_choice": who_imports("cooperation", "art"),
    "accounts_mappings": who_imports("cooperation"),
    "accounts_mapping_new": who_imports("cooperation"),
    "accounts_mapping": who_imports("cooperation", "accounts_mapping"),
    "budget": who_takes_part("cooperation", "cost_pool", "cost_year"),
    "budget_draft": who_imports("cooperation", "cost_pool", "cost_year"),
    "budget_line_new": who_imports("cooperation", "cost_pool", "cost_year"),
    "budget_line": who_imports("cooperation", "cost_pool", "cost_year", "budget_line"),
    "budget_import": who_imports("cooperation", "cost_pool", "cost_year"),
    "budget_adopt": who_imports("cooperation", "cost_pool", "cost_year"),
    "budget_drop": posted_by_importers("cooperation", "cost_pool", "cost_year"),
    "accounts": who_takes_part("cooperation", "cost_pool", "cost_year"),
    "accounts_import": who_imports("cooperation", "cost_pool", "cost_year"),
    "accounts_store": posted_by_importers("cooperation", "cost_pool", "cost_year"),
    "year_close": who_imports("cooperation", "cost_pool", "cost_year"),
    "year_reopen": who_imports("cooperation", "cost_pool", "cost_year"),
    "cost_report": who_takes_part("cooperation", "cost_pool", "cost_year"),
    "cost_report_send": posted_by_importers("cooperation", "cost_pool", "cost_year", "up_to"),
    "forecast": who_imports("cooperation", "cost_pool", "cost_year", "up_to"),
    # deviations
    "deviations": who_takes_part("cooperation"),
    "deviation_month": who_finds_nothing("cooperation", "deviation_year", "deviation_number"),
    "deviation_month_remove": who_finds_nothing(
        "cooperation", "deviation_year", "deviation_number"
    ),
    "deviation_lists": who_finds_nothing("cooperation"),
    "deviation_lists_fill": posted_by_leader("cooperation"),
    "deviation_entry_new": who_finds_nothing("cooperation", "deviation_list"),
    "deviation_entry": who_finds_nothing("cooperation", "deviation_list", "deviation_category"),
    "deviation_entry_remove": who_finds_nothing(
        "cooperation", "deviation_list", "deviation_category"
    ),
    "deviation_import": who_finds_nothing("cooperation"),
    "deviation_import_store": posted_by_leader("cooperation"),
    # complaints, supervision and reviews
    "complaints": who_takes_part("cooperation"),
    "complaint_report": who_imports("cooperation", "review_year", "first"),
    "supervisions": who_takes_part("cooperation"),
    "supervision": who_takes_part("cooperation", "supervision"),
    "supervision_new": who_imports("cooperation"),
    "supervision_change": who_imports("cooperation", "supervision"),
    # quality: the yearly review
    "reviews": who_takes_part("cooperation"),
    "review": who_takes_part("cooperation", "review_year"),
    "review_begin": who_imports("cooperation"),
    "review_summary": who_imports("cooperation", "review_year"),
    "review_sign": host_alone("cooperation", "review_year"),
    "review_pdf": who_takes_part("cooperation", "review_signed"),
    "review_council": to(302, 404, 200, 404, 404)("cooperation", "review_signed", "partner"),
    "review_point": who_takes_part("cooperation", "review_year", "review_code"),
    "review_measure_done": who_imports("cooperation", "review_year", "review_code"),
    "review_measure_not_done": posted_by_importers("cooperation", "review_year", "review_code"),
    # administration
    "access": host_and_auditor(),
    "access_revoke": posted_by_host("membership"),
    # API
    "api_call_imports": token_to_post(),
    "api_call_import": a_token_only("checked_import"),
    "api_call_import_rows": a_token_only("checked_import"),
    "api_call_import_cancel": token_to_post("checked_import"),
    "api_call_events": token_to_post(),
    "api_call_events_cursor": a_token_only(),
    "api_conformance_scenario": a_token_only(),
    "api_conformance_report": a_token_only(),
    "api_indicators": a_token_or_a_person(),
    "api_indicator_definitions": a_token_or_a_person(),
    "api_indicator_definition": a_token_or_a_person("definition"),
    "api_indicator_period": a_token_or_who_takes_part("central", "month"),
    "api_schema": everybody(),
    "api_reference": everybody(),
    "api_guide": everybody("guide_page"),
    # the installation
    "set_language": posted_by_everybody(language="nb"),
    "help": everybody(),
    "accessibility": everybody(),
    "health_live": everybody(),
    "health_ready": nobody_here(),
    "metrics": nobody_here(),
}
