// Package library holds the scenarios that are shipped with Headroom. Each opens
// with a comment: what it covers, the question that it answers, and the finding
// to expect.
package library

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

// Files are the scenarios, NAME.yaml, and the histories that they replay.
//
//go:embed *.yaml *.csv
var Files embed.FS

const ending = ".yaml"

// Names lists the shipped scenarios.
func Names() []string {
	files, err := fs.Glob(Files, "*"+ending)
	if err != nil {
		return nil // only a malformed pattern is an error
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(file, ending)
	}
	slices.Sort(names)
	return names
}

// Has reports whether a scenario of this name is shipped.
func Has(name string) bool { return slices.Contains(Names(), name) }

// File is the file of a shipped scenario within Files.
func File(name string) string { return name + ending }
