package page

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/table"
)

// Tables writes the page of some tables about an experiment, each in a section of its own, between its
// verdict and where the numbers come from.
func Tables(w io.Writer, x *outcome.Experiment, tables []*table.Table) error {
	parts := reports.Parts(x)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Sentence: parts.Verdict, Doubts: parts.Doubts}},
		Birth:    born(x),
	}
	for _, t := range tables {
		p.Sections = append(p.Sections, html.Section{Title: "Late " + t.Title, Blocks: []html.Block{html.Table{Table: t}}})
	}
	return html.Write(w, p)
}
