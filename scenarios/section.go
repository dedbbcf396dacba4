package scenarios

import (
	"fmt"

	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// section is a map of known keys while it is read: each key is in the table of
// keys, which has its default.
type section struct {
	*yamltree.Table
	d       *scope
	pattern string // the path of the section in the table of keys
}

func (d *scope) section(v yamltree.Value, pattern string) section {
	want := "a map of keys"
	if v.Exists() && v.Node.Kind != yamltree.Map && pattern != "" {
		want = fmt.Sprintf("a map with the keys of %s", pattern)
	}
	return section{Table: v.Table(want), d: d, pattern: pattern}
}

// take is the value of key, or its default.
func (s section) take(key string) yamltree.Value {
	path := s.pathOf(key)
	k := keyAt(path)
	if k == nil {
		panic("scenarios: " + path + " is not in the table of keys")
	}
	s.d.taken[path] = true
	v := s.Take(key)
	if k.Default != "" && s.OK() {
		v = v.Assume(k.Default)
	}
	switch {
	case v.Exists() && k.Form != "" && path != "variants":
		s.d.note(v, k)
	case !v.Exists() && s.OK() && k.Otherwise != "" && k.Otherwise != itsDefaults:
		s.d.note(v.Assume(k.Otherwise), k)
	}
	return v
}

// need is take for a key that must be there.
func (s section) need(key, hint string) yamltree.Value {
	v := s.take(key)
	if !v.Exists() && s.OK() {
		v.Failf(hint, "%s is missing", key)
	}
	return v
}

// assumed notes a default that has been worked out, in place of the words of the
// table of keys.
func (s section) assumed(key, text string) {
	if s.OK() {
		s.d.note(s.Value().Sub(key).Assume(text), keyAt(s.pathOf(key)))
	}
}

// pathOf is the path of a key of the section in the table of keys.
func (s section) pathOf(key string) string {
	if s.pattern == "" {
		return key
	}
	return s.pattern + "." + key
}

func (s section) close() { s.Close(homes) }

func (d *scope) note(v yamltree.Value, k *Key) {
	at := v.Place()
	setting := Setting{Path: v.Path, Value: v.Node.String(), Default: v.Assumed, Meaning: k.Meaning}
	if !v.Assumed && at.File != nil {
		setting.File, setting.Line = at.File.Name, at.Line
	}
	// What is noted twice is a default that has been worked out since.
	if i, again := d.noted[v.Path]; again {
		d.settings[i] = setting
		return
	}
	d.noted[v.Path] = len(d.settings)
	d.settings = append(d.settings, setting)
}

// filled reports a section of names that has none.
func filled(v yamltree.Value, what string) {
	if v.Exists() && (v.Node.Kind == yamltree.Map && len(v.Node.Pairs) == 0 || v.Node.Kind == yamltree.List && len(v.Node.Items) == 0) {
		v.Failf("", "there are no %s", what)
	}
}

// Setting is one value that a scenario uses, written or assumed.
type Setting struct {
	Path    string // such as time.zone
	Value   string // as it would be written; for a default perhaps in words
	Default bool   // nobody wrote it
	File    string // where it was written; empty for a default
	Line    int
	Meaning string // one sentence on the key
}

// optional is v, or an empty map where v was not written, so that the defaults of
// a section that is left out apply.
func optional(v yamltree.Value) yamltree.Value {
	if !v.Exists() {
		return v.AssumeMap()
	}
	return v
}

// quiet is the value of a key, if it has the kind that it should have. What is
// wrong with it is reported when its own section is read.
func quiet(v yamltree.Value, key string) yamltree.Value {
	if !v.Exists() || v.Node.Kind != yamltree.Map {
		return v.Sub(key)
	}
	child := v.Table("").Take(key)
	if child.Exists() && key != "account" && child.Node.Kind != yamltree.Map && child.Node.Kind != yamltree.List {
		return v.Sub(key)
	}
	return child
}
