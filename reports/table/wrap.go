package table

import (
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// width is the number of columns that s takes on a terminal.
func width(s string) int { return text.StringWidthWithoutEscSequences(s) }

// fields splits at ordinary spaces only. The narrow space within 12.4 % is white
// space to most functions, but no place to break a line; nor is 12.4 % ± 0.6 parted from its interval.
func fields(s string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
	for i := 1; i+1 < len(words); i++ {
		if words[i] == "±" {
			words[i-1] += " ± " + words[i+1]
			words = slices.Delete(words, i, i+2)
			i--
		}
	}
	return words
}

func longestWord(s string) int {
	longest := 0
	for _, word := range fields(s) {
		longest = max(longest, width(word))
	}
	return longest
}

// seams are the characters behind which a word may be parted that is too long for its line:
// breach_rate( tier=gold).
const seams = "(,=@/_-:;|&."

// pieces parts a word at its seams.
func pieces(word string) (parts []string) {
	from := 0
	for i, r := range word {
		if strings.ContainsRune(seams, r) {
			parts = append(parts, word[from:i+1]) // every seam is one byte long
			from = i + 1
		}
	}
	if from < len(word) {
		parts = append(parts, word[from:])
	}
	return parts
}

// longestPiece is the width of the longest part of s that has no place to break.
func longestPiece(s string) int {
	longest := 0
	for _, word := range fields(s) {
		for _, p := range pieces(word) {
			longest = max(longest, width(p))
		}
	}
	return longest
}

// wrap breaks s into lines of at most limit columns: at spaces, and within words
// that are too long, at their seams where they have some. A string that fits is left as it is, with all its spaces.
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
		if w <= limit {
			line, used = line+word, used+w
			continue
		}
		for _, piece := range pieces(word) {
			if pw := width(piece); used > 0 && used+pw > limit && pw <= limit {
				flush()
			}
			for _, r := range piece {
				if rw := text.RuneWidth(r); used > 0 && used+rw > limit {
					flush()
					line, used = string(r), rw
				} else {
					line, used = line+string(r), used+rw
				}
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
