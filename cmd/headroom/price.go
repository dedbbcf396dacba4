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
		ArgsUsage: "SCENARIO …",
		Description: "Simulates years of whole calendar months of a scenario with contracts, settles each contract in each year, and says\n" +
			"what its fee must be: to break even, to carry its bad years, and to keep a margin in most years. Time, growth,\n" +
			"incidents and outages are the scenario's; its length is not: years begin with the first whole month after its\n" +
			"warm-up, and go on for two weeks after their last month, so that what came last can end.\n" +
			"Further scenarios, such as variants with other coverage, see the same customers, and every combination of them with\n" +
			"the contracts' alternatives is compared.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.IntFlag{Name: "years", Usage: "simulate `N` years; CVaR95 takes 600 to rest on 30 bad ones", Value: 200},
			&cli.IntFlag{Name: "months", Usage: "of `N` months each", Value: 12},
			&cli.Float64Flag{Name: "heads", Usage: "try `N` heads more and less in each shift: which change pays for itself by credits avoided?"},
			&cli.StringFlag{Name: "tail", Usage: "bear the mean of the years beyond this `SHARE`", Value: "95%"},
			&cli.Float64Flag{Name: "load", Usage: "add `K` times what the mean of these bad years is above the mean of all", Value: 1},
			&cli.StringFlag{Name: "margin", Usage: "keep this `SHARE` of the fees after cost and credits", Value: "20%"},
			&cli.StringFlag{Name: "sure", Usage: "in this `SHARE` of years", Value: "95%"},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
			&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, Markdown, JSON and CSV into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() < 1 {
				return usagef("price takes a scenario, or several; 'headroom list' shows those that are shipped")
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
	all, err := yearsOf(c, c.Args().Slice())
	if err != nil {
		return err
	}
	q, err := makeQuote(c, all, terms, t)
	if q == nil {
		return err
	}
	// After an interrupt there is something to show, and the exit code says that it is not all.
	return errors.Join(publishPaper(t.out, quote.Document(q, all[0], tool), c.String("out"), "price", how), err)
}

// makeQuote simulates what is asked for and prices it. After an interrupt it prices the finished years of a single
// scenario, beside an error; of several nothing can be compared.
func makeQuote(c *cli.Context, all []*model.Scenario, terms pricing.Terms, t terminal) (*pricing.Quote, error) {
	var books []*pricing.Book
	years := c.Int("years")
	simulate := func(s *model.Scenario) error {
		b, err := simulateBook(c.Context, s, years, c.Int("workers"), t)
		if err == nil && len(b.Years) < years {
			err = fmt.Errorf("interrupted in %s after %d of %d years", s.Name, len(b.Years), years)
		}
		books = append(books, b)
		return err
	}
	if len(all) == 1 && c.Float64("heads") == 0 {
		err := simulate(all[0])
		if b := books[0]; b == nil || len(b.Years) < 2 {
			return nil, err
		}
		return pricing.NewQuote(books[0], terms, experiment.Level), err
	}
	for _, s := range all {
		if err := simulate(s); err != nil {
			return nil, err
		}
	}
	q := pricing.NewQuote(books[0], terms, experiment.Level)
	if len(books) > 1 {
		q.Combinations = pricing.Combine(books, terms, experiment.Level)
	}
	if heads := c.Float64("heads"); heads > 0 {
		changes, plans := book.Plans(all[0], heads)
		books = nil
		for _, s := range plans {
			if err := simulate(s); err != nil {
				return nil, err
			}
		}
		q.Changes = q.Staff(changes, books, experiment.Level)
	}
	return q, nil
}

// simulateBook simulates years of a book with a progress bar.
func simulateBook(ctx context.Context, s *model.Scenario, years, workers int, t terminal) (*pricing.Book, error) {
	bar := newProgress(t.err, s.Name, "years")
	defer bar.done()
	return book.Run(ctx, s, years, experiment.Options{Workers: workers, Progress: bar.update})
}

// yearsOf are scenarios as they are priced, as the flags have it: the months and the seed of all are those of the first.
func yearsOf(c *cli.Context, refs []string) ([]*model.Scenario, error) {
	var all []*model.Scenario
	var problems scenarios.Problems
	for _, ref := range refs {
		s, err := priced(ref, c.Int("months"))
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
	first := all[0]
	if c.IsSet("seed") {
		first.Run.Seed = c.Uint64("seed")
	}
	for i, s := range all[1:] {
		begins := func(s *model.Scenario) string { return s.Time.Start.Add(s.Time.Warmup).Format("2006-01-02") }
		switch {
		case s.Currency != first.Currency:
			return nil, usagef("the money of %s is %s, and that of %s %s: they cannot be compared", refs[0], first.Currency, refs[i+1], s.Currency)
		case begins(s) != begins(first):
			return nil, usagef("the first month of %s begins on %s, and that of %s on %s: give them one start and warm-up", refs[0], begins(first), refs[i+1], begins(s))
		}
		s.Run.Seed, s.Run.Balance = first.Run.Seed, first.Run.Balance
	}
	return all, nil
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
	if h := c.Float64("heads"); !(h >= 0 && h <= 1000) {
		return x, usagef("--heads is %v; it takes 0 to 1000", h)
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
