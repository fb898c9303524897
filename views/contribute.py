"""Contribute: a form made from the schema, checked as you type; the finished file, and a preview."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import streamlit as st

from analysis.changes.markdown import markdown
from schema.new_entry.make import ROW, EntryError, drafted
from schema.new_entry.questions import Kind, Question, predicate_questions, questions
from schema.paths import default_catalog
from schema.problems import Problem, Severity
from views.parts import proposal, safe, state
from views.parts.columns import worded
from views.parts.data import ask as ask_rows
from views.parts.data import meta

LABELS = {
    Kind.results: "Result table",
    Kind.claim: "Claim",
    Kind.method: "Baseline or tool",
    Kind.model: "Model",
    Kind.benchmark: "Benchmark",
    Kind.corpus: "Corpus",
}
ABOUT = {
    Kind.results: "Numbers that a publication reports, one row each, exactly as printed.",
    Kind.claim: "One sentence that a publication claims, in your words, with what would decide it.",
    Kind.method: "Something that models are compared with: a baseline, a specialist, a control.",
    Kind.model: "A foundation model with its first checkpoint.",
    Kind.benchmark: "A suite with its first task.",
    Kind.corpus: "Data that models were pretrained on.",
}
METHODS = "SELECT id, name, kind FROM method ORDER BY id"
TASKS = "SELECT id, name, domain FROM task ORDER BY id"
METRICS = "SELECT id, name FROM metric ORDER BY id"
SHOWN = 20
"""Lines of each list of the preview."""


def render() -> None:
    st.title("Contribute an entry")
    if not (default_catalog() / "references.bib").exists():
        st.info(
            "This copy of the app was started without the catalog's files, so it can't check an "
            "entry. Start it from a clone of the repository with `make app`."
        )
        return
    st.markdown(
        "Fill in what the source says. The same rules that decide over pull requests check the "
        "entry as you go, and nothing is saved here: you leave with a finished file and the link "
        "that opens it on GitHub. What a source doesn't say is “not reported”, never a guess."
    )
    names = {kind.value: label for kind, label in LABELS.items()}
    kind = Kind(state.tabs("What is it?", "kind", names, Kind.results.value))
    st.caption(ABOUT[kind])
    answers, wrong = _form(kind)
    rows = _rows() if kind is Kind.results else []
    credit = _credit()
    missing = [q for q, text in answers.items() if not text and not q.optional]
    if wrong or missing:
        _unfinished(wrong, missing, len(answers))
        return
    given = {question: text for question, text in answers.items() if text}
    try:
        files = drafted(default_catalog(), kind, given, [], credit, rows)
    except EntryError as error:
        for line in error.problems:
            st.error(safe.plain(re.sub(r"--([\w-]+)", r"\1", line)), icon=":material/error:")
        return
    found = proposal.problems(files)
    _checked(found, list(files))
    _files(files)
    if not any(each.severity is Severity.error for each in found):
        _preview(files)


def _form(kind: Kind) -> tuple[dict[Question, str], list[str]]:
    """The answers so far by question, and what is wrong with them."""
    st.subheader("What the source says")
    answers: dict[Question, str] = {}
    wrong: list[str] = []

    def ask(asked: list[Question]) -> None:
        for left, right in zip(asked[::2], [*asked[1::2], None], strict=False):
            for column, question in zip(st.columns(2), (left, right), strict=True):
                if question is None:
                    continue
                with column:
                    text = _widget(kind, question)
                answers[question] = text
                if text and (said := question.wrong(text)):
                    wrong.append(f"{_label(question)}: {said}")

    ask(questions(kind))
    predicate = next((t for q, t in answers.items() if q.option == "predicate" and t), None)
    if predicate:
        ask(predicate_questions(predicate))
    return answers, wrong


def _label(question: Question) -> str:
    return question.ask + (" (optional)" if question.optional else "")


def _known(question: Question) -> dict[str, str]:
    """Ids of the catalog that may answer a question with their names; others may be typed."""
    sql = ""
    if question.option in ("publication", "publications", "cite"):
        sql = "SELECT citekey AS id, title AS name FROM publication ORDER BY 1"
    if question.option in ("method", "rivals"):
        sql = "SELECT id, name FROM method ORDER BY 1"
    rows = ask_rows(sql) if sql else pd.DataFrame(columns=["id", "name"])
    return dict(zip(rows["id"], rows["name"], strict=True))


def _as_read(known: Mapping[str, str]) -> Callable[[str], str]:
    """How an option is read: an id with its name, a word of a vocabulary without underscores."""

    def read(option: str) -> str:
        if known:
            return f"{option}: {known[option]}" if option in known else option
        return worded("kind", option)

    return read


def _widget(kind: Kind, question: Question) -> str:
    key = f"new-{kind.value}-{question.option}"
    label = _label(question)
    told = f"`{question.option}` in the file"
    known = _known(question)
    if question.many and (question.choices or known):
        return ",".join(
            st.multiselect(
                label, question.choices or list(known), key=key, help=told,
                accept_new_options=bool(known), format_func=_as_read(known),
            )
        )  # fmt: skip
    if question.choices or known:
        options = list(question.choices) or list(known)
        index = options.index(question.default) if question.default in options else None
        picked = st.selectbox(
            label, options, index=index, key=key, help=told, accept_new_options=bool(known),
            format_func=_as_read(known),
        )  # fmt: skip
        return str(picked or "")
    return st.text_input(label, value=question.default or "", key=key, help=told).strip()


def _rows() -> list[str]:
    st.markdown(
        "**Rows**: one number a line, as printed, by the catalog's ids: "
        f"{safe.page('methods', 'sql', q=METHODS)}, {safe.page('tasks', 'sql', q=TASKS)}, "
        f"{safe.page('metrics', 'sql', q=METRICS)}."
    )
    empty = pd.DataFrame({name: pd.Series([""], dtype="str") for name in ROW})
    table = st.data_editor(
        empty,
        num_rows="dynamic",
        hide_index=True,
        key="new-rows",
        width="stretch",
        column_config={
            "method": st.column_config.TextColumn("method", help="such as dnabert-2"),
            "task": st.column_config.TextColumn("task", help="such as gue/mouse-0"),
            "metric": st.column_config.TextColumn("metric", help="such as mcc"),
            "value": st.column_config.TextColumn("value", help="as printed, such as 0.862"),
        },
    )
    cells = table.fillna("").astype(str)
    return [",".join(row) for row in cells[list(ROW)].to_numpy().tolist() if any(row)]


def _credit() -> list[dict[str, str]]:
    with st.container(horizontal=True):
        name = st.text_input("Your name (optional)", key="new-name", help="kept with the entry")
        orcid = st.text_input(
            "Your ORCID iD (optional)", key="new-orcid", placeholder="0000-0000-0000-0000"
        )
    if not name.strip():
        return []
    who = {"name": name.strip(), "orcid": orcid.strip(), "role": "extracted",
           "date": date.today().isoformat()}  # fmt: skip
    return [{key: value for key, value in who.items() if value}]


def _unfinished(wrong: list[str], missing: list[Question], total: int) -> None:
    for line in wrong:
        st.error(safe.plain(line), icon=":material/error:")
    if missing:
        st.info(
            f"{total - len(missing)} of {total} answered. Still to say: "
            + " · ".join(safe.plain(_label(each)) for each in missing)
        )


def _checked(found: list[Problem], files: list[str]) -> None:
    st.subheader("Check")
    if not found:
        st.success("No problems: this would pass the check of a pull request.")
        return
    for each in found:
        place = f"{each.file}:{each.line}" if each.line else each.file
        box = st.error if each.severity is Severity.error else st.warning
        box(
            f"**{safe.plain(each.key or place)}**: found {safe.plain(each.found)}, expected "
            f"{safe.plain(each.expected)}. {safe.plain(each.remedy)} ({each.code}, "
            f"{safe.plain(place)})"
        )


def _files(files: Mapping[str, str]) -> None:
    st.subheader("The finished file" if len(files) == 1 else "The finished files")
    home = proposal.repository()
    for path, text in files.items():
        st.markdown(f"`catalog/{path}`")
        st.code(text, language="yaml" if path.endswith(".yaml") else None)
        with st.container(horizontal=True):
            st.download_button(
                f"Download {path.rsplit('/', 1)[-1]}", text, path.rsplit("/", 1)[-1],
                key=f"download-{path}",
            )  # fmt: skip
            _github(home, path, text)
    if home is None:
        st.caption(
            "This copy doesn't know its repository on GitHub, so there is no link: save the file "
            "at the place that stands above it, in your fork, and open a pull request. (Who runs "
            "the app can name the repository: CLAIMGAP_REPOSITORY=owner/name.)"
        )


def _github(home: str | None, path: str, text: str) -> None:
    if home is None:
        return
    if proposal.is_there(path):
        st.link_button("Edit this file on GitHub, and paste", proposal.edit_link(home, path))
    elif address := proposal.new_file_link(home, path, text):
        st.link_button("Open as a new file on GitHub", address)
    else:
        st.link_button("Too long for a link: upload it on GitHub", proposal.upload_link(home, path))


def _preview(files: Mapping[str, str]) -> None:
    st.subheader("What it would change")
    st.caption("Builds the whole evidence base with this entry beside the one you see.")
    if st.button("Preview rows, gaps and verdicts (about half a minute)"):
        with st.spinner("Building with your entry; the page may be left."):
            try:
                found = proposal.preview(files)
            except proposal.BusyError:
                st.info("Somebody else's preview is being built. Try again in a minute.")
                return
            except RuntimeError as error:
                st.error(f"The build refused it: {safe.plain(error)}")
                return
        said = markdown(found, (f"data {meta()['data_version']}", "with your entry"), SHOWN)
        st.markdown(_unfolded(said))


def _unfolded(comment: str) -> str:
    """A comment written for GitHub, without the HTML that Streamlit doesn't draw."""
    text = re.sub(r"<!--.*?-->", "", comment, flags=re.DOTALL)
    text = re.sub(r"<summary>(.*?)</summary>", r"**\1**\n", text)
    return re.sub(r"</?details>", "", text)
