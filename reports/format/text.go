package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a string from data safe to print: control characters, and with
// them the start of every escape sequence of a terminal, become �, as do bytes
// that are not UTF-8; line ends and tabs become spaces; marks that reorder text
// or are invisible are dropped.
func Clean(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		case unicode.IsControl(r):
			b.WriteRune(utf8.RuneError)
		case hidden(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func clean(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) || hidden(r) || r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

// Lines is Clean for text of several lines, such as a piece of a file with a mark below what is meant:
// line ends stay, and whatever is replaced keeps its place, so that the mark still stands below it.
func Lines(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || hidden(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// hidden reports whether r is a format character, such as a mark that turns
// the direction of writing around. The joiners are kept: scripts need them.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
}

// Words turns a word of the scenario language into words of a sentence:
// first_reply becomes first reply.
func Words(name string) string { return strings.ReplaceAll(Clean(name), "_", " ") }

// List writes names as a list in a sentence: a, b and c.
func List(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Join puts the parts that say something into one line.
func Join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = Clean(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// Short is the beginning of a digest, enough to tell scenarios apart.
func Short(digest string) string {
	digest = Clean(digest)
	return digest[:min(len(digest), 12)]
}

// InUnit is a name with its unit or currency, where it has one: cost, GBP.
func InUnit(name, unit string) string {
	if unit = Clean(unit); unit == "" {
		return name
	}
	return name + ", " + unit
}

// Plural is the word for a count: 1 trial, 2 trials.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1" + Thin + one
	}
	return Count(float64(n)) + Thin + many
}

// Capital begins a text with a capital letter.
func Capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
