package sim_test

import (
	"bytes"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
	"pgregory.net/rapid"
)

// step is one thing that an observer is told.
type step struct {
	At   time.Duration
	What string

	// Of a ticket.
	ID      ticket.ID
	Class   ticket.Class
	Status  ticket.Status
	Touches int32
	Team    int16
	Rung    int8 // of a note
	Away    bool
	Agent   int // numbered in the order in which they are first seen
	Results [sla.Metrics]sla.Result

	// Of the queue, or of a team.
	Waiting int
	Staff   desk.Staff
}

// trace is an observer that writes everything down.
type trace struct {
	layout *desk.Layout
	agents map[int32]int
	steps  []step
}

func (tr *trace) of(what string, at time.Duration, t *desk.Ticket) step {
	s := step{
		At: at, What: what, ID: t.ID, Class: tr.layout.Plan.Classes[t.Class], Status: t.Status,
		Touches: t.Touches, Team: t.Team, Away: t.Away(), Agent: -1,
	}
	if what == ticket.Noted.String() {
		s.Rung = t.Rung
	}
	if t.Agent >= 0 {
		n, known := tr.agents[t.Agent]
		if !known {
			n = len(tr.agents)
			tr.agents[t.Agent] = n
		}
		s.Agent = n
	}
	return s
}

// isThere is what happens, in a trace, to a ticket that is open at the start.
const isThere = "is there"

func (tr *trace) Inherits(t *desk.Ticket, past []arrivals.Past, results []sla.Result) {
	s := tr.of(isThere, past[0].At, t)
	for _, r := range results {
		s.Results[r.Metric] = r
	}
	tr.steps = append(tr.steps, s)
}

func (tr *trace) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	tr.steps = append(tr.steps, tr.of(what(kind, t), at, t))
}

// what is an event by what it means to the customer.
func what(kind ticket.EventKind, t *desk.Ticket) string {
	switch {
	case kind == ticket.Message && t.Chaser:
		return "asks again"
	case kind == ticket.StatusSet && t.Status == ticket.Pending:
		return "reminder"
	case kind == ticket.StatusSet && t.Status == ticket.New:
		return "call promised"
	case kind == ticket.Created && t.Kin.Copy() > 0:
		return "asks apart"
	case kind == ticket.Created && t.Kin.Switched():
		return "writes instead"
	case kind == ticket.Created && t.Kin.Attempt() > 0:
		return "tries again"
	}
	return kind.String()
}

func (tr *trace) Waiting(at time.Duration, tickets int) {
	tr.steps = append(tr.steps, step{At: at, What: "waiting", Waiting: tickets})
}

func (tr *trace) Staff(at time.Duration, team int, n desk.Staff) {
	tr.steps = append(tr.steps, step{At: at, What: "staff", Team: int16(team), Staff: n})
}

func (tr *trace) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	s := tr.of("judged", at, t)
	for _, r := range results {
		s.Results[r.Metric] = r
	}
	tr.steps = append(tr.steps, s)
}

func (tr *trace) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	s := tr.of("done", at, t)
	for _, r := range results {
		s.Results[r.Metric] = r
	}
	tr.steps = append(tr.steps, s)
}

// past is a trial that has been run: all that happened, and what it left behind.
type past struct {
	steps   []step
	run     *outcome.Run
	catalog *outcome.Catalog
}

// trial runs one replication of a scenario under the eyes of the laws.
func trial(t rapid.TB, s *model.Scenario, replication int) past {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatalf("the scenario is not sound: %v", problems)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	p := past{run: simulation.Catalog().NewRun(), catalog: simulation.Catalog()}
	tr := &trace{layout: simulation.Layout(), agents: map[int32]int{}, steps: make([]step, 0, 4096)}
	l := laws.New(s, simulation.Layout())
	simulation.Worker().Run(s.Run.Seed, replication, p.run, tr, l)
	if err := l.Check(p.catalog, p.run); err != nil {
		t.Fatalf("replication %d: %v", replication, err)
	}
	p.steps = tr.steps
	return p
}

// file is the outcome file of a single trial, without its birth certificate.
func (p past) file(t rapid.TB) []byte {
	t.Helper()
	p.run.Replication = 0
	merger := outcome.NewMerger(p.catalog, 0.95)
	merger.Add(p.run)
	x := new(outcome.Experiment)
	merger.Fill(x)
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same fails at the first step in which two traces differ.
func same(t rapid.TB, got, want []step) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("nothing happened: there is nothing to compare")
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("step %d of %d is\n%+v\nand was\n%+v", i, len(want), got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d steps, and there were %d", len(got), len(want))
	}
}

// only keeps some steps.
func only(steps []step, keep func(*step) bool) []step {
	var kept []step
	for i := range steps {
		if keep(&steps[i]) {
			kept = append(kept, steps[i])
		}
	}
	return kept
}
