package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/explain"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
)

// everything promises all metrics to everybody, beside what black-friday promises, and gets
// every fifth priority wrong at first.
const everything = `
name: everything
extends: black-friday
triage: {wrong: 20%}
sla:
  policies:
    - name: everything
      match: {}
      calendar: trading
      first_reply: 6h
      next_reply: {urgent: 1h, high: 2h, normal: 4h}
      periodic_update: 8h
      pausable_update: 6h
      requester_wait: 20h
      agent_work: 10h
      resolution: {within: 30h, pauses_in: [pending]}
      group_ownership: 12h
`

// trial is one replication with all its events, from the observer and from its log.
type trial struct {
	scenario   *model.Scenario
	simulation *sim.Simulation
	run        *outcome.Run
	ids        []ticket.ID // in the order of creation
	events     map[ticket.ID][]ticket.Event
	log        []byte
}

// fataler is a test, or a check of a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func newTrial(t fataler, ref string) *trial {
	t.Helper()
	s, err := scenarios.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	x := &trial{scenario: s, simulation: simulation, run: simulation.Catalog().NewRun(), events: map[ticket.ID][]ticket.Event{}}
	var text bytes.Buffer
	out, err := ticketlog.NewWriter(&text, &s.Names, calendar.Axis{Origin: s.Time.Start})
	if err != nil {
		t.Fatal(err)
	}
	log := collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
		if e.Kind == ticket.Created {
			x.ids = append(x.ids, e.Ticket)
		}
		x.events[e.Ticket] = append(x.events[e.Ticket], e)
		return out.Write(e)
	})
	simulation.Worker().Run(s.Run.Seed, 0, x.run, log)
	if err := out.Flush(); err != nil || log.Err() != nil {
		t.Fatal(err, log.Err())
	}
	x.log = text.Bytes()
	return x
}

func everythingFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "everything.yaml")
	if err := os.WriteFile(path, []byte(everything), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheStoryIsTheSameFromTheTrialAndFromItsLog(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"black-friday", "black-friday@ladder", "black-friday@relaxed", "engineering-ola", everythingFile(t), insistentFile(t)} {
		t.Run(filepath.Base(ref), func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, ref)
			s := x.scenario
			axis := calendar.Axis{Origin: s.Time.Start}
			read := map[ticket.ID][]ticket.Event{}
			for e, err := range ticketlog.NewReader(bytes.NewReader(x.log), &s.Names, axis).All() {
				if err != nil {
					t.Fatal(err)
				}
				read[e.Ticket] = append(read[e.Ticket], e)
			}
			terms := promises(s, x.simulation.Layout())
			clocks := 0
			for i := range 200 {
				id := x.ids[i*len(x.ids)/200]
				simulated := s.SLA.Explain(x.events[id], terms(x.events[id][0].At), s.Time.Length)
				logged := s.SLA.Explain(read[id], terms(read[id][0].At), s.Time.Length)
				if diff := cmp.Diff(simulated, logged); diff != "" {
					t.Fatalf("ticket %s (-trial +log):\n%s", ticketlog.FormatID(id), diff)
				}
				clocks += len(simulated)
			}
			if clocks < 200 {
				t.Errorf("200 tickets had %d clocks", clocks)
			}
			id := x.ids[len(x.ids)/2]
			found, err := ticketlog.FindTicket(ticketlog.NewReader(bytes.NewReader(x.log), &s.Names, axis), id)
			if err != nil || found.Tickets != len(x.ids) {
				t.Fatalf("%d of %d tickets, error %v", found.Tickets, len(x.ids), err)
			}
			if diff := cmp.Diff(x.events[id], found.Events); diff != "" {
				t.Errorf("ticket %s (-trial +log):\n%s", ticketlog.FormatID(id), diff)
			}
		})
	}
}

// counts are verdicts by what they are.
type counts [sla.Undecided + 1]int

func TestExplanationsCountWhatTheReportCounts(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"black-friday@ladder", "black-friday@relaxed", "coverage-business-hours", "replay-log", "engineering-ola", everythingFile(t), insistentFile(t)} {
		t.Run(filepath.Base(ref), func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, ref)
			s := x.scenario
			terms := promises(s, x.simulation.Layout())
			var got [sla.Metrics]counts
			for _, id := range x.ids {
				if x.events[id][0].At < s.Time.Warmup {
					continue
				}
				for _, c := range s.SLA.Explain(x.events[id], terms(x.events[id][0].At), s.Time.Length) {
					if c.Governs {
						got[c.Metric][c.Verdict]++
					}
				}
			}
			for _, m := range promisedMetrics(&s.SLA) {
				clocks, breached := x.measure(t, outcome.Clocks, m), x.measure(t, outcome.BreachRate, m)
				overdue, undecided := x.measure(t, outcome.Overdue, m), x.measure(t, outcome.Undecided, m)
				want := counts{sla.Met: clocks - breached, sla.Breached: breached - overdue, sla.Overdue: overdue, sla.Undecided: undecided}
				if got[m] != want {
					t.Errorf("%v: explained %v, counted %v", m, got[m], want)
				}
				if clocks == 0 {
					t.Errorf("%v: nothing was judged", m)
				}
			}
		})
	}
}

// measure is the numerator of a measure of all tickets.
func (x *trial) measure(t *testing.T, name string, m sla.Metric) int {
	t.Helper()
	want := outcome.Labels{Metric: m.String()}
	i := slices.IndexFunc(x.simulation.Catalog().Measures, func(k outcome.Measure) bool { return k.Name == name && k.Labels == want })
	if i < 0 {
		t.Fatalf("there is no %s of %v", name, m)
	}
	return int(x.run.Num[i])
}

// The clocks of every ticket that the worst is chosen from, ranked once more by hand.
func TestTheWorstTicketIsTheMostOverdue(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "black-friday")
	s := x.scenario
	terms := promises(s, x.simulation.Layout())
	var worst ticket.ID
	var most sla.Explanation
	for _, id := range x.ids {
		if x.events[id][0].At < s.Time.Warmup || x.events[id][0].Class.Account == ticket.Anonymous {
			continue
		}
		for _, c := range s.SLA.Explain(x.events[id], terms(x.events[id][0].At), s.Time.Length) {
			if c.Metric == sla.FirstReply && c.Governs && (worst == 0 || c.Elapsed-c.Within > most.Elapsed-most.Within) {
				worst, most = id, c
			}
		}
	}
	code, out, errs := call(t, "explain", "black-friday", "--account", "acme")
	if code != exitDone || !strings.HasPrefix(out, ticketlog.FormatID(worst)+" ") {
		t.Errorf("exit code %d, want the story of %s: %s%s", code, ticketlog.FormatID(worst), out, errs)
	}
}

func TestStoriesKeepToTheWindow(t *testing.T) {
	t.Parallel()
	x := newTrial(t, everythingFile(t))
	stories := &explain.Stories{Scenario: x.scenario, Source: explain.Source{Seed: 7, Replication: 1}, Until: x.scenario.Time.Length}
	for i := range 50 {
		stories.Tickets = append(stories.Tickets, tell(stories, x.simulation.Layout(), x.events[x.ids[i*len(x.ids)/50]], nil))
	}
	for _, width := range []int{60, 80, 100} {
		var out bytes.Buffer
		if err := explain.Text(&out, stories, document.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width {
				t.Fatalf("%d columns in a window of %d: %s", n, width, line)
			}
		}
		if n := strings.Count(out.String(), "What happened"); n != 50 {
			t.Errorf("%d stories", n)
		}
	}
}
