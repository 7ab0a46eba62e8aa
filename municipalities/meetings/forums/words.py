"""What forums are called, and what is refused, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "bilateral_forum_names_the_participant": _(
        "A yearly meeting with a participant names the participant; other forums name none."
    ),
    "bilateral_forum_is_one_for_each": _(
        "There is a forum with that participant already. Change that one, or end it first."
    ),
    "forum_has_its_name_alone": _("Another forum has that name. Give it another."),
    "items_are_taken_before_the_call": _(
        "Items must be handed in before the call goes out: at least as many days before the"
        " meeting."
    ),
    "forum_ends_after_start": _("The last day is before the first. Change one of them."),
    "member_is_a_user_or_a_name_with_an_address": _(
        "Choose a user, or write both a name and an e-mail address."
    ),
    "user_is_member_once": _("The person is a member already."),
    "address_is_member_once": _("Somebody with that e-mail address is a member already."),
    "forum_has_one_chair": _(
        "The forum has a chair already. Give the present chair another duty first."
    ),
    "member_leaves_after_joining": _("The last day is before the first. Change one of them."),
}
