package touches_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/touches"
)

// at is an event so many minutes after midnight, by agent 1 or by nobody.
func event(minutes int, kind ticket.EventKind, status ticket.Status, agent int32) ticket.Event {
	return ticket.Event{At: time.Duration(minutes) * time.Minute, Kind: kind, Status: status, Agent: agent, Team: ticket.NoTeam}
}

func told(events []ticket.Event) string {
	var parts []string
	for _, e := range events {
		parts = append(parts, fmt.Sprintf("%v %v %v", e.At.Minutes(), e.Kind, e.Status))
	}
	return strings.Join(parts, ", ")
}

func TestTouchesAreToldThatALogLeavesOut(t *testing.T) {
	t.Parallel()
	const n, p, o, h, s = ticket.New, ticket.Pending, ticket.Open, ticket.OnHold, ticket.Solved
	created := event(0, ticket.Created, n, -1)
	for _, row := range []struct {
		name    string
		replies bool
		events  []ticket.Event
		want    string
	}{
		{"solved at once, without a reply", false, []ticket.Event{created, event(5, ticket.Noted, n, 1), event(9, ticket.StatusSet, s, 1)},
			"0 created new, 9 replied solved"},
		{"put aside, and solved in a second sitting", false, []ticket.Event{created, event(5, ticket.Noted, n, 1), event(9, ticket.StatusSet, o, 1), event(300, ticket.Noted, o, 1), event(310, ticket.StatusSet, s, 1)},
			"0 created new, 9 replied open, 300 status open, 310 replied solved"},
		{"three sittings are one time aside", false, []ticket.Event{created, event(5, ticket.Noted, n, 1), event(200, ticket.Noted, n, 1), event(400, ticket.StatusSet, s, 1)},
			"0 created new, 5 replied open, 400 status open, 400 replied solved"},
		{"still aside", false, []ticket.Event{created, event(5, ticket.Noted, n, 1)}, "0 created new, 5 replied open"},
		{"still in hand", false, []ticket.Event{created, event(990, ticket.Noted, n, 1)}, "0 created new"},
		{"pending, and solved by somebody", false, []ticket.Event{created, event(9, ticket.StatusSet, p, 1), event(500, ticket.StatusSet, s, 1)},
			"0 created new, 9 replied pending, 500 message open, 500 replied solved"},
		{"pending, and closed by the tool", false, []ticket.Event{created, event(9, ticket.StatusSet, p, 1), event(500, ticket.StatusSet, s, -1)},
			"0 created new, 9 replied pending, 500 status solved"},
		{"on hold, then pending", false, []ticket.Event{created, event(9, ticket.StatusSet, h, 1), event(500, ticket.StatusSet, p, 1)},
			"0 created new, 9 replied on-hold, 500 status open, 500 replied pending"},
		{"replies are touches, notes are none", true, []ticket.Event{created, event(5, ticket.Noted, n, 1), event(9, ticket.Replied, p, 1), event(500, ticket.Message, o, -1), event(510, ticket.StatusSet, s, 1)},
			"0 created new, 5 note new, 9 replied pending, 500 message open, 510 replied solved"},
		{"what comes later is not seen", true, []ticket.Event{created, event(2000, ticket.Replied, s, 1)}, "0 created new"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := told(touches.Of(row.events, 1000*time.Minute, row.replies)); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}
