package cadence

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// monthly shows what targets and contracts attained.
func (v *view) monthly(d *paper.Document) {
	d.Title = "Monthly compliance: " + format.Clean(v.Scenario.Name)
	_, words := v.whole(contract.Monthly)
	d.Verdict = words
	if met := v.contractsMet(); met != "" {
		d.Verdict = met + " " + words
	}
	d.Sections = append(d.Sections, v.targets(contract.Monthly))
	if len(v.Scenario.Contracts) > 0 {
		d.Sections = append(d.Sections, v.contracts())
	}
}

// targets shows each metric by period: in all, by tier, and by policy where several promise it.
func (v *view) targets(p contract.Period) paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("tickets of"), left(p.String()), unit("clocks", ""), unit("late", ""), unit("promised", "share"), unit("attained", "share"), unit("kept in", "share"),
	}}
	for _, m := range v.metrics() {
		add := func(name string, l outcome.Labels, promised float64) {
			l.Metric = m
			for _, s := range v.spans(p) {
				l.Period = s.Name
				r := v.record(outcome.BreachByPeriod, l)
				if total(r.judged) == 0 {
					continue
				}
				promise, kept := table.Num(format.Missing, nan), table.Num(format.Missing, nan)
				if promised > 0 {
					promise, kept = table.Num(format.Percent(promised), promised), v.keptIn(r, promised)
				}
				t.Add(table.Text(format.Words(m)), table.Text(name), period(s), v.mean(r.judged), v.mean(r.late), promise, v.attained(r), kept)
			}
		}
		add("all", outcome.Labels{}, v.promised(m))
		if len(v.Scenario.Tiers) > 1 {
			for _, tier := range v.Scenario.Tiers {
				add("tier "+tier, outcome.Labels{Tier: tier}, v.promised(m))
			}
		}
		for _, g := range v.policies(m) {
			add("policy "+g.Policy, outcome.Labels{Policy: g.Policy}, g.Share)
		}
	}
	return paper.Section{Name: "targets", Title: "Targets by " + p.String(), Table: t, Pictures: v.late(p), Words: []string{
		"A ticket belongs to the " + p.String() + " in which it was created. Counts are means over replications. Promised is the share that a policy promises; of all tickets, and of a tier, where all policies promise the same; " +
			"kept in: the share of replications in which the period keeps it."}}
}

// promised is the share that the policies promise of a metric, if they agree on one; 0 else.
func (v *view) promised(metric string) float64 {
	share, first := 0.0, true
	for _, t := range v.Scenario.Targets {
		if t.Metric != metric {
			continue
		}
		if !first && t.Share != share {
			return 0
		}
		share, first = t.Share, false
	}
	return share
}

// policies are the promises of a metric by policy, one for each, where several policies make one and the outcome
// tells them apart.
func (v *view) policies(metric string) []outcome.Target {
	var list []outcome.Target
	for _, t := range v.Scenario.Targets {
		at := slices.IndexFunc(list, func(g outcome.Target) bool { return g.Policy == t.Policy })
		switch {
		case t.Metric != metric:
		case at < 0:
			list = append(list, t)
		case list[at].Share != t.Share:
			list[at].Share = 0
		}
	}
	return slices.DeleteFunc(list, func(g outcome.Target) bool {
		return !slices.ContainsFunc(v.Measures, func(m outcome.Measure) bool {
			return m.Name == outcome.BreachByPeriod && m.Labels.Metric == metric && m.Labels.Policy == g.Policy
		})
	})
}

// keeps reports whether so many late clocks of those judged keep a promised share. Counts are
// whole numbers; what a decimal share lacks in the last digit is granted.
func keeps(late, judged, promised float64) bool { return judged-late >= promised*judged-1e-9*judged }

// keptIn is the share of replications with any clock in which a share is attained.
func (v *view) keptIn(r record, promised float64) table.Cell {
	if promised == 0 {
		return table.Num(format.Missing, nan)
	}
	kept, of := make([]float64, len(r.late)), make([]float64, len(r.late))
	for i, judged := range r.judged {
		if judged == 0 {
			continue
		}
		of[i] = 1
		if keeps(r.late[i], judged, promised) {
			kept[i] = 1
		}
	}
	e := v.Ratio(kept, of, v.level)
	return table.Estimated(e, outcome.UnitShare)
}

// periodOf is the period of a contract.
func periodOf(k *outcome.Contract) contract.Period {
	p, _ := contract.ParsePeriod(k.Period)
	return p
}

// inSpan is the record of a contract in one of its periods.
func (v *view) inSpan(k *outcome.Contract, s contract.Span) record {
	return v.kept(outcome.Labels{Contract: k.Name, Period: s.Name})
}

// about is the metric of a contract, or how many levels it has.
func about(k *outcome.Contract) string {
	if len(k.Levels) > 0 {
		return format.Promise(k)
	}
	return format.Words(k.Metric)
}

// contracts shows what each contract attained in its periods, and what it paid.
func (v *view) contracts() paper.Section {
	credit := "credit, mean"
	if v.Scenario.Currency != "" {
		credit += ", " + format.Clean(v.Scenario.Currency)
	}
	t := &table.Table{Columns: []table.Column{
		left("contract"), left("promise"), left("period"), unit("clocks", ""), unit("late", ""), unit("attained", "share"), unit("kept in", "share"), unit(credit, v.Scenario.Currency),
	}}
	for i := range v.Scenario.Contracts {
		k := &v.Scenario.Contracts[i]
		for _, s := range v.spans(periodOf(k)) {
			r := v.inSpan(k, s)
			paid := table.Num(format.Missing, nan)
			if m, ok := v.Measure(outcome.Credit, outcome.Labels{Contract: k.Name, Period: s.Name}); ok {
				paid = table.Estimated(m.Estimate, m.Unit)
			}
			t.Add(table.Text(k.Name), table.Text(format.Promise(k)), period(s), v.mean(r.judged), v.mean(r.late), v.attained(r), v.keptIn(r, k.Kept()), paid)
		}
	}
	return paper.Section{Name: "contracts", Title: "Contracts by period", Table: t, Words: []string{
		"Kept in: the share of replications in which the period keeps the promise. A period without a clock keeps and breaks nothing."}}
}

// contractsMet says of each contract how many whole periods keep its promise.
func (v *view) contractsMet() string {
	var parts []string
	for i := range v.Scenario.Contracts {
		k := &v.Scenario.Contracts[i]
		if k.Kept() == 0 {
			continue
		}
		kept, of := make([]float64, v.Replications), make([]float64, v.Replications)
		for _, s := range v.spans(periodOf(k)) {
			if s.Partial {
				continue
			}
			r := v.inSpan(k, s)
			for i, judged := range r.judged {
				if judged > 0 {
					of[i]++
					if keeps(r.late[i], judged, k.Kept()) {
						kept[i]++
					}
				}
			}
		}
		if total(of) > 0 {
			parts = append(parts, fmt.Sprintf("%s in %s of its %ss", format.Clean(k.Name), format.Estimate(v.Ratio(kept, of, v.level), outcome.UnitShare), k.Period))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Promises kept: " + format.List(parts) + "."
}
