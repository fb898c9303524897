"""Result tables out of LaTeX, JATS, HTML, delimited text and Markdown: one grid, one proposal."""
