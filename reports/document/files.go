package document

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/gallery"
)

// reportFile is the name of the file that holds the report in words.
const reportFile = "report.md"

// Folder writes the files of a report into a directory that exists, until one fails.
type Folder struct {
	Dir     string
	Written []string // the names of the files that are complete
	Err     error    // why there are no more
}

// Pictures writes charts as PNG, SVG and PDF, and returns the links to them.
func (f *Folder) Pictures(all []gallery.Picture) []Link {
	for _, p := range all {
		f.Write(p.Name+".png", func(w io.Writer) error { return chart.WritePNG(w, p.Chart) })
		f.Write(p.Name+".svg", func(w io.Writer) error { return chart.WriteSVG(w, p.Chart) })
		f.Write(p.Name+".pdf", func(w io.Writer) error { return chart.WritePDF(w, p.Chart) })
	}
	return Links(all)
}

// Links are the links to the PNG files of charts.
func Links(all []gallery.Picture) []Link {
	var shown []Link
	for _, p := range all {
		shown = append(shown, Link{File: p.Name + ".png", Title: p.Title})
	}
	return shown
}

// Write writes a file, unless one has failed.
func (f *Folder) Write(name string, to func(io.Writer) error) {
	if f.Err != nil {
		return
	}
	if f.Err = create(filepath.Join(f.Dir, name), to); f.Err == nil {
		f.Written = append(f.Written, name)
	}
}

// Report writes a report as report.md, with links to pictures that lie beside it.
func (f *Folder) Report(d *Report, title string, shown []Link) {
	f.Write(reportFile, func(w io.Writer) error { return d.WriteMarkdown(w, title, shown) })
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
