package sheet

import (
	"sort"
	"strings"

	"gonum.org/v1/plot/vg"
)

// Shorten cuts s with an ellipsis so that it fits.
func Shorten(s string, room vg.Length, width func(string) vg.Length) string {
	if width(s) <= room {
		return s
	}
	runes := []rune(s)
	// The least number of letters, with an ellipsis, that does not fit.
	n := sort.Search(len(runes), func(n int) bool { return width(string(runes[:n])+"…") > room })
	if n == 0 {
		return ""
	}
	return string(runes[:n-1]) + "…"
}

// Wrap breaks s into at most limit lines that fit, the last one shortened.
func Wrap(s string, room vg.Length, limit int, width func(string) vg.Length) []string {
	var lines []string
	rest := fields(s)
	for len(rest) > 0 {
		if len(lines) == limit-1 {
			return append(lines, Shorten(joined(rest), room, width))
		}
		n := 1
		for n < len(rest) && width(joined(rest[:n+1])) <= room {
			n++
		}
		lines = append(lines, Shorten(joined(rest[:n]), room, width))
		rest = rest[n:]
	}
	return lines
}

// fields splits at ordinary spaces only. The narrow space within 12.4 % is no
// place to break a line.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
}

func joined(parts []string) string { return strings.Join(parts, " ") }
