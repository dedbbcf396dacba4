package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// mostHeads is beyond any desk.
const mostHeads = 100_000

// rules reads which shifts a team may be given.
func (d *Decoder) rules(v yamltree.Value) *staffing.Rules {
	if !v.Exists() {
		return nil
	}
	r := &staffing.Rules{}
	s := d.Section(v, "teams.*.roster")
	if list := s.Key("shifts"); list.Exists() {
		scope.Filled(list, "shifts")
		for _, e := range list.Named("shift", language.ListNames["shifts"]...) {
			r.Patterns = append(r.Patterns, d.pattern(e))
		}
	}
	r.Least, r.Most = heads(s.Key("heads"))
	r.InARow, _ = scalar.Count(s.Key("days_in_a_row"), 1, 6)
	if v := s.Key("weekends"); v.Exists() {
		r.Weekends, _ = scalar.Percent(v, 0.01, 1)
	}
	if v := s.Key("part_timers"); v.Exists() {
		r.PartTimers, _ = scalar.Percent(v, 0.01, 1)
	}
	if v := s.Key("rest"); v.Exists() {
		r.Rest, _ = scalar.Duration(v)
	}
	if v := s.Key("full_weeks"); v.Exists() {
		r.FullWeeks = scope.Truth(v)
	}
	s.Done()
	return r
}

// pattern reads a kind of shift.
func (d *Decoder) pattern(e yamltree.Entry) (p staffing.Pattern) {
	s := d.Section(e.Value, "teams.*.roster.shifts.*")
	if v := s.Key("name"); v.Exists() {
		p.Name, _ = scope.GoodName(v)
	} else if e.Name != e.Value {
		p.Name = e.Key // of a map from names to shifts
	}
	if v := s.Need("length", "write length: 8h30m"); v.Exists() {
		p.Length, _ = wholeMinutes(v, "a shift")
	}
	if v := s.Need("starts", `write starts: "06:00..14:00 every 30m", or a list of times`); v.Exists() {
		for _, item := range v.Items() {
			p.Starts = append(p.Starts, starts(item)...)
		}
		slices.Sort(p.Starts)
		p.Starts = slices.Compact(p.Starts)
	}
	p.Days, _ = scalar.Days(s.Key("days"))
	for _, item := range s.Key("break").Items() {
		b, tail, offset, ok := timeOff(item, " after ", "4h")
		if !ok {
			continue
		}
		after, ok := wholeMinutes(item.Within(offset, len(tail)).WithText(tail), "a break after a time")
		if ok {
			p.Breaks = append(p.Breaks, staffing.Pause{After: after, Minutes: b.Minutes, Turns: b.Turns})
		}
	}
	p.Least, p.Most = heads(s.Key("heads"))
	if v := s.Key("part_time"); v.Exists() {
		p.PartTime = scope.Truth(v)
	}
	holidays, ok := scope.Choice(s.Key("holidays"), []string{"off", "work"})
	p.Holidays = ok && holidays == 1
	s.Done()
	return p
}

// heads reads 4..60, 4.. or 4, which is neither more nor fewer. A largest number of 0 is no
// limit.
func heads(v yamltree.Value) (least, most int) {
	if v.Exists() && v.Node.Kind == yamltree.Scalar {
		if first, open := strings.CutSuffix(v.Node.Text, ".."); open {
			least, _ = scalar.Count(v.Within(0, len(first)).WithText(first), 0, mostHeads)
			return least, 0
		}
	}
	least, most, ok := scalar.Counts(v, "a number of heads, such as 0..20", 0, mostHeads)
	if ok && most == 0 {
		v.Failf("want such as 0..20, or leave the shift out", "nobody is allowed")
	}
	return least, most
}

// starts reads "06:00..14:00 every 30m", or one time.
func starts(v yamltree.Value) (list []int) {
	const want = `want such as "06:00..14:00 every 30m", or a list of times`
	text, ok := v.Text("times of day, such as 06:00..14:00 every 30m")
	if !ok {
		return nil
	}
	first, rest, ranged := strings.Cut(text, "..")
	at := len(first) + len("..")
	last, each, stepped := strings.Cut(rest, " every ")
	switch {
	case !ranged:
		if m, ok := start(v, text, 0); ok {
			list = append(list, m)
		}
		return list
	case !stepped:
		v.Failf(want, "%q does not say how far its times are apart", scalar.Clip(text))
		return nil
	}
	from, ok1 := start(v, first, 0)
	to, ok2 := start(v, last, at)
	at += len(last) + len(" every ")
	step, ok3 := wholeMinutes(v.Within(at, len(each)).WithText(each), "a step")
	if !ok1 || !ok2 || !ok3 {
		return nil
	}
	if to < from {
		v.Failf("a range over midnight is two, parted at 00:00", "%q is an empty range", scalar.Clip(text))
	}
	for m := from; m <= to; m += step {
		list = append(list, m)
	}
	return list
}

// start reads when a shift starts, which is before 24:00.
func start(v yamltree.Value, part string, offset int) (int, bool) {
	m, ok := scalar.Minute(v, part, offset)
	if ok && time.Duration(m)*time.Minute >= scalar.Day {
		trimmed := strings.TrimSpace(part)
		v.Within(offset+strings.Index(part, trimmed), len(trimmed)).Failf("00:00 is the start of the next day", "no shift starts at %s", trimmed)
		return 0, false
	}
	return m, ok
}
