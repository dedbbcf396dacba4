package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/sweeps"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/sweep"
)

// Within the folder of a sweep: the finished points, which are kept, and what is made of them.
const (
	pointsFolder = "points"
	reportFolder = "report"
	sweepFile    = "sweep.json"
)

func sweepCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "sweep",
		Usage:     "try out values of a scenario: what holds, and where does it break?",
		ArgsUsage: "SCENARIO",
		Description: "Axes are written --set PATH=VALUES with the dotted paths of variants: --set spikes.launch.factor=5..10,\n" +
			"--set teams.front.shifts.early.heads=20..40/5, --set routing.order=priority,earliest_due; or in the scenario's\n" +
			"section sweep. All points see the same customers. Finished points are kept in the folder: after Ctrl-C, a crash,\n" +
			"or with more values, the same command runs only what is missing.",
		OnUsageError: onUsage,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "set", Usage: "try `PATH=VALUES`; may be given several times"},
			&cli.StringFlag{Name: "target", Usage: "the `BOUND` to keep, such as \"breach_rate(first_reply, tier=gold) < 5%\""},
			&cli.StringFlag{Name: "break", Usage: "look along the axis `PATH` for the point at which the target breaks", DefaultText: "the first axis of numbers"},
			&cli.StringFlag{Name: "sample", Usage: "try `POINTS`: grid, or \"latin_hypercube 40\"", DefaultText: "grid"},
		}, slices.Concat(simulationFlags(), sweepPrinters.flags(true), []cli.Flag{outFlag("NAME-sweep-out")})...),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("sweep takes one scenario; 'headroom list' shows those that are shipped")
			}
			return sweepScenario(c, t)
		},
	}
}

func sweepScenario(c *cli.Context, t terminal) error {
	how, err := sweepPrinters.asked(c, t)
	if err != nil {
		return err
	}
	asked, err := scenarios.LoadSweep(c.Args().First(), scenarios.SweepOptions{
		Set: c.StringSlice("set"), Sample: c.String("sample"), Target: c.String("target"), Break: c.String("break"),
	})
	if err != nil {
		return err
	}
	if len(asked.Axes) == 0 {
		return usagef("there is nothing to try out: write --set PATH=VALUES, such as --set time.length=1w,2w, or a section sweep in the scenario")
	}
	if _, err := asked.Size(); err != nil {
		return usageError{err.Error()}
	}
	if err := override(c, asked.Scenario); err != nil {
		return err
	}
	places := sweep.Grid(asked.Axes)
	if asked.Sample > 0 {
		places = sweep.LatinHypercube(asked.Axes, asked.Sample, asked.Scenario.Run.Seed)
	}
	jobs, err := sweepJobs(c, asked, places)
	if err != nil {
		return err
	}
	dir := c.String("out")
	if dir == "" {
		dir = folderName(asked.Scenario.Name + "-sweep")
	}
	store, err := storeFor(how.folder, dir)
	if err != nil {
		return err
	}
	s, err := runSweep(c, t, asked, places, jobs, store)
	if err != nil {
		return err
	}
	if how.folder {
		clearAway(filepath.Join(dir, pointsFolder))
	}
	return publishSweep(s, dir, how, t)
}

// clearAway removes what processes that were killed while they wrote have left behind: files under
// a temporary name that nobody has touched for a minute. Failing to do so harms nothing.
func clearAway(points string) {
	left, _ := filepath.Glob(filepath.Join(points, ".*.json-*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Minute {
			_ = os.Remove(path)
		}
	}
}

// tool is the program's name and version, as outcomes have it.
const tool = "headroom " + version

// build is the program's version with the digest of its executable file: no two builds that
// could come to different results share it. See sim/sweep.
var build = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	return buildOf(path)
})

func buildOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the program cannot read its own file, by which it knows its finished points: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return version + "-" + hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// sweepJobs reads the scenario of every point.
func sweepJobs(c *cli.Context, asked *scenarios.Sweep, places []sweep.Place) ([]sweep.Job, error) {
	var values [][]string
	for _, p := range places {
		values = append(values, p.Values)
	}
	points, err := asked.Scenarios(values)
	if err != nil {
		return nil, err
	}
	program, err := build()
	if err != nil {
		return nil, err
	}
	var jobs []sweep.Job
	for _, s := range points {
		if err := override(c, s); err != nil {
			return nil, err
		}
		jobs = append(jobs, sweep.JobOf(s, program))
	}
	if asked.Goal != nil {
		if err := sweep.Measured(points[0], asked.Goal); err != nil {
			return nil, usagef("the target %q: %v", asked.Goal.Text, err)
		}
	}
	return jobs, nil
}

// runSweep runs what is missing, with a progress bar.
func runSweep(c *cli.Context, t terminal, asked *scenarios.Sweep, places []sweep.Place, jobs []sweep.Job, store sweep.Store) (*outcome.Sweep, error) {
	finished, kept := 0, -1
	bar := newProgress(t.err, asked.Scenario.Name, "points")
	xs, err := sweep.Run(c.Context, jobs, sweep.Local{Workers: c.Int("workers"), Tool: tool}, store, func(done, of int) {
		if kept < 0 {
			kept = done // by an earlier run: they took no time, so the rate does not count them
		}
		finished = done
		bar.update(done-kept, of-kept)
	})
	bar.done()
	switch {
	case errors.Is(err, context.Canceled) && store == (nowhere{}):
		return nil, fmt.Errorf("interrupted after %d of %d points; with --out they are kept", finished, len(jobs))
	case errors.Is(err, context.Canceled):
		return nil, fmt.Errorf("interrupted after %d of %d points; these are kept: the same command goes on from there", finished, len(jobs))
	case err != nil:
		return nil, err
	}
	base := asked.Scenario
	s := &outcome.Sweep{
		Format: outcome.SweepFormat, Version: outcome.SweepVersion, Tool: tool,
		Scenario: base.Name, Title: base.Title, Digest: base.Digest(), Currency: base.Currency, Seed: base.Run.Seed,
		Axes: asked.Axes, Sample: asked.Sample, Goal: asked.Goal, Along: asked.Along,
	}
	for i, x := range xs {
		s.Points = append(s.Points, outcome.PointOf(places[i].Values, places[i].Numbers, x))
	}
	s.Breaks = s.BreakPoints()
	return s, nil
}

// publishSweep prints a sweep as it is asked for, and writes the folder.
func publishSweep(s *outcome.Sweep, dir string, how printing, t terminal) error {
	alone, err := sweepPrinters.alone(t.out, how, s)
	if err == nil && !alone {
		err = sweeps.Text(t.out, s, how.style)
	}
	if err != nil || !how.folder {
		return err
	}
	report := filepath.Join(dir, reportFolder)
	if err := writeFolder(report, func(dir string) error {
		if err := sweepPrinters.write(dir, sweepFile, "json", s); err != nil {
			return err
		}
		if _, err := sweeps.WriteFiles(dir, s); err != nil {
			return err
		}
		return sweepPrinters.write(dir, pageFile, "html", s)
	}); err != nil || alone {
		return err
	}
	_, err = fmt.Fprintf(t.out, "\nCharts and tables: %s\nFinished points: %s\n", report, filepath.Join(dir, pointsFolder))
	return err
}

// storeFor is where finished points are kept: in the folder, unless there is to be none.
func storeFor(folder bool, dir string) (sweep.Store, error) {
	if !folder {
		return nowhere{}, nil
	}
	points := filepath.Join(dir, pointsFolder)
	entries, err := os.ReadDir(dir)
	switch {
	case err != nil && !os.IsNotExist(err):
		return nil, fmt.Errorf("%s is in the way: %w", dir, err)
	case len(entries) > 0 && !exists(points):
		return nil, fmt.Errorf("%s holds files that are not an earlier sweep; name another folder with --out", dir)
	}
	if err := os.MkdirAll(points, 0o777); err != nil {
		return nil, err
	}
	return pointStore(points), nil
}

// pointStore is a folder with an outcome file for each finished point.
type pointStore string

func (f pointStore) path(key string) string { return filepath.Join(string(f), key+".json") }

// Load implements sweep.Store.
func (f pointStore) Load(key string) (*outcome.Experiment, bool) {
	x, err := readOutcome(f.path(key))
	return x, err == nil && x.Tool == tool
}

// Save implements sweep.Store. Series and waiting times stay out: a sweep is judged by its
// measures, and a single point is soon run again for its pictures.
func (f pointStore) Save(key string, x *outcome.Experiment) error {
	x.Series, x.Waits = nil, nil
	return writeFile(f.path(key), func(w io.Writer) error { return x.Write(&plainJSON{to: w}) })
}

// nowhere keeps nothing.
type nowhere struct{}

func (nowhere) Load(string) (*outcome.Experiment, bool)    { return nil, false }
func (nowhere) Save(_ string, x *outcome.Experiment) error { return nil }
