package recruit_test

import (
	"context"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/highs"
	"github.com/headroom-sim/headroom/sim/recruit"
)

const day = 24 * time.Hour

var solver optimize.Solver

func TestMain(m *testing.M) {
	s, err := highs.New(highs.CacheFolder())
	if err != nil {
		panic(err)
	}
	solver = s
	code := m.Run()
	s.Close(context.Background())
	os.Exit(code)
}

// months of 30 days, so that a plan can be followed by hand.
func plan(t headcount.Team) *headcount.Plan {
	p := &headcount.Plan{Start: calendar.Date{Year: 2027, Month: time.January, Day: 1}}
	for m := range t.Net {
		p.Months = append(p.Months, headcount.Month{First: p.Start.AddDays(30 * m), From: 30 * m, To: 30*m + 30})
		t.Lost = append(t.Lost, 0)
	}
	p.Teams = []headcount.Team{t}
	return p
}

// Nobody leaves, people come a month after they are asked for and are in class for another: who works
// in month 3 has begun in month 2. Two begin just in time for it, and one more for month 5.
func TestPeopleBeginJustInTime(t *testing.T) {
	t.Parallel()
	p := plan(headcount.Team{
		People: []headcount.Cohort{{Heads: 10, Day: -1}}, Net: []float64{10, 11, 10, 11.5, 12, 13},
		Hiring: staffing.Hiring{Lead: 30 * day, Training: 30 * day},
	})
	h, err := recruit.Starts(context.Background(), solver, p, &p.Teams[0], 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{0, 0, 2, 0, 1, 0}
	for m := range want {
		if h.Starts[m] != want[m] {
			t.Fatalf("%v begin, not %v", h.Starts, want)
		}
	}
	if len(h.Late) != 1 || h.Late[0] != 1 || !h.Proven {
		t.Errorf("month 1 is too late to be filled, and proven: %+v", h)
	}
}

func TestNobodyBeginsWhereThereAreEnough(t *testing.T) {
	t.Parallel()
	p := plan(headcount.Team{People: []headcount.Cohort{{Heads: 10, Day: -1}}, Net: []float64{10, 9, 10}})
	h, err := recruit.Starts(context.Background(), solver, p, &p.Teams[0], 0)
	if err != nil || h.Starts[0]+h.Starts[1]+h.Starts[2] != 0 || !h.Proven || h.Late != nil {
		t.Errorf("%+v, %v", h, err)
	}
}

// Against every plan there is: none with fewer people fills the months, and none with as few has them
// begin later.
func TestThePlanIsTheBestOfAllThereAre(t *testing.T) {
	const months, most = 4, 4
	rapid.Check(t, func(t *rapid.T) {
		team := headcount.Team{
			People: []headcount.Cohort{{Heads: 6, Day: -1}},
			Hiring: staffing.Hiring{Attrition: rapid.Float64Range(0, 1.5).Draw(t, "attrition"), Most: most},
		}
		if rapid.Bool().Draw(t, "class") {
			team.Hiring.Least = rapid.IntRange(2, 3).Draw(t, "least")
		}
		if rapid.Bool().Draw(t, "trained") {
			team.Hiring.Training = time.Duration(rapid.IntRange(1, 25).Draw(t, "training")) * day
		}
		if rapid.Bool().Draw(t, "ramp") {
			team.Ramp = staffing.Learning{{From: 0.6, To: 1, For: 40 * day}}
		}
		for range months {
			team.Net = append(team.Net, rapid.Float64Range(4, 11).Draw(t, "net"))
		}
		p := plan(team)
		h, err := recruit.Starts(context.Background(), solver, p, &p.Teams[0], 0)
		if err != nil {
			t.Fatal(err)
		}
		late := map[int]bool{}
		for _, m := range h.Late {
			late[m] = true
		}
		bare := p.Lines(&p.Teams[0], nil)
		var yields [][]float64
		for m := range months {
			yields = append(yields, p.Yield(&p.Teams[0], m))
		}
		short := func(starts []float64) (heads float64) {
			for m := range bare {
				gap := bare[m].Gap()
				for s, n := range starts {
					gap += n * yields[s][m]
				}
				if !late[m] {
					heads += max(-gap, 0)
				}
			}
			return heads
		}
		weigh := func(starts []float64) (people, months float64) {
			for m, n := range starts {
				people += n
				months += n * float64(len(starts)-m)
			}
			return people, months
		}
		missed := short(h.Starts)
		people, pay := weigh(h.Starts)
		var starts [months]float64
		var try func(m int)
		try = func(m int) {
			if m < months {
				for n := 0; n <= most; n++ {
					if n == 0 || n >= team.Hiring.Least {
						starts[m] = float64(n)
						try(m + 1)
					}
				}
				starts[m] = 0
				return
			}
			s := short(starts[:])
			n, x := weigh(starts[:])
			if s < missed-1e-4 {
				t.Fatalf("%v leave %v heads missing, and %v only %v", h.Starts, missed, starts, s)
			}
			if missed < 1e-6 && s < 1e-9 && (n < people || n == people && x < pay) {
				t.Fatalf("%v begin, where %v would do", h.Starts, starts)
			}
		}
		try(0)
		for m, n := range h.Starts {
			if n != 0 && n < float64(team.Hiring.Least) || n > most {
				t.Errorf("a class of %v in month %d", n, m)
			}
		}
	})
}

// With a chance asked for, each month that can be filled is kept with it; more people than on average, and
// not without bound.
func TestASurePlanKeepsItsChance(t *testing.T) {
	t.Parallel()
	p := plan(headcount.Team{
		People: []headcount.Cohort{{Heads: 30, Day: -1}}, Net: []float64{28, 28, 29, 30, 31, 32, 33, 34},
		Hiring: staffing.Hiring{Attrition: 0.6, Lead: 30 * day, Training: 10 * day}, Ramp: staffing.Learning{{From: 0.5, To: 1, For: 45 * day}},
	})
	team := &p.Teams[0]
	some := false
	total := func(sure float64) (n float64) {
		h, err := recruit.Starts(context.Background(), solver, p, team, sure)
		if err != nil {
			t.Fatal(err)
		}
		for m, l := range p.Lines(team, h.Starts) {
			n += h.Starts[m]
			if slices.Contains(h.Late, m) {
				some = true
			} else if sure > 0 && l.Short > 1-sure+1e-9 {
				t.Errorf("month %d is short with a chance of %v, not %v at most: %+v", m, l.Short, 1-sure, l)
			}
			if m > 0 && l.Gap() < -1e-6 {
				t.Errorf("month %d is %v short", m, l.Gap())
			}
		}
		return n
	}
	mean, sure := total(0), total(0.95)
	if !some {
		t.Error("no month is too early to be sure of")
	}
	if !(sure > mean && sure < mean+8*math.Sqrt(mean)) {
		t.Errorf("%v people, and %v to be sure", mean, sure)
	}
}

// hurried answers with what it finds, and proves nothing.
type hurried struct{ optimize.Solver }

func (h hurried) Solve(ctx context.Context, p *program.Program, start []float64) (program.Answer, error) {
	a, err := h.Solver.Solve(ctx, p, start)
	if a.Verdict == program.Optimal {
		a.Verdict, a.Bound = program.Best, a.Cost-1.5
	}
	return a, err
}

// years is a plan of four years that takes some search.
func years() *headcount.Plan {
	t := headcount.Team{
		People: []headcount.Cohort{{Heads: 30, Day: -1}}, Ramp: staffing.Learning{{From: 0.5, To: 1, For: 45 * day}},
		Hiring: staffing.Hiring{Attrition: 0.6, Lead: 30 * day, Training: 10 * day, Least: 3, Most: 9},
	}
	for m := range 24 {
		t.Net = append(t.Net, 28+6*math.Sin(float64(m))+0.4*float64(m))
	}
	return plan(t)
}

// A plan that is cut short is the best so far: it fills the months, and says that a smaller one may exist, and how small.
func TestAnInterruptLeavesAPlanAndSaysThatItIsNotProven(t *testing.T) {
	t.Parallel()
	p := years()
	team := &p.Teams[0]
	sum := func(list []float64) (n float64) {
		for _, x := range list {
			n += x
		}
		return n
	}
	proven, err := recruit.Starts(context.Background(), solver, p, team, 0)
	if err != nil || !proven.Proven || proven.Bound != sum(proven.Starts) {
		t.Fatalf("%+v, %v", proven, err)
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for name, ask := range map[string]func() (*recruit.Hired, error){
		"interrupted": func() (*recruit.Hired, error) { return recruit.Starts(over, solver, p, team, 0) },
		"unproven": func() (*recruit.Hired, error) {
			return recruit.Starts(context.Background(), hurried{solver}, p, team, 0)
		},
		"sure": func() (*recruit.Hired, error) { return recruit.Starts(over, solver, p, team, 0.9) },
	} {
		h, err := ask()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if h.Proven || h.Bound > sum(proven.Starts) || sum(h.Starts) < sum(proven.Starts) || h.Bound <= 0 {
			t.Errorf("%s: %v people, %v at least, proven: %v; the fewest are %v", name, sum(h.Starts), h.Bound, h.Proven, sum(proven.Starts))
		}
		for m, l := range p.Lines(team, h.Starts) {
			if l.Gap() < -1e-6 && !slices.Contains(h.Late, m) {
				t.Errorf("%s: month %d is %v short", name, m, l.Gap())
			}
		}
		if name == "sure" && len(h.Doubtful) == 0 {
			t.Error("a plan that was not made sure says that it is")
		}
	}
}

// Where classes are too small to be as sure as was asked for, the months are named in which it is so, and no other.
func TestMonthsThatCannotBeMadeSureAreNamed(t *testing.T) {
	t.Parallel()
	p := plan(headcount.Team{
		People: []headcount.Cohort{{Heads: 30, Day: -1}}, Net: []float64{28, 28, 29, 29, 29, 29, 30, 33},
		Hiring: staffing.Hiring{Attrition: 0.5, Lead: 30 * day, Training: 10 * day, Most: 2},
	})
	team := &p.Teams[0]
	h, err := recruit.Starts(context.Background(), solver, p, team, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Doubtful) == 0 || len(h.Doubtful) == len(p.Months) {
		t.Fatalf("the doubtful months are %v", h.Doubtful)
	}
	for m, l := range p.Lines(team, h.Starts) {
		want := l.Short > 0.05 && !slices.Contains(h.Late, m)
		if slices.Contains(h.Doubtful, m) != want {
			t.Errorf("month %d is short with a chance of %v; doubtful: %v, late: %v", m, l.Short, h.Doubtful, h.Late)
		}
	}
}
