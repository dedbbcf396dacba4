package reports_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	library "github.com/parquet-go/parquet-go"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

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
			if err := reports.Sweep(&b, s, reports.Options{Width: 110}); err != nil {
				t.Fatal(err)
			}
			golden.Text(t, filepath.Join("testdata", name+".txt"), b.Bytes(), *update)
		})
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
		{launch(), []string{"lines", "recovery", "map", "break"}},
		{threeAxes(), []string{"lines", "recovery", "map-1", "map-2", "break"}},
		{hypercube, []string{"points-1", "points-2"}},
	} {
		var names []string
		for _, p := range reports.SweepPictures(row.s) {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff(row.want, names); diff != "" {
			t.Error(diff)
		}
	}
	for i, name := range []string{"sweep-lines", "", "sweep-map", "sweep-break"} {
		if name != "" {
			p := reports.SweepPictures(launch())[i]
			p.Name = name
			look(t, p)
		}
	}
}

// The CSV and the Parquet file hold the same table: a line for each point and measure.
func TestSweepFilesHoldEverything(t *testing.T) {
	t.Parallel()
	s := threeAxes()
	dir := t.TempDir()
	if _, err := reports.WriteSweepFiles(dir, s); err != nil {
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
