package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// What counts as breaking a promise over time: more than broken of the clocks that
// start in an interval are breached, beyond doubt (the lower end of the interval
// says so too), for at least shortest in all. Pauses up to bridge belong to the
// same stretch, since after a quiet night the queue is still there.
const (
	broken   = 0.10
	shortest = 2 * time.Hour
	bridge   = 24 * time.Hour
	// throughout is the share of the measured time from which on a stretch is
	// not told by its ends any more.
	throughout = 0.8
)

const breakNote = "To break means: of the clocks that start at that time more than 10" + format.Thin +
	"% are breached, and the lower end of the interval says so too. Pauses up to 24" + format.Thin + "h are bridged."

// verdict is the finding of an experiment in words.
type verdict struct {
	sentence string
	notes    []string
}

// stretch is a time in which a promise breaks.
type stretch struct {
	from, to time.Duration
	late     int // intervals that are broken
	worst    float64
}

// judge says for every metric whose promises break and when, and how long a
// spike is felt.
func judge(x *outcome.Experiment) verdict {
	var sentences, holding []string
	breaks := false
	for _, metric := range metrics(x) {
		s, holds := judgeMetric(x, metric)
		switch {
		case holds:
			holding = append(holding, format.Words(metric))
		case s != "":
			sentences = append(sentences, s)
			breaks = true
		}
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
		sentences = append(sentences, capital(s)+".")
	}
	sentences = append(sentences, recoveries(x)...)
	if len(sentences) == 0 {
		return verdict{sentence: "No promise was judged: the scenario has no service levels, or no clock was due."}
	}
	v := verdict{sentence: strings.Join(sentences, " ")}
	if breaks || len(holding) > 0 {
		v.notes = []string{breakNote}
	}
	return v
}

// judgeMetric is the sentence about one metric. It is empty when the outcome
// has no series for it; holds is true when nothing breaks.
func judgeMetric(x *outcome.Experiment, metric string) (sentence string, holds bool) {
	type found struct {
		name  string
		times []stretch
	}
	var breaking []found
	var holding []string
	for _, line := range breachLines(x, metric) {
		times := stretches(x, line.series)
		if len(times) == 0 {
			holding = append(holding, line.name)
			continue
		}
		breaking = append(breaking, found{line.name, times})
	}
	if len(breaking) == 0 {
		return "", len(holding) > 0
	}
	var clauses []string
	for _, b := range breaking {
		who := format.Words(metric)
		if b.name != "" {
			who = format.Clean(b.name) + " " + who
		}
		clauses = append(clauses, who+" breaks "+told(x, b.times))
	}
	sentence = capital(strings.Join(clauses, "; "))
	if len(holding) > 0 {
		verb := " hold"
		if len(holding) == 1 {
			verb = " holds"
		}
		sentence += "; " + format.Clean(format.List(holding)) + verb
	}
	return sentence + ".", false
}

// told says when a promise breaks: the longest stretch, and how many more.
func told(x *outcome.Experiment, times []stretch) string {
	longest := slices.MaxFunc(times, func(a, b stretch) int { return a.late - b.late })
	worst := " (at worst " + format.Decimal(100*longest.worst, 0) + format.Thin + "%" + " late)"
	measured := x.Scenario.Length - x.Scenario.Warmup
	if float64(longest.to-longest.from) >= throughout*float64(measured) {
		return "again and again throughout" + worst
	}
	s := "from " + format.Moment(local(x, longest.from))
	if longest.to >= x.Scenario.Length-bridge/2 {
		s += " to the end"
	} else {
		s += " to " + format.Moment(local(x, longest.to))
	}
	s += worst
	switch more := len(times) - 1; {
	case more == 1:
		s += " and at one other time"
	case more > 1:
		s += fmt.Sprintf(" and at %d other times", more)
	}
	return s
}

// breachLine is a breach rate over time, and of whom.
type breachLine struct {
	name   string
	series *outcome.Series
}

// breachLines are the breach rates of a metric by tier; with a single tier by
// priority; else of all tickets.
func breachLines(x *outcome.Experiment, metric string) []breachLine {
	for _, lines := range [][]breachLine{
		breachBy(x, metric, x.Scenario.Tiers, func(l *outcome.Labels, v string) { l.Tier = v }),
		breachBy(x, metric, x.Scenario.Priorities, func(l *outcome.Labels, v string) { l.Priority = v }),
	} {
		if len(lines) > 1 {
			return lines
		}
	}
	return breachBy(x, metric, []string{""}, func(*outcome.Labels, string) {})
}

// breachBy are the breach rates over time of a metric for some values of a label.
func breachBy(x *outcome.Experiment, metric string, values []string, set func(*outcome.Labels, string)) []breachLine {
	var lines []breachLine
	for _, v := range values {
		labels := outcome.Labels{Metric: metric}
		set(&labels, v)
		if s := series(x, outcome.SeriesBreach, labels); s != nil {
			lines = append(lines, breachLine{v, s})
		}
	}
	return lines
}

// series finds a series by name and labels.
func series(x *outcome.Experiment, name string, labels outcome.Labels) *outcome.Series {
	for i := range x.Series {
		if s := &x.Series[i]; s.Name == name && s.Labels == labels {
			return s
		}
	}
	return nil
}

// stretches finds the times in which a breach rate is above broken, in the
// measured time.
func stretches(x *outcome.Experiment, s *outcome.Series) []stretch {
	step := x.Scenario.Interval
	if step <= 0 {
		return nil
	}
	var all []stretch
	for i, mean := range s.Mean {
		from := time.Duration(i) * step
		// A missing lower end is NaN, which is above nothing.
		if from < x.Scenario.Warmup || i >= len(s.Low) || !(float64(s.Low[i]) > broken) {
			continue
		}
		if n := len(all); n > 0 && from-all[n-1].to <= bridge {
			all[n-1].to = from + step
			all[n-1].late++
			all[n-1].worst = max(all[n-1].worst, float64(mean))
			continue
		}
		all = append(all, stretch{from, from + step, 1, float64(mean)})
	}
	return slices.DeleteFunc(all, func(t stretch) bool { return time.Duration(t.late)*step < shortest })
}

// worstRate names the highest breach rate of all slices.
func worstRate(x *outcome.Experiment) string {
	var worst *outcome.Measure
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name == outcome.BreachRate && (worst == nil || m.Estimate.Value > worst.Estimate.Value) {
			worst = m
		}
	}
	if worst == nil || !(worst.Estimate.Value > 0) {
		return ""
	}
	return ": at worst " + format.Estimate(worst.Estimate, worst.Unit) + " of clocks are breached (" + format.Clean(worst.Labels.String()) + ")"
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

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
