package html

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/reports/format"
)

// Stacked shows of what wholes consist: a bar for each whole, of which every part has its share of the length. It is
// a picture with the table behind it.
type Stacked struct {
	Title, Caption string
	Parts          []string // at most MostParts
	Bars           []StackedBar
}

// StackedBar is one whole. Shares, one for each part, are between 0 and 1 and add up to 1 at most; NaN counts as
// 0. Texts are how they are written.
type StackedBar struct {
	Name   string
	Shares []float64
	Texts  []string
}

// MostParts is how many parts can be told apart.
const MostParts = 10

// stackedFigure is Stacked as the template takes it.
type stackedFigure struct {
	Title, Caption string
	Width, Height  int
	Bars           []stackedRow
	Keys           []stackedPiece
	Table          *grid
}

type stackedRow struct {
	Name   string
	Y      int // the middle of its bar
	Pieces []stackedPiece
}

// stackedPiece is a part of a bar, or the key to one.
type stackedPiece struct {
	Part, X, Y, Width int
	Middle, Above     int    // where its number stands
	Text              string // empty where there is no room for it
	Title             string
}

const (
	stackedScale, stackedNames       = 640, 190
	stackedRowHeight, stackedHeight  = 52, 20
	stackedKeyHeight, stackedKeyWide = 22, 400
	stackedLeast                     = 44 // the room that a number takes
)

func (x *Stacked) set(s *setter) (block, error) {
	if len(x.Bars) == 0 || len(x.Parts) == 0 || len(x.Parts) > MostParts {
		return block{}, fmt.Errorf("a picture of %q with %d bars of %d parts", x.Title, len(x.Bars), len(x.Parts))
	}
	f := &stackedFigure{Title: format.Clean(x.Title), Caption: x.Caption, Width: stackedNames + stackedScale + 20}
	g := &grid{Name: f.Title, Heads: []gridHead{{Text: "part"}}}
	for i, bar := range x.Bars {
		row := stackedRow{Name: format.Clean(bar.Name), Y: i*stackedRowHeight + 32}
		g.Heads = append(g.Heads, gridHead{row.Name, true})
		at := 0.0
		for k, share := range bar.Shares {
			if !(share > 0) {
				continue
			}
			from, to := at, math.Min(1, at+share)
			at = to
			p := stackedPiece{Part: k, X: stackedNames + int(math.Round(from*stackedScale)), Y: row.Y - stackedHeight/2}
			p.Width = max(1, stackedNames+int(math.Round(to*stackedScale))-p.X-1) // a gap parts the parts
			p.Middle, p.Above = p.X+p.Width/2, p.Y-8
			if p.Width >= stackedLeast {
				p.Text = bar.Texts[k]
			}
			p.Title = fmt.Sprintf("%s, %s: %s", row.Name, format.Clean(x.Parts[k]), bar.Texts[k])
			row.Pieces = append(row.Pieces, p)
		}
		f.Bars = append(f.Bars, row)
	}
	under := len(x.Bars)*stackedRowHeight + 8
	for k, name := range x.Parts {
		key := stackedPiece{Part: k, X: 12 + k%2*stackedKeyWide, Y: under + k/2*stackedKeyHeight, Width: 12, Title: format.Clean(name)}
		key.Middle, key.Above = key.X+20, key.Y+6
		f.Keys = append(f.Keys, key)
		cells := []gridCell{{Text: key.Title, First: true}}
		for _, bar := range x.Bars {
			cells = append(cells, gridCell{Text: bar.Texts[k], Right: true})
		}
		g.Rows = append(g.Rows, cells)
	}
	f.Height = under + (len(x.Parts)+1)/2*stackedKeyHeight
	g.Label = s.label(g.Name)
	f.Table = g
	return block{Stacked: f}, nil
}
