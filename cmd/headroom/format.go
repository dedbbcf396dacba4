package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/changes"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/page"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/sweeps"
)

// formatTable is the format of results for people at a terminal, the usual one. The
// others are for programs and pages, and are printed alone.
const formatTable = "table"

// printers print a result of one kind in the formats that it has, apart from tables.
type printers[R any] map[string]func(io.Writer, R) error

// compared is a comparison with the outcomes that it compares, which its page shows too.
type compared struct {
	*outcome.Comparison
	outcomes []*outcome.Experiment
}

var (
	outcomePrinters = printers[*outcome.Experiment]{
		"csv":      reports.WriteMeasures,
		"html":     page.Experiment,
		"json":     func(w io.Writer, x *outcome.Experiment) error { return x.Write(w) },
		"markdown": reports.WriteMarkdown,
	}
	comparisonPrinters = printers[compared]{
		"csv":      func(w io.Writer, c compared) error { return comparison.CSV(w, c.Comparison) },
		"html":     func(w io.Writer, c compared) error { return page.Comparison(w, c.Comparison, c.outcomes) },
		"json":     func(w io.Writer, c compared) error { return json.NewEncoder(w).Encode(c.Comparison) },
		"markdown": func(w io.Writer, c compared) error { return comparison.Markdown(w, c.Comparison) },
	}
	sweepPrinters = printers[*outcome.Sweep]{
		"csv":      sweeps.CSV,
		"html":     page.Sweep,
		"json":     func(w io.Writer, s *outcome.Sweep) error { return s.Write(w) },
		"markdown": sweeps.Markdown,
	}
	// Packs and views.
	paperPrinters = printers[*paper.Document]{
		"csv":      func(w io.Writer, d *paper.Document) error { return d.WriteCSV(w) },
		"html":     func(w io.Writer, d *paper.Document) error { return d.WriteHTML(w) },
		"json":     func(w io.Writer, d *paper.Document) error { return d.WriteJSON(w) },
		"markdown": func(w io.Writer, d *paper.Document) error { return d.WriteMarkdown(w) },
	}
	diffPrinters = printers[*changes.Diff]{
		"csv":      func(w io.Writer, d *changes.Diff) error { return d.WriteCSV(w) },
		"html":     func(w io.Writer, d *changes.Diff) error { return d.Document().WriteHTML(w) },
		"json":     func(w io.Writer, d *changes.Diff) error { return json.NewEncoder(w).Encode(d) },
		"markdown": func(w io.Writer, d *changes.Diff) error { return d.Document().WriteMarkdown(w) },
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

// flags are those of every verb whose result is printed by p. Verbs that write a folder beside
// the table say so.
func (p printers[R]) flags(folder bool) []cli.Flag {
	usage := "print the result as `FORMAT`: " + strings.Join(p.formats(), ", ")
	if folder {
		usage += "; what is no table is printed alone, and a folder written only where --out names it"
	}
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Usage: usage, DefaultText: formatTable},
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
	if name != formatTable && c.String("color") == "always" {
		return "", usagef("--color always is for tables at a terminal, and --format %s has no colours; leave one of them out", name)
	}
	return name, nil
}

// printing is how a verb shows its result.
type printing struct {
	format string
	folder bool // a folder is written
	by     []string
	style  document.Options
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
	if a.style.Full && len(a.by) > 0 {
		return a, usagef("--by chooses tables, and --full asks for all; leave one of them out")
	}
	return a, err
}

// alone prints a result in a format that is no table; false if it is to be a table.
func (p printers[R]) alone(w io.Writer, how printing, result R) (bool, error) {
	print, ok := p[how.format]
	if !ok {
		return false, nil
	}
	if how.format == "json" {
		w = &plainJSON{to: w}
	}
	return true, buffered(w, func(w io.Writer) error { return print(w, result) })
}

// plainJSON writes JSON that may be looked at: characters that a terminal obeys, or that are not seen, are
// escaped, which is the same to programs. They stand within strings only.
type plainJSON struct {
	to   io.Writer
	rest []byte // of a character that goes on in the next write
}

func (p *plainJSON) Write(text []byte) (int, error) {
	all := append(p.rest, text...)
	out := make([]byte, 0, len(all))
	for len(all) > 0 && utf8.FullRune(all) {
		r, size := utf8.DecodeRune(all)
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			for _, unit := range utf16.AppendRune(nil, r) {
				out = fmt.Appendf(out, "\\u%04x", unit)
			}
		} else {
			out = append(out, all[:size]...)
		}
		all = all[size:]
	}
	p.rest = append([]byte(nil), all...)
	if _, err := p.to.Write(out); err != nil {
		return 0, err
	}
	return len(text), nil
}

// write writes a result into a file of a folder, in one of its formats.
func (p printers[R]) write(dir, file, format string, result R) error {
	return writeFile(filepath.Join(dir, file), func(w io.Writer) error {
		if format == "json" {
			w = &plainJSON{to: w}
		}
		return p[format](w, result)
	})
}
