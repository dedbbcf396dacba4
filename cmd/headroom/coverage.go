package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/reports/cover"
	"github.com/headroom-sim/headroom/scenarios"
	simcover "github.com/headroom-sim/headroom/sim/cover"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func coverageCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "coverage",
		Usage:     "compare business hours, extended hours, 24/7, follow the sun and on-call nights: people, cost, promises",
		ArgsUsage: "SCENARIO",
		Description: "Derives five coverages from the roster of a scenario: by day each has the seats of the roster, and in the other hours\n" +
			"that it covers as many as the tickets of those hours take, in whole people. All are simulated on the same customers.\n" +
			"Business hours are those in which the roster has at least half of its people, unless they are said; 24/7 and\n" +
			"follow the sun cover all days of the week.",
		OnUsageError: onUsage,
		Flags: slices.Concat(simulationFlags(), []cli.Flag{
			&cli.StringFlag{Name: "business", Usage: "business hours are `HOURS`, such as 'mon-fri 09:00-17:00'", DefaultText: "the roster's"},
			&cli.StringFlag{Name: "extended", Usage: "extended hours are `HOURS`", DefaultText: "two hours earlier, four later, and Saturdays"},
			&cli.StringFlag{Name: "night", Usage: "fill this `SHARE` of the seats by day in other hours", DefaultText: "as tickets come"},
			&cli.StringSliceFlag{Name: "site", Usage: "follow the sun to `ZONE`, such as Asia/Manila, or Asia/Manila=14 where an hour costs 14", DefaultText: "eight hours ahead and behind"},
			&cli.StringFlag{Name: "promise", Usage: "the hours of promises: `WHICH` is stays (as the scenario has them) or follows (the hours that are covered)", Value: "stays"},
			&cli.IntFlag{Name: "pagers", Usage: "on call are `N` people at once", Value: 2},
			&cli.StringFlag{Name: "standby", Usage: "an hour on call pays this `SHARE` of the hourly cost", Value: "25%"},
			&cli.StringFlag{Name: "answers", Usage: "who is called is at work after `TIME`", Value: "20m"},
			&cli.Float64Flag{Name: "week", Usage: "a person is paid for `N` hours a week", Value: 40},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, Markdown, JSON and CSV into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("coverage takes one scenario; 'headroom list' shows those that are shipped")
			}
			return cover5(c, t)
		},
	}
}

// cover5 makes a coverage study.
func cover5(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	options, err := coverageOptions(c)
	if err != nil {
		return err
	}
	s, err := scenarios.Load(c.Args().First())
	if err != nil {
		return err
	}
	if err := override(c, s); err != nil {
		return err
	}
	study, err := coverage.Derive(s, options)
	if err != nil {
		return usagef("%v", err)
	}
	if err := simulateCoverages(c.Context, s, study, c.Int("workers"), t); err != nil {
		return err
	}
	return publishPaper(t.out, cover.Document(study, s, tool), c.String("out"), "coverage", how)
}

// simulateCoverages runs a study with a progress bar.
func simulateCoverages(ctx context.Context, s *model.Scenario, study *coverage.Study, workers int, t terminal) error {
	bar := newProgress(t.err, s.Name, "replications")
	defer bar.done()
	_, err := simcover.Run(ctx, study, experiment.Options{Workers: workers, Tool: tool, Progress: bar.update})
	return err
}

// coverageOptions reads the flags of a study.
func coverageOptions(c *cli.Context) (o coverage.Options, err error) {
	for name, to := range map[string]*coverage.Window{"business": &o.Business, "extended": &o.Extended} {
		if !c.IsSet(name) {
			continue
		}
		if to.Days, to.Span, err = scenarios.ParseHours(c.String(name)); err != nil {
			return o, usagef("--%s: %v", name, err)
		}
		if to.To > 24*60 && name == "extended" {
			return o, usagef("--extended is %q; let it end by 24:00", c.String(name))
		}
	}
	if c.IsSet("night") {
		if o.Night, err = percentFlag(c, "night", 1, 100); err != nil {
			return o, err
		}
	}
	if o.Standby, err = percentFlag(c, "standby", 0.1, 200); err != nil {
		return o, err
	}
	if o.Answers, err = scenarios.ParseDuration(c.String("answers")); err != nil || o.Answers <= 0 || o.Answers > 24*time.Hour {
		return o, usagef("--answers is %q; want a time such as 20m, up to 24h", c.String("answers"))
	}
	switch c.String("promise") {
	case "stays":
	case "follows":
		o.Follows = true
	default:
		return o, usagef("--promise is %q; want stays or follows", c.String("promise"))
	}
	if n := c.Int("pagers"); n < 1 || n > 1000 {
		return o, usagef("--pagers is %d; it takes 1 to 1000", n)
	}
	o.Pagers = float64(c.Int("pagers"))
	if o.Week = c.Float64("week"); !(o.Week >= 1 && o.Week <= 168) {
		return o, usagef("--week is %v; it takes 1 to 168", o.Week)
	}
	o.Sites, err = sites(c.StringSlice("site"))
	return o, err
}

// sites reads where the sun is followed to.
func sites(list []string) (out []coverage.Site, err error) {
	if len(list) > 12 {
		return nil, usagef("--site is given %d times; want 12 at most", len(list))
	}
	for _, text := range list {
		name, cost, priced := strings.Cut(text, "=")
		var site coverage.Site
		if site.Zone, err = scenarios.ParseZone(strings.TrimSpace(name)); err != nil {
			return nil, usagef("--site: %v", err)
		}
		if priced {
			if site.Cost, err = scenarios.ParseNumber(cost); err == nil && !(site.Cost > 0 && site.Cost <= 1e6) {
				err = errors.New("the cost of an hour lies above 0, and not above 1000000")
			}
			if err != nil {
				return nil, usagef("--site %s: %v", text, err)
			}
		}
		out = append(out, site)
	}
	return out, nil
}
