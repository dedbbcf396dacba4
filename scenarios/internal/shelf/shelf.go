// Package shelf finds scenarios by name among files that are shipped with the
// program.
package shelf

import (
	"io/fs"
	"slices"
	"strings"
)

// Ending is that of a scenario's file: the scenario NAME is NAME.yaml.
const Ending = ".yaml"

// Names lists the scenarios among files.
func Names(files fs.FS) []string {
	found, err := fs.Glob(files, "*"+Ending)
	if err != nil {
		return nil // only a malformed pattern is an error
	}
	names := make([]string, len(found))
	for i, file := range found {
		names[i] = strings.TrimSuffix(file, Ending)
	}
	slices.Sort(names)
	return names
}

// Title is the line about a scenario, from its text; empty if there is no such scenario.
func Title(files fs.FS, name string) string {
	text, err := fs.ReadFile(files, name+Ending)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "title: "); ok {
			return strings.TrimSpace(title)
		}
	}
	return ""
}
