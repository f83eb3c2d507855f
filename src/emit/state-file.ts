// state.ts: the rows of a domain as interfaces, the database of tables, and what the guest needs to
// know of each table.
import { idScheme } from '../core/id.js';
import type { Column, Domain, Entity } from '../spec/model.js';
import { propertyKey, quote } from './code.js';
import { comment, wrap } from './function-text.js';
import { capital, identifier } from './identifiers.js';
import { fitsOn, group, hardline, ifBroken, indent, join, line, print, type Doc } from './layout.js';
import { typeText } from './type-text.js';

/** The text of state.ts. */
export function stateFile(domain: Domain): string {
  const about = wrap(`${domain.title}: the rows of each table, and the database that tools work on.`, 100);
  const head = [
    ...about.map((text) => `// ${text}`),
    "import type { Table, TableInfo } from 'toolgrove/guest';",
  ].join('\n');
  const sections = domain.entities.flatMap((entity) => [
    ...entity.columns.flatMap((column) => {
      const name = aliasOf(domain, entity, column);
      return name === undefined || column.type.kind !== 'enum' ? [] : [unionType(name, column.type.of)];
    }),
    rowType(domain, entity),
  ]);
  const body = join([hardline, hardline], [...sections, database(domain), tableInfos(domain)]);
  return `${head}\n\n${print(body)}\n`;
}

/** The name of the union type of an enum column: LoanStatus. */
export function aliasOf(domain: Domain, entity: Entity, column: Column): string | undefined {
  if (column.type.kind !== 'enum') return undefined;
  const name = `${entity.name}${capital(identifier(column.attr))}`;
  return domain.entities.some((other) => other.name === name) ? `${name}Value` : name;
}

function unionType(name: string, members: readonly string[]): Doc {
  const flat = `export type ${name} = ${members.map(quote).join(' | ')};`;
  if (fitsOn(110, flat)) return flat;
  return [
    `export type ${name} =`,
    indent(members.map((member): Doc => [hardline, `| ${quote(member)}`])),
    ';',
  ];
}

function rowType(domain: Domain, entity: Entity): Doc {
  const fields = entity.columns.map((column): Doc => {
    const note = columnNote(domain, column);
    const alias = aliasOf(domain, entity, column);
    const nullable = column.type.nullable === true ? ' | null' : '';
    const type =
      column.type.kind === 'row' || column.role === 'key'
        ? `string${nullable}`
        : alias === undefined
          ? typeText(column.type)
          : `${alias}${nullable}`;
    return [
      hardline,
      note === undefined ? '' : [comment(note, 101), hardline],
      `readonly ${propertyKey(column.column)}: ${type};`,
    ];
  });
  const doc = entity.doc ?? `${/^[aeiou]/.test(entity.words) ? 'An' : 'A'} ${entity.words}.`;
  return [comment(doc), hardline, `export interface ${entity.name} {`, indent(fields), hardline, '}'];
}

function columnNote(domain: Domain, column: Column): string | undefined {
  const unit =
    column.type.kind === 'money' ? 'In cents.' : column.type.kind === 'duration' ? 'In minutes.' : '';
  const to =
    column.type.kind === 'row'
      ? domain.entities.find((other) => other.name === (column.type as { entity: string }).entity)
      : undefined;
  const clash =
    to !== undefined && column.column !== to.key
      ? `Id of ${/^[aeiou]/.test(to.words) ? 'an' : 'a'} ${to.words}.`
      : '';
  const text = [column.doc ?? '', clash, unit].filter((part) => part !== '').join(' ');
  return text === '' ? undefined : text;
}

function database(domain: Domain): Doc {
  const fields = domain.entities.map((entity): Doc => [
    hardline,
    `readonly ${entity.table}: Table<${entity.name}, ${quote(entity.key)}>;`,
  ]);
  return [
    comment('The tables, and the moment at which every call happens.'),
    hardline,
    'export interface Db {',
    indent([[hardline, 'readonly now: string;'], ...fields]),
    hardline,
    '}',
  ];
}

function tableInfos(domain: Domain): Doc {
  const entries = domain.entities.map((entity): Doc => {
    const { prefix, scale, shift } = idScheme(domain.id, entity.name, entity.prefix);
    const references = entity.columns.flatMap((column) =>
      column.type.kind === 'row' && column.role === 'reference'
        ? [`${propertyKey(column.column)}: ${quote(column.type.entity)}`]
        : [],
    );
    const fields: Doc[] = [
      `entity: ${quote(entity.name)}`,
      `table: ${quote(entity.table)}`,
      `key: ${quote(entity.key)}`,
      `prefix: ${quote(prefix)}`,
      `scale: ${scale}`,
      `shift: ${shift}`,
      ['references: ', references.length === 0 ? '{}' : braces(references)],
    ];
    return [
      hardline,
      `${propertyKey(entity.name)}: `,
      '{',
      indent(fields.map((field): Doc => [hardline, field, ','])),
      hardline,
      '},',
    ];
  });
  return [
    comment('Keys, id schemes and references of the tables, for the guest.'),
    hardline,
    'export const tables: Readonly<Record<string, TableInfo>> = {',
    indent(entries),
    hardline,
    '};',
  ];
}

function braces(fields: readonly string[]): Doc {
  return group(['{', indent([line, join([',', line], fields)]), ifBroken(','), line, '}']);
}
