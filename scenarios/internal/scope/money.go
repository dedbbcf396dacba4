package scope

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// MoneyPer is an amount of money per unit, such as 24 USD/h. All money of a
// scenario is in one currency.
func (d *Scope) MoneyPer(v yamltree.Value, unitWords ...string) (contract.Money, bool) {
	example := "24 USD/" + unitWords[0]
	text, ok := v.Text("an amount of money, such as " + example)
	if !ok {
		return contract.Money{}, false
	}
	for _, unit := range unitWords {
		head, ok := scalar.CutWord(text, "/"+unit)
		if !ok {
			continue
		}
		return d.Money(v.Within(0, len(head)).WithText(head))
	}
	v.Failf("write "+example, "%q does not say per %s", scalar.Clip(text), unitWords[0])
	return contract.Money{}, false
}

// Money is an amount of money. The first one settles the currency of the scenario.
func (d *Scope) Money(v yamltree.Value) (contract.Money, bool) {
	m, err := contract.ParseMoney(v.Node.Text)
	switch {
	case err != nil:
		v.Failf("money is an amount and a currency, such as 24 USD", "%q is not an amount of money", scalar.Clip(v.Node.Text))
		return contract.Money{}, false
	case m.Minor < 0:
		v.Failf("", "%q is negative", scalar.Clip(v.Node.Text))
		return contract.Money{}, false
	case d.Currency.Code == "":
		d.Currency.Code, d.Currency.at = m.Currency, v.Place()
	case d.Currency.Code != m.Currency:
		v.Failf(fmt.Sprintf("%s line %d says %s", d.Currency.at.File.Name, d.Currency.at.Line, d.Currency.Code),
			"a second currency, %s: all money of a scenario is in one", m.Currency)
		return contract.Money{}, false
	}
	return m, true
}
