package tickets

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// collectChannels names the channels, so that one may speak of another that comes later.
func (d *Decoder) collectChannels(v yamltree.Value) scope.Words {
	known := scope.Words{Noun: d.Known.Channels.Noun, Plural: d.Known.Channels.Plural}
	for _, e := range v.Entries("a map from names to channels") {
		if e.Name.Node != nil && len(known.List) < scope.MostSmall {
			known.List = append(known.List, e.Key)
		}
	}
	return known
}

// afterAbandon reads what customers do who leave.
func (d *Decoder) afterAbandon(v yamltree.Value, channels scope.Words) work.AfterAbandon {
	var a work.AfterAbandon
	s := d.Section(v, "channels.*.after_abandon")
	if v := s.Key("retry"); v.Exists() {
		if share, rest, ok := shareAnd(v, " after ", "retry: 40% after exponential(mean 10m)"); ok {
			a.Retry, _ = scalar.Percent(share, 0, 1)
			a.After, _ = scalar.Distribution(rest)
		}
	}
	if v := s.Key("switch"); v.Exists() {
		if share, rest, ok := shareAnd(v, " to ", "switch: 25% to email"); ok {
			a.Switch, _ = scalar.Percent(share, 0, 1)
			i, _ := channels.Find(rest)
			a.To = ticket.Channel(i)
		}
	}
	most, _ := scalar.Count(s.Key("most"), 1, ticket.MostFurther)
	if a.Retry > 0 {
		a.Most = most
	}
	s.Done()
	return a
}

// shareAnd cuts "40% after exponential(mean 10m)" at a word.
func shareAnd(v yamltree.Value, word, example string) (share, rest yamltree.Value, ok bool) {
	text, ok := v.Text("such as " + example)
	if !ok {
		return share, rest, false
	}
	head, tail, ok := strings.Cut(text, word)
	if !ok {
		v.Failf("write such as "+example, "%q does not say%s", scalar.Clip(text), map[string]string{" after ": " after how long", " to ": " where to"}[word])
		return share, rest, false
	}
	at := len(head) + len(word)
	return v.Within(0, len(head)).WithText(strings.TrimSpace(head)), v.Within(at, len(tail)).WithText(strings.TrimSpace(tail)), true
}

// chase reads how customers ask again who are not answered.
func (d *Decoder) chase(v yamltree.Value) work.Chase {
	var c work.Chase
	s := d.Section(v, "channels.*.chase")
	if v := s.Need("after", "write after: weibull(scale 1d, shape 2)"); v.Exists() {
		c.After, _ = scalar.Distribution(v)
	}
	c.Merged, _ = scalar.Percent(s.Key("merged"), 0, 1)
	if v := s.Need("handle", "write handle: 2m"); v.Exists() {
		c.Handle, _ = scalar.Distribution(v)
	}
	c.Most, _ = scalar.Count(s.Key("most"), 1, ticket.MostFurther)
	s.Done()
	return c
}

// reminders reads when silent customers are reminded: one time or a list.
func reminders(v yamltree.Value) []time.Duration {
	var times []time.Duration
	for _, item := range v.Items() {
		if at, ok := scalar.Duration(item); ok {
			times = append(times, at)
		}
	}
	return times
}
