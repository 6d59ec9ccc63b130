"""Files for tests and training: entries merged, kept apart, told apart again, and left as they are."""

from procedures import api as p
from registers import api as r

SPLIT = {"target.act": r.SPLIT}

SAMPLES = (
    p.Sample(code="one_person", ends=p.Kind.REGISTER),
    p.Sample(code="newer_kept", answers={"target.keep": r.NEWER}, ends=p.Kind.REGISTER),
    p.Sample(code="two_persons", ends=p.Kind.CONFORM),
    p.Sample(code="told_apart", answers=SPLIT, ends=p.Kind.REGISTER),
    p.Sample(code="left_merged", answers=SPLIT, ends=p.Kind.CONFORM),
)
