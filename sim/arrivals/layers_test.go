package arrivals_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// spike is a spike of four hours and a half that begins on the second day.
func spike(factor float64) demand.Spike {
	return demand.Spike{Name: "spike", Factor: factor, Start: 33 * time.Hour, Rise: time.Hour, Hold: 3 * time.Hour, Fall: 30 * time.Minute}
}

// spiked is a stream with a profile, busyness and spikes.
func spiked(spikes ...demand.Spike) demand.Stream {
	st := stream("spiked", 240)
	st.Channel = 1
	st.Profile.Hours = []float64{1, 2, 3, 4, 3, 2}
	st.Busyness = 0.2
	st.Accounts = []demand.AccountShare{{Account: 0, Tier: 1, Share: 0.1}}
	st.Spikes = spikes
	return st
}

func TestASpikeOfFactorOneChangesNothing(t *testing.T) {
	t.Parallel()
	none := drawn(t, scenario(4*day, spiked()), 3)
	one := drawn(t, scenario(4*day, spiked(spike(1))), 3)
	if len(none) < 500 {
		t.Fatalf("only %d tickets", len(none))
	}
	if a, b := fmt.Sprintf("%#v", none), fmt.Sprintf("%#v", one); a != b {
		t.Error("the tickets differ")
	}
	p, q := plan(t, scenario(4*day, spiked())), plan(t, scenario(4*day, spiked(spike(1))))
	g, h := p.Generator(), q.Generator()
	draw(t, g, 1, 42, 3)
	draw(t, h, 1, 42, 3)
	for _, a := range none {
		for n := 0; n < 2 && p.Classes[a.Class].Issue == 0; n++ {
			if x, y := g.Cycle(a.Origin, a.Class, a.Scale, n), h.Cycle(a.Origin, a.Class, a.Scale, n); x != y {
				t.Fatalf("cycle %d of ticket %x is %+v without and %+v with the spike", n, a.ID, x, y)
			}
		}
	}
}

// The tickets of a smaller spike are among those of a larger one, the same in all
// that they are and bring; and those without a spike are among both.
func TestSpikesNest(t *testing.T) {
	t.Parallel()
	factors := []float64{1, 1.3, 2, 4.5, 5, 5.5, 10}
	var last map[ticket.ID]arrivals.Ticket
	for i, f := range factors {
		all := byID(t, drawn(t, scenario(4*day, spiked(spike(f))), 7))
		for id, a := range last {
			if b, ok := all[id]; !ok || a != b {
				t.Fatalf("ticket %x of factor %v: %+v, of %v: %+v", id, factors[i-1], a, f, b)
			}
		}
		if len(all) <= len(last) {
			t.Errorf("factor %v brings %d tickets, %v brought %d", f, len(all), factors[i-1], len(last))
		}
		extra := spike(f)
		for id, a := range all {
			layer := id >> 48 & 0xff
			switch {
			case float64(layer) >= f:
				t.Fatalf("layer %d in a spike of %v", layer, f)
			case layer > 0 && !extra.Active(a.At):
				t.Fatalf("ticket %x of the spike comes at %v", id, a.At)
			}
		}
		last = all
	}
}

// Ordinary tickets do not know of spikes, whatever these are like.
func TestOrdinaryTicketsAreTheSameUnderAnySpikes(t *testing.T) {
	t.Parallel()
	const length = 3 * day
	ordinary := drawn(t, scenario(length, spiked()), 1)
	rapid.Check(t, func(t *rapid.T) {
		var spikes []demand.Spike
		for i := range rapid.IntRange(1, 3).Draw(t, "spikes") {
			spikes = append(spikes, demand.Spike{
				Name: fmt.Sprint("spike ", i), Factor: rapid.Float64Range(1, 12).Draw(t, "factor"),
				Start: time.Duration(rapid.Int64Range(-int64(day), int64(length)).Draw(t, "start")),
				Rise:  time.Duration(rapid.Int64Range(0, int64(day)).Draw(t, "rise")),
				Hold:  time.Duration(rapid.Int64Range(0, int64(day)).Draw(t, "hold")),
				Fall:  time.Duration(rapid.Int64Range(0, int64(day)).Draw(t, "fall")),
			})
		}
		all := drawn(t, scenario(length, spiked(spikes...)), 1)
		base := slices.DeleteFunc(slices.Clone(all), func(a arrivals.Ticket) bool { return a.ID>>48&0xff > 0 })
		if !slices.Equal(base, ordinary) {
			t.Fatal("the ordinary tickets differ")
		}
		byID(t, all)
		for _, a := range all {
			if layer := a.ID >> 48 & 0xff; layer > 0 && demand.Factor(spikes, a.At) <= float64(layer) {
				t.Fatalf("ticket %x of layer %d comes at %v, where the factor is %v", a.ID, layer, a.At, demand.Factor(spikes, a.At))
			}
		}
	})
}

// A day's volume leaves the tickets of other days as they are.
func TestDaysAreIndependent(t *testing.T) {
	t.Parallel()
	calm := spiked(spike(3))
	busy := spiked(spike(3))
	busy.Profile.Days = [7]float64{1, 1, 4, 1, 1, 1, 1} // Tuesday
	calm.Profile.Days = [7]float64{1, 1, 1, 1, 1, 1, 1}
	a, b := drawn(t, scenario(4*day, calm), 1), drawn(t, scenario(4*day, busy), 1)
	onTuesday := func(x arrivals.Ticket) bool { return x.At/day == 1 }
	if n, m := len(a), len(b); m < n+300 {
		t.Errorf("%d tickets, and %d with a Tuesday of four times the volume", n, m)
	}
	a, b = slices.DeleteFunc(a, onTuesday), slices.DeleteFunc(b, onTuesday)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("other days differ (-calm +busy):\n%s", diff)
	}
}

// Tickets of a spike may take longer, or less long; the extra ones as the ordinary
// ones. What customers do between touches stays as it was.
func TestASpikeChangesHandlingTimes(t *testing.T) {
	t.Parallel()
	plain := byID(t, drawn(t, scenario(4*day, spiked(spike(4))), 2))
	for _, change := range []float64{-0.2, 0.5} {
		t.Run(fmt.Sprintf("by %+.0f percent", change*100), func(t *testing.T) {
			t.Parallel()
			sp := spike(4)
			sp.Handle = change
			s := scenario(4*day, spiked(sp))
			p := plan(t, s)
			g := p.Generator()
			inside, outside := 0, 0
			for _, a := range draw(t, g, p.Sources(), 42, 2) {
				was := plain[a.ID]
				factor := 1.0
				if sp.Active(a.At) {
					factor += change
					inside++
				} else {
					outside++
				}
				if a.At != was.At || a.Class != was.Class || a.Patience != was.Patience || a.Touch.Solves != was.Touch.Solves {
					t.Fatalf("ticket %+v was %+v", a, was)
				}
				scaled(t, a.Touch, was.Touch, factor)
				if p.Classes[a.Class].Issue == 0 {
					c, d := g.Cycle(a.Origin, a.Class, a.Scale, 0), g.Cycle(a.Origin, a.Class, 1, 0)
					if c.Silent != d.Silent || c.Delay != d.Delay {
						t.Fatalf("the customer's side of a cycle is %+v and was %+v", c, d)
					}
					scaled(t, c.Touch, d.Touch, factor)
					r, q := g.Return(a.Origin, a.Class, a.Scale, 0), g.Return(a.Origin, a.Class, 1, 0)
					if r.Comes != q.Comes || r.Delay != q.Delay {
						t.Fatalf("a return is %+v and was %+v", r, q)
					}
					scaled(t, r.Touch, q.Touch, factor)
				}
			}
			if inside < 100 || outside < 500 {
				t.Errorf("%d tickets in the spike and %d outside it", inside, outside)
			}
		})
	}
}

// scaled fails unless a touch is another with its time multiplied; the factor is kept
// in 32 bits.
func scaled(t *testing.T, got, was arrivals.Touch, factor float64) {
	t.Helper()
	want := was.Handle.Seconds() * factor
	if got.Solves != was.Solves || got.Handle.Seconds() < want*(1-1e-6) || got.Handle.Seconds() > want*(1+1e-6) {
		t.Fatalf("touch %+v was %+v, want it times %v", got, was, factor)
	}
}

// What an ID says: stream, layer, day and number within the day, from the highest
// byte down.
func TestAnIDNamesStreamLayerAndDay(t *testing.T) {
	t.Parallel()
	s := scenario(4*day, stream("first", 30), spiked(spike(3)))
	s.Time.Start = s.Time.Start.Add(18 * time.Hour) // the second day begins six hours later
	numbers := map[ticket.ID]map[ticket.ID]bool{}
	for _, a := range drawn(t, s, 5) {
		streamOf, layer, dayOf, number := a.ID>>56, a.ID>>48&0xff, a.ID>>32&0xffff, a.ID&0xffffffff
		if want := ticket.ID((a.At + 18*time.Hour) / day); dayOf != want {
			t.Errorf("ticket %x at %v: day %d, want %d", a.ID, a.At, dayOf, want)
		}
		if streamOf > 1 || layer > 2 || streamOf == 0 && layer > 0 {
			t.Errorf("ticket %x: stream %d, layer %d", a.ID, streamOf, layer)
		}
		key := a.ID >> 32
		if numbers[key] == nil {
			numbers[key] = map[ticket.ID]bool{}
		}
		if numbers[key][number] {
			t.Errorf("ticket %x: number %d twice", a.ID, number)
		}
		numbers[key][number] = true
		if layer == 0 && int(number) != len(numbers[key])-1 {
			t.Errorf("ticket %x is the ordinary ticket number %d of its day", a.ID, len(numbers[key])-1)
		}
	}
	if len(numbers) < 10 {
		t.Errorf("only %d days of layers", len(numbers))
	}
}
