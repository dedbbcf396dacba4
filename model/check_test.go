package model_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
)

// mistake is a change to the valid scenario and the problems that it makes:
// path and text, joined by a colon.
type mistake struct {
	name   string
	change func(s *model.Scenario)
	want   []string
}

func texts(problems []model.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Path+": "+p.Text)
	}
	return out
}

func checkMistakes(t *testing.T, mistakes []mistake) {
	t.Parallel()
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			s := valid(t)
			m.change(s)
			before := string(s.Canonical())
			problems := s.Check()
			if diff := cmp.Diff(m.want, texts(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if after := string(s.Canonical()); after != before {
				t.Errorf("Check changed the scenario (-before +after):\n%s", cmp.Diff(before, after))
			}
		})
	}
}

func TestAValidScenarioHasNoProblems(t *testing.T) {
	t.Parallel()
	for _, p := range valid(t).Check() {
		t.Error(p)
	}
}

func TestAllProblemsAreReportedAtOnceInTheOrderOfTheLanguage(t *testing.T) {
	t.Parallel()
	s := valid(t)
	s.Contracts[0].Cap = 2_000_000
	s.SLA.Policies[corporate].Calendar = 6
	s.Routing.Order = 9
	s.Teams[front].Shrinkage = 1
	s.Streams[orderMail].Spikes[0].Factor = 0
	s.Streams[orderMail].Volume.Count = -1
	s.Issues[payment].SolvedAtFirst = 0
	s.Channels[chat].Slowdown = work.Slowdown{-1}
	s.Calendars[office].Zone = nil
	s.Run.Min = 0
	s.Time.Warmup = -1
	var got []string
	for _, p := range s.Check() {
		got = append(got, p.Path)
	}
	want := []string{
		"time.warmup", "run.replications", "calendars.office", "channels.chat.slowdown", "issues.payment-failure.solved_at_first_touch",
		"demand[orders-by-email].volume", "spikes.black-friday.factor", "teams.front.shrinkage", "routing.order",
		"sla.policies[corporate].calendar", "contracts[acme].cap",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

func TestHintsSayHowToMendIt(t *testing.T) {
	t.Parallel()
	s := valid(t)
	s.Teams[night].Shifts[0].From, s.Teams[night].Shifts[0].To = 1320, 360
	s.Teams[front].Shifts[early] = staffing.Shift{
		Name: "early", Heads: 1, Days: s.Teams[front].Shifts[early].Days, From: 1320, To: 1800, Breaks: []staffing.Break{{At: 120, Minutes: 30}},
	}
	want := []string{
		"teams.front.shifts[early].break: the break of 30 min at 02:00 is not within the shift from 22:00 to 30:00 (on the next day it is at 26:00)",
		"teams.night.shifts[owls].hours: the shift ends at 06:00, before it starts at 22:00 (a shift that ends on the next day ends above 24:00, such as 22:00-30:00)",
	}
	var got []string
	for _, p := range s.Check() {
		got = append(got, p.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// Whatever a reader of scenarios may make of bad input, Check names it and
// survives: every single number set to extremes, and every list emptied.
func TestCheckSurvivesEveryField(t *testing.T) {
	t.Parallel()
	s := valid(t)
	places := 0
	walk(reflect.ValueOf(s).Elem(), "", func(path string, v reflect.Value) {
		places++
		for _, extreme := range extremes(v) {
			before := reflect.New(v.Type()).Elem()
			before.Set(v)
			v.Set(extreme)
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("%s = %v: %v", path, extreme, r)
					}
				}()
				s.Check()
			}()
			v.Set(before)
		}
	})
	if places < 300 {
		t.Errorf("only %d places tried", places)
	}
	if problems := (&model.Scenario{}).Check(); len(problems) < 8 {
		t.Errorf("the empty scenario has only the problems %v", problems)
	}
}

// extremes are values of v's type that no scenario should hold.
func extremes(v reflect.Value) []reflect.Value {
	var out []reflect.Value
	add := func(x any) { out = append(out, reflect.ValueOf(x).Convert(v.Type())) }
	switch {
	case v.CanFloat():
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 0, 1e300} {
			add(x)
		}
	case v.CanInt():
		high := int64(math.MaxInt64) >> (64 - v.Type().Bits())
		add(high)
		add(-high - 1)
		add(int64(-1))
		add(int64(0))
	case v.CanUint():
		add(uint64(math.MaxUint64) >> (64 - v.Type().Bits()))
		add(uint64(0))
	default:
		out = append(out, reflect.Zero(v.Type()))
	}
	return out
}
