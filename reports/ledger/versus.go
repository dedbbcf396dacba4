package ledger

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// versus is what another promise would have made of the same tickets.
func (r *report) versus(h *Held) paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), unit("tickets", ""), unit("late", ""), unit("would be late", ""), unit("kept, would be late", ""), unit("late, would be kept", ""),
		unit("change of the late rate", "share"), unit("promised by one only", ""),
	}}
	var differ []sla.Metric
	for _, v := range audit.Compare(r.first, h.Ledger, r.Level) {
		if v.ToLate+v.ToMet > 0 {
			differ = append(differ, v.Metric)
		}
		change := table.Num(format.Difference(v.Change, outcome.UnitShare), v.Change.Value, doubts(v.Change.Estimate)...)
		if v.ToLate == 0 && v.ToMet == 0 {
			change.Text = format.Same
		}
		t.Add(table.Text(format.Words(v.Metric.String())), count(v.Both), count(v.LateA), count(v.LateB), count(v.ToLate), count(v.ToMet), change, count(v.OnlyA+v.OnlyB))
	}
	return paper.Section{Name: "versus-" + h.Name, Title: "What " + format.Clean(h.Name) + " would have made of it", Table: t, Pictures: r.apart(h, differ), Words: []string{
		fmt.Sprintf("The same tickets, as they were handled, judged by %s and not by %s: people might have worked differently had it been in force. Each ticket is compared with itself; it is late if any round of its clock is. "+
			"The change is of the tickets that both judge.", format.Clean(h.Name), format.Clean(r.Held[0].Name))}}
}

// credits are what the contracts would pay, by each of the promises.
func (r *report) credits() []paper.Section {
	if len(r.first.Scenario.Contracts) == 0 {
		return nil
	}
	currency := r.first.Scenario.Currency
	t := &table.Table{Columns: []table.Column{
		left("contract"), left("by"), left("period"), unit("clocks", ""), unit("attained", "share"), unit("promised", "share"), unit("credit, "+currency, ""), unit("if all open ends late", ""),
	}}
	for _, h := range r.Held {
		for _, k := range h.Ledger.Settle() {
			var clocks, worst int64
			for i := range k.Lines {
				l := &k.Lines[i]
				met, judged := l.Counts()
				clocks += judged
				worst += l.Worst.Credit.Minor
				name := table.Text(l.Name)
				if l.Partial {
					name.Notes = []string{"Not a whole period: only the part within the audited time is counted, and the credit is no forecast of what it pays."}
				}
				t.Add(table.Text(k.Name), table.Text(h.Name), name, count(judged), shareCell(met, judged), promised(k.Contract), amount(l.Due.Credit), amount(l.Worst.Credit))
			}
			if len(k.Lines) > 1 {
				t.Add(table.Text(k.Name), table.Text(h.Name), table.Text("all"), count(clocks), table.Num("", nan), promised(k.Contract), amount(k.Total), amount(contract.Money{Minor: worst, Currency: currency}))
			}
		}
	}
	return []paper.Section{{Name: "credits", Title: "What contracts pay", Table: t, Brief: brief(t, "the first"), Words: []string{
		"With the scenario's exceptions applied. A credit is worked out from counts, period by period, as the contract has it."}}}
}

func shareCell(met, judged int64) table.Cell {
	if judged == 0 {
		return table.Num(format.Missing, nan)
	}
	x := float64(met) / float64(judged)
	return table.Num(format.Percent(x), x)
}

// promised is the share that a contract promises; several levels have none together.
func promised(k *contract.Contract) table.Cell {
	l := &k.Levels[0]
	if len(k.Levels) > 1 || l.Measure != contract.Attained {
		return table.Num(format.Missing, nan)
	}
	return table.Num(format.Percent(l.Target.Float()), l.Target.Float())
}

func amount(m contract.Money) table.Cell { return table.Num(format.Money(m.Float(), ""), m.Float()) }
