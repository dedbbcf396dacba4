package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/gaming"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/ledger"
	"github.com/headroom-sim/headroom/scenarios"
)

func auditCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "audit",
		Usage:     "hold a ticket log against promises: what was kept, what another promise would have made of it",
		ArgsUsage: "LOG",
		Description: "LOG is a ticket log as 'headroom import' and 'headroom run --log' write it. --policy names a scenario, of which calendars,\n" +
			"sla, contracts and exceptions are used. With several, or with --set, the others are compared with the first, ticket by\n" +
			"ticket: --set sla.policies.all.first_reply=2h says what two hours would have made of the same tickets.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringSliceFlag{Name: "policy", Usage: "hold the log against the promises of `SCENARIO`; may be given several times"},
			&cli.StringSliceFlag{Name: "set", Usage: "compare with the first policy, changed by `PATH=VALUE`; may be given several times"},
			&cli.StringFlag{Name: "from", Usage: "audit tickets created from `DATE` on", DefaultText: "the beginning of the scenario's measured time, or of the log"},
			&cli.StringFlag{Name: "to", Usage: "audit tickets created before `DATE`", DefaultText: "the end of the scenario's time, or of the log"},
			&cli.StringFlag{Name: "as-of", Usage: "judge the log as it stood at `INSTANT`, such as 2026-12-01T00:00:00Z or a date", DefaultText: "the end of the scenario's time, or of the log"},
			&cli.StringFlag{Name: "flags", Usage: "compare with what the help desk has recorded itself, in `FILE`; none for not at all", DefaultText: "flags.csv beside the log, if it is there"},
			&cli.BoolFlag{Name: "best-threshold", Usage: "look for the time limit that explains the flags best, on several clocks"},
			outFlag("none"), fullFlag(),
		}, paperPrinters.flags(true)),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("audit takes one ticket log; 'headroom run SCENARIO --log FILE' writes one")
			}
			return auditLog(c, t)
		},
	}
}

func auditLog(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	if len(c.StringSlice("policy")) == 0 {
		return usagef("say with --policy whose promises the log is held against: a scenario with calendars and sla")
	}
	log, err := readLog(c.Args().First())
	if err != nil {
		return err
	}
	a := newAuditing(log, func(flag string) string { return c.String(flag) })
	for _, p := range c.StringSlice("policy") {
		if err := a.hold(p, nil); err != nil {
			return err
		}
	}
	if set := c.StringSlice("set"); len(set) > 0 {
		if err := a.hold(c.StringSlice("policy")[0], set); err != nil {
			return err
		}
	}
	if err := a.readFlags(c); err != nil {
		return err
	}
	a.judge()
	return publishPaper(t.out, ledger.Document(a.report), c.String("out"), "audit", how)
}

// recorded is a ticket log in memory, counted from an origin, by its own words.
type recorded struct {
	path    string
	names   *ticket.Names
	tickets [][]ticket.Event
	origin  time.Time
	first   time.Duration // creation of its first ticket
	last    time.Duration // of all events
}

// readLog reads a ticket log. What is wrong with it is told as what is wrong with a scenario is.
func readLog(path string) (*recorded, error) {
	f, err := openNamed(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return recordedIn(f, path)
}

// recordedIn reads a ticket log that is called after a path.
func recordedIn(log io.Reader, path string) (*recorded, error) {
	h := &recorded{path: path, origin: time.Unix(0, 0).UTC()}
	r := ticketlog.NewReader(log, nil, calendar.Axis{Origin: h.origin})
	g, err := gatherLog(r, path, everyTicket)
	switch {
	case err != nil:
		return nil, err
	case len(g.Tickets) == 0:
		return nil, logProblems(path, &ticketlog.Problems{List: []ticketlog.Problem{{Line: 1, Text: "there is no ticket in it"}}})
	}
	h.names, h.tickets, h.last = r.Names(), g.Tickets, g.Last
	h.first = h.tickets[0][0].At
	for _, events := range h.tickets {
		h.first = min(h.first, events[0].At)
		h.last = max(h.last, events[len(events)-1].At)
	}
	return h, nil
}

// stretch is the time of the log.
func (h *recorded) stretch() scenarios.Stretch {
	return scenarios.Stretch{From: h.origin.Add(h.first), To: h.origin.Add(h.last)}
}

// auditing is an audit while it is put together.
type auditing struct {
	flag     func(name string) string // the time that is asked for; empty where nobody asks
	log      *recorded
	report   *ledger.Audit
	bindings []*audit.Binding // beside those that the report holds the log against
	flags    *flagged         // nil where there are none
}

func newAuditing(log *recorded, flag func(name string) string) *auditing {
	return &auditing{flag: flag, log: log, report: &ledger.Audit{Source: filepath.Base(log.path), Tool: "headroom " + version, Level: outcome.DefaultLevel}}
}

// hold reads promises that the log is held against.
func (a *auditing) hold(ref string, set []string) error {
	p, err := scenarios.LoadPromises(ref, a.log.stretch(), set...)
	if err != nil {
		return err
	}
	if len(p.Scenario.SLA.Policies) == 0 {
		return usagef("--policy %s promises nothing: it has no sla policies", ref)
	}
	b := audit.Bind(p.Scenario, a.log.names, a.log.origin)
	s := b.Scenario
	from, to, until := s.Time.Warmup, s.Time.Length, max(s.Time.Length, b.At(a.log.last))
	if !p.Own {
		until = b.At(a.log.last)
	}
	for _, at := range []struct {
		flag string
		into *time.Duration
	}{{"from", &from}, {"to", &to}, {"as-of", &until}} {
		if text := a.flag(at.flag); text != "" {
			if *at.into, err = momentFlag(at.flag, text, s.Time.Start); err != nil {
				return err
			}
		}
	}
	to = min(to, until+1)
	if from >= to {
		return usagef("no time is left to audit: from %s to before %s", format.Instant(s.Time.Start.Add(from)), format.Instant(s.Time.Start.Add(to)))
	}
	name := s.Name
	if slices.ContainsFunc(a.report.Held, func(h ledger.Held) bool { return h.Name == name }) {
		name = ref
	}
	if len(set) > 0 {
		name = s.Name + " with " + strings.ReplaceAll(strings.Join(set, ", "), "sla.policies.", "")
	}
	a.bindings = append(a.bindings, b)
	a.report.Held = append(a.report.Held, ledger.Held{Name: name, Own: p.Own, Ledger: audit.NewLedger(s, from, to, until), Unknown: b.Unknown})
	return nil
}

// momentFlag reads a date, or an instant with its offset, as the time since a start, in whose zone dates are.
func momentFlag(flag, text string, start time.Time) (time.Duration, error) {
	axis := calendar.Axis{Origin: start}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return axis.Local(calendar.DateOf(day), 0, start.Location()), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, usagef("--%s: %q is neither a date such as 2026-12-01 nor an instant such as 2026-12-01T00:00:00Z", flag, text)
	}
	return axis.Since(at), nil
}

// judge judges every ticket by all promises.
func (a *auditing) judge() {
	first := a.report.Held[0].Ledger
	a.report.Wall = audit.NewLedger(audit.OnTheWall(first.Scenario), first.From, first.To, first.Until)
	silent := audit.Silent(a.log.tickets)
	a.report.Wall.Silent = silent
	for i := range a.report.Held {
		a.report.Held[i].Ledger.Silent = silent
	}
	watch := gaming.NewWatch()
	for _, events := range a.log.tickets {
		for i, b := range a.bindings {
			l := a.report.Held[i].Ledger
			seen := upTo(b.Events(events), l.Until)
			if len(seen) == 0 {
				l.Outside++
				continue
			}
			clocks := l.Add(seen)
			if i > 0 {
				continue
			}
			a.report.Wall.Add(seen)
			if l.Holds(seen[0].At) {
				a.report.Habits.Add(seen, calendar.Axis{Origin: l.Scenario.Time.Start})
				watch.Add(seen, clocks, l.Day(seen[0].At))
			}
			if a.flags != nil && l.Holds(seen[0].At) {
				a.flags.judge(l, seen, clocks)
			}
		}
	}
	a.report.Gaming = watch.Signals(a.report.Level)
	if a.flags != nil {
		a.report.Flags = a.flags.report(first, a.report.Level)
	}
}

// upTo are the events that have happened by an instant.
func upTo(events []ticket.Event, until time.Duration) []ticket.Event {
	for i := range events {
		if events[i].At > until {
			return events[:i]
		}
	}
	return events
}
