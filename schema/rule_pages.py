"""One page for each check, generated from the rule's docstring."""

from __future__ import annotations

import inspect

from schema.rules import RULES
from schema.rules.registry import Rule

READING = {
    "E001": ("A file can't be opened.", "Check its name and permissions."),
    "E002": ("A file isn't UTF-8.", "Save it with the encoding UTF-8."),
    "E003": ("A file isn't well-formed YAML.", "Check indentation, quotes and colons."),
    "E004": (
        "A key stands twice in one mapping.",
        "Keep one of the two: YAML would silently take the last.",
    ),
    "E005": ("Anchors, aliases and tags aren't used here.", "Write the value out."),
    "E006": (
        "A file begins with a byte-order mark.",
        "Run `claimgap fmt` on it, or save it as UTF-8 without BOM.",
    ),
    "E007": ("A line of YAML is indented with a tab.", "Replace each tab by two spaces."),
    "E008": (
        "A file holds the markers of an unfinished merge.",
        "Keep what is right of the two sides, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ),
    "E011": (
        "references.bib has a broken or a second entry.",
        "Mend its braces, or keep one of the two.",
    ),
    "E012": ("An author's name can't be taken apart.", "Write `Family, Given and Family, Given`."),
    "E013": ("references.bib has a field that nobody reads.", "Rename or remove it."),
    "E014": ("A bibliographic field is missing or has the wrong form.", "Complete or correct it."),
    "E020": (
        "An entry has a key that its kind doesn't know.",
        "Correct the name: the message guesses which.",
    ),
    "E021": (
        "A value has the wrong form, or isn't in the vocabulary.",
        "Choose one of those the message lists.",
    ),
    "E022": ("A required key is missing.", "Add it; `not_reported` where the source is silent."),
    "E023": ("A file's name isn't the id in it.", "Rename the file, or correct the id."),
    "E101": ("A results file has an unknown or a double column.", "Correct the head of the CSV."),
    "E102": ("A cell of a results file holds a line break.", "Replace it by a space."),
    "E103": ("A row has more or fewer cells than the head.", "Quote cells that hold commas."),
    "E104": (
        "A results file isn't well-formed CSV.",
        "Part cells by commas, not by semicolons or tabs, and check the quotes.",
    ),
    "E105": ("A result table lacks its YAML header or its CSV rows.", "Add the other file."),
    "E301": (
        "An erratum expects an error that is no longer there.",
        "If the source was mended, set `status: mended`; else correct the SQL under `expect`.",
    ),
    "E106": ("A file lies where nobody reads it.", "Move it to the folder of its kind."),
    "E107": (
        "An entry of one kind lies in the folder of another.",
        "Move it to the folder that the message names.",
    ),
}
"""Problems that readers find, before any rule runs: what is wrong, and what to do."""

COMMANDS = {
    "E901": (
        "The system refused to read or to write a file or folder.",
        "Check its permissions and the room on the disk, or name another place with the option that "
        "the message gives. What was there before is as it was.",
    ),
    "E902": ("A folder with source files isn't there.", "Name it with `--sources`."),
    "E903": ("A file that a command was given can't be opened.", "Check its name."),
    "E904": ("A file that a command was given isn't UTF-8 text.", "Save it as UTF-8."),
    "E905": ("There is no finding of that name.", "`claimgap findings` lists them."),
    "E906": (
        "A folder for the report holds other things than an earlier report.",
        "Name a new or an empty folder with `--out`: nothing of yours is overwritten.",
    ),
    "E907": (
        "A database isn't one that this version of claimgap built, or can't be opened.",
        "Build it anew with `claimgap build`; close other programs that write it.",
    ),
    "E908": ("The screening ledger can't be read.", "Mend the line that the message names."),
    "E909": (
        "The checks found nothing wrong, and yet the database couldn't be written.",
        "This is a mistake of claimgap: report the message. The old database is as it was.",
    ),
}
"""What ends a command, whatever the catalog holds: what is wrong, and what to do."""


def page(rule: Rule) -> str:
    """The page of one rule."""
    text = inspect.getdoc(rule.check) or ""
    title, _, rest = text.partition("\n")
    return f"# {rule.code}: {title}\n\n{rest.strip()}\n"


def titles() -> dict[str, str]:
    """What each code stands for, in one line."""
    told = {code: what for code, (what, _) in (READING | COMMANDS).items()}
    return told | {rule.code: rule.title for rule in RULES}


def pages() -> dict[str, str]:
    """All pages by file name, and an index."""
    made = {f"{rule.code}.md": page(rule) for rule in RULES}
    for code, (what, remedy) in (READING | COMMANDS).items():
        made[f"{code}.md"] = f"# {code}: {what}\n\n{remedy}\n"
    lines = ["# What can be wrong with an entry", "", "Generated by `claimgap docs`.", ""]
    lines += [f"- [{code}]({code}.md): {title}" for code, title in sorted(titles().items())]
    made["README.md"] = "\n".join(lines) + "\n"
    return made
