package calibration

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// head says what was compared.
func head(r *backtest.Report) string {
	first, last := r.Splits[0], r.Splits[len(r.Splits)-1]
	days := backtest.Window{From: first.Test.From, Until: last.Test.Until}.Days()
	how := "forecast without having seen them"
	if n := len(r.Splits); n > 1 {
		how += fmt.Sprintf(", from %d origins", n)
	}
	return fmt.Sprintf("%s: %s from %v to %v (%s), %s, held against the %s that came", format.Clean(r.Log), format.Plural(days, "day", "days"), first.Test.From, last.Test.Until, r.Zone, how,
		format.Plural(r.Tickets, "ticket", "tickets"))
}

// Coverage is how many days lay within their intervals, by measure.
func Coverage(w *backtest.Way) *table.Table {
	t := &table.Table{Title: "Do the intervals hold, with " + w.Name + "?", Columns: []table.Column{
		{Head: "measure"}, {Head: "days", Align: table.Right}, {Head: "within 50" + format.Thin + "%", Align: table.Right}, {Head: "within 80" + format.Thin + "%", Align: table.Right},
		{Head: "within 95" + format.Thin + "%", Align: table.Right}, {Head: "a right model", Align: table.Right}, {Head: "finding"},
	}}
	for _, x := range w.Tracks {
		row := []table.Cell{table.Text(x.Measure.String()), table.Num(format.Count(float64(len(x.Days))), float64(len(x.Days)))}
		for _, c := range x.Coverage {
			row = append(row, table.Num(format.Count(float64(c.Inside)), float64(c.Inside)))
		}
		c := widest(x)
		row = append(row, table.Text(fmt.Sprintf("%d–%d", c.Low, c.High)), table.Text(finding(x)))
		t.Add(row...)
	}
	return t
}

// Promises holds what was kept of each promise of a policy against what the simulation keeps.
func Promises(w *backtest.Way) *table.Table {
	t := &table.Table{Title: "What was kept of the promises, with " + w.Name + "?", Columns: []table.Column{
		{Head: "promise"}, {Head: "priority"}, {Head: "clocks", Align: table.Right}, {Head: "late", Align: table.Right}, {Head: "simulated", Align: table.Right},
		{Head: "95" + format.Thin + "% of the trials", Align: table.Right}, {Head: "finding"},
	}}
	for i := range w.Promises {
		k := &w.Promises[i]
		t.Add(table.Text(format.Words(k.Metric.String())), table.Text(k.Priority), table.Num(format.Count(float64(k.Clocks)), float64(k.Clocks)), table.Num(percent(k.Share), k.Share),
			table.Num(sharing(k.Median, percent), k.Median), table.Text(sharing(k.Low, percent)+" – "+sharing(k.High, percent)), table.Text(keeping(k)))
	}
	return t
}

// keeping is the finding about a promise, in few words.
func keeping(k *backtest.Keeping) string {
	switch {
	case k.Inside():
		return "as forecast"
	case k.Share > k.High:
		return "more were late than forecast"
	case k.Share < k.Low:
		return "fewer were late than forecast"
	}
	return "nothing was forecast"
}

// tables are those of a way.
func tables(w *backtest.Way) (list []*table.Table) {
	for _, t := range []*table.Table{Coverage(w), Promises(w), Methods(w)} {
		if len(t.Rows) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// Methods compares the simulation with other ways to forecast, by measure.
func Methods(w *backtest.Way) *table.Table {
	t := &table.Table{Title: "How good were the forecasts, with " + w.Name + "?", Columns: []table.Column{
		{Head: "measure"}, {Head: "method"}, {Head: "days", Align: table.Right}, {Head: "bias", Align: table.Right}, {Head: "error of the median", Align: table.Right},
		{Head: "scaled error", Align: table.Right}, {Head: "CRPS", Align: table.Right}, {Head: "the simulation is better by", Align: table.Right},
	}}
	for _, x := range w.Tracks {
		for i := range x.Scores {
			s := &x.Scores[i]
			better := format.Missing
			if s.Method != backtest.Simulation {
				better = skill(s)
			}
			t.Add(table.Text(x.Measure.String()), table.Text(s.Method), table.Num(format.Count(float64(s.Days)), float64(s.Days)),
				table.Num(sharing(s.Bias, signed), s.Bias), table.Num(sharing(s.WAPE, percent), s.WAPE), table.Num(format.Value(s.MASE, ""), s.MASE),
				table.Num(format.Value(s.CRPS, x.Measure.Unit()), s.CRPS), table.Num(better, s.Skill.Value))
		}
	}
	return t
}

func sharing(x float64, write func(float64) string) string {
	if x != x {
		return format.Missing
	}
	return write(x)
}

const explained = "A right model: within how many 95" + format.Thin + "% intervals the days would lie in 95 of 100 logs, days that hang together included. " +
	"Error of the median: absolute errors over the sum of what came; scaled: over those of the same weekday a week before, within the history. " +
	"CRPS: the pinball loss over all quantiles, so that sharp and honest intervals score best. Better by: how much lower the simulation's CRPS is, paired by week. " +
	"Erlang's formulas are given the same tickets, people and agent times hour by hour; 0 days: they have no answer, since there is more work than people in the hours in question."

// Text writes the report for a terminal.
func Text(w io.Writer, r *backtest.Report, style table.Style) error {
	if err := table.Paragraph(w, head(r), style, 2); err != nil {
		return err
	}
	var notes table.Notes
	for i := range r.Ways {
		way := &r.Ways[i]
		fmt.Fprintln(w)
		if err := table.Paragraph(w, Verdict(way), style, 2); err != nil {
			return err
		}
		for _, t := range tables(way) {
			fmt.Fprintln(w)
			if err := t.WriteText(w, style, &notes); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(w)
	for _, text := range append([]string{explained}, doubts(r)...) {
		if err := table.Paragraph(w, "- "+text, style, 2); err != nil {
			return err
		}
	}
	return nil
}

// doubts are what limits the comparison.
func doubts(r *backtest.Report) []string {
	var list []string
	for _, g := range r.Gaps {
		list = append(list, "Not in the log: "+g.What+"; "+g.Fill)
	}
	return append(list, r.Notes...)
}

// Markdown writes the report as a page.
func Markdown(w io.Writer, r *backtest.Report) error {
	fmt.Fprintf(w, "%s\n", table.Markdown(head(r)))
	var notes table.Notes
	for i := range r.Ways {
		way := &r.Ways[i]
		fmt.Fprintf(w, "\n**%s**\n", table.Markdown(Verdict(way)))
		for _, t := range tables(way) {
			fmt.Fprintln(w)
			if err := t.WriteMarkdown(w, &notes); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(w)
	for _, text := range append([]string{explained}, doubts(r)...) {
		if _, err := fmt.Fprintf(w, "- %s\n", table.Markdown(text)); err != nil {
			return err
		}
	}
	return nil
}
