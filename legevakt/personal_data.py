"""Every field of ours that is about a person, why it is kept and for how long.

The one list (GDPR art. 30). A test fails until a new field stands in one of the two
tables. Of patients there is nothing: no caller number, no name, no free text.
"""

ACCOUNT = "to log in and be answered; as long as the person has access"
TRACE = "who did what, for the municipality's internal control (kommuneloven § 25-1); always"
COMPETENCE = (
    "that the central's operators are trained (akuttmedisinforskriften § 13 f), by a label that the"
    " leader chooses; until the operator is deleted"
)
DUTY = "who owes duty in the legevakt (fastlegeforskriften § 33); until the doctor is deleted"

MEETING = (
    "who is called to meetings and was there (as kommuneloven § 11-4); while the municipality keeps"
    " its minutes"
)
RECEIVER = "to be sent what the host owes or offers, as a mayor or an archive is; always, as sent"

PERSONAL: dict[str, dict[str, str]] = {
    "municipalities.User": {
        "name": ACCOUNT,
        "email": ACCOUNT,
        "password": ACCOUNT + "; only its Argon2 hash",
        "language": ACCOUNT,
        "last_login": ACCOUNT,
        "date_joined": ACCOUNT,
    },
    "municipalities.Membership": {"user": TRACE, "role": TRACE},
    "municipalities.CooperationUserObjectPermission": {"user": ACCOUNT},
    "municipalities.Document": {"uploaded_by": TRACE},
    "municipalities.AgreementVersion": {"created_by": TRACE},
    "municipalities.Adoption": {"recorded_by": TRACE},
    "municipalities.Withdrawal": {"recorded_by": TRACE},
    "municipalities.RequirementPlan": {
        "responsible": "whom the leader names, perhaps by name; as long as the check is planned"
    },
    "municipalities.RequirementCheck": {"recorded_by": TRACE},
    "municipalities.Operator": {"label": COMPETENCE, "mentor": COMPETENCE},
    "municipalities.Qualification": {"operator": COMPETENCE},
    "municipalities.FollowUp": {"operator": COMPETENCE},
    "municipalities.Decision": {"registered_by": TRACE},
    "municipalities.Notification": {"read_by": TRACE},
    "municipalities.ShiftCount": {"imported_by": TRACE},
    "municipalities.Doctor": {"name": DUTY},
    "municipalities.Exemption": {
        "doctor": DUTY,
        "ground": DUTY + "; a code alone, never a diagnosis or a reason",
        "decided_by": TRACE,
    },
    "municipalities.Hearing": {"opened_by": TRACE, "closed_by": TRACE},
    "municipalities.HearingAnswer": {"answered_by": TRACE},
    "municipalities.Evidence": {"handed_in_by": TRACE},
    "municipalities.Reminder": {"user": TRACE},
    "municipalities.PoolYear": {"closed_by": TRACE},
    "municipalities.Budget": {"created_by": TRACE},
    "municipalities.Accounts": {
        "imported_by": TRACE,
        "file_name": "as the sender named it, and so perhaps with a name in it; always",
    },
    "municipalities.Forecast": {"made_by": TRACE},
    "municipalities.InstalmentPlan": {"prepared_by": TRACE, "approved_by": TRACE},
    "municipalities.Payment": {"recorded_by": TRACE},
    "municipalities.Settlement": {"prepared_by": TRACE, "approved_by": TRACE},
    "municipalities.SettlementComment": {"written_by": TRACE},
    "municipalities.Claim": {"made_by": TRACE},
    "municipalities.AllocationKey": {"created_by": TRACE},
    "municipalities.KeyAdoption": {"recorded_by": TRACE},
    "municipalities.SavedSimulation": {"saved_by": TRACE},
    "municipalities.ForumMember": {"user": MEETING, "name": MEETING, "email": MEETING},
    "municipalities.Meeting": {"planned_by": TRACE},
    "municipalities.Invitee": {
        "user": MEETING,
        "name": MEETING,
        "email": MEETING,
        "answer": MEETING,
        "deputy": MEETING,
        "is_present": MEETING,
    },
    "municipalities.MeetingDocument": {"added_by": TRACE},
    "municipalities.AgendaItem": {"presented_by": MEETING},
    "municipalities.Proposal": {"proposed_by": TRACE, "answered_by": TRACE},
    "municipalities.ProposalSupport": {"supported_by": TRACE},
    "municipalities.Minutes": {
        "written_by": TRACE,
        "approved_by": TRACE,
        "content": MEETING,
    },
    "municipalities.Remark": {"made_by": TRACE, "answered_by": TRACE},
    "municipalities.MeetingFollowUp": {
        "user": MEETING,
        "responsible": "whom the meeting names, perhaps by name; with the minutes",
        "created_by": TRACE,
    },
    "municipalities.FollowUpReport": {"reported_by": TRACE},
    "municipalities.FollowUpReminder": {"user": TRACE},
    "municipalities.YearEvent": {"created_by": TRACE},
    "municipalities.YearMark": {"marked_by": TRACE},
    "municipalities.CalendarFeed": {
        "user": "whose calendar reads it; until the person takes the address away",
        "read_at": "whether the address is in use; until it is taken away",
    },
    "municipalities.DeviationMonth": {
        "reported_by": TRACE,
        "file_name": "as the sender named it, and so perhaps with a name in it; always",
    },
    "municipalities.SicknessAbsence": {
        "reported_by": TRACE,
        "file_name": "as the sender named it, and so perhaps with a name in it; always",
    },
    "municipalities.ComplaintCount": {"reported_by": TRACE},
    "municipalities.Supervision": {"registered_by": TRACE},
    "municipalities.QualityNote": {"written_by": TRACE},
    "municipalities.ManagementReview": {"started_by": TRACE, "signed_by": TRACE},
    "municipalities.ReviewPoint": {
        "responsible": "whom the review names, perhaps by name; with the review"
    },
    "municipalities.MeasureDone": {"recorded_by": TRACE},
    "municipalities.CouncilReport": {"recorded_by": TRACE},
    "municipalities.WebhookEndpoint": {"created_by": TRACE},
    "callstats.CallImport": {
        "created_by": TRACE,
        "file_name": "as the sender named it, and so perhaps with a name in it; always",
    },
    "callstats.AggregateSeries": {"created_by": TRACE},
    "callstats.AggregateReport": {
        "received_by": TRACE,
        "file_name": "as the sender named it, and so perhaps with a name in it; always",
    },
    "callstats.MappingDraft": {
        "created_by": "who tries out a mapping; a day at most",
        "file_name": "as the person named it, and so perhaps with a name in it; a day at most",
    },
    "callstats.MappingVersion": {"saved_by": TRACE},
    "callstats.IndicatorPeriod": {
        "checked_by": TRACE,
        "published_by": TRACE,
        "revised_by": TRACE,
    },
    "callstats.Exclusion": {"proposed_by": TRACE, "decided_by": TRACE, "withdrawn_by": TRACE},
    "callstats.Annotation": {"created_by": TRACE, "removed_by": TRACE},
    "reporting.AnnualReport": {
        "prepared_by": TRACE,
        "checked_by": TRACE,
        "approved_by": TRACE,
        "issued_by": TRACE,
    },
    "reporting.ChapterText": {
        "text": "as the host writes the report, and so perhaps with a name in it; always",
        "changed_by": TRACE,
    },
    "reporting.OutsideRecipient": {"name": RECEIVER, "email": RECEIVER},
    "reporting.Declined": {
        "email": "so that it is not sent what it does not want; until it wants it again"
    },
    "reporting.Dispatch": {"released_by": TRACE},
    "reporting.Delivery": {
        "recipient": TRACE,
        "outside": TRACE,
        "email": "the address it was sent to; always",
        "reason": "why it was sent again, as the host wrote it; always",
    },
}

NOT_PERSONAL: dict[str, str] = {
    "municipalities.User": "is_superuser is_staff is_active",
    "municipalities.Membership": "cooperation municipality",
    "municipalities.CooperationUserObjectPermission": "permission content_object",
    "municipalities.Cooperation": "slug name host language is_demonstration form"
    " board_members_each is_co_located is_transfer_of_undertaking leader_reports_to",
    "municipalities.Participant": "cooperation municipality joined_date left_date area left_reason",
    "municipalities.Forum": "cooperation kind name partner obligation_code meetings_a_year topics"
    " notice_days proposal_days may_demand case_prefix language starts_date ends_date",
    "municipalities.ForumMember": "forum municipality duty starts_date ends_date",
    "municipalities.Meeting": "forum year number title starts_at ends_at place video_url message"
    " language state calendar_uid sequence planned_at called_at cancelled_at cancel_reason",
    "municipalities.Invitee": "meeting municipality duty answered_at uncalled_at",
    "municipalities.MeetingLetter": "invitee kind sequence claimed_at sent_at failure",
    "municipalities.MeetingDocument": "meeting item document added_at",
    "municipalities.AgendaItem": "meeting forum position kind standing case_year case_number title"
    " text proposal topic page is_added discussion decision vote outcome",
    "municipalities.Proposal": "forum municipality title text document state item proposed_at"
    " answer answered_at",
    "municipalities.ProposalSupport": "proposal municipality supported_at",
    "municipalities.Minutes": "meeting state introduction hearing_opened_at hearing_until_date"
    " written_at approved_at sha256 sent_at",
    "municipalities.Remark": "minutes item municipality text made_at answer answered_at",
    "municipalities.MeetingFollowUp": "forum item text municipality deadline_date state closed_date"
    " created_at",
    "municipalities.FollowUpReport": "follow_up meeting text reported_at",
    "municipalities.FollowUpReminder": "follow_up kind deadline_date claimed_at sent_at",
    "municipalities.YearEvent": "cooperation title category days once_date responsible starts_year"
    " ends_year",
    "municipalities.YearMark": "cooperation code due_date done_date note marked_at",
    "municipalities.CalendarFeed": "digest made_at",
    "municipalities.DeviationCategory": "cooperation name position ends_date",
    "municipalities.DeviationSeverity": "cooperation name position ends_date",
    "municipalities.DeviationMonth": "cooperation month_date source median_days reported_at",
    "municipalities.DeviationCount": "month category severity state count",
    "municipalities.SicknessAbsence": "cooperation year quarter unit employees agreed_days"
    " certified_days self_certified_days short_days long_days source reported_at",
    "municipalities.ComplaintCount": "cooperation year quarter kind received decided upheld"
    " reported_at",
    "municipalities.Supervision": "cooperation authority reference subject opened_date closed_date"
    " outcome deadline_date corrected_date registered_at",
    "municipalities.QualityNote": "cooperation subject starts_date ends_date text written_at",
    "municipalities.ManagementReview": "cooperation year summary started_at signed_at",
    "municipalities.ReviewPoint": "review code status evidence document measure deadline_date",
    "municipalities.MeasureDone": "point done_date recorded_at",
    "municipalities.CouncilReport": "review municipality told_date case_number recorded_at",
    "municipalities.Central": "cooperation slug name is_sandbox checks_reminded_at",
    "municipalities.PublicNumber": "central line_class number valid_from valid_to",
    "municipalities.Municipality": "number name county_number county written_form"
    " valid_from valid_to",
    "municipalities.Population": "municipality counted_date inhabitants status source"
    " retrieved_date",
    "municipalities.Service": "cooperation kind legal_basis is_bilateral starts_date ends_date",
    "municipalities.Document": "is_exempt exemption_basis cooperation name media_type size_bytes"
    " sha256 uploaded_at",
    "municipalities.Agreement": "cooperation layer title adopter service",
    "municipalities.AgreementVersion": "agreement number state dated_date changes notice_months"
    " leaves_at_new_year document sent_at in_force_from in_force_to state_informed_date"
    " state_informed_reference created_at",
    "municipalities.Clause": "version position heading text items",
    "municipalities.AgreementParty": "version municipality is_host",
    "municipalities.Adoption": "version municipality is_adopted decided_date case_number remark"
    " recorded_at",
    "municipalities.Delegation": "cooperation municipality instructed_date case_number"
    " letter_date letter withdrawn_date",
    "municipalities.Withdrawal": "version municipality received_date case_number leaves_date"
    " is_agreed_by_all cancelled_date recorded_at",
    "municipalities.ServedMunicipality": "central municipality area valid_from valid_to",
    "municipalities.RequirementPlan": "central requirement number interval_months next_due_date",
    "municipalities.RequirementCheck": "plan result checked_date evidence document recorded_at",
    "municipalities.CompetenceLetter": "central sent_date",
    "municipalities.CompetenceRequirement": "central name kind legal_basis valid_months ends_date",
    "municipalities.Operator": "central started_date ended_date experienced_date volume",
    "municipalities.Qualification": "requirement obtained_date expires_date",
    "municipalities.FollowUp": "held_date",
    "municipalities.Decision": "is_exempt exemption_basis cooperation municipality kind level"
    " body case_number title summary decided_date is_notified reverses document"
    " appeal_deadline_date appealed_date appeal_outcome legality_demanded_date legality_outcome"
    " followed_up_date registered_at",
    "municipalities.Notification": "decision municipality deadline_date told_at reminded_at"
    " read_at",
    "municipalities.DutyTerms": "cooperation decider consulted undelivered",
    "municipalities.DutyShare": "cooperation municipality posts share_percent valid_from valid_to",
    "municipalities.ShiftCount": "cooperation municipality starts_date ends_date owed delivered"
    " hired unfilled source imported_at",
    "municipalities.Doctor": "cooperation municipality starts_date ends_date",
    "municipalities.Exemption": "state starts_date ends_date share_percent applied_date"
    " decided_date decision_reference consulted_date appeal_deadline_date appealed_date"
    " appeal_outcome",
    "municipalities.Pool": "cooperation slug name kind is_bilateral unit proration"
    " instalments_a_year deviation_rule overspend_percent starts_date ends_date",
    "municipalities.PoolMember": "pool municipality joined_date left_date area",
    "municipalities.AreaPopulation": "member counted_date inhabitants source",
    "municipalities.PoolYear": "pool year closed_at",
    "municipalities.ArtChoice": "cooperation art name treatment",
    "municipalities.Budget": "pool_year number state changes adopted_date case_number created_at",
    "municipalities.BudgetLine": "budget function art text amount",
    "municipalities.AccountsMapping": "cooperation name columns selection is_revenue_positive",
    "municipalities.Accounts": "pool_year number up_to_month digest rows_read rows_left_out"
    " imported_at",
    "municipalities.AccountsLine": "accounts row_number unit function art project month text"
    " treatment amount",
    "municipalities.Forecast": "pool_year up_to_month treatment amount comment made_at",
    "municipalities.InstalmentPlan": "pool_year number state budget amount terms prepared_at"
    " approved_at",
    "municipalities.PlanLine": "plan municipality amount share steps",
    "municipalities.Instalment": "line number due_date amount",
    "municipalities.Payment": "pool_year municipality paid_date amount reference recorded_at",
    "municipalities.Settlement": "pool_year number kind state corrects reason accounts gross"
    " own_revenue overhead fund rounding net capital function_290 terms prepared_at sent_at"
    " comments_until approved_at",
    "municipalities.SettlementLine": "settlement municipality share steps amount a_konto paid"
    " settled_before rest",
    "municipalities.SettlementComment": "settlement municipality is_accepted text written_at",
    "municipalities.FundEntry": "pool settlement amount text entered_date",
    "municipalities.SettlementNotice": "settlement municipality about told_at",
    "municipalities.BillingDetails": "cooperation municipality org_number street postal_code"
    " city reference account_number vat_category is_vat_registered exemption_reason posting"
    " series",
    "municipalities.Claim": "cooperation pool_year municipality series number instalment"
    " settlement_line issue_date due_date amount made_at",
    "municipalities.AllocationKey": "pool number state changes valid_from valid_to"
    " population_date usage_measure usage_years overhead_nok overhead_percent_of_wages"
    " floor_unit floor_value cap_unit cap_value sent_at adopted_at created_at",
    "municipalities.KeyPart": "key is_capital kind percent",
    "municipalities.FixedPercent": "part municipality percent",
    "municipalities.KeyAdoption": "key municipality is_adopted decided_date case_number remark"
    " recorded_at",
    "municipalities.UsageFigure": "cooperation municipality measure year count source received_at",
    "municipalities.SavedSimulation": "token pool name asked saved_at",
    "municipalities.Hearing": "cooperation title question opened_at deadline_date closed_at"
    " outcome decision",
    "municipalities.HearingDocument": "hearing document",
    "municipalities.HearingAnswer": "hearing municipality told_at reminded_at position text"
    " document answered_at",
    "municipalities.Obligation": "cooperation version code title clause scope rhythm due_days"
    " topics responsible remind_days starts_date ends_date",
    "municipalities.Due": "obligation municipality year number due_date about key waived_reason",
    "municipalities.Evidence": "due key title happened_date path document topics handed_in_at",
    "municipalities.Reminder": "due kind claimed_at sent_at",
    "municipalities.WebhookEndpoint": "cooperation url event_types is_active gone_at"
    " secret_generation secret_renewed_at created_at",
    "municipalities.WebhookMessage": "endpoint message_id event_type payload state attempts"
    " next_attempt_at give_up_at created_at delivered_at last_status last_error",
    "callstats.Call": "source external_id central line arrived_at arrived_text time_quality queue"
    " outcome answered_at ended_at wait_seconds talk_seconds announcement_seconds forwarded_to"
    " municipality urgency video legs version revision imported_by",
    "callstats.CallRevision": "source external_id revision facts replaced_by",
    "callstats.CallPurge": "central before_at",
    "callstats.CallHour": "central line hour_at outcome municipality calls ambiguous_calls"
    " waits_ms rung_back_ms talk_seconds",
    "callstats.FeedHour": "source hour_at",
    "callstats.Source": "slug name central profile zone is_synthetic is_expected"
    " silent_after_minutes",
    "callstats.QueueLine": "source queue line",
    "callstats.SourceToken": "prefix hashed_key created name revoked expiry_date source scopes"
    " networks last_used_at",
    "callstats.FeedCursor": "source line_sha256 event_at stored_at",
    "callstats.SourceSilence": "source last_seen_at noticed_at ended_at told_at",
    "callstats.MappingVersion": "source version mapping saved_at",
    "callstats.CallImport": "source channel file_format sha256 size_bytes file_deleted_at"
    " created_at state attempts started_at finished_at error_code error_params received created"
    " updated unchanged rejected ignored pending covers_from_at covers_to_at first_at last_at"
    " preview warnings affected_months mapping_version is_atomic is_dry_run idempotency_key"
    " request_sha256",
    "callstats.RefusedRow": "call_import line index external_id field code value",
    "callstats.CallTrace": "source external_id trace last_event_at",
    "callstats.MappingDraft": "source sha256 mapping choices created_at",
    "callstats.IndicatorPeriod": "central starts_on ends_on revision state observed imports"
    " computed_at code_version asked_at checked_at published_at reason provisional_reason",
    "callstats.IndicatorFigure": "period definition_id definition numerator denominator figures"
    " parts",
    "callstats.Exclusion": "central kind name reason line starts_at ends_at state proposed_at"
    " decided_at withdrawn_at withdrawn_reason",
    "callstats.ExcludedHour": "exclusion line hour_at outcome municipality calls ambiguous_calls"
    " waits_ms rung_back_ms talk_seconds",
    "callstats.Annotation": "central kind starts_on ends_on text created_at removed_at",
    "callstats.TargetAlert": "central definition_id raised_for numerator denominator raised_at"
    " told_at cleared_for cleared_at",
    "callstats.AggregateSeries": "central slug name origin zone created_at",
    "callstats.AggregateReport": "series sha256 size_bytes received_at state decided_at error_code"
    " error_params received created updated unchanged rejected ignored refused preview",
    "callstats.AggregatePeriod": "series line_class starts_at ends_at offered answered abandoned"
    " revision report",
    "callstats.AggregateBand": "period within_seconds answered",
    "reporting.AnnualReport": "cooperation year edition correction_reason state figures"
    " figures_sha256 figures_at left_out content_sha256 checked_at approved_at issued_at",
    "reporting.ChapterText": "report chapter language changed_at",
    "reporting.ReportDocument": "report language state stage content_sha256 pdf_sha256 pdf_bytes"
    " error queued_at finished_at",
    "reporting.PeriodLetter": "cooperation kind starts_date ends_date edition correction_reason"
    " figures figures_sha256 made_at",
    "reporting.Schedule": "cooperation kind months_after day local_time roles is_attached"
    " is_active changed_at",
    "reporting.OutsideRecipient": "schedule municipality language added_at removed_at",
    "reporting.Declined": "schedule declined_at",
    "reporting.Dispatch": "schedule starts_date edition report letter released_at",
    "reporting.Delivery": "dispatch municipality language state message_id attempts"
    " next_attempt_at sent_at returned_at error_code subject pdf_sha256",
}
