package outcome

import (
	"strings"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Measure finds a measure by its name and exact labels.
func (x *Experiment) Measure(name string, labels Labels) (*Measure, bool) {
	for i := range x.Measures {
		if m := &x.Measures[i]; m.Name == name && m.Labels == labels {
			return m, true
		}
	}
	return nil, false
}

// LabelNames lists the names of all labels, in the order of Labels.Values.
func LabelNames() []string {
	return []string{"metric", "clock", "channel", "priority", "tier", "issue", "account", "team", "policy", "contract", "service_level", "period", "spike", "rung", "relaxation", "exception", "bot", "outage", "hour", "quantile"}
}

// Values lists the labels in the order of LabelNames; those that are not set
// are empty.
func (l Labels) Values() []string {
	return []string{l.Metric, l.Clock, l.Channel, l.Priority, l.Tier, l.Issue, l.Account, l.Team, l.Policy, l.Contract, l.Level, l.Period, l.Spike, l.Rung, l.Relaxation, l.Exception, l.Bot, l.Outage, l.Hour, l.Quantile}
}

// String lists the labels that are set: first_reply, tier=gold. The metric
// needs no name. Without any label it is empty.
func (l Labels) String() string {
	names := LabelNames()
	var parts []string
	for i, value := range l.Values() {
		switch {
		case value == "":
		case i == 0:
			parts = append(parts, value)
		default:
			parts = append(parts, names[i]+"="+value)
		}
	}
	return strings.Join(parts, ", ")
}

// Describe is how expectations and reports call a measure:
// breach_rate(first_reply, tier=gold), or cost without labels.
func (m *Measure) Describe() string { return describe(m.Name, m.Labels) }

// Describe is Measure.Describe for a row.
func (r *ComparisonRow) Describe() string { return describe(r.Name, r.Labels) }

// Describe is Measure.Describe for a measure that is left out.
func (l *LeftOut) Describe() string { return describe(l.Name, l.Labels) }

func describe(name string, l Labels) string {
	if labels := l.String(); labels != "" {
		return name + "(" + labels + ")"
	}
	return name
}

// TailP95 and TailCVaR95 are the values of the label quantile that turn Credit
// from a mean into a tail measure over replications.
const (
	TailP95    = "p95"
	TailCVaR95 = "cvar95"
)

// tail is how a measure is estimated whose value is a tail over replications and not a
// ratio of totals, from replications in sets: in one scenario, and as difference and
// quotient of two.
type tail struct {
	single func(xs []float64, set int, level float64) estimate.Estimate
	paired func(a, b []float64, set int, level float64, draws dist.Source) (estimate.Difference, estimate.Estimate)
}

// beyond is the share of replications that a tail leaves out.
const beyond = 0.95

var tails = map[string]tail{
	TailP95: {
		func(xs []float64, set int, level float64) estimate.Estimate {
			return estimate.QuantileInSets(xs, set, beyond, level)
		},
		func(a, b []float64, set int, level float64, draws dist.Source) (estimate.Difference, estimate.Estimate) {
			return estimate.PairedQuantileInSets(a, b, set, beyond, level, draws)
		},
	},
	TailCVaR95: {
		func(xs []float64, set int, level float64) estimate.Estimate {
			return estimate.CVaRInSets(xs, set, beyond, level)
		},
		func(a, b []float64, set int, level float64, _ dist.Source) (estimate.Difference, estimate.Estimate) {
			return estimate.PairedCVaRInSets(a, b, set, beyond, level)
		},
	},
}

func (m *Measure) tail() (tail, bool) {
	if m.Name != Credit {
		return tail{}, false
	}
	t, ok := tails[m.Labels.Quantile]
	return t, ok
}
