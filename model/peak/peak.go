// Package peak derives from a scenario with a spike what can be done about it: temps, overtime, promises that are
// announced to be longer, deflection, calls that become mail, cross-training, and mixes of them; and holds what trials of
// them came to.
//
// The stance: every measure has a price, and a plan costs staff, measures and credits together. What a measure is
// thought to cost and to do is an assumption, which is told beside the answer.
package peak

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Measure is something that can be done about a spike.
type Measure uint8

// The measures.
const (
	Temps Measure = iota
	Overtime
	Relaxation
	Deflection
	CallsToMail
	Training

	Measures = int(Training) + 1
)

var measureNames = [Measures]string{"temps", "overtime", "relaxed promises", "deflection", "calls to mail", "cross-training"}

// String is the measure's name.
func (m Measure) String() string { return measureNames[m] }

// Sizes say how much is done of each measure; 0 for nothing. Of Temps it is the people of the shifts that temps have, as a share of those that
// are written; of Overtime hours that people stay; of Relaxation by how much targets grow, 1 for twice as long; of Deflection and
// CallsToMail the share of contacts; of Training which of the plan's lessons are given, as a sum of 1, 2, 4 and so on.
type Sizes [Measures]float64

// Words say what is done: temps +50 %, overtime 2 h, cross-training of the mail room.
func (p *Plan) Words(z Sizes) string {
	var parts []string
	percent := func(x float64) string { return fmt.Sprintf("%.4g\u202f%%", 100*x) }
	for m, x := range z {
		if x == 0 {
			continue
		}
		text := Measure(m).String()
		switch Measure(m) {
		case Temps:
			if text += " "; p.Prices.TempShifts == nil {
				text += "+" // beside those of the shifts that they join
			}
			text += percent(x)
		case Overtime:
			text += fmt.Sprintf(" %.4g\u202fh", x)
		case Relaxation:
			text += fmt.Sprintf(" ×%.4g", 1+x)
		case Deflection, CallsToMail:
			text += " " + percent(x)
		case Training:
			text += " of " + p.learners(x)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// Used counts the measures that are used.
func (z Sizes) Used() (n int) {
	for _, x := range z {
		if x > 0 {
			n++
		}
	}
	return n
}

// Prices are what measures are assumed to cost and to do. All is in the scenario's currency.
type Prices struct {
	TempsPerHour   float64       // 0: TempsMarkup times what the team's own people cost
	TempsSpeed     float64       // of the people of the team, in (0, 1]
	Overtime       float64       // premium in overtime; negative: the team's own
	OvertimeShare  float64       // of the people of a shift who stay
	Goodwill       float64       // for each promise that is made longer
	PerContact     float64       // of meeting the bot
	Wrong          float64       // share of the bot's answers
	TrainingHours  float64       // paid hours for each person who is trained, where a lesson says nothing else
	Before         time.Duration // the announcement of longer promises, ahead of the spike
	After          int           // days after the spike for which temps and overtime go on
	WeekOfOnePaid  float64       // hours a week, to count who is trained
	BackAfterWrong time.Duration // mean time until a customer with a wrong answer is back

	// TempShifts are those of temps at a size of 1; nil: those of an ordinary week of every team.
	TempShifts []TempShift
	// Lessons are what may be taught; nil: to each team what others can.
	Lessons []Lesson
}

// TempShift is a shift of the temps of a team. Without days of its own it is there for the spike and after.
type TempShift struct {
	Team  int
	Shift staffing.Shift
}

// TempsMarkup is what temps cost per hour beside own people, if nothing is said.
const TempsMarkup = 1.3

// Usual are the prices where nobody says others.
func Usual() Prices {
	return Prices{
		TempsSpeed: 0.7, Overtime: -1, OvertimeShare: 0.5, PerContact: 0.5, Wrong: 0.1, TrainingHours: 16,
		Before: 72 * time.Hour, After: 3, WeekOfOnePaid: 40, BackAfterWrong: 4 * time.Hour,
	}
}

// UsualSizes are the largest sizes that are tried where nobody says others.
var UsualSizes = Sizes{Temps: 0.5, Overtime: 2, Relaxation: 1, Deflection: 0.3, CallsToMail: 0.5, Training: 1}

// Plan is what can be done about one spike of a scenario.
type Plan struct {
	Scenario *model.Scenario
	Spike    demand.Spike
	Prices   Prices
	Largest  Sizes
	Lessons  []Lesson
	// Why says of each measure why it cannot be taken here; empty where it can.
	Why [Measures]string
}

// Spikes lists the spikes of a scenario that bring more than usual, by name.
func Spikes(s *model.Scenario) (out []demand.Spike) {
	seen := map[string]bool{}
	for i := range s.Streams {
		for _, p := range s.Streams[i].Spikes {
			if !seen[p.Name] && p.Factor > 1 {
				seen[p.Name] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// New is the plan against a spike. Sizes that are 0 leave a measure out.
func New(s *model.Scenario, spike demand.Spike, largest Sizes, prices Prices) *Plan {
	p := &Plan{Scenario: s, Spike: spike, Prices: prices, Largest: largest}
	if p.Largest[Training] > 0 {
		if p.Lessons = prices.Lessons; p.Lessons == nil {
			p.Lessons = usualLessons(s, prices.TrainingHours)
		}
		p.Largest[Training] = max(1, float64(int(1)<<len(p.Lessons)-1))
	}
	for m := range Measures {
		if largest[m] == 0 {
			p.Why[m] = "left out"
			continue
		}
		var one Sizes
		one[m] = p.Largest[m]
		if _, _, err := p.Apply(one); err != nil {
			p.Why[m], p.Largest[m] = err.Error(), 0
		}
	}
	return p
}

// Singles are the measures that can be taken, each alone at its largest size, and each lesson alone.
func (p *Plan) Singles() (out []Sizes) {
	for m, x := range p.Largest {
		if x == 0 {
			continue
		}
		var one Sizes
		if Measure(m) == Training {
			for i := range p.Lessons {
				one[m] = float64(int(1) << i)
				out = append(out, one)
			}
			continue
		}
		one[m] = x
		out = append(out, one)
	}
	return out
}

// Grid are all mixes of the measures, each in so many steps up to its largest size, with any of the lessons. The first is
// doing nothing.
func (p *Plan) Grid(steps int) []Sizes {
	out := []Sizes{{}}
	for m, x := range p.Largest {
		if x == 0 {
			continue
		}
		n := steps
		if Measure(m) == Training {
			n = int(x) // each choice of lessons
		}
		var next []Sizes
		for _, z := range out {
			for k := 0; k <= n; k++ {
				y := z
				y[m] = x * float64(k) / float64(n)
				next = append(next, y)
			}
		}
		out = next
	}
	return out
}

// Days are the first and the last day of the spike on the clock of the scenario.
func (p *Plan) Days() (first, last calendar.Date) {
	start := p.Scenario.Time.Start
	return calendar.DateOf(start.Add(p.Spike.Start)), calendar.DateOf(start.Add(p.Spike.End() - 1))
}

// Until is the last day of temps and overtime.
func (p *Plan) Until() calendar.Date {
	_, last := p.Days()
	return last.AddDays(p.Prices.After)
}
