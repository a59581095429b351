"""What a schema cannot say: one small function a rule; problems bear the names in the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...text.problems import Problem
from .content import (
    activities_add_up,
    agenda_adds_up,
    dated_things_have_own_ids,
    forms_exist,
    goals_have_own_ids,
    new_texts_are_whole,
    no_id_is_index,
    omitted_things_exist,
    own_agenda_adds_up,
    prose_is_seen,
    some_session_remains,
    titles_are_apart,
)
from .days import (
    check_ins_come_before_the_last_session,
    cohorts_end_within_years,
    dates_in_order,
    dates_name_known_things,
    days_are_in_the_cohort,
    no_day_on_a_holiday,
    nothing_comes_after_the_end,
    there_is_time_for_pairings,
)
from .files import CohortFile, ProgramFile
from .organisation import PAGE_NAMES, names_fit_addresses, organisation_problems
from .people import (
    names_have_consent,
    no_pairing_ends_twice,
    no_pairing_stands_twice,
    nobody_has_the_number_of_another,
    nobody_has_too_many_pairings,
    nobody_is_listed_twice,
    nobody_is_paired_with_oneself,
    pairings_have_two_roles,
    pairings_name_known_goals,
    people_have_own_ids,
    sponsor_has_consent,
)
from .plan import (
    anchors_do_not_circle,
    anchors_exist,
    days_are_said_one_way,
    forms_close_after_they_open,
    no_id_is_a_day_of_every_cohort,
    plans_count_from_known_days,
    weeks_are_in_order,
    weeks_are_in_the_program,
)

__all__ = [
    "COHORT_CHECKS",
    "PAGE_NAMES",
    "PROGRAM_CHECKS",
    "CohortFile",
    "ProgramFile",
    "names_fit_addresses",
    "omitted_things_exist",
    "organisation_problems",
    "own_agenda_adds_up",
    "prose_is_seen",
    "titles_are_apart",
]
PROGRAM_CHECKS: tuple[Callable[[ProgramFile], Iterator[Problem]], ...] = (
    some_session_remains,
    agenda_adds_up,
    activities_add_up,
    goals_have_own_ids,
    dated_things_have_own_ids,
    no_id_is_index,
    no_id_is_a_day_of_every_cohort,
    anchors_exist,
    plans_count_from_known_days,
    new_texts_are_whole,
    anchors_do_not_circle,
    days_are_said_one_way,
    weeks_are_in_order,
    weeks_are_in_the_program,
    forms_close_after_they_open,
    forms_exist,
    sponsor_has_consent,
)
COHORT_CHECKS: tuple[Callable[[CohortFile], Iterator[Problem]], ...] = (
    dates_name_known_things,
    dates_in_order,
    nothing_comes_after_the_end,
    cohorts_end_within_years,
    days_are_in_the_cohort,
    people_have_own_ids,
    nobody_has_the_number_of_another,
    nobody_is_listed_twice,
    pairings_have_two_roles,
    nobody_is_paired_with_oneself,
    no_pairing_stands_twice,
    nobody_has_too_many_pairings,
    no_pairing_ends_twice,
    pairings_name_known_goals,
    names_have_consent,
    no_day_on_a_holiday,
    there_is_time_for_pairings,
    check_ins_come_before_the_last_session,
)
