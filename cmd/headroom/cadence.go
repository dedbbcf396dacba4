package main

import (
	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/reports/cadence"
	"github.com/headroom-sim/headroom/reports/format"
)

// viewFlags are those of a view for a meeting.
func viewFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "view", Usage: "print the weekly, monthly or quarterly `VIEW` of an outcome"},
		&cli.StringFlag{Name: "tighten", Usage: "in the quarterly view, what a target of `SHARE` would have meant", DefaultText: "half the misses that each target allows"},
	}
}

// cadenceView prints a view of an outcome for a meeting.
func cadenceView(c *cli.Context, t terminal) error {
	if !cadence.Known(c.String("view")) {
		return usagef("--view: %q is none of %s", c.String("view"), format.List(cadence.Names()))
	}
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	o := cadence.Options{Name: c.String("view")}
	if c.IsSet("tighten") {
		if o.Name != cadence.Quarterly {
			return usagef("--tighten is for the quarterly view, and this is the %s one", o.Name)
		}
		share, ok := cadence.Share(c.String("tighten"))
		if !ok {
			return usagef("--tighten: %q is no share such as 97%%", c.String("tighten"))
		}
		o.Tighten = share
	}
	x, err := readOutcome(c.Args().First())
	if err != nil {
		return err
	}
	return publishPaper(t.out, cadence.View(x, o), c.String("out"), o.Name, how)
}
