package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// names reads the lists of tiers and priorities, and collects the names that
// other sections define, so that sections may refer to one another in any order.
func (d *Decoder_tickets) names(top section) {
	d.known.tiers = words{noun: "tier", plural: "tiers"}
	d.known.priorities = words{noun: "priority", plural: "priorities"}
	d.known.channels = words{noun: "channel", plural: "channels"}
	d.known.issues = words{noun: "issue", plural: "issues"}
	d.known.skills = words{noun: "skill", plural: "skills"}
	d.known.accounts = words{noun: "account", plural: "accounts"}
	d.known.teams = words{noun: "team", plural: "teams"}
	d.known.streams = words{noun: "stream", plural: "streams"}
	d.nameList(top.take("tiers"), &d.known.tiers)
	d.nameList(top.take("priorities"), &d.known.priorities)
	d.collectAccounts()
}

func (d *Decoder_tickets) nameList(v yamltree.Value, into *words) {
	if v.Exists() && v.Node.Kind == yamltree.List && len(v.Node.Items) == 0 {
		v.Failf("", "the list of %s is empty", into.plural)
	}
	for _, item := range v.Items() {
		if item.Node.Kind == yamltree.Scalar && into.index(item.Node.Text) >= 0 {
			item.Failf("", "%s is there twice", item.Node.Text)
			continue
		}
		into.add(item, mostSmall)
	}
}

// collectAccounts names the customers that streams and contracts speak of.
func (d *Decoder_tickets) collectAccounts() {
	root := d.top
	for _, stream := range quiet(root, "demand").Named("stream", listNames["demand"]...) {
		for _, account := range quiet(stream.Value, "accounts").Entries("") {
			d.known.accounts.add(account.Name, mostLarge)
		}
	}
	for _, contract := range quiet(root, "contracts").Named("contract", listNames["contracts"]...) {
		if name := quiet(contract.Value, "account"); name.Exists() && name.Node.Kind == yamltree.Scalar {
			d.known.accounts.add(name, mostLarge)
		}
	}
}

// readChannels reads the section channels. Without it there is one, email.
func (d *Decoder_tickets) readChannels(v yamltree.Value) {
	if !v.Exists() {
		v = v.AssumeMap("email")
		d.note(v, keyAt("channels"))
	}
	filled(v, "channels")
	all := d.collectChannels(v)
	for _, e := range v.Entries("a map from names to channels") {
		if _, ok := d.known.channels.add(e.Name, mostSmall); ok {
			d.out.Channels = append(d.out.Channels, d.channel(e, all))
		}
	}
}

func (d *Decoder_tickets) channel(e yamltree.Entry, all words) work.Channel {
	c := work.Channel{Name: e.Key}
	s := d.section(e.Value, "channels.*")
	c.Live = truth(s.take("live"))
	if v := s.take("patience"); v.Exists() {
		c.Patience, _ = scalar.Distribution(v)
	}
	c.ShortAbandon, _ = scalar.Duration(s.take("short_abandon"))
	c.Concurrency, _ = scalar.Count(s.take("concurrency"), 1, 60)
	c.Concurrency = max(1, c.Concurrency)
	c.Slowdown = slowdown(s.take("slowdown"))
	c.Callback, _ = scalar.Percent(s.take("callback"), 0, 1)
	if v := s.take("after_abandon"); v.Exists() {
		c.AfterAbandon = d.afterAbandon(v, all)
	}
	if v := s.take("chase"); v.Exists() {
		c.Chase = d.chase(v)
	}
	s.close()
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

// readIssues reads the section issues.
func (d *Decoder_tickets) readIssues(v yamltree.Value) {
	if !v.Exists() {
		v.Failf("write issues: {question: {handle: lognormal(mean 9m, cv 0.8)}}", "issues is missing: what are tickets about, and how long do they take?")
	}
	filled(v, "issues")
	for _, e := range v.Entries("a map from names to issues") {
		if _, ok := d.known.issues.add(e.Name, mostLarge); ok {
			d.out.Issues = append(d.out.Issues, d.issue(e))
		}
	}
}

func (d *Decoder_tickets) issue(e yamltree.Entry) work.Issue {
	issue := work.Issue{Name: e.Key, Skill: ticket.NoSkill, SolvedAtFirst: 1, SolvedLater: 1}
	s := d.section(e.Value, "issues.*")
	issue.Priority = d.issuePriority(s)
	if v := s.take("skill"); v.Exists() {
		if i, ok := d.known.skills.add(v, mostSmall); ok {
			issue.Skill = ticket.Skill(i)
		}
	}
	if v := s.need("handle", "write handle: lognormal(mean 9m, cv 0.8)"); v.Exists() {
		issue.Handle, _ = scalar.Distribution(v)
	}
	first := s.take("solved_at_first_touch")
	if x, ok := scalar.Percent(first, 0, 1); ok {
		issue.SolvedAtFirst = x
		issue.SolvedLater = x
	}
	if v := s.take("solved_later"); v.Exists() {
		if x, ok := scalar.Percent(v, 0, 1); ok {
			issue.SolvedLater = x
		}
	} else {
		s.assumed("solved_later", scalar.Plain(issue.SolvedAtFirst*100)+"%")
	}
	reply := s.take("customer_reply")
	switch {
	case reply.Exists():
		issue.Reply = d.reply(reply)
	case issue.SolvedAtFirst < 1:
		first.Failf("add customer_reply: {after: lognormal(median 5h, cv 2)}",
			"the first touch leaves %s%% unsolved, but customer_reply is missing", scalar.RoundPercent(1-issue.SolvedAtFirst))
	}
	if v := s.take("reopen"); v.Exists() {
		issue.Reopen = d.reopen(s, v)
	}
	if v := s.take("hand_off"); v.Exists() {
		issue.HandOffs = d.handOffs(v)
	}
	s.close()
	return issue
}

// issuePriority is the priority of an issue: the word, or normal, or the only one.
func (d *Decoder_tickets) issuePriority(s section) ticket.Priority {
	v := s.take("priority")
	if v.Exists() {
		i, _ := d.known.priorities.find(v)
		return ticket.Priority(i)
	}
	i := d.known.priorities.index("normal")
	if i < 0 && len(d.known.priorities.list) == 1 {
		i = 0
	}
	if i < 0 {
		v.Failf("priorities: "+clipList(d.known.priorities.list), "priority is missing, and there is no priority normal")
		return 0
	}
	s.assumed("priority", d.known.priorities.list[i])
	return ticket.Priority(i)
}

func (d *Decoder_tickets) reply(v yamltree.Value) work.Reply {
	var r work.Reply
	s := d.section(v, "issues.*.customer_reply")
	if v := s.need("after", "write after: lognormal(median 5h, cv 2)"); v.Exists() {
		r.After, _ = scalar.Distribution(v)
	}
	r.Never, _ = scalar.Percent(s.take("never"), 0, 1)
	r.Close, _ = scalar.Duration(s.take("close"))
	if v := s.take("remind"); v.Exists() {
		r.Remind = reminders(v)
	}
	r.Wins, _ = scalar.Percent(s.take("wins"), 0, 1)
	s.close()
	return r
}

// reopen reads a share alone, or {share, after}.
func (d *Decoder_tickets) reopen(parent section, v yamltree.Value) work.Reopen {
	var r work.Reopen
	if v.Node.Kind == yamltree.Scalar {
		r.Share, _ = scalar.Percent(v, 0, 0.99)
		if r.Share > 0 {
			k := keyAt("issues.*.reopen.after")
			after := parent.Value().Sub("reopen").Sub("after").Assume(k.Default)
			d.note(after, k)
			r.After, _ = scalar.Distribution(after)
		}
		return r
	}
	s := d.section(v, "issues.*.reopen")
	if share := s.need("share", "write share: 4%"); share.Exists() {
		r.Share, _ = scalar.Percent(share, 0, 0.99)
	}
	after, ok := scalar.Distribution(s.take("after"))
	if ok && r.Share > 0 {
		r.After = after
	}
	s.close()
	return r
}
