// # Disturbances
//
//	name: disturbances
//	time: {start: 2026-03-02, length: 5w}
//	calendars: {daytime: {hours: {mon-sun: "07:00-22:00"}}}
//	tiers: [business, private]
//	channels: {email: {}, phone: {live: true, patience: exponential(mean 3m)}}
//	issues: {question: {handle: 6m}, contract: {handle: 12m, reopen: {share: 4%, after: 2d}}}
//	demand:
//	  - {stream: mail, channel: email, issue: {question: 70%, contract: 30%}, tier: {business: 20%, private: 80%}, accounts: {acme: {tier: business, share: 3%}}, volume: 200/day}
//	  - {stream: calls, channel: phone, issue: question, tier: private, volume: 150/day}
//	deflection:                                    # what customers meet before the desk
//	  - name: bot
//	    match: {channel: email, issue: question, tier: private, priority: normal}
//	    hours: daytime                             # always if left out
//	    contains: 35%                              # of those who meet it; the others go on to the desk
//	    handle: 30s                                # the customer's time with it
//	    wrong: 10%                                 # of its answers: the customer comes back, to the desk
//	    back_after: lognormal(median 4h, cv 1)
//	    cost: 0.40 USD/contact
//	  - {name: answers-page, match: {account: acme}, contains: 5%, replays: true}
//	  - {name: please-write, match: {channel: phone}, switch: 40% to email}   # an announcement
//	teams:
//	  front: {cost: 24 USD/h, quality: {mean: 92%, sd: 5%}, shifts: [{heads: 5, hours: "07:00-22:00"}]}
//	  back: {channels: email, cost: 24 USD/h, shifts: [{heads: 3, hours: "08:00-18:00"}]}
//	outages:
//	  - name: phone-down
//	    channels: phone                            # nobody gets through
//	    from: 2026-03-18 09:00
//	    until: 2026-03-18 11:30
//	    switch: 40% to email                       # write instead
//	    contacts: back within 1h                   # the others call again after it; or lost
//	  - {name: crm-down, teams: [front, back], rate: 1/month, lasts: "lognormal(mean 2h, cv 1)"}
//	  - {name: maintenance, channels: [phone], from: 2026-03-22 02:00, until: 2026-03-22 04:00, planned: true}
//	burnout: {above: 85%, over: 5d, handle: +10%, reopen: +5 points, quality: -3 points}
//	quality: {at_least: 90%, sample: 5%, per: month}
//	availability:
//	  - {channel: phone, at_least: 99.5%, per: month, calendar: daytime}
//
// A ticket meets the first deflection that matches and is within its hours. Clocks
// and patience begin when it reaches the desk. Who is contained depends on the
// customer, not on the desk: a bot that contains more contains the same ones and others, so
// that plans and bots compare customer by customer.
//
// While a channel is down nobody gets through on it; who has a bot in hand, or is in the
// queue, is through. While the system of a team is down its agents are there and are paid:
// they finish what they have in hand, and nothing is started. At random, outages begin at
// a rate and last as a distribution says, at other times in each replication, but at
// the same under every plan. Availability is the share of the promised time in which a
// channel is up; planned maintenance does not count against it.
//
// burnout is an assumption, not a finding, and every table and picture says so. While
// the occupancy of a team over the last five days is above 85%, its touches take a tenth
// longer, of a hundred tickets that it solves five more come back, and the quality of its
// touches is three points lower. Nothing is assumed
// without it; the report shows the load on the teams in any case.
//
// Where a team has a quality, each of its touches gets a score: a share that varies around
// the mean (a beta distribution). The promise is about the mean score of a sample of all
// scored touches in each period.
//
// # Promises and contracts
//
//	name: promises
//	time: {start: 2026-02-01, length: 28d, warmup: 2d}
//	tiers: [enterprise, starter]
//	calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
//	channels: {email: {}, chat: {live: true, patience: exponential(mean 4m)}}
//	issues: {question: {handle: 4m}}
//	demand:
//	  - {stream: mail, channel: email, tier: {enterprise: 30%, starter: 70%}, volume: 100/day}
//	  - {stream: chats, channel: chat, tier: starter, volume: 40/day}
//	teams: {desk: {cost: 24 USD/h, shifts: [{heads: 6, hours: always}]}}
//	sla:
//	  resolve: strictest                           # or first_match, or all
//	  change: carry_elapsed                        # or restart_at_change, freeze, back_date
//	  policies:
//	    - {name: everybody, calendar: office, first_reply: {urgent: 1h, high: 4h, normal: 2bd, low: best effort}}
//	    - name: corporate
//	      match: {tier: enterprise}                # tier, issue, channel, priority, account: a name or a list
//	      first_reply: 1h
//	      resolution: {within: {urgent: 4h, normal: 24h}, pauses_in: [pending]}
//	    - {name: chats, match: {channel: chat}, answer: 80% within 20s}
//	  relaxations:
//	    - name: launch-week
//	      announced: 2026-02-06 09:00              # not after it begins
//	      from: 2026-02-16                         # tickets created from then on,
//	      until: 2026-02-20                        # until before then
//	      match: {tier: starter, issue: question, channel: [email, chat], priority: [high, normal]}
//	      first_reply: {normal: 3bd, high: +50%}   # or one for all; a factor, or a time instead
//	      answer: x3
//	      resolution: 48h
//	      patience: +50%                           # live customers wait longer before they leave
//	triage:
//	  keywords: {outage: {question: 3%}, refund: 5%} # words in the text, such as "down"; the share of tickets that have them
//	  rules:
//	    - {match: {keyword: outage}, priority: urgent}
//	    - match: {tier: enterprise, issue: question, channel: email, account: acme, priority: normal}
//	      priority: urgent
//	  wrong: 8%                                    # a step too high or too low, until the first agent sees the ticket
//	  replays: true                                # the tickets of a replayed history too; if not said, they are as it says
//	escalations:
//	  - {name: warning, at: 75% of first_reply, do: raise_priority, takes: 2m of lead at 60 USD/h}
//	  - {name: imminent, at: 30m before resolution, do: reassign, to: desk, takes: 5m of lead}
//	  - {at: 1h after resolution}                  # notify
//	  - name: executive                            # only for some tickets, as in a policy
//	    match: {tier: enterprise, issue: question, channel: email, priority: urgent, account: acme}
//	    at: 100% of first_reply
//	  - {name: review, at: 3 breaches of first_reply in 7d, by: account, takes: 1h of lead} # or by tier or issue
//	contracts:
//	  - account: acme
//	    tier: enterprise
//	    share: 3% of mail                          # or a list; or say it in demand
//	    fee: 18000 USD/month
//	    promise: 95% of resolution
//	    per: month                                 # or week or quarter
//	    credit: 10% per 1% below
//	    rounding: started                          # a started percent counts in full; or full, or linear
//	    at_least: 20 clocks                        # fewer are not judged
//	    repeats: 15%, 20% within 3 periods         # the second and third miss, if that is more
//	    earn_back: 98% in 2 periods                # returns the credit
//	    steps: points                              # or relative: 1% below is a hundredth of the target
//	    cap: 50%
//	    year_cap: 15%                              # of twelve fees, in a calendar year
//	    least: 100 USD                             # a smaller credit is not paid
//	    claim_within: 30d
//	    exit: 3 misses in 6 periods                # the customer may terminate
//	    alternatives:                              # what might be promised instead: headroom price compares
//	      quarterly: {per: quarter}
//	      tighter: {promise: 90% of resolution within 12h, fee: 21000 USD/month}
//	  - {name: all-enterprise, tier: enterprise, fee: 90000 USD/month, promise: 90% of first_reply, credit: 5% per 1% below}
//	  - name: outsourced
//	    tier: enterprise
//	    fee: 50000 USD/month
//	    pool: 12%                                  # of the fee is at risk; levels have parts of it
//	    several: all                               # or dearest, or once: a late ticket counts in one level only
//	    points: [20% from 2 points, 100% from 4 points]
//	    levels:
//	      - {name: fast, promise: 90% of first_reply within 4h, credit: [50% below 90%, 100% below 80%], allocation: 40%, cap: 100%}
//	      - {promise: p90 of resolution within 12h, credit: 25% per 1h above, allocation: 60%, rounding: started, at_least: 20 clocks}
//	      - {name: mean, promise: mean of resolution within 8h, credit: 50% when missed, allocation: 30%, repeats: 100% within 2 periods}
//	      - {name: severe, promise: 100% of resolution within 48h, credit: [1 point from 1 late, 2 points from 10 late], allocation: 10%, steps: points, earn_back: 100% in 3 periods}
//	exceptions:
//	  - name: cloud-outage
//	    reason: outage of the provider
//	    approved_by: J. Doe
//	    from: 2026-02-10 10:00                     # tickets created from then on
//	    until: 2026-02-10 16:00                    # until before then
//	    match: {tier: enterprise, channel: email, issue: question, priority: urgent, account: acme}
//	    do: exclude                                # or suspend_credits
//	  - {name: storm, reason: force majeure, approved_by: J. Doe, from: 2026-02-17, until: 2026-02-18, do: relax, by: x2}
//	expect:                                        # with run --strict the program fails if one is missed
//	  - breach_rate(first_reply, tier=enterprise) < 5%
//	  - wait(channel=chat) <= 40s
//	  - cost < 120000 USD
//
// A priority that a target leaves out is best effort: no clock. A clock stands
// still in the statuses of pauses_in: pending, on-hold. In the same map reopen
// says what a return does to a clock that had stopped (resume, reset, ignore), and boundary
// when a target is due that is used up as the calendar closes (at_close, next_open).
//
// A relaxation is an announced time, such as a declared peak, in which targets are longer.
// A promise belongs to the creation of its ticket: tickets created within that time have the
// longer target for their whole life, all others never. x2 is twice the time that each
// policy allows, +50% half as much again; a time such as 48h replaces it, on the
// calendar of each policy. A relaxation never makes a target shorter, and of several the
// longest counts. With patience live customers who come in it wait longer before they
// leave. What is granted only afterwards is an exception.
//
// Other promises are written like these: next_reply, periodic_update,
// pausable_update, requester_wait, agent_work, group_ownership. This last one is the clock of
// agreements between teams: group_ownership: {within: 2h, team: engineering} is kept by
// engineering if it is done within two hours of each hand-off, and with until: taken if one
// of its agents has taken the ticket by then.
//
// Triage gives a ticket its priority: the first rule that matches counts, else that of
// the issue. A keyword is a class of words in the ticket's text ("down", "cannot log in"); each
// ticket of an issue has such words with the share that is said, and a rule may ask for
// them. A wrong priority is put right by the first agent who takes the ticket; sla.change
// says what that does to its clocks. A history has the priorities that it says, unless replays
// says that they are those in the end.
//
// The ladder says what happens to a ticket when a running clock comes to a point of
// its target, once for each clock; nothing happens while the clock is paused.
// raise_priority puts the ticket one step up in the queue (with routing.order:
// priority), reassign leaves what is left of it to another team, notify changes nothing.
// None of them changes what was promised. What they cost leads is counted.
//
// A review stands at the end of the ladder: when the same account, tier or issue has had
// so many breaches within the time, it is told of once and counts afresh. A breach counts
// in the moment in which it happens. Customers without a name have no account.
//
// A contract pays a service credit for each period in which its promise was missed, in
// shares of the period's fee. What is promised is a share of clocks in time, by the
// limits of the policies or within a limit of its own; or a percentile of the times, or their mean, within
// a limit. How much a miss costs is one of a few schemes, which headroom list --schemes shows: the same for
// every miss, steps, bands, numbers of late clocks, or amounts for single tickets. A contract of
// several levels has a list of them; what each pays adds up, at most to the pool that is at risk, if there is
// one, and to the cap. Credits are worked out from counts, in whole minor units of the currency: each
// level is rounded to the nearest, limits are rounded down. A credit that is earned back returns in the
// period in which it is; a customer is taken to claim every credit.
//
// Alternatives of a contract are the contract with what each says laid over it. They are settled on the same
// tickets by headroom price, and by nothing else: what a contract promises changes nothing that happens, so that the
// differences are those of the clauses alone.
//
// An exception is the dated record of a time for which promises count differently, with
// its reason and who has approved it. It changes nothing that happens. exclude leaves
// the clocks of its tickets out of breach rate, attainment and credits, suspend_credits
// out of credits alone; relax judges them once more, by targets that are longer by so
// much. Every result is shown with and without.
//
// # One scenario from another
//
//	name: winter
//	extends: coverage-business-hours   # a shipped scenario, or the path of a file
//	time: {length: 8w}                 # maps merge
//	teams:
//	  desk:
//	    shifts: {evening: {heads: 2, hours: "17:00-21:00"}} # a map over a list goes by names; a list replaces it
//	variants:
//	  calm: {demand.mail.volume: 80/day}
//	  no-evenings: {teams.desk.shifts.evening: null}        # null removes
//
// Names and titles are not inherited. A map of shares by distribution (a mixture)
// is replaced as a whole. A variant is a set of changes, each from a dotted path to
// a value; streams, shifts, policies and contracts go by their names. NAME@VARIANT
// chooses one, NAME@FIRST@SECOND applies both.
//
// # What if
//
//	name: how-much-is-too-much
//	demand: [{stream: mail, volume: 100/day, spikes: launch}]
//	issues: {question: {handle: lognormal(mean 10m, cv 0.8)}}
//	spikes: {launch: {factor: 2, start: 2026-01-20 08:00, hold: 12h}}
//	teams: {desk: {shifts: [{name: day, heads: 4, days: mon-fri, hours: "09:00-17:00"}]}}
//	sla: {policies: [{name: promise, first_reply: 16h}]}
//	sweep:
//	  axes:
//	    spikes.launch.factor: 1..10/3        # 1, 4, 7 and 10
//	    teams.desk.shifts.day.heads: [4, 6]
//	  sample: grid                           # or latin_hypercube 40
//	  target: breach_rate(first_reply) < 5%
//	  break: spikes.launch.factor            # up to where does the target hold?
//
// A sweep tries values of a scenario, under the same dotted paths as variants: a range 5..10 (in
// whole steps), 20..40/5 (in steps of five), 10%..30%/5% or 80..160/20/day, or a list of any
// values. The grid is all combinations. In a Latin hypercube of n points every axis is cut
// into n equal parts, and each part has one point; a range without a step gives any number
// within it there, one with a step and a list give their values equally often. All points
// see the same customers. headroom sweep --set adds axes or replaces them.
//
// # What to do about a peak
//
//	name: ready-for-launch
//	demand: [{stream: mail, channel: email, issue: question, volume: 100/day, spikes: launch}, {stream: calls, channel: phone, issue: fault, volume: 40/day, spikes: launch}]
//	channels: {email: {}, phone: {live: true, patience: exponential(mean 3m)}}
//	issues: {question: {handle: lognormal(mean 10m, cv 0.8)}, fault: {skill: faults, handle: lognormal(mean 10m, cv 0.8)}}
//	spikes: {launch: {factor: 4, start: 2026-01-20 08:00, hold: 12h}}
//	teams:
//	  desk: {cost: 24 USD/h, skills: faults, shifts: [{name: day, heads: 4, days: mon-fri, hours: "09:00-17:00"}]}
//	  writers: {cost: 20 USD/h, skills: mail, channels: email, shifts: [{name: day, heads: 2, days: mon-fri, hours: "09:00-17:00"}]}
//	sla: {policies: [{name: promise, match: {channel: email}, first_reply: 16h}]}
//	peak:
//	  spike: launch
//	  target: breach_rate(first_reply) <= 10%
//	  temps:                                 # none of those written, half of them, or all
//	    most: 100%
//	    cost: 31 USD/h
//	    speed: 70%
//	    shifts:
//	      desk: day                          # beside those of the shift, or on shifts of their own
//	      writers: [{name: evening, heads: 4, hours: "16:00-22:00"}]
//	  overtime: {most: 2h, premium: 50%, share: 50%}
//	  relax: {most: x2, goodwill: 0.20 USD, announced: 3d}
//	  deflect: {most: 30%, cost: 0.50 USD/contact, wrong: 10%}
//	  call_to_email: none                    # left out
//	  training:
//	    calls: {team: writers, channels: phone, skills: faults, hours: 12h, cost: 90 USD}   # for each who learns
//	  after: 3d
//
// What headroom peak may do about a spike: each measure up to a size and at a price, and any of the lessons. A measure
// that is not named has its usual size; none leaves it out. The section changes nothing of a run, and flags of
// headroom peak stand in its place.
//
// # Why
//
// (2026-11) The tree is read with positions kept, not decoded into structs: see
// package yamltree. Defaults are texts in the table of keys and are read by the
// same code as what users write, so that the manual, the explanation and the behaviour
// cannot differ. All variants are checked whenever a file is read, so that a
// mistake does not wait for the day on which a variant is used.
package scenarios
