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
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
)

// Files are the presets, NAME.yaml.
//
//go:embed *.yaml
var Files embed.FS

// Names lists the presets.
func Names() []string { return shelf.Names(Files) }

// Has reports whether there is a preset of this name.
func Has(name string) bool { return slices.Contains(Names(), name) }

// File is the file of a preset within Files.
func File(name string) string { return name + shelf.Ending }

// Text is a preset as it is written. The error is fs.ErrNotExist if there is none of
// this name.
func Text(name string) ([]byte, error) { return Files.ReadFile(File(name)) }

// Title is the line about a preset, from its text; empty if there is none.
func Title(name string) string {
	text, err := Text(name)
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
