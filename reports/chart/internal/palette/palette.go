// Package palette holds the colours of the charts, and how lines differ beside them.
package palette

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Ink is a colour of the house.
type Ink uint8

// The inks, in the order in which they are given to things of equal rank: the hues of Okabe and Ito
// (2008), darker, so that each stands out from white by three to one and more (WCAG 2.1, 1.4.11).
// Slate is for what is a reference and not a result.
const (
	Blue Ink = iota
	Vermilion
	Green
	Purple
	Amber
	Sky
	Slate
	Inks // how many there are
)

// The pages have the same inks: reports/html/page.css.
var inkColours = [Inks]color.NRGBA{
	Blue:      {0x00, 0x68, 0xa8, 0xff},
	Vermilion: {0xb8, 0x43, 0x00, 0xff},
	Green:     {0x00, 0x80, 0x5d, 0xff},
	Purple:    {0xa8, 0x4f, 0x85, 0xff},
	Amber:     {0xb0, 0x84, 0x00, 0xff},
	Sky:       {0x15, 0x98, 0xdc, 0xff},
	Slate:     {0x43, 0x4d, 0x57, 0xff},
}

// Colour is the ink, undiluted.
func (i Ink) Colour() color.NRGBA { return inkColours[i%Inks] }

// Words is the ink for words on white, which take more contrast than lines: 4.5 to one (WCAG 2.1, 1.4.3).
func (i Ink) Words() color.NRGBA {
	switch i {
	case Amber:
		return color.NRGBA{0x8a, 0x67, 0x00, 0xff}
	case Sky:
		return color.NRGBA{0x0b, 0x74, 0xab, 0xff}
	}
	return i.Colour()
}

// Faint is the ink as an area: share is its opacity.
func (i Ink) Faint(share float64) color.NRGBA {
	c := i.Colour()
	c.A = uint8(share*255 + 0.5)
	return c
}

// patterns tell lines apart beside their colours.
var patterns = [][]vg.Length{nil, {9, 4}, {2.5, 2.5}, {10, 3, 2, 3}, {5, 3}, {14, 4, 2, 4, 2, 4}, {1.5, 4}}

// Pattern is how a line of the ink is dashed; nil for whole.
func (i Ink) Pattern() []vg.Length { return patterns[int(i)%len(patterns)] }

// The colours of a heat map, from low to high: the sequential scheme YlOrRd of
// Brewer (2003), which is readable with any colour deficiency and in grey.
var heatColours = []color.NRGBA{
	{0xff, 0xff, 0xe5, 0xff}, {0xff, 0xed, 0xa0, 0xff}, {0xfe, 0xd9, 0x76, 0xff}, {0xfe, 0xb2, 0x4c, 0xff},
	{0xfd, 0x8d, 0x3c, 0xff}, {0xfc, 0x4e, 0x2a, 0xff}, {0xe3, 0x1a, 0x1c, 0xff}, {0xbd, 0x00, 0x26, 0xff}, {0x80, 0x00, 0x26, 0xff},
}

// Heat is the colour at a share t of the scale.
func Heat(t float64) color.NRGBA {
	t = math.Min(math.Max(t, 0), 1) * float64(len(heatColours)-1)
	i := min(int(t), len(heatColours)-2)
	f := t - float64(i)
	a, b := heatColours[i], heatColours[i+1]
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + f*(float64(y)-float64(x)))) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// Dark reports whether white text reads better on c than the black of the house, by the
// contrast ratio of WCAG 2.1: white is the better one up to a relative luminance of 0.213,
// where both have four to one.
func Dark(c color.NRGBA) bool {
	light := func(b uint8) float64 {
		x := float64(b) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*light(c.R)+0.7152*light(c.G)+0.0722*light(c.B) < 0.213
}
