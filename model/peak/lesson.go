package peak

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Lesson is what teams learn before the spike: skills and channels that they have not.
type Lesson struct {
	Teams    []int
	Skills   []ticket.Skill
	Channels []ticket.Channel
	Hours    float64 // paid, of each person
	PerHead  float64 // what it costs beside, for each person
}

// MostLessons bounds them: any choice of them is another mix.
const MostLessons = 6

// separate is up to how many teams learn by themselves where nobody says who learns what.
const separate = 3

// usualLessons teach each team what some other can; where many teams have something to learn, all in one.
func usualLessons(s *model.Scenario, hours float64) (out []Lesson) {
	var skills []ticket.Skill
	var channels []ticket.Channel
	allSkills, allChannels := false, false
	for i := range s.Teams {
		if t := &s.Teams[i]; taking(t) {
			allSkills, allChannels = allSkills || len(t.Skills) == 0, allChannels || len(t.Channels) == 0
			skills, channels = append(skills, t.Skills...), append(channels, t.Channels...)
		}
	}
	if allSkills {
		skills = every[ticket.Skill](len(s.Names.Skills))
	}
	if allChannels {
		channels = every[ticket.Channel](len(s.Names.Channels))
	}
	skills, channels = distinct(skills), distinct(channels)
	for i := range s.Teams {
		if t := &s.Teams[i]; taking(t) && (Lacks(t.Skills, skills) || Lacks(t.Channels, channels)) {
			out = append(out, Lesson{Teams: []int{i}, Skills: skills, Channels: channels, Hours: hours})
		}
	}
	if len(out) > separate {
		for _, x := range out[1:] {
			out[0].Teams = append(out[0].Teams, x.Teams...)
		}
		out = out[:1]
	}
	return out
}

// given are the lessons of a size.
func (p *Plan) given(which float64) (out []*Lesson) {
	for i := range p.Lessons {
		if int(which)>>i&1 == 1 {
			out = append(out, &p.Lessons[i])
		}
	}
	return out
}

// train gives the lessons, and says what that costs. People are paid for each of the lessons that they have.
func (p *Plan) train(s *model.Scenario, which float64) (cost float64, err error) {
	lessons := p.given(which)
	if len(lessons) == 0 {
		return 0, errors.New("every team can do what every other can")
	}
	for _, x := range lessons {
		for _, i := range x.Teams {
			t, was := &s.Teams[i], &p.Scenario.Teams[i]
			if !Lacks(was.Skills, x.Skills) && !Lacks(was.Channels, x.Channels) {
				return 0, fmt.Errorf("%s can do already what it would learn", t.Name)
			}
			t.Skills, t.Channels = with(t.Skills, x.Skills, len(s.Names.Skills)), with(t.Channels, x.Channels, len(s.Names.Channels))
			cost += p.people(t) * (x.Hours*t.Cost.PerHour + x.PerHead)
		}
	}
	return cost, nil
}

// learners names who is trained, and in what.
func (p *Plan) learners(which float64) string {
	var lessons []string
	for _, x := range p.given(which) {
		var teams []string
		for _, i := range x.Teams {
			teams = append(teams, p.Scenario.Teams[i].Name)
		}
		text := strings.Join(teams, " and ")
		if words := p.Learn(x); len(words) > 0 {
			text += " in " + strings.Join(words, " and ")
		}
		lessons = append(lessons, text)
	}
	return strings.Join(lessons, ", of ")
}

// Lacks reports whether somebody with some skills, where none means all, has not all of others.
func Lacks[T comparable](has, others []T) bool {
	return len(has) > 0 && slices.ContainsFunc(others, func(x T) bool { return !slices.Contains(has, x) })
}

// with are some and others, where none means all, as do all that there are.
func with[T ~uint8 | ~uint16 | ~uint32 | ~int | ~int16 | ~int32](some, others []T, n int) []T {
	if len(some) == 0 {
		return nil
	}
	both := distinct(slices.Concat(some, others))
	if len(both) == n {
		return nil
	}
	return both
}

// every are the first n of a kind.
func every[T ~uint8 | ~uint16 | ~uint32 | ~int | ~int16 | ~int32](n int) (out []T) {
	for i := range n {
		out = append(out, T(i))
	}
	return out
}

func distinct[T ~uint8 | ~uint16 | ~uint32 | ~int | ~int16 | ~int32](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// Learn lists what the people of a lesson learn, in words.
func (p *Plan) Learn(x *Lesson) (words []string) {
	lacking := func(has func(t *staffing.Team) bool) bool {
		return slices.ContainsFunc(x.Teams, func(i int) bool { return has(&p.Scenario.Teams[i]) })
	}
	for _, k := range x.Skills {
		if lacking(func(t *staffing.Team) bool { return Lacks(t.Skills, []ticket.Skill{k}) }) {
			words = append(words, p.Scenario.Names.Skills[k])
		}
	}
	for _, c := range x.Channels {
		if lacking(func(t *staffing.Team) bool { return Lacks(t.Channels, []ticket.Channel{c}) }) {
			words = append(words, p.Scenario.Names.Channels[c])
		}
	}
	return words
}
