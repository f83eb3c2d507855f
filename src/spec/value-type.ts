// The type of an attribute's or a parameter's value as the spec gives it: kind, enum members,
// pattern and bounds, and that they go together.
import { isReservedName } from './reserved.js';
import type { Report } from './issues.js';
import type { Type } from './model.js';

/** The common part of attributes and parameters. */
interface ValueTypeSpec {
  readonly type: 'string' | 'text' | 'int' | 'money' | 'bool' | 'date' | 'datetime' | 'enum';
  readonly of?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface ValueType {
  readonly type: Type;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** Resolves a value type; undefined for an enum without members. */
export function resolveValueType(spec: ValueTypeSpec, report: Report): ValueType | undefined {
  const { pattern, min, max } = spec;
  if (spec.type !== 'enum' && spec.of !== undefined)
    report.at('of')(`only an enum has members, not a ${spec.type}`);
  if (pattern !== undefined) checkPattern(spec, pattern, report);
  for (const bound of ['min', 'max'] as const) {
    if (spec[bound] !== undefined && spec.type !== 'int' && spec.type !== 'money') {
      report.at(bound)(`only int and money have bounds, not ${spec.type}`);
    }
  }
  if (min !== undefined && max !== undefined && min > max) report.at('min')(`min ${min} is above max ${max}`);
  const limits = {
    ...(pattern === undefined ? {} : { pattern }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
  if (spec.type !== 'enum') return { type: { kind: spec.type }, ...limits };
  if (spec.of === undefined) {
    report("an enum needs its members: 'of: [a, b]'");
    return undefined;
  }
  checkMembers(spec.of, report.at('of'));
  return { type: { kind: 'enum', of: spec.of }, ...limits };
}

/** Reports members of an enum that no enum can have. */
function checkMembers(members: readonly string[], report: Report): void {
  for (const [index, member] of members.entries()) {
    const reason = isReservedName(member);
    if (reason !== undefined) report.at(index)(`'${member}' cannot be a member: it ${reason}`);
  }
}

function checkPattern(spec: ValueTypeSpec, pattern: string, report: Report): void {
  if (spec.type !== 'string' && spec.type !== 'text')
    report.at('pattern')(`only a string has a pattern, not ${spec.type}`);
  // (a+)+ takes exponential time on a text that nearly matches.
  if (repeatsRepetition(pattern))
    report.at('pattern')('a repetition inside a repetition can take forever to match');
  try {
    RegExp(pattern, 'u');
  } catch {
    report.at('pattern')(`'${pattern}' is no regular expression`);
  }
}

/** Whether a group that is repeated holds something that is repeated or optional. */
function repeatsRepetition(pattern: string): boolean {
  // Escapes and classes stand for one character each.
  const bare = pattern.replace(/\\./gsu, 'a').replace(/\[[^\]]*\]/g, 'a');
  const varies: boolean[] = [];
  for (let at = 0; at < bare.length; at++) {
    const character = bare.charAt(at);
    const asksKind = character === '?' && bare.charAt(at - 1) === '(';
    if (character === '(') varies.push(false);
    else if (character === ')') {
      const inside = varies.pop() ?? false;
      if (inside && /^[*+{]/.test(bare.slice(at + 1))) return true;
      if (inside && varies.length > 0) varies[varies.length - 1] = true;
    } else if (/^([*+?]|\{\d+,)/.test(bare.slice(at)) && !asksKind && varies.length > 0) {
      varies[varies.length - 1] = true;
    }
  }
  return false;
}
