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
// example is read by a test. Keys and defaults in one table: Keys. What a file means with
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
//	  replications: 30..400       # or one number
//	  precision: [5% of breach_rate(first_reply, tier=customer), 2m of wait, 3 of queue_peak, 1pp of occupancy]  # or one
//	  control: arrivals           # correct estimates by how many tickets came; or none
//	  seed: 7
//	demand: [{stream: mail, volume: 100/day}]
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
//	    customer_reply: {after: lognormal(median 5h, cv 2), never: 12%, remind: [24h, 48h], wins: 20%, close: 6d}
//	    reopen: 4%                                 # or {share: 4%, after: exponential(mean 2d)}
//	    hand_off:                                  # or a list, for several teams
//	      to: engineering
//	      share: 15%
//	      handle: lognormal(mean 2h, cv 1)         # agent time of engineering
//	      after: first touch                       # or any touch
//	      status: on-hold                          # or open, meanwhile
//	      returns: yes                             # no: engineering replies and solves it
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
//	    growth: 20%/year
//	    busyness: {cv: 0.15}                       # a gamma factor for each day
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
//	    shrinkage: {planned: 20%, sickness: 6%, spell: 3d}
//	    attrition: 30%/year                        # a turnover of 30%
//	    hiring: {lead: 8w}                         # then another one comes
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
// days is the stated one in the long run, with spells and without. Who is sick is paid.
//
// With attrition of 30%/year somebody leaves at a random time that is exponential with
// a rate of 0.3 a year. A place is vacant, and not paid, until another one comes. Newcomers,
// and people of a shift with learning, need 1/speed of the time that a touch takes others.
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
//
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
//	  - {name: warning, at: 75% of first_reply, do: raise_priority, takes: 2m of lead}
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
//	    cap: 50%
//	  - {name: all-enterprise, tier: enterprise, fee: 90000 USD/month, promise: 90% of first_reply, credit: 5% per 1% below}
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
// # Why
//
// (2026-11) The tree is read with positions kept, not decoded into structs: see
// package yamltree. Defaults are texts in the table of keys and are read by the
// same code as what users write, so that the manual, the explanation and the behaviour
// cannot differ. All variants are checked whenever a file is read, so that a
// mistake does not wait for the day on which a variant is used.
package scenarios
