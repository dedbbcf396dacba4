package model

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
)

// canonicalHeader names the encoding. A change that gives an unchanged scenario
// another text must raise the number.
const canonicalHeader = "headroom scenario 2\n"

// Digest is the SHA-256 of the canonical encoding, in hexadecimal. Two scenarios
// with the same digest have the same results for the same seed.
func (s *Scenario) Digest() string {
	sum := sha256.New()
	s.writeCanonical(sum)
	return hex.EncodeToString(sum.Sum(nil))
}

// Canonical is the scenario as text, for the digest and for finding out in what
// two scenarios differ: a line for each number and word that is not zero, with
// its place in the Go value, and for each list its length. It depends on nothing
// but what the scenario says: not on the order of maps, on where values lie in
// memory, on whether an empty list is nil (but for a replay, where nil means that there is
// none). The title is left out, since it changes no result, and so are alternatives to contracts
// the rules by which rosters may be made, and the shrinkage of months that are planned. Fields that are zero leave no
// trace, so that a new field whose zero value means "as before" leaves old digests alone.
func (s *Scenario) Canonical() []byte {
	var b bytes.Buffer
	s.writeCanonical(&b)
	return b.Bytes()
}

func (s *Scenario) writeCanonical(w io.Writer) {
	e := encoder{w: bufio.NewWriter(w)}
	e.w.WriteString(canonicalHeader)
	untitled := *s
	untitled.Title = ""
	untitled.Contracts = slices.Clone(s.Contracts)
	for i := range untitled.Contracts {
		untitled.Contracts[i].Alternatives = nil
	}
	untitled.Teams = slices.Clone(s.Teams)
	for i := range untitled.Teams {
		untitled.Teams[i].Rules, untitled.Teams[i].Monthly = nil, nil
	}
	e.value(reflect.ValueOf(untitled))
	e.w.Flush() // neither a hash nor a buffer can fail
}

// encoder walks a value and writes lines. It reads exported fields alone; a type
// that keeps what it means in others must be among the special ones in value.
type encoder struct {
	w    *bufio.Writer
	path []byte
}

var (
	timeType     = reflect.TypeFor[time.Time]()
	locationType = reflect.TypeFor[*time.Location]()
	distType     = reflect.TypeFor[dist.Dist]()
	replayType   = reflect.TypeFor[[]demand.Arrival]()
)

func (e *encoder) value(v reflect.Value) {
	switch v.Type() {
	case timeType:
		if t := v.Interface().(time.Time); !t.IsZero() {
			e.line(t.Format(time.RFC3339Nano) + " " + t.Location().String())
		}
		return
	case locationType:
		if zone := v.Interface().(*time.Location); zone != nil {
			e.line(zone.String())
		}
		return
	case distType:
		if d := v.Interface().(dist.Dist); !d.IsZero() {
			e.line(d.String())
		}
		return
	case replayType:
		if v.Len() == 0 && !v.IsNil() {
			e.line("[0]")
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		e.fields(v)
	case reflect.Slice:
		if v.Len() > 0 {
			e.line("[" + strconv.Itoa(v.Len()) + "]")
		}
		e.entries(v)
	case reflect.Array:
		e.entries(v)
	case reflect.Map:
		e.mapped(v)
	case reflect.Pointer:
		if !v.IsNil() {
			e.line("*")
			e.value(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			e.line(v.Elem().Type().Name())
			e.value(v.Elem())
		}
	default:
		if text := scalar(v); text != "" {
			e.line(text)
		}
	}
}

// scalar is a number or word as text, empty if it is zero.
func scalar(v reflect.Value) string {
	switch {
	case v.Kind() == reflect.String:
		if v.Len() > 0 {
			return strconv.Quote(v.String())
		}
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return "true"
		}
	case v.CanInt():
		if v.Int() != 0 {
			return strconv.FormatInt(v.Int(), 10)
		}
	case v.CanUint():
		if v.Uint() != 0 {
			return strconv.FormatUint(v.Uint(), 10)
		}
	case v.CanFloat():
		if v.Float() != 0 { // nor minus zero
			return strconv.FormatFloat(v.Float(), 'g', -1, 64)
		}
	default:
		panic(fmt.Sprintf("model: %v has no canonical form", v.Type()))
	}
	return ""
}

func (e *encoder) fields(v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		name := field.Name
		if len(e.path) > 0 {
			name = "." + name
		}
		e.below(name, v.Field(i))
	}
}

func (e *encoder) entries(v reflect.Value) {
	for i := range v.Len() {
		e.below("["+strconv.Itoa(i)+"]", v.Index(i))
	}
}

// mapped writes a map in the order of its keys as text. A set, which is a map to
// bool, holds the keys that are true; other maps hold all of their keys.
func (e *encoder) mapped(v reflect.Value) {
	type pair struct {
		name  string
		value reflect.Value
	}
	var pairs []pair
	for it := v.MapRange(); it.Next(); {
		pairs = append(pairs, pair{fmt.Sprintf("[%v]", it.Key().Interface()), it.Value()})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	for _, p := range pairs {
		if p.value.Kind() != reflect.Bool {
			e.below(p.name, reflect.ValueOf("there"))
		}
		e.below(p.name, p.value)
	}
}

// below writes a value whose place is one step further down.
func (e *encoder) below(step string, v reflect.Value) {
	length := len(e.path)
	e.path = append(e.path, step...)
	e.value(v)
	e.path = e.path[:length]
}

func (e *encoder) line(text string) {
	e.w.Write(e.path)
	e.w.WriteByte('=')
	e.w.WriteString(text)
	e.w.WriteByte('\n')
}
