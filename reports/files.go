package reports

import (
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/pictures"
)

// The names of the files that are not pictures.
const (
	measuresFile = "measures.csv"
	seriesFile   = "series.csv"
)

// WriteFiles writes the report of an experiment into a directory that exists: all
// charts as PNG, SVG and PDF, measures.csv, series.csv and report.md. It returns the
// names of the files, in the order in which they were written; on an error also
// of those that are complete. Files of the same name are replaced.
func WriteFiles(dir string, x *outcome.Experiment) ([]string, error) {
	f := document.Folder{Dir: dir}
	shown := f.Pictures(pictures.Of(x))
	f.Write(measuresFile, func(w io.Writer) error { return WriteMeasures(w, x) })
	f.Write(seriesFile, func(w io.Writer) error { return WriteSeries(w, x) })
	f.Report(summarise(x), document.Titled(x.Scenario.Title, x.Scenario.Name), shown)
	return f.Written, f.Err
}

// Markdown writes the report of an experiment as Markdown. The pictures that it
// links to are those of WriteFiles.
func Markdown(w io.Writer, x *outcome.Experiment) error {
	return summarise(x).WriteMarkdown(w, document.Titled(x.Scenario.Title, x.Scenario.Name), document.Links(pictures.Of(x)))
}
