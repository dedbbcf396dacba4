package dist_test

import "github.com/headroom-sim/headroom/model/dist"

// kinds is every family with parameters ordinary and extreme: each law of the
// package is checked on all of them.
func kinds() []dist.Dist {
	must := dist.Must
	return []dist.Dist{
		must(dist.Constant(0)),
		must(dist.Constant(12.5)),
		must(dist.Exponential(240)),
		must(dist.Exponential(1e-9)),
		must(dist.Lognormal(540, 0.8)),
		must(dist.Lognormal(1, 1e-3)),
		must(dist.Lognormal(60, 3)),
		must(dist.LognormalMedian(18000, 2)),
		must(dist.Gamma(1, 0.05)),
		must(dist.Gamma(100, 1)),
		must(dist.Gamma(7, 0.5)),
		must(dist.Gamma(3, 2.5)),
		must(dist.Weibull(240, 0.7)),
		must(dist.Weibull(10, 4)),
		must(dist.WeibullMean(300, 1.5)),
		must(dist.Uniform(0, 10)),
		must(dist.Uniform(900, 901)),
		must(dist.Triangular(60, 120, 300)),
		must(dist.Triangular(0, 0, 5)),
		must(dist.Triangular(1, 4, 4)),
		must(dist.Mixture(
			dist.Part{Weight: 1, Dist: must(dist.Constant(0))},
			dist.Part{Weight: 9, Dist: must(dist.Exponential(1000))})),
		must(dist.Mixture(
			dist.Part{Weight: 0.5, Dist: must(dist.Uniform(1, 2))},
			dist.Part{Weight: 0.25, Dist: must(dist.Constant(3))},
			dist.Part{Weight: 0, Dist: must(dist.Constant(100))},
			dist.Part{Weight: 0.25, Dist: must(dist.Uniform(5, 6))})),
		must(dist.Mixture(
			dist.Part{Weight: 2, Dist: must(dist.Gamma(5, 0.3))},
			dist.Part{Weight: 1, Dist: must(dist.Mixture(
				dist.Part{Weight: 1, Dist: must(dist.Constant(1))},
				dist.Part{Weight: 1, Dist: must(dist.Lognormal(20, 1))}))})),
	}
}
