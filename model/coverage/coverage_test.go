package coverage

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// A seat around the clock is 168 hours of a week, and somebody is paid for 40: 4.2 people, and 6 of whom 30 % are away.
func TestASeatTakesSoManyHeads(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ hours, week, shrinkage, want float64 }{
		{168, 40, 0, 4.2}, {168, 40, 0.3, 6}, {40, 40, 0, 1}, {40, 40, 0.2, 1.25}, {168, 37.5, 0, 4.48}, {168, 35, 0.25, 6.4}, {0, 40, 0.3, 0},
	} {
		if got := Heads(row.hours, row.week, row.shrinkage); math.Abs(got-row.want) > 1e-12 {
			t.Errorf("%v hours of %v with a shrinkage of %v take %v heads, want %v", row.hours, row.week, row.shrinkage, got, row.want)
		}
	}
	if Heads(168, 40, 0) != 4.2 || Heads(168, 40, 0.3) != 6 {
		t.Error("4.2 and 6 are exact")
	}
}

var office = [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}

// desk is four weeks of ten heads in office hours, at a time of year without clock changes; as many tickets come in each hour of the week.
func desk(change func(*model.Scenario)) *model.Scenario {
	lagos, err := time.LoadLocation("Africa/Lagos")
	if err != nil {
		panic(err)
	}
	s := &model.Scenario{
		Name: "desk", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, time.June, 1, 0, 0, 0, 0, lagos), Length: 28 * 24 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 1, Min: 5, Max: 5},
		Names: ticket.Names{Channels: []string{"email"}, Issues: []string{"question"}, Teams: []string{"front"},
			Tiers: []string{"all"}, Priorities: []string{"normal"}},
		Channels: []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(600)), SolvedAtFirst: 1, SolvedLater: 1,
		}},
		Calendars: []*calendar.Calendar{calendar.Always(lagos)},
		Streams: []demand.Stream{{
			Name: "mail", Volume: demand.Volume{Count: 10, Per: demand.PerHour},
			Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
		}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{time.Hour}}}}}},
		Teams: []staffing.Team{{
			Name: "front", Shrinkage: 0.3, Cost: staffing.Cost{PerHour: 20, NightFrom: 22 * 60, NightTo: 6 * 60},
			Shifts: []staffing.Shift{{Name: "day", Heads: 10, Days: office, From: 9 * 60, To: 17 * 60}},
		}},
	}
	if change != nil {
		change(s)
	}
	return s
}

func derive(t *testing.T, s *model.Scenario, o Options) *Study {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems[0])
	}
	x, err := Derive(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// bill is what the roster of a plan costs in the four weeks, worked out from its duties.
func bill(p *Plan) (hours, cost float64) {
	s := p.Scenario
	axis := calendar.Axis{Origin: s.Time.Start}
	duties := staffing.ByTeam(staffing.Duties(s.Teams, axis, 0, s.Time.Length), len(s.Teams))
	for i := range s.Teams {
		b := staffing.Pay(&s.Teams[i], axis, duties[i], 0, s.Time.Length)
		hours, cost = hours+b.Hours, cost+b.Total()
	}
	return hours, cost
}

// With all seats filled at all hours and no premiums, what 24/7 costs is 168/40 of business hours, to the digit.
func TestAllSeatsAtAllHoursCost168Over40(t *testing.T) {
	t.Parallel()
	x := derive(t, desk(nil), Options{Night: 1})
	hours, cost := bill(&x.Plans[BusinessHours])
	if hours != 4*400 || cost != 4*400*20 {
		t.Fatalf("business hours are %v hours for %v", hours, cost)
	}
	for _, k := range []Kind{AroundTheClock, FollowTheSun} {
		h, c := bill(&x.Plans[k])
		if h/hours != 4.2 || c/cost != 4.2 {
			t.Errorf("%v: %v times the hours, %v times the cost, want 4.2", k, h/hours, c/cost)
		}
		if x.Plans[k].Hours != 168 {
			t.Errorf("%v covers %v hours", k, x.Plans[k].Hours)
		}
	}
	if got := Heads(x.Plans[AroundTheClock].Hours, x.Options.Week, x.Shrinkage()); got != 6 {
		t.Errorf("a seat takes %v heads with the shrinkage", got)
	}
}

// Half of the seats at other hours: 40 hours of ten and 128 of five.
func TestOtherHoursAreFilledAsAskedFor(t *testing.T) {
	t.Parallel()
	x := derive(t, desk(nil), Options{Night: 0.45})
	if hours, _ := bill(&x.Plans[AroundTheClock]); hours != 4*(40*10+128*5) {
		t.Errorf("%v hours in four weeks", hours)
	}
	p := &x.Plans[AroundTheClock]
	if p.Day != 10 || p.Fewest != 5 || p.Most != 5 {
		t.Errorf("%v by day, %v to %v at other hours", p.Day, p.Fewest, p.Most)
	}
}

// Where a third as many tickets come at night as by day, a third of the seats are filled, in whole people; and where none
// come, one.
func TestOtherHoursAreFilledAsTicketsCome(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ night, want float64 }{{1, 4}, {0, 1}, {30, 10}} {
		x := derive(t, desk(func(s *model.Scenario) {
			hours := make([]float64, 24)
			for h := range hours {
				if hours[h] = row.night; h >= 9 && h < 17 {
					hours[h] = 3
				}
			}
			s.Streams[0].Profile.Hours = hours
		}), Options{})
		p := &x.Plans[AroundTheClock]
		if got := p.Scenario.Teams[0].Shifts; got[0].Heads != 10 || p.Fewest != row.want {
			t.Errorf("%v at night for 3 by day: %v by day and %v at night, want %v", row.night, got[0].Heads, p.Fewest, row.want)
		}
	}
}

// A night premium is paid for 24/7 and not where it is always day.
func TestTheSunSparesTheNightPremium(t *testing.T) {
	t.Parallel()
	x := derive(t, desk(func(s *model.Scenario) { s.Teams[0].Cost.Night = 0.5 }), Options{Night: 1})
	_, usual := bill(&x.Plans[BusinessHours])
	_, round := bill(&x.Plans[AroundTheClock])
	_, sun := bill(&x.Plans[FollowTheSun])
	// 56 of the 168 hours are between 22:00 and 6:00.
	if want := 4.2 + 0.5*56/40; math.Abs(round/usual-want) > 1e-12 || sun/usual != 4.2 {
		t.Errorf("24/7 costs %v times, want %v; follow the sun %v times, want 4.2", round/usual, want, sun/usual)
	}
	if got := strings.Join(x.Plans[FollowTheSun].Sites, ", "); got == "" || len(x.Plans[FollowTheSun].Scenario.Teams) != 3 {
		t.Errorf("the sites are %q", got)
	}
}

// By day nobody is taken away, whatever comes early or stays late.
func TestExtendedHoursKeepTheSeatsByDay(t *testing.T) {
	t.Parallel()
	x := derive(t, desk(nil), Options{Night: 0.4})
	heads := level(&x.Plans[ExtendedHours].Scenario.Teams[0], 0)
	for d, on := range office {
		for m := range day {
			got := heads[d*day+m]
			switch {
			case on && m >= 9*60 && m < 17*60 && got < 10, on && m >= 7*60 && m < 21*60 && got < 4, (m < 7*60 || m >= 21*60) && got > 0:
				t.Fatalf("day %d at %d:%02d: %v heads", d, m/60, m%60, got)
			}
		}
	}
	if x.Plans[ExtendedHours].Hours != 6*14 {
		t.Errorf("%v hours", x.Plans[ExtendedHours].Hours)
	}
}

// Whatever business hours are, the parts of a week cover each of its minutes once.
func TestPartsOfAWeekCoverEachMinuteOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var w Window
		for d := range w.Days {
			w.Days[d] = rapid.Bool().Draw(t, "day")
		}
		w.From = rapid.IntRange(0, day-1).Draw(t, "from")
		w.To = w.From + rapid.IntRange(1, day-1).Draw(t, "length")
		var n [week]int
		for _, b := range parts(w, longestShift) {
			if b.To-b.From > longestShift+15 {
				t.Fatalf("a part of %v minutes", b.To-b.From)
			}
			for d, on := range b.Days {
				for m := b.From; on && m < b.To; m++ {
					n[(d*day+m)%week]++
				}
			}
		}
		for m, k := range n {
			if k != 1 {
				t.Fatalf("minute %d is covered %d times by %+v", m, k, parts(w, longestShift))
			}
		}
	})
}

// People are called whenever nobody is at work, for what is promised around the clock.
func TestOnCallFillsTheRestOfTheWeek(t *testing.T) {
	t.Parallel()
	x := derive(t, desk(func(s *model.Scenario) {
		s.Names.Issues = append(s.Names.Issues, "incident")
		s.Issues = append(s.Issues, s.Issues[0])
		s.Issues[1].Name = "incident"
		s.Streams[0].Issues = []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}}
		s.Calendars = append(s.Calendars, &calendar.Calendar{Name: "office", Zone: s.Time.Start.Location(), Week: calendar.Week{time.Monday: {{From: 540, To: 1020}}}})
		s.SLA.Policies[0].Calendar = 1
		s.SLA.Policies = append(s.SLA.Policies, s.SLA.Policies[0])
		s.SLA.Policies[1].Name, s.SLA.Policies[1].Calendar, s.SLA.Policies[1].Match = "incidents", 0, sla.Match{Issues: []ticket.Issue{1}}
	}), Options{Pagers: 3, Follows: true})
	p := &x.Plans[OnCallNights]
	called := 0
	for i := range p.Scenario.Teams[0].Shifts {
		y := &p.Scenario.Teams[0].Shifts[i]
		if y.OnCall == nil {
			continue
		}
		for _, on := range y.Days {
			if on {
				called += y.To - y.From
			}
		}
		if y.Heads != 3 || y.OnCall.PerHour != 5 || len(y.OnCall.Match.Issues) != 1 || y.OnCall.Match.Issues[0] != 1 {
			t.Errorf("%+v, %+v", y, y.OnCall)
		}
	}
	if called != 128*60 || p.Hours != 40 {
		t.Errorf("somebody can be called in %d minutes of a week, and is there in %v hours", called, p.Hours)
	}
	// Promises follow what is covered; those that people are called for stay around the clock.
	if got := p.Scenario.SLA.Policies; got[0].Calendar != 2 || got[1].Calendar != 0 {
		t.Errorf("the promises count by calendars %d and %d", got[0].Calendar, got[1].Calendar)
	}
	if hours := p.Scenario.Calendars[2].Between(p.Scenario.Time.Start, p.Scenario.Time.Start.Add(7*24*time.Hour)).Hours(); hours != 40 {
		t.Errorf("the covered hours of a week are %v", hours)
	}
	if c := x.Plans[AroundTheClock].Scenario; !c.Calendars[c.SLA.Policies[0].Calendar].Always {
		t.Error("24/7 does not promise around the clock")
	}
}

func TestTheScenarioStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := desk(nil)
	before := s.Digest()
	x := derive(t, s, Options{Follows: true})
	if s.Digest() != before {
		t.Error("deriving has changed the scenario")
	}
	for i := range x.Plans {
		for j := range i {
			if x.Plans[i].Scenario.Digest() == x.Plans[j].Scenario.Digest() {
				t.Errorf("%v and %v are one scenario", x.Plans[i].Kind, x.Plans[j].Kind)
			}
		}
	}
}

func TestARosterWithoutPeopleByDayIsRefused(t *testing.T) {
	t.Parallel()
	var w Window
	w.Days[time.Sunday], w.Span = true, calendar.Span{From: 0, To: 60}
	if _, err := Derive(desk(nil), Options{Business: w}); err == nil || !strings.Contains(err.Error(), "sun 00:00-01:00") {
		t.Errorf("%v", err)
	}
}

func TestWindowsReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for want, w := range map[string]Window{
		"mon-fri 09:00-17:30":     {office, calendar.Span{From: 540, To: 1050}},
		"sun 00:00-24:00":         {[7]bool{true}, calendar.Span{From: 0, To: 1440}},
		"mon,wed-sun 22:00-06:00": {[7]bool{true, true, false, true, true, true, true}, calendar.Span{From: 1320, To: 1800}},
	} {
		if got := w.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
