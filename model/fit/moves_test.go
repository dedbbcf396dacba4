package fit_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Of 400 tickets of the front every fourth goes to the back, where somebody acts after two hours, and every eighth of all comes from there
// once more to the front: the fit tells the shares and the wait, and says that they are in the holds.
func TestWhoHandsTicketsToWhomIsTold(t *testing.T) {
	t.Parallel()
	l := &fit.Log{Names: &ticket.Names{Channels: []string{"mail"}, Issues: []string{"question"}, Tiers: []string{"all"}, Priorities: []string{"normal"}, Teams: []string{"front", "back"}},
		Axis: calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}, Last: 20 * 24 * time.Hour}
	const front, back = 0, 1
	for i := range 400 {
		at := time.Duration(i) * time.Hour
		class := ticket.Class{Account: ticket.Anonymous}
		var events []ticket.Event
		add := func(after time.Duration, kind ticket.EventKind, status ticket.Status, team ticket.Team, agent int32) {
			events = append(events, ticket.Event{Ticket: ticket.ID(i), At: at + after, Kind: kind, Status: status, Class: class, Team: team, Agent: agent})
		}
		add(0, ticket.Created, ticket.New, ticket.NoTeam, -1)
		add(time.Minute, ticket.Assigned, ticket.New, front, 1) // a dispatcher
		if i%4 == 0 {
			add(30*time.Minute, ticket.Assigned, ticket.OnHold, back, 1) // of the front, so nobody of the back has acted
			add(150*time.Minute, ticket.Noted, ticket.OnHold, back, 7)
		}
		if i%8 == 0 {
			add(3*time.Hour, ticket.Assigned, ticket.Open, front, 7)
		}
		add(4*time.Hour, ticket.Replied, ticket.Solved, events[len(events)-1].Team, 1)
		l.Tickets = append(l.Tickets, events)
	}
	f, err := fit.History(l, fit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Moves) != 2 || math.Abs(f.Moved.Value-0.25) > 0.005 {
		t.Fatalf("%+v, %+v", f.Moves, f.Moved)
	}
	out, home := f.Moves[0], f.Moves[1]
	if out.From != front || out.To != back || out.Back != 0 || math.Abs(out.Share.Value-0.25) > 0.005 || !(out.Share.Low < 0.25 && 0.25 < out.Share.High) || out.Wait.Value != 7200 {
		t.Errorf("to the back: %+v", out)
	}
	if home.From != back || home.To != front || home.Back != home.Came || math.Abs(home.Share.Value-0.5) > 0.02 || home.Wait.Value != 3600 {
		t.Errorf("to the front: %+v", home)
	}
	said := false
	for _, g := range f.Gaps {
		said = said || strings.Contains(g.What, "25 % of the tickets went from one team to another") && strings.Contains(g.Fill, "hand_off")
	}
	if !said {
		t.Errorf("the gaps do not say it: %+v", f.Gaps)
	}
}
