package spell_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/spell"
)

// The upper tail of the binomial distribution, by its sum: of 20 clocks with one late in ten, 7 or more come with
// probability 0.0024, 8 or more with 0.0004.
func TestAnHourIsBadByNoAccident(t *testing.T) {
	t.Parallel()
	if (spell.Bin{Late: 7, Judged: 20}).Bad(0.1) || !(spell.Bin{Late: 8, Judged: 20}).Bad(0.1) {
		t.Error("the limit is not between 7 and 8 of 20")
	}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(r, "clocks")
		k := rapid.IntRange(1, n).Draw(r, "late")
		p := rapid.Float64Range(0.01, 0.9).Draw(r, "rate")
		tail := 0.0
		for j := k; j <= n; j++ {
			lg := func(x int) float64 { v, _ := math.Lgamma(float64(x + 1)); return v }
			tail += math.Exp(lg(n) - lg(j) - lg(n-j) + float64(j)*math.Log(p) + float64(n-j)*math.Log1p(-p))
		}
		if math.Abs(tail-spell.Tail) < 1e-9 {
			return
		}
		if got := (spell.Bin{Late: int64(k), Judged: int64(n)}).Bad(p); got != (tail < spell.Tail) {
			r.Fatalf("%d of %d at %v: %v, with a tail of %v", k, n, p, got, tail)
		}
	})
}

func TestBadHoursNearOneAnotherAreOneSpell(t *testing.T) {
	t.Parallel()
	bins := make([]spell.Bin, 40)
	for i := range bins {
		bins[i] = spell.Bin{Judged: 20}
	}
	for _, i := range []int{5, 6, 11, 20} {
		bins[i].Late = 15
	}
	if got, want := spell.Find(bins, 0.1), []spell.Spell{{From: 5, To: 12}, {From: 20, To: 21}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Independent clocks scatter as chance does, clocks that fail together more, and have few bad hours.
func TestTheIndexOfDispersionOfIndependentClocksIsOne(t *testing.T) {
	t.Parallel()
	source := rand.New(rand.NewPCG(3, 4))
	bins, together := make([]spell.Bin, 20_000), make([]spell.Bin, 20_000)
	for i := range bins {
		bins[i].Judged, together[i].Judged = 12, 12
		for range 12 {
			if source.Float64() < 0.05 {
				bins[i].Late++
			}
		}
		if source.Float64() < 0.05 {
			together[i].Late = 12
		}
	}
	index := func(b []spell.Bin) float64 { sum, n := spell.Scatter(b, 0.05); return sum / float64(n) }
	if d := index(bins); math.Abs(d-1) > 0.05 { // its standard error is about 0.01
		t.Errorf("independent: %v", d)
	}
	if d := index(together); math.Abs(d-12) > 1 {
		t.Errorf("twelve at a time: %v", d)
	}
	if n := len(spell.Find(bins, 0.05)); n > 40 { // 20 are expected at most
		t.Errorf("%d spells of independent clocks", n)
	}
}

const hour = time.Hour

func TestWarnings(t *testing.T) {
	t.Parallel()
	trouble := []spell.Trouble{{Onset: 100 * hour, End: 110 * hour}, {Onset: 200 * hour, End: 201 * hour}}
	alarms := []spell.Alarm{{10 * hour, 12 * hour}, {60 * hour, 77 * hour}, {95 * hour, 99 * hour}, {105 * hour, 106 * hour}, {200 * hour, 205 * hour}, {230 * hour, 231 * hour}}
	if lead, ok := spell.Lead(alarms, trouble[0]); !ok || lead != 24*hour {
		t.Errorf("a warning that was on a day before: %v %v", lead, ok)
	}
	if lead, ok := spell.Lead(alarms[2:], trouble[0]); !ok || lead != 5*hour {
		t.Errorf("a warning at 95: %v %v", lead, ok)
	}
	if lead, ok := spell.Lead(alarms, trouble[1]); ok {
		t.Errorf("a warning at the onset itself is none: %v", lead)
	}
	if n := spell.InVain(alarms, trouble); n != 2 {
		t.Errorf("%d alarms in vain, want those at 10 and 230", n)
	}
}

// What comes later changes no warning.
func TestAWarningKnowsNothingOfTheFuture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(0, 10), 10, 60).Draw(r, "series")
		cut := rapid.IntRange(1, len(xs)-1).Draw(r, "until")
		other := append(slices.Clone(xs[:cut]), rapid.SliceOfN(rapid.Float64Range(0, 100), len(xs)-cut, len(xs)-cut).Draw(r, "another future")...)
		u := spell.NewUsual(7)
		u.Add([]float64{4, 5, 6, 5, 4, 5, 6, 5, 6, 4, 5, 5, 4, 6, 5}, 0)
		until := time.Duration(cut) * hour
		seen := func(xs []float64) (out []spell.Alarm) {
			for _, a := range u.Alarms(spell.Trailing(xs, 3), 2, hour, hour) {
				if a.From <= until {
					out = append(out, spell.Alarm{From: a.From, To: min(a.To, until)})
				}
			}
			return out
		}
		if a, b := seen(xs), seen(other); !slices.Equal(a, b) {
			r.Fatalf("until %v: %v, with another future %v", until, a, b)
		}
	})
}

func TestUsualIsMeanAndDeviation(t *testing.T) {
	t.Parallel()
	u := spell.NewUsual(2)
	u.Add([]float64{10, 1, 12, math.NaN(), 14, 3}, 0) // of the first interval 10, 12, 14: mean 12, deviation 2
	if u.Unusual(18, 0) || !u.Unusual(18.1, 4) || u.Unusual(1, 0) {
		t.Error("unusual is not above 12 + 3·2")
	}
	if spell.NewUsual(1).Unusual(1e9, 0) {
		t.Error("there is nothing to compare with")
	}
	if got := spell.Slope([]float64{1, 2, 4, 8}, 2); !math.IsNaN(got[1]) || got[3] != 6 {
		t.Errorf("%v", got)
	}
	if got := spell.Trailing([]float64{1, math.NaN(), 3, 5}, 2); got[1] != 1 || got[2] != 3 || got[3] != 4 {
		t.Errorf("%v", got)
	}
}
