package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"pgregory.net/rapid"
)

func TestABotThatContainsNobodyChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.Deflection = nil
		with := copyOf(without)
		with.Deflection = []model.Deflection{{Name: "bot"}}
		same(r, trial(r, with, 0).steps, trial(r, without, 0).steps)
	})
}

// Who comes to the desk after a bot would have come without it, asks for the same, and
// comes no sooner. Who is delayed may meet an outage, or miss one, so there are none.
func TestABotOnlyTakesAwayAndDelays(t *testing.T) {
	t.Parallel()
	compared, later, fewer := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		oneAtATime(without)
		without.Deflection = nil
		without.Outages = nil // who is delayed may miss one, or meet one, and turn elsewhere
		with := copyOf(without)
		with.Deflection = []model.Deflection{draw{r}.bot(with, "bot")}
		a, b := customers(trial(r, without, 0).steps), customers(trial(r, with, 0).steps)
		fewer += len(a) - len(b)
		for id, y := range b {
			x := a[id]
			if x == nil || y.created < x.created {
				r.Fatalf("ticket %#x comes at %v, without the bot it was %+v", uint64(id), y.created, x)
			}
			if y.created > x.created {
				later++
			}
			x.created = y.created
		}
		compared += sameCustomers(r, b, a, unchanged)
	})
	enough(t, compared)
	enough(t, later)
	enough(t, fewer)
}

// A bot that contains more brings nobody to the desk whom one that contains less would
// not have brought: the load never rises.
func TestMoreContainmentNeverRaisesTheLoad(t *testing.T) {
	t.Parallel()
	fewer := 0
	rapid.Check(t, func(r *rapid.T) {
		d := draw{r}
		s := varied(r)
		oneAtATime(s)
		s.Outages = nil // who comes later may miss one
		less := d.bot(s, "bot")
		less.Contains = d.tenths("contains less", 0, 9)
		more := less
		more.Contains = less.Contains + d.tenths("contains more", 1, 10-int(math.Round(10*less.Contains)))
		arrivals := func(b model.Deflection) map[ticket.ID]*customer {
			c := copyOf(s)
			c.Deflection = []model.Deflection{b}
			return customers(trial(r, c, 0).steps)
		}
		few, many := arrivals(more), arrivals(less)
		for id := range few {
			if many[id] == nil {
				r.Fatalf("ticket %#x comes only if the bot contains more", uint64(id))
			}
		}
		fewer += len(many) - len(few)
	})
	enough(t, fewer)
}

func TestABotMeetsTheSameCustomersUnderAnyRoster(t *testing.T) {
	t.Parallel()
	sameUnderAnyRoster(t, func(d draw, s *model.Scenario) { s.Deflection = []model.Deflection{d.bot(s, "bot")} })
}

// A Poisson stream thinned by a bot is Poisson at the rate that is left: (1 - c) of it and
// c·w that come back. The bounds are four standard deviations.
func TestABotContainsWhatItSays(t *testing.T) {
	t.Parallel()
	const contains, wrong = 0.4, 0.25
	s := m1(20_000).scenario()
	s.Issues[0].Handle = dist.Must(dist.Constant(1))
	s.Currency = "EUR"
	s.Deflection = []model.Deflection{{Name: "bot", Contains: contains, Wrong: wrong, Handle: dist.Must(dist.Constant(30)), Back: exponential(600), Cost: 0.5}}
	p := trial(t, s, 0)
	value := func(name string) (num, den float64) {
		for i, m := range p.catalog.Measures {
			if m.Name == name && (m.Labels == outcome.Labels{Bot: "bot"} || name == outcome.Arrived && m.Labels == all) {
				return p.run.Num[i], p.run.Den[i]
			}
		}
		t.Fatalf("there is no %s", name)
		return 0, 0
	}
	for _, row := range []struct {
		name string
		want float64
	}{{outcome.Containment, contains}, {outcome.WrongAnswers, wrong}, {outcome.Deflected, contains * (1 - wrong)}} {
		num, den := value(row.name)
		if sd := math.Sqrt(row.want * (1 - row.want) / den); den < 5000 || math.Abs(num/den-row.want) > 4*sd {
			t.Errorf("%s is %v of %v, want %v", row.name, num, den, row.want)
		}
	}
	met, _ := value(outcome.BotContacts)
	if cost, _ := value(outcome.BotCost); cost != 0.5*met {
		t.Errorf("%v contacts cost %v", met, cost)
	}
	arrived, _ := value(outcome.Arrived)
	kept, _ := value(outcome.Deflected)
	// Those who are on their way at the horizon are missing: at most a handful.
	if lost := met - kept - arrived; lost < 0 || lost > 40 {
		t.Errorf("%v of %v are kept from the desk, but %v arrive", kept, met, arrived)
	}
}

// A bot that is closed is not met.
func TestABotKeepsItsHours(t *testing.T) {
	t.Parallel()
	s := m1(5000).scenario()
	s.Calendars = append(s.Calendars, office(time.UTC))
	s.Deflection = []model.Deflection{{Name: "bot", Calendar: 1, Contains: 1}}
	in, out := 0, 0
	for _, p := range ordered(trial(t, s, 0).steps) {
		if s.Calendars[1].Open(s.Time.Start.Add(p.At)) {
			in++
		} else {
			out++
		}
	}
	if in > 0 || out < 1000 {
		t.Errorf("%d tickets come in its hours, %d outside", in, out)
	}
}

// An announcement asks callers to write: a share of them does, and nobody is lost by it. Who writes at 40 % would write at 70 %.
func TestCallersWhoAreAskedToWriteDo(t *testing.T) {
	t.Parallel()
	compared, moved := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.Deflection, without.Outages = nil, nil
		if len(without.Channels) < 2 {
			return
		}
		asked := func(share float64) map[ticket.ID]*customer {
			s := copyOf(without)
			s.Deflection = []model.Deflection{{Name: "write", Switch: share, To: 1}}
			s.Deflection[0].Match.Channels = []ticket.Channel{0}
			if problems := s.Check(); len(problems) > 0 {
				r.Skip(problems[0])
			}
			return customers(trial(r, s, 0).steps)
		}
		none, some, most := asked(0), asked(0.4), asked(0.7)
		if len(none) != len(some) || len(none) != len(most) {
			return // who writes does not call again, and who calls does not ask twice
		}
		compared++
		for id := range some {
			if some[id].class != none[id].class {
				moved++
				if most[id].class != some[id].class {
					r.Fatalf("ticket %#x writes when 40 %% are asked to, and not when 70 %% are", uint64(id))
				}
			}
		}
	})
	enough(t, compared)
	enough(t, moved)
}
