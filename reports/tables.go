package reports

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/table"
)

// Tables writes some tables about an experiment for a terminal, between what was simulated
// and where the numbers come from.
func Tables(w io.Writer, x *outcome.Experiment, tables []*table.Table, o document.Options) error {
	return around(x, tables).WriteText(w, o)
}

// TablesMarkdown is Tables as Markdown.
func TablesMarkdown(w io.Writer, x *outcome.Experiment, tables []*table.Table) error {
	return around(x, tables).WriteMarkdown(w, document.Titled(x.Scenario.Title, x.Scenario.Name), nil)
}

// around is a document of some tables. Doubts about the whole stand behind the verdict.
func around(x *outcome.Experiment, tables []*table.Table) *document.Report {
	whole := summarise(x)
	return &document.Report{Head: whole.Head, Verdict: whole.Verdict, Doubts: whole.Doubts, Tables: tables, Birth: whole.Birth}
}
