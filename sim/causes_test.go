package sim_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/counterfactual"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/causes"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
	"pgregory.net/rapid"
)

// verdicts gathers all verdicts of a trial.
type verdicts struct{ told []string }

func (v *verdicts) note(id ticket.ID, rs []sla.Result) {
	for _, r := range rs {
		v.told = append(v.told, fmt.Sprintf("%x %+v", id, r))
	}
}
func (v *verdicts) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) {}
func (v *verdicts) Waiting(time.Duration, int)                           {}
func (v *verdicts) Staff(time.Duration, int, desk.Staff)                 {}
func (v *verdicts) Judged(_ time.Duration, t *desk.Ticket, r []sla.Result) {
	v.note(t.ID, r)
}
func (v *verdicts) Done(_ time.Duration, t *desk.Ticket, r []sla.Result) { v.note(t.ID, r) }

// presence keeps books of its own of when nobody at all is at work or on call, and when somebody of every team is
// that takes more than hand-offs.
type presence struct {
	s       *model.Scenario
	staff   []desk.Staff
	steps   []presenceStep
	started map[ticket.ID]time.Duration // for the first time
	came    map[ticket.ID]bool          // back, or to another team: they are left out
	checked int                         // clocks that waited
}

type presenceStep struct {
	at                time.Duration
	nobody, everybody bool
}

func (p *presence) Begin(rng.Key) {
	p.staff, p.steps = make([]desk.Staff, len(p.s.Teams)), []presenceStep{{at: -1 << 62, nobody: true}}
	p.started, p.came = map[ticket.ID]time.Duration{}, map[ticket.ID]bool{}
}
func (p *presence) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	switch kind {
	case ticket.Started:
		if _, ok := p.started[t.ID]; !ok {
			p.started[t.ID] = at
		}
	case ticket.Returned, ticket.StatusSet:
		p.came[t.ID] = true
	}
}
func (p *presence) Waiting(time.Duration, int) {}
func (p *presence) Staff(at time.Duration, team int, n desk.Staff) {
	p.staff[team] = n
	x := presenceStep{at, true, true}
	for i, n := range p.staff {
		x.nobody = x.nobody && n.On == 0 && n.Standby == 0 && n.Called == 0
		x.everybody = x.everybody && (n.On > 0 || p.s.Teams[i].HandOffsOnly)
	}
	p.steps = append(p.steps, x)
}
func (p *presence) Judged(time.Duration, *desk.Ticket, []sla.Result) {}
func (p *presence) Done(time.Duration, *desk.Ticket, []sla.Result)   {}

// during is for how long nobody was there between two instants, and for how long somebody of every team.
func (p *presence) during(from, to time.Duration) (nobody, everybody time.Duration) {
	for i, x := range p.steps {
		until := to
		if i+1 < len(p.steps) {
			until = min(to, p.steps[i+1].at)
		}
		if d := until - max(from, x.at); d > 0 && x.nobody {
			nobody += d
		} else if d > 0 && x.everybody {
			everybody += d
		}
	}
	return nobody, everybody
}

// check holds what a first reply, around the clock and without pauses, waited for against these books.
func (p *presence) check(c *causes.Clock) error {
	policy := &p.s.SLA.Policies[c.Policy]
	until, taken := p.started[c.Ticket]
	if c.Metric != sla.FirstReply || !p.s.Calendars[policy.Calendar].Always || p.s.Channels[c.Class.Channel].Live || p.came[c.Ticket] || c.Created < 0 || c.Verdict == sla.Unjudged {
		return nil
	}
	if len(c.Segments) != 1 || c.Segments[0].State != sla.Running {
		return nil
	}
	if !taken || until > c.End {
		until = c.End
	}
	waited := until - c.Start
	if waited > 0 {
		p.checked++
	}
	nobody, everybody := p.during(c.Start, until)
	if d := c.Parts[elapsed.Unstaffed]; d < nobody || d > waited-everybody {
		return fmt.Errorf("%x waited %v for staff; nobody was there for %v and somebody of every team for %v of %v", c.Ticket, d, nobody, everybody, waited)
	}
	if sum := c.Parts[elapsed.Unstaffed] + c.Parts[elapsed.Behind] + c.Parts[elapsed.HeldBack] + c.Parts[elapsed.Outage]; sum != waited {
		return fmt.Errorf("%x waited %v, and its parts %v", c.Ticket, waited, sum)
	}
	return nil
}

// Whatever happens, the parts of each clock add up to what it has counted, to the nanosecond; the verdicts are
// those of the desk; and a trial that is watched is the same as one that is not.
func TestTheTimeOfEachClockIsSplitWithoutRest(t *testing.T) {
	t.Parallel()
	var seen elapsed.Parts
	checked := 0
	rapid.Check(t, func(r *rapid.T) {
		s := talkative(r)
		simulation, err := sim.New(s)
		if err != nil {
			r.Fatal(err)
		}
		w, v := causes.New(s, simulation.Layout()), &verdicts{}
		books := &presence{s: s}
		var told []string
		w.Told = func(c causes.Clock) {
			if c.Governs {
				told = append(told, fmt.Sprintf("%x %+v", c.Ticket, c.Result))
			}
			if c.Verdict == sla.Unjudged {
				return
			}
			if c.Parts.Sum() != c.Elapsed {
				r.Fatalf("%v of %x: %v is split into %v", c.Metric, c.Ticket, c.Elapsed, c.Parts)
			}
			if c.Parts[elapsed.Recounted] != 0 && s.SLA.Change != sla.BackDate {
				r.Fatalf("%v of %x: %v of %v cannot be accounted for: %v", c.Metric, c.Ticket, c.Parts[elapsed.Recounted], c.Elapsed, c.Parts)
			}
			for part, d := range c.Parts {
				if d < 0 && elapsed.Part(part) != elapsed.Recounted {
					r.Fatalf("%v of %x: %v of %v", c.Metric, c.Ticket, d, elapsed.Part(part))
				}
			}
			if c.Parts[elapsed.Waiting] != 0 && c.Created >= 0 {
				r.Fatalf("%v of %x waited for %v, and nobody knows why", c.Metric, c.Ticket, c.Parts[elapsed.Waiting])
			}
			if err := books.check(&c); err != nil {
				r.Fatal(err)
			}
			seen.Add(&c.Parts)
		}
		run, alone := simulation.Catalog().NewRun(), simulation.Catalog().NewRun()
		worker := simulation.Worker()
		for replication := range 2 {
			told, v.told = told[:0], v.told[:0]
			worker.Run(s.Run.Seed, replication, run, books, w, v)
			worker.Run(s.Run.Seed, replication, alone)
			if !bytes.Equal(asFile(r, simulation.Catalog(), run), asFile(r, simulation.Catalog(), alone)) {
				r.Fatal("a trial that is watched is another one")
			}
			checked += books.checked
			books.checked = 0
			slices.Sort(told)
			slices.Sort(v.told)
			if !slices.Equal(told, v.told) {
				r.Fatalf("the verdicts are not those of the desk (-desk +split):\n%s", cmp.Diff(v.told, told))
			}
		}
	})
	if checked < 500 {
		t.Errorf("only %d waits were held against the staff", checked)
	}
	for part, d := range seen { // what never happens proves nothing
		if d == 0 && elapsed.Part(part) != elapsed.Recounted {
			t.Errorf("never: %v", elapsed.Part(part))
		}
	}
}

// asFile is a run as an outcome file, without its birth certificate.
func asFile(t rapid.TB, c *outcome.Catalog, run *outcome.Run) []byte {
	p := past{run: run, catalog: c}
	return p.file(t)
}

// Every switch turns a sound scenario into a sound one, in any order, and changes nothing of the scenario that it is
// given.
func TestSwitchesKeepScenariosSound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := talkative(r)
		before := s.Digest()
		for set := range counterfactual.All + 1 {
			out := counterfactual.Without(s, set)
			if problems := out.Check(); len(problems) > 0 {
				r.Fatalf("without %b: %v", set, problems)
			}
			if _, err := sim.New(out); err != nil {
				r.Fatalf("without %b: %v", set, err)
			}
			for k := range counterfactual.Number {
				a := counterfactual.Without(counterfactual.Without(s, set), 1<<k)
				if b := counterfactual.Without(s, set|1<<k); a.Digest() != b.Digest() {
					r.Fatalf("%v after %b is not the same as both at once: %v", counterfactual.Switch(k), set, canonicalDifferences(a, b))
				}
			}
		}
		if s.Digest() != before {
			r.Fatal("the scenario itself has changed")
		}
	})
}

// canonicalDifferences are the lines in which two scenarios differ.
func canonicalDifferences(a, b *model.Scenario) (out []string) {
	has := map[string]bool{}
	for line := range strings.SplitSeq(string(a.Canonical()), "\n") {
		has[line] = true
	}
	for line := range strings.SplitSeq(string(b.Canonical()), "\n") {
		if !has[line] {
			out = append(out, line)
		}
	}
	return out
}
