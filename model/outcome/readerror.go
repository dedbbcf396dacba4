package outcome

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What can be wrong with an outcome file, to be found with errors.Is.
var (
	ErrNotOutcome = errors.New("not an outcome file")
	ErrTooNew     = errors.New("written by a newer version")
	ErrDamaged    = errors.New("damaged outcome file")
)

// ReadError says why a file cannot be read as an outcome.
type ReadError struct {
	Kind error  // ErrNotOutcome, ErrTooNew or ErrDamaged
	Text string // what is wrong
	Hint string // what helps
}

// Error is the kind and what is wrong, in one line. The hint is left to whoever
// shows the error.
func (e *ReadError) Error() string { return e.Kind.Error() + ": " + e.Text }

// Unwrap is the kind.
func (e *ReadError) Unwrap() error { return e.Kind }

// The hints.
const (
	again = "the program that wrote it was stopped, or the file was changed since: run the scenario again"
	other = "headroom run writes one: outcome.json in its folder"
)

// newer is the hint for a file of a later version, by the program that it names.
func newer(tool any) string {
	by := "a newer headroom"
	if name, ok := tool.(string); ok && name != "" {
		by = fmt.Sprintf("%q, which wrote it,", clip(name))
	}
	return "read it with " + by + " or run the scenario again with this one"
}

// unreadable says what is wrong with data that is not JSON.
func unreadable(err error, data []byte) error {
	// A file that is cut off is right up to its end: a reader of a stream would wait for more.
	// Whoever cut it may have ended the line.
	var whole json.RawMessage
	if json.NewDecoder(bytes.NewReader(bytes.TrimRight(data, "\r\n"))).Decode(&whole) == io.ErrUnexpectedEOF {
		return &ReadError{ErrDamaged, fmt.Sprintf("it ends in the middle, after %d bytes", len(data)), again}
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &ReadError{ErrDamaged, err.Error(), again}
	}
	return &ReadError{ErrDamaged, "line " + place(data, syntax.Offset) + ": " + syntax.Error(), again}
}

// mistyped says where data is JSON, but not what an outcome has there.
func mistyped(err error, data []byte) error {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return &ReadError{ErrDamaged, err.Error(), again}
	}
	field := clip(wrong.Field)
	if field == "" {
		field = "a value"
	}
	return &ReadError{ErrDamaged, fmt.Sprintf("line %s: %s cannot be a %s", place(data, wrong.Offset), field, clip(wrong.Value)), again}
}

// place is the line and column of an offset.
func place(data []byte, offset int64) string {
	before := data[:min(max(offset, 0), int64(len(data)))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1)
	return fmt.Sprintf("%d, column %d", line, max(column, 1))
}

// clip keeps what a file says about itself from filling the screen.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
