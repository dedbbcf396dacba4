package golden

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder counts failures instead of failing.
type recorder struct {
	errors int
	said   string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors++
	r.said = fmt.Sprintf(format, args...)
}
func (r *recorder) Fatalf(string, ...any) { r.errors++ }

// page is a white picture with a black square.
func page(t *testing.T, left, size int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 1280, 720))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for y := range size {
		for x := range size {
			img.SetNRGBA(left+x, 100+y, color.NRGBA{A: 0xff})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictureFailsWhenSomethingHasMoved(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "square.png")
	Picture(t, path, page(t, 100, 20), true)
	Picture(t, path, page(t, 100, 20), false)
	var moved recorder
	Picture(&moved, path, page(t, 140, 20), false)
	if moved.errors == 0 {
		t.Error("a square that has moved by twice its width was not noticed")
	}
	_, left, _ := strings.Cut(moved.said, "see ")
	defer os.RemoveAll(filepath.Dir(left))
	file, err := os.Open(left)
	if err != nil {
		t.Fatalf("%q leads to no picture: %v", moved.said, err)
	}
	defer file.Close()
	diff, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	// The square was at 100 and is at 140; half the size, so at 50 and 70.
	for x, red := range map[int]bool{55: true, 75: true, 95: false} {
		if r, g, _, _ := diff.At(x, 55).RGBA(); (r > 2*g) != red {
			t.Errorf("at %d: red is %v, want %v", x, r > 2*g, red)
		}
	}
}

func TestPictureFailsWithoutItsFile(t *testing.T) {
	t.Parallel()
	var r recorder
	Text(&r, filepath.Join(t.TempDir(), "none.txt"), []byte("x"), false)
	if r.errors == 0 {
		t.Error("a missing file was not noticed")
	}
}

func TestTextFailsOnADifference(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.txt")
	Text(t, path, []byte("one\n"), true)
	Text(t, path, []byte("one\n"), false)
	var r recorder
	Text(&r, path, []byte("two\n"), false)
	if r.errors != 1 {
		t.Errorf("got %d errors", r.errors)
	}
}
