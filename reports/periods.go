package reports

import (
	"slices"
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
	for _, metric := range s.x.Metrics() {
		var policies []string // each once; first that of all together
		for _, target := range append([]outcome.Target{{Metric: metric}}, s.x.Scenario.Targets...) {
			if target.Metric == metric && !slices.Contains(policies, target.Policy) {
				policies = append(policies, target.Policy)
			}
		}
		for _, policy := range policies {
			labels := outcome.Labels{Metric: metric, Policy: policy}
			name := format.Clean(metric)
			if policy != "" {
				name += ", " + format.Clean(policy)
			}
			row := []table.Cell{table.Text(name), table.Text(s.promised(metric, policy))}
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
	}
	s.detail(t)
}

// promised is the share that is promised of a metric, by a policy if one is named.
func (s *summary) promised(metric, policy string) string {
	for _, p := range s.x.Scenario.Targets {
		if p.Metric == metric && p.Share > 0 && (policy == "" || p.Policy == policy) {
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
