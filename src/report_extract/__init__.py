"""Turns raw press releases into structured, checkable records and tidy tables."""
