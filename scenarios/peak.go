package scenarios

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/desk"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Peak is what a scenario says of what may be done about a spike, with the usual where it says nothing.
type Peak struct {
	Scenario *model.Scenario
	Spike    string        // empty: the only one
	Goal     *outcome.Goal // nil for none
	Largest  peak.Sizes
	Prices   peak.Prices
}

// LoadPeak reads a scenario as Load does, and its section peak. A target that is not empty stands in place of the section's; what
// is wrong in it is a problem in a file called after the option.
func LoadPeak(ref, target string) (*Peak, error) {
	d, err := load(ref)
	if err != nil {
		return nil, err
	}
	out := d.surge
	out.Scenario = d.Out
	if d.root.Get("peak") == nil {
		out.Largest, out.Prices = peak.UsualSizes, peak.Usual()
	}
	if target != "" {
		d.loader.reader.Context = ""
		out.Goal = d.readGoal(d.loader.option("--target", target))
	}
	if err := d.loader.problems(); err != nil {
		return nil, err
	}
	return &out, nil
}

// nothing is what leaves a measure out.
const nothing = "none"

// bounds of what the section says.
const (
	longestOvertime = 12 * time.Hour
	longestLesson   = 1000 * time.Hour
	longestNotice   = 90 * scalar.Day
	longestAfter    = 60 * scalar.Day
	mostRelaxed     = 100
)

// peak reads the section that headroom peak goes by. It leaves nothing in the scenario but its currency.
func (d *decoder) peak(v yamltree.Value, working *desk.Decoder) {
	if !v.Exists() {
		return
	}
	p := &d.surge
	p.Prices, p.Largest = peak.Usual(), peak.UsualSizes
	s := d.Section(v, "peak")
	if v := s.Key("spike"); v.Exists() {
		known := scope.Words{Noun: "spike", Plural: "spikes"}
		for i := range d.Out.Streams {
			for _, x := range d.Out.Streams[i].Spikes {
				if known.Index(x.Name) < 0 {
					known.List = append(known.List, x.Name)
				}
			}
		}
		if i, ok := known.Find(v); ok {
			p.Spike = known.List[i]
		}
	}
	if v := s.Key("target"); v.Exists() {
		p.Goal = d.readGoal(v)
	}
	d.temps(s.Key("temps"), working)
	d.overtime(s.Key("overtime"))
	d.relaxed(s.Key("relax"))
	d.deflected(s.Key("deflect"))
	if v := s.Key("call_to_email"); !d.left(v, peak.CallsToMail) {
		p.Largest[peak.CallsToMail], _ = scalar.Percent(v, 0.01, 1)
	}
	d.lessons(s.Key("training"))
	if v := s.Key("after"); v.Exists() {
		if x, ok := scalar.Duration(v); ok && (x%scalar.Day != 0 || x > longestAfter) {
			v.Failf("want whole days, up to 60d", "%q is no number of days", scalar.Clip(v.Node.Text))
		} else if ok {
			p.Prices.After = int(x / scalar.Day)
		}
	}
	s.Done()
}

// left reports whether a measure is left out.
func (d *decoder) left(v yamltree.Value, m peak.Measure) bool {
	if v.Exists() && v.Node.Kind == yamltree.Scalar && v.Node.Text == nothing {
		d.surge.Largest[m] = 0
		return true
	}
	return false
}

// measure begins to read the section of a measure; false where there is none, or it leaves the measure out.
func (d *decoder) measure(v yamltree.Value, name string, m peak.Measure) (scope.Section, bool) {
	if !v.Exists() || d.left(v, m) {
		return scope.Section{}, false
	}
	return d.Section(v, "peak."+name), true
}

func (d *decoder) temps(v yamltree.Value, working *desk.Decoder) {
	s, ok := d.measure(v, "temps", peak.Temps)
	if !ok {
		return
	}
	prices, most := &d.surge.Prices, &d.surge.Largest[peak.Temps]
	if v := s.Key("shifts"); v.Exists() {
		scope.Filled(v, "shifts")
		*most = 1
		for _, e := range v.Entries("a map from teams to shifts") {
			if team, ok := d.Known.Teams.Find(e.Name); ok && team < len(d.Out.Teams) {
				prices.TempShifts = append(prices.TempShifts, d.tempShifts(e.Value, team, working)...)
			}
		}
	}
	if v := s.Key("most"); v.Exists() {
		*most, _ = scalar.Percent(v, 0.01, 10)
	}
	if v := s.Key("cost"); v.Exists() {
		m, _ := d.MoneyPer(v, "h", "hour")
		prices.TempsPerHour = m.Float()
	}
	prices.TempsSpeed, _ = scalar.Percent(s.Key("speed"), 0.05, 1)
	s.Done()
}

// tempShifts reads names of shifts of a team, and shifts.
func (d *decoder) tempShifts(v yamltree.Value, team int, working *desk.Decoder) (out []peak.TempShift) {
	scope.Filled(v, "shifts")
	own := d.Out.Teams[team].Shifts
	known := scope.Words{Noun: "shift", Plural: "shifts"}
	for i := range own {
		known.List = append(known.List, own[i].Name)
	}
	named := v.Node.Kind == yamltree.Scalar || v.Node.Kind == yamltree.List && len(v.Node.Items) > 0 && v.Node.Items[0].Kind == yamltree.Scalar
	if named {
		for _, item := range v.Items() {
			if i, ok := known.Find(item); ok {
				x := own[i]
				x.First, x.Last, x.Hires = calendar.Date{}, calendar.Date{}, nil
				out = append(out, peak.TempShift{Team: team, Shift: x})
			}
		}
		return out
	}
	for _, e := range v.Named("shift", language.ListNames["shifts"]...) {
		x := working.Shift(e)
		if x.OnCall != nil {
			e.Value.Failf("leave on_call out", "temps are at work, and not on call")
			continue
		}
		out = append(out, peak.TempShift{Team: team, Shift: x})
	}
	return out
}

func (d *decoder) overtime(v yamltree.Value) {
	s, ok := d.measure(v, "overtime", peak.Overtime)
	if !ok {
		return
	}
	prices := &d.surge.Prices
	d.surge.Largest[peak.Overtime] = upTo(s.Key("most"), longestOvertime, "12h").Hours()
	if v := s.Key("premium"); v.Exists() {
		prices.Overtime, _ = scalar.Percent(v, 0, 10)
	}
	prices.OvertimeShare, _ = scalar.Percent(s.Key("share"), 0.01, 1)
	s.Done()
}

// upTo reads a time above 0, up to a longest one.
func upTo(v yamltree.Value, longest time.Duration, words string) time.Duration {
	x, ok := scalar.PositiveDuration(v)
	if ok && x > longest {
		v.Failf("want "+words+" at most", "%q is too long", scalar.Clip(v.Node.Text))
	}
	return x
}

func (d *decoder) relaxed(v yamltree.Value) {
	s, ok := d.measure(v, "relax", peak.Relaxation)
	if !ok {
		return
	}
	prices := &d.surge.Prices
	if v := s.Key("most"); v.Exists() {
		if text, ok := v.Text("a factor, such as x2"); ok {
			x, ok := scalar.ParseNumber(strings.TrimPrefix(text, "x"))
			if !ok || !strings.HasPrefix(text, "x") || !(x > 1 && x <= mostRelaxed) {
				v.Failf("want such as x2, above x1 and up to x100", "%q is not a factor", scalar.Clip(text))
			}
			d.surge.Largest[peak.Relaxation] = x - 1
		}
	}
	if v := s.Key("goodwill"); v.Exists() {
		m, _ := d.Money(v)
		prices.Goodwill = m.Float()
	}
	prices.Before = upTo(s.Key("announced"), longestNotice, "90d")
	s.Done()
}

func (d *decoder) deflected(v yamltree.Value) {
	s, ok := d.measure(v, "deflect", peak.Deflection)
	if !ok {
		return
	}
	prices := &d.surge.Prices
	d.surge.Largest[peak.Deflection], _ = scalar.Percent(s.Key("most"), 0.01, 1)
	if v := s.Key("cost"); v.Exists() {
		m, _ := d.MoneyPer(v, "contact")
		prices.PerContact = m.Float()
	}
	prices.Wrong, _ = scalar.Percent(s.Key("wrong"), 0, 1)
	s.Done()
}

// lessons reads who may learn what.
func (d *decoder) lessons(v yamltree.Value) {
	if !v.Exists() || d.left(v, peak.Training) {
		return
	}
	prices := &d.surge.Prices
	scope.Filled(v, "lessons")
	for _, e := range v.Entries("a map from names to lessons") {
		if len(prices.Lessons) == peak.MostLessons {
			e.Name.Failf("leave some out", "there are more than %d lessons: any choice of them is another mix", peak.MostLessons)
			return
		}
		if x, ok := d.lesson(e); ok {
			prices.Lessons = append(prices.Lessons, x)
		}
	}
}

func (d *decoder) lesson(e yamltree.Entry) (x peak.Lesson, ok bool) {
	s := d.Section(e.Value, "peak.training.*")
	if v := s.Need("team", "write team: NAME"); v.Exists() {
		var team int
		if team, ok = d.Known.Teams.Find(v); ok {
			x.Teams = []int{team}
		}
	}
	x.Skills = scope.List(s.Key("skills"), d.Known.Skills.Find, func(i int) ticket.Skill { return ticket.Skill(i) })
	x.Channels = scope.List(s.Key("channels"), d.Known.Channels.Find, func(i int) ticket.Channel { return ticket.Channel(i) })
	x.Hours = upTo(s.Key("hours"), longestLesson, "1000h").Hours()
	if v := s.Key("cost"); v.Exists() {
		m, _ := d.Money(v)
		x.PerHead = m.Float()
	}
	if ok && s.OK() && len(x.Skills)+len(x.Channels) == 0 {
		e.Value.Failf("write skills: NAME, or channels: NAME", "nothing is learnt")
		ok = false
	}
	if ok && x.Teams[0] < len(d.Out.Teams) && knows(&d.Out.Teams[x.Teams[0]], &x) {
		e.Value.Failf("name skills or channels that the team has not", "%s can do already what it would learn", d.Out.Teams[x.Teams[0]].Name)
		ok = false
	}
	s.Done()
	return x, ok
}

// knows reports whether a team can do already what a lesson teaches.
func knows(t *staffing.Team, x *peak.Lesson) bool {
	return !peak.Lacks(t.Skills, x.Skills) && !peak.Lacks(t.Channels, x.Channels)
}
