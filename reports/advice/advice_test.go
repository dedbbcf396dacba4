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

func TestTheVerdictNamesTheTargetAndTheOneFor95(t *testing.T) {
	t.Parallel()
	x := asked()
	got := text(t, x)
	want := "First reply within 2 h is kept in " + strings.ReplaceAll(format.Percent(x.Groups[0].Proposals[0].Fitted.Value), format.Thin, " ") + " of the tickets"
	if !strings.Contains(got, want) || !strings.Contains(got, "for 95 % of them, promise ") {
		t.Errorf("no %q in\n%s", want, got)
	}
	for _, words := range []string{"P80", "P90", "P95", "Too few tickets", "resolution of tier gold", "set by the last 90 days", "headroom test"} {
		if !strings.Contains(got, words) {
			t.Errorf("no %q in\n%s", words, got)
		}
	}
}

func TestTooFewTicketsAreNoAdvice(t *testing.T) {
	t.Parallel()
	x := asked()
	x.Groups = nil
	if got := text(t, x); !strings.Contains(got, "There are too few tickets to set a target by.") {
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
		if row := `<th scope="row">` + format.Stated(p.Target) + `</th><td class="right">` + format.Estimate(p.Kept, "share") + `</td>`; !strings.Contains(page, row) {
			t.Errorf("behind the picture there is no %q", row)
		}
	}
	for i, name := range []string{"P80", "P90", "P95"} {
		if mark := `"name":"` + name + ": " + format.Stated(g.Proposals[i].Target) + `"`; !strings.Contains(page, mark) {
			t.Errorf("%s is not marked", mark)
		}
	}
	g.Curve = nil
	b.Reset()
	if err := advice.Document(x).WriteHTML(&b); err != nil || strings.Contains(b.String(), "<figure") {
		t.Errorf("a picture of nothing, or %v", err)
	}
}
