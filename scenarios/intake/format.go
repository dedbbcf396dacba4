package intake

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// Format is a way in which other people write what happened to tickets.
type Format struct {
	Name  string // as in --from
	Title string // one line about it for people
	// Read tells the intake what the files say. What cannot be read at all is a *ticketlog.Problem,
	// as In wraps it; what is merely odd is told to the intake.
	Read func(in *Intake, files []Source) error
}

// Source is a file to import. It may be opened more than once.
type Source struct {
	Name string // for people
	Open func() (io.ReadCloser, error)
}

// In is a problem of a file: it says which.
func In(file string, p *ticketlog.Problem) error { return fmt.Errorf("%s: %w", file, p) }
