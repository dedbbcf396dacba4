package backtest

import (
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Report is a log held against what was forecast of it.
type Report struct {
	Log     string // what it is called
	Zone    string
	Whole   Window
	Tickets int // created in the test windows
	Splits  []Split
	Targets Targets
	Trials  int
	Seed    uint64
	Tool    string
	Ways    []Way
	Gaps    []fit.Gap // what the log does not say, at the last origin
	Notes   []string
}

// Way is a way to forecast.
type Way struct {
	Name   string
	Text   string // what it knows, as a sentence
	Tracks []*Track
	// Promises are those of a policy, over all days that were held back; nil without one.
	Promises []Keeping
}

// Track is that of a measure, or nil.
func (w *Way) Track(m Measure) *Track {
	for _, t := range w.Tracks {
		if t.Measure == m {
			return t
		}
	}
	return nil
}

// The ways.
const (
	RealArrivals     = "real arrivals"
	ForecastArrivals = "forecast arrivals"
)

// NewWay judges the forecasts of one way. What the log never records is left out, and so is what
// the way knows beforehand.
func NewWay(name, text string, all []Forecast, asked []Measure, t Targets) Way {
	w := Way{Name: name, Text: text}
	if t.Policy != nil {
		w.Promises = keepings(all, t.Policy.Names.Priorities)
	}
	for _, m := range asked {
		if name == RealArrivals && m == Volume {
			continue
		}
		if t := Judge(m, all); t.Known() {
			w.Tracks = append(w.Tracks, t)
		}
	}
	return w
}

// Asked lists the measures that a log can be asked for: what it records, and targets that were named.
func Asked(l *fit.Log, t Targets) []Measure {
	replies, solutions, leaves := false, false, false
	for _, events := range l.Tickets {
		for _, e := range events {
			replies = replies || e.Kind == ticket.Replied
			solutions = solutions || e.Status >= ticket.Solved && e.Kind != ticket.Abandoned
			leaves = leaves || e.Kind == ticket.Abandoned
		}
	}
	list := []Measure{Volume}
	add := func(ok bool, m ...Measure) {
		if ok {
			list = append(list, m...)
		}
	}
	add(replies, FirstReplyP50, FirstReplyP90)
	add(replies && t.FirstReply > 0 || t.promised(sla.FirstReply, sla.Answer), FirstReplyLate)
	add(solutions, ResolutionP50, ResolutionP90)
	add(solutions && t.Resolution > 0 || t.promised(sla.Resolution), ResolutionLate)
	add(t.several(), PromisesLate)
	add(leaves, Abandoned)
	add(solutions, Backlog)
	return list
}
