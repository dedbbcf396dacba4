package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// comparisonFile is the comparison's name within a folder.
const comparisonFile = "comparison.json"

func compareCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "compare scenarios customer by customer: differences with intervals",
		ArgsUsage: "SCENARIO|OUTCOME SCENARIO|OUTCOME …",
		Description: "The first is what the others are compared with. Scenarios are simulated on the same random numbers,\n" +
			"with the seed, the balance and the number of replications of the first; outcomes must have been made with one\n" +
			"seed and balance.",
		OnUsageError: onUsage,
		Flags:        slices.Concat(simulationFlags(), comparisonPrinters.flags(true), []cli.Flag{outFlag("A-vs-B-out")}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() < 2 {
				return usagef("compare takes two or more scenarios or outcomes")
			}
			return compare(c, t)
		},
	}
}

func compare(c *cli.Context, t terminal) error {
	how, err := comparisonPrinters.asked(c, t)
	if err != nil {
		return err
	}
	refs := c.Args().Slice()
	if err := simulating(c, refs); err != nil {
		return err
	}
	dir := c.String("out")
	if dir == "" {
		var names []string
		for _, r := range refs {
			names = append(names, strings.TrimSuffix(filepath.Base(filepath.Clean(r)), filepath.Ext(r)))
		}
		dir = folderName(strings.Join(names, "-vs-"))
	}
	if how.folder {
		if err := replaceable(dir); err != nil {
			return err
		}
	}
	xs, err := outcomes(c, refs, t)
	if err != nil {
		return err
	}
	cmp, err := comparisonOf(xs)
	if err != nil {
		return err
	}
	alone, err := comparisonPrinters.alone(t.out, how, cmp)
	if err == nil && !alone {
		err = comparison.Text(t.out, cmp.Comparison, how.style)
	}
	if err != nil || !how.folder {
		return err
	}
	if err := writeFolder(dir, func(dir string) error {
		if err := comparisonPrinters.write(dir, comparisonFile, "json", cmp); err != nil {
			return err
		}
		if _, err := comparison.WriteFiles(dir, cmp.Comparison); err != nil {
			return err
		}
		return comparisonPrinters.write(dir, pageFile, "html", cmp)
	}); err != nil || alone {
		return err
	}
	_, err = fmt.Fprintf(t.out, "\nCharts and tables: %s\n", dir)
	return err
}

// comparisonOf compares outcomes with the first of them.
func comparisonOf(xs []*outcome.Experiment) (compared, error) {
	cmp, err := experiment.Compare(xs)
	return compared{cmp, xs}, err
}

// outcomes reads or simulates what is to be compared. All scenarios are read
// before any is simulated, so that a mistake in the last one shows at once.
func outcomes(c *cli.Context, refs []string, t terminal) ([]*outcome.Experiment, error) {
	xs := make([]*outcome.Experiment, len(refs))
	loads := make([]func(first *outcome.Experiment) error, len(refs))
	var problems scenarios.Problems
	for i, ref := range refs {
		if isOutcome(ref) {
			x, err := readOutcome(ref)
			if err != nil {
				return nil, err
			}
			xs[i] = x
			continue
		}
		s, err := scenarios.Load(ref)
		if gather(err, &problems) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := override(c, s); err != nil {
			return nil, err
		}
		loads[i] = func(first *outcome.Experiment) error {
			if first != nil {
				s.Run.Seed, s.Run.Balance = first.Seed, model.BalanceNamed(first.Balance)
				s.Run.Exactly(first.Replications)
			}
			x, err := simulate(c.Context, s, c.Int("workers"), "", t)
			xs[i] = x
			return err
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	var first *outcome.Experiment
	for i := range refs {
		if loads[i] != nil {
			err := loads[i](first)
			// An interrupt in the last scenario leaves pairs to compare; before, it leaves none.
			if c.Context.Err() != nil && (err != nil || i < len(refs)-1) {
				return nil, fmt.Errorf("interrupted in %s, scenario %d of %d: there is nothing to compare yet, and nothing is kept; outcomes of 'headroom run' are, and can be compared", refs[i], i+1, len(refs))
			}
			if err != nil {
				return nil, err
			}
		}
		if first == nil {
			first = xs[i]
		}
	}
	return xs, nil
}

// simulating refuses flags of a simulation where there is none, or where they are not theirs to say.
func simulating(c *cli.Context, refs []string) error {
	for _, name := range []string{"seed", "replications"} {
		if c.IsSet(name) && isOutcome(refs[0]) {
			return usagef("--%s is for scenarios, and %s is an outcome, by whose seed and replications the others go", name, refs[0])
		}
	}
	if c.IsSet("workers") && !slices.ContainsFunc(refs, func(ref string) bool { return !isOutcome(ref) }) {
		return usagef("--workers is for scenarios, and these are outcomes: nothing is simulated")
	}
	return nil
}

// isOutcome reports whether an argument names an outcome file, or a folder with one.
func isOutcome(ref string) bool {
	info, err := os.Stat(ref)
	if err != nil {
		return false
	}
	return info.IsDir() || filepath.Ext(ref) == ".json"
}
