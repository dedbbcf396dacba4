package sim_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"pgregory.net/rapid"
)

// onCall adds people who can be called for tickets of the highest priority, or for all.
func (d draw) onCall(t *staffing.Team) {
	if !d.yes("on call") {
		return
	}
	sh := staffing.Shift{
		Name: "pager", Heads: d.tenths("on call heads", 5, 25), Days: everyDay, From: 18 * 60, To: 18*60 + 60*d.int("on call hours", 4, 24),
		OnCall: &staffing.OnCall{Responds: time.Duration(d.int("responds", 0, 3)) * 10 * time.Minute, PerHour: 5, Minimum: d.hours("minimum", 0, 2)},
	}
	if d.yes("on call for urgent ones") {
		sh.OnCall.Match.Priorities = []ticket.Priority{0}
	}
	t.Shifts = append(t.Shifts, sh)
}

// people makes a team's people fall sick, leave, learn and stay longer.
func (d draw) people(t *staffing.Team, start calendar.Date) {
	if !d.yes("people") {
		return
	}
	t.Sickness = staffing.Sickness{Share: d.tenths("sickness", 0, 3), Spell: d.hours("spell", 0, 4) * 24}
	t.Hiring = staffing.Hiring{
		Attrition: pick(d, "attrition", 0.0, 3, 10), Replace: d.yes("replace"), // within two days
		Lead: d.hours("lead", 0, 2) * 24,
	}
	if t.Sickness.Share == 0 {
		t.Sickness.Spell = 0
	} else if t.Sickness.Spell > 0 {
		t.Sickness.Spell += 24 * time.Hour // or else not all shares are possible
	}
	t.Hiring.Replace = t.Hiring.Replace && t.Hiring.Attrition > 0
	t.Ramp = pick(d, "ramp", nil, staffing.Learning{{From: 0.5, To: 1, For: 30 * time.Hour}})
	if d.yes("overtime") {
		t.Overtime = []staffing.Overtime{{
			Name: "rush", First: start, Last: start.AddDays(1), Stay: d.hours("stay", 1, 3), Share: d.tenths("stays", 3, 10),
		}}
	}
	t.Holidays = pick(d, "holidays", nil, []calendar.Date{start.AddDays(1)})
	for i := range t.Shifts {
		s := &t.Shifts[i]
		if s.To-s.From == 24*60 {
			t.Overtime = nil // it would reach into the next day
		}
		switch pick(d, "holiday roster", "off", "work", "only") {
		case "work":
			s.Holidays = true
		case "only":
			s.HolidaysOnly = i > 0 && len(t.Holidays) > 0
		}
		s.Holidays = s.Holidays || i == 0 // somebody is always there
		if d.yes("part time") {
			s.PartTime = d.tenths("part", 3, 10)
		}
		if d.yes("hires") {
			s.Hires = []staffing.Hire{{On: start.AddDays(1), Heads: d.tenths("hired", 5, 25)}}
		}
		if d.yes("learning") {
			s.Learning = staffing.Learning{{From: 0.6, To: 0.6, For: 8 * time.Hour}, {From: 0.6, To: 0.9, For: 24 * time.Hour}}
		}
	}
	if !t.Hiring.Replace && !slices.ContainsFunc(t.Shifts, func(s staffing.Shift) bool { return len(s.Hires) > 0 }) {
		t.Ramp = nil // of nobody
	}
}

// allAlike makes all people of a team as fast as any, and at work at once when called.
func allAlike(t *staffing.Team) {
	t.Ramp = nil
	for i := range t.Shifts {
		s := &t.Shifts[i]
		s.Learning = nil
		if s.OnCall != nil {
			at := *s.OnCall
			at.Responds = 0
			s.OnCall = &at
		}
	}
}

// undated takes away what a team does by the date and not by the week.
func undated(t *staffing.Team) {
	t.Holidays, t.Overtime = nil, nil
	if !t.Hiring.Replace {
		t.Ramp = nil
	}
	for i := range t.Shifts {
		s := &t.Shifts[i]
		s.HolidaysOnly, s.Hires, s.PartTime = false, nil, 0
	}
}

// office of heads people who work from nine to five every day for some days.
func officeOf(heads float64, days int) *model.Scenario {
	q := queue{agents: 1, classes: []load{{0.05, dist.Must(dist.Constant(300))}}, length: time.Duration(days) * 24 * time.Hour, interval: time.Hour}
	s := q.scenario()
	s.Teams[0].Shifts = []staffing.Shift{{Name: "day", Heads: heads, Days: everyDay, From: 540, To: 1020}}
	return s
}

// measured is a measure of a scenario's first team over some trials.
func measured(t *testing.T, s *model.Scenario, name string, trials int) float64 {
	t.Helper()
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	run, w := simulation.Catalog().NewRun(), simulation.Worker()
	var num, den float64
	for i, m := range simulation.Catalog().Measures {
		if m.Name != name || m.Labels != (outcome.Labels{Team: s.Teams[0].Name}) {
			continue
		}
		for replication := range trials {
			w.Run(3, replication, run)
			num, den = num+run.Num[i], den+run.Den[i]
		}
		return num / den
	}
	t.Fatalf("%s is not measured", name)
	return 0
}

// A year of a hundred people: 6% are sick, and of places with attrition of 50% a year
// that are filled after eight weeks (Ross 1996, theorem 3.4.4) as many are vacant as
// a renewal process that begins with all of them filled says. Vacant ones are not paid.
func TestAYearOfPeople(t *testing.T) {
	t.Parallel()
	s := officeOf(125, 364)
	team := &s.Teams[0]
	team.Shrinkage = 0.2
	team.Sickness = staffing.Sickness{Share: 0.06, Spell: 3 * 24 * time.Hour}
	team.Hiring = staffing.Hiring{Attrition: 0.5, Replace: true, Lead: 56 * 24 * time.Hour}
	s.Streams = []demand.Stream{{Name: "nobody", Replay: []demand.Arrival{}}}
	// The share of places that are filled on day n: f(n) = p f(n-1) + (1-p) f(n-56), of
	// those who leave each day with probability 1-p.
	stay := math.Exp(-0.5 / 365)
	filled, vacant := []float64{1}, 0.0
	leaves := func(n int) float64 {
		if n < 0 {
			return 0
		}
		return filled[n] * (1 - stay)
	}
	for n := 1; n < 364; n++ {
		filled = append(filled, filled[n-1]*stay+leaves(n-57))
		vacant += (1 - filled[n]) / 364
	}
	got := measured(t, s, outcome.Vacancies, 4)
	if math.Abs(got-vacant) > 0.012 {
		t.Errorf("%v of the places are vacant, want %v", got, vacant)
	}
	if sick := measured(t, s, outcome.Sickness, 4) / (1 - got); math.Abs(sick-0.06) > 0.004 {
		t.Errorf("%v of those who are there are sick", sick)
	}
	if paid, want := measured(t, s, outcome.PaidHours, 4), 125*8*364*(1-got); math.Abs(paid-want) > 1e-6*want {
		t.Errorf("%v hours are paid, want %v", paid, want)
	}
}

// People of whom nobody is ever sick, leaves, or has anything to learn are heads.
func TestPeopleToWhomNothingHappensAreHeads(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		heads := varied(r)
		for i := range heads.Teams {
			t := &heads.Teams[i]
			t.Sickness, t.Hiring, t.Ramp, t.Overtime = staffing.Sickness{}, staffing.Hiring{}, nil, nil
			for j := range t.Shifts {
				s := &t.Shifts[j]
				s.Hires, s.Learning, s.PartTime = nil, nil, 0
				s.Heads = math.Ceil(s.Heads) // with fractions other agents come
				s.Breaks = nil
			}
			t.Shrinkage = 0
		}
		folk := copyOf(heads)
		for i := range folk.Teams {
			folk.Teams[i].Overtime = nil
			for j := range folk.Teams[i].Shifts {
				if s := &folk.Teams[i].Shifts[j]; s.OnCall == nil {
					s.PartTime = 1
					s.Learning = staffing.Learning{{From: 1, To: 1, For: time.Hour}}
				}
			}
		}
		a, b := trial(r, heads, 0), trial(r, folk, 0)
		same(r, onShift(b.steps), onShift(a.steps))
	})
}

// onShift leaves out which of several agents it was: who goes first differs.
func onShift(steps []step) []step {
	out := slices.Clone(steps)
	for i := range out {
		out[i].Agent = -1
	}
	return out
}

// One more head changes nothing about who else is sick: with first come first served
// nobody waits longer.
func TestOneMoreHeadNeverRaisesAWaitThoughPeopleAreSick(t *testing.T) {
	t.Parallel()
	shorter := 0
	rapid.Check(t, func(r *rapid.T) {
		d := draw{r}
		heads := float64(d.int("heads", 1, 5))
		of := func(heads float64) map[ticket.ID]time.Duration {
			s := officeOf(heads, 3)
			s.Teams[0].Sickness = staffing.Sickness{Share: 0.3}
			return waits(trial(r, s, 0).steps)
		}
		fewer, more := of(heads), of(heads+1)
		for id, w := range fewer {
			if more[id] > w {
				r.Fatalf("ticket %#x waits for %v, and with one head more for %v", uint64(id), w, more[id])
			}
			if more[id] < w {
				shorter++
			}
		}
	})
	if shorter == 0 {
		t.Error("one head more shortens no wait at all")
	}
}
