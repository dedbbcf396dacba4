// Package presets holds scenarios to start one's own from, one for each industry,
// with the figures that are usual there. Each opens with a comment: what it covers,
// the question that it answers, and the finding to expect. Every number has a
// comment of its own, and those that differ most between desks come first.
//
// They are texts to be copied and edited, comments and all, so they are not among the
// shipped scenarios, which stay as they are and can be extended. They have no name:
// a copy is called after its file.
package presets

import (
	"embed"

	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
)

// Files are the presets, NAME.yaml.
//
//go:embed *.yaml
var Files embed.FS

// Names lists the presets.
func Names() []string { return shelf.Names(Files) }

// Text is a preset as it is written. The error is fs.ErrNotExist if there is none of
// this name.
func Text(name string) ([]byte, error) { return Files.ReadFile(name + shelf.Ending) }

// Title is the line about a preset, from its text; empty if there is none.
func Title(name string) string { return shelf.Title(Files, name) }
