package sla_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// never is a due time that does not come.
const never = time.Duration(-1)

// A row is the life of one ticket, the instant at which its clock is judged, and
// what must be found. All time is working time.
type row struct {
	name    string
	life    []step
	at      time.Duration
	verdict sla.Verdict
	elapsed time.Duration
	due     time.Duration
}

func (r row) check(t *testing.T, m sla.Term) {
	t.Helper()
	m.Line = always()
	c := live(&m, r.life)
	if verdict, elapsed := c.Judge(&m, r.at); verdict != r.verdict || elapsed != r.elapsed {
		t.Errorf("judged %d after %v, want %d after %v", verdict, elapsed, r.verdict, r.elapsed)
	}
	due, ok := c.Due(&m, r.at)
	if !ok {
		due = never
	}
	if due != r.due {
		t.Errorf("due at %v, want %v", due, r.due)
	}
}

func TestFirstReply(t *testing.T) {
	t.Parallel()
	const within = 4 * hour
	for _, r := range []row{
		{"nobody has heard of the ticket yet", nil, hour, sla.Unjudged, 0, never},
		{"what happens before the ticket is created does not start the clock", []step{message(0)}, hour, sla.Unjudged, 0, never},
		{"the first reply in time meets the promise", []step{created(0), started(2 * hour), solved(3 * hour)}, 9 * hour, sla.Met, 3 * hour, within},
		{"a reply at the due instant is in time", []step{created(hour), solved(5 * hour)}, 9 * hour, sla.Met, within, 5 * hour},
		{"a reply just after the due instant is late", []step{created(hour), solved(5*hour + 1)}, 9 * hour, sla.Breached, within + 1, 5 * hour},
		{"a ticket at its due instant is not overdue", []step{created(0)}, within, sla.Undecided, within, within},
		{"a ticket just after its due instant is overdue", []step{created(0)}, within + 1, sla.Overdue, within + 1, within},
		{"that an agent works on an email is no reply", []step{created(0), started(hour)}, 2 * hour, sla.Undecided, 2 * hour, within},
		{"nor is its return to the queue", []step{created(0), started(hour), returned(2 * hour)}, 3 * hour, sla.Undecided, 3 * hour, within},
		{"a reply that asks the customer is a reply", []step{created(0), asked(hour)}, 90 * hour, sla.Met, hour, within},
		{"an internal note is no reply", []step{created(0), noted(hour)}, 2 * hour, sla.Undecided, 2 * hour, within},
		{"it runs on hold", []step{created(0), set(hour, ticket.OnHold)}, 5 * hour, sla.Overdue, 5 * hour, within},
		{"a later reply does not replace the first", []step{created(0), asked(hour), message(2 * hour), solved(30 * hour)}, 40 * hour, sla.Met, hour, within},
		{"nor does a second question of the customer start it again", []step{created(0), message(3 * hour), solved(5 * hour)}, 9 * hour, sla.Breached, 5 * hour, within},
		{"it does not pause while the ticket is pending", []step{created(0), set(hour, ticket.Pending)}, 5 * hour, sla.Overdue, 5 * hour, within},
		{"a ticket that is solved without a reply waits for none", []step{created(0), set(hour, ticket.Solved)}, 9 * hour, sla.Unjudged, 0, never},
		{"and does not when it is reopened either", []step{created(0), set(hour, ticket.Solved), message(2 * hour)}, 9 * hour, sla.Unjudged, 0, never},
		{"solving without a reply at the due instant is soon enough", []step{created(0), set(within, ticket.Solved)}, 9 * hour, sla.Unjudged, 0, never},
		{"but a breach that has happened stays", []step{created(0), set(within+1, ticket.Solved)}, 9 * hour, sla.Breached, within + 1, within},
		{"an abandoned contact waits for no reply", []step{created(0), abandoned(hour)}, 9 * hour, sla.Unjudged, 0, never},
		{"but one that is abandoned late is a breach", []step{created(0), abandoned(5 * hour)}, 9 * hour, sla.Breached, 5 * hour, within},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, sla.Term{Metric: sla.FirstReply, Within: within})
		})
	}
}

func TestFirstReplyOnALiveChannelIsTheAnswer(t *testing.T) {
	t.Parallel()
	for _, r := range []row{
		{"the answer counts, not the end of the call", []step{created(0), started(minute), solved(9 * minute)}, hour, sla.Met, minute, 2 * minute},
		{"a late answer is late", []step{created(0), started(3 * minute), solved(9 * minute)}, hour, sla.Breached, 3 * minute, 2 * minute},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, sla.Term{Metric: sla.FirstReply, Within: 2 * minute, Live: true})
		})
	}
}

func TestFirstReplyMayPause(t *testing.T) {
	t.Parallel()
	const within = 4 * hour
	for _, r := range []row{
		{
			"a reply and pending in one update do not lose the first response",
			[]step{created(0), asked(2 * hour), message(50 * hour)}, 60 * hour, sla.Met, 2 * hour, within,
		},
		{
			"pending time before the reply does not count",
			[]step{created(0), set(hour, ticket.Pending), message(3 * hour), solved(5 * hour)}, 9 * hour, sla.Met, 3 * hour, 6 * hour,
		},
		{
			"a reply out of pending stops the clock",
			[]step{created(0), set(hour, ticket.Pending), solved(50 * hour)}, 60 * hour, sla.Met, hour, 53 * hour,
		},
		{
			"a paused clock is due the later the longer it is paused",
			[]step{created(0), set(hour, ticket.Pending)}, 50 * hour, sla.Undecided, hour, 53 * hour,
		},
		{
			"a breach does not heal while the clock is paused",
			[]step{created(0), set(5*hour, ticket.Pending)}, 50 * hour, sla.Overdue, 5 * hour, 50 * hour,
		},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, sla.Term{Metric: sla.FirstReply, Within: within, Pauses: pauses(ticket.Pending)})
		})
	}
}

func TestResolution(t *testing.T) {
	t.Parallel()
	const within = 8 * hour
	for _, r := range []row{
		{"solved at the first touch", []step{created(0), started(2 * hour), solved(3 * hour)}, 9 * hour, sla.Met, 3 * hour, within},
		{"a reply that does not solve goes on", []step{created(0), {at: hour, kind: ticket.Replied, status: ticket.Open}}, 2 * hour, sla.Undecided, 2 * hour, within},
		{
			"pending time does not count",
			[]step{created(0), asked(2 * hour), message(20 * hour), solved(24 * hour)}, 30 * hour, sla.Met, 6 * hour, 26 * hour,
		},
		{
			"nor does it after several cycles",
			[]step{created(0), asked(2 * hour), message(20 * hour), asked(23 * hour), message(40 * hour), solved(43*hour + 1)},
			50 * hour, sla.Breached, within + 1, 43 * hour,
		},
		{
			"a clock that is paused is not overdue",
			[]step{created(0), asked(2 * hour)}, 50 * hour, sla.Undecided, 2 * hour, 56 * hour,
		},
		{
			"a silent customer's ticket took as long as the desk did",
			[]step{created(0), asked(2 * hour), set(100*hour, ticket.Solved)}, 200 * hour, sla.Met, 2 * hour, 106 * hour,
		},
		{"the time after solving does not count", []step{created(0), solved(8 * hour)}, 100 * hour, sla.Met, within, within},
		{
			"a return takes the solution back, and solved time does not count",
			[]step{created(0), solved(3 * hour), message(30 * hour)}, 33 * hour, sla.Undecided, 6 * hour, 35 * hour,
		},
		{
			"so that what had been met may be breached after all",
			[]step{created(0), solved(3 * hour), message(30 * hour), solved(36 * hour)}, 99 * hour, sla.Breached, 9 * hour, 35 * hour,
		},
		{
			"but what had been breached stays so",
			[]step{created(0), solved(9 * hour), message(30 * hour), solved(31 * hour)}, 99 * hour, sla.Breached, 10 * hour, 30 * hour,
		},
		{
			"a return after a silent customer goes on from where the clock stood",
			[]step{created(0), asked(2 * hour), set(100*hour, ticket.Solved), message(110 * hour)}, 111 * hour, sla.Undecided, 3 * hour, 116 * hour,
		},
		{
			"a ticket that is reopened into pending is paused",
			[]step{created(0), solved(3 * hour), set(30*hour, ticket.Pending)}, 50 * hour, sla.Undecided, 3 * hour, 55 * hour,
		},
		{
			"a return at the instant of solving changes nothing",
			[]step{created(0), solved(3 * hour), message(3 * hour)}, 4 * hour, sla.Undecided, 4 * hour, within,
		},
		{"closing a solved ticket changes nothing", []step{created(0), solved(3 * hour), set(100*hour, ticket.Closed)}, 200 * hour, sla.Met, 3 * hour, within},
		{"on hold is not pending", []step{created(0), set(hour, ticket.OnHold)}, 9 * hour, sla.Overdue, 9 * hour, within},
		{"the return to the queue changes nothing", []step{created(0), started(hour), returned(2 * hour)}, 3 * hour, sla.Undecided, 3 * hour, within},
		{"an abandoned contact need not be solved", []step{created(0), abandoned(hour)}, 9 * hour, sla.Unjudged, 0, never},
		{"but a breach before it was abandoned stays", []step{created(0), abandoned(9 * hour)}, 99 * hour, sla.Breached, 9 * hour, within},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, sla.Term{Metric: sla.Resolution, Within: within, Pauses: pauses(ticket.Pending)})
		})
	}
}

func TestResolutionPausesInTheStatusesThatTheTargetNames(t *testing.T) {
	t.Parallel()
	life := []step{created(0), asked(hour), message(3 * hour), set(4*hour, ticket.OnHold), set(9*hour, ticket.Open), solved(10 * hour)}
	for _, r := range []struct {
		name    string
		pauses  sla.StatusSet
		elapsed time.Duration
	}{
		{"none: all ten hours count", 0, 10 * hour},
		{"pending: two hours do not", pauses(ticket.Pending), 8 * hour},
		{"on hold: five hours do not", pauses(ticket.OnHold), 5 * hour},
		{"both", pauses(ticket.Pending, ticket.OnHold), 3 * hour},
		{"new as well: the first hour does not either", pauses(ticket.New, ticket.Pending, ticket.OnHold), 2 * hour},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			m := sla.Term{Metric: sla.Resolution, Within: 100 * hour, Pauses: r.pauses, Line: always()}
			c := live(&m, life)
			if verdict, elapsed := c.Judge(&m, 50*hour); verdict != sla.Met || elapsed != r.elapsed {
				t.Errorf("judged %d after %v, want met after %v", verdict, elapsed, r.elapsed)
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	const within = 20 * second
	rows := []row{
		{"answered in time", []step{created(0), started(20 * second), solved(minute)}, hour, sla.Met, within, within},
		{"answered late", []step{created(0), started(21 * second)}, hour, sla.Breached, 21 * second, within},
		{"still in the queue", []step{created(0)}, 20 * second, sla.Undecided, 20 * second, within},
		{"still in the queue, and too long", []step{created(0)}, 21 * second, sla.Overdue, 21 * second, within},
		{"a later touch is no second answer", []step{created(0), started(9 * second), asked(minute), message(hour), started(5 * hour)}, 6 * hour, sla.Met, 9 * second, within},
		{"whoever leaves within the threshold is left out", []step{created(0), abandoned(5 * second)}, hour, sla.Unjudged, 0, never},
		{"whoever leaves later was not answered, though the target was not used up", []step{created(0), abandoned(6 * second)}, hour, sla.Breached, 6 * second, within},
		{"and so was he who left after it", []step{created(0), abandoned(minute)}, hour, sla.Breached, minute, within},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.check(t, sla.Term{Metric: sla.Answer, Within: within, Live: true, ShortAbandon: 5 * second})
		})
	}
	t.Run("without a threshold nobody is left out, not even who leaves at once", func(t *testing.T) {
		t.Parallel()
		row{"", []step{created(0), abandoned(0)}, hour, sla.Breached, 0, within}.check(t, sla.Term{Metric: sla.Answer, Within: within, Live: true})
	})
}

// A clock on a calendar, in New York. Friday 6 March 2026 is the last working day
// before the clocks go forward on Sunday; 16 March is a holiday here.
func TestClockOnBusinessHours(t *testing.T) {
	t.Parallel()
	newYork := zone(t, "America/New_York")
	office := officeHours(newYork)
	office.Closed = closedOn(2026, 3, 16)
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, newYork)
	line := on(office, origin)
	at := func(day, hour, minute int) time.Duration {
		return time.Date(2026, 3, day, hour, minute, 0, 0, newYork).Sub(origin)
	}
	for _, r := range []struct {
		name    string
		created time.Duration
		within  time.Duration
		due     time.Duration
	}{
		{"four business hours from Friday 17:00 end on Monday 13:00", at(6, 17, 0), 4 * hour, at(9, 13, 0)},
		{"and so do those from Friday evening", at(6, 23, 30), 4 * hour, at(9, 13, 0)},
		{"those from Friday 16:00 end on Monday 12:00", at(6, 16, 0), 4 * hour, at(9, 12, 0)},
		{"those from Friday 13:00 end as the office closes", at(6, 13, 0), 4 * hour, at(6, 17, 0)},
		{"a minute more ends on Monday 9:01", at(6, 13, 0), 4*hour + minute, at(9, 9, 1)},
		{"forty business hours are a week, clock change or not", at(5, 12, 0), 40 * hour, at(12, 12, 0)},
		{"a holiday does not count", at(13, 16, 0), 2 * hour, at(17, 10, 0)},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			m := sla.Term{Metric: sla.FirstReply, Within: r.within, Line: line}
			c := live(&m, []step{created(r.created)})
			if due, ok := c.Due(&m, r.created); !ok || due != r.due {
				t.Errorf("due %v, want %v", origin.Add(due), origin.Add(r.due))
			}
			if v, elapsed := c.Judge(&m, r.due); v != sla.Undecided || elapsed != r.within {
				t.Errorf("at the due instant: judged %d after %v, want undecided after all of %v", v, elapsed, r.within)
			}
		})
	}
}

func TestDueAtAClosingInstantIsBreachedWhenTheOfficeOpensAgain(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: on(officeHours(time.UTC), origin)}
	const friday = 4 * 24 * hour
	opens := friday + 3*24*hour + 9*hour
	c := live(&m, []step{created(friday + 13*hour)})
	for _, r := range []struct {
		name string
		at   time.Duration
		want sla.Verdict
	}{
		{"as the office closes", friday + 17*hour, sla.Undecided},
		{"on Sunday", friday + 2*24*hour, sla.Undecided},
		{"as it opens", opens, sla.Undecided},
		{"just after", opens + 1, sla.Overdue},
	} {
		if v, _ := c.Judge(&m, r.at); v != r.want {
			t.Errorf("%s: judged %d, want %d", r.name, v, r.want)
		}
	}
	sunday := c
	sunday.Apply(&m, ticket.Replied, ticket.Solved, ticket.NoTeam, friday+2*24*hour)
	if v, elapsed := sunday.Judge(&m, opens+hour); v != sla.Met || elapsed != 4*hour {
		t.Errorf("a reply on Sunday: judged %d after %v, want met after 4h", v, elapsed)
	}
}
