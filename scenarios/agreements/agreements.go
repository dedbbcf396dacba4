// Package agreements holds the usual structures of support agreements, each as a small
// scenario that runs as it is: by customer tier, by service, on several levels, by channel,
// and by priority. Each opens with a comment: what it covers, the question that it answers,
// and the finding to expect. The promises come first: they are what one copies from it.
//
// Like the presets they are texts to be copied and edited, and have no name.
package agreements

import (
	"embed"

	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
)

// Files are the agreements, NAME.yaml.
//
//go:embed *.yaml
var Files embed.FS

// Names lists the agreements.
func Names() []string { return shelf.Names(Files) }

// Text is an agreement as it is written. The error is fs.ErrNotExist if there is none of
// this name.
func Text(name string) ([]byte, error) { return Files.ReadFile(name + shelf.Ending) }

// Title is the line about an agreement, from its text; empty if there is none.
func Title(name string) string { return shelf.Title(Files, name) }
