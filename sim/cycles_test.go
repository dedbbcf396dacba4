package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
)

// minutesAndDays is a desk with password resets, which take minutes, and integrations, of
// which every other one goes to engineering. There are always enough people.
func minutesAndDays() *model.Scenario {
	s := queue{agents: 20, classes: []load{{0.05, exponential(4)}, {0.01, exponential(20)}}, length: 8 * 7 * 24 * time.Hour}.scenario()
	reset, integration := &s.Issues[0], &s.Issues[1]
	reset.Name, reset.SolvedAtFirst, reset.SolvedLater = "password-reset", 0.95, 0.9
	reset.Reply = work.Reply{After: exponential(900), Never: 0.2, Close: time.Hour}
	reset.Reopen = work.Reopen{Share: 0.03, After: exponential(3600)}
	integration.Name, integration.SolvedAtFirst, integration.SolvedLater = "integration", 0.05, 0.7
	integration.Reply = work.Reply{After: dist.Must(dist.Lognormal(24*3600, 0.3)), Never: 0.1, Close: 48 * time.Hour}
	integration.Reopen = work.Reopen{Share: 0.08, After: exponential(24 * 3600)}
	integration.HandOffs = []work.HandOff{
		{To: 1, Share: 0.5, Handle: dist.Must(dist.Lognormal(18*3600, 0.3))},
		{To: 1, Share: 0.1, Handle: dist.Must(dist.Constant(12 * 3600)), AnyTouch: true, Solves: true},
	}
	s.Names.Issues = []string{reset.Name, integration.Name}
	engineering := s.Teams[0]
	engineering.Name, engineering.HandOffsOnly = "engineering", true
	engineering.Shifts = []staffing.Shift{s.Teams[0].Shifts[0]}
	engineering.Shifts[0].Heads = 60
	s.Teams = append(s.Teams, engineering)
	s.Names.Teams = append(s.Names.Teams, "engineering")
	return s
}

func TestTouchesReturnsAndHandOffsAreAsTheScenarioSays(t *testing.T) {
	t.Parallel()
	s := minutesAndDays()
	x := unchecked(t, s, 5, 20)
	for i := range s.Issues {
		issue := &s.Issues[i]
		handed := 0.0
		for _, h := range issue.HandOffs {
			handed += h.Share
		}
		labels := outcome.Labels{Issue: issue.Name}
		for _, row := range []struct {
			name        string
			want, slack float64 // what is still open at the end is not among it
		}{
			{outcome.FirstContact, (1 - handed) * issue.SolvedAtFirst * (1 - issue.Reopen.Share), 0.01},
			{outcome.Touches, issue.Touches(), 0.03},
			{outcome.ReopenRate, issue.Reopen.Share, 0.01},
		} {
			if got := value(t, x, row.name, labels).Estimate.Value; math.Abs(got-row.want) > row.slack {
				t.Errorf("%s of %s is %.4f, want %.4f ± %.4f", row.name, issue.Name, got, row.want, row.slack)
			}
		}
	}
	// A later touch is followed by the second hand-off too.
	got := value(t, x, outcome.HandedOff, outcome.Labels{Issue: "integration"}).Estimate.Value
	if low := 0.6; got < low-0.02 || got > low+0.1 {
		t.Errorf("%.3f of integrations are handed off, want from %.2f to %.2f", got, low, low+0.1)
	}
	if got := value(t, x, outcome.HandedOff, outcome.Labels{Issue: "password-reset"}).Estimate.Value; got != 0 {
		t.Errorf("%.3f of password resets are handed off", got)
	}
	work := value(t, x, outcome.WorkPerTicket, outcome.Labels{}).Estimate.Value
	if want := (5*s.Issues[0].Load() + s.Issues[1].Load()) / 6; math.Abs(work-want) > 0.05*want {
		t.Errorf("agents spend %.0f s on a ticket, Load says %.0f s", work, want)
	}
	away := value(t, x, outcome.HandOffTime, outcome.Labels{Team: "engineering"}).Estimate.Value
	// There are 1 + later + solved touches, and a tenth of those of support are followed by
	// the second hand-off, which engineering solves.
	later := (s.Issues[1].Touches() - 1.1) / 1.1
	second := 0.1 * (1 + later)
	if want := (0.5*18 + second*12) / (0.5 + second) * 3600; math.Abs(away-want) > 1200 {
		t.Errorf("tickets come back after %.0f s, want about %.0f s: nobody waits for engineering", away, want)
	}
}

func TestSomeTicketsTakeMinutesAndOthersDays(t *testing.T) {
	t.Parallel()
	x := unchecked(t, minutesAndDays(), 5, 10)
	for i := range x.Waits {
		w := &x.Waits[i]
		if w.Labels != (outcome.Labels{Clock: outcome.WallClock}) {
			continue
		}
		var minutes, between, days, all float64
		for j, n := range w.Count {
			all += float64(n)
			switch upper := w.Upper[j]; {
			case upper <= 2*3600:
				minutes += float64(n)
			case upper <= 10*3600:
				between += float64(n)
			default:
				days += float64(n)
			}
		}
		if minutes < 0.6*all || days < 0.1*all || between > 0.2*days {
			t.Errorf("%.0f tickets took minutes, %.0f days, and %.0f something between", minutes, days, between)
		}
		return
	}
	t.Error("there is no distribution of the time to solve")
}

// More engineers never make what is handed off come back later, nor engineering miss
// more of its promises.
func TestMoreEngineersKeepTheirPromises(t *testing.T) {
	t.Parallel()
	run := func(heads float64) (back, kept, answered float64) {
		s := minutesAndDays()
		s.Teams[1].Shifts[0].Heads = heads
		s.Issues[1].HandOffs = s.Issues[1].HandOffs[:1]
		for name, until := range map[string]sla.Until{"ola": sla.HandedOn, "response": sla.Taken} {
			s.SLA.Policies = append(s.SLA.Policies, sla.Policy{Name: name, Targets: []sla.Target{{
				Metric: sla.GroupOwnership, Within: []time.Duration{24 * time.Hour, 24 * time.Hour}, Owner: sla.OwnedBy(1), Until: until,
			}}})
		}
		x := unchecked(t, s, 3, 4)
		labels := outcome.Labels{Team: "engineering"}
		return value(t, x, outcome.HandOffTime, labels).Estimate.Value,
			value(t, x, outcome.OLAKept, labels).Estimate.Value, value(t, x, outcome.OLAAnswered, labels).Estimate.Value
	}
	few, fewKept, fewAnswered := run(6)
	more, moreKept, moreAnswered := run(8)
	if more > few || moreKept < fewKept || moreAnswered < fewAnswered || fewAnswered <= fewKept {
		t.Errorf("eight engineers: back after %.0f s, %.3f kept, %.3f answered; six: %.0f s, %.3f, %.3f",
			more, moreKept, moreAnswered, few, fewKept, fewAnswered)
	}
}
