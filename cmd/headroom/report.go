package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/reports/format"
)

func reportCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "print and draw an outcome again, without simulating",
		ArgsUsage: "OUTCOME",
		Description: "OUTCOME is an outcome file, or the folder that a run has written. With --account it is a report for that customer,\n" +
			"and may be a ticket log, simulated or real, which --scenario says the promises of. With --view it is a report for a meeting.\n" +
			"With --html or --format html there may be several outcomes, whose page compares them.",
		OnUsageError: onUsage,
		Flags: slices.Concat(
			[]cli.Flag{outFlag("the folder of the outcome file"), byFlag(), fullFlag(), htmlFlag(), asFlag()}, outcomePrinters.flags(true), viewFlags(), packFlags(),
		),
		Action: func(c *cli.Context) error {
			kind, err := kindOfReport(c)
			if err != nil {
				return err
			}
			return kind.make(c, t)
		},
	}
}

// reportKind is one of the reports that the verb makes, and the flags that say something about it.
type reportKind struct {
	flag  string // that asks for it
	what  string
	takes []string // beside flag and --out
	make  func(c *cli.Context, t terminal) error
}

var reportKinds = []reportKind{
	{"html", "the page alone", nil, func(c *cli.Context, t terminal) error { return reportPage(c, t, false) }},
	{"account", "the pack of an account", []string{"format", "json", "color", "full", "scenario", "until"}, accountPack},
	{"view", "a view for a meeting", []string{"format", "json", "color", "tighten"}, cadenceView},
	{"", "the report of an outcome", []string{"format", "json", "color", "full", "by"}, reportOutcome},
}

// kindOfReport is the report that the flags ask for. A flag that says nothing about it is refused, with
// the report that it is for.
func kindOfReport(c *cli.Context) (*reportKind, error) {
	if c.IsSet("as") {
		return nil, usagef("--as has become --format, which takes %s", strings.Join(paperPrinters.formats(), ", "))
	}
	i := slices.IndexFunc(reportKinds, func(k reportKind) bool { return k.flag == "" || given(c, k.flag) })
	kind := &reportKinds[i]
	for _, name := range c.LocalFlagNames() {
		if name == "out" || name == kind.flag || !given(c, name) || slices.Contains(kind.takes, name) {
			continue
		}
		if kind.flag == "" {
			return nil, usagef("--%s is for %s", name, takenBy(name))
		}
		return nil, usagef("--%s and --%s do not go together: %s takes %s", kind.flag, name, kind.what, flagsOf(kind))
	}
	if n := c.Args().Len(); n != 1 && (n == 0 || !several(c, kind)) {
		return nil, usagef("report takes one outcome file or folder; several with --html or --format html")
	}
	return kind, nil
}

// several reports whether a report may be of several outcomes.
func several(c *cli.Context, kind *reportKind) bool {
	return kind.flag == "html" || kind.flag == "" && c.String("format") == "html" && !c.IsSet("by")
}

// given reports whether a flag asks for something; a switch that is turned off does not.
func given(c *cli.Context, name string) bool {
	if on, ok := c.Value(name).(bool); ok {
		return on
	}
	return c.IsSet(name)
}

// takenBy are the reports that take a flag.
func takenBy(name string) string {
	var kinds []string
	for _, k := range reportKinds {
		if slices.Contains(k.takes, name) {
			kinds = append(kinds, k.what+", --"+k.flag)
		}
	}
	return format.List(kinds)
}

func flagsOf(kind *reportKind) string {
	var names []string
	for _, name := range append([]string{"out"}, kind.takes...) {
		names = append(names, "--"+name)
	}
	return format.List(names)
}

// asFlag is what --format was called of packs and views.
func asFlag() cli.Flag { return &cli.StringFlag{Name: "as", Hidden: true} }

// reportOutcome prints and draws an outcome again.
func reportOutcome(c *cli.Context, t terminal) error {
	how, err := outcomePrinters.asked(c, t)
	if err != nil {
		return err
	}
	if c.Args().Len() > 1 {
		return reportPage(c, t, true)
	}
	path := c.Args().First()
	x, err := readOutcome(path)
	if err != nil {
		return err
	}
	dir := c.String("out")
	if dir == "" {
		dir = besides(path)
	}
	return publish(x, dir, how, t)
}
