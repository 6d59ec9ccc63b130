"""Which answers were taken from what the portal already knew, and from where; the answers themselves lie elsewhere."""

from django.db import models


class Taken(models.Model):
    """One answer, or the rows of one group, that a person took by an act of theirs."""

    class Origin(models.TextChoices):
        ACCOUNT = "account"
        ORGANISATION = "organisation"
        CASE = "case"
        REGISTER = "register"

    draft = models.ForeignKey("wizard.Draft", models.CASCADE, null=True, related_name="taken")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="taken")  # once it is filed
    path = models.CharField(max_length=120)  # "identity.birth_date", a group's code, or "paper.identity"
    origin = models.CharField(max_length=12, choices=Origin.choices)
    number = models.CharField(max_length=40, blank=True)  # of the case it comes from
    on = models.DateField(null=True)  # the day of that case, or of the reading
    digest = models.CharField(max_length=64)  # SHA-256 of the answer as taken: once it is changed, it is one's own

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("draft", "path"), name="one_origin_an_answer_of_a_draft"),
            models.UniqueConstraint(fields=("case", "path"), name="one_origin_an_answer_of_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.path} from {self.origin}"
