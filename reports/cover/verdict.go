package cover

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/reports/format"
)

// verdict says for each coverage what it costs and what it is good for.
func (w *writer) verdict() string {
	scopes := w.scopes()
	var parts []string
	late := ""
	effort, totals := w.effort()
	for i := 1; i < len(w.Plans); i++ {
		text := fmt.Sprintf("%s %s times", w.name(i), format.Decimal(w.Times(totals, i).Value, 2))
		if len(scopes) > 0 {
			switch d := scopes[0].Differences[i-1]; {
			case d.Low > 0 || d.High < 0:
				text += fmt.Sprintf(" (%s late)", share(scopes[0].Values[i].Value))
			default:
				text += " (as much late)"
			}
		}
		parts = append(parts, text)
	}
	if len(scopes) > 0 {
		late = fmt.Sprintf(", with %s of %s late", share(scopes[0].Values[0].Value), format.Words(scopes[0].Labels.Metric))
	}
	round := &w.Plans[coverage.AroundTheClock]
	return fmt.Sprintf("Against %s%s, %s: %s. A seat that is filled around the clock takes %s heads, and %s with the shrinkage.", w.name(0), late, effort, strings.Join(parts, ", "),
		trimmed(coverage.Heads(round.Hours, w.Options.Week, 0)), trimmed(coverage.Heads(round.Hours, w.Options.Week, w.Shrinkage())))
}

func share(x float64) string { return format.Decimal(100*x, 1) + format.Thin + "%" }

func trimmed(x float64) string { return number(x, 2).Text }
