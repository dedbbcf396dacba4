package ticketlog_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

const findHeader = "ticket,at,event,status,channel,issue,tier,priority,account,team,agent\n"

// findRow is a row of a ticket whose ID ends in the given digits.
func findRow(digits, clock, event, status string) string {
	return "t" + strings.Repeat("0", 16-len(digits)) + digits + ",2026-11-27T" + clock + "Z," + event + "," + status + ",email,refund,gold,high,,,\n"
}

func findIn(text string, id ticket.ID) (*ticketlog.Find, error) {
	axis := calendar.Axis{Origin: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
	return ticketlog.FindTicket(ticketlog.NewReader(strings.NewReader(text), nil, axis), id)
}

func TestFindTicketKeepsTheEventsOfOne(t *testing.T) {
	t.Parallel()
	text := findHeader + findRow("a1", "09:00:00", "created", "new") + findRow("a2", "09:10:00", "created", "new") +
		findRow("a1", "09:20:00", "started", "open") + findRow("a2", "11:00:00", "status", "closed")
	f, err := findIn(text, 0xa1)
	if err != nil || f.Err("x.csv") != nil {
		t.Fatal(err, f.Err("x.csv"))
	}
	var kinds []ticket.EventKind
	for _, e := range f.Events {
		kinds = append(kinds, e.Kind)
	}
	if diff := cmp.Diff([]ticket.EventKind{ticket.Created, ticket.Started}, kinds); diff != "" {
		t.Error(diff)
	}
	if f.Tickets != 2 || f.Last != 11*time.Hour {
		t.Errorf("%d tickets until %v", f.Tickets, f.Last)
	}
}

func TestAnUnknownTicketIsAnsweredWithTheMostSimilar(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString(findHeader)
	for _, digits := range []string{"ffff", "a2", "b1", "111", "c3"} {
		text.WriteString(findRow(digits, "09:00:00", "created", "new"))
	}
	f, err := findIn(text.String(), 0xa1)
	if err != nil {
		t.Fatal(err)
	}
	// a2 and b1 differ in one digit, 111 and c3 in two; the lower number comes first.
	want := "there is no ticket t00000000000000a1 among the 5 of x.csv; the most similar: " +
		"t00000000000000a2, t00000000000000b1, t00000000000000c3"
	if got := f.Err("x.csv"); got == nil || got.Error() != want {
		t.Errorf("got %v", got)
	}
	empty, err := findIn(findHeader, 0xa1)
	if err != nil {
		t.Fatal(err)
	}
	if got := empty.Err("x.csv"); got == nil || got.Error() != "there is no ticket at all in x.csv" {
		t.Errorf("got %v", got)
	}
}

func TestFindTicketRefusesStoriesThatCannotBe(t *testing.T) {
	t.Parallel()
	created := findRow("a1", "09:00:00", "created", "new")
	for _, row := range []struct{ name, text, want string }{
		{"an event before the ticket was created", findRow("a1", "09:00:00", "started", "open"), "line 2, character 40, column event: \"started\": the first event of ticket"},
		{"a ticket that is created twice", created + created, "line 3, character 40, column event: \"created\": ticket t00000000000000a1 was created before"},
		{"an event that goes back in time", created + findRow("a1", "08:59:59", "started", "open"), "line 3, character 19, column at: \"2026-11-27T08:59:59Z\": earlier than the row before"},
		{"the fault of another ticket", created + findRow("b2", "09:00:00", "status", "open"), "line 3"},
		{"a row that cannot be read", created + findRow("a1", "noon", "started", "open"), "line 3, character 19, column at"},
		{"a cut row", created + "t00,x\n", "line 3: the row has 2 cells"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := findIn(findHeader+row.text, 0xa1)
			var problems *ticketlog.Problems
			if !errors.As(err, &problems) || len(problems.List) != 1 || !strings.HasPrefix(err.Error(), row.want) {
				t.Errorf("got %v, want %s", err, row.want)
			}
		})
	}
}

func TestFindTicketNamesAnOrphanOnce(t *testing.T) {
	t.Parallel()
	orphan := findRow("b2", "09:00:00", "status", "open")
	_, err := findIn(findHeader+orphan+orphan+orphan, 0xa1)
	var problems *ticketlog.Problems
	if !errors.As(err, &problems) || len(problems.List) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestFindTicketTellsABrokenDiskFromABrokenLog(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is broken")
	axis := calendar.Axis{Origin: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
	_, err := ticketlog.FindTicket(ticketlog.NewReader(iotest.ErrReader(broken), nil, axis), 1)
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
