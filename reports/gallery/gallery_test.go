package gallery_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

func text(title, caption string, _ outcome.Labels) chart.Text {
	return chart.Text{Title: title, Caption: caption, Source: "made by a test"}
}

func look(t *testing.T, p gallery.Picture, ok bool) chart.Chart {
	t.Helper()
	if !ok {
		t.Fatal("there is no picture")
	}
	return p.Chart
}

// longest is the longest time in seconds of the clocks that start in an hour of the day:
// twenty minutes by night, and longest in the early afternoon.
func longest(hour int) float64 { return 1200 + 14400*math.Pow(math.Sin(math.Pi*float64(hour)/27), 4) }

// ladder adds to an outcome what the sample has not: hours of the day and rungs.
func ladder() *outcome.Experiment {
	x := sample.Experiment(sample.Options{})
	for hour := range 24 {
		w := outcome.Waits{Labels: outcome.Labels{Metric: "first_reply", Hour: fmt.Sprintf("%02d", hour)}}
		for k := range 20 {
			// Evenly over 20 bins.
			w.Upper, w.Count = append(w.Upper, float64(k+1)/20*longest(hour)), append(w.Count, 5)
		}
		x.Waits = append(x.Waits, w)
	}
	ones := make([]float64, x.Replications)
	for i := range ones {
		ones[i] = 1
	}
	for i, n := range []float64{1200, 90, 0.2} {
		name := []string{"warning", "lead", "director"}[i]
		x.Scenario.Rungs = append(x.Scenario.Rungs, outcome.Rung{Name: name, At: fmt.Sprintf("%d %% of first_reply", 75+50*i), Do: "notify"})
		x.Measures = append(x.Measures, outcome.Measure{
			Name: outcome.Escalations, Labels: outcome.Labels{Rung: name}, Unit: outcome.UnitTickets, Num: ones, Den: ones,
			Estimate: estimate.Estimate{Value: n, Low: 0.9 * n, High: 1.1 * n, Level: 0.95, N: x.Replications},
		})
	}
	return x
}

func TestWaitsShowWhatTheOutcomeSays(t *testing.T) {
	t.Parallel()
	x := ladder()
	p, ok := gallery.Waits(x, "first_reply", text)
	c := look(t, p, ok).(chart.Cumulative)
	if len(c.Steps) != 3 || len(c.Marks) != 3 {
		t.Fatalf("%d lines and %d targets, want three tiers with one each", len(c.Steps), len(c.Marks))
	}
	for _, s := range c.Steps {
		if s.Shares[len(s.Shares)-1] != 1 {
			t.Errorf("%s ends at %v", s.Name, s.Shares[len(s.Shares)-1])
		}
	}
	// The share beyond the target is the breach rate, within the width of a bin.
	for i, tier := range x.Scenario.Tiers {
		rate, _ := x.Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply", Tier: tier})
		at, s := 0.0, c.Steps[i]
		for k, v := range s.Values {
			if v <= c.Marks[i].Value {
				at = s.Shares[k]
			}
		}
		if d := math.Abs(1 - at - rate.Estimate.Value); d > 0.06 {
			t.Errorf("%s: %v beyond the target, and a breach rate of %v", tier, 1-at, rate.Estimate.Value)
		}
		if c.Marks[i].Ink != s.Ink {
			t.Errorf("the target of %s has another ink than its line", tier)
		}
	}
}

func TestHoursAreQuantilesOfTheirDistribution(t *testing.T) {
	t.Parallel()
	p, ok := gallery.Hours(ladder(), "first_reply", text)
	c := look(t, p, ok).(chart.Curves)
	// A flat distribution has its median in the middle.
	for hour := range 24 {
		for i, q := range []float64{0.5, 0.8, 0.95} {
			if want := q * longest(hour); math.Abs(c.Curves[i].Y[hour]-want) > 1e-6*want {
				t.Errorf("at %d: %v, want %v", hour, c.Curves[i].Y[hour], want)
			}
		}
	}
	if _, ok := gallery.Hours(sample.Experiment(sample.Options{Days: 3, Replications: 2}), "first_reply", text); ok {
		t.Error("an outcome without hours has a picture of them")
	}
}

func TestCoverageIsTheWeekWithTheMostArrivals(t *testing.T) {
	t.Parallel()
	x := ladder()
	p, ok := gallery.Coverage(x, text)
	c := look(t, p, ok).(chart.Timeline)
	if c.Start.Format("Mon 2 Jan 15:04") != "Mon 23 Nov 00:00" {
		t.Errorf("it begins on %v", c.Start)
	}
	need, have := c.Panels[0].Lines[0].Values, c.Panels[0].Lines[1].Values
	if len(need) != 7*48 || len(have) != 7*48 {
		t.Fatalf("%d and %d half-hours in a week", len(need), len(have))
	}
	// A load that changes slowly against the handling time is rate × time; of it, load
	// and between once and twice its root more are required.
	from := 7 * 48
	for _, i := range []int{20, 30, 40, 20 + 48} {
		for _, s := range x.Series {
			if s.Name == outcome.SeriesArrivals && s.Labels == (outcome.Labels{}) {
				load := float64(s.Mean[from+i]) * 420 / 3600
				if n := float64(need[i]); n < load+0.5*math.Sqrt(load) || n > 1.1*load+2*math.Sqrt(load)+1 {
					t.Errorf("half-hour %d: %v heads for a load of %.1f", i, n, load)
				}
			}
		}
	}
	if !strings.Contains(c.Text.Caption, "β √load") || !strings.Contains(c.Text.Caption, "at worst by") {
		t.Errorf("the caption says %q", c.Text.Caption)
	}
}

// In the week of a clock change there is an hour less, and its days begin at midnight all
// the same.
func TestCoverageOfAWeekWithAClockChange(t *testing.T) {
	t.Parallel()
	x := ladder()
	x.Scenario.Zone, x.Scenario.Warmup = "Europe/Berlin", 0
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	x.Scenario.Start = time.Date(2026, 3, 12, 0, 0, 0, 0, zone) // the spike is in the week from 23 March
	p, ok := gallery.Coverage(x, text)
	if !ok {
		t.Fatal("there is no picture")
	}
	c := p.Chart.(chart.Timeline)
	if n := len(c.Panels[0].Lines[0].Values); c.Start.Format("2 Jan 15:04 MST") != "23 Mar 00:00 CET" || n != 7*48-2 {
		t.Errorf("it begins on %v and has %d half-hours", c.Start, n)
	}
}

func TestExceedanceFallsFromAllToNothing(t *testing.T) {
	t.Parallel()
	x := ladder()
	p, ok := gallery.Exceedance(x, &x.Scenario.Contracts[0], text)
	c := look(t, p, ok).(chart.Cumulative)
	m, _ := x.Measure(outcome.Credit, outcome.Labels{Contract: "acme"})
	s := c.Steps[0]
	before := s.Before
	for i, v := range s.Values {
		beyond := 0.0
		for _, paid := range m.Num {
			if paid > v {
				beyond++
			}
		}
		if want := beyond / float64(len(m.Num)); s.Shares[i] != want || s.Shares[i] >= before {
			t.Errorf("%v is exceeded by %v, want %v", v, s.Shares[i], want)
		}
		before = s.Shares[i]
	}
	if before != 0 || len(c.Marks) != 3 {
		t.Errorf("it ends at %v, with %d marks", before, len(c.Marks))
	}
	for i := range m.Num {
		m.Num[i] = 1800
	}
	if _, ok := gallery.Exceedance(x, &x.Scenario.Contracts[0], text); ok {
		t.Error("a credit that is the same in every trial has a picture")
	}
}

func TestEscalationsAreCountedAgainstTickets(t *testing.T) {
	t.Parallel()
	x := ladder()
	p, ok := gallery.Escalations(x, text)
	c := look(t, p, ok).(chart.Funnel)
	arrived, _ := x.Measure(outcome.Arrived, outcome.Labels{})
	want := fmt.Sprintf("%.1f", 100*1200/arrived.Estimate.Value)
	if len(c.Stages) != 4 || !strings.Contains(c.Stages[1].Text, want) || !strings.Contains(c.Stages[3].Text, "under 0.1") {
		t.Errorf("the stages are %+v", c.Stages)
	}
	x.Scenario.Rungs = nil
	if _, ok := gallery.Escalations(x, text); ok {
		t.Error("without a ladder there is a picture of it")
	}
}

// compared are three plans for the same customers.
func compared() (*outcome.Comparison, error) {
	var xs []*outcome.Experiment
	for i, staff := range []float64{1, 0.7, 1.3} {
		xs = append(xs, sample.Experiment(sample.Options{Name: []string{"as planned", "fewer", "more"}[i], Days: 14, Replications: 12, Staff: staff}))
	}
	return outcome.Compare(xs, 0.95, func(string) dist.Source { return rand.NewPCG(1, 2) })
}

func comparison(t *testing.T) *outcome.Comparison {
	t.Helper()
	c, err := compared()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cost is the row of the cost of everything.
func cost(c *outcome.Comparison) *outcome.ComparisonRow {
	for i := range c.Rows {
		if c.Rows[i].Name == outcome.Cost && c.Rows[i].Labels == (outcome.Labels{}) {
			return &c.Rows[i]
		}
	}
	return nil
}

// important are the costs and the breach rates of everything.
func important(c *outcome.Comparison) (rows []*outcome.ComparisonRow) {
	for i := range c.Rows {
		if r := &c.Rows[i]; r.Name == outcome.Cost && r.Labels.Team == "" || r.Name == outcome.BreachRate && r.Labels == (outcome.Labels{Metric: r.Labels.Metric}) {
			rows = append(rows, r)
		}
	}
	return rows
}

func TestComparedScenariosMakeAFrontier(t *testing.T) {
	t.Parallel()
	c := comparison(t)
	all := gallery.ComparedFrontiers(c, cost(c), text)
	if len(all) == 0 {
		t.Fatal("there is no picture")
	}
	f := look(t, all[0], true).(chart.Frontier)
	if got := chart.Efficient(f.Spots); len(got) != 3 || got[0] != 1 || got[2] != 2 {
		t.Errorf("efficient by cost are %v, want fewer, as planned, more", got)
	}
	if gallery.ComparedFrontiers(c, nil, text) != nil {
		t.Error("without costs there is a picture of them")
	}
}

func TestDifferencesSayWhatIsSure(t *testing.T) {
	t.Parallel()
	c := comparison(t)
	rows := important(c)
	p, ok := gallery.Differences(c, rows, name, text)
	d := look(t, p, ok).(chart.Differences)
	for i, g := range d.Groups {
		for k, row := range g.Rows {
			e := rows[i].Differences[k]
			if row.Value != e.Value || row.Low != e.Low || row.High != e.High {
				t.Errorf("%s: %v, want %v", g.Name, row, e)
			}
			if same := e.Low <= 0 && e.High >= 0; same != (row.Text == "no difference") {
				t.Errorf("%s: %q for %v to %v", g.Name, row.Text, e.Low, e.High)
			}
		}
	}
}

// launch is a sweep of a spike and of heads.
func launch() *outcome.Sweep {
	s := &outcome.Sweep{Currency: "USD", Axes: []outcome.Axis{
		{Path: "spikes.launch.factor", Values: []string{"1", "5"}, Numbers: []float64{1, 5}},
		{Path: "teams.desk.shifts.day.heads", Values: []string{"20", "25", "30"}, Numbers: []float64{20, 25, 30}},
	}}
	for _, factor := range s.Axes[0].Numbers {
		for k, heads := range s.Axes[1].Numbers {
			value := func(v float64) estimate.Estimate { return estimate.Estimate{Value: v, Low: 0.9 * v, High: 1.1 * v} }
			s.Points = append(s.Points, outcome.Point{Values: []string{fmt.Sprint(factor), s.Axes[1].Values[k]}, Results: []outcome.Result{
				{Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare, Estimate: value(factor / heads)},
				{Name: outcome.Cost, Unit: outcome.UnitMoney, Estimate: value(1000 * heads)},
			}})
		}
	}
	return s
}

// Nobody plans a spike, and somebody does heads: compared are the heads, where the spike
// is highest.
func TestAFrontierComparesPlansInOneWorld(t *testing.T) {
	t.Parallel()
	s := launch()
	p, ok := swept(s)
	f := look(t, p, ok).(chart.Frontier)
	if len(f.Spots) != 3 || f.Spots[0].Name != "20" || math.Abs(f.Spots[0].Gain-0.75) > 1e-9 {
		t.Errorf("the plans are %+v", f.Spots)
	}
	if !strings.Contains(f.Text.Caption, "launch factor 5") {
		t.Errorf("the caption says %q", f.Text.Caption)
	}
	s.Axes[1].Path = "demand.mail.volume"
	if _, ok := gallery.SweepFrontier(s, outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, false, []string{"factor", "volume"}, text); ok {
		t.Error("where nothing is planned there is a picture of plans")
	}
}

func TestEfficientPlans(t *testing.T) {
	t.Parallel()
	plan := func(cost, gain float64) chart.Spot { return chart.Spot{Cost: cost, Gain: gain} }
	for _, c := range []struct {
		name  string
		spots []chart.Spot
		want  []int
	}{
		{"none", nil, nil},
		{"one", []chart.Spot{plan(1, 0)}, []int{0}},
		{"dearer and better", []chart.Spot{plan(2, 0.9), plan(1, 0.5)}, []int{1, 0}},
		{"dearer and worse", []chart.Spot{plan(2, 0.5), plan(1, 0.9)}, []int{1}},
		{"as dear and worse", []chart.Spot{plan(1, 0.5), plan(1, 0.9)}, []int{1}},
		{"alike", []chart.Spot{plan(1, 0.5), plan(1, 0.5)}, []int{0, 1}},
		{"without a number", []chart.Spot{plan(math.NaN(), 1), plan(1, 0.5)}, []int{1}},
	} {
		if got := chart.Efficient(c.spots); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
