package eventlog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Guess writes a mapping that may fit a file, by its header and first rows. Each line says why.
// It is a guess: somebody has to look at it before it is used. The zone of times that name none is
// declared by whoever asks; nil if it is not.
func Guess(file intake.Source, zone *time.Location) ([]byte, error) {
	s, err := readSample(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file.Name, err)
	}
	if len(s.rows) == 0 {
		return nil, fmt.Errorf("%s: %w", file.Name, &ticketlog.Problem{Text: "there is no row to guess by"})
	}
	g := &guess{sample: s, used: map[int]bool{}, doc: draft.New(), zone: zone}
	g.write()
	return g.doc.Encode(fmt.Sprintf("A guess by the header and the first %d rows of %s: check every line, then\n  headroom import --mapping THIS-FILE %s", len(s.rows), file.Name, file.Name))
}

// guess is a mapping while it is guessed.
type guess struct {
	*sample
	doc    *draft.Map
	used   map[int]bool
	layout string
	zone   *time.Location
	times  []int // columns that hold times
	many   bool  // a ticket has many rows
}

// write guesses line by line.
func (g *guess) write() {
	g.doc.Set("from", g.from, "")
	if g.from == "csv" && g.comma != ',' {
		text := string(rune(g.comma))
		if g.comma == '\t' {
			text = "tab"
		}
		g.doc.Set("separator", text, "it stands most often in the header")
	}
	g.findTimes()
	id := g.find("ticket", ticketWords, func(i int) bool { return !slices.Contains(g.times, i) })
	most := g.mostRows(id)
	g.many = most > 1
	event, events := g.findWords(eventColumns, eventMeanings)
	rows, why := Tickets, "no ticket has two rows in the sample"
	if g.many {
		rows, why = Updates, fmt.Sprintf("a ticket has up to %d rows in the sample", most)
		if len(events) > 0 {
			rows, why = Events, why+", and a column says what happened"
		}
	}
	g.doc.Set("rows", rowWords[rows], why)
	g.column("ticket", id, fmt.Sprintf("%d different in %d rows", g.different(id), len(g.rows)))
	g.writeTimes()
	g.writeMissing()
	if g.many && len(events) > 0 {
		g.column("event", event, "")
		g.meanings("events", events)
	}
	if status, statuses := g.findWords(statusColumns, statusMeanings); g.many && len(statuses) > 0 {
		g.column("status", status, "")
		g.meanings("statuses", statuses)
	}
	for _, key := range attributeKeys {
		i := g.find(key, attributeWords[key], func(i int) bool { return !slices.Contains(g.times, i) && !final(g.columns[i]) })
		if i >= 0 {
			why := g.examples(i)
			if key == "account" || key == "agent" { // persons are not shown
				why = fmt.Sprintf("%d different in the sample", g.different(i))
			}
			g.column(key, i, why)
		}
	}
}

// final reports whether a column may hold what is known only in the end.
func final(name string) bool {
	name = plain(name)
	return strings.HasPrefix(name, "clos") || strings.HasPrefix(name, "resol") || strings.HasPrefix(name, "solv")
}

// column writes a line of the mapping.
func (g *guess) column(key string, i int, why string) {
	if i < 0 {
		g.doc.Set(key, "", "no column looks like it: write its name")
		return
	}
	g.used[i] = true
	g.doc.Set(key, g.columns[i], why)
}

// plain is the name of a column in small letters, with one space between words.
func plain(name string) string {
	name = strings.ToLower(strings.TrimPrefix(name, casePrefix))
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" _-.:/#()[]", r) }), " ")
}

// find is the column that is called most like one of some words, the first words before the others; -1
// if there is none.
func (g *guess) find(key string, words []string, may func(int) bool) int {
	for _, exact := range []bool{true, false} {
		for _, word := range words {
			for i, name := range g.columns {
				name = plain(name)
				fits := name == word || !exact && key != "ticket" && strings.Contains(" "+name+" ", " "+word+" ")
				if fits && !g.used[i] && may(i) && g.different(i) > 0 {
					return i
				}
			}
		}
	}
	return -1
}

// known reports whether a cell says something.
func known(cell string) bool { return cell != "" && !slices.Contains(usualMissing, cell) }

// different is how many different values a column has.
func (g *guess) different(i int) int {
	if i < 0 {
		return 0
	}
	seen := map[string]bool{}
	for _, row := range g.rows {
		if known(row[i]) {
			seen[row[i]] = true
		}
	}
	return len(seen)
}

// mostRows is how many rows a ticket has at most.
func (g *guess) mostRows(id int) (most int) {
	if id < 0 {
		return 1
	}
	n := map[string]int{}
	for _, row := range g.rows {
		n[row[id]]++
		most = max(most, n[row[id]])
	}
	return most
}

// examples are the first values of a column.
func (g *guess) examples(i int) string {
	var seen []string
	for _, row := range g.rows {
		if len(seen) == 3 {
			break
		}
		if known(row[i]) && !slices.Contains(seen, row[i]) {
			seen = append(seen, row[i])
		}
	}
	for k := range seen {
		seen[k] = clip(seen[k])
	}
	return "such as " + strings.Join(seen, ", ")
}

// writeMissing lists what stands where nothing is known.
func (g *guess) writeMissing() {
	var seen []string
	for _, word := range usualMissing {
		if slices.ContainsFunc(g.rows, func(row []string) bool { return slices.Contains(row, word) }) {
			seen = append(seen, word)
		}
	}
	if len(seen) > 0 {
		g.doc.Flow("missing", seen, "cells of the sample that say that nothing is known; an empty one always does")
	}
}

// findWords is the column whose words have known meanings, and those meanings; none if there is no
// such column.
func (g *guess) findWords(columns []string, meanings []meaning) (int, map[string]string) {
	i := g.find("", columns, func(i int) bool { return !slices.Contains(g.times, i) && g.different(i) <= 60 && !g.stages(i) })
	if i < 0 {
		return -1, nil
	}
	found, some := map[string]string{}, false
	for _, row := range g.rows {
		if known(row[i]) && found[row[i]] == "" {
			found[row[i]] = meaningOf(row[i], meanings)
			some = some || found[row[i]] != unclear
		}
	}
	if !some {
		return -1, nil
	}
	return i, found
}

// lifecycle are the stages of an activity as logs of processes have them (IEEE 1849-2016, lifecycle extension): that one is complete says
// nothing of its ticket.
var lifecycle = []string{"schedule", "assign", "reassign", "start", "suspend", "resume", "withdraw", "complete", "autoskip", "manualskip", "ate_abort", "pi_abort"}

// stages reports whether a column has nothing but the stages of activities.
func (g *guess) stages(i int) bool {
	if plain(g.columns[i]) != "lifecycle transition" {
		return false
	}
	return !slices.ContainsFunc(g.rows, func(row []string) bool { return known(row[i]) && !slices.Contains(lifecycle, strings.ToLower(row[i])) })
}

// unclear stands for a word that nobody can guess.
const unclear = "?"

// meanings writes what words mean; those that are unclear are told in the comment above.
func (g *guess) meanings(key string, found map[string]string) {
	var open []string
	words := slices.Sorted(mapKeys(found))
	for _, word := range words {
		if found[word] == unclear {
			open = append(open, strconv.Quote(clip(word)))
		}
	}
	why := ""
	if len(open) > 0 {
		why = "say what these mean too: " + strings.Join(open, ", ")
	}
	m := g.doc.Map(key, why)
	for _, word := range words {
		if found[word] != unclear {
			m.Set(word, found[word], "")
		}
	}
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}
