package desk

import (
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model"
)

// bot reads what the tickets meet before the desk, although they are a history.
func (p *script) bot(w *words) {
	b := model.Deflection{Name: w.next(), Replays: true}
	for w.more() {
		switch key, value := w.option(); key {
		case "contains":
			b.Contains = share(value)
		case "wrong":
			b.Wrong = share(value)
		case "handle":
			b.Handle = constant(duration(value))
		case "back":
			b.Back = constant(duration(value))
		default:
			panic("unknown " + key)
		}
	}
	p.s.Deflection = append(p.s.Deflection, b)
}

func share(text string) float64 {
	x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil {
		panic(err)
	}
	return x / 100
}
