"""Why a service changed nothing: one sentence for the person who asked, and the field that it is about."""


class Refusal(Exception):
    """Nothing was changed; `str()` says why and how to mend it, `field` names the answer to mend where it is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)
