package advice_test

import (
	"html"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/targets"
	"github.com/headroom-sim/headroom/reports/advice"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// asked are proposals from waits of exponential law with a mean of an hour: the 80th percentile is 97 min, and
// so the first target is 2 h, which keeps 1 − e^−2 = 86 %.
func asked() *advice.Advice {
	const end = 90 * 24 * time.Hour
	r := rand.New(rand.NewPCG(7, 1))
	var waits []targets.Wait
	for d := range 90 {
		for i := range 40 {
			waits = append(waits, targets.Wait{Created: time.Duration(d)*24*time.Hour + time.Duration(i)*time.Minute, Day: d, Seconds: 3600 * r.ExpFloat64()})
		}
	}
	return &advice.Advice{
		Source: "tickets.csv", Tool: "headroom test", Clock: "on the wall", Window: "set by the last 90 days",
		Groups: []advice.Group{{Metric: "first_reply", Name: "all", Tickets: len(waits), Proposals: targets.Propose(waits, end, 0.95), Curve: targets.Curve(waits, end, 0.95)}},
		Few:    []string{"resolution of tier gold"},
	}
}

func text(t *testing.T, x *advice.Advice) string {
	t.Helper()
	var b strings.Builder
	if err := advice.Document(x).WriteText(&b, table.Style{Width: 240}, true); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), format.Thin, " ")
}

func plain(text string) string { return strings.ReplaceAll(text, format.Thin, " ") }

// The verdict says of every metric what its lowest target keeps and which keeps 95 %, with intervals.
func TestTheVerdictNamesTheTargetAndTheOneFor95(t *testing.T) {
	t.Parallel()
	x := asked()
	x.Groups = append(x.Groups, x.Groups[0])
	x.Groups[1].Metric = "resolution"
	low, high := x.Groups[0].Proposals[0], x.Groups[0].Proposals[2]
	got := strings.Join(strings.Fields(text(t, x)), " ")
	kept := func(e estimate.Estimate) string { return plain(format.Estimate(e, "share")) }
	for _, want := range []string{
		"First reply within 2 h is kept in " + kept(low.Fitted) + " of the tickets, within " + plain(format.Exact(high.Target)) + " in " + kept(high.Fitted) + ".",
		"Resolution within 2 h in " + kept(low.Fitted) + ", within " + plain(format.Exact(high.Target)) + " in " + kept(high.Fitted) + ".",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, words := range []string{"P80", "P90", "P95", "Too few tickets", "resolution of tier gold", "set by the last 90 days", "headroom test"} {
		if !strings.Contains(got, words) {
			t.Errorf("no %q in\n%s", words, got)
		}
	}
}

// A target stands in the units of the percentile beside it: days from two of them on, on the wall, and hours in hours of business.
func TestDurationsOfATableAreWrittenInOneWay(t *testing.T) {
	t.Parallel()
	x := asked()
	p := &x.Groups[0].Proposals[0]
	p.Target, p.Tightened = 11*24*time.Hour, 228*time.Hour
	for working, want := range map[bool][2]string{false: {" 11 d ", " 9 d 12 h "}, true: {" 264 h ", " 228 h "}} {
		x.Working = working
		got := text(t, x)
		for _, words := range want {
			if !strings.Contains(got, words) {
				t.Errorf("working %v: no %q in\n%s", working, words, got)
			}
		}
		if strings.Contains(got, " 228 h ") != working {
			t.Errorf("working %v:\n%s", working, got)
		}
	}
}

// What a log is too short for is no column of dashes, but said; machines have the columns all the same.
func TestWithoutLaterDaysThereIsNoColumnOfThem(t *testing.T) {
	t.Parallel()
	x := asked()
	got := text(t, x)
	for _, gone := range []string{"kept of later days", "worst 30 days", "rule fires"} {
		if strings.Contains(got, gone+" ") {
			t.Errorf("%q in\n%s", gone, got)
		}
	}
	if !strings.Contains(strings.Join(strings.Fields(got), " "), "takes a log of 120 days") {
		t.Errorf("got\n%s", got)
	}
	var b strings.Builder
	if err := advice.Document(x).WriteCSV(&b); err != nil || !strings.Contains(b.String(), "kept_of_later_days_share") || !strings.Contains(b.String(), "rule_fires") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestTooFewTicketsAreNoAdvice(t *testing.T) {
	t.Parallel()
	x := asked()
	x.Groups = nil
	if got := text(t, x); !strings.Contains(got, "There are too few tickets to set a target by.") || strings.Contains(got, "percentile") {
		t.Errorf("got\n%s", got)
	}
}

func TestFuturesStandBesideOneAnother(t *testing.T) {
	t.Parallel()
	x := asked()
	x.Simulated = "desk, simulated 3 times each"
	for i, name := range []string{"as it is", "demand +20 %"} {
		v := 0.9 - 0.2*float64(i)
		x.Future = append(x.Future, advice.State{Name: name, Kept: []advice.Kept{{
			Metric: "first_reply", Percentile: 0.8, Target: 2 * time.Hour, Share: estimate.Estimate{Value: v, Low: v - 0.02, High: v + 0.02, Level: 0.95, N: 3},
		}}})
	}
	got := text(t, x)
	for _, want := range []string{"as it is", "demand +20 %", "90 % ± 2", "70 % ± 2", "desk, simulated 3 times each"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// The picture holds the curve, point by point with its interval, and the targets that are proposed.
func TestThePageDrawsWhatTargetsKeep(t *testing.T) {
	t.Parallel()
	x := asked()
	var b strings.Builder
	if err := advice.Document(x).WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(b.String())
	if !strings.Contains(page, "<figcaption>What a target for the first reply keeps</figcaption>") {
		t.Fatal("there is no picture")
	}
	g := &x.Groups[0]
	for _, p := range g.Curve {
		if row := `<th scope="row">` + format.Proposed(p.Target) + `</th><td class="right">` + format.Estimate(p.Kept, "share") + `</td>`; !strings.Contains(page, row) {
			t.Errorf("behind the picture there is no %q", row)
		}
	}
	for i, name := range []string{"P80", "P90", "P95"} {
		if mark := `"name":"` + name + ": " + format.Proposed(g.Proposals[i].Target) + `"`; !strings.Contains(page, mark) {
			t.Errorf("%s is not marked", mark)
		}
	}
	g.Curve = nil
	b.Reset()
	if err := advice.Document(x).WriteHTML(&b); err != nil || strings.Contains(b.String(), "<figure") {
		t.Errorf("a picture of nothing, or %v", err)
	}
}
