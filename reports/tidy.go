package reports

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/table"
)

// WriteMeasures writes all measures as a tidy table: one line per measure, one
// column per label, shares as fractions, durations in seconds. Money has its
// currency as unit. What is missing is empty.
func WriteMeasures(w io.Writer, x *outcome.Experiment) error {
	out := csv.NewWriter(w)
	header := append([]string{"scenario", "measure"}, outcome.LabelNames()...)
	out.Write(append(header, "unit", "value", "ci_low", "ci_high", "level", "replications")) // errors stick; see out.Error
	for i := range x.Measures {
		m := &x.Measures[i]
		e := m.Estimate
		record := append([]string{table.Safe(x.Scenario.Name), table.Safe(m.Name)}, table.SafeAll(m.Labels.Values())...)
		out.Write(append(record, table.UnitName(m.Unit, x.Scenario.Currency),
			table.Number(e.Value), table.Number(e.Low), table.Number(e.High), table.Number(e.Level), strconv.Itoa(e.N)))
	}
	out.Flush()
	return out.Error()
}

// seriesLabels are the labels that series have.
func seriesLabels(l outcome.Labels) []string {
	return []string{l.Metric, l.Channel, l.Priority, l.Tier, l.Issue, l.Account, l.Team}
}

// WriteSeries writes all series as a tidy table: one line per series and interval,
// with the local time at which the interval begins. Numbers have six digits: the outcome has them in full.
// Breach rates have the clocks of all replications together that they are the ratio of, by which rows add up.
func WriteSeries(w io.Writer, x *outcome.Experiment) error {
	out := csv.NewWriter(w)
	out.Write([]string{"scenario", "series", "metric", "channel", "priority", "tier", "issue", "account", "team",
		"unit", "interval_start", "mean", "ci_low", "ci_high", "p10", "p90", "breached_clocks", "judged_clocks"})
	name := table.Safe(x.Scenario.Name)
	for i := range x.Series {
		s := &x.Series[i]
		record := append([]string{name, table.Safe(s.Name)}, table.SafeAll(seriesLabels(s.Labels))...)
		record = append(record, table.UnitName(s.Unit, x.Scenario.Currency))
		fixed := len(record)
		for k := range s.Mean {
			record = append(record[:fixed],
				x.Local(time.Duration(k)*x.Scenario.Interval).Format(time.RFC3339),
				entry(s.Mean, k), entry(s.Low, k), entry(s.High, k), entry(s.P10, k), entry(s.P90, k), count(s.Breached, k), count(s.Judged, k))
			out.Write(record)
		}
	}
	out.Flush()
	return out.Error()
}

// entry is an entry of a list that may be too short.
func entry(list []outcome.Float, k int) string {
	if k >= len(list) {
		return ""
	}
	return table.Rounded(float64(list[k]))
}

// count is an entry of a list of counts that may be too short.
func count(list []uint64, k int) string {
	if k >= len(list) {
		return ""
	}
	return strconv.FormatUint(list[k], 10)
}
