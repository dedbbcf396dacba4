package laws_test

import (
	"errors"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
	"github.com/headroom-sim/headroom/sim/rng"
)

// peopled is the small desk in front of which half are sick, with one on call for
// urgent tickets all day.
func peopled() *model.Scenario {
	s := small()
	t := &s.Teams[front]
	t.Sickness.Share = 0.5
	t.Hiring.Attrition = 9
	t.Shifts[0].Heads = 6
	t.Shifts = append(t.Shifts, staffing.Shift{
		Name: "pager", Heads: 1, Days: [7]bool{true, true, true, true, true, true, true}, From: 1, To: 23 * 60,
		OnCall: &staffing.OnCall{Match: sla.Match{Priorities: []ticket.Priority{0}}, Responds: 10 * time.Minute},
	})
	return s
}

// liar tells the laws something else than what the desk says.
type liar struct {
	*laws.Laws
	staff func(at time.Duration, n *desk.Staff)
	t     func(kind ticket.EventKind, t *desk.Ticket)
}

func (o *liar) Staff(at time.Duration, team int, n desk.Staff) {
	if o.staff != nil && team == front {
		o.staff(at, &n)
	}
	o.Laws.Staff(at, team, n)
}

func (o *liar) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	told := *t
	if o.t != nil {
		o.t(kind, &told)
	}
	o.Laws.Ticket(kind, at, &told)
}

func TestLiesAboutPeopleAreFound(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		law  laws.Law // empty if all is well
		lie  liar
	}{
		{"the truth", "", liar{}},
		{"one more is there", laws.Roster, liar{staff: func(_ time.Duration, n *desk.Staff) { n.On++ }}},
		{"one less is there", laws.Roster, liar{staff: func(_ time.Duration, n *desk.Staff) {
			if n.On > n.Busy {
				n.On--
			}
		}}},
		{"one who is sick has left", laws.Roster, liar{staff: func(_ time.Duration, n *desk.Staff) { n.Sick--; n.Vacant++ }}},
		{"somebody is missed in overtime that is not planned", laws.Roster, liar{staff: func(_ time.Duration, n *desk.Staff) { n.Missed = 1 }}},
		{"two are on call", laws.Roster, liar{staff: func(at time.Duration, n *desk.Staff) {
			if at > 0 {
				n.Standby++
			}
		}}},
		{"nobody is on call any more", laws.Roster, liar{staff: func(at time.Duration, n *desk.Staff) {
			if at > 0 {
				n.Standby = 0
			}
		}}},
		{"who is called is at work", laws.Hands, liar{staff: func(_ time.Duration, n *desk.Staff) {
			n.Called = 0
		}}},
		{"somebody is called who could not be", laws.Capacity, liar{t: func(kind ticket.EventKind, t *desk.Ticket) {
			t.OnCall = kind == ticket.Started && t.Team == experts
		}}},
		{"somebody is called while others are free", laws.Idleness, liar{t: func(kind ticket.EventKind, t *desk.Ticket) {
			t.OnCall = kind == ticket.Started && t.Team == front
		}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := peopled()
			layout, err := desk.NewLayout(s)
			if err != nil {
				t.Fatal(err)
			}
			d := desk.New(layout)
			found, called, sick := 0, 0, 0
			for replication := range uint64(20) {
				l := laws.New(s, layout)
				o := row.lie
				o.Laws = l
				d.Run(rng.Key{Seed: 7, Replication: replication}, desk.Observers{&o, &counter{called: &called, sick: &sick}})
				var broken *laws.Violation
				if err := l.Err(); errors.As(err, &broken) {
					if row.law == "" {
						t.Fatalf("all is well, but: %v", err)
					}
					if broken.Law == row.law {
						found++
					}
				}
			}
			if row.law != "" && found == 0 {
				t.Errorf("the law of %s is not broken", row.law)
			}
			if called == 0 || sick == 0 {
				t.Errorf("%d times called, %d times sick", called, sick)
			}
		})
	}
}

// counter counts what must happen for the lies to be lies.
type counter struct{ called, sick *int }

func (c *counter) Staff(_ time.Duration, _ int, n desk.Staff) {
	*c.called += int(n.Called)
	*c.sick += int(n.Sick)
}
func (c *counter) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) {}
func (c *counter) Waiting(time.Duration, int)                           {}
func (c *counter) Judged(time.Duration, *desk.Ticket, []sla.Result)     {}
func (c *counter) Done(time.Duration, *desk.Ticket, []sla.Result)       {}
