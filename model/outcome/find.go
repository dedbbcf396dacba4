package outcome

import "time"

// TimeSeries finds a series by its name and exact labels; nil if there is none.
func (x *Experiment) TimeSeries(name string, labels Labels) *Series {
	for i := range x.Series {
		if s := &x.Series[i]; s.Name == name && s.Labels == labels {
			return s
		}
	}
	return nil
}

// Metrics lists the SLA metrics that have a breach rate, in the order of the file.
func (x *Experiment) Metrics() []string {
	var names []string
	seen := map[string]bool{}
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name == BreachRate && m.Labels.Metric != "" && !seen[m.Labels.Metric] {
			seen[m.Labels.Metric] = true
			names = append(names, m.Labels.Metric)
		}
	}
	return names
}

// Local is an instant of the scenario, since its start, in the scenario's own zone. A zone that
// this machine does not know leaves the instant as the file has it.
func (x *Experiment) Local(at time.Duration) time.Time {
	t := x.Scenario.Start.Add(at)
	if zone, err := time.LoadLocation(x.Scenario.Zone); err == nil && x.Scenario.Zone != "" {
		return t.In(zone)
	}
	return t
}

// Level is the confidence level of the intervals, and DefaultLevel where there are none.
func (x *Experiment) Level() float64 {
	for i := range x.Measures {
		if l := x.Measures[i].Estimate.Level; l > 0 && l < 1 {
			return l
		}
	}
	return DefaultLevel
}

// Includes reports whether everything that l says, other says too.
func (l Labels) Includes(other Labels) bool {
	b := other.Values()
	for i, v := range l.Values() {
		if v != "" && v != b[i] {
			return false
		}
	}
	return true
}

// Credits is what all contracts together are paid back, by replication.
func (x *Experiment) Credits() []float64 {
	sum := make([]float64, x.Replications)
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name != Credit || m.Labels.Contract == "" || m.Labels != (Labels{Contract: m.Labels.Contract}) {
			continue
		}
		for r := range sum {
			sum[r] += m.Num[r]
		}
	}
	return sum
}

// Totals is the numerators of a measure, by replication; nothing but zeros where it is not measured.
func (x *Experiment) Totals(name string, labels Labels) []float64 {
	if m, ok := x.Measure(name, labels); ok {
		return m.Num
	}
	return make([]float64, x.Replications)
}
