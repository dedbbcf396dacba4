package optimize_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/internal/classic"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
	"pgregory.net/rapid"
)

var everyDay = [7]bool{true, true, true, true, true, true, true}

// day is one Monday of hours; needs start at midnight.
func day(needs ...roster.Need) *roster.Plan {
	return &roster.Plan{
		Axis: calendar.Axis{Origin: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC)}, Interval: time.Hour, Needs: needs,
	}
}

// airline is the plan of classic.Airline in hours: each shift is that of a team of its own, for
// the five are paid differently.
func airline() *roster.Plan {
	heads := make([]float64, 24)
	for _, s := range []struct {
		from, to int
		need     float64
	}{{6, 8, 48}, {8, 10, 79}, {10, 12, 65}, {12, 14, 87}, {14, 16, 64}, {16, 18, 73}, {18, 20, 82}, {20, 22, 43}, {22, 24, 52}} {
		for h := s.from; h < s.to; h++ {
			heads[h] = s.need
		}
	}
	for h := range 6 { // of the next morning
		heads = append(heads, 15)
		heads[h] = 0
	}
	p := day(roster.Need{Name: "counter", Teams: []int{0, 1, 2, 3, 4}, Heads: heads})
	for i, s := range []struct{ from, to, pay int }{{6, 14, 170}, {8, 16, 160}, {12, 20, 175}, {16, 24, 180}, {22, 30, 195}} {
		p.Teams = append(p.Teams, staffing.Team{Name: "team", Cost: staffing.Cost{PerHour: float64(s.pay) / 8}})
		monday := [7]bool{}
		monday[time.Monday] = true
		p.Candidates = append(p.Candidates, roster.Candidate{Team: i, Shift: staffing.Shift{Name: "shift", Days: monday, From: s.from * 60, To: s.to * 60}})
	}
	return p
}

func TestTheAirlineIsCoveredForItsKnownCost(t *testing.T) {
	t.Parallel()
	c, err := optimize.Cover(context.Background(), repair.Solver{}, airline())
	if err != nil {
		t.Fatal(err)
	}
	if c.Cost > classic.AirlineCost*1.01 || c.Cost < classic.AirlineCost-1e-6 {
		t.Errorf("cost %v, want %v", c.Cost, classic.AirlineCost)
	}
	for i, by := range c.Missing {
		if by > 1e-9 {
			t.Errorf("in hour %d %v heads are missing", i, by)
		}
	}
}

func TestThePostOfficeHasItsDaysOff(t *testing.T) {
	t.Parallel()
	tours, err := roster.InARow(5)
	if err != nil {
		t.Fatal(err)
	}
	w := &roster.Week{Heads: [7]int{time.Monday: 17, time.Tuesday: 13, time.Wednesday: 15, time.Thursday: 19, time.Friday: 14, time.Saturday: 16, time.Sunday: 11}, Tours: tours}
	r, err := optimize.Rotate(context.Background(), repair.Solver{}, w)
	if err != nil {
		t.Fatal(err)
	}
	people := 0
	for _, n := range r.People {
		people += n
	}
	if people != classic.PostOfficeClerks || r.Gap() != 0 {
		t.Errorf("%d people, gap %v", people, r.Gap())
	}
	// Somebody is off on each weekend day; with a bound, half of all are.
	w.Weekends = 0.5
	r, err = optimize.Rotate(context.Background(), repair.Solver{}, w)
	if err != nil {
		t.Fatal(err)
	}
	busy, all := 0, 0
	for k, n := range r.People {
		all += n
		if tours[k].Weekend() {
			busy += n
		}
	}
	if 2*busy > all || all < classic.PostOfficeClerks {
		t.Errorf("%d of %d work on a weekend", busy, all)
	}
	var shifts [7][]int
	for d, n := range w.Heads {
		for k := range n {
			shifts[d] = append(shifts[d], k)
		}
	}
	list, err := w.People(r.X, shifts)
	if err != nil {
		t.Fatal(err)
	}
	for d := range 7 {
		done := map[int]bool{}
		for _, p := range list {
			if (p.Shift[d] == roster.Off) == w.Tours[p.Tour].Works[d] {
				t.Fatalf("somebody of tour %v has %d on %v", &w.Tours[p.Tour], p.Shift[d], time.Weekday(d))
			}
			if p.Shift[d] >= 0 {
				done[p.Shift[d]] = true
			}
		}
		if len(done) != w.Heads[d] {
			t.Errorf("%d of %d shifts are taken on %v", len(done), w.Heads[d], time.Weekday(d))
		}
	}
}

func TestWhatCannotBeCoveredIsNamed(t *testing.T) {
	t.Parallel()
	p := airline()
	p.Candidates = p.Candidates[:4] // nobody for the night
	_, err := optimize.Cover(context.Background(), repair.Solver{}, p)
	var u *optimize.Uncovered
	if !errors.As(err, &u) {
		t.Fatalf("got %v", err)
	}
	if len(u.Rows) != 6 || u.By[0] != 15 || u.Rows[0] != "counter at Tue 2026-11-17 00:00" || !strings.Contains(err.Error(), "and 3 more") {
		t.Errorf("%v: %v", u.Rows, err)
	}
	// At a price they are missing.
	p.Short = 1000
	c, err := optimize.Cover(context.Background(), repair.Solver{}, p)
	if err != nil {
		t.Fatal(err)
	}
	for h := 24; h < 30; h++ {
		if math.Abs(c.Missing[h]-15) > 1e-6 {
			t.Errorf("hour %d lacks %v", h, c.Missing[h])
		}
	}
}

// Teams of several skills cover what an explicit division of their time could cover: the sets of
// Hall's condition against the division itself, as programs without whole numbers.
func TestSkillsAreDividedAsWellAsCanBe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		teams, needs := rapid.IntRange(1, 4).Draw(t, "teams"), rapid.IntRange(1, 4).Draw(t, "needs")
		p := day()
		for i := range teams {
			p.Teams = append(p.Teams, staffing.Team{Name: "team", Cost: staffing.Cost{PerHour: float64(rapid.IntRange(1, 9).Draw(t, "pay"))}})
			p.Candidates = append(p.Candidates, roster.Candidate{Team: i, Max: 3, Shift: staffing.Shift{Name: "hour", Days: everyDay, From: 0, To: 60}})
		}
		total := 0.
		for n := range needs {
			need := roster.Need{Name: string(rune('A' + n)), Heads: []float64{float64(rapid.IntRange(0, 3).Draw(t, "heads"))}}
			for i := range teams {
				if rapid.Bool().Draw(t, "able") {
					need.Teams = append(need.Teams, i)
				}
			}
			if len(need.Teams) == 0 {
				need.Teams = []int{0}
			}
			total += need.Heads[0]
			p.Needs = append(p.Needs, need)
		}
		p.Short = 100
		c, err := p.Cover()
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float64, len(c.Program.Columns))
		supply := make([]int, teams)
		for j := range c.Starts {
			supply[c.Starts[j].Candidate] = rapid.IntRange(0, 3).Draw(t, "staffed")
			x[j] = float64(supply[c.Starts[j].Candidate])
		}
		served := assigned(p, supply)
		if got := c.Missing(x)[0]; math.Abs(got-(total-float64(served))) > 1e-9 {
			t.Fatalf("%v are missing, but of %v asked %d can be served", got, total, served)
		}
	})
}

// assigned is how many heads can be given something to do, by augmenting paths.
func assigned(p *roster.Plan, supply []int) (served int) {
	var of []int // need by unit asked
	for n := range p.Needs {
		for range int(p.Needs[n].Heads[0]) {
			of = append(of, n)
		}
	}
	var by []int // team by head
	for team, n := range supply {
		for range n {
			by = append(by, team)
		}
	}
	does := make([]int, len(by))
	for h := range does {
		does[h] = -1
	}
	var place func(unit int, seen map[int]bool) bool
	place = func(unit int, seen map[int]bool) bool {
		for h, team := range by {
			able := false
			for _, one := range p.Needs[of[unit]].Teams {
				able = able || one == team
			}
			if !able || seen[h] {
				continue
			}
			seen[h] = true
			if does[h] < 0 || place(does[h], seen) {
				does[h] = unit
				return true
			}
		}
		return false
	}
	for unit := range of {
		if place(unit, map[int]bool{}) {
			served++
		}
	}
	return served
}

// scripted answers as it is told.
type scripted struct {
	a   program.Answer
	err error
}

func (s scripted) Name() string { return "scripted" }

func (s scripted) Solve(context.Context, *program.Program, []float64) (program.Answer, error) {
	return s.a, s.err
}

func TestSolversInTurnGiveTheBestOfAll(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	x := []float64{1}
	for _, c := range []struct {
		name string
		list optimize.InTurn
		want program.Answer
		err  error
	}{
		{"the cheaper, with the higher bound", optimize.InTurn{
			scripted{a: program.Answer{Verdict: program.Best, X: x, Cost: 9, Bound: 8}}, scripted{a: program.Answer{Verdict: program.Best, X: x, Cost: 10, Bound: 8.5}},
		}, program.Answer{Verdict: program.Best, Cost: 9, Bound: 8.5}, nil},
		{"proven by the bound of another", optimize.InTurn{
			scripted{a: program.Answer{Verdict: program.Best, X: x, Cost: 9, Bound: 8}}, scripted{a: program.Answer{Verdict: program.Best, X: x, Cost: 10, Bound: 9}},
		}, program.Answer{Verdict: program.Optimal, Cost: 9, Bound: 9}, nil},
		{"one fails", optimize.InTurn{scripted{err: broken}, scripted{a: program.Answer{Verdict: program.Best, X: x, Cost: 9, Bound: 8}}}, program.Answer{Verdict: program.Best, Cost: 9, Bound: 8}, nil},
		{"all fail", optimize.InTurn{scripted{err: broken}}, program.Answer{}, broken},
	} {
		a, err := c.list.Solve(context.Background(), &program.Program{}, nil)
		if !errors.Is(err, c.err) || a.Verdict != c.want.Verdict || a.Cost != c.want.Cost || a.Bound != c.want.Bound {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
	if _, err := (optimize.InTurn{}).Solve(context.Background(), &program.Program{}, nil); err == nil {
		t.Error("no solver at all finds something")
	}
}
