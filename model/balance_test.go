package model_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model"
)

func TestBalanceTakesWholeSets(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		balance model.Balance
		n       int
		want    string // in the error; empty for none
	}{
		{model.NoBalance, 1, ""},
		{model.BalancedDays, 50, ""},
		{model.BalancedDays, 45, "want 50 or more"},
		{model.BalancedDays, 52, "sets of 5; want such as 55"},
		{model.Mirrored, 20, ""},
		{model.Mirrored, 18, "want 20 or more"},
		{model.Mirrored, 33, "want such as 34"},
	} {
		r := model.Run{Balance: row.balance}
		err := r.Takes(row.n)
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v takes %d: %v, want %q", row.balance, row.n, err, row.want)
		}
	}
	for b := range model.Balance(len(model.BalanceNames)) {
		if got := model.BalanceNamed(b.String()); got != b {
			t.Errorf("%v is read as %v", b, got)
		}
	}
	if got := model.BalanceNamed("nothing of the kind"); got != model.NoBalance {
		t.Errorf("an unknown name is %v", got)
	}
}

func TestBalanceIsChecked(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name     string
		run      model.Run
		busyness float64
		want     string // of the first problem: path and a part of the text
	}{
		{"days", model.Run{Min: 50, Max: 50, Balance: model.BalancedDays}, 0.2, ""},
		{"nothing to balance", model.Run{Min: 50, Max: 50, Balance: model.BalancedDays}, 0, "run.balance: no stream has busier"},
		{"few", model.Run{Min: 10, Max: 10, Balance: model.Mirrored}, 0, "run.replications: with balance: mirrored an interval rests on sets of 2"},
		{"few for a precision", model.Run{Min: 50, Max: 100, Balance: model.BalancedDays, Measure: "wait", Precision: 0.1}, 0.2, "since fewer do not tell"},
		{"part of a set", model.Run{Min: 100, Max: 102, Balance: model.BalancedDays, Measure: "wait", Precision: 0.1}, 0.2, "run.replications: 102 replications"},
		{"another", model.Run{Min: 50, Max: 50, Balance: 9}, 0.2, "run.balance: balance number 9 does not exist"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := valid(t)
			s.Run = row.run
			for i := range s.Streams {
				s.Streams[i].Busyness = row.busyness
			}
			problems := s.Check()
			text := ""
			for _, p := range problems {
				text += p.Path + ": " + p.Text + "\n"
			}
			if (text == "") != (row.want == "") || !strings.Contains(text, row.want) {
				t.Errorf("got %q, want %q", text, row.want)
			}
		})
	}
}
