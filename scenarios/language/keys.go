package language

import (
	"slices"
	"strings"
)

// Key is a key of the language.
type Key struct {
	// Path is where the key stands; * is a name that the user chooses.
	Path string
	// Form is what may be written there; empty for a section with keys of its own.
	Form string
	// Default is what holds when the key is left out, as it would be written.
	Default string
	// Otherwise says what holds when the key is left out, where there is no fixed
	// default. A key with neither is required.
	Otherwise string
	// Meaning is one sentence.
	Meaning string
}

// Keys is the whole language, key by key, in the order of the manual.
func Keys() []Key { return append([]Key(nil), keys...) }

// ItsDefaults says that a section may be left out because each of its keys may.
const ItsDefaults = "the defaults of its keys"

// keys is the one table of keys: what is read, what a missing key means, and
// what an unknown key is compared with.
var keys = slices.Concat(demandKeys, deskKeys, promiseKeys)

// byPath finds keys. It is filled when the package starts and never changed.
var byPath = func() map[string]*Key {
	m := make(map[string]*Key, len(keys))
	for i := range keys {
		m[keys[i].Path] = &keys[i]
	}
	return m
}()

// At is the key at a path, with * for names that the user chooses; nil if the language has none.
func At(path string) *Key { return byPath[path] }

// Pattern is a path as the table of keys has it, with * for names.
func Pattern(path []string) string {
	pattern := ""
	for _, segment := range path {
		next := strings.TrimPrefix(pattern+"."+segment, ".")
		if At(next) == nil {
			next = strings.TrimPrefix(pattern+".*", ".")
		}
		pattern = next
	}
	return pattern
}

// Homes are the sections, written with NAME for a chosen name, that have the key.
func Homes(word string) string {
	var places []string
	for _, k := range keys {
		if section, ok := strings.CutSuffix(k.Path, "."+word); ok {
			places = append(places, strings.ReplaceAll(section, "*", "NAME"))
		} else if k.Path == word {
			places = append(places, "the top of the file")
		}
	}
	return strings.Join(places, " or ")
}

// ListNames are the keys under which the elements of lists carry their names.
var ListNames = map[string][]string{
	"demand": {"stream"},
	"bursts": {"name"},

	"backlog": {"name"},

	"deflection":   {"name"},
	"outages":      {"name"},
	"availability": {"channel"},

	"shifts":    {"name"},
	"policies":  {"name"},
	"contracts": {"name", "account", "tier"},
	"levels":    {"name"},

	"escalations": {"name"},
	"slow_tools":  {"name"},
	"overtime":    {"name"},
	"exceptions":  {"name"},
	"relaxations": {"name"},
}
