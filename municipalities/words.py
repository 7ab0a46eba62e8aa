"""The words of the rooms that other apps use."""

from municipalities.meetings.agenda.words import COVERED
from municipalities.obligations.words import told as obligation_text
from municipalities.quality.review.words import place_of as review_place

__all__ = ["COVERED", "obligation_text", "review_place"]
