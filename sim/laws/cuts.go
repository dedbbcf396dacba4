package laws

import "github.com/headroom-sim/headroom/model/outcome"

// cuts holds breaches that are cut by time and by team to those of all tickets: every clock
// falls into one day, one week, one month and one quarter, and is of one team at most.
func (l *Laws) cuts(k book) {
	type parts struct{ days, weeks, months, quarters, teams [2]float64 }
	byMetric := map[string]*parts{}
	for i := range k.catalog.Measures {
		m := &k.catalog.Measures[i]
		whole := outcome.Labels{Metric: m.Labels.Metric, Period: m.Labels.Period}
		if m.Name != outcome.BreachByTeam && (m.Name != outcome.BreachByPeriod || m.Labels != whole) {
			continue // of a tier, an account or a policy
		}
		p := byMetric[m.Labels.Metric]
		if p == nil {
			p = new(parts)
			byMetric[m.Labels.Metric] = p
		}
		sum := &p.teams
		switch len(m.Labels.Period) {
		case len("2026-11-27"):
			sum = &p.days
		case len("2026-W48"):
			sum = &p.weeks
		case len("2026-11"):
			sum = &p.months
			if m.Labels.Period[5] == 'Q' {
				sum = &p.quarters
			}
		}
		sum[0], sum[1] = sum[0]+k.run.Num[i], sum[1]+k.run.Den[i]
	}
	for metric, p := range byMetric {
		all := outcome.Labels{Metric: metric}
		late, judged := k.num(outcome.BreachRate, all), k.den(outcome.BreachRate, all)
		for _, sum := range [][2]float64{p.days, p.weeks, p.months, p.quarters} {
			if sum != [2]float64{late, judged} {
				l.breaks(Tally, "%s: of a calendar's parts %v of %v are late, in all %v of %v", metric, sum[0], sum[1], late, judged)
			}
		}
		if p.teams[0] > late || p.teams[1] > judged {
			l.breaks(Tally, "%s: of the teams' %v of %v are late, in all %v of %v", metric, p.teams[0], p.teams[1], late, judged)
		}
	}
}
