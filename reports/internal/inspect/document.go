package inspect

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Forms are a document in all its forms, by the ending of a file's name; as text 120 columns wide, with all tables where
// full is asked for.
func Forms(t *testing.T, d *paper.Document, full bool) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"txt":  func(b *bytes.Buffer) error { return d.WriteText(b, table.Style{Width: 120}, full) },
		"md":   func(b *bytes.Buffer) error { return d.WriteMarkdown(b) },
		"csv":  func(b *bytes.Buffer) error { return d.WriteCSV(b) },
		"json": func(b *bytes.Buffer) error { return d.WriteJSON(b) },
		"html": func(b *bytes.Buffer) error { return d.WriteHTML(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	return out
}

// PageText is what a page says, one text after another, without styles and programs.
func PageText(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if p := n.Parent; n.Type != html.TextNode || p.Data == "style" || p.Data == "script" {
			continue
		}
		if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}

// Rows are a document's tables for machines, by name, with a map from heads to cells for each line.
func Rows(t *testing.T, d *paper.Document) map[string][]map[string]string {
	t.Helper()
	out := map[string][]map[string]string{}
	names, tables := d.Data()
	for i, name := range names {
		var b bytes.Buffer
		if err := tables[i].WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records[1:] {
			line := map[string]string{}
			for k, cell := range r {
				line[records[0][k]] = cell
			}
			out[name] = append(out[name], line)
		}
	}
	return out
}
