package eventlog

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// casePrefix begins the names of the attributes of a trace.
const casePrefix = "case:"

// leash lets an XML decoder read so much between two tokens and no more, since it holds each of
// them as a whole.
type leash struct {
	in   io.Reader
	left int
}

var errLong = errors.New("too long")

func (l *leash) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLong
	}
	n, err := l.in.Read(b)
	l.left -= n
	return n, err
}

// eachEvent gives the events of an XES log (IEEE 1849-2016): its attributes, those of its trace, and
// for each attribute within another one its name behind a stroke.
func eachEvent(in *unpacked, give func(*record) error) error {
	x := &xesReader{leash: &leash{in: in, left: 2 * ticketlog.MaxRow}}
	x.dec = xml.NewDecoder(x.leash)
	for {
		token, err := x.token()
		if err == io.EOF && !x.opened {
			return &ticketlog.Problem{Line: 1, Text: "there is no log element", Hint: "an XES file begins with <log>"}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return x.broken(in, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case start.Name.Local == "log":
			x.opened = true
		case !x.opened:
			return &ticketlog.Problem{Line: x.line(), Text: fmt.Sprintf("the file begins with %s, not with log: it is no XES", clip(start.Name.Local))}
		case start.Name.Local == "trace":
			err = x.trace(give)
		default: // extensions, classifiers, what holds for all, attributes of the log
			err = x.dec.Skip()
		}
		if err != nil {
			return x.broken(in, err)
		}
	}
}

type xesReader struct {
	dec    *xml.Decoder
	leash  *leash
	opened bool
	traces []pair // attributes of the current trace
	rec    record
}

func (x *xesReader) token() (xml.Token, error) {
	x.leash.left = 2 * ticketlog.MaxRow
	return x.dec.Token()
}

func (x *xesReader) line() int {
	line, _ := x.dec.InputPos()
	return line
}

// trace reads a trace; its attributes stand before its events.
func (x *xesReader) trace(give func(*record) error) error {
	x.traces = x.traces[:0]
	for {
		token, err := x.token()
		if err != nil {
			return cutOff(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if t.Name.Local != "event" {
				x.traces, err = x.attribute(x.traces, casePrefix, t, 0)
				break
			}
			x.rec.line = x.line()
			x.rec.pairs = append(x.rec.pairs[:0], x.traces...)
			if err = x.event(); err == nil {
				err = give(&x.rec)
			}
		}
		if err != nil {
			return err
		}
	}
}

// event reads the attributes of an event.
func (x *xesReader) event() error {
	for {
		token, err := x.token()
		if err != nil {
			return cutOff(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if x.rec.pairs, err = x.attribute(x.rec.pairs, "", t, 0); err != nil {
				return err
			}
		}
	}
}

// attribute reads an attribute with those within it.
func (x *xesReader) attribute(pairs []pair, prefix string, start xml.StartElement, depth int) ([]pair, error) {
	if depth > maxDepth || len(pairs) > 10_000 {
		return pairs, &ticketlog.Problem{Line: x.line(), Text: fmt.Sprintf("attributes lie more than %d deep in one another, or there are more than 10,000 of them", maxDepth)}
	}
	name := prefix + valueOf(start, "key")
	if i := slices.IndexFunc(start.Attr, func(a xml.Attr) bool { return a.Name.Local == "value" }); i >= 0 {
		pairs = append(pairs, pair{name, start.Attr[i].Value})
	}
	for {
		token, err := x.token()
		if err != nil {
			return pairs, cutOff(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return pairs, nil
		case xml.StartElement:
			if pairs, err = x.attribute(pairs, name+"/", t, depth+1); err != nil {
				return pairs, err
			}
		}
	}
}

func valueOf(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// cutOff is an end where none may be.
func cutOff(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// broken tells an error at its line.
func (x *xesReader) broken(in *unpacked, err error) error {
	var syntax *xml.SyntaxError
	var problem *ticketlog.Problem
	told := in.broken(x.line(), err)
	switch {
	case errors.As(told, &problem):
		return told
	case errors.Is(err, errLong):
		return &ticketlog.Problem{Line: x.line(), Text: fmt.Sprintf("an element is longer than %d bytes", 2*ticketlog.MaxRow)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return &ticketlog.Problem{Line: x.line(), Text: "the file ends in the middle of the log: it was cut off"}
	case errors.As(err, &syntax):
		return &ticketlog.Problem{Line: syntax.Line, Text: "the file is not XML: " + syntax.Msg}
	}
	return err
}
