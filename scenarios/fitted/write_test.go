package fitted_test

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests must not depend on the machine's zones

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
)

// nasty are names that YAML or the language would take for something else.
var nasty = []string{"yes", "null", "~", "a: b", "- a", "# no", "[x]", "{y}", "2026-01-01", "1 - Critical", "a.b", "größe", "日本", "=1+1", "'", "\"", "x\ny", "<<", "12%", "0", strings.Repeat("long ", 30), "\x00", "email", "always"}

// hostile draws logs of all kinds: long and short, crowded and empty, with and without agents,
// all at one instant, with durations of nothing and of years.
func hostile(r *rapid.T) *fit.Log {
	word := rapid.OneOf(rapid.SampledFrom(nasty), rapid.StringN(1, 12, 60))
	list := func(label string, most int) []string {
		return rapid.SliceOfNDistinct(word, 1, most, rapid.ID[string]).Draw(r, label)
	}
	names := &ticket.Names{Channels: list("channels", 3), Issues: list("issues", 5), Tiers: list("tiers", 3), Priorities: list("priorities", 4), Teams: list("teams", 2)}
	zone := rapid.SampledFrom([]string{"UTC", "America/New_York", "Asia/Kathmandu", "Europe/Berlin"}).Draw(r, "zone")
	location, err := time.LoadLocation(zone)
	if err != nil {
		r.Fatal(err)
	}
	l := &fit.Log{Names: names, Axis: calendar.Axis{Origin: time.Date(2026, 2, 1, 0, 0, 0, 0, location)}}
	// Many numbers from one seed: the shape is rapid's, the details are chance.
	c := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
	n := rapid.SampledFrom([]int{0, 1, 5, 40, 300, 800}).Draw(r, "tickets")
	length := rapid.SampledFrom([]time.Duration{0, time.Hour, 8 * 24 * time.Hour, 40 * 24 * time.Hour, 400 * 24 * time.Hour}).Draw(r, "length")
	step := rapid.SampledFrom([]float64{0, 1e-9, 60, 3600, 1e6}).Draw(r, "step")
	people := rapid.IntRange(-1, 3).Draw(r, "people")
	for i := range n {
		class := ticket.Class{Channel: ticket.Channel(c.IntN(len(names.Channels))), Issue: ticket.Issue(c.IntN(len(names.Issues))),
			Tier: ticket.Tier(c.IntN(len(names.Tiers))), Priority: ticket.Priority(c.IntN(len(names.Priorities))), Account: ticket.Anonymous}
		at := time.Duration(c.Float64() * float64(length))
		events := []ticket.Event{{Ticket: ticket.ID(i), At: at, Class: class, Team: ticket.NoTeam, Agent: -1}}
		for range c.IntN(12) {
			at += time.Duration(c.ExpFloat64() * step * float64(time.Second))
			events = append(events, ticket.Event{
				Ticket: ticket.ID(i), At: at, Kind: ticket.EventKind(1 + c.IntN(int(ticket.Reclassified))), Status: ticket.Status(c.IntN(int(ticket.Closed) + 1)),
				Class: class, Team: ticket.Team(c.IntN(len(names.Teams)+1) - 1), Agent: int32(c.IntN(people+2) - 1),
			})
		}
		l.Last = max(l.Last, at)
		l.Tickets = append(l.Tickets, events)
	}
	slices.SortStableFunc(l.Tickets, func(a, b []ticket.Event) int { return int(min(1, max(-1, a[0].At-b[0].At))) })
	return l
}

// write fits a log and reads the scenario back; nil if the log is not one to fit.
func write(r *rapid.T, dir string, l *fit.Log, o fit.Options) (*fit.Fitted, *model.Scenario) {
	f, err := fit.History(l, o)
	var bad *fit.DataError
	if errors.As(err, &bad) {
		if bad.Text == "" {
			r.Fatal("an error without words")
		}
		return nil, nil
	}
	if err != nil {
		r.Fatal(err)
	}
	var b bytes.Buffer
	if err := fitted.Write(&b, f, fitted.Options{Name: "again", Log: "log.csv\nand more"}); err != nil {
		r.Fatal(err)
	}
	if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
		r.Fatalf("a number is none:\n%s", b.String())
	}
	path := filepath.Join(dir, "again.yaml")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		r.Fatal(err)
	}
	s, err := scenarios.Load(path)
	if err != nil {
		r.Fatalf("%v\n%s", err, b.String())
	}
	return f, s
}

// near compares a number with what four digits leave of it.
func near(r *rapid.T, what string, got, want float64) {
	if math.Abs(got-want) > 2e-3*math.Abs(want)+1e-4 {
		r.Fatalf("%s is %v in the file, %v in the fit", what, got, want)
	}
}

func TestWhateverTheLogTheScenarioIsReadBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		o := fit.Options{Country: rapid.SampledFrom([]string{"", "de"}).Draw(r, "country")}
		if rapid.Bool().Draw(r, "stated") {
			o.Handle = dist.Must(dist.Lognormal(720, 1))
		}
		f, s := write(r, dir, hostile(r), o)
		if f == nil {
			return
		}
		if len(s.Streams) != len(f.Streams) || len(s.Issues) != len(f.Issues()) {
			r.Fatalf("%d streams and %d issues of %d and %d", len(s.Streams), len(s.Issues), len(f.Streams), len(f.Issues()))
		}
		for i := range f.Streams {
			got, want := &s.Streams[i], &f.Streams[i]
			near(r, "volume", got.Volume.Count, want.Week.Value)
			if want.Busyness.Value >= 0.01 {
				near(r, "busyness", got.Busyness, want.Busyness.Value)
			}
			for d, w := range got.Profile.Days {
				near(r, "the weight of a day", w, want.Days[d].Value)
			}
			total := 0.
			for _, x := range got.Issues {
				total += x.Share
			}
			near(r, "the shares of issues", total, 1)
		}
		for i := range f.Kinds {
			got, want := &s.Issues[i], &f.Kinds[i]
			if (got.Skill != ticket.NoSkill) != routes.Divided(f.Issues()) {
				r.Fatalf("issue %s has skill %d", got.Name, got.Skill)
			}
			if want.Handle != nil && want.Handle.Dist.Parts() == nil { // the weights of a mixture have two decimals
				if kind, _ := want.Handle.Dist.Stated(); kind == "gamma" { // whose median moves far with the last digit of a large cv
					near(r, "mean handle time", got.Handle.Mean(), want.Handle.Dist.Mean())
				} else {
					near(r, "handle time", got.Handle.Quantile(0.5), want.Handle.Dist.Quantile(0.5))
				}
			}
			if got.SolvedAtFirst < 1 {
				near(r, "solved at first touch", got.SolvedAtFirst, max(1e-4, want.FirstSolves.Value))
				near(r, "never answered", got.Reply.Never, min(0.9999, want.Reply.Never.Value))
			}
		}
	})
}
