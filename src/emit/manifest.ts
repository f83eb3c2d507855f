// What an agent is told of the tools: OpenAI-style function schemas with types, patterns and enums,
// and descriptions to act on: units, forms, and what a tool can refuse with.
import { idScheme, formatId } from '../core/id.js';
import type { JsonObject } from '../core/json.js';
import { lineItemOf, tellingFields } from '../spec/line-item.js';
import type { Domain, Param, Tool, Type } from '../spec/model.js';
import type { ToolManifest } from './emitted-domain.js';
import { entityOf, schemaOf } from './type-text.js';

export const transferTool = 'transfer_to_human';

/** The tools of a domain in declared order, and the hand-over to a person at the end. */
export function manifestOf(
  domain: Domain,
  refusals: ReadonlyMap<string, readonly string[]>,
): readonly ToolManifest[] {
  const tools = domain.tools.map((tool) => toolManifest(domain, tool, refusals.get(tool.name) ?? []));
  return [...tools, handOver(domain)];
}

function toolManifest(domain: Domain, tool: Tool, codes: readonly string[]): ToolManifest {
  return {
    name: tool.name,
    description: described(tool, codes),
    parameters: object(domain, tool.params),
    effect: tool.effect,
    side: 'agent',
  };
}

function described(tool: Tool, codes: readonly string[]): string {
  const sentence = /[.!?]$/.test(tool.doc) ? tool.doc : `${tool.doc}.`;
  return codes.length === 0 ? sentence : `${sentence} Can refuse with ${codes.join(', ')}.`;
}

function parameter(domain: Domain, param: Param): JsonObject {
  const { type } = param;
  if (type.kind !== 'list') {
    return {
      ...schemaOf(domain, present(type), param),
      ...(param.default === undefined ? {} : { default: param.default }),
      description: explained(domain, param, type),
    };
  }
  const { item } = type;
  return {
    type: 'array',
    items: item.kind === 'record' ? object(domain, item.fields) : schemaOf(domain, present(item), param),
    minItems: param.minItems ?? 1,
    maxItems: param.maxItems ?? 10,
    uniqueItems: true,
    description: explained(domain, param, type),
  };
}

/** The schema of an object of arguments, or of a line item. */
function object(domain: Domain, fields: readonly Param[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, parameter(domain, field)])),
    required: fields.filter((field) => !field.optional).map((field) => field.name),
    additionalProperties: false,
  };
}

// An argument is left out, never null.
function present(type: Type): Type {
  const { nullable: _, ...rest } = type;
  return rest;
}

function explained(domain: Domain, param: Param, type: Type): string {
  const words = param.name.replaceAll('_', ' ');
  const doc = param.doc ?? subject(domain, words, type);
  if (type.kind === 'list' && type.item.kind === 'record') return linesExplained(doc, param);
  const unit = unitOf(type.kind === 'list' ? type.item : type);
  return [/[.!?]$/.test(doc) ? doc : `${doc}.`, ...(unit === undefined ? [] : [unit])].join(' ');
}

function linesExplained(doc: string, param: Param): string {
  const item = lineItemOf(param);
  const rows = item === undefined ? [] : tellingFields(item).map(({ binds }) => binds.replaceAll('_', ' '));
  const sentence = /[.!?]$/.test(doc) ? doc : `${doc}.`;
  return rows.length === 0 ? sentence : `${sentence} One line for each ${rows.join(' and ')}.`;
}

// No state has so many rows: an example that is a row's id would tell of that row.
const exampleOrdinal = 89_999;

function subject(domain: Domain, words: string, type: Type): string {
  const item = type.kind === 'list' ? type.item : type;
  if (item.kind === 'row') {
    const entity = entityOf(domain, item.entity);
    const example = formatId(idScheme(domain.id, entity.name, entity.prefix), exampleOrdinal);
    return type.kind === 'list'
      ? `Ids of ${entity.pluralWords}, each like ${example}`
      : `Id of the ${entity.words}, like ${example}`;
  }
  return `The ${words}`;
}

function unitOf(type: Type): string | undefined {
  if (type.kind === 'money') return 'In cents.';
  if (type.kind === 'duration') return 'In minutes.';
  if (type.kind === 'date') return 'As 2025-06-02.';
  return type.kind === 'datetime' ? 'As 2025-06-02T09:00Z (UTC).' : undefined;
}

function handOver(domain: Domain): ToolManifest {
  const reasons = domain.policies.filter((policy) => policy.kind === 'escalate').map((policy) => policy.id);
  return {
    name: transferTool,
    description:
      'Hand the talk over to a person, where a rule asks for it or nothing else can be done. This ends the talk.',
    parameters: {
      type: 'object',
      properties: {
        policy: {
          type: 'string',
          enum: [...reasons, 'other'],
          description: 'The rule that asks for it, or other.',
        },
        summary: { type: 'string', maxLength: 1000, description: 'What the person needs to know to go on.' },
      },
      required: ['policy', 'summary'],
      additionalProperties: false,
    },
    effect: 'control',
    side: 'agent',
  };
}
