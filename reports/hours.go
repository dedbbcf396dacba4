package reports

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const hourNote = "Hours of the day in which tickets were created, all days together; times are right within an eighth."

// hours is the table of how long the clocks of a metric run by the hour of the day.
func (s *summary) hours(metric string) {
	t := &table.Table{Columns: []table.Column{
		{Head: format.Words(metric) + " by hour"}, {Head: "p50", Align: table.Right}, {Head: "p80", Align: table.Right}, {Head: "p95", Align: table.Right},
	}}
	for hour := range 24 {
		l := outcome.Labels{Metric: metric, Hour: fmt.Sprintf("%02d", hour)}
		row := []table.Cell{table.Text(l.Hour + ":00")}
		if len(t.Rows) == 0 {
			row[0].Notes = []string{hourNote}
		}
		some := false
		for _, q := range []string{"p50", "p80", "p95"} {
			l.Quantile = q
			m, ok := s.x.Measure(outcome.ElapsedByHour, l)
			some = some || ok && m.Estimate.Value == m.Estimate.Value // not NaN
			row = append(row, s.cell(outcome.ElapsedByHour, l))
		}
		if some {
			s.add(t, outcome.Labels{Metric: metric}, row...)
		}
	}
	s.detail(t)
}
