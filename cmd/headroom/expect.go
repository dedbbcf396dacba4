package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// missedError says that expectations were not met, in a run that was asked to fail then.
type missedError struct {
	scenario string
	n        int
}

func (e missedError) Error() string {
	return fmt.Sprintf("%s: %s", e.scenario, format.Plural(e.n, "expectation is missed", "expectations are missed"))
}

func strictFlag() cli.Flag {
	return &cli.BoolFlag{Name: "strict", Usage: "exit with 4 if an expectation of the scenario is missed"}
}

// missed is a missedError if some expectation is.
func missed(x *outcome.Experiment) error {
	n := 0
	for i := range x.Findings {
		if x.Findings[i].Verdict == outcome.ExpectationMissed {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return missedError{format.Clean(x.Scenario.Name), n}
}
