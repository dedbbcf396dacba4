package laws_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
)

// broken is one way to break a law: a change to what a sound trial tells.
type broken struct {
	name   string
	law    laws.Law
	change func(es story) story
}

// at changes the first entry that fits.
func at(fits func(*entry) bool, change func(*entry)) func(story) story {
	return func(es story) story {
		i := es.first(fits)
		change(&es[i])
		return es
	}
}

// without leaves out the first entry that fits.
func without(fits func(*entry) bool) func(story) story {
	return func(es story) story {
		i := es.first(fits)
		return slices.Delete(es, i, i+1)
	}
}

// twice repeats the first entry that fits.
func twice(fits func(*entry) bool) func(story) story {
	return func(es story) story {
		i := es.first(fits)
		return slices.Insert(es, i, es[i])
	}
}

func is(k ticket.EventKind) func(*entry) bool {
	return func(e *entry) bool { return e.of == aTicket && e.kind == k }
}

func done(e *entry) bool    { return e.of == aDone }
func waiting(e *entry) bool { return e.of == aQueue }
func staffed(e *entry) bool { return e.of == aTeam }

// judged is the end of a ticket with a result of the metric.
func judged(m sla.Metric) func(*entry) bool {
	return func(e *entry) bool {
		return e.of == aDone && slices.ContainsFunc(e.results, func(r sla.Result) bool { return r.Metric == m })
	}
}

func ends(s ticket.Status) func(*entry) bool {
	return func(e *entry) bool { return e.of == aDone && e.t.Status == s && len(e.results) > 0 }
}

func TestBrokenTicketsAreFound(t *testing.T) {
	t.Parallel()
	check(t, []broken{
		{"something happens in the past", laws.Time, at(is(ticket.Replied), func(e *entry) { e.at = -1 })},
		{"something happens after the horizon", laws.Time, at(done, func(e *entry) { e.at = day + 1 })},
		{"a ticket is never created", laws.Life, without(is(ticket.Created))},
		{"a ticket is created twice", laws.Life, twice(is(ticket.Created))},
		{"a ticket is not new", laws.Life, at(is(ticket.Created), func(e *entry) { e.t.Status = ticket.Open })},
		{"a ticket has a class that does not exist", laws.Life, at(is(ticket.Created), func(e *entry) { e.t.Class = 99 })},
		{"a ticket changes its class", laws.Life, at(is(ticket.Started), func(e *entry) { e.t.Class++ })},
		{"a ticket changes its creation", laws.Life, at(is(ticket.Replied), func(e *entry) { e.t.Created++ })},
		{"a touch ends that has not begun", laws.Life, func(es story) story {
			i := es.first(is(ticket.Created))
			e := es[i]
			e.kind, e.t.Status, e.t.Touches = ticket.Replied, ticket.Solved, 1
			return slices.Insert(es, i+1, e)
		}},
		{"a touch begins twice", laws.Life, twice(is(ticket.Started))},
		{"nobody begins a touch", laws.Life, at(is(ticket.Started), func(e *entry) { e.t.Agent = -1 })},
		{"a touch is not counted", laws.Life, at(is(ticket.Replied), func(e *entry) { e.t.Touches-- })},
		{"a ticket with an agent is still new", laws.Life, at(is(ticket.Started), func(e *entry) { e.t.Status = ticket.New })},
		{"a customer answers what is not asked", laws.Life, func(es story) story {
			i := es.first(is(ticket.Created))
			e := es[i]
			e.kind, e.t.Status = ticket.Message, ticket.Open
			return slices.Insert(es, i+1, e)
		}},
		{"a pending ticket is said to be reopened", laws.Life, at(is(ticket.Message), func(e *entry) { e.t.Reopened = !e.t.Reopened })},
		{"a live contact is broken off", laws.Life, func(es story) story {
			i := es.first(func(e *entry) bool {
				return e.of == aTicket && e.kind == ticket.Started && e.live() && e.t.Touches == 0
			})
			e := es[i]
			e.kind = ticket.Returned
			return slices.Insert(es, i+1, e)
		}},
		{"an email is abandoned", laws.Life, func(es story) story {
			i := es.first(func(e *entry) bool { return e.of == aTicket && e.kind == ticket.Created && !e.live() })
			e := es[i]
			e.kind, e.t.Status = ticket.Abandoned, ticket.Closed
			return slices.Insert(es, i+1, e)
		}},
		{"something happens to a ticket that has ended", laws.Life, func(es story) story {
			i := es.first(ends(ticket.Solved))
			e := es[i]
			e.of, e.kind = aTicket, ticket.Message
			return slices.Insert(es, i+1, e)
		}},
		{"a ticket does not end", laws.Balance, without(done)},
		{"a ticket ends twice", laws.Balance, twice(done)},
		{"a ticket ends while it waits", laws.Balance, func(es story) story {
			i := es.first(is(ticket.Created))
			e := es[i]
			e.of = aDone
			return slices.Insert(es, i+1, e)
		}},
		{"a solved ticket ends open", laws.Balance, at(ends(ticket.Solved), func(e *entry) { e.t.Status = ticket.Open })},
	})
}

// review is the rung of the small desk's ladder that reviews repeated breaches.
const review = 2

func TestBrokenReviewsAndRelaxationsAreFound(t *testing.T) {
	t.Parallel()
	relaxed := func(e *entry) bool {
		return e.of == aDone && e.t.Created >= 9*time.Hour && e.t.Created < 13*time.Hour && e.t.Status == ticket.Solved && !e.live()
	}
	reviewed := func(e *entry) bool { return is(ticket.Noted)(e) && e.t.Rung == review }
	check(t, []broken{
		{"a review does not happen", laws.Review, without(reviewed)},
		{"a review happens twice", laws.Review, twice(reviewed)},
		{"another issue is reviewed", laws.Review, at(reviewed, func(e *entry) { e.t.Class = (e.t.Class + 1) % 3 })},
		{"a relaxed promise is judged by the usual target", laws.Promise, at(relaxed, func(e *entry) {
			e.results = slices.Clone(e.results)
			e.results[0].Within = time.Hour
		})},
	})
}

func TestBrokenQueuesAndTeamsAreFound(t *testing.T) {
	t.Parallel()
	somebodyBusy := func(e *entry) bool { return e.of == aTeam && e.staff.Busy > 0 }
	check(t, []broken{
		{"the queue is shorter by one than the tickets in it", laws.Little, at(waiting, func(e *entry) { e.waiting-- })},
		{"nobody says that the queue is longer", laws.Little, without(waiting)},
		{"fewer than nobody wait", laws.Little, at(waiting, func(e *entry) { e.waiting = -1 })},
		{"a ticket says that it has waited a little longer", laws.Little, at(is(ticket.Started), func(e *entry) { e.t.Queued-- })},
		{"a busy agent takes another ticket", laws.Capacity, func(es story) story {
			hands := map[int32]ticket.ID{}
			for i := range es {
				e := &es[i]
				if e.of != aTicket {
					continue
				}
				switch e.kind {
				case ticket.Started:
					for a, of := range hands {
						if of != e.t.ID && a != e.t.Agent && es.teamOf(a) == e.t.Team {
							e.t.Agent = a
							return es
						}
					}
					hands[e.t.Agent] = e.t.ID
				case ticket.Replied, ticket.Returned:
					for a, of := range hands {
						if of == e.t.ID {
							delete(hands, a)
						}
					}
				}
			}
			panic("never are two of a team busy")
		}},
		{"an agent works for another team", laws.Capacity, func(es story) story {
			i := es.first(is(ticket.Started))
			who := es[i].t.Agent
			j := es[i+1:].first(func(e *entry) bool { return e.of == aTicket && e.kind == ticket.Started && e.t.Agent == who }) + i + 1
			es[j].t.Team = 1 - es[j].t.Team
			return es
		}},
		{"a team does what it cannot", laws.Capacity, at(func(e *entry) bool {
			return e.of == aTicket && e.kind == ticket.Started && e.repairs()
		}, func(e *entry) { e.t.Agent, e.t.Team = 50, front })},
		{"an idle agent is called busy", laws.Hands, at(staffed, func(e *entry) { e.staff.Busy++ })},
		{"nobody says that an agent is busy", laws.Hands, without(somebodyBusy)},
		{"an agent is busy who is not there", laws.Hands, at(somebodyBusy, func(e *entry) { e.staff.On = 0 })},
		{"more are late than over their time", laws.Hands, at(staffed, func(e *entry) { e.staff.Late++ })},
		{"one comes who is not in the plan", laws.Roster, at(somebodyBusy, func(e *entry) { e.staff.On = 9 })},
		{"nobody comes", laws.Roster, at(staffed, func(e *entry) { e.staff.On = 0 })},
	})
}

func TestBrokenPromisesAreFound(t *testing.T) {
	t.Parallel()
	first := func(change func(*entry, *sla.Result)) func(e *entry) {
		return func(e *entry) {
			e.results = slices.Clone(e.results)
			change(e, &e.results[0])
		}
	}
	atHorizon := func(v sla.Verdict) func(*entry) bool {
		return func(e *entry) bool { return e.of == aDone && len(e.results) > 0 && e.results[0].Verdict == v }
	}
	check(t, []broken{
		{"a clock is judged twice", laws.Promise, at(judged(sla.FirstReply), func(e *entry) { e.results = append(slices.Clone(e.results), e.results[0]) })},
		{"a clock is not judged", laws.Promise, at(ends(ticket.Solved), func(e *entry) { e.results = e.results[1:] })},
		{"a clock ran for longer than there was time", laws.Promise, at(ends(ticket.Solved), first(func(e *entry, r *sla.Result) { r.Elapsed = e.at - e.t.Created + 1 }))},
		{"a clock ran for less than no time", laws.Promise, at(ends(ticket.Solved), first(func(_ *entry, r *sla.Result) { r.Elapsed = -1 }))},
		{"a late ticket met its promise", laws.Promise, at(atHorizon(sla.Breached), first(func(_ *entry, r *sla.Result) { r.Verdict = sla.Met }))},
		{"a ticket in time is breached", laws.Promise, at(atHorizon(sla.Met), first(func(_ *entry, r *sla.Result) { r.Verdict = sla.Breached }))},
		{"a solved ticket is undecided", laws.Promise, at(atHorizon(sla.Met), first(func(_ *entry, r *sla.Result) { r.Verdict = sla.Undecided }))},
		{"a solved ticket is overdue", laws.Promise, at(atHorizon(sla.Breached), first(func(_ *entry, r *sla.Result) { r.Verdict = sla.Overdue }))},
		{"a verdict is none", laws.Promise, at(ends(ticket.Solved), first(func(_ *entry, r *sla.Result) { r.Verdict = sla.Unjudged }))},
		{"a policy is judged that promises nothing of the kind", laws.Promise, at(ends(ticket.Solved), first(func(_ *entry, r *sla.Result) { r.Policy = 7 }))},
		{"a metric is judged that does not exist", laws.Promise, at(ends(ticket.Solved), first(func(_ *entry, r *sla.Result) { r.Metric = sla.Metrics }))},
	})
}

// check plays each broken story, and expects that its law finds it.
func check(t *testing.T, rows []broken) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := theDesk(t)
			l := w.laws()
			row.change(w.story()).play(l)
			err := l.Err()
			var v *laws.Violation
			if !errors.As(err, &v) || v.Law != row.law {
				t.Fatalf("got %v, want a violation of %s", err, row.law)
			}
			if !strings.Contains(err.Error(), string(row.law)) || !strings.Contains(err.Error(), v.At.String()) {
				t.Errorf("the error does not name law and time: %v", err)
			}
			if again := l.Err(); !errors.Is(again, err) {
				t.Errorf("asked again: %v", again)
			}
			l.Reset()
			w.story().play(l)
			if err := l.Err(); err != nil {
				t.Errorf("the next, sound trial: %v", err)
			}
		})
	}
}

// Of all that happens to tickets, nothing can be left out without being missed.
func TestBrokenEscalationsAreFound(t *testing.T) {
	t.Parallel()
	noted := func(e *entry) bool { return is(ticket.Noted)(e) && e.t.Rung < review }
	check(t, []broken{
		{"a ticket escalates to a rung that does not exist", laws.Life, at(noted, func(e *entry) { e.t.Rung = 3 })},
		{"a ticket escalates to a rung that is for others", laws.Ladder, at(func(e *entry) bool { return noted(e) && e.class.Issue != alarm }, func(e *entry) { e.t.Rung = 1 })},
		{"a ticket escalates to a rung to which it has not come", laws.Ladder, at(func(e *entry) bool { return noted(e) && e.class.Issue == alarm }, func(e *entry) { e.t.Rung = 1 })},
		{"a ticket escalates twice", laws.Ladder, twice(noted)},
		{"a ticket passes a rung over", laws.Ladder, without(noted)},
	})
}

func TestNoTicketEventCanBeMissing(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	whole := w.story()
	l := w.laws()
	kinds := map[ticket.EventKind]int{}
	for i := range whole {
		if whole[i].of != aTicket && whole[i].of != aDone {
			continue
		}
		kinds[whole[i].kind]++
		l.Reset()
		slices.Delete(slices.Clone(whole), i, i+1).play(l)
		if l.Err() == nil {
			t.Errorf("nobody misses %+v", whole[i])
		}
	}
	for k := ticket.Created; k <= ticket.Abandoned; k++ {
		if kinds[k] == 0 {
			t.Errorf("there is no %v in the story: the test shows less than it says", k)
		}
	}
}

// An agent with nothing in hand while somebody waits for him.
func TestIdlenessIsFound(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	l := w.laws()
	one := &desk.Ticket{Origin: arrivals.Origin{ID: 1}, Created: time.Hour, Queued: time.Hour, Agent: -1, Team: -1}
	l.Staff(0, front, desk.Staff{On: 2})
	l.Ticket(ticket.Created, time.Hour, one)
	l.Waiting(time.Hour, 1)
	var v *laws.Violation
	if !errors.As(l.Err(), &v) || v.Law != laws.Idleness || v.At != time.Hour {
		t.Errorf("got %v", l.Err())
	}
}

func TestWhoIsTakenBeforeHisTurnIsFound(t *testing.T) {
	t.Parallel()
	type kind struct {
		channel ticket.Channel
		issue   ticket.Issue
	}
	mail, call, urgent := kind{email, question}, kind{phone, question}, kind{email, alarm}
	for _, row := range []struct {
		name         string
		order        model.Order
		waits, taken kind
		sound        bool
	}{
		{"who came later", model.FIFO, mail, mail, false},
		{"a call before an email", model.FIFO, mail, call, true},
		{"an email before a call", model.FIFO, call, mail, false},
		{"the higher priority", model.Priority, mail, urgent, true},
		{"the lower priority", model.Priority, urgent, mail, false},
		{"of equal priority who came later", model.Priority, mail, mail, false},
		{"the higher priority where it does not count", model.FIFO, mail, urgent, false},
		{"what is due first", model.EarliestDue, mail, urgent, true},
		{"what is due later", model.EarliestDue, urgent, mail, false},
		{"what has waited for less, of another team", model.FIFO, kind{email, repair}, mail, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := small()
			s.Routing.Order = row.order
			layout, err := desk.NewLayout(s)
			if err != nil {
				t.Fatal(err)
			}
			create := func(l *laws.Laws, id ticket.ID, k kind) *desk.Ticket {
				class := slices.IndexFunc(layout.Plan.Classes, func(c ticket.Class) bool { return c.Channel == k.channel && c.Issue == k.issue })
				v := &desk.Ticket{Origin: arrivals.Origin{ID: id}, Class: int32(class), Actual: int32(class), Promised: int32(class), Created: time.Hour, Queued: time.Hour, Agent: -1, Team: -1}
				l.Ticket(ticket.Created, time.Hour, v)
				return v
			}
			l := laws.New(s, layout)
			l.Staff(0, front, desk.Staff{On: 2})
			create(l, 1, row.waits)
			v := create(l, 2, row.taken)
			v.Status, v.Agent, v.Team = ticket.Open, 0, front
			l.Ticket(ticket.Started, time.Hour, v)
			// The story ends too early, so there is an error in any case.
			var broken *laws.Violation
			if err := l.Err(); !errors.As(err, &broken) || (broken.Law == laws.Order) == row.sound {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Nothing is told at the end of the shift, and nothing else happens then.
func TestAShiftThatDoesNotEndIsFound(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		tell func(l *laws.Laws)
		at   time.Duration
	}{
		{"a break is missed", func(*laws.Laws) {}, 12 * time.Hour},
		{"the end is missed", func(l *laws.Laws) {
			l.Staff(12*time.Hour, experts, desk.Staff{})
			l.Staff(12*time.Hour+45*time.Minute, experts, desk.Staff{On: 3})
		}, 17 * time.Hour},
		{"they come back too late", func(l *laws.Laws) {
			l.Staff(12*time.Hour, experts, desk.Staff{})
			l.Staff(13*time.Hour, experts, desk.Staff{On: 3})
		}, 12*time.Hour + 45*time.Minute},
		{"they go too early", func(l *laws.Laws) { l.Staff(11*time.Hour, experts, desk.Staff{}) }, 11 * time.Hour},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			l := theDesk(t).laws()
			l.Staff(0, front, desk.Staff{On: 2})
			l.Staff(8*time.Hour, experts, desk.Staff{On: 3})
			row.tell(l)
			var v *laws.Violation
			if err := l.Err(); !errors.As(err, &v) || v.Law != laws.Roster || v.At != row.at {
				t.Errorf("got %v, want a violation at %v", err, row.at)
			}
		})
	}
}
