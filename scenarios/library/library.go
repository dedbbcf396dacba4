// Package library holds the scenarios that are shipped with Headroom. Each opens
// with a comment: what it covers, the question that it answers, and the finding
// to expect.
package library

import (
	"embed"
	"slices"

	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
)

// Files are the scenarios, NAME.yaml, and the histories that they replay.
//
//go:embed *.yaml *.csv
var Files embed.FS

// Names lists the shipped scenarios.
func Names() []string { return shelf.Names(Files) }

// Has reports whether a scenario of this name is shipped.
func Has(name string) bool { return slices.Contains(Names(), name) }

// File is the file of a shipped scenario within Files.
func File(name string) string { return name + shelf.Ending }
