"""What the page's script may have to say, in the reader's language; `{day}` is where it puts a day or a moment."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words_for_script() -> dict[str, str]:
    """For the page that the register answers, and for the one that the device keeps."""
    return {
        "seal_y": _("Seal: it holds"),
        "seal_y_text": _("The data of the paper's QR code are those that were signed."),
        "seal_n": _("Seal: it does not hold"),
        "seal_n_text": _("The QR code of this paper was altered or belongs to another document. Do not accept it."),
        "seal_w": _("Seal: this browser cannot check it"),
        "seal_w_text": _("Compare the lines below with the paper, or scan with another telephone."),
        "key_y": _("Key of issue: ours"),
        "key_y_text": _("The key was in force on the day of issue."),
        "key_n": _("Key of issue: not in force"),
        "key_n_text": _("No key of ours in force on that day made this seal. Do not accept the paper."),
        "key_r": _("Key of issue: retired since"),
        "key_r_text": _(
            "The key was retired. This very seal is in our register: the paper is ours. Ask for a new copy."
        ),
        "register_n": _("Seal: not the one in the register"),
        "register_n_text": _("The seal is not the one that we issued under this code. Do not accept the paper."),
        "practice": _("Key of issue: a practice key"),
        "practice_text": _("It was made in a practice space, out of an invented case. Do not accept it."),
        "practice_title": _("Practice document: worth nothing"),
        "version": _("Seal: of a newer kind"),
        "version_text": _("The seal is of a newer kind: this page must be updated to read it."),
        "bad_tag": _("Do not accept"),
        "bad_title": _("The QR code does not match: do not accept this paper"),
        "holder_ar": _("Holder in Arabic"),
        "holder_lat": _("Holder in Latin letters"),
        "type": _("Document"),
        "title": pgettext("certificate", "Title"),
        "structure": _("Registration number of the structure"),
        "issued": pgettext("document", "Issued on"),
        "expires": _("Holds until"),
        "level": _("Level"),
    }


def words_without_network() -> dict[str, str]:
    """For the page that the device keeps alone."""
    return _kept_states() | {
        "offline_tag": _("Without a connection"),
        "unsure_tag": _("Not decided"),
        "suspended_tag": pgettext("state of a document", "Suspended"),
        "revoked_tag": pgettext("state of a document", "Revoked"),
        "replaced_tag": pgettext("state of a document", "Replaced"),
        "expired_tag": pgettext("state of a document", "Expired"),
        "unsure_title": _("Without a connection we cannot tell"),
        "mistyped_title": _("The code is mistyped"),
        "mistyped_text": _("Compare the four groups of the code one by one, or scan the QR code."),
        "typed_title": _("Without a connection, scan the QR code"),
        "typed_text": _(
            "A typed code is looked up in the register, which needs a connection. The QR code holds the seal."
        ),
        "nothing_title": _("This device keeps no keys yet"),
        "nothing_text": _("Open this page once with a connection: it then works without one."),
        "key_w": _("Key of issue: not among those kept here"),
        "key_w_text": _(
            "The keys kept on this device are of {day}: a newer one is not among them. Check again with a connection."
        ),
        "kept_key": _("Key of issue: ours"),
        "kept_key_text": _("It was in force on the day of issue. The keys kept on this device are of {day}."),
        "seal_only_title": _("Genuine seal, status not known"),
        "list_none": _("Status: not known"),
        "list_none_text": _("This device keeps no status list that it can trust. Check again with a connection."),
        "list_older": _("Status: not known"),
        "list_older_text": _(
            "The document is newer than the status list kept here, of {day}. Check again with a connection."
        ),
        "list_stale": _("Status: not known any more"),
        "list_stale_text": _(
            "The status list kept here is of {day} and no longer counts. Check again with a connection."
        ),
        "list_until": _("From the signed list kept on this device, which counts until {day}."),
        "list_past": _("From the signed list kept on this device, which counted until {day}."),
        "since": _("Whether it was revoked or suspended since {day}. Check again when you have a connection."),
    }


def _kept_states() -> dict[str, str]:
    """The states of the signed list, each with the moment of the list."""
    return {
        "kept_valid_title": _("Genuine seal"),
        "kept_valid_text": _("Nothing in the document was changed. Status as of {day}: valid."),
        "kept_valid": _("Status: valid as of {day}"),
        "kept_suspended_title": _("Document suspended: do not rely on it for now"),
        "kept_suspended_text": _("The seal is genuine. Status as of {day}: suspended while an inquiry is under way."),
        "kept_suspended": _("Status: suspended as of {day}"),
        "kept_revoked_title": _("Document revoked: do not accept it"),
        "kept_revoked_text": _("The seal is genuine, but the document was revoked. Status as of {day}."),
        "kept_revoked": _("Status: revoked as of {day}"),
        "kept_replaced_title": _("Document replaced: ask for the new one"),
        "kept_replaced_text": _("The seal is genuine, but another document took its place. Status as of {day}."),
        "kept_replaced": _("Status: replaced as of {day}"),
        "kept_expired_title": _("Document expired: it no longer holds"),
        "kept_expired_text": _("The seal is genuine. The document held until {day}."),
        "kept_expired": _("Status: expired, held until {day}"),
    }
