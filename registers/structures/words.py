"""The words of a structure's names, kept to search by: people find it however they write its name."""

from registers.spelling import words_of
from registers.structures.models import NameWord, Structure


def index_names(structure: Structure) -> None:
    """Write the words of every name that the structure is believed to have, to have had or to get."""
    names = structure.details.filter(superseded_at__isnull=True).values_list("name_ar", "name_fr")
    wanted = set(words_of(*(name for pair in names for name in pair)))
    known = set(structure.words.values_list("word", flat=True))
    structure.words.filter(word__in=known - wanted).delete()
    NameWord.objects.bulk_create(NameWord(structure=structure, word=word) for word in sorted(wanted - known))
