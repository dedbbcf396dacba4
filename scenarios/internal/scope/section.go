package scope

import (
	"fmt"

	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Section is a map of known keys while it is read: each key is in the table of
// keys, which has its default.
type Section struct {
	*yamltree.Table
	d       *Scope
	pattern string // the path of the section in the table of keys
}

// Section begins to read a map whose keys stand under pattern in the table of keys.
func (d *Scope) Section(v yamltree.Value, pattern string) Section {
	want := "a map of keys"
	if v.Exists() && v.Node.Kind != yamltree.Map && pattern != "" {
		want = fmt.Sprintf("a map with the keys of %s", pattern)
	}
	return Section{Table: v.Table(want), d: d, pattern: pattern}
}

// Key is the value of key, or its default.
func (s Section) Key(key string) yamltree.Value {
	path := s.pathOf(key)
	k := language.At(path)
	if k == nil {
		panic("scenarios: " + path + " is not in the table of keys")
	}
	s.d.Taken[path] = true
	v := s.Take(key)
	if k.Default != "" && s.OK() {
		v = v.Assume(k.Default)
	}
	switch {
	case v.Exists() && k.Form != "" && path != "variants":
		s.d.Note(v, k)
	case !v.Exists() && s.OK() && k.Otherwise != "" && k.Otherwise != language.ItsDefaults:
		s.d.Note(v.Assume(k.Otherwise), k)
	}
	return v
}

// Need is Key for a key that must be there.
func (s Section) Need(key, hint string) yamltree.Value {
	v := s.Key(key)
	if !v.Exists() && s.OK() {
		v.Failf(hint, "%s is missing", key)
	}
	return v
}

// Assumed notes a default that has been worked out, in place of the words of the
// table of keys.
func (s Section) Assumed(key, text string) {
	if s.OK() {
		s.d.Note(s.Value().Sub(key).Assume(text), language.At(s.pathOf(key)))
	}
}

// pathOf is the path of a key of the section in the table of keys.
func (s Section) pathOf(key string) string {
	if s.pattern == "" {
		return key
	}
	return s.pattern + "." + key
}

// Done reports the keys that nobody asked for.
func (s Section) Done() { s.Close(language.Homes) }

// Note keeps a value for Explain, with what its key means.
func (d *Scope) Note(v yamltree.Value, k *language.Key) {
	at := v.Place()
	setting := Setting{Path: v.Path, Value: v.Node.String(), Default: v.Assumed, Meaning: k.Meaning}
	if !v.Assumed && at.File != nil {
		setting.File, setting.Line = at.File.Name, at.Line
	}
	// What is noted twice is a default that has been worked out since.
	if i, again := d.noted[v.Path]; again {
		d.Settings[i] = setting
		return
	}
	d.noted[v.Path] = len(d.Settings)
	d.Settings = append(d.Settings, setting)
}

// Filled reports a section of names that has none.
func Filled(v yamltree.Value, what string) {
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

// Optional is v, or an empty map where v was not written, so that the defaults of
// a section that is left out apply.
func Optional(v yamltree.Value) yamltree.Value {
	if !v.Exists() {
		return v.AssumeMap()
	}
	return v
}

// Quiet is the value of a key, if it has the kind that it should have. What is
// wrong with it is reported when its own section is read.
func Quiet(v yamltree.Value, key string) yamltree.Value {
	if !v.Exists() || v.Node.Kind != yamltree.Map {
		return v.Sub(key)
	}
	child := v.Table("").Take(key)
	if child.Exists() && key != "account" && child.Node.Kind != yamltree.Map && child.Node.Kind != yamltree.List {
		return v.Sub(key)
	}
	return child
}
