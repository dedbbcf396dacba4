// Package inspect is what tests look for in the texts, pictures and folders that reports write.
package inspect

import (
	"bytes"
	"encoding/csv"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"pgregory.net/rapid"
)

// Picture compares a picture with the one of its name in testdata, or with update rewrites that.
func Picture(t *testing.T, p gallery.Picture, update bool) {
	t.Helper()
	var b bytes.Buffer
	if err := chart.WritePNG(&b, p.Chart); err != nil {
		t.Fatal(err)
	}
	golden.Picture(t, filepath.Join("testdata", p.Name+".png"), b.Bytes(), update)
}

// PNG fails unless a file is a picture of the usual size.
func PNG(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil || c.Width != 1280 || c.Height != 720 {
		t.Errorf("%s: %d × %d, %v", path, c.Width, c.Height, err)
	}
}

// Records reads a CSV file, and fails where a spreadsheet would run a cell.
func Records(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all {
		for _, cell := range record {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				if _, err := strconv.ParseFloat(cell, 64); err != nil {
					t.Fatalf("%s: a spreadsheet would run %q", path, cell)
				}
			}
		}
	}
	return all
}

// Links fails unless report.md in a folder shows every picture there, and no other.
func Links(t *testing.T, dir string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	pictures, _ := filepath.Glob(filepath.Join(dir, "*.png"))
	links := regexp.MustCompile(`(?m)^!\[[^\n]*\]\(([^()\n]+)\)$`).FindAllSubmatch(page, -1)
	if len(links) != len(pictures) {
		t.Errorf("%d links to %d pictures", len(links), len(pictures))
	}
	for _, link := range links {
		if _, err := os.Stat(filepath.Join(dir, string(link[1]))); err != nil {
			t.Error(err)
		}
	}
}

// Plain puts ordinary spaces for thin ones.
func Plain(s string) string { return strings.ReplaceAll(s, format.Thin, " ") }

// Flat undoes the wrapping of lines.
func Flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// Number draws a number as nobody hopes for.
func Number(r *rapid.T, name string) float64 {
	return rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, -1, 1e-300, 1e300, -1e300, math.MaxFloat64, 1e17, 0.75}),
		rapid.Float64Range(0, 1), rapid.Float64Range(-100, 1e6),
	).Draw(r, name)
}

// Drawn fails unless every coordinate of a picture is a number.
func Drawn(r *rapid.T, p gallery.Picture) {
	var b bytes.Buffer
	if err := chart.WriteSVG(&b, p.Chart); err != nil {
		r.Fatalf("%s: %v", p.Name, err)
	}
	for line := range strings.Lines(words.ReplaceAllString(b.String(), "")) {
		if strings.Contains(line, "NaN") || strings.Contains(line, "Inf") {
			r.Fatalf("%s: %.200s", p.Name, line)
		}
	}
}

// words is where an SVG holds the words of names, which may be any.
var words = regexp.MustCompile(`aria-label="[^"]*"|<title>.*?</title>|(?s)<desc>.*?</desc>`)
