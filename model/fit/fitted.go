package fit

import (
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/drift"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Parameter is a number that a history says, with its interval. N counts what stands
// behind it: tickets, touches, questions or days, as Of says.
type Parameter struct {
	estimate.Estimate
	Method Method
	Of     string // what N counts, in the plural
}

// Method says where an interval comes from.
type Method string

// The methods.
const (
	Likelihood       Method = "maximum likelihood, delta method"
	ProfiledShare    Method = "maximum likelihood at its edge, profile likelihood"
	Quasi            Method = "quasi-likelihood of daily counts, delta method"
	Profiled         Method = "negative binomial, profile likelihood"
	Posterior        Method = "empirical Bayes, gamma posterior"
	Wilson           Method = "Wilson score interval"
	OverDays         Method = "t interval over days"
	Exact            Method = "exact Poisson interval"
	Jackknife        Method = "ratio of totals, jackknife"
	Jeffreys         Method = "beta posterior, Jeffreys prior"
	Assumed          Method = "assumed, not from the log"
	OverTickets      Method = "t interval over tickets"
	OrderStatistics  Method = "order statistics"
	ProfiledTogether Method = "correlation less chance, profile likelihood"
	InDays           Method = "Clopper-Pearson over days"
	LocalLevel       Method = "local level model of weeks, shortest posterior interval"
)

// Fitted is all that a history says about a scenario.
type Fitted struct {
	Names *ticket.Names
	Zone  *time.Location
	// From and Until are the whole local days that were used, both included.
	From, Until calendar.Date
	Days        int
	Tickets     int // created on these days
	Level       float64

	Kinds    []Kind // what tickets are about, the most frequent first
	Streams  []Stream
	Together []Together
	Channels []Channel
	Teams    []Team
	// Moves are how tickets go from team to team, and Moved the share of them that ever do.
	Moves []Move
	Moved Parameter
	// Routes are who takes what: by kind, where several teams are at work; of none else. Reach is the same by channel, in the order of
	// Streams. Teams are those of Teams, by index.
	Routes, Reach []routes.Route
	// FirstReply is what all tickets waited; nil if none was answered.
	FirstReply *WaitSummary
	// Hours are those in which the desk works, by when its people did something: in these tickets are put aside.
	Hours  *calendar.Calendar
	Closed string // the country on whose public holidays they are closed
	// AnswersInHours and HoldsInHours say that customers' answers and the ends of holds come in these hours, so that they
	// are counted in them.
	AnswersInHours, HoldsInHours bool
	// Deeds says that the log has no replies: what agents did to a ticket stands for its touches.
	Deeds bool
	// Pace is how the share of tickets that are solved soon wanders from week to week, in logits away from that of the weeks to
	// which holds and solutions are fitted; nil where nothing is known, or where times are not mostly the desk's own choice.
	Pace     *counts.Level
	Gaps     []Gap
	Ahead    []calendar.Date // public holidays of the year after the history
	Warnings []string

	kindOf map[issuePriority]int
}

// KindOf is the index in Kinds of a class of the log, or -1 if none of its tickets was there.
func (f *Fitted) KindOf(c ticket.Class) int {
	if i, ok := f.kindOf[issuePriority{c.Issue, c.Priority}]; ok {
		return i
	}
	return -1
}

// Kind is an issue of the scenario: an issue of the log with the priority that its
// tickets have. Where one issue has tickets of several priorities it is several kinds. Rare ones are pooled.
type Kind struct {
	Name     string
	Priority ticket.Priority
	Tickets  int
	Pooled   int // issues of the log that it stands for, if it is a pool of rare ones

	Handle      *Law      // agent time of one touch; nil if the log does not record it
	FirstSolves Parameter // share of tickets that the first touch solves
	LaterSolves Parameter // of later touches
	Touches     Parameter // mean number of touches of a solved ticket
	Holds       []Hold    // waits that are neither for the customer nor for a free agent
	HandOffs    []HandOff // to other teams, the most frequent first
	Reply       *Reply    // nil if no question was seen
	Reopen      *Return   // nil if nothing came back
	Resolve     *Law      // from creation to the first solving, for comparison; it is no input
}

// Law is a distribution with what stands behind it.
type Law struct {
	*survival.Law
	Others []*survival.Law // that were tried, by BIC
	Fit    *survival.Goodness
	Sample *survival.Sample
	Scale  float64 // share of the sample that ends at all, where the law is of those alone; else 0
	Stated bool    // it does not come from the log: then there is a Dist and no interval
	From   string  // where it does come from, if Stated
}

// Return is how often something comes back and how soon.
type Return struct {
	Share Parameter
	After *Law
}

// Reply is what customers do when an agent asks back.
type Reply struct {
	Never Parameter // share of questions without an answer
	After *Law
	Close time.Duration // after which an unanswered ticket was closed, typically; 0 if it never was
	// Reminders are when reminders went out, counted from the question.
	Reminders []time.Duration
	Pooled    bool // After is that of all kinds, since this one has too few answers
	Closed    int  // questions that were closed without an answer
}

// Hold is how tickets wait while the desk cannot or does not go on: on hold for a third party, or put aside
// while they stay open.
type Hold struct {
	Aside        bool
	First, Later Parameter // shares of first touches, and of later ones, that it follows
	Takes        *Law      // nil if too little is known
	Ended        int       // how many of the kind were seen to their end
	Pooled       bool      // Takes is that of all kinds, since the kind has too few
}

// Stream is the demand of one channel.
type Stream struct {
	Name    string
	Channel ticket.Channel
	Tickets int
	Like    string // the stream whose days and hours it has, since it has too few tickets for its own; else empty

	Week     Parameter     // tickets a week, at the end of the history, without growth, busyness and spikes
	Days     [7]Parameter  // by time.Weekday: weight of a day, where the mean of all seven is 1
	Hours    [24]Parameter // weights of the hours, mean 1, over all days
	Cells    [7][24]Cell   // each hour of the week
	OneShape bool          // nothing speaks against one shape for all days
	Shrink   [7]float64    // by time.Weekday: what the shape of its group counts for beside the tickets of the day itself, in tickets; +Inf: the day has that shape
	Growth   Parameter     // relative change in 365 days
	Grows    bool          // the growth is used: it is clear, and the history long enough
	Season   [12]Parameter // what months bring, from January on, with a geometric mean of 1
	Seasonal bool          // the season is used: the months differ, and there are two of each
	Shared   Parameter     // how much of the busyness comes over all streams at once; N is 0 for none
	Busyness Parameter     // coefficient of variation of a day
	Kinds    []Share       // of Fitted.Kinds
	Tiers    []Share
	Drift    *drift.Mix // how Kinds change from week to week; nil where nothing speaks against one mix
	Special  []SpecialDay
	Holiday  Parameter     // what public holidays bring of what their weekday does; N is 0 if there was none
	Bridge   Parameter     // the same of days between a public holiday and a weekend
	Wander   Parameter     // standard deviation of what the level moves in a week, as a share; N is 0 where nothing is known of it
	Level    *counts.Level // how it does, and where it stands; nil where nothing is known
	Spikes   []Spike
}

// Cell is the rate of one hour of the week in tickets per hour.
type Cell struct {
	Parameter
	Raw float64 // before shrinkage
}

// Share is the share of the stream's tickets with an attribute.
type Share struct {
	Index int
	Parameter
}

// SpecialDay is a day that had far more or fewer tickets than its weekday.
type SpecialDay struct {
	Date     calendar.Date
	Holiday  bool      // of the country that was named
	Tickets  int       // that came
	Expected float64   // on an ordinary day like this
	Factor   Parameter // tickets over expected
}

// Spike is a time of many tickets that the history holds.
type Spike struct {
	Start            time.Time
	Rise, Hold, Fall time.Duration
	Factor           Parameter // at its height
	Tickets          int       // that came in it
	Extra            float64   // above the usual
}

// Together is how the busyness of two streams goes together.
type Together struct {
	A, B int // of Streams
	Parameter
}

// Channel is what the log says about how contacts wait.
type Channel struct {
	Channel  ticket.Channel
	Live     bool // customers left, or were answered before any reply
	Answered int
	Left     int
	Patience *Law // nil if nobody left
	Curve    []survival.Step
	Wait     *WaitSummary // recorded: from creation to the first reply, or answer
}

// WaitSummary is what tickets waited for their first reply in the log.
type WaitSummary struct {
	N        int               // tickets
	Mean     estimate.Estimate // over days, on which waits go together; its N counts them
	Begins   bool              // it is the time until somebody began, where the log has that
	P50, P90 float64
}

// Team is who was there.
type Team struct {
	Name   string
	Team   ticket.Team // NoTeam for people without a team
	Agents int
	Events int
	Hours  [7][24]Parameter // people at work by hour of the week
}

// Gap is something that the log does not say.
type Gap struct {
	What string // is missing
	Fill string // what would fill it; may be empty
}

// Handles is the law of agent time if every kind has one, stated or recorded.
func (f *Fitted) Handles() bool {
	for i := range f.Kinds {
		if f.Kinds[i].Handle == nil {
			return false
		}
	}
	return true
}

// Give takes a law for the agent time of all kinds of tickets for which the log does not record it,
// with a sentence that says where it comes from.
func (f *Fitted) Give(d dist.Dist, from string) {
	for i := range f.Kinds {
		if k := &f.Kinds[i]; k.Handle == nil {
			k.Handle = Given(d, from)
		}
	}
	for i := range f.Gaps {
		if f.Gaps[i].Fill == fillHandle {
			f.Gaps[i].Fill = from
		}
	}
}

// Given is a law that does not come from the log, with a sentence that says where it does come from.
func Given(d dist.Dist, from string) *Law {
	return &Law{Law: &survival.Law{Dist: d}, Stated: true, From: from}
}
