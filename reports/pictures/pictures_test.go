package pictures_test

import (
	"bytes"
	"flag"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/pictures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// friday is the outcome that the tests look at. Nobody may change it.
var friday = sync.OnceValue(func() *outcome.Experiment { return sample.Experiment(sample.Options{}) })

// Every picture of an outcome: breach rates, hours of the week, waits, occupancy, arrivals,
// coverage, backlog and credits.
func ExampleOf() {
	for _, p := range pictures.Of(friday()) {
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range pictures.Of(friday()) {
		names = append(names, p.Name)
	}
	want := []string{
		"breach-first_reply-tier", "breach-first_reply-priority", "hours-first_reply", "waits-first_reply",
		"breach-resolution-tier", "breach-resolution-priority", "hours-resolution", "waits-resolution",
		"breach-answer-tier", "breach-answer-priority", "hours-answer", "waits-answer",
		"occupancy", "arrivals", "coverage", "backlog", "credits-acme", "exceedance-acme", "credits-globex", "exceedance-globex",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	for _, name := range []string{"breach-first_reply-tier", "breach-answer-priority", "hours-first_reply", "occupancy", "arrivals", "backlog", "credits-acme"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inspect.Picture(t, pictures.Of(friday())[slices.Index(want, name)], *update)
		})
	}
}

func TestYearsAreDrawnAsDailyMeans(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Days: 60, Replications: 2})
	for _, p := range pictures.Of(x) {
		line, ok := p.Chart.(chart.Timeline)
		if !ok || p.Name != "arrivals" && p.Name != "occupancy" {
			continue
		}
		values := line.Panels[0].Lines[0].Values
		if len(values) != 60 {
			t.Errorf("%s has %d values for 60 days", p.Name, len(values))
		}
		if p.Name != "arrivals" {
			continue
		}
		all, sum := 0.0, 0.0
		for _, s := range x.Series {
			if s.Name == outcome.SeriesArrivals {
				for _, v := range s.Mean[:48] {
					all += float64(v)
				}
			}
		}
		if sum = float64(values[0]); math.Abs(sum-all/48) > 1e-9 {
			t.Errorf("the first day is %v tickets per hour, want %v", sum, all/48)
		}
	}
}
