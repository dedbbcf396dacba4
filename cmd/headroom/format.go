package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
)

// formatTable is the format of results for people at a terminal, the usual one. The
// others are for programs and pages, and are printed alone.
const formatTable = "table"

// printers print a result of one kind in the formats that it has, apart from tables.
type printers[R any] map[string]func(io.Writer, R) error

var (
	outcomePrinters = printers[*outcome.Experiment]{
		"csv":      reports.WriteMeasures,
		"json":     func(w io.Writer, x *outcome.Experiment) error { return x.Write(w) },
		"markdown": reports.WriteMarkdown,
	}
	comparisonPrinters = printers[*outcome.Comparison]{
		"csv":      reports.WriteComparison,
		"json":     func(w io.Writer, c *outcome.Comparison) error { return json.NewEncoder(w).Encode(c) },
		"markdown": reports.WriteComparisonMarkdown,
	}
	sweepPrinters = printers[*outcome.Sweep]{
		"csv":      reports.WriteSweep,
		"json":     func(w io.Writer, s *outcome.Sweep) error { return s.Write(w) },
		"markdown": reports.WriteSweepMarkdown,
	}
)

// formats lists what the flag takes.
func (p printers[R]) formats() []string {
	names := []string{formatTable}
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names[1:])
	return names
}

// flags are those of every verb whose result is printed by p.
func (p printers[R]) flags() []cli.Flag {
	names := p.formats()
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Usage: "print the result as `FORMAT`: " + strings.Join(names, ", ") + "; what is no table is printed alone, and a folder written only where --out names it", DefaultText: formatTable},
		&cli.BoolFlag{Name: "json", Usage: "short for --format json"},
		colourFlag(),
	}
}

func colourFlag() cli.Flag {
	return &cli.StringFlag{Name: "color", Usage: "bold heads: `WHEN` is auto (on a terminal, unless NO_COLOR is set), always or never", DefaultText: "auto"}
}

// chosen is the format that is asked for. It is judged before anything is simulated.
func (p printers[R]) chosen(c *cli.Context) (string, error) {
	name := c.String("format")
	switch {
	case c.Bool("json") && name != "" && name != "json":
		return "", usagef("--json and --format %s are two formats", name)
	case c.Bool("json"):
		name = "json"
	case name == "":
		name = formatTable
	}
	if !slices.Contains(p.formats(), name) {
		return "", usagef("--format is %q; it takes %s", name, strings.Join(p.formats(), ", "))
	}
	return name, nil
}

// printing is how a verb shows its result.
type printing struct {
	format string
	folder bool // a folder is written
	by     []string
	style  reports.Options
}

// asked reads the flags of a verb that prints by p.
func (p printers[R]) asked(c *cli.Context, t terminal) (a printing, err error) {
	if a.format, err = p.chosen(c); err != nil {
		return a, err
	}
	if a.by, err = askedCuts(c, a.format); err != nil {
		return a, err
	}
	a.folder = a.format == formatTable || c.String("out") != ""
	a.style, err = styleFor(c, t.out)
	a.style.Full = c.Bool("full")
	return a, err
}

// alone prints a result in a format that is no table; false if it is to be a table.
func (p printers[R]) alone(w io.Writer, how printing, result R) (bool, error) {
	print, ok := p[how.format]
	if !ok {
		return false, nil
	}
	return true, buffered(w, func(w io.Writer) error { return print(w, result) })
}
