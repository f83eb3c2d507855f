// Dates and times as text: `2025-06-02` and `2025-06-02T09:00Z`, to the minute, in UTC, so that
// text order is time order. Pure; the guest runs this file too.

const minuteMs = 60_000;
export const minutesPerDay = 1440;

export const dateTimePattern = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\dZ$';
export const datePattern = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';

/** Minutes since 1970 of a date or a datetime. */
export function toMinutes(time: string): number {
  const hour = time.length > 10 ? Number(time.slice(11, 13)) : 0;
  const minute = time.length > 10 ? Number(time.slice(14, 16)) : 0;
  const day = Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)) - 1, Number(time.slice(8, 10)));
  return day / minuteMs + hour * 60 + minute;
}

export function toDateTime(minutes: number): string {
  return `${new Date(minutes * minuteMs).toISOString().slice(0, 16)}Z`;
}

/** A date or datetime moved by minutes; a date moves by whole days (rounded down). */
export function addMinutes(time: string, minutes: number): string {
  const moved = toDateTime(toMinutes(time) + minutes);
  return time.length > 10 ? moved : moved.slice(0, 10);
}

/** Minutes from `start` to `end`; negative when `end` is earlier. */
export function minutesBetween(start: string, end: string): number {
  return toMinutes(end) - toMinutes(start);
}

export function dateOf(time: string): string {
  return time.slice(0, 10);
}

/** Whether the text is a real date or datetime: 2025-02-30 is not. */
export function isRealTime(time: string): boolean {
  if (!new RegExp(time.length > 10 ? dateTimePattern : datePattern).test(time)) return false;
  return toDateTime(toMinutes(time)).startsWith(time.slice(0, 10));
}
