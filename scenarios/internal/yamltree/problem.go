package yamltree

import (
	"cmp"
	"slices"
	"strings"
)

// Problem is something wrong at a place.
type Problem struct {
	At   Span
	Path string // of the value, such as time.zone; may be empty
	Text string
	Hint string // what to do; may be empty
}

// Compare orders problems by file, line and column, then by text.
func (p Problem) Compare(q Problem) int {
	name := func(f *File) string {
		if f == nil {
			return ""
		}
		return f.Name
	}
	return cmp.Or(
		strings.Compare(name(p.At.File), name(q.At.File)),
		cmp.Compare(p.At.Line, q.At.Line),
		cmp.Compare(p.At.Column, q.At.Column),
		strings.Compare(p.Path, q.Path),
		strings.Compare(p.Text, q.Text),
	)
}

// Nearest is the word of known that is most like word: the one that takes the
// fewest single-letter changes (insertion, deletion, substitution, swap of
// neighbours; Damerau 1964, in the restricted form). ok is false when none is near
// enough to be meant.
func Nearest(word string, known []string) (nearest string, ok bool) {
	if len(word) > longestWord {
		return "", false
	}
	best := max(1, len([]rune(word))/3) + 1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance(fold(word), fold(k)); d < best {
			nearest, best, ok = k, d, true
		}
	}
	return nearest, ok
}

// fold makes words that differ in case or in the sort of dash alike.
func fold(s string) []rune {
	return []rune(strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(s)))
}

// longestWord is the longest word that might be a mistyped one.
const longestWord = 100

func distance(a, b []rune) int {
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}
