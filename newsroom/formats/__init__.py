"""Dates of languages for which Django's own formats fall back to English ones."""
