package ledger

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/gaming"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Audit is what a report says.
type Audit struct {
	Source string // where the tickets come from
	Tool   string
	Level  float64
	// Held are the promises that the log is held against; the first are those that count, the others are
	// compared with them.
	Held []Held
	// Wall has clocks that nobody has promised anything about: first reply, answers and
	// solution of every ticket, by the clock on the wall.
	Wall   *audit.Ledger
	Habits audit.Habits // of the tickets that the first promises count
	// Flags are the tool's own; nil where there are none.
	Flags *Flagged
	// Gaming are the signals that somebody may play with the clocks.
	Gaming []gaming.Signal
}

// Held are promises and what a log makes of them.
type Held struct {
	Name    string // what they are called
	Own     bool   // their time is that of the scenario
	Ledger  *audit.Ledger
	Unknown map[string][]string // words of the log that they do not know, by what they name
}

// mostBrief is how many rows a terminal shows of a long table unless all are asked for.
const mostBrief = 15

// Document makes the report.
func Document(x *Audit) *paper.Document {
	r := &report{Audit: x, first: x.Held[0].Ledger}
	r.axis = calendar.Axis{Origin: r.first.Scenario.Time.Start}
	names := make([]string, len(x.Held))
	for i, h := range x.Held {
		names[i] = format.Clean(h.Name)
	}
	d := &paper.Document{
		Title: "Audit of " + format.Clean(x.Source),
		Head: strings.Join([]string{
			fmt.Sprintf("tickets created from %s to %s", format.Date(r.axis.At(r.first.From)), format.Date(r.axis.At(r.first.To-1))), r.axis.Origin.Location().String(),
			"held against " + names[0], "judged as of " + format.LocalInstant(r.axis.At(r.first.Until)),
		}, " · "),
		Verdict: r.verdict(),
		Birth:   fmt.Sprintf("audit of %s against %s · %s", format.Clean(x.Source), format.List(names), format.Clean(x.Tool)),
	}
	d.Sections = append(d.Sections, r.attainment())
	for _, c := range []audit.Cut{audit.ByPriority, audit.ByTier, audit.ByChannel, audit.ByTeam, audit.ByAccount, audit.ByMonth, audit.ByWeek} {
		if s, some := r.cut(c); some {
			d.Sections = append(d.Sections, s)
		}
	}
	d.Sections = append(d.Sections, r.times())
	for i := range x.Held[1:] {
		d.Sections = append(d.Sections, r.versus(&x.Held[i+1]))
	}
	d.Sections = append(d.Sections, r.credits()...)
	if x.Flags != nil {
		d.Sections = append(d.Sections, r.agreement()...)
		if len(x.Flags.Limits) > 0 {
			d.Sections = append(d.Sections, r.limits())
		}
	}
	if x.Habits.Any() {
		d.Sections = append(d.Sections, r.arrivals(), r.states())
	}
	if len(x.Gaming) > 0 {
		d.Sections = append(d.Sections, r.gaming()...)
	}
	d.Sections = append(d.Sections, r.uncounted())
	return d
}

// report writes the sections.
type report struct {
	*Audit
	first *audit.Ledger
	axis  calendar.Axis
}

// verdict says in a sentence what was kept.
func (r *report) verdict() string {
	lines := r.first.By(audit.Whole, r.Level)
	unpromised := ""
	for i := range r.Held {
		if text := r.Held[i].unpromised(); text != "" {
			unpromised += " " + text
		}
	}
	if len(lines) == 0 {
		return fmt.Sprintf("Nothing was promised to any of %s.", format.Plural(r.first.Tickets, "ticket", "tickets")) + unpromised
	}
	var words []string
	for _, l := range lines {
		words = append(words, fmt.Sprintf("%s %s", format.Words(l.Metric.String()), kept(l.AsItIs)))
	}
	sentence := fmt.Sprintf("Of %s, kept: %s.", format.Plural(r.first.Tickets, "ticket", "tickets"), format.List(words))
	for _, m := range promisedOf(r.first.Silent, r.first.Scenario.SLA.Policies) {
		sentence += " The log cannot say whether promises of " + format.Words(m.String()) + " were kept."
	}
	return sentence + unpromised
}

// kept is met over judged clocks in words.
func kept(r audit.Record) string {
	if r.Judged == 0 {
		return "of nothing yet"
	}
	return fmt.Sprintf("%s (%s of %s)", format.Percent(float64(r.Met)/float64(r.Judged)), format.Count(float64(r.Met)), format.Count(float64(r.Judged)))
}

var nan = math.NaN()

func left(head string) table.Column { return table.Column{Head: head} }

// unit is a column of numbers with its unit.
func unit(head, of string) table.Column {
	return table.Column{Head: head, Unit: of, Align: table.Right}
}

func count[N int | int64](n N) table.Cell { return table.Num(format.Count(float64(n)), float64(n)) }

// working reports whether any clock of a metric runs on a calendar that closes.
func (r *report) working(m sla.Metric) bool {
	s := r.first.Scenario
	return slices.ContainsFunc(s.SLA.Policies, func(p sla.Policy) bool {
		return !s.Calendars[p.Calendar].Always && slices.ContainsFunc(p.Targets, func(t sla.Target) bool { return t.Metric == m })
	})
}

// latest is a table of periods with the last ones of each metric, where it is long.
func latest(t *table.Table, metrics int, period string) *table.Table {
	if len(t.Rows) <= mostBrief {
		return nil
	}
	each := max(mostBrief/max(metrics, 1), fewestPeriods)
	short := *t
	short.Rows = nil
	most := 0
	for from := 0; from < len(t.Rows); { // the rows of a metric stand together
		to := from
		for to < len(t.Rows) && t.Rows[to][0].Text == t.Rows[from][0].Text {
			to++
		}
		short.Rows = append(short.Rows, t.Rows[max(from, to-each):to]...)
		most = max(most, to-from)
		from = to
	}
	short.Title = fmt.Sprintf("the last %d of %s %s", min(each, most), format.Plural(most, period, period+"s"), paper.WhereAll)
	return &short
}

// brief is a table's first rows where it is long, with a title that says of how many.
func brief(t *table.Table, what string) *table.Table {
	if len(t.Rows) <= mostBrief {
		return nil
	}
	short := *t
	short.Rows = t.Rows[:mostBrief]
	short.Title = fmt.Sprintf("%s %d of %s %s", what, mostBrief, format.Count(float64(len(t.Rows))), paper.WhereAll)
	return &short
}
