package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/reports/quote"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/book"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func priceCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "price",
		Usage:     "price contracts: expected credits, how bad a bad year is, and what the fee must be",
		ArgsUsage: "SCENARIO",
		Description: "Simulates years of whole calendar months of a scenario with contracts, settles each contract in each year, and says\n" +
			"what its fee must be: to break even, to carry its bad years, and to keep a margin in most years. Time, growth,\n" +
			"incidents and outages are the scenario's; its length is not: years begin with the first whole month after its\n" +
			"warm-up, and go on for two weeks after their last month, so that what came last can end.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.IntFlag{Name: "years", Usage: "simulate `N` years; CVaR95 takes 600 to rest on 30 bad ones", Value: 200},
			&cli.IntFlag{Name: "months", Usage: "of `N` months each", Value: 12},
			&cli.StringFlag{Name: "tail", Usage: "bear the mean of the years beyond this `SHARE`", Value: "95%"},
			&cli.Float64Flag{Name: "load", Usage: "add `K` times what the mean of these bad years is above the mean of all", Value: 1},
			&cli.StringFlag{Name: "margin", Usage: "keep this `SHARE` of the fees after cost and credits", Value: "20%"},
			&cli.StringFlag{Name: "sure", Usage: "in this `SHARE` of years", Value: "95%"},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
			&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, Markdown, JSON and CSV into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("price takes one scenario; 'headroom list' shows those that are shipped")
			}
			return price(c, t)
		},
	}
}

func price(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	terms, err := priceTerms(c)
	if err != nil {
		return err
	}
	s, err := yearOf(c, c.Args().First())
	if err != nil {
		return err
	}
	b, err := simulateBook(c.Context, s, c.Int("years"), c.Int("workers"), t)
	if err != nil {
		return err
	}
	d := quote.Document(pricing.NewQuote(b, terms, experiment.Level), s, tool)
	return publishPaper(t.out, d, c.String("out"), "price", how)
}

// simulateBook simulates years of a book with a progress bar. An interrupt leaves the years that are finished.
func simulateBook(ctx context.Context, s *model.Scenario, years, workers int, t terminal) (*pricing.Book, error) {
	bar := newProgress(t.err, s.Name, "years")
	defer bar.done()
	return book.Run(ctx, s, years, experiment.Options{Workers: workers, Progress: bar.update})
}

// yearOf is a scenario as it is priced, as the flags have it.
func yearOf(c *cli.Context, ref string) (*model.Scenario, error) {
	s, err := priced(ref, c.Int("months"))
	if err == nil && c.IsSet("seed") {
		s.Run.Seed = c.Uint64("seed")
	}
	return s, err
}

// priced is a scenario with a time of so many whole months.
func priced(ref string, months int) (*model.Scenario, error) {
	s, err := scenarios.Load(ref)
	switch {
	case err != nil:
		return nil, err
	case len(s.Contracts) == 0:
		return nil, usagef("%s has no contracts to price; write a section contracts, as enterprise-contract has one", ref)
	case len(s.Backlog) > 0:
		return nil, usagef("%s begins with open tickets, in the middle of a month; price takes scenarios that warm up", ref)
	}
	warmup, length := book.Horizon(s, months)
	return scenarios.LoadSet(ref, fmt.Sprintf("time.warmup=%dd", warmup), fmt.Sprintf("time.length=%dd", length))
}

// mostYears bounds the years, each of which is kept.
const mostYears = 100_000

// priceTerms reads the flags of a price.
func priceTerms(c *cli.Context) (x pricing.Terms, err error) {
	if n := c.Int("years"); n < 2 || n > mostYears {
		return x, usagef("--years is %d; it takes 2 to %d", n, mostYears)
	}
	if n := c.Int("months"); n < 1 || n > 60 {
		return x, usagef("--months is %d; it takes 1 to 60", n)
	}
	if n := c.Int("workers"); n < 0 {
		return x, usagef("--workers is %d", n)
	}
	if x.Load = c.Float64("load"); !(x.Load >= 0 && x.Load <= 100) {
		return x, usagef("--load is %v; it takes 0 to 100", x.Load)
	}
	tail, err1 := percentFlag(c, "tail", 50, 99.9)
	margin, err2 := percentFlag(c, "margin", 0, 95)
	sure, err3 := percentFlag(c, "sure", 50, 99.9)
	x.Tail, x.Margin, x.Sure = tail, margin, sure
	return x, errors.Join(err1, err2, err3)
}

// percentFlag reads a flag that is a percentage within bounds, as a share.
func percentFlag(c *cli.Context, name string, low, high float64) (float64, error) {
	text := c.String(name)
	number, ok := strings.CutSuffix(text, "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if !ok || err != nil || !(x >= low && x <= high) {
		return 0, usagef("--%s is %q; want such as 95%%, from %g%% to %g%%", name, text, low, high)
	}
	return x / 100, nil
}
