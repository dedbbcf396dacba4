package fit_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/fit"
)

func TestASpikeIsFoundWithItsStartAndFactor(t *testing.T) {
	t.Parallel()
	x := axis(t)
	const n = 8
	start := x.Since(x.Origin.AddDate(0, 0, 31)) + 9*time.Hour // a Thursday
	st := &demand.Stream{Volume: demand.Volume{Count: 2100, Per: demand.PerWeek}, Busyness: 0.1, Profile: demand.Profile{Hours: officeHours}}
	st.Spikes = []demand.Spike{{Name: "sale", Factor: 5, Start: start, Rise: 2 * time.Hour, Hold: 6 * time.Hour, Fall: 4 * time.Hour}}
	found, others := 0, 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 11))
		f, err := fit.History(logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Streams[0].Spikes {
			off := x.Since(s.Start) - start
			if off > -3*time.Hour && off < 3*time.Hour && s.Factor.Low < 5.8 && s.Factor.High > 4.2 {
				found++
			} else {
				others++
				t.Logf("%+v", s)
			}
		}
	}
	if found < 17 || others > 4 {
		t.Errorf("the spike is found in %d of 20 logs, and %d others", found, others)
	}
}
