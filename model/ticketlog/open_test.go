package ticketlog_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

var cutting = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// rowsOf are rows of a log about tickets of one class.
func rowsOf(rows ...string) string {
	var b strings.Builder
	b.WriteString(header)
	for _, row := range rows {
		words := strings.Fields(row) // ticket, time, event, status
		b.WriteString("t000000000000000" + words[0] + ",2026-11-27T" + words[1] + ":00Z," + words[2] + "," + words[3] + ",email,refund,gold,high,,,\n")
	}
	return b.String()
}

func TestALogIsCutIntoWhatIsOpen(t *testing.T) {
	t.Parallel()
	file := rowsOf(
		"1 09:00 created new", "2 09:30 created new", "1 10:00 replied solved", "3 10:00 created new",
		"2 10:30 replied pending", "4 11:00 created new", "3 11:00 replied solved", "4 11:30 abandoned closed",
		"3 11:45 message open", "5 11:50 created new", "2 12:00 message open", "5 12:00 started open", "6 12:30 created new")
	cut, problems, err := ticketlog.OpenAt(strings.NewReader(file), cutting)
	if err != nil || len(problems.List) > 0 {
		t.Fatal(err, problems.List)
	}
	if cut.Tickets != 5 {
		t.Errorf("%d tickets were created before, want 5", cut.Tickets)
	}
	type last struct {
		id     ticket.ID
		events int
		kind   ticket.EventKind
		ago    time.Duration
		line   int
	}
	var got []last
	for _, o := range cut.Open {
		e := o.Events[len(o.Events)-1]
		got = append(got, last{o.ID, len(o.Events), e.Kind, -e.At, o.Line})
	}
	// What happens at the very instant is not seen.
	want := []last{
		{2, 2, ticket.Replied, 90 * time.Minute, 3},
		{3, 3, ticket.Message, 15 * time.Minute, 5},
		{5, 1, ticket.Created, 10 * time.Minute, 11},
	}
	if !slices.Equal(got, want) {
		t.Errorf("open are %+v, want %+v", got, want)
	}
}

func TestWhatCannotBeCutIsAProblem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, want string }{
		{"no creation", rowsOf("1 09:00 replied pending"), "line 2, column event: what happens to ticket t0000000000000001 does not begin with its creation, which must be there once"},
		{"created late", rowsOf("1 09:00 replied pending", "1 09:30 created new"), "does not begin with its creation"},
		{"created twice", rowsOf("1 09:00 created new", "1 09:30 created new"), "which must be there once"},
		{"nothing before", rowsOf("1 13:00 created new"), "no ticket was created before that time"},
		{"nothing at all", header, "no ticket was created before that time"},
		{"a bad row", rowsOf("1 09:00 created asleep"), "not a status"},
		{"no log", "a,b\n", `there is no column "ticket"`},
	} {
		_, problems, err := ticketlog.OpenAt(strings.NewReader(c.file), cutting)
		if err != nil || len(problems.List) == 0 || !strings.Contains(problems.Error(), c.want) {
			t.Errorf("%s: %v, problems %v, want %q", c.name, err, problems.List, c.want)
		}
	}
}

// Contacts that descend from another one of the same customer are told from the first.
func TestTheFirstContactOfACustomerIsKnown(t *testing.T) {
	t.Parallel()
	first := ticket.ID(7)
	again := first.Kin(0, ticket.Kin(0).Again())
	file := strings.ReplaceAll(rowsOf("1 10:00 created new", "2 09:00 created new"), "t0000000000000001", ticketlog.FormatID(again))
	file = strings.ReplaceAll(file, "t0000000000000002", ticketlog.FormatID(first))
	cut, _, err := ticketlog.OpenAt(strings.NewReader(file), cutting)
	if err != nil || len(cut.Open) != 2 || cut.Open[0].ID != first || !cut.Open[0].First || cut.Open[1].First {
		t.Errorf("%+v, %v", cut.Open, err)
	}
}

func TestATableSaysHowItsTicketsStand(t *testing.T) {
	t.Parallel()
	m := ticketlog.Mapping{ID: "id", Created: "at", Status: "state", FirstReply: "first", LastReply: "last", LastMessage: "wrote", Layout: "2006-01-02 15:04", Missing: []string{"?"}}
	rows, problems, err := ticketlog.ReadTable(strings.NewReader(
		"id,at,state,first,last,wrote\n1,2026-11-26 09:00,open,2026-11-26 10:00,?,2026-11-26 11:00\n2,2026-11-26 09:00,,,,\n3,2026-11-26 09:00,new,soon,,\n"), m)
	if err != nil || len(rows) != 2 || len(problems.List) != 1 || problems.List[0].Line != 4 || problems.List[0].Column != "first" {
		t.Fatalf("%+v, %+v, %v", rows, problems.List, err)
	}
	at := func(hour int) time.Time { return time.Date(2026, 11, 26, hour, 0, 0, 0, time.UTC) }
	if r := rows[0]; r.Status != "open" || !r.FirstReply.Equal(at(10)) || !r.LastReply.IsZero() || !r.LastMessage.Equal(at(11)) {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.Status != "" || !r.FirstReply.IsZero() {
		t.Errorf("%+v", r)
	}
}

// FuzzOpenAt: no input panics; what is open begins with its creation before the instant, is in
// order and not solved; and what is written of it is cut into the same again.
func FuzzOpenAt(f *testing.F) {
	f.Add([]byte(rowsOf("1 09:00 created new", "1 10:00 replied pending", "2 11:00 created new")))
	f.Add([]byte(rowsOf("1 09:00 replied pending", "1 08:00 created new", "2 13:00 created new", "x y z w")))
	f.Add([]byte(zip(rowsOf("1 09:00 created new", "1 09:00 created new"))))
	f.Add([]byte(header))
	f.Fuzz(func(t *testing.T, file []byte) {
		cut, _, err := ticketlog.OpenAt(bytes.NewReader(file), cutting)
		if err != nil {
			return
		}
		var events []ticket.Event
		for _, o := range cut.Open {
			for i, e := range o.Events {
				if e.At >= 0 || e.Ticket != o.ID || (e.Kind == ticket.Created) != (i == 0) || i > 0 && e.At < o.Events[i-1].At {
					t.Fatalf("event %d of %+v", i, o)
				}
			}
			if o.Events[len(o.Events)-1].Status >= ticket.Solved {
				t.Fatalf("it is solved: %+v", o)
			}
			events = append(events, o.Events...)
		}
		if len(events) == 0 {
			return
		}
		x := calendar.Axis{Origin: cutting}
		again, problems, err := ticketlog.OpenAt(strings.NewReader(write(t, cut.Names, x, events...)), cutting)
		if err != nil || len(problems.List) > 0 || len(again.Open) != len(cut.Open) {
			t.Fatalf("%d are open, and %d when they are written and cut again: %v %v", len(cut.Open), len(again.Open), problems.List, err)
		}
	})
}
