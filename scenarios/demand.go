package scenarios

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readDemand reads the section demand.
func (d *decoder) readDemand(v yamltree.Value) {
	if !v.Exists() {
		v.Failf("write demand: [{stream: mail, volume: 120/day}]", "demand is missing: how many tickets come?")
		return
	}
	filled(v, "streams")
	for _, e := range v.Named("stream", listNames["demand"]...) {
		if _, ok := d.streams.add(e.Name.WithText(e.Key), mostLarge); ok {
			d.out.Streams = append(d.out.Streams, d.stream(e))
		}
	}
}

func (d *decoder) stream(e yamltree.Entry) demand.Stream {
	st := demand.Stream{Name: e.Key}
	s := d.section(e.Value, "demand.*")
	if v := s.take("stream"); !v.Exists() {
		s.assumed("stream", e.Key)
	}
	channel, _ := d.only(s, "channel", d.channels)
	st.Channel = ticket.Channel(channel)
	for _, share := range d.shares(s, "issue", d.issues) {
		st.Issues = append(st.Issues, demand.IssueShare{Issue: ticket.Issue(share.index), Share: share.share})
	}
	for _, share := range d.shares(s, "tier", d.tiers) {
		st.Tiers = append(st.Tiers, demand.TierShare{Tier: ticket.Tier(share.index), Share: share.share})
	}
	d.streamAccounts(s.take("accounts"), &st)
	st.Growth, _ = scalar.PerYear(s.take("growth"))
	d.profile(s.take("profile"), &st)
	if v := s.take("busyness"); v.Exists() {
		busyness := d.section(v, "demand.*.busyness")
		if cv := busyness.need("cv", "write cv: 0.15"); cv.Exists() {
			st.Busyness, _ = scalar.Number(cv, 0, 10)
		}
		busyness.close()
	}
	st.Spikes = d.listed(s.take("spikes"))
	st.From, st.Until = d.stretch(s)
	d.source(s, &st)
	s.close()
	return st
}

// source reads the volume or the history of a stream.
func (d *decoder) source(s section, st *demand.Stream) {
	vol, replay := s.take("volume"), s.take("replay")
	switch {
	case replay.Exists() && vol.Exists():
		replay.Failf("remove one of the two", "a stream has a volume or a replay, not both")
	case replay.Exists():
		for _, key := range []string{"growth", "busyness", "profile", "spikes", "from", "until"} {
			if v := s.Take(key); v.Exists() {
				v.Failf("remove it; replay has from and until of its own", "%s has no meaning for a stream that replays a history", key)
			}
		}
		st.Replay = d.replay(replay, st)
	case vol.Exists():
		st.Volume, _ = scalar.Volume(vol)
	case s.OK():
		vol.Failf("write volume: 120/day", "volume is missing")
	}
}

// stretch reads from and until, in whole days.
func (d *decoder) stretch(s section) (from, until calendar.Date) {
	v := s.take("from")
	if v.Exists() {
		from, _ = scalar.Date(v)
	}
	w := s.take("until")
	if w.Exists() {
		until, _ = scalar.Date(w)
	}
	if !from.IsZero() && !until.IsZero() && until.Compare(from) < 0 {
		w.Failf(fmt.Sprintf("from is %v", from), "%v lies before it starts", until)
	}
	return from, until
}

// only is the name under key, or the only one there is.
func (d *decoder) only(s section, key string, known words) (int, bool) {
	v := s.take(key)
	if v.Exists() {
		return known.find(v)
	}
	if len(known.list) != 1 {
		if len(known.list) > 1 && s.OK() {
			v.Failf(known.plural+": "+clipList(known.list), "%s is missing, and there is more than one", key)
		}
		return 0, false
	}
	s.assumed(key, known.list[0])
	return 0, true
}

type indexShare struct {
	index int
	share float64
}

// shares reads one name, or a map from names to shares that add up to 100%.
func (d *decoder) shares(s section, key string, known words) []indexShare {
	v := s.take(key)
	if !v.Exists() || v.Node.Kind == yamltree.Scalar {
		if i, ok := d.only(s, key, known); ok {
			return []indexShare{{i, 1}}
		}
		return nil
	}
	var out []indexShare
	total, good := 0., true
	for _, e := range v.Entries(fmt.Sprintf("the name of a %s, or a map from names to percentages", known.noun)) {
		i, ok := known.find(e.Name)
		share, ok2 := scalar.Percent(e.Value, 0, 1)
		good = good && ok && ok2
		if ok && ok2 {
			total += share
			out = append(out, indexShare{i, share})
		}
	}
	if good && v.Node.Kind == yamltree.Map && !scalar.IsWhole(total) {
		v.Failf("", "the shares add up to %s%%, not 100%%", scalar.RoundPercent(total))
		return nil
	}
	for i := range out {
		out[i].share /= total
	}
	return out
}

// profile reads the shape of the week.
func (d *decoder) profile(v yamltree.Value, st *demand.Stream) {
	if !v.Exists() {
		return
	}
	s := d.section(v, "demand.*.profile")
	if hours := s.take("hours"); hours.Exists() {
		for _, item := range hours.Items() {
			x, _ := scalar.Number(item, 0, 1e9)
			st.Profile.Hours = append(st.Profile.Hours, x)
		}
		if n := len(st.Profile.Hours); n == 0 || scalar.MinutesPerDay%n != 0 {
			hours.Failf("want 24 for hours, or 48 or 96", "a day cannot be divided into %d equal parts of whole minutes", n)
			st.Profile.Hours = nil
		}
	}
	if weights := s.take("days"); weights.Exists() {
		for i := range st.Profile.Days {
			st.Profile.Days[i] = 1
		}
		scalar.ByDay(weights, "a map from days to percentages", func(wd time.Weekday, v yamltree.Value) {
			if x, ok := scalar.Percent(v, 0, 100); ok {
				st.Profile.Days[wd] = x
			}
		})
	}
	s.close()
}

// streamAccounts reads {acme: 3%} or {acme: {tier: enterprise, share: 3%}}.
func (d *decoder) streamAccounts(v yamltree.Value, st *demand.Stream) {
	for _, e := range v.Entries("a map from names to percentages") {
		account := d.accounts.index(e.Key)
		if account < 0 {
			continue // its name was refused
		}
		share := demand.AccountShare{Account: ticket.Account(account)}
		if e.Value.Node.Kind == yamltree.Scalar {
			share.Share, _ = scalar.Percent(e.Value, 0, 1)
			share.Tier = d.accountTier(e.Value, st, e.Key)
		} else {
			s := d.section(e.Value, "demand.*.accounts.*")
			if x := s.need("share", "write share: 3%"); x.Exists() {
				share.Share, _ = scalar.Percent(x, 0, 1)
			}
			if tier := s.take("tier"); tier.Exists() {
				i, _ := d.tiers.find(tier)
				share.Tier = ticket.Tier(i)
			} else {
				share.Tier = d.accountTier(e.Value, st, e.Key)
			}
			s.close()
		}
		st.Accounts = append(st.Accounts, share)
	}
}

// accountTier is the tier of an account that does not state it: that of its
// contract, or the only tier of the stream.
func (d *decoder) accountTier(v yamltree.Value, st *demand.Stream, account string) ticket.Tier {
	for _, contract := range quiet(d.loader.reader.Root(d.root), "contracts").Named("contract", listNames["contracts"]...) {
		name, tier := quiet(contract.Value, "account"), contract.Value.Node.Get("tier")
		if name.Exists() && name.Node.Text == account && tier != nil && d.tiers.index(tier.Text) >= 0 {
			return ticket.Tier(d.tiers.index(tier.Text))
		}
	}
	if len(st.Tiers) == 1 {
		return st.Tiers[0].Tier
	}
	if len(st.Tiers) > 1 {
		v.Failf("write {tier: "+d.tiers.list[st.Tiers[0].Tier]+", share: 3%}", "it is not said which tier %s belongs to", account)
	}
	return 0
}

// shareOf reads "3% of orders-by-email", the share of a stream.
func (d *decoder) shareOf(v yamltree.Value) (share float64, stream int, ok bool) {
	text, ok := v.Text("a share of a stream, such as 3% of mail")
	if !ok {
		return 0, 0, false
	}
	head, name, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf("write such as 3% of "+cmp.Or(first(d.streams.list), "mail"), "%q does not say of which stream", scalar.Clip(text))
		return 0, 0, false
	}
	share, ok1 := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
	at := len(head) + len(" of ")
	stream, ok2 := d.streams.find(v.Within(at, len(name)).WithText(strings.TrimSpace(name)))
	return share, stream, ok1 && ok2
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
