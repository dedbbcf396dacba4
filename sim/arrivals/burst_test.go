package arrivals_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// outage is an incident of 80 tickets after 30 hours.
var outage = demand.Burst{Name: "outage", Issue: 1, Tickets: 80, Over: 4 * time.Hour, At: 30 * time.Hour}

func bursting(length time.Duration, bursts ...demand.Burst) *model.Scenario {
	s := scenario(length, spiked(spike(3)), stream("second", 100))
	s.Triage.Wrong = 0.2
	s.Bursts = bursts
	return s
}

// seen is a ticket with what it is in place of where the plan lists that.
type seen struct {
	arrivals.Ticket
	taken, actual ticket.Class
}

func look(t rapid.TB, s *model.Scenario, replication uint64) (ordinary, extra []seen) {
	t.Helper()
	p := plan(t, s)
	for _, a := range draw(t, p.Generator(), p.Sources(), 42, replication) {
		v := seen{a, p.Classes[a.Class], p.Classes[a.Actual]}
		v.Class, v.Actual = 0, 0
		if int(a.Stream) < len(s.Streams) {
			ordinary = append(ordinary, v)
		} else {
			extra = append(extra, v)
		}
	}
	return ordinary, extra
}

// Ordinary tickets do not know of bursts, and no burst knows of another.
func TestOrdinaryTicketsAreTheSameUnderAnyBursts(t *testing.T) {
	t.Parallel()
	const length = 3 * day
	ordinary, none := look(t, bursting(length), 1)
	if len(none) > 0 || len(ordinary) < 500 {
		t.Fatalf("%d ordinary tickets and %d others without a burst", len(ordinary), len(none))
	}
	_, alone := look(t, bursting(length, outage), 1)
	rapid.Check(t, func(t *rapid.T) {
		other := demand.Burst{
			Name: "other", Stream: rapid.IntRange(0, 1).Draw(t, "stream"), Issue: ticket.Issue(rapid.IntRange(0, 1).Draw(t, "issue")),
			Tickets: rapid.Float64Range(0, 300).Draw(t, "tickets"),
			Over:    time.Duration(rapid.Int64Range(int64(time.Second), int64(2*day)).Draw(t, "over")),
			At:      time.Duration(rapid.Int64Range(0, int64(length)-1).Draw(t, "at")),
			Every:   rapid.SampledFrom([]time.Duration{0, 0, 5 * time.Hour, day}).Draw(t, "every"),
		}
		s := bursting(length, other, outage)
		got, extra := look(t, s, 1)
		if !slices.Equal(got, ordinary) {
			t.Fatal("the ordinary tickets differ")
		}
		var same []seen
		ids := map[ticket.ID]bool{}
		for _, v := range got {
			ids[v.ID] = true
		}
		for _, v := range extra {
			if ids[v.ID] {
				t.Fatalf("two tickets have the ID %x", v.ID)
			}
			ids[v.ID] = true
			if v.At < 0 || v.At >= length {
				t.Fatalf("a ticket comes at %v", v.At)
			}
			if int(v.Stream) == len(s.Streams)+1 {
				// Only the place of the burst in the list differs.
				v.Stream--
				v.ID -= 1 << 56
				same = append(same, v)
			} else if v.actual.Issue != other.Issue || v.actual.Channel != s.Streams[other.Stream].Channel {
				t.Fatalf("a ticket of the burst is %+v", v.actual)
			}
		}
		if !slices.Equal(same, alone) {
			t.Fatal("the tickets of one burst differ with another one before it")
		}
	})
}

func TestABurstHasAPoissonNumberOfTicketsThatFallsOff(t *testing.T) {
	t.Parallel()
	const (
		trials = 400
		length = 3 * day
		cell   = 30 * time.Minute
	)
	s := bursting(length, outage)
	counts, sums := make([]float64, trials), make([]float64, length/cell)
	for r := range trials {
		_, extra := look(t, s, uint64(r))
		counts[r] = float64(len(extra))
		for _, v := range extra {
			if v.At < outage.At {
				t.Fatalf("a ticket comes at %v, before the incident", v.At)
			}
			sums[v.At/cell]++
		}
	}
	const n = trials
	want := outage.Expected(0, length-outage.At)
	near(t, "mean number", mean(counts), want, math.Sqrt(want/n))
	// The fourth central moment of a Poisson number is m + 3m².
	near(t, "variance of the number", covariance(counts, counts), want, want*math.Sqrt((2+1/want)/n))
	var fit, of float64
	for i, c := range sums {
		from := time.Duration(i)*cell - outage.At
		if m := trials * outage.Expected(from, from+cell); m > 1 {
			fit += (c - m) * (c - m) / m
			of++
		}
	}
	near(t, "fit of the fall", fit, of, math.Sqrt(2*of))
}

// Incidents at random are a Poisson process. Their tickets are a cluster process: with
// m incidents and all of n tickets of each, the variance of the number is m·n + m·n².
func TestIncidentsAtRandomArePoisson(t *testing.T) {
	t.Parallel()
	const (
		trials = 1000
		length = 20 * day
		every  = 4 * day
	)
	b := demand.Burst{Name: "failures", Stream: 1, Issue: 1, Tickets: 30, Over: time.Minute, Every: every}
	s := scenario(length, stream("a", 0), stream("b", 0))
	s.Bursts = []demand.Burst{b}
	counts, incidents := make([]float64, trials), make([]float64, trials)
	var early, late float64
	for r := range trials {
		_, extra := look(t, s, uint64(r))
		counts[r] = float64(len(extra))
		last := -day
		for _, v := range extra {
			if v.At-last > time.Hour {
				incidents[r]++
				if v.At < length/2 {
					early++
				} else {
					late++
				}
			}
			last = v.At
		}
	}
	const m, n = float64(length / every), 30.
	// Two incidents within an hour look like one: 1 in 100 of them.
	near(t, "incidents", mean(incidents), m*(1-1./96), math.Sqrt(m/trials))
	near(t, "variance of the incidents", covariance(incidents, incidents), m, 1.1*m*math.Sqrt(2./trials))
	near(t, "early incidents less late ones", early-late, 0, math.Sqrt(early+late))
	near(t, "tickets", mean(counts), m*n, math.Sqrt(m*n*(1+n)/trials))
	near(t, "variance of the tickets", covariance(counts, counts), m*n*(1+n), 1.1*m*n*(1+n)*math.Sqrt(2.2/trials))
}

// Incidents that overlap add their rates.
func TestIncidentsThatOverlapAddUp(t *testing.T) {
	t.Parallel()
	const trials, length = 300, 10 * day
	b := demand.Burst{Name: "always", Stream: 1, Issue: 1, Tickets: 8, Over: 6 * time.Hour, Every: time.Hour}
	s := scenario(length, stream("a", 0), stream("b", 0))
	s.Bursts = []demand.Burst{b}
	var second [trials]float64 // the last days, in which the rate has settled
	for r := range trials {
		_, extra := look(t, s, uint64(r))
		for _, v := range extra {
			if v.At >= 2*day {
				second[r]++
			}
		}
	}
	want := 8 * (length - 2*day).Hours()
	near(t, "tickets", mean(second[:]), want, math.Sqrt(want*9/trials))
}

func TestMoreBurstsThanIDsCanNumberAreRefused(t *testing.T) {
	t.Parallel()
	s := bursting(day, make([]demand.Burst, 255)...)
	if _, err := arrivals.NewPlan(s); err == nil {
		t.Error("257 streams and bursts are accepted")
	}
}
