package coverage

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

func located(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// abroad is six weeks of a desk in New York, where the clock changes in the first of them, with a second team in a zone of its own, at work by
// its own day, and a night premium there.
func abroad(zone string, from, to int) *model.Scenario {
	return desk(func(s *model.Scenario) {
		home := located("America/New_York")
		s.Time.Start, s.Time.Length = time.Date(2026, time.March, 2, 0, 0, 0, 0, home), 42*24*time.Hour
		s.Calendars = []*calendar.Calendar{calendar.Always(home)}
		s.Names.Teams = append(s.Names.Teams, "away")
		s.Teams = append(s.Teams, staffing.Team{
			Name: "away", Zone: located(zone), Cost: staffing.Cost{PerHour: 10, Night: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
			Shifts: []staffing.Shift{{Name: "day", Heads: 6, Days: office, From: from, To: to}},
		})
	})
}

// at is how many of each team are at work at an instant.
func at(s *model.Scenario, duties []staffing.Duty, instant time.Duration) []float64 {
	heads := make([]float64, len(s.Teams))
	for _, d := range duties {
		if !d.OnCall && d.From <= instant && instant < d.To {
			heads[d.Team] += d.Gross
		}
	}
	return heads
}

// within reports whether an instant is in a window of a zone's wall clock, which does not go beyond midnight.
func within(w Window, instant time.Time, zone *time.Location) bool {
	local := instant.In(zone)
	minute := local.Hour()*60 + local.Minute()
	return w.Days[local.Weekday()] && minute >= w.From && minute < w.To
}

// At every quarter of an hour of six weeks, through changes of the clocks on either side, people of a team far away are at work when
// the hours at home say so, and by their own day when the sun is followed.
func TestPeopleFarAwayAreAtWorkAtTheInstantsThatACoverageSays(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Asia/Manila", "Australia/Sydney", "Europe/London", "Asia/Kolkata"} {
		s := abroad(zone, 9*60, 17*60)
		business := Window{office, calendar.Span{From: 9 * 60, To: 17 * 60}}
		x := derive(t, s, Options{Business: business, Night: 1})
		home, away := s.Time.Start.Location(), located(zone)
		open := map[Kind]func(time.Time) bool{
			BusinessHours:  func(i time.Time) bool { return within(business, i, home) },
			ExtendedHours:  func(i time.Time) bool { return within(x.Options.Extended, i, home) },
			AroundTheClock: func(time.Time) bool { return true },
			OnCallNights:   func(i time.Time) bool { return within(business, i, home) },
		}
		for k := range Kinds {
			p := x.Plans[k].Scenario
			if got := p.Teams[1].Zone.String(); got != zone {
				t.Fatalf("%v: the team of %s is in %s", Kind(k), zone, got)
			}
			duties := staffing.Duties(p.Teams, calendar.Axis{Origin: s.Time.Start}, 0, s.Time.Length)
			for instant := time.Duration(0); instant < s.Time.Length; instant += 15 * time.Minute {
				now := s.Time.Start.Add(instant)
				heads := at(p, duties, instant)
				if Kind(k) == FollowTheSun {
					sun := Window{[7]bool{true, true, true, true, true, true, true}, business.Span}
					for team, z := range []*time.Location{home, away} {
						if (heads[team] > 0) != within(sun, now, z) {
							t.Fatalf("follow the sun, %s: at %v team %d has %v at work", zone, now.In(z), team, heads[team])
						}
					}
					continue
				}
				for team := range 2 {
					if want := open[Kind(k)](now); (heads[team] > 0) != want {
						t.Fatalf("%v, %s: at %v (%v there) team %d has %v at work, want some: %v", Kind(k), zone, now, now.In(away), team, heads[team], want)
					}
				}
			}
		}
	}
}

// Whoever works New York's office hours from Manila does so by night, and is paid for it: from 22:00 to 06:00 there, which is all but the last hour
// before the clock changes, and all but the first after.
func TestNightIsWhatItIsWherePeopleAre(t *testing.T) {
	t.Parallel()
	s := abroad("Asia/Manila", 9*60, 17*60)
	x := derive(t, s, Options{Business: Window{office, calendar.Span{From: 9 * 60, To: 17 * 60}}, Night: 1})
	bill := func(p *Plan) staffing.Bill {
		axis := calendar.Axis{Origin: s.Time.Start}
		duties := staffing.ByTeam(staffing.Duties(p.Scenario.Teams, axis, 0, s.Time.Length), len(p.Scenario.Teams))
		return staffing.Pay(&p.Scenario.Teams[1], axis, duties[1], 0, s.Time.Length)
	}
	b := bill(&x.Plans[BusinessHours])
	// Six heads (as many as by their own day) for eight hours on 30 days: one week from 22:00 to 6:00, five from 21:00 to 5:00.
	hours, nights := 6*8*30.0, 6*(5*8+25*7.0)
	if want := 10*hours + 5*nights; math.Abs(b.Hours-hours) > 1e-9 || math.Abs(b.Total()-want) > 1e-9 {
		t.Errorf("%v hours for %v, want %v for %v", b.Hours, b.Total(), hours, want)
	}
	// By their own day nothing is night.
	if b := bill(&x.Plans[FollowTheSun]); b.Total() != 10*b.Hours {
		t.Errorf("by day %v hours cost %v", b.Hours, b.Total())
	}
}

// A place where a team already is needs no other people that can do the same; people with other skills it does.
func TestTheSunIsFollowedToWhereTeamsAre(t *testing.T) {
	t.Parallel()
	names := func(s *model.Scenario) (out []string) {
		x := derive(t, s, Options{Night: 0.5, Business: Window{office, calendar.Span{From: 9 * 60, To: 17 * 60}}})
		return x.Plans[FollowTheSun].Scenario.Names.Teams
	}
	s := abroad("Europe/London", 9*60, 17*60)
	got := names(s)
	for _, name := range got[2:] {
		if strings.Contains(name, "London") || strings.Contains(name, "Berlin") || strings.Contains(name, "New York") {
			t.Errorf("people are added where they are: %v", got)
		}
	}
	if len(got) < 3 {
		t.Errorf("nobody has the rest of the globe: %v", got)
	}
	s = abroad("Europe/London", 9*60, 17*60)
	s.Names.Skills, s.Names.Issues = []string{"mail", "more"}, append(s.Names.Issues, "other")
	s.Issues = append(s.Issues, s.Issues[0])
	s.Issues[0].Skill, s.Issues[1].Skill, s.Issues[1].Name = 0, 1, "other"
	s.Streams[0].Issues = []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}}
	s.Teams[0].Skills, s.Teams[1].Skills = []ticket.Skill{0}, []ticket.Skill{1}
	if got = names(s); !slices.Contains(got, "front London") || !slices.Contains(got, "away New York") {
		t.Errorf("each needs the other's place: %v", got)
	}
}

// The minutes that are promised are those in which somebody is at work in each week, whatever the clocks do.
func TestPromisesThatFollowAreKeptThroughClockChanges(t *testing.T) {
	t.Parallel()
	s := abroad("Europe/London", 9*60, 17*60)
	x := derive(t, s, Options{Follows: true, Sites: []Site{{Zone: located("Australia/Sydney")}}, Business: Window{office, calendar.Span{From: 9 * 60, To: 17 * 60}}})
	p := &x.Plans[FollowTheSun]
	promised := p.Scenario.Calendars[len(p.Scenario.Calendars)-1]
	duties := staffing.Duties(p.Scenario.Teams, calendar.Axis{Origin: s.Time.Start}, 0, s.Time.Length)
	open, hours := 0, 0
	for instant := time.Duration(0); instant < s.Time.Length; instant += 15 * time.Minute {
		some := slices.ContainsFunc(at(p.Scenario, duties, instant), func(h float64) bool { return h > 0 })
		if some {
			hours++
		}
		if promised.Open(s.Time.Start.Add(instant)) {
			open++
			if !some {
				t.Fatalf("at %v a promise counts and nobody is there", s.Time.Start.Add(instant))
			}
		}
	}
	if open < hours-6*7*3*4 || open == 0 {
		t.Errorf("%d quarters of an hour are promised, %d covered", open, hours)
	}
	if got := float64(hours) / 4 / 6; math.Abs(got-p.Hours) > 0.3 {
		t.Errorf("%v hours a week are covered, %v are told", got, p.Hours)
	}
}

// Whoever has the nights, or is away by day at home, works by day in coverages that have no nights.
func TestTeamsOfOtherHoursHaveTheirSeatsByDay(t *testing.T) {
	t.Parallel()
	s := desk(func(s *model.Scenario) {
		night := s.Teams[0]
		night.Name = "night"
		night.Shifts = []staffing.Shift{{Name: "night", Heads: 4, Days: office, From: 21 * 60, To: 29 * 60}}
		s.Teams = append(s.Teams, night)
		s.Names.Teams = append(s.Names.Teams, "night")
	})
	x := derive(t, s, Options{})
	if got := x.Options.Business.String(); got != "mon-fri 09:00-17:00" {
		t.Fatalf("business hours are %s", got)
	}
	if p := &x.Plans[BusinessHours]; p.Day != 14 || p.Most != 0 {
		t.Errorf("%v by day, and %v at other hours of business hours", p.Day, p.Most)
	}
}

func TestHoursWithNothingToCompareAreRefused(t *testing.T) {
	t.Parallel()
	always := Window{[7]bool{true, true, true, true, true, true, true}, calendar.Span{To: day}}
	for name, row := range map[string]struct {
		o      Options
		change func(*model.Scenario)
		want   string
	}{
		"always":   {Options{Business: always}, nil, "the whole week"},
		"shorter":  {Options{Extended: Window{office, calendar.Span{From: 10 * 60, To: 20 * 60}}}, nil, "leave out a part"},
		"the same": {Options{Extended: Window{office, calendar.Span{From: 9 * 60, To: 17 * 60}}}, nil, "no longer than"},
		"days":     {Options{}, func(s *model.Scenario) { s.Time.Length = 3 * 24 * time.Hour }, "3 days"},
		"nobody":   {Options{}, func(s *model.Scenario) { s.Teams[0].HandOffsOnly = true }, "nobody"},
	} {
		s := desk(row.change)
		if _, err := Derive(s, row.o); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}

// People are called for the highest priority; where nothing tells one ticket from another there is no such coverage, and the study says why.
func TestNobodyIsCalledForNothingInParticular(t *testing.T) {
	t.Parallel()
	plain := desk(func(s *model.Scenario) {
		s.Calendars = append(s.Calendars, &calendar.Calendar{Name: "office", Zone: s.Time.Start.Location(), Week: calendar.Week{time.Monday: {{From: 540, To: 1020}}}})
		s.SLA.Policies[0].Calendar = 1
	})
	x := derive(t, plain, Options{})
	if len(x.Plans) != Kinds-1 || !strings.Contains(x.Senseless, "one priority") {
		t.Errorf("%d plans, %q", len(x.Plans), x.Senseless)
	}
	ranked := desk(func(s *model.Scenario) {
		s.Names.Priorities = []string{"urgent", "high", "normal"}
		s.Names.Issues = []string{"question", "fault"}
		s.Issues = append(s.Issues, s.Issues[0])
		s.Issues[0].Priority, s.Issues[1].Priority, s.Issues[1].Name = 2, 1, "fault"
		s.Streams[0].Issues = []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}}
		s.SLA.Policies[0].Targets[0].Within = []time.Duration{time.Hour, time.Hour, time.Hour}
	})
	x = derive(t, ranked, Options{})
	shifts := x.Plans[OnCallNights].Scenario.Teams[0].Shifts
	if got := shifts[len(shifts)-1].OnCall.Match.Priorities; len(got) != 1 || got[0] != 1 {
		t.Errorf("people are called for %v", got)
	}
}
