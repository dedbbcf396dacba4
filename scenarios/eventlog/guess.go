package eventlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// A sample is the beginning of a file.
type sample struct {
	from    string
	comma   byte
	columns []string
	rows    [][]string // by column
}

// sampled is how many rows are looked at for a guess.
const sampled = 2000

var errEnough = errors.New("enough rows")

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

// readSample reads the beginning of a file, of whatever format.
func readSample(file intake.Source) (s *sample, err error) {
	r, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	in, err := unpack(r)
	if err != nil {
		return nil, err
	}
	head, err := in.Peek(4096)
	if len(head) == 0 && err != nil {
		return nil, in.broken(1, err)
	}
	switch text := bytes.TrimLeft(head, "\ufeff \t\r\n"); {
	case bytes.HasPrefix(text, []byte("{")):
		s = &sample{from: "jsonl"}
		return s, s.gather(in, eachLine)
	case bytes.HasPrefix(text, []byte("<")):
		s = &sample{from: "xes"}
		return s, s.gather(in, eachEvent)
	}
	return sampleCSV(in, head)
}

// gather collects records until there are enough.
func (s *sample) gather(in *unpacked, each func(*unpacked, func(*record) error) error) error {
	err := each(in, func(rec *record) error {
		if rec.fault != nil {
			return nil
		}
		row := make([]string, len(s.columns))
		for _, x := range rec.pairs {
			i := slices.Index(s.columns, x.name)
			if i < 0 {
				i = len(s.columns)
				s.columns, row = append(s.columns, x.name), append(row, "")
			}
			row[i] = strings.TrimSpace(x.value)
		}
		if s.rows = append(s.rows, row); len(s.rows) == sampled {
			return errEnough
		}
		return nil
	})
	for i := range s.rows {
		s.rows[i] = append(s.rows[i], make([]string, len(s.columns)-len(s.rows[i]))...)
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// sampleCSV finds what parts the cells, and reads the first rows.
func sampleCSV(in io.Reader, head []byte) (*sample, error) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	s := &sample{from: "csv", comma: ','}
	for _, comma := range []byte{';', '\t', '|'} {
		if bytes.Count(line, []byte{comma}) > bytes.Count(line, []byte{s.comma}) {
			s.comma = comma
		}
	}
	rows, err := ticketlog.NewRows(in, s.comma)
	if err != nil {
		return nil, err
	}
	s.columns = rows.Header()
	for len(s.rows) < sampled && rows.Next() {
		if rows.Fault() != nil {
			continue
		}
		row := make([]string, len(s.columns))
		for i := range row {
			row[i] = string(rows.Cell(i))
		}
		s.rows = append(s.rows, row)
	}
	if len(s.rows) < sampled {
		return s, rows.Err()
	}
	return s, nil
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
	i := g.find("", columns, func(i int) bool { return !slices.Contains(g.times, i) && g.different(i) <= 60 })
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

// candidates are the layouts that times may have, the likely ones first. Where day and month can be
// either way round, the sample decides, and says so.
var candidates = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/01/02 15:04",
	"2/1/2006 15:04", "1/2/2006 15:04", "2/1/2006 15:04:05", "1/2/2006 15:04:05", "2.1.2006 15:04", "2.1.2006 15:04:05", "2-1-2006 15:04", "2-1-2006 15:04:05",
	"1/2/2006 3:04 PM", "1/2/2006 3:04:05 PM", "2-Jan-2006 15:04", "2 Jan 2006 15:04", "Jan 2, 2006 3:04 PM",
	unixSeconds, unixMillis,
}

// fits is the share of the known cells of a column that are times in a layout between 1990 and 2100.
func (g *guess) fits(i int, layout string) float64 {
	c := newClock([]string{layout}, time.UTC)
	good, all := 0, 0
	for _, row := range g.rows {
		if !known(row[i]) || row[i] == "0" {
			continue
		}
		all++
		if at, how := c.parse([]byte(row[i])); how == read && at.Year() >= 1990 && at.Year() < 2100 {
			good++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}

// findTimes finds the layout that fits the most columns, and these columns.
func (g *guess) findTimes() {
	best := 0.0
	for _, layout := range candidates {
		var columns []int
		score := 0.0
		for i := range g.columns {
			if f := g.fits(i, layout); f > 0.8 {
				columns = append(columns, i)
				score += f
			}
		}
		if score > best {
			best, g.layout, g.times = score, layout, columns
		}
	}
}

// writeTimes writes which columns hold which times, and how they are written.
func (g *guess) writeTimes() {
	isTime := func(i int) bool { return slices.Contains(g.times, i) }
	if g.many {
		at := g.find("at", atWords, isTime)
		if at < 0 && len(g.times) > 0 {
			at = g.times[0]
		}
		g.column("at", at, "")
	}
	opened := g.find("opened", openedWords, isTime)
	if opened >= 0 || !g.many {
		g.column("opened", opened, "")
	}
	if !g.many {
		for _, row := range timeMeanings {
			if i := g.find("", row.words, isTime); i >= 0 {
				g.used[i] = true
				g.doc.Map("times", "what happened when, by column").Set(g.columns[i], row.means, "")
			}
		}
	}
	if g.layout == "" {
		g.doc.Set("dates", "", `no column holds times that are known here: write how one would show 2 January 2006 15:04:05`)
		return
	}
	why := ""
	if other := g.swapped(); other != "" {
		why = fmt.Sprintf("day and month may be the other way round (%s): the sample does not tell", other)
	}
	g.doc.Set("dates", g.layout, why)
	switch c := newClock([]string{g.layout}, nil); {
	case c.zoned[0]:
	case g.zone != nil:
		g.doc.Set("zone", g.zone.String(), "as declared")
	default:
		g.doc.Set("zone", "", "these times name no zone: in which were they written? such as Europe/Berlin")
	}
}

// swapped is the layout with day and month the other way round, if it fits as well.
func (g *guess) swapped() string {
	var other string
	switch {
	case strings.HasPrefix(g.layout, "2/1/"):
		other = "1/2/" + g.layout[4:]
	case strings.HasPrefix(g.layout, "1/2/"):
		other = "2/1/" + g.layout[4:]
	default:
		return ""
	}
	for _, i := range g.times {
		if g.fits(i, other) < 1 {
			return ""
		}
	}
	return other
}

// Column is the column of a header that is called by one of some words, such as "interval start"; the
// first words go before the others, whole names before parts of them. It is -1 if there is none.
func Column(header, words []string) int {
	for _, whole := range []bool{true, false} {
		for _, word := range words {
			for i, name := range header {
				name = plain(name)
				if name == word || !whole && strings.Contains(" "+name+" ", " "+word+" ") {
					return i
				}
			}
		}
	}
	return -1
}

// LayoutOf is the layout in which all of some texts are times, and whether it needs a zone beside them. It
// is not ok if there is none, or if they would be other times with day and month the other way round.
func LayoutOf(texts []string) (layout string, zoned, ok bool) {
	g := &guess{sample: &sample{columns: []string{"at"}}, times: []int{0}}
	for _, text := range texts {
		g.rows = append(g.rows, []string{text})
	}
	for _, layout := range append([]string{"2006-01-02T15:04", time.DateOnly, "2/1/2006", "1/2/2006", "2.1.2006"}, candidates...) {
		if g.layout = layout; g.fits(0, layout) == 1 {
			return layout, newClock([]string{layout}, nil).zoned[0], g.swapped() == ""
		}
	}
	return "", false, false
}
