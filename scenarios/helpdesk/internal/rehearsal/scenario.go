package rehearsal

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Scenario is the scenario that replays what was imported, with the promises that were found, as its own
// reader reads it.
func (r *Result) Scenario(t testing.TB) *model.Scenario {
	t.Helper()
	dir := t.TempDir()
	doc := draft.New()
	doc.Map("time", "").Set("zone", "UTC", "").Set("start", calendar.DateOf(r.Sum.First).String(), "").Set("length", "4w", "").Set("warmup", "0s", "")
	doc.Flow("tiers", r.Sum.Names.Tiers, "")
	doc.Flow("priorities", r.Sum.Names.Priorities, "")
	for _, name := range r.Sum.Names.Channels {
		doc.Map("channels", "").Map(name, "").Set("live", "false", "")
	}
	for _, name := range r.Sum.Names.Issues {
		doc.Map("issues", "").Map(name, "").Set("priority", r.Sum.Names.Priorities[0], "").Set("handle", "5m", "")
	}
	stream := doc.List("demand", "").Map("")
	stream.Set("stream", "log", "").Set("channel", r.Sum.Names.Channels[0], "").Set("issue", r.Sum.Names.Issues[0], "").Set("tier", r.Sum.Names.Tiers[0], "")
	stream.Map("replay", "").Set("file", "log.csv", "")
	doc.Map("teams", "").Map("desk", "").List("shifts", "").Map("").Set("heads", "1", "").Set("hours", "always", "")
	doc.Take(r.parts)
	text, err := doc.Encode("")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "scenario.yaml")
	for name, content := range map[string][]byte{path: text, filepath.Join(dir, "log.csv"): []byte(r.Log)} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := scenarios.Load(path)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

// Calendar is a calendar of the scenario.
func (r *Result) Calendar(t testing.TB, name string) *calendar.Calendar {
	t.Helper()
	for _, c := range r.Scenario(t).Calendars {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("there is no calendar %s in\n%s", name, r.Terms)
	return nil
}

// OpenAt reports whether a calendar is open at an instant.
func OpenAt(t testing.TB, c *calendar.Calendar, at string) bool {
	t.Helper()
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	return c.Open(when)
}

// Hostile gives a reader damaged files and wants a problem of the file or a log, and nothing else.
func Hostile(t testing.TB, f intake.Format, files ...intake.Source) {
	t.Helper()
	in := intake.New(intake.Options{})
	defer in.Close()
	err := f.Read(in, files)
	if err != nil && !isProblem(err) {
		t.Fatalf("the error is no problem of a file: %v", err)
	}
}
