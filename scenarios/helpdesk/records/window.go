package records

import (
	"errors"
	"io"
)

// errLong means that a record is longer than it may be, errSyntax that something is not JSON.
var (
	errLong   = errors.New("a record is too long")
	errSyntax = errors.New("this is not JSON")
)

// window is the part of a file that is being read: a record is read where it lies, and is there until the next one is read.
type window struct {
	in     io.Reader
	text   []byte
	at     int   // what comes next
	offset int64 // of the text in the file
	err    error // of in: nothing more comes
}

// firstWindow is how much is read at once as long as no record is longer.
const firstWindow = 1 << 17

// fill reads on, and reports whether anything came.
func (w *window) fill() bool {
	if w.err != nil {
		return false
	}
	if free := w.at; free > 0 {
		w.offset += int64(free)
		w.text, w.at = w.text[:copy(w.text, w.text[free:])], 0
	}
	if len(w.text) == cap(w.text) {
		larger := make([]byte, len(w.text), max(firstWindow, 2*len(w.text)))
		copy(larger, w.text)
		w.text = larger
	}
	before := len(w.text)
	for len(w.text) == before && w.err == nil {
		var n int
		n, w.err = w.in.Read(w.text[before:cap(w.text)])
		w.text = w.text[:before+n]
	}
	return len(w.text) > before
}

// peek is the next byte that is no space, without taking it.
func (w *window) peek() (byte, error) {
	for {
		if w.at = space(w.text, w.at); w.at < len(w.text) {
			return w.text[w.at], nil
		}
		if !w.fill() {
			return 0, w.err
		}
	}
}

// within is peek where the file may not end.
func (w *window) within() (byte, error) {
	c, err := w.peek()
	return c, unexpected(err)
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// value reads the next value into a tape, which holds until the window moves on, and steps over it.
func (w *window) value(t *tape) error {
	if _, err := w.within(); err != nil {
		return err
	}
	for {
		end, v := t.read(w.text, w.at, w.err != nil)
		switch {
		case v == broken:
			return errSyntax
		case end-w.at > MaxRecord:
			return errLong
		case v == whole:
			w.at = end
			return nil
		case !w.fill():
			return unexpected(w.err)
		}
	}
}

// pass steps over the object that begins here.
func (w *window) pass() error {
	for {
		end, v := past(w.text, w.at)
		switch {
		case end-w.at > MaxRecord:
			return errLong
		case v == whole:
			w.at = end
			return nil
		case !w.fill():
			return unexpected(w.err)
		}
	}
}

// here reads the value that begins here, a brace, into a tape, if it lies in the window, and does not step over it.
func (w *window) here(t *tape) (end int, ok bool) {
	end, v := t.read(w.text, w.at, w.err != nil)
	for v == short && len(w.text)-w.at < firstWindow/2 && w.fill() {
		end, v = t.read(w.text, w.at, w.err != nil)
	}
	return end, v == whole
}
