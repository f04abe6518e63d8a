"""Texts that have crashed, blinded or steered programs like this one."""

from __future__ import annotations

ESC = "\x1b"

MARKUP = (
    "[/]", "[/red]", "[/", "[link=http://x]x[/link]", "[x=']y", "[/foo bar", "[red]boo",
    "INC [#ff0000]", "[on red]x", "[not bold]x", "[a=(b]x", "[@click=app.quit]x[/]", r"\[red]x",
    "router [/dev/ttyS0] shows [red]", "ZCOUNT z [/b", "[[x]]", "[$primary]x[/]",
    "port [rm 3] dead", ":fire: x", "Server [rm 3] :fire: [/]", "printer [/dev/lp0] jam", "[",
)  # fmt: skip
"""Square brackets and colons that a markup parser acts on."""

CONTROL = (
    f"AAA{ESC}]2;PWNED{ESC}\\{ESC}]52;c;cm0gLXJmIC8={ESC}\\BBB{ESC}[12;1HOVERWRITE",
    f"{ESC}]0;title\x07", f"{ESC}[2J", f"{ESC}[5;5H", f"{ESC}[?1049l", f"abc{ESC}[31mred d q",
    "\x9b31mred", "\x9d0;title\x9c", "\x90q\x9c", "bell\x07back\x08feed\x0c", "a\x7fb", "\x19",
    "first\rsecond\rthird", "first\r\nsecond", "a\tb\tc", "v\x0bt", "a\x1cb\x1db\x1eb\x1fb",
    "next\x85line", "line\u2028para\u2029end", "\x0eshift\x0f",
)  # fmt: skip
"""C0, DEL and C1 characters, alone and in sequences that a terminal obeys."""

INVISIBLE = (
    "abc\u202etxt.exe", "\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2068\u2069",
    "\u200e\u200f\u061c", "a\u200bb", "soft\u00adhyphen", "\ufeffbom", "\u2060\u2064",
    "\U000e0041\U000e007f tags", "a\u200db\u200cc",
)  # fmt: skip
"""Characters that turn the direction of writing round, or that nobody sees."""

UNSTORABLE = (
    ("nul\0tail", "nul\N{REPLACEMENT CHARACTER}tail"),
    ("\0", "\N{REPLACEMENT CHARACTER}"),
    ("b\udce5d.txt", "b\N{REPLACEMENT CHARACTER}d.txt"),
    ("\ud83d\0\udc4d", "\N{REPLACEMENT CHARACTER}" * 3),
)
"""Texts that no Unicode database holds, and what is kept of them."""

WIDE = (
    "\u26a0\ufe0f Skrivare", "\u2764\ufe0f\u270f\ufe0f\u2139\ufe0f", "1\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd", "\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f6dc\U0001fae9",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ec\U0001f1e7",
    "打印机没有反应", "プリンター", "שלום", "مرحبا", "สวัสดี", "Z\u0351\u036b\u0343a\u030alg\u0303o",
    "e\u0301 is not \u00e9",
)  # fmt: skip
"""Texts whose width programs and terminals disagree about."""

QUOTING = (
    "'", '"', "O'Brien", "St Mary's", "100%", "100_", "_", "%", "\\", "\\%", "';--", "NULL",
    "' OR 1=1 --", "{0}", "{name}", "%s %(x)d", "$HOME `id`", "ångström", "ÅNGSTRÖM",
    "<b>&amp;</b>", "../../etc/passwd", "-rf", "Fault\r\nBcc: x@example.org",
)  # fmt: skip
"""Texts that a query, a format string, a shell or a mail header acts on."""

LONG = ("x" * 5_000, "wort " * 1_000, "a " * 2_500, "1" * 5_000, "\U0001f44d" * 2_000)
"""Long lines, of one word and of very many."""

STORABLE = (*MARKUP, *CONTROL, *INVISIBLE, *WIDE, *QUOTING)
"""Every text that comes back byte for byte, but the long ones."""

ALL = (*STORABLE, *LONG, *(text for text, _ in UNSTORABLE))
"""Every one of them."""
