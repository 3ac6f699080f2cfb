"""Who votes: the states that are or were UN members, what they are called, and when.

Membership by day, the names that the UN's files use over time, names by language, what a person
may type, groups and the Security Council's seats by day, and the words by which the press names a
state. All of it is data with its source (states/data), read when first needed.
"""

from votewire.states.council import council_members
from votewire.states.grouping import (
    group,
    group_members,
    group_membership,
    group_spells,
    groups,
    groups_kept_to,
    groups_of,
    resolve_group,
)
from votewire.states.members import (
    admitted_on,
    codes,
    is_member,
    members_on,
    membership,
    nearest_names,
    state,
)
from votewire.states.mentions import find_mentions
from votewire.states.model import DatedName, Group, Mention, Resolution, Spell, State
from votewire.states.naming import name_of
from votewire.states.resolving import resolve
from votewire.states.sources import from_cow, from_un_name
from votewire.states.tiling import TileRegion, tile_regions

__all__ = [
    "DatedName",
    "Group",
    "Mention",
    "Resolution",
    "Spell",
    "State",
    "TileRegion",
    "admitted_on",
    "codes",
    "council_members",
    "find_mentions",
    "from_cow",
    "from_un_name",
    "group",
    "group_members",
    "group_membership",
    "group_spells",
    "groups",
    "groups_kept_to",
    "groups_of",
    "is_member",
    "members_on",
    "membership",
    "name_of",
    "nearest_names",
    "resolve",
    "resolve_group",
    "state",
    "tile_regions",
]
