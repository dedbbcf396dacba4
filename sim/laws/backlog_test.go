package laws_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
)

// faker tells the laws of another ticket, past or verdict at the start than the desk does.
type faker struct {
	*laws.Laws
	lie func(l *laws.Laws, n int, t *desk.Ticket, past []arrivals.Past, results []sla.Result)
	n   int
}

func (x *faker) Inherits(t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
	other := *t
	x.lie(x.Laws, x.n, &other, slices.Clone(past), slices.Clone(results))
	x.n++
}

func TestLiesAboutOpenTicketsAreFound(t *testing.T) {
	t.Parallel()
	s := small()
	s.Time.Warmup = 0
	age := dist.Must(dist.Exponential(20000))
	s.Backlog = []demand.Backlog{
		{Name: "new", Tickets: 12, Age: age},
		{Name: "silent", Tickets: 12, Age: age, Waits: demand.Customer, Since: dist.Must(dist.Exponential(2000))},
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	honest := func(l *laws.Laws, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
		l.Inherits(t, past, results)
	}
	for _, row := range []struct {
		name string
		want laws.Law // empty: all hold
		lie  func(l *laws.Laws, n int, t *desk.Ticket, past []arrivals.Past, results []sla.Result)
	}{
		{"nothing", "", func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			honest(l, t, past, results)
		}},
		{"one is not told", laws.Life, func(l *laws.Laws, n int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			if n != 3 {
				honest(l, t, past, results)
			}
		}},
		{"one is told twice", laws.Life, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			honest(l, t, past, results)
			honest(l, t, past, results)
		}},
		{"one comes at the start", laws.Life, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			t.Created, t.First, past[0].At = 0, 0, 0
			honest(l, t, past, results)
		}},
		{"one is older than its past", laws.Life, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			t.Created--
			honest(l, t, past, results)
		}},
		{"one has a reply less", laws.Life, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			if t.Status == ticket.Pending {
				t.Touches--
			}
			honest(l, t, past, results)
		}},
		{"one is not pending", laws.Life, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			t.Status = ticket.Open
			honest(l, t, past, results)
		}},
		{"its clocks have run for less", laws.Promise, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			if len(results) > 0 {
				results[0].Elapsed -= time.Second
			}
			honest(l, t, past, results)
		}},
		{"what is late is not", laws.Promise, func(l *laws.Laws, _ int, t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
			for i := range results {
				results[i].Verdict = sla.Undecided
			}
			honest(l, t, past, results)
		}},
	} {
		x := &faker{Laws: laws.New(s, simulation.Layout()), lie: row.lie}
		run := simulation.Catalog().NewRun()
		simulation.Worker().Run(1, 0, run, x)
		err := x.Check(simulation.Catalog(), run)
		var broken *laws.Violation
		if errors.As(err, &broken); row.want == "" && err != nil || row.want != "" && (broken == nil || broken.Law != row.want) {
			t.Errorf("%s: %v, want the law of %q to be broken", row.name, err, row.want)
		}
	}
}
