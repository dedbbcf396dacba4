package reports

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Expectations writes what was expected of an experiment and whether it holds, and nothing
// else.
func Expectations(w io.Writer, x *outcome.Experiment, o document.Options) error {
	s := &summary{x: x, placed: make([]bool, len(x.Warnings))}
	s.doc.Head, s.doc.Birth = headline(x), document.Birth(x)
	n := map[outcome.Verdict]int{}
	for i := range x.Findings {
		n[x.Findings[i].Verdict]++
	}
	s.doc.Verdict = fmt.Sprintf("Of %s %d hold, %d are missed, %d are not decided by so many replications.",
		format.Plural(len(x.Findings), "expectation", "expectations"), n[outcome.ExpectationMet], n[outcome.ExpectationMissed], n[outcome.ExpectationUndecided])
	if len(x.Findings) == 0 {
		s.doc.Verdict = "Nothing is expected."
	}
	s.expectations()
	return s.doc.WriteText(w, o)
}

// expectations is the table of what was expected, and whether it holds.
func (s *summary) expectations() {
	if len(s.x.Findings) == 0 {
		return
	}
	t := &table.Table{Columns: []table.Column{{Head: "expected"}, {Head: "found", Align: table.Right}, {Head: ""}}}
	for i := range s.x.Findings {
		f := &s.x.Findings[i]
		verdict := string(f.Verdict)
		if f.Verdict == outcome.ExpectationUndecided {
			verdict = fmt.Sprintf("not decided by %s", format.Plural(s.x.Replications, "replication", "replications"))
		}
		t.Add(
			table.Text(fmt.Sprintf("%s %s %s", format.Clean(f.Measure), relationSigns[f.Relation], boundText(f, s.x.Scenario.Currency))),
			s.estimate(f.Estimate, f.Unit),
			table.Text(verdict))
	}
	s.doc.Tables = append(s.doc.Tables, t)
}

var relationSigns = map[outcome.Relation]string{
	outcome.Below: "<", outcome.AtMost: "≤", outcome.Above: ">", outcome.AtLeast: "≥",
}

func boundText(f *outcome.Finding, currency string) string {
	if f.Unit == outcome.UnitMoney {
		return format.Money(f.Bound, currency)
	}
	return format.Value(f.Bound, f.Unit)
}
