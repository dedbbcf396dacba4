package outcome

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Write writes an experiment as an outcome file.
func (x *Experiment) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	if err := json.NewEncoder(b).Encode(x); err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	return b.Flush()
}

// Errors of Read, to be found with errors.Is.
var (
	ErrNotOutcome = errors.New("not an outcome file")
	ErrTooNew     = errors.New("written by a newer version")
	ErrDamaged    = errors.New("damaged outcome file")
)

// Read reads an outcome file. What is no outcome file, is cut off, contradicts
// itself or is of a newer format is an error.
func Read(r io.Reader) (*Experiment, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(data, &head); {
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(data)) && len(data) > 0:
		return nil, fmt.Errorf("%w: it ends in the middle, after %d bytes", ErrDamaged, len(data))
	case err != nil || head.Format != FormatName:
		return nil, fmt.Errorf("%w: it does not say %q", ErrNotOutcome, FormatName)
	case head.Version > FormatVersion:
		return nil, fmt.Errorf("%w: format %d, this program reads up to %d", ErrTooNew, head.Version, FormatVersion)
	}
	x := new(Experiment)
	if err := json.Unmarshal(data, x); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if err := x.check(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return x, nil
}

// check finds lengths that do not fit together, so that readers need not.
func (x *Experiment) check() error {
	if x.Replications < 0 || x.Scenario.Interval <= 0 || x.Scenario.Length <= 0 {
		return fmt.Errorf("%d replications of %v in intervals of %v", x.Replications, x.Scenario.Length, x.Scenario.Interval)
	}
	for i := range x.Measures {
		m := &x.Measures[i]
		if len(m.Num) != x.Replications || len(m.Den) != x.Replications {
			return fmt.Errorf("%s has %d and %d totals for %d replications", m.Describe(), len(m.Num), len(m.Den), x.Replications)
		}
	}
	n := int((x.Scenario.Length + x.Scenario.Interval - 1) / x.Scenario.Interval)
	for i := range x.Series {
		s := &x.Series[i]
		spread := len(s.P10) == len(s.P90) && (len(s.P10) == 0 || len(s.P10) == n)
		if len(s.Mean) != n || len(s.Low) != n || len(s.High) != n || !spread {
			return fmt.Errorf("series %s %s has not %d intervals", s.Name, s.Labels, n)
		}
	}
	for i := range x.Waits {
		if len(x.Waits[i].Upper) != len(x.Waits[i].Count) {
			return fmt.Errorf("a waiting-time distribution has %d bounds and %d counts", len(x.Waits[i].Upper), len(x.Waits[i].Count))
		}
	}
	return nil
}
