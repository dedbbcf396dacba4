package roster_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
)

var everyDay = [7]bool{true, true, true, true, true, true, true}

// desk is two days of half hours from a Friday on, of one team with premiums and shrinkage.
func desk() *roster.Plan {
	heads := make([]float64, 96)
	for i := range heads {
		heads[i] = 2
	}
	return &roster.Plan{
		Axis: calendar.Axis{Origin: time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)}, Interval: 30 * time.Minute,
		Teams: []staffing.Team{{
			Name: "front", Shrinkage: 0.2, Cost: staffing.Cost{PerHour: 10, Night: 0.5, Weekend: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
		}},
		Needs: []roster.Need{{Name: "calls", Teams: []int{0}, Heads: heads}},
		Candidates: []roster.Candidate{
			{Shift: staffing.Shift{Name: "day", Days: everyDay, From: 8 * 60, To: 16 * 60, Breaks: []staffing.Break{{At: 12 * 60, Minutes: 45}}}, Min: 1, Max: 5},
			{Shift: staffing.Shift{Name: "night", Days: everyDay, From: 22 * 60, To: 30 * 60}},
		},
		Limits: []roster.Limit{{Team: 0, Min: 2, Max: 9}},
	}
}

func TestShiftsCostTheirHoursAndCoverNetOfBreaksAndShrinkage(t *testing.T) {
	t.Parallel()
	c, err := desk().Cover()
	if err != nil {
		t.Fatal(err)
	}
	costs := map[string]float64{}
	cover := map[string]map[string]float64{}
	for _, col := range c.Program.Columns {
		costs[col.Name] = col.Cost
		cover[col.Name] = map[string]float64{}
		for _, e := range col.Entries {
			cover[col.Name][c.Program.Rows[e.Row].Name] = e.Coef
		}
	}
	for name, want := range map[string]float64{
		"front, day, 2026-11-20":   80,
		"front, day, 2026-11-21":   120,                    // Saturday
		"front, night, 2026-11-19": 90,                     // six hours of it lie in the plan
		"front, night, 2026-11-20": 120 + 6*5,              // six of them on Saturday
		"front, night, 2026-11-21": 2 * 10 * (1 + .5 + .5), // two hours until the plan's end
	} {
		if math.Abs(costs[name]-want) > 1e-9 {
			t.Errorf("%s costs %v, want %v", name, costs[name], want)
		}
	}
	day := cover["front, day, 2026-11-20"]
	for at, want := range map[string]float64{"07:30": 0, "08:00": 0.8, "12:00": 0, "12:30": 0.4, "13:00": 0.8, "15:30": 0.8, "16:00": 0} {
		if got := day["calls at Fri 2026-11-20 "+at]; math.Abs(got-want) > 1e-9 {
			t.Errorf("at %s it covers %v, want %v", at, got, want)
		}
	}
	if got := day["heads of front on 2026-11-20"]; got != 1 {
		t.Errorf("it counts %v against the limit", got)
	}
}

func TestBoundsOfHeadsAreThoseOfThePlan(t *testing.T) {
	t.Parallel()
	c, err := desk().Cover()
	if err != nil {
		t.Fatal(err)
	}
	for j, s := range c.Starts {
		col := c.Program.Columns[j]
		if s.Candidate == 0 && (col.Lower != 1 || col.Upper != 5) || s.Candidate == 1 && (col.Lower != 0 || !math.IsInf(col.Upper, 1)) || !col.Integer {
			t.Errorf("%s: %v to %v", col.Name, col.Lower, col.Upper)
		}
	}
	for _, r := range c.Program.Rows {
		if !strings.HasPrefix(r.Name, "heads of") {
			continue
		}
		// Of the night before only what reaches into the plan is known.
		want := 2.
		if strings.HasSuffix(r.Name, "11-19") {
			want = 0
		}
		if r.Lower != want || r.Upper != 9 {
			t.Errorf("%s: %v to %v", r.Name, r.Lower, r.Upper)
		}
	}
}

func TestWhatAChoiceMeansIsReadBack(t *testing.T) {
	t.Parallel()
	p := desk()
	c, err := p.Cover()
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, len(c.Program.Columns))
	for j, s := range c.Starts {
		if s.Candidate == 0 && s.Date == (calendar.Date{Year: 2026, Month: time.November, Day: 20}) {
			x[j] = 2
		}
	}
	staffed := c.Staffed(x)
	if len(staffed) != 1 || staffed[0].Heads != 2 || staffed[0].Candidate != 0 {
		t.Errorf("%+v", staffed)
	}
	if got := c.Scheduled(x)[0]; got[16] != 1.6 || got[15] != 0 {
		t.Errorf("scheduled %v and %v", got[15], got[16])
	}
	if got := c.Missing(x); math.Abs(got[16]-0.4) > 1e-9 || got[0] != 2 {
		t.Errorf("missing %v and %v", got[0], got[16])
	}
}

func TestPlansWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(p *roster.Plan){
		"a plan has an interval": func(p *roster.Plan) { p.Interval = 0 },
		"the price of a missing": func(p *roster.Plan) { p.Short = -1 },
		"has 3 intervals": func(p *roster.Plan) {
			p.Needs = append(p.Needs, roster.Need{Teams: []int{0}, Heads: make([]float64, 3)})
		},
		"no team may serve":          func(p *roster.Plan) { p.Needs[0].Teams = nil },
		"must be finite":             func(p *roster.Plan) { p.Needs[0].Heads[4] = math.NaN() },
		"names team 7 of 1":          func(p *roster.Plan) { p.Needs[0].Teams = []int{7} },
		"night, names team 3 of 1":   func(p *roster.Plan) { p.Candidates[1].Team = 3 },
		"has 6 to 5 heads":           func(p *roster.Plan) { p.Candidates[0].Min = 6 },
		"is on call":                 func(p *roster.Plan) { p.Candidates[0].Shift.OnCall = &staffing.OnCall{} },
		"limit 0 allows team 0 of 1": func(p *roster.Plan) { p.Limits[0].Min = 20 },
	} {
		p := desk()
		spoil(p)
		if _, err := p.Cover(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestWeeksWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	five, err := roster.InARow(5)
	if err != nil {
		t.Fatal(err)
	}
	if got := five[time.Monday].String(); got != "off Sun Mon" && got != "off Mon Sun" {
		t.Errorf("the tour from Tuesday to Saturday is %q", got)
	}
	for _, days := range []int{0, 7} {
		if _, err := roster.InARow(days); err == nil {
			t.Errorf("%d days in a row pass", days)
		}
	}
	for name, w := range map[string]*roster.Week{
		"no tours":      {},
		"a share above": {Tours: five, Weekends: 2},
		"heads below":   {Tours: five, Heads: [7]int{-1}},
		"no day":        {Tours: []roster.Tour{{Cost: 1}}},
		"no cost":       {Tours: []roster.Tour{{Works: everyDay}}},
	} {
		if _, err := w.Program(); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	w := &roster.Week{Tours: five}
	if _, err := w.People(make([]float64, 7), [7][]int{{1}}); err == nil {
		t.Error("nobody takes a shift")
	}
}
