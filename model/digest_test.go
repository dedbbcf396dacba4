package model_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// leaf reports whether the digest takes a type as a whole.
func leaf(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[*time.Location](), reflect.TypeFor[dist.Dist]():
		return true
	}
	return false
}

// walk visits everything that can be set below v: numbers, words, whole lists,
// pointers and the special types, in the order of declaration. Values of maps cannot be
// set in place and are left to a test of their own.
func walk(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	if leaf(v.Type()) {
		visit(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Array, reflect.Slice:
		if v.Kind() == reflect.Slice {
			visit(path, v)
		}
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Pointer:
		visit(path, v)
		if !v.IsNil() {
			walk(v.Elem(), path, visit)
		}
	default:
		visit(path, v)
	}
}

// others are values of v's type that mean something else than v.
func others(t *testing.T, path string, v reflect.Value) []reflect.Value {
	switch x := v.Interface().(type) {
	case time.Time:
		return []reflect.Value{reflect.ValueOf(x.Add(1)), reflect.ValueOf(x.In(time.FixedZone("elsewhere", -5*3600)))}
	case *time.Location:
		return []reflect.Value{reflect.ValueOf(time.FixedZone("elsewhere", 3600))}
	case dist.Dist:
		weibull := reflect.ValueOf(dist.Must(dist.Weibull(100, 0.5)))
		if x.IsZero() {
			return []reflect.Value{weibull}
		}
		return []reflect.Value{weibull, reflect.Zero(v.Type())}
	case contract.Scheme:
		other := x.(contract.Steps)
		other.Credit++
		return []reflect.Value{reflect.ValueOf(other), reflect.ValueOf(contract.Flat{Credit: other.Credit}), reflect.Zero(v.Type())}
	}
	other := reflect.New(v.Type()).Elem()
	switch {
	case v.Kind() == reflect.String:
		other.SetString(v.String() + "x")
	case v.Kind() == reflect.Bool:
		other.SetBool(!v.Bool())
	case v.CanInt():
		other.SetInt(v.Int() + 1)
	case v.CanUint():
		other.SetUint(v.Uint() ^ 1)
	case v.CanFloat():
		other.SetFloat(math.Nextafter(v.Float(), 1e9))
	case v.Kind() == reflect.Slice:
		// One entry more, of zeros.
		other.Set(reflect.Append(v.Slice3(0, v.Len(), v.Len()), reflect.Zero(v.Type().Elem())))
		if v.Len() > 0 {
			return []reflect.Value{other, v.Slice(0, v.Len()-1)}
		}
	case v.Kind() == reflect.Pointer:
		if v.IsNil() {
			other.Set(reflect.New(v.Type().Elem()))
		}
	case v.Kind() == reflect.Map:
		return nil // see TestDigestSeesEveryEntryOfAMap
	default:
		t.Fatalf("%s: a %v cannot be tried", path, v.Type())
	}
	return []reflect.Value{other}
}

func TestDigestChangesWithEveryFieldThatCanChangeAResult(t *testing.T) {
	t.Parallel()
	s := inherited(peopled(valid(t)))
	before := s.Digest()
	seen := map[string]string{before: "nothing"}
	places := 0
	walk(reflect.ValueOf(s).Elem(), "", func(path string, v reflect.Value) {
		for i, other := range others(t, path, v) {
			places++
			kept := reflect.New(v.Type()).Elem()
			kept.Set(v)
			v.Set(other)
			after := s.Digest()
			v.Set(kept)
			if path == ".Title" || strings.HasSuffix(path, ".Alternatives") || strings.HasPrefix(path, ".Teams[") && (strings.HasSuffix(path, ".Rules") || strings.Contains(path, ".Monthly")) {
				if after != before {
					t.Errorf("the digest changes with %s, which changes nothing that happens", path)
				}
				continue
			}
			change := fmt.Sprintf("%s (%d)", path, i)
			if same, taken := seen[after]; taken {
				t.Errorf("a change of %s and of %s have the same digest", change, same)
			}
			seen[after] = change
		}
	})
	if places < 300 {
		t.Errorf("only %d places tried", places)
	}
	if s.Digest() != before {
		t.Error("the digest did not come back")
	}
}

func TestDigestSeesEveryEntryOfAMap(t *testing.T) {
	t.Parallel()
	christmas := calendar.Date{Year: 2026, Month: time.December, Day: 25}
	friday := calendar.Date{Year: 2026, Month: time.November, Day: 27}
	before := valid(t).Digest()
	tests := map[string]func(c *calendar.Calendar){
		"a closed day less":             func(c *calendar.Calendar) { delete(c.Closed, christmas) },
		"a closed day more":             func(c *calendar.Calendar) { c.Closed[friday] = true },
		"other hours of a day":          func(c *calendar.Calendar) { c.Override[friday][0].To++ },
		"no hours of a day":             func(c *calendar.Calendar) { c.Override[friday] = nil },
		"ordinary hours of a day":       func(c *calendar.Calendar) { delete(c.Override, friday) },
		"no hours of one more day":      func(c *calendar.Calendar) { c.Override[christmas] = nil },
		"the same hours of another day": func(c *calendar.Calendar) { c.Override[christmas] = c.Override[friday]; delete(c.Override, friday) },
	}
	seen := map[string]string{before: "nothing"}
	for name, change := range tests {
		s := valid(t)
		change(s.Calendars[office])
		after := s.Digest()
		if same, taken := seen[after]; taken {
			t.Errorf("%s and %s have the same digest", name, same)
		}
		seen[after] = name
	}
}

func TestDigestIgnoresWhatMeansTheSame(t *testing.T) {
	t.Parallel()
	before := valid(t).Digest()
	tests := map[string]func(s *model.Scenario){
		"nothing at all":                func(*model.Scenario) {},
		"rules for rosters":             func(s *model.Scenario) { s.Teams[front].Rules = &staffing.Rules{Most: 9} },
		"the title":                     func(s *model.Scenario) { s.Title = "" },
		"an empty list instead of none": func(s *model.Scenario) { s.SLA.Policies[corporate].Match.Tiers = []ticket.Tier{} },
		"an empty map instead of none":  func(s *model.Scenario) { s.Calendars[always].Closed = map[calendar.Date]bool{} },
		"a day that is not closed": func(s *model.Scenario) {
			s.Calendars[office].Closed[calendar.Date{Year: 2026, Month: 1, Day: 1}] = false
		},
		"minus zero":                       func(s *model.Scenario) { s.Streams[liveChat].Growth = math.Copysign(0, -1) },
		"a copy of the calendars":          func(s *model.Scenario) { c := *s.Calendars[office]; s.Calendars[office] = &c },
		"another pointer to the same zone": func(s *model.Scenario) { z := *s.Teams[front].Zone; s.Teams[front].Zone = &z },
		"a list with room to grow":         func(s *model.Scenario) { s.Teams = append(make([]staffing.Team, 0, 100), s.Teams...) },
		"maps filled in the opposite order": func(s *model.Scenario) {
			closed := map[calendar.Date]bool{}
			closed[calendar.Date{Year: 2026, Month: time.December, Day: 25}] = true
			closed[calendar.Date{Year: 2026, Month: time.November, Day: 26}] = true
			s.Calendars[office].Closed = closed
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := valid(t)
			change(s)
			if s.Digest() != before {
				t.Errorf("canonical form (-before +after):\n%s", cmp.Diff(string(valid(t).Canonical()), string(s.Canonical())))
			}
		})
	}
}

func TestAnEmptyReplayIsNotNoReplay(t *testing.T) {
	t.Parallel()
	none, empty := valid(t), valid(t)
	none.Streams[liveChat].Replay = nil
	empty.Streams[liveChat].Replay = []demand.Arrival{}
	if none.Digest() == empty.Digest() {
		t.Error("both have the same digest, but one draws tickets and the other has none")
	}
}

// The digest stands in outcome files, so it may not move with a new release
// unless results do. If this test fails, raise the number in the header.
func TestDigestIsTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	s := &model.Scenario{
		Name:    "hello",
		Time:    model.Time{Start: time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC), Length: 7 * day, Interval: time.Hour},
		Run:     model.Run{Seed: 1, Min: 10, Max: 10},
		Streams: []demand.Stream{{Name: "mail", Volume: demand.Volume{Count: 0.1, Per: demand.PerHour}}},
		SLA:     sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Within: []time.Duration{time.Hour, sla.None}}}}}},
	}
	want := `headroom scenario 2
Name="hello"
Time.Start=2026-11-16T00:00:00Z UTC
Time.Length=604800000000000
Time.Interval=3600000000000
Run.Seed=1
Run.Min=10
Run.Max=10
Streams=[1]
Streams[0].Name="mail"
Streams[0].Volume.Count=0.1
Streams[0].Volume.Per=2
SLA.Policies=[1]
SLA.Policies[0].Name="all"
SLA.Policies[0].Targets=[1]
SLA.Policies[0].Targets[0].Within=[2]
SLA.Policies[0].Targets[0].Within[0]=3600000000000
SLA.Policies[0].Targets[0].Within[1]=-1
`
	if diff := cmp.Diff(want, string(s.Canonical())); diff != "" {
		t.Errorf("canonical form (-want +got):\n%s", diff)
	}
	// As sha256sum gives it for the text above.
	const digest = "f00ee42c7c5a8604eeb5270df28a72090e58b2ffad21330821ff56fa57f11dc4"
	if got := s.Digest(); got != digest {
		t.Errorf("digest %s, want %s", got, digest)
	}
}

// The encoder leaves out what is not exported. A type that keeps its meaning there
// must be known to it.
func TestNoTypeOfAScenarioHidesItsMeaning(t *testing.T) {
	t.Parallel()
	var types int
	seen := map[reflect.Type]bool{}
	var visit func(t reflect.Type, path string)
	visit = func(typ reflect.Type, path string) {
		if seen[typ] || leaf(typ) {
			return
		}
		seen[typ] = true
		types++
		switch typ.Kind() {
		case reflect.Struct:
			for i := range typ.NumField() {
				f := typ.Field(i)
				if !f.IsExported() {
					t.Errorf("%s.%s: the digest does not see %v.%s", path, f.Name, typ, f.Name)
				}
				visit(f.Type, path+"."+f.Name)
			}
		case reflect.Map:
			visit(typ.Key(), path)
			visit(typ.Elem(), path)
		case reflect.Slice, reflect.Array, reflect.Pointer:
			visit(typ.Elem(), path)
		case reflect.Interface:
			if typ != reflect.TypeFor[contract.Scheme]() {
				t.Errorf("%s: what %v may be is not known here", path, typ)
			}
			for _, scheme := range []contract.Scheme{contract.Flat{}, contract.Steps{}, contract.Bands{}, contract.Counts{}, contract.PerTicket{}, contract.PerDelay{}} {
				visit(reflect.TypeOf(scheme), path)
			}
		case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128, reflect.Uintptr:
			t.Errorf("%s: a %v has no canonical form", path, typ)
		}
	}
	visit(reflect.TypeFor[model.Scenario](), "")
	if types < 30 {
		t.Errorf("only %d types seen", types)
	}
	if strings.Contains(string(valid(t).Canonical()), "Title") {
		t.Error("the title is in the canonical form")
	}
}

func BenchmarkDigestOfAReplay(b *testing.B) {
	s := valid(b)
	rows := make([]demand.Arrival, 25_000)
	for i := range rows {
		rows[i] = demand.Arrival{ID: ticket.ID(i), At: time.Duration(i) * time.Minute, Class: s.Streams[lastYear].Replay[0].Class}
	}
	s.Streams[lastYear].Replay = rows
	for b.Loop() {
		s.Digest()
	}
}
