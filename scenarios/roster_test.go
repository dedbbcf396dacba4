package scenarios

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/staffing"
)

func TestDecodingRosterRules(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/roster.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	everyDay := [7]bool{true, true, true, true, true, true, true}
	day := staffing.Pattern{
		Name: "day", Length: 510, Days: [7]bool{false, true, true, true, true, true, false},
		Breaks: []staffing.Pause{{After: 240, Minutes: 30}}, Most: 20,
	}
	for m := 6 * 60; m <= 14*60; m += 30 {
		day.Starts = append(day.Starts, m)
	}
	want := &staffing.Rules{
		Patterns: []staffing.Pattern{
			day,
			{Name: "short", Length: 240, Starts: []int{480, 1020}, Days: everyDay, PartTime: true},
			{
				Name: "night", Length: 540, Starts: []int{1200, 1260, 1320}, Days: everyDay, Least: 2, Holidays: true,
				Breaks: []staffing.Pause{{After: 120, Minutes: 15}, {After: 240, Minutes: 45, Turns: 2}},
			},
		},
		Least: 4, Most: 60, InARow: 4, Weekends: 0.5, PartTimers: 0.3, Rest: 12 * time.Hour,
	}
	if diff := cmp.Diff(want, s.Teams[0].Rules); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	bare := &staffing.Rules{InARow: staffing.DefaultInARow, Rest: staffing.DefaultRest}
	if diff := cmp.Diff(bare, s.Teams[1].Rules); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// FuzzRosterRules holds the reader to its word: problems, or rules that model finds nothing wrong
// with, of which each pattern has hours.
func FuzzRosterRules(f *testing.F) {
	for _, text := range []string{
		`{}`, `{heads: 4..60, days_in_a_row: 5, weekends: 50%, part_timers: 30%, rest: 11h}`,
		`{shifts: [{length: 8h30m, starts: "06:00..14:00 every 30m", days: mon-fri, break: 30m after 4h, heads: 0..20}]}`,
		`{shifts: {a: {length: 4h, starts: ["08:00", "17:00"], part_time: true, break: [15m after 1h in 4 turns]}}}`,
		`{heads: 4.., shifts: [{length: 1m, starts: "00:00..23:59 every 1m", heads: ..}]}`,
		`{heads: 9..3, shifts: [{length: PT24H, starts: "24:00"}], rest: -1h}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.NewReplacer("\n", " ", "\r", " ").Replace(text)
		d, err := readText("testdata", "fuzz.yaml", "demand: [{stream: mail, volume: 100/day}]\nissues: {question: {handle: 10m}}\nteams: {desk: {shifts: [{heads: 4, hours: always}], roster: "+text+"}}\n")
		var problems Problems
		switch {
		case errors.As(err, &problems):
			return
		case err != nil:
			t.Fatal(err)
		}
		s := d.Out
		if found := s.Check(); len(found) > 0 {
			t.Fatal(found)
		}
		for i := range s.Teams {
			if r := s.Teams[i].Rules; r != nil {
				for _, p := range r.Patterns {
					if p.Length <= 0 || len(p.Starts) == 0 || len(p.Starts) > 1440 {
						t.Fatalf("%+v", p)
					}
				}
			}
		}
	})
}
