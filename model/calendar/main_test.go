package calendar

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests must not depend on the machine's zones
)

// TestMain fixes the seed of the property tests, so that a run can be repeated;
// -rapid.seed and -rapid.checks look elsewhere and further.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.seed"); f.Value.String() == "0" {
		if err := f.Value.Set("20261127"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// instant reads RFC 3339, so that each test says which offset it means.
func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func date(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// spans reads "09:00-12:00 13:00-17:00".
func spans(s string) []Span {
	list := []Span{}
	for _, word := range strings.Fields(s) {
		var h1, m1, h2, m2 int
		if _, err := fmt.Sscanf(word, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil {
			panic(err)
		}
		list = append(list, Span{h1*60 + m1, h2*60 + m2})
	}
	return list
}

// weekly is a calendar with the same hours from Monday to Friday, and others on
// Saturday and Sunday.
func weekly(zoneName, weekdays, saturday, sunday string) *Calendar {
	c := &Calendar{Name: "test", Zone: zone(zoneName)}
	for day := time.Monday; day <= time.Friday; day++ {
		c.Week[day] = spans(weekdays)
	}
	c.Week[time.Saturday], c.Week[time.Sunday] = spans(saturday), spans(sunday)
	return c
}

func daily(zoneName, hours string) *Calendar { return weekly(zoneName, hours, hours, hours) }

func office(zoneName string) *Calendar { return weekly(zoneName, "09:00-17:00", "", "") }
