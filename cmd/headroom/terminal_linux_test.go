package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/term"
)

// pseudo is a pseudo-terminal with a window of some columns: what the program has as its
// terminal, and a function that closes it and gives what was shown.
func pseudo(t *testing.T, columns uint16) (window *os.File, shown func() string) {
	t.Helper()
	keeper, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no pseudo-terminals")
	}
	control := func(f *os.File, request uintptr, argument unsafe.Pointer) {
		if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(argument)); e != 0 {
			t.Skipf("a pseudo-terminal cannot be set up: %v", e)
		}
	}
	var locked, number int32
	control(keeper, syscall.TIOCSPTLCK, unsafe.Pointer(&locked))
	control(keeper, syscall.TIOCGPTN, unsafe.Pointer(&number))
	window, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	size := [4]uint16{40, columns}
	control(window, syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	seen := make(chan string)
	go func() {
		text, _ := io.ReadAll(keeper) // ends with an error when the window is closed
		seen <- string(text)
	}()
	return window, func() string {
		window.Close()
		text := <-seen
		keeper.Close()
		return strings.ReplaceAll(text, "\r\n", "\n")
	}
}

// On a terminal the text keeps to the window, between 60 and 240 columns, and heads are bold
// unless somebody is against it.
func TestATerminalIsRespected(t *testing.T) {
	friday, hello := filepath.Join(t.TempDir(), "friday"), filepath.Join(t.TempDir(), "hello")
	for name, dir := range map[string]string{"black-friday": friday, "hello": hello} {
		if code, _, stderr := call(t, "run", name, "--replications", "2", "--out", dir); code != exitDone {
			t.Fatal(stderr)
		}
	}
	for _, row := range []struct {
		name    string
		columns uint16
		noColor string
		args    []string
		widest  int
		bold    bool
	}{
		{"a usual window", 80, "", nil, 80, true},
		{"a wider one", 100, "", []string{"--full"}, 100, true},
		{"the widest tables", 300, "", []string{"--full"}, 240, true},
		{"a narrow one", 60, "", []string{"--full"}, 60, true},
		{"the narrowest text", 40, "", nil, 60, true},
		{"NO_COLOR", 80, "1", nil, 80, false},
		{"never", 80, "", []string{"--color", "never"}, 80, false},
		{"always, over NO_COLOR", 80, "1", []string{"--color=always"}, 80, true},
		{"CSV", 80, "", []string{"--format", "csv", "--out", ""}, 0, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", row.noColor)
			dir, name := friday, "black-friday" // the widest tables
			if row.name == "NO_COLOR" || strings.HasPrefix(row.name, "never") || strings.HasPrefix(row.name, "always") {
				dir, name = hello, "hello"
			}
			window, shown := pseudo(t, row.columns)
			if w, _, err := term.GetSize(int(window.Fd())); err != nil || w != int(row.columns) {
				t.Skipf("the window has %d columns: %v", w, err)
			}
			args := append([]string{"headroom", "report", dir}, row.args...)
			code := run(context.Background(), args, terminal{in: strings.NewReader(""), out: window, err: io.Discard})
			text := shown()
			if code != exitDone || !strings.Contains(text, name) {
				t.Fatalf("exit code %d: %s", code, text)
			}
			if got := strings.Contains(text, "\x1b["); got != row.bold {
				t.Errorf("escape sequences are there: %v, want %v", got, row.bold)
			}
			for line := range strings.Lines(text) {
				line = strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(strings.TrimRight(line, "\n"))
				if n := utf8.RuneCountInString(line); row.widest > 0 && n > row.widest && !strings.Contains(line, dir) {
					t.Errorf("a line of %d columns, want %d at most: %q", n, row.widest, line)
				}
			}
		})
	}
}
