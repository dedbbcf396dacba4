package reports

import (
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// periods is the table of promises of a share, by the length of the period in which it is
// judged: the same desk can miss in many a quarter of an hour what it never misses in a month.
func (s *summary) periods() {
	var lengths []string
	seen := map[string]bool{}
	for i := range s.x.Measures {
		m := &s.x.Measures[i]
		if p := m.Labels.Period; m.Name == outcome.PeriodsMet && !seen[p] {
			seen[p] = true
			lengths = append(lengths, p)
		}
	}
	if len(lengths) == 0 {
		return
	}
	t := &table.Table{Columns: []table.Column{{Head: "periods that keep it"}, {Head: "promise"}}}
	for _, p := range lengths {
		t.Columns = append(t.Columns, table.Column{Head: lengthOf(p), Align: table.Right})
	}
	for _, metric := range metrics(s.x) {
		labels := outcome.Labels{Metric: metric}
		row := []table.Cell{table.Text(format.Clean(metric)), table.Text(s.promised(metric))}
		some := false
		for _, p := range lengths {
			labels.Period = p
			_, ok := s.x.Measure(outcome.PeriodsMet, labels)
			some = some || ok
			row = append(row, s.cell(outcome.PeriodsMet, labels))
		}
		if some {
			s.add(t, outcome.Labels{Metric: metric}, row...)
		}
	}
	s.detail(t)
}

// promised is the share that is promised of a metric.
func (s *summary) promised(metric string) string {
	for _, p := range s.x.Scenario.Targets {
		if p.Metric == metric && p.Share > 0 {
			return format.Percent(p.Share) + " in time"
		}
	}
	return ""
}

// lengthOf writes the length of a period, such as 15m or 7d.
func lengthOf(period string) string {
	if days, ok := strings.CutSuffix(period, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil {
			return format.Stated(time.Duration(n) * 24 * time.Hour)
		}
	}
	if d, err := time.ParseDuration(period); err == nil {
		return format.Stated(d)
	}
	return format.Clean(period)
}
