// The call that a wish asks for where things stand as they do: what the wish says, and what rules compute
// from that. The reference interpreter computes, never the monitor or emitted code.
import { canonicalJson } from '../core/json.js';
import { computedParams, withComputed } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Task } from '../task/task.js';
import type { CertifyContext } from './context.js';
import { bindSaid, fits, type MadeRows, type MeantWish } from './meant.js';
import { parametersOf } from './tools.js';

/** How things stand when a call is made. */
export interface Standing {
  readonly made: MadeRows;
  readonly source: RowSource;
}

/** Whether a wish asks for exactly this call: its tool, what it says, what rules compute, and no more. */
export function asksFor(
  context: CertifyContext,
  task: Task,
  { wish, args }: MeantWish,
  call: Call,
  { made, source }: Standing,
): boolean {
  if (wish.wish !== 'do' || wish.tool !== call.tool || args === null) return false;
  if (!Object.entries(args).every(([name, meant]) => fits(meant, call.args[name], made))) return false;
  const said = Object.fromEntries(Object.entries(call.args).filter(([name]) => Object.hasOwn(args, name)));
  const whole = complete(context, task, { tool: call.tool, args: said }, source);
  return whole !== null && canonicalJson(whole.args) === canonicalJson(call.args);
}

/** The call that a wish asks for; null while a row that it needs is not made, or a value not settled. */
export function bind(
  context: CertifyContext,
  task: Task,
  meant: MeantWish,
  { made, source }: Standing,
): Call | null {
  const said = bindSaid(meant, (tool) => parametersOf(context, tool), made);
  return said === null ? null : complete(context, task, said, source);
}

/** The arguments of a tool that rules compute. */
export function isComputed({ domain }: CertifyContext, tool: string, name: string): boolean {
  return computedParams(domain, tool).has(name);
}

/** The call with the arguments that rules compute; null where one is not settled. */
export function complete(
  { domain }: CertifyContext,
  { scenario }: Task,
  call: Call,
  source: RowSource,
): Call | null {
  const tool = domain.tools.find(({ name }) => name === call.tool);
  if (tool === undefined) return null;
  const args = withComputed(domain, tool, call.args, scenario.caller, source);
  return args === null ? null : { tool: call.tool, args };
}
