package experiment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// WarmupReplications are enough for a steady proposal.
const WarmupReplications = 200

const (
	batchOf = 5 // intervals: MSER-5
	parts   = 5 // of the replications, each with a proposal of its own
	day     = 24 * time.Hour
	week    = 7 * day
)

// Warmup proposes a warm-up for a scenario that Check has found to be sound: the
// longer of what backlog and queue take until they have settled, by MSER-5
// (estimate.MSER) on their means over replications. A desk has days and weeks, which never
// settle; so the rule is applied to means over the week that follows each interval (over the
// day, if the scenario is shorter than three weeks). Spikes, bursts and outages are
// left out. The rule mistakes slow noise for a beginning, so it takes replications: ten
// at least, WarmupReplications are a good number.
func Warmup(ctx context.Context, s *model.Scenario, replications int, o Options) (*outcome.Warmup, error) {
	calm, without := ordinary(s)
	if problems := calm.Check(); len(problems) > 0 {
		return nil, fmt.Errorf("without %v the scenario is not sound: %v", without, problems[0])
	}
	calm.Run.Exactly(max(2*parts, replications))
	simulation, err := sim.New(calm)
	if err != nil {
		return nil, err
	}
	w := &outcome.Warmup{
		Name: s.Name, Digest: s.Digest(), Start: s.Time.Start, Length: s.Time.Length, Interval: s.Time.Interval,
		Seed: s.Run.Seed, Level: Level, Without: without, Stated: s.Time.Warmup, Cycle: cycleOf(s.Time.Length), Settled: true,
	}
	names := []string{outcome.SeriesBacklog, outcome.SeriesQueue}
	tracks := make([][][]float64, len(names)) // by series, by replication
	catalog := simulation.Catalog()
	o.merged = func(r *outcome.Run) {
		for k, name := range names {
			i := slices.IndexFunc(catalog.Series, func(x outcome.Series) bool { return x.Name == name && x.Labels == outcome.Labels{} })
			tracks[k] = append(tracks[k], slices.Clone(r.Series[i].Num))
		}
	}
	x, err := run(ctx, calm, simulation, o)
	if err != nil {
		return nil, err
	}
	if x.Replications < calm.Run.Min {
		return nil, fmt.Errorf("interrupted after %d replications: %w", x.Replications, context.Cause(ctx))
	}
	w.Replications = x.Replications
	for k, name := range names {
		w.Series = append(w.Series, settling(w, name, tracks[k]))
		w.Settled = w.Settled && w.Series[k].Settled
		w.Proposed = max(w.Proposed, roundUp(w.Series[k].Cut))
	}
	for k := range w.Series {
		levels(w, &w.Series[k], tracks[k])
	}
	return w, nil
}

// ordinary is a scenario without what comes and goes, and what that was.
func ordinary(s *model.Scenario) (calm *model.Scenario, without []string) {
	out := *s
	out.Streams = slices.Clone(s.Streams)
	spikes := false
	for i := range out.Streams {
		spikes = spikes || len(out.Streams[i].Spikes) > 0
		out.Streams[i].Spikes = nil
	}
	for _, part := range []struct {
		name  string
		there bool
	}{{"spikes", spikes}, {"bursts", len(s.Bursts) > 0}, {"outages", len(s.Outages) > 0}, {"the backlog at the start", len(s.Backlog) > 0}} {
		if part.there {
			without = append(without, part.name)
		}
	}
	out.Bursts, out.Outages, out.Backlog = nil, nil, nil
	out.Run.Balance = model.NoBalance // its replications are taken as independent
	return &out, without
}

// cycleOf is the longest cycle that a scenario is long enough to average out.
func cycleOf(length time.Duration) time.Duration {
	switch {
	case length >= 4*week:
		return week
	case length >= 4*day:
		return day
	}
	return 0
}

// roundUp makes a duration that people would write: whole days, or hours below one.
func roundUp(d time.Duration) time.Duration {
	unit := time.Hour
	if d > day {
		unit = day
	}
	return (d + unit - 1) / unit * unit
}

// settling finds out when one series has settled.
func settling(w *outcome.Warmup, name string, tracks [][]float64) outcome.WarmupSeries {
	out := outcome.WarmupSeries{Name: name}
	n := len(tracks[0])
	moments := make([]estimate.Moments, n)
	for _, track := range tracks {
		for i, x := range track {
			moments[i].Add(x, 1)
		}
	}
	for _, e := range estimate.Ratios(moments, Level) {
		out.Mean = append(out.Mean, outcome.Float(e.Value))
		out.Low = append(out.Low, outcome.Float(e.Low))
		out.High = append(out.High, outcome.Float(e.High))
	}
	period := int(w.Cycle / w.Interval)
	usual, rest := estimate.Seasonal(average(tracks, 0, 1), period)
	if period > 0 {
		out.Usual = floats(usual)
	}
	found := estimate.MSER(rest, batchOf)
	out.Cut, out.Settled = time.Duration(found.Cut)*w.Interval, found.Settled
	out.Earliest, out.Latest = out.Cut, out.Cut
	for part := range parts {
		_, rest := estimate.Seasonal(average(tracks, part, parts), period)
		cut := time.Duration(estimate.MSER(rest, batchOf).Cut) * w.Interval
		out.Earliest, out.Latest = min(out.Earliest, cut), max(out.Latest, cut)
	}
	return out
}

// average is the mean over every step-th replication from the first one on.
func average(tracks [][]float64, first, step int) []float64 {
	out := make([]float64, len(tracks[0]))
	count := 0.
	for r := first; r < len(tracks); r += step {
		count++
		for i, x := range tracks[r] {
			out[i] += x
		}
	}
	for i := range out {
		out[i] /= count
	}
	return out
}

// levels compares the first cycle with whole cycles after the proposed warm-up.
func levels(w *outcome.Warmup, s *outcome.WarmupSeries, tracks [][]float64) {
	n := len(tracks[0])
	window := max(1, int(w.Cycle/w.Interval))
	from := min(int(w.Proposed/w.Interval), n-1)
	to := n
	if whole := (n - from) / window * window; whole > 0 {
		to = from + whole
	}
	var first, later []float64
	for _, track := range tracks {
		first = append(first, mean(floats(track[:window])))
		later = append(later, mean(floats(track[from:to])))
	}
	s.First, s.Later = estimate.Mean(first, Level), estimate.Mean(later, Level)
	s.Gap = estimate.Paired(later, first, Level)
}

func floats(xs []float64) []outcome.Float {
	out := make([]outcome.Float, len(xs))
	for i, x := range xs {
		out[i] = outcome.Float(x)
	}
	return out
}
