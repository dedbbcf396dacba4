package pack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// FromOutcome makes the pack of an account in an outcome: what all replications say together,
// with intervals. Single tickets are in no outcome.
func FromOutcome(x *outcome.Experiment, account string) *paper.Document {
	s := &x.Scenario
	p := &aggregate{Experiment: x, account: account, start: x.Local(0)}
	begin, end := p.start.Add(s.Warmup), p.start.Add(s.Length)
	d := &paper.Document{
		Title: "Compliance pack for " + format.Clean(account),
		Head: format.Join(s.Name, fmt.Sprintf("tickets created from %s to %s", format.Date(begin), format.Moment(end)), s.Zone,
			"an outcome of "+format.Plural(x.Replications, "replication", "replications")),
		Verdict: p.verdict(),
		Birth:   format.Join(s.Name, "scenario "+format.Short(s.Digest), fmt.Sprintf("seed %d", x.Seed), format.Plural(x.Replications, "replication", "replications"), x.Tool),
	}
	d.Sections = append(d.Sections, p.attainment())
	for i := range s.Contracts {
		if k := &s.Contracts[i]; p.concerns(k) {
			d.Sections = append(d.Sections, p.credit(k))
		}
	}
	d.Sections = append(d.Sections, p.breaches(), p.exclusions(), p.open())
	return d
}

type aggregate struct {
	*outcome.Experiment
	account string
	start   time.Time // in the scenario's zone
}

// concerns reports whether a contract is one with the account.
func (p *aggregate) concerns(k *outcome.Contract) bool {
	return k.Name == p.account || slices.Contains(k.Accounts, p.account)
}

// met is the share of clocks that a breach rate leaves, as a ratio of totals.
func (p *aggregate) met(m *outcome.Measure) table.Cell {
	met := make([]float64, len(m.Num))
	for r := range met {
		met[r] = m.Den[r] - m.Num[r]
	}
	e := p.Ratio(met, m.Den, p.Level())
	return table.Estimated(e, outcome.UnitShare)
}

// perReplication is a mean count.
func (p *aggregate) perReplication(xs []float64) table.Cell {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	mean := sum / float64(max(p.Replications, 1))
	return table.Num(format.Value(mean, outcome.UnitClocks), mean)
}

func (p *aggregate) cell(name string, l outcome.Labels) table.Cell {
	m, ok := p.Measure(name, l)
	if !ok {
		return table.Num(format.Missing, nan)
	}
	return table.Estimated(m.Estimate, m.Unit)
}

func (p *aggregate) verdict() string {
	var words []string
	for i := range p.Scenario.Contracts {
		k := &p.Scenario.Contracts[i]
		if !p.concerns(k) {
			continue
		}
		l := outcome.Labels{Contract: k.Name}
		tail := l
		tail.Quantile = outcome.TailCVaR95
		words = append(words, fmt.Sprintf("%s: %s of all clocks met, %s promised per %s; the credit is %s %s on average, and %s in the worst twentieth of all replications.",
			format.Clean(k.Name), p.cell(outcome.Attainment, l).Text, format.Promise(k), k.Period,
			p.cell(outcome.Credit, l).Text, format.Clean(p.Scenario.Currency), p.cell(outcome.Credit, tail).Text))
	}
	if len(words) == 0 {
		return "No contract is with this account."
	}
	out := words[0]
	for _, w := range words[1:] {
		out += " " + w
	}
	return out
}

func (p *aggregate) attainment() paper.Section {
	s := paper.Section{Name: "attainment", Title: "What was attained", Words: []string{
		"Counts are means over replications; attained is met over clocks of all replications together. A ticket belongs to the period in which it was created."}}
	t := &table.Table{Columns: []table.Column{left("metric"), left("period"), unit("clocks", ""), unit("late", ""), unit("attained", "share")}}
	add := func(m *outcome.Measure, period string) {
		t.Add(table.Text(format.Words(m.Labels.Metric)), table.Text(period), p.perReplication(m.Den), p.perReplication(m.Num), p.met(m))
	}
	months := false
	month := func(period string) bool { return len(period) == len("2026-11") && !strings.Contains(period, "Q") }
	for i := range p.Measures {
		m := &p.Measures[i]
		if m.Name != outcome.BreachRate || m.Labels != (outcome.Labels{Metric: m.Labels.Metric, Account: p.account}) {
			continue
		}
		for j := range p.Measures {
			by := &p.Measures[j]
			if by.Name == outcome.BreachByPeriod && by.Labels.Metric == m.Labels.Metric && by.Labels.Account == p.account && month(by.Labels.Period) {
				months = true
				add(by, by.Labels.Period)
			}
		}
		add(m, "all")
	}
	if len(t.Rows) == 0 {
		s.Words = []string{"The outcome counts no clocks of this account apart from those of everybody: either all tickets are its own, or none is promised anything."}
		return s
	}
	if !months {
		s.Words = append(s.Words, "The outcome has no months of this account: they are counted of accounts that a contract names, and of all where there are no more than two hundred. "+
			"The log of a replication has them: "+p.fromLog())
	}
	s.Table = t
	return s
}

func (p *aggregate) credit(k *outcome.Contract) paper.Section {
	currency := p.Scenario.Currency
	t := &table.Table{Columns: []table.Column{
		left("period"), unit("clocks", ""), unit("attained", "share"), unit("pays in", "share"), unit(format.InUnit("credit, mean", currency), currency),
	}}
	for i := range p.Measures {
		m := &p.Measures[i]
		if m.Name != outcome.Attainment || m.Labels.Contract != k.Name || m.Labels.Period == "" {
			continue
		}
		pays := table.Num(format.Missing, nan)
		if c, ok := p.Measure(outcome.Credit, m.Labels); ok && len(c.Num) > 0 {
			n := 0
			for _, x := range c.Num {
				if x > 0 {
					n++
				}
			}
			share := float64(n) / float64(len(c.Num))
			pays = table.Num(format.Percent(share), share)
		}
		t.Add(table.Text(m.Labels.Period), p.perReplication(m.Den), table.Estimated(m.Estimate, m.Unit), pays, p.cell(outcome.Credit, m.Labels))
	}
	l := outcome.Labels{Contract: k.Name}
	all := []table.Cell{table.Text("all"), table.Num("", nan), p.cell(outcome.Attainment, l), p.cell(outcome.PayRate, l), p.cell(outcome.Credit, l)}
	if m, ok := p.Measure(outcome.Attainment, l); ok {
		all[1] = p.perReplication(m.Den)
	}
	t.Add(all...)
	p95, cvar := l, l
	p95.Quantile, cvar.Quantile = outcome.TailP95, outcome.TailCVaR95
	words := []string{
		fmt.Sprintf("%s per %s; the fee is %s per month. Credit: %s.", format.Promise(k), k.Period, format.Money(k.Fee, currency), format.Clean(k.Scheme)),
		fmt.Sprintf("Credit of the whole time: P95 %s, CVaR95 %s %s. Pays in: the share of replications in which the period pays.", p.cell(outcome.Credit, p95).Text, p.cell(outcome.Credit, cvar).Text, format.Clean(currency)),
	}
	if m, ok := p.Measure(outcome.CreditAdjusted, l); ok {
		words = append(words, fmt.Sprintf("With exceptions applied: attained %s, credit %s on average.",
			p.cell(outcome.AttainmentAdjusted, l).Text, format.Estimate(m.Estimate, m.Unit)))
	}
	return paper.Section{Name: "credit-" + k.Name, Title: "Credit of contract " + format.Clean(k.Name), Words: words, Table: t}
}

func (p *aggregate) breaches() paper.Section {
	return paper.Section{Name: "breaches", Title: "Broken promises", Words: []string{
		"An outcome counts breaches and knows no single tickets. The list with causes, and the credit line by line, come from the log of a replication: " + p.fromLog()}}
}

// fromLog says how to come to what only a log has.
func (p *aggregate) fromLog() string {
	return "headroom run SCENARIO --log FILE, then headroom report FILE --scenario SCENARIO --account " + format.Clean(p.account) + "."
}

func (p *aggregate) exclusions() paper.Section {
	s := paper.Section{Name: "exclusions", Title: "What was excluded or relaxed"}
	if w := p.Scenario.Warmup; w > 0 {
		s.Words = append(s.Words, "Tickets created in the first "+format.Stated(w)+", the warm-up, count nowhere.")
	}
	t := &table.Table{Columns: []table.Column{left("name"), left("does"), left("from"), left("until"), left("for"), left("reason"), left("approved by"), unit("clocks", "clocks"), unit("late and excused", "clocks")}}
	at := func(x outcome.Exception) (from, until table.Cell) {
		return table.Text(format.Clock(p.start.Add(x.From))), table.Text(format.Clock(p.start.Add(x.Until)))
	}
	everybody := false
	for _, e := range p.Scenario.Exceptions {
		from, until := at(e)
		l := outcome.Labels{Exception: e.Name, Account: p.account}
		if _, ok := p.Measure(outcome.Touched, l); !ok {
			everybody, l.Account = true, ""
		}
		t.Add(table.Text(e.Name), table.Text(format.Words(e.Do)), from, until, table.Text(e.Affects), table.Text(e.Reason), table.Text(e.ApprovedBy),
			p.cell(outcome.Touched, l), p.cell(outcome.Excused, l))
	}
	for _, r := range p.Scenario.Relaxations {
		from, until := at(outcome.Exception{From: r.From, Until: r.Until})
		t.Add(table.Text(r.Name), table.Text("longer promises: "+format.Words(format.List(r.Promises))), from, until, table.Text(r.Affects))
	}
	if len(t.Rows) > 0 {
		s.Table = t
		words := "Counted are the clocks of this account's tickets that are affected."
		if everybody {
			words = "The program that wrote the outcome did not count them by account: counted are the clocks of all tickets that are affected, whose ever they are. " +
				"A new run has those of the account, and so has the log of a replication: " + p.fromLog()
		}
		s.Words = append(s.Words, words)
	}
	if len(s.Words) == 0 {
		s.Words = []string{"Nothing."}
	}
	return s
}

func (p *aggregate) open() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), unit("late and still open", "clocks"), unit("open, not yet due", "clocks")}}
	for i := range p.Measures {
		m := &p.Measures[i]
		if m.Name == outcome.Overdue && m.Labels == (outcome.Labels{Metric: m.Labels.Metric, Account: p.account}) {
			t.Add(table.Text(format.Words(m.Labels.Metric)), table.Estimated(m.Estimate, m.Unit), p.cell(outcome.Undecided, m.Labels))
		}
	}
	s := paper.Section{Name: "open", Title: "What is still open", Words: []string{"Means over replications, at the end of the measured time. What is late counts as such; what is not yet due is not judged."}}
	if len(t.Rows) > 0 {
		s.Table = t
	}
	return s
}
