"""Every kind of table, in the order in which a structure fills the portal."""

from collections.abc import Mapping

from registers.imports.kinds.attendance import Attendance
from registers.imports.kinds.base import Kind
from registers.imports.kinds.certificates import Certificates
from registers.imports.kinds.results import Results
from registers.imports.kinds.structures import Structures
from registers.imports.kinds.trainees import Trainees
from registers.imports.kinds.trainers import Trainers

KINDS: Mapping[str, Kind] = {
    kind.code: kind for kind in (Structures(), Trainees(), Trainers(), Attendance(), Results(), Certificates())
}
