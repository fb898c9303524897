"""What pylatexenc must know to parse tables: macros' and environments' arguments."""

from functools import cache

from pylatexenc.latexwalker import get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb, std_environment, std_macro

# name -> argument specification: { mandatory, [ optional, * star
_MACROS = {
    "multirow": "[{[{[{", "multicolumn": "{{{", "multirowcell": "{[[{", "multirowthead": "{[[{",
    "makecell": "*[{", "thead": "*[{", "rothead": "*[{", "rotcell": "*[{", "shortstack": "[{",
    "rotatebox": "[{{", "turnbox": "{{", "diagbox": "[{{", "slashbox": "[[{{",
    "backslashbox": "[[{{", "parbox": "[[[{{", "raisebox": "{[[{", "resizebox": "*{{{",
    "scalebox": "{[{", "adjustbox": "{{", "makebox": "[[{", "framebox": "[[{", "fbox": "{",
    "mbox": "{", "hbox": "{", "vbox": "{", "colorbox": "[{{", "fcolorbox": "[{[{{",
    "cellcolor": "[{", "rowcolor": "[{[[", "columncolor": "[{", "textcolor": "[{{",
    "color": "[{", "arrayrulecolor": "[{", "href": "{{", "url": "{", "num": "[{",
    "SI": "[{[{", "qty": "[{[{", "si": "[{", "unit": "[{", "numprint": "[{", "ang": "[{",
    "caption": "*[{", "captionof": "*{[{", "subcaption": "*[{", "subfloat": "[[{",
    "tablecaption": "{", "label": "{", "tbl": "{{", "tablefootnote": "[{", "footnote": "[{",
    "footnotetext": "[{", "footnotemark": "[", "tnote": "{", "tnotex": "{", "textsuperscript": "{",
    "textsubscript": "{", "fontsize": "{{", "setlength": "{{", "addtolength": "{{",
    "settowidth": "{{", "addlinespace": "[", "toprule": "[", "midrule": "[", "bottomrule": "[",
    "heavyrule": "[", "cline": "{", "cdashline": "{[", "cgrule": "{", "hhline": "{",
    "Xhline": "{", "specialrule": "{{{", "noalign": "{", "hdashline": "[", "rule": "[{{",
    "hspace": "*{", "vspace": "*{", "phantom": "{", "hphantom": "{", "vphantom": "{",
    "includegraphics": "*[{", "uline": "{", "uuline": "{", "uwave": "{", "ul": "{",
    "underline": "{", "dashuline": "{", "dotuline": "{", "hl": "{", "bm": "{",
    "boldsymbol": "{", "pmb": "{", "mathbf": "{", "textbf": "{", "textmd": "{", "textnormal": "{",
    "text": "{", "textrm": "{", "textup": "{", "operatorname": "*{", "mathrm": "{",
    "mathit": "{", "mathsf": "{", "mathtt": "{", "mathcal": "{", "mathbb": "{", "mathscr": "{",
    "mathfrak": "{", "mathnormal": "{", "cite": "*[[{", "citep": "*[[{", "citet": "*[[{",
    "citealp": "*[[{", "citealt": "*[[{", "citeauthor": "*[[{", "citeyear": "*[[{",
    "citeyearpar": "*[[{", "citenum": "*[[{", "parencite": "*[[{", "textcite": "*[[{",
    "autocite": "*[[{", "footcite": "*[[{", "supercite": "*[[{", "citenumns": "{",
    "onlinecite": "*[[{", "nocite": "{", "ref": "*{", "cref": "*{", "Cref": "*{",
    "autoref": "*{", "eqref": "*{", "pageref": "*{", "nameref": "*{", "hyperref": "[{",
    "gls": "*[{", "Gls": "*[{", "acrshort": "*[{", "ac": "*{", "acs": "*{", "acl": "*{",
    "hyperlink": "{{", "hypertarget": "{{", "rowfont": "[{", "rowstyle": "{", "SetCell": "[{",
    "SetRow": "[{", "SetHline": "[[{{", "Block": "[{{", "RowStyle": "[{", "rotate": "{",
    "centerline": "{", "textls": "[{", "textsc": "{", "textsf": "{", "texttt": "{",
    "textit": "{", "textsl": "{", "emph": "{", "ensuremath": "{", "frac": "{{", "dfrac": "{{",
    "tfrac": "{{", "nicefrac": "[{{", "sfrac": "[{[{", "sqrt": "[{", "texorpdfstring": "{{",
    "bigstrut": "[", "underset": "{{", "overset": "{{", "stackrel": "{{", "Rotatebox": "{{", "rotatetable": "{", "cmidrule": "", "ding": "{",
    "foreignlanguage": "{{", "overline": "{", "widehat": "{", "hat": "{", "tilde": "{",
    "bar": "{", "subref": "{", "tablenum": "[{", "smash": "[{", "captionsetup": "[{",
    "setcounter": "{{", "scriptsize": "", "item": "[", "textbackslash": "", "lstinline": "[{",
    "path": "{", "nolinkurl": "{", "fontseries": "{", "fontshape": "{", "fontfamily": "{",
    "linespread": "{", "arraystretch": "", "vcell": "{", "printcelltop": "", "hskip": "",
    "newcolumntype": "{[{", "definecolor": "[{{{", "usepackage": "[{", "documentclass": "[{",
}  # fmt: skip

TABULARS = {
    "tabular": "[{", "tabular*": "{[{", "tabularx": "{[{", "tabulary": "{{", "tabu": "{",
    "longtable": "[{", "longtable*": "[{", "supertabular": "[{", "supertabular*": "[{{",
    "xtabular": "[{", "xltabular": "[{{", "longtabu": "{", "NiceTabular": "[{[",
    "NiceTabular*": "[{{[", "NiceTabularX": "[{{[", "tblr": "[{", "longtblr": "[{",
    "talltblr": "[{", "booktabs": "[{", "mpxtabular": "[{",
}  # fmt: skip

_ENVIRONMENTS = {
    "table": "[", "table*": "[", "sidewaystable": "[", "sidewaystable*": "[",
    "wraptable": "[{[{", "margintable": "[", "SCtable": "[[", "minipage": "[[[{",
    "subtable": "[{", "threeparttable": "[", "threeparttablex": "[", "tablenotes": "[",
    "TableNotes": "[", "adjustbox": "{", "turn": "{", "rotate": "{", "sideways": "",
    "landscape": "", "center": "", "adjustwidth": "{{", "scaletable": "{", "array": "[{",
    "small": "", "footnotesize": "", "scriptsize": "", "tiny": "", "spacing": "{",
    "tabbing": "", "figure": "[", "figure*": "[", "floatrow": "[", "resizebox": "{{",
}  # fmt: skip


@cache
def table_context() -> LatexContextDb:
    """pylatexenc's context with the table packages' macros in front of its own."""
    context = get_default_latex_context_db()
    context.add_context_category(
        "claimgap-tables",
        macros=[std_macro(name, spec or None) for name, spec in _MACROS.items()],
        environments=[
            std_environment(name, spec or None) for name, spec in (TABULARS | _ENVIRONMENTS).items()
        ],
        prepend=True,
    )
    return context
