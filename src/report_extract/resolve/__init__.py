"""From mentions to entities: who and what the names of a release stand for."""

from report_extract.resolve.holders import StandIn, resolve_holders
from report_extract.resolve.offices import resolve_offices
from report_extract.resolve.organizations import resolve_organizations
from report_extract.resolve.people import resolve_people

__all__ = ["StandIn", "resolve_holders", "resolve_offices", "resolve_organizations", "resolve_people"]
