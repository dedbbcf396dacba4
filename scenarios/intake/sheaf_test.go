package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// Two tickets whose names have one hash stay two, in whatever order their facts were added, and so does the order of
// the facts of each.
func TestTicketsOfOneHashAreToldApart(t *testing.T) {
	t.Parallel()
	in := New(Options{TempDir: t.TempDir()})
	defer in.Close()
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	add := func(name string, minute int) {
		if err := in.identify(name, Place{}); err != nil {
			t.Fatal(err)
		}
		in.ticketID = 7 // of both
		in.added++
		if err := in.gather(&Fact{At: start.Add(time.Duration(minute) * time.Minute), Kind: ticket.Noted, Row: int(in.added)}, Place{}); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	for i, name := range []string{"A", "A", "B", "A", "B", "B", "A"} {
		minute := (i * 5) % 7 // back and forth
		add(name, minute)
		want = append(want, fmt.Sprintf("%d %s row %d", minute, name, i+1))
	}
	slices.Sort(want)
	if err := in.endSheaf(); err != nil {
		t.Fatal(err)
	}
	loose := extsort.New(t.TempDir(), 0)
	defer loose.Close()
	var got []string
	b := &binder{loose: loose, take: func(s *stored) error {
		got = append(got, fmt.Sprintf("%d %s row %d", int(time.Unix(0, s.at).Sub(start).Minutes()), s.source, s.row))
		return nil
	}}
	if err := in.facts.Each(b.add); err != nil {
		t.Fatal(err)
	}
	if err := b.end(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A ticket with more facts than a sheaf holds, or memory, is one ticket.
func TestATicketMayHaveAnyNumberOfFacts(t *testing.T) {
	t.Parallel()
	in := New(Options{TempDir: t.TempDir(), Memory: 1})
	defer in.Close()
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	const n = 20_000
	for i := range n {
		at := start.Add(time.Duration(n-i) * time.Second)
		if err := in.Add(&Fact{Ticket: "A", At: at, Kind: ticket.Noted, Opened: start, Row: i + 2}); err != nil {
			t.Fatal(err)
		}
	}
	var log strings.Builder
	sum, err := in.WriteLog(&log)
	if err != nil || sum.Tickets != 1 || sum.Events != n+1 {
		t.Fatalf("%v, %+v", err, sum)
	}
	rows := strings.Split(strings.TrimSpace(log.String()), "\n")[1:]
	if len(rows) != n+1 || !slices.IsSortedFunc(rows, func(a, b string) int { return strings.Compare(a[18:], b[18:]) }) {
		t.Errorf("%d rows, or not in the order of time", len(rows))
	}
}
