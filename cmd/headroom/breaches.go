package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/blame"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// usualReplications is how many replications breaches are explained by, where the scenario does not ask for
// fewer: each of them is run in up to 32 worlds.
const usualReplications = 20

// breachFlags are those of an explanation of breaches; storyFlags those of the story of tickets.
var (
	breachFlags = []string{"metric", "replications", "workers", "format", "out", "full"}
	storyFlags  = []string{"ticket", "worst", "account", "top", "replication", "log"}
)

func explainFlags() []cli.Flag {
	return slices.Concat([]cli.Flag{
		&cli.BoolFlag{Name: "breaches", Usage: "say why promises are broken: where the time went, what causes it, when and whose they are"},
		&cli.StringFlag{Name: "metric", Usage: "with --breaches: of the promises of `METRIC`", DefaultText: "first_reply"},
		&cli.IntFlag{Name: "replications", Usage: "with --breaches: run exactly `N` replications of each world", DefaultText: fmt.Sprintf("what the scenario says, %d at most", usualReplications)},
		&cli.IntFlag{Name: "workers", Usage: "with --breaches: use `N` cores; the result is the same for any number", DefaultText: "all"},
		outFlag("none"), fullFlag(),
	}, paperPrinters.flags(true))
}

// apart refuses flags of the one thing that explain does with the other.
func apart(c *cli.Context) error {
	if c.Bool("breaches") {
		for _, name := range storyFlags {
			if c.IsSet(name) {
				return usagef("--breaches and --%s do not go together: --breaches is about all broken promises of a scenario, --%s about single tickets", name, name)
			}
		}
		return nil
	}
	for _, name := range breachFlags {
		if c.IsSet(name) {
			return usagef("--%s goes with --breaches only", name)
		}
	}
	return nil
}

// explainBreaches says why the promises of a scenario are broken.
func explainBreaches(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	s, err := scenarios.Load(c.Args().First())
	if err != nil {
		return err
	}
	metric, err := metricFlag(c, s)
	if err != nil {
		return err
	}
	if !c.IsSet("replications") && s.Run.Min > usualReplications && s.Run.Takes(usualReplications) == nil {
		s.Run.Exactly(usualReplications)
	}
	if err := override(c, s); err != nil {
		return err
	}
	if least := 2 * max(1, s.Run.Balance.Set()); s.Run.Min < least {
		return usagef("--replications is %d; causes are told apart by %d replications or more", s.Run.Min, least)
	}
	bar := newProgress(t.err, s.Name, "replications")
	x, err := experiment.Breaches(c.Context, s, metric, experiment.Options{Workers: c.Int("workers"), Progress: bar.update, Tool: "headroom " + version})
	bar.done()
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted before there was anything to tell; nothing is kept")
	}
	if err != nil {
		return err
	}
	err = publishPaper(t.out, blame.Document(x), c.String("out"), "breaches", how)
	if err == nil && x.Replications < x.Planned {
		return fmt.Errorf("interrupted after %d of %d replications: this is what they say", x.Replications, x.Planned)
	}
	return err
}

// metricFlag is the metric whose promises are meant.
func metricFlag(c *cli.Context, s *model.Scenario) (sla.Metric, error) {
	promised := promisedMetrics(&s.SLA)
	if len(promised) == 0 {
		return 0, fmt.Errorf("%s promises nothing, so nothing can be broken", s.Name)
	}
	word := strings.TrimSpace(c.String("metric"))
	if word == "" {
		return promised[0], nil // first_reply, where that is promised
	}
	m, ok := sla.ParseMetric(word)
	if !ok || !slices.Contains(promised, m) {
		names := make([]string, len(promised))
		for i, p := range promised {
			names[i] = p.String()
		}
		return 0, usagef("--metric: %s does not promise %q; it promises %s", s.Name, word, format.List(names))
	}
	return m, nil
}
