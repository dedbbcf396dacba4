package requirement_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/requirement"
	"github.com/headroom-sim/headroom/model/work"
)

// With the rate λ + α sin γt and exponential handling times of mean 1/μ the mean of
// M(t)/M/∞ is, once the start is forgotten (Eick, Massey and Whitt 1993, "Mt/G/∞ queues with
// sinusoidal arrival rates", equation 15),
//
//	λ/μ + α (μ sin γt − γ cos γt) / (μ² + γ²)
func TestSineOfArrivalsGivesTheSineOfLoad(t *testing.T) {
	t.Parallel()
	const day, rate, swing, handle = 86400., 0.5, 0.4, 1800.
	step := time.Minute
	gamma, mu := 2*math.Pi/day, 1/handle
	starts := make([]float64, 3*1440)
	for i := range starts {
		a, b := float64(i)*60, float64(i+1)*60
		starts[i] = rate*60 - swing/gamma*(math.Cos(gamma*b)-math.Cos(gamma*a))
	}
	load, err := requirement.Load(starts, step, dist.Must(dist.Exponential(handle)))
	if err != nil {
		t.Fatal(err)
	}
	for i := 2 * 1440; i < len(load); i += 97 {
		at := (float64(i) + 0.5) * 60
		want := rate/mu + swing*(mu*math.Sin(gamma*at)-gamma*math.Cos(gamma*at))/(mu*mu+gamma*gamma)
		near(t, fmt.Sprintf("load at minute %d", i), load[i], want, 1e-4*want)
	}
}

// Touches that all take the same time are in hand for that long: the integral of the rate.
func TestConstantHandlingTimesAreAMovingSum(t *testing.T) {
	t.Parallel()
	starts := make([]float64, 50)
	for i := range starts {
		starts[i] = float64(1 + i%7)
	}
	load, err := requirement.Load(starts, time.Minute, dist.Must(dist.Constant(300)))
	if err != nil {
		t.Fatal(err)
	}
	for n := 6; n < len(load); n++ {
		want := (starts[n] + starts[n-5]) / 2
		for j := 1; j < 5; j++ {
			want += starts[n-j]
		}
		near(t, fmt.Sprintf("load in minute %d", n), load[n], want, 0.01*want)
	}
}

// Between two ends of steps the load of erlang.OfferedLoad moves exponentially, and its mean
// over the step follows.
func TestLoadIsTheMeanOfTheOfferedLoad(t *testing.T) {
	t.Parallel()
	const step, handle = 300., 420.
	rates := []float64{0.1, 0.5, 0, 0, 1, 1, 1, 0.2}
	starts := make([]float64, len(rates))
	for i, r := range rates {
		starts[i] = r * step
	}
	got, err := requirement.Load(starts, 5*time.Minute, dist.Must(dist.Exponential(handle)))
	if err != nil {
		t.Fatal(err)
	}
	ends, err := erlang.OfferedLoad(0, rates, step, handle)
	if err != nil {
		t.Fatal(err)
	}
	before := 0.
	for i, end := range ends {
		target := rates[i] * handle
		mean := target + (before-target)*handle/step*-math.Expm1(-step/handle)
		near(t, fmt.Sprintf("load of step %d", i), got[i], mean, 1e-5*max(mean, 0.1))
		before = end
	}
}

func TestNoWorkIsLost(t *testing.T) {
	t.Parallel()
	for _, law := range []dist.Dist{
		dist.Must(dist.Exponential(900)), dist.Must(dist.Constant(77)), dist.Must(dist.Lognormal(600, 1.2)),
		dist.Must(dist.Gamma(60, 0.5)), dist.Must(dist.Uniform(0, 3000)), dist.Must(dist.Constant(0)),
	} {
		starts := make([]float64, 2000)
		starts[3], starts[10] = 12, 5
		load, err := requirement.Load(starts, time.Minute, law)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.
		for _, m := range load {
			sum += m * 60
		}
		near(t, law.String(), sum, 17*law.Mean(), 1e-6*17*law.Mean())
	}
}

func TestLoadsWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	second := dist.Must(dist.Constant(1))
	for _, c := range []struct {
		starts []float64
		step   time.Duration
		law    dist.Dist
	}{
		{[]float64{1}, 0, second}, {[]float64{-1}, time.Minute, second}, {[]float64{math.NaN()}, time.Minute, second},
		{[]float64{math.Inf(1)}, time.Minute, second}, {[]float64{1}, time.Minute, dist.Dist{}},
	} {
		if _, err := requirement.Load(c.starts, c.step, c.law); err == nil {
			t.Errorf("%v passes", c)
		}
	}
}

// All touches of all tickets are there in the end, as many as work.Issue.Touches says.
func TestTicketsHaveAllTheirTouchesInTheEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		share := func(name string, low, high float64) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
		s := desk()
		s.Streams[0].Channel, s.Streams[0].Until = email, calendar.DateOf(s.Time.Start)
		s.Time.Length = 20 * 24 * time.Hour
		issue := &s.Issues[0]
		issue.SolvedAtFirst, issue.SolvedLater = share("first", 0.2, 1), share("later", 0.4, 1)
		issue.Reply = work.Reply{After: dist.Must(dist.Lognormal(share("after", 1, 20000), 1)), Never: share("never", 0, 1), Close: time.Hour}
		issue.Reopen = work.Reopen{Share: share("reopen", 0, 0.2), After: dist.Must(dist.Constant(600))}
		if rapid.Bool().Draw(t, "holds") {
			issue.Holds = []work.Hold{{For: "vendor", Share: 0.2, After: work.AnyTouch, Takes: dist.Must(dist.Uniform(0, 7200))}}
		}
		touches := 0.
		for _, f := range requirement.Flows(s, 5*time.Minute) {
			for _, n := range f.Starts {
				touches += n
			}
		}
		want := 24 * 200 * issue.Touches()
		if math.Abs(touches-want) > 1e-3*want {
			t.Errorf("%v touches, want %v", touches, want)
		}
	})
}

// A reply that takes a constant time comes just that much later; one that passes in
// office hours comes within them.
func TestRepliesComeADelayLater(t *testing.T) {
	t.Parallel()
	s := desk()
	s.Streams[0].Profile.Hours = make([]float64, 24)
	s.Streams[0].Profile.Hours[16] = 1
	s.Streams[0].Channel, s.Streams[0].Volume = email, demand.Volume{Count: 120}
	s.Issues[0].SolvedAtFirst = 0.5
	s.Issues[0].Handle = dist.Must(dist.Constant(300))
	s.Issues[0].Reply = work.Reply{After: dist.Must(dist.Constant(3*3600 - 300)), Close: time.Hour}
	office := &calendar.Calendar{Zone: time.UTC}
	for d := range office.Week {
		office.Week[d] = []calendar.Span{{From: 8 * 60, To: 18 * 60}}
	}
	s.Calendars = append(s.Calendars, office)
	at := func() (hours []int) {
		for _, f := range requirement.Flows(s, 5*time.Minute) {
			if f.Kind != requirement.Later {
				continue
			}
			for i, n := range f.Starts[:36*12] {
				if n > 0 && (len(hours) == 0 || hours[len(hours)-1] != i/12) {
					hours = append(hours, i/12)
				}
			}
		}
		return hours
	}
	if got := fmt.Sprint(at()); got != "[19]" {
		t.Errorf("replies at %s o'clock, want 19", got)
	}
	// From 16:05 to 17:05 on, less than 2 h are left of the day: the rest passes from 8:00 on.
	s.Issues[0].Reply.Calendar = 1
	if got := fmt.Sprint(at()); got != "[33]" {
		t.Errorf("replies at hours %s, want from 9:00 to 10:00 on the next day", got)
	}
}
