package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/surge"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/mix"
	"github.com/headroom-sim/headroom/sim/sweep"
)

// noMixError says that no mix of measures is proven to keep a target.
type noMixError struct{ target string }

func (e noMixError) Error() string {
	return fmt.Sprintf("no mix of measures is proven to keep %s", format.Clean(e.target))
}

// leftOut is what a flag says for a measure that is not to be taken.
const leftOut = "none"

func peakCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "peak",
		Usage:     "compare what can be done about a spike: temps, overtime, longer promises, deflection, calls to mail, cross-training",
		ArgsUsage: "SCENARIO",
		Description: "Derives the measures from the scenario, simulates each alone and all together on the same customers, and with a target\n" +
			"looks for the cheapest mix that keeps it:\n\n" +
			"  headroom peak black-friday --target 'breach_rate(first_reply) <= 10%'\n\n" +
			"Measures, sizes and prices are those of the scenario's section peak, with the usual where it says nothing; flags stand\n" +
			"in its place. The mix is proven on fresh random numbers; if none is, the exit code is 4. A measure whose size is none is left out.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "spike", Usage: "the `NAME` of the spike, if there are several"},
			&cli.StringFlag{Name: "target", Usage: "the `BOUND` to keep, such as \"breach_rate(first_reply) <= 10%\"; none looks for no mix"},
			&cli.StringFlag{Name: "temps", Usage: "at most this `SHARE` of the people of each shift as temps, or of shifts of their own", DefaultText: "50%"},
			&cli.StringFlag{Name: "temps-cost", Usage: "temps cost `MONEY` an hour", DefaultText: "1.3 times own people"},
			&cli.StringFlag{Name: "temps-speed", Usage: "temps work at this `SHARE` of full speed", DefaultText: "70%"},
			&cli.StringFlag{Name: "overtime", Usage: "at most `TIME` of overtime after each shift", DefaultText: "2h"},
			&cli.StringFlag{Name: "overtime-premium", Usage: "at this `SHARE` on top of the hourly cost", DefaultText: "the team's own"},
			&cli.StringFlag{Name: "overtime-share", Usage: "for this `SHARE` of the people", DefaultText: "50%"},
			&cli.StringFlag{Name: "relax", Usage: "promises are announced to be `X` times as long at most", DefaultText: "x2"},
			&cli.StringFlag{Name: "goodwill", Usage: "each of these promises costs `MONEY`", DefaultText: "nothing"},
			&cli.StringFlag{Name: "deflect", Usage: "a bot answers at most this `SHARE` of what is written", DefaultText: "30%"},
			&cli.StringFlag{Name: "bot-cost", Usage: "meeting it costs `MONEY`", DefaultText: "0.50"},
			&cli.StringFlag{Name: "bot-wrong", Usage: "this `SHARE` of its answers is wrong", DefaultText: "10%"},
			&cli.StringFlag{Name: "call-to-email", Usage: "at most this `SHARE` of callers write instead", DefaultText: "50%"},
			&cli.StringFlag{Name: "training", Usage: "teams learn what others can in `TIME` of paid hours for each person, or what a lesson says in this time", DefaultText: "16h"},
			&cli.IntFlag{Name: "after", Usage: "temps and overtime go on for `N` days after the spike", DefaultText: "3"},
			&cli.IntFlag{Name: "steps", Usage: "the search tries each measure in `N` steps", Value: 2},
			&cli.IntFlag{Name: "screen", Usage: "with `N` replications at first", Value: 10},
			&cli.IntFlag{Name: "replications", Usage: "and with `N` at most, as many as the proof takes", Value: 40},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
			&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, Markdown, JSON and CSV into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("peak takes one scenario; 'headroom list' shows those that are shipped")
			}
			return peakPlans(c, t)
		},
	}
}

func peakPlans(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	target := c.String("target")
	if target == leftOut {
		target = ""
	}
	asked, err := scenarios.LoadPeak(c.Args().First(), target)
	if err != nil {
		return err
	}
	s := asked.Scenario
	if c.IsSet("seed") {
		s.Run.Seed = c.Uint64("seed")
	}
	name := asked.Spike
	if c.IsSet("spike") {
		name = c.String("spike")
	}
	spike, err := spikeOf(name, peak.Spikes(s), s.Name)
	if err != nil {
		return err
	}
	if err := peakFlags(c, asked, s.Currency); err != nil {
		return err
	}
	options, err := peakOptions(c)
	if err != nil {
		return err
	}
	plan := peak.New(s, spike, asked.Largest, asked.Prices)
	if len(plan.Singles()) == 0 {
		return usagef("nothing can be done about %s in %s: %s", spike.Name, s.Name, reasons(plan))
	}
	goal := asked.Goal
	if c.String("target") == leftOut {
		goal = nil
	}
	if goal != nil {
		if err := sweep.Measured(s, goal); err != nil {
			return usagef("the target %q: %v", goal.Text, err)
		}
	}
	bar := newProgress(t.err, s.Name, "mixes")
	options.Tried = bar.update
	study, err := mix.Run(c.Context, plan, goal, options)
	bar.done()
	if err != nil {
		return err
	}
	if err := publishPaper(t.out, surge.Document(study, tool), c.String("out"), "peak", how); err != nil {
		return err
	}
	if goal != nil && study.Cheapest == nil {
		return noMixError{goal.Text}
	}
	return nil
}

// reasons are why no measure can be taken.
func reasons(p *peak.Plan) string {
	var all []string
	for m, why := range p.Why {
		all = append(all, peak.Measure(m).String()+" ("+why+")")
	}
	return strings.Join(all, ", ")
}

// spikeOf is the spike that is asked for.
func spikeOf(name string, all []demand.Spike, scenario string) (demand.Spike, error) {
	var names []string
	for _, p := range all {
		if p.Name == name || name == "" && len(all) == 1 {
			return p, nil
		}
		names = append(names, p.Name)
	}
	switch {
	case len(all) == 0:
		return demand.Spike{}, usagef("%s has no spike; black-friday has one", scenario)
	case name == "":
		return demand.Spike{}, usagef("%s has several spikes: say which with --spike: %s", scenario, strings.Join(names, ", "))
	}
	return demand.Spike{}, usagef("--spike: %s has no spike %q; it has %s", scenario, name, strings.Join(names, ", "))
}

// peakFlags puts what flags say of measures and prices in place of what the scenario says.
func peakFlags(c *cli.Context, asked *scenarios.Peak, currency string) error {
	z, p := &asked.Largest, &asked.Prices
	r := &peakReader{c: c, currency: currency}
	r.share("temps", 1, 1000, &z[peak.Temps])
	r.money("temps-cost", &p.TempsPerHour)
	r.share("temps-speed", 5, 100, &p.TempsSpeed)
	r.hours("overtime", 12*time.Hour, &z[peak.Overtime])
	r.share("overtime-premium", 0, 1000, &p.Overtime)
	r.share("overtime-share", 1, 100, &p.OvertimeShare)
	r.factor("relax", &z[peak.Relaxation])
	r.money("goodwill", &p.Goodwill)
	r.share("deflect", 1, 100, &z[peak.Deflection])
	r.money("bot-cost", &p.PerContact)
	r.share("bot-wrong", 0, 100, &p.Wrong)
	r.share("call-to-email", 1, 100, &z[peak.CallsToMail])
	if c.IsSet("training") {
		r.hours("training", 1000*time.Hour, &p.TrainingHours)
		z[peak.Training] = min(1, p.TrainingHours)
		for i := range p.Lessons {
			p.Lessons[i].Hours = p.TrainingHours
		}
	}
	if n := c.Int("after"); c.IsSet("after") {
		if p.After = n; n < 0 || n > 60 {
			r.problems = append(r.problems, usagef("--after is %d; it takes 0 to 60", n))
		}
	}
	if currency == "" {
		p.PerContact, p.Goodwill, p.TempsPerHour = 0, 0, 0
	}
	return firstOf(r.problems)
}

// peakReader reads flags that are set, and leaves alone what others are about.
type peakReader struct {
	c        *cli.Context
	currency string
	problems []error
}

// share reads a percentage, or none.
func (r *peakReader) share(name string, low, high float64, to *float64) {
	switch {
	case !r.c.IsSet(name):
		return
	case r.c.String(name) == leftOut:
		*to = 0
		return
	}
	x, err := percentFlag(r.c, name, low, high)
	r.problems = append(r.problems, err)
	*to = x
}

// hours reads a time, or none.
func (r *peakReader) hours(name string, most time.Duration, to *float64) {
	if !r.c.IsSet(name) {
		return
	}
	if *to = 0; r.c.String(name) == leftOut {
		return
	}
	d, err := scenarios.ParseDuration(r.c.String(name))
	if err != nil || d <= 0 || d > most {
		r.problems = append(r.problems, usagef("--%s is %q; want a time such as 2h, up to %v, or none", name, r.c.String(name), most.Hours()))
	}
	*to = d.Hours()
}

// factor reads by how much something grows, as x2, or none.
func (r *peakReader) factor(name string, to *float64) {
	text := r.c.String(name)
	if !r.c.IsSet(name) {
		return
	}
	if *to = 0; text == leftOut {
		return
	}
	x, err := scenarios.ParseNumber(strings.TrimPrefix(text, "x"))
	if err != nil || !strings.HasPrefix(text, "x") || !(x > 1 && x <= 100) {
		r.problems = append(r.problems, usagef("--%s is %q; want such as x2, above x1, up to x100, or none", name, text))
	}
	*to = x - 1
}

// money reads an amount.
func (r *peakReader) money(name string, to *float64) {
	if !r.c.IsSet(name) {
		return
	}
	x, err := moneyFlag(r.c, name, r.currency)
	r.problems = append(r.problems, err)
	*to = x
}

// firstOf is the first error of a list, nil if there is none.
func firstOf(all []error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// moneyFlag reads an amount in the currency of a scenario, which may be named or not.
func moneyFlag(c *cli.Context, name, currency string) (float64, error) {
	text := c.String(name)
	number, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	unit = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(unit), "/h"), "/contact")
	x, err := scenarios.ParseNumber(number)
	switch {
	case currency == "":
		return 0, usagef("--%s is %q, and the scenario names no currency", name, text)
	case err != nil || !(x >= 0 && x <= 1e6):
		return 0, usagef("--%s is %q; want an amount such as 31 %s, up to 1000000", name, text, currency)
	case unit != "" && unit != currency:
		return 0, usagef("--%s is %q, and the money of the scenario is %s", name, text, currency)
	}
	return x, nil
}

// peakOptions reads how much is tried.
func peakOptions(c *cli.Context) (o mix.Options, err error) {
	for _, x := range []struct {
		name      string
		low, high int
		to        *int
	}{{"steps", 1, 6, &o.Steps}, {"screen", 3, 1000, &o.Screen}, {"replications", 3, 10000, &o.Most}} {
		n := c.Int(x.name)
		if n < x.low || n > x.high {
			return o, usagef("--%s is %d; it takes %d to %d", x.name, n, x.low, x.high)
		}
		*x.to = n
	}
	if o.Screen = min(o.Screen, o.Most); c.Int("workers") < 0 {
		return o, usagef("--workers is %d", c.Int("workers"))
	}
	o.Options = experiment.Options{Workers: c.Int("workers"), Tool: tool}
	return o, nil
}
