// Package verdict says in words whether the promises of a scenario are kept, and if not, when and for
// whom they break, how long a spike is felt, and when what waited at the start is answered.
//
// The stance: a promise breaks where more clocks are late than may be, beyond doubt, and for long
// enough that somebody would notice. Single bad hours are in the charts and not in the verdict.
package verdict

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// What counts as breaking a promise over time: more of the clocks that start in an
// interval are breached than may be (see allowed), beyond doubt (the lower end of the
// interval says so too). Such intervals belong to one stretch when no more than bridge lies
// between them, since after a quiet night the queue is still there. A stretch
// counts when it has at least shortest of them, and when they are at least dense
// of the intervals with clocks: two bad hours in a fine day are not a day.
const (
	broken   = 0.10
	bridge   = 24 * time.Hour
	shortest = 2 * time.Hour
	dense    = 0.25
	// often is the number of stretches, and throughout the share of the measured
	// time, from which on a promise breaks again and again.
	often      = 4
	throughout = 0.8
)

// breakNote says what it means that one of some metrics breaks.
func breakNote(x *outcome.Experiment, metrics []string) string {
	usual, others := false, []string{}
	for _, m := range metrics {
		if most := allowed(x, m, ""); most == broken {
			usual = true
		} else {
			others = append(others, format.Percent(most)+" for "+format.Words(m))
		}
	}
	most := format.List(others)
	switch {
	case usual && most != "":
		most = format.Percent(broken) + " (" + most + ", by the promised share)"
	case usual:
		most = format.Percent(broken)
	default:
		most += ", by the promised share,"
	}
	return "To break means: of the clocks that start at that time more than " + most + " are breached, and the lower end of the interval says so too, for 2" +
		format.Thin + "h or more. Pauses up to 24" + format.Thin + "h are bridged."
}

// allowed is the share of the clocks of a metric that may be breached before its promise
// is: what the promised share leaves, or broken where all clocks are promised. With several
// promises it is what the most lenient of them leaves, so that what breaks does so by
// whichever; with a priority, only those for it count.
func allowed(x *outcome.Experiment, metric, priority string) float64 {
	most, found := 0.0, false
	for _, t := range x.Scenario.Targets {
		if t.Metric != metric || priority != "" && t.Priority != "" && t.Priority != priority {
			continue
		}
		left := broken
		if t.Share > 0 {
			left = 1 - t.Share
		}
		most, found = max(most, left), true
	}
	if !found {
		return broken
	}
	return most
}

// stretch is a time in which a promise breaks.
type stretch struct {
	from, to time.Duration
	late     int // intervals that are broken
	seen     int // intervals that have clocks
	worst    float64
}

// Of says for every metric whose promises break and when, and how long a
// spike is felt. Notes say what that means; there are none where nothing was judged.
func Of(x *outcome.Experiment) (sentence string, notes []string) {
	var sentences, holding, judged []string
	for _, metric := range x.Metrics() {
		s, holds := judgeMetric(x, metric)
		switch {
		case holds:
			holding = append(holding, format.Words(metric))
			judged = append(judged, metric)
		case s != "":
			sentences = append(sentences, s)
			judged = append(judged, metric)
		}
	}
	if len(judged) > 0 && x.Replications < 2 {
		// Without an interval nothing breaks beyond doubt; that is no promise kept.
		sentences, holding, judged = []string{"One replication does not tell whether promises hold" + worstRate(x) + "."}, nil, nil
	}
	if len(holding) > 0 {
		verb := " hold"
		if len(holding) == 1 {
			verb = " holds"
		}
		s := format.List(holding) + verb + " throughout"
		if len(sentences) == 0 {
			s += worstRate(x)
		}
		sentences = append(sentences, format.Capital(s)+".")
	}
	sentences = append(sentences, recoveries(x)...)
	if s := worksOff(x); s != "" {
		sentences = append(sentences, s)
	}
	if len(sentences) == 0 {
		return "No promise was judged: the scenario has no service levels, or no clock was due.", nil
	}
	if s := relaxed(x); s != "" {
		sentences = append(sentences, s)
	}
	if len(judged) > 0 {
		notes = []string{breakNote(x, judged)}
	}
	return strings.Join(sentences, " "), notes
}

// judgeMetric is the sentence about one metric. It is empty when the outcome
// has no series for it; holds is true when nothing breaks.
func judgeMetric(x *outcome.Experiment, metric string) (sentence string, holds bool) {
	var times, holding []string
	whom := map[string][]string{} // by time: for whom, and how badly
	for _, line := range breachLines(x, metric) {
		name := format.Clean(line.Name)
		when, badly := told(x, line.Series)
		if when == "" {
			holding = append(holding, name)
			continue
		}
		if name != "" {
			badly = strings.TrimSpace(name + " " + badly)
		}
		if whom[when] == nil {
			times = append(times, when)
		}
		whom[when] = append(whom[when], badly)
	}
	if len(times) == 0 {
		return "", len(holding) > 0
	}
	for i, when := range times {
		if len(breachLines(x, metric)) > 1 {
			times[i] += " for"
		}
		times[i] = strings.TrimSpace(times[i] + " " + format.List(whom[when]))
	}
	sentence = format.Capital(format.Words(metric)) + " breaks " + format.List(times)
	if len(holding) > 0 {
		sentence += "; it holds for " + format.List(holding)
	}
	return sentence + ".", false
}

// told says when a promise breaks, the worst stretch and how many more, or that it
// does so again and again; and how badly. Both are empty when the promise holds.
func told(x *outcome.Experiment, s *outcome.Series) (when, badly string) {
	most := allowed(x, s.Labels.Metric, s.Labels.Priority)
	times := stretches(x, s, most)
	all, known := x.Measure(outcome.BreachRate, s.Labels)
	overall := ""
	if known {
		overall = format.Estimate(all.Estimate, all.Unit) + " late"
	}
	if len(times) == 0 {
		// Few clocks at a time can hide what all of them together show.
		if known && all.Estimate.Low > most {
			return "overall, though at no single time beyond doubt", "(" + overall + ")"
		}
		return "", ""
	}
	longest := slices.MaxFunc(times, func(a, b stretch) int { return a.late - b.late })
	measured := x.Scenario.Length - x.Scenario.Warmup
	if len(times) >= often || float64(longest.to-longest.from) >= throughout*float64(measured) {
		if known {
			badly = "(" + overall + " overall)"
		}
		return "again and again", badly
	}
	when = "from " + format.Moment(x.Local(longest.from))
	if longest.to >= x.Scenario.Length-bridge/2 {
		when += " to the end"
	} else {
		when += " to " + format.Moment(x.Local(longest.to))
	}
	badly = "(at worst " + format.Decimal(100*longest.worst, 0) + format.Thin + "% late"
	switch more := len(times) - 1; more {
	case 0:
	case 1:
		badly += ", and at another time"
	default:
		badly += fmt.Sprintf(", and at %d other times", more)
	}
	return when, badly + ")"
}

// Line is a breach rate over time, and of whom.
type Line struct {
	Name   string
	Series *outcome.Series
}

// breachLines are the breach rates of a metric by tier; with a single tier by
// priority; else of all tickets.
func breachLines(x *outcome.Experiment, metric string) []Line {
	for _, lines := range [][]Line{
		BreachBy(x, metric, x.Scenario.Tiers, func(l *outcome.Labels, v string) { l.Tier = v }),
		BreachBy(x, metric, x.Scenario.Priorities, func(l *outcome.Labels, v string) { l.Priority = v }),
	} {
		if len(lines) > 1 {
			return lines
		}
	}
	return BreachBy(x, metric, []string{""}, func(*outcome.Labels, string) {})
}

// BreachBy are the breach rates over time of a metric for some values of a label.
func BreachBy(x *outcome.Experiment, metric string, values []string, set func(*outcome.Labels, string)) []Line {
	var lines []Line
	for _, v := range values {
		labels := outcome.Labels{Metric: metric}
		set(&labels, v)
		if s := x.TimeSeries(outcome.SeriesBreach, labels); s != nil {
			lines = append(lines, Line{v, s})
		}
	}
	return lines
}

// stretches finds the times in which a breach rate is above what is allowed, in the
// measured time.
func stretches(x *outcome.Experiment, s *outcome.Series, most float64) []stretch {
	if x.Scenario.Interval <= 0 {
		return nil
	}
	return stretchesIn(x, s, most, stretch{from: x.Scenario.Warmup, to: x.Scenario.Length}, bridge)
}

// stretchesIn finds those within a time, over pauses up to gap. A bad day between days with
// a bad hour each would be lost in a stretch of all of them: where they are not dense,
// shorter pauses tell them apart.
func stretchesIn(x *outcome.Experiment, s *outcome.Series, most float64, in stretch, gap time.Duration) (found []stretch) {
	step := x.Scenario.Interval
	var all []stretch
	pause := 0 // intervals with clocks since the last that was broken
	for i, mean := range s.Mean {
		from := time.Duration(i) * step
		if from < in.from || from >= in.to || i >= len(s.Low) || math.IsNaN(float64(mean)) {
			continue
		}
		pause++
		if !(float64(s.Low[i]) > most) { // a missing end is NaN, which is above nothing
			continue
		}
		if n := len(all); n > 0 && from-all[n-1].to <= gap {
			last := &all[n-1]
			last.to, last.late, last.seen = from+step, last.late+1, last.seen+pause
			last.worst = max(last.worst, float64(mean))
		} else {
			all = append(all, stretch{from: from, to: from + step, late: 1, seen: 1, worst: float64(mean)})
		}
		pause = 0
	}
	for _, t := range all {
		switch {
		case time.Duration(t.late)*step < shortest:
		case float64(t.late) >= dense*float64(t.seen):
			found = append(found, t)
		case gap > step:
			found = append(found, stretchesIn(x, s, most, t, gap/4)...)
		}
	}
	return found
}

// worstRate names the highest breach rate of all slices.
func worstRate(x *outcome.Experiment) string {
	var worst *outcome.Measure
	for i := range x.Measures {
		m := &x.Measures[i]
		if l := m.Labels; m.Name == outcome.BreachRate && l.Team == "" && l.Period == "" && (worst == nil || m.Estimate.Value > worst.Estimate.Value) {
			worst = m
		}
	}
	if worst == nil || !(worst.Estimate.Value > 0) {
		return ""
	}
	return ": at worst " + format.Estimate(worst.Estimate, worst.Unit) + " of clocks are breached (" + strings.ReplaceAll(format.Words(worst.Labels.String()), "=", " ") + ")"
}

// recoveries says how long the queue needs after each spike.
func recoveries(x *outcome.Experiment) []string {
	var sentences []string
	for _, spike := range x.Scenario.Spikes {
		labels := outcome.Labels{Spike: spike.Name}
		m, ok := x.Measure(outcome.Recovery, labels)
		if !ok {
			continue
		}
		name := format.Clean(spike.Name)
		if u, ok := x.Measure(outcome.Unrecovered, labels); ok && u.Estimate.Value >= 0.5 {
			sentences = append(sentences, "After "+name+" the queue is not back to normal by the end in "+format.Percent(u.Estimate.Value)+" of the replications.")
			continue
		}
		if m.Estimate.Value <= 0 {
			sentences = append(sentences, "After "+name+" the queue is back to normal at once.")
			continue
		}
		sentences = append(sentences, "After "+name+" the queue is back to normal in "+format.Estimate(m.Estimate, m.Unit)+".")
	}
	return sentences
}

// worksOff says when what waited at the start has been answered; empty if nothing did.
func worksOff(x *outcome.Experiment) string {
	none := outcome.Labels{}
	after, ok := x.Measure(outcome.BacklogAnsweredAfter, none)
	left, known := x.Measure(outcome.BacklogUnanswered, none)
	switch {
	case !ok || !known || !(after.Estimate.Value > 0):
		return ""
	case left.Estimate.Value > 0.5:
		return "What waits for an agent at the start is not answered by the end."
	}
	return "What waits for an agent at the start is answered by " +
		format.Moment(x.Local(time.Duration(after.Estimate.Value*float64(time.Second)))) + " (after " + format.Estimate(after.Estimate, after.Unit) + ")."
}

// relaxed is a sentence that says that promises were longer for a time. It is empty where
// they never were.
func relaxed(x *outcome.Experiment) string {
	var parts []string
	for _, r := range x.Scenario.Relaxations {
		parts = append(parts, format.Clean(r.Name)+" (from "+format.Moment(x.Local(r.From))+" to "+format.Moment(x.Local(r.Until))+")")
	}
	if len(parts) == 0 {
		return ""
	}
	return "Promises are relaxed for tickets created in " + format.List(parts) + "."
}
