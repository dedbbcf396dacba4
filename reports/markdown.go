package reports

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
)

// WriteMarkdown writes the report of an experiment as Markdown without pictures, to be
// passed on by itself.
func WriteMarkdown(w io.Writer, x *outcome.Experiment) error {
	return summarise(x).writeMarkdown(w, titled(x.Scenario.Title, x.Scenario.Name), nil)
}

// WriteComparisonMarkdown is WriteMarkdown for a comparison.
func WriteComparisonMarkdown(w io.Writer, c *outcome.Comparison) error {
	return compared(c).writeMarkdown(w, "Comparison with "+c.Base, nil)
}

// WriteSweepMarkdown is WriteMarkdown for a sweep.
func WriteSweepMarkdown(w io.Writer, s *outcome.Sweep) error {
	return newSurvey(s).document().writeMarkdown(w, "What if: "+titled(s.Title, s.Scenario), nil)
}

// titled is the title of a page: that of the scenario, or its name.
func titled(title, name string) string {
	if title == "" {
		return name
	}
	return title
}
