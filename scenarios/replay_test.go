package scenarios

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestReplayPlacesTicketsOnTheScenariosTime(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/replay.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// INC1 lies before the first day that is replayed. 1 March becomes 16
	// November, and times of day stay.
	want := []struct {
		at       string
		priority string
		account  string
	}{
		{"2026-11-16T09:30:00+01:00", "urgent", ""},  // the first row of INC2 counts
		{"2026-11-19T16:05:00+01:00", "low", ""},     // globex is not named in the scenario
		{"2026-11-29T23:59:00+01:00", "low", "acme"}, // no priority in the file: that of the issue
	}
	got := s.Streams[0].Replay
	if len(got) != len(want) {
		t.Fatalf("got %d arrivals, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		a := got[i]
		at := s.Time.Start.Add(a.At).Format(time.RFC3339)
		if at != w.at || s.Names.Priorities[a.Class.Priority] != w.priority || s.Names.AccountName(a.Class.Account) != w.account {
			t.Errorf("arrival %d: %s %s %q, want %+v", i, at, s.Names.Priorities[a.Class.Priority], s.Names.AccountName(a.Class.Account), w)
		}
	}
}

func TestReplayKeepsTheIDsOfOurOwnLogs(t *testing.T) {
	t.Parallel()
	s, err := Load("replay-log")
	if err != nil {
		t.Fatal(err)
	}
	arrivals := s.Streams[0].Replay
	if len(arrivals) < 250 {
		t.Fatalf("only %d arrivals", len(arrivals))
	}
	if arrivals[3].ID != 3 {
		t.Errorf("the fourth ticket of the log is t0000000000000003, not %x", uint64(arrivals[3].ID))
	}
	for i := 1; i < len(arrivals); i++ {
		if arrivals[i].At < arrivals[i-1].At {
			t.Fatalf("arrival %d is before the one before it", i)
		}
	}
}

// A history that two streams replay brings twice as many customers, not the same
// ones twice.
func TestTwoReplaysOfOneHistoryBringDifferentCustomers(t *testing.T) {
	t.Parallel()
	d, err := readText("testdata", "x.yaml", `name: x
time: {start: 2016-02-29}
issues: {question: {handle: 4m}}
demand:
  - {stream: a, replay: &r {file: history.csv, map: {id: number, created: opened_at}, dates: "2/1/2006 15:04", rows: updates}}
  - {stream: b, replay: *r}
teams: {desk: {shifts: [{heads: 3, hours: always}]}}
`)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[ticket.ID]bool{}
	for _, st := range d.Out.Streams {
		if len(st.Replay) != 4 {
			t.Errorf("%s has %d arrivals", st.Name, len(st.Replay))
		}
		for _, a := range st.Replay {
			if seen[a.ID] {
				t.Errorf("the ticket %x is there twice", uint64(a.ID))
			}
			seen[a.ID] = true
		}
	}
}

// What the file does not say is shared out by identifier: by the shares in the
// long run, and always the same for the same ticket.
func TestReplaySharesOutWhatTheFileDoesNotSay(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	log.WriteString("id,at\n")
	for i := range 4000 {
		log.WriteString(time.Date(2026, 1, 5, 0, 0, i, 0, time.UTC).Format("T15:04:05,2006-01-02T15:04:05Z\n"))
	}
	dir := folder(t, map[string]string{"log.csv": log.String()})
	text := `name: x
tiers: [gold, silver]
issues: {question: {handle: 4m}, refund: {handle: 4m, priority: low}}
demand:
  - {stream: a, issue: {question: 70%, refund: 30%}, tier: {gold: 20%, silver: 80%}, replay: {file: log.csv, map: {id: id, created: at}}}
teams: {desk: {shifts: [{heads: 3, hours: always}]}}
`
	d, err := readText(dir, "x.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	refunds, gold, both := 0, 0, 0
	for _, a := range d.Out.Streams[0].Replay {
		isRefund, isGold := a.Class.Issue == 1, a.Class.Tier == 0
		if isRefund != (d.Out.Names.Priorities[a.Class.Priority] == "low") {
			t.Fatal("a refund has the priority of a question")
		}
		refunds, gold, both = refunds+count1(isRefund), gold+count1(isGold), both+count1(isRefund && isGold)
	}
	// Four standard deviations of binomials with 4,000 trials.
	for what, c := range map[string]struct{ got, want, sd float64 }{
		"refunds":      {float64(refunds), 1200, 29},
		"gold":         {float64(gold), 800, 25.3},
		"gold refunds": {float64(both), 240, 15},
	} {
		if c.got < c.want-4*c.sd || c.got > c.want+4*c.sd {
			t.Errorf("%s: %v of 4000, want about %v", what, c.got, c.want)
		}
	}
	again, err := readText(dir, "x.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range again.Out.Streams[0].Replay {
		if a != d.Out.Streams[0].Replay[i] {
			t.Fatalf("arrival %d differs: %+v", i, a)
		}
	}
}

func count1(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A file can be wrong in ways that no small file of testdata shows.
func TestReplayOfBrokenFiles(t *testing.T) {
	t.Parallel()
	many := "id,at\n" + strings.Repeat("x,yesterday\n", 100)
	dir := folder(t, map[string]string{
		"empty.csv": "", "header.csv": "id,at\n", "many.csv": many, "line.csv": strings.Repeat("x", 3<<20), "zip.csv": "\x1f\x8b\x08\x00\x00", "utf16.csv": "\xff\xfei\x00",
	})
	for file, want := range map[string]string{
		"empty.csv":  "empty.csv: the file is empty",
		"header.csv": "header.csv: there is no row under the header",
		"many.csv":   "many.csv: and 80 more problems of this file",
		"line.csv":   "line.csv:1: the row is longer than 1048576 bytes",
		"zip.csv":    "the compressed data",
		"utf16.csv":  "utf16.csv:1: the file is in UTF-16",
		".":          "it is a folder",
	} {
		_, err := readText(dir, "x.yaml", `name: x
issues: {question: {handle: 4m}}
demand: [{stream: a, replay: {file: `+file+`, map: {id: id, created: at}}}]
teams: {desk: {shifts: [{heads: 3, hours: always}]}}
`)
		got := messages(t, dir, err)
		if last := got[len(got)-1]; !strings.Contains(last, want) {
			t.Errorf("%s: got %s, want %s", file, last, want)
		}
		if file == "many.csv" && (len(got) != 21 || got[0] != `many.csv:2:3: column at: "yesterday": not a date and time as the layout has it`) {
			t.Errorf("many: %d problems, the first %s", len(got), got[0])
		}
	}
}

// 24,918 real incidents; ../shared/data/SOURCES.md states their origin and quirks.
func TestReplayOfRealIncidents(t *testing.T) {
	t.Parallel()
	file, err := filepath.Abs("../../shared/data/uci-incidents/incident_event_log.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		t.Skip("the incident log is not here")
	}
	d, err := readText("", "incidents.yaml", `name: incidents
time: {zone: America/Sao_Paulo, start: 2016-03-01, length: 92d, warmup: 7d}
priorities: [critical, high, moderate, low]
issues: {incident: {priority: moderate, handle: lognormal(mean 15m, cv 1)}}
demand:
  - stream: incidents
    replay:
      file: `+file+`
      map: {id: number, created: opened_at, priority: priority}
      dates: "2/1/2006 15:04"
      rows: updates
      missing: "?"
      values: {priority: {1 - Critical: critical, 2 - High: high, 3 - Moderate: moderate, 4 - Low: low}}
      from: 2016-03-01
      until: 2016-05-31
teams: {desk: {shifts: [{heads: 20, days: mon-fri, hours: "08:00-18:00"}]}}
sla: {policies: [{first_reply: {critical: 1h, high: 4h, moderate: 24h}}]}
`)
	if err != nil {
		t.Fatal(err)
	}
	arrivals := d.Out.Streams[0].Replay
	if len(arrivals) != 8995+7934+7508 {
		t.Errorf("March to May have %d incidents, want %d", len(arrivals), 8995+7934+7508)
	}
	checkWeek(t, d.Out)
}

// checkWeek compares with what is known of the log: weekdays have a median of 364
// a day, weekends about 50.
func checkWeek(t *testing.T, s *model.Scenario) {
	t.Helper()
	perDay := map[string]int{}
	for _, a := range s.Streams[0].Replay {
		perDay[s.Time.Start.Add(a.At).Format(time.DateOnly)]++
	}
	weekend, days := 0, 0
	for day, n := range perDay {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if wd := date.Weekday(); wd == time.Saturday || wd == time.Sunday {
			weekend, days = weekend+n, days+1
		}
	}
	if mean := float64(weekend) / float64(days); mean < 35 || mean > 65 {
		t.Errorf("weekend days have %.0f incidents, want about 50", mean)
	}
}
