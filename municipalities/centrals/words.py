"""The words of the checklist: what each requirement is, what is checked, and where it stands."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.centrals.rules import State

STATES: dict[State, Promise] = {
    State.MET: _("fulfilled"),
    State.PARTLY: _("partly fulfilled"),
    State.NOT_MET: _("not fulfilled"),
    State.NEVER: _("not yet checked"),
}

LAWS: dict[str, Promise] = {
    "emergency": _("Emergency Medicine Regulation"),
    "quality": _("Regulation on Management and Quality Improvement"),
    "care": _("Health and Care Services Act"),
    "preservation": _("Preservation Regulation"),
    "guideline": _("the Directorate of Health's guideline"),
    "notice": _("notice of 15 January 2020 from the national centre (NKLM)"),
    "advice": _("professional advice and guidelines"),
}

TITLES: dict[str, Promise] = {
    "staffed_number": _("116 117 is answered round the clock, with lines enough"),
    "local_number": _("A fixed 8-digit number that the public knows"),
    "staffed_central": _("The legevaktsentral is staffed round the clock"),
    "safe_running": _("116 117 runs safely, and others can answer when needed"),
    "tracing": _("Calls can be traced and located"),
    "emergency_net": _("Readiness on the emergency network (Nødnett)"),
    "health_trust": _("Cooperation with the health trust on communication"),
    "district": _("116 117 calls of the whole district are received"),
    "amk": _("Direct talk, forwarding and conference calls with the AMK"),
    "contacts": _("Contacts are advised, prioritised, registered and followed up"),
    "two_minutes": _("80 per cent of the calls are answered within two minutes"),
    "recording": _("Equipment for sound recording of important traffic"),
    "operators": _("The operators have the education and training that is required"),
    "courses": _("Courses in emergency medicine and in violence and abuse"),
    "exercises": _("Training, and training together, along the whole chain"),
    "documented": _("Equipment, training and operation are documented"),
    "recordings_kept": _("Sound recordings are kept for three years, then deleted"),
    "message_113": _("The caller is told to ring 113 when life is at stake"),
    "recording_notice": _("The caller is told that the call is recorded"),
    "yearly_review": _("The management system is reviewed every year"),
    "planned": _("The service is planned, carried out, evaluated and corrected"),
    "municipal_duties": _("It is settled which of the municipality's duties the host has"),
    "supervision": _("Supervision by the County Governor is followed up"),
    "archive": _("Plans, organisation and evaluations are kept for posterity"),
    "registers": _("Access to the registers that the operators need"),
    "decision_support": _("Decision support is in use"),
    "video": _("Video is in use, and the course is taken"),
    "doctor_on_duty": _("How the doctor on duty is consulted"),
}

CHECKED: dict[str, Promise] = {
    "staffed_number": _("Are there lines enough also at the busiest hours? When was it looked at?"),
    "local_number": _("Is the number right in directories, on web pages and on signs?"),
    "staffed_central": _("Does the roster cover every hour, with holidays and sick leave?"),
    "safe_running": _("Is there an agreement on who answers in a failure, and is it tried?"),
    "tracing": _("Is a call's position shown to the operator? Try it from a mobile phone."),
    "emergency_net": _("Is the list of equipment right, and is the terminal tried?"),
    "health_trust": _("Is the agreement in force, and when was it last gone through?"),
    "district": _("Do calls from every municipality that is served arrive here?"),
    "amk": _("Are conference and forwarding tried, also to other legevaktsentraler?"),
    "contacts": _("Is there a procedure, also for forwarding to the GP, midwife or crisis team?"),
    "two_minutes": _("Look at the published months, and at why they were above or below."),
    "recording": _("Is a recording made and found again? Try with a call of your own."),
    "operators": _(
        "Relevant health education at bachelor level, clinical practice and operator training."
    ),
    "courses": _("Has each operator who works with the doctor taken both courses?"),
    "exercises": _("Which exercises were held, with whom, and what came of them?"),
    "documented": _("Is it documented against the Directorate of Health's requirements?"),
    "recordings_kept": _(
        "Are they deleted after three years, but for those that a case still needs?"
    ),
    "message_113": _(
        "Ring the number and listen. In the 116 117 service the message is built in;"
        " on its own numbers the legevaktsentral must have it."
    ),
    "recording_notice": _("Ring the number and listen: it is normally said at the beginning."),
    "yearly_review": _(
        "Deviations, complaints, user experience and statistics are looked at together."
    ),
    "planned": _("Do the measures follow from the figures, and are they carried out?"),
    "municipal_duties": _(
        "Legevakt, readiness round the clock, the medical emergency number service and"
        " psychosocial crisis response: does the agreement say who has what?"
    ),
    "supervision": _("Are there open cases, and is what was found put right?"),
    "archive": _("Are reports, plans and evaluations marked for permanent preservation?"),
    "registers": _(
        "The population register (Folkeregisteret), the summary care record (kjernejournal) and"
        " the register of regular GPs (fastlegeregisteret)."
    ),
    "decision_support": _(
        "Which one, for example Legevaktindeks, NMTG or RETTS? Is it the newest?"
    ),
    "video": _("Is video tried, and has each operator taken the course?"),
    "doctor_on_duty": _("When is the doctor asked, how, and how is it written down?"),
}
