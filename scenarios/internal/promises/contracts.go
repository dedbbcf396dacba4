package promises

import (
	"strings"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/sla"
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
	if v := s.Need("promise", "write promise: 95% of resolution"); v.Exists() {
		c.Target, c.Metric = promised(v)
	}
	period, _ := scope.Choice(s.Key("per"), []string{"month", "week", "quarter"})
	c.Period = []contract.Period{contract.Monthly, contract.Weekly, contract.Quarterly}[period]
	if v := s.Need("credit", "write credit: 10% per 1% below"); v.Exists() {
		c.Scheme.Credit, c.Scheme.Step = creditPer(v)
	}
	rounding, _ := scope.Choice(s.Key("rounding"), []string{"started", "full", "linear"})
	c.Scheme.Rounding = []contract.Rounding{contract.Started, contract.Full, contract.Linear}[rounding]
	c.Scheme.Cap, _ = scalar.ExactShare(s.Key("cap"), 0, contract.One)
	s.Done()
	return c
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

// promised reads "95% of resolution".
func promised(v yamltree.Value) (contract.Share, sla.Metric) {
	const want = "want such as 95% of resolution"
	text, ok := v.Text("a promise, such as 95% of resolution")
	if !ok {
		return 0, 0
	}
	head, word, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf(want, "%q is not a promise", scalar.Clip(text))
		return 0, 0
	}
	share, _ := scalar.ExactShare(v.Within(0, len(head)).WithText(head), 1, contract.One)
	at := len(head) + len(" of ")
	metric, _ := scope.Choice(v.Within(at, len(word)).WithText(strings.TrimSpace(word)), sla.MetricNames())
	return share, sla.Metric(metric)
}

// creditPer reads "10% per 1% below".
func creditPer(v yamltree.Value) (credit, step contract.Share) {
	const want = "want such as 10% per 1% below"
	text, ok := v.Text("a credit, such as 10% per 1% below")
	if !ok {
		return 0, contract.One
	}
	head, tail, ok := strings.Cut(text, " per ")
	body, below := strings.CutSuffix(strings.TrimSpace(strings.TrimSuffix(tail, "target")), "below")
	if !ok || !below {
		v.Failf(want, "%q is not a credit", scalar.Clip(text))
		return 0, contract.One
	}
	credit, _ = scalar.ExactShare(v.Within(0, len(head)).WithText(head), 0, contract.One)
	body = strings.TrimSpace(body)
	step, ok = scalar.ExactShare(v.Within(len(head)+len(" per "), len(body)).WithText(body), 1, contract.One)
	if !ok {
		step = contract.One
	}
	return credit, step
}
