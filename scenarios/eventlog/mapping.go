package eventlog

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Mapping says what the columns of an event log mean. Columns are named as the header has them; in
// JSON a name within another is parted by a point, in XES an attribute of the trace begins with
// "case:" and one within another is parted by a stroke. An empty one is not there.
type Mapping struct {
	From  string // csv, jsonl or xes
	Comma byte   // parts the cells of CSV
	Rows  Rows

	Ticket, At, Opened, Status, Event string
	Attributes                        [attributes]string // channel to agent

	Layouts []string       // how times are written, the first that fits; see package time, and unix, unix-ms
	Zone    *time.Location // of times without an offset; nil if nobody has declared it
	Missing []string       // cells that mean nothing is known; an empty one always does

	Statuses   map[string]ticket.Status // by the words of the status column
	Events     map[string]Happening     // by the words of the event column
	Times      []Time                   // of tickets
	Priorities []string                 // the highest first
	Flags      []Flag
}

// Rows is what a row is about.
type Rows uint8

// The kinds of rows.
const (
	Tickets Rows = iota
	Updates
	Events
)

var rowWords = []string{"tickets", "updates", "events"}

// Happening is what a word or a column means.
type Happening struct {
	Kind      ticket.EventKind
	Status    ticket.Status
	HasStatus bool
	// Unit says that a column holds how long after the opening it was, in this unit; 0 for a time.
	Unit time.Duration
}

// Time is a column of tickets that says when something happened.
type Time struct {
	Column string
	Happening
}

// Flag is a column in which the source says itself whether it has kept a promise. Where a ticket has several rows
// the last one counts. A file without the column has no flags.
type Flag struct {
	Column string
	Metric sla.Metric
	Kept   bool // what it means if the column says true
}

// The attributes of a ticket that a mapping may name, in its order.
const (
	channel = iota
	issue
	tier
	priority
	account
	team
	agent
	attributes
)

var attributeKeys = [attributes]string{"channel", "issue", "tier", "priority", "account", "team", "agent"}

// usualMissing are the cells that mean nothing is known unless a mapping says which do.
var usualMissing = []string{"?", "-", "NULL", "null", "None", "N/A", "#N/A", "#MULTIVALUE"}

//go:embed mappings/*.yaml
var mappings embed.FS

// shipped are the mappings that come with the program.
func shipped() fs.FS {
	sub, err := fs.Sub(mappings, "mappings")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Names lists the mappings that come with the program.
func Names() []string { return shelf.Names(shipped()) }

// Text is a mapping that comes with the program, as it is written. The error is fs.ErrNotExist if
// there is none of this name.
func Text(name string) ([]byte, error) { return fs.ReadFile(shipped(), name+shelf.Ending) }

// ReadMapping reads a mapping. The error is scenarios.Problems if something is wrong with it.
func ReadMapping(name string, data []byte) (*Mapping, error) {
	root, problems := yamltree.Parse(name, data)
	if len(problems) > 0 {
		return nil, scenarios.ProblemsOf(problems)
	}
	r := &yamltree.Reader{}
	m := readMapping(r.Root(root))
	if r.Count() > 0 {
		return nil, scenarios.ProblemsOf(r.Problems())
	}
	return m, nil
}

func readMapping(v yamltree.Value) *Mapping {
	m := &Mapping{From: "csv", Comma: ',', Missing: usualMissing, Statuses: map[string]ticket.Status{}, Events: map[string]Happening{}}
	t := v.Table("a map with what the columns mean")
	m.From = oneOf(t.Take("from"), "csv", "csv", "jsonl", "xes")
	if v := t.Take("separator"); v.Exists() {
		m.Comma = separator(v)
	}
	m.Rows = Rows(slices.Index(rowWords, oneOf(t.Take("rows"), "tickets", rowWords...)))
	column := func(key string) string {
		text, _ := t.Take(key).Text("the name of a column")
		return text
	}
	m.Ticket, m.At, m.Opened, m.Status, m.Event = column("ticket"), column("at"), column("opened"), column("status"), column("event")
	for i, key := range attributeKeys {
		m.Attributes[i] = column(key)
	}
	for _, item := range t.Take("dates").Items() {
		if text, ok := item.Text("a layout of dates"); ok {
			if hint := checkLayout(text); hint != "" || text == "" {
				item.Failf(hint, "the layout %q does not hold a whole date", scalar.Clip(text))
			}
			m.Layouts = append(m.Layouts, text)
		}
	}
	if v := t.Take("zone"); v.Exists() {
		m.Zone = scalar.Zone(v, nil)
	}
	if v := t.Take("missing"); v.Exists() {
		m.Missing = texts(v)
	}
	m.Priorities = texts(t.Take("priorities"))
	for _, e := range t.Take("statuses").Entries("a map from words of the file to statuses") {
		if s, ok := readStatus(e.Value); ok {
			m.Statuses[e.Key] = s
		}
	}
	for _, e := range t.Take("events").Entries("a map from words of the file to what happened") {
		if h, ok := readHappening(e.Value, false); ok {
			m.Events[e.Key] = h
		}
	}
	for _, e := range t.Take("times").Entries("a map from columns to what happened then") {
		if h, ok := readHappening(e.Value, true); ok {
			m.Times = append(m.Times, Time{e.Key, h})
		}
	}
	for _, e := range t.Take("flags").Entries("a map from columns to the metric of which they say whether it was kept") {
		if f, ok := readFlag(e.Key, e.Value); ok {
			m.Flags = append(m.Flags, f)
		}
	}
	t.Close(nil)
	if t.OK() {
		m.check(t.Value())
	}
	return m
}

// check reports what is missing, or too much, for the kind of rows.
func (m *Mapping) check(v yamltree.Value) {
	many := m.Rows != Tickets
	for _, row := range []struct {
		wrong      bool
		at         yamltree.Value
		text, hint string
	}{
		{m.Ticket == "", v, "the mapping does not say which column names the ticket", "write ticket: and the name of the column with the ticket's number"},
		{!many && m.Opened == "", v, "the mapping does not say which column holds when a ticket was opened", "write opened: and the name of a column; or rows: updates if a ticket has many rows"},
		{!many && m.At != "", v.Sub("at"), "a row of a ticket has no time of its own", "write opened; or rows: updates if a ticket has many rows"},
		{many && m.At == "", v, "the mapping does not say which column holds the time of a row", "write at: and the name of a column"},
		{many && len(m.Times) > 0, v.Sub("times"), "further times are for rows: tickets", "leave it out: what happened stands in the rows themselves; final values on every row would tell the future"},
		{m.Rows == Events && m.Event == "", v, "the mapping does not say which column tells what happened", "write event: and the name of the column with the words"},
		{m.Event != "" && len(m.Events) == 0, v, fmt.Sprintf("the mapping does not say what the words of %q mean", scalar.Clip(m.Event)), "write events: {WORD: replied}"},
		{m.Status != "" && len(m.Statuses) == 0, v, fmt.Sprintf("the mapping does not say what the words of %q mean", scalar.Clip(m.Status)), "write statuses: {WORD: open}"},
	} {
		if row.wrong {
			row.at.Failf(row.hint, "%s", row.text)
		}
	}
}

// oneOf is one of some words.
func oneOf(v yamltree.Value, otherwise string, words ...string) string {
	if !v.Exists() {
		return otherwise
	}
	text, ok := v.Text("one of " + strings.Join(words, ", "))
	if ok && !slices.Contains(words, text) {
		v.Failf(yamltree.Suggest(text, words), "%q is none of %s", scalar.Clip(text), strings.Join(words, ", "))
	}
	if !slices.Contains(words, text) {
		return otherwise
	}
	return text
}

// separator is what parts the cells.
func separator(v yamltree.Value) byte {
	text, ok := v.Text("a character, or tab")
	if text == "tab" || text == `\t` {
		return '\t'
	}
	if ok && (len(text) != 1 || text[0] >= 0x80 || strings.Contains("\"\r\n", text)) {
		v.Failf("want , or ; or | or tab", "%q cannot part cells", scalar.Clip(text))
	}
	if len(text) != 1 {
		return ','
	}
	return text[0]
}

// texts are the single values of a list.
func texts(v yamltree.Value) (all []string) {
	for _, item := range v.Items() {
		if item.Node.Kind == yamltree.Null {
			all = append(all, item.Node.Text) // the word NULL
		} else if text, ok := item.Text("a text"); ok {
			all = append(all, text)
		}
	}
	return all
}

var statusWords = []string{"new", "open", "pending", "on-hold", "solved", "closed"}

func readStatus(v yamltree.Value) (ticket.Status, bool) {
	text, ok := v.Text("a status")
	if !ok {
		return 0, false
	}
	s, ok := ticket.ParseStatus(text)
	if !ok {
		v.Failf(yamltree.Suggest(text, statusWords), "%q is not a status", scalar.Clip(text))
	}
	return s, ok
}

var eventWords = []string{"created", "message", "started", "replied", "returned", "abandoned", "note", "update"}

// units are what a column may count that says how long after the opening something happened.
var units = map[string]time.Duration{"seconds": time.Second, "minutes": time.Minute, "hours": time.Hour, "days": 24 * time.Hour}

// readHappening reads what happened: an event, a status, or both, such as "replied pending"; of a
// column of times also "replied after minutes".
func readHappening(v yamltree.Value, inTimes bool) (Happening, bool) {
	text, ok := v.Text("what happened, such as replied, solved or replied pending")
	if !ok {
		return Happening{}, false
	}
	h, err := parseHappening(text, inTimes)
	if err != nil {
		v.Failf(yamltree.Suggest(text, append(slices.Clone(eventWords), statusWords...)), "%v", err)
		return h, false
	}
	return h, true
}

var errHappening = errors.New("want an event, a status, or both, such as replied, solved or replied pending")

func parseHappening(text string, inTimes bool) (h Happening, err error) {
	h.Kind = ticket.StatusSet
	words := strings.Fields(text)
	if n := len(words); n > 2 && words[n-2] == "after" && inTimes {
		if h.Unit = units[words[n-1]]; h.Unit == 0 {
			return h, fmt.Errorf("%q is not a unit: want seconds, minutes, hours or days", scalar.Clip(words[n-1]))
		}
		words = words[:n-2]
	}
	if len(words) == 0 || len(words) > 2 {
		return h, errHappening
	}
	kind, isEvent := ticket.ParseEventKind(words[0])
	switch {
	case words[0] == "update":
	case isEvent && slices.Contains(eventWords, words[0]):
		h.Kind = kind
	case len(words) == 2:
		return h, errHappening
	default:
		words = append([]string{""}, words...)
	}
	if len(words) == 2 {
		if h.Status, h.HasStatus = ticket.ParseStatus(words[1]); !h.HasStatus {
			return h, errHappening
		}
	}
	return h, nil
}

// The layouts that are no layouts of package time: numbers since 1970.
const (
	unixSeconds = "unix"
	unixMillis  = "unix-ms"
)

// checkLayout is a hint if a layout does not hold a whole date.
func checkLayout(layout string) string {
	if layout == unixSeconds || layout == unixMillis {
		return ""
	}
	m := ticketlog.Mapping{Created: "at", Layout: layout}
	if m.Check() != nil {
		return `write how the column would show 2 January 2006 15:04:05, such as "2006-01-02 15:04:05"`
	}
	return ""
}
