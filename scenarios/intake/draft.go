package intake

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// What no log of tickets tells, and a scenario needs.
const (
	assumedHandle = 10 * time.Minute // of one touch
	assumedDay    = 8 * time.Hour    // of one agent
	assumedLoad   = 0.8              // of that day
)

// Draft is a scenario that replays a log, with what the importer has found beside the tickets. Every
// value says where it comes from, and those that no log can tell say that they are assumed.
func (in *Intake) Draft(sum *Summary, logFile string) *draft.Map {
	doc := draft.New()
	words := sum.Names // as the log has them; names of a scenario may hold less
	sum = &Summary{Tickets: sum.Tickets, Created: sum.Created, Names: ticket.Names{
		Channels: draft.Names(words.Channels), Issues: draft.Names(words.Issues), Tiers: draft.Names(words.Tiers), Priorities: draft.Names(words.Priorities),
	}, FirstCreated: sum.FirstCreated, LastCreated: sum.LastCreated}
	first, last := calendar.DateOf(sum.FirstCreated), calendar.DateOf(sum.LastCreated)
	days := int(math.Round(last.At(0, time.UTC).Sub(first.At(0, time.UTC)).Hours()/24)) + 1
	t := doc.Map("time", "")
	t.Set("zone", in.options.Zone.String(), "as the import was told; the zone of the log")
	t.Set("start", first.String(), "the day of the first ticket")
	t.Set("length", strconv.Itoa(days)+"d", "to the day of the last ticket, "+last.String())
	t.Set("warmup", "0s", "a replay begins with an empty desk: the first days look better than they were")
	doc.Flow("tiers", sum.Names.Tiers, "as the log has them")
	doc.Flow("priorities", sum.Names.Priorities, "the highest first; check the order")
	channels := doc.Map("channels", "")
	for i, name := range sum.Names.Channels {
		channels.Map(name, fmt.Sprintf("%d tickets", sum.Created[channel][i])).Set("live", "false", "assumed: set true for phone and chat, with the patience of its customers")
	}
	in.draftIssues(doc, sum)
	stream := doc.List("demand", "").Map("")
	stream.Set("stream", "log", "")
	stream.Set("channel", sum.Names.Channels[most(sum.Created[channel])], "of tickets of which the log says none")
	share(stream, "issue", sum.Names.Issues, sum.Created[issue])
	share(stream, "tier", sum.Names.Tiers, sum.Created[tier])
	replay := stream.Map("replay", "every ticket of the log, at its time").Set("file", logFile, "")
	for _, kind := range []struct {
		key         string
		words, safe []string
	}{{"channel", words.Channels, sum.Names.Channels}, {"issue", words.Issues, sum.Names.Issues}, {"tier", words.Tiers, sum.Names.Tiers}, {"priority", words.Priorities, sum.Names.Priorities}} {
		for i, word := range kind.words {
			if word != kind.safe[i] {
				replay.Map("values", "words of the log that no name of a scenario can be").Map(kind.key, "").Set(word, kind.safe[i], "")
			}
		}
	}
	in.draftTeam(doc, sum, days)
	doc.Take(in.Parts)
	return doc
}

func (in *Intake) draftIssues(doc *draft.Map, sum *Summary) {
	issues := doc.Map("issues", "handle is assumed: a log of tickets does not tell how long an agent had a ticket in hand")
	common := sum.Names.Priorities[most(sum.Created[priority])]
	for i, name := range sum.Names.Issues {
		one := issues.Map(name, fmt.Sprintf("%d tickets", sum.Created[issue][i]))
		one.Set("priority", common, "the most common; the log says that of each ticket")
		one.Set("handle", fmt.Sprintf("lognormal(mean %dm, cv 1)", int(assumedHandle.Minutes())), "assumed")
	}
}

// draftTeam drafts a desk that can do the work, by what is assumed of it.
func (in *Intake) draftTeam(doc *draft.Map, sum *Summary, days int) {
	perDay := float64(sum.Tickets) / float64(days)
	busy := perDay * 7 / 5 * assumedHandle.Hours() / (assumedDay.Hours() * assumedLoad)
	team := doc.Map("teams", "one team, as nothing of shifts is known").Map("desk", "")
	shift := team.List("shifts", "").Map("")
	shift.Set("heads", strconv.Itoa(max(1, int(math.Ceil(busy)))), fmt.Sprintf("assumed: %.1f tickets a day, one touch each, agents busy %.0f%% of their day", perDay, 100*assumedLoad))
	shift.Set("days", "mon-fri", "assumed")
	shift.Set("hours", "09:00-17:00", "assumed")
}

// most is the place of the largest number.
func most(counts []int) int { return slices.Index(counts, slices.Max(counts)) }

// share says how the tickets of a stream fall to several names.
func share(m *draft.Map, key string, names []string, counts []int) {
	if len(names) == 1 {
		return
	}
	shares := m.Map(key, "by their number in the log; the log says that of each ticket")
	for i, percent := range percentages(counts) {
		shares.Set(names[i], strconv.FormatFloat(float64(percent)/1e4, 'f', -1, 64)+"%", "")
	}
}

// percentages are shares in units of 0.0001 %, which add up to the whole: what rounding leaves over goes to
// the largest.
func percentages(counts []int) []int {
	const whole = 100 * 1e4
	all := 0
	for _, n := range counts {
		all += n
	}
	out, left := make([]int, len(counts)), int(whole)
	for i, n := range counts {
		out[i] = int(float64(n) / float64(all) * whole)
		left -= out[i]
	}
	out[most(counts)] += left
	return out
}
