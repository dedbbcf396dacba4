// Package desk is what the readers of all help desks share: the oddities of their exports, names behind
// IDs, times, and the end of an import.
package desk

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zones"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// What exports of help desks hold. The detail of each says what of.
var (
	NotTranslated = &intake.Oddity{Name: "not translated", Text: "what a scenario cannot say", Done: "left out; see the manual of scenarios for what can be said instead"}
	NotJoined     = &intake.Oddity{Name: "unknown ID", Text: "IDs of which the export has no record", Done: "the ID is taken for the name", Harmless: true}
	NoHistory     = &intake.Oddity{Name: "no history", Text: "tickets of which only the last status is known", Done: "taken to have got it when they were last changed"}
	Merged        = &intake.Oddity{Name: "merged", Text: "messages by which one ticket was merged into another", Done: "taken as notes, and as nobody's reply", Harmless: true}
	ByAgent       = &intake.Oddity{Name: "opened by an agent", Text: "tickets that an agent has opened with a message to the customer", Done: "the message is taken as the first reply", Harmless: true}
	Deleted       = &intake.Oddity{Name: "deleted", Text: "tickets that were deleted", Done: "taken as closed when they were last changed", Harmless: true}
	Stranger      = &intake.Oddity{Name: "unknown file", Text: "files that hold nothing that is read", Done: "passed over", Harmless: true}
	TwoColumns    = &intake.Oddity{Name: "duplicate header", Text: "columns or fields that have the name of another", Done: "the first of them is read"}
	Unsettled     = &intake.Oddity{Name: "ambiguous", Text: "what the export leaves open", Done: "taken as the detail says"}
	Inferred      = &intake.Oddity{Name: "inferred", Text: "what the export does not say itself", Done: "taken as the detail says", Harmless: true}
)

// Import is the import of one export.
type Import struct {
	In   *intake.Intake
	Set  *records.Set
	Book terms.Book
	// Names are what IDs stand for, by table.
	Names map[string]map[string]string

	instants records.Instants
	good     map[string]string // names that a scenario can have, by those of the export
}

// Begin is the import of files whose tables have shapes.
func Begin(in *intake.Intake, files []intake.Source, shapes []records.Shape) *Import {
	return &Import{In: in, Set: records.Files(files, shapes), Names: map[string]map[string]string{}, good: map[string]string{}}
}

// Each visits the records of some kinds, and counts those that cannot be read.
func (d *Import) Each(visit func(kind string, r *records.Record) error, kinds ...string) error {
	return d.Set.Each(kinds, visit, func(at intake.Place, text string) { d.In.Odd(intake.Unreadable, "", at) })
}

// mostNames bounds the names of a table.
const mostNames = 1 << 20

// Learn remembers what an ID of a table stands for.
func (d *Import) Learn(table, id, name string) {
	if d.Names[table] == nil {
		d.Names[table] = map[string]string{}
	}
	if id != "" && name != "" && len(d.Names[table]) < mostNames {
		d.Names[table][id] = name
	}
}

// LearnWho is Learn for an account or an agent, whom no text may name if pseudonyms are wanted. The first of the names counts.
func (d *Import) LearnWho(attribute, table, id string, names ...string) {
	d.In.Private(attribute, id)
	said := ""
	for _, n := range names {
		d.In.Private(attribute, n)
		said = cmp.Or(said, n)
	}
	d.Learn(table, id, said)
}

// Name is what an ID of a table stands for, or the ID. Nothing is said of tables that the export does
// not have at all.
func (d *Import) Name(table, id string, at intake.Place) string {
	if id == "" {
		return ""
	}
	if name, ok := d.Names[table][id]; ok {
		return name
	}
	if len(d.Names[table]) > 0 {
		d.In.Odd(NotJoined, table, at)
	}
	return id
}

// Time is the instant in a field, zero for none. One that cannot be read is counted.
func (d *Import) Time(r *records.Record, path ...string) time.Time {
	text := r.Bytes(path...)
	if len(text) == 0 {
		return time.Time{}
	}
	at, ok := d.instants.Read(text)
	if !ok {
		d.In.Odd(intake.BadTime, path[len(path)-1], r.Place)
	}
	return at
}

// Refuse tells of something in the source that a scenario cannot say.
func (d *Import) Refuse(at intake.Place, format string, args ...any) {
	d.In.Odd(NotTranslated, fmt.Sprintf(format, args...), at)
}

// Zone is the IANA name of a zone as the help desk calls it.
func (d *Import) Zone(name string, at intake.Place) string {
	zone, ok := zones.Find(name)
	if !ok && name != "" {
		d.Refuse(at, "the time zone %q, which is not known: hours are read in the scenario's", name)
	}
	return zone
}

// End writes the promises into the parts of the scenario and tells of files that were not read.
func (d *Import) End() {
	for _, name := range d.Set.Strangers() {
		d.In.Odd(Stranger, "", intake.Place{File: name})
	}
	for _, c := range d.Set.Doubles() {
		d.In.Odd(TwoColumns, c.Name, c.Place)
	}
	for _, at := range d.Set.Open() {
		d.In.Odd(intake.NoLineEnd, "", at)
	}
	d.know()
	d.veil()
	d.Book.Write(d.In.Parts)
}

// veil takes the names of accounts and agents out of what promises are called and ask for.
func (d *Import) veil() {
	hide := func(text *string) {
		if *text != "" {
			*text = d.In.Veil(terms.Name(*text))
		}
	}
	for i := range d.Book.Schedules {
		s := &d.Book.Schedules[i]
		hide(&s.Name)
		s.Why = d.In.Veil(s.Why)
	}
	for i := range d.Book.Policies {
		p := &d.Book.Policies[i]
		hide(&p.Name)
		p.Why = d.In.Veil(p.Why)
		for attribute, words := range p.Match {
			words = slices.Clone(words)
			for k := range words {
				if attribute != "account" {
					hide(&words[k])
				}
			}
			p.Match[attribute] = words
		}
		for k := range p.Targets {
			hide(&p.Targets[k].Calendar)
		}
	}
}

// know makes the words known that promises speak of.
func (d *Import) know() {
	for _, p := range d.Book.Policies {
		for attribute, words := range p.Match {
			for _, w := range words {
				d.In.Know(attribute, terms.Name(w))
			}
		}
		for _, t := range p.Targets {
			if t.Priority != "" {
				d.In.Know("priority", terms.Name(t.Priority))
			}
		}
	}
}

// Add takes a fact, with names that a scenario can have.
func (d *Import) Add(f *intake.Fact) error {
	for _, name := range []*string{&f.Channel, &f.Issue, &f.Tier, &f.Priority} {
		if *name == "" {
			continue
		}
		good, known := d.good[*name]
		if !known {
			good = terms.Name(*name)
			if len(d.good) < mostNames {
				d.good[*name] = good
			}
		}
		*name = good
	}
	return d.In.Add(f)
}

// Was says how a ticket stood until an instant: what a change has replaced, or with intake.AtTheEnd what
// holds unless anything has changed it.
func (d *Import) Was(f intake.Fact, at time.Time) error {
	f.Until, f.At = true, at
	if !intake.Holds(at) {
		return nil // the change itself is told
	}
	return d.Add(&f)
}

// Verdict takes a mark that says by itself that there is a promise, and what became of it.
func (d *Import) Verdict(m intake.Mark, at intake.Place) error {
	promised := m
	promised.Kind = intake.Promised
	if err := d.In.Mark(&promised, at); err != nil {
		return err
	}
	return d.In.Mark(&m, at)
}

// Closed reports whether a status ends a ticket.
func Closed(s ticket.Status) bool { return s >= ticket.Solved }

// OfPriority is what to say of a priority after the name of what is promised to it.
func OfPriority(priority string) string {
	if priority == "" {
		return ""
	}
	return " at priority " + priority
}

// Alike are targets of a metric by priority, or one of them for all if they are the same.
func Alike(targets []terms.Target) []terms.Target {
	differ := slices.ContainsFunc(targets, func(t terms.Target) bool {
		return t.Within != targets[0].Within || t.Calendar != targets[0].Calendar
	})
	if !differ && len(targets) > 0 {
		targets = targets[:1]
		targets[0].Priority = ""
	}
	return targets
}
