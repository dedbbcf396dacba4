"use strict";
// What charts need to know of time and of numbers. Local time is worked out from the scenario's
// distances from UTC, which lie in the page, so that every browser shows the same clock.
const axes = (() => {
  const thin = "\u202f", day = 86400;
  const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = n => String(n).padStart(2, "0");

  // group writes a number as it stands in the page, its digits in groups of three.
  const group = x => {
    const [whole, part] = String(x).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, thin) + (part ? "." + part : "");
  };

  const offset = (zone, t) => {
    let last = zone[0][1];
    for (const [from, seconds] of zone) if (t >= from) last = seconds;
    return last;
  };
  // A local time is held as the UTC time that shows the same clock.
  const toLocal = (zone, t) => t + offset(zone, t);
  const fromLocal = (zone, l) => l - offset(zone, l - offset(zone, l - zone[0][1]));
  const clock = l => { const d = new Date(l * 1000); return two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()); };
  const date = l => { const d = new Date(l * 1000); return days[d.getUTCDay()] + " " + d.getUTCDate() + " " + months[d.getUTCMonth()]; };

  // span writes an interval: Fri 27 Nov 10:00–10:30.
  const span = (zone, t, step) => {
    const a = toLocal(zone, t), b = toLocal(zone, t + step);
    return date(a) + " " + clock(a) + "–" + (date(a) === date(b) || clock(b) === "00:00" ? "" : date(b) + " ") + clock(b);
  };

  const steps = [900, 1800, 3600, 7200, 10800, 21600, 43200, day, 2 * day, 7 * day, 14 * day];
  const monthSteps = [1, 2, 3, 6, 12, 24, 60];
  // Ticks stand on round hours, midnights, Mondays or firsts of a month, by the local clock.
  const ticks = (zone, min, max, room) => {
    const most = Math.max(2, room / 76), a = toLocal(zone, min), b = toLocal(zone, max), list = [];
    const step = steps.find(s => (b - a) / s <= most);
    if (step) {
      const origin = step >= 7 * day ? 4 * day : 0; // a Monday
      for (let l = Math.ceil((a - origin) / step) * step + origin; l <= b; l += step) list.push(fromLocal(zone, l));
      return list;
    }
    const each = monthSteps.find(m => (b - a) / (m * 30 * day) <= most) || 120, d = new Date(a * 1000);
    for (let m = Math.floor(d.getUTCMonth() / each) * each; ; m += each) {
      const l = Date.UTC(d.getUTCFullYear(), m, 1) / 1000;
      if (l > b) return list;
      if (l >= a) list.push(fromLocal(zone, l));
    }
  };
  const labels = (zone, list) => {
    const gap = list.length > 1 ? list[1] - list[0] : day;
    let shown = "";
    return list.map(t => {
      const l = toLocal(zone, t), d = new Date(l * 1000);
      if (gap > 27 * day) return months[d.getUTCMonth()] + "\n" + (d.getUTCMonth() === 0 || t === list[0] ? d.getUTCFullYear() : "");
      if (gap >= day * 0.9) return date(l).replace(" ", "\n");
      const today = date(l), text = clock(l) + "\n" + (today === shown ? "" : today);
      shown = today;
      return text;
    });
  };
  return { thin, group, span, ticks, labels };
})();
