package eventlog

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/intake"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readFlag reads what a column of flags means, such as "resolution kept" or "first_reply late".
func readFlag(column string, v yamltree.Value) (Flag, bool) {
	text, ok := v.Text("a metric and what true means of it, such as resolution kept")
	if !ok {
		return Flag{}, false
	}
	word, means, _ := strings.Cut(text, " ")
	metric, known := sla.ParseMetric(word)
	switch {
	case !known:
		v.Failf(yamltree.Suggest(word, sla.MetricNames()), "%q is no metric", word)
		return Flag{}, false
	case means != "kept" && means != "late":
		v.Failf("say what true means in the column: "+word+" kept, or "+word+" late", "%q does not say what true means", text)
		return Flag{}, false
	}
	return Flag{Column: column, Metric: metric, Kept: means == "kept"}, true
}

var (
	yes = []string{"true", "1", "yes", "y", "t"}
	no  = []string{"false", "0", "no", "n", "f"}
)

// NoFlags is a file without a column of flags that the mapping names.
var NoFlags = &intake.Oddity{Name: "no flags", Text: "columns that would say what the source thinks of its promises, and are not there", Done: "nothing is compared with them", Harmless: true}

// flag is a column of flags while a file is read.
type flag struct {
	Flag
	column int         // -1 for one that the file does not have
	latest intake.Mark // of the rows of a ticket that stand together; without a ticket if there is none
	at     intake.Place
}

// mark takes what the row says of promises. The latest row of a ticket counts, so of rows that stand together one is
// told.
func (p *plan) mark(cells [][]byte, number int) error {
	f := &p.fact
	for i := range p.flags {
		c := &p.flags[i]
		word := p.text(cells, c.column)
		if word == "" {
			continue
		}
		says := strings.ToLower(word)
		if !slices.Contains(yes, says) && !slices.Contains(no, says) {
			p.unknown(c.Column, word, number)
			continue
		}
		if c.latest.Ticket != f.Ticket || f.At.Before(c.latest.At) {
			if err := p.tell(c); err != nil {
				return err
			}
		}
		c.latest = intake.Mark{Ticket: f.Ticket, Metric: c.Metric, Kind: intake.Stands, Kept: slices.Contains(yes, says) == c.Kept, At: f.At}
		c.at = p.place(number)
	}
	return nil
}

// tell tells the intake of the latest flag of a column.
func (p *plan) tell(c *flag) error {
	if c.latest.Ticket == "" {
		return nil
	}
	m := c.latest
	c.latest.Ticket = ""
	return p.in.Mark(&m, c.at)
}

// tellAll tells the intake of the latest flags.
func (p *plan) tellAll() error {
	for i := range p.flags {
		if err := p.tell(&p.flags[i]); err != nil {
			return err
		}
	}
	return nil
}

// optional reports whether a column is read for flags alone.
func (p *plan) optional(column int) bool {
	for _, other := range append(append([]int{p.ticket, p.at, p.opened, p.status, p.event}, p.attributes[:]...), p.times...) {
		if other == column {
			return false
		}
	}
	return true
}

// without says that the file does not have a column of flags.
func (p *plan) without(column int) {
	for i := range p.flags {
		if p.flags[i].column == column {
			p.flags[i].column = -1
		}
	}
	p.in.Odd(NoFlags, p.columns[column], p.place(1))
}
