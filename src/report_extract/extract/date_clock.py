"""Clock times beside a date: as HH:MM, and in the date's EDTF."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from report_extract.analyze.date_grammar import Clock, Groups
from report_extract.extract.date_values import When


def timed(when: When, clock: Clock | None, end_clock: Clock | None) -> When:
    """The same days with the clock times that stand beside them."""
    first, last = clock_times(clock.groups) if clock else (None, None)
    if end_clock is not None:
        last = clock_times(end_clock.groups)[0]
    if first is None or when.precision not in {"day", "interval"}:
        return when
    hedge = "~" if clock is not None and clock.about else ""
    start = f"{when.first.isoformat()}T{first}{hedge}"
    if last is not None and when.first == when.last and last < first:
        # "Saturday, 7 p.m. - 1 a.m." ends on Sunday.
        when = replace(when, last=when.last + timedelta(days=1))
    if last is None and when.first == when.last:
        return replace(when, edtf=start, precision="minute", time=first)
    end = f"{when.last.isoformat()}T{last}" if last else when.last.isoformat()
    return replace(when, edtf=f"{start}/{end}", precision="interval", time=first, end_time=last)


def clock_times(groups: Groups) -> tuple[str | None, str | None]:
    """The times of a clock expression as HH:MM, 24 hours.

    >>> clock_times({"t1": "10.30", "t2": "11.30", "p2": "am"}), clock_times({"t1": "9", "p1": "a.m.", "t2": "noon"})
    (('10:30', '11:30'), ('09:00', '12:00'))
    """
    half_1, half_2 = _half_of_day(groups.get("p1")), _half_of_day(groups.get("p2"))
    last = _clock(groups.get("t2"), half_2)
    first = _clock(groups.get("t1"), half_1 or half_2)
    if half_1 is None and half_2 == "p" and first and last and first > last:
        first = _clock(groups.get("t1"), "a")
    return first, last


def _half_of_day(word: str | None) -> str | None:
    letter = (word or "").strip().lower()[:1]
    return letter if letter in {"a", "p"} else None


def _clock(word: str | None, half: str | None) -> str | None:
    if word is None:
        return None
    if word.lower() in {"noon", "midday", "midnight"}:
        return "00:00" if word.lower() == "midnight" else "12:00"
    parts = word.replace(".", ":").replace("h", ":").split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 and parts[1] else 0
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
