package reports

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
)

// The names of the files that are not pictures.
const (
	measuresFile   = "measures.csv"
	seriesFile     = "series.csv"
	reportFile     = "report.md"
	comparisonFile = "comparison.csv"
)

// WriteFiles writes the report of an experiment into a directory that exists: all
// charts as PNG, SVG and PDF, measures.csv, series.csv and report.md. It returns the
// names of the files, in the order in which they were written; on an error also
// of those that are complete. Files of the same name are replaced.
func WriteFiles(dir string, x *outcome.Experiment) ([]string, error) {
	f := folder{dir: dir}
	shown := f.pictures(Pictures(x))
	f.write(measuresFile, func(w io.Writer) error { return WriteMeasures(w, x) })
	f.write(seriesFile, func(w io.Writer) error { return WriteSeries(w, x) })
	f.write(reportFile, func(w io.Writer) error {
		return summarise(x).writeMarkdown(w, titled(x.Scenario.Title, x.Scenario.Name), shown)
	})
	return f.written, f.err
}

// Markdown writes the report of an experiment as Markdown. The pictures that it
// links to are those of WriteFiles.
func Markdown(w io.Writer, x *outcome.Experiment) error {
	return summarise(x).writeMarkdown(w, titled(x.Scenario.Title, x.Scenario.Name), links(Pictures(x)))
}

// WriteComparisonFiles is WriteFiles for a comparison: the charts,
// comparison.csv and report.md.
func WriteComparisonFiles(dir string, c *outcome.Comparison) ([]string, error) {
	f := folder{dir: dir}
	shown := f.pictures(ComparisonPictures(c))
	f.write(comparisonFile, func(w io.Writer) error { return WriteComparison(w, c) })
	f.write(reportFile, func(w io.Writer) error {
		return compared(c).writeMarkdown(w, "Comparison with "+c.Base, shown)
	})
	return f.written, f.err
}

// folder writes files until one fails.
type folder struct {
	dir     string
	written []string
	err     error
}

func (f *folder) pictures(all []Picture) []picture {
	for _, p := range all {
		f.write(p.Name+".png", func(w io.Writer) error { return chart.WritePNG(w, p.Chart) })
		f.write(p.Name+".svg", func(w io.Writer) error { return chart.WriteSVG(w, p.Chart) })
		f.write(p.Name+".pdf", func(w io.Writer) error { return chart.WritePDF(w, p.Chart) })
	}
	return links(all)
}

func links(all []Picture) []picture {
	var shown []picture
	for _, p := range all {
		shown = append(shown, picture{File: p.Name + ".png", Title: p.Title})
	}
	return shown
}

func (f *folder) write(name string, to func(io.Writer) error) {
	if f.err != nil {
		return
	}
	if f.err = create(filepath.Join(f.dir, name), to); f.err == nil {
		f.written = append(f.written, name)
	}
}

// create writes a file through a buffer.
func create(path string, to func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(file)
	err = to(b)
	if err == nil {
		err = b.Flush()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
