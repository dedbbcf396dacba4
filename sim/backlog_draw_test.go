package sim_test

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
)

// backlog is up to two lots of tickets that are open at the start, in place of a warm-up: so
// many that are drawn, or single ones with pasts of all kinds.
func (d draw) backlog(s *model.Scenario) {
	for _, name := range []string{"old", "older"}[:d.int("backlogs", 0, 2)] {
		s.Time.Warmup = 0
		b := demand.Backlog{Name: name, Stream: d.int("backlog of", 0, len(s.Streams)-1)}
		if d.yes("single ones") {
			for i := range d.int("open", 1, 12) {
				b.Open = append(b.Open, d.open(s, ticket.ID(1<<62+len(s.Backlog)<<40+i), s.Streams[b.Stream].Channel))
			}
			s.Backlog = append(s.Backlog, b)
			continue
		}
		b.Tickets = d.int("open tickets", 0, 60)
		b.Waits = pick(d, "waits for", demand.FirstReply, demand.Answer, demand.Customer)
		b.Age = exponential(3600 * d.tenths("age", 1, 400))
		if d.yes("since") {
			b.Since = exponential(3600 * d.tenths("waits since", 1, 100))
		}
		if d.yes("of one issue") {
			b.Issues = []demand.IssueShare{{Issue: ticket.Issue(d.int("issue of the backlog", 0, len(s.Issues)-1)), Share: 1}}
		}
		if d.yes("of one tier") {
			b.Tiers = []demand.TierShare{{Tier: ticket.Tier(d.int("tier of the backlog", 0, 1)), Share: 1}}
		}
		s.Backlog = append(s.Backlog, b)
	}
}

// open is one open ticket with a past.
func (d draw) open(s *model.Scenario, id ticket.ID, channel ticket.Channel) demand.Open {
	issue := ticket.Issue(d.int("open issue", 0, len(s.Issues)-1))
	o := demand.Open{ID: id, Class: ticket.Class{
		Channel: channel, Issue: issue, Tier: ticket.Tier(d.int("open tier", 0, 1)),
		Priority: s.Issues[issue].Priority, Account: ticket.Anonymous,
	}}
	at := -d.hours("open since", 1, 90)
	tell := func(kind ticket.EventKind, status ticket.Status) {
		o.Past = append(o.Past, demand.Past{At: at, Kind: kind, Status: status, Team: ticket.NoTeam})
		at += time.Duration(float64(-at) * d.tenths("goes on", 0, 9))
	}
	status := ticket.New
	tell(ticket.Created, status)
	for range d.int("events", 0, 8) {
		switch {
		case status == ticket.Pending && d.yes("is closed"):
			status = ticket.Solved
			tell(ticket.StatusSet, status)
		case status >= ticket.Pending:
			status = ticket.Open
			tell(ticket.Message, status)
		case status == ticket.New || d.yes("taken"):
			status = ticket.Open
			tell(ticket.Started, status)
		case d.yes("solves"):
			status = ticket.Solved
			tell(ticket.Replied, status)
		default:
			status = ticket.Pending
			tell(ticket.Replied, status)
		}
	}
	if status == ticket.Solved {
		tell(ticket.Message, ticket.Open)
	}
	return o
}
