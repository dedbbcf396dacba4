package tickets

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// A history is a replay while it is read.
type history struct {
	d       *Decoder
	stream  *demand.Stream
	number  int    // of the stream
	pattern string // of its section in the table of keys
	section scope.Section
	file    yamltree.Value
	name    string // of the file, for people
	mapping ticketlog.Mapping
	native  bool
	zone    *time.Location
	values  map[string]map[string]int // by column of the mapping, then by word of the file

	from, until calendar.Date
	shiftTo     calendar.Date

	problems int // in the content
}

// replay reads the history of a stream.
func (d *Decoder) replay(v yamltree.Value, st *demand.Stream) []demand.Arrival {
	h := &history{d: d, stream: st, number: len(d.Out.Streams), zone: d.Zone, pattern: "demand.*.replay"}
	h.section = d.Section(v, h.pattern)
	s := h.section
	h.file = s.Need("file", "write file: tickets.csv")
	h.readForm()
	rows, _ := scope.Choice(s.Key("rows"), []string{"tickets", "updates"})
	h.mapping.Updates = rows == 1
	h.from, h.until = d.Stretch(s)
	if v := s.Key("shift_to"); v.Exists() {
		h.shiftTo, _ = scalar.Date(v)
	}
	s.Done()
	return h.arrivals(h.rows())
}

// readForm reads how the file is written.
func (h *history) readForm() {
	s := h.section
	h.readMap(s.Key("map"))
	if layout := s.Key("dates"); layout.Exists() {
		h.mapping.Layout, _ = layout.Text("a layout of dates")
	}
	if v := s.Key("zone"); v.Exists() {
		h.zone = scalar.Zone(v, h.d.Zone)
	} else {
		s.Assumed("zone", h.d.Zone.String())
	}
	h.mapping.Zone = h.zone
	for _, item := range s.Key("missing").Items() {
		if item.Node.Kind == yamltree.Null {
			h.mapping.Missing = append(h.mapping.Missing, item.Node.Text) // the word NULL
		} else if text, ok := item.Text("a text"); ok {
			h.mapping.Missing = append(h.mapping.Missing, text)
		}
	}
	h.readValues(s.Key("values"))
}

// readMap reads which column holds what.
func (h *history) readMap(v yamltree.Value) {
	if !v.Exists() {
		h.native = true
		h.mapping = ticketlog.Native()
		return
	}
	s := h.d.Section(v, h.pattern+".map")
	for key, field := range h.columns() {
		if v := s.Key(key); v.Exists() {
			*field, _ = v.Text("the name of a column")
		} else if language.At(h.pattern+".map."+key).Otherwise == "" && s.OK() {
			v.Failf("name the column", "%s is missing", key)
		}
	}
	s.Done()
}

// columns gives the fields of the mapping in the order of the table of keys.
func (h *history) columns() func(func(string, *string) bool) {
	m := &h.mapping
	return func(yield func(string, *string) bool) {
		for _, c := range []struct {
			key   string
			field *string
		}{{"id", &m.ID}, {"created", &m.Created}, {"channel", &m.Channel}, {"issue", &m.Issue}, {"tier", &m.Tier}, {"priority", &m.Priority}, {"account", &m.Account},
			{"status", &m.Status}, {"first_reply", &m.FirstReply}, {"last_reply", &m.LastReply}, {"last_message", &m.LastMessage}} {
			if language.At(h.pattern+".map."+c.key) != nil && !yield(c.key, c.field) {
				return
			}
		}
	}
}

// readValues reads what the words of the file are called here.
func (h *history) readValues(v yamltree.Value) {
	h.values = map[string]map[string]int{}
	if !v.Exists() {
		return
	}
	s := h.d.Section(v, h.pattern+".values")
	for _, column := range []struct {
		key   string
		known scope.Words
	}{{"channel", h.d.Known.Channels}, {"issue", h.d.Known.Issues}, {"tier", h.d.Known.Tiers}, {"priority", h.d.Known.Priorities}, {"account", h.d.Known.Accounts}, {"status", statuses}} {
		if language.At(h.pattern+".values."+column.key) == nil {
			continue
		}
		meanings := map[string]int{}
		for _, e := range s.Key(column.key).Entries("a map from words of the file to names") {
			if i, ok := column.known.Find(e.Value); ok {
				meanings[e.Key] = i
			}
		}
		h.values[column.key] = meanings
	}
	s.Done()
}

// rows reads the file. Its problems point into the file, not into the scenario.
func (h *history) rows() []ticketlog.Row {
	if !h.file.Exists() {
		return nil
	}
	path, ok := h.file.Text("the path of a file")
	if !ok {
		return nil
	}
	if err := h.mapping.Check(); err != nil {
		if !h.mappingProblem(err) {
			h.section.Value().Failf("", "%v", err)
		}
		return nil
	}
	table := h.d.Histories.Table(h.file, path, h.mapping)
	h.name = table.Name
	if table.Err != nil {
		h.unreadable(table.Name, table.Err)
		return nil
	}
	if h.foreign(table.Problems) {
		return nil
	}
	return table.Rows
}

// mappingProblem points at the layout when that is what is wrong.
func (h *history) mappingProblem(err error) bool {
	if !strings.Contains(err.Error(), "layout") {
		return h.mapping.Created == "" // reported as a missing key
	}
	h.section.Take("dates").Failf("", "%v", err)
	return true
}

// tableHint is the hint of a problem in a table, in terms of the scenario.
func tableHint(p ticketlog.Problem) string {
	if strings.Contains(p.Text, "is already on line") {
		return "write rows: updates if the file has a row for every update of a ticket"
	}
	return p.Hint
}

func columnPath(column string) string {
	if column == "" {
		return ""
	}
	return "column " + column
}

// arrivals places the rows on the scenario's time.
func (h *history) arrivals(rows []ticketlog.Row) []demand.Arrival {
	out := []demand.Arrival{}
	if rows == nil {
		return out
	}
	if h.native {
		rows = firstContacts(rows)
	}
	kept := rows[:0:0]
	for _, row := range rows {
		day := calendar.DateOf(row.Created.In(h.zone))
		if (h.from.IsZero() || day.Compare(h.from) >= 0) && (h.until.IsZero() || day.Compare(h.until) <= 0) {
			kept = append(kept, row)
		}
	}
	move := h.shift(kept)
	for _, row := range kept {
		at := h.d.Axis.Since(move(row.Created))
		if at < 0 || at >= h.d.Out.Time.Length {
			continue
		}
		id := h.id(row)
		if class, ok := h.class(row, id); ok {
			out = append(out, demand.Arrival{ID: id, At: at, Class: class})
		}
	}
	slices.SortStableFunc(out, func(a, b demand.Arrival) int { return int(sign(a.At - b.At)) })
	if len(out) == 0 && h.problems == 0 {
		h.nothing(rows)
	}
	return out
}

func sign(d time.Duration) int {
	switch {
	case d < 0:
		return -1
	case d > 0:
		return 1
	}
	return 0
}

// nothing reports that no ticket of the history falls into the simulated time.
func (h *history) nothing(rows []ticketlog.Row) {
	first, last := rows[0].Created, rows[0].Created
	for _, row := range rows {
		if row.Created.Before(first) {
			first = row.Created
		}
		if row.Created.After(last) {
			last = row.Created
		}
	}
	h.file.Failf(fmt.Sprintf("set time.start, or move the tickets with shift_to: %s", h.d.Axis.Origin.Format(time.DateOnly)),
		"none of the %d tickets of %s, created from %s to %s, falls into the simulated time", len(rows), h.name,
		first.In(h.zone).Format(time.DateOnly), last.In(h.zone).Format(time.DateOnly))
}

// shift is the move of all tickets by whole days: the first day that is replayed
// becomes shift_to, and every ticket keeps its time of day.
func (h *history) shift(rows []ticketlog.Row) func(time.Time) time.Time {
	if h.shiftTo.IsZero() || len(rows) == 0 {
		return func(t time.Time) time.Time { return t }
	}
	first := h.from
	if first.IsZero() {
		first = calendar.DateOf(rows[0].Created.In(h.zone))
		for _, row := range rows {
			if day := calendar.DateOf(row.Created.In(h.zone)); day.Compare(first) < 0 {
				first = day
			}
		}
	}
	days := daysBetween(first, h.shiftTo)
	return func(t time.Time) time.Time {
		t = t.In(h.zone)
		day := calendar.DateOf(t).AddDays(days)
		within := time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
		return day.At(t.Hour()*60+t.Minute(), h.zone).Add(within)
	}
}

// daysBetween is how many days lie between two dates.
func daysBetween(a, b calendar.Date) int {
	return int(b.At(0, time.UTC).Sub(a.At(0, time.UTC)) / scalar.Day)
}

// id names a ticket by what the file calls it, so that the same ticket has the
// same work in every scenario that replays it. A log that Headroom wrote keeps its
// IDs. Only the first stream may: a second replay of the same history must bring
// other customers.
func (h *history) id(row ticketlog.Row) ticket.ID {
	if id, ok := ticketlog.ParseID(row.ID); ok && h.native && h.number == 0 {
		return id
	}
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%d\x00%s", h.number, row.ID)
	return ticket.ID(scatter(sum.Sum64()))
}

// scatter spreads hashes of similar texts over all 64 bits (the finaliser of
// SplitMix64; Steele, Lea, Flood 2014).
func scatter(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// class is what the desk sees of a ticket. What the file does not say comes from
// the stream, by its shares: which ticket gets what follows from its ID alone.
func (h *history) class(row ticketlog.Row, id ticket.ID) (ticket.Class, bool) {
	c := ticket.Class{Channel: h.stream.Channel, Account: ticket.Anonymous}
	good := true
	take := func(key, column, text string, known scope.Words) (int, bool) {
		if text == "" {
			return 0, false
		}
		i, ok := h.meaning(key, text, known)
		if !ok {
			h.unknown(row, column, text, key, known)
			good = false
		}
		return i, ok
	}
	if i, ok := take("channel", h.mapping.Channel, row.Channel, h.d.Known.Channels); ok {
		c.Channel = ticket.Channel(i)
	}
	if i, ok := take("issue", h.mapping.Issue, row.Issue, h.d.Known.Issues); ok {
		c.Issue = ticket.Issue(i)
	} else {
		c.Issue = pick(h.stream.Issues, uint64(id), 1, func(s demand.IssueShare) (ticket.Issue, float64) { return s.Issue, s.Share })
	}
	if i, ok := take("tier", h.mapping.Tier, row.Tier, h.d.Known.Tiers); ok {
		c.Tier = ticket.Tier(i)
	} else {
		c.Tier = pick(h.stream.Tiers, uint64(id), 2, func(s demand.TierShare) (ticket.Tier, float64) { return s.Tier, s.Share })
	}
	if i, ok := take("priority", h.mapping.Priority, row.Priority, h.d.Known.Priorities); ok {
		c.Priority = ticket.Priority(i)
	} else if int(c.Issue) < len(h.d.Out.Issues) {
		c.Priority = h.d.Out.Issues[c.Issue].Priority
	}
	if i, ok := h.meaning("account", row.Account, h.d.Known.Accounts); ok {
		c.Account = ticket.Account(i)
	}
	return c, good
}

// meaning is what a word of the file stands for.
func (h *history) meaning(key, text string, known scope.Words) (int, bool) {
	if i, ok := h.values[key][text]; ok {
		return i, true
	}
	i := known.Index(text)
	return i, i >= 0
}

// unknown reports a word of the file, as long as there are not too many.
func (h *history) unknown(row ticketlog.Row, column, text, key string, known scope.Words) {
	h.problems++
	if h.problems > ticketlog.MaxListed {
		return
	}
	h.d.Histories.Blame(source.Fault{File: h.name, Line: row.Line, Path: columnPath(column),
		Text: fmt.Sprintf("unknown %s %q", known.Noun, scalar.Clip(text)),
		Hint: fmt.Sprintf("say what it means under %s; %s", h.valuesOf(key), known.Hint(text))})
}

// valuesOf is where the words of a column are said.
func (h *history) valuesOf(key string) string {
	return strings.TrimPrefix(strings.TrimPrefix(h.pattern+".values."+key, "demand.*."), "backlog.*.")
}

// pick chooses by shares with the number that id and purpose give.
func pick[S any, T any](shares []S, id, purpose uint64, of func(S) (T, float64)) T {
	var chosen T
	u := float64(scatter(id+purpose*0x9e3779b97f4a7c15)>>11) / (1 << 53)
	for _, s := range shares {
		name, share := of(s)
		chosen = name
		if u < share {
			break
		}
		u -= share
	}
	return chosen
}
