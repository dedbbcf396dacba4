package zendesk

import (
	"fmt"
	"maps"
	"slices"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// choice says on which schedule the tickets count that have a word.
type choice struct {
	attribute string // channel, issue, priority or tier; empty if all tickets count on one schedule
	words     map[string]string
}

const (
	mostScheduled = 5_000_000 // tickets of which the schedule is remembered, with some 200 MB of memory for all of them
	mostTold      = 1000      // words of an attribute that are told apart
	leastTold     = 0.95      // the share of tickets that an attribute must explain
)

// choose finds what the schedules of tickets go by. Zendesk sets them by triggers, which no export holds, and tells which one each
// ticket has got; a ticket of which nothing is told has the first.
func (r *reader) choose(list []*terms.Schedule, byID map[string]*terms.Schedule) error {
	r.hours = list[0].Name
	if len(list) == 1 {
		return nil
	}
	of, err := r.scheduled(byID)
	if err != nil {
		return err
	}
	if len(of) == 0 {
		r.In.Odd(desk.Unsettled, "there are several schedules, and nothing says which ticket has which: promises in business hours count on the first, "+r.hours, intake.Place{})
		return nil
	}
	all := 0
	alone := map[string]int{}
	told := map[string]map[string]map[string]int{} // attribute, word, schedule
	err = r.Each(func(_ string, rec *records.Record) error {
		schedule := list[0].Name
		if s := of[records.Sum(rec.Text("id"))]; s != nil {
			schedule = s.Name
		} else if len(of) == mostScheduled {
			return nil // it may be one that is not remembered
		}
		all++
		alone[schedule]++
		for attribute, word := range r.words(rec) {
			if told[attribute] == nil {
				told[attribute] = map[string]map[string]int{}
			}
			if told[attribute][word] == nil && len(told[attribute]) < mostTold {
				told[attribute][word] = map[string]int{}
			}
			if n := told[attribute][word]; n != nil {
				n[schedule]++
			}
		}
		return nil
	}, tickets)
	if err != nil || all == 0 {
		return err
	}
	r.settle(all, alone, told)
	return nil
}

// settle takes one schedule for all if nearly all tickets have it, else the attribute that tells most of them.
func (r *reader) settle(tickets int, alone map[string]int, told map[string]map[string]map[string]int) {
	best, hits := most(alone)
	r.hours = best
	for _, attribute := range slices.Sorted(maps.Keys(told)) {
		words, n := map[string]string{}, 0
		for word, schedules := range told[attribute] {
			s, of := most(schedules)
			if word == "" { // nothing to ask for: such tickets have what is left
				s, of = best, schedules[best]
			}
			if n += of; s != best {
				words[word] = s
			}
		}
		if n > hits {
			r.by, hits = choice{attribute, words}, n
		}
	}
	share := float64(hits) / float64(tickets)
	if share < leastTold {
		r.by = choice{}
		r.In.Odd(desk.Unsettled, fmt.Sprintf("there are several schedules, and nothing that is read says which ticket has which (at best %.0f %% of them): promises in business hours count on that of most, %s", 100*share, best), intake.Place{})
		return
	}
	text := "tickets count on the schedule of most, " + best
	if r.by.attribute != "" {
		text = "tickets count on a schedule by their " + r.by.attribute
	}
	r.In.Odd(desk.Inferred, fmt.Sprintf("%s: so do %.0f %% of them", text, 100*share), intake.Place{})
}

// most is the schedule of most tickets, the first by name among equals.
func most(schedules map[string]int) (best string, n int) {
	for _, s := range slices.Sorted(maps.Keys(schedules)) {
		if schedules[s] > n {
			best, n = s, schedules[s]
		}
	}
	return best, n
}

// scheduled is the schedule of each ticket of which it is told, the latest, by the hash of the ticket.
func (r *reader) scheduled(byID map[string]*terms.Schedule) (map[uint64]*terms.Schedule, error) {
	of := map[uint64]*terms.Schedule{}
	err := r.Each(func(_ string, rec *records.Record) error {
		s := byID[rec.Text("schedule_id")]
		if s == nil {
			r.In.Odd(desk.NotJoined, "schedule", rec.Place)
			return nil
		}
		if len(of) < mostScheduled {
			of[records.Sum(rec.Text("ticket_id"))] = s
		}
		return nil
	}, scheduledRow)
	return of, err
}

// words are what promises can ask for of a ticket.
func (r *reader) words(rec *records.Record) map[string]string {
	channel := rec.First("via_channel")
	if channel == "" {
		channel = rec.Text("via", "channel")
	}
	words := map[string]string{"channel": channel, "issue": rec.Text("type"), "priority": priority(rec.Text("priority"))}
	if tier := r.tierOf(rec.Text("organization_id")); tier != "" {
		words["tier"] = tier
	}
	return words
}

// turn is a schedule, and the tickets that count on it.
type turn struct {
	schedule string
	match    terms.Match
}

// turns are the schedules of a policy's tickets, that of all others last.
func (r *reader) turns(match terms.Match) []turn {
	var list []turn
	bySchedule := map[string][]string{}
	for word, s := range r.by.words {
		if own := match[r.by.attribute]; len(own) == 0 || slices.Contains(own, word) {
			bySchedule[s] = append(bySchedule[s], word)
		}
	}
	for _, s := range slices.Sorted(maps.Keys(bySchedule)) {
		narrow := maps.Clone(match)
		if narrow == nil {
			narrow = terms.Match{}
		}
		slices.Sort(bySchedule[s])
		narrow[r.by.attribute] = bySchedule[s]
		list = append(list, turn{s, narrow})
	}
	return append(list, turn{r.hours, match})
}
