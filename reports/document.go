package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// document is a report before it is rendered.
type document struct {
	head    string // one line: what was simulated
	verdict string
	doubts  []string // notes on the verdict: those about the whole
	tables  []*table.Table

	subjects []Subject             // of the tables, where they are told apart
	details  map[*table.Table]bool // those that a first look does without
	birth    string                // one line: where the numbers come from
}

// Options say how text is set.
type Options struct {
	// Full shows the tables that a first look does without, too.
	Full bool
	// Width is the number of columns to keep to; 0 for no limit.
	Width int
	// Colour allows escape sequences for bold type.
	Colour bool
	// Remark is added to the first line, such as how long the run took.
	Remark string
}

// writeText renders a document for a terminal.
func (d *document) writeText(w io.Writer, o Options) error {
	var notes table.Notes
	style := table.Style{Colour: o.Colour, Width: o.Width}
	inset := style
	inset.Indent = 2
	head := d.head
	if o.Remark != "" {
		head += " · " + o.Remark
	}
	if err := table.Paragraph(w, head, style, 2); err != nil {
		return err
	}
	marks := ""
	for _, doubt := range d.doubts {
		marks += " " + notes.Mark(doubt)
	}
	parts := []func() error{
		func() error { return blank(w) },
		func() error { return table.Paragraph(w, d.verdict+marks, style, 0) },
	}
	for _, t := range d.tables {
		if d.details[t] && !o.Full {
			continue
		}
		parts = append(parts, func() error { return blank(w) }, func() error { return t.WriteText(w, inset, &notes) })
	}
	parts = append(parts,
		func() error { return blank(w) },
		func() error {
			if notes.Len() == 0 {
				return nil
			}
			if err := notes.WriteText(w, style); err != nil {
				return err
			}
			return blank(w)
		},
		func() error { return table.Paragraph(w, d.birth, style, 2) },
	)
	for _, part := range parts {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// picture is a chart in a Markdown report.
type picture struct{ File, Title string }

// writeMarkdown renders a document as a page with its pictures.
func (d *document) writeMarkdown(w io.Writer, title string, pictures []picture) error {
	var notes table.Notes
	var b strings.Builder
	marks := ""
	for _, doubt := range d.doubts {
		marks += " " + notes.Mark(doubt)
	}
	fmt.Fprintf(&b, "# %s\n\n%s\n\n**%s**%s\n\n", table.Markdown(title), table.Markdown(d.head), table.Markdown(d.verdict), marks)
	for _, t := range d.tables {
		if err := t.WriteMarkdown(&b, &notes); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	if notes.Len() > 0 {
		if err := notes.WriteMarkdown(&b); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	for _, p := range pictures {
		fmt.Fprintf(&b, "![%s](%s)\n\n", table.Markdown(p.Title), p.File)
	}
	fmt.Fprintf(&b, "---\n\n%s\n", table.Markdown(d.birth))
	_, err := io.WriteString(w, b.String())
	return err
}

func blank(w io.Writer) error {
	_, err := io.WriteString(w, "\n")
	return err
}

// join puts the parts that are not empty into one line.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// short is the beginning of a digest, enough to tell scenarios apart.
func short(digest string) string {
	digest = format.Clean(digest)
	if len(digest) > 12 {
		return digest[:12]
	}
	return digest
}
