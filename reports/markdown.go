package reports

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
)

// WriteMarkdown writes the report of an experiment as Markdown without pictures, to be
// passed on by itself.
func WriteMarkdown(w io.Writer, x *outcome.Experiment) error {
	return summarise(x).WriteMarkdown(w, document.Titled(x.Scenario.Title, x.Scenario.Name), nil)
}
