package table

import (
	"fmt"
	"io"
	"strings"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/headroom-sim/headroom/reports/format"
)

// WriteMarkdown writes the table in GitHub's dialect, with its title as a heading
// of the third level. Notes of the cells are marked and added to notes.
func (t *Table) WriteMarkdown(w io.Writer, notes *Notes) error {
	p := pretty.NewWriter()
	configs := make([]pretty.ColumnConfig, len(t.Columns))
	header := make(pretty.Row, len(t.Columns))
	for c, column := range t.Columns {
		align := text.AlignLeft
		if column.Align == Right {
			align = text.AlignRight
		}
		configs[c] = pretty.ColumnConfig{Number: c + 1, Align: align, AlignHeader: align}
		header[c] = Markdown(column.Head)
	}
	p.SetColumnConfigs(configs)
	p.AppendHeader(header)
	for _, row := range t.Rows {
		r := make(pretty.Row, len(t.Columns))
		for c := range r {
			r[c] = ""
			if c < len(row) {
				r[c] = strings.TrimRight(Markdown(row[c].Text)+" "+row[c].marks(notes), " ")
			}
		}
		p.AppendRow(r)
	}
	title := ""
	if t.Title != "" {
		title = "### " + Markdown(t.Title) + "\n\n"
	}
	_, err := fmt.Fprintf(w, "%s%s\n", title, p.RenderMarkdown())
	return err
}

// WriteMarkdown writes the notes as a list.
func (n *Notes) WriteMarkdown(w io.Writer) error {
	for i, note := range n.texts {
		if _, err := fmt.Fprintf(w, "- %s %s\n", superscript(i+1), Markdown(note)); err != nil {
			return err
		}
	}
	return nil
}

// markdown escapes what Markdown and the HTML within it give a meaning. Entities
// are used where a backslash would not do: within cells for the bar, for HTML,
// and to keep addresses from turning into links.
var markdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `{`, `\{`, `}`, `\}`, `[`, `\[`, `]`, `\]`,
	`#`, `\#`, `~`, `\~`, `!`, `\!`, `$`, `\$`,
	`|`, `&#124;`, `<`, `&lt;`, `>`, `&gt;`, `&`, `&amp;`,
	`://`, `&#58;//`, `www.`, `www&#46;`, `@`, `&#64;`,
)

// Markdown escapes s so that it reads as itself within a line of Markdown.
func Markdown(s string) string {
	s = markdown.Replace(format.Clean(s))
	// A number, dash or plus at the start of a line would open a list.
	if len(s) > 0 && (s[0] == '-' || s[0] == '+' || s[0] == '=') {
		return `\` + s
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if rest := s[digits:]; digits > 0 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") || rest == "." || rest == ")") {
		return s[:digits] + `\` + rest
	}
	return s
}
