package page

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// mostScenarios is how many scenarios a page shows in full; a page of more has their verdicts and
// the comparison.
const mostScenarios = 4

// Comparison writes the page of a comparison and of the outcomes that it compares, in its order.
func Comparison(w io.Writer, c *outcome.Comparison, xs []*outcome.Experiment) error {
	if len(xs) != len(c.Scenarios) {
		return fmt.Errorf("a comparison of %d scenarios with %d outcomes", len(c.Scenarios), len(xs))
	}
	parts := comparison.Parts(c)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Name: "Difference", Sentence: parts.Verdict, Doubts: parts.Doubts}},
	}
	text := "Differences are taken customer by customer, with their intervals; " + format.Same + " is no difference that the replications can tell."
	if len(xs) > mostScenarios {
		text += " The scenarios are too many to be shown one by one here: each has a page of its own when it is run alone."
	}
	compared := html.Section{Title: "Scenarios compared", Text: text}
	for _, t := range parts.Tables {
		compared.Blocks = append(compared.Blocks, html.Table{Table: t.Table})
	}
	p.Sections = []html.Section{compared}
	var views []view
	for i, x := range xs {
		v := newView(x, c.Scenarios[i])
		p.Verdicts = append(p.Verdicts, html.Verdict{Name: c.Scenarios[i], Sentence: v.parts.Verdict, Doubts: v.parts.Doubts})
		p.Birth = append(p.Birth, born(x)...)
		views = append(views, v)
	}
	if len(views) > 1 {
		p.Sections = append(p.Sections, together(views))
	}
	if len(views) <= mostScenarios {
		p.Sections = append(p.Sections, sections(views)...)
	}
	return html.Write(w, p)
}
