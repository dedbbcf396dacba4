// Package paper is a document of sections, words and tables, and its renderings: text for a
// terminal, Markdown, CSV, JSON, and one plain HTML page that needs no other file.
//
// Every string is treated as foreign, as package table does: no rendering lets markup, an
// escape sequence or a formula through.
package paper

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is a paper before it is rendered.
type Document struct {
	Title    string
	Head     string // one line: what it is about
	Verdict  string
	Sections []Section
	Birth    string // one line: where the numbers come from
}

// Section is a part of a document: words, a table, or both.
type Section struct {
	Name  string // of its file
	Title string
	Words []string // paragraphs
	Table *table.Table
	// Brief is what a terminal shows in place of Table; nil for the table itself.
	Brief *table.Table
	// Data is what a machine gets in place of Table; nil for the table itself.
	Data *table.Table
}

// WriteText writes the document for a terminal. Full shows long tables whole.
func (d *Document) WriteText(w io.Writer, style table.Style, full bool) error {
	var notes table.Notes
	var b strings.Builder
	inset := style
	inset.Indent = 2
	steps := []func() error{
		func() error { return table.Heading(&b, d.Title, style) },
		func() error { return table.Paragraph(&b, d.Head, style, 2) },
		func() error { b.WriteByte('\n'); return table.Paragraph(&b, d.Verdict, style, 0) },
	}
	for _, s := range d.Sections {
		steps = append(steps, func() error { return s.writeText(&b, style, inset, full, &notes) })
	}
	steps = append(steps, func() error {
		if notes.Len() == 0 {
			return nil
		}
		b.WriteByte('\n')
		return notes.WriteText(&b, style)
	}, func() error { b.WriteByte('\n'); return table.Paragraph(&b, d.Birth, style, 2) })
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Section) writeText(b *strings.Builder, style, inset table.Style, full bool, notes *table.Notes) error {
	b.WriteByte('\n')
	if err := table.Heading(b, s.Title, style); err != nil {
		return err
	}
	for _, words := range s.Words {
		if err := table.Paragraph(b, words, inset, 0); err != nil {
			return err
		}
	}
	t := s.Table
	if s.Brief != nil && !full {
		t = s.Brief
	}
	if t == nil {
		return nil
	}
	if len(s.Words) > 0 {
		b.WriteByte('\n')
	}
	return t.WriteText(b, inset, notes)
}

// WriteMarkdown writes the document in GitHub's dialect.
func (d *Document) WriteMarkdown(w io.Writer) error {
	var notes table.Notes
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n**%s**\n\n", table.Markdown(d.Title), table.Markdown(d.Head), table.Markdown(d.Verdict))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "## %s\n\n", table.Markdown(s.Title))
		for _, words := range s.Words {
			fmt.Fprintf(&b, "%s\n\n", table.Markdown(words))
		}
		if s.Table != nil {
			if err := s.Table.WriteMarkdown(&b, &notes); err != nil {
				return err
			}
			b.WriteByte('\n')
		}
	}
	if notes.Len() > 0 {
		if err := notes.WriteMarkdown(&b); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "---\n\n%s\n", table.Markdown(d.Birth))
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteCSV writes all tables as one, whose first column says which of them a line is of. It has the columns
// of all, and a line is empty in those that its table lacks. Data gives the tables one by one.
func (d *Document) WriteCSV(w io.Writer) error {
	names, tables := d.Data()
	header := []string{"section"}
	place := map[string]int{}
	for _, t := range tables {
		for _, name := range t.Header() {
			if _, ok := place[name]; !ok {
				place[name] = len(header)
				header = append(header, name)
			}
		}
	}
	out := csv.NewWriter(w)
	out.Write(header) // errors stick; see out.Error
	for i, t := range tables {
		of := t.Header()
		for r := range t.Rows {
			record := make([]string, len(header))
			record[0] = table.Safe(names[i])
			for c, cell := range t.Record(r) {
				record[place[of[c]]] = cell
			}
			out.Write(record)
		}
	}
	out.Flush()
	return out.Error()
}

// Data lists the tables for machines, by the names of their sections.
func (d *Document) Data() (names []string, tables []*table.Table) {
	for _, s := range d.Sections {
		if t := s.data(); t != nil {
			names, tables = append(names, s.Name), append(tables, t)
		}
	}
	return names, tables
}

func (s *Section) data() *table.Table {
	if s.Data != nil {
		return s.Data
	}
	return s.Table
}

// style of a page: plain, readable in light and dark, and without a seam on paper.
const style = `:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;max-width:84rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.22rem .7rem .22rem 0;border-bottom:1px solid #8886;text-align:left;vertical-align:top}
th.n,td.n{text-align:right;white-space:nowrap}tbody th{white-space:nowrap}td:not(.n){min-width:5.2rem}thead th{border-bottom:2px solid #8888}
.verdict{font-weight:600}.small{opacity:.75;font-size:.85rem}
@media print{body{margin:0;max-width:none}.scroll{overflow:visible}tr{break-inside:avoid}}`

// WriteHTML writes the document as one page that needs no other file.
func (d *Document) WriteHTML(w io.Writer) error {
	var notes table.Notes
	var b strings.Builder
	text := func(s string) string { return html.EscapeString(format.Clean(s)) }
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n%s\n</style>\n</head>\n<body>\n"+
		"<h1>%s</h1>\n<p class=\"small\">%s</p>\n<p class=\"verdict\">%s</p>\n", text(d.Title), style, text(d.Title), text(d.Head), text(d.Verdict))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "<h2>%s</h2>\n", text(s.Title))
		for _, words := range s.Words {
			fmt.Fprintf(&b, "<p>%s</p>\n", text(words))
		}
		if s.Table != nil {
			writeTable(&b, s.Title, s.Table, &notes, text)
		}
	}
	if notes.Len() > 0 {
		b.WriteString("<ol class=\"small\">\n")
		for _, note := range notes.Texts() {
			fmt.Fprintf(&b, "<li>%s</li>\n", text(note))
		}
		b.WriteString("</ol>\n")
	}
	fmt.Fprintf(&b, "<p class=\"small\">%s</p>\n</body>\n</html>\n", text(d.Birth))
	_, err := io.WriteString(w, b.String())
	return err
}

// writeTable writes a table whose first column heads its rows.
func writeTable(b *strings.Builder, caption string, t *table.Table, notes *table.Notes, text func(string) string) {
	class := func(c int) string {
		if t.Columns[c].Align == table.Right {
			return ` class="n"`
		}
		return ""
	}
	fmt.Fprintf(b, "<div class=\"scroll\"><table aria-label=\"%s\">\n<thead><tr>", text(caption))
	for c, column := range t.Columns {
		fmt.Fprintf(b, "<th scope=\"col\"%s>%s</th>", class(c), text(column.Head))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for c := range t.Columns {
			if c >= len(row) {
				b.WriteString("<td></td>")
				continue
			}
			marks := ""
			for _, note := range row[c].Notes {
				marks += " " + notes.Mark(note)
			}
			tag := "td"
			if c == 0 {
				tag = `th scope="row"`
			}
			fmt.Fprintf(b, "<%s%s>%s%s</%s>", tag, class(c), text(row[c].Text), marks, strings.Fields(tag)[0])
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>\n")
}
