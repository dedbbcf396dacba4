package ticketlog

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with the content of a file.
type Problem struct {
	Line   int    // counted from 1; 0 when it is about the file as a whole
	Col    int    // the character within the line, counted from 1; 0 when it is about the whole line
	Column string // the name of the table's column, where there is one
	Text   string // what is wrong
	Hint   string // what may help; may be empty
	// Foreign says that the table lacks a column that every log has, so that it is none.
	Foreign bool
}

// Error is the problem in one line: "line 3, character 118, column opened_at: … (hint)".
func (p *Problem) Error() string {
	var place []string
	if p.Line > 0 {
		place = append(place, fmt.Sprintf("line %d", p.Line))
	}
	if p.Col > 0 {
		place = append(place, fmt.Sprintf("character %d", p.Col))
	}
	if p.Column != "" {
		place = append(place, "column "+p.Column)
	}
	text := p.Text
	if len(place) > 0 {
		text = strings.Join(place, ", ") + ": " + text
	}
	if p.Hint != "" {
		text += " (" + p.Hint + ")"
	}
	return text
}

// MaxListed is how many problems of one file are listed; the rest is counted.
const MaxListed = 20

// Problems is everything that is wrong with one file.
type Problems struct {
	List []Problem // in the order of the file, at most MaxListed
	More int       // how many there are beyond those
}

// Err is nil if there are none, else an error with one line for each.
func (p *Problems) Err() error {
	if len(p.List) == 0 {
		return nil
	}
	return p
}

// Error has one line for each problem that is listed, and one for the rest.
func (p *Problems) Error() string {
	lines := make([]string, 0, len(p.List)+1)
	for i := range p.List {
		lines = append(lines, p.List[i].Error())
	}
	if p.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", p.More))
	}
	return strings.Join(lines, "\n")
}

func (p *Problems) add(q Problem) {
	if len(p.List) == MaxListed {
		p.More++
		return
	}
	p.List = append(p.List, q)
}

// clip shortens a cell for a message.
func clip(cell string) string {
	const most = 40
	runes := []rune(cell)
	if len(runes) <= most {
		return cell
	}
	return string(runes[:most-1]) + "…"
}

// Suggest is a hint for an unknown word: the nearest known one, else all of them.
func Suggest(word string, known []string) string { return suggest(word, known) }

func suggest(word string, known []string) string {
	best, distance := "", max(2, len([]rune(word))/3)+1
	for _, k := range known {
		if d := edits(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", clip(best))
	}
	const most = 12
	list := make([]string, 0, most)
	for _, k := range known[:min(most, len(known))] {
		list = append(list, clip(k))
	}
	if len(known) > most {
		list = append(list, "…")
	}
	return "known: " + strings.Join(list, ", ")
}

// edits is the number of single-character changes between two words (Levenshtein 1966).
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	// Only a rough answer is needed for very long words, and none for far apart ones.
	x, y = x[:min(len(x), 64)], y[:min(len(y), 64)]
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(y)]
}
