package sim_test

import (
	"maps"
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
	"pgregory.net/rapid"
)

// blockable is a varied scenario in which nothing is down yet, with an outage of the
// last channel at a stated time.
func blockable(r *rapid.T) (*model.Scenario, model.Outage) {
	d := draw{r}
	s := varied(r)
	oneAtATime(s)
	s.Deflection, s.Outages = nil, nil
	o := model.Outage{Name: "cable", Channels: []ticket.Channel{ticket.Channel(len(s.Channels) - 1)}, From: d.hours("down from", 0, 15)}
	o.Until = o.From + d.hours("down for", 1, 8)
	return s, o
}

func (o window) holds(at time.Duration) bool { return o.from <= at && at < o.until }

type window struct{ from, until time.Duration }

// those without and with an outage, as customers.
func downAndUp(r *rapid.T, s *model.Scenario, o model.Outage) (up, down map[ticket.ID]*customer) {
	c := copyOf(s)
	c.Outages = []model.Outage{o}
	return customers(trial(r, s, 0).steps), customers(trial(r, c, 0).steps)
}

// Whoever makes contact on a channel that is down is lost, and nobody else is.
func TestAnOutageLosesThoseWhoMeetIt(t *testing.T) {
	t.Parallel()
	compared, lost := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		s, o := blockable(r)
		up, down := downAndUp(r, s, o)
		w := window{o.From, o.Until}
		maps.DeleteFunc(up, func(id ticket.ID, x *customer) bool {
			hit := x.class.Channel == o.Channels[0] && w.holds(x.created)
			if hit {
				lost++
			}
			return hit
		})
		if len(up) != len(down) {
			r.Fatalf("%d come, and should be %d", len(down), len(up))
		}
		compared += sameCustomers(r, up, down, unchanged)
	})
	enough(t, compared)
	enough(t, lost)
}

// Those who try again come within the time that is said, with the same ticket; those
// who come so late that it is over are missing.
func TestThePatientComeAfterAnOutage(t *testing.T) {
	t.Parallel()
	later := 0
	rapid.Check(t, func(r *rapid.T) {
		s, o := blockable(r)
		o.Patient, o.Spread = true, draw{r}.hours("spread", 0, 2)
		up, down := downAndUp(r, s, o)
		w := window{o.From, o.Until}
		for id, x := range up {
			y := down[id]
			switch hit := x.class.Channel == o.Channels[0] && w.holds(x.created); {
			case y == nil && hit && o.Until+o.Spread >= s.Time.Length:
			case y == nil:
				r.Fatalf("ticket %#x of %v does not come", uint64(id), x.created)
			case !hit && y.created != x.created:
				r.Fatalf("ticket %#x of %v comes at %v", uint64(id), x.created, y.created)
			case hit && (y.created < o.Until || y.created > o.Until+o.Spread):
				r.Fatalf("ticket %#x comes again at %v, want %v to %v", uint64(id), y.created, o.Until, o.Until+o.Spread)
			case hit:
				later++
			}
		}
		for id := range down {
			if up[id] == nil {
				r.Fatalf("ticket %#x comes only with the outage", uint64(id))
			}
		}
	})
	enough(t, later)
}

// Those who turn to another channel come at the same time, as the same ticket on that
// channel; where more of them do, the same ones do and others.
func TestThoseWhoTurnToAnotherChannelNest(t *testing.T) {
	t.Parallel()
	moved, more := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		s, o := blockable(r)
		if len(s.Channels) == 1 {
			r.Skip("there is no other channel")
		}
		d := draw{r}
		o.Switch = d.tenths("switch", 0, 9)
		up, few := downAndUp(r, s, o)
		o.Switch += d.tenths("switch more", 1, 10-int(math.Round(10*o.Switch)))
		_, many := downAndUp(r, s, o)
		for id, y := range few {
			x, z := up[id], many[id]
			if x == nil || z == nil || x.created != y.created || z.created != y.created {
				r.Fatalf("ticket %#x: %+v, %+v and %+v", uint64(id), x, y, z)
			}
			want := x.class
			if want.Channel == o.Channels[0] && (window{o.From, o.Until}).holds(x.created) {
				want.Channel = o.To
				moved++
			}
			if y.class != want {
				r.Fatalf("ticket %#x comes as %+v, want %+v", uint64(id), y.class, want)
			}
		}
		more += len(many) - len(few)
	})
	enough(t, moved)
	enough(t, more)
}

// While a team's system is down it starts nothing, and the tickets stay what they are.
func TestNothingIsStartedWhileTheSystemIsDown(t *testing.T) {
	t.Parallel()
	compared, held := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		s, o := blockable(r)
		o.Channels, o.Teams = nil, []ticket.Team{0}
		c := copyOf(s)
		c.Outages = []model.Outage{o}
		a, b := trial(r, s, 0).steps, trial(r, c, 0).steps
		w := window{o.From, o.Until}
		for i := range b {
			if p := &b[i]; p.What == "started" && p.Team == 0 && w.holds(p.At) {
				r.Fatalf("ticket %#x is started at %v", uint64(p.ID), p.At)
			}
		}
		for i := range a {
			if p := &a[i]; p.What == "started" && p.Team == 0 && w.holds(p.At) {
				held++
			}
		}
		compared += sameCustomers(r, customers(a), customers(b), unchanged)
	})
	enough(t, compared)
	enough(t, held)
}

// Outages at random are a Poisson process of beginnings, and last as they are said to.
func TestOutagesAtRandom(t *testing.T) {
	t.Parallel()
	const trials, every, mean = 400, 5 * 24 * time.Hour, 3600.0
	s := m1(5).scenario()
	s.Time.Length = 60 * 24 * time.Hour
	s.Streams[0].Volume.Count = 0
	s.Outages = []model.Outage{{Name: "cable", Teams: []ticket.Team{0}, Every: every, Lasts: dist.Must(dist.Lognormal(mean, 1))}}
	l, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	g := l.Plan.Generator()
	n, length := 0.0, 0.0
	for r := range trials {
		g.Reset(rng.Key{Seed: 3, Replication: uint64(r)})
		for _, w := range g.Outside().Down[0] {
			n++
			length += (w.Until - w.From).Seconds()
		}
	}
	want := float64(trials) * float64(s.Time.Length) / float64(every)
	// One in a hundred or so begins in another, and is no window of its own.
	if math.Abs(n-want) > 4*math.Sqrt(want)+0.02*want {
		t.Errorf("%v outages, want %v", n, want)
	}
	if sd := mean * math.Sqrt(want); math.Abs(length-want*mean) > 4*math.Sqrt2*sd {
		t.Errorf("they last %v s in all, want %v", length, want*mean)
	}
}

// Availability, worked out by hand: two weeks are measured, of always or of office
// hours, which are 7.5 h on weekdays.
func TestAvailabilityByHand(t *testing.T) {
	t.Parallel()
	s := m1(5).scenario()
	hour := time.Hour
	s.Time.Length, s.Time.Warmup = 21*24*hour, 7*24*hour // 2 to 23 March 2026, measured from the 9th
	s.Streams[0].Volume.Count = 1
	s.Channels = append(s.Channels, work.Channel{Name: "chat", Concurrency: 1})
	s.Names.Channels = append(s.Names.Channels, "chat")
	s.Calendars = []*calendar.Calendar{calendar.Always(time.UTC), office(time.UTC)}
	at := func(day int, h time.Duration) time.Duration { return time.Duration(day-2)*24*hour + h }
	phone := []ticket.Channel{0}
	s.Outages = []model.Outage{
		{Name: "unmeasured", Channels: phone, From: at(4, 10*hour), Until: at(4, 20*hour)},
		{Name: "early", Channels: phone, From: at(10, 7*hour), Until: at(10, 11*hour)},     // 4 h; 2 h of the office's
		{Name: "overlaps", Channels: phone, From: at(10, 10*hour), Until: at(10, 13*hour)}, // 2 h more; 1.5 h of the office's, which rests from 12:00 to 12:30
		{Name: "planned", Channels: phone, From: at(11, 0), Until: at(12, 0), Planned: true},
		{Name: "other", Channels: []ticket.Channel{1}, From: at(17, 0), Until: at(17, hour)},
		{Name: "system", Teams: []ticket.Team{0}, From: at(18, 0), Until: at(18, hour)},
	}
	s.Availability = []model.Availability{
		{Channel: 0, AtLeast: 0.99, Period: contract.Weekly, Calendar: 1},
		{Channel: 1, AtLeast: 0.99, Period: contract.Weekly},
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	run := simulation.Catalog().NewRun()
	simulation.Worker().Run(1, 0, run)
	const officeWeek, week = 5 * 7.5 * 3600, 168 * 3600.0
	for _, row := range []struct {
		name     string
		labels   outcome.Labels
		num, den float64
	}{
		{outcome.Availability, outcome.Labels{Channel: "phone"}, 2*officeWeek - 3.5*3600, 2 * officeWeek},
		{outcome.Availability, outcome.Labels{Channel: "phone", Period: "2026-W11"}, officeWeek - 3.5*3600, officeWeek},
		{outcome.Availability, outcome.Labels{Channel: "phone", Period: "2026-W12"}, officeWeek, officeWeek},
		{outcome.AvailabilityMet, outcome.Labels{Channel: "phone"}, 1, 2},
		{outcome.Availability, outcome.Labels{Channel: "chat"}, 2*week - 3600, 2 * week},
		{outcome.AvailabilityMet, outcome.Labels{Channel: "chat"}, 2, 2},
		{outcome.OutageHours, outcome.Labels{Outage: "early"}, 4, 1},
		{outcome.OutageHours, outcome.Labels{Outage: "unmeasured"}, 0, 1},
		{outcome.StalledHours, outcome.Labels{Team: "team"}, 1, 1},
	} {
		found := false
		for i, m := range simulation.Catalog().Measures {
			if m.Name == row.name && m.Labels == row.labels {
				found = true
				if math.Abs(run.Num[i]-row.num) > 1e-6 || math.Abs(run.Den[i]-row.den) > 1e-6 {
					t.Errorf("%s is %v of %v, want %v of %v", m.Describe(), run.Num[i], run.Den[i], row.num, row.den)
				}
			}
		}
		if !found {
			t.Errorf("there is no %s %v", row.name, row.labels)
		}
	}
}
