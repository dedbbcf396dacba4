package desk

import (
	"strings"

	history "github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// open reads a ticket that is open at the start:
//
//	open NAME AGO CHANNEL HANDLE [...as for a ticket] [taken=AGO] [replied=AGO] [wrote=AGO]
//
// It was created so long before the start, and perhaps taken, replied to, and written to again by its
// customer.
func (p *script) open(w *words) {
	name, ago := w.next(), duration(w.next())
	past := []history.Past{{At: -ago, Kind: ticket.Created, Status: ticket.New, Team: ticket.NoTeam}}
	rest := []string{name, "00:00"}
	for w.more() {
		key, value, _ := strings.Cut(w.list[0], "=")
		e := history.Past{Team: ticket.NoTeam}
		switch key {
		case "taken":
			e.Kind, e.Status = ticket.Started, ticket.Open
		case "replied":
			e.Kind, e.Status = ticket.Replied, ticket.Pending
		case "wrote":
			e.Kind, e.Status = ticket.Message, ticket.Open
			if past[len(past)-1].Status == ticket.New {
				e.Status = ticket.New
			}
		default:
			rest = append(rest, w.next())
			continue
		}
		w.next()
		e.At = -duration(value)
		past = append(past, e)
	}
	p.ticket(&words{rest})
	row := p.rows[len(p.rows)-1]
	p.rows = p.rows[:len(p.rows)-1]
	if len(p.s.Backlog) == 0 {
		p.s.Backlog = []history.Backlog{{Name: "open"}}
	}
	p.s.Backlog[0].Open = append(p.s.Backlog[0].Open, history.Open{ID: row.ID, Class: row.Class, Past: past})
}

// Inherits writes down a ticket that is open at the start.
func (r *recorder) Inherits(t *Ticket, past []arrivals.Past, results []sla.Result) {
	details := []string{t.Status.String(), "created " + short(-past[0].At) + " ago"}
	r.line(0, r.name(t), "is there", append(details, r.results(results)...)...)
	if r.now > 0 || t.Created != past[0].At {
		r.faults = append(r.faults, "an open ticket is told late, or of another age")
	}
}
