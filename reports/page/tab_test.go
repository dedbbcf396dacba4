package page_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/headroom-sim/headroom/model/outcome"
)

// tab is a tab of a headless Chromium, and what the page in it has said and asked for.
type tab struct {
	*testing.T
	ctx  context.Context
	said *complaints
}

// open starts a Chromium. Without one the test is skipped; .ci/run fails if it was.
func open(t *testing.T) tab {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium is installed")
	}
	// A browser may fail to start where many programs run; one that never starts fails the test.
	var ctx context.Context
	for attempt := range 3 {
		started, err := start(t, path)
		if err == nil {
			ctx = started
			break
		}
		if attempt == 2 {
			t.Fatal(err)
		}
	}
	b := tab{t, ctx, new(complaints)}
	if err := chromedp.Listen(ctx, b.said.listen); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		call(ctx, network.Enable, network.EnableParams{}), call(ctx, log.Enable, cdp.Empty{}), call(ctx, runtime.Enable, cdp.Empty{}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// start is a Chromium with one empty page.
func start(t *testing.T, path string) (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	ctx, stop := context.WithTimeout(context.Background(), 4*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx, call(ctx, network.Enable, network.EnableParams{})
}

func call[P any](ctx context.Context, command cdp.Command[P, cdp.Empty], params P) error {
	_, err := chromedp.Call(ctx, command, params)
	return err
}

// in is the tab for a part of a test.
func (b tab) in(t *testing.T) tab { b.T = t; return b }

// do takes steps, and waits a moment for the page to draw.
func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, append(steps, chromedp.Sleep(60*time.Millisecond))...); err != nil {
		b.Fatal(err)
	}
}

// value is what a script in the page gives.
func value[T any](b tab, script string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return v
}

func (b tab) click(selector string) { b.Helper(); b.do(chromedp.Click(chromedp.CSS(selector))) }

// load opens a page that lies in a file, and waits until its charts stand.
func (b tab) load(path string) {
	b.Helper()
	b.do(chromedp.Navigate("file://"+filepath.ToSlash(path)), chromedp.WaitReady(chromedp.CSS("html[data-ready]")))
}

func (b tab) system(features ...*emulation.MediaFeature) {
	b.Helper()
	if err := call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.Fatal(err)
	}
}

// medium sets the page for a screen or for paper.
func (b tab) medium(name string) {
	b.Helper()
	if err := call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
		b.Fatal(err)
	}
}

// complaints are what a page said on the console and asked of a network.
type complaints struct {
	sync.Mutex
	lines []string
}

func (c *complaints) add(s string) {
	c.Lock()
	defer c.Unlock()
	c.lines = append(c.lines, s)
}

func (c *complaints) take() string {
	c.Lock()
	defer c.Unlock()
	s := strings.Join(c.lines, "\n")
	c.lines = nil
	return s
}

func (c *complaints) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		c.add("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		c.add("console: " + string(e.Type))
	case *log.EventEntryAdded:
		c.add("log: " + e.Entry.Text + " " + e.Entry.URL)
	case *network.EventRequestWillBeSent:
		// One that the page's policy blocks is told of too, and blocked before it leaves.
		if !strings.HasPrefix(e.Request.URL, "file://") || e.Type != network.ResourceTypeDocument {
			c.add("request: " + e.Request.URL)
		}
	case *network.EventLoadingFailed:
		c.add("failed: " + string(e.BlockedReason))
	case *cdppage.EventJavascriptDialogOpening:
		c.add("dialog: " + e.Message)
	}
}

// pageOf writes the page of an outcome into a file.
func pageOf(t *testing.T, x *outcome.Experiment) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(written(t, x)), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
