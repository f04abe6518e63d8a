"""Modal dialogs that return a typed result, each loaded when it is first asked for.

Most sessions come to few of them, and what they are made of (the text box above all) is a
megabyte and a half. A feature says ``dialogs.ConfirmDialog(...)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eds_tui.ui.dialogs.appearance import AppearanceDialog as AppearanceDialog
    from eds_tui.ui.dialogs.appearance import Look as Look
    from eds_tui.ui.dialogs.confirm import ConfirmDialog as ConfirmDialog
    from eds_tui.ui.dialogs.conflict import Answer as Answer
    from eds_tui.ui.dialogs.conflict import ConflictDialog as ConflictDialog
    from eds_tui.ui.dialogs.defer import DeferDialog as DeferDialog
    from eds_tui.ui.dialogs.files import FilesDialog as FilesDialog
    from eds_tui.ui.dialogs.files import Folder as Folder
    from eds_tui.ui.dialogs.hand_over import HandOverDialog as HandOverDialog
    from eds_tui.ui.dialogs.help import HelpDialog as HelpDialog
    from eds_tui.ui.dialogs.help import HelpRow as HelpRow
    from eds_tui.ui.dialogs.jump import JumpDialog as JumpDialog
    from eds_tui.ui.dialogs.notes import NotesDialog as NotesDialog
    from eds_tui.ui.dialogs.pick import PickDialog as PickDialog
    from eds_tui.ui.dialogs.rate import RateDialog as RateDialog
    from eds_tui.ui.dialogs.rate import Rating as Rating
    from eds_tui.ui.dialogs.read import ReadDialog as ReadDialog
    from eds_tui.ui.dialogs.receipt import Next as Next
    from eds_tui.ui.dialogs.receipt import ReceiptDialog as ReceiptDialog
    from eds_tui.ui.dialogs.unsent_text import Choice as Choice
    from eds_tui.ui.dialogs.unsent_text import UnsentTextDialog as UnsentTextDialog
    from eds_tui.ui.dialogs.who_rang import WhoRangDialog as WhoRangDialog
    from eds_tui.ui.dialogs.work_note import Note as Note
    from eds_tui.ui.dialogs.work_note import WorkNoteDialog as WorkNoteDialog
    from eds_tui.ui.dialogs.write import LineDialog as LineDialog
    from eds_tui.ui.dialogs.write import ResolveDialog as ResolveDialog
    from eds_tui.ui.dialogs.write import TextDialog as TextDialog
else:
    _MODULES = {
        "appearance": ("AppearanceDialog", "Look"),
        "confirm": ("ConfirmDialog",),
        "conflict": ("Answer", "ConflictDialog"),
        "defer": ("DeferDialog",),
        "files": ("FilesDialog", "Folder"),
        "hand_over": ("HandOverDialog",),
        "help": ("HelpDialog", "HelpRow"),
        "jump": ("JumpDialog",),
        "notes": ("NotesDialog",),
        "pick": ("PickDialog",),
        "rate": ("RateDialog", "Rating"),
        "read": ("ReadDialog",),
        "receipt": ("Next", "ReceiptDialog"),
        "unsent_text": ("Choice", "UnsentTextDialog"),
        "who_rang": ("WhoRangDialog",),
        "work_note": ("Note", "WorkNoteDialog"),
        "write": ("LineDialog", "ResolveDialog", "TextDialog"),
    }
    _MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

    def __getattr__(name: str) -> type:
        """Load what is asked for; a module that is asked for is loaded by the import system.

        Raises:
            AttributeError: There is no such dialog.
        """
        if name not in _MODULE_OF:
            raise AttributeError(f"{__name__} has no {name}")
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
