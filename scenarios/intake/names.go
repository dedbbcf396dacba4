package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/intern"
)

// The attributes that have names.
const (
	channel = iota
	issue
	tier
	priority
	account
	team
	agent
	attributes
)

// mostNames is how many names of a kind a log can hold, with one more for what is not said.
var mostNames = [attributes]int{
	channel: math.MaxUint8, issue: math.MaxUint16, tier: math.MaxUint8, priority: math.MaxUint8,
	account: math.MaxUint16 - 1, team: math.MaxInt16, agent: 1 << 20,
}

var attributeNames = [attributes]string{"channel", "issue", "tier", "priority", "account", "team", "agent"}

// unsaid are the names of what a desk must know of every ticket and a source does not say.
var unsaid = [...]string{channel: "email", issue: "request", tier: "customer", priority: "normal"}

// maxName is the most bytes of a name.
const maxName = 200

// dictionary gives the names of a kind numbers from 1 on, in the order in which they come.
type dictionary struct {
	numbers intern.Table[uint32] // by the text of the source
	names   []string
	last    string
	lastN   uint32
}

// number is the number of a text of the source; 0 for what is not said.
func (in *Intake) number(kind int, text string, at Place) uint32 {
	d := &in.dictionaries[kind]
	if text == "" {
		return 0
	}
	if text == d.last {
		return d.lastN
	}
	n, known := d.numbers.GetString(text)
	if !known {
		if len(d.names) == mostNames[kind] {
			in.Odd(TooManyNames, attributeNames[kind], at)
			return 0
		}
		n = uint32(len(d.names) + 1)
		text = strings.Clone(text)
		name := in.name(kind, text, at)
		if same, taken := d.numbers.GetString(name); taken {
			n = same
		} else {
			d.names = append(d.names, name)
			d.numbers.Put(name, n)
		}
		d.numbers.Put(text, n)
	}
	d.last, d.lastN = text, n
	return n
}

// name is what a text of the source is called in the log.
func (in *Intake) name(kind int, text string, at Place) string {
	if k := in.options.Pseudonyms; k != nil && (kind == account || kind == agent) {
		in.Private(attributeNames[kind], text)
		return k.Name(attributeNames[kind], text)
	}
	name := in.tidy(text, attributeNames[kind], at)
	if name != text { // two may have been made one
		name += " (" + shortHash(text) + ")"
	}
	return name
}

// tidy is a text as a log can hold it.
func (in *Intake) tidy(text, what string, at Place) string {
	if len(text) <= maxName && utf8.ValidString(text) {
		return text
	}
	in.Odd(BadText, what, at)
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	if len(text) > maxName {
		cut := maxName
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	return text
}

// finalNames are the names as the log has them, and the place of each number of a dictionary in
// them. Priorities are put in order; what is not said gets a name where a desk needs one.
func (in *Intake) finalNames(unknown [attributes]bool) (names ticket.Names, place [attributes][]int) {
	lists := [...]*[]string{
		channel: &names.Channels, issue: &names.Issues, tier: &names.Tiers,
		priority: &names.Priorities, account: &names.Accounts, team: &names.Teams,
	}
	for kind, list := range lists {
		*list = slices.Clone(in.dictionaries[kind].names)
		if kind != account {
			for i, name := range *list {
				(*list)[i] = in.Veil(name)
			}
		}
		zero := -1
		if kind < len(unsaid) && (unknown[kind] || len(*list) == 0) {
			if zero = slices.Index(*list, unsaid[kind]); zero < 0 {
				*list, zero = append(*list, unsaid[kind]), len(*list)
			}
		}
		order := make([]int, len(*list)) // the place of each
		for i := range order {
			order[i] = i
		}
		if kind == priority {
			order = in.rank(*list)
			ranked := make([]string, len(*list))
			for i, at := range order {
				ranked[at] = (*list)[i]
			}
			*list = ranked
		}
		if zero >= 0 {
			zero = order[zero]
		}
		place[kind] = append([]int{zero}, order...)
	}
	return names, place
}

// ranks are what priorities are often called, from the highest on.
var ranks = []string{"blocker", "critical", "urgent", "emergency", "highest", "high", "major", "moderate", "medium", "normal", "low", "minor", "lowest", "planning", "trivial"}

// rank is the place of each priority: as the options have it, else by the common words, those of
// one rank and all others in the order of the alphabet, which is that of 1 - Critical and P1.
func (in *Intake) rank(list []string) []int {
	key := func(name string) int {
		if i := slices.Index(in.options.Priorities, name); i >= 0 {
			return i - len(in.options.Priorities)
		}
		lower := strings.ToLower(name)
		if i := slices.IndexFunc(ranks, func(word string) bool { return strings.Contains(lower, word) }); i >= 0 {
			if j := slices.Index(ranks, lower); j >= 0 {
				return j
			}
			return i
		}
		return len(ranks)
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(key(list[a]), key(list[b])), cmp.Compare(list[a], list[b]))
	})
	place := make([]int, len(list))
	for at, i := range order {
		place[i] = at
	}
	return place
}
