"""Nynorsk as Django writes it, with "kl." between day and time where the month is a word."""

DATETIME_FORMAT = r"j. F Y \k\l. H:i"
