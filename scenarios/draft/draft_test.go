package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

func Example() {
	doc := draft.New()
	doc.Map("time", "from tickets.csv").Set("start", "2026-03-02", "the first ticket").Set("zone", "Europe/Berlin", "")
	doc.Flow("tiers", []string{"gold", "all others"}, "column plan")
	demand := doc.List("demand", "").Map("")
	demand.Set("stream", "email: and more", "3,021 tickets").Set("volume", "900/day", "")
	data, err := doc.Encode("Drafted from tickets.csv.\nNothing is measured.")
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s", data)
	// Output:
	// # Drafted from tickets.csv.
	// # Nothing is measured.
	//
	// # from tickets.csv
	// time:
	//   start: 2026-03-02 # the first ticket
	//   zone: Europe/Berlin
	// tiers: [gold, all others] # column plan
	// demand:
	//   - stream: 'email: and more' # 3,021 tickets
	//     volume: 900/day
}

// texts are hostile: what YAML gives a meaning to, and whatever else.
func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "~", "null", "true", "no", "12", "1e3", "0x10", "2026-03-02", "- a", "a: b", "a #b", "# a", "{a}", "[a", "'", "\"", "*a", "&a", "!a", "|", ">", "%", "@", "`", "<<", "=", "---", "...", "?", "a\nb", " a", "a ", "\t", "lognormal(mean 7m, cv 1)", "50%", "08:00-18:00", "\u2028"}),
		rapid.String(), rapid.StringMatching(`[a-z#:,\[\]{}&*!|>'"%@ -]{1,12}`),
	)
}

// whatIsIn are the keys and values of a tree as one text each.
func whatIsIn(n *yamltree.Node) []string {
	var all []string
	var walk func(path string, n *yamltree.Node)
	walk = func(path string, n *yamltree.Node) {
		switch n.Kind {
		case yamltree.Map:
			for _, p := range n.Pairs {
				walk(fmt.Sprintf("%s/%q", path, p.Key), p.Value)
			}
		case yamltree.List:
			for i, item := range n.Items {
				walk(fmt.Sprintf("%s[%d]", path, i), item)
			}
		default:
			all = append(all, fmt.Sprintf("%s=%v %q", path, n.Kind, n.Text))
		}
	}
	walk("", n)
	return all
}

func TestTheReaderReadsBackWhatWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		doc := draft.New()
		// What the reader refuses in whatever quotes has a test of its own.
		key, value := texts().Filter(allowed), texts().Filter(allowed)
		var want []string
		line := func(path, text string) { want = append(want, fmt.Sprintf("%s=%v %q", path, yamltree.Scalar, text)) }
		for _, k := range rapid.SliceOfNDistinct(key, 1, 5, rapid.ID[string]).Draw(r, "keys") {
			path, why := fmt.Sprintf("/%q", k), rapid.String().Draw(r, "comment")
			switch rapid.IntRange(0, 3).Draw(r, "kind") {
			case 0:
				v := value.Draw(r, "value")
				doc.Set(k, v, why)
				line(path, v)
			case 1:
				vs := rapid.SliceOfN(value, 1, 3).Draw(r, "values")
				doc.Flow(k, vs, why)
				for i, v := range vs {
					line(fmt.Sprintf("%s[%d]", path, i), v)
				}
			case 2:
				inner := doc.Map(k, why)
				for _, k2 := range rapid.SliceOfNDistinct(key, 1, 3, rapid.ID[string]).Draw(r, "inner keys") {
					v := value.Draw(r, "value")
					inner.Set(k2, v, why)
					line(fmt.Sprintf("%s/%q", path, k2), v)
				}
			case 3:
				list := doc.List(k, why)
				v, w, k2 := value.Draw(r, "value"), value.Draw(r, "value"), key.Draw(r, "key")
				list.Add(v, why)
				list.Map(why).Set(k2, w, why)
				line(path+"[0]", v)
				line(fmt.Sprintf("%s[1]/%q", path, k2), w)
			}
		}
		data, err := doc.Encode(rapid.String().Draw(r, "head"))
		if err != nil {
			r.Fatal(err)
		}
		root, problems := yamltree.Parse("draft.yaml", data)
		if len(problems) > 0 || root == nil {
			r.Fatalf("%v\n%s", problems, data)
		}
		if got := whatIsIn(root); !slices.Equal(got, want) {
			r.Fatalf("got %q\nwant %q\n%s", got, want, data)
		}
	})
}

// allowed reports whether the reader takes the characters of a text.
func allowed(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c < 0xa0 ||
			strings.ContainsRune("\u2028\u2029\ufeff\ufffe\uffff", c)
	})
}

func TestWhatTheReaderRefusesIsReplaced(t *testing.T) {
	t.Parallel()
	data, err := draft.New().Set("a\x00b", "\x1b[31m\xff", "bell \a, and\nanother line").Encode("\u2028head")
	if err != nil {
		t.Fatal(err)
	}
	want := "# \ufffdhead\n\na\ufffdb: \ufffd[31m\ufffd # bell \ufffd, and another line\n"
	if string(data) != want {
		t.Errorf("got %q, want %q", data, want)
	}
}
