package outcome

import (
	"bufio"
	"encoding/json"
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

// Read reads an outcome file. What is no outcome file, is cut off, contradicts
// itself or is of a newer format is an error: a *ReadError, which says what is
// wrong and what helps.
func Read(r io.Reader) (*Experiment, error) { return read(r, largest) }

// largest is how many bytes an outcome file may have. A year of a hundred trials
// takes some tens of megabytes; a file beyond this is something else.
const largest = 1 << 30

func read(r io.Reader, most int64) (*Experiment, error) {
	data, err := content(r, most)
	if err != nil {
		return nil, err
	}
	if err := headed(data); err != nil {
		return nil, err
	}
	x := new(Experiment)
	if err := json.Unmarshal(data, x); err != nil {
		return nil, mistyped(err, data)
	}
	if err := x.check(); err != nil {
		return nil, &ReadError{ErrDamaged, err.Error(), again}
	}
	return x, nil
}

// content reads all of a file that can be JSON. What does not begin like it is not read to
// its end, which it may not have.
func content(r io.Reader, most int64) ([]byte, error) {
	b := bufio.NewReader(io.LimitReader(r, most+1))
	begins := false
	for !begins {
		c, err := b.ReadByte()
		switch {
		case err == io.EOF:
			return nil, &ReadError{ErrDamaged, "it is empty", again}
		case err != nil:
			return nil, err
		case c == '{':
			begins = true
			b.UnreadByte() // one byte back is always there
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			return nil, &ReadError{ErrNotOutcome, fmt.Sprintf("it begins with %q, not with {", c), other}
		}
	}
	data, err := io.ReadAll(b)
	if err == nil && int64(len(data)) > most {
		return nil, &ReadError{ErrNotOutcome, fmt.Sprintf("it has more than %d bytes", most), other}
	}
	return data, err
}

// headed looks at what a file says that it is.
func headed(data []byte) error {
	var head struct {
		Format  any    `json:"format"`
		Version any    `json:"version"`
		Tool    any    `json:"tool"`
		Base    string `json:"base"`
		Rows    any    `json:"rows"`
	}
	err := json.Unmarshal(data, &head)
	if err != nil && !json.Valid(data) {
		return unreadable(err, data)
	}
	name, _ := head.Format.(string)
	version, counted := head.Version.(float64)
	switch {
	case name == SweepFormat:
		return &ReadError{ErrNotOutcome, "it is the result of a sweep", "the outcome of each of its points is in the folder " + `"points" beside it`}
	case name == "" && head.Base != "" && head.Rows != nil:
		return &ReadError{ErrNotOutcome, "it is a comparison", "a comparison is made anew from the outcomes that were compared: headroom compare"}
	case name != FormatName:
		return &ReadError{ErrNotOutcome, fmt.Sprintf("it does not say %q", FormatName), other}
	case !counted || version < 1 || version != float64(int(version)):
		return &ReadError{ErrDamaged, fmt.Sprintf("%v is no version of the format", head.Version), again}
	case version > FormatVersion:
		return &ReadError{ErrTooNew, fmt.Sprintf("format %v, this program reads up to %d", version, FormatVersion), newer(head.Tool)}
	}
	return nil
}
