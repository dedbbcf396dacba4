package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	proposed "github.com/headroom-sim/headroom/reports/roster"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/workforce"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// rostered is a roster over the weekend on which the clocks go back, with a night, a shift on some days only, a holiday and
// people who have days off.
func rostered(t *testing.T) *roster.Proposal {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	everyDay, works := [7]bool{true, true, true, true, true, true, true}, [7]bool{false, true, true, true, true, true, false}
	two := [7]int{roster.Off, 0, 0, 0, 0, 0, roster.Off}
	return &roster.Proposal{
		Tool: "headroom test", Weekly: true,
		Scenario: roster.Asked{Name: "clocks", Start: time.Date(2026, time.October, 19, 0, 0, 0, 0, zone), Length: 14*24*time.Hour + time.Hour, Zone: zone.String()},
		Shifts:   []roster.Line{{Team: "mail", Shift: "day", From: 540, To: 1050}},
		Teams:    []roster.Crew{{Team: "mail", Tours: []roster.Turn{{Works: works, Shift: [][7]int{two, two}}}}},
		Staffed: []staffing.Team{
			{Name: "phones", Holidays: []calendar.Date{{Year: 2026, Month: time.October, Day: 31}}, Shifts: []staffing.Shift{
				{Name: "night", Heads: 2, Days: everyDay, From: 22 * 60, To: 30 * 60, Holidays: true},
				{Name: "early", Heads: 5, Days: works, From: 420, To: 930, Breaks: []staffing.Break{{At: 660, Minutes: 30, Turns: 3}}},
				{Name: "saturday", Heads: 3, Days: [7]bool{time.Saturday: true}, From: 480, To: 720},
			}},
			{Name: "mail", Shifts: []staffing.Shift{{Name: "day", Heads: 2, Days: works, From: 540, To: 1050}, {Name: "pager", Heads: 1, Days: everyDay, From: 0, To: 60, OnCall: &staffing.OnCall{}}}},
		},
	}
}

// hoursOf are the heads of all duties by when they start and end.
func hoursOf(teams []staffing.Team, start time.Time, length time.Duration) map[string]float64 {
	heads := map[string]float64{}
	for _, d := range staffing.Duties(teams, calendar.Axis{Origin: start}, 0, length) {
		if !d.OnCall && d.From >= 0 {
			at := start.Add(d.From).In(start.Location())
			heads[teams[d.Team].Name+" "+at.Format(time.DateTime)+" "+(d.To-d.From).String()] += d.Gross
		}
	}
	return heads
}

// What is written of a roster, as CSV or as a calendar, is read back by import to the same heads on the same hours.
func TestARosterIsReadBackToTheSameHeads(t *testing.T) {
	t.Parallel()
	p := rostered(t)
	want := hoursOf(p.Staffed, p.Scenario.Start, p.Scenario.Length)
	for name, write := range map[string]func(io.Writer, *roster.Proposal) error{"roster.csv": proposed.WriteCSV, "roster.ics": proposed.WriteCalendar} {
		var b bytes.Buffer
		if err := write(&b, p); err != nil {
			t.Fatal(err)
		}
		x, err := workforce.ReadRoster(bytes.NewReader(b.Bytes()), p.Scenario.Start.Location(), 30*24*time.Hour)
		if err != nil || len(x.Oddities) > 0 {
			t.Fatalf("%s: %v, %+v\n%s", name, err, x.Oddities, b.String())
		}
		data, err := x.Draft().Encode("")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "read.yaml")
		if err := os.WriteFile(path, append([]byte("name: read\n"), data...), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Load(path)
		if err != nil {
			t.Fatalf("%s:\n%v\n%s", name, err, data)
		}
		if diff := cmp.Diff(want, hoursOf(s.Teams, s.Time.Start, s.Time.Length)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
		if s.Time.Start.Location().String() != "Europe/Berlin" {
			t.Errorf("%s: the zone is %v", name, s.Time.Start.Location())
		}
	}
}

// The scenario that is written with a roster simulates what the proof has simulated, to the last number, from a file elsewhere and of
// a variant.
func TestTheScenarioOfARosterRepeatsItsProof(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const text = `name: desk
time: {start: 2026-11-16, length: 9d, warmup: 2d}
run: {replications: 20..30, precision: 5% of wait, control: none}
channels: {email: {}, phone: {live: true, patience: exponential(mean 3m)}}
issues: {question: {handle: lognormal(mean 8m, cv 1)}}
demand:
  - {stream: mail, channel: email, volume: 200/day}
  - {stream: calls, channel: phone, volume: 90/day}
teams:
  front: {channels: phone, cost: 20 EUR/h, shrinkage: 20%, shifts: [{name: day, heads: 4, hours: "08:00-16:30", break: 30m at 12:00 in 2 turns}]}
  back: {channels: email, cost: 18 EUR/h, shifts: [{name: day, heads: 6, hours: "08:00-16:30"}]}
sla: {policies: [{first_reply: 4h}]}
variants: {calm: {teams.front.shifts.day.heads: 5}}
`
	ref := filepath.Join(dir, "desk.yaml")
	if err := os.WriteFile(ref, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(ref + "@calm")
	if err != nil {
		t.Fatal(err)
	}
	p := &roster.Proposal{Kept: true, Proof: roster.Proof{Seed: 12345, Replications: 3}, Staffed: slices.Clone(s.Teams)}
	p.Staffed[0].Shifts = nil
	for i, c := range roster.Candidates(s.Teams[:1]) {
		c.Shift.Heads = float64(i + 2)
		p.Staffed[0].Shifts = append(p.Staffed[0].Shifts, c.Shift)
	}
	out := filepath.Join(dir, "made", "here")
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	data, err := staffedScenario(out, ref+"@calm", s, p)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(out, "scenario.yaml")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	written, err := scenarios.Load(path)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	proven := *s
	proven.Teams = p.Staffed
	proven.Run.Seed = 12345
	proven.Run.Exactly(3)
	measured := func(s *model.Scenario) []outcome.Measure {
		x, err := experiment.Run(t.Context(), s, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return x.Measures
	}
	want := measured(&proven)
	if len(want) < 10 {
		t.Fatalf("%d measures", len(want))
	}
	if diff := cmp.Diff(want, measured(written), cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("(-proven +written)\n%s\n%s", diff, data)
	}
}
