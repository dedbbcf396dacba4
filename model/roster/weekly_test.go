package roster

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Heads that are the same each week keep the conditions of the week exactly if they keep those of every day,
// and are paid the same; across a clock change too.
func TestAWeekKeepsWhatAllItsDaysKeep(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		hours := 24 * rapid.IntRange(10, 20).Draw(t, "days")
		p := &Plan{
			Axis: calendar.Axis{Origin: time.Date(2026, time.March, 23, 0, 0, 0, 0, berlin)}, Interval: time.Hour,
			Short: rapid.SampledFrom([]float64{0, 500}).Draw(t, "short"),
		}
		for range 2 {
			p.Teams = append(p.Teams, staffing.Team{Name: "team", Cost: staffing.Cost{PerHour: float64(rapid.IntRange(1, 9).Draw(t, "pay"))}})
		}
		for range rapid.IntRange(1, 3).Draw(t, "shifts") {
			from := rapid.IntRange(0, 23).Draw(t, "from")
			c := Candidate{Team: rapid.IntRange(0, 1).Draw(t, "team"), Shift: staffing.Shift{Name: "shift", From: from * 60, To: (from + rapid.IntRange(2, 9).Draw(t, "length")) * 60}}
			c.Part = rapid.Bool().Draw(t, "part")
			for d := range c.Shift.Days {
				c.Shift.Days[d] = rapid.Bool().Draw(t, "day")
			}
			p.Candidates = append(p.Candidates, c)
		}
		for _, teams := range [][]int{{0}, {0, 1}} {
			n := Need{Name: "need", Teams: teams, Heads: make([]float64, hours)}
			for range 6 {
				n.Heads[rapid.IntRange(0, hours-1).Draw(t, "hour")] = float64(rapid.IntRange(1, 3).Draw(t, "heads"))
			}
			p.Needs = append(p.Needs, n)
		}
		p.Limits = []Limit{{Team: 0, Max: rapid.IntRange(2, 5).Draw(t, "most"), Part: 0.5}}
		days, err := p.Cover()
		if err != nil {
			t.Fatal(err)
		}
		week := days.Weekly()
		x := make([]float64, len(week.Program.Columns))
		for j := range week.Starts {
			x[j] = float64(rapid.IntRange(0, 3).Draw(t, "staffed"))
		}
		y := week.byDay(x)
		inWeek, inDays := week.Program.Feasible(x) == nil, days.Program.Feasible(y) == nil
		if inWeek != inDays {
			t.Fatalf("the week says %v, its days %v", week.Program.Feasible(x), days.Program.Feasible(y))
		}
		if a, b := week.Program.Cost(x), days.Program.Cost(y); math.Abs(a-b) > 1e-9*(1+a) {
			t.Fatalf("the week costs %v, its days %v", a, b)
		}
		if len(week.Program.Rows) > len(days.Program.Rows) {
			t.Fatal("the week has more conditions than its days")
		}
	})
}
