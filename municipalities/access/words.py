"""Roles and permissions in people's words."""

from django.utils.translation import gettext_lazy as _

from municipalities.access.rules import Permission, Role

ROLE_NAMES = {
    Role.HOST_DIRECTOR: _("chief executive of the host municipality"),
    Role.PARTNER_DIRECTOR: _("chief executive of a partner municipality"),
    Role.LEADER: _("head of the legevakt"),
    Role.CONTROLLER: _("controller"),
    Role.SECRETARY: _("secretary"),
    Role.MEDICAL_OFFICER: _("municipal medical officer"),
    Role.AUDITOR: _("auditor"),
}

PERMISSION_NAMES = {
    Permission.VIEW_OVERVIEW: _("see the overview and the answer times"),
    Permission.VIEW_IMPORTS: _("see imports and refused rows"),
    Permission.MANAGE_FEEDS: _("set up telephone systems, their tokens and webhooks"),
    Permission.IMPORT_CALLS: _("import call logs"),
    Permission.CHECK_FIGURES: _("check the figures of a month or year"),
    Permission.PUBLISH_FIGURES: _("publish the figures of a month or year"),
    Permission.PROPOSE_EXCLUSIONS: _("propose that calls are left out"),
    Permission.APPROVE_EXCLUSIONS: _("approve that calls are left out"),
    Permission.ANNOTATE: _("write notes on the figures"),
    Permission.VIEW_ISSUED_REPORTS: _("read approved annual reports"),
    Permission.VIEW_DRAFT_REPORTS: _("read drafts of the annual report"),
    Permission.PREPARE_REPORT: _("prepare the annual report"),
    Permission.APPROVE_REPORT: _("approve the annual report"),
    Permission.VIEW_DELIVERIES: _("see what was sent to whom"),
    Permission.SEND_DELIVERIES: _("send reports and letters"),
    Permission.VIEW_AGREEMENT: _("read agreements, obligations, decisions and who owes duty"),
    Permission.MANAGE_AGREEMENT: _("write agreements and send them for adoption"),
    Permission.ANSWER_FOR_MUNICIPALITY: _("adopt, confirm and answer for the own municipality"),
    Permission.MANAGE_OBLIGATIONS: _("follow up obligations"),
    Permission.REGISTER_DECISIONS: _("register decisions"),
    Permission.MANAGE_HEARINGS: _("open and close hearings"),
    Permission.MANAGE_CENTRAL: _("keep the register of numbers and the checklist"),
    Permission.VIEW_COMPETENCE: _("see how many operators have the required competence"),
    Permission.MANAGE_COMPETENCE: _("keep the competence of the operators"),
    Permission.MANAGE_DUTY: _("keep who owes duty, and the shifts"),
    Permission.DECIDE_EXEMPTIONS: _("decide exemptions for doctors of the own municipality"),
    Permission.VIEW_COSTS: _("see budget, key and settlement"),
    Permission.VIEW_ALL_COSTS: _("see bilateral costs and drafts too"),
    Permission.MANAGE_COSTS: _("keep keys, budget, accounts and settlements"),
    Permission.APPROVE_COSTS: _("approve instalments and settlements"),
    Permission.VIEW_MEETINGS: _("see meetings, minutes and the year wheel"),
    Permission.MANAGE_MEETINGS: _("call meetings and write minutes"),
    Permission.PROPOSE_ITEMS: _("propose items for meetings"),
    Permission.APPROVE_MINUTES: _("approve minutes"),
    Permission.VIEW_QUALITY: _("see deviations, sickness absence and reviews"),
    Permission.MANAGE_QUALITY: _("register figures of quality, and review"),
    Permission.SIGN_REVIEW: _("sign the yearly review"),
    Permission.VIEW_ACCESS: _("see who has access"),
    Permission.MANAGE_ACCESS: _("give and take roles"),
}
