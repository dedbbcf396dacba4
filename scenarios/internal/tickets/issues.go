package tickets

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Names reads the lists of tiers and priorities, and collects the names that
// other sections define, so that sections may refer to one another in any order.
func (d *Decoder) Names(top scope.Section) {
	d.Known.Tiers = scope.Words{Noun: "tier", Plural: "tiers"}
	d.Known.Priorities = scope.Words{Noun: "priority", Plural: "priorities"}
	d.Known.Channels = scope.Words{Noun: "channel", Plural: "channels"}
	d.Known.Issues = scope.Words{Noun: "issue", Plural: "issues"}
	d.Known.Skills = scope.Words{Noun: "skill", Plural: "skills"}
	d.Known.Accounts = scope.Words{Noun: "account", Plural: "accounts"}
	d.Known.Teams = scope.Words{Noun: "team", Plural: "teams"}
	d.Known.Streams = scope.Words{Noun: "stream", Plural: "streams"}
	d.nameList(top.Key("tiers"), &d.Known.Tiers)
	d.nameList(top.Key("priorities"), &d.Known.Priorities)
	d.collectAccounts()
}

func (d *Decoder) nameList(v yamltree.Value, into *scope.Words) {
	if v.Exists() && v.Node.Kind == yamltree.List && len(v.Node.Items) == 0 {
		v.Failf("", "the list of %s is empty", into.Plural)
	}
	for _, item := range v.Items() {
		if item.Node.Kind == yamltree.Scalar && into.Index(item.Node.Text) >= 0 {
			item.Failf("", "%s is there twice", item.Node.Text)
			continue
		}
		into.Add(item, scope.MostSmall)
	}
}

// collectAccounts names the customers that streams and contracts speak of.
func (d *Decoder) collectAccounts() {
	root := d.Top
	for _, stream := range scope.Quiet(root, "demand").Named("stream", language.ListNames["demand"]...) {
		for _, account := range scope.Quiet(stream.Value, "accounts").Entries("") {
			d.Known.Accounts.Add(account.Name, scope.MostLarge)
		}
	}
	for _, contract := range scope.Quiet(root, "contracts").Named("contract", language.ListNames["contracts"]...) {
		if name := scope.Quiet(contract.Value, "account"); name.Exists() && name.Node.Kind == yamltree.Scalar {
			d.Known.Accounts.Add(name, scope.MostLarge)
		}
	}
}

// Channels reads the section channels. Without it there is one, email.
func (d *Decoder) Channels(v yamltree.Value) {
	if !v.Exists() {
		v = v.AssumeMap("email")
		d.Note(v, language.At("channels"))
	}
	scope.Filled(v, "channels")
	all := d.collectChannels(v)
	for _, e := range v.Entries("a map from names to channels") {
		if _, ok := d.Known.Channels.Add(e.Name, scope.MostSmall); ok {
			d.Out.Channels = append(d.Out.Channels, d.channel(e, all))
		}
	}
}

func (d *Decoder) channel(e yamltree.Entry, all scope.Words) work.Channel {
	c := work.Channel{Name: e.Key}
	s := d.Section(e.Value, "channels.*")
	c.Live = scope.Truth(s.Key("live"))
	if v := s.Key("patience"); v.Exists() {
		c.Patience, _ = scalar.Distribution(v)
	}
	c.ShortAbandon, _ = scalar.Duration(s.Key("short_abandon"))
	c.Concurrency, _ = scalar.Count(s.Key("concurrency"), 1, 60)
	c.Concurrency = max(1, c.Concurrency)
	c.Slowdown = slowdown(s.Key("slowdown"))
	c.Callback, _ = scalar.Percent(s.Key("callback"), 0, 1)
	if v := s.Key("after_abandon"); v.Exists() {
		c.AfterAbandon = d.afterAbandon(v, all)
	}
	if v := s.Key("chase"); v.Exists() {
		c.Chase = d.chase(v)
	}
	s.Done()
	return c
}

// slowdown reads "25%", "25% per extra chat" or [15%, 40%], with one other contact,
// with two, and so on.
func slowdown(v yamltree.Value) work.Slowdown {
	if v.Exists() && v.Node.Kind == yamltree.List {
		var s work.Slowdown
		for _, item := range v.Items() {
			x, _ := scalar.Percent(item, 0, 10)
			s = append(s, x)
		}
		return s
	}
	x := perExtra(v)
	if x == 0 {
		return nil
	}
	return work.Slowdown{x}
}

func perExtra(v yamltree.Value) float64 {
	text, ok := v.Text("a percentage, such as 25% per extra chat")
	if !ok {
		return 0
	}
	share, rest, worded := strings.Cut(text, " ")
	if worded && !strings.HasPrefix(strings.TrimSpace(rest), "per extra ") {
		v.Failf("want such as 25% per extra chat", "%q is not a slowdown", scalar.Clip(text))
		return 0
	}
	x, _ := scalar.Percent(v.Within(0, len(share)).WithText(share), 0, 10)
	return x
}

// Issues reads the section issues.
func (d *Decoder) Issues(v yamltree.Value) {
	if !v.Exists() {
		v.Failf("write issues: {question: {handle: lognormal(mean 9m, cv 0.8)}}", "issues is missing: what are tickets about, and how long do they take?")
	}
	scope.Filled(v, "issues")
	for _, e := range v.Entries("a map from names to issues") {
		if _, ok := d.Known.Issues.Add(e.Name, scope.MostLarge); ok {
			d.Out.Issues = append(d.Out.Issues, d.issue(e))
		}
	}
}

func (d *Decoder) issue(e yamltree.Entry) work.Issue {
	issue := work.Issue{Name: e.Key, Skill: ticket.NoSkill, SolvedAtFirst: 1, SolvedLater: 1}
	s := d.Section(e.Value, "issues.*")
	issue.Priority = d.issuePriority(s)
	if v := s.Key("skill"); v.Exists() {
		if i, ok := d.Known.Skills.Add(v, scope.MostSmall); ok {
			issue.Skill = ticket.Skill(i)
		}
	}
	if v := s.Need("handle", "write handle: lognormal(mean 9m, cv 0.8)"); v.Exists() {
		issue.Handle, _ = scalar.Distribution(v)
	}
	first := s.Key("solved_at_first_touch")
	if x, ok := scalar.Percent(first, 0, 1); ok {
		issue.SolvedAtFirst = x
		issue.SolvedLater = x
	}
	if v := s.Key("solved_later"); v.Exists() {
		if x, ok := scalar.Percent(v, 0, 1); ok {
			issue.SolvedLater = x
		}
	} else {
		s.Assumed("solved_later", scalar.Plain(issue.SolvedAtFirst*100)+"%")
	}
	reply := s.Key("customer_reply")
	switch {
	case reply.Exists():
		issue.Reply = d.reply(reply)
	case issue.SolvedAtFirst < 1:
		first.Failf("add customer_reply: {after: lognormal(median 5h, cv 2)}",
			"the first touch leaves %s%% unsolved, but customer_reply is missing", scalar.RoundPercent(1-issue.SolvedAtFirst))
	}
	if v := s.Key("reopen"); v.Exists() {
		issue.Reopen = d.reopen(s, v)
	}
	if v := s.Key("hand_off"); v.Exists() {
		issue.HandOffs = d.handOffs(v)
	}
	if v := s.Key("hold"); v.Exists() {
		issue.Holds = d.holds(v)
	}
	s.Done()
	return issue
}

// issuePriority is the priority of an issue: the word, or normal, or the only one.
func (d *Decoder) issuePriority(s scope.Section) ticket.Priority {
	v := s.Key("priority")
	if v.Exists() {
		i, _ := d.Known.Priorities.Find(v)
		return ticket.Priority(i)
	}
	i := d.Known.Priorities.Index("normal")
	if i < 0 && len(d.Known.Priorities.List) == 1 {
		i = 0
	}
	if i < 0 {
		v.Failf("priorities: "+scope.ClipList(d.Known.Priorities.List), "priority is missing, and there is no priority normal")
		return 0
	}
	s.Assumed("priority", d.Known.Priorities.List[i])
	return ticket.Priority(i)
}

func (d *Decoder) reply(v yamltree.Value) work.Reply {
	var r work.Reply
	s := d.Section(v, "issues.*.customer_reply")
	if v := s.Need("after", "write after: lognormal(median 5h, cv 2)"); v.Exists() {
		r.After, _ = scalar.Distribution(v)
	}
	r.Calendar, _ = d.Known.Calendars.Find(s.Key("hours"))
	r.Never, _ = scalar.Percent(s.Key("never"), 0, 1)
	r.Close, _ = scalar.Duration(s.Key("close"))
	if v := s.Key("remind"); v.Exists() {
		r.Remind = reminders(v)
	}
	r.Wins, _ = scalar.Percent(s.Key("wins"), 0, 1)
	s.Done()
	return r
}

// reopen reads a share alone, or {share, after}.
func (d *Decoder) reopen(parent scope.Section, v yamltree.Value) work.Reopen {
	var r work.Reopen
	if v.Node.Kind == yamltree.Scalar {
		r.Share, _ = scalar.Percent(v, 0, 0.99)
		if r.Share > 0 {
			k := language.At("issues.*.reopen.after")
			after := parent.Value().Sub("reopen").Sub("after").Assume(k.Default)
			d.Note(after, k)
			r.After, _ = scalar.Distribution(after)
		}
		return r
	}
	s := d.Section(v, "issues.*.reopen")
	if share := s.Need("share", "write share: 4%"); share.Exists() {
		r.Share, _ = scalar.Percent(share, 0, 0.99)
	}
	after, ok := scalar.Distribution(s.Key("after"))
	if ok && r.Share > 0 {
		r.After = after
	}
	s.Done()
	return r
}
