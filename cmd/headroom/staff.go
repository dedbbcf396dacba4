package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/reports/chart"
	page "github.com/headroom-sim/headroom/reports/roster"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/optimize"
	"github.com/headroom-sim/headroom/sim/optimize/cbc"
	"github.com/headroom-sim/headroom/sim/optimize/highs"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
	"github.com/headroom-sim/headroom/sim/rostering"
)

func staffCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "staff",
		Usage:     "find the cheapest roster that keeps the promises, and prove it",
		ArgsUsage: "SCENARIO",
		Description: "Answers with a roster, its cost, and the simulated proof that it keeps the targets with a stated confidence:\n\n" +
			"  headroom staff coverage-24x7 --target 'breach_rate(first_reply) <= 5%'\n\n" +
			"Without --target the targets are the scenario's expectations, or else its promises. Which shifts may be staffed\n" +
			"the teams say under roster; a team that does not is given shifts like those that it has. The roster is searched by\n" +
			"simulation and proven on random numbers that the search has not seen; one that no proof confirms is not offered,\n" +
			"and the exit code is then 4. Ctrl-C ends the search with the best roster so far, which is proven all the same.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringSliceFlag{Name: "target", Usage: "keep this `EXPECTATION`, such as 'breach_rate(first_reply, tier=gold) <= 5%'; may be repeated", DefaultText: "the scenario's"},
			&cli.StringFlag{Name: "attain", Usage: "the `SHARE` of clocks for which promises are kept that name none", Value: "95%"},
			&cli.StringFlag{Name: "confidence", Usage: "prove each target with this `PROBABILITY`", Value: "95%"},
			&cli.StringFlag{Name: "fails", Usage: "bound the chance that a period as long as the measured time misses a target by this `SHARE`, in place of the mean of all", DefaultText: "the mean"},
			&cli.Float64Flag{Name: "budget", Usage: "get the best attainment for this `MONEY` a week", DefaultText: "none"},
			&cli.BoolFlag{Name: "credits", Usage: "count expected service credits as cost"},
			&cli.Float64Flag{Name: "occupancy-price", Usage: "count an hour of one head outside of 75 to 85 % occupancy as this `MONEY`", DefaultText: "none"},
			&cli.StringFlag{Name: "by", Usage: "the same roster each `WEEK`, or one for each day: week or day", DefaultText: "week; day where the scenario has spikes or dated shifts"},
			&cli.BoolFlag{Name: "any-hours", Usage: "a team that names no patterns may be given its shifts at all hours of all days, and not only when it is at work now"},
			&cli.BoolFlag{Name: "full-weeks", Usage: "staff such shifts that everybody works all days of a week between two times off, and none is paid without a shift"},
			&cli.StringFlag{Name: "method", Usage: "search by `METHOD`: iterate or cuts", Value: rostering.Iterate},
			&cli.StringFlag{Name: "solver", Usage: "cover shifts by `SOLVER`: highs, cbc or repair", Value: "highs"},
			&cli.DurationFlag{Name: "limit", Usage: "search for `TIME` at most", Value: 2 * time.Minute},
			&cli.IntFlag{Name: "trials", Usage: "simulate each roster of the search for `N` replications", DefaultText: fmt.Sprint(rostering.Trials)},
			&cli.IntFlag{Name: "proof", Usage: "prove with `N` replications", DefaultText: fmt.Sprint(rostering.Proofs)},
			&cli.BoolFlag{Name: "no-baselines", Usage: "leave out what staffing by formula would cost"},
			&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
			&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
		}, paperPrinters.flags(true), []cli.Flag{fullFlag(), &cli.StringFlag{Name: "out", Usage: "write page, Markdown, JSON, CSV, charts, the roster as CSV and as a calendar, and the scenario with it into folder `DIR`"}}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("staff takes one scenario; 'headroom list' shows those that are shipped")
			}
			return staff(c, t)
		},
	}
}

func staff(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	q, err := staffQuestion(c)
	if err != nil {
		return err
	}
	solver, end, err := staffSolver(c)
	if err != nil {
		return err
	}
	defer end()
	q.Solver, q.Quick = solver, repair.Solver{}
	bar := newProgress(t.err, q.Scenario.Name, "rosters")
	tried := 0
	q.Progress = func(string, float64) {
		tried++
		bar.update(tried, tried+1)
	}
	p, err := rostering.Find(c.Context, q)
	bar.done()
	var problem *rostering.Problem
	if errors.As(err, &problem) {
		return usagef("%s", problem.Text)
	}
	if err != nil {
		return err
	}
	if dir := c.String("out"); dir != "" {
		if err := writeStaffed(dir, c.Args().First(), q.Scenario, p); err != nil {
			return err
		}
	}
	if err := publishPaper(t.out, page.Document(p), c.String("out"), "roster", how); err != nil || p.Kept {
		return err
	}
	return unprovenError{p.Scenario.Name, !c.Bool("any-hours") && c.Float64("budget") == 0}
}

// unprovenError is that no roster was confirmed.
type unprovenError struct {
	scenario string
	hours    bool // shifts at other hours have not been tried
}

func (e unprovenError) Error() string {
	text := "no roster was confirmed for " + e.scenario
	if e.hours {
		text += "; --any-hours also tries shifts at hours at which the teams are not at work now"
	}
	return text
}

// writeStaffed writes the roster of a proposal for other programs, its charts, and, where it was confirmed, the scenario that
// it makes of the one that ref refers to.
func writeStaffed(dir, ref string, s *model.Scenario, p *roster.Proposal) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer, *roster.Proposal) error{"roster.csv": page.WriteCSV, "roster.ics": page.WriteCalendar} {
		if err := writeFile(filepath.Join(dir, name), func(w io.Writer) error { return write(w, p) }); err != nil {
			return err
		}
	}
	for _, picture := range page.Pictures(p) {
		for ending, draw := range map[string]func(io.Writer, chart.Chart) error{".png": chart.WritePNG, ".svg": chart.WriteSVG, ".pdf": chart.WritePDF} {
			if err := writeFile(filepath.Join(dir, picture.Name+ending), func(w io.Writer) error { return draw(w, picture.Chart) }); err != nil {
				return err
			}
		}
	}
	if !p.Kept {
		return nil
	}
	data, err := staffedScenario(dir, ref, s, p)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "scenario.yaml"), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// staffQuestion reads the flags of staff.
func staffQuestion(c *cli.Context) (q rostering.Question, err error) {
	s, targets, err := scenarios.LoadTargets(c.Args().First(), c.StringSlice("target"))
	if err != nil {
		return q, err
	}
	if c.IsSet("seed") {
		s.Run.Seed = c.Uint64("seed")
	}
	candidates := roster.Candidates
	if c.Bool("any-hours") {
		candidates = roster.AtAnyHours
	}
	q = rostering.Question{
		Scenario: s, Targets: targets, Candidates: candidates(s.Teams), Limits: roster.Limits(s.Teams), Tool: tool,
		Limit: c.Duration("limit"), Workers: c.Int("workers"), Trials: c.Int("trials"), Proof: c.Int("proof"), Baselines: !c.Bool("no-baselines"),
		Wish: roster.Wish{
			Budget: c.Float64("budget"), Credits: c.Bool("credits"), Price: c.Float64("occupancy-price"), Method: c.String("method"), Band: roster.Band,
			FullWeeks: c.Bool("full-weeks"),
		},
	}
	switch by := c.String("by"); by {
	case "":
		q.Weekly = !dated(s)
	case "week", "day":
		q.Weekly = by == "week"
	default:
		return q, usagef("--by is %q; it takes week or day", by)
	}
	if q.Wish.Confidence, err = percentFlag(c, "confidence", 51, 99.99); err != nil {
		return q, err
	}
	if c.String("fails") != "" {
		if q.Wish.Fails, err = percentFlag(c, "fails", 0.1, 50); err != nil {
			return q, err
		}
	}
	if q.Workers < 0 || q.Limit < 0 {
		return q, usagef("--workers and --limit must not be negative")
	}
	return q, staffTargets(c, s, &q.Targets)
}

// dated reports whether a scenario's weeks differ by what is dated in it.
func dated(s *model.Scenario) bool {
	return slices.ContainsFunc(s.Streams, func(d demand.Stream) bool { return len(d.Spikes) > 0 }) ||
		slices.ContainsFunc(s.Teams, func(t staffing.Team) bool {
			return slices.ContainsFunc(t.Shifts, func(x staffing.Shift) bool { return !x.First.IsZero() || !x.Last.IsZero() })
		})
}

// staffTargets are those that were not given.
func staffTargets(c *cli.Context, s *model.Scenario, targets *[]outcome.Expectation) error {
	if len(*targets) > 0 {
		return nil
	}
	attain, err := percentFlag(c, "attain", 1, 99.99)
	if err != nil {
		return err
	}
	*targets, err = rostering.Promised(s, attain)
	return err
}

// coverGap is how exactly requirements are covered: they are estimates themselves, what the roster is
// worth the simulation says, and it takes out what is too much.
const coverGap = 0.025

// staffSolver is the solver asked for, and what ends it.
func staffSolver(c *cli.Context) (optimize.Solver, func(), error) {
	switch name := c.String("solver"); name {
	case "repair":
		return repair.Solver{}, func() {}, nil
	case "cbc":
		s, err := cbc.Find()
		return s, func() {}, err
	case "highs":
		s, err := highs.New(highs.CacheFolder())
		if err != nil {
			return repair.Solver{}, func() {}, nil // no compiler for this machine
		}
		s.Gap = coverGap
		return optimize.InTurn{repair.Solver{}, s}, func() { _ = s.Close(context.WithoutCancel(c.Context)) }, nil
	default:
		return nil, nil, usagef("--solver is %q; it takes highs, cbc or repair", name)
	}
}
