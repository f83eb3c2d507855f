// policy.md: what an agent is told of its work besides the tools. Each rule has its id, by which the
// agent names it when it refuses or hands over.
import type { Concealed, Domain, Policy, Type } from '../spec/model.js';
import type { Cell, Table } from '../spec/table-model.js';
import { transferTool } from './manifest.js';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** The text of policy.md. */
export function policyTextOf(domain: Domain): string {
  const caller = domain.entities.find((entity) => entity.name === domain.caller)?.words ?? 'caller';
  const escalates = domain.policies.some((policy) => policy.kind === 'escalate');
  const lines = [
    `# ${domain.title}`,
    '',
    `You are the ${domain.agent} of ${domain.title} and talk with one ${caller} at a time. It is ${spokenTime(domain.clock)} (UTC), and stays so during the talk.`,
    '',
    '## How you work',
    '',
    '- In a turn you either call one tool or say something, never both.',
    '- Look ids up with the tools; nobody knows them by heart.',
    '- All amounts of money in arguments and results are whole cents: 1250 is 12.50. Dates are written 2025-06-02, times 2025-06-02T09:00Z.',
    '- A tool that refuses gives a code and a reason, and has changed nothing. The tools do not know the rules below: keeping them is up to you.',
    '- When a rule forbids what is asked, do not do it: say so and name the rule.',
    `- ${escalates ? `When a rule tells you to hand over, call ${transferTool} with the id of that rule.` : `When nothing else can be done, call ${transferTool}.`} Do not hand over what you can do or have to refuse yourself.`,
    '- Do only what is asked for. When it is done, say so.',
    '',
    '## Rules',
    '',
    ...domain.policies.map((policy) => `- [${policy.id}] ${policy.text}${scope(domain, policy)}`),
    ...tablesText(domain.tables),
  ];
  return `${lines.join('\n')}\n`;
}

// What a rule is about: tools, where it is not about every change, an argument of theirs, or values.
function scope(domain: Domain, policy: Policy): string {
  if (policy.kind === 'conceal') return ` (${policy.of.map((one) => concealedName(domain, one)).join(', ')})`;
  const writes = domain.tools.filter((tool) => tool.effect === 'write');
  const everyWrite = writes.length > 0 && writes.every((tool) => policy.on.includes(tool.name));
  const tools = everyWrite ? 'every tool that changes something' : policy.on.join(', ');
  return policy.kind === 'compute' ? ` (${policy.param} of ${tools})` : ` (${tools})`;
}

function concealedName(domain: Domain, { entity, column }: Concealed): string {
  return `${column} of a ${domain.entities.find(({ name }) => name === entity)?.words ?? entity}`;
}

function tablesText(tables: readonly Table[]): readonly string[] {
  if (tables.length === 0) return [];
  const about = 'In a table, the first row that fits counts; a dash fits anything.';
  return ['', '## Tables', '', about, ...tables.flatMap(tableText)];
}

function tableText({ name, doc, inputs, gives, rows }: Table): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const columns = [...inputs, { name, type: gives }].map((column) => columnName(column.name, column.type));
  return [
    '',
    `### ${name}`,
    '',
    doc,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line([...row.cells.map(cellText), String(row.gives)])),
  ];
}

function columnName(name: string, type: Type): string {
  return type.kind === 'money' ? `${name} (cents)` : name;
}

function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'any':
      return '-';
    case 'values':
      return cell.of.join(', ');
    case 'limit':
      return `${cell.op} ${cell.value}`;
    case 'range':
      return `${cell.from} to ${cell.to}`;
  }
}

/** Monday 2 June 2025, 09:00 */
function spokenTime(clock: string): string {
  const date = new Date(`${clock.slice(0, 10)}T00:00:00Z`);
  const day = `${days[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
  return `${day}, ${clock.slice(11, 16)}`;
}
