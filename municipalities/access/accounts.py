"""What allauth may do here: log in, never sign up by oneself."""

from email.utils import make_msgid
from types import SimpleNamespace
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.html import linebreaks
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from legevakt.lib import mail
from municipalities.access.models import Membership, User
from municipalities.access.rules import Role
from municipalities.access.words import ROLE_NAMES

log = structlog.get_logger(__name__)

SAID_BY_THE_PAGE = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by who may give roles; e-mails go by the one sender."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def add_message(self, request, level, message_template=None, *args, **kwargs) -> None:
        """Nothing is said of logging in and out: the page shows it, and in whose language."""
        if message_template not in SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix, email, context) -> None:
        """Write in the language of whom it is to, whoever set it off.

        A mail server that does not take it is logged, not shown: the page must answer the
        same for an address that has an account and one that has none.
        """
        language = _language_of(email)
        invitation = getattr(self.request, "invitation", None)
        if invitation is not None:
            template_prefix, context = (
                "account/email/invitation",
                context | {"invitation": invitation},
            )
        with override(language):
            message = self.render_mail(template_prefix, email, _about_us(email) | context)
        html = [content for content, kind in getattr(message, "alternatives", ())]
        try:
            mail.send(
                to=email,
                subject=message.subject,
                text=message.body,
                html=html[0] if html else linebreaks(message.body),
                message_id=make_msgid(domain="legevakt"),
                language=language,
            )
        except (mail.MailRefused, mail.MailUnknown, mail.InvalidMail) as error:
            log.warning("account mail not sent", reason=type(error).__name__)
            if self.request is not None:
                self.request.account_mail_failed = True


def _language_of(email: str) -> str:
    chosen = User.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return chosen or get_language() or settings.LANGUAGE_CODE


def _about_us(email: str) -> dict:
    """What allauth's templates of e-mails name the sender and the person by."""
    site = SimpleNamespace(name="Legevakt", domain=urlsplit(settings.SITE_URL).netloc)
    return {"request": allauth_context.request, "email": email, "current_site": site}


def send_invitation(request, *, membership: Membership) -> bool:
    """Tell a new person of the role, with the link to choose a password; False if it failed."""
    request.invitation = {
        "by": request.user.name,
        "role": ROLE_NAMES[Role(membership.role)],
        "municipality": membership.municipality,
        "cooperation": membership.cooperation,
    }
    form = ResetPasswordForm(data={"email": membership.user.email})
    if not form.is_valid():
        return False
    form.save(request)
    return not getattr(request, "account_mail_failed", False)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A login by OpenID Connect is tied to the account an administrator made."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        """Connect the first login to the person with the same verified address.

        Entra ID does not say that an address is verified; OIDC_TRUST_EMAIL says that the
        provider is one's own directory, whose addresses are trusted.
        """
        if sociallogin.is_existing:
            return
        trusted = [
            address.email.lower()
            for address in sociallogin.email_addresses
            if address.verified or settings.OIDC_TRUST_EMAIL
        ]
        user = User.objects.filter(email__in=trusted, is_active=True).first()
        if user is None:
            messages.error(
                request,
                _("You are logged in there, but have no access here. Ask the host municipality."),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
