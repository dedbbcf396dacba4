package backtest

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
)

// Window is a stretch of local days, both included.
type Window struct{ From, Until calendar.Date }

// Days is how many there are.
func (w Window) Days() int {
	n := 0
	for d := w.From; d.Compare(w.Until) <= 0; d = d.AddDays(1) {
		n++
	}
	return n
}

// Split is an origin: what is fitted to, and what is held back and forecast from there.
type Split struct{ Train, Test Window }

// Plan says how a log is split, in days.
type Plan struct {
	Train int // before each origin; 0 for all that there are
	Test  int // held back in all, at the end of the log
	// Refit is how many days are forecast from one origin; then the next fit sees them (rolling
	// origins: Tashman 2000, International Journal of Forecasting 16(4)). 0 for one origin.
	Refit int
}

func plural(days int) string {
	if days == 1 {
		return "day"
	}
	return "days"
}

// fewestDays is how many days a fit takes.
const fewestDays = 7

// Splits are the origins, the earliest first. Their test windows follow one another without a gap.
// The error is a *fit.DataError where the log is too short.
func (p Plan) Splits(whole Window) ([]Split, error) {
	step := p.Refit
	if step == 0 || step > p.Test {
		step = p.Test
	}
	all := whole.Days()
	need := max(p.Train, fewestDays)
	if all < need+p.Test {
		return nil, &fit.DataError{
			Text: fmt.Sprintf("the log has %d whole %s, from %v to %v; with the last %d held back %d are left to fit to", all, plural(all), whole.From, whole.Until, p.Test, max(0, all-p.Test)),
			Hint: fmt.Sprintf("%d are needed", need),
		}
	}
	var list []Split
	for first := whole.Until.AddDays(1 - p.Test); first.Compare(whole.Until) <= 0; first = first.AddDays(step) {
		s := Split{Train: Window{whole.From, first.AddDays(-1)}, Test: Window{first, first.AddDays(step - 1)}}
		if p.Train > 0 {
			s.Train.From = first.AddDays(-p.Train)
		}
		if s.Test.Until.Compare(whole.Until) > 0 {
			s.Test.Until = whole.Until
		}
		list = append(list, s)
	}
	return list, nil
}
