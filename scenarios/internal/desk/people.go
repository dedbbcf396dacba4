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

// people reads what happens to a team's people: shrinkage, attrition, hiring, the ramp
// of newcomers, planned overtime.
func (d *Decoder) people(s scope.Section, t *staffing.Team) {
	d.shrinkage(s.Key("shrinkage"), t)
	if v := s.Key("attrition"); v.Exists() {
		t.Hiring.Attrition, _ = scalar.PerYear(v)
	}
	if v := s.Key("hiring"); v.Exists() {
		h := d.Section(v, "teams.*.hiring")
		if v := h.Need("lead", "write lead: 8w"); v.Exists() {
			t.Hiring.Lead, _ = wholeDays(v, "the lead time")
		}
		t.Hiring.Training, _ = wholeDays(h.Key("training"), "a training")
		if v := h.Key("dropout"); v.Exists() {
			t.Hiring.Dropout, _ = scalar.Percent(v, 0, 0.95)
		}
		if v := h.Key("class"); v.Exists() {
			t.Hiring.Least, t.Hiring.Most = class(v)
		}
		if v := h.Key("cost"); v.Exists() {
			m, _ := d.Money(v)
			t.Hiring.Cost = m.Float()
		}
		t.Hiring.Replace = true
		h.Done()
	}
	if v := s.Key("full_time"); v.Exists() {
		t.FullTime, _ = scalar.PositiveDuration(v)
	}
	t.Ramp = learning(s.Key("ramp"))
	for _, e := range s.Key("overtime").Named("overtime", language.ListNames["overtime"]...) {
		t.Overtime = append(t.Overtime, d.overtime(e))
	}
}

// mostStarts bounds a class, beyond any that fits a room.
const mostStarts = 10_000

// class reads how many may begin together: 4..10.
func class(v yamltree.Value) (least, most int) {
	const want = "want such as 4..10: at least 4 people, and at most 10"
	text, ok := v.Text("a range, such as 4..10")
	if !ok {
		return 0, 0
	}
	first, second, ranged := strings.Cut(text, "..")
	if !ranged {
		v.Failf(want, "%q is not a range", scalar.Clip(text))
		return 0, 0
	}
	least, ok1 := scalar.Count(v.Within(0, len(first)).WithText(first), 1, mostStarts)
	most, ok2 := scalar.Count(v.Within(len(first)+2, len(second)).WithText(second), 1, mostStarts)
	if ok1 && ok2 && most < least {
		v.Failf("write the smaller number first", "%q is an empty range", scalar.Clip(text))
	}
	return least, most
}

// shrinkage reads a percentage, which is planned, or {planned, sickness, spell}.
func (d *Decoder) shrinkage(v yamltree.Value, t *staffing.Team) {
	if v.Node.Kind != yamltree.Map {
		t.Shrinkage, _ = scalar.Percent(v, 0, 0.99)
		return
	}
	s := d.Section(v, "teams.*.shrinkage")
	t.Shrinkage, _ = scalar.Percent(s.Key("planned"), 0, 0.99)
	t.Sickness.Share, _ = scalar.Percent(s.Key("sickness"), 0, 0.99)
	if v := s.Key("spell"); v.Exists() {
		t.Sickness.Spell, _ = scalar.PositiveDuration(v)
	}
	if v := s.Key("months"); v.Exists() {
		t.Monthly = slices.Repeat([]float64{t.Shrinkage}, 12)
		scalar.ByMonth(v, "a map from months to percentages", func(m time.Month, v yamltree.Value) {
			if share, ok := scalar.Percent(v, 0, 0.99); ok {
				t.Monthly[m-1] = share
			}
		})
	}
	s.Done()
}

// wholeDays is a duration of whole days, which may be none.
func wholeDays(v yamltree.Value, what string) (time.Duration, bool) {
	x, ok := scalar.Duration(v)
	if ok && x%scalar.Day != 0 {
		v.Failf("want whole days or weeks, such as 8w", "%s of %s is not a number of days", what, scalar.Clip(v.Node.Text))
		return 0, false
	}
	return x, ok
}

// onCall reads what a shift on call is for, and what it costs.
func (d *Decoder) onCall(v yamltree.Value) *staffing.OnCall {
	if !v.Exists() {
		return nil
	}
	var oc staffing.OnCall
	s := d.Section(v, "teams.*.shifts.*.on_call")
	oc.Match = d.Match(s.Key("match"), "teams.*.shifts.*.on_call.match")
	if v := s.Need("responds_in", "write responds_in: 15m"); v.Exists() {
		oc.Responds, _ = scalar.Duration(v)
	}
	if v := s.Key("standby"); v.Exists() {
		m, _ := d.MoneyPer(v, "h", "hour")
		oc.PerHour = m.Float()
	}
	oc.Minimum, _ = scalar.Duration(s.Key("minimum"))
	s.Done()
	return &oc
}

// learning reads "70% for 5d", "60% to 100% in 6w", or a list of these.
func learning(v yamltree.Value) staffing.Learning {
	var l staffing.Learning
	for _, item := range v.Items() {
		if p, ok := phase(item); ok {
			l = append(l, p)
		}
	}
	return l
}

func phase(v yamltree.Value) (staffing.Phase, bool) {
	const want = "want such as 70% for 5d, or 60% to 100% in 6w"
	text, ok := v.Text("a share of full speed, such as 70% for 5d")
	if !ok {
		return staffing.Phase{}, false
	}
	speed := func(at int, part string) (float64, bool) {
		trimmed := strings.TrimSpace(part)
		return scalar.Percent(v.Within(at+strings.Index(part, trimmed), len(trimmed)).WithText(trimmed), 0.05, 1)
	}
	head, tail, steady := strings.Cut(text, " for ")
	sep := " for "
	if !steady {
		sep = " in "
		head, tail, ok = strings.Cut(text, sep)
	}
	first, second, rises := strings.Cut(head, " to ")
	if !ok || rises == steady {
		v.Failf(want, "%q is not a learning curve", scalar.Clip(text))
		return staffing.Phase{}, false
	}
	at := len(head) + len(sep)
	length, ok1 := scalar.PositiveDuration(v.Within(at, len(tail)).WithText(tail))
	from, ok2 := speed(0, first)
	to, ok3 := from, true
	if rises {
		to, ok3 = speed(len(first)+len(" to "), second)
	}
	return staffing.Phase{From: from, To: to, For: length}, ok1 && ok2 && ok3
}

func (d *Decoder) overtime(e yamltree.Entry) staffing.Overtime {
	o := staffing.Overtime{Name: e.Key}
	s := d.Section(e.Value, "teams.*.overtime.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	if v := s.Need("from", "write from: 2026-11-27"); v.Exists() {
		o.First, _ = scalar.Date(v)
	}
	if v := s.Need("until", "write until: 2026-11-30"); v.Exists() {
		o.Last, _ = scalar.Date(v)
	}
	if v := s.Need("hours", "write hours: 2h"); v.Exists() {
		if x, ok := scalar.PositiveDuration(v); ok {
			o.Stay = x
		}
	}
	o.Share, _ = scalar.Percent(s.Key("share"), 0.01, 1)
	s.Done()
	return o
}

// persons reads what a shift says of its people.
func (d *Decoder) persons(s scope.Section, sh *staffing.Shift) {
	sh.Learning = learning(s.Key("learning"))
	if v := s.Key("part_time"); v.Exists() {
		sh.PartTime, _ = scalar.Percent(v, 0.05, 1)
	}
	for _, item := range s.Key("hires").Items() {
		h := d.Section(item, "teams.*.shifts.*.hires.*")
		var hire staffing.Hire
		if v := h.Need("on", "write on: 2026-09-01"); v.Exists() {
			hire.On, _ = scalar.Date(v)
		}
		if v := h.Need("heads", "write heads: 5"); v.Exists() {
			hire.Heads, _ = scalar.Number(v, 0, 1e5)
		}
		h.Done()
		sh.Hires = append(sh.Hires, hire)
	}
	sh.OnCall = d.onCall(s.Key("on_call"))
	holidays, ok := scope.Choice(s.Key("holidays"), []string{"off", "work", "only"})
	sh.Holidays, sh.HolidaysOnly = ok && holidays == 1, ok && holidays == 2
}
