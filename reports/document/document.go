// Package document is what all reports on outcomes share: a headline, a verdict, tables whose doubts
// become footnotes, and the birth certificate, set for a terminal or as Markdown, or taken apart for a
// page; and the folder that they are written into with their pictures.
package document

import (
	"fmt"
	"io"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Report is a report before it is rendered.
type Report struct {
	Head    string // one line: what was simulated
	Verdict string
	Doubts  []string // notes on the verdict: those about the whole
	Tables  []*table.Table

	Subjects []Subject             // of the tables, where they are told apart
	Details  map[*table.Table]bool // those that a first look does without
	Birth    string                // one line: where the numbers come from
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

// Style is how tables and paragraphs are set by the options.
func (o Options) Style() table.Style { return table.Style{Colour: o.Colour, Width: o.Width} }

// WriteText renders a report for a terminal.
func (d *Report) WriteText(w io.Writer, o Options) error {
	var notes table.Notes
	style := o.Style()
	inset := style
	inset.Indent = 2
	head := d.Head
	if o.Remark != "" {
		head += " · " + o.Remark
	}
	if err := table.Paragraph(w, head, style, 2); err != nil {
		return err
	}
	marks := ""
	for _, doubt := range d.Doubts {
		marks += " " + notes.Mark(doubt)
	}
	parts := []func() error{
		func() error { return blank(w) },
		func() error { return table.Paragraph(w, d.Verdict+marks, style, 0) },
	}
	for _, t := range d.Tables {
		if d.Details[t] && !o.Full {
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
		func() error { return table.Paragraph(w, d.Birth, style, 2) },
	)
	for _, part := range parts {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// Link is a picture that a Markdown report shows.
type Link struct{ File, Title string }

// WriteMarkdown renders a report as a page with its pictures.
func (d *Report) WriteMarkdown(w io.Writer, title string, pictures []Link) error {
	var notes table.Notes
	var b strings.Builder
	marks := ""
	for _, doubt := range d.Doubts {
		marks += " " + notes.Mark(doubt)
	}
	fmt.Fprintf(&b, "# %s\n\n%s\n\n**%s**%s\n\n", table.Markdown(title), table.Markdown(d.Head), table.Markdown(d.Verdict), marks)
	for _, t := range d.Tables {
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
	fmt.Fprintf(&b, "---\n\n%s\n", table.Markdown(d.Birth))
	_, err := io.WriteString(w, b.String())
	return err
}

func blank(w io.Writer) error {
	_, err := io.WriteString(w, "\n")
	return err
}

// Titled is the title of a page: that of the scenario, or its name where it has none.
func Titled(title, name string) string {
	if title == "" {
		return name
	}
	return title
}

// Birth is the birth certificate of an experiment: program, scenario, seed and replications.
func Birth(x *outcome.Experiment) string {
	digest := ""
	if x.Scenario.Digest != "" {
		digest = "scenario " + format.Short(x.Scenario.Digest)
	}
	return format.Join(format.Clean(x.Tool), digest, fmt.Sprintf("seed %d", x.Seed),
		format.Plural(x.Replications, "replication", "replications"))
}
