package experiment

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
)

// The bounds beyond which a number is doubtful.
const (
	hardlyAny       = 10 // replications
	fewReplications = 20
	manyUndecided   = 0.01 // share of clocks
	growth          = 1.2  // of the queue, against a week before
)

// doubt adds the warnings that belong to the experiment as a whole or to groups of
// its measures.
func doubt(x *outcome.Experiment, s *model.Scenario, stop *stopping, interrupted bool) {
	warn := func(l outcome.Labels, format string, args ...any) {
		x.Warnings = append(x.Warnings, outcome.Warning{Labels: l, Text: fmt.Sprintf(format, args...)})
	}
	if interrupted {
		warn(outcome.Labels{}, "The experiment was interrupted after %d replications.", x.Replications)
	}
	// Below the lower bound every single estimate says so itself.
	if n := x.Replications; n >= hardlyAny && n < fewReplications {
		warn(outcome.Labels{}, "Only %d replications: the intervals are rough; %d and more are advisable.", n, fewReplications)
	}
	if len(stop.missed) > 0 && !interrupted {
		x.Warnings = append(x.Warnings, outcome.Warning{Kind: outcome.PrecisionMissed,
			Text: fmt.Sprintf("The precision asked for was not reached within %d replications: %s.", x.Replications, strings.Join(stop.missed, ", "))})
	}
	if s.Run.Control == model.ByArrivals {
		warn(outcome.Labels{}, "Estimates are corrected by how many tickets came, against the %.0f that are to be expected (control variate): they may differ a little from the totals.", s.ExpectedArrivals())
	}
	if s.Burnout.Over > 0 {
		warn(outcome.Labels{}, "%s", s.Burnout.Says())
	}
	longest(s, warn)
	undecided(x, warn)
	growing(x)
	recoveries(x, s, warn)
	partial(s, warn)
}

type warner func(l outcome.Labels, format string, args ...any)

// longest warns of targets that reach beyond the measured time.
func longest(s *model.Scenario, warn warner) {
	axis := calendar.Axis{Origin: s.Time.Start}
	for _, p := range s.SLA.Policies {
		line := s.Calendars[p.Calendar].On(axis, s.Time.Length)
		for _, t := range p.Targets {
			for _, within := range t.Within {
				if within < 0 {
					continue
				}
				if due, ok := line.Add(s.Time.Warmup, within); !ok || due > s.Time.Length {
					warn(outcome.Labels{Metric: t.Metric.String()},
						"The measured time is shorter than the target of policy %s for %s: no such clock can be judged unless it is stopped early.", p.Name, t.Metric)
					break
				}
			}
		}
	}
}

func undecided(x *outcome.Experiment, warn warner) {
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name != outcome.Undecided || m.Labels != (outcome.Labels{Metric: m.Labels.Metric}) {
			continue
		}
		judged, ok := x.Measure(outcome.Clocks, m.Labels)
		if !ok {
			continue
		}
		open, all := m.Estimate.Value, m.Estimate.Value+judged.Estimate.Value
		if all > 0 && open > manyUndecided*all {
			warn(m.Labels, "%.1f %% of the %s clocks were still open and not yet due at the end; they are left out of the breach rate.", 100*open/all, strings.ReplaceAll(m.Labels.Metric, "_", " "))
		}
	}
}

// growing warns of a queue that is at its longest on the last day and longer
// than at the same time a week before (a day before, in runs that are shorter).
func growing(x *outcome.Experiment) {
	day := int(24 * time.Hour / x.Scenario.Interval)
	for i := range x.Series {
		q := &x.Series[i]
		n := len(q.Mean)
		back := 7
		if n < 8*day {
			back = 1
		}
		if q.Name != outcome.SeriesQueue || n < (back+1)*day {
			continue
		}
		last, before := mean(q.Mean[n-day:]), mean(q.Mean[n-(back+1)*day:n-back*day])
		longest := 0.0
		for end := n; end >= day; end -= day {
			longest = max(longest, mean(q.Mean[end-day:end]))
		}
		if last > 10 && last >= 0.9*longest && last > growth*before {
			x.Warnings = append(x.Warnings, outcome.Warning{Kind: outcome.QueueGrows,
				Text: "The queue was still growing at the end: what waits then is counted as it stands, and a longer time would show worse."})
		}
	}
}

func mean(xs []outcome.Float) float64 {
	var sum float64
	for _, x := range xs {
		sum += float64(x)
	}
	return sum / float64(len(xs))
}

func recoveries(x *outcome.Experiment, s *model.Scenario, warn warner) {
	for i := range x.Measures {
		if m := &x.Measures[i]; m.Name == outcome.Unrecovered && m.Estimate.Value > 0 {
			warn(m.Labels, "In %.0f %% of the replications the queue had not recovered from %s by the end; the time to recover is at least as long as shown.", 100*m.Estimate.Value, m.Labels.Spike)
		}
	}
	seen := map[string]bool{}
	for i := range s.Streams {
		for _, sp := range s.Streams[i].Spikes {
			if !seen[sp.Name] && sp.Factor > 1 && (sp.End() >= s.Time.Length || sp.Start <= 0) {
				seen[sp.Name] = true
				warn(outcome.Labels{Spike: sp.Name}, "Spike %s is not over within the simulated time or begins with it: no time to recover is measured.", sp.Name)
			}
		}
	}
}

// partial warns of contract periods that the horizon cuts, once for a contract.
func partial(s *model.Scenario, warn warner) {
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Contracts {
		k := &s.Contracts[i]
		var cut []string
		for _, p := range k.Period.Split(axis, s.Time.Warmup, s.Time.Length) {
			if p.Partial {
				cut = append(cut, p.Name)
			}
		}
		if len(cut) > 0 {
			warn(outcome.Labels{Contract: k.Name},
				"Of %s only a part is measured: the credit is worked out from that part, on the fee of a whole %v.",
				strings.Join(cut, " and "), k.Period)
		}
	}
	for i := range s.Availability {
		a := &s.Availability[i]
		var cut []string
		for _, p := range a.Period.Split(axis, s.Time.Warmup, s.Time.Length) {
			if p.Partial {
				cut = append(cut, p.Name)
			}
		}
		if len(cut) > 0 {
			warn(outcome.Labels{Channel: s.Channels[a.Channel].Name},
				"Of %s only a part is measured: its availability is that of the part.", strings.Join(cut, " and "))
		}
	}
}
