package requirement_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/requirement"
)

func draw(t *rapid.T, sameDelay bool) (tasks []requirement.Task, open []float64) {
	n := rapid.IntRange(1, 14).Draw(t, "intervals")
	for i := range n {
		open = append(open, rapid.SampledFrom([]float64{0, 0.25, 0.5, 0.5, 1}).Draw(t, fmt.Sprintf("open %d", i)))
	}
	delay := rapid.IntRange(0, n).Draw(t, "delay")
	for range rapid.IntRange(0, 20).Draw(t, "tasks") {
		from := rapid.IntRange(0, n-1).Draw(t, "from")
		to := rapid.IntRange(from, n-1).Draw(t, "to")
		if sameDelay {
			to = min(from+delay, n-1)
		}
		tasks = append(tasks, requirement.Task{From: from, To: to, Hours: float64(rapid.IntRange(0, 9).Draw(t, "hours"))})
	}
	return tasks, open
}

// schedule does the tasks with some heads, the earliest deadline first, and says what of
// each is done when, and whether all is done in time.
func schedule(tasks []requirement.Task, open, heads []float64) (done [][]float64, inTime bool) {
	left := make([]float64, len(tasks))
	order := make([]int, len(tasks))
	done = make([][]float64, len(tasks))
	for k, t := range tasks {
		left[k], order[k], done[k] = t.Hours, k, make([]float64, len(open))
	}
	slices.SortStableFunc(order, func(a, b int) int { return tasks[a].To - tasks[b].To })
	for i := range open {
		room := open[i] * heads[i]
		for _, k := range order {
			if tasks[k].From > i || tasks[k].To < i {
				continue
			}
			x := min(room, left[k])
			room, left[k], done[k][i] = room-x, left[k]-x, x
		}
	}
	return done, slices.Max(append(left, 0)) < 1e-9
}

// A capacity is the most even one if and only if all is done in time, none of it idle,
// and no work is done in an interval while one with fewer heads would have been
// in time too: the condition of Kuhn and Tucker for a convex cost.
func TestLevelIsTheMostEvenCapacityThatIsInTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tasks, open := draw(t, false)
		heads, err := requirement.Level(tasks, open)
		var blocked *requirement.Unreachable
		if errors.As(err, &blocked) {
			for i := blocked.From; i <= blocked.To; i++ {
				if open[i] > 0 {
					t.Fatalf("%v, but interval %d is open", err, i)
				}
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		done, inTime := schedule(tasks, open, heads)
		if !inTime {
			t.Fatalf("with %v not all of %v is done in time", heads, tasks)
		}
		work, capacity := 0., 0.
		for k, task := range tasks {
			work += task.Hours
			for i, x := range done[k] {
				for j := task.From; x > 1e-9 && j <= task.To; j++ {
					if open[j] > 0 && heads[i] > heads[j]+1e-9 {
						t.Fatalf("task %v is done in interval %d of %v heads though %d has %v", task, i, heads[i], j, heads[j])
					}
				}
			}
		}
		for i, h := range heads {
			capacity += h * open[i]
		}
		if math.Abs(work-capacity) > 1e-9 {
			t.Fatalf("%v hours of capacity for %v of work", capacity, work)
		}
	})
}

// With one delay for all, capacity is the tautest string between the curve of what has
// come and that of what is due: its steepest pitch is the largest of all mean slopes from
// a point of the one to a point of the other.
func TestThePeakIsTheSteepestPitchBetweenTheCurves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tasks, open := draw(t, true)
		heads, err := requirement.Level(tasks, open)
		if err != nil {
			return // said by the other test
		}
		n := len(open)
		come, due, time := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
		for i := range n {
			time[i+1] = time[i] + open[i]
			for _, task := range tasks {
				if task.From <= i {
					come[i+1] += task.Hours
				}
				if task.To <= i {
					due[i+1] += task.Hours
				}
			}
		}
		steepest := 0.
		for i := range n + 1 {
			for j := i + 1; j <= n; j++ {
				// Before interval i no more than come[i] can have been done.
				if d := due[j] - come[i]; d > 1e-9 {
					steepest = max(steepest, d/(time[j]-time[i]))
				}
			}
		}
		if math.Abs(steepest-slices.Max(heads)) > 1e-9 {
			t.Fatalf("a peak of %v, want %v", slices.Max(heads), steepest)
		}
	})
}

func TestTasksWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, task := range []requirement.Task{
		{From: -1, To: 0, Hours: 1}, {From: 1, To: 0, Hours: 1}, {From: 0, To: 2, Hours: 1}, {Hours: -1}, {Hours: math.NaN()}, {Hours: math.Inf(1)},
	} {
		if _, err := requirement.Level([]requirement.Task{task}, []float64{1, 1}); err == nil {
			t.Errorf("%+v passes", task)
		}
	}
	if _, err := requirement.Level(nil, []float64{-1}); err == nil {
		t.Error("less than no open time passes")
	}
	_, err := requirement.Level([]requirement.Task{{From: 0, To: 1, Hours: 3}}, []float64{0, 0, 1})
	if want := "3 hours of work come in interval 0 and must be done by interval 1, but no time between is open"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func BenchmarkLevelOfAWeekOfHalfHours(b *testing.B) {
	var tasks []requirement.Task
	open := make([]float64, 336)
	for i := range open {
		open[i] = 0.5
		for _, delay := range []int{2, 8, 48} {
			tasks = append(tasks, requirement.Task{From: i, To: min(i+delay, 335), Hours: 1 + float64(i*i%17)})
		}
	}
	for b.Loop() {
		if _, err := requirement.Level(tasks, open); err != nil {
			b.Fatal(err)
		}
	}
}
