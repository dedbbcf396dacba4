package chart_test

import (
	"bytes"
	"math"
	"path/filepath"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

// examples are the examples of this package by the name of their picture, in testdata.
var examples = map[string]func() (chart.Chart, error){
	"timeline": shown(ExampleTimeline), "heat": shown(ExampleHeatMap), "credits": shown(ExampleDistribution),
	"bars": shown(ExampleBars), "curves": shown(ExampleCurves), "grid": shown(ExampleGridMap),
	"cumulative": shown(ExampleCumulative), "frontier": shown(ExampleFrontier), "funnel": shown(ExampleFunnel),
	"differences": shown(ExampleDifferences), "coverage": shown(ExamplePanel_short),
}

// last is the chart that an example has shown last. Examples run one at a time.
var last chart.Chart

// show is what the examples do with their charts. A program would write a file.
func show(c chart.Chart) error {
	last = c
	return chart.WritePNG(new(bytes.Buffer), c)
}

func shown(example func()) func() (chart.Chart, error) {
	return func() (chart.Chart, error) {
		last = nil
		example()
		return last, nil
	}
}

// TestExamples compares the picture of each example with the one in testdata.
func TestExamples(t *testing.T) {
	for name, example := range examples {
		c, err := example()
		if err != nil || c == nil {
			t.Fatalf("%s shows nothing: %v", name, err)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.Picture(t, filepath.Join("testdata", name+".png"), draw(t, c), *update)
		})
	}
}

// Two busy weeks with a spike.
func ExampleTimeline() { _ = show(timeline()) }

// A share by hour of the week.
func ExampleHeatMap() { _ = show(heat()) }

// Credits that come in steps.
func ExampleDistribution() { _ = show(credits()) }

// Three scenarios.
func ExampleBars() { _ = show(bars()) }

// Two plans along the factor of a spike.
func ExampleCurves() { _ = show(curves()) }

// A measure over two axes, with the border within which a target is met.
func ExampleGridMap() { _ = show(gridMap()) }

// How long first replies take, against what is promised.
func ExampleCumulative() {
	times := func(median, spread float64) (s chart.Steps) {
		for x := 1.0; x < 400000; x *= 1.05 {
			s.Values = append(s.Values, x)
			s.Shares = append(s.Shares, math.Erfc(-math.Log(x/median)/spread)/2)
		}
		return s
	}
	gold, rest := times(900, 1.2), times(9000, 2.5)
	gold.Name, gold.Ink, rest.Name, rest.Ink = "Gold", chart.Blue, "All others", chart.Vermilion
	_ = show(chart.Cumulative{
		Text: chart.Text{Title: "How long first replies take", Caption: "Line: share of the clocks that ran for no longer than this."},
		Name: "Share of clocks", Head: "time until the first reply", Unit: outcome.UnitSeconds,
		Steps: []chart.Steps{gold, rest},
		Marks: []chart.Mark{
			{Name: "gold", Text: "1 h", Value: 3600, Ink: chart.Blue},
			{Name: "all others", Text: "1 day", Value: 86400, Ink: chart.Vermilion},
		},
	})
}

// Five plans, one of them worse than another.
func ExampleFrontier() {
	plan := func(name string, cost, gain float64) chart.Spot {
		return chart.Spot{Name: name, Cost: cost, CostLow: cost - 500, CostHigh: cost + 500, Gain: gain, GainLow: gain - 0.01, GainHigh: gain + 0.01}
	}
	_ = show(chart.Frontier{
		Text: chart.Text{Title: "What it costs to keep first replies", Caption: "Discs, joined: efficient plans."},
		Cost: "cost of staff, USD", Gain: "First replies in time",
		Spots: []chart.Spot{
			plan("office hours", 41000, 0.69), plan("evenings", 55000, 0.84), plan("weekends", 61000, 0.81),
			plan("evenings and weekends", 72000, 0.93), plan("around the clock", 94000, 0.972),
		},
		Bound: chart.Bound{Name: "target: 90 %", Value: 0.9},
	})
}

// How far escalations go.
func ExampleFunnel() {
	_ = show(chart.Funnel{
		Text: chart.Text{Title: "How far escalations go"}, Name: "Per replication",
		Stages: []chart.Stage{
			{Name: "Tickets", Detail: "created in the measured time", Bar: chart.Bar{Value: 4000, Low: 3900, High: 4100, Text: "4 000 ± 100"}},
			{Name: "Warning", Detail: "75 % of first_reply: raise priority", Bar: chart.Bar{Value: 820, Low: 760, High: 880, Text: "820 ± 60, 20.5 % of tickets"}},
			{Name: "Lead", Detail: "100 % of first_reply: reassign to experts", Bar: chart.Bar{Value: 90, Low: 70, High: 110, Text: "90 ± 20, 2.3 % of tickets"}},
			{Name: "Director", Detail: "200 % of first_reply: notify", Bar: chart.Bar{Value: 0.4, Low: 0.1, High: 0.7, Text: "0.4 ± 0.3, under 0.1 % of tickets"}},
		},
	})
}

// Two scenarios against a base, one measure of them without a difference.
func ExampleDifferences() {
	change := func(name string, value, half float64, text string) chart.Change {
		return chart.Change{Name: name, Bar: chart.Bar{Value: value, Low: value - half, High: value + half, Text: text}}
	}
	_ = show(chart.Differences{
		Text: chart.Text{Title: "Differences from office hours", Caption: "Disc: the interval leaves zero out; ring: it does not."},
		Groups: []chart.Contrast{
			{Name: "Cost, USD", Unit: outcome.UnitMoney, Rows: []chart.Change{change("evenings", 14000, 400, "+14 000 ± 400"), change("night", 53000, 900, "+53 000 ± 900")}},
			{Name: "Breach rate of first reply", Unit: outcome.UnitShare, Rows: []chart.Change{change("evenings", -0.15, 0.02, "-15 pp ± 2"), change("night", -0.28, 0.015, "-28.0 pp ± 1.5")}},
			{Name: "Breach rate of resolution", Unit: outcome.UnitShare, Rows: []chart.Change{change("evenings", -0.004, 0.006, "no difference"), change("night", -0.02, 0.008, "-2.0 pp ± 0.8")}},
		},
	})
}

// Agents on shift against those who are required.
func ExamplePanel_short() {
	week := timeline()
	need, have := week.Panels[0].Lines[0], week.Panels[0].Lines[1]
	need.Name, need.Ink, need.Steps, need.Low, need.High, need.Band = "required", chart.Vermilion, true, nil, nil, ""
	have.Name = "on shift"
	week.Panels = []chart.Panel{{Name: "Heads", Unit: outcome.UnitHeads, Short: "shortage", Lines: []chart.Line{need, have}}}
	week.Text = chart.Text{Title: "Staffing coverage against required heads", Caption: "Shaded: fewer are on shift than are required."}
	_ = show(week)
}
