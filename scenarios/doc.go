// Package scenarios turns scenario files into model.Scenario, or into error
// messages that say where the mistake is and what to do about it.
//
// The stance: a scenario is a question, written by somebody who knows support and
// not programming. Nothing that was written is ignored: an unknown key is a
// mistake. Nothing is guessed: a number where a unit is due is a mistake. All mistakes
// are reported at once, each at its line and column. Reading never changes what it
// reads, and only describes: what is worked out from a scenario is worked out in model.
//
// # The language
//
// A scenario is a YAML file. This chapter has an example of everything; every
// example is read by a test. Keys and defaults in one table: language.Keys. What a file means with
// all its defaults: Explain.
//
// The smallest scenario has five lines:
//
//	name: hello
//	demand: [{stream: mail, volume: 100/day}]
//	issues: {question: {handle: lognormal(mean 10m, cv 0.8)}}
//	teams: {desk: {shifts: [{heads: 4, days: mon-fri, hours: "09:00-17:00"}]}}
//	sla: {policies: [{name: promise, first_reply: 4h}]}
//
// It is four weeks of a year that starts on a Monday, of which the first is not
// measured; one channel, email; one kind of customer; tickets that come around the
// clock at a constant rate and are solved at the first touch.
//
// # Values
//
// Durations carry units: 90s, 15m, 4h, 1h30m, 3d, 2w, PT4H. A day is 24 hours; only
// for time.length and time.warmup it is a day of the calendar, so that three weeks end
// at a midnight even if the clocks change. Business time is said aloud, and has a meaning only for the targets of a policy with a
// calendar: 4bh are four hours of its open time, 30bm thirty minutes, 2bd two of
// its working days, where these are equally long. On such a calendar 2d is refused,
// since it might mean either.
//
// Percentages carry %. Money carries a currency, one for the whole scenario: 24 USD/h,
// 18000 USD/month. Volumes carry a period: 900/day, 6000/week, 40/hour. Plain numbers
// are for what is counted (heads, factor, concurrency, replications) and has
// no unit (cv, weights).
//
// Times of day are "09:00" up to "24:00", hours are "09:00-17:00", and
// "22:00-06:00" crosses midnight. Days are mon-fri, sat, mon,wed or a list of these.
// Dates are 2026-11-27, instants 2026-11-27 08:00. All are local: on the clocks of
// time.zone, unless their section names a zone of its own.
//
// Amounts that vary are distributions of durations:
//
//	name: distributions
//	demand: [{stream: mail, volume: 100/day, issue: {a: 12%, b: 12%, c: 12%, d: 12%, e: 12%, f: 12%, g: 12%, h: 16%}}]
//	teams: {desk: {shifts: [{heads: 9, hours: always}]}}
//	issues:
//	  a: {handle: 3m}                              # always 3 minutes; constant(3m) is the same
//	  b: {handle: exponential(mean 4m)}
//	  c: {handle: lognormal(mean 9m, cv 0.8)}      # cv: standard deviation over mean
//	  d: {handle: lognormal(median 5m, cv 2)}
//	  e: {handle: gamma(mean 9m, cv 0.8)}
//	  f: {handle: weibull(scale 4m, shape 1.5)}    # or weibull(mean 4m, cv 0.7)
//	  g: {handle: uniform(2m, 5m)}
//	  h: {handle: {90%: triangular(1m, 2m, 6m), 10%: 30m}} # a mixture
//
// # Time and trials
//
//	name: time-and-trials
//	title: One line for people
//	time:
//	  zone: America/New_York
//	  start: 2026-11-16           # or 2026-11-16 08:00
//	  length: 21d                 # warm-up included
//	  warmup: 4d                  # simulated, not measured; 1w of two weeks or more, else nothing
//	  interval: 30m               # of time series: 15m, 30m or 60m
//	run:
//	  replications: 100..400      # or one number
//	  precision: [5% of breach_rate(first_reply, tier=customer), 2m of wait, 3 of queue_peak, 1pp of occupancy]  # or one
//	  control: arrivals           # correct estimates by how many tickets came; or none
//	  balance: days               # busy and calm days equally often; or mirrored, or none
//	  seed: 7
//	demand: [{stream: mail, volume: 100/day, busyness: {cv: 0.15}}]
//	issues: {question: {handle: 10m}}
//	teams: {desk: {shifts: [{heads: 4, hours: always}]}}
//	sla: {policies: [{first_reply: 4h}]}
//
// # Customers, channels, issues
//
//	name: customers
//	tiers: [enterprise, professional, starter]
//	priorities: [urgent, high, normal, low]        # highest first
//	channels:
//	  email:
//	    chase: {after: weibull(scale 1d, shape 2), merged: 80%, handle: 2m, most: 3}  # "did you get my message?"
//	  chat: {live: true, patience: exponential(mean 4m), concurrency: 3, slowdown: 25% per extra chat}
//	  phone:
//	    live: true
//	    patience: {10%: 0s, 90%: exponential(mean 1000s)}
//	    short_abandon: 5s
//	    callback: 30%                              # of those whose patience ends
//	    after_abandon: {retry: 40% after exponential(mean 10m), switch: 25% to email, most: 3}  # the others are lost
//	issues:
//	  payment-failure:
//	    priority: high
//	    skill: payments                            # none: anybody can do it
//	    handle: lognormal(mean 9m, cv 0.8)         # agent time of one touch
//	    solved_at_first_touch: 55%
//	    solved_later: 70%                          # at every later touch
//	    customer_reply: {after: lognormal(median 5h, cv 2), hours: always, never: 12%, remind: [24h, 48h], wins: 20%, close: 6d}
//	    reopen: 4%                                 # or {share: 4%, after: exponential(mean 2d)}
//	    hand_off:                                  # or a list, for several teams
//	      to: engineering
//	      share: 15%
//	      handle: lognormal(mean 2h, cv 1)         # agent time of engineering
//	      after: first touch                       # or any touch
//	      status: on-hold                          # or open, meanwhile
//	      returns: yes                             # no: engineering replies and solves it
//	    hold:                                      # or a list, for several reasons; costs no agent time
//	      for: vendor
//	      share: 3%
//	      takes: lognormal(median 4d, cv 2)
//	      hours: always                            # in which that time passes
//	      after: any touch                         # or first touch, or later touch
//	      status: on-hold                          # or open, meanwhile
//	  question: {handle: 4m}
//	demand:
//	  - {stream: mail, channel: email, issue: {payment-failure: 20%, question: 80%}, tier: {enterprise: 10%, professional: 30%, starter: 60%}, volume: 300/day}
//	  - {stream: chats, channel: chat, issue: question, tier: starter, volume: 40/day}
//	  - {stream: calls, channel: phone, issue: question, tier: enterprise, volume: 30/day}
//	teams:
//	  desk: {skills: [payments], shifts: [{heads: 6, hours: always}]}
//	  engineering: {takes: hand-offs, shifts: [{heads: 3, days: mon-fri, hours: "09:00-17:00"}]}
//
// A live customer waits on the line: he may lose patience, and the first reply is
// the moment an agent answers. An agent serves concurrency contacts of a channel
// at once. While others are in hand each takes longer: by slowdown for every other one, or
// by a list, as [15%, 40%], with one other and with two.
//
// Who leaves the line is lost, or tries again, or writes instead: contacts of the same
// customer about the same issue, each with a clock of its own, so that what counts attempts
// counts each. Who accepts to be called back is on the line no longer but keeps his place in the
// queue, and counts as answered when an agent calls.
//
// The first touch solves a ticket or ends in a question to the customer, who
// answers or never does; each later touch solves with solved_later. A solved
// ticket may come back.
//
// A hold follows a touch that solves nothing and asks nothing either: nobody works on the ticket
// until whoever it waits for is done, a vendor or the desk's own next move. Its share is one of the
// touches that no hand-off follows. Then the ticket waits for a later touch. On hold, a promise may be paused; open, it is not.
//
// A hand-off follows a touch that solves nothing and asks nothing: its reply says that the
// ticket has been passed on. It waits for the other team, which works on it, leaves an
// internal note and gives it back to the team that had it, for a later touch.
//
// While a message is not answered, its customer asks again and again. Seen to be the same
// matter, that lengthens the touch by handle and starts no clock; else it is a second
// ticket, which takes a touch of handle and is solved by it. Reminders go out by
// themselves: they count as nobody's reply. Who is won by one, but only after close,
// is not won.
//
// # Demand and spikes
//
//	name: demand
//	time: {start: 2026-11-16, length: 3w}
//	issues: {question: {handle: 4m}}
//	demand:
//	  - stream: mail
//	    volume: 900/day                            # of an ordinary day; 6000/week, 40/hour
//	    profile:
//	      hours: [1,1,1,1,1,2,4,7,9,10,10,9,8,8,8,8,8,7,7,8,8,6,4,2]
//	      days: {sat: 70%, sun: 60%}
//	      special: {2026-11-18: 40%}                # of what its weekday brings
//	    growth: 20%/year
//	    season: {jul-aug: 80%, dec: 140%}          # of an ordinary month
//	    forecast_error: 8%                         # of the volume: one factor for a whole replication
//	    busyness: {cv: 0.15, shared: 60%}          # a gamma factor for each day; shared: with other streams
//	    spikes: [black-friday]                     # those that multiply this stream
//	    accounts: {acme: 3%}                       # or acme: {tier: customer, share: 3%}
//	    from: 2026-11-16                           # first and last day with tickets
//	    until: 2026-12-04
//	spikes:
//	  black-friday: {factor: 8, start: 2026-11-27 00:00, rise: 3h, hold: 18h, fall: 12h, handle: +10%}
//	bursts:                                        # incidents, on top of the streams
//	  - {name: outage, stream: mail, issue: question, at: 2026-11-20 10:00, tickets: 300, over: 2h}
//	  - {name: failed-payments, stream: mail, issue: question, rate: 2/month, tickets: 80, over: 45m}
//	teams: {desk: {shifts: [{heads: 12, hours: always}]}}
//
// An incident brings a Poisson number of tickets with the mean that is stated, from the
// customers and on the channel of its stream. They come at once at first, then ever more
// slowly: 95% of them within over. With rate in place of at, incidents happen at random
// times, which differ between replications but not between plans. A month is a twelfth of 365
// days. The tickets of the streams are the same with and without bursts.
//
// The desk starts empty and warms up, or starts with the tickets that are open: what happens this
// week, with what lies on the table on Monday morning. They are so many of a kind, or those of a
// file. Their clocks have run since they were created: what is late already is told apart, and
// what is due still counts down.
//
//	name: backlog
//	time: {start: 2026-11-16 08:00, length: 1w}
//	tiers: [gold, silver]
//	issues:
//	  question: {handle: 8m, solved_at_first_touch: 60%, customer_reply: {after: exponential(mean 1d)}}
//	  refund: {handle: 15m}
//	demand:
//	  - {stream: mail, issue: {question: 80%, refund: 20%}, tier: {gold: 20%, silver: 80%}, volume: 300/day}
//	backlog:
//	  - name: unanswered
//	    stream: mail
//	    tickets: 420
//	    age: exponential(mean 20h)                 # since they were created, by the clock on the wall
//	  - name: written-again
//	    stream: mail
//	    tickets: 35
//	    waits_for: answer                          # or first reply, or customer
//	    age: uniform(1d, 5d)
//	    since: exponential(mean 6h)                # since the customer wrote; of customer: since the last reply
//	    issue: question                            # else as the stream's
//	    tier: gold
//	  - name: second-desk                          # one by one
//	    stream: mail
//	    file: open.csv                             # as they stand at time.start
//	    map:
//	      {id: number, created: opened, priority: priority, account: company, status: state,
//	       first_reply: first_reply, last_reply: last_reply, last_message: customer_wrote}
//	    dates: "2006-01-02 15:04"
//	    zone: Europe/Berlin
//	    missing: "?"
//	    values: {status: {in progress: open, waiting: pending}}
//	teams: {desk: {shifts: [{heads: 9, days: mon-fri, hours: "08:00-18:00"}]}}
//
// Without map the file is a log that Headroom wrote: it is cut at time.start, and what is open then
// goes on as it was. See also headroom snapshot. What the file does not say of an open ticket is
// taken to have been so that no clock stood still; who is on hold goes on being held by the law of a hold of its
// issue, or if it has none comes back at the start, and a
// touch that was in hand begins again. What was solved before does not come back, and a breach
// before the start counts for no review. A warm-up and a backlog exclude one another.
//
// A stream may replay a history instead of drawing tickets at random. The file is
// CSV, gzipped or not. Without map it is a log that Headroom wrote. What the file does not
// say (here the tier) comes from the stream; which ticket gets what follows from its
// identifier alone, and is the same each time.
//
//	name: replay
//	time: {zone: Europe/Berlin, start: 2026-11-16, length: 2w}
//	tiers: [gold, silver]
//	issues: {question: {handle: 4m}}
//	demand:
//	  - stream: last-year
//	    tier: {gold: 20%, silver: 80%}
//	    replay:
//	      file: history.csv                        # from the folder of this file
//	      map: {id: number, created: opened_at, priority: priority, account: company}
//	      dates: "2/1/2006 15:04"                  # how the file writes 3:04 pm on 2 January 2006
//	      zone: Europe/Berlin                      # of dates that name none
//	      rows: updates                            # many rows for each ticket, the first counts; else tickets
//	      missing: ["?", NULL]                     # what the file writes where it knows nothing
//	      values: {priority: {1 - Critical: urgent, 2 - High: high, 3 - Moderate: normal, 4 - Low: low}}
//	      from: 2016-03-01                         # the days that are replayed
//	      until: 2016-03-14
//	      shift_to: 2026-11-16                     # where the first of them is moved; times of day stay
//	teams: {desk: {shifts: [{heads: 3, hours: always}]}}
//
// # Calendars and teams
//
// Calendars are business hours for promises; teams have shifts of their own. The
// calendar always is built in.
//
//	name: calendars-and-teams
//	time: {zone: Europe/Berlin, start: 2026-12-14, length: 3w}
//	calendars:
//	  office:
//	    zone: Europe/Berlin                        # time.zone if left out
//	    hours: {mon-fri: "09:00-17:00", sat: ["09:00-12:00", "13:00-15:00"], sun: closed}
//	    holidays: [de, at]                         # one or several countries, or dates
//	    closed: [2026-12-24]
//	    special: {2026-12-31: "09:00-12:00"}       # replaces the hours of the week
//	    breaks: ["12:00-12:30"]                    # every day
//	issues: {refund: {handle: 6m, skill: refunds}, question: {handle: 4m}}
//	demand: [{stream: mail, issue: {refund: 50%, question: 50%}, volume: 200/day}]
//	teams:
//	  front:
//	    skills: [refunds]                          # every skill if left out
//	    channels: email                            # every channel if left out
//	    cost: 24 EUR/h
//	    premiums: {night: 25%, weekend: 50%, overtime: 50%}
//	    night: "22:00-06:00"
//	    shrinkage: 28%                             # paid time in which an agent is not available
//	    zone: Europe/Berlin
//	    holidays: de
//	    at_shift_end: finish                       # or hand_back
//	    shifts:
//	      - {name: early, heads: 4, days: mon-fri, hours: "07:00-15:30", break: 30m at 11:00 in 2 turns}
//	      - {name: late, heads: 3, days: [mon-thu, sat], hours: "13:00-21:30", break: [15m at 15:00, 30m at 18:00]}
//	      - {name: night, heads: 1, hours: "21:30-07:00", break: 30m at 02:00, holidays: work}
//	      - {name: temps, heads: 5, hours: "08:00-20:00", from: 2026-12-18, until: 2026-12-23}
//	slow_tools:                                    # touches that start within that time take longer
//	  - {name: crm-slow, from: 2026-12-15 09:00, until: 2026-12-15 13:00, handle: +30%, teams: front}
//	routing: {order: earliest_due}                 # fifo, priority, earliest_due or nearest_breach
//	sla: {policies: [{calendar: office, first_reply: 4bh}]}
//
// A shift that crosses midnight is at most twelve hours long: that is how a shift
// whose ends were swapped by mistake is told from one at night.
//
// Slow tools are on the side of the desk: a touch that starts while they are slow takes
// longer, to its end, and a ticket that waits until they are well is none the worse. Where
// several are slow at once for a team they multiply.
//
// # Rosters
//
// headroom staff looks for the cheapest roster that keeps the promises. Which shifts it may give
// to a team stands under roster; a team without it may be given shifts like those that it has, at
// other hours. The shifts of the scenario stay what they are: roster changes no result of a run.
//
//	name: rosters
//	issues: {question: {handle: 4m}}
//	demand: [{stream: mail, volume: 900/day}]
//	teams:
//	  front:
//	    cost: 24 EUR/h
//	    holidays: de
//	    roster:
//	      shifts:
//	        - {length: 8h30m, starts: "06:00..14:00 every 30m", days: mon-fri, break: 30m after 4h, heads: 0..20}
//	        - {name: short, length: 4h, starts: ["08:00", "17:00"], days: mon-sun, part_time: true}
//	        - {name: night, length: 9h, starts: "22:00", break: [15m after 2h, 45m after 4h in 2 turns], heads: 2.., holidays: work}
//	      heads: 4..60                             # who start work on a day, all shifts together; 4.. has no upper end
//	      days_in_a_row: 5                         # then days off
//	      weekends: 50%                            # so many of the people work on a weekend, at most
//	      part_timers: 30%                         # so many of the shifts are for part-timers, at most
//	      rest: 11h                                # between two shifts of a person
//	      full_weeks: true                         # nobody is at work without a shift
//	    shifts: [{heads: 20, hours: "08:00-18:00"}]
//	sla: {policies: [{first_reply: 4h}]}
//
// heads of a shift are for each day and each of its starts. A break comes so long after the start of
// the shift, wherever that is.
//
// # People
//
// The heads of a shift are people: some are sick, some leave, some are new.
//
//	name: people
//	time: {zone: Europe/Berlin, start: 2026-07-06, length: 26w, warmup: 2w, interval: 60m}
//	issues: {question: {handle: 4m}}
//	demand: [{stream: mail, issue: question, volume: 900/day}]
//	teams:
//	  front:
//	    cost: 24 EUR/h
//	    premiums: {overtime: 50%, holiday: 100%}
//	    holidays: de
//	    shrinkage: {planned: 20%, sickness: 6%, spell: 3d, months: {jul-aug: 30%, dec: 24%}}
//	    attrition: 30%/year                        # a turnover of 30%
//	    hiring: {lead: 8w, training: 2w, dropout: 10%, class: 2..6, cost: 4000 EUR}   # then another one comes
//	    full_time: 38h30m                          # paid hours of one head in a week
//	    ramp: 60% to 100% in 6w                    # or [60% for 3d, 80% for 1w], then full speed
//	    overtime:                                  # half of the people stay two hours longer
//	      - {name: november, from: 2026-11-27, until: 2026-11-30, hours: 2h, share: 50%}
//	    shifts:
//	      - {name: day, heads: 12, days: mon-fri, hours: "09:00-17:30", hires: [{on: 2026-09-01, heads: 3}]}
//	      - {name: evening, heads: 6, part_time: 50%, hours: "17:00-21:00"}
//	      - {name: holidays, heads: 3, hours: "10:00-16:00", holidays: only}
//	      - {name: temps, heads: 5, hours: "08:00-16:00", from: 2026-11-23, until: 2026-12-23, learning: 70% for 5d}
//
// People on call are a shift of their own: they are not at work, and are called when a ticket
// that matches comes or waits and nobody at work who can take it is free.
//
//	name: on-call
//	tiers: [enterprise, starter]
//	issues: {outage: {handle: 30m, priority: urgent}, question: {handle: 4m}}
//	demand: [{stream: mail, issue: {outage: 2%, question: 98%}, tier: {enterprise: 10%, starter: 90%}, volume: 100/day, accounts: {acme: {tier: enterprise, share: 2%}}}]
//	teams:
//	  desk:
//	    cost: 30 USD/h
//	    premiums: {night: 25%, overtime: 50%}
//	    shifts:
//	      - {name: day, heads: 4, hours: "07:00-20:00"}
//	      - name: pager
//	        heads: 1
//	        hours: "20:00-07:00"
//	        on_call:
//	          match: {priority: urgent, tier: enterprise, issue: outage, channel: email, account: acme}
//	          responds_in: 15m                     # then he is at work
//	          standby: 5 USD/h                     # for each hour on call
//	          minimum: 1h                          # of pay for each call
//
// From the call on the ticket is his, and nobody else takes it; his work begins after
// responds_in. When he is done he takes the next ticket that matches, without delay, or
// goes back to being on call. He is paid the standby rate for all hours on call, and from the call
// until he is done as for overtime. He finishes what he has begun, whatever the hour.
//
// Planned shrinkage lowers the heads of every day alike. Of those who are left each
// person is sick on a day or not, whatever the others are; who is sick is drawn by person
// and day, so that one more head, or more tickets, change nothing for the others. The share of sick
// days is the stated one in the long run, with spells and without. Who is sick is paid. Months of
// a shrinkage are for plans of months ahead (headroom capacity): trials have what is planned.
//
// With attrition of 30%/year somebody leaves at a random time that is exponential with
// a rate of 0.3 a year. A place is vacant, and not paid, until another one comes and is out of
// training. Newcomers, and people of a shift with learning, need 1/speed of the time that a touch
// takes others.
//
// Who plans months ahead (headroom capacity) reads the rest of hiring: the dropout of a class, in
// place of attrition while it is in training; how many begin together, on the first of a month;
// and what each of them costs besides pay.
//
// A part-time person works on part_time of the days of the shift, in a fixed rotation,
// so that the number who are there hardly changes from day to day.
//
// # Who takes what
//
//	name: who-takes-what
//	time: {start: 2026-02-02, length: 28d, warmup: 2d}
//	tiers: [enterprise, starter]
//	channels: {email: {}, chat: {live: true, patience: exponential(mean 4m)}}
//	issues: {order: {handle: 6m, skill: orders, solved_at_first_touch: 70%, customer_reply: {after: 3h}}, refund: {handle: 9m, skill: refunds}}
//	demand:
//	  - {stream: mail, channel: email, issue: {order: 70%, refund: 30%}, tier: {enterprise: 10%, starter: 90%}, accounts: {acme: {tier: enterprise, share: 2%}}, volume: 300/day}
//	  - {stream: chats, channel: chat, issue: order, tier: starter, volume: 60/day}
//	teams:
//	  front: {skills: [orders], shifts: [{heads: 5, hours: "08:00-20:00"}]}
//	  back: {skills: [refunds], channels: email, shifts: [{heads: 4, hours: "08:00-20:00"}]}
//	routing:
//	  order: nearest_breach                        # the least share of a target left goes first
//	  agent: longest_idle                          # or least_loaded
//	  owner: 2h                                    # a follow-up waits for whoever had the ticket, but not longer
//	  overflow:
//	    back: {skills: orders, channels: [email], after: 30m, waiting: 25}
//	    front: {skills: refunds, after: 4h}
//	  reserve:
//	    front: {keep: 1, for: {channel: chat, tier: starter, issue: order, priority: normal, account: acme}}
//	  interrupt:
//	    - for: {tier: enterprise, channel: email, issue: refund, priority: normal, account: acme}
//	      of: {tier: starter, channel: email, issue: order, priority: normal, account: acme}
//	      resume: 2m                               # to find into what was broken off
//	    - {for: {channel: chat}, of: {channel: email}}   # email is what fills the time between chats
//	sla: {policies: [{first_reply: 4h}]}
//
// A team takes at once what needs its skills on its channels. Overflow adds what it takes
// once that has waited for a time (after), or while a number of them wait (waiting).
// Reserve keeps idle agents of a team free for what matches. Interrupt lets a ticket that
// finds nobody free when it comes break off other work, but never a live contact.
package scenarios
