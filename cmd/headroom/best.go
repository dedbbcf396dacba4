package main

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func bestCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "best",
		Usage:     "choose the best of several scenarios, with a stated probability of being right",
		ArgsUsage: "SCENARIO SCENARIO …",
		Description: "Simulates all of them on the same random numbers, drops whatever is worse beyond chance, and goes on until one is left\n" +
			"or the rest is nearer than what matters:\n\n" +
			"  headroom best A B C --measure 'cost(team=desk)' --min --indifference '500 USD'\n\n" +
			"With --trials it makes the most of so many trials instead, and says how sure the choice is.",
		OnUsageError: onUsage,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "measure", Usage: "compare by `MEASURE`, such as 'breach_rate(first_reply)'"},
			&cli.BoolFlag{Name: "min", Usage: "the smallest is the best"},
			&cli.BoolFlag{Name: "max", Usage: "the largest is the best"},
			&cli.StringFlag{Name: "indifference", Usage: "the smallest `DIFFERENCE` that matters, such as 500, 1pp or 5m"},
			&cli.StringFlag{Name: "confidence", Usage: "the `PROBABILITY` of a right choice", Value: "95%"},
			&cli.IntFlag{Name: "most", Usage: "run at most `N` replications of a scenario", Value: 2000},
			&cli.IntFlag{Name: "trials", Usage: "spend `N` trials in all instead of asking for a confidence"},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the first scenario's"},
			&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
			&cli.BoolFlag{Name: "json", Usage: "print the result as JSON"},
		},
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() < 2 {
				return usagef("best takes two or more scenarios")
			}
			return best(c, t)
		},
	}
}

func best(c *cli.Context, t terminal) error {
	choice, err := bestBy(c)
	if err != nil {
		return err
	}
	all, err := loadAll(c.Args().Slice())
	if err != nil {
		return err
	}
	if c.IsSet("seed") {
		all[0].Run.Seed = c.Uint64("seed")
	}
	bar := newProgress(t.err, "the best of "+strconv.Itoa(len(all)), "replications")
	x, err := experiment.Best(c.Context, all, choice, experiment.Options{Workers: c.Int("workers"), Progress: bar.update})
	bar.done()
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted before a choice; nothing is kept: the same command starts anew")
	}
	if x == nil {
		return err
	}
	// After an interrupt there is something to show, and the exit code says that it is not all.
	tell := func() error { return comparison.Selection(t.out, x, optionsFor(t.out)) }
	if c.Bool("json") {
		tell = func() error { return json.NewEncoder(&plainJSON{to: t.out}).Encode(x) }
	}
	return errors.Join(tell(), err)
}

// bestBy reads the flags of best.
func bestBy(c *cli.Context) (choice experiment.Choice, err error) {
	if c.String("measure") == "" || c.String("indifference") == "" {
		return choice, usagef("best takes a measure and the smallest difference that matters, such as --measure 'cost(team=desk)' --min --indifference 500")
	}
	if c.Bool("min") == c.Bool("max") {
		return choice, usagef("say which is the best: --min for the smallest, --max for the largest")
	}
	choice.Smallest = c.Bool("min")
	if choice.Measure, err = scenarios.ReadMeasure(c.String("measure")); err != nil {
		return choice, usagef("--measure: %v", err)
	}
	if choice.Indifference, err = scenarios.ReadDifference(choice.Measure, c.String("indifference")); err != nil {
		return choice, usagef("--indifference: %v", err)
	}
	text := c.String("confidence")
	percent, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "%")), 64)
	if err != nil || !strings.HasSuffix(text, "%") || percent < 50 || percent > 99.99 {
		return choice, usagef("--confidence is %q; want such as 95%%, from 50%% to 99.99%%", text)
	}
	choice.Confidence = percent / 100
	choice.Most, choice.Budget = c.Int("most"), c.Int("trials")
	if choice.Most < model.LeastForPrecision {
		return choice, usagef("--most is %d; want %d or more", choice.Most, model.LeastForPrecision)
	}
	if least := model.LeastForPrecision * c.Args().Len(); c.IsSet("trials") && choice.Budget < least {
		return choice, usagef("--trials is %d; %d scenarios take %d or more", choice.Budget, c.Args().Len(), least)
	}
	if c.Int("workers") < 0 {
		return choice, usagef("--workers is %d", c.Int("workers"))
	}
	return choice, nil
}

// loadAll reads scenarios; the problems of all of them are one error.
func loadAll(refs []string) ([]*model.Scenario, error) {
	var all []*model.Scenario
	var problems scenarios.Problems
	for _, ref := range refs {
		s, err := scenarios.Load(ref)
		if gather(err, &problems) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return all, nil
}
