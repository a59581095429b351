"""What the templates show: values worked out beforehand, so that templates stay mute."""

from types import SimpleNamespace

from ...guidance.steps import events, hours, now, pairings, step
from . import connections, plan, scales, sign_up

_ROOMS = (events, hours, now, pairings, step, connections, plan, scales, sign_up)
# All that these define, by name: templates say `views.card(…)`. What they import is no business of templates.
VIEWS = SimpleNamespace(
    **{
        name: value
        for room in _ROOMS
        for name, value in vars(room).items()
        if not name.startswith("_") and (name.isupper() or getattr(value, "__module__", "") == room.__name__)
    },
)
