package ticketlog_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// words are a small desk's names.
func words() *ticket.Names {
	return &ticket.Names{
		Channels: []string{"email", "chat"}, Issues: []string{"refund", "login"}, Tiers: []string{"gold"},
		Priorities: []string{"high", "low"}, Accounts: []string{"acme"}, Teams: []string{"front", "night desk"},
	}
}

func blackFriday(t testing.TB) calendar.Axis {
	return calendar.Axis{Origin: time.Date(2026, 11, 27, 0, 0, 0, 0, zone(t, "America/New_York"))}
}

// write gives the log of some events.
func write(t testing.TB, names *ticket.Names, x calendar.Axis, events ...ticket.Event) string {
	t.Helper()
	var b bytes.Buffer
	w, err := ticketlog.NewWriter(&b, names, x)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := w.Write(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const header = "ticket,at,event,status,channel,issue,tier,priority,account,team,agent\n"

func TestWriter(t *testing.T) {
	t.Parallel()
	x := blackFriday(t)
	got := write(t, words(), x,
		ticket.Event{Ticket: 0xa7, At: 9*time.Hour + 12*time.Second + 500*time.Millisecond, Kind: ticket.Created, Status: ticket.New,
			Class: ticket.Class{Account: 0}, Team: ticket.NoTeam, Agent: -1},
		ticket.Event{Ticket: math.MaxUint64, At: -time.Nanosecond, Kind: ticket.Started, Status: ticket.Open,
			Class: ticket.Class{Channel: 1, Issue: 1, Priority: 1, Account: ticket.Anonymous}, Team: 1, Agent: 3},
	)
	want := header +
		"t00000000000000a7,2026-11-27T09:00:12.5-05:00,created,new,email,refund,gold,high,acme,,\n" +
		"tffffffffffffffff,2026-11-26T23:59:59.999999999-05:00,started,open,chat,login,gold,low,,night desk,3\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if got := write(t, words(), x); got != header {
		t.Errorf("a log without events is %q", got)
	}
}

func TestWriterTellsTheTwoHoursOfAClockChangeApart(t *testing.T) {
	t.Parallel()
	x := calendar.Axis{Origin: time.Date(2026, 11, 1, 0, 0, 0, 0, zone(t, "America/New_York"))}
	e := ticket.Event{Team: ticket.NoTeam, Agent: -1}
	first, second := e, e
	first.At, second.At = 90*time.Minute, 150*time.Minute // 01:30 twice
	got := write(t, words(), x, first, second)
	for _, at := range []string{"2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"} {
		if strings.Count(got, at) != 1 {
			t.Errorf("%s is not in the log:\n%s", at, got)
		}
	}
}

func TestWriterWritesUTCWhereTheOffsetHasSeconds(t *testing.T) {
	t.Parallel()
	// Berlin kept local mean time, 53 minutes 28 seconds east, until 1893.
	x := calendar.Axis{Origin: time.Date(1890, 1, 1, 0, 0, 0, 0, zone(t, "Europe/Berlin"))}
	e := ticket.Event{Team: ticket.NoTeam, Agent: -1}
	got := write(t, words(), x, e)
	if !strings.Contains(got, ",1889-12-31T23:06:32Z,") {
		t.Errorf("the log does not hold the instant in UTC:\n%s", got)
	}
}

func TestWriterRefusesWhatCouldNotBeReadBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*ticket.Names)
		want   string
	}{
		{"an empty name", func(n *ticket.Names) { n.Teams[1] = "" }, "a team without a name"},
		{"the same name twice", func(n *ticket.Names) { n.Issues[1] = "refund" }, `two of the issue names are "refund"`},
		{"a name that is not UTF-8", func(n *ticket.Names) { n.Tiers[0] = "\xff" }, "is not UTF-8"},
	} {
		names := words()
		tt.change(names)
		if _, err := ticketlog.NewWriter(io.Discard, names, blackFriday(t)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one that says %q", tt.name, err, tt.want)
		}
	}
	good := ticket.Event{Team: ticket.NoTeam, Agent: -1}
	for _, tt := range []struct {
		name   string
		change func(*ticket.Event)
		want   string
	}{
		{"a channel without a name", func(e *ticket.Event) { e.Class.Channel = 2 }, "channel number 2 has no name"},
		{"an account without a name", func(e *ticket.Event) { e.Class.Account = 1 }, "account number 1 has no name"},
		{"a team without a name", func(e *ticket.Event) { e.Team = 2 }, "team number 2 has no name"},
		{"a team below none", func(e *ticket.Event) { e.Team = -2 }, "team number -2 has no name"},
		{"an agent below nobody", func(e *ticket.Event) { e.Agent = -2 }, "agent number -2"},
	} {
		var b bytes.Buffer
		w, err := ticketlog.NewWriter(&b, words(), blackFriday(t))
		if err != nil {
			t.Fatal(err)
		}
		bad := good
		tt.change(&bad)
		if err := w.Write(bad); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one that says %q", tt.name, err, tt.want)
		}
		// A refused event costs nothing but itself.
		if err := errors.Join(w.Write(good), w.Flush()); err != nil || strings.Count(b.String(), "\n") != 2 {
			t.Errorf("%s: afterwards %v and the log\n%s", tt.name, err, b.String())
		}
	}
	far := calendar.Axis{Origin: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	w, err := ticketlog.NewWriter(io.Discard, words(), far)
	if err != nil {
		t.Fatal(err)
	}
	good.At = 24 * time.Hour
	if err := w.Write(good); err == nil || !strings.Contains(err.Error(), "the year 10000") {
		t.Errorf("the year 10000: %v", err)
	}
}

// broken fails after some bytes.
type broken struct{ left int }

var errBroken = errors.New("the disk is full")

func (b *broken) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, errBroken
	}
	b.left -= len(p)
	return len(p), nil
}

func TestWriterKeepsTheErrorOfItsOutput(t *testing.T) {
	t.Parallel()
	w, err := ticketlog.NewWriter(&broken{left: 100_000}, words(), blackFriday(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 5_000 {
		err = w.Write(ticket.Event{Team: ticket.NoTeam, Agent: -1})
	}
	if !errors.Is(err, errBroken) || !errors.Is(w.Flush(), errBroken) {
		t.Errorf("Write gives %v, Flush gives %v", err, w.Flush())
	}
}

// TestRoundTrip: whatever the names, the zone and the events, what is written is
// read again, plain or compressed, with names given or collected.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{time.UTC, zone(t, "Europe/Berlin"), zone(t, "America/New_York"), zone(t, "Asia/Kathmandu"),
		zone(t, "Africa/Monrovia"), time.FixedZone("odd", 12345)}
	nasty := rapid.SampledFrom([]string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "a\r\nb", "'", "''", "'=x", "'tis", "a,b",
		`"`, `say "hi"`, "＝x", " lead", "trail ", "größe", "created", "-", "0"})
	word := rapid.OneOf(nasty, rapid.StringN(1, 12, 40))
	list := func(r *rapid.T, label string) []string {
		return rapid.SliceOfNDistinct(word, 1, 5, rapid.ID[string]).Draw(r, label)
	}
	rapid.Check(t, func(r *rapid.T) {
		names := &ticket.Names{Channels: list(r, "channels"), Issues: list(r, "issues"), Tiers: list(r, "tiers"),
			Priorities: list(r, "priorities"), Accounts: list(r, "accounts"), Teams: list(r, "teams")}
		// 1850 to 2250: local mean time, odd offsets, and both clock changes.
		origin := time.Unix(rapid.Int64Range(-3786825600, 8835955200).Draw(r, "origin"), rapid.Int64Range(0, 999_999_999).Draw(r, "ns"))
		x := calendar.Axis{Origin: origin.In(rapid.SampledFrom(zones).Draw(r, "zone"))}
		index := func(n int, label string) int { return rapid.IntRange(0, n-1).Draw(r, label) }
		events := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) ticket.Event {
			e := ticket.Event{
				Ticket: ticket.ID(rapid.Uint64().Draw(r, "id")),
				At:     time.Duration(rapid.Int64Range(-1<<62, 1<<62).Draw(r, "at")),
				Kind:   ticket.EventKind(rapid.IntRange(0, int(ticket.Reclassified)).Draw(r, "kind")),
				Status: ticket.Status(rapid.IntRange(0, int(ticket.Closed)).Draw(r, "status")),
				Class: ticket.Class{
					Channel:  ticket.Channel(rapid.IntRange(0, len(names.Channels)-1).Draw(r, "channel")),
					Issue:    ticket.Issue(rapid.IntRange(0, len(names.Issues)-1).Draw(r, "issue")),
					Tier:     ticket.Tier(rapid.IntRange(0, len(names.Tiers)-1).Draw(r, "tier")),
					Priority: ticket.Priority(rapid.IntRange(0, len(names.Priorities)-1).Draw(r, "priority")),
					Account:  ticket.Anonymous,
				},
				Team:  ticket.Team(rapid.IntRange(-1, len(names.Teams)-1).Draw(r, "team")),
				Agent: rapid.Int32Range(-1, math.MaxInt32).Draw(r, "agent"),
			}
			if rapid.Bool().Draw(r, "account") {
				e.Class.Account = ticket.Account(index(len(names.Accounts), "which"))
			}
			return e
		}), 0, 20).Draw(r, "events")

		file := write(t, names, x, events...)
		if rapid.Bool().Draw(r, "gzip") {
			file = zip(file)
		}
		if diff := cmp.Diff(events, read(r, file, names, x)); diff != "" {
			r.Fatalf("read back (-want +got):\n%s\n%s", diff, file)
		}

		// Collected names are the same words in another order.
		reader := ticketlog.NewReader(strings.NewReader(file), nil, x)
		i := 0
		for e, err := range reader.All() {
			if err != nil {
				r.Fatal(err)
			}
			if want, got := spell(names, events[i]), spell(reader.Names(), e); want != got {
				r.Fatalf("event %d is %q, was %q", i, got, want)
			}
			i++
		}
		if i != len(events) {
			r.Fatalf("%d events of %d", i, len(events))
		}
	})
}

// spell is an event with its words.
func spell(n *ticket.Names, e ticket.Event) string {
	team := ""
	if e.Team != ticket.NoTeam {
		team = n.Teams[e.Team]
	}
	return fmt.Sprintf("%x %d %v %v %q %q %q %q %q %q %d", uint64(e.Ticket), e.At, e.Kind, e.Status,
		n.Channels[e.Class.Channel], n.Issues[e.Class.Issue], n.Tiers[e.Class.Tier], n.Priorities[e.Class.Priority],
		n.AccountName(e.Class.Account), team, e.Agent)
}

type failer interface{ Fatal(args ...any) }

func read(t failer, file string, names *ticket.Names, x calendar.Axis) []ticket.Event {
	events := []ticket.Event{}
	for e, err := range ticketlog.NewReader(strings.NewReader(file), names, x).All() {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

func zip(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text) // a bytes.Buffer takes everything
	w.Close()
	return b.String()
}
