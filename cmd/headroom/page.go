package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/page"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// pageFile is the name of the self-contained page within a folder.
const pageFile = "report.html"

func htmlFlag() cli.Flag {
	return &cli.BoolFlag{Name: "html", Usage: "write the self-contained page " + pageFile + " and nothing else; of several outcomes, that of their comparison"}
}

// writePage writes the page of an experiment into a folder.
func writePage(dir string, x *outcome.Experiment) error {
	return writeFile(filepath.Join(dir, pageFile), func(w io.Writer) error { return page.Experiment(w, x) })
}

// reportPage makes the page of one outcome, or of the comparison of several. It goes into the folder
// that is asked for, else beside the first outcome.
func reportPage(c *cli.Context, t terminal) error {
	var xs []*outcome.Experiment
	for _, path := range c.Args().Slice() {
		x, err := readOutcome(path)
		if err != nil {
			return err
		}
		xs = append(xs, x)
	}
	dir := c.String("out")
	if dir == "" {
		dir = besides(c.Args().First())
	} else if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := writeOne(dir, xs); err != nil {
		return err
	}
	_, err := fmt.Fprintf(t.out, "The page: %s\n", filepath.Join(dir, pageFile))
	return err
}

func writeOne(dir string, xs []*outcome.Experiment) error {
	if len(xs) == 1 {
		return writePage(dir, xs[0])
	}
	cmp, err := experiment.Compare(xs)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, pageFile), func(w io.Writer) error { return page.Comparison(w, cmp, xs) })
}

// besides is the folder of an outcome that is given by its file or its folder.
func besides(path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return filepath.Dir(path)
	}
	return path
}
