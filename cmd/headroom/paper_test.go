package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// A result that is written again leaves no table of the one before behind, and nobody else's file is touched.
func TestAFolderHasNoTableOfAnOlderResult(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	document := func(sections ...string) *paper.Document {
		d := &paper.Document{Title: "Test"}
		for _, name := range sections {
			of := &table.Table{Columns: []table.Column{{Head: "what"}}}
			of.Add(table.Text(name))
			d.Sections = append(d.Sections, paper.Section{Name: name, Title: name, Table: of})
		}
		d.Sections = append(d.Sections, paper.Section{Name: "mine", Title: "No table", Words: []string{"words"}})
		return d
	}
	for _, name := range []string{"mine.csv", "../outside.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("kept"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, sections := range [][]string{{"fee", "credits", "../outside"}, {"fee", "tails"}} {
		if err := writePaper(dir, "price", document(sections...)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writePaper(dir, "pack", document("credits")); err != nil {
		t.Fatal(err)
	}
	if err := writePaper(dir, "price", document("fee")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{"credits.csv", "fee.csv", "mine.csv", "pack.html", "pack.json", "pack.md", "price.html", "price.json", "price.md"}
	if !slices.Equal(names, want) {
		t.Errorf("the folder holds %q, want %q", names, want)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "../outside.csv")); err != nil || string(data) != "kept" {
		t.Errorf("what is outside of the folder is %q, %v", data, err)
	}
}
