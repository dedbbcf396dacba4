package blame_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/reports/blame"
	"github.com/headroom-sim/headroom/reports/table"
)

func about(x float64) estimate.Estimate {
	return estimate.Estimate{Value: x, Low: x - 0.02, High: x + 0.02, Level: 0.95, N: 20}
}

// report is one in which capacity explains most, on Monday mornings, and half of the rest is hours.
func report() *breach.Report {
	x := &breach.Report{
		Name: "desk", Metric: "first_reply", Start: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Length: 7 * 24 * time.Hour, Level: 0.95, Replications: 20, Planned: 20, Trials: 160,
		Late: about(100), Rate: about(0.1), Rest: about(0.29), RestLate: about(29), Saved: about(71),
		Went: []breach.Went{
			{Part: elapsed.Unstaffed, OfLate: about(0.4), OfAll: about(0.3), Main: about(0.5), MeanLateSeconds: about(3600)},
			{Part: elapsed.Handling, OfLate: about(0.6), OfAll: about(0.7), Main: about(0.5), MeanLateSeconds: about(5400)},
		},
		Spells: breach.Spells{Number: 20, Share: about(0.8), PerWeek: about(1), Hours: about(6), Dispersion: about(9)},
		Indicators: []breach.Indicator{
			{Name: "volume", Warned: about(0.9), LeadSeconds: about(7200), InVain: about(0.5)},
			{Name: "occupancy", Warned: about(0.9), LeadSeconds: about(10800), InVain: about(2)},
		},
		Tiers: []breach.Group{{Name: "gold", Late: about(100), Rate: about(0.1), Part: about(1)}},
	}
	x.RestWent[elapsed.Unstaffed], x.RestWent[elapsed.Handling] = 0.9, 0.1
	for i, name := range []string{"capacity", "skills", "process", "system", "customer"} {
		s := breach.Switch{Name: name, Changes: i < 2, Orders: 120}
		switch name {
		case "capacity":
			s.Share, s.Value, s.Points, s.Alone, s.Last = about(0.62), about(62), about(0.062), about(0.65), about(0.6)
			s.Hourly[9], s.Hourly[10], s.Hourly[40] = 30, 20, 12
		case "skills":
			s.Share, s.Value, s.Points, s.Alone, s.Last = about(0.09), about(9), about(0.009), about(0.1), about(0.08)
		}
		x.Switches = append(x.Switches, s)
	}
	for h := range x.Hourly {
		x.Hourly[h] = breach.Hour{Late: 1, Judged: 10}
	}
	return x
}

func TestTheVerdictIsAPlainSentence(t *testing.T) {
	t.Parallel()
	d := blame.Document(report())
	said := strings.NewReplacer("\u202f", " ").Replace(d.Verdict)
	for _, part := range []string{
		"10 % ± 2 of the clocks for first reply are late. 62 % ± 2 of these vanish with enough heads, most of all on Monday mornings (81 % of them); skills explain 9 % ± 2.",
		"29 % ± 2 stay with all five causes taken away: 90 % of their time is waiting for staff to come on shift.",
		"80 % of the late clocks come in spells; before 90 % of the spells agents are busier than usual, 3.0 h ahead (the median).",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in the verdict:\n%s", part, said)
		}
	}
}

func TestThereIsNothingToExplain(t *testing.T) {
	t.Parallel()
	none, nobody := report(), report()
	none.Late, none.Rate = about(0), about(0)
	nobody.Late, nobody.Rate = about(0), estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	for _, x := range []*breach.Report{none, nobody} {
		d := blame.Document(x)
		if !strings.Contains(d.Verdict, "nothing to explain") || len(d.Sections) != 0 {
			t.Errorf("%s, %d sections", d.Verdict, len(d.Sections))
		}
	}
	stuck := report()
	for i := range stuck.Switches {
		stuck.Switches[i].Share = about(0)
	}
	if d := blame.Document(stuck); !strings.Contains(d.Verdict, "None of the five causes explains them") {
		t.Error(d.Verdict)
	}
}

// The shares of a handful of clocks are not told as if they were causes.
func TestAFewLateClocksMakeNoVerdict(t *testing.T) {
	t.Parallel()
	x := report()
	x.Late = about(1.45) // 29 in 20 replications
	if d := blame.Document(x); !strings.Contains(d.Verdict, "29\u202fclocks in 20\u202freplications, too few") || strings.Contains(d.Verdict, "vanish") || len(d.Sections) == 0 {
		t.Error(d.Verdict)
	}
	x.Late = about(1.5)
	if d := blame.Document(x); !strings.Contains(d.Verdict, "vanish") {
		t.Error(d.Verdict)
	}
}

// Whatever names say, nothing of them is markup, and all renderings come to an end.
func TestNamesAreForeign(t *testing.T) {
	t.Parallel()
	x := report()
	x.Name, x.Tiers[0].Name = "<script>alert(1)</script>\x1b[31m", "=1+1"
	d := blame.Document(x)
	var page, csv, text strings.Builder
	for _, err := range []error{d.WriteHTML(&page), d.WriteCSV(&csv), d.WriteText(&text, table.Style{Width: 80}, true)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(page.String(), "<script>alert") || strings.Contains(csv.String(), "\n=1+1") || strings.Contains(csv.String(), ",=1+1") || strings.Contains(text.String(), "\x1b") {
		t.Error("markup, a formula or an escape sequence gets through")
	}
	for line := range strings.Lines(text.String()) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 80 {
			t.Errorf("%d columns in a window of 80: %s", n, line)
		}
	}
	for _, section := range []string{"time", "causes", "hours", "whose", "spells", "indicators"} {
		if !strings.Contains(csv.String(), fmt.Sprintf("\n%s,", section)) {
			t.Errorf("no rows of %s", section)
		}
	}
}
