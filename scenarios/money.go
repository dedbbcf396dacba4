package scenarios

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// moneyPer is an amount of money per unit, such as 24 USD/h. All money of a
// scenario is in one currency.
func (d *scope) moneyPer(v yamltree.Value, unitWords ...string) (contract.Money, bool) {
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
		return d.money(v.Within(0, len(head)).WithText(head))
	}
	v.Failf("write "+example, "%q does not say per %s", scalar.Clip(text), unitWords[0])
	return contract.Money{}, false
}

func (d *scope) money(v yamltree.Value) (contract.Money, bool) {
	m, err := contract.ParseMoney(v.Node.Text)
	switch {
	case err != nil:
		v.Failf("money is an amount and a currency, such as 24 USD", "%q is not an amount of money", scalar.Clip(v.Node.Text))
		return contract.Money{}, false
	case m.Minor < 0:
		v.Failf("", "%q is negative", scalar.Clip(v.Node.Text))
		return contract.Money{}, false
	case d.currency.code == "":
		d.currency.code, d.currency.at = m.Currency, v.Place()
	case d.currency.code != m.Currency:
		v.Failf(fmt.Sprintf("%s line %d says %s", d.currency.at.File.Name, d.currency.at.Line, d.currency.code),
			"a second currency, %s: all money of a scenario is in one", m.Currency)
		return contract.Money{}, false
	}
	return m, true
}
