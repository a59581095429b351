"""What a schema cannot say: one small function a rule; problems bear the names in the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...text.problems import Problem
from . import content, days, people, plan
from .content import omitted_things_exist, own_agenda_adds_up, prose_is_seen, titles_are_apart
from .files import CohortFile, ProgramFile
from .organisation import names_fit_addresses, organisation_problems

__all__ = [
    "COHORT_CHECKS", "PROGRAM_CHECKS", "CohortFile", "ProgramFile", "names_fit_addresses",
    "omitted_things_exist", "organisation_problems", "own_agenda_adds_up", "prose_is_seen",
    "titles_are_apart",
]  # fmt: skip
PROGRAM_CHECKS: tuple[Callable[[ProgramFile], Iterator[Problem]], ...] = (
    content.some_session_remains,
    content.agenda_adds_up,
    content.activities_add_up,
    content.goals_have_own_ids,
    content.dated_things_have_own_ids,
    content.no_id_is_index,
    plan.no_id_is_a_day_of_every_cohort,
    plan.anchors_exist,
    plan.plans_count_from_known_days,
    content.new_texts_are_whole,
    plan.anchors_do_not_circle,
    plan.days_are_said_one_way,
    plan.weeks_are_in_order,
    plan.weeks_are_in_the_program,
    plan.forms_close_after_they_open,
    content.forms_exist,
    people.sponsor_has_consent,
)
COHORT_CHECKS: tuple[Callable[[CohortFile], Iterator[Problem]], ...] = (
    days.dates_name_known_things,
    days.dates_in_order,
    days.nothing_comes_after_the_end,
    days.cohorts_end_within_years,
    days.days_are_in_the_cohort,
    people.people_have_own_ids,
    people.nobody_has_the_number_of_another,
    people.nobody_is_listed_twice,
    people.pairings_have_two_roles,
    people.nobody_is_paired_with_oneself,
    people.no_pairing_stands_twice,
    people.nobody_has_too_many_pairings,
    people.no_pairing_ends_twice,
    people.pairings_name_known_goals,
    people.names_have_consent,
    days.no_day_on_a_holiday,
    days.there_is_time_for_pairings,
    days.check_ins_come_before_the_last_session,
)
