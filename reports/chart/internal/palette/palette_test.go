package palette

import (
	"fmt"
	"image/color"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// linear is a colour as amounts of light, by the transfer function of sRGB (IEC 61966-2-1).
func linear(c color.NRGBA) (v [3]float64) {
	for i, b := range []uint8{c.R, c.G, c.B} {
		x := float64(b) / 255
		if x <= 0.04045 {
			v[i] = x / 12.92
		} else {
			v[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return v
}

// luminance is the relative luminance of WCAG 2.1.
func luminance(v [3]float64) float64 { return 0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2] }

// contrast is the contrast ratio of WCAG 2.1, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(linear(a)), luminance(linear(b))
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// sights are how people see who lack a kind of cone: Machado, Oliveira and Fernandes (2009), severity 1,
// on amounts of light.
var sights = map[string][3][3]float64{
	"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func seen(c color.NRGBA, sight [3][3]float64) (v [3]float64) {
	light := linear(c)
	for i, row := range sight {
		for k, share := range row {
			v[i] += share * light[k]
		}
		v[i] = math.Min(math.Max(v[i], 0), 1)
	}
	return v
}

// lab is CIELAB under D65 (CIE 15:2004).
func lab(v [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*v[0] + 0.3575761*v[1] + 0.1804375*v[2]) / 0.95047)
	y := f(0.2126729*v[0] + 0.7151522*v[1] + 0.0721750*v[2])
	z := f((0.0193339*v[0] + 0.1191920*v[1] + 0.9503041*v[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

func TestTheMeasuresOfColoursAreThoseOfTheStandards(t *testing.T) {
	t.Parallel()
	white, black, red := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}, color.NRGBA{255, 0, 0, 255}
	if c := contrast(white, black); math.Abs(c-21) > 1e-9 {
		t.Errorf("black on white has a contrast of %v, want 21", c)
	}
	for i, want := range [3]float64{53.24, 80.09, 67.20} {
		if got := lab(linear(red))[i]; math.Abs(got-want) > 0.02 {
			t.Errorf("red: %v, want %v", got, want)
		}
	}
}

func TestInksDifferWhateverConesAReaderLacks(t *testing.T) {
	t.Parallel()
	for where, colours := range sheets(t) {
		for name, sight := range sights {
			least, pair := math.Inf(1), [2]int{}
			for a := range colours.inks {
				for b := range a {
					d := distance(lab(seen(colours.inks[a], sight)), lab(seen(colours.inks[b], sight)))
					if d < least {
						least, pair = d, [2]int{b, a}
					}
					// A difference of ten is plain at a glance; lines differ in their dashes too.
					if d < 10 {
						t.Errorf("%s, %s: inks %d and %d are %.1f apart", where, name, b, a, d)
					}
				}
			}
			t.Logf("%s, %s: closest are %d and %d, %.1f apart", where, name, pair[0], pair[1], least)
		}
	}
}

// sheet is a ground and the inks on it.
type sheet struct {
	ground color.NRGBA
	inks   []color.NRGBA
}

// sheets are the charts, and the pages in their themes: light, dark as the system asks for it, and
// dark as the reader does.
func sheets(t *testing.T) map[string]sheet {
	t.Helper()
	charts := sheet{ground: color.NRGBA{255, 255, 255, 255}}
	for ink := range Inks {
		charts.inks = append(charts.inks, ink.Colour())
	}
	style, err := os.ReadFile("../../../html/page.css")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]sheet{"charts": charts}
	themes := regexp.MustCompile(`(?s)color-scheme: (light|dark);(.*?)}`).FindAllStringSubmatch(string(style), -1)
	if len(themes) != 3 {
		t.Fatalf("pages have %d themes, want 3", len(themes))
	}
	for i, theme := range themes {
		hue := func(name string) color.NRGBA {
			found := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6});`).FindStringSubmatch(theme[2])
			if found == nil {
				t.Fatalf("theme %d has no %s", i, name)
			}
			n, err := strconv.ParseUint(found[1], 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
		}
		s := sheet{ground: hue("ground")}
		for ink := range Inks {
			s.inks = append(s.inks, hue(fmt.Sprintf("ink%d", ink)))
		}
		all[fmt.Sprintf("pages, theme %d, %s", i, theme[1])] = s
	}
	return all
}

func TestPagesHaveTheInksOfTheCharts(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	if got, want := all["pages, theme 0, light"].inks, all["charts"].inks; !slices.Equal(got, want) {
		t.Errorf("pages have the inks %x, charts %x", got, want)
	}
	if a, b := all["pages, theme 1, dark"], all["pages, theme 2, dark"]; !slices.Equal(a.inks, b.inks) || a.ground != b.ground {
		t.Errorf("dark is %x where the system asks for it and %x where the reader does", a, b)
	}
}

func TestNoTwoInksHaveTheSameDashes(t *testing.T) {
	t.Parallel()
	for a := range Inks {
		for b := range a {
			x, y := a.Pattern(), b.Pattern()
			same := len(x) == len(y)
			for i := 0; same && i < len(x); i++ {
				same = x[i] == y[i]
			}
			if same {
				t.Errorf("inks %d and %d are dashed alike", b, a)
			}
		}
	}
}

// Lines and marks stand out from their ground: three to one is what WCAG 2.1 asks of graphics (1.4.11);
// words take 4.5 (1.4.3).
func TestInksStandOutFromTheirGround(t *testing.T) {
	t.Parallel()
	for where, colours := range sheets(t) {
		for ink, c := range colours.inks {
			if got := contrast(c, colours.ground); got < 3 {
				t.Errorf("%s: ink %d has a contrast of %.2f to one", where, ink, got)
			}
		}
	}
	paper := color.NRGBA{255, 255, 255, 255}
	for ink := range Inks {
		if got := contrast(ink.Words(), paper); got < 4.5 {
			t.Errorf("words in ink %d have a contrast of %.2f to one", ink, got)
		}
	}
}

// Digits on a heat map are read at any strength, and strength rises for every reader.
func TestDigitsAreReadOnEveryHeatAndHeatDarkensForEveryReader(t *testing.T) {
	t.Parallel()
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0x1c, 0x22, 0x28, 0xff}
	for i := range 101 {
		c, ink := Heat(float64(i)/100), black
		if Dark(c) {
			ink = white
		}
		if got := contrast(ink, c); got < 3.9 {
			t.Errorf("at %d %% digits have a contrast of %.2f to one", i, got)
		}
	}
	for name, sight := range sights {
		for i := range 10 {
			a, b := lab(seen(Heat(float64(i)/10), sight)), lab(seen(Heat(float64(i+1)/10), sight))
			if b[0] >= a[0] {
				t.Errorf("%s: from %d to %d tenths lightness goes from %.1f to %.1f", name, i, i+1, a[0], b[0])
			}
		}
	}
}
