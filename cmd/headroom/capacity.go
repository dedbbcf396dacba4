package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/hiring"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/highs"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
	"github.com/headroom-sim/headroom/sim/recruit"
)

func capacityCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "capacity",
		Usage:     "plan months ahead: heads required against heads available, and whom to hire when",
		ArgsUsage: "SCENARIO",
		Description: "Works out, month by month, how many heads the demand of a scenario asks for, with its growth, seasons and spikes, and\n" +
			"how many its teams have, with attrition, hiring lead time, training, ramp and shrinkage; says which month is short\n" +
			"first, and the fewest hires with whom none is. The scenario's first day is the day on which people can first be asked\n" +
			"for, and the plan begins with its first whole month. Nothing is simulated but the month of --check and of\n" +
			"--margin simulated. --format csv is the table for finance: a row for each month and team.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.IntFlag{Name: "months", Usage: "plan `N` months", Value: 12},
			&cli.StringFlag{Name: "margin", Usage: "have this `SHARE` of heads more than the work asks for, as shifts never fit its curve; simulated finds the smallest that keeps the promises of the shortest month", Value: "10%"},
			&cli.StringFlag{Name: "sure", Usage: "hire so that each month has heads enough with this `CHANCE`, whoever leaves", DefaultText: "on average"},
			&cli.IntFlag{Name: "check", Usage: "simulate the shortest month `N` times with the heads it needs, those it has, and those of the plan"},
			&cli.DurationFlag{Name: "time-limit", Usage: "stop looking for fewer hires after this `TIME`", Value: time.Minute},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, charts, Markdown, JSON and CSV into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("capacity takes one scenario; 'headroom list' shows those that are shipped")
			}
			return capacity(c, t)
		},
	}
}

// mostChecks bounds the replications of a month.
const mostChecks = 10_000

// mostMonths bounds a plan.
const mostMonths = 120

func capacity(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	if n := c.Int("months"); n < 1 || n > mostMonths {
		return usagef("--months is %d; it takes 1 to %d", n, mostMonths)
	}
	margin := 0.
	if c.String("margin") != bySimulation {
		if margin, err = percentFlag(c, "margin", 0, 200); err != nil {
			return err
		}
	}
	sure := 0.
	if c.IsSet("sure") {
		if sure, err = percentFlag(c, "sure", 50, 99.9); err != nil {
			return err
		}
	}
	if n := c.Int("check"); c.IsSet("check") && (n < 2 || n > mostChecks) {
		return usagef("--check is %d; it takes 2 to %d", n, mostChecks)
	}
	if d := c.Duration("time-limit"); d <= 0 {
		return usagef("--time-limit is %v; it takes a time, such as 1m", d)
	}
	s, err := scenarios.Load(c.Args().First())
	if err != nil {
		return err
	}
	p, err := headcount.Of(s, c.Int("months"), margin)
	switch {
	case errors.Is(err, headcount.ErrReplay):
		return usagef("%s: %v; 'headroom fit' makes a scenario of its history", s.Name, err)
	case err != nil:
		return err
	}
	found, err := foundMargin(c, s, p, t)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Context, c.Duration("time-limit"))
	defer cancel()
	a, err := hire(ctx, s, p, sure)
	if err != nil {
		return err
	}
	a.Found = found
	if n := c.Int("check"); n > 0 {
		if err := simulateMonth(c.Context, s, a, n, t); err != nil {
			return err
		}
	}
	return publishCapacity(t.out, a, s, c.String("out"), how)
}

// bySimulation is the margin that trials find, with so many of each size if --check says no number.
const (
	bySimulation = "simulated"
	marginTrials = 10
)

// foundMargin looks for a margin where it is asked for, and gives it to a plan.
func foundMargin(c *cli.Context, s *model.Scenario, p *headcount.Plan, t terminal) (*hiring.Margin, error) {
	if c.String("margin") != bySimulation {
		return nil, nil
	}
	n := marginTrials
	if c.Int("check") > 0 {
		n = c.Int("check")
	}
	bar := newProgress(t.err, "margin", "replications")
	m, err := recruit.FindMargin(c.Context, s, p, n, experiment.Options{Tool: tool, Progress: bar.update})
	bar.done()
	if errors.Is(err, recruit.ErrNoMargin) {
		return nil, usagef("--margin simulated: %s: %v", s.Name, err)
	} else if err != nil {
		return nil, err
	}
	p.Margin = m.Share
	out := &hiring.Margin{Month: m.Month, Trials: m.Trials}
	for _, k := range m.Promises {
		out.Promises = append(out.Promises, hiring.Kept{Metric: k.Metric, Allowed: k.Allowed, Late: k.Late.Estimate})
	}
	return out, nil
}

// hire finds who must begin, in each team of which the scenario says how people come.
func hire(ctx context.Context, s *model.Scenario, p *headcount.Plan, sure float64) (*hiring.Answer, error) {
	solvers := optimize.InTurn{repair.Solver{Seed: s.Run.Seed}}
	if h, err := highs.New(highs.CacheFolder()); err == nil {
		defer h.Close(context.WithoutCancel(ctx))
		solvers = optimize.InTurn{h, solvers[0]}
	}
	a := &hiring.Answer{Plan: p, Sure: sure}
	for i := range p.Teams {
		team := hiring.Team{Team: &p.Teams[i], HasHiring: p.Teams[i].Hiring.Replace, Proven: true, Bare: p.Lines(&p.Teams[i], nil)}
		if team.HasHiring {
			h, err := recruit.Starts(ctx, solvers, p, team.Team, sure)
			if err != nil {
				return nil, err
			}
			team.Starts, team.Late, team.Proven, team.Bound, team.Doubtful = h.Starts, h.Late, h.Proven, h.Bound, h.Doubtful
		}
		team.With = p.Lines(team.Team, team.Starts)
		a.Teams = append(a.Teams, team)
	}
	return a, nil
}

// simulateMonth simulates the shortest month of a plan, on the same customers whatever the heads.
func simulateMonth(ctx context.Context, s *model.Scenario, a *hiring.Answer, n int, t terminal) error {
	var starts [][]float64
	for i := range a.Teams {
		starts = append(starts, a.Teams[i].Starts)
	}
	month := a.Worst()
	a.Check = &hiring.Check{Month: month}
	for _, heads := range a.Cases(month, starts) {
		trial, err := a.Trial(s, month, heads)
		if err != nil {
			return usagef("--check: %v", err)
		}
		trial.Run.Exactly(n)
		bar := newProgress(t.err, a.Months[month].Name(), "replications")
		x, err := experiment.Run(ctx, trial, experiment.Options{Tool: tool, Progress: bar.update})
		bar.done()
		if err != nil {
			return err
		}
		a.Check.Cases = append(a.Check.Cases, hiring.Case{Heads: heads, Outcome: x})
	}
	return nil
}

// publishCapacity prints a plan, and writes its folder. As CSV it is the table for finance alone.
func publishCapacity(w io.Writer, a *hiring.Answer, s *model.Scenario, dir string, how printing) error {
	print := maps.Clone(paperPrinters)
	print["csv"] = func(w io.Writer, _ *paper.Document) error { return hiring.Finance(a, s).WriteCSV(w) }
	d := hiring.Document(a, s, tool)
	if dir != "" {
		if err := writePaper(dir, "capacity", d); err != nil {
			return err
		}
		f := document.Folder{Dir: dir}
		pictures := hiring.Pictures(a, s, tool)
		for i := range pictures {
			pictures[i].Name = strings.TrimSuffix(folderName(pictures[i].Name), "-out")
		}
		if f.Pictures(pictures); f.Err != nil {
			return f.Err
		}
	}
	if alone, err := print.alone(w, how, d); alone || err != nil {
		return err
	}
	return d.WriteText(w, how.style.Style(), how.style.Full)
}
