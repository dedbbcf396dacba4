// Package trace writes what a single trial was like, ticket by ticket and interval by
// interval, for programs: as Parquet, or as CSV for spreadsheets.
//
// Heads carry units, shares are fractions, instants are RFC 3339 in the scenario's zone, and
// what is missing is empty. A trace is one of the replications behind an outcome: what chance
// did once, not what is to be expected.
package trace

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/parquet"
	"github.com/headroom-sim/headroom/reports/table"
)

// Tickets are the columns of a trace of tickets, one row for each. At says which instant a
// time since the scenario's start is.
func Tickets(rows []outcome.TicketTrace, names *ticket.Names, at func(time.Duration) time.Time) []parquet.Column {
	b := &columns{rows: len(rows)}
	b.word("ticket", func(i int) string { return ticketlog.FormatID(rows[i].ID) })
	b.word("created", func(i int) string { return at(rows[i].Created).Format(time.RFC3339Nano) })
	b.number("created_s", func(i int) float64 { return rows[i].Created.Seconds() })
	b.number("measured", func(i int) float64 { return truth(rows[i].Measured) })
	b.word("channel", func(i int) string { return name(names.Channels, int(rows[i].Class.Channel)) })
	b.word("issue", func(i int) string { return name(names.Issues, int(rows[i].Class.Issue)) })
	b.word("tier", func(i int) string { return name(names.Tiers, int(rows[i].Class.Tier)) })
	b.word("priority", func(i int) string { return name(names.Priorities, int(rows[i].Class.Priority)) })
	b.word("account", func(i int) string {
		if rows[i].Class.Account == ticket.Anonymous {
			return ""
		}
		return name(names.Accounts, int(rows[i].Class.Account))
	})
	b.word("status", func(i int) string { return rows[i].Status.String() })
	b.word("team", func(i int) string {
		if rows[i].Team == ticket.NoTeam {
			return ""
		}
		return name(names.Teams, int(rows[i].Team))
	})
	b.number("answered_after_s", func(i int) float64 { return after(&rows[i], rows[i].Answered) })
	b.number("ended_after_s", func(i int) float64 { return after(&rows[i], rows[i].Ended) })
	b.number("touches", func(i int) float64 { return float64(rows[i].Touches) })
	b.number("reopenings", func(i int) float64 { return float64(rows[i].Reopenings) })
	b.number("hand_offs", func(i int) float64 { return float64(rows[i].HandOffs) })
	for m := range sla.Metrics {
		if promised(rows, m) {
			b.clocks(rows, m)
		}
	}
	return b.out
}

// promised reports whether any ticket has a clock of a metric.
func promised(rows []outcome.TicketTrace, m sla.Metric) bool {
	for i := range rows {
		if k := rows[i].Clocks[m]; k.Judged > 0 || k.Undecided > 0 {
			return true
		}
	}
	return false
}

// clocks adds the columns of a metric: elapsed and target are in working time, of the clock
// that went furthest over its target.
func (b *columns) clocks(rows []outcome.TicketTrace, m sla.Metric) {
	of := func(i int) *outcome.ClockTrace { return &rows[i].Clocks[m] }
	seconds := func(get func(k *outcome.ClockTrace) time.Duration) func(i int) float64 {
		return func(i int) float64 {
			if of(i).Judged == 0 {
				return math.NaN()
			}
			return get(of(i)).Seconds()
		}
	}
	b.number(m.String()+"_clocks", func(i int) float64 { return float64(of(i).Judged) })
	b.number(m.String()+"_late", func(i int) float64 { return float64(of(i).Late) })
	b.number(m.String()+"_undecided", func(i int) float64 { return float64(of(i).Undecided) })
	b.number(m.String()+"_elapsed_s", seconds(func(k *outcome.ClockTrace) time.Duration { return k.Elapsed }))
	b.number(m.String()+"_target_s", seconds(func(k *outcome.ClockTrace) time.Duration { return k.Within }))
}

func after(row *outcome.TicketTrace, at time.Duration) float64 {
	if at < 0 {
		return math.NaN()
	}
	return (at - row.Created).Seconds()
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func name(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i]
}

// Intervals are the columns of a trace of intervals: one row per series and interval. The
// weight is what a value is a share of, such as clocks or agents on shift, so that values can
// be put together by volume; it is 1 where a value stands for itself.
func Intervals(c *outcome.Catalog, r *outcome.Run, interval time.Duration, at func(time.Duration) time.Time) []parquet.Column {
	n := c.Intervals
	b := &columns{rows: len(c.Series) * n}
	series := func(i int) *outcome.Series { return &c.Series[i/max(n, 1)] }
	b.word("series", func(i int) string { return series(i).Name })
	b.word("metric", func(i int) string { return series(i).Labels.Metric })
	b.word("priority", func(i int) string { return series(i).Labels.Priority })
	b.word("tier", func(i int) string { return series(i).Labels.Tier })
	b.word("team", func(i int) string { return series(i).Labels.Team })
	b.word("unit", func(i int) string { return string(series(i).Unit) })
	starts := make([]string, n)
	for i := range starts {
		starts[i] = at(time.Duration(i) * interval).Format(time.RFC3339)
	}
	b.word("interval_start", func(i int) string { return starts[i%n] })
	weight := func(i int) float64 {
		if den := r.Series[i/n].Den; den != nil {
			return den[i%n]
		}
		return 1
	}
	b.number("value", func(i int) float64 {
		if w := weight(i); w > 0 {
			return r.Series[i/n].Num[i%n] / w
		}
		return math.NaN()
	})
	b.number("weight", weight)
	return b.out
}

// columns collects columns of one length.
type columns struct {
	rows int
	out  []parquet.Column
}

func (b *columns) word(head string, of func(i int) string) {
	words := make([]string, b.rows)
	for i := range words {
		words[i] = of(i)
	}
	b.out = append(b.out, parquet.Column{Name: head, Words: words})
}

func (b *columns) number(head string, of func(i int) float64) {
	numbers := make([]float64, b.rows)
	for i := range numbers {
		numbers[i] = of(i)
	}
	b.out = append(b.out, parquet.Column{Name: head, Numbers: numbers})
}

// WriteCSV writes columns as CSV that is safe for spreadsheets.
func WriteCSV(w io.Writer, all []parquet.Column) error {
	out := csv.NewWriter(w)
	record := make([]string, len(all))
	rows := 0
	for k := range all {
		record[k] = all[k].Name
		rows = max(len(all[k].Words), len(all[k].Numbers))
	}
	out.Write(record) // errors stick; see out.Error
	for i := range rows {
		for k := range all {
			if all[k].Words != nil {
				record[k] = table.Safe(all[k].Words[i])
			} else {
				record[k] = table.Number(all[k].Numbers[i])
			}
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}

// Writer is how a file of a name is written, by its extension.
func Writer(path string) (func(io.Writer, []parquet.Column) error, error) {
	switch filepath.Ext(path) {
	case ".parquet":
		return func(w io.Writer, all []parquet.Column) error { return parquet.Write(w, "trace", all) }, nil
	case ".csv":
		return WriteCSV, nil
	}
	return nil, fmt.Errorf("%q is neither .parquet nor .csv", path)
}
