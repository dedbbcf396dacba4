package main

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/recruit"
)

// What a month is simulated with is what it was planned with: the same work, and the heads that were asked for.
func TestAMonthIsSimulatedAsItWasPlanned(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("growing-desk")
	if err != nil {
		t.Fatal(err)
	}
	p, err := headcount.Of(s, 12, 0)
	if err != nil {
		t.Fatal(err)
	}
	month := p.Worst()
	if p.Months[month].Name() != "2027-12" {
		t.Fatalf("%s is shortest", p.Months[month].Name())
	}
	heads := []float64{31.5, 12.25}
	trial, err := p.Trial(s, month, heads)
	if err != nil {
		t.Fatal(err)
	}
	again, err := headcount.Of(trial, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if again.Months[0].Name() != "2027-12" {
		t.Fatalf("the trial is of %s", again.Months[0].Name())
	}
	for i := range p.Teams {
		was, is := p.Teams[i].Net[month], again.Teams[i].Net[0]
		if math.Abs(is-was) > 1e-9*was {
			t.Errorf("%s: work for %v heads is simulated, for %v was planned", p.Teams[i].Name, is, was)
		}
		l := again.Lines(&again.Teams[i], nil)[0]
		if math.Abs(l.Opening-heads[i]) > 1e-9 || math.Abs(l.Heads-heads[i]) > 1e-9 {
			t.Errorf("%s has %v heads, and %v at work, not %v", p.Teams[i].Name, l.Opening, l.Heads, heads[i])
		}
	}
}

// Growth and seasons are those of the month: mail of a December is that of a year's growth and the season's.
func TestMonthsAheadHaveTheirOwnDemand(t *testing.T) {
	t.Parallel()
	net := func(set ...string) []float64 {
		s, err := scenarios.LoadSet("growing-desk", append(set, "demand.calls.volume=0.001/day")...)
		if err != nil {
			t.Fatal(err)
		}
		p, err := headcount.Of(s, 13, 0)
		if err != nil {
			t.Fatal(err)
		}
		return p.Teams[1].Net
	}
	grown, flat := net(), net("demand.mail.growth=0%/year")
	plain := net("demand.mail.growth=0%/year", "demand.mail.season=null")
	for _, row := range []struct {
		month    int
		low, top float64
	}{{0, 1, 1.02}, {6, 1.11, 1.14}, {12, 1.25, 1.27}} {
		if got := grown[row.month] / flat[row.month]; got < row.low || got > row.top {
			t.Errorf("month %d has grown by %v, not by %v to %v", row.month, got, row.low, row.top)
		}
	}
	for month, want := range map[int]float64{1: 1, 3: 1, 7: 0.9, 11: 1.35} {
		if got := flat[month] / plain[month]; math.Abs(got-want) > 0.02 {
			t.Errorf("month %d has a season of %v, not %v", month, got, want)
		}
	}
}

// July and August of a team of whom 45 % are then away have a larger gap between net and gross heads, and no other month has; a run
// is not changed by it.
func TestMonthsHaveAShrinkageOfTheirOwn(t *testing.T) {
	t.Parallel()
	lost := func(set ...string) ([]float64, string) {
		s, err := scenarios.LoadSet("growing-desk", set...)
		if err != nil {
			t.Fatal(err)
		}
		p, err := headcount.Of(s, 12, 0)
		if err != nil {
			t.Fatal(err)
		}
		return p.Teams[1].Lost, s.Digest()
	}
	usual, digest := lost()
	some, same := lost("teams.accounts.shrinkage.months.jul-aug=45%")
	if digest != same {
		t.Error("the shrinkage of planned months changes the digest, and no number of a run")
	}
	for m := range usual {
		want := usual[m]
		if m == 6 || m == 7 {
			want = 1 - (1-usual[m])/(1-0.22)*(1-0.45)
		}
		if math.Abs(some[m]-want) > 1e-9 {
			t.Errorf("in month %d %v of the paid time is lost, want %v", m+1, some[m], want)
		}
	}
}

// With writing alone work is in proportion to what comes: the heads that are asked for have the law of the forecast's error, and the chance of too few
// where nobody leaves is that more comes than the heads are enough for.
func TestDemandIsAsUncertainAsItsForecast(t *testing.T) {
	t.Parallel()
	s, err := scenarios.LoadSet("growing-desk", "demand.mail.forecast_error=12%", "demand.calls.volume=0.001/day", "teams.accounts.attrition=0%/year")
	if err != nil {
		t.Fatal(err)
	}
	p, err := headcount.Of(s, 3, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	law := dist.Must(dist.Gamma(1, 0.12))
	team := &p.Teams[1]
	if !team.Uncertain() {
		t.Fatal("demand is certain")
	}
	for m, l := range p.Lines(team, nil) {
		for what, got := range map[string][2]float64{
			"the least":               {l.Least, l.Gross * law.Quantile(0.025)},
			"the most":                {l.Most, l.Gross * law.Quantile(0.975)},
			"the chance of too few":   {l.Short, 1 - law.CDF(l.Heads/l.Gross)},
			"the heads to be sure of": {l.Gross + p.Buffer(team, nil, m, 0.9), l.Gross * law.Quantile(0.9)},
		} {
			if math.Abs(got[0]-got[1]) > 0.02*math.Max(1, got[1]) {
				t.Errorf("month %d: %s is %v, want %v", m+1, what, got[0], got[1])
			}
		}
	}
}

// The margin that is found keeps the promises of the shortest month in trials of its own, and one step less does not: less than a fifth of the calls late, and
// of the mails a twentieth.
func TestASimulatedMarginIsTheSmallestThatKeepsThePromises(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("growing-desk")
	if err != nil {
		t.Fatal(err)
	}
	p, err := headcount.Of(s, 12, 0)
	if err != nil {
		t.Fatal(err)
	}
	const n = 6
	m, err := recruit.FindMargin(t.Context(), s, p, n, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Months[m.Month].Name() != "2027-12" || m.Share < 0.1 || m.Share > 0.4 || len(m.Promises) != 2 {
		t.Fatalf("%+v", m)
	}
	for _, row := range []struct {
		share float64
		want  bool
	}{{m.Share, true}, {m.Share - recruit.MarginStep, false}} {
		p.Margin = row.share
		trial, err := p.Trial(s, m.Month, []float64{p.Gross(&p.Teams[0], m.Month), p.Gross(&p.Teams[1], m.Month)})
		if err != nil {
			t.Fatal(err)
		}
		trial.Run.Exactly(n)
		x, err := experiment.Run(t.Context(), trial, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		kept := true
		for metric, most := range map[string]float64{"answer": 0.2, "first_reply": 0.05} {
			late, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: metric})
			kept = kept && ok && late.Estimate.High <= most+1e-12
		}
		if kept != row.want {
			t.Errorf("a margin of %v keeps the promises: %v", row.share, kept)
		}
	}
}
