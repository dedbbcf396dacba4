// Package golden compares what tests have made with files that people have looked
// at.
package golden

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"

	"github.com/google/go-cmp/cmp"
)

// Tester is the part of testing.TB that is needed.
type Tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Text compares got with a file, or with update rewrites the file.
func Text(t Tester, path string, got []byte, update bool) {
	t.Helper()
	if update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// Picture compares a PNG of 1280 × 720 pixels with a file at half the size, which
// is small enough to keep, or with update rewrites the file. Differences of
// smoothing, as between processors, are let through; a label that has moved is not.
// A picture that fails is left in a new temporary folder, beside one in which what differs is red.
func Picture(t Tester, path string, got []byte, update bool) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(got))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if size := img.Bounds().Size(); size != (image.Point{X: 1280, Y: 720}) {
		t.Errorf("%s: the picture has %v pixels, not 1280 × 720", path, size)
	}
	small := halved(img)
	if update {
		write(t, path, encoded(t, small))
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if diff := difference(want, small); diff != "" {
		folder, err := os.MkdirTemp("", "headroom-picture-")
		if err != nil {
			t.Fatalf("%v", err)
		}
		write(t, filepath.Join(folder, "got-"+filepath.Base(path)), encoded(t, small))
		left := filepath.Join(folder, "diff-"+filepath.Base(path))
		write(t, left, encoded(t, marked(want, small)))
		t.Errorf("%s: %s; see %s", path, diff, left)
	}
}

// marked is the picture that was got, pale, with what differs from the wanted one in red.
func marked(want, got image.Image) *image.RGBA {
	a, b := plain(want), plain(got)
	for i := 0; i < len(b.Pix); i += 4 {
		off := i+3 >= len(a.Pix) || far(a.Pix[i:i+3], b.Pix[i:i+3])
		for c := range 3 {
			b.Pix[i+c] = 192 + b.Pix[i+c]/4
		}
		if off {
			copy(b.Pix[i:], []uint8{0xd0, 0, 0})
		}
	}
	return b
}

// far reports whether two pixels differ by much.
func far(a, b []uint8) bool {
	return apart(a[0], b[0]) > muchLevel || apart(a[1], b[1]) > muchLevel || apart(a[2], b[2]) > muchLevel
}

// How far pictures may be apart: this share of the pixels by more than that much
// in a channel, of 255.
const (
	mostPixels = 0.0005
	muchLevel  = 48
)

// difference says in what two pictures differ, or nothing.
func difference(want, got image.Image) string {
	if want.Bounds().Size() != got.Bounds().Size() {
		return fmt.Sprintf("%v pixels, want %v", got.Bounds().Size(), want.Bounds().Size())
	}
	off := 0
	a, b := plain(want).Pix, plain(got).Pix
	for i := 0; i < len(a); i += 4 {
		if far(a[i:i+3], b[i:i+3]) {
			off++
		}
	}
	if share := float64(off) / float64(len(a)/4); share > mostPixels {
		return fmt.Sprintf("%.2f %% of the pixels differ", 100*share)
	}
	return ""
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// halved is a picture at half the size, in 32 levels per channel: each pixel is
// the mean of four.
func halved(img image.Image) *image.RGBA {
	whole := plain(img)
	size := whole.Bounds().Size()
	small := image.NewRGBA(image.Rect(0, 0, size.X/2, size.Y/2))
	for y := range size.Y / 2 {
		for x := range size.X / 2 {
			at, to := whole.PixOffset(2*x, 2*y), small.PixOffset(x, y)
			for c := range 3 {
				below := at + whole.Stride
				small.Pix[to+c] = level(int(whole.Pix[at+c]) + int(whole.Pix[at+4+c]) + int(whole.Pix[below+c]) + int(whole.Pix[below+4+c]))
			}
			small.Pix[to+3] = 0xff
		}
	}
	return small
}

// plain is a picture as an array of bytes that starts at 0, 0.
func plain(img image.Image) *image.RGBA {
	whole := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(whole, whole.Bounds(), img, img.Bounds().Min, draw.Src)
	return whole
}

// level is the mean of four values, rounded to one of 32 levels.
func level(sum int) uint8 { return uint8(min(255, (sum/4+4)/8*8)) }

func encoded(t Tester, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, img); err != nil {
		t.Fatalf("%v", err)
	}
	return b.Bytes()
}

func write(t Tester, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatalf("%v", err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatalf("%v", err)
	}
}
