package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/page"
)

// pageFile is the name of the self-contained page within a folder.
const pageFile = "report.html"

func htmlFlag() cli.Flag {
	return &cli.BoolFlag{Name: "html", Usage: "write the self-contained page " + pageFile + " and nothing else; of several outcomes, that of their comparison"}
}

// reportPage makes the page of one outcome, or of the comparison of several: into the folder that is
// asked for, else beside the first outcome, or to the output alone.
func reportPage(c *cli.Context, t terminal, alone bool) error {
	var xs []*outcome.Experiment
	for _, path := range c.Args().Slice() {
		x, err := readOutcome(path)
		if err != nil {
			return err
		}
		xs = append(xs, x)
	}
	write := func(w io.Writer) error { return page.Experiment(w, xs[0]) }
	if len(xs) > 1 {
		cmp, err := comparisonOf(xs)
		if err != nil {
			return err
		}
		write = func(w io.Writer) error { return page.Comparison(w, cmp.Comparison, xs) }
	}
	if alone {
		return buffered(t.out, write)
	}
	dir := c.String("out")
	if dir == "" {
		dir = besides(c.Args().First())
	} else if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	path := filepath.Join(dir, pageFile)
	if err := writeFile(path, write); err != nil {
		return err
	}
	_, err := fmt.Fprintf(t.out, "The page: %s\n", path)
	return err
}

// besides is the folder of an outcome that is given by its file or its folder.
func besides(path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return filepath.Dir(path)
	}
	return path
}
