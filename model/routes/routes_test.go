package routes_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
)

// history is one of two teams with so many people, who are always there, and of one channel.
func history(heads ...float64) *routes.History {
	h := &routes.History{Level: 0.95, There: make([]bool, len(heads))}
	for i, n := range heads {
		h.There[i] = n > 0
	}
	h.Heads = func(team int, _ time.Duration) float64 { return heads[team] }
	return h
}

// touch adds so many tickets of a kind that a team was the first to touch, over ten days.
func touch(h *routes.History, n, kind, channel, team int) {
	for i := range n {
		at := time.Duration(len(h.Touches)) * time.Minute
		h.Touches = append(h.Touches, routes.Touch{Kind: kind, Channel: channel, Day: i % 10, Team: team, Created: at, Begun: at})
	}
}

func TestATeamTakesWhatItHasMoreThanHardlyAnyOf(t *testing.T) {
	t.Parallel()
	h := history(3, 3, 3)
	touch(h, 600, 0, 0, 0)
	touch(h, 394, 0, 0, 1)
	touch(h, 6, 0, 0, 2) // 0.6 %, and fewer than ten
	touch(h, 7, 0, 0, routes.None)
	touch(h, 985, 1, 0, 2) // almost all
	touch(h, 15, 1, 0, 0)
	byKind, _ := routes.Find(h, 2, 1)
	first, second := byKind[0], byKind[1]
	if !slices.Equal(first.Takes(), []int{0, 1}) || first.Touched != 1000 || first.Untouched != 7 || first.Parts[2].Takes {
		t.Errorf("the first kind: %+v", first)
	}
	if p := first.Parts[0]; p.Share.Value != 0.6 || p.Share.N != 1000 || !(p.Share.Low < 0.6 && 0.6 < p.Share.High) {
		t.Errorf("the share of the first team: %+v", p)
	}
	if !slices.Equal(second.Takes(), []int{2}) {
		t.Errorf("the second kind: %+v", second)
	}
	if list := routes.Issues(byKind, 2); !routes.Divided(list) || list[0].Share != 1 {
		t.Errorf("%+v", list)
	}
}

func TestSomebodyTakesEverything(t *testing.T) {
	t.Parallel()
	h := history(3, 0, 3, 2)
	touch(h, 500, 0, 0, 1) // of a team without people
	touch(h, 300, 0, 0, 2)
	touch(h, 200, 1, 1, 1)
	touch(h, 500, 2, 1, 0)
	touch(h, 3, 0, 1, 0) // kind 0 on channel 1, where team 2 is never seen
	for range 50 {
		h.Later = append(h.Later, routes.Touch{Kind: 2, Channel: 1, Team: 3}) // team 3 begins nothing
	}
	byKind, byChannel := routes.Find(h, 3, 2)
	for i, want := range [][]int{{2, 0}, {0, 2, 3}, {0, 3}} {
		if got := byKind[i].Takes(); !slices.Equal(got, want) {
			t.Errorf("kind %d is taken by %v, not by %v: %+v", i, got, want, byKind[i])
		}
	}
	if got := byChannel[1].Takes(); !slices.Equal(got, []int{0}) {
		t.Errorf("channel 1 is taken by %v", got)
	}
}

// Where the log does not say when work begins a rule is what lies far from the people at work.
func TestSharesFarFromThePeopleAreARule(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		a, b         float64 // people
		first, other int     // tickets
		rule         bool
	}{
		{3, 3, 500, 500, false}, {3, 3, 700, 300, false}, {3, 3, 850, 150, true}, {6, 2, 750, 250, false}, {6, 2, 300, 700, true}, {3, 3, 20, 2, false},
	} {
		h := history(row.a, row.b)
		touch(h, row.first, 0, 0, 0)
		touch(h, row.other, 0, 0, 1)
		byKind, _ := routes.Find(h, 1, 1)
		if byKind[0].Rule != row.rule || byKind[0].Contested != row.first+row.other {
			t.Errorf("%+v: %+v", row, byKind[0])
		}
		if list := routes.Issues(byKind, 1); len(list) != map[bool]int{false: 1, true: 2}[row.rule] {
			t.Errorf("%+v: %+v", row, list)
		}
	}
}

// Where it does, a rule is what lets tickets wait while others are free, however the shares are.
func TestTicketsThatWaitWhileOthersAreFreeShowARule(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		free float64 // of the others while a ticket is taken that has waited; 0.4 at any time
		rule bool
	}{{0.38, true}, {0.1, false}, {0, false}} {
		h := history(3, 3)
		touch(h, 500, 0, 0, 0)
		touch(h, 100, 0, 0, 1)
		h.Begins = true
		for i := range h.Touches { // created on the full minute, and taken half a minute after one
			h.Touches[i].Begun += 5*time.Minute + 30*time.Second
		}
		h.Free = func(_ int, at time.Duration) (float64, bool) {
			if (at+time.Second)%time.Minute == 0 {
				return 0.4, true
			}
			return row.free, true
		}
		byKind, _ := routes.Find(h, 1, 1)
		if r := byKind[0]; r.Rule != row.rule || r.Waited != 600 || math.Abs(r.Free-row.free/0.4) > 1e-9 {
			t.Errorf("%+v: %+v", row, r)
		}
	}
}

func TestWhoTakesMoreThanHisPeopleWouldComesFirst(t *testing.T) {
	t.Parallel()
	h := history(3, 3, 3)
	touch(h, 200, 0, 0, 0)
	touch(h, 300, 0, 0, 2)
	touch(h, 40, 1, 0, 1)
	byKind, _ := routes.Find(h, 2, 1)
	if got := routes.Order(byKind, 3); !slices.Equal(got, []int{2, 1, 0}) {
		t.Errorf("%v", got)
	}
	if got := routes.Order(nil, 3); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("without routes: %v", got)
	}
}

// Which part of a kind a ticket is of is drawn by the shares.
func TestPartsAreDrawnByTheirShares(t *testing.T) {
	t.Parallel()
	list := []routes.Issue{{Kind: 0, Channel: -1, Share: 1}, {Kind: 1, Channel: -1, Share: 0.6}, {Kind: 1, Channel: 2, Share: 1}, {Kind: 1, Channel: -1, Share: 0.4}}
	counts := [4]int{}
	for i := range 1000 {
		counts[routes.Draw(list, 1, 0, (float64(i)+0.5)/1000)]++
	}
	if counts != [4]int{0, 600, 0, 400} {
		t.Errorf("%v", counts)
	}
	if got := routes.Draw(list, 1, 2, 0.9); got != 2 {
		t.Errorf("on a channel of its own it is issue %d", got)
	}
}

// Of three people one has something in hand from 1 to 5 minutes, in two chats that overlap.
func TestFreePeopleAreThoseWithNothingInHand(t *testing.T) {
	t.Parallel()
	event := func(minute int, kind ticket.EventKind) ticket.Event {
		return ticket.Event{At: time.Duration(minute) * time.Minute, Kind: kind, Team: 0, Agent: 1}
	}
	work := []routes.Stay{{Team: 0, Agent: 1, To: time.Hour}, {Team: 0, Agent: 2, To: time.Hour}, {Team: 0, Agent: 3, To: time.Hour}}
	tickets := [][]ticket.Event{{event(1, ticket.Started), event(4, ticket.Replied)}, {event(2, ticket.Started), event(5, ticket.Replied)}}
	free := routes.FreeOf([]ticket.Team{0}, work, tickets, time.Hour)
	for minute, want := range map[int]float64{0: 1, 1: 2. / 3, 3: 2. / 3, 4: 2. / 3, 5: 1, 59: 1} {
		if got, ok := free(0, time.Duration(minute)*time.Minute); !ok || got != want {
			t.Errorf("minute %d: %v, %v", minute, got, ok)
		}
	}
	if _, ok := free(0, 2*time.Hour); ok {
		t.Error("nobody is there, and somebody is free")
	}
}

// Two teams that both take both channels, but each kind on one of them only, have an issue for each channel.
func TestAKindGoesAnotherWayOnAChannel(t *testing.T) {
	t.Parallel()
	h := history(3, 3)
	touch(h, 400, 0, 0, 0)
	touch(h, 200, 0, 1, 1)
	touch(h, 300, 1, 0, 1)
	touch(h, 100, 1, 1, 0)
	touch(h, 100, 2, 0, 0)
	touch(h, 100, 2, 0, 1)
	touch(h, 100, 2, 1, 0)
	touch(h, 100, 2, 1, 1)
	byKind, _ := routes.Find(h, 3, 2)
	list := routes.Issues(byKind, 3)
	for _, want := range []struct {
		kind, channel int
		teams         []int
	}{{0, 0, []int{0}}, {0, 1, []int{1}}, {1, 0, []int{1}}, {1, 1, []int{0}}, {2, 0, []int{0, 1}}, {2, 1, []int{0, 1}}} {
		on := routes.On(list, want.kind, want.channel)
		if len(on) != 1 || !slices.Equal(list[on[0]].Teams, want.teams) {
			t.Errorf("%+v: %v of %+v", want, on, list)
		}
	}
	if len(list) != 5 {
		t.Errorf("%d issues: %+v", len(list), list)
	}
}
