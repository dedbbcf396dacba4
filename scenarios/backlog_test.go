package scenarios

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// story is the past of a ticket in words: hours before the start, what happened, status.
func story(o *demand.Open) string {
	var words []string
	for _, e := range o.Past {
		word := fmt.Sprintf("%g %v %v", (-e.At).Round(time.Minute).Hours(), e.Kind, e.Status)
		if e.Team != ticket.NoTeam {
			word += fmt.Sprint(" by ", e.Team)
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

func stories(b *demand.Backlog) (all []string) {
	for i := range b.Open {
		all = append(all, story(&b.Open[i]))
	}
	return all
}

func TestABacklogIsDrawnAsItSays(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/backlog.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Backlog) != 4 || s.Time.Warmup != 0 {
		t.Fatalf("%d backlogs, warm-up %v", len(s.Backlog), s.Time.Warmup)
	}
	if b := &s.Backlog[0]; b.Name != "new" || b.Tickets != 40 || b.Waits != demand.FirstReply || b.Age.Mean() != 2*86400 || !b.Since.IsZero() || b.Issues != nil || b.Tiers != nil {
		t.Errorf("%+v", b)
	}
	if b := &s.Backlog[1]; b.Name != "backlog 2" || b.Waits != demand.Answer || b.Since.Mean() != 7200 || len(b.Issues) != 1 || len(b.Tiers) != 1 {
		t.Errorf("%+v", b)
	}
	if b := &s.Backlog[2]; b.Waits != demand.Customer || b.Tickets != 0 {
		t.Errorf("%+v", b)
	}
}

// The start is Monday, 16 November 2026, 8:00. What is solved, or comes later, is left out.
func TestTheRowsOfATableStandAsTheySay(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/backlog.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"65 created new",
		"94 created new, 92 started open, 92 replied pending, 92 message open, 71 started open, 71 replied pending, 63.5 message open",
		"119 created new, 118 started open, 118 replied pending",
		"143 created new, 141 started open, 141 replied pending, 141 message open, 141 status on-hold, 0 status open",
		"10 created new",
	}
	if diff := cmp.Diff(want, stories(&s.Backlog[3])); diff != "" {
		t.Error(diff)
	}
	classes := s.Backlog[3].Open
	if high := ticket.Priority(1); classes[0].Class.Priority != high || classes[1].Class.Account != ticket.Anonymous {
		t.Errorf("%+v", classes)
	}
	again, err := Load("testdata/backlog.good.yaml")
	if err != nil || !cmp.Equal(again.Backlog[3].Open, s.Backlog[3].Open) {
		t.Errorf("another time it reads otherwise: %v", err)
	}
}

// Without a column for the status, who had the last word says what a ticket waits for.
func TestWithoutAStatusTheLastWordDecides(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/backlog-last-word.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"65 created new",
		"94 created new, 92 started open, 92 replied pending, 92 message open, 71 started open, 71 replied pending, 63.5 message open",
		"119 created new, 118 started open, 118 replied pending",
		"143 created new, 141 started open, 141 replied pending",
		"143 created new, 141 started open, 141 replied pending",
		"10 created new",
	}
	if diff := cmp.Diff(want, stories(&s.Backlog[0])); diff != "" {
		t.Error(diff)
	}
}

// A log of Headroom's own is cut at the start. Tickets keep their names where the stream replays such a
// log, and get others where drawn tickets may have the same; teams go by their names here.
func TestALogIsCutAtTheStart(t *testing.T) {
	t.Parallel()
	replayed, err := Load("testdata/backlog-replayed.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := Load("testdata/backlog-log.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"23 created new, 23 assigned new by 1, 22 started open by 1, 21 replied pending by 1",
		"20 created new, 19 started open",
		"2 created new, 1 status on-hold, 0 status open",
	}
	for _, s := range []*demand.Backlog{&replayed.Backlog[0], &drawn.Backlog[0]} {
		if diff := cmp.Diff(want, stories(s)); diff != "" {
			t.Error(diff)
		}
	}
	for i, id := range []ticket.ID{0xa1, 0xa3, 0xa4} {
		if got := replayed.Backlog[0].Open[i].ID; got != id {
			t.Errorf("ticket %d is %#x, want %#x", i, uint64(got), uint64(id))
		}
		if got := drawn.Backlog[0].Open[i].ID; got == id {
			t.Errorf("ticket %#x may be another one's too", uint64(id))
		}
	}
	if n := len(replayed.Streams[0].Replay); n != 1 {
		t.Errorf("%d tickets are replayed, want the one that comes later", n)
	}
}

// A warm-up that nobody wrote goes away with a backlog.
func TestABacklogTakesThePlaceOfTheWarmUp(t *testing.T) {
	t.Parallel()
	text := "name: x\ntime: {length: 4w}\nissues: {question: {handle: 4m}}\ndemand: [{stream: mail, volume: 10/day}]\nteams: {desk: {shifts: [{heads: 2, hours: always}]}}\n"
	for add, want := range map[string]time.Duration{"": 7 * scalar.Day, "backlog: [{tickets: 5, age: 1d}]\n": 0} {
		d, err := readText("testdata", "x.yaml", text+add)
		if err != nil {
			t.Fatal(err)
		}
		if d.Out.Time.Warmup != want {
			t.Errorf("%q: the warm-up is %v, want %v", add, d.Out.Time.Warmup, want)
		}
	}
}
