package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/explain"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/causes"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
)

func explainCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "tell the story of a ticket, or why promises are broken",
		ArgsUsage: "SCENARIO",
		Description: "Simulates one replication and picks a ticket of it: by default the one that is the most overdue\n" +
			"in its first reply. With --log it is a ticket of a log that 'headroom run --log' wrote. The story is its timeline,\n" +
			"its SLA clocks, and why they came out as they did.\n" +
			"With --breaches it says why promises are broken: the same customers come to worlds with enough heads, with agents who\n" +
			"can do everything, without hand-offs, without outages, with simple questions, and with each combination of these.",
		OnUsageError: onUsage,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "ticket", Usage: "explain the ticket with this `ID`"},
			&cli.StringFlag{Name: "worst", Usage: "explain the ticket that is the most overdue in `METRIC`", DefaultText: "first_reply"},
			&cli.StringFlag{Name: "account", Usage: "look only at the tickets of account `NAME`"},
			&cli.IntFlag{Name: "top", Value: 1, Usage: "explain the worst `N` tickets"},
			&cli.IntFlag{Name: "replication", Value: 1, Usage: "look into replication `N`, counted from 1"},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
			&cli.StringFlag{Name: "log", Usage: "explain a ticket of the log `FILE`; simulates nothing"},
		}, explainFlags()...),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("explain takes one scenario; 'headroom list' shows those that are shipped")
			}
			if err := apart(c); err != nil {
				return err
			}
			if c.Bool("breaches") {
				return explainBreaches(c, t)
			}
			return explainTickets(c, t)
		},
	}
}

func explainTickets(c *cli.Context, t terminal) error {
	if err := explainable(c); err != nil {
		return err
	}
	s, err := scenarios.Load(c.Args().First())
	if err != nil {
		return err
	}
	if c.IsSet("seed") {
		s.Run.Seed = c.Uint64("seed")
	}
	simulation, err := sim.New(s)
	if err != nil {
		return err
	}
	x := &explain.Stories{Scenario: s, Until: s.Time.Length}
	if c.IsSet("log") {
		err = tellLog(c, simulation, x)
	} else {
		err = tellTrial(c, simulation, x)
	}
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return explain.JSON(t.out, x)
	}
	style, err := styleFor(c, t.out)
	if err != nil {
		return err
	}
	return explain.Text(t.out, x, style)
}

// explainable refuses flags that do not go together.
func explainable(c *cli.Context) error {
	if c.IsSet("log") {
		for _, name := range []string{"worst", "account", "top", "replication", "seed"} {
			if c.IsSet(name) {
				return usagef("--log and --%s do not go together: a log is not simulated; name a ticket with --ticket", name)
			}
		}
		if !c.IsSet("ticket") {
			return usagef("--log needs --ticket: which ticket of the log?")
		}
	}
	if c.IsSet("ticket") {
		for _, name := range []string{"worst", "account", "top"} {
			if c.IsSet(name) {
				return usagef("--ticket and --%s do not go together: either says which ticket", name)
			}
		}
	}
	for _, name := range []string{"top", "replication"} {
		if c.Int(name) < 1 {
			return usagef("--%s is %d; it takes at least 1", name, c.Int(name))
		}
	}
	return nil
}

// ticketFlag is the ticket that is named.
func ticketFlag(c *cli.Context) (ticket.ID, error) {
	id, ok := ticketlog.ParseID(c.String("ticket"))
	if !ok {
		return 0, usagef("--ticket: %q is not the ID of a ticket, which is t and 16 hexadecimal digits, as in a log", c.String("ticket"))
	}
	return id, nil
}

// tellLog explains a ticket of a log.
func tellLog(c *cli.Context, simulation *sim.Simulation, x *explain.Stories) error {
	id, err := ticketFlag(c)
	if err != nil {
		return err
	}
	path := c.String("log")
	f, err := openNamed(path)
	if err != nil {
		return err
	}
	defer f.Close()
	axis := calendar.Axis{Origin: x.Scenario.Time.Start}
	found, err := ticketlog.FindTicket(ticketlog.NewReader(f, &x.Scenario.Names, axis), id)
	if err != nil {
		return logError(path, err)
	}
	if err := found.Err(path); err != nil {
		return err
	}
	x.Source.Log = filepath.Base(path)
	x.Choice = fmt.Sprintf("one of %s", format.Plural(found.Tickets, "ticket", "tickets"))
	x.Until = max(x.Until, found.Last)
	// A log does not say why a ticket waits.
	x.Tickets = append(x.Tickets, tell(x, simulation.Layout(), found.Events, nil))
	return nil
}

// tellTrial explains tickets of a simulated trial. What is not known by name is found in a
// first pass; since a trial is a pure function, a second one is the same again.
func tellTrial(c *cli.Context, simulation *sim.Simulation, x *explain.Stories) error {
	s := x.Scenario
	x.Source = explain.Source{Seed: s.Run.Seed, Replication: c.Int("replication")}
	worker := simulation.Worker()
	watch := func(o desk.Observer) {
		worker.Run(s.Run.Seed, x.Source.Replication-1, simulation.Catalog().NewRun(), o)
	}
	var ids []ticket.ID
	if c.IsSet("ticket") {
		id, err := ticketFlag(c)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	} else {
		worst, err := worstOf(c, s, simulation.Layout())
		if err != nil {
			return err
		}
		watch(worst)
		if ids = worst.Tickets(); len(ids) == 0 {
			return fmt.Errorf("nobody%s has a clock for %v in %s", ofAccount(c), worst.Metric, x.Source)
		}
		x.Choice = choiceOf(c, worst)
	}
	found := make([]ticketlog.Find, len(ids))
	for i := range found {
		found[i].ID = ids[i]
	}
	times := causes.New(s, simulation.Layout())
	went := map[clockKey]elapsed.Parts{}
	times.Told = func(c causes.Clock) {
		if slices.Contains(ids, c.Ticket) {
			went[keyOf(c.Ticket, c.Explanation)] = c.Parts
		}
	}
	watch(desk.Observers{times, collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
		for i := range found {
			found[i].Add(e)
		}
		return nil
	})})
	for i := range found {
		if err := found[i].Err(x.Source.String()); err != nil {
			return err
		}
		x.Tickets = append(x.Tickets, tell(x, simulation.Layout(), found[i].Events, went))
	}
	if c.IsSet("ticket") {
		x.Choice = fmt.Sprintf("one of %s", format.Plural(found[0].Tickets, "ticket", "tickets"))
	}
	return nil
}

// worstOf is the search for the tickets that the flags ask for, among those that are counted.
func worstOf(c *cli.Context, s *model.Scenario, l *desk.Layout) (*collect.Worst, error) {
	promised := promisedMetrics(&s.SLA)
	if len(promised) == 0 {
		return nil, fmt.Errorf("%s promises nothing: there is no worst ticket; name one with --ticket", s.Name)
	}
	metric := promised[0] // first_reply, where that is promised
	if word := c.String("worst"); word != "" {
		m, ok := sla.ParseMetric(word)
		if !ok || !slices.Contains(promised, m) {
			names := make([]string, len(promised))
			for i, p := range promised {
				names[i] = p.String()
			}
			return nil, usagef("--worst: %s does not promise %q; it promises %s", s.Name, word, format.List(names))
		}
		metric = m
	}
	account := -1
	if name := c.String("account"); name != "" {
		if account = slices.Index(s.Names.Accounts, name); account < 0 {
			known := "it has none"
			if len(s.Names.Accounts) > 0 {
				known = "it has " + format.List(s.Names.Accounts)
			}
			return nil, usagef("--account: %s has no account %q; %s", s.Name, name, known)
		}
	}
	w := collect.NewWorst(l, metric, c.Int("top"))
	w.Chosen = func(created time.Duration, k ticket.Class) bool {
		return created >= s.Time.Warmup && (account < 0 || k.Account == ticket.Account(account))
	}
	return w, nil
}

// promisedMetrics are the metrics that policies speak of, in order.
func promisedMetrics(r *sla.Rules) []sla.Metric {
	var out []sla.Metric
	for m := range sla.Metrics {
		if slices.ContainsFunc(r.Policies, func(p sla.Policy) bool {
			return slices.ContainsFunc(p.Targets, func(t sla.Target) bool { return t.Metric == m })
		}) {
			out = append(out, m)
		}
	}
	return out
}

func ofAccount(c *cli.Context) string {
	if name := c.String("account"); name != "" {
		return " of account " + name
	}
	return ""
}

// choiceOf says in words which tickets were picked.
func choiceOf(c *cli.Context, w *collect.Worst) string {
	which := "the ticket"
	if n := len(w.Tickets()); n > 1 {
		which = fmt.Sprintf("the %d tickets", n)
	}
	clocks := fmt.Sprintf("%s of %s%s", format.Count(float64(w.Late)), format.Plural(w.Clocks, "clock", "clocks"), ofAccount(c))
	if w.Late == 0 {
		return fmt.Sprintf("%s nearest to being late in %v (%s late)", which, w.Metric, strings.TrimSpace(clocks))
	}
	return fmt.Sprintf("%s most overdue in %v (%s late)", which, w.Metric, clocks)
}

// clockKey tells the clocks of tickets apart, and the rounds of each.
type clockKey struct {
	ticket        ticket.ID
	metric        sla.Metric
	owner         sla.Owner
	until         sla.Until
	policy, round int
}

func keyOf(id ticket.ID, c *sla.Explanation) clockKey {
	return clockKey{id, c.Metric, c.Owner, c.Until, c.Policy, c.Round}
}

// tell explains the clocks of a ticket. Where their time went was seen, or is said as far as its events tell.
func tell(x *explain.Stories, l *desk.Layout, events []ticket.Event, went map[clockKey]elapsed.Parts) explain.Story {
	terms := promises(x.Scenario, l)(events[0].At)
	s := explain.Story{Events: events, Clocks: x.Scenario.SLA.Explain(events, terms, x.Until)}
	stays := elapsed.Course(events)
	for i := range s.Clocks {
		parts, seen := went[keyOf(events[0].Ticket, &s.Clocks[i])]
		if !seen {
			parts = elapsed.Split(&s.Clocks[i], stays, nil)
		}
		s.Went = append(s.Went, parts)
	}
	return s
}

// promises says what is promised to the tickets of a class that are created at an instant:
// as the desk has it, and for classes that the demand does not bring but a log may, as the
// rules say.
func promises(s *model.Scenario, l *desk.Layout) func(created time.Duration) func(ticket.Class) sla.Terms {
	known := map[ticket.Class]int32{}
	for i, c := range l.Plan.Classes {
		known[c] = int32(i)
	}
	var lines []sla.Line
	return func(created time.Duration) func(ticket.Class) sla.Terms {
		return func(c ticket.Class) sla.Terms {
			if i, ok := known[c]; ok {
				return l.Terms(l.Promised(i, created))
			}
			for _, cal := range s.Calendars[len(lines):] {
				lines = append(lines, cal.On(l.Axis, s.Time.Length))
			}
			ch := &s.Channels[c.Channel]
			return s.SLA.TermsAt(created, c, lines, ch.Live, ch.ShortAbandon)
		}
	}
}
