package fit_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
)

// oddLog is any log that a reader may leave, however little sense it makes: few tickets or all at one instant, nobody who
// solves anything, one agent, events in any order of kinds and statuses.
func oddLog(r *rapid.T, x calendar.Axis) *fit.Log {
	l := &fit.Log{Names: words(), Axis: x}
	n := rapid.IntRange(0, 150).Draw(r, "tickets")
	span := rapid.SampledFrom([]time.Duration{0, time.Hour, 9 * 24 * time.Hour, 70 * 24 * time.Hour}).Draw(r, "within")
	most := rapid.IntRange(0, 6).Draw(r, "events")
	agents := rapid.Int32Range(-1, 3).Draw(r, "agents")
	kinds := rapid.SliceOfNDistinct(rapid.IntRange(1, 9), 1, 9, rapid.ID).Draw(r, "kinds")
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 0))
	within := func(d time.Duration) time.Duration { return time.Duration(random.Int64N(int64(d) + 1)) }
	var times []time.Duration
	for range n {
		times = append(times, within(span))
	}
	slices.Sort(times)
	for i, at := range times {
		class := ticket.Class{Channel: ticket.Channel(random.IntN(2)), Issue: ticket.Issue(random.IntN(2)), Tier: ticket.Tier(random.IntN(2)), Priority: ticket.Priority(random.IntN(2)), Account: ticket.Anonymous}
		events := []ticket.Event{{Ticket: ticket.ID(i), At: at, Class: class, Team: ticket.NoTeam, Agent: -1}}
		for range random.IntN(most + 1) {
			at += within(rapid.SampledFrom([]time.Duration{0, time.Minute, 50 * time.Hour}).Draw(r, "gap"))
			e := ticket.Event{Ticket: ticket.ID(i), At: at, Kind: ticket.EventKind(kinds[random.IntN(len(kinds))]), Status: ticket.Status(random.IntN(6)), Class: class, Team: ticket.NoTeam, Agent: -1}
			if agents >= 0 && random.IntN(2) == 0 {
				e.Agent, e.Team = random.Int32N(agents+1), 0
			}
			events = append(events, e)
			l.Last = max(l.Last, at)
		}
		l.Tickets = append(l.Tickets, events)
	}
	return l
}

// Whatever a log holds, it is fitted or refused as data that cannot be, and no interval is the wrong way round.
func TestAFitOfAnOddLogIsPlain(t *testing.T) {
	t.Parallel()
	x := axis(t)
	rapid.Check(t, func(r *rapid.T) {
		f, err := fit.History(oddLog(r, x), fit.Options{Country: rapid.SampledFrom([]string{"", "de", "nowhere"}).Draw(r, "country")})
		var bad *fit.DataError
		switch {
		case err != nil && !errors.As(err, &bad):
			r.Fatalf("%v is not about the data", err)
		case err != nil:
			return
		}
		ordered := func(what string, p fit.Parameter) {
			if p.Low > p.Value || p.High < p.Value {
				r.Fatalf("%s: %v lies outside %v to %v", what, p.Value, p.Low, p.High)
			}
		}
		for i := range f.Streams {
			ordered("volume", f.Streams[i].Week)
			ordered("growth", f.Streams[i].Growth)
			ordered("busyness", f.Streams[i].Busyness)
		}
		for i := range f.Kinds {
			for _, h := range f.Kinds[i].Holds {
				ordered("a hold", h.First)
				ordered("a hold", h.Later)
			}
		}
	})
}
