"""The scene of a stored batch: what the person who brought it may write for, asked anew each time."""

from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch
from registers.imports.scenes import Scene
from registers.organisations.selectors import standing_in


def scene_of(batch: ImportBatch) -> Scene:
    """Whoever left the organisation since writes for no structure any more; a role may reach some structures only."""
    if batch.organisation is None:
        return Scene(None)
    standing = standing_in(batch.by, batch.organisation)
    act = KINDS[batch.kind].act
    if standing is None or not standing.may(act):
        return Scene(batch.organisation, reaching=frozenset())
    return Scene(batch.organisation, reaching=standing.structures_for(act))
