package promises

import (
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Contracts reads the section contracts.
func (d *Decoder) Contracts(v yamltree.Value) {
	known := scope.Words{Noun: "contract", Plural: "contracts"}
	for _, e := range v.Named("contract", language.ListNames["contracts"]...) {
		if _, ok := known.Add(e.Name.WithText(e.Key), scope.MostLarge); ok {
			d.Out.Contracts = append(d.Out.Contracts, d.contract(e))
		}
	}
}

func (d *Decoder) contract(e yamltree.Entry) contract.Contract {
	c := contract.Contract{Name: e.Key}
	s := d.Section(e.Value, "contracts.*")
	if v := s.Key("name"); !v.Exists() {
		s.Assumed("name", e.Key)
	}
	d.covered(s, &c)
	if v := s.Need("fee", "write fee: 18000 USD/month"); v.Exists() {
		c.Fee, _ = d.MoneyPer(v, "month")
	}
	if levels := s.Key("levels"); levels.Exists() {
		for _, key := range levelKeys {
			if v := s.Take(key); v.Exists() {
				v.Failf("put what is said of a promise into the levels", "%s is said beside levels", key)
				break
			}
		}
		scope.Filled(levels, "levels")
		for _, e := range levels.Named("level", language.ListNames["levels"]...) {
			c.Levels = append(c.Levels, d.namedLevel(e))
		}
	} else {
		c.Levels = []contract.Level{d.level(s)}
	}
	period, _ := scope.Choice(s.Key("per"), contract.PeriodNames())
	c.Period = contract.Period(period)
	several, _ := scope.Choice(s.Key("several"), contract.SeveralNames())
	c.Several = contract.Several(several)
	c.Pool, _ = scalar.ExactShare(s.Key("pool"), 1, contract.One)
	for _, v := range s.Key("points").Items() {
		if r, ok := rate(v, " points"); ok {
			c.Points = append(c.Points, r)
		}
	}
	c.Cap, _ = scalar.ExactShare(s.Key("cap"), 0, contract.One)
	c.YearCap, _ = scalar.ExactShare(s.Key("year_cap"), 1, contract.One)
	if v := s.Key("least"); v.Exists() {
		c.Least, _ = d.Money(v)
	}
	if v := s.Key("claim_within"); v.Exists() {
		c.ClaimWithin = days(v)
	}
	if v := s.Key("exit"); v.Exists() {
		c.Exit = exit(v)
	}
	if v := s.Key("alternatives"); v.Exists() {
		d.alternatives(v, e, &c)
	}
	s.Done()
	return c
}

// alternatives reads what might be promised in place of a contract: each is the contract with what is said of it
// laid over. Whose tickets are covered it does not change, so that all are judged on the same ones.
func (d *Decoder) alternatives(v yamltree.Value, of yamltree.Entry, c *contract.Contract) {
	scope.Filled(v, "alternatives")
	known := scope.Words{Noun: "alternative", Plural: "alternatives"}
	base := of.Value.Node.Without("alternatives", "name", "share")
	for _, e := range v.Entries("a map from names to what is different") {
		if _, ok := known.Add(e.Name, scope.MostLarge); !ok {
			continue
		}
		if e.Value.Node.Kind != yamltree.Map {
			e.Value.Failf("write such as {per: quarter}", "an alternative is a map of what is different, not %s", e.Value.Node.Kind)
			continue
		}
		if key := fixed(e.Value.Node); key != "" {
			e.Value.Sub(key).Failf("leave it out", "an alternative is for the same tickets, and cannot change %s", key)
			continue
		}
		under := base
		switch over := e.Value.Node; {
		case over.Get("levels") != nil && base.Get("levels") == nil:
			under = base.Without(levelKeys...)
		case base.Get("levels") != nil && over.Get("promise") != nil:
			under = base.Without("levels")
		}
		merge := yamltree.Merge{Names: language.ListNames, Report: func(p yamltree.Problem) {
			e.Value.Failf(p.Hint, "%s: %s", p.Path, p.Text)
		}}
		e.Value = e.Value.At(merge.Over(under, e.Value.Node))
		c.Alternatives = append(c.Alternatives, d.contract(e))
	}
}

// fixed is a key that no alternative has, if one is written; else empty.
func fixed(n *yamltree.Node) string {
	for _, key := range []string{"name", "account", "tier", "share", "alternatives"} {
		if n.Get(key) != nil {
			return key
		}
	}
	return ""
}

// levelKeys are those of a level that stands in its contract, for contracts of one level.
var levelKeys = []string{"promise", "credit", "steps", "rounding", "at_least", "repeats", "earn_back"}

// namedLevel reads an element of the list of levels.
func (d *Decoder) namedLevel(e yamltree.Entry) contract.Level {
	s := d.Section(e.Value, "contracts.*.levels.*")
	name := s.Key("name")
	l := d.level(s)
	if name.Exists() {
		l.Name, _ = scope.GoodName(name)
	}
	l.Cap, _ = scalar.ExactShare(s.Key("cap"), 1, contract.One)
	l.Allocation, _ = scalar.ExactShare(s.Key("allocation"), 1, contract.One)
	s.Done()
	return l
}

// level reads what a level promises and what it costs.
func (d *Decoder) level(s scope.Section) contract.Level {
	var l contract.Level
	if v := s.Need("promise", "write promise: 95% of resolution"); v.Exists() {
		promised(v, &l)
	}
	relative, _ := scope.Choice(s.Key("steps"), []string{"points", "relative"})
	rounding, _ := scope.Choice(s.Key("rounding"), contract.RoundingNames())
	l.Scheme = contract.Flat{}
	if v := s.Need("credit", "write credit: 10% per 1% below"); v.Exists() {
		l.Scheme = d.scheme(v, &l)
	}
	if steps, ok := l.Scheme.(contract.Steps); ok {
		steps.Relative, steps.Rounding = relative == 1, contract.Rounding(rounding)
		l.Scheme = steps
	}
	if v := s.Key("at_least"); v.Exists() {
		l.MinVolume = clocks(v)
	}
	if v := s.Key("repeats"); v.Exists() {
		l.Repeats = repeats(v)
	}
	if v := s.Key("earn_back"); v.Exists() {
		l.EarnBack = earnBack(v)
	}
	return l
}

// covered reads whose tickets the contract covers, and how many they are.
func (d *Decoder) covered(s scope.Section, c *contract.Contract) {
	account, tier, share := s.Key("account"), s.Key("tier"), s.Key("share")
	tierIndex, tierOK := 0, false
	if tier.Exists() {
		tierIndex, tierOK = d.Known.Tiers.Find(tier)
	}
	if !account.Exists() {
		if share.Exists() {
			share.Failf("the shares of tiers are said in demand", "share is for the contract of one account")
		}
		switch {
		case tierOK:
			c.Match.Tiers = []ticket.Tier{ticket.Tier(tierIndex)}
		case !tier.Exists() && s.OK():
			account.Failf("write account: NAME or tier: NAME", "it is not said whom the contract covers")
		}
		return
	}
	i, ok := d.Known.Accounts.Find(account)
	if !ok {
		return
	}
	c.Match.Accounts = []ticket.Account{ticket.Account(i)}
	if !tier.Exists() && len(d.Known.Tiers.List) > 1 && share.Exists() {
		tier.Failf("tiers: "+scope.ClipList(d.Known.Tiers.List), "it is not said which tier the account belongs to")
		return
	}
	if tier.Exists() && !tierOK {
		return
	}
	for _, item := range share.Items() {
		d.addShare(item, demand.AccountShare{Account: ticket.Account(i), Tier: ticket.Tier(tierIndex)})
	}
}

// addShare gives an account its share of a stream.
func (d *Decoder) addShare(v yamltree.Value, share demand.AccountShare) {
	x, stream, ok := d.ShareOf(v)
	if !ok {
		return
	}
	share.Share = x
	if stream >= len(d.Out.Streams) {
		return
	}
	st := &d.Out.Streams[stream]
	for _, other := range st.Accounts {
		if other.Account == share.Account {
			v.Failf("say it once, in demand or in the contract", "the share of %s in %s is given twice", d.Known.Accounts.List[share.Account], st.Name)
			return
		}
	}
	st.Accounts = append(st.Accounts, share)
}
