package roster_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
)

var workdays = [7]bool{false, true, true, true, true, true, false}

// told is a candidate in words: its name, its days and its breaks.
func told(c *roster.Candidate) string {
	var b strings.Builder
	b.WriteString(roster.Called(c.Shift.Name, c.Shift.From, c.Shift.To) + " ")
	for d, on := range c.Shift.Days {
		if on {
			b.WriteString(time.Weekday(d).String()[:2])
		}
	}
	for _, pause := range c.Shift.Breaks {
		b.WriteString(" break " + roster.Hours(pause.At, pause.At+pause.Minutes))
	}
	return b.String()
}

func names(list []roster.Candidate) (words []string) {
	for i := range list {
		words = append(words, told(&list[i]))
	}
	return words
}

func TestCandidatesOfRulesArePatternsAtTheirStarts(t *testing.T) {
	t.Parallel()
	list := roster.Candidates([]staffing.Team{{
		Name: "front",
		Rules: &staffing.Rules{Patterns: []staffing.Pattern{
			{Length: 510, Starts: []int{360, 22 * 60}, Days: workdays, Most: 20, Breaks: []staffing.Pause{{After: 240, Minutes: 30, Turns: 2}}},
			{Name: "short", Length: 240, Starts: []int{480}, Days: everyDay, PartTime: true, Least: 1, Holidays: true},
		}},
		Shifts: []staffing.Shift{{Name: "now", Days: everyDay, From: 0, To: 60}},
	}})
	want := []string{
		"06:00–14:30 MoTuWeThFr break 10:00–10:30",
		"22:00–06:30 MoTuWeThFr break 02:00–02:30",
		"short 08:00–12:00 SuMoTuWeThFrSa",
	}
	if got := names(list); !slices.Equal(got, want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	if c := list[0]; c.Max != 20 || c.Part || c.Shift.Breaks[0].Turns != 2 {
		t.Errorf("%+v", c)
	}
	if c := list[2]; c.Min != 1 || c.Max != 0 || !c.Part || !c.Shift.Holidays {
		t.Errorf("%+v", c)
	}
}

func TestWithoutRulesShiftsMoveByWholeHoursWithinTheHoursOfTheTeam(t *testing.T) {
	t.Parallel()
	lunch := []staffing.Break{{At: 12 * 60, Minutes: 30}}
	list := roster.Candidates([]staffing.Team{{Name: "front", Shifts: []staffing.Shift{
		{Name: "early", Days: workdays, From: 8 * 60, To: 16*60 + 30, Breaks: lunch, Heads: 4},
		{Name: "late", Days: workdays, From: 10 * 60, To: 18*60 + 30, Breaks: []staffing.Break{{At: 14 * 60, Minutes: 30}}},
		{Name: "saturday", Days: [7]bool{time.Saturday: true}, From: 9 * 60, To: 13 * 60},
		{Name: "evening", Days: workdays, From: 17 * 60, To: 19 * 60, PartTime: 0.5},
		{Name: "pager", Days: everyDay, From: 18 * 60, To: 32 * 60, OnCall: &staffing.OnCall{}},
	}}})
	want := []string{
		"early 08:00–16:30 MoTuWeThFr break 12:00–12:30",
		"late 10:00–18:30 MoTuWeThFr break 14:00–14:30",
		"saturday 09:00–13:00 Sa",
		"evening 17:00–19:00 MoTuWeThFr",
		// At 08:00 and 10:00 there is one like it; the team is there until 19:00.
		"09:00–17:30 MoTuWeThFr break 13:00–13:30",
		// Four hours, on any day; at 09:00 on Saturday there is one.
		"08:00–12:00 MoTuWeThFr", "09:00–13:00 MoTuWeThFr", "10:00–14:00 MoTuWeThFr", "11:00–15:00 MoTuWeThFr",
		"12:00–16:00 MoTuWeThFr", "13:00–17:00 MoTuWeThFr", "14:00–18:00 MoTuWeThFr", "15:00–19:00 MoTuWeThFr",
	}
	if got := names(list); !slices.Equal(got, want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	if !list[3].Part || list[0].Part {
		t.Error("who is a part-timer is mixed up")
	}
}

func TestASeatAroundTheClockBecomesShiftsOfEightHours(t *testing.T) {
	t.Parallel()
	list := roster.Candidates([]staffing.Team{{Name: "desk", Shifts: []staffing.Shift{{Name: "seat", Days: everyDay, To: 24 * 60, Holidays: true}}}})
	if len(list) != 24 {
		t.Fatalf("%d shifts: %q", len(list), names(list))
	}
	if got := told(&list[22]); got != "22:00–06:00 SuMoTuWeThFrSa break 02:00–02:30" || !list[22].Shift.Holidays {
		t.Errorf("got %q", got)
	}
}

func TestAtAnyHoursShiftsGoRoundTheClock(t *testing.T) {
	t.Parallel()
	teams := []staffing.Team{
		{Name: "desk", Shifts: []staffing.Shift{{Name: "day", Days: workdays, From: 9 * 60, To: 17 * 60}}},
		{Name: "ruled", Rules: &staffing.Rules{Patterns: []staffing.Pattern{{Length: 480, Starts: []int{480}, Days: workdays}}}},
	}
	list := roster.AtAnyHours(teams)
	// The shift there is, its like on the weekend, and 23 other starts; rules stay what they are.
	if len(list) != 1+24+1 {
		t.Fatalf("%d shifts: %q", len(list), names(list))
	}
	if got := told(&list[0]); got != "day 09:00–17:00 MoTuWeThFr" {
		t.Errorf("got %q", got)
	}
	if got := told(&list[23]); got != "22:00–06:00 SuMoTuWeThFrSa" || !list[23].Shift.Holidays {
		t.Errorf("got %q", got)
	}
	if got := told(&list[25]); got != "08:00–16:00 MoTuWeThFr" {
		t.Errorf("got %q", got)
	}
}

// A night that is open on workdays only has no shift that reaches into Saturday's evening.
func TestHoursOfAWeekGoRound(t *testing.T) {
	t.Parallel()
	nights := [7]bool{time.Saturday: true, time.Sunday: true}
	list := roster.Candidates([]staffing.Team{{Name: "desk", Shifts: []staffing.Shift{{Name: "night", Days: nights, From: 22 * 60, To: 30 * 60}}}})
	if got := names(list); len(got) != 1 || got[0] != "night 22:00–06:00 SuSa" {
		t.Errorf("got %q", got)
	}
}

func TestShiftsOfOneNameAreTold(t *testing.T) {
	t.Parallel()
	temps := staffing.Shift{Name: "0800–1600", Days: everyDay, From: 480, To: 960, Last: calendar.Date{Year: 2026, Month: 12, Day: 3}}
	list := roster.Candidates([]staffing.Team{{Name: "desk", Shifts: []staffing.Shift{temps}}})
	if len(list) != 2 || list[1].Shift.Name != "0800–1600 #2" || !list[1].Shift.Last.IsZero() {
		t.Errorf("got %+v", list)
	}
}

func TestLimitsAreThoseOfTheRules(t *testing.T) {
	t.Parallel()
	got := roster.Limits([]staffing.Team{{}, {Rules: &staffing.Rules{}}, {Rules: &staffing.Rules{Least: 4, Most: 60}}})
	if want := []roster.Limit{{Team: 2, Min: 4, Max: 60}}; !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestShiftsAreCalledByTheirHoursOnce(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"0800–1630": "08:00–16:30", "early 0800–1630": "early 08:00–16:30", "0800–1630 #2": "08:00–16:30 #2", "early": "early 08:00–16:30",
		"08:00–16:30 mon tue": "08:00–16:30 mon tue", "": "08:00–16:30",
	} {
		if got := roster.Called(name, 480, 990); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}
