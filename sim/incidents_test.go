package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"pgregory.net/rapid"
)

// incidents are one or two bursts of any kind.
func (d draw) incidents(s *model.Scenario) []demand.Burst {
	var list []demand.Burst
	for i := range d.int("bursts", 1, 2) {
		b := demand.Burst{
			Name: string(rune('a' + i)), Stream: d.int("burst of", 0, len(s.Streams)-1),
			Issue:   ticket.Issue(d.int("burst about", 0, len(s.Issues)-1)),
			Tickets: d.tenths("burst tickets", 10, 900), Over: d.hours("burst over", 1, 8),
			At: d.hours("burst at", 0, 23),
		}
		if d.yes("random incidents") {
			b.At, b.Every = 0, d.hours("incidents every", 4, 48)
		}
		list = append(list, b)
	}
	return list
}

func TestABurstOfNoTicketsIsNoBurst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		with := copyOf(without)
		with.Bursts = draw{r}.incidents(with)
		for i := range with.Bursts {
			with.Bursts[i].Tickets = 0
		}
		sameTrial(r, without, with)
	})
}

// With a burst every ordinary ticket still comes when it came, and asks for the same.
func TestABurstChangesNoOrdinaryTicket(t *testing.T) {
	t.Parallel()
	compared, more := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		oneAtATime(without)
		with := copyOf(without)
		with.Bursts = draw{r}.incidents(with)
		a, b := customers(trial(r, without, 0).steps), customers(trial(r, with, 0).steps)
		compared += sameCustomers(r, a, b, unchanged)
		more += len(b) - len(a)
	})
	enough(t, compared)
	enough(t, more)
}

// Another roster meets the same incidents.
func TestIncidentsAreTheSameUnderAnyRoster(t *testing.T) {
	t.Parallel()
	sameUnderAnyRoster(t, func(d draw, s *model.Scenario) { s.Bursts = d.incidents(s) })
}

// A burst later than all that is simulated so far changes nothing up to then.
func TestABurstChangesNothingBeforeItHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		with := copyOf(without)
		with.Bursts = []demand.Burst{{Name: "late", Issue: 0, Tickets: 200, Over: time.Hour, At: 20 * time.Hour}}
		before := func(p *step) bool { return p.At < 20*time.Hour }
		same(r, only(trial(r, with, 0).steps, before), only(trial(r, without, 0).steps, before))
	})
}

func TestSlowToolsOfNoChangeChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		with := copyOf(without)
		with.SlowTools = []model.SlowTools{{Name: "crm", From: 2 * time.Hour, Until: 20 * time.Hour}, {Name: "phones", From: 8 * time.Hour, Until: 40 * time.Hour, Teams: []ticket.Team{0}}}
		sameTrial(r, without, with)
	})
}

// Touches that start while tools are slow take longer, to the microsecond by what is
// said; nothing else about a ticket is other than it was.
func TestSlowToolsStretchTouchesThatStartInTheirTime(t *testing.T) {
	t.Parallel()
	slow, well := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.Backlog = nil // of what was before the start the length is not known
		oneAtATime(without)
		for i := range without.Teams { // so that no touch is broken off
			without.Teams[i].ShiftEnd = staffing.Finish
		}
		without.Routing.Interrupts = nil
		d := draw{r}
		p := model.SlowTools{Name: "crm", From: d.hours("slow from", 0, 12), Handle: d.tenths("slower by", -5, 20)}
		p.Until = p.From + d.hours("slow for", 1, 24)
		if d.yes("of one team") {
			p.Teams = []ticket.Team{0}
		}
		with := copyOf(without)
		with.SlowTools = []model.SlowTools{p}
		plain, stretched := customers(trial(r, without, 0).steps), trial(r, with, 0).steps
		starts := map[ticket.ID][]step{}
		for _, s := range stretched {
			if s.What == "started" {
				starts[s.ID] = append(starts[s.ID], s)
			}
		}
		for id, b := range customers(stretched) {
			a := plain[id]
			if a == nil || a.created != b.created || a.class != b.class {
				r.Fatalf("ticket %#x was %+v and is %+v", uint64(id), a, b)
			}
			for i := range min(len(a.touches), len(b.touches)) {
				x, y, s := a.touches[i], b.touches[i], starts[id][i]
				want := x.work.Seconds()
				if p.From <= s.At && s.At < p.Until && (p.Teams == nil || s.Team == 0) {
					want *= 1 + p.Handle
					slow++
				} else {
					well++
				}
				if got := y.work.Seconds(); math.Abs(got-want) > 1e-6*want+1e-8 || x.status != y.status {
					r.Fatalf("touch %d of ticket %#x at %v is %+v, was %+v, want %v s", i, uint64(id), s.At, y, x, want)
				}
			}
		}
	})
	enough(t, slow)
	enough(t, well)
}

// What is broken off in slow times keeps its work: once tools are well it takes as long
// as it would have taken.
func TestSlowToolsAddNoWork(t *testing.T) {
	t.Parallel()
	s := m1(5).scenario()
	s.Issues[0].Handle = dist.Must(dist.Constant(2.5 * 3600))
	s.Teams[0].ShiftEnd = staffing.HandBack
	s.Teams[0].Shifts = []staffing.Shift{{Name: "day", Heads: 1, Days: everyDay, From: 8 * 60, To: 10 * 60}}
	s.Streams = []demand.Stream{{Name: "history", Replay: []demand.Arrival{{ID: 1, At: 8 * time.Hour, Class: ticket.Class{Account: ticket.Anonymous}}}}}
	s.Time.Length, s.Time.Warmup = 72*time.Hour, 0
	s.SlowTools = []model.SlowTools{{Name: "crm", From: 0, Until: 24 * time.Hour, Handle: 1}}
	// Two hours at half the pace leave an hour and a half of work for the next day.
	for _, v := range trial(t, s, 0).steps {
		if v.What == "replied" {
			if want := 33*time.Hour + 30*time.Minute; v.At != want {
				t.Errorf("replied at %v, want %v", v.At, want)
			}
			return
		}
	}
	t.Error("never replied")
}
