package laws_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/laws"
)

// insistent is the small desk with customers who do not leave it at that.
func insistent() *model.Scenario {
	s := small()
	s.Channels[email].Chase = work.Chase{After: dist.Must(dist.Weibull(1200, 2)), Merged: 0.5, Handle: dist.Must(dist.Exponential(100)), Most: 3}
	s.Channels[phone].Callback = 0.3
	s.Channels[phone].AfterAbandon = work.AfterAbandon{
		Retry: 0.5, After: dist.Must(dist.Exponential(600)), Most: 2, Switch: 0.3, To: email,
	}
	for i := range s.Issues {
		s.Issues[i].Reply.Never = 0.6
		s.Issues[i].Reply.Remind, s.Issues[i].Reply.Wins = []time.Duration{time.Hour, 90 * time.Minute}, 0.3
	}
	return s
}

// event is a kind of event that has something to it.
func event(kind ticket.EventKind, fits func(*entry) bool) func(*entry) bool {
	return func(e *entry) bool { return e.of == aTicket && e.kind == kind && fits(e) }
}

func asks(e *entry) bool     { return e.t.Chaser }
func reminded(e *entry) bool { return e.t.Status == ticket.Pending }
func called(e *entry) bool   { return e.t.Status == ticket.New }
func retry(e *entry) bool    { return e.t.Kin.Attempt() > 0 && !e.t.Kin.Switched() && e.t.Kin.Copy() == 0 }
func switched(e *entry) bool { return e.t.Kin.Switched() && e.t.Kin.Copy() == 0 }
func second(e *entry) bool   { return e.t.Kin.Copy() > 0 }

func TestBrokenFurtherContactsAreFound(t *testing.T) {
	t.Parallel()
	whole := deskOf(t, insistent())
	l := whole.laws()
	whole.story().play(l)
	if err := l.Check(whole.sim.Catalog(), whole.run()); err != nil {
		t.Fatalf("the sound trial: %v", err)
	}
	rekin := func(to func(ticket.Kin) ticket.Kin) func(*entry) {
		return func(e *entry) {
			k := to(e.t.Kin)
			e.t.ID, e.t.Kin = e.t.ID.Kin(e.t.Kin, k), k
		}
	}
	for _, row := range []broken{
		{"a customer tries again who has not left", laws.Balance, at(event(ticket.Created, retry), rekin(ticket.Kin.Again))},
		{"a customer asks a second time before the first", laws.Balance, at(event(ticket.Created, second), rekin(func(k ticket.Kin) ticket.Kin { return k + ticket.Kin(0).Copied(1) }))},
		{"who writes instead came at another time", laws.Balance, at(event(ticket.Created, switched), func(e *entry) { e.t.First++ })},
		{"a first contact came before", laws.Balance, at(is(ticket.Created), func(e *entry) { e.t.First-- })},
		{"somebody else tries again", laws.Balance, func(es story) story {
			i := es.first(event(ticket.Abandoned, func(e *entry) bool { return e.t.Next == arrivals.Retries }))
			es[i].t.Next = arrivals.Lost
			return es
		}},
		{"nobody writes who wanted to", laws.Balance, func(es story) story {
			id := es[es.first(event(ticket.Created, switched))].t.ID
			return slices.DeleteFunc(es, func(e entry) bool { return (e.of == aTicket || e.of == aDone || e.of == aVerdict) && e.t.ID == id })
		}},
		{"who is to be called back leaves", laws.Life, func(es story) story {
			i := es.first(event(ticket.StatusSet, called))
			e := es[i]
			e.kind, e.t.Status = ticket.Abandoned, ticket.Closed
			return slices.Insert(es, i+1, e)
		}},
		{"a call is promised twice", laws.Life, twice(event(ticket.StatusSet, called))},
		{"a customer who asks again has his ticket opened", laws.Life, at(event(ticket.Message, asks), func(e *entry) { e.t.Status = ticket.Pending })},
		{"an answer is called asking again", laws.Life, at(event(ticket.Message, func(e *entry) bool { return !e.t.Chaser }), func(e *entry) { e.t.Chaser = true })},
		{"a reminder comes twice", laws.Life, twice(event(ticket.StatusSet, reminded))},
		{"a reminder is left out", laws.Life, without(event(ticket.StatusSet, reminded))},
		{"a ticket was longer with its customer", laws.Life, at(func(e *entry) bool {
			return e.of == aDone && e.t.WithCustomer > 0 && e.t.Status == ticket.Solved && e.t.Created > time.Hour
		}, func(e *entry) { e.t.WithCustomer++ })},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			l := whole.laws()
			row.change(whole.story()).play(l)
			var v *laws.Violation
			if err := l.Err(); !errors.As(err, &v) || v.Law != row.law {
				t.Fatalf("got %v, want a violation of %s", err, row.law)
			}
		})
	}
}

func TestNoFurtherContactCanBeMissing(t *testing.T) {
	t.Parallel()
	w := deskOf(t, insistent())
	whole := w.story()
	l := w.laws()
	left := 0
	for i := range whole {
		e := &whole[i]
		if e.of != aTicket || !(asks(e) && e.kind == ticket.Message || e.kind == ticket.StatusSet || e.kind == ticket.Created && e.t.Kin != 0) {
			continue
		}
		left++
		l.Reset()
		slices.Delete(slices.Clone(whole), i, i+1).play(l)
		if l.Err() == nil {
			t.Errorf("nobody misses %+v", *e)
		}
	}
	if left < 50 {
		t.Errorf("only %d events of this kind", left)
	}
}
