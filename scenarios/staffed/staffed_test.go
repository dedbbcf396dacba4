package staffed_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/staffed"
)

const base = `name: base
time: {start: 2026-11-16, length: 2w, zone: Europe/Berlin}
run: {replications: 30..60, precision: 5% of wait}
tiers: [gold, silver]
issues: {question: {handle: 10m}, outage: {handle: 30m}}
demand: [{stream: mail, volume: 100/day, issue: {question: 90%, outage: 10%}, tier: {gold: 30%, silver: 70%}}]
teams:
  desk:
    cost: 20 EUR/h
    holidays: [2026-11-18]
    shifts:
      - {name: day, heads: 4, days: mon-fri, hours: "08:00-16:30", break: 30m at 12:00}
      - {name: pager, heads: 1, hours: "20:00-07:00", on_call: {match: {tier: gold, issue: [outage]}, responds_in: 15m, standby: 5.5 EUR/h, minimum: 1h}}
  second: {shifts: [{heads: 2, hours: always}]}
sla: {policies: [{first_reply: 4h}]}
variants: {more: {teams.desk.shifts.day.heads: 6}}
`

// Every shift that a roster may hold is read back as it was, whatever its name; teams that have not changed are left alone.
func TestShiftsAreReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(base), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(filepath.Join(dir, "base.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	teams := []staffing.Team{s.Teams[0], s.Teams[1]}
	everyDay := [7]bool{true, true, true, true, true, true, true}
	date := func(d int) calendar.Date { return calendar.Date{Year: 2026, Month: time.November, Day: d} }
	teams[0].Shifts = []staffing.Shift{
		s.Teams[0].Shifts[1],
		{Name: "08:00–16:30", Heads: 3, Days: [7]bool{true, true, false, true, true, false, true}, From: 480, To: 990, Breaks: []staffing.Break{{At: 600, Minutes: 45, Turns: 4}, {At: 1000 - 60, Minutes: 15}}},
		{Name: "08:00–16:30", Heads: 1, Days: everyDay, From: 22 * 60, To: 34 * 60, Breaks: []staffing.Break{{At: 24 * 60, Minutes: 30}, {At: 26 * 60, Minutes: 30}}, Holidays: true},
		{Name: "=cmd: [a, {b}] # no", Heads: 2, Days: everyDay, From: 0, To: 24 * 60, First: date(17), Last: date(20)},
		{Name: "only", Heads: 7, Days: everyDay, From: 600, To: 720, HolidaysOnly: true},
	}
	about, err := scenarios.Describe(filepath.Join(dir, "base.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := staffed.Draft("base.yaml@more", about, s, teams, staffed.Run{Seed: 18446744073709551615, Replications: 12})
	if err != nil {
		t.Fatal(err)
	}
	data, err := doc.Encode("The roster.")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "second") {
		t.Errorf("a team without change is written\n%s", data)
	}
	path := filepath.Join(dir, "new.yaml")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := scenarios.Load(path)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if diff := cmp.Diff(teams[0].Shifts, got.Teams[0].Shifts, cmpopts.IgnoreFields(staffing.Shift{}, "Name"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, data)
	}
	if got.Run.Seed != 18446744073709551615 || got.Run.Min != 12 || got.Run.Max != 12 || len(got.Run.Precisions()) > 0 || got.Name != "base-staffed" {
		t.Errorf("%s %+v", got.Name, got.Run)
	}
	names := map[string]bool{}
	for _, sh := range got.Teams[0].Shifts {
		names[sh.Name] = true
	}
	if len(names) != 5 {
		t.Errorf("names %v", names)
	}
}

// Whatever candidates a shipped scenario has, its language can say them.
func TestTheCandidatesOfShippedScenariosCanBeWritten(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"black-friday", "coverage-24x7", "hello", "shared-desk", "enterprise-contract"} {
		s, err := scenarios.Load(ref)
		if err != nil {
			t.Fatal(err)
		}
		teams := append([]staffing.Team(nil), s.Teams...)
		for i := range teams {
			teams[i].Shifts = nil
		}
		for _, c := range roster.Candidates(s.Teams) {
			c.Shift.Heads = 1
			teams[c.Team].Shifts = append(teams[c.Team].Shifts, c.Shift)
		}
		about, err := scenarios.Describe(ref)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := staffed.Draft(ref, about, s, teams, staffed.Run{Seed: 1, Replications: 2})
		if err != nil {
			t.Fatal(err)
		}
		data, err := doc.Encode("")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "new.yaml")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := scenarios.Load(path)
		if err != nil {
			t.Fatalf("%s: %v\n%.2000s", ref, err, data)
		}
		for i := range teams {
			if diff := cmp.Diff(teams[i].Shifts, got.Teams[i].Shifts, cmpopts.IgnoreFields(staffing.Shift{}, "Name"), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s, %s (-want +got)\n%s", ref, teams[i].Name, diff)
			}
		}
	}
}

func TestWhatCannotBeSaidIsRefused(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("hello")
	if err != nil {
		t.Fatal(err)
	}
	for want, shift := range map[string]staffing.Shift{
		"longer than 12 hours": {Name: "watch", Heads: 1, Days: [7]bool{true}, From: 1200, To: 1200 + 721},
		"take turns":           {Name: "turns", Heads: 1, Days: [7]bool{true}, From: 600, To: 660, PartTime: 0.5},
	} {
		teams := append([]staffing.Team(nil), s.Teams...)
		teams[0].Shifts = []staffing.Shift{shift}
		if _, err := staffed.Draft("hello", scenarios.Description{}, s, teams, staffed.Run{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	doc, err := staffed.Draft("hello", scenarios.Description{}, s, s.Teams, staffed.Run{Seed: 1, Replications: 2})
	if err != nil || doc.Has("teams") {
		t.Errorf("a roster that has not changed: %v", err)
	}
}
