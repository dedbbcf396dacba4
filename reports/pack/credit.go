package pack

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// settled says in a sentence what was attained under a contract, and what is due.
func settled(k *audit.Settlement) string {
	paying, missed := 0, 0
	var met, judged int64
	for i := range k.Lines {
		due := &k.Lines[i].Due
		if due.Credit.Minor > 0 {
			paying++
		}
		if due.Missed {
			missed++
		}
		m, n := k.Lines[i].Counts()
		met, judged = met+m, judged+n
	}
	periods := format.Plural(len(k.Lines), "period", "periods")
	due := "no credit is due"
	switch {
	case paying > 0:
		due = fmt.Sprintf("%s of credit are due, for %d of %s", money(k.Total), paying, periods)
	case missed > 0:
		due += fmt.Sprintf(", though a promise was missed in %d of %s", missed, periods)
	}
	if len(k.Levels) > 1 {
		return fmt.Sprintf("%s: of %s one or more were missed in %d of %s; %s.", format.Clean(k.Name), format.Plural(len(k.Levels), "level", "levels"), missed, periods, due)
	}
	l := &k.Levels[0]
	return fmt.Sprintf("%s: %s of %s attained (%s of %s), %s promised per %s; %s.", format.Clean(k.Name), attained(met, judged).Text,
		format.Words(l.Metric.String()), format.Count(float64(met)), format.Count(float64(judged)), promise(l), k.Period, due)
}

// promise is what a level promises, without its metric where that has been said.
func promise(l *contract.Level) string {
	if l.Measure == contract.Attained && l.Within == 0 {
		return share(l.Target)
	}
	return format.Words(l.Promise())
}

// credit is the working of a contract: a line for each period, and of several levels for each of them.
func (p *statement) credit(k *audit.Settlement) paper.Section {
	several := len(k.Levels) > 1
	t := &table.Table{Columns: []table.Column{left("period")}}
	if several {
		t.Columns = append(t.Columns, left("level"))
	}
	currency := k.Fee.Currency
	t.Columns = append(t.Columns, unit("clocks", ""), unit("met", ""), unit("attained", "share"), unit("short by", "share"), unit("steps", ""), unit("counted", ""),
		unit("of the fee", "share"), left("cap"), unit(format.InUnit("fee", currency), currency), unit(format.InUnit("credit", currency), currency))
	for i := range k.Lines {
		p.settledPeriod(t, k, &k.Lines[i])
	}
	if len(k.Lines) > 1 {
		p.sum(t, "total", k.Total, several)
	}
	words := []string{terms(k)}
	if k.Others {
		words = append(words, "This contract covers tickets of other accounts too, and all of them count in its lines.")
	}
	if p.excuses() {
		words = append(words, fmt.Sprintf("With exceptions applied; without them the credit would be %s.", money(k.Plain)))
	}
	return paper.Section{Name: "credit-" + k.Name, Title: "Credit of contract " + format.Clean(k.Name), Words: words, Table: t}
}

// terms says what the contract promises and pays.
func terms(k *audit.Settlement) string {
	var b strings.Builder
	if len(k.Levels) == 1 {
		l := &k.Levels[0]
		what := promise(l)
		if l.Measure == contract.Attained && l.Within == 0 {
			what += " of " + format.Words(l.Metric.String())
		}
		fmt.Fprintf(&b, "%s per %s; the fee is %s per month. Credit: %s.", what, k.Period, money(k.Fee), format.Clean(k.Words()))
		return b.String()
	}
	fmt.Fprintf(&b, "The fee is %s per month, levels are judged per %s.", money(k.Fee), k.Period)
	for i := range k.Levels {
		l := &k.Levels[i]
		fmt.Fprintf(&b, " %s: %s; %s.", format.Clean(l.Title()), format.Words(l.Promise()), l.Words())
	}
	if words := k.Terms(); words != "" {
		fmt.Fprintf(&b, " Together: %s.", words)
	}
	return b.String()
}

// settledPeriod adds the lines of a period.
func (p *statement) settledPeriod(t *table.Table, k *audit.Settlement, l *audit.Line) {
	several := len(k.Levels) > 1
	name := table.Cell{Text: l.Name, Number: nan, Notes: p.notes(k, l)}
	for j := range l.Due.Levels {
		w := &l.Due.Levels[j]
		row := []table.Cell{name}
		limit, credit := "", w.Credit
		switch {
		case w.Capped:
			limit = "at most " + share(k.Levels[j].Cap)
		case several:
		default:
			limit = limited(k.Contract, l.Due.Limit)
		}
		if several {
			row = append(row, table.Cell{Text: k.Levels[j].Title(), Number: nan, Notes: levelNotes(&k.Levels[j], w)})
		} else {
			row[0].Notes = append(row[0].Notes, levelNotes(&k.Levels[j], w)...)
			credit = l.Due.Credit
		}
		t.Add(append(row, append(working(&k.Levels[j], w), table.Text(limitOr(limit)), amount(w.Fee), amount(credit))...)...)
		name = table.Text("")
	}
	if several {
		p.sum(t, "", l.Due.Credit, true)
		row := t.Rows[len(t.Rows)-1]
		row[1] = table.Text("together")
		row[len(row)-3] = table.Text(limitOr(limited(k.Contract, l.Due.Limit)))
	}
	if back := l.Due.EarnedBack; back.Minor > 0 {
		p.sum(t, "earned back", contract.Money{Minor: -back.Minor, Currency: back.Currency}, several)
	}
}

func limitOr(text string) string {
	if text == "" {
		return format.Missing
	}
	return text
}

// limited says which limit of the contract made a credit less.
func limited(k *contract.Contract, l contract.Limit) string {
	switch l {
	case contract.NoLimit:
		return ""
	case contract.LimitCap:
		return "at most " + share(k.Cap)
	case contract.LimitPool:
		return "at most " + share(k.Pool) + ", the pool"
	case contract.LimitYear:
		return "at most " + share(k.YearCap) + " of the year"
	default:
		return "below " + money(k.Least)
	}
}

// sum adds a line that has nothing but a name and an amount.
func (p *statement) sum(t *table.Table, name string, m contract.Money, several bool) {
	row := make([]table.Cell, len(t.Columns))
	for i := range row {
		row[i] = table.Num("", nan)
	}
	row[0], row[len(row)-1] = table.Text(name), amount(m)
	if several {
		row[1] = table.Text("")
	}
	t.Add(row...)
}

// notes are what is to be said of a period.
func (p *statement) notes(k *audit.Settlement, l *audit.Line) []string {
	var notes []string
	if l.Partial {
		notes = append(notes, partialNote)
	}
	if l.Worst.Credit.Minor > l.Due.Credit.Minor {
		notes = append(notes, fmt.Sprintf("If the %s still undecided end late, the credit is %s.", format.Plural(int(l.Undecided), "clock", "clocks"), money(l.Worst.Credit)))
	}
	if l.Due.Points > 0 {
		notes = append(notes, format.Plural(int(l.Due.Points), "point", "points")+" of all levels together.")
	}
	if k.ClaimWithin > 0 && l.Due.Credit.Minor > 0 {
		last := p.axis.At(l.To).AddDate(0, 0, k.ClaimWithin).Add(-time.Minute)
		notes = append(notes, "To be claimed by "+format.Date(last)+".")
	}
	if l.Due.Exit {
		notes = append(notes, fmt.Sprintf("The customer may terminate: at least %s within %d.", format.Plural(k.Exit.Misses, "missed period", "missed periods"), k.Exit.Periods))
	}
	return notes
}

// levelNotes are what is to be said of a level in a period.
func levelNotes(l *contract.Level, w *contract.Working) []string {
	var notes []string
	if w.Few {
		notes = append(notes, fmt.Sprintf("Fewer than %s: not judged.", format.Plural(int(l.MinVolume), "clock", "clocks")))
	}
	if w.Repeat > 1 {
		notes = append(notes, fmt.Sprintf("Miss number %d within %d periods.", w.Repeat, l.Repeats.Window))
	}
	if w.Points > 0 {
		notes = append(notes, format.Plural(int(w.Points), "point", "points")+".")
	}
	if w.Flat > 0 {
		notes = append(notes, "Penalties of single tickets, added up.")
	}
	return notes
}

// working are the cells of a credit, as one follows from the other.
func working(l *contract.Level, w *contract.Working) []table.Cell {
	cells := []table.Cell{count(w.Judged), count(w.Met), attained(w.Met, w.Judged)}
	none := table.Num(format.Missing, nan)
	switch {
	case w.Judged == 0 || w.Few:
		return append(cells, none, none, none, none)
	case !w.Missed:
		return append(cells, table.Num("0", 0), table.Num(format.Missing, 0), table.Num(format.Missing, 0), table.Num(format.Missing, 0))
	}
	short, _ := w.Shortfall.Float64()
	switch l.Measure {
	case contract.Mean, contract.Percentile:
		cells = append(cells, none) // what is missing is a time
	default:
		cells = append(cells, table.Num(strings.TrimSuffix(percent(w.Shortfall), "%")+"pp", short))
	}
	number := func(x *big.Rat, text string) table.Cell {
		if x.Sign() == 0 {
			return none
		}
		f, _ := x.Float64()
		return table.Num(text, f)
	}
	return append(cells, number(w.Steps, decimals(w.Steps)), number(w.Counted, decimals(w.Counted)), number(w.Share, percent(w.Share)))
}
