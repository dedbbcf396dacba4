package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/reports/calibration"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
)

var backtestPrinters = printers[*backtest.Report]{
	"csv":      calibration.CSV,
	"html":     calibration.Page,
	"json":     calibration.JSON,
	"markdown": calibration.Markdown,
}

func backtestCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "backtest",
		Usage:     "fit to the first weeks of a log, forecast the last ones, and compare with what came",
		ArgsUsage: "LOG",
		Description: "Reads a log as 'headroom fit' does, holds back its last days, fits a scenario to what lies before and simulates the days that it\n" +
			"has not seen: once with the tickets that really came, once with a forecast of them. Then each day is held against its\n" +
			"prediction interval, and the simulation against what the same weekday brought last week and against Erlang's formulas.\n" +
			"The page in the folder shows whether to trust the tool at this desk.",
		OnUsageError: onUsage,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "test", Value: "4w", Usage: "hold back the last `TIME` of the log"},
			&cli.StringFlag{Name: "train", Usage: "fit to the `TIME` before", DefaultText: "all of it"},
			&cli.StringFlag{Name: "refit", Usage: "fit anew every `TIME` of what is held back, such as 1w, and forecast no further", DefaultText: "never"},
			&cli.StringFlag{Name: "first-reply", Usage: "count first replies that take longer than `TIME` as late"},
			&cli.StringFlag{Name: "resolution", Usage: "count resolutions that take longer than `TIME` as late"},
			&cli.StringFlag{Name: "policy", Usage: "count as late what the promises of `SCENARIO` call late, by its priorities and in its hours"},
			&cli.StringFlag{Name: "calendar", Usage: "let the times of --first-reply and --resolution pass in the hours of calendar `NAME` of the policy", DefaultText: "on the wall"},
			&cli.StringFlag{Name: "zone", Value: "UTC", Usage: "count days and hours on the clocks of zone `NAME`", DefaultText: "that of a scenario.yaml beside the log, else UTC"},
			&cli.StringFlag{Name: "from", Usage: "the first `DATE` that is used", DefaultText: "the first whole day of the log"},
			&cli.StringFlag{Name: "until", Usage: "the last `DATE` that is used", DefaultText: "the last whole day"},
			&cli.StringFlag{Name: "country", Usage: "name the public holidays of `COUNTRY` among the special days, such as br or de-by"},
			&cli.StringFlag{Name: "handle", Usage: "agent time of a touch where the log does not record it, such as 12m or \"lognormal(mean 12m, cv 1)\"", DefaultText: "none"},
			&cli.IntFlag{Name: "replications", Value: 119, Usage: "simulate each origin `N` times; 119 make intervals of 95, 80 and 50 % exact"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`SEED` of all random numbers"},
			&cli.IntFlag{Name: "workers", Usage: "run `N` trials at once; the result is the same", DefaultText: "one per core"},
			outFlag("NAME-backtest"),
		}, backtestPrinters.flags(false)...),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("backtest takes one log")
			}
			return runBacktest(c, t)
		},
	}
}

// fewestTrials is how many it takes to speak of intervals of 95 %.
const fewestTrials = 39

func runBacktest(c *cli.Context, t terminal) error {
	how, err := backtestPrinters.chosen(c)
	if err != nil {
		return err
	}
	b := rehearsal{c: c, t: t, path: c.Args().First(), trials: c.Int("replications")}
	b.name, _, _ = strings.Cut(filepath.Base(b.path), ".")
	if b.trials < fewestTrials {
		return usagef("--replications is %d; it takes %d for intervals of 95 %%", b.trials, fewestTrials)
	}
	if c.Int("workers") < 0 {
		return usagef("--workers is %d", c.Int("workers"))
	}
	if err := b.flags(); err != nil {
		return err
	}
	style, err := styleFor(c, t.out)
	if err != nil {
		return err
	}
	dir := c.String("out")
	folder := how == formatTable || dir != ""
	if dir == "" {
		dir = folderName(b.name + "-backtest")
	}
	if folder {
		if err := replaceable(dir); err != nil {
			return err
		}
	}
	r, err := b.run()
	if err != nil {
		return err
	}
	if folder {
		if err := writeFolder(dir, func(dir string) error { return b.writeFiles(dir, r) }); err != nil {
			return err
		}
	}
	if print, ok := backtestPrinters[how]; ok {
		return buffered(t.out, func(w io.Writer) error { return print(w, r) })
	}
	if err := buffered(t.out, func(w io.Writer) error {
		return calibration.Text(w, r, style.Style())
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "\nPage and fitted scenarios: %s\n", filepath.Join(dir, pageFile))
	return err
}

// flags reads what is asked.
func (b *rehearsal) flags() (err error) {
	if b.options, err = fitOptions(b.c); err != nil {
		return err
	}
	if b.zone, err = logZone(b.c, b.path); err != nil {
		return err
	}
	for _, flag := range []struct {
		name string
		into *int
	}{{"train", &b.plan.Train}, {"test", &b.plan.Test}, {"refit", &b.plan.Refit}} {
		if *flag.into, err = wholeDays(b.c, flag.name); err != nil {
			return err
		}
	}
	for _, flag := range []struct {
		name string
		into *time.Duration
	}{{"first-reply", &b.targets.FirstReply}, {"resolution", &b.targets.Resolution}} {
		if text := b.c.String(flag.name); text != "" {
			if *flag.into, err = scenarios.ParseDuration(text); err != nil {
				return usagef("--%s: %v", flag.name, err)
			}
		}
	}
	return nil
}

// takePolicy reads what says what is late: the promises of a policy, by priority and in its hours, or where --calendar names one of its
// calendars, its hours alone. Notes are what is not as in an audit.
func (b *rehearsal) takePolicy(log *fit.Log) (notes []string, err error) {
	name := b.c.String("calendar")
	if !b.c.IsSet("policy") {
		if name != "" {
			return nil, usagef("--calendar: --policy names a scenario that has the calendar %q", name)
		}
		return nil, nil
	}
	p, err := scenarios.LoadPromises(b.c.String("policy"), scenarios.Stretch{From: log.Axis.At(log.Tickets[0][0].At), To: log.Axis.At(log.Last)})
	if err != nil {
		return nil, err
	}
	b.targets.Zone = b.zone
	if name == "" {
		return b.takePromises(p.Scenario, log)
	}
	at := slices.IndexFunc(p.Scenario.Calendars, func(k *calendar.Calendar) bool { return k.Name == name })
	if at < 0 {
		return nil, usagef("--calendar: there is no calendar %q in %s", name, b.c.String("policy"))
	}
	if k := p.Scenario.Calendars[at]; !k.Always {
		b.targets.Hours = k
		notes = append(notes, fmt.Sprintf("Late is what took longer than its target in the hours of %s; the waits themselves are on the wall.", k.Name))
	}
	return notes, nil
}

// takePromises lets the promises of a scenario judge.
func (b *rehearsal) takePromises(s *model.Scenario, log *fit.Log) (notes []string, err error) {
	switch {
	case len(s.SLA.Policies) == 0:
		return nil, usagef("--policy %s promises nothing: it has no sla policies; --calendar NAME takes its hours alone", b.c.String("policy"))
	case b.targets.FirstReply > 0 || b.targets.Resolution > 0:
		return nil, usagef("--policy says what is late; --first-reply and --resolution say it too: with --calendar NAME they pass in the hours of the policy's calendar")
	}
	b.targets.Policy, b.targets.Silent = s, audit.Silent(log.Tickets)
	notes = []string{"Late is what the promises of " + format.Clean(s.Name) + " call late, by its priorities and in its hours, judged as headroom audit does: of the tickets that were created on the days held back, by the clocks that were decided by their end."}
	if len(b.targets.Silent) > 0 {
		notes = append(notes, "The log records no replies: first replies are not judged.")
	}
	unknown := audit.Bind(s, log.Names, log.Axis.Origin).Unknown
	if words := unknown["priority"]; len(words) > 0 {
		notes = append(notes, "Nothing is promised to priorities that the policy does not know: "+format.Clean(strings.Join(words, ", "))+".")
	}
	for _, policy := range s.SLA.Policies {
		if m := policy.Match; len(m.Issues) > 0 || len(m.Accounts) > 0 {
			notes = append(notes, "The policy "+format.Clean(policy.Name)+" asks for issues or accounts: simulated tickets have no accounts, and rare issues are pooled, so that fewer of them match than are recorded.")
		}
	}
	return notes, nil
}

// wholeDays is a flag's time in days; 0 if it is not set.
func wholeDays(c *cli.Context, name string) (int, error) {
	text := c.String(name)
	if text == "" {
		return 0, nil
	}
	d, err := scenarios.ParseDuration(text)
	if err != nil {
		return 0, usagef("--%s: %v", name, err)
	}
	const day = 24 * time.Hour
	if d < day || d%day != 0 || d > 3650*day {
		return 0, usagef("--%s is %s; it takes whole days, such as 28d or 4w", name, text)
	}
	return int(d / day), nil
}

// rehearsal is a backtest that is under way.
type rehearsal struct {
	c       *cli.Context
	t       terminal
	path    string
	name    string
	options fit.Options
	zone    *time.Location
	plan    backtest.Plan
	targets backtest.Targets
	trials  int

	scenarios [][]byte // what was fitted, by origin
}
