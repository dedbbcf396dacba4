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
		record := append([]string{table.Safe(x.Scenario.Name), table.Safe(m.Name)}, safe(m.Labels.Values())...)
		out.Write(append(record, unit(m.Unit, x.Scenario.Currency),
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
// with the local time at which the interval begins.
func WriteSeries(w io.Writer, x *outcome.Experiment) error {
	out := csv.NewWriter(w)
	out.Write([]string{"scenario", "series", "metric", "channel", "priority", "tier", "issue", "account", "team",
		"unit", "interval_start", "mean", "ci_low", "ci_high", "p10", "p90"})
	name := table.Safe(x.Scenario.Name)
	for i := range x.Series {
		s := &x.Series[i]
		record := append([]string{name, table.Safe(s.Name)}, safe(seriesLabels(s.Labels))...)
		record = append(record, unit(s.Unit, x.Scenario.Currency))
		fixed := len(record)
		for k := range s.Mean {
			record = append(record[:fixed],
				local(x, time.Duration(k)*x.Scenario.Interval).Format(time.RFC3339),
				entry(s.Mean, k), entry(s.Low, k), entry(s.High, k), entry(s.P10, k), entry(s.P90, k))
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
	return table.Number(float64(list[k]))
}

func safe(values []string) []string {
	for i, v := range values {
		values[i] = table.Safe(v)
	}
	return values
}

// unit is the name of a unit in a table for machines.
func unit(u outcome.Unit, currency string) string {
	if u == outcome.UnitMoney && currency != "" {
		return table.Safe(currency)
	}
	return table.Safe(string(u))
}

// WriteComparison writes a comparison as a tidy table: one line per measure and
// scenario. The base has no difference.
func WriteComparison(w io.Writer, c *outcome.Comparison) error {
	out := csv.NewWriter(w)
	header := append([]string{"scenario", "base", "measure"}, outcome.LabelNames()...)
	out.Write(append(header, "unit", "value", "ci_low", "ci_high",
		"difference", "difference_low", "difference_high", "variance_ratio",
		"quotient", "quotient_low", "quotient_high", "level", "joint_level", "replications"))
	for i := range c.Rows {
		row := &c.Rows[i]
		for k, e := range row.Values {
			record := append([]string{table.Safe(c.Scenarios[k]), table.Safe(c.Base), table.Safe(row.Name)}, safe(row.Labels.Values())...)
			record = append(record, unit(row.Unit, c.Currency), table.Number(e.Value), table.Number(e.Low), table.Number(e.High))
			if k == 0 {
				record = append(record, "", "", "", "", "", "", "")
			} else {
				d, q := row.Differences[k-1], row.Quotients[k-1]
				record = append(record, table.Number(d.Value), table.Number(d.Low), table.Number(d.High), table.Number(d.VarianceRatio),
					table.Number(q.Value), table.Number(q.Low), table.Number(q.High))
			}
			out.Write(append(record, table.Number(c.Level), table.Number(c.JointLevel), strconv.Itoa(e.N)))
		}
	}
	out.Flush()
	return out.Error()
}
