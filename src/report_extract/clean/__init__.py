"""Repairs that keep the exact way back, and the sections of a release."""

from report_extract.clean.chain import Cleaned, clean_text
from report_extract.clean.sections import Section, find_sections

__all__ = ["Cleaned", "Section", "clean_text", "find_sections"]
