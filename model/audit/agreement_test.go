package audit_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// Every ticket begins on Monday at 9 and is judged on the 40th day; the office is open from 9 to 17 on weekdays. Within
// four hours it is to be answered, within eight to be solved, pending not counted.
func TestEveryDisagreementIsExplained(t *testing.T) {
	t.Parallel()
	reply := func(at time.Duration) ticket.Event { return did(at, ticket.Replied, ticket.Open, 0) }
	status := func(at time.Duration, s ticket.Status) ticket.Event { return did(at, ticket.StatusSet, s, -1) }
	rows := []struct {
		name   string
		metric sla.Metric
		tool   bool // says late
		events []ticket.Event
		want   audit.Reason
		always bool // our calendar is always open
		change sla.Change
	}{
		{"4 h and 30 s", sla.FirstReply, false, []ticket.Event{reply(13*hour + 30*time.Second)}, audit.Rounding, false, 0},
		{"7 h 59 min 30 s", sla.Resolution, true, []ticket.Event{status(17*hour-30*time.Second, ticket.Solved)}, audit.Rounding, false, 0},
		{"6 h, and 3 h pending", sla.Resolution, true, []ticket.Event{status(10*hour, ticket.Pending), status(13*hour, ticket.Open), status(day+10*hour, ticket.Solved)}, audit.PausedHere, false, 0},
		{"answered on Tuesday at 9:30, after half an hour more than 16:30 on Monday", sla.FirstReply, true, []ticket.Event{reply(day + 10*hour)}, audit.ClosedHere, false, 0},
		{"5 h, and one pending", sla.Resolution, true, []ticket.Event{status(10*hour, ticket.Pending), status(11*hour, ticket.Open), status(15*hour, ticket.Solved)}, audit.OtherTarget, false, 0},
		{"solved in time, back, and solved for good after 10 h", sla.Resolution, false, []ticket.Event{status(16*hour, ticket.Solved), status(day+9*hour, ticket.Open), status(day+13*hour, ticket.Solved)}, audit.ReopenedHere, false, 0},
		{"half of the time on hold", sla.Resolution, false, []ticket.Event{status(10*hour, ticket.OnHold), status(day+10*hour, ticket.Open), status(day+13*hour, ticket.Solved)}, audit.PausedThere, false, 0},
		{"never answered", sla.FirstReply, false, nil, audit.MissingEvent, false, 0},
		{"answered late, whatever one counts", sla.FirstReply, false, []ticket.Event{reply(16 * hour)}, audit.OtherTarget, false, 0},
		{"over a weekend, by a clock that goes on", sla.FirstReply, false, []ticket.Event{reply(7*day + 9*hour)}, audit.WeekendThere, true, 0},
	}
	for _, row := range rows {
		s := desk()
		s.SLA.Policies[0].Targets[1].Pauses = sla.StatusSet(0).With(ticket.Pending)
		created := 9 * hour
		events := row.events
		if row.name == "answered on Tuesday at 9:30, after half an hour more than 16:30 on Monday" {
			created = 16 * hour
		}
		if row.always {
			s.SLA.Policies[0].Calendar = 0
			created = 4*day + 16*hour // Friday: until Monday at 9 it is 8 h on Friday and 9 h on Monday
			s.SLA.Policies[0].Targets[0].Within[0] = 18 * hour
		}
		l := audit.NewLedger(s, 0, s.Time.Length, 40*day)
		f := audit.NewFlags(calendar.Axis{Origin: s.Time.Start})
		all := life(1, 0, created, events...)
		f.Take(ticketlog.Flag{Ticket: 1, Metric: row.metric, Breached: row.tool})
		f.Judge(all, l.Add(all), 0)
		a := f.Agreements(0.95)
		if len(a) != 1 || len(a[0].Disagreements) != 1 {
			t.Errorf("%s: they agree: %+v", row.name, a)
			continue
		}
		if d := a[0].Disagreements[0]; d.Reason != row.want || d.Late == row.tool {
			t.Errorf("%s: %v, want %v (%+v)", row.name, d.Reason, row.want, d)
		}
	}
}

// Six days with a ticket each that both call late, two that only the tool does, one that only we do and eleven
// that nobody does, one flag of a stranger, and one of a ticket to which nothing is promised.
func TestAgreementIsCounted(t *testing.T) {
	t.Parallel()
	s := desk()
	s.SLA.Policies[0].Match.Accounts = []ticket.Account{0}
	l := audit.NewLedger(s, 0, s.Time.Length, 50*day)
	f := audit.NewFlags(calendar.Axis{Origin: s.Time.Start})
	var lives [][]ticket.Event
	add := func(account ticket.Account, late, tool bool) {
		id := len(lives) + 1
		at := time.Duration(id%5)*day + 9*hour
		took := hour
		if late {
			took = 30 * hour
		}
		lives = append(lives, life(id, account, at, did(at+took, ticket.Replied, ticket.Solved, 0)))
		f.Take(ticketlog.Flag{Ticket: ticket.ID(id), Metric: sla.FirstReply, Breached: tool})
	}
	for i := range 20 {
		add(0, i < 6 || i == 8, i < 8)
	}
	add(1, false, true)
	f.Take(ticketlog.Flag{Ticket: 999, Metric: sla.FirstReply})
	for _, events := range lives {
		f.Judge(events, l.Add(events), l.Day(events[0].At))
	}
	a := f.Agreements(0.95)[0]
	if a.Both != 6 || a.Theirs != 2 || a.Ours != 1 || a.Neither != 11 || a.Share.Value != 0.85 || f.Foreign != 1 || a.Reasons[audit.NotPromisedHere] != 1 || len(a.Disagreements) != 4 {
		t.Errorf("%+v", a)
	}
	// By hand: chance brings 8/20·7/20 + 12/20·13/20 = 0.53, so κ = 0.32/0.47.
	if math.Abs(a.Kappa.Value-0.32/0.47) > 1e-12 || !(a.Kappa.Low < a.Kappa.Value) {
		t.Errorf("%+v", a.Kappa)
	}
}
