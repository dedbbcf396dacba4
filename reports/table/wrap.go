package table

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// width is the number of columns that s takes on a terminal.
func width(s string) int { return text.StringWidthWithoutEscSequences(s) }

// fields splits at ordinary spaces only. The narrow space within 12.4 % is white
// space to most functions, but no place to break a line.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
}

func longestWord(s string) int {
	longest := 0
	for _, word := range fields(s) {
		longest = max(longest, width(word))
	}
	return longest
}

// wrap breaks s into lines of at most limit columns: at spaces, and within words
// that are too long. A string that fits is left as it is, with all its spaces.
// A limit of one column cannot hold wide letters; they then stand alone.
func wrap(s string, limit int) string {
	if limit <= 0 || width(s) <= limit {
		return s
	}
	var lines []string
	line, used := "", 0
	flush := func() {
		lines = append(lines, line)
		line, used = "", 0
	}
	for _, word := range fields(s) {
		w := width(word)
		if used > 0 && used+1+w > limit {
			flush()
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		for _, r := range word {
			if rw := text.RuneWidth(r); used > 0 && used+rw > limit {
				flush()
				line, used = string(r), rw
			} else {
				line, used = line+string(r), used+rw
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
