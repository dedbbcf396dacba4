package reports

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/table"
)

// Tables writes some tables about an experiment for a terminal, between what was simulated
// and where the numbers come from.
func Tables(w io.Writer, x *outcome.Experiment, tables []*table.Table, o Options) error {
	return around(x, tables).writeText(w, o)
}

// TablesMarkdown is Tables as Markdown.
func TablesMarkdown(w io.Writer, x *outcome.Experiment, tables []*table.Table) error {
	return around(x, tables).writeMarkdown(w, titled(x.Scenario.Title, x.Scenario.Name), nil)
}

// around is a document of some tables. Doubts about the whole stand behind the verdict.
func around(x *outcome.Experiment, tables []*table.Table) *document {
	whole := summarise(x)
	return &document{head: whole.head, verdict: whole.verdict, doubts: whole.doubts, tables: tables, birth: whole.birth}
}
