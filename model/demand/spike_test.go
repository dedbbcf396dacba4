package demand_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

// spikes are one of every kind. A new kind added here must obey every law below.
func spikes() map[string]demand.Spike {
	return map[string]demand.Spike{
		"rise, hold and fall": {Factor: 8, Start: 30 * time.Hour, Rise: 3 * time.Hour, Hold: 18 * time.Hour, Fall: 12 * time.Hour},
		"no rise":             {Factor: 5, Start: time.Hour, Hold: time.Hour, Fall: 2 * time.Hour},
		"no fall":             {Factor: 10, Start: time.Hour, Rise: time.Hour, Hold: time.Hour},
		"no hold":             {Factor: 3, Start: 2 * time.Hour, Rise: time.Hour, Fall: 7 * time.Hour},
		"a box":               {Factor: 2, Start: 5 * time.Minute, Hold: time.Minute},
		"only a rise":         {Factor: 4, Rise: 90 * time.Minute},
		"only a fall":         {Factor: 4, Fall: 90 * time.Minute},
		"under way at start":  {Factor: 6, Start: -10 * time.Hour, Rise: 12 * time.Hour, Hold: time.Hour, Fall: time.Hour},
		"factor 1":            {Factor: 1, Start: time.Hour, Rise: time.Hour, Hold: time.Hour, Fall: time.Hour},
		"of no length":        {Factor: 9, Start: time.Hour},
	}
}

func everySpike(t *testing.T, law func(t *testing.T, p *demand.Spike)) {
	t.Parallel()
	for name, p := range spikes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			law(t, &p)
		})
	}
}

// steps are times from well before to well after a spike, its corners among them.
func steps(p *demand.Spike) []time.Duration {
	times := []time.Duration{p.Start, p.Start + p.Rise, p.Start + p.Rise + p.Hold, p.End()}
	for _, t := range slices.Clone(times) {
		times = append(times, t-1, t+1)
	}
	for i := range 400 {
		length := p.End() - p.Start + time.Hour
		times = append(times, p.Start-length/4+time.Duration(i)*length/250)
	}
	slices.Sort(times)
	return times
}

func TestSpikeIsOneOutsideAndAtMostItsFactorInside(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		for _, at := range steps(p) {
			f := p.At(at)
			inside := at >= p.Start && at < p.End()
			if inside != p.Active(at) || !inside && f != 1 || f < 1 || f > p.Factor && inside {
				t.Fatalf("At(%v) = %v", at, f)
			}
			if hold := p.Start + p.Rise; at >= hold && at < hold+p.Hold && f != p.Factor {
				t.Fatalf("At(%v) = %v within the hold", at, f)
			}
		}
	})
}

func TestSpikeOnlyClimbsInTheRiseAndOnlySinksInTheFall(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		last := math.Inf(-1)
		for _, at := range steps(p) {
			if at < p.Start || at >= p.Start+p.Rise {
				continue
			}
			if f := p.At(at); f < last {
				t.Fatalf("At(%v) = %v after %v", at, f, last)
			} else {
				last = f
			}
		}
		last = math.Inf(1)
		for _, at := range steps(p) {
			if at < p.End()-p.Fall || at >= p.End() {
				continue
			}
			if f := p.At(at); f > last {
				t.Fatalf("At(%v) = %v after %v", at, f, last)
			} else {
				last = f
			}
		}
	})
}

// Continuity: the factor moves no faster than its ramps do, and where there is
// no ramp it jumps at the one instant that is meant to.
func TestSpikeIsContinuousWhereItHasRamps(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		times := steps(p)
		for i, b := range times[1:] {
			a := times[i]
			jumps := p.Rise == 0 && a < p.Start && b >= p.Start ||
				p.Fall == 0 && a < p.End() && b >= p.End()
			if jumps {
				continue
			}
			steepest := 0.0
			for _, ramp := range []time.Duration{p.Rise, p.Fall} {
				if ramp > 0 {
					steepest = max(steepest, (p.Factor-1)/ramp.Seconds())
				}
			}
			if change := math.Abs(p.At(b) - p.At(a)); change > steepest*(b-a).Seconds()+1e-9 {
				t.Fatalf("from %v to %v the factor changes by %v", a, b, change)
			}
		}
	})
}

func TestExtraOfAWholeSpikeIsTheAreaOfItsTrapezium(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		want := (p.Factor - 1) * (p.Rise.Seconds()/2 + p.Hold.Seconds() + p.Fall.Seconds()/2)
		for _, margin := range []time.Duration{0, 1, time.Hour} {
			if got := p.Extra(p.Start-margin, p.End()+margin); !near(got, want) {
				t.Errorf("with a margin of %v: %v, want %v", margin, got, want)
			}
		}
	})
}

// The midpoint rule is exact for straight lines; the corners are among the nodes.
func TestExtraIsTheIntegralOfAt(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		times := steps(p)
		r := rand.New(rand.NewPCG(6, 0))
		for range 30 {
			i, j := r.IntN(len(times)), r.IntN(len(times))
			i, j = min(i, j), max(i, j)
			sum := 0.0
			for k := i; k < j; k++ {
				a, b := times[k], times[k+1]
				sum += (p.At(a+(b-a)/2) - 1) * (b - a).Seconds()
			}
			if got := p.Extra(times[i], times[j]); math.Abs(got-sum) > 1e-6*(1+sum) {
				t.Fatalf("Extra(%v, %v) = %v, the sum is %v", times[i], times[j], got, sum)
			}
		}
		if p.Extra(p.End(), p.Start) != 0 {
			t.Errorf("Extra backwards is %v", p.Extra(p.End(), p.Start))
		}
	})
}

func TestFactorOneIsNoSpike(t *testing.T) {
	t.Parallel()
	p := demand.Spike{Factor: 1, Start: time.Hour, Rise: time.Hour, Hold: time.Hour, Fall: time.Hour}
	for _, at := range steps(&p) {
		if f := p.At(at); f != 1 {
			t.Fatalf("At(%v) = %v", at, f)
		}
	}
	if extra := p.Extra(0, 24*time.Hour); extra != 0 {
		t.Errorf("it brings %v extra", extra)
	}
	s := demand.Stream{Volume: demand.Volume{Count: 900}, Profile: demand.Profile{Hours: officeHours}}
	c := s.Curve(axis(t, "Europe/Berlin", 2026, time.March, 27), horizon)
	with, without := c.ExpectedWith([]demand.Spike{p}, 0, horizon), c.Expected(0, horizon)
	if !near(with, without) {
		t.Errorf("%v tickets with it, %v without", with, without)
	}
}

// drawSpike is any spike within two days of the start, in whole seconds.
func drawSpike(t *rapid.T, label string) demand.Spike {
	seconds := func(name string, lo, hi int) time.Duration {
		return time.Duration(rapid.IntRange(lo, hi).Draw(t, label+"."+name)) * time.Second
	}
	return demand.Spike{
		Factor: rapid.Float64Range(1, 12).Draw(t, label+".factor"),
		Start:  seconds("start", -7200, 86400),
		Rise:   seconds("rise", 0, 14400),
		Hold:   seconds("hold", 0, 36000),
		Fall:   seconds("fall", 0, 14400),
		Handle: rapid.Float64Range(-0.5, 0.5).Draw(t, label+".handle"),
	}
}

func TestSpikesAreMonotoneInTheirFactor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		small := drawSpike(t, "spike")
		large := small
		large.Factor += rapid.Float64Range(0, 5).Draw(t, "more")
		at := time.Duration(rapid.Int64Range(-int64(3*time.Hour), int64(48*time.Hour)).Draw(t, "at"))
		if small.At(at) > large.At(at) {
			t.Fatalf("At(%v): %v with factor %v, %v with %v", at, small.At(at), small.Factor, large.At(at), large.Factor)
		}
		to := at + time.Duration(rapid.Int64Range(0, int64(48*time.Hour)).Draw(t, "length"))
		if small.Extra(at, to) > large.Extra(at, to)*(1+1e-12) {
			t.Fatalf("Extra(%v, %v) falls with the factor", at, to)
		}
	})
}

func TestExtraAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawSpike(t, "spike")
		cuts := rapid.SliceOfN(rapid.Int64Range(-int64(3*time.Hour), int64(48*time.Hour)), 3, 3).Draw(t, "cuts")
		slices.Sort(cuts)
		a, b, c := time.Duration(cuts[0]), time.Duration(cuts[1]), time.Duration(cuts[2])
		if sum, whole := p.Extra(a, b)+p.Extra(b, c), p.Extra(a, c); math.Abs(sum-whole) > 1e-6 {
			t.Fatalf("%v in parts, %v in one", sum, whole)
		}
	})
}

func TestFactorIsTheLargestOfAllSpikes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := make([]demand.Spike, rapid.IntRange(0, 4).Draw(t, "spikes"))
		for i := range list {
			list[i] = drawSpike(t, "spike")
		}
		at := time.Duration(rapid.Int64Range(-int64(3*time.Hour), int64(48*time.Hour)).Draw(t, "at"))
		want := 1.0
		for i := range list {
			want = math.Max(want, list[i].At(at))
		}
		got := demand.Factor(list, at)
		slices.Reverse(list)
		if again := demand.Factor(list, at); got != want || again != want {
			t.Fatalf("Factor at %v is %v, backwards %v, want %v", at, got, again, want)
		}
	})
}

func TestHandleFactorIsThatOfTheLargestActiveSpike(t *testing.T) {
	t.Parallel()
	box := func(factor, handle float64, from, to time.Duration) demand.Spike {
		return demand.Spike{Factor: factor, Handle: handle, Start: from, Hold: to - from}
	}
	list := []demand.Spike{
		box(5, 0.1, 2*time.Hour, 10*time.Hour),
		box(8, -0.2, 4*time.Hour, 6*time.Hour),
		box(8, 0.5, 4*time.Hour, 6*time.Hour),
		{Factor: 4, Handle: 0.3, Start: 20 * time.Hour, Rise: time.Hour},
	}
	for at, want := range map[time.Duration]float64{
		time.Hour: 1, 2 * time.Hour: 1.1, 5 * time.Hour: 0.8, 6 * time.Hour: 1.1, 10 * time.Hour: 1,
		20 * time.Hour: 1.3, 21 * time.Hour: 1,
	} {
		if got := demand.HandleFactor(list, at); !near(got, want) {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
	if got := demand.HandleFactor(nil, 0); got != 1 {
		t.Errorf("without spikes: %v, want 1", got)
	}
}

func TestOneSpikeAddsItsAreaOnAFlatBase(t *testing.T) {
	everySpike(t, func(t *testing.T, p *demand.Spike) {
		s := demand.Stream{Volume: demand.Volume{Count: 7200, Per: demand.PerHour}} // two a second
		c := s.Curve(axis(t, "UTC", 2026, time.May, 1), 100*time.Hour)
		r := rand.New(rand.NewPCG(7, 0))
		for range 50 {
			from := time.Duration(r.Int64N(int64(80 * time.Hour)))
			to := from + time.Duration(r.Int64N(int64(40*time.Hour)))
			end := min(to, 100*time.Hour)
			want := 2 * ((end - from).Seconds() + p.Extra(from, end))
			if got := c.ExpectedWith([]demand.Spike{*p}, from, to); !near(got, want) {
				t.Fatalf("from %v to %v: %v tickets, want %v", from, to, got, want)
			}
		}
	})
}

func TestExpectedWithSpikesIsTheIntegralOfRateTimesFactor(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.October, 24, 0, 0, 0, 0, zone(t, "Europe/Berlin"))
	s := demand.Stream{Volume: demand.Volume{Count: 900}, Profile: demand.Profile{Hours: officeHours}}
	c := s.Curve(calendar.Axis{Origin: start}, 50*time.Hour)
	rapid.Check(t, func(t *rapid.T) {
		list := make([]demand.Spike, rapid.IntRange(0, 4).Draw(t, "spikes"))
		for i := range list {
			list[i] = drawSpike(t, "spike")
		}
		from := time.Duration(rapid.IntRange(-3600, 170_000).Draw(t, "from")) * time.Second
		to := from + time.Duration(rapid.IntRange(0, 20_000).Draw(t, "length"))*time.Second
		// Corners lie on whole seconds, so that over each second the factor is a
		// straight line, but for those in which one spike overtakes another.
		sum := 0.0
		for at := from; at < to; at += time.Second {
			middle := at + time.Second/2
			sum += c.Rate(middle) * demand.Factor(list, middle)
		}
		got := c.ExpectedWith(list, from, to)
		if math.Abs(got-sum) > 1e-3+1e-6*sum {
			t.Fatalf("%v tickets, the sum is %v", got, sum)
		}
		base := c.Expected(from, to)
		if got < base*(1-1e-12) {
			t.Fatalf("%v tickets with spikes, %v without", got, base)
		}
	})
}
