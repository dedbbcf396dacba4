package sweeps_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	library "github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/sweeps"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// launch is a sweep of a spike's factor and heads, made up: more heads survive more.
func launch() *outcome.Sweep {
	s := &outcome.Sweep{
		Format: outcome.SweepFormat, Version: outcome.SweepVersion, Tool: "headroom test", Scenario: "launch", Title: "A launch",
		Digest: "0123456789abcdef", Currency: "USD", Seed: 7,
		Axes: []outcome.Axis{
			{Path: "spikes.launch.factor", Values: []string{"1", "2", "3", "4", "5"}, Numbers: []float64{1, 2, 3, 4, 5}, Between: true},
			{Path: "teams.desk.shifts.day.heads", Values: []string{"20", "25", "30", "35"}, Numbers: []float64{20, 25, 30, 35}},
		},
		Goal: &outcome.Goal{
			Expectation: outcome.Expectation{Measure: "breach_rate(first_reply)", Relation: outcome.Below, Bound: 0.05, Unit: outcome.UnitShare}, Text: "breach_rate(first_reply) < 5%",
		},
	}
	around := func(v, half float64) estimate.Estimate {
		return estimate.Estimate{Value: v, Low: v - half, High: v + half, Level: 0.95, N: 30}
	}
	for _, x := range s.Axes[0].Numbers {
		for k, h := range s.Axes[1].Numbers {
			rate := 0.02 * x * x / math.Pow(2, float64(k))
			s.Points = append(s.Points, outcome.Point{
				Values: []string{fmt.Sprint(x), fmt.Sprint(h)}, Numbers: []outcome.Float{outcome.Float(x), outcome.Float(h)}, N: 30, Digest: fmt.Sprint(x, h),
				Results: []outcome.Result{
					{Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare, Estimate: around(rate, 0.004)},
					{Name: outcome.Recovery, Labels: outcome.Labels{Spike: "launch"}, Unit: outcome.UnitSeconds, Estimate: around(4000*x*x/h*20, 2000)},
					{Name: outcome.Cost, Unit: outcome.UnitMoney, Estimate: around(1000*h, 10)},
				},
				Doubts: []outcome.Warning{{Text: "Few replications."}, {Labels: outcome.Labels{Tier: "gold"}, Text: "Not about the whole."}},
			})
		}
	}
	s.Breaks = s.BreakPoints()
	return s
}

// A plan of words, three axes, and a unit on the axis of the break.
func threeAxes() *outcome.Sweep {
	s := launch()
	s.Axes = append(s.Axes, outcome.Axis{Path: "routing.order", Values: []string{"priority", "earliest_due"}})
	s.Axes[0].Path, s.Axes[0].Unit = "demand.mail.volume", "/day"
	for i := range s.Axes[0].Values {
		s.Axes[0].Values[i] += "/day"
	}
	var points []outcome.Point
	for _, p := range s.Points {
		for _, word := range s.Axes[2].Values {
			q := p
			q.Values = []string{p.Values[0] + "/day", p.Values[1], word}
			q.Numbers = append(slices.Clone(p.Numbers), outcome.Float(math.NaN()))
			points = append(points, q)
		}
	}
	s.Points = points
	s.Breaks = s.BreakPoints()
	return s
}

func TestSweepForATerminal(t *testing.T) {
	t.Parallel()
	hypercube := launch()
	hypercube.Sample, hypercube.Breaks = len(hypercube.Points), nil
	noTarget := launch()
	noTarget.Goal, noTarget.Breaks = nil, nil
	for name, s := range map[string]*outcome.Sweep{
		"sweep": launch(), "sweep-three-axes": threeAxes(), "sweep-hypercube": hypercube, "sweep-without-target": noTarget,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := sweeps.Text(&b, s, document.Options{Width: 110}); err != nil {
				t.Fatal(err)
			}
			golden.Text(t, filepath.Join("testdata", name+".txt"), b.Bytes(), *update)
		})
	}
}

// A measure along an axis and over two of them, where the target breaks, and what it costs to keep it.
func ExamplePictures() {
	for _, p := range sweeps.Pictures(launch()) {
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

func TestSweepPictures(t *testing.T) {
	t.Parallel()
	hypercube := launch()
	hypercube.Sample, hypercube.Breaks = len(hypercube.Points), nil
	for _, row := range []struct {
		s    *outcome.Sweep
		want []string
	}{
		{launch(), []string{"lines", "recovery", "map", "break", "frontier"}},
		{threeAxes(), []string{"lines", "recovery", "map-1", "map-2", "break", "frontier"}},
		{hypercube, []string{"points-1", "points-2", "recovery", "frontier"}},
	} {
		var names []string
		for _, p := range sweeps.Pictures(row.s) {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff(row.want, names); diff != "" {
			t.Error(diff)
		}
	}
	for i, name := range []string{"sweep-lines", "", "sweep-map", "sweep-break"} {
		if name != "" {
			p := sweeps.Pictures(launch())[i]
			p.Name = name
			inspect.Picture(t, p, *update)
		}
	}
}

// The CSV and the Parquet file hold the same table: a line for each point and measure.
func TestSweepFilesHoldEverything(t *testing.T) {
	t.Parallel()
	s := threeAxes()
	dir := t.TempDir()
	if _, err := sweeps.WriteFiles(dir, s); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "sweep.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + len(s.Points)*len(s.Points[0].Results); len(rows) != want {
		t.Fatalf("%d lines, want %d", len(rows), want)
	}
	head := "scenario,point,demand.mail.volume_per_day,teams.desk.shifts.day.heads,routing.order,measure,metric,"
	if got := strings.Join(rows[0], ","); !strings.HasPrefix(got, head) {
		t.Errorf("header %s", got)
	}
	if got := strings.Join(rows[1], ","); got != "launch,1,1,20,priority,breach_rate,first_reply"+strings.Repeat(",", len(outcome.LabelNames()))+"share,0.02,0.016,0.024,0.95,30" {
		t.Errorf("first line %s", got)
	}
	file, err := os.ReadFile(filepath.Join(dir, "sweep.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	columns, err := library.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range columns.Schema().Columns() {
		names = append(names, path[0])
	}
	want := slices.Sorted(slices.Values(rows[0]))
	if diff := cmp.Diff(want, names); diff != "" || columns.NumRows() != int64(len(rows)-1) {
		t.Errorf("%d rows, columns (-want +got):\n%s", columns.NumRows(), diff)
	}
	data, err = os.ReadFile(filepath.Join(dir, "breaks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	if want := "launch,breach_rate(first_reply) < 5%,demand.mail.volume,20,priority,/day,1,up_to,1.5,"; len(lines) != 1+8+1 || !strings.HasPrefix(lines[1], want) {
		t.Errorf("break points:\n%s", data)
	}
}

// What a sample over several axes can say about a break: how far all points keep the target, and
// from where none does.
func TestWhatASampleSaysAboutTheBreak(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(s *outcome.Sweep)
		want   string
	}{
		// By hand: at 1 all plans keep 5 %, at 2 the smallest does not; at 4 the largest still does, at 5 none.
		{"more is worse", func(*outcome.Sweep) {}, "Whatever the other values, all points with launch factor up to 1 keep it, and none from 5 on does."},
		// 20 heads keep it at 1 alone; 35 at all but 5.
		{"more is better, and some factor is too much for all", func(s *outcome.Sweep) { s.Along = 1 }, "missed at 10."},
		{"more is better", func(s *outcome.Sweep) {
			s.Along = 1
			s.Goal.Bound = 0.08 // 20 heads miss it from 3 on, 35 heads keep it always
		}, "Whatever the other values, all points with day heads from 35 on keep it."},
		{"none keeps it", func(s *outcome.Sweep) { s.Goal.Bound = 0.0001 }, "Whatever the other values, no point with launch factor from 2 on keeps it."},
		{"all keep it", func(s *outcome.Sweep) { s.Goal.Bound = 0.9 }, "is met at 20 of 20 points and missed at 0."},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := launch()
			s.Sample, s.Breaks = len(s.Points), nil
			row.change(s)
			var b bytes.Buffer
			if err := sweeps.Text(&b, s, document.Options{}); err != nil {
				t.Fatal(err)
			}
			verdict := strings.Split(b.String(), "\n")[2]
			if !strings.Contains(verdict, row.want) {
				t.Errorf("%q is not in %s", row.want, verdict)
			}
			if strings.HasPrefix(row.want, "missed") && strings.Contains(verdict, "Whatever") {
				t.Errorf("nothing is known, and it says %s", verdict)
			}
			if !strings.Contains(b.String(), "A Latin hypercube has no break point") {
				t.Error("it does not say why there is no break point")
			}
		})
	}
}

// A sample over one axis lies on a line, which has a break point.
func TestASampleOverOneAxisBreaks(t *testing.T) {
	t.Parallel()
	s := launch()
	s.Axes[1].Values, s.Axes[1].Numbers = s.Axes[1].Values[:1], s.Axes[1].Numbers[:1]
	s.Points = slices.DeleteFunc(s.Points, func(p outcome.Point) bool { return p.Values[1] != "20" })
	for i := range s.Points {
		p := &s.Points[i]
		p.Numbers[0] += 0.25
		p.Values[0] += ".25"
	}
	s.Sample = len(s.Points)
	s.Breaks = s.BreakPoints()
	var b bytes.Buffer
	if err := sweeps.Text(&b, s, document.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a Latin hypercube over 1", "holds up to launch factor 1.25", " 1.8 ", "recovery after launch by launch factor"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "hypercube has no break") {
		t.Error("it says that there is no break point")
	}
}

// Points that missed their precision are told of once, however they did; times to recover that the
// end has cut off are marked.
func TestDoubtsAboutPoints(t *testing.T) {
	t.Parallel()
	s := launch()
	for i := range s.Points {
		p := &s.Points[i]
		p.Doubts = nil
		if i < 7 {
			p.Doubts = []outcome.Warning{{Kind: outcome.PrecisionMissed, Text: fmt.Sprintf("Within %d %%.", i)}}
		}
		open := estimate.Estimate{Level: 0.95, N: 30}
		if i == 3 {
			open.Value = 0.1
		}
		p.Results = append(p.Results, outcome.Result{Name: outcome.Unrecovered, Labels: outcome.Labels{Spike: "launch"}, Unit: outcome.UnitShare, Estimate: open})
	}
	var b bytes.Buffer
	if err := sweeps.Text(&b, s, document.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"At 7 of 20 points the precision asked for was not reached", "it takes at least so long"} {
		if strings.Count(b.String(), want) != 1 {
			t.Errorf("%q is not in, once:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "Within 3") {
		t.Error("single points are told of")
	}
}

// A sweep with holes and huge numbers.
func TestSweepPicturesOfAnythingAreDrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := launch()
		if rapid.Bool().Draw(r, "no target") {
			s.Goal, s.Breaks = nil, nil
		}
		for i := range s.Points {
			for k := range s.Points[i].Results {
				v := inspect.Number(r, fmt.Sprint("value of ", k))
				e := estimate.Estimate{Value: v, Low: v - 1, High: v + math.Abs(inspect.Number(r, "half"))}
				if rapid.IntRange(0, 4).Draw(r, "nothing") == 0 {
					e = estimate.Estimate{Value: math.NaN(), Low: math.Inf(-1), High: math.Inf(1)}
				}
				s.Points[i].Results[k].Estimate = e
			}
		}
		if s.Goal != nil {
			s.Breaks = s.BreakPoints()
		}
		for _, p := range sweeps.Pictures(s) {
			inspect.Drawn(r, p)
		}
	})
}
