"""Work of this room: whole files are printed and packed by a worker, never in a request."""

from portal.dossiers.making import make_whole_file
from procedures.dossiers.models import WholeFile
from procedures.jobs.registry import handles


@handles("dossiers.whole_file")
def make(whole_file_id: int) -> None:
    make_whole_file(WholeFile.objects.select_related("by").get(pk=whole_file_id))
