// Package paper is a document of sections, words and tables, and its renderings: text for a
// terminal, Markdown, CSV, JSON, and one HTML page that needs no other file and may have pictures.
//
// Every string is treated as foreign, as package table does: no rendering lets markup, an
// escape sequence or a formula through.
package paper

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
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
	// Brief is what a terminal shows in place of Table, and a page if the table is very long; nil for the table itself.
	Brief *table.Table
	// Data is what a machine gets in place of Table; nil for the table itself.
	Data *table.Table
	// Pictures are shown on a page, before the table.
	Pictures []html.Block
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
	if t == nil || len(t.Rows) == 0 { // heads alone tell nothing
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
		if t := s.onPage(); t != nil {
			if err := t.WriteMarkdown(&b, &notes); err != nil {
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

// WriteHTML writes the document as one page that needs no other file.
func (d *Document) WriteHTML(w io.Writer) error {
	p := &html.Page{Title: d.Title, Head: format.Clean(d.Head)}
	if d.Verdict != "" {
		p.Verdicts = []html.Verdict{{Sentence: format.Clean(d.Verdict)}}
	}
	if d.Birth != "" {
		p.Birth = []html.Fact{{Name: "From", Value: format.Clean(d.Birth)}}
	}
	for _, s := range d.Sections {
		p.Sections = append(p.Sections, html.Section{Title: s.Title, Blocks: s.blocks()})
	}
	return html.Write(w, p)
}

// blocks are a section on a page: what can be seen at a glance stands before what is to be looked up.
func (s *Section) blocks() []html.Block {
	var blocks []html.Block
	for _, words := range s.Words {
		blocks = append(blocks, html.Words(words))
	}
	blocks = append(blocks, s.Pictures...)
	if t := s.onPage(); t != nil {
		if t != s.Table && t.Title != "" { // a page shows no titles of tables
			blocks = append(blocks, html.Words(strings.ToUpper(t.Title[:1])+t.Title[1:]+"."))
		}
		blocks = append(blocks, html.Table{Table: t})
	}
	return blocks
}

// WhereAll ends the title of a brief table on a terminal: where all of it is to be had.
const WhereAll = "(all of them: --full, or --out)"

// mostOnPage is how many rows a page shows of a table that has a brief one. More of them nobody reads on a page.
const mostOnPage = 100

// onPage is the table that a page shows.
func (s *Section) onPage() *table.Table {
	if s.Table != nil && len(s.Table.Rows) == 0 {
		return nil
	}
	if s.Brief == nil || len(s.Table.Rows) <= mostOnPage {
		return s.Table
	}
	short := *s.Brief
	short.Title = strings.Replace(short.Title, WhereAll, "(all of them: "+s.Name+".csv, with --out)", 1)
	return &short
}
