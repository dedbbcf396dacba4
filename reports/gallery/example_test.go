package gallery_test

import (
	"bytes"
	"flag"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// last is the picture that an example has shown last. Examples run one at a time.
var last gallery.Picture

// show is what the examples do with their pictures. A program would write a file.
func show(p gallery.Picture, some bool) {
	if some {
		last = p
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

// TestExamples compares the picture of each example with the one in testdata.
func TestExamples(t *testing.T) {
	for _, example := range []func(){
		ExampleWaits, ExampleHours, ExampleCoverage, ExampleExceedance, ExampleEscalations,
		ExampleComparedFrontiers, ExampleSweepFrontier, ExampleDifferences,
	} {
		last = gallery.Picture{}
		example()
		p := last
		if p.Chart == nil {
			t.Fatal("an example shows nothing")
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			inspect.Picture(t, p, *update)
		})
	}
}

// How long first replies take, by tier, against what is promised.
func ExampleWaits() { show(gallery.Waits(ladder(), "first_reply", text)) }

// Within which time 50 %, 80 % and 95 % of first replies come, by hour of the day.
func ExampleHours() { show(gallery.Hours(ladder(), "first_reply", text)) }

// The heads on shift in the busiest week against those who are required.
func ExampleCoverage() { show(gallery.Coverage(ladder(), text)) }

// The chance that a contract's credit exceeds an amount, with mean, P95 and CVaR95.
func ExampleExceedance() {
	x := ladder()
	show(gallery.Exceedance(x, &x.Scenario.Contracts[0], text))
}

// How many tickets reach each rung of the ladder.
func ExampleEscalations() { show(gallery.Escalations(ladder(), text)) }

// What three plans cost, and how many first replies they keep.
func ExampleComparedFrontiers() {
	c, err := compared()
	if err != nil {
		return
	}
	if all := gallery.ComparedFrontiers(c, cost(c), text); len(all) > 0 {
		show(all[0], true)
	}
}

// What heads cost, and what they keep where the spike is highest.
func ExampleSweepFrontier() { show(swept(launch())) }

func swept(s *outcome.Sweep) (gallery.Picture, bool) {
	return gallery.SweepFrontier(s, outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, false, []string{"factor", "heads"}, text)
}

// Two plans against a third, with the intervals of the paired differences.
func ExampleDifferences() {
	c, err := compared()
	if err == nil {
		show(gallery.Differences(c, important(c), name, text))
	}
}

func name(r *outcome.ComparisonRow) string { return r.Describe() }
